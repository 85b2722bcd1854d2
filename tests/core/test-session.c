/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining servers, and what is there after the next start. */
#include "model-fixture.h"

#include "natter-session-private.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <unistd.h>

static guint
count_servers (ModelFixture *fixture)
{
  return g_list_model_get_n_items (natter_session_get_servers (fixture->session));
}

static guint
count_accounts (ModelFixture *fixture)
{
  return g_list_model_get_n_items (natter_session_get_accounts (fixture->session));
}

static void
join (ModelFixture *fixture,
      const char   *name,
      const char   *password,
      gboolean      register_account)
{
  fixture->done = FALSE;
  natter_session_join_with_password_async (fixture->session, fixture->server, name, password, register_account, TRUE,
                                           NULL, model_on_joined, fixture);
  wait_for (fixture->done);
}

static void
join_with_token (ModelFixture *fixture,
                 const char   *token)
{
  fixture->done = FALSE;
  natter_session_join_with_token_async (fixture->session, fixture->server, token, TRUE, NULL, model_on_joined, fixture);
  wait_for (fixture->done);
}

static void
test_register (ModelFixture  *fixture,
               gconstpointer  data)
{
  fixture->server = model_greet (fixture);
  g_assert_cmpint (natter_server_get_state (fixture->server), ==, NATTER_CONNECTION_HANDSHAKE);

  join (fixture, "greta", "wrong", FALSE);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_WRONG_PASSWORD);
  g_assert_cmpuint (count_servers (fixture), ==, 0);
  g_assert_cmpuint (count_accounts (fixture), ==, 0);
  g_assert_null (natter_server_get_account (fixture->server));

  join (fixture, "greta", "greta-pass", TRUE);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (count_servers (fixture), ==, 1);
  g_assert_cmpuint (count_accounts (fixture), ==, 1);
  g_assert_cmpstr (natter_account_get_name (natter_server_get_account (fixture->server)), ==, "greta");
  g_assert_cmpstr (natter_member_get_name (natter_server_get_me (fixture->server)), ==, "greta");
  wait_for (g_list_model_get_n_items (natter_server_get_channels (fixture->server)) > 0);
}

static void
test_restart (ModelFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *id = g_strdup (natter_server_get_id (fixture->server));
  g_autofree char *name = g_strdup (natter_server_get_name (fixture->server));

  natter_server_set_last_channel (fixture->server, "random");
  model_restart (fixture);
  g_assert_cmpuint (count_servers (fixture), ==, 1);
  g_assert_cmpstr (natter_server_get_id (fixture->server), ==, id);
  g_assert_cmpstr (natter_server_get_name (fixture->server), ==, name);
  g_assert_cmpstr (natter_server_get_last_channel (fixture->server), ==, "random");
  g_assert_cmpstr (natter_account_get_name (natter_server_get_account (fixture->server)), ==, "cleo");
  /* The memory of the run has the password still. */
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  ModelFixture *fixture = data;

  /* There may be no Secret Service; what is in memory is gone all the same. */
  natter_secrets_forget_finish (NATTER_SECRETS (source), result, NULL);
  fixture->done = TRUE;
}

static void
test_missing_secret (ModelFixture  *fixture,
                     gconstpointer  data)
{
  fixture->done = FALSE;
  natter_secrets_forget_async (fixture->secrets,
                               natter_account_get_id (natter_server_get_account (fixture->server)), NULL, on_forgotten,
                               fixture);
  wait_for (fixture->done);
  model_restart (fixture);
  wait_for (natter_account_get_needs_sign_in (natter_server_get_account (fixture->server)));
  g_assert_nonnull (natter_server_get_reason (fixture->server));
  g_assert_cmpint (natter_server_get_state (fixture->server), ==, NATTER_CONNECTION_HANDSHAKE);

  join (fixture, "cleo", "cleo-pass", FALSE);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (count_servers (fixture), ==, 1);
  g_assert_cmpuint (count_accounts (fixture), ==, 1);
  g_assert_false (natter_account_get_needs_sign_in (natter_server_get_account (fixture->server)));
  g_assert_null (natter_server_get_reason (fixture->server));
}

static void
test_token (ModelFixture  *fixture,
            gconstpointer  data)
{
  NatterAccount *account;

  fixture->server = model_greet (fixture);
  join_with_token (fixture, "tok-nobody");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_TOKEN);
  g_assert_cmpuint (count_accounts (fixture), ==, 0);

  join_with_token (fixture, " tok-mika\n");
  g_assert_no_error (fixture->error);
  account = natter_server_get_account (fixture->server);
  g_assert_cmpstr (natter_account_get_name (account), ==, "mika");
  g_assert_cmpint (natter_account_get_kind (account), ==, NATTER_ACCOUNT_ROTUR);
  g_assert_cmpuint (count_accounts (fixture), ==, 1);

  model_restart (fixture);
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  g_assert_cmpstr (natter_member_get_username (natter_server_get_me (fixture->server)), ==, "mika");
}

/* A server must not get a proof that is good for another one. */
static void
test_foreign_key (ModelFixture  *fixture,
                  gconstpointer  data)
{
  model_control (fixture, "{\"do\":\"validator_key\",\"key\":\"originChats-chat.example.org-abcdefgh\"}");
  fixture->server = model_greet (fixture);
  join_with_token (fixture, "tok-mika");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_VALIDATOR_KEY);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "auth"), ==, 0);
  g_assert_cmpuint (count_servers (fixture), ==, 0);
}

