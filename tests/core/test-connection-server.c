/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection against a server that does all that a real one does, and has bad days. */
#include "connection-fixture.h"

#include "natter-test-server.h"

typedef struct
{
  Fixture     base; /* its peer has nothing to do */
  TestServer *server;
} ServerFixture;

static void
start (ServerFixture           *fixture,
       const TestServerOptions *options)
{
  g_autoptr(NatterAddress) address = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  fixture->server = test_server_new (options);
  test_server_start (fixture->server, &error);
  g_assert_no_error (error);
  text = g_strdup_printf ("127.0.0.1:%u", test_server_get_port (fixture->server));
  address = natter_address_parse (text, &error);
  g_assert_no_error (error);
  use_address (&fixture->base, address);
}

static void
set_up (ServerFixture *fixture,
        gconstpointer  data)
{
  const TestServerOptions options = { 0 };

  fixture_set_up (&fixture->base, NULL);
  start (fixture, data != NULL ? data : &options);
}

static void
tear_down (ServerFixture *fixture,
           gconstpointer  data)
{
  fixture_tear_down (&fixture->base, NULL);
  test_server_free (fixture->server);
  settle ();
}

static void
control (ServerFixture *fixture,
         const char    *command)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = test_server_control (fixture->server, command, &error);

  g_assert_no_error (error);
}

static void
sign_in_as (ServerFixture *fixture,
            NatterCommand *command)
{
  guint n_done = fixture->base.n_done;

  natter_connection_authenticate_async (fixture->base.connection, command, NULL, on_signed_in, &fixture->base);
  wait_for (fixture->base.n_done == n_done + 1);
}

static void
enter_as_cleo (ServerFixture *fixture)
{
  wait_for (state (&fixture->base) == NATTER_CONNECTION_HANDSHAKE
            && natter_connection_get_handshake (fixture->base.connection) != NULL);
  sign_in_as (fixture, natter_command_login ("cleo", "cleo-pass"));
  g_assert_no_error (fixture->base.error);
}

static void
say (ServerFixture *fixture,
     const char    *text)
{
  request (&fixture->base, natter_command_message_new ("general", NULL, text, NULL, FALSE));
}

static gboolean
was_answered (ServerFixture *fixture,
              guint          position)
{
  return g_ascii_isdigit (((const char *) fixture->base.done->pdata[position])[0]);
}

static gboolean
holds_message (ServerFixture *fixture,
               guint          position,
               const char    *text)
{
  g_autofree char *message = test_server_dup_message (fixture->server, "general", position);

  return message != NULL && strstr (message, text) != NULL;
}

static void
test_sign_in (ServerFixture *fixture,
              gconstpointer  data)
{
  NatterConnection *connection = fixture->base.connection;
  const struct
  {
    const char  *username;
    const char  *password;
    gboolean     new_account;
    NatterError  code;
  } attempts[] = {
    { "cleo", "wrong", FALSE, NATTER_ERROR_WRONG_PASSWORD },
    { "nobody-here", "cleo-pass", FALSE, NATTER_ERROR_WRONG_PASSWORD },
    { "cleo", "cleo-pass", TRUE, NATTER_ERROR_NAME_TAKEN },
    { "x", "cleo-pass", TRUE, NATTER_ERROR_SIGN_IN },
    { "greta", "abc", TRUE, NATTER_ERROR_SIGN_IN },
  };

  greet (&fixture->base);
  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      sign_in_as (fixture, attempts[i].new_account
                             ? natter_command_register (attempts[i].username, attempts[i].password)
                             : natter_command_login (attempts[i].username, attempts[i].password));
      g_assert_error (fixture->base.error, NATTER_ERROR, attempts[i].code);
      g_assert_cmpint (state (&fixture->base), ==, NATTER_CONNECTION_HANDSHAKE);
    }
  sign_in_as (fixture, natter_command_auth ("nonsense", NULL, NULL));
  g_assert_error (fixture->base.error, NATTER_ERROR, NATTER_ERROR_VALIDATOR);

  sign_in_as (fixture, natter_command_register ("greta", "greta-pass"));
  g_assert_no_error (fixture->base.error);
  g_assert_cmpstr (natter_connection_get_user (connection)->user->nickname, ==, "greta");
  g_assert_cmpuint (test_server_count_connections (fixture->server), ==, 1);
  wait_for (natter_connection_get_latency (connection) >= 0);
}

