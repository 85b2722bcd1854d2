/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections that can't be made. */
#include "connection-fixture.h"

#include "raw-peer.h"

/* Opens the connection and waits until it has failed with @code. An address that never worked is refused at
 * once; a server that is known to work is tried again. */
static void
assert_fails (Fixture     *fixture,
              NatterError  code)
{
  gboolean permanent = code == NATTER_ERROR_CERTIFICATE || code == NATTER_ERROR_TOO_LARGE;

  natter_connection_open (fixture->connection);
  wait_for (state (fixture) == NATTER_CONNECTION_REFUSED);
  g_assert_error (natter_connection_get_reason (fixture->connection), NATTER_ERROR, code);
  g_assert_cmpint (natter_connection_get_retry_time (fixture->connection), ==, 0);
  g_assert_null (natter_connection_get_handshake (fixture->connection));

  natter_connection_set_persistent (fixture->connection, TRUE);
  set_limit (fixture, retry_first_ms, 60000);
  set_limit (fixture, retry_last_ms, 60000);
  natter_connection_open (fixture->connection);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_CONNECTING);
  g_assert_null (natter_connection_get_reason (fixture->connection));
  wait_for (state (fixture) != NATTER_CONNECTION_CONNECTING && state (fixture) != NATTER_CONNECTION_HANDSHAKE);
  g_assert_cmpint (state (fixture), ==, permanent ? NATTER_CONNECTION_REFUSED : NATTER_CONNECTION_WAITING);
  g_assert_error (natter_connection_get_reason (fixture->connection), NATTER_ERROR, code);
  if (!permanent)
    g_assert_cmpint (natter_connection_get_retry_time (fixture->connection), >, g_get_monotonic_time ());
}

static void
assert_raw_peer_fails (Fixture       *fixture,
                       RawPeerManner  manner,
                       const char    *text,
                       NatterError    code)
{
  g_autoptr(RawPeer) peer = raw_peer_new (manner, text);
  g_autoptr(NatterAddress) address = raw_peer_get_address (peer);

  use_address (fixture, address);
  if (manner == RAW_PEER_SILENT)
    set_limit (fixture, connect_ms, 100);
  else
    set_limit (fixture, handshake_ms, 100);
  assert_fails (fixture, code);
  g_assert_finalize_object (g_steal_pointer (&fixture->connection));
}

static void
test_nobody_there (Fixture       *fixture,
                   gconstpointer  data)
{
  chat_peer_stop (fixture->peer);
  assert_fails (fixture, NATTER_ERROR_UNREACHABLE);
}

static void
test_no_such_name (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(NatterAddress) address = natter_address_parse ("natter-test.invalid", NULL);

  use_address (fixture, address);
  assert_fails (fixture, NATTER_ERROR_UNREACHABLE);
}

static void
test_silence (Fixture       *fixture,
              gconstpointer  data)
{
  assert_raw_peer_fails (fixture, RAW_PEER_SILENT, NULL, NATTER_ERROR_UNREACHABLE);
}

static void
test_hangs_up (Fixture       *fixture,
               gconstpointer  data)
{
  assert_raw_peer_fails (fixture, RAW_PEER_HANGS_UP, NULL, NATTER_ERROR_UNREACHABLE);
}

/* A WebSocket server of another kind: it never says who it is. */
static void
test_no_handshake (Fixture       *fixture,
                   gconstpointer  data)
{
  assert_raw_peer_fails (fixture, RAW_PEER_HALF_OPEN, NULL, NATTER_ERROR_NOT_ORIGINCHATS);
  assert_raw_peer_fails (fixture, RAW_PEER_HALF_OPEN, "{\"type\":\"hello\"}", NATTER_ERROR_NOT_ORIGINCHATS);
  assert_raw_peer_fails (fixture, RAW_PEER_HALF_OPEN, "hello", NATTER_ERROR_NOT_ORIGINCHATS);
}

