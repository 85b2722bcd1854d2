/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forums and their threads. */
#include "model-fixture.h"

#include "natter-draft.h"

#include <string.h>

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  ModelFixture *fixture = data;
  g_autoptr(NatterChannel) thread = NULL;

  g_clear_error (&fixture->error);
  thread = natter_channel_create_thread_finish (NATTER_CHANNEL (source), result, &fixture->error);
  g_assert_true ((thread == NULL) == (fixture->error != NULL));
  fixture->done = TRUE;
}

/* (nullable): the thread of the help desk */
static NatterChannel *
find_thread (ModelFixture *fixture,
             const char   *title)
{
  GListModel *threads = natter_channel_get_threads (model_channel (fixture, "help-desk"));

  for (guint i = 0; i < g_list_model_get_n_items (threads); i++)
    {
      g_autoptr(NatterChannel) thread = g_list_model_get_item (threads, i);

      if (g_str_equal (natter_channel_get_title (thread), title))
        return thread; /* the forum holds it */
    }
  return NULL;
}

/* Position in the list of channels, or -1. */
static int
find_position (ModelFixture  *fixture,
               NatterChannel *channel)
{
  GListModel *channels = natter_server_get_channels (fixture->server);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) candidate = g_list_model_get_item (channels, i);

      if (candidate == channel)
        return (int) i;
    }
  return -1;
}

/* A thread of dmitri. */
static NatterChannel *
begin_thread (ModelFixture *fixture,
              const char   *title)
{
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"thread_create\",\"channel\":\"help-desk\",\"name\":\"%s\"}", title);

  model_act (fixture, "USR:local_dmitri", packet);
  wait_for (find_thread (fixture, title) != NULL);
  return find_thread (fixture, title);
}

/* @members: JSON, each with a comma before */
static void
act (ModelFixture  *fixture,
     const char    *user,
     const char    *command,
     NatterChannel *thread,
     const char    *members)
{
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"%s\",\"thread_id\":\"%s\"%s}", command,
                                             natter_channel_get_thread_id (thread), members);

  model_act (fixture, user, packet);
}

static void
read_thread (NatterChannel *thread)
{
  NatterTimeline *timeline = natter_channel_get_timeline (thread);

  natter_channel_open (thread);
  natter_timeline_load_latest (timeline);
  wait_for (!natter_timeline_get_loading (timeline) && natter_timeline_get_at_end (timeline));
}

static void
test_create (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterChannel *forum = model_channel (fixture, "help-desk");
  NatterChannel *thread;

  fixture->done = FALSE;
  natter_channel_create_thread_async (forum, "Tea at four", "Who comes?", on_created, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  thread = find_thread (fixture, "Tea at four");
  g_assert_nonnull (thread);
  g_assert_true (natter_channel_get_parent (thread) == forum);
  g_assert_true (natter_channel_get_creator (thread) == natter_server_get_me (fixture->server));
  g_assert_true (natter_channel_get_joined (thread));
  g_assert_true (natter_channel_may_change (thread));
  g_assert_false (natter_channel_may_lock (thread));
  g_assert_cmpint (find_position (fixture, thread), ==, find_position (fixture, forum) + 1);
  wait_for (g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (thread))) == 1
            && natter_message_get_id (model_message (thread, 0)) != NULL);
  g_assert_cmpstr (model_last_text (thread), ==, "Who comes?");
}

static void
test_create_refused (ModelFixture  *fixture,
                     gconstpointer  data)
{
  fixture->done = FALSE;
  natter_channel_create_thread_async (model_channel (fixture, "general"), "Tea", "Who?", on_created, fixture);
  wait_for (fixture->done);
  g_assert_nonnull (fixture->error);
}

