/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-media"

#include "config.h"

#include "natter-media.h"

#include "natter-image.h"

/* Of unpacked pictures: some screens full. */
#define MAX_KEPT_BYTES (48 * 1024 * 1024)

/* An unpacked picture. */
typedef struct
{
  char         *key;
  GdkPaintable *paintable;
  gsize         n_bytes;
  GList         link; /* in `kept`, the one used last first */
} Picture;

typedef struct
{
  char *uri;
  int   width;
  int   height;
} Load;

static NatterFileCache *file_cache;
static GHashTable *pictures; /* key → Picture */
static GQueue kept = G_QUEUE_INIT;
static gsize n_kept_bytes;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_free (picture->key);
  g_object_unref (picture->paintable);
  g_free (picture);
}

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->uri);
  g_free (load);
}

static char *
make_key (const char *uri,
          int         width,
          int         height)
{
  return g_strdup_printf ("%dx%d %s", width, height, uri);
}

static void
keep (char         *key,
      GdkPaintable *paintable)
{
  Picture *picture = g_new0 (Picture, 1);

  if (pictures == NULL)
    pictures = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, picture_free);
  picture->key = key;
  picture->paintable = g_object_ref (paintable);
  picture->n_bytes = 4 * (gsize) gdk_paintable_get_intrinsic_width (paintable)
                     * (gsize) gdk_paintable_get_intrinsic_height (paintable);
  picture->link.data = picture;
  g_queue_push_head_link (&kept, &picture->link);
  g_hash_table_insert (pictures, picture->key, picture);
  n_kept_bytes += picture->n_bytes;
  while (n_kept_bytes > MAX_KEPT_BYTES && kept.length > 1)
    {
      Picture *last = kept.tail->data;

      n_kept_bytes -= last->n_bytes;
      g_queue_unlink (&kept, &last->link);
      g_hash_table_remove (pictures, last->key);
    }
}

/**
 * natter_media_clear:
 *
 * Drops the pictures that are kept in memory; those that are shown stay with whoever shows them.
 */
void
natter_media_clear (void)
{
  g_queue_init (&kept);
  n_kept_bytes = 0;
  if (pictures != NULL)
    g_hash_table_remove_all (pictures);
}

/**
 * natter_media_set_cache:
 * @cache: (nullable): where files of messages are kept; set once by the application
 */
void
natter_media_set_cache (NatterFileCache *cache)
{
  g_set_object (&file_cache, cache);
}

/**
 * natter_media_get_cache:
 *
 * Returns: (transfer none) (nullable): where files of messages are kept
 */
NatterFileCache *
natter_media_get_cache (void)
{
  return file_cache;
}

/**
 * natter_media_lookup:
 * @uri: an address
 * @width: as for natter_media_load_async()
 * @height: likewise
 *
 * Returns: (transfer none) (nullable): the picture if it is at hand, so that a row shows it in the same frame
 */
GdkPaintable *
natter_media_lookup (const char *uri,
                     int         width,
                     int         height)
{
  g_autofree char *key = make_key (uri, width, height);
  Picture *picture = pictures != NULL ? g_hash_table_lookup (pictures, key) : NULL;

  if (picture == NULL)
    return NULL;
  g_queue_unlink (&kept, &picture->link);
  g_queue_push_head_link (&kept, &picture->link);
  return picture->paintable;
}

static void
on_image (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GTask) task = data;
  Load *load = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkPaintable) paintable = natter_image_load_finish (result, &error);

  if (paintable == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (natter_media_lookup (load->uri, load->width, load->height) == NULL)
    keep (make_key (load->uri, load->width, load->height), paintable);
  g_task_return_pointer (task, g_steal_pointer (&paintable), g_object_unref);
}

static void
on_file (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  Load *load = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = natter_file_cache_get_finish (NATTER_FILE_CACHE (source), result, &error);

  if (file != NULL)
    natter_image_load_async (file, load->width, load->height, g_task_get_cancellable (task), on_image,
                             g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * natter_media_load_async:
 * @uri: an http or https address
 * @may_lead_elsewhere: see natter_download_async()
 * @width: the room that it has, in device pixels
 * @height: likewise
 * @progress: (nullable): told how far the file has come
 * @progress_data: for @progress
 * @cancellable: (nullable): ends it
 * @callback: called when it is there
 * @data: for @callback
 *
 * Fetches and unpacks a picture of a message.
 */
void
natter_media_load_async (const char             *uri,
                         gboolean                may_lead_elsewhere,
                         int                     width,
                         int                     height,
                         NatterDownloadProgress  progress,
                         gpointer                progress_data,
                         GCancellable           *cancellable,
                         GAsyncReadyCallback     callback,
                         gpointer                data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  GdkPaintable *paintable;
  Load *load;

  g_return_if_fail (uri != NULL);

  g_task_set_source_tag (task, natter_media_load_async);
  paintable = natter_media_lookup (uri, width, height);
  if (paintable != NULL)
    {
      g_task_return_pointer (task, g_object_ref (paintable), g_object_unref);
      return;
    }
  if (file_cache == NULL)
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "There is nowhere to keep it");
      return;
    }
  load = g_new0 (Load, 1);
  load->uri = g_strdup (uri);
  load->width = width;
  load->height = height;
  g_task_set_task_data (task, load, load_free);
  natter_file_cache_get_async (file_cache, uri, NATTER_MEDIA_MAX_PICTURE, may_lead_elsewhere, progress, progress_data,
                               cancellable, on_file, g_object_ref (task));
}

/**
 * natter_media_load_finish:
 * @result: what the callback got
 * @error: why there is no picture
 *
 * Returns: (transfer full): the picture
 */
GdkPaintable *
natter_media_load_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
