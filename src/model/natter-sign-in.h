/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-connection.h"
#include "natter-credentials.h"

G_BEGIN_DECLS

void     natter_sign_in_async  (NatterConnection     *connection,
                                NatterCredentials    *credentials,
                                NatterAccount        *account,
                                const char           *secret,
                                gboolean              register_account,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              data);
gboolean natter_sign_in_finish (NatterConnection     *connection,
                                GAsyncResult         *result,
                                GError              **error);
void     natter_secret_wipe    (char                 *secret);

G_END_DECLS
