/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-address.h"
#include "natter-handshake.h"
#include "natter-packet.h"

G_BEGIN_DECLS

/**
 * NatterUploadRequest:
 * @file: what is sent; read while it is sent
 * @name: the name that others see
 * @mime_type: what it is, "image/png"
 * @channel: the channel where it is to be attached, for a thread the channel of the thread
 * @validator_key: what @validator was made for
 * @validator: proof of who sends it
 *
 * A file and where it goes.
 */
typedef struct
{
  GFile      *file;
  const char *name;
  const char *mime_type;
  const char *channel;
  const char *validator_key;
  const char *validator;
} NatterUploadRequest;

/* @fraction: 0 to 1 of all that is to be sent */
typedef void (*NatterUploadProgress) (double fraction, gpointer data);

gboolean              natter_upload_check_type (NatterHandshake            *handshake,
                                                const char                 *mime_type);
guint64               natter_upload_get_max    (NatterHandshake            *handshake);
void                  natter_upload_async      (NatterAddress              *address,
                                                NatterHandshake            *handshake,
                                                const NatterUploadRequest  *request,
                                                NatterUploadProgress        progress,
                                                gpointer                    progress_data,
                                                GCancellable               *cancellable,
                                                GAsyncReadyCallback         callback,
                                                gpointer                    data);
NatterAttachmentData *natter_upload_finish     (GAsyncResult               *result,
                                                GError                    **error);

G_END_DECLS
