/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each fault of the test server looks like to a client, and that it ends when it is switched off */

#define G_LOG_DOMAIN "test-faults"

#include "plain-client.h"

static TestServer *
start (const TestServerOptions *options)
{
  TestServer *server = test_server_new (options);
  g_autoptr(GError) error = NULL;

  test_server_start (server, &error);
  g_assert_no_error (error);
  return server;
}

static PlainClient *
connect_as (TestServer *server,
            const char *name)
{
  PlainClient *client = plain_client_new (server);
  g_autoptr(JsonObject) ready = plain_client_sign_in (client, name);

  g_assert_nonnull (ready);
  return client;
}

static void
assert_answers (PlainClient *client)
{
  g_autoptr(JsonObject) pong = plain_client_ask (client, "ping", NULL);

  g_assert_nonnull (pong);
  g_assert_cmpstr (ts_get_string (pong, "cmd"), ==, "pong");
}

static void
test_healthy (void)
{
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");
  g_autofree char *id = NULL;
  g_autoptr(JsonObject) message = NULL;

  assert_answers (client);
  g_assert_cmpuint (test_server_count_connections (server), ==, 1);
  g_assert_cmpuint (test_server_count_signed_in (server), ==, 1);
  g_assert_cmpuint (test_server_count_received (server, "ping"), ==, 1);

  id = test_server_post (server, "USR:local_dmitri", "general", "from nowhere");
  message = plain_client_next (client, "message_new");
  g_assert_cmpstr (ts_get_string (ts_get_object (message, "message"), "id"), ==, id);
  g_assert_cmpuint (test_server_count_messages (server, "general"), ==, 1);
}

static void
test_history_is_shared (void)
{
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) first = connect_as (server, "cleo");
  g_autoptr(JsonObject) sent = plain_client_ask (first, "message_new",
                                                 ", \"channel\": \"general\", \"content\": \"kept\"");
  g_autoptr(PlainClient) second = connect_as (server, "dmitri");
  g_autoptr(JsonObject) page = plain_client_ask (second, "messages_get", ", \"channel\": \"general\"");
  JsonArray *messages = ts_get_array (page, "messages");

  g_assert_nonnull (sent);
  g_assert_cmpuint (json_array_get_length (messages), ==, 1);
  g_assert_cmpstr (ts_get_string (json_array_get_object_element (messages, 0), "content"), ==, "kept");
}

static void
test_latency (void)
{
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");
  gint64 before;

  plain_control (server, "{\"do\": \"faults\", \"latency\": 150}");
  before = g_get_monotonic_time ();
  assert_answers (client);
  g_assert_cmpint (g_get_monotonic_time () - before, >=, 150 * 1000);

  plain_control (server, "{\"do\": \"faults\", \"latency\": 0}");
  before = g_get_monotonic_time ();
  assert_answers (client);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 150 * 1000);
}

static void
test_latency_keeps_order (void)
{
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");

  plain_control (server, "{\"do\": \"faults\", \"latency\": 60}");
  plain_client_send (client, "{\"cmd\": \"nope-1\"}");
  plain_control (server, "{\"do\": \"faults\", \"latency\": 0}");
  plain_client_send (client, "{\"cmd\": \"nope-2\"}");

  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr(JsonObject) error = plain_client_next (client, "error");
      g_autofree char *expected = g_strdup_printf ("nope-%u", i);

      g_assert_cmpstr (ts_get_string (error, "src"), ==, expected);
    }
}

static void
test_drop_after (void)
{
  TestServerOptions options = { .faults = { .drop_after = 8 } };
  g_autoptr(TestServer) server = start (&options);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");

  /* handshake, login, auth_success, ready, user_connect: two questions later it ends */
  plain_client_send (client, "{\"cmd\": \"ping\"}");
  plain_client_send (client, "{\"cmd\": \"ping\"}");
  plain_client_wait_close (client);
  g_assert_cmpuint (client->code, !=, SOUP_WEBSOCKET_CLOSE_NORMAL);
  g_assert_cmpuint (test_server_count_connections (server), ==, 0);
}