/* Somebody else's thread is heard of, counts as unread for itself, and is in the list of channels once one writes in it. */
static void
test_converse (ModelFixture  *fixture,
               gconstpointer  data)
{
  NatterChannel *thread = begin_thread (fixture, "Glue");
  g_autofree char *received = NULL;
  gboolean unread = TRUE;

  g_assert_cmpint (find_position (fixture, thread), ==, -1);
  g_assert_true (natter_server_lookup_channel (fixture->server, natter_channel_get_thread_id (thread)) == thread);
  act (fixture, "USR:local_dmitri", "message_new", thread, ",\"content\":\"Which one?\"");
  wait_for (natter_channel_get_unread (thread) == 1);
  g_object_get (fixture->server, "unread", &unread, NULL);
  g_assert_false (unread);

  read_thread (thread);
  g_assert_cmpstr (model_last_text (thread), ==, "Which one?");
  act (fixture, "USR:local_dmitri", "typing", thread, "");
  wait_for (g_list_model_get_n_items (natter_channel_get_typing (thread)) == 1);
  natter_draft_set_text (natter_channel_get_draft (thread), "Wheat paste");
  g_assert_true (natter_channel_get_has_draft (thread));
  natter_channel_send_draft (thread);
  g_assert_false (natter_channel_get_has_draft (thread));
  wait_for (g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (thread))) == 2
            && natter_message_get_id (model_message (thread, 1)) != NULL);
  received = test_server_dup_last_received (fixture->test_server, "message_new");
  g_assert_nonnull (strstr (received, "thread_id"));
  g_assert_null (strstr (received, "\"channel\""));
  wait_for (natter_channel_get_joined (thread));
  g_assert_cmpint (find_position (fixture, thread), >, 0);

  natter_channel_join (thread, FALSE);
  wait_for (!natter_channel_get_joined (thread));
  g_assert_cmpint (find_position (fixture, thread), ==, -1);
}

/* What is written for a thread is there after a restart, and a deletion in one is waited for before the end. */
static void
test_end (ModelFixture  *fixture,
          gconstpointer  data)
{
  NatterChannel *thread = begin_thread (fixture, "Glue");
  g_autofree char *id = g_strdup (natter_channel_get_thread_id (thread));

  act (fixture, "USR:local_cleo", "message_new", thread, ",\"content\":\"a slip\"");
  read_thread (thread);
  wait_for (g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (thread))) == 1);
  natter_channel_join (thread, FALSE);
  wait_for (find_position (fixture, thread) == -1);
  natter_channel_delete (thread, model_message (thread, 0));
  g_assert_true (natter_session_wind_up (fixture->session));
  wait_for (!natter_session_wind_up (fixture->session));
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_delete"), ==, 1);

  natter_draft_set_text (natter_channel_get_draft (thread), "Wheat paste");
  natter_draft_set_text (natter_channel_get_edit_draft (thread, "some-id"), "no, another one");
  model_restart (fixture);
  wait_for (natter_server_lookup_channel (fixture->server, id) != NULL);
  thread = natter_server_lookup_channel (fixture->server, id);
  wait_for (natter_channel_get_has_draft (thread));
  g_assert_cmpstr (natter_draft_get_text (natter_channel_get_draft (thread)), ==, "Wheat paste");
  g_assert_cmpstr (natter_draft_get_text (natter_channel_get_edit_draft (thread, "some-id")), ==, "no, another one");
}

static void
test_history (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterChannel *thread = begin_thread (fixture, "Long");
  NatterTimeline *timeline = natter_channel_get_timeline (thread);
  const guint n_messages = NATTER_TIMELINE_PAGE + 20;

  for (guint i = 0; i < n_messages; i++)
    {
      g_autofree char *content = g_strdup_printf (",\"content\":\"line %u\"", i);

      act (fixture, "USR:local_dmitri", "message_new", thread, content);
    }
  wait_for (natter_channel_get_unread (thread) == n_messages);
  act (fixture, "USR:local_ada_k", "thread_update", thread, ",\"locked\":true");
  wait_for (natter_channel_get_locked (thread));
  read_thread (thread);
  while (!natter_timeline_get_at_start (timeline))
    {
      natter_timeline_load_older (timeline);
      wait_for (!natter_timeline_get_loading (timeline));
      g_assert_null (natter_timeline_get_error (timeline));
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, n_messages);
  g_assert_cmpstr (natter_message_get_content (model_message (thread, 0)), ==, "line 0");
}

