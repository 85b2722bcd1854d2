/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-image"

#include "config.h"

#include "natter-image.h"

#include "natter-animation.h"

#define CHUNK (64 * 1024)
/* More is a mistake or an attack: it is not unpacked. */
#define MAX_PIXELS (100 * 1000 * 1000)
/* Of a picture that is shown small. */
#define MAX_SMALL_PIXELS (4096 * 4096)
/* What moves is kept in its own size. */
#define MAX_ANIMATED_PIXELS (2 * 1000 * 1000)

typedef struct
{
  GFile   *file;  /* or else: */
  GBytes  *bytes; /* of a small picture, of which one frame is enough, and which covers its room */
  int      max_width;
  int      max_height;
  gboolean too_large;
  gboolean keep_size; /* it may move, and frames can't be scaled */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->file);
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_free (load);
}

static void
on_size (GdkPixbufLoader *loader,
         int              width,
         int              height,
         Load            *load)
{
  double by_width = (double) load->max_width / MAX (1, width);
  double by_height = (double) load->max_height / MAX (1, height);
  double scale = load->bytes != NULL ? MAX (by_width, by_height) : MIN (by_width, by_height);
  GdkPixbufFormat *format = gdk_pixbuf_loader_get_format (loader);
  g_autofree char *name = format != NULL ? gdk_pixbuf_format_get_name (format) : NULL;

  load->too_large = (gint64) width * height > (load->bytes != NULL ? MAX_SMALL_PIXELS : MAX_PIXELS);
  load->keep_size = load->bytes == NULL && (g_strcmp0 (name, "gif") == 0 || g_strcmp0 (name, "webp") == 0)
                    && (gint64) width * height <= MAX_ANIMATED_PIXELS;
  if (load->too_large)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
  else if (scale < 1.0 && !load->keep_size)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
}

static gboolean
feed (GdkPixbufLoader  *loader,
      GInputStream     *stream,
      Load             *load,
      GCancellable     *cancellable,
      GError          **error)
{
  g_autofree guchar *chunk = g_malloc (CHUNK);
  gssize length;

  while ((length = g_input_stream_read (stream, chunk, CHUNK, cancellable, error)) > 0)
    {
      if (!gdk_pixbuf_loader_write (loader, chunk, (gsize) length, error))
        return FALSE;
      if (load->too_large)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The picture has too many pixels");
          return FALSE;
        }
    }
  return length == 0;
}

static GdkPaintable *
make_paintable (GdkPixbufLoader  *loader,
                gboolean          may_move,
                GError          **error)
{
  GdkPixbufAnimation *animation = gdk_pixbuf_loader_get_animation (loader);
  g_autoptr(GdkPixbuf) upright = NULL;

  if (may_move && animation != NULL && !gdk_pixbuf_animation_is_static_image (animation))
    return natter_animation_new (animation);
  if (gdk_pixbuf_loader_get_pixbuf (loader) != NULL)
    upright = gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
  if (upright != NULL)
    return GDK_PAINTABLE (natter_image_to_texture (upright, FALSE));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "There is no picture in the file");
  return NULL;
}

static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Load *load = data;
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = NULL;
  GdkPaintable *paintable = NULL;

  if (load->bytes != NULL)
    stream = g_memory_input_stream_new_from_bytes (load->bytes);
  else
    stream = G_INPUT_STREAM (g_file_read (load->file, cancellable, &error));

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), load);
  if (stream == NULL || !feed (loader, stream, load, cancellable, &error))
    gdk_pixbuf_loader_close (loader, NULL);
  else if (gdk_pixbuf_loader_close (loader, &error))
    paintable = make_paintable (loader, load->bytes == NULL, &error);

  if (paintable != NULL)
    g_task_return_pointer (task, paintable, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * natter_image_load_async:
 * @file: a picture; it is not trusted
 * @max_width: in device pixels, for pictures that stand still
 * @max_height: likewise
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Unpacks a picture in a worker thread, no larger than it is shown. What has too many pixels is refused before.
 */
void
natter_image_load_async (GFile               *file,
                         int                  max_width,
                         int                  max_height,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  Load *load = g_new0 (Load, 1);

  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (max_width > 0 && max_height > 0);

  g_task_set_source_tag (task, natter_image_load_async);
  load->file = g_object_ref (file);
  load->max_width = max_width;
  load->max_height = max_height;
  g_task_set_task_data (task, load, load_free);
  g_task_run_in_thread (task, load_thread);
}

/**
 * natter_image_load_small_async:
 * @bytes: a picture; it is not trusted
 * @size: of its shorter side in device pixels; a smaller one stays as it is
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Unpacks a picture that stands for a person, a server or an emoji in a worker thread. Of what moves it is the first frame.
 */
void
natter_image_load_small_async (GBytes              *bytes,
                               int                  size,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, natter_image_load_small_async);
  load->bytes = g_bytes_ref (bytes);
  load->max_width = load->max_height = size;
  g_task_set_task_data (task, load, load_free);
  g_task_run_in_thread (task, load_thread);
}

/**
 * natter_image_load_finish:
 * @result: what the callback got
 * @error: why there is no picture
 *
 * Returns: (transfer full): a #GdkTexture, or a #NatterAnimation unless it is small
 */
GdkPaintable *
natter_image_load_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * natter_image_to_texture:
 * @pixbuf: pixels
 * @copy: whether they may change after this
 *
 * Returns: (transfer full): a texture of them
 */
GdkTexture *
natter_image_to_texture (GdkPixbuf *pixbuf,
                         gboolean   copy)
{
  g_autoptr(GBytes) bytes = NULL;

  g_return_val_if_fail (GDK_IS_PIXBUF (pixbuf), NULL);

  if (copy)
    bytes = g_bytes_new (gdk_pixbuf_read_pixels (pixbuf), gdk_pixbuf_get_byte_length (pixbuf));
  else
    bytes = gdk_pixbuf_read_pixel_bytes (pixbuf);
  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8, bytes,
                                 (gsize) gdk_pixbuf_get_rowstride (pixbuf));
}
