/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-pictures.h"

#include <libsoup/soup.h>

typedef struct
{
  SoupServer *server;
  char       *base;
  guint       requests;
  guint       answers;
  GdkTexture *texture;
  GError     *error;
} Fixture;

/* A PNG of the size that the path names. */
static void
picture_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Fixture *fixture = data;
  int size = atoi (path + 1);
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autofree char *png = NULL;
  gsize length = 0;

  fixture->requests++;
  if (g_str_equal (path, "/away"))
    {
      soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, "/64");
      return;
    }
  if (size == 0)
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "image/png", SOUP_MEMORY_STATIC, "no picture", 10);
      return;
    }
  if (size < 0)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, size, size / 2);
  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &png, &length, "png", NULL, NULL));
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, png, length);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  GSList *uris;

  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, picture_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  fixture->base = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  soup_server_disconnect (fixture->server);
  g_clear_object (&fixture->server);
  g_clear_pointer (&fixture->base, g_free);
  g_clear_object (&fixture->texture);
  g_clear_error (&fixture->error);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->answers++;
  g_clear_object (&fixture->texture);
  g_clear_error (&fixture->error);
  fixture->texture = natter_pictures_load_finish (result, &fixture->error);
}

static void
wait_for_answers (Fixture *fixture, guint count)
{
  while (fixture->answers < count)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_size (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strconcat (fixture->base, "256", NULL);

  g_assert_null (natter_pictures_lookup (uri, 32));
  natter_pictures_load_async (uri, 32, NULL, loaded_cb, fixture);
  wait_for_answers (fixture, 1);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (gdk_texture_get_width (fixture->texture), ==, 64);
  g_assert_cmpint (gdk_texture_get_height (fixture->texture), ==, 32);
  g_assert_true (natter_pictures_lookup (uri, 32) == fixture->texture);
}

static void
test_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strconcat (fixture->base, "100", NULL);

  for (guint i = 0; i < 20; i++)
    natter_pictures_load_async (uri, 40, NULL, loaded_cb, fixture);
  wait_for_answers (fixture, 20);
  natter_pictures_load_async (uri, 40, NULL, loaded_cb, fixture);
  wait_for_answers (fixture, 21);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->requests, ==, 1);
}

/* What can't be had is not asked for again and again while somebody scrolls. */
static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *broken = g_strconcat (fixture->base, "0", NULL);
  g_autofree char *missing = g_strconcat (fixture->base, "-1", NULL);

  natter_pictures_load_async (broken, 40, NULL, loaded_cb, fixture);
  wait_for_answers (fixture, 1);
  g_assert_nonnull (fixture->error);
  natter_pictures_load_async (missing, 40, NULL, loaded_cb, fixture);
  wait_for_answers (fixture, 2);
  g_assert_nonnull (fixture->error);
  natter_pictures_load_async (missing, 40, NULL, loaded_cb, fixture);
  wait_for_answers (fixture, 3);
  g_assert_nonnull (fixture->error);
  g_assert_cmpuint (fixture->requests, ==, 2);
}

/* Whether a site may be asked was decided by the address that was named. */
static void
test_leads_elsewhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strconcat (fixture->base, "away", NULL);

  natter_pictures_load_async (uri, 40, NULL, loaded_cb, fixture);
  wait_for_answers (fixture, 1);
  g_assert_nonnull (fixture->error);
  g_assert_cmpuint (fixture->requests, ==, 1);
}

static void
test_other_schemes (Fixture *fixture, gconstpointer data)
{
  natter_pictures_load_async ("file:///etc/hostname", 40, NULL, loaded_cb, fixture);
  wait_for_answers (fixture, 1);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  natter_pictures_load_async ("not an address", 40, NULL, loaded_cb, fixture);
  wait_for_answers (fixture, 2);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strconcat (fixture->base, "60", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  natter_pictures_load_async (uri, 20, cancellable, loaded_cb, fixture);
  g_cancellable_cancel (cancellable);
  wait_for_answers (fixture, 1);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fixture->texture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/pictures/size", Fixture, NULL, set_up, test_size, tear_down);
  g_test_add ("/pictures/once", Fixture, NULL, set_up, test_once, tear_down);
  g_test_add ("/pictures/failures", Fixture, NULL, set_up, test_failures, tear_down);
  g_test_add ("/pictures/leads-elsewhere", Fixture, NULL, set_up, test_leads_elsewhere, tear_down);
  g_test_add ("/pictures/other-schemes", Fixture, NULL, set_up, test_other_schemes, tear_down);
  g_test_add ("/pictures/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  return g_test_run ();
}
