/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connection-fixture.h"

#include <glib/gstdio.h>

#include "natter-trace.h"

static guint n_logged;

/* Whatever is logged, at whatever level and by whatever library: never the password. */
static GLogWriterOutput
watch_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].length < 0 && strstr (fields[i].value, "secret-word") != NULL)
      g_abort ();
  n_logged++;
  return level & G_LOG_LEVEL_DEBUG ? G_LOG_WRITER_HANDLED : g_log_writer_default (level, fields, n_fields, data);
}

static void
test_first_conversation (Fixture       *fixture,
                         gconstpointer  data)
{
  gint64 before = g_get_real_time ();
  NatterPacket *user;

  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_OFFLINE);
  g_assert_false (natter_connection_get_persistent (fixture->connection));
  natter_connection_open (fixture->connection);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_CONNECTING);
  wait_for (natter_connection_get_handshake (fixture->connection) != NULL);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_HANDSHAKE);
  g_assert_cmpstr (natter_handshake_get_name (natter_connection_get_handshake (fixture->connection)), ==,
                   "Lantern Street");
  g_assert_true (natter_connection_get_persistent (fixture->connection));
  g_assert_cmpint (natter_connection_get_connected_since (fixture->connection), >=, before);
  g_assert_null (natter_connection_get_user (fixture->connection));

  sign_in (fixture);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_AUTHENTICATING);
  wait_for (fixture->n_done == 1);
  g_assert_no_error (fixture->error);
  user = natter_connection_get_user (fixture->connection);
  g_assert_cmpint (user->kind, ==, NATTER_PACKET_READY);
  g_assert_cmpstr (user->user->nickname, ==, "wren");
  g_assert_null (natter_connection_get_reason (fixture->connection));
  g_assert_null (natter_connection_get_certificate (fixture->connection));

  request (fixture, natter_command_channels_get ());
  wait_for (fixture->done->len == 1);
  natter_connection_send (fixture->connection, natter_command_typing ("general", NULL, 1000));
  wait_for (chat_peer_count (fixture->peer, "\"typing\"") == 1);
  wait_for (natter_connection_get_latency (fixture->connection) >= 0);

  natter_connection_close (fixture->connection);
  g_assert_cmpstr (fixture->states->str, ==, "Charo");
  g_assert_null (natter_connection_get_user (fixture->connection));
  g_assert_cmpint (natter_connection_get_latency (fixture->connection), ==, -1);
  g_assert_cmpint (natter_connection_get_connected_since (fixture->connection), ==, 0);
  g_assert_cmpstr (fixture->packets->pdata[0], ==, "handshake");
  g_assert_cmpstr (fixture->packets->pdata[1], ==, "auth_success");
  g_assert_cmpstr (fixture->packets->pdata[2], ==, "ready");
}

/* The other end hears of the end, and doesn't have to wait for it to be noticed. */
static void
test_close_says_good_bye (Fixture       *fixture,
                          gconstpointer  data)
{
  enter (fixture);
  natter_connection_close (fixture->connection);
  wait_for (soup_websocket_connection_get_state (fixture->peer->socket) == SOUP_WEBSOCKET_STATE_CLOSED);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (fixture->peer->socket), ==,
                    SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
}

static void
test_new_generation_hears_capabilities (Fixture       *fixture,
                                        gconstpointer  data)
{
  enter (fixture);
  request (fixture, natter_command_channels_get ());
  wait_for (fixture->done->len == 1);
  g_assert_cmpuint (chat_peer_count (fixture->peer, "\"cmd\":\"capabilities\""), ==, 0);
  natter_connection_close (fixture->connection);

  fixture->peer->greeting = CHAT_PEER_NEW_HANDSHAKE;
  g_ptr_array_set_size (fixture->peer->received, 0);
  enter (fixture);
  request (fixture, natter_command_channels_get ());
  wait_for (fixture->done->len == 2);
  g_assert_cmpuint (chat_peer_count (fixture->peer, "\"cmd\":\"capabilities\""), ==, 1);
  /* Straight after `ready`: only the sign-in came before. */
  g_assert_nonnull (strstr (fixture->peer->received->pdata[1], "\"cmd\":\"capabilities\""));
}

static void
test_thousand_requests (Fixture       *fixture,
                        gconstpointer  data)
{
  guint64 last = 0;

  enter (fixture);
  for (guint i = 0; i < 1000; i++)
    request (fixture, natter_command_channels_get ());
  wait_for (fixture->done->len == 1000);
  for (guint i = 0; i < 1000; i++)
    {
      guint64 listener = g_ascii_strtoull (fixture->done->pdata[i], NULL, 10);

      g_assert_cmpuint (listener, >, last);
      last = listener;
    }
}

