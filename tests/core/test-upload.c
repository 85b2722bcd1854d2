/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-upload.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>

#include "natter-connection.h"
#include "natter-rotur.h"
#include "natter-test-server.h"
#include "natter-upload-body.h"
#include "wait.h"

#define PAVEL "tok-pavel"

/* Pavel, signed in, and a file of his. */
typedef struct
{
  TestServer           *server;
  NatterConnection     *connection;
  NatterRotur          *rotur;
  char                 *folder;
  GFile                *file;
  char                 *key;
  char                 *validator;
  NatterAttachmentData *attachment;
  GError               *error;
  double                fraction;
  gboolean              finished;
} Fixture;

static void
on_validator (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Fixture *fixture = data;

  fixture->validator = natter_rotur_get_validator_finish (NATTER_ROTUR (source), result, &fixture->error);
  g_assert_no_error (fixture->error);
}

static gboolean
is_handshake (Fixture *fixture)
{
  return natter_connection_get_handshake (fixture->connection) != NULL;
}

static gboolean
is_ready (Fixture *fixture)
{
  return natter_connection_get_state (fixture->connection) == NATTER_CONNECTION_READY;
}

static void
on_signed_in (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GError) error = NULL;

  natter_connection_authenticate_finish (NATTER_CONNECTION (source), result, &error);
  g_assert_no_error (error);
}

static void
make_file (Fixture *fixture,
           gsize    size)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a file", NULL);
  g_autofree char *content = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    content[i] = (char) (i * 7 + i / 251);
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
  g_set_object (&fixture->file, NULL);
  fixture->file = g_file_new_for_path (path);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  TestServerOptions options = { .generation = GPOINTER_TO_INT (data), .auth = TEST_SERVER_AUTH_ROTUR };
  g_autoptr(NatterAddress) address = NULL;

  fixture->server = test_server_new (&options);
  g_assert_true (test_server_start (fixture->server, NULL));
  fixture->folder = g_dir_make_tmp ("natter-upload-XXXXXX", NULL);
  address = natter_address_parse (test_server_get_url (fixture->server), NULL);
  fixture->rotur = natter_rotur_new (test_server_get_rotur_url (fixture->server), NULL);
  fixture->connection = natter_connection_new (address);
  natter_connection_open (fixture->connection);
  wait_for (is_handshake (fixture));
  fixture->key = g_strdup (natter_handshake_get_validator_key (natter_connection_get_handshake (fixture->connection)));
  natter_rotur_get_validator_async (fixture->rotur, PAVEL, fixture->key, NULL, on_validator, fixture);
  wait_for (fixture->validator != NULL);
  natter_connection_authenticate_async (fixture->connection, natter_command_auth (fixture->validator, NULL, NULL), NULL,
                                        on_signed_in, NULL);
  wait_for (is_ready (fixture));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = g_file_get_path (fixture->file);

  natter_connection_close (fixture->connection);
  settle ();
  g_assert_finalize_object (fixture->connection);
  g_clear_object (&fixture->rotur);
  test_server_free (fixture->server);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_object_unref (fixture->file);
  g_free (fixture->folder);
  g_free (fixture->key);
  g_free (fixture->validator);
  g_clear_pointer (&fixture->attachment, natter_attachment_data_free);
  g_clear_error (&fixture->error);
  settle ();
}

static void
on_progress (double   fraction,
             gpointer data)
{
  Fixture *fixture = data;

  g_assert_false (fixture->finished);
  g_assert_cmpfloat (fraction, >=, fixture->fraction);
  g_assert_cmpfloat (fraction, <=, 1.0);
  fixture->fraction = fraction;
}

static void
on_uploaded (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Fixture *fixture = data;

  fixture->attachment = natter_upload_finish (result, &fixture->error);
  fixture->finished = TRUE;
}

static void
upload (Fixture      *fixture,
        const char   *name,
        const char   *mime_type,
        GCancellable *cancellable)
{
  NatterUploadRequest request = { fixture->file, name, mime_type, "general", fixture->key, fixture->validator };

  fixture->finished = FALSE;
  fixture->fraction = 0;
  g_clear_pointer (&fixture->attachment, natter_attachment_data_free);
  g_clear_error (&fixture->error);
  natter_upload_async (natter_connection_get_address (fixture->connection),
                       natter_connection_get_handshake (fixture->connection), &request, on_progress, fixture, cancellable,
                       on_uploaded, fixture);
}

static void
on_downloaded (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  GBytes **bytes = data;

  *bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  g_assert_nonnull (*bytes);
}

/* What the server gives out is what was sent. */
static void
assert_same (Fixture *fixture)
{
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *uri = natter_address_resolve_http (natter_connection_get_address (fixture->connection),
                                                      fixture->attachment->url);
  g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);
  g_autoptr(GBytes) sent = g_file_load_bytes (fixture->file, NULL, NULL, NULL);
  g_autoptr(GBytes) got = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_downloaded, &got);
  wait_for (got != NULL);
  g_assert_true (g_bytes_equal (sent, got));
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  /* Round the lengths of a group and of a piece of base64. */
  const gsize sizes[] = { 1, 2, 3, 4, 48 * 1024 - 1, 48 * 1024, 48 * 1024 + 1, 1000000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      make_file (fixture, sizes[i]);
      upload (fixture, "Grüße \"von\" hier.bin", "image/png", NULL);
      wait_for (fixture->finished);
      g_assert_no_error (fixture->error);
      g_assert_cmpfloat (fixture->fraction, ==, 1.0);
      g_assert_cmpstr (fixture->attachment->name, ==, "Grüße \"von\" hier.bin");
      g_assert_cmpuint (fixture->attachment->size, ==, sizes[i]);
      assert_same (fixture);
    }
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  make_file (fixture, 100);
  g_set_str (&fixture->validator, "nobody,00");
  upload (fixture, "a", "image/png", NULL);
  wait_for (fixture->finished);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_VALIDATOR);
  g_assert_cmpstr (fixture->error->message, ==, "Invalid credentials");
}