static void
test_drop_now (void)
{
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");
  g_autoptr(PlainClient) other = connect_as (server, "dmitri");
  g_autoptr(JsonObject) left = NULL;

  plain_control (server, "{\"do\": \"drop\", \"user\": \"USR:local_cleo\"}");
  plain_client_wait_close (client);
  left = plain_client_next (other, "user_disconnect");
  g_assert_cmpstr (ts_get_string (left, "username"), ==, "USR:local_cleo");

  plain_control (server, "{\"do\": \"drop\", \"code\": 1001}");
  plain_client_wait_close (other);
  g_assert_cmpuint (other->code, ==, SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
}

static void
test_garbage (void)
{
  TestServerOptions options = { .faults = { .garbage = 3 } };
  g_autoptr(TestServer) server = start (&options);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");

  for (guint i = 0; i < 40; i++)
    assert_answers (client);

  /* The whole list passed at least once, and the proper packets with it */
  g_assert_cmpuint (client->n_frames, >, 150);
  g_assert_cmpuint (client->n_odd, >, 10);
  g_assert_false (client->closed);
}

static void
test_oversize (void)
{
  TestServerOptions options = { .faults = { .oversize = 3 * 1024 * 1024 } };
  g_autoptr(TestServer) server = start (&options);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");
  g_autoptr(JsonObject) huge = plain_client_next (client, "oversized");

  g_assert_nonnull (huge);
  g_assert_cmpuint (client->largest, >, 3 * 1024 * 1024);
  assert_answers (client);
}

static void
test_half_open (void)
{
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");
  g_autoptr(PlainClient) newcomer = NULL;
  g_autoptr(JsonObject) late = NULL;
  g_autofree char *id = NULL;

  while (!plain_client_is_quiet (client))
    ;
  plain_control (server, "{\"do\": \"faults\", \"half_open\": true}");
  plain_client_send (client, "{\"cmd\": \"ping\", \"listener\": \"late\"}");
  id = test_server_post (server, "USR:local_dmitri", "general", "while nobody listens");
  g_assert_true (plain_client_is_quiet (client));
  newcomer = plain_client_new (server);
  g_assert_null (newcomer->websocket);

  /* The link heals: what was under way arrives */
  plain_control (server, "{\"do\": \"faults\", \"half_open\": false}");
  late = plain_client_next (client, "pong");
  g_assert_cmpstr (ts_get_string (late, "listener"), ==, "late");
  json_object_unref (late);
  late = plain_client_next (client, "message_new");
  g_assert_cmpstr (ts_get_string (ts_get_object (late, "message"), "id"), ==, id);
}

static void
test_half_open_and_drop (void)
{
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");

  plain_control (server, "{\"do\": \"faults\", \"half_open\": true}");
  test_server_drop_all (server);
  plain_client_wait_close (client);
}

static void
test_refuse (gconstpointer user_data)
{
  const char *how = user_data;
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) open = connect_as (server, "cleo");
  g_autoptr(PlainClient) refused = NULL;
  g_autoptr(PlainClient) accepted = NULL;
  g_autofree char *command = g_strdup_printf ("{\"do\": \"faults\", \"refuse\": \"%s\"}", how);
  guint16 port = test_server_get_port (server);

  plain_control (server, command);
  refused = plain_client_new (server);
  g_assert_null (refused->websocket);
  assert_answers (open);

  plain_control (server, "{\"do\": \"faults\", \"none\": true}");
  accepted = connect_as (server, "dmitri");
  assert_answers (accepted);
  g_assert_cmpuint (test_server_get_port (server), ==, port);
}

static void
test_restart (void)
{
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");
  g_autoptr(PlainClient) again = NULL;
  g_autoptr(JsonObject) joined = plain_client_ask (client, "voice_join",
                                                   ", \"channel\": \"Lounge\", \"peer_id\": \"p\"");
  g_autoptr(JsonObject) state = NULL;
  g_autofree char *id = test_server_post (server, "USR:local_cleo", "general", "survives");

  g_assert_nonnull (joined);
  plain_control (server, "{\"do\": \"restart\"}");
  plain_client_wait_close (client);
  again = connect_as (server, "cleo");
  g_assert_cmpuint (test_server_count_messages (server, "general"), ==, 1);
  state = plain_client_ask (again, "voice_state", ", \"channel\": \"Lounge\"");
  g_assert_cmpuint (json_array_get_length (ts_get_array (state, "participants")), ==, 0);
}

