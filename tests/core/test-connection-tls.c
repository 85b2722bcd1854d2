/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connection-fixture.h"

#include "raw-peer.h"

#include <glib/gstdio.h>

static char *folder;

/* Makes a certificate that signs itself, with its key, in one file. */
static char *
make_certificate (const char *name,
                  const char *subject)
{
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *file = g_strdup_printf ("%s/%s.pem", folder, name);
  g_autofree char *names = g_strdup_printf ("subjectAltName=%s", subject);
  g_autofree char *certificate_text = NULL;
  g_autofree char *key_text = NULL;
  g_autofree char *both = NULL;
  g_autoptr(GSubprocess) openssl = NULL;
  g_autoptr(GError) error = NULL;

  openssl = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error,
                              "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                              "-nodes", "-days", "2", "-subj", "/CN=natter-test", "-addext", names,
                              "-keyout", key, "-out", file, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (openssl, NULL, &error);
  g_assert_no_error (error);

  g_file_get_contents (file, &certificate_text, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (key, &key_text, NULL, &error);
  g_assert_no_error (error);
  both = g_strconcat (certificate_text, key_text, NULL);
  g_file_set_contents (file, both, -1, &error);
  g_assert_no_error (error);
  g_unlink (key);
  return g_steal_pointer (&file);
}

static void
trust (const char *file)
{
  g_autoptr(GTlsDatabase) database = NULL;
  g_autoptr(GError) error = NULL;

  database = g_tls_file_database_new (file, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

/* Replaces the peer by one that speaks TLS with the certificate in @file. */
static void
use_certificate (Fixture    *fixture,
                 const char *file)
{
  g_autoptr(GTlsCertificate) certificate = NULL;
  g_autoptr(NatterAddress) address = NULL;
  g_autoptr(GError) error = NULL;

  certificate = g_tls_certificate_new_from_file (file, &error);
  g_assert_no_error (error);
  g_clear_pointer (&fixture->peer, chat_peer_free);
  fixture->peer = chat_peer_new (certificate);
  address = chat_peer_get_address (fixture->peer);
  g_assert_true (natter_address_is_encrypted (address));
  use_address (fixture, address);
}

static void
assert_certificate_refused (Fixture    *fixture,
                            const char *word)
{
  for (guint persistent = 0; persistent < 2; persistent++)
    {
      natter_connection_set_persistent (fixture->connection, persistent);
      natter_connection_open (fixture->connection);
      wait_for (state (fixture) == NATTER_CONNECTION_WAITING || state (fixture) == NATTER_CONNECTION_REFUSED);
      g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_REFUSED);
      g_assert_error (natter_connection_get_reason (fixture->connection), NATTER_ERROR, NATTER_ERROR_CERTIFICATE);
      g_assert_nonnull (strstr (natter_connection_get_reason (fixture->connection)->message, word));
      g_assert_nonnull (natter_connection_get_certificate (fixture->connection));
      g_assert_null (natter_connection_get_handshake (fixture->connection));
      g_assert_cmpuint (fixture->peer->n_opened, ==, 0);
    }
}

static void
test_good (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *file = make_certificate ("good", "IP:127.0.0.1,DNS:localhost");
  g_autoptr(GTlsCertificate) certificate = NULL;
  g_autoptr(GError) error = NULL;

  trust (file);
  use_certificate (fixture, file);
  enter (fixture);
  certificate = g_tls_certificate_new_from_file (file, &error);
  g_assert_no_error (error);
  g_assert_true (g_tls_certificate_is_same (natter_connection_get_certificate (fixture->connection), certificate));
}

static void
test_unknown_authority (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *trusted = make_certificate ("trusted", "IP:127.0.0.1");
  g_autofree char *file = make_certificate ("unknown", "IP:127.0.0.1");

  trust (trusted);
  use_certificate (fixture, file);
  assert_certificate_refused (fixture, "authority");
}

static void
test_other_host (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *file = make_certificate ("other", "DNS:chat.example.org");

  trust (file);
  use_certificate (fixture, file);
  assert_certificate_refused (fixture, "another address");
}

/* A certificate that goes bad ends the attempts of a server that has worked, too. */
static void
test_goes_bad (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *good = make_certificate ("good-before", "IP:127.0.0.1");
  g_autofree char *bad = make_certificate ("bad-after", "IP:127.0.0.1");
  g_autoptr(GTlsCertificate) certificate = NULL;
  g_autoptr(GError) error = NULL;

  trust (good);
  use_certificate (fixture, good);
  enter (fixture);
  chat_peer_stop (fixture->peer);
  certificate = g_tls_certificate_new_from_file (bad, &error);
  g_assert_no_error (error);
  soup_server_set_tls_certificate (fixture->peer->server, certificate);
  chat_peer_listen (fixture->peer);
  wait_for (state (fixture) == NATTER_CONNECTION_REFUSED);
  g_assert_error (natter_connection_get_reason (fixture->connection), NATTER_ERROR, NATTER_ERROR_CERTIFICATE);
}

/* An encrypted connection is never made a plain one, and a plain one only to this computer. */
static void
test_plain (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(RawPeer) peer = raw_peer_new (RAW_PEER_ANSWERS, "HTTP/1.1 400 Bad Request\r\n\r\n");
  g_autofree char *text = g_strdup_printf ("wss://127.0.0.1:%u", peer->port);
  g_autoptr(NatterAddress) address = natter_address_parse (text, NULL);
  g_autoptr(NatterAddress) plain = NULL;
  g_autoptr(GError) error = NULL;

  use_address (fixture, address);
  natter_connection_open (fixture->connection);
  wait_for (state (fixture) == NATTER_CONNECTION_REFUSED);
  g_assert_error (natter_connection_get_reason (fixture->connection), NATTER_ERROR, NATTER_ERROR_NOT_ORIGINCHATS);
  g_assert_cmpuint (peer->connections->len, ==, 1);

  plain = natter_address_parse ("ws://chat.example.org", &error);
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_NOT_ENCRYPTED);
  g_assert_null (plain);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("natter-tls-XXXXXX", &error);
  g_assert_no_error (error);
  add_test ("/connection-tls/good", test_good);
  add_test ("/connection-tls/unknown-authority", test_unknown_authority);
  add_test ("/connection-tls/other-host", test_other_host);
  add_test ("/connection-tls/goes-bad", test_goes_bad);
  add_test ("/connection-tls/plain", test_plain);
  result = g_test_run ();

  {
    g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

    for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
      {
        g_autofree char *file = g_build_filename (folder, name, NULL);

        g_unlink (file);
      }
  }
  g_rmdir (folder);
  g_free (folder);
  return result;
}
