/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections that end, and what they live through. */
#include "connection-fixture.h"

#include "raw-peer.h"

static void
hold (Fixture *fixture)
{
  set_limit (fixture, retry_first_ms, 60000);
  set_limit (fixture, retry_last_ms, 60000);
}

static void
assert_waits (Fixture     *fixture,
              NatterError  code)
{
  wait_for (state (fixture) == NATTER_CONNECTION_WAITING || state (fixture) == NATTER_CONNECTION_REFUSED);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_WAITING);
  g_assert_error (natter_connection_get_reason (fixture->connection), NATTER_ERROR, code);
  g_assert_cmpint (natter_connection_get_connected_since (fixture->connection), ==, 0);
}

static void
assert_refused (Fixture     *fixture,
                NatterError  code)
{
  wait_for (state (fixture) == NATTER_CONNECTION_WAITING || state (fixture) == NATTER_CONNECTION_REFUSED);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_REFUSED);
  g_assert_error (natter_connection_get_reason (fixture->connection), NATTER_ERROR, code);
}

typedef void (*Ending) (ChatPeer *peer);

static void
end_normally (ChatPeer *peer)
{
  soup_websocket_connection_close (peer->socket, SOUP_WEBSOCKET_CLOSE_NORMAL, "bye");
}

static void
end_without_status (ChatPeer *peer)
{
  soup_websocket_connection_close (peer->socket, SOUP_WEBSOCKET_CLOSE_NO_STATUS, NULL);
}

static void
end_with_odd_code (ChatPeer *peer)
{
  soup_websocket_connection_close (peer->socket, 4999, "\xf0\x9f\x8f\xae");
}

static const Ending endings[] = { end_normally, end_without_status, end_with_odd_code, chat_peer_drop };

/* In each state the end is noticed, what waits is told, and the next attempt starts afresh. */
static void
test_closed_in_every_state (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autofree char *gone = g_strdup_printf ("natter-error-quark %d", NATTER_ERROR_DISCONNECTED);

  hold (fixture);
  natter_connection_set_persistent (fixture->connection, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      fixture->peer->greet = FALSE;
      natter_connection_open (fixture->connection);
      wait_for (state (fixture) == NATTER_CONNECTION_HANDSHAKE && fixture->peer->socket != NULL);
      endings[i] (fixture->peer);
      assert_waits (fixture, NATTER_ERROR_DISCONNECTED);

      fixture->peer->greet = TRUE;
      greet (fixture);
      endings[i] (fixture->peer);
      assert_waits (fixture, NATTER_ERROR_DISCONNECTED);

      fixture->peer->admit = FALSE;
      fixture->peer->answer = FALSE;
      fixture->n_done = 0;
      greet (fixture);
      g_ptr_array_set_size (fixture->peer->received, 0);
      sign_in (fixture);
      wait_for (fixture->peer->received->len == 1);
      endings[i] (fixture->peer);
      wait_for (fixture->n_done == 1);
      g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED);
      assert_waits (fixture, NATTER_ERROR_DISCONNECTED);

      fixture->peer->admit = TRUE;
      g_ptr_array_set_size (fixture->done, 0);
      enter (fixture);
      request (fixture, natter_command_channels_get ());
      request (fixture, natter_command_message_new ("general", NULL, "one", NULL, FALSE));
      request (fixture, natter_command_message_new ("general", NULL, "two", NULL, FALSE));
      wait_for (chat_peer_count (fixture->peer, "message_new") == 1);
      endings[i] (fixture->peer);
      wait_for (fixture->done->len == 3);
      for (guint j = 0; j < 3; j++)
        g_assert_cmpstr (fixture->done->pdata[j], ==, gone);
      assert_waits (fixture, NATTER_ERROR_DISCONNECTED);
      fixture->peer->answer = TRUE;
    }
}

/* The end comes while a close frame of our own is under way, and the other way round. */
static void
test_both_close (Fixture       *fixture,
                 gconstpointer  data)
{
  enter (fixture);
  end_normally (fixture->peer);
  natter_connection_close (fixture->connection);
  wait_for (soup_websocket_connection_get_state (fixture->peer->socket) == SOUP_WEBSOCKET_STATE_CLOSED);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_OFFLINE);
  enter (fixture);
}

