/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deletions of messages: undone, without a connection, over a restart, refused; and what deletions and changes share. */
#include "acts-fixture.h"

#include "natter-connection.h"
#include "natter-draft.h"

#include <string.h>

/* The program ends while a deletion could still be undone. */
static void
test_wind_up (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "a slip");
  guint before = test_server_count_messages (fixture->test_server, "general");

  g_assert_false (natter_session_wind_up (fixture->session));
  natter_channel_delete (channel, message);
  g_assert_true (natter_session_wind_up (fixture->session));
  wait_for (!natter_session_wind_up (fixture->session));
  g_assert_cmpuint (test_server_count_messages (fixture->test_server, "general"), ==, before - 1);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_delete"), ==, 1);
}

static void
on_gone (NatterServer  *server,
         NatterChannel *channel,
         const char    *id,
         guint         *n_gone)
{
  (*n_gone)++;
}

/* A deletion outlives the program: nobody sees the message again, and the server is told, once. */
static void
test_delete_kept (ModelFixture  *fixture,
                  gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) own = acts_write_own (channel, "it goes");
  g_autoptr(NatterMessage) after = acts_write_own (channel, "it stays");
  g_autofree char *id = g_strdup (natter_message_get_id (own));
  g_autofree char *id_after = g_strdup (natter_message_get_id (after));
  guint n_stored = test_server_count_messages (fixture->test_server, "general");
  NatterTimeline *timeline;

  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, own, "it goes, changed or not");
  natter_channel_delete (channel, own);
  g_clear_object (&own);
  g_clear_object (&after);
  g_assert_null (natter_timeline_lookup (natter_channel_get_timeline (channel), id));
  g_assert_false (natter_session_wind_up (fixture->session));

  model_restart_offline (fixture);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
  timeline = natter_channel_get_timeline (model_channel (fixture, "general"));
  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_lookup (timeline, id_after) != NULL);
  settle ();
  g_assert_null (natter_timeline_lookup (timeline, id));

  natter_server_connect (fixture->server);
  wait_for (test_server_count_messages (fixture->test_server, "general") == n_stored - 1);
  wait_for (!natter_session_wind_up (fixture->session));
  g_assert_null (natter_timeline_lookup (timeline, id));
  acts_restart (fixture, id_after);
  settle ();
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_delete"), ==, 1);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 0);
}

/* What the server does not delete after all is there again. */
static void
test_delete_kept_refused (ModelFixture  *fixture,
                          gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) own = acts_write_own (channel, "it stays");
  g_autofree char *id = g_strdup (natter_message_get_id (own));
  NatterMessage *message;

  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"delete_own\":[\"owner\"]}");
  natter_server_disconnect (fixture->server);
  natter_channel_delete (channel, own);
  g_clear_object (&own);
  message = acts_restart (fixture, id);
  g_assert_cmpstr (natter_message_get_content (message), ==, "it stays");
  acts_restart (fixture, id);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_delete"), ==, 1);
}

static void
test_delete (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "in the middle");
  g_autoptr(NatterMessage) after = acts_post (fixture, channel, "USR:local_ada_k", "after it");
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (timeline));
  guint n_stored = test_server_count_messages (fixture->test_server, "general");

  natter_channel_delete (channel, message);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, n_items - 1);
  g_assert_true (natter_channel_undo_delete (channel, message));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, n_items);
  g_assert_true (model_message (channel, n_items - 2) == message);

  natter_channel_delete (channel, message);
  natter_channel_send_deletions (channel);
  g_assert_false (natter_channel_undo_delete (channel, message));
  wait_for (test_server_count_messages (fixture->test_server, "general") == n_stored - 1);
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, n_items - 1);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_delete"), ==, 1);
}

/* The time to think it over ends by itself. */
static void
test_delete_unattended (ModelFixture  *fixture,
                        gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "gone soon");
  guint n_stored = test_server_count_messages (fixture->test_server, "general");

  natter_channel_delete (channel, message);
  wait_for (test_server_count_messages (fixture->test_server, "general") == n_stored - 1);
}

static void
test_delete_refused (ModelFixture  *fixture,
                     gconstpointer  data)
{
  ActFailures failures = { 0 };
  NatterChannel *channel = acts_open_general (fixture, &failures);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "it stays");
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (channel)));

  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"delete_own\":[\"owner\"]}");
  natter_channel_delete (channel, message);
  natter_channel_send_deletions (channel);
  wait_for (failures.n_failed == 1);
  g_assert_cmpint (failures.act, ==, NATTER_ACT_DELETE);
  g_assert_cmpint (failures.code, ==, NATTER_ERROR_PERMISSION);
  g_assert_true (model_message (channel, n_items - 1) == message);
}

