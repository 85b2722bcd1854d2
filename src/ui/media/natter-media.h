/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-file-cache.h"

G_BEGIN_DECLS

/* What a picture may weigh to be loaded without being asked for. */
#define NATTER_MEDIA_MAX_PICTURE (32 * 1024 * 1024)

/**
 * NatterRemoteMedia:
 * @NATTER_REMOTE_MEDIA_NEVER: not shown; there is a card to save or open it
 * @NATTER_REMOTE_MEDIA_ASK: loaded when the person asks
 * @NATTER_REMOTE_MEDIA_ALWAYS: loaded at once
 *
 * What is done with pictures that are on another site than the server, which then sees the person's address.
 */
typedef enum
{
  NATTER_REMOTE_MEDIA_NEVER,
  NATTER_REMOTE_MEDIA_ASK,
  NATTER_REMOTE_MEDIA_ALWAYS,
} NatterRemoteMedia;

void             natter_media_clear        (void);
void             natter_media_set_settings (GSettings               *settings);
GSettings       *natter_media_get_settings (void);
NatterRemoteMedia
                 natter_media_get_remote   (void);
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
