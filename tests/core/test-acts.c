/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one does with messages: reactions, edits, deletions, pins, and who may. */
#include "model-fixture.h"

#include "natter-draft.h"
#include "natter-pins.h"
#include "natter-reaction.h"

#include <string.h>

typedef struct
{
  guint     n_failed;
  NatterAct act;
  int       code;
} Failures;

static void
on_act_failed (NatterChannel *channel,
               NatterMessage *message,
               NatterAct      act,
               GError        *error,
               Failures      *failures)
{
  failures->n_failed++;
  failures->act = act;
  failures->code = error->code;
}

static NatterChannel *
open_general (ModelFixture *fixture,
              Failures     *failures)
{
  NatterChannel *channel = model_channel (fixture, "general");
  NatterTimeline *timeline = natter_channel_get_timeline (channel);

  natter_timeline_load_latest (timeline);
  wait_for (!natter_timeline_get_loading (timeline) && natter_timeline_get_at_end (timeline));
  if (failures != NULL)
    g_signal_connect (channel, "act-failed", G_CALLBACK (on_act_failed), failures);
  return channel;
}

/* (transfer full): somebody's message, which is in the timeline */
static NatterMessage *
post (ModelFixture  *fixture,
      NatterChannel *channel,
      const char    *user,
      const char    *text)
{
  g_autofree char *id = test_server_post (fixture->test_server, user, natter_channel_get_name (channel), text);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);

  wait_for (natter_timeline_lookup (timeline, id) != NULL);
  return g_object_ref (natter_timeline_lookup (timeline, id));
}

static NatterMessage *
write_own (NatterChannel *channel,
           const char    *text)
{
  NatterMessage *message = g_object_ref (natter_channel_send (channel, text, NULL));

  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  return message;
}

static void
set_rules (ModelFixture *fixture,
           const char   *rules)
{
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"channel_update\",\"current_name\":\"general\",\"updates\":"
                                             "{\"permissions\":%s}}", rules);

  model_act (fixture, "USR:local_wren", packet);
}

static void
push_rules (ModelFixture *fixture,
            const char   *rules)
{
  set_rules (fixture, rules);
  model_control (fixture, "{\"do\":\"push\",\"what\":\"channels\"}");
}

static void
count_notify (guint *count)
{
  (*count)++;
}

/* The program ends while a deletion could still be undone. */
static void
test_wind_up (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = write_own (channel, "a slip");
  guint before = test_server_count_messages (fixture->test_server, "general");

  g_assert_false (natter_session_wind_up (fixture->session));
  natter_channel_delete (channel, message);
  g_assert_true (natter_session_wind_up (fixture->session));
  wait_for (!natter_session_wind_up (fixture->session));
  g_assert_cmpuint (test_server_count_messages (fixture->test_server, "general"), ==, before - 1);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_delete"), ==, 1);
}

static void
test_rights (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) other = post (fixture, channel, "USR:local_ada_k", "not mine");
  g_autoptr(NatterMessage) own = write_own (channel, "mine");
  guint n_edit = 0;
  guint n_pin = 0;

  g_assert_true (natter_message_get_may_reply (own));
  g_assert_true (natter_message_get_may_react (other));
  g_assert_true (natter_message_get_may_edit (own));
  g_assert_true (natter_message_get_may_delete (own));
  g_assert_false (natter_message_get_may_edit (other));
  g_assert_false (natter_message_get_may_delete (other));
  g_assert_false (natter_message_get_may_pin (other));

  g_signal_connect_swapped (own, "notify::may-edit", G_CALLBACK (count_notify), &n_edit);
  g_signal_connect_swapped (other, "notify::may-pin", G_CALLBACK (count_notify), &n_pin);
  push_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"owner\"],\"edit_own\":[\"owner\"],\"delete_own\":[\"owner\"],"
                       "\"react\":[\"owner\"],\"pin\":[\"user\"],\"delete\":[\"user\"]}");
  wait_for (natter_message_get_may_pin (other));
  g_assert_cmpuint (n_edit, ==, 1);
  g_assert_cmpuint (n_pin, ==, 1);
  g_assert_false (natter_message_get_may_edit (own));
  g_assert_false (natter_message_get_may_delete (own));
  g_assert_true (natter_message_get_may_delete (other));
  g_assert_false (natter_message_get_may_reply (other));
  g_assert_false (natter_message_get_may_react (other));

  /* A role that one gets counts too. */
  model_act (fixture, "USR:local_wren", "{\"cmd\":\"user_roles_set\",\"user\":\"USR:local_cleo\","
                                        "\"roles\":[\"user\",\"owner\"]}");
  wait_for (natter_message_get_may_edit (own));
  g_assert_true (natter_message_get_may_react (other));
}