static void
test_requests_need_a_connection (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *gone = g_strdup_printf ("natter-error-quark %d", NATTER_ERROR_DISCONNECTED);

  request (fixture, natter_command_channels_get ());
  natter_connection_send (fixture->connection, natter_command_channels_get ());
  sign_in (fixture);
  wait_for (fixture->done->len == 1 && fixture->n_done == 1);
  g_assert_cmpstr (fixture->done->pdata[0], ==, gone);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED);

  greet (fixture);
  request (fixture, natter_command_channels_get ());
  wait_for (fixture->done->len == 2);
  g_assert_cmpstr (fixture->done->pdata[1], ==, gone);
  g_assert_cmpuint (fixture->peer->received->len, ==, 0);

  fixture->peer->answer = FALSE;
  sign_in (fixture);
  wait_for (fixture->n_done == 2);
  request (fixture, natter_command_channels_get ());
  wait_for (chat_peer_count (fixture->peer, "channels_get") == 1);
  natter_connection_close (fixture->connection);
  wait_for (fixture->done->len == 3);
  g_assert_cmpstr (fixture->done->pdata[2], ==, gone);
}

static void
test_time_out (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *late = g_strdup_printf ("natter-error-quark %d", NATTER_ERROR_TIMEOUT);
  enter (fixture);
  set_limit (fixture, command_ms, 50);
  fixture->peer->answer = FALSE;
  request (fixture, natter_command_channels_get ());
  wait_for (fixture->done->len == 1);
  g_assert_cmpstr (fixture->done->pdata[0], ==, late);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_READY);

  /* The answer comes after all: it is a packet like any other. */
  chat_peer_reply (fixture->peer, "channels_get", "\"cmd\":\"channels_get\",\"val\":[]");
  wait_for (g_strcmp0 (fixture->packets->pdata[fixture->packets->len - 1], "channels_get") == 0);
  g_assert_cmpuint (fixture->done->len, ==, 1);
}

static void
test_rate_limit (Fixture       *fixture,
                 gconstpointer  data)
{
  enter (fixture);
  fixture->peer->answer = FALSE;
  request (fixture, natter_command_message_new ("general", NULL, "one", NULL, FALSE));
  request (fixture, natter_command_message_new ("general", NULL, "two", NULL, FALSE));
  wait_for (chat_peer_count (fixture->peer, "\"one\"") == 1);
  chat_peer_reply (fixture->peer, "\"one\"", "\"cmd\":\"rate_limit\",\"reason\":\"slow\",\"length\":400");
  wait_for (natter_connection_get_rate_limit_left (fixture->connection) == 1);
  g_assert_cmpint (natter_connection_get_rate_limit_until (fixture->connection), >, g_get_monotonic_time ());

  fixture->peer->answer = TRUE;
  wait_for (fixture->done->len == 2);
  g_assert_cmpuint (chat_peer_count (fixture->peer, "\"one\""), ==, 2);
  g_assert_cmpuint (chat_peer_count (fixture->peer, "\"two\""), ==, 1);
  g_assert_nonnull (strstr (fixture->peer->received->pdata[fixture->peer->received->len - 1], "\"two\""));
  g_assert_cmpuint (natter_connection_get_rate_limit_left (fixture->connection), ==, 0);
}

static void
test_refused_sign_in_can_be_repeated (Fixture       *fixture,
                                      gconstpointer  data)
{
  fixture->peer->admit = FALSE;
  fixture->peer->answer = FALSE;
  greet (fixture);

  sign_in (fixture);
  wait_for (fixture->peer->received->len == 1);
  sign_in (fixture);
  wait_for (fixture->n_done == 1);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_REJECTED);

  chat_peer_send (fixture->peer, "{\"cmd\":\"auth_error\",\"val\":\"Invalid password\"}");
  wait_for (fixture->n_done == 2);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_WRONG_PASSWORD);
  g_assert_error (natter_connection_get_reason (fixture->connection), NATTER_ERROR, NATTER_ERROR_WRONG_PASSWORD);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_HANDSHAKE);

  fixture->peer->admit = TRUE;
  sign_in (fixture);
  g_assert_null (natter_connection_get_reason (fixture->connection));
  wait_for (fixture->n_done == 3);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->states->str, ==, "Chahar");
  g_assert_cmpuint (fixture->peer->n_opened, ==, 1);
}

