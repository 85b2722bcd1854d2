/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-upload"

#include "config.h"

#include "natter-upload-body.h"

#include <string.h>

/* A multiple of three, so that each piece of base64 stands for itself. */
#define CHUNK (3 * 16 * 1024)

typedef enum
{
  PART_HEAD,
  PART_FILE,
  PART_TAIL,
  PART_END,
} Part;

/**
 * NatterUploadBody:
 *
 * What is sent to upload a file: some text, the file as it is or in base64, some text. It is read piece by piece, so a
 * large file needs no more memory than a small one. Made and read in one thread at a time.
 */
struct _NatterUploadBody
{
  GInputStream  parent_instance;

  GBytes       *head;
  GBytes       *tail;
  GInputStream *file;
  guint8       *chunk; /* of the file */
  char         *text;  /* the chunk in base64 */
  const void   *ready; /* in head, chunk, text or tail: what is to be handed out next */
  gsize         n_ready;
  guint64       size;
  guint64       n_left; /* of the file */
  Part          part;   /* what comes when nothing is ready */
  gboolean      base64;
};

G_DEFINE_FINAL_TYPE (NatterUploadBody, natter_upload_body, G_TYPE_INPUT_STREAM)

static gboolean
encode_chunk (NatterUploadBody *self,
              gsize             length)
{
  int state = 0;
  int save = 0;
  gsize n_text = g_base64_encode_step (self->chunk, length, FALSE, self->text, &state, &save);

  n_text += g_base64_encode_close (FALSE, self->text + n_text, &state, &save);
  self->ready = self->text;
  self->n_ready = n_text;
  return TRUE;
}

static gboolean
read_file (NatterUploadBody  *self,
           GCancellable      *cancellable,
           GError           **error)
{
  gsize n_wanted = MIN (self->n_left, CHUNK);
  gsize n_read;

  if (!g_input_stream_read_all (self->file, self->chunk, n_wanted, &n_read, cancellable, error))
    return FALSE;
  if (n_read < n_wanted)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The file got shorter while it was sent");
      return FALSE;
    }
  self->n_left -= n_read;
  if (self->base64)
    return encode_chunk (self, n_read);
  self->ready = self->chunk;
  self->n_ready = n_read;
  return TRUE;
}

static gboolean
make_ready (NatterUploadBody  *self,
            GCancellable      *cancellable,
            GError           **error)
{
  while (self->n_ready == 0 && self->part != PART_END)
    switch (self->part)
      {
      case PART_HEAD:
        self->ready = g_bytes_get_data (self->head, &self->n_ready);
        self->part = PART_FILE;
        break;
      case PART_FILE:
        if (self->n_left == 0)
          self->part = PART_TAIL;
        else if (!read_file (self, cancellable, error))
          return FALSE;
        break;
      case PART_TAIL:
        self->ready = g_bytes_get_data (self->tail, &self->n_ready);
        self->part = PART_END;
        break;
      case PART_END:
      default:
        break;
      }
  return TRUE;
}

static gssize
natter_upload_body_read (GInputStream  *stream,
                         void          *buffer,
                         gsize          count,
                         GCancellable  *cancellable,
                         GError       **error)
{
  NatterUploadBody *self = NATTER_UPLOAD_BODY (stream);
  gsize n_given;

  if (!make_ready (self, cancellable, error))
    return -1;
  n_given = MIN (count, self->n_ready);
  if (n_given > 0)
    memcpy (buffer, self->ready, n_given);
  self->ready = (const char *) self->ready + n_given;
  self->n_ready -= n_given;
  return (gssize) n_given;
}

static gboolean
natter_upload_body_close (GInputStream  *stream,
                          GCancellable  *cancellable,
                          GError       **error)
{
  return g_input_stream_close (NATTER_UPLOAD_BODY (stream)->file, cancellable, error);
}

static void
natter_upload_body_finalize (GObject *object)
{
  NatterUploadBody *self = NATTER_UPLOAD_BODY (object);

  g_bytes_unref (self->head);
  g_bytes_unref (self->tail);
  g_object_unref (self->file);
  g_free (self->chunk);
  g_free (self->text);
  G_OBJECT_CLASS (natter_upload_body_parent_class)->finalize (object);
}

static void
natter_upload_body_class_init (NatterUploadBodyClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = natter_upload_body_finalize;
  stream_class->read_fn = natter_upload_body_read;
  stream_class->close_fn = natter_upload_body_close;
}

static void
natter_upload_body_init (NatterUploadBody *self)
{
  self->chunk = g_malloc (CHUNK);
}

/**
 * natter_upload_body_new:
 * @head: what comes before the file
 * @file: the file's content, from its beginning
 * @size: how many bytes of it are sent; it is an error if there are fewer
 * @base64: whether the file is sent in base64
 * @tail: what comes after the file
 *
 * Returns: (transfer full): a #NatterUploadBody
 */
GInputStream *
natter_upload_body_new (GBytes       *head,
                        GInputStream *file,
                        guint64       size,
                        gboolean      base64,
                        GBytes       *tail)
{
  NatterUploadBody *self = g_object_new (NATTER_TYPE_UPLOAD_BODY, NULL);

  self->head = g_bytes_ref (head);
  self->file = g_object_ref (file);
  self->size = self->n_left = size;
  self->base64 = base64;
  self->tail = g_bytes_ref (tail);
  /* What g_base64_encode_step() asks for, without line breaks. */
  if (base64)
    self->text = g_malloc ((CHUNK / 3 + 1) * 4 + 4);
  return G_INPUT_STREAM (self);
}

/**
 * natter_upload_body_get_length:
 * @self: a body
 *
 * Returns: how long all of it is, in bytes
 */
guint64
natter_upload_body_get_length (NatterUploadBody *self)
{
  guint64 length;

  g_return_val_if_fail (NATTER_IS_UPLOAD_BODY (self), 0);

  length = self->base64 ? (self->size + 2) / 3 * 4 : self->size;
  return g_bytes_get_size (self->head) + length + g_bytes_get_size (self->tail);
}