static void
test_sends_and_reads (ServerFixture *fixture,
                      gconstpointer  data)
{
  guint before;

  greet (&fixture->base);
  enter_as_cleo (fixture);
  before = test_server_count_messages (fixture->server, "general");
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u.", i);

      say (fixture, text);
    }
  request (&fixture->base, natter_command_messages_get ("general", NULL, 0, 50));
  wait_for (fixture->base.done->len == 51);
  g_assert_cmpuint (test_server_count_messages (fixture->server, "general"), ==, before + 50);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u.", i);

      g_assert_true (holds_message (fixture, before + i, text));
    }
}

/* Each message once and in order, although the server refused some for being too fast. */
static void
test_rate_limit (ServerFixture *fixture,
                 gconstpointer  data)
{
  guint before;

  control (fixture, "{\"do\":\"rate_limits\",\"on\":true,\"per_minute\":1000,\"burst\":4,\"cooldown\":0.3}");
  greet (&fixture->base);
  enter_as_cleo (fixture);
  before = test_server_count_messages (fixture->server, "general");
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u.", i);

      say (fixture, text);
    }
  wait_for (natter_connection_get_rate_limit_left (fixture->base.connection) > 0);
  g_assert_cmpuint (fixture->base.done->len, <, 8);
  control (fixture, "{\"do\":\"rate_limits\",\"on\":true,\"per_minute\":1000,\"burst\":1000,\"cooldown\":0.3}");

  wait_for (fixture->base.done->len == 8);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u.", i);

      g_assert_true (was_answered (fixture, i));
      g_assert_true (holds_message (fixture, before + i, text));
    }
  g_assert_cmpuint (test_server_count_messages (fixture->server, "general"), ==, before + 8);
  g_assert_cmpuint (test_server_count_received (fixture->server, "message_new"), >, 8);
}

static void
test_restart (ServerFixture *fixture,
              gconstpointer  data)
{
  greet (&fixture->base);
  enter_as_cleo (fixture);
  for (guint i = 0; i < 3; i++)
    {
      control (fixture, "{\"do\":\"restart\",\"down\":30}");
      wait_for (state (&fixture->base) != NATTER_CONNECTION_READY);
      enter_as_cleo (fixture);
    }
  say (fixture, "back again");
  wait_for (fixture->base.done->len == 1);
  g_assert_true (was_answered (fixture, 0));
}

static void
test_drops (ServerFixture *fixture,
            gconstpointer  data)
{
  const TestServerFaults faults = { .drop_after = 9 };
  guint done = 0;

  test_server_set_faults (fixture->server, &faults);
  natter_connection_set_persistent (fixture->base.connection, TRUE);
  natter_connection_open (fixture->base.connection);
  while (done < 20)
    {
      guint n_done = fixture->base.n_done;

      wait_for (state (&fixture->base) == NATTER_CONNECTION_HANDSHAKE
                && natter_connection_get_handshake (fixture->base.connection) != NULL);
      natter_connection_authenticate_async (fixture->base.connection, natter_command_login ("cleo", "cleo-pass"), NULL,
                                            on_signed_in, &fixture->base);
      wait_for (fixture->base.n_done > n_done);
      for (guint i = 0; i < 4; i++)
        request (&fixture->base, natter_command_channels_get ());
      done += 4;
      wait_for (fixture->base.done->len == done);
      wait_for (state (&fixture->base) != NATTER_CONNECTION_READY);
    }
}

static void
test_garbage (ServerFixture *fixture,
              gconstpointer  data)
{
  const TestServerFaults faults = { .garbage = 12 };

  test_server_set_faults (fixture->server, &faults);
  greet (&fixture->base);
  enter_as_cleo (fixture);
  for (guint i = 0; i < 20; i++)
    request (&fixture->base, natter_command_channels_get ());
  wait_for (fixture->base.done->len == 20);
  for (guint i = 0; i < 20; i++)
    g_assert_true (was_answered (fixture, i));
  g_assert_cmpint (state (&fixture->base), ==, NATTER_CONNECTION_READY);
  g_assert_cmpuint (natter_connection_get_unknown_packets (fixture->base.connection), >, 0);
}

