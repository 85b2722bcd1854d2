/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

#include <string.h>

/* What is kept of a server is there without it, and is brought up to date with it. */

static char *
texts (NatterChannel *channel)
{
  GListModel *timeline = G_LIST_MODEL (natter_channel_get_timeline (channel));
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (timeline); i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", natter_message_get_content (model_message (channel, i)));
  return g_string_free_and_steal (g_steal_pointer (&all));
}

static void
say (ModelFixture *fixture,
     const char   *channel,
     const char   *text)
{
  g_autofree char *packet =
    g_strdup_printf ("{\"cmd\":\"message_new\",\"channel\":\"%s\",\"content\":\"%s\"}", channel, text);

  model_act (fixture, "USR:local_dmitri", packet);
}

static void
load_latest (NatterChannel *channel)
{
  NatterTimeline *timeline = natter_channel_get_timeline (channel);

  natter_timeline_load_latest (timeline);
  wait_for (!natter_timeline_get_loading (timeline));
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

/* As when the program starts without a network. */
static void
restart_offline (ModelFixture *fixture)
{
  g_clear_object (&fixture->server);
  g_assert_finalize_object (g_steal_pointer (&fixture->session));
  settle ();
  fixture->session = natter_session_new (fixture->profile, fixture->secrets, NULL);
  fixture->done = FALSE;
  natter_session_load_async (fixture->session, NULL, on_loaded, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  fixture->server = g_list_model_get_item (natter_session_get_servers (fixture->session), 0);
}

static void
connect_again (ModelFixture *fixture)
{
  natter_session_connect (fixture->session);
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
}

static char *
channel_names (NatterServer *server)
{
  GListModel *channels = natter_server_get_channels (server);
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (channels, i);

      g_string_append_printf (names, "%s/%s/%s ", natter_channel_get_section (channel), natter_channel_get_name (channel),
                              natter_channel_get_description (channel));
    }
  return g_string_free_and_steal (g_steal_pointer (&names));
}

static void
test_without_network (ModelFixture  *fixture,
                      gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autofree char *names = channel_names (fixture->server);
  g_autofree char *names_offline = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_members = g_list_model_get_n_items (natter_server_get_members (fixture->server));

  load_latest (channel);
  say (fixture, "general", "kept for later");
  wait_for (g_strcmp0 (model_last_text (channel), "kept for later") == 0);
  before = texts (channel);

  restart_offline (fixture);
  g_assert_cmpint (natter_server_get_state (fixture->server), ==, NATTER_CONNECTION_OFFLINE);
  names_offline = channel_names (fixture->server);
  g_assert_cmpstr (names_offline, ==, names);
  g_assert_cmpuint (g_list_model_get_n_items (natter_server_get_members (fixture->server)), ==, n_members);
  g_assert_cmpstr (natter_member_get_username (natter_server_get_me (fixture->server)), ==, "USR:local_cleo");
  g_assert_false (natter_member_get_online (natter_server_intern_member (fixture->server, "USR:local_dmitri")));

  channel = model_channel (fixture, "general");
  g_assert_cmpint (natter_channel_get_send_block (channel), ==, NATTER_SEND_OFFLINE);
  load_latest (channel);
  after = texts (channel);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (natter_channel_get_unread (channel), ==, 1);
}

/* Edits, deletions and messages of the time without a network come with it; who is shown stays the same object. */
static void
test_brought_up_to_date (ModelFixture  *fixture,
                         gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autofree char *edit = NULL;
  g_autofree char *remove = NULL;
  g_autofree char *edited_id = NULL;
  g_autofree char *deleted_id = NULL;
  g_autofree char *after = NULL;
  NatterMessage *edited;

  load_latest (channel);
  say (fixture, "general", "to be edited");
  wait_for (g_strcmp0 (model_last_text (channel), "to be edited") == 0);
  edited_id = g_strdup (natter_message_get_id (model_message (channel, g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (channel))) - 1)));
  say (fixture, "general", "to be deleted");
  wait_for (g_strcmp0 (model_last_text (channel), "to be deleted") == 0);
  deleted_id = g_strdup (natter_message_get_id (model_message (channel, g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (channel))) - 1)));

  restart_offline (fixture);
  edit = g_strdup_printf ("{\"cmd\":\"message_edit\",\"channel\":\"general\",\"id\":\"%s\",\"content\":\"edited\"}", edited_id);
  remove = g_strdup_printf ("{\"cmd\":\"message_delete\",\"channel\":\"general\",\"id\":\"%s\"}", deleted_id);
  model_act (fixture, "USR:local_dmitri", edit);
  model_act (fixture, "USR:local_dmitri", remove);
  say (fixture, "general", "written meanwhile");

  channel = model_channel (fixture, "general");
  load_latest (channel);
  g_assert_cmpstr (model_last_text (channel), ==, "to be deleted");
  edited = natter_timeline_lookup (natter_channel_get_timeline (channel), edited_id);
  g_assert_cmpstr (natter_message_get_content (edited), ==, "to be edited");

  connect_again (fixture);
  wait_for (g_strcmp0 (model_last_text (channel), "written meanwhile") == 0);
  after = texts (channel);
  g_assert_cmpstr (after, ==, "edited|written meanwhile");
  g_assert_true (natter_timeline_lookup (natter_channel_get_timeline (channel), edited_id) == edited);

  /* And so it is kept. */
  restart_offline (fixture);
  channel = model_channel (fixture, "general");
  load_latest (channel);
  {
    g_autofree char *kept = texts (channel);

    g_assert_cmpstr (kept, ==, after);
  }
}

