/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-types.h"

G_BEGIN_DECLS

/**
 * NatterFileState:
 * @NATTER_FILE_WAITING: looked at, or waiting for a connection
 * @NATTER_FILE_UPLOADING: on its way to the server
 * @NATTER_FILE_READY: the server has it: it can go with a message
 * @NATTER_FILE_FAILED: #NatterFile:error says why; it can be tried again or taken away
 *
 * How far a file has come.
 */
typedef enum
{
  NATTER_FILE_WAITING,
  NATTER_FILE_UPLOADING,
  NATTER_FILE_READY,
  NATTER_FILE_FAILED,
} NatterFileState;

#define NATTER_TYPE_FILE_STATE (natter_file_state_get_type ())
GType natter_file_state_get_type (void);

#define NATTER_TYPE_FILE (natter_file_get_type ())
G_DECLARE_FINAL_TYPE (NatterFile, natter_file, NATTER, FILE, GObject)

/* A file that is to go with the message that is being written in a channel: see natter_channel_add_file().
 * Properties, notified: name, mime-type (NULL until looked at), size (bytes), state, fraction (0 to 1, of what is to be sent),
 * error (GError, boxed). Of the errors, %NATTER_ERROR_TOO_LARGE means that the server takes less,
 * %NATTER_ERROR_PERMISSION that one may not send files here, %NATTER_ERROR_REJECTED with no more to it that the server does not
 * take files of this kind. */
GFile           *natter_file_get_file      (NatterFile *self);
const char      *natter_file_get_name      (NatterFile *self);
const char      *natter_file_get_mime_type (NatterFile *self);
guint64          natter_file_get_size      (NatterFile *self);
NatterFileState  natter_file_get_state     (NatterFile *self);
double           natter_file_get_fraction  (NatterFile *self);
const GError    *natter_file_get_error     (NatterFile *self);
void             natter_file_retry         (NatterFile *self);

G_END_DECLS