static void
test_comes_back_by_itself (Fixture       *fixture,
                           gconstpointer  data)
{
  enter (fixture);
  g_string_truncate (fixture->states, 0);
  chat_peer_stop (fixture->peer);
  wait_for (strstr (fixture->states->str, "WCW") != NULL);
  chat_peer_listen (fixture->peer);
  wait_for (state (fixture) == NATTER_CONNECTION_HANDSHAKE
            && natter_connection_get_handshake (fixture->connection) != NULL);
  enter (fixture);
}

static void
test_half_open (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(RawPeer) peer = raw_peer_new (RAW_PEER_HALF_OPEN, CHAT_PEER_HANDSHAKE);
  g_autoptr(NatterAddress) address = raw_peer_get_address (peer);

  use_address (fixture, address);
  hold (fixture);
  set_limit (fixture, silence_ms, 700);
  greet (fixture);
  assert_waits (fixture, NATTER_ERROR_DISCONNECTED);

  enter (fixture);
  assert_waits (fixture, NATTER_ERROR_DISCONNECTED);
  g_assert_finalize_object (g_steal_pointer (&fixture->connection));
}

/* One message over a slow link takes longer than silence may: what comes is no silence. After it, there is. */
static void
test_slow_link (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(RawPeer) peer = raw_peer_new (RAW_PEER_TRICKLES, CHAT_PEER_HANDSHAKE);
  g_autoptr(NatterAddress) address = raw_peer_get_address (peer);
  gint64 start;

  use_address (fixture, address);
  hold (fixture);
  set_limit (fixture, silence_ms, 400);
  natter_connection_open (fixture->connection);
  wait_for (state (fixture) == NATTER_CONNECTION_HANDSHAKE);
  start = g_get_monotonic_time ();
  wait_for (natter_connection_get_handshake (fixture->connection) != NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, >, 800 * 1000);
  assert_waits (fixture, NATTER_ERROR_DISCONNECTED);
  g_assert_finalize_object (g_steal_pointer (&fixture->connection));
}

static void
test_half_open_after_resume (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(RawPeer) peer = raw_peer_new (RAW_PEER_HALF_OPEN, CHAT_PEER_HANDSHAKE);
  g_autoptr(NatterAddress) address = raw_peer_get_address (peer);

  use_address (fixture, address);
  hold (fixture);
  set_limit (fixture, alive_ms, 100);
  enter (fixture);
  natter_connection_check_alive (fixture->connection);
  natter_connection_check_alive (fixture->connection);
  assert_waits (fixture, NATTER_ERROR_DISCONNECTED);
  g_assert_finalize_object (g_steal_pointer (&fixture->connection));
}

static gboolean
raise_flag (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* A peer that answers WebSocket pings and nothing else is alive: silence would have ended this one in 3 s. */
static void
test_quiet_peer_is_alive (Fixture       *fixture,
                          gconstpointer  data)
{
  gboolean past = FALSE;

  fixture->peer->answer = FALSE;
  hold (fixture);
  set_limit (fixture, alive_ms, 3000);
  enter (fixture);
  natter_connection_check_alive (fixture->connection);
  g_timeout_add (3500, raise_flag, &past);
  wait_for (past);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_READY);
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *filler = g_strnfill (70000, 'x');
  g_autofree char *text = g_strdup_printf ("{\"cmd\":\"x\",\"y\":\"%s\"}", filler);

  natter_connection_set_max_payload (fixture->connection, 70000);
  enter (fixture);
  chat_peer_send (fixture->peer, text);
  assert_refused (fixture, NATTER_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (natter_connection_get_reason (fixture->connection)->message, "68.4"));

  natter_connection_set_max_payload (fixture->connection, 70100);
  enter (fixture);
  chat_peer_send (fixture->peer, text);
  wait_for (natter_connection_get_unknown_packets (fixture->connection) == 1);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_READY);
}

/* The bound holds for a message, not only for each of the frames that it is made of. */
static void
test_too_large_in_pieces (Fixture       *fixture,
                          gconstpointer  data)
{
  guint8 frame[4 + 600] = { 0x01, 126, 600 >> 8, 600 & 0xff };

  memset (frame + 4, 'x', 600);
  natter_connection_set_max_payload (fixture->connection, 1000);
  enter (fixture);
  settle ();
  chat_peer_send_raw (fixture->peer, frame, sizeof frame);
  frame[0] = 0x80;
  chat_peer_send_raw (fixture->peer, frame, sizeof frame);
  assert_refused (fixture, NATTER_ERROR_TOO_LARGE);
}