static void
load_all (NatterChannel *channel)
{
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  guint n_items;

  do
    {
      n_items = g_list_model_get_n_items (G_LIST_MODEL (timeline));
      natter_timeline_load_older (timeline);
      wait_for (!natter_timeline_get_loading (timeline));
    }
  while (g_list_model_get_n_items (G_LIST_MODEL (timeline)) != n_items);
}

/* What was not seen is a gap: without the server reading ends there, with it nothing is missing. */
static void
test_gap (ModelFixture  *fixture,
          gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autofree char *text = NULL;

  load_latest (channel);
  restart_offline (fixture);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *number = g_strdup_printf ("meanwhile %u", i);

      say (fixture, "general", number);
    }
  connect_again (fixture);
  channel = model_channel (fixture, "general");
  load_latest (channel);
  g_assert_cmpstr (model_last_text (channel), ==, "meanwhile 59");

  restart_offline (fixture);
  channel = model_channel (fixture, "general");
  load_latest (channel);
  load_all (channel);
  text = texts (channel);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (channel))), ==, NATTER_TIMELINE_PAGE);
  g_assert_true (g_str_has_prefix (text, "meanwhile 10|"));
  g_assert_false (natter_timeline_get_at_start (natter_channel_get_timeline (channel)));

  connect_again (fixture);
  wait_for (!natter_timeline_get_loading (natter_channel_get_timeline (channel)));
  natter_timeline_load_older (natter_channel_get_timeline (channel));
  wait_for (!natter_timeline_get_loading (natter_channel_get_timeline (channel)));
  g_free (text);
  text = texts (channel);
  g_assert_nonnull (strstr (text, "meanwhile 0|meanwhile 1|"));
  g_assert_nonnull (strstr (text, "meanwhile 9|meanwhile 10|"));
}

/* All of the history that was once seen can be read again. */
static void
test_history (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterChannel *channel;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 0; i < 80; i++)
    {
      g_autofree char *number = g_strdup_printf ("number %u", i);

      say (fixture, "general", number);
    }
  channel = model_channel (fixture, "general");
  load_latest (channel);
  load_all (channel);
  g_assert_true (natter_timeline_get_at_start (natter_channel_get_timeline (channel)));
  before = texts (channel);

  restart_offline (fixture);
  channel = model_channel (fixture, "general");
  load_latest (channel);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (channel))), ==, NATTER_TIMELINE_PAGE);
  load_all (channel);
  after = texts (channel);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (natter_timeline_get_at_start (natter_channel_get_timeline (channel)));
}

/* What comes in channels that are not shown is kept, too. */
static void
test_elsewhere (ModelFixture  *fixture,
                gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");

  say (fixture, "general", "first unseen");
  say (fixture, "general", "second unseen");
  wait_for (natter_channel_get_unread (channel) == 2);
  restart_offline (fixture);
  channel = model_channel (fixture, "general");
  load_latest (channel);
  {
    g_autofree char *kept = texts (channel);

    g_assert_cmpstr (kept, ==, "first unseen|second unseen");
  }
  g_assert_false (natter_timeline_get_at_start (natter_channel_get_timeline (channel)));
}

/* Which history is to be there offline is remembered, and told to a cache that was started afresh. */
static void
test_keep_offline (ModelFixture  *fixture,
                   gconstpointer  data)
{
  natter_channel_set_keep_offline (model_channel (fixture, "general"), TRUE);
  restart_offline (fixture);
  g_assert_true (natter_channel_get_keep_offline (model_channel (fixture, "general")));
  natter_channel_set_keep_offline (model_channel (fixture, "general"), FALSE);
  restart_offline (fixture);
  g_assert_false (natter_channel_get_keep_offline (model_channel (fixture, "general")));
}

static void
test_clear_history (ModelFixture  *fixture,
                    gconstpointer  data)
{
  load_latest (model_channel (fixture, "general"));
  say (fixture, "general", "soon forgotten");
  wait_for (g_strcmp0 (model_last_text (model_channel (fixture, "general")), "soon forgotten") == 0);
  natter_channel_clear_history (model_channel (fixture, "general"));
  restart_offline (fixture);
  load_latest (model_channel (fixture, "general"));
  g_assert_null (model_last_text (model_channel (fixture, "general")));
}

/* What was kept of a server that was taken out of the list is gone with it. */
static void
test_removed (ModelFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (natter_profile_get_data_dir (fixture->profile), NATTER_CACHE_NAME, NULL);
  g_autofree char *contents = NULL;
  gsize length;

  load_latest (model_channel (fixture, "general"));
  say (fixture, "general", "NEVERMORE");
  wait_for (g_strcmp0 (model_last_text (model_channel (fixture, "general")), "NEVERMORE") == 0);
  natter_session_remove_server (fixture->session, fixture->server);
  natter_session_forget_server (fixture->session, fixture->server);
  g_clear_object (&fixture->server);
  g_assert_finalize_object (g_steal_pointer (&fixture->session));
  settle ();
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_null (g_strstr_len (contents, (gssize) length, "NEVERMORE"));
  fixture->session = natter_session_new (fixture->profile, fixture->secrets, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/offline/without-network", test_without_network, NULL);
  add_model_test ("/offline/brought-up-to-date", test_brought_up_to_date, NULL);
  add_model_test ("/offline/gap", test_gap, NULL);
  add_model_test ("/offline/history", test_history, NULL);
  add_model_test ("/offline/elsewhere", test_elsewhere, NULL);
  add_model_test ("/offline/keep-offline", test_keep_offline, NULL);
  add_model_test ("/offline/clear-history", test_clear_history, NULL);
  add_model_test ("/offline/removed", test_removed, NULL);
  return g_test_run ();
}