static void
test_http_answers (Fixture       *fixture,
                   gconstpointer  data)
{
  const struct
  {
    const char  *text;
    NatterError  code;
  } answers[] = {
    { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", NATTER_ERROR_NOT_ORIGINCHATS },
    { "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", NATTER_ERROR_NOT_ORIGINCHATS },
    { "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", NATTER_ERROR_NOT_ORIGINCHATS },
    { "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
      NATTER_ERROR_NOT_ORIGINCHATS },
    { "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: bm9uc2Vuc2U=\r\n\r\n", NATTER_ERROR_NOT_ORIGINCHATS },
    { "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", NATTER_ERROR_UNREACHABLE },
    { "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", NATTER_ERROR_UNREACHABLE },
    { "HTTP/1.1 522 Origin Timed Out\r\nContent-Length: 0\r\n\r\n", NATTER_ERROR_UNREACHABLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    assert_raw_peer_fails (fixture, RAW_PEER_ANSWERS, answers[i].text, answers[i].code);
}

/* Answers that are no HTTP at all, and ones that stop in the middle. */
static void
test_not_http (Fixture       *fixture,
               gconstpointer  data)
{
  assert_raw_peer_fails (fixture, RAW_PEER_ANSWERS, "SSH-2.0-OpenSSH_10.0\r\n\r\n", NATTER_ERROR_NOT_ORIGINCHATS);
  assert_raw_peer_fails (fixture, RAW_PEER_ANSWERS, "HTTP/1.1 101 Switching Protocols\r\nUpgr",
                         NATTER_ERROR_NOT_ORIGINCHATS);
}

/* The proof of identity is for the host that was dialled, so that nobody may send the connection elsewhere. */
static void
test_redirects_are_not_followed (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:%u/\r\n"
                                           "Content-Length: 0\r\n\r\n", fixture->peer->port);

  assert_raw_peer_fails (fixture, RAW_PEER_ANSWERS, text, NATTER_ERROR_NOT_ORIGINCHATS);
  g_assert_cmpuint (fixture->peer->n_opened, ==, 0);
}

/* Waiting ends by itself when the server is back, and before that when somebody asks. */
static void
test_server_comes_back (Fixture       *fixture,
                        gconstpointer  data)
{
  chat_peer_stop (fixture->peer);
  natter_connection_set_persistent (fixture->connection, TRUE);
  natter_connection_open (fixture->connection);
  wait_for (strstr (fixture->states->str, "CWCWCW") != NULL);
  chat_peer_listen (fixture->peer);
  wait_for (natter_connection_get_handshake (fixture->connection) != NULL);
  g_assert_null (natter_connection_get_reason (fixture->connection));
  g_assert_cmpint (natter_connection_get_retry_time (fixture->connection), ==, 0);

  set_limit (fixture, retry_first_ms, 60000);
  set_limit (fixture, retry_last_ms, 60000);
  chat_peer_drop (fixture->peer);
  wait_for (state (fixture) == NATTER_CONNECTION_WAITING);
  natter_connection_open (fixture->connection);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_CONNECTING);
  wait_for (natter_connection_get_handshake (fixture->connection) != NULL);

  chat_peer_drop (fixture->peer);
  wait_for (state (fixture) == NATTER_CONNECTION_WAITING);
  natter_connection_check_alive (fixture->connection);
  wait_for (natter_connection_get_handshake (fixture->connection) != NULL);
  natter_connection_open (fixture->connection);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_HANDSHAKE);
}

/* Dropping the last reference is enough to end a connection, however far it is. */
static void
test_finalized_in_every_state (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(RawPeer) silent = raw_peer_new (RAW_PEER_SILENT, NULL);
  g_autoptr(RawPeer) nameless = raw_peer_new (RAW_PEER_HALF_OPEN, NULL);
  g_autoptr(NatterAddress) silent_address = raw_peer_get_address (silent);
  g_autoptr(NatterAddress) nameless_address = raw_peer_get_address (nameless);
  g_autoptr(NatterAddress) address = chat_peer_get_address (fixture->peer);

  use_address (fixture, silent_address); /* offline was the one before */
  natter_connection_open (fixture->connection);
  wait_for (silent->connections->len == 1);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_CONNECTING);

  use_address (fixture, nameless_address);
  natter_connection_open (fixture->connection);
  wait_for (state (fixture) == NATTER_CONNECTION_HANDSHAKE);
  g_assert_null (natter_connection_get_handshake (fixture->connection));

  use_address (fixture, address);
  greet (fixture);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_HANDSHAKE);

  use_address (fixture, address);
  enter (fixture);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_READY);

  use_address (fixture, address);
  chat_peer_stop (fixture->peer);
  natter_connection_open (fixture->connection);
  wait_for (state (fixture) == NATTER_CONNECTION_REFUSED);

  use_address (fixture, address);
  natter_connection_set_persistent (fixture->connection, TRUE);
  natter_connection_open (fixture->connection);
  wait_for (state (fixture) == NATTER_CONNECTION_WAITING);
  g_assert_finalize_object (g_steal_pointer (&fixture->connection));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/connection-refused/nobody-there", test_nobody_there);
  add_test ("/connection-refused/no-such-name", test_no_such_name);
  add_test ("/connection-refused/silence", test_silence);
  add_test ("/connection-refused/hangs-up", test_hangs_up);
  add_test ("/connection-refused/no-handshake", test_no_handshake);
  add_test ("/connection-refused/http-answers", test_http_answers);
  add_test ("/connection-refused/not-http", test_not_http);
  add_test ("/connection-refused/redirects-are-not-followed", test_redirects_are_not_followed);
  add_test ("/connection-refused/server-comes-back", test_server_comes_back);
  add_test ("/connection-refused/finalized-in-every-state", test_finalized_in_every_state);
  return g_test_run ();
}