static void
test_too_large_for_the_server (Fixture       *fixture,
                               gconstpointer  data)
{
  enter (fixture);
  soup_websocket_connection_close (fixture->peer->socket, SOUP_WEBSOCKET_CLOSE_TOO_BIG, NULL);
  assert_refused (fixture, NATTER_ERROR_TOO_LARGE);
}

static void
test_large_packet (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new ("{\"cmd\":\"messages_get\",\"channel\":\"general\",\"messages\":[");

  enter (fixture);
  fixture->peer->answer = FALSE;
  request (fixture, natter_command_messages_get ("general", NULL, 0, 50));
  wait_for (chat_peer_count (fixture->peer, "messages_get") == 1);
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "%s{\"id\":\"%u\",\"user\":\"wren\",\"content\":\"A message with some words in it, "
                                  "like all of them\",\"timestamp\":%u}", i > 0 ? "," : "", i, i + 1);
  g_string_append (text, "],\"listener\":\"");
  {
    const char *question = chat_peer_find (fixture->peer, "messages_get");
    const char *listener = strstr (question, "\"listener\":\"") + strlen ("\"listener\":\"");

    g_string_append_len (text, listener, strchr (listener, '"') - listener);
  }
  g_string_append (text, "\"}");
  chat_peer_send (fixture->peer, text->str);
  chat_peer_send (fixture->peer, "{\"cmd\":\"typing\",\"user\":\"ada\",\"channel\":\"general\",\"duration\":5000}");
  wait_for (fixture->done->len == 1 && g_strcmp0 (g_ptr_array_index (fixture->packets, fixture->packets->len - 1), "typing") == 0);
  g_assert_cmpstr (fixture->packets->pdata[fixture->packets->len - 2], ==, "messages_get");
}

/* A frame comes in as many pieces as the network likes, and may never be finished. */
static void
test_half_frames (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *text = "{\"cmd\":\"piece\"}";
  guint8 frame[2 + 15];

  g_assert_cmpuint (strlen (text), ==, 15);
  frame[0] = 0x81;
  frame[1] = 15;
  memcpy (frame + 2, text, 15);
  hold (fixture);
  enter (fixture);
  settle ();
  for (gsize i = 0; i < sizeof frame; i++)
    {
      chat_peer_send_raw (fixture->peer, frame + i, 1);
      settle ();
    }
  wait_for (natter_connection_get_unknown_packets (fixture->connection) == 1);

  chat_peer_send_raw (fixture->peer, frame, 9);
  chat_peer_drop (fixture->peer);
  assert_waits (fixture, NATTER_ERROR_DISCONNECTED);
  g_assert_cmpuint (natter_connection_get_unknown_packets (fixture->connection), ==, 1);
}

/* Bytes that are no frames end the socket, and the connection is made again. */
static void
test_broken_frames (Fixture       *fixture,
                    gconstpointer  data)
{
  static const struct
  {
    guint8 bytes[16];
    gsize  length;
  } broken[] = {
    { { 0x83, 0x01, 'x' }, 3 },                          /* unknown opcode */
    { { 0xf1, 0x02, '{', '}' }, 4 },                     /* reserved bits */
    { { 0x81, 0x82, 1, 2, 3, 4, '{' ^ 1, '}' ^ 2 }, 8 }, /* masked, which a server must not do */
    { { 0x80, 0x02, '{', '}' }, 4 },                     /* the rest of nothing */
    { { 0x81, 0x02, 0xff, 0xfe }, 4 },                   /* not UTF-8 */
    { { 0x81, 0x7f, 0x80, 0, 0, 0, 0, 0, 0, 1 }, 10 },   /* 2^63 bytes */
    { { 0x88, 0x01, 0x03 }, 3 },                         /* half a close code */
    { { 0x09, 0x00 }, 2 },                               /* a ping in pieces */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      enter (fixture);
      settle ();
      g_string_truncate (fixture->states, 0);
      chat_peer_send_raw (fixture->peer, broken[i].bytes, broken[i].length);
      wait_for (fixture->states->len > 0);
      g_assert_cmpint (fixture->states->str[0], ==, i == 5 ? 'R' : 'W');
    }
}