/* Without a connection it waits; what the server shows again meanwhile is not shown. */
static void
test_delete_offline (ModelFixture  *fixture,
                     gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "deleted on the train");
  guint n_stored = test_server_count_messages (fixture->test_server, "general");

  natter_server_disconnect (fixture->server);
  natter_channel_delete (channel, message);
  natter_channel_send_deletions (channel);
  g_assert_null (natter_timeline_lookup (timeline, natter_message_get_id (message)));
  natter_server_connect (fixture->server);
  wait_for (test_server_count_messages (fixture->test_server, "general") == n_stored - 1);
  wait_for (natter_timeline_get_at_end (timeline) && !natter_timeline_get_loading (timeline));
  g_assert_null (natter_timeline_lookup (timeline, natter_message_get_id (message)));
}

/* A message that can be brought back hears what others do with it. */
static void
test_delete_changed (ModelFixture  *fixture,
                     gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "before");
  const char *id = natter_message_get_id (message);
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"message_edit\",\"channel\":\"general\",\"id\":\"%s\","
                                             "\"content\":\"from elsewhere\"}", id);

  natter_channel_delete (channel, message);
  model_act (fixture, "USR:local_cleo", packet);
  wait_for (g_strcmp0 (natter_message_get_content (message), "from elsewhere") == 0);
  g_assert_null (natter_timeline_lookup (timeline, id));
  g_assert_true (natter_channel_undo_delete (channel, message));
  g_assert_true (natter_timeline_lookup (timeline, id) == message);
}

/* A change that waits is in sight again with its message, also when that was seen only while it was deleted. */
static void
test_delete_undone_kept (ModelFixture  *fixture,
                         gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) own = acts_write_own (channel, "before");
  g_autofree char *id = g_strdup (natter_message_get_id (own));
  NatterMessage *message;

  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"delete_own\":[\"owner\"],\"edit_own\":[\"owner\"]}");
  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, own, "after");
  natter_channel_delete (channel, own);
  g_clear_object (&own);
  message = acts_restart (fixture, id);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
}

/* What the person has deleted is in no other list either, and notifications of it go. */
static void
test_delete_pinned (ModelFixture  *fixture,
                    gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  NatterPins *pins = natter_channel_get_pins (channel);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "the rules");
  guint n_gone = 0;

  acts_push_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"pin\":[\"user\"]}");
  wait_for (natter_message_get_may_pin (message));
  natter_channel_pin (channel, message, TRUE);
  wait_for (natter_message_get_pinned (message));
  natter_pins_load (pins);
  wait_for (!natter_pins_get_loading (pins));
  g_assert_true (acts_is_pinned (pins, message));
  g_signal_connect (fixture->server, "message-gone", G_CALLBACK (on_gone), &n_gone);

  natter_channel_delete (channel, message);
  g_assert_false (acts_is_pinned (pins, message));
  g_assert_cmpuint (n_gone, ==, 1);
  g_assert_true (natter_channel_undo_delete (channel, message));
  wait_for (acts_is_pinned (pins, message));

  natter_server_disconnect (fixture->server);
  natter_channel_delete (channel, message);
  g_assert_false (acts_is_pinned (pins, message));
}

static void
on_late (GObject      *source,
         GAsyncResult *result,
         gpointer      was_late)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_TIMEOUT);
  *(gboolean *) was_late = TRUE;
}

