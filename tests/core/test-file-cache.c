/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-file-cache.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "natter-error.h"
#include "wait.h"

/* A site whose file "/N" has N bytes. "/slow" never ends, "/away" leads to another address, all else is not there. */
typedef struct
{
  SoupServer      *server;
  NatterFileCache *cache;
  char            *folder;
  char            *base;
  GPtrArray       *files;  /* GFile or NULL, of what is finished */
  GPtrArray       *errors; /* GError or NULL, likewise */
  guint            n_requests;
  guint64          progress;
  SoupServerMessage *slow;
} Fixture;

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  Fixture *fixture = data;
  guint64 size;

  fixture->n_requests++;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  if (g_str_equal (path, "/slow"))
    {
      SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
      SoupMessageBody *body = soup_server_message_get_response_body (message);

      soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
      soup_message_body_append (body, SOUP_MEMORY_STATIC, "first", 5);
      g_set_object (&fixture->slow, message);
    }
  else if (g_str_equal (path, "/away"))
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "/7");
  else if (g_ascii_string_to_unsigned (path + 1, 10, 0, 10000000, &size, NULL))
    soup_server_message_set_response (message, "image/png", SOUP_MEMORY_TAKE, g_malloc0 (size), size);
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

static void
use_cache (Fixture *fixture,
           guint64  max_bytes)
{
  g_autofree char *directory = g_build_filename (fixture->folder, "files", NULL);

  g_clear_object (&fixture->cache);
  fixture->cache = natter_file_cache_new (directory, max_bytes);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GSList *uris;

  fixture->folder = g_dir_make_tmp ("natter-files-XXXXXX", NULL);
  fixture->files = g_ptr_array_new ();
  fixture->errors = g_ptr_array_new ();
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/", on_request, fixture, NULL);
  g_assert_true (soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (fixture->server);
  fixture->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  use_cache (fixture, 1000);
}

static void
on_file (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Fixture *fixture = data;
  GError *error = NULL;

  g_ptr_array_add (fixture->files, natter_file_cache_get_finish (NATTER_FILE_CACHE (source), result, &error));
  g_ptr_array_add (fixture->errors, error);
}

static void
on_progress (guint64  n_bytes,
             guint64  n_total,
             gpointer data)
{
  ((Fixture *) data)->progress = n_bytes;
}

static void
get (Fixture      *fixture,
     const char   *path,
     GCancellable *cancellable)
{
  g_autofree char *uri = g_strconcat (fixture->base, path, NULL);

  natter_file_cache_get_async (fixture->cache, uri, 5000, FALSE, on_progress, fixture, cancellable, on_file, fixture);
}

static void
forget (Fixture *fixture)
{
  for (guint i = 0; i < fixture->files->len; i++)
    {
      GError *error = fixture->errors->pdata[i];

      g_clear_object ((GObject **) &fixture->files->pdata[i]);
      g_clear_error (&error);
    }
  g_ptr_array_set_size (fixture->files, 0);
  g_ptr_array_set_size (fixture->errors, 0);
}

static guint
count_files (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "files", NULL);
  g_autoptr(GDir) directory = g_dir_open (path, 0, NULL);
  guint n_files = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n_files++;
  return n_files;
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_assert_true (natter_file_cache_clear_finish (NATTER_FILE_CACHE (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "files", NULL);
  gboolean cleared = FALSE;
  guint tick;

  forget (fixture);
  natter_file_cache_clear_async (fixture->cache, NULL, on_cleared, &cleared);
  wait_for (cleared);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  /* Some of its work may still be on its way, and ends in a thread, which wakes nobody. */
  g_object_add_weak_pointer (G_OBJECT (fixture->cache), (gpointer *) &fixture->cache);
  g_object_unref (fixture->cache);
  tick = g_timeout_add (1, on_tick, NULL);
  wait_for (fixture->cache == NULL);
  g_source_remove (tick);
  g_rmdir (path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_clear_object (&fixture->slow);
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_ptr_array_unref (fixture->files);
  g_ptr_array_unref (fixture->errors);
  g_free (fixture->base);
  g_free (fixture->folder);
}

static void
assert_size (Fixture *fixture,
             guint    position,
             goffset  size)
{
  g_autoptr(GFileInfo) info = NULL;

  g_assert_no_error ((GError *) fixture->errors->pdata[position]);
  info = g_file_query_info (fixture->files->pdata[position], G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL,
                            NULL);
  g_assert_nonnull (info);
  g_assert_cmpint (g_file_info_get_size (info), ==, size);
}

/* Fetched once for two who ask at a time, and not at all for the third. */
static void
test_once (Fixture       *fixture,
           gconstpointer  data)
{
  get (fixture, "/300", NULL);
  get (fixture, "/300", NULL);
  wait_for (fixture->files->len == 2);
  assert_size (fixture, 0, 300);
  assert_size (fixture, 1, 300);
  g_assert_cmpuint (fixture->progress, ==, 300);

  get (fixture, "/300", NULL);
  wait_for (fixture->files->len == 3);
  assert_size (fixture, 2, 300);
  g_assert_cmpuint (fixture->n_requests, ==, 1);
}

/* What was used last stays. */
static void
test_bounded (Fixture       *fixture,
              gconstpointer  data)
{
  get (fixture, "/301", NULL);
  wait_for (fixture->files->len == 1);
  get (fixture, "/302", NULL);
  wait_for (fixture->files->len == 2);
  get (fixture, "/301", NULL);
  wait_for (fixture->files->len == 3);
  get (fixture, "/400", NULL);
  wait_for (fixture->files->len == 4);
  wait_for (count_files (fixture) == 2);
  g_assert_false (g_file_query_exists (fixture->files->pdata[1], NULL));
  g_assert_true (g_file_query_exists (fixture->files->pdata[0], NULL));
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  get (fixture, "/5001", NULL);
  get (fixture, "/nothing", NULL);
  get (fixture, "/away", NULL);
  wait_for (fixture->files->len == 3);
  for (guint i = 0; i < 3; i++)
    {
      GError *error = fixture->errors->pdata[i];

      g_assert_null (fixture->files->pdata[i]);
      g_assert_true (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE)
                     || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND)
                     || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_REJECTED));
    }
  g_assert_cmpuint (fixture->n_requests, ==, 3);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* A body whose length was not told ends at the limit. */
static void
test_endless (Fixture       *fixture,
              gconstpointer  data)
{
  GError *error;

  get (fixture, "/slow", NULL);
  wait_for (fixture->progress == 5);
  soup_message_body_append_take (soup_server_message_get_response_body (fixture->slow), g_malloc0 (6000), 6000);
  soup_server_message_unpause (fixture->slow);
  wait_for (fixture->files->len == 1);
  error = fixture->errors->pdata[0];
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE);
  wait_for (count_files (fixture) == 0);
}