static void
test_garbage (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const nonsense[] = {
    "", " ", "null", "true", "17", "\"cmd\"", "[]", "[{\"cmd\":\"ping\"}]", "{", "}", "{}", "{\"cmd\":7}",
    "{\"cmd\":null}", "{\"cmd\":[\"ping\"]}", "{\"cmd\":\"message_new\"}", "{\"cmd\":\"ready\",\"user\":null}",
    "{\"cmd\":\"handshake\",\"val\":7}", "{\"cmd\":\"channels_get\",\"val\":NaN}", "hello", "\xef\xbb\xbf{\"cmd\":\"ping\"}",
  };
  static const char *const odd[] = {
    "{\"cmd\":\"something_new\",\"val\":{\"a\":[1e999,-Infinity,NaN]}}",
    "{\"cmd\":\"ping\",\"\\ud83d\":\"\\udc00\\u0000\"}",
    "{\"cmd\":\"error\",\"val\":7,\"listener\":9}",
    "{\"cmd\":\"rate_limit\",\"length\":\"x\",\"listener\":\"999999\"}",
    "{\"cmd\":\"auth_error\",\"val\":\"Authentication required\"}",
    "{\"cmd\":\"handshake\",\"val\":{\"server\":{\"name\":\"Another\"}}}",
    "{\"cmd\":\"pong\",\"listener\":\"nobody\"}",
  };
  g_autofree char *deep = g_strnfill (5000, '[');
  NatterHandshake *handshake;

  enter (fixture);
  handshake = natter_connection_get_handshake (fixture->connection);
  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    chat_peer_send (fixture->peer, nonsense[i]);
  chat_peer_send (fixture->peer, deep);
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    chat_peer_send (fixture->peer, odd[i]);
  soup_websocket_connection_send_binary (fixture->peer->socket, "\x00\x01\x02", 3);
  soup_websocket_connection_send_binary (fixture->peer->socket, NULL, 0);

  request (fixture, natter_command_channels_get ());
  wait_for (fixture->done->len == 1);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_READY);
  g_assert_cmpuint (natter_connection_get_dropped_packets (fixture->connection), >, 10);
  g_assert_cmpuint (natter_connection_get_unknown_packets (fixture->connection), >=, 1);
  g_assert_true (natter_connection_get_handshake (fixture->connection) == handshake);
  g_assert_cmpuint (fixture->peer->n_opened, ==, 1);
}

static void
test_banned (Fixture       *fixture,
             gconstpointer  data)
{
  enter (fixture);
  chat_peer_send (fixture->peer, "{\"cmd\":\"disconnect\",\"reason\":\"You have been banned\"}");
  end_normally (fixture->peer);
  assert_refused (fixture, NATTER_ERROR_BANNED);
  g_assert_cmpstr (natter_connection_get_reason (fixture->connection)->message, ==, "You have been banned");
  g_assert_cmpstr (fixture->packets->pdata[fixture->packets->len - 1], ==, "disconnect");
}

static void
test_other_good_bye (Fixture       *fixture,
                     gconstpointer  data)
{
  hold (fixture);
  enter (fixture);
  chat_peer_send (fixture->peer, "{\"cmd\":\"disconnect\",\"reason\":\"Back in a minute\"}");
  end_normally (fixture->peer);
  assert_waits (fixture, NATTER_ERROR_DISCONNECTED);
  g_assert_cmpstr (natter_connection_get_reason (fixture->connection)->message, ==, "Back in a minute");
}

/* What came before the end counts, also when reading it takes longer than the end took. */
static void
test_last_words_are_read (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *filler = g_strnfill (3000000, 'x');
  g_autofree char *text = g_strdup_printf ("{\"cmd\":\"long\",\"y\":\"%s\"}", filler);

  enter (fixture);
  chat_peer_send (fixture->peer, text);
  chat_peer_send (fixture->peer, "{\"cmd\":\"disconnect\",\"reason\":\"You have been banned\"}");
  end_normally (fixture->peer);
  assert_refused (fixture, NATTER_ERROR_BANNED);
  g_assert_cmpstr (fixture->packets->pdata[fixture->packets->len - 2], ==, "long");
}

/* Packets may be lost with a close, but not the state: a connection that is closed meanwhile stays closed. */
static void
test_closed_while_reading (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *filler = g_strnfill (3000000, 'x');
  g_autofree char *text = g_strdup_printf ("{\"cmd\":\"long\",\"y\":\"%s\"}", filler);

  enter (fixture);
  chat_peer_send (fixture->peer, text);
  end_normally (fixture->peer);
  wait_for (soup_websocket_connection_get_state (fixture->peer->socket) == SOUP_WEBSOCKET_STATE_CLOSED);
  natter_connection_close (fixture->connection);
  settle ();
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_OFFLINE);
  enter (fixture);
}