static guint
count_reactions (NatterMessage *message)
{
  GListModel *reactions = natter_message_get_reactions (message);

  return reactions != NULL ? g_list_model_get_n_items (reactions) : 0;
}

static NatterReaction *
get_reaction (NatterMessage *message,
              guint          position)
{
  g_autoptr(NatterReaction) reaction = g_list_model_get_item (natter_message_get_reactions (message), position);

  return reaction;
}

static char *
react_packet (NatterMessage *message,
              const char    *command,
              const char    *emoji)
{
  return g_strdup_printf ("{\"cmd\":\"%s\",\"channel\":\"general\",\"id\":\"%s\",\"emoji\":\"%s\"}", command,
                          natter_message_get_id (message), emoji);
}

static void
test_react (ModelFixture  *fixture,
            gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = post (fixture, channel, "USR:local_ada_k", "good news");
  g_autofree char *theirs = react_packet (message, "message_react_add", "🎉");
  g_autofree char *unreact = react_packet (message, "message_react_remove", "🎉");
  NatterReaction *party;
  guint n_changes = 0;

  g_assert_null (natter_message_get_reactions (message));
  model_act (fixture, "USR:local_dmitri", theirs);
  wait_for (count_reactions (message) == 1);
  party = get_reaction (message, 0);
  g_assert_cmpstr (natter_reaction_get_emoji (party), ==, "🎉");
  g_assert_false (natter_reaction_get_own (party));
  g_assert_cmpstr (natter_reaction_get_users (party)[0], ==, "USR:local_dmitri");

  /* Shown at once, and told to the server. */
  g_signal_connect_swapped (natter_message_get_reactions (message), "items-changed", G_CALLBACK (count_notify), &n_changes);
  natter_channel_react (channel, message, "🎉", TRUE);
  g_assert_true (natter_reaction_get_own (party));
  g_assert_cmpuint (natter_reaction_get_count (party), ==, 2);
  natter_channel_react (channel, message, "🎉", TRUE);
  wait_for (test_server_count_received (fixture->test_server, "message_react_add")
            + test_server_count_received (fixture->test_server, "reaction_add") == 1);
  settle ();
  g_assert_cmpuint (natter_reaction_get_count (party), ==, 2);
  g_assert_cmpuint (n_changes, ==, 0);

  model_act (fixture, "USR:local_dmitri", unreact);
  wait_for (natter_reaction_get_count (party) == 1);
  natter_channel_react (channel, message, "🎉", FALSE);
  g_assert_cmpuint (count_reactions (message), ==, 0);
  wait_for (test_server_count_received (fixture->test_server, "message_react_remove")
            + test_server_count_received (fixture->test_server, "reaction_remove") == 1);
}

static void
test_react_refused (ModelFixture  *fixture,
                    gconstpointer  data)
{
  Failures failures = { 0 };
  NatterChannel *channel = open_general (fixture, &failures);
  g_autoptr(NatterMessage) message = post (fixture, channel, "USR:local_ada_k", "no reactions here");

  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"react\":[\"owner\"]}");
  natter_channel_react (channel, message, "👍", TRUE);
  g_assert_cmpuint (count_reactions (message), ==, 1);
  wait_for (failures.n_failed == 1);
  g_assert_cmpint (failures.act, ==, NATTER_ACT_REACT);
  g_assert_cmpint (failures.code, ==, NATTER_ERROR_PERMISSION);
  g_assert_cmpuint (count_reactions (message), ==, 0);

  natter_server_disconnect (fixture->server);
  natter_channel_react (channel, message, "👍", TRUE);
  g_assert_cmpuint (failures.n_failed, ==, 2);
  g_assert_cmpint (failures.code, ==, NATTER_ERROR_DISCONNECTED);
  g_assert_cmpuint (count_reactions (message), ==, 0);
}

