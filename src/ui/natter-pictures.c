/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-pictures"

#include "config.h"

#include "natter-pictures.h"

#include <libsoup/soup.h>

#include "natter-image.h"

/* A picture that stands for a person or a server is small; more is a mistake or an attack. */
#define MAX_BYTES (4 * 1024 * 1024)
#define MAX_KEPT 512
#define TIMEOUT_SECONDS 20
#define RETRY_AFTER (5 * G_TIME_SPAN_MINUTE)

typedef struct
{
  char       *key;
  char       *uri;
  int         size;
  GdkTexture *texture;
  GPtrArray  *waiting;   /* GTask; NULL when nothing is on its way */
  gint64      failed_at; /* monotonic µs, 0: did not */
  GList       link;      /* in `kept`, the one used last first */
} Picture;

static GHashTable *pictures; /* key → Picture */
static GQueue kept = G_QUEUE_INIT;
static SoupSession *soup;

static void
picture_free (Picture *picture)
{
  g_free (picture->key);
  g_free (picture->uri);
  g_clear_object (&picture->texture);
  g_clear_pointer (&picture->waiting, g_ptr_array_unref);
  g_free (picture);
}

static Picture *
find_picture (const char *uri, int size)
{
  g_autofree char *key = g_strdup_printf ("%d %s", size, uri);

  return pictures != NULL ? g_hash_table_lookup (pictures, key) : NULL;
}

static void
touch (Picture *picture)
{
  g_queue_unlink (&kept, &picture->link);
  g_queue_push_head_link (&kept, &picture->link);
}

/* Drops what was not used for longest; what is on its way stays. */
static void
trim (void)
{
  GList *link = kept.tail;

  while (kept.length > MAX_KEPT && link != NULL)
    {
      Picture *picture = link->data;

      link = link->prev;
      if (picture->waiting != NULL)
        continue;
      g_queue_unlink (&kept, &picture->link);
      g_hash_table_remove (pictures, picture->key);
    }
}

/**
 * natter_pictures_clear:
 *
 * Drops what is kept in memory and is not on its way.
 */
void
natter_pictures_clear (void)
{
  GList *link = kept.tail;

  while (link != NULL)
    {
      Picture *picture = link->data;

      link = link->prev;
      if (picture->waiting != NULL)
        continue;
      g_queue_unlink (&kept, &picture->link);
      g_hash_table_remove (pictures, picture->key);
    }
}

static Picture *
make_picture (const char *uri, int size)
{
  Picture *picture = g_new0 (Picture, 1);

  if (pictures == NULL)
    pictures = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) picture_free);
  picture->key = g_strdup_printf ("%d %s", size, uri);
  picture->uri = g_strdup (uri);
  picture->size = size;
  picture->link.data = picture;
  g_queue_push_head_link (&kept, &picture->link);
  g_hash_table_insert (pictures, picture->key, picture);
  trim ();
  return picture;
}

static void
finish_picture (Picture *picture, GdkTexture *texture, const GError *error)
{
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&picture->waiting);

  g_set_object (&picture->texture, texture);
  picture->failed_at = texture == NULL ? g_get_monotonic_time () : 0;
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = waiting->pdata[i];

      if (texture != NULL)
        g_task_return_pointer (task, g_object_ref (texture), g_object_unref);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

static void
decoded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Picture *picture = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkPaintable) paintable = natter_image_load_finish (result, &error);

  if (error != NULL)
    g_debug ("A picture can't be read: %s", error->message);
  finish_picture (picture, paintable != NULL ? GDK_TEXTURE (paintable) : NULL, error);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Picture *picture = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gssize length = g_output_stream_splice_finish (G_OUTPUT_STREAM (object), result, &error);

  if (length < 0)
    {
      g_debug ("A picture did not come: %s", error->message);
      finish_picture (picture, NULL, error);
      return;
    }
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (object));
  natter_image_load_small_async (bytes, picture->size, NULL, decoded_cb, picture);
}

static void
sent_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Picture *picture = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = soup_session_send_finish (SOUP_SESSION (object), result, &error);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (object), result);
  g_autoptr(GOutputStream) memory = NULL;

  if (stream != NULL && !SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)))
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "status %u", soup_message_get_status (message));
  else if (stream != NULL && soup_message_headers_get_content_length (soup_message_get_response_headers (message)) > MAX_BYTES)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "too large");
  if (error != NULL)
    {
      g_debug ("A picture did not come: %s", error->message);
      finish_picture (picture, NULL, error);
      return;
    }
  /* A buffer of fixed size: a body that never ends fails with NO_SPACE. It is given back at once. */
  memory = g_memory_output_stream_new (g_malloc (MAX_BYTES), MAX_BYTES, NULL, g_free);
  g_output_stream_splice_async (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_LOW, NULL, read_cb, picture);
}

static void
fetch (Picture *picture)
{
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, picture->uri);

  /* Which site is asked was decided by the address: not another one by a detour. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (soup == NULL)
    soup = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "max-conns", 8, "max-conns-per-host", 4,
                                          "user-agent", "Natter/" PACKAGE_VERSION, NULL);
  soup_session_send_async (soup, message, G_PRIORITY_LOW, NULL, sent_cb, picture);
}

static gboolean
is_http (const char *uri)
{
  const char *scheme = g_uri_peek_scheme (uri);

  return g_uri_is_valid (uri, SOUP_HTTP_URI_FLAGS, NULL) && (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0);
}

/**
 * natter_pictures_load_async:
 * @uri: an http or https address
 * @size: the shorter side of the result in device pixels; smaller pictures stay as they are
 * @cancellable: (nullable): forgets the answer; the picture is still kept for others
 * @callback: called when it is there
 * @data: for @callback
 *
 * Fetches and decodes a small picture, off the main loop, once for all who ask, and keeps it for a while. An address
 * that failed is not asked again for five minutes, and one that leads elsewhere is one that failed.
 */
void
natter_pictures_load_async (const char *uri, int size, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  Picture *picture;

  g_return_if_fail (uri != NULL && size > 0);

  g_task_set_source_tag (task, natter_pictures_load_async);
  if (!is_http (uri))
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not an http address");
      return;
    }
  picture = find_picture (uri, size);
  if (picture == NULL)
    picture = make_picture (uri, size);
  else
    touch (picture);

  if (picture->texture != NULL)
    {
      g_task_return_pointer (task, g_object_ref (picture->texture), g_object_unref);
    }
  else if (picture->waiting != NULL)
    {
      g_ptr_array_add (picture->waiting, g_steal_pointer (&task));
    }
  else if (picture->failed_at != 0 && g_get_monotonic_time () - picture->failed_at < RETRY_AFTER)
    {
      g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_FAILED, "failed before");
    }
  else
    {
      picture->waiting = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (picture->waiting, g_steal_pointer (&task));
      fetch (picture);
    }
}

/**
 * natter_pictures_load_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Finishes natter_pictures_load_async().
 *
 * Returns: (transfer full) (nullable): the picture
 */
GdkTexture *
natter_pictures_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * natter_pictures_lookup:
 * @uri: an address
 * @size: as for natter_pictures_load_async()
 *
 * Returns: (transfer none) (nullable): the picture if it is at hand, so that a row can show it in the same frame
 */
GdkTexture *
natter_pictures_lookup (const char *uri, int size)
{
  Picture *picture = find_picture (uri, size);

  if (picture == NULL || picture->texture == NULL)
    return NULL;
  touch (picture);
  return picture->texture;
}
