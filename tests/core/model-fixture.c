/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

#include <glib/gstdio.h>

static void
new_session (ModelFixture *fixture)
{
  g_autoptr(NatterRotur) rotur = NULL;
  g_autoptr(GError) error = NULL;

  rotur = natter_rotur_new (test_server_get_rotur_url (fixture->test_server), &error);
  g_assert_no_error (error);
  fixture->session = natter_session_new (fixture->profile, fixture->secrets, rotur);
}

void
model_set_up (ModelFixture  *fixture,
              gconstpointer  options)
{
  const TestServerOptions plain = { 0 };
  g_autoptr(GError) error = NULL;

  fixture->test_server = test_server_new (options != NULL ? options : &plain);
  test_server_start (fixture->test_server, &error);
  g_assert_no_error (error);
  fixture->directory = g_dir_make_tmp ("natter-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->profile = natter_profile_new (fixture->directory);
  fixture->secrets = natter_secrets_new (fixture->profile);
  new_session (fixture);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
model_tear_down (ModelFixture  *fixture,
                 gconstpointer  options)
{
  GWeakRef session, server;

  g_weak_ref_init (&session, fixture->session);
  g_weak_ref_init (&server, fixture->server);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->session);
  /* Nothing keeps them, and what was on its way has come to its end. */
  settle ();
  g_assert_null (g_weak_ref_get (&session));
  g_assert_null (g_weak_ref_get (&server));
  g_weak_ref_clear (&session);
  g_weak_ref_clear (&server);
  g_clear_object (&fixture->secrets);
  g_clear_object (&fixture->profile);
  g_clear_error (&fixture->error);
  test_server_free (fixture->test_server);
  settle ();
  remove_tree (fixture->directory);
  g_free (fixture->directory);
}

/* (transfer full): a server of the session that has said who it is */
NatterServer *
model_greet (ModelFixture *fixture)
{
  g_autofree char *text = g_strdup_printf ("127.0.0.1:%u", test_server_get_port (fixture->test_server));
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterAddress) address = natter_address_parse (text, &error);
  NatterServer *server;

  g_assert_no_error (error);
  server = natter_session_new_server (fixture->session, address);
  natter_server_connect (server);
  wait_for (natter_server_get_handshake (server) != NULL);
  return server;
}

void
model_on_joined (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  ModelFixture *fixture = data;

  g_clear_error (&fixture->error);
  natter_session_join_finish (NATTER_SESSION (source), result, &fixture->error);
  fixture->done = TRUE;
}

void
model_joined_set_up (ModelFixture  *fixture,
                     gconstpointer  options)
{
  NatterConnectionLimits limits;

  model_set_up (fixture, options);
  fixture->server = model_greet (fixture);
  natter_connection_get_limits (natter_server_get_connection (fixture->server), &limits);
  limits.retry_first_ms = 1;
  limits.retry_last_ms = 5;
  natter_connection_set_limits (natter_server_get_connection (fixture->server), &limits);
  natter_session_join_with_password_async (fixture->session, fixture->server, "cleo", "cleo-pass", FALSE, TRUE, NULL,
                                           model_on_joined, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
  /* The list of people is there, and not just oneself coming in. */
  wait_for (natter_member_get_known (natter_server_intern_member (fixture->server, "USR:local_dmitri")));
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  ModelFixture *fixture = data;

  natter_session_load_finish (NATTER_SESSION (source), result, &fixture->error);
  fixture->done = TRUE;
}

/* As model_restart(), without a connection as long as nobody connects. */
void
model_restart_offline (ModelFixture *fixture)
{
  g_autoptr(GListModel) servers = NULL;

  g_clear_object (&fixture->server);
  g_assert_finalize_object (g_steal_pointer (&fixture->session));
  settle ();
  new_session (fixture);
  fixture->done = FALSE;
  natter_session_load_async (fixture->session, NULL, on_loaded, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  servers = g_object_ref (natter_session_get_servers (fixture->session));
  fixture->server = g_list_model_get_item (servers, 0);
}

/* As when the program ends and starts again with the same profile. */
void
model_restart (ModelFixture *fixture)
{
  model_restart_offline (fixture);
  natter_session_connect (fixture->session);
}

void
model_control (ModelFixture *fixture,
               const char   *command)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = test_server_control (fixture->test_server, command, &error);

  g_assert_no_error (error);
}

/* @packet: what @user does, as JSON */
void
model_act (ModelFixture *fixture,
           const char   *user,
           const char   *packet)
{
  g_autofree char *command = g_strdup_printf ("{\"do\":\"act\",\"user\":\"%s\",\"packet\":%s}", user, packet);

  model_control (fixture, command);
}

NatterChannel *
model_channel (ModelFixture *fixture,
               const char   *name)
{
  NatterChannel *channel = natter_server_lookup_channel (fixture->server, name);

  g_assert_nonnull (channel);
  return channel;
}

/* (transfer none): the timeline holds it */
NatterMessage *
model_message (NatterChannel *channel,
               guint          position)
{
  g_autoptr(NatterMessage) message = g_list_model_get_item (G_LIST_MODEL (natter_channel_get_timeline (channel)), position);

  g_assert_nonnull (message);
  return message;
}

const char *
model_last_text (NatterChannel *channel)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (channel)));

  return n_items > 0 ? natter_message_get_content (model_message (channel, n_items - 1)) : NULL;
}