static void
test_edit (ModelFixture  *fixture,
           gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = write_own (channel, "teh kettle");

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
  NatterChannel *channel = open_general (fixture, NULL);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autoptr(NatterMessage) message = write_own (channel, "before");

  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"]}");
  natter_channel_edit (channel, message, "after");
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_assert_error (natter_message_get_error (message), NATTER_ERROR, NATTER_ERROR_PERMISSION);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  g_assert_true (natter_timeline_lookup (timeline, natter_message_get_id (message)) == message);

  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"]}");
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

/* (transfer none): the message of an id, as it is after the program has ended and started again, which signs nobody in */
static NatterMessage *
restart (ModelFixture *fixture,
         const char   *id)
{
  NatterTimeline *timeline;

  model_restart (fixture);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
  timeline = natter_channel_get_timeline (model_channel (fixture, "general"));
  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_lookup (timeline, id) != NULL);
  return natter_timeline_lookup (timeline, id);
}

/* Without a connection a change waits for one, and is made once. */
static void
test_edit_offline (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = write_own (channel, "before");

  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, message, "in between");
  natter_channel_edit (channel, message, "after");
  g_assert_true (natter_message_get_waiting (message));
  natter_server_connect (fixture->server);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  g_assert_true (natter_draft_get_empty (natter_channel_get_edit_draft (channel, natter_message_get_id (message))));
  settle ();
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 1);
}

/* It also outlives the program, and needs no channel to be open. */
static void
test_edit_kept (ModelFixture  *fixture,
                gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) own = write_own (channel, "before");
  g_autofree char *id = g_strdup (natter_message_get_id (own));
  NatterMessage *message;

  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, own, "after");
  g_clear_object (&own);
  model_restart (fixture);
  wait_for (test_server_count_received (fixture->test_server, "message_edit") == 1);
  wait_for (natter_draft_get_empty (natter_channel_get_edit_draft (model_channel (fixture, "general"), id)));
  message = restart (fixture, id);
  settle ();
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  g_assert_true (natter_draft_get_empty (natter_channel_get_edit_draft (model_channel (fixture, "general"), id)));
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 1);
}

/* A change that the server did not take waits for the person, until it is given up. */
static void
test_edit_refused_kept (ModelFixture  *fixture,
                        gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) own = write_own (channel, "before");
  g_autofree char *id = g_strdup (natter_message_get_id (own));
  NatterMessage *message;

  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"]}");
  natter_server_disconnect (fixture->server);
  natter_channel_edit (channel, own, "after");
  natter_server_connect (fixture->server);
  wait_for (natter_message_get_state (own) == NATTER_MESSAGE_FAILED);
  g_clear_object (&own);
  message = restart (fixture, id);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");

  /* Whoever writes on at it and thinks better of that has the change as it was. */
  channel = model_channel (fixture, "general");
  natter_draft_set_text (natter_channel_get_edit_draft (channel, id), "after all, I would rather");
  natter_channel_cancel_edit (channel, message);
  message = restart (fixture, id);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");

  channel = model_channel (fixture, "general");
  natter_channel_discard (channel, message);
  g_assert_cmpstr (natter_message_get_content (message), ==, "before");
  message = restart (fixture, id);
  settle ();
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "before");
  g_assert_true (natter_draft_get_empty (natter_channel_get_edit_draft (model_channel (fixture, "general"), id)));
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 1);
}

/* As above, when the message is not in sight any more: nobody but the change holds it. */
static void
test_edit_arrived_unseen (ModelFixture  *fixture,
                          gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  NatterMessage *message = write_own (channel, "before");
  g_autofree char *id = g_strdup (natter_message_get_id (message));
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"message_edit\",\"channel\":\"general\",\"id\":\"%s\","
                                             "\"content\":\"after\"}", id);

  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"]}");
  natter_channel_edit (channel, message, "after");
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_object_add_weak_pointer (G_OBJECT (message), (gpointer *) &message);
  g_object_unref (message);
  model_control (fixture, "{\"do\":\"burst\",\"channel\":\"general\",\"count\":400,\"rate\":5000}");
  wait_for (natter_timeline_lookup (timeline, id) == NULL);
  g_assert_nonnull (message);
  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"]}");
  model_act (fixture, "USR:local_cleo", packet);
  wait_for (natter_draft_get_empty (natter_channel_get_edit_draft (channel, id)));
  settle ();
  g_assert_null (message);
}