static void
test_wrong_type (Fixture       *fixture,
                 gconstpointer  data)
{
  NatterHandshake *handshake = natter_connection_get_handshake (fixture->connection);

  g_assert_true (natter_upload_check_type (handshake, "image/png"));
  g_assert_true (natter_upload_check_type (handshake, "IMAGE/PNG"));
  g_assert_false (natter_upload_check_type (handshake, "application/x-executable"));

  make_file (fixture, 100);
  upload (fixture, "a", "application/x-executable", NULL);
  wait_for (fixture->finished);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_REJECTED);
}

/* The largest file that passes the check is one that the server takes. */
static void
test_limit (Fixture       *fixture,
            gconstpointer  data)
{
  NatterHandshake *handshake = natter_connection_get_handshake (fixture->connection);
  guint64 max = natter_handshake_get_max_upload (handshake);

  if (natter_handshake_is_new_generation (handshake))
    g_assert_cmpuint (natter_upload_get_max (handshake), ==, max);
  else
    g_assert_cmpuint ((natter_upload_get_max (handshake) + 2) / 3 * 4 + 512, <, max);
  make_file (fixture, 1);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  make_file (fixture, 4 * 1000 * 1000);
  upload (fixture, "a", "image/png", cancellable);
  wait_for (fixture->fraction > 0);
  g_cancellable_cancel (cancellable);
  wait_for (fixture->finished);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "none", NULL);
  g_autoptr(GFile) there = NULL;

  make_file (fixture, 1);
  there = g_steal_pointer (&fixture->file);
  fixture->file = g_file_new_for_path (path);
  upload (fixture, "a", "image/png", NULL);
  wait_for (fixture->finished);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_set_object (&fixture->file, there);
}

/* A file that gets shorter on the way must not be taken for a whole one. */
static void
test_body_shorter (void)
{
  g_autoptr(GBytes) none = g_bytes_new_static ("", 0);
  g_autoptr(GInputStream) file = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autoptr(GInputStream) body = natter_upload_body_new (none, file, 4, FALSE, none);
  g_autoptr(GError) error = NULL;
  char buffer[16];
  gsize n_read;

  g_assert_false (g_input_stream_read_all (body, buffer, sizeof buffer, &n_read, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
}

/* Whatever the sizes of the reads, the text is that of one piece. */
static void
test_body_base64 (void)
{
  g_autoptr(GBytes) head = g_bytes_new_static ("<", 1);
  g_autoptr(GBytes) tail = g_bytes_new_static (">", 1);
  g_autofree guchar *content = g_malloc (200000);

  for (guint i = 0; i < 200000; i++)
    content[i] = (guchar) (i * 31 + i / 255);
  for (guint step = 1; step < 100000; step = step * 3 + 1)
    {
      g_autoptr(GInputStream) file = g_memory_input_stream_new_from_data (content, 199999, NULL);
      g_autoptr(GInputStream) body = natter_upload_body_new (head, file, 199999, TRUE, tail);
      g_autofree char *base64 = g_base64_encode (content, 199999);
      g_autofree char *expected = g_strdup_printf ("<%s>", base64);
      g_autofree char *text = g_malloc0 (strlen (expected) + step + 1);
      gsize length = 0;
      gssize n_read;

      g_assert_cmpuint (natter_upload_body_get_length (NATTER_UPLOAD_BODY (body)), ==, strlen (expected));
      while ((n_read = g_input_stream_read (body, text + length, step, NULL, NULL)) > 0)
        length += n_read;
      g_assert_cmpint (n_read, ==, 0);
      g_assert_cmpstr (text, ==, expected);
    }
}

static void
add (const char *path,
     void      (*test) (Fixture *fixture, gconstpointer data))
{
  g_autofree char *old_path = g_strconcat ("/upload/old", path, NULL);
  g_autofree char *new_path = g_strconcat ("/upload/new", path, NULL);

  g_test_add (old_path, Fixture, GINT_TO_POINTER (TEST_SERVER_GENERATION_OLD), set_up, test, tear_down);
  g_test_add (new_path, Fixture, GINT_TO_POINTER (TEST_SERVER_GENERATION_NEW), set_up, test, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/round-trip", test_round_trip);
  add ("/refused", test_refused);
  add ("/wrong-type", test_wrong_type);
  add ("/limit", test_limit);
  add ("/cancelled", test_cancelled);
  add ("/no-file", test_no_file);
  g_test_add_func ("/upload/body/shorter", test_body_shorter);
  g_test_add_func ("/upload/body/base64", test_body_base64);
  return g_test_run ();
}