static void
test_inject (void)
{
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");
  g_autoptr(JsonObject) packet = NULL;
  g_autoptr(GBytes) binary = g_bytes_new_static ("\xff\x00\x01", 3);
  guint odd;

  test_server_inject (server, NULL, "{\"cmd\": \"made_up\", \"val\": NaN}");
  packet = plain_client_next (client, "made_up");
  g_assert_nonnull (packet);

  odd = client->n_odd;
  test_server_inject_binary (server, "USR:local_cleo", binary);
  assert_answers (client);
  g_assert_cmpuint (client->n_odd, ==, odd + 1);
}

static void
test_burst (void)
{
  g_autoptr(TestServer) server = start (NULL);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");

  plain_control (server, "{\"do\": \"burst\", \"channel\": \"general\", \"count\": 200, \"rate\": 2000, \"users\": 3}");
  for (guint i = 0; i < 200; i++)
    {
      g_autoptr(JsonObject) packet = plain_client_next (client, "message_new");
      g_autofree char *expected = g_strdup_printf ("burst %u", i);

      g_assert_cmpstr (ts_get_string (ts_get_object (packet, "message"), "content"), ==, expected);
    }
}

static void
test_clock (void)
{
  TestServerOptions options = { .rate_limit = TRUE };
  g_autoptr(TestServer) server = start (&options);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");
  const char *members = ", \"channel\": \"general\", \"content\": \"quick\"";
  g_autoptr(JsonObject) refused = NULL;
  g_autoptr(JsonObject) later = NULL;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr(JsonObject) sent = plain_client_ask (client, "message_new", members);

      g_assert_cmpstr (ts_get_string (sent, "cmd"), ==, "message_new");
    }

  refused = plain_client_ask (client, "message_new", members);
  g_assert_cmpstr (ts_get_string (refused, "cmd"), ==, "rate_limit");
  g_assert_cmpint (ts_get_int (refused, "length", 0), >, 29000);

  plain_control (server, "{\"do\": \"clock\", \"advance\": 31}");
  later = plain_client_ask (client, "message_new", members);
  g_assert_cmpstr (ts_get_string (later, "cmd"), ==, "message_new");
}

/* Misspelt switches are errors, and so is what can't be done */
static void
test_wrong_commands (void)
{
  static const char *const wrong[] = {
    "", "[]", "{}", "{\"do\": \"dance\"}",
    "{\"do\": \"faults\", \"latancy\": 10}", "{\"do\": \"faults\", \"refuse\": \"maybe\"}",
    "{\"do\": \"rotur\", \"api\": \"june\"}", "{\"do\": \"rotur\", \"attack\": \"mild\"}",
    "{\"do\": \"act\", \"user\": \"nobody\", \"packet\": {}}", "{\"do\": \"inject\"}",
    "{\"do\": \"burst\", \"channel\": \"nowhere\"}", "{\"do\": \"push\", \"what\": \"everything\"}",
  };
  TestServerOptions options = { 0 };
  g_autoptr(TestServer) server = start (&options);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", wrong[i]);
      g_assert_null (test_server_control (server, wrong[i], &error));
      g_assert_nonnull (error);
    }
  g_assert_cmpint (test_server_get_faults (server)->refuse, ==, TEST_SERVER_REFUSE_NOTHING);
}