static void
delete_on_server (ModelFixture *fixture,
                  const char   *id)
{
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"message_delete\",\"channel\":\"general\",\"id\":\"%s\"}", id);

  model_act (fixture, "USR:local_cleo", packet);
}

/* A message that was deleted elsewhere can't be changed; what it was to be changed to is in the entry, before what is written
 * there. */
static void
test_edit_gone (ModelFixture  *fixture,
                gconstpointer  data)
{
  Failures failures = { 0 };
  NatterChannel *channel = open_general (fixture, &failures);
  g_autoptr(NatterMessage) first = write_own (channel, "one");
  g_autoptr(NatterMessage) second = write_own (channel, "two");
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
  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"]}");
  natter_draft_clear (draft);
  natter_channel_edit (channel, second, "two, and more of it");
  wait_for (natter_message_get_state (second) == NATTER_MESSAGE_FAILED);
  delete_on_server (fixture, natter_message_get_id (second));
  wait_for (g_strcmp0 (natter_draft_get_text (draft), "two, and more of it") == 0);
}

/* The answer alone was lost: the server says in another way that it has the change. */
static void
test_edit_arrived (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = write_own (channel, "before");
  const char *id = natter_message_get_id (message);
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"message_edit\",\"channel\":\"general\",\"id\":\"%s\","
                                             "\"content\":\"after\"}", id);

  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"edit_own\":[\"owner\"]}");
  natter_channel_edit (channel, message, "after");
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_assert_false (natter_draft_get_empty (natter_channel_get_edit_draft (channel, id)));
  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"]}");
  model_act (fixture, "USR:local_cleo", packet);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  g_assert_true (natter_draft_get_empty (natter_channel_get_edit_draft (channel, id)));
}

/* A deletion outlives the program: nobody sees the message again, and the server is told, once. */
static void
test_delete_kept (ModelFixture  *fixture,
                  gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) own = write_own (channel, "it goes");
  g_autoptr(NatterMessage) after = write_own (channel, "it stays");
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
  restart (fixture, id_after);
  settle ();
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_delete"), ==, 1);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_edit"), ==, 0);
}

/* What the server does not delete after all is there again. */
static void
test_delete_kept_refused (ModelFixture  *fixture,
                          gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) own = write_own (channel, "it stays");
  g_autofree char *id = g_strdup (natter_message_get_id (own));
  NatterMessage *message;

  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"delete_own\":[\"owner\"]}");
  natter_server_disconnect (fixture->server);
  natter_channel_delete (channel, own);
  g_clear_object (&own);
  message = restart (fixture, id);
  g_assert_cmpstr (natter_message_get_content (message), ==, "it stays");
  restart (fixture, id);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_delete"), ==, 1);
}

static void
test_delete (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autoptr(NatterMessage) message = write_own (channel, "in the middle");
  g_autoptr(NatterMessage) after = post (fixture, channel, "USR:local_ada_k", "after it");
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
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = write_own (channel, "gone soon");
  guint n_stored = test_server_count_messages (fixture->test_server, "general");

  natter_channel_delete (channel, message);
  wait_for (test_server_count_messages (fixture->test_server, "general") == n_stored - 1);
}

static void
test_delete_refused (ModelFixture  *fixture,
                     gconstpointer  data)
{
  Failures failures = { 0 };
  NatterChannel *channel = open_general (fixture, &failures);
  g_autoptr(NatterMessage) message = write_own (channel, "it stays");
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (channel)));

  set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"delete_own\":[\"owner\"]}");
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
  NatterChannel *channel = open_general (fixture, NULL);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autoptr(NatterMessage) message = write_own (channel, "deleted on the train");
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

static gboolean
is_in (NatterPins    *pins,
       NatterMessage *message)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pins)); i++)
    {
      g_autoptr(NatterMessage) pinned = g_list_model_get_item (G_LIST_MODEL (pins), i);

      if (pinned == message)
        return TRUE;
    }
  return FALSE;
}