static void
test_locked (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterChannel *thread = begin_thread (fixture, "Parking");

  g_assert_cmpint (natter_channel_get_send_block (thread), ==, NATTER_SEND_ALLOWED);
  act (fixture, "USR:local_dmitri", "message_new", thread, ",\"content\":\"Here?\"");
  wait_for (natter_channel_get_unread (thread) == 1);
  act (fixture, "USR:local_ada_k", "thread_update", thread, ",\"locked\":true");
  wait_for (natter_channel_get_locked (thread));
  g_assert_cmpint (natter_channel_get_send_block (thread), ==, NATTER_SEND_LOCKED);
  g_assert_cmpint (natter_channel_get_rights (thread) & NATTER_MAY_REACT, ==, 0);
  read_thread (thread);
  g_assert_cmpstr (model_last_text (thread), ==, "Here?");
  act (fixture, "USR:local_ada_k", "thread_update", thread, ",\"locked\":false,\"name\":\"Parking again\"");
  wait_for (!natter_channel_get_locked (thread));
  g_assert_cmpint (natter_channel_get_send_block (thread), ==, NATTER_SEND_ALLOWED);
  g_assert_cmpstr (natter_channel_get_title (thread), ==, "Parking again");
}

/* Nobody tells that a message brings a thread back. */
static void
test_archived (ModelFixture  *fixture,
               gconstpointer  data)
{
  NatterChannel *thread = begin_thread (fixture, "Old");

  natter_channel_join (thread, TRUE);
  wait_for (natter_channel_get_joined (thread));
  g_assert_cmpint (find_position (fixture, thread), >, 0);
  act (fixture, "USR:local_dmitri", "thread_update", thread, ",\"archived\":true");
  wait_for (natter_channel_get_archived (thread));
  g_assert_cmpint (find_position (fixture, thread), ==, -1);
  act (fixture, "USR:local_dmitri", "message_new", thread, ",\"content\":\"Still here\"");
  wait_for (!natter_channel_get_archived (thread));
  g_assert_cmpint (find_position (fixture, thread), >, 0);
}

static void
on_act_failed (NatterChannel *channel,
               NatterMessage *message,
               NatterAct      failed,
               GError        *error,
               gpointer       data)
{
  g_assert_cmpint (failed, ==, NATTER_ACT_THREAD);
  *(gboolean *) data = TRUE;
}

static void
test_delete (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(NatterChannel) thread = g_object_ref (begin_thread (fixture, "Gone soon"));
  gboolean refused = FALSE;

  g_signal_connect (thread, "act-failed", G_CALLBACK (on_act_failed), &refused);
  natter_channel_delete_thread (thread);
  wait_for (refused);
  g_assert_nonnull (find_thread (fixture, "Gone soon"));
  act (fixture, "USR:local_dmitri", "thread_delete", thread, "");
  wait_for (find_thread (fixture, "Gone soon") == NULL);
  g_assert_null (natter_server_lookup_channel (fixture->server, natter_channel_get_thread_id (thread)));
}

/* What was joined and is unread is known again after a break. */
static void
test_again (ModelFixture  *fixture,
            gconstpointer  data)
{
  NatterChannel *thread = begin_thread (fixture, "Bench");

  natter_channel_join (thread, TRUE);
  wait_for (natter_channel_get_joined (thread));
  act (fixture, "USR:local_dmitri", "message_new", thread, ",\"content\":\"Oak\"");
  wait_for (natter_channel_get_unread (thread) == 1);
  test_server_drop_all (fixture->test_server);
  wait_for (natter_server_get_state (fixture->server) != NATTER_CONNECTION_READY);
  act (fixture, "USR:local_dmitri", "message_new", thread, ",\"content\":\"Or ash\"");
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  wait_for (natter_channel_get_unread (thread) == 2);
  g_assert_true (find_thread (fixture, "Bench") == thread);
}

