/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @n_bytes: what has come; @n_total: 0 when the server does not say */
typedef void (*NatterDownloadProgress) (guint64 n_bytes, guint64 n_total, gpointer data);

void     natter_download_async  (const char              *uri,
                                 GFile                   *target,
                                 guint64                  max_bytes,
                                 gboolean                 may_lead_elsewhere,
                                 NatterDownloadProgress   progress,
                                 gpointer                 progress_data,
                                 GCancellable            *cancellable,
                                 GAsyncReadyCallback      callback,
                                 gpointer                 data);
gboolean natter_download_finish (GAsyncResult            *result,
                                 GError                 **error);

G_END_DECLS
