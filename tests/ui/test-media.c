/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of messages: unpacked no larger than they are shown, and shown in the room that was kept for them. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "natter-animation.h"
#include "natter-attachments-view.h"
#include "natter-attachment.h"
#include "natter-image.h"
#include "natter-media.h"
#include "natter-picture-view.h"
#include "natter-server.h"
#include "wait.h"

/* Two frames of 2 × 2 points, the second after 20 ms, again and again. */
static const guchar animated_gif[] =
  "GIF89a\x02\x00\x02\x00\x80\x00\x00\xff\x00\x00\x00\x00\xff!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
  "!\xf9\x04\x00\x02\x00\x00\x00,\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x02\x84Q\x00"
  "!\xf9\x04\x00\x02\x00\x00\x00,\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x02\x8cS\x00;";

static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20'/></svg>";

typedef struct
{
  char            *folder;
  NatterFileCache *cache;
  SoupServer      *server;
  char            *base;
  GBytes          *png; /* 300 × 150 */
  guint            n_requests;
  GdkPaintable    *paintable;
  GError          *error;
  gboolean         finished;
} Fixture;

static GBytes *
make_png (int width,
          int height)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  char *data;
  gsize length;

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &length, "png", NULL, NULL));
  return g_bytes_new_take (data, length);
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  Fixture *fixture = data;

  fixture->n_requests++;
  if (!g_str_equal (path, "/picture"))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, g_bytes_get_data (fixture->png, NULL),
                                    g_bytes_get_size (fixture->png));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *directory = NULL;
  GSList *uris;

  fixture->folder = g_dir_make_tmp ("natter-media-XXXXXX", NULL);
  directory = g_build_filename (fixture->folder, "files", NULL);
  fixture->cache = natter_file_cache_new (directory, 1000000);
  natter_media_set_cache (fixture->cache);
  fixture->png = make_png (300, 150);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/", on_request, fixture, NULL);
  g_assert_true (soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (fixture->server);
  fixture->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_assert_true (natter_file_cache_clear_finish (NATTER_FILE_CACHE (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *directory = g_build_filename (fixture->folder, "files", NULL);
  gboolean cleared = FALSE;

  natter_media_set_cache (NULL);
  natter_file_cache_clear_async (fixture->cache, NULL, on_cleared, &cleared);
  wait_for (cleared);
  g_rmdir (directory);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_object_unref (fixture->cache);
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_bytes_unref (fixture->png);
  g_clear_object (&fixture->paintable);
  g_clear_error (&fixture->error);
  g_free (fixture->base);
  g_free (fixture->folder);
  settle ();
}

static void
on_image (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Fixture *fixture = data;

  fixture->paintable = natter_image_load_finish (result, &fixture->error);
  fixture->finished = TRUE;
}

static void
load (Fixture    *fixture,
      const void *content,
      gsize       length)
{
  g_autofree char *path = g_build_filename (fixture->folder, "picture", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_clear_object (&fixture->paintable);
  g_clear_error (&fixture->error);
  fixture->finished = FALSE;
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  natter_image_load_async (file, 100, 100, NULL, on_image, fixture);
  wait_for (fixture->finished);
  g_unlink (path);
}

static void
assert_size (Fixture *fixture,
             int      width,
             int      height)
{
  g_assert_no_error (fixture->error);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (fixture->paintable), ==, width);
  g_assert_cmpint (gdk_paintable_get_intrinsic_height (fixture->paintable), ==, height);
}

static void
test_image_sizes (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(GBytes) small = make_png (10, 7);

  load (fixture, g_bytes_get_data (fixture->png, NULL), g_bytes_get_size (fixture->png));
  assert_size (fixture, 100, 50);
  load (fixture, g_bytes_get_data (small, NULL), g_bytes_get_size (small));
  assert_size (fixture, 10, 7);
  load (fixture, svg, strlen (svg));
  assert_size (fixture, 40, 20);
}

static void
test_image_bad (Fixture       *fixture,
                gconstpointer  data)
{
  /* A head that promises 60,000 × 60,000 points */
  static const guchar bomb[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x06\0\0\0\x9b\x10\x1b\x6e"
                               "\0\0\0\x0aIDAT\x78\x9c\x63\0\x01\0\0\x05\0\x01\x0d\x0a\x2d\xb4";

  load (fixture, "no picture", 10);
  g_assert_nonnull (fixture->error);
  load (fixture, "", 0);
  g_assert_nonnull (fixture->error);
  load (fixture, bomb, sizeof bomb - 1);
  g_assert_nonnull (fixture->error);
}

static void
on_invalidated (GdkPaintable *paintable,
                guint        *n_frames)
{
  (*n_frames)++;
}

static gboolean
on_tick (gpointer data)
{
  natter_animation_advance (data);
  return G_SOURCE_CONTINUE;
}

static void
test_image_moves (Fixture       *fixture,
                  gconstpointer  data)
{
  guint n_frames = 0;
  guint tick;

  load (fixture, animated_gif, sizeof animated_gif - 1);
  assert_size (fixture, 2, 2);
  g_assert_true (NATTER_IS_ANIMATION (fixture->paintable));
  g_signal_connect (fixture->paintable, "invalidate-contents", G_CALLBACK (on_invalidated), &n_frames);
  tick = g_timeout_add (5, on_tick, fixture->paintable);
  wait_for (n_frames >= 3);
  g_source_remove (tick);
}

static void
measure (GtkWidget *widget,
         int        for_width,
         int       *width,
         int       *height)
{
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, width, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, for_width, NULL, height, NULL, NULL);
}

/* The room is the same before the picture is there, after it, and when it does not come. */
static void
test_room_is_kept (Fixture       *fixture,
                   gconstpointer  data)
{
  GtkWidget *widget = g_object_ref_sink (natter_picture_view_new ());
  NatterPictureView *view = NATTER_PICTURE_VIEW (widget);
  g_autofree char *uri = g_strconcat (fixture->base, "/picture", NULL);
  g_autofree char *bad_uri = g_strconcat (fixture->base, "/nothing", NULL);
  int width, height;

  natter_picture_view_set (view, uri, 300, 150, FALSE, TRUE);
  measure (widget, 300, &width, &height);
  g_assert_cmpint (width, ==, 300);
  g_assert_cmpint (height, ==, 150);
  wait_for (natter_picture_view_get_state (view) == NATTER_PICTURE_SHOWN);
  measure (widget, 300, &width, &height);
  g_assert_cmpint (width, ==, 300);
  g_assert_cmpint (height, ==, 150);
  measure (widget, 150, &width, &height);
  g_assert_cmpint (height, ==, 75);

  /* At hand by now: shown in the same frame, without asking again. */
  natter_picture_view_set (view, NULL, 0, 0, FALSE, FALSE);
  natter_picture_view_set (view, uri, 300, 150, FALSE, TRUE);
  g_assert_cmpint (natter_picture_view_get_state (view), ==, NATTER_PICTURE_SHOWN);
  g_assert_cmpuint (fixture->n_requests, ==, 1);

  natter_picture_view_set (view, bad_uri, 4000, 1000, FALSE, TRUE);
  wait_for (natter_picture_view_get_state (view) == NATTER_PICTURE_FAILED);
  measure (widget, 400, &width, &height);
  g_assert_cmpint (width, ==, 400);
  g_assert_cmpint (height, ==, 100);
  g_assert_finalize_object (widget);
}

/* Nothing goes to another site before the person says so. */
static void
test_asks_first (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *widget = g_object_ref_sink (natter_picture_view_new ());
  NatterPictureView *view = NATTER_PICTURE_VIEW (widget);
  g_autofree char *uri = g_strconcat (fixture->base, "/picture", NULL);

  natter_picture_view_set (view, uri, 301, 150, TRUE, FALSE);
  g_assert_cmpint (natter_picture_view_get_state (view), ==, NATTER_PICTURE_ASKS);
  settle ();
  g_assert_cmpuint (fixture->n_requests, ==, 0);
  natter_picture_view_load (view);
  wait_for (natter_picture_view_get_state (view) == NATTER_PICTURE_SHOWN);
  g_assert_cmpuint (fixture->n_requests, ==, 1);
  g_assert_finalize_object (widget);
}

static NatterAttachment *
make_attachment (Fixture    *fixture,
                 const char *name,
                 const char *mime_type,
                 const char *path)
{
  g_autofree char *uri = g_strconcat (fixture->base, path, NULL);
  g_autoptr(NatterAddress) address = natter_address_parse (fixture->base, NULL);
  NatterAttachmentData attachment = { .id = (char *) "a", .name = (char *) name, .mime_type = (char *) mime_type, .url = uri,
                                      .size = 1234, .width = 300, .height = 150 };

  return natter_attachment_new (&attachment, address);
}

static GtkWidget *
find (GtkWidget  *widget,
      GType       type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_attachments (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkWidget *widget = g_object_ref_sink (natter_attachments_view_new ());
  GtkWidget *row = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  NatterAttachmentsView *view = NATTER_ATTACHMENTS_VIEW (widget);
  g_autoptr(NatterAddress) here_address = natter_address_parse (fixture->base, NULL);
  g_autoptr(NatterAddress) elsewhere_address = natter_address_parse ("chat.example.org", NULL);
  g_autoptr(NatterServer) here = natter_server_new ("a", here_address, NULL);
  g_autoptr(NatterServer) elsewhere = natter_server_new ("b", elsewhere_address, NULL);
  g_autoptr(GListStore) list = g_list_store_new (NATTER_TYPE_ATTACHMENT);
  g_autoptr(GListStore) other = g_list_store_new (NATTER_TYPE_ATTACHMENT);
  g_autoptr(NatterAttachment) picture = make_attachment (fixture, "a.png", "image/png", "/picture");
  g_autoptr(NatterAttachment) text = make_attachment (fixture, "../../.notes\n.txt", "text/plain", "/text");
  GtkWidget *picture_view;
  int width, height, picture_height;

  g_list_store_append (list, picture);
  g_list_store_append (other, text);
  natter_attachments_view_set (view, G_LIST_MODEL (list), here);
  picture_view = find (widget, NATTER_TYPE_PICTURE_VIEW);
  wait_for (natter_picture_view_get_state (NATTER_PICTURE_VIEW (picture_view)) == NATTER_PICTURE_SHOWN);

  /* In a narrow window it is as high as it is shown there, and no higher. */
  measure (widget, 150, &width, &height);
  gtk_widget_measure (gtk_widget_get_parent (picture_view), GTK_ORIENTATION_VERTICAL, 150, NULL, &picture_height, NULL, NULL);
  g_test_message ("heights %d %d", height, picture_height);
  g_assert_cmpint (height, ==, picture_height);
  /* Nor beside something else. */
  gtk_box_append (GTK_BOX (row), gtk_label_new (""));
  gtk_box_append (GTK_BOX (row), widget);
  measure (row, 150, &width, &height);
  g_assert_cmpint (height, ==, picture_height);
  gtk_box_remove (GTK_BOX (row), widget);
  g_assert_finalize_object (row);

  natter_attachments_view_set (view, NULL, NULL);
  g_assert_null (find (widget, NATTER_TYPE_PICTURE_VIEW));
  natter_attachments_view_set (view, G_LIST_MODEL (list), elsewhere);
  picture_view = find (widget, NATTER_TYPE_PICTURE_VIEW);
  g_assert_cmpint (natter_picture_view_get_state (NATTER_PICTURE_VIEW (picture_view)), ==, NATTER_PICTURE_ASKS);
  /* A server for which the person wants none shows a card in its place, and goes back. */
  natter_server_set_remote_media (elsewhere, NATTER_REMOTE_MEDIA_NEVER);
  g_assert_null (find (widget, NATTER_TYPE_PICTURE_VIEW));
  natter_server_set_remote_media (elsewhere, NATTER_REMOTE_MEDIA_DEFAULT);
  picture_view = find (widget, NATTER_TYPE_PICTURE_VIEW);
  g_assert_cmpint (natter_picture_view_get_state (NATTER_PICTURE_VIEW (picture_view)), ==, NATTER_PICTURE_ASKS);
  natter_server_set_remote_media (elsewhere, NATTER_REMOTE_MEDIA_ALWAYS);
  picture_view = find (widget, NATTER_TYPE_PICTURE_VIEW);
  wait_for (natter_picture_view_get_state (NATTER_PICTURE_VIEW (picture_view)) == NATTER_PICTURE_SHOWN);

  natter_attachments_view_set (view, G_LIST_MODEL (other), here);
  g_assert_null (find (widget, NATTER_TYPE_PICTURE_VIEW));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find (widget, GTK_TYPE_LABEL))), ==, "_.._.notes .txt");
  g_assert_finalize_object (widget);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/media/image/sizes", Fixture, NULL, set_up, test_image_sizes, tear_down);
  g_test_add ("/media/image/bad", Fixture, NULL, set_up, test_image_bad, tear_down);
  g_test_add ("/media/image/moves", Fixture, NULL, set_up, test_image_moves, tear_down);
  g_test_add ("/media/room-is-kept", Fixture, NULL, set_up, test_room_is_kept, tear_down);
  g_test_add ("/media/asks-first", Fixture, NULL, set_up, test_asks_first, tear_down);
  g_test_add ("/media/attachments", Fixture, NULL, set_up, test_attachments, tear_down);
  return g_test_run ();
}