/* Newer servers repeat the `listener`: what is not meant for this attempt is not taken for it. */
static void
test_sign_in_answers_with_listener (Fixture       *fixture,
                                    gconstpointer  data)
{
  fixture->peer->admit = FALSE;
  fixture->peer->answer = FALSE;
  greet (fixture);
  sign_in (fixture);
  wait_for (fixture->peer->received->len == 1);
  chat_peer_send (fixture->peer, "{\"cmd\":\"auth_error\",\"val\":\"Old\",\"listener\":\"999\"}");
  chat_peer_reply (fixture->peer, "login",
                   "\"cmd\":\"auth_error\",\"val\":\"Give a code\",\"reason\":\"invite_required\"");
  wait_for (fixture->n_done == 1);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_NEEDS_INVITE);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_HANDSHAKE);

  sign_in (fixture);
  wait_for (fixture->peer->received->len == 2);
  chat_peer_reply (fixture->peer, "login", "\"cmd\":\"rate_limit\",\"length\":5000");
  wait_for (fixture->n_done == 2);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_RATE_LIMITED);

  sign_in (fixture);
  wait_for (fixture->peer->received->len == 3);
  chat_peer_send (fixture->peer, "{\"cmd\":\"error\",\"src\":\"login\",\"val\":\"Unknown command: login\"}");
  wait_for (fixture->n_done == 3);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_HANDSHAKE);
}

/* A server that waits for Rotur in vain says nothing, and may say `ready` when nobody counts on it any more. */
static void
test_silence_after_sign_in (Fixture       *fixture,
                            gconstpointer  data)
{
  set_limit (fixture, command_ms, 50);
  fixture->peer->admit = FALSE;
  fixture->peer->answer = FALSE;
  greet (fixture);
  sign_in (fixture);
  wait_for (fixture->n_done == 1);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_TIMEOUT);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_HANDSHAKE);

  chat_peer_send (fixture->peer, CHAT_PEER_SUCCESS);
  chat_peer_send (fixture->peer, CHAT_PEER_READY);
  wait_for (state (fixture) == NATTER_CONNECTION_READY);
  g_assert_null (natter_connection_get_reason (fixture->connection));
}

static void
test_cancelled_sign_in (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  fixture->peer->admit = FALSE;
  greet (fixture);
  natter_connection_authenticate_async (fixture->connection, natter_command_login ("wren", "secret-word"), cancellable,
                                        on_signed_in, fixture);
  g_cancellable_cancel (cancellable);
  wait_for (fixture->n_done == 1);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_HANDSHAKE);
  g_assert_null (natter_connection_get_reason (fixture->connection));
  natter_connection_authenticate_async (fixture->connection, natter_command_login ("wren", "secret-word"), cancellable,
                                        on_signed_in, fixture);
  wait_for (fixture->n_done == 2);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_notifications (Fixture       *fixture,
                    gconstpointer  data)
{
  guint n = 0;
  g_autoptr(NatterAddress) address = NULL;

  g_signal_connect_swapped (fixture->connection, "notify", G_CALLBACK (g_atomic_int_inc), &n);
  natter_connection_set_max_payload (fixture->connection, 64 * 1024 * 1024);
  natter_connection_set_persistent (fixture->connection, FALSE);
  natter_connection_close (fixture->connection);
  g_assert_cmpuint (n, ==, 0);
  natter_connection_set_max_payload (fixture->connection, 1024);
  g_assert_cmpuint (n, ==, 1);
  g_object_set (fixture->connection, "persistent", TRUE, NULL);
  g_assert_cmpuint (n, ==, 2);
  g_object_get (fixture->connection, "address", &address, NULL);
  g_assert_true (address == natter_connection_get_address (fixture->connection));
  g_signal_handlers_disconnect_by_data (fixture->connection, &n);
}

/* Whoever hears of a state may end the connection there and then. */
static void
close_in_state (NatterConnection *connection,
                GParamSpec       *pspec,
                gpointer          data)
{
  if (natter_connection_get_state (connection) == (NatterConnectionState) GPOINTER_TO_INT (data))
    natter_connection_close (connection);
}

