/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of messages: without a connection, over a restart, refused, and when the message is gone. */
#include "acts-fixture.h"

#include "natter-draft.h"

static void
delete_on_server (ModelFixture *fixture,
                  const char   *id)
{
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"message_delete\",\"channel\":\"general\",\"id\":\"%s\"}", id);

  model_act (fixture, "USR:local_cleo", packet);
}

static void
test_edit (ModelFixture  *fixture,
           gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "teh kettle");

  natter_channel_edit (channel, message, "the kettle");
  g_assert_cmpstr (natter_message_get_content (message), ==, "the kettle");
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_PENDING);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_true (natter_message_get_edited (message));
  g_assert_cmpstr (natter_message_get_content (message), ==, "the kettle");
  settle ();
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 1);
}

/* What was written stays in sight, also when the message is loaded anew meanwhile. */
static void
test_edit_refused (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "before");

  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"]}");
  natter_channel_edit (channel, message, "after");
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_assert_error (natter_message_get_error (message), NATTER_ERROR, NATTER_ERROR_PERMISSION);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  g_assert_true (natter_timeline_lookup (timeline, natter_message_get_id (message)) == message);

  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"]}");
  natter_channel_retry (channel, message);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");

  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, message, "offline");
  g_assert_true (natter_message_get_waiting (message));
  g_assert_cmpstr (natter_message_get_content (message), ==, "offline");
  natter_channel_discard (channel, message);
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  g_assert_true (natter_timeline_lookup (timeline, natter_message_get_id (message)) == message);
}

/* Without a connection a change waits for one, and is made once. */
static void
test_edit_offline (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "before");
  NatterDraft *draft = natter_channel_get_edit_draft (channel, natter_message_get_id (message));

  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, message, "in between");
  natter_draft_set_text (draft, "after");
  natter_channel_edit (channel, message, "after");
  g_assert_true (natter_draft_get_empty (draft));
  g_assert_true (natter_message_get_waiting (message));
  natter_server_connect (fixture->server);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  settle ();
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 1);
}

/* It also outlives the program, and needs no channel to be open. */
static void
test_edit_kept (ModelFixture  *fixture,
                gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) own = acts_write_own (channel, "before");
  g_autofree char *id = g_strdup (natter_message_get_id (own));
  NatterMessage *message;

  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, own, "after");
  g_clear_object (&own);
  model_restart (fixture);
  wait_for (test_server_count_received (fixture->test_server, "message_edit") == 1);
  wait_for (!natter_session_wind_up (fixture->session));
  message = acts_restart (fixture, id);
  settle ();
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 1);
}

/* A change that the server did not take waits for the person, until it is given up. */
static void
test_edit_refused_kept (ModelFixture  *fixture,
                        gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) own = acts_write_own (channel, "before");
  g_autofree char *id = g_strdup (natter_message_get_id (own));
  NatterMessage *message;

  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"]}");
  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, own, "after");
  natter_server_connect (fixture->server);
  wait_for (natter_message_get_state (own) == NATTER_MESSAGE_FAILED);
  g_clear_object (&own);
  message = acts_restart (fixture, id);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");

  /* Whoever writes on at it and thinks better of that has the change as it was. */
  channel = model_channel (fixture, "general");
  natter_draft_set_text (natter_channel_get_edit_draft (channel, id), "after all, I would rather");
  natter_draft_clear (natter_channel_get_edit_draft (channel, id));
  message = acts_restart (fixture, id);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");

  channel = model_channel (fixture, "general");
  natter_channel_discard (channel, message);
  g_assert_cmpstr (natter_message_get_content (message), ==, "before");
  message = acts_restart (fixture, id);
  settle ();
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "before");
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 1);
}

/* Whoever begins to write anew at a change that waits, and goes elsewhere, has both: the change is made, and what is being
 * written stays. */
static void
test_edit_again (ModelFixture  *fixture,
                 gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "before");
  const char *id = natter_message_get_id (message);
  NatterDraft *draft = natter_channel_get_edit_draft (channel, id);

  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, message, "after");
  natter_draft_set_text (draft, "after all");
  natter_draft_flush (draft);
  natter_server_connect (fixture->server);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  g_assert_cmpstr (natter_draft_get_text (draft), ==, "after all");
  settle ();
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 1);

  /* Nor does the answer empty what was only opened. */
  natter_draft_clear (draft);
  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, message, "afterwards");
  natter_draft_set_text (draft, "afterwards");
  natter_server_connect (fixture->server);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_draft_get_text (draft), ==, "afterwards");
}

/* The same when the program ends. */
static void
test_edit_again_kept (ModelFixture  *fixture,
                      gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) own = acts_write_own (channel, "before");
  g_autofree char *id = g_strdup (natter_message_get_id (own));
  NatterMessage *message;

  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, own, "after");
  natter_draft_set_text (natter_channel_get_edit_draft (channel, id), "after all");
  g_clear_object (&own);
  message = acts_restart (fixture, id);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  wait_for (test_server_count_received (fixture->test_server, "message_edit") == 1);
  g_assert_cmpstr (natter_draft_get_text (natter_channel_get_edit_draft (model_channel (fixture, "general"), id)), ==,
                   "after all");
}