static void
test_oversize (ServerFixture *fixture,
               gconstpointer  data)
{
  const TestServerFaults large = { .oversize = 3 * 1024 * 1024 };
  const TestServerFaults too_large = { .oversize = 70 * 1024 * 1024 };

  test_server_set_faults (fixture->server, &large);
  greet (&fixture->base);
  enter_as_cleo (fixture);
  say (fixture, "still here");
  wait_for (fixture->base.done->len == 1);
  g_assert_true (was_answered (fixture, 0));

  natter_connection_close (fixture->base.connection);
  test_server_set_faults (fixture->server, &too_large);
  greet (&fixture->base);
  sign_in_as (fixture, natter_command_login ("cleo", "cleo-pass"));
  wait_for (state (&fixture->base) == NATTER_CONNECTION_REFUSED);
  g_assert_error (natter_connection_get_reason (fixture->base.connection), NATTER_ERROR, NATTER_ERROR_TOO_LARGE);
}

static void
test_half_open (ServerFixture *fixture,
                gconstpointer  data)
{
  const TestServerFaults half_open = { .half_open = TRUE };
  const TestServerFaults none = { 0 };

  set_limit (&fixture->base, alive_ms, 200);
  greet (&fixture->base);
  enter_as_cleo (fixture);
  test_server_set_faults (fixture->server, &half_open);
  say (fixture, "into the void");
  natter_connection_check_alive (fixture->base.connection);
  wait_for (state (&fixture->base) != NATTER_CONNECTION_READY);
  wait_for (fixture->base.done->len == 1);
  g_assert_false (was_answered (fixture, 0));

  test_server_set_faults (fixture->server, &none);
  natter_connection_open (fixture->base.connection);
  enter_as_cleo (fixture);
}

static void
test_refuses (ServerFixture *fixture,
              gconstpointer  data)
{
  const TestServerRefusal refusals[] = { TEST_SERVER_REFUSE_CONNECT, TEST_SERVER_REFUSE_CLOSE, TEST_SERVER_REFUSE_HTTP };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const TestServerFaults faults = { .refuse = refusals[i] };

      test_server_set_faults (fixture->server, &faults);
      natter_connection_open (fixture->base.connection);
      wait_for (state (&fixture->base) == NATTER_CONNECTION_REFUSED);
      g_assert_error (natter_connection_get_reason (fixture->base.connection), NATTER_ERROR, NATTER_ERROR_UNREACHABLE);
    }
}

static void
test_new_generation (ServerFixture *fixture,
                     gconstpointer  data)
{
  greet (&fixture->base);
  enter_as_cleo (fixture);
  say (fixture, "hello");
  wait_for (fixture->base.done->len == 1);
  g_assert_true (was_answered (fixture, 0));
  g_assert_cmpuint (test_server_count_received (fixture->server, "capabilities"), ==, 1);
}

#define add_server_test(path, function, options) \
  g_test_add ("/connection-server/" path, ServerFixture, options, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  static const TestServerOptions new_generation = { .generation = TEST_SERVER_GENERATION_NEW };

  g_test_init (&argc, &argv, NULL);
  add_server_test ("sign-in", test_sign_in, NULL);
  add_server_test ("sends-and-reads", test_sends_and_reads, NULL);
  add_server_test ("rate-limit", test_rate_limit, NULL);
  add_server_test ("restart", test_restart, NULL);
  add_server_test ("drops", test_drops, NULL);
  add_server_test ("garbage", test_garbage, NULL);
  add_server_test ("oversize", test_oversize, NULL);
  add_server_test ("half-open", test_half_open, NULL);
  add_server_test ("refuses", test_refuses, NULL);
  add_server_test ("new-generation", test_new_generation, &new_generation);
  return g_test_run ();
}