static void
test_again (ModelFixture  *fixture,
            gconstpointer  data)
{
  NatterAccount *account = natter_server_get_account (fixture->server);
  g_autoptr(NatterServer) second = model_greet (fixture);

  fixture->done = FALSE;
  natter_session_join_with_account_async (fixture->session, second, account, NULL, model_on_joined, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (count_servers (fixture), ==, 1);
  g_assert_cmpuint (count_accounts (fixture), ==, 1);
  g_assert_true (natter_server_get_account (second) == account);
}

static void
test_remove (ModelFixture  *fixture,
             gconstpointer  data)
{
  natter_session_remove_server (fixture->session, fixture->server);
  g_assert_cmpuint (count_servers (fixture), ==, 0);
  g_assert_cmpint (natter_server_get_state (fixture->server), ==, NATTER_CONNECTION_OFFLINE);
  g_clear_object (&fixture->server);
  model_restart (fixture);
  g_assert_cmpuint (count_servers (fixture), ==, 0);
}

static void
on_left (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  ModelFixture *fixture = data;

  g_clear_error (&fixture->error);
  natter_session_leave_server_finish (NATTER_SESSION (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
test_leave (ModelFixture  *fixture,
            gconstpointer  data)
{
  fixture->done = FALSE;
  natter_session_leave_server_async (fixture->session, fixture->server, NULL, on_left, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "user_leave"), ==, 1);
  g_assert_cmpuint (count_servers (fixture), ==, 0);
  g_assert_cmpuint (count_accounts (fixture), ==, 0);
  g_clear_object (&fixture->server);
  model_restart (fixture);
  g_assert_cmpuint (count_servers (fixture), ==, 0);
  g_assert_cmpuint (count_accounts (fixture), ==, 0);
}

/* The server stays in the list when it can't be asked. */
static void
test_leave_offline (ModelFixture  *fixture,
                    gconstpointer  data)
{
  natter_server_disconnect (fixture->server);
  fixture->done = FALSE;
  natter_session_leave_server_async (fixture->session, fixture->server, NULL, on_left, fixture);
  wait_for (fixture->done);
  g_assert_nonnull (fixture->error);
  g_assert_cmpuint (count_servers (fixture), ==, 1);
  g_assert_cmpuint (count_accounts (fixture), ==, 1);
}

static void
test_twins (ModelFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(NatterServer) first = g_steal_pointer (&fixture->server);

  g_assert_false (natter_server_get_has_twin (first));
  fixture->server = model_greet (fixture);
  join (fixture, "greta", "greta-pass", TRUE);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (count_servers (fixture), ==, 2);
  g_assert_true (natter_server_get_has_twin (first));
  g_assert_true (natter_server_get_has_twin (fixture->server));
  g_assert_true (natter_session_find_server (fixture->session, natter_server_get_address (first), NULL) == first);
  g_assert_true (natter_session_find_server (fixture->session, natter_server_get_address (first), fixture->server)
                 == fixture->server);
  natter_session_remove_server (fixture->session, first);
  g_assert_false (natter_server_get_has_twin (fixture->server));
}

#define add_plain_test(path, function) g_test_add (path, ModelFixture, NULL, model_set_up, function, model_tear_down)

/* On resume nobody waits for the next try, and a link that is dead is found at once. */
static void
test_wake (ModelFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  NatterConnectionLimits limits;
  NatterConnection *connection;
  const TestServerFaults half_open = { .half_open = TRUE };
  const TestServerFaults none = { 0 };
  g_autoptr(NatterWake) wake = NULL;
  int pipe_fds[2];

  g_unix_open_pipe (pipe_fds, O_CLOEXEC | O_NONBLOCK, &error);
  g_assert_no_error (error);
  wake = natter_wake_new (NULL, NULL, pipe_fds[0]);
  _natter_session_follow_wake (fixture->session, wake);
  connection = natter_server_get_connection (fixture->server);
  natter_connection_get_limits (connection, &limits);
  limits.retry_first_ms = limits.retry_last_ms = 60 * 1000;
  limits.alive_ms = 100;
  natter_connection_set_limits (connection, &limits);

  test_server_drop_all (fixture->test_server);
  wait_for (natter_connection_get_state (connection) == NATTER_CONNECTION_WAITING);
  g_assert_cmpint (write (pipe_fds[1], "resumed", 7), ==, 7);
  wait_for (natter_connection_get_state (connection) == NATTER_CONNECTION_READY);

  test_server_set_faults (fixture->test_server, &half_open);
  g_assert_cmpint (write (pipe_fds[1], "resumed", 7), ==, 7);
  wait_for (natter_connection_get_state (connection) == NATTER_CONNECTION_WAITING);
  test_server_set_faults (fixture->test_server, &none);
  g_assert_cmpint (write (pipe_fds[1], "resumed", 7), ==, 7);
  wait_for (natter_connection_get_state (connection) == NATTER_CONNECTION_READY);
  close (pipe_fds[1]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_plain_test ("/session/register", test_register);
  add_plain_test ("/session/token", test_token);
  add_plain_test ("/session/foreign-key", test_foreign_key);
  add_model_test ("/session/restart", test_restart, NULL);
  add_model_test ("/session/missing-secret", test_missing_secret, NULL);
  add_model_test ("/session/again", test_again, NULL);
  add_model_test ("/session/remove", test_remove, NULL);
  add_model_test ("/session/leave", test_leave, NULL);
  add_model_test ("/session/leave-offline", test_leave_offline, NULL);
  add_model_test ("/session/twins", test_twins, NULL);
  add_model_test ("/session/wake", test_wake, NULL);
  return g_test_run ();
}
