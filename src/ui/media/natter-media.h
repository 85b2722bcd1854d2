/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-file-cache.h"

G_BEGIN_DECLS

/* What a picture may weigh to be loaded without being asked for. */
#define NATTER_MEDIA_MAX_PICTURE (32 * 1024 * 1024)

void             natter_media_clear        (void);
void             natter_media_set_cache   (NatterFileCache         *cache);
NatterFileCache *natter_media_get_cache   (void);
GdkPaintable    *natter_media_lookup      (const char              *uri,
                                           int                      width,
                                           int                      height);
void             natter_media_load_async  (const char              *uri,
                                           gboolean                 may_lead_elsewhere,
                                           int                      width,
                                           int                      height,
                                           NatterDownloadProgress   progress,
                                           gpointer                 progress_data,
                                           GCancellable            *cancellable,
                                           GAsyncReadyCallback      callback,
                                           gpointer                 data);
GdkPaintable    *natter_media_load_finish (GAsyncResult            *result,
                                           GError                 **error);

G_END_DECLS
