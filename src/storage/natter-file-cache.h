/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-download.h"

G_BEGIN_DECLS

/**
 * NatterFileCache:
 *
 * Files out of the network in a folder of bounded size: what was not used for longest goes first. Each is fetched once,
 * however many ask.
 */
#define NATTER_TYPE_FILE_CACHE (natter_file_cache_get_type ())
G_DECLARE_FINAL_TYPE (NatterFileCache, natter_file_cache, NATTER, FILE_CACHE, GObject)

NatterFileCache *natter_file_cache_new          (const char             *directory,
                                                 guint64                 max_bytes);
void             natter_file_cache_get_async    (NatterFileCache        *self,
                                                 const char             *uri,
                                                 guint64                 max_bytes,
                                                 gboolean                may_lead_elsewhere,
                                                 NatterDownloadProgress  progress,
                                                 gpointer                progress_data,
                                                 GCancellable           *cancellable,
                                                 GAsyncReadyCallback     callback,
                                                 gpointer                data);
GFile           *natter_file_cache_get_finish   (NatterFileCache        *self,
                                                 GAsyncResult           *result,
                                                 GError                **error);
void             natter_file_cache_clear_async  (NatterFileCache        *self,
                                                 GCancellable           *cancellable,
                                                 GAsyncReadyCallback     callback,
                                                 gpointer                data);
gboolean         natter_file_cache_clear_finish (NatterFileCache        *self,
                                                 GAsyncResult           *result,
                                                 GError                **error);

G_END_DECLS