static void
test_pin (ModelFixture  *fixture,
          gconstpointer  data)
{
  Failures failures = { 0 };
  NatterChannel *channel = open_general (fixture, &failures);
  g_autoptr(NatterMessage) message = post (fixture, channel, "USR:local_ada_k", "the rules");
  g_autofree char *pin = react_packet (message, "message_pin", "");
  NatterPins *pins = natter_channel_get_pins (channel);
  guint n_before;

  natter_pins_load (pins);
  wait_for (!natter_pins_get_loading (pins));
  g_assert_no_error (natter_pins_get_error (pins));
  n_before = g_list_model_get_n_items (G_LIST_MODEL (pins));

  natter_channel_pin (channel, message, TRUE);
  wait_for (failures.n_failed == 1);
  g_assert_cmpint (failures.act, ==, NATTER_ACT_PIN);
  g_assert_false (natter_message_get_pinned (message));

  model_act (fixture, "USR:local_wren", pin);
  wait_for (natter_message_get_pinned (message));
  wait_for (g_list_model_get_n_items (G_LIST_MODEL (pins)) == n_before + 1);
  g_assert_true (is_in (pins, message));

  push_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"pin\":[\"user\"]}");
  wait_for (natter_message_get_may_pin (message));
  natter_channel_pin (channel, message, FALSE);
  wait_for (!natter_message_get_pinned (message));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (pins)), ==, n_before);
  natter_channel_pin (channel, message, TRUE);
  wait_for (natter_message_get_pinned (message));
  wait_for (g_list_model_get_n_items (G_LIST_MODEL (pins)) == n_before + 1);
}

static void
reply (NatterChannel *channel,
       NatterMessage *message,
       const char    *text,
       gboolean       pings)
{
  NatterDraft *draft = natter_channel_get_draft (channel);
  NatterMessage *sent;

  natter_draft_set_text (draft, text);
  natter_draft_set_reply_to (draft, natter_message_get_id (message));
  natter_draft_set_reply_pings (draft, pings);
  sent = natter_channel_send_draft (channel);
  wait_for (natter_message_get_state (sent) == NATTER_MESSAGE_SENT);
}

static void
test_quiet_reply (ModelFixture  *fixture,
                  gconstpointer  data)
{
  NatterChannel *channel = open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = post (fixture, channel, "USR:local_ada_k", "who?");
  g_autofree char *quiet = NULL;
  g_autofree char *loud = NULL;

  reply (channel, message, "me, and no need to look up", FALSE);
  quiet = test_server_dup_last_received (fixture->test_server, "message_new");
  g_assert_nonnull (strstr (quiet, "\"ping\""));
  reply (channel, message, "me, and look up", TRUE);
  loud = test_server_dup_last_received (fixture->test_server, "message_new");
  g_assert_null (strstr (loud, "\"ping\""));
  g_assert_nonnull (strstr (loud, natter_message_get_id (message)));
}

int
main (int   argc,
      char *argv[])
{
  static const TestServerOptions newer = { .generation = TEST_SERVER_GENERATION_NEW };

  g_test_init (&argc, &argv, NULL);
  add_model_test ("/acts/wind-up", test_wind_up, NULL);
  add_model_test ("/acts/rights", test_rights, NULL);
  add_model_test ("/acts/react", test_react, NULL);
  add_model_test ("/acts/react-new", test_react, &newer);
  add_model_test ("/acts/react-refused", test_react_refused, NULL);
  add_model_test ("/acts/edit", test_edit, NULL);
  add_model_test ("/acts/edit-new", test_edit, &newer);
  add_model_test ("/acts/edit-refused", test_edit_refused, NULL);
  add_model_test ("/acts/edit-arrived-unseen", test_edit_arrived_unseen, NULL);
  add_model_test ("/acts/edit-offline", test_edit_offline, NULL);
  add_model_test ("/acts/edit-kept", test_edit_kept, NULL);
  add_model_test ("/acts/edit-refused-kept", test_edit_refused_kept, NULL);
  add_model_test ("/acts/edit-gone", test_edit_gone, NULL);
  add_model_test ("/acts/edit-arrived", test_edit_arrived, NULL);
  add_model_test ("/acts/delete-kept", test_delete_kept, NULL);
  add_model_test ("/acts/delete-kept-refused", test_delete_kept_refused, NULL);
  add_model_test ("/acts/delete", test_delete, NULL);
  add_model_test ("/acts/delete-unattended", test_delete_unattended, NULL);
  add_model_test ("/acts/delete-refused", test_delete_refused, NULL);
  add_model_test ("/acts/delete-offline", test_delete_offline, NULL);
  add_model_test ("/acts/pin", test_pin, NULL);
  add_model_test ("/acts/pin-new", test_pin, &newer);
  add_model_test ("/acts/quiet-reply", test_quiet_reply, NULL);
  return g_test_run ();
}