/* Where one goes next to read: also to one's threads, and where one is asked in the thread of others. */
static void
test_next_unread (ModelFixture  *fixture,
                  gconstpointer  data)
{
  NatterChannel *forum = model_channel (fixture, "help-desk");
  NatterChannel *own = begin_thread (fixture, "Bench");
  NatterChannel *other = begin_thread (fixture, "Glue");

  natter_server_mark_all_read (fixture->server);
  wait_for (natter_session_find_unread (fixture->session, NULL, 1) == NULL);
  act (fixture, "USR:local_dmitri", "message_new", other, ",\"content\":\"for nobody\"");
  wait_for (natter_channel_get_unread (other) == 1);
  g_assert_null (natter_session_find_unread (fixture->session, NULL, 1));

  natter_channel_join (own, TRUE);
  wait_for (natter_channel_get_joined (own));
  act (fixture, "USR:local_dmitri", "message_new", own, ",\"content\":\"Oak\"");
  wait_for (natter_channel_get_unread (own) == 1);
  g_assert_true (natter_session_find_unread (fixture->session, forum, 1) == own);
  natter_channel_set_muted_until (forum, NATTER_MUTED_FOREVER);
  g_assert_null (natter_session_find_unread (fixture->session, forum, 1));
  natter_channel_set_muted_until (forum, 0);

  act (fixture, "USR:local_dmitri", "message_new", other, ",\"content\":\"@USR:local_cleo which?\"");
  wait_for (natter_channel_get_mentions (forum) == 1);
  g_assert_true (natter_session_find_unread (fixture->session, forum, 1) == other);
  g_assert_true (natter_session_find_unread (fixture->session, other, 1) == own);
  g_assert_true (natter_session_find_unread (fixture->session, own, 1) == other);
  g_assert_true (natter_session_find_unread (fixture->session, own, -1) == other);
}

static void
on_called (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  char **answer = data;
  g_autoptr(GError) error = NULL;

  *answer = natter_channel_call_finish (NATTER_CHANNEL (source), result, &error);
  g_assert_no_error (error);
}

/* Old servers answer a command in the forum, where nobody would see it. */
static void
test_command (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterChannel *thread = begin_thread (fixture, "Glue");
  GListModel *commands = natter_server_get_commands (fixture->server);
  g_autofree char *answer = NULL;

  wait_for (g_list_model_get_n_items (commands) > 0);
  natter_channel_call_async (thread, "/nick Sticky", on_called, &answer);
  wait_for (answer != NULL);
  g_assert_nonnull (strstr (answer, "Sticky"));
  wait_for (g_str_equal (natter_member_get_name (natter_server_get_me (fixture->server)), "Sticky"));
}

int
main (int   argc,
      char *argv[])
{
  static const TestServerOptions newer = { .generation = TEST_SERVER_GENERATION_NEW };

  g_test_init (&argc, &argv, NULL);
  add_model_test ("/threads/create", test_create, NULL);
  add_model_test ("/threads/create-new", test_create, &newer);
  add_model_test ("/threads/create-refused", test_create_refused, NULL);
  add_model_test ("/threads/converse", test_converse, NULL);
  add_model_test ("/threads/converse-new", test_converse, &newer);
  add_model_test ("/threads/end", test_end, NULL);
  add_model_test ("/threads/history", test_history, NULL);
  add_model_test ("/threads/locked", test_locked, NULL);
  add_model_test ("/threads/archived", test_archived, NULL);
  add_model_test ("/threads/archived-new", test_archived, &newer);
  add_model_test ("/threads/delete", test_delete, NULL);
  add_model_test ("/threads/command", test_command, NULL);
  add_model_test ("/threads/again", test_again, NULL);
  add_model_test ("/threads/next-unread", test_next_unread, NULL);
  return g_test_run ();
}