/* A change that waits is taken back by the person, or by writing what the server has. */
static void
test_edit_taken_back (ModelFixture  *fixture,
                      gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "before");

  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, message, "after");
  natter_channel_edit (channel, message, "before");
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "before");
  natter_server_connect (fixture->server);
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  natter_channel_react (channel, message, "👍", TRUE);
  wait_for (test_server_count_received (fixture->test_server, "message_react_add") == 1);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 0);
}

/* As above, when the message is not in sight any more: nobody but the change holds it. */
static void
test_edit_arrived_unseen (ModelFixture  *fixture,
                          gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  NatterMessage *message = acts_write_own (channel, "before");
  g_autofree char *id = g_strdup (natter_message_get_id (message));
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"message_edit\",\"channel\":\"general\",\"id\":\"%s\","
                                             "\"content\":\"after\"}", id);

  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"]}");
  natter_channel_edit (channel, message, "after");
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_object_add_weak_pointer (G_OBJECT (message), (gpointer *) &message);
  g_object_unref (message);
  model_control (fixture, "{\"do\":\"burst\",\"channel\":\"general\",\"count\":400,\"rate\":5000}");
  wait_for (natter_timeline_lookup (timeline, id) == NULL);
  g_assert_nonnull (message);
  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"]}");
  model_act (fixture, "USR:local_cleo", packet);
  wait_for (message == NULL);
}

/* A message that was deleted elsewhere can't be changed; what it was to be changed to is in the entry, before what is written
 * there. */
static void
test_edit_gone (ModelFixture  *fixture,
                gconstpointer  data)
{
  ActFailures failures = { 0 };
  NatterChannel *channel = acts_open_general (fixture, &failures);
  g_autoptr(NatterMessage) first = acts_write_own (channel, "one");
  g_autoptr(NatterMessage) second = acts_write_own (channel, "two");
  NatterDraft *draft = natter_channel_get_draft (channel);

  natter_draft_set_text (draft, "new");
  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, first, "one, and more of it");
  delete_on_server (fixture, natter_message_get_id (first));
  natter_server_connect (fixture->server);
  wait_for (failures.n_failed == 1);
  g_assert_cmpint (failures.act, ==, NATTER_ACT_EDIT);
  g_assert_cmpint (failures.code, ==, NATTER_ERROR_NOT_FOUND);
  g_assert_cmpstr (natter_draft_get_text (draft), ==, "one, and more of it\nnew");

  /* The same when that is heard of first. */
  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"]}");
  natter_draft_clear (draft);
  natter_channel_edit (channel, second, "two, and more of it");
  wait_for (natter_message_get_state (second) == NATTER_MESSAGE_FAILED);
  delete_on_server (fixture, natter_message_get_id (second));
  wait_for (g_strcmp0 (natter_draft_get_text (draft), "two, and more of it") == 0);
  g_assert_cmpuint (failures.n_failed, ==, 2);
  g_assert_cmpint (failures.code, ==, NATTER_ERROR_NOT_FOUND);
}

/* The answer alone was lost: the server says in another way that it has the change. */
static void
test_edit_arrived (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = acts_write_own (channel, "before");
  const char *id = natter_message_get_id (message);
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"message_edit\",\"channel\":\"general\",\"id\":\"%s\","
                                             "\"content\":\"after\"}", id);

  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"]}");
  natter_channel_edit (channel, message, "after");
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"]}");
  model_act (fixture, "USR:local_cleo", packet);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
}

int
main (int   argc,
      char *argv[])
{
  static const TestServerOptions newer = { .generation = TEST_SERVER_GENERATION_NEW };

  g_test_init (&argc, &argv, NULL);
  add_model_test ("/edits/edit", test_edit, NULL);
  add_model_test ("/edits/edit-new", test_edit, &newer);
  add_model_test ("/edits/edit-refused", test_edit_refused, NULL);
  add_model_test ("/edits/edit-arrived-unseen", test_edit_arrived_unseen, NULL);
  add_model_test ("/edits/edit-offline", test_edit_offline, NULL);
  add_model_test ("/edits/edit-kept", test_edit_kept, NULL);
  add_model_test ("/edits/edit-refused-kept", test_edit_refused_kept, NULL);
  add_model_test ("/edits/edit-again", test_edit_again, NULL);
  add_model_test ("/edits/edit-again-kept", test_edit_again_kept, NULL);
  add_model_test ("/edits/edit-taken-back", test_edit_taken_back, NULL);
  add_model_test ("/edits/edit-gone", test_edit_gone, NULL);
  add_model_test ("/edits/edit-arrived", test_edit_arrived, NULL);
  return g_test_run ();
}
