/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-account.h"
#include "natter-connection.h"
#include "natter-rotur.h"

G_BEGIN_DECLS

void     natter_sign_in_async  (NatterConnection     *connection,
                                NatterRotur          *rotur,
                                NatterAccountKind     kind,
                                const char           *username,
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