static void
test_many_messages (void)
{
  TestServerOptions options = { .messages = 100000, .users = 500 };
  gint64 before = g_get_monotonic_time ();
  g_autoptr(TestServer) server = start (&options);
  gint64 started = g_get_monotonic_time () - before;
  g_autoptr(PlainClient) client = connect_as (server, "cleo");
  g_autoptr(JsonObject) page = plain_client_ask (client, "messages_get",
                                                 ", \"channel\": \"archive\", \"start\": 50000, \"limit\": 200");
  g_autoptr(JsonObject) users = plain_client_ask (client, "users_list", NULL);
  JsonArray *messages = ts_get_array (page, "messages");
  g_autoptr(JsonObject) around = NULL;
  g_autofree char *members = NULL;
  const char *id;

  g_test_message ("100,000 messages: started in %" G_GINT64_FORMAT " ms", started / 1000);
  g_assert_cmpuint (json_array_get_length (messages), ==, 200);
  g_assert_cmpuint (json_array_get_length (ts_get_array (users, "users")), ==, 500);

  id = ts_get_string (json_array_get_object_element (messages, 100), "id");
  g_assert_cmpstr (id, ==, "00000000-0000-4000-8000-00000000c2ec");
  members = g_strdup_printf (", \"channel\": \"archive\", \"around\": \"%s\"", id);
  around = plain_client_ask (client, "messages_around", members);
  g_assert_cmpuint (json_array_get_length (ts_get_array (around, "messages")), ==, 101);
}

static void
test_heartbeat (void)
{
  TestServerOptions options = { .heartbeat_ms = 30 };
  g_autoptr(TestServer) server = start (&options);
  g_autoptr(PlainClient) client = plain_client_new (server);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(JsonObject) ping = plain_client_next (client, "ping");

      g_assert_nonnull (ping);
    }
}

/* The demo's community loads, and is what its name promises */
static void
test_demo_seed (void)
{
  g_autofree char *seed = g_test_build_filename (G_TEST_DIST, "server", "seed-demo.json", NULL);
  TestServerOptions options = { .seed_file = seed };
  g_autoptr(TestServer) server = start (&options);
  g_autoptr(PlainClient) client = connect_as (server, "cleo");
  g_autoptr(JsonObject) users = plain_client_ask (client, "users_list", NULL);
  g_autoptr(JsonObject) unreads = plain_client_ask (client, "unreads_get", NULL);
  g_autoptr(JsonObject) channels = plain_client_ask (client, "channels_get", NULL);

  g_assert_cmpuint (json_array_get_length (ts_get_array (users, "users")), >=, 30);
  g_assert_cmpuint (json_array_get_length (ts_get_array (channels, "val")), >=, 15);
  g_assert_cmpuint (test_server_count_messages (server, "general"), >=, 60);
  g_assert_cmpint (ts_get_int (ts_get_object (ts_get_object (unreads, "unreads"), "general"), "unread_count", 0), ==, 9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/faults/none", test_healthy);
  g_test_add_func ("/faults/none/history-is-shared", test_history_is_shared);
  g_test_add_func ("/faults/latency", test_latency);
  g_test_add_func ("/faults/latency/keeps-order", test_latency_keeps_order);
  g_test_add_func ("/faults/drop-after", test_drop_after);
  g_test_add_func ("/faults/drop-now", test_drop_now);
  g_test_add_func ("/faults/garbage", test_garbage);
  g_test_add_func ("/faults/oversize", test_oversize);
  g_test_add_func ("/faults/half-open", test_half_open);
  g_test_add_func ("/faults/half-open/drop", test_half_open_and_drop);
  g_test_add_data_func ("/faults/refuse/connect", "connect", test_refuse);
  g_test_add_data_func ("/faults/refuse/close", "close", test_refuse);
  g_test_add_data_func ("/faults/refuse/http", "http", test_refuse);
  g_test_add_func ("/control/restart", test_restart);
  g_test_add_func ("/control/inject", test_inject);
  g_test_add_func ("/control/burst", test_burst);
  g_test_add_func ("/control/clock", test_clock);
  g_test_add_func ("/control/wrong", test_wrong_commands);
  g_test_add_func ("/size/messages", test_many_messages);
  g_test_add_func ("/heartbeat", test_heartbeat);
  g_test_add_func ("/seed/demo", test_demo_seed);

  return g_test_run ();
}