/* What is not answered in time is tried again, and is not there again meanwhile. */
static void
test_unanswered (ModelFixture  *fixture,
                 gconstpointer  data)
{
  const TestServerFaults silent = { .half_open = TRUE };
  const TestServerFaults none = { 0 };
  NatterConnection *connection = natter_server_get_connection (fixture->server);
  NatterConnectionLimits limits;
  ActFailures failures = { 0 };
  NatterChannel *channel = acts_open_general (fixture, &failures);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autoptr(NatterMessage) changed = acts_write_own (channel, "before");
  g_autoptr(NatterMessage) deleted = acts_write_own (channel, "it goes");
  guint n_stored = test_server_count_messages (fixture->test_server, "general");
  gboolean was_late = FALSE;

  natter_connection_get_limits (connection, &limits);
  limits.command_ms = 200;
  natter_connection_set_limits (connection, &limits);
  test_server_set_faults (fixture->test_server, &silent);
  natter_channel_edit (channel, changed, "after");
  natter_channel_delete (channel, deleted);
  natter_channel_send_deletions (channel);
  natter_connection_request_async (connection, natter_command_message_get ("general", NULL, "m1"), NULL, on_late, &was_late);
  wait_for (was_late);
  test_server_set_faults (fixture->test_server, &none);
  wait_for (test_server_count_messages (fixture->test_server, "general") == n_stored - 1);
  wait_for (natter_message_get_state (changed) == NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (changed), ==, "after");
  g_assert_null (natter_timeline_lookup (timeline, natter_message_get_id (deleted)));
  g_assert_cmpuint (failures.n_failed, ==, 0);
}

/* A server that is joined anew with the same account is told of what the entry before it was to be told of. */
static void
test_joined_again (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) changed = acts_write_own (channel, "before");
  g_autoptr(NatterMessage) deleted = acts_write_own (channel, "it goes");
  guint n_stored = test_server_count_messages (fixture->test_server, "general");
  g_autoptr(NatterServer) again = NULL;

  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, changed, "after");
  natter_channel_delete (channel, deleted);
  again = model_greet (fixture);
  fixture->done = FALSE;
  natter_session_join_with_account_async (fixture->session, again, natter_server_get_account (fixture->server), NULL,
                                          model_on_joined, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  g_set_object (&fixture->server, again);
  wait_for (test_server_count_messages (fixture->test_server, "general") == n_stored - 1);
  wait_for (test_server_count_received (fixture->test_server, "message_edit") == 1);
}

static void
on_told (NatterSession *session,
         NatterChannel *channel,
         const char    *message_id,
         NatterAct      act,
         GError        *error,
         GString       *told)
{
  g_string_append_printf (told, "%s %s %s\n", natter_channel_get_name (channel),
                          act == NATTER_ACT_EDIT ? "edit" : act == NATTER_ACT_DELETE ? "deletion" : "?", message_id);
}

/* What is refused after a reconnect is told also when nobody has opened the channel. */
static void
test_told_elsewhere (ModelFixture  *fixture,
                     gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) changed = acts_write_own (channel, "before");
  g_autoptr(NatterMessage) deleted = acts_write_own (channel, "it stays");
  g_autofree char *edit = g_strdup_printf ("general edit %s\n", natter_message_get_id (changed));
  g_autofree char *deletion = g_strdup_printf ("general deletion %s\n", natter_message_get_id (deleted));
  g_autoptr(GString) told = g_string_new (NULL);

  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"],\"delete_own\":[\"owner\"]}");
  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, changed, "after");
  natter_channel_delete (channel, deleted);
  g_clear_object (&changed);
  g_clear_object (&deleted);
  model_restart_offline (fixture);
  g_signal_connect (fixture->session, "act-failed", G_CALLBACK (on_told), told);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
  natter_server_connect (fixture->server);
  wait_for (strstr (told->str, edit) != NULL && strstr (told->str, deletion) != NULL);
  g_signal_handlers_disconnect_by_data (fixture->session, told);
  g_assert_cmpuint (told->len, ==, strlen (edit) + strlen (deletion));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/deletions/wind-up", test_wind_up, NULL);
  add_model_test ("/deletions/joined-again", test_joined_again, NULL);
  add_model_test ("/deletions/unanswered", test_unanswered, NULL);
  add_model_test ("/deletions/delete-kept", test_delete_kept, NULL);
  add_model_test ("/deletions/delete-kept-refused", test_delete_kept_refused, NULL);
  add_model_test ("/deletions/delete", test_delete, NULL);
  add_model_test ("/deletions/delete-unattended", test_delete_unattended, NULL);
  add_model_test ("/deletions/delete-refused", test_delete_refused, NULL);
  add_model_test ("/deletions/delete-offline", test_delete_offline, NULL);
  add_model_test ("/deletions/delete-changed", test_delete_changed, NULL);
  add_model_test ("/deletions/delete-undone-kept", test_delete_undone_kept, NULL);
  add_model_test ("/deletions/delete-pinned", test_delete_pinned, NULL);
  add_model_test ("/deletions/told-elsewhere", test_told_elsewhere, NULL);
  return g_test_run ();
}