/* It goes on as long as somebody waits; given up, it can be asked for again. */
static void
test_given_up (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GCancellable) first = g_cancellable_new ();
  g_autoptr(GCancellable) second = g_cancellable_new ();

  get (fixture, "/slow", first);
  get (fixture, "/slow", second);
  wait_for (fixture->progress == 5);
  g_cancellable_cancel (first);
  settle ();
  g_assert_cmpuint (fixture->files->len, ==, 0);
  g_cancellable_cancel (second);
  get (fixture, "/slow", NULL);
  wait_for (fixture->files->len == 2);
  for (guint i = 0; i < 2; i++)
    {
      GError *error = fixture->errors->pdata[i];

      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  wait_for (fixture->n_requests == 2);
  soup_message_body_complete (soup_server_message_get_response_body (fixture->slow));
  soup_server_message_unpause (fixture->slow);
  wait_for (fixture->files->len == 3);
  assert_size (fixture, 2, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/file-cache/once", Fixture, NULL, set_up, test_once, tear_down);
  g_test_add ("/file-cache/bounded", Fixture, NULL, set_up, test_bounded, tear_down);
  g_test_add ("/file-cache/too-large", Fixture, NULL, set_up, test_too_large, tear_down);
  g_test_add ("/file-cache/endless", Fixture, NULL, set_up, test_endless, tear_down);
  g_test_add ("/file-cache/given-up", Fixture, NULL, set_up, test_given_up, tear_down);
  return g_test_run ();
}
