/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-connection.h"

G_BEGIN_DECLS

void  natter_history_find_time_async  (NatterConnection     *connection,
                                       const char           *channel,
                                       const char           *thread_id,
                                       gint64                time,
                                       const char           *newer_id,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              data);
char *natter_history_find_time_finish (NatterConnection     *connection,
                                       GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