static void
test_close_from_a_handler (Fixture       *fixture,
                           gconstpointer  data)
{
  for (NatterConnectionState at = NATTER_CONNECTION_CONNECTING; at <= NATTER_CONNECTION_READY; at++)
    {
      gulong handler = g_signal_connect (fixture->connection, "notify::state", G_CALLBACK (close_in_state),
                                         GINT_TO_POINTER (at));

      natter_connection_open (fixture->connection);
      if (at > NATTER_CONNECTION_HANDSHAKE)
        {
          wait_for (natter_connection_get_handshake (fixture->connection) != NULL);
          fixture->n_done = 0;
          sign_in (fixture);
          wait_for (fixture->n_done == 1);
          g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED);
        }
      wait_for (state (fixture) == NATTER_CONNECTION_OFFLINE);
      settle ();
      g_signal_handler_disconnect (fixture->connection, handler);
    }
}

/* Nor does it matter which property tells it: what was closed stays closed. */
static void
close_once (NatterConnection *connection,
            GParamSpec       *pspec,
            gpointer          data)
{
  g_signal_handlers_disconnect_by_func (connection, close_once, data);
  natter_connection_close (connection);
}

static void
test_close_from_any_property (Fixture       *fixture,
                              gconstpointer  data)
{
  static const char *const names[] = { "handshake", "connected-since", "reason", "retry-time", "persistent" };

  set_limit (fixture, retry_first_ms, 60000);
  set_limit (fixture, retry_last_ms, 60000);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", names[i], NULL);

      g_signal_connect (fixture->connection, signal, G_CALLBACK (close_once), fixture);
      natter_connection_open (fixture->connection);
      if (i == 2 || i == 3)
        {
          wait_for (natter_connection_get_handshake (fixture->connection) != NULL
                    || state (fixture) == NATTER_CONNECTION_OFFLINE);
          if (state (fixture) != NATTER_CONNECTION_OFFLINE)
            chat_peer_drop (fixture->peer);
        }
      wait_for (state (fixture) == NATTER_CONNECTION_OFFLINE);
      settle ();
      g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_OFFLINE);
      g_assert_null (natter_connection_get_reason (fixture->connection));
      g_assert_cmpint (natter_connection_get_retry_time (fixture->connection), ==, 0);
      natter_connection_set_persistent (fixture->connection, i + 2 < G_N_ELEMENTS (names));
    }
}

/* The trace tells when, and of no one. */
static void
test_trace (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *trace = NULL;
  g_autoptr(GError) error = NULL;

  enter (fixture);
  g_file_get_contents (g_getenv ("NATTER_TRACE"), &trace, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (trace, "{\"event\":\"handshake\",\"ms\":"));
  g_assert_nonnull (strstr (trace, "{\"event\":\"ready\",\"ms\":"));
  g_assert_nonnull (strstr (trace, "\"server\":"));
  g_assert_nonnull (strstr (trace, "\"since-connect\":"));
  g_assert_null (strstr (trace, "Lantern"));
  g_assert_null (strstr (trace, "wren"));
  g_assert_null (strstr (trace, "127.0.0.1"));
  g_assert_null (strstr (trace, "secret"));
  g_assert_cmpuint (n_logged, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autofree char *trace = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (watch_log, NULL, NULL);
  close (g_file_open_tmp ("natter-trace-XXXXXX", &trace, &error));
  g_assert_no_error (error);
  g_setenv ("NATTER_TRACE", trace, TRUE);
  natter_trace_init ();

  add_test ("/connection/first-conversation", test_first_conversation);
  add_test ("/connection/close-says-good-bye", test_close_says_good_bye);
  add_test ("/connection/new-generation-hears-capabilities", test_new_generation_hears_capabilities);
  add_test ("/connection/thousand-requests", test_thousand_requests);
  add_test ("/connection/requests-need-a-connection", test_requests_need_a_connection);
  add_test ("/connection/time-out", test_time_out);
  add_test ("/connection/rate-limit", test_rate_limit);
  add_test ("/connection/refused-sign-in-can-be-repeated", test_refused_sign_in_can_be_repeated);
  add_test ("/connection/sign-in-answers-with-listener", test_sign_in_answers_with_listener);
  add_test ("/connection/silence-after-sign-in", test_silence_after_sign_in);
  add_test ("/connection/cancelled-sign-in", test_cancelled_sign_in);
  add_test ("/connection/notifications", test_notifications);
  add_test ("/connection/close-from-a-handler", test_close_from_a_handler);
  add_test ("/connection/close-from-any-property", test_close_from_any_property);
  add_test ("/connection/trace", test_trace);
  result = g_test_run ();
  g_unlink (trace);
  return result;
}