static void
test_banned_at_sign_in (Fixture       *fixture,
                        gconstpointer  data)
{
  static const char *const refusals[] = {
    "{\"cmd\":\"auth_error\",\"val\":\"Access denied: You are banned from this server\"}",
    "{\"cmd\":\"auth_error\",\"val\":\"Wait for it\",\"reason\":\"application_pending\"}",
  };
  const NatterError codes[] = { NATTER_ERROR_BANNED, NATTER_ERROR_NOT_ADMITTED };

  fixture->peer->admit = FALSE;
  fixture->peer->answer = FALSE;
  for (guint i = 0; i < 2; i++)
    {
      greet (fixture);
      sign_in (fixture);
      wait_for (fixture->peer->received->len == i + 1);
      chat_peer_send (fixture->peer, refusals[i]);
      wait_for (fixture->n_done == i + 1);
      g_assert_error (fixture->error, NATTER_ERROR, codes[i]);
      assert_refused (fixture, codes[i]);
    }
}

/* A server that hangs up after a refused sign-in waits for other words, not for another attempt with the same. */
static void
test_hangs_up_after_refusal (Fixture       *fixture,
                             gconstpointer  data)
{
  fixture->peer->admit = FALSE;
  fixture->peer->answer = FALSE;
  greet (fixture);
  sign_in (fixture);
  wait_for (fixture->peer->received->len == 1);
  chat_peer_send (fixture->peer, "{\"cmd\":\"auth_error\",\"val\":\"Code?\",\"reason\":\"invite_required\"}");
  end_normally (fixture->peer);
  assert_refused (fixture, NATTER_ERROR_NEEDS_INVITE);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_NEEDS_INVITE);

  /* With the right words it goes on. */
  fixture->peer->admit = TRUE;
  enter (fixture);
}

/* What a proof of Rotur's was refused for may be over at the next attempt. */
static void
test_hangs_up_after_bad_validator (Fixture       *fixture,
                                   gconstpointer  data)
{
  hold (fixture);
  fixture->peer->admit = FALSE;
  fixture->peer->answer = FALSE;
  greet (fixture);
  sign_in (fixture);
  wait_for (fixture->peer->received->len == 1);
  chat_peer_send (fixture->peer, "{\"cmd\":\"auth_error\",\"val\":\"Invalid authentication\"}");
  end_normally (fixture->peer);
  assert_waits (fixture, NATTER_ERROR_DISCONNECTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/connection-lost/closed-in-every-state", test_closed_in_every_state);
  add_test ("/connection-lost/both-close", test_both_close);
  add_test ("/connection-lost/comes-back-by-itself", test_comes_back_by_itself);
  add_test ("/connection-lost/half-open", test_half_open);
  add_test ("/connection-lost/slow-link", test_slow_link);
  add_test ("/connection-lost/half-open-after-resume", test_half_open_after_resume);
  add_test ("/connection-lost/quiet-peer-is-alive", test_quiet_peer_is_alive);
  add_test ("/connection-lost/too-large", test_too_large);
  add_test ("/connection-lost/too-large-in-pieces", test_too_large_in_pieces);
  add_test ("/connection-lost/too-large-for-the-server", test_too_large_for_the_server);
  add_test ("/connection-lost/large-packet", test_large_packet);
  add_test ("/connection-lost/half-frames", test_half_frames);
  add_test ("/connection-lost/broken-frames", test_broken_frames);
  add_test ("/connection-lost/garbage", test_garbage);
  add_test ("/connection-lost/banned", test_banned);
  add_test ("/connection-lost/other-good-bye", test_other_good_bye);
  add_test ("/connection-lost/last-words-are-read", test_last_words_are_read);
  add_test ("/connection-lost/closed-while-reading", test_closed_while_reading);
  add_test ("/connection-lost/banned-at-sign-in", test_banned_at_sign_in);
  add_test ("/connection-lost/hangs-up-after-refusal", test_hangs_up_after_refusal);
  add_test ("/connection-lost/hangs-up-after-bad-validator", test_hangs_up_after_bad_validator);
  return g_test_run ();
}
