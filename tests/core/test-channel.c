/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing in channels, and what they say of themselves. */
#include "model-fixture.h"

#include "natter-channel-private.h"
#include "natter-rights.h"

#include <string.h>

static NatterTimeline *
open_channel (ModelFixture *fixture,
              const char   *name)
{
  NatterTimeline *timeline = natter_channel_get_timeline (model_channel (fixture, name));

  natter_timeline_load_latest (timeline);
  wait_for (!natter_timeline_get_loading (timeline));
  return timeline;
}

static guint
count (NatterTimeline *timeline)
{
  return g_list_model_get_n_items (G_LIST_MODEL (timeline));
}

static void
test_send (ModelFixture  *fixture,
           gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  guint before = test_server_count_messages (fixture->test_server, "general");
  guint n_items = count (timeline);
  NatterMessage *messages[3];

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *text = g_strdup_printf ("  mine %u ", i);

      messages[i] = natter_channel_send (channel, text, NULL);
      g_assert_cmpint (natter_message_get_state (messages[i]), ==, NATTER_MESSAGE_PENDING);
      g_assert_true (natter_message_get_own (messages[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *text = g_strdup_printf ("mine %u", i);

      wait_for (natter_message_get_state (messages[i]) == NATTER_MESSAGE_SENT);
      g_assert_cmpstr (natter_message_get_content (messages[i]), ==, text);
      g_assert_nonnull (natter_message_get_id (messages[i]));
      g_assert_true (natter_timeline_lookup (timeline, natter_message_get_id (messages[i])) == messages[i]);
      g_assert_true (model_message (channel, n_items + i) == messages[i]);
    }
  settle ();
  g_assert_cmpuint (count (timeline), ==, n_items + G_N_ELEMENTS (messages));
  g_assert_cmpuint (test_server_count_messages (fixture->test_server, "general"), ==, before + G_N_ELEMENTS (messages));
  g_assert_true (natter_message_get_continues (messages[1]));
}

static void
test_too_long (ModelFixture  *fixture,
               gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  g_autofree char *text = g_strnfill (natter_channel_get_max_length (channel) + 1, 'x');
  guint n_items = count (timeline);
  NatterMessage *message = natter_channel_send (channel, text, NULL);

  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_FAILED);
  g_assert_error (natter_message_get_error (message), NATTER_ERROR, NATTER_ERROR_REJECTED);
  wait_for (count (timeline) == n_items + 1);
  g_assert_cmpstr (natter_message_get_content (message), ==, text);
  natter_channel_discard (channel, message);
  g_assert_cmpuint (count (timeline), ==, n_items);
}

static void
test_refused (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  guint n_items = count (timeline);
  NatterMessage *message;

  /* Nobody is told of such a change, so the refusal comes from the server. */
  model_act (fixture, "USR:local_wren",
             "{\"cmd\":\"channel_update\",\"current_name\":\"general\",\"updates\":{\"permissions\":"
             "{\"view\":[\"user\"],\"send\":[\"owner\"]}}}");
  g_assert_cmpint (natter_channel_get_send_block (channel), ==, NATTER_SEND_ALLOWED);
  message = natter_channel_send (channel, "may I?", NULL);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  g_assert_error (natter_message_get_error (message), NATTER_ERROR, NATTER_ERROR_PERMISSION);
  g_assert_cmpuint (count (timeline), ==, n_items + 1);

  model_control (fixture, "{\"do\":\"push\",\"what\":\"channels\"}");
  wait_for (natter_channel_get_send_block (channel) == NATTER_SEND_NO_RIGHT);
  g_assert_true (model_channel (fixture, "general") == channel);
}

static void
test_typing (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  GListModel *typing = natter_channel_get_typing (channel);
  g_autoptr(NatterMember) member = NULL;
  g_autofree char *id = NULL;

  model_act (fixture, "USR:local_ada_k", "{\"cmd\":\"typing\",\"channel\":\"general\"}");
  wait_for (g_list_model_get_n_items (typing) == 1);
  member = g_list_model_get_item (typing, 0);
  g_assert_cmpstr (natter_member_get_username (member), ==, "USR:local_ada_k");
  id = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "there");
  wait_for (g_list_model_get_n_items (typing) == 0);

  for (guint i = 0; i < 5; i++)
    natter_channel_typed (channel);
  wait_for (test_server_count_received (fixture->test_server, "typing") == 1);
  settle ();
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "typing"), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (typing), ==, 0);
}

static void
test_unread (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  g_autofree char *id = NULL;

  wait_for (natter_channel_get_unread (channel) == 0);
  id = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "hello @USR:local_cleo");
  wait_for (natter_channel_get_unread (channel) == 1);
  g_assert_cmpuint (natter_channel_get_mentions (channel), ==, 1);
  wait_for (natter_timeline_lookup (timeline, id) != NULL);
  natter_channel_mark_read (channel);
  g_assert_cmpuint (natter_channel_get_unread (channel), ==, 0);
  g_assert_cmpuint (natter_channel_get_mentions (channel), ==, 0);
  wait_for (test_server_count_received (fixture->test_server, "unreads_ack") == 1);
}

/* Who does not want servers to know what was read has it kept here all the same. */
static void
test_read_here (ModelFixture  *fixture,
                gconstpointer  data)
{
  NatterTimeline *timeline;
  NatterChannel *channel;
  g_autofree char *id = NULL;
  guint n_asked;

  natter_session_set_send_read_marks (fixture->session, FALSE);
  timeline = open_channel (fixture, "general");
  channel = natter_timeline_get_channel (timeline);
  wait_for (natter_channel_get_unread (channel) == 0);
  id = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "hello @USR:local_cleo");
  wait_for (natter_channel_get_unread (channel) == 1);
  wait_for (natter_timeline_lookup (timeline, id) != NULL);
  natter_channel_mark_read (channel);
  g_assert_cmpuint (natter_channel_get_unread (channel), ==, 0);
  wait_for (g_strcmp0 (natter_server_get_setting (fixture->server, "general", "read-here"), id) == 0);

  n_asked = test_server_count_received (fixture->test_server, "unreads_get");
  model_restart (fixture);
  natter_session_set_send_read_marks (fixture->session, FALSE);
  wait_for (test_server_count_received (fixture->test_server, "unreads_get") > n_asked);
  settle ();
  g_assert_cmpuint (natter_channel_get_unread (model_channel (fixture, "general")), ==, 0);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "unreads_ack"), ==, 0);
}

static char *
post_to_cleo (ModelFixture *fixture,
              const char   *text)
{
  NatterChannel *channel = model_channel (fixture, "general");
  guint unread = natter_channel_get_unread (channel);
  char *id = test_server_post (fixture->test_server, "USR:local_ada_k", "general", text);

  wait_for (natter_channel_get_unread (channel) == unread + 1);
  return id;
}

/* What is marked as read without a connection is told when there is one, and what came later stays unread. */
static void
test_read_offline (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autofree char *id = NULL;
  g_autofree char *packet = NULL;
  g_autofree char *later = NULL;

  wait_for (channel->unreads_known);
  id = post_to_cleo (fixture, "seen in a notification");
  natter_server_disconnect (fixture->server);
  natter_channel_mark_read_to (channel, id);
  g_assert_cmpuint (natter_channel_get_unread (channel), ==, 0);
  later = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "not seen");
  model_restart (fixture);
  wait_for (test_server_count_received (fixture->test_server, "unreads_ack") == 1);
  packet = test_server_dup_last_received (fixture->test_server, "unreads_ack");
  g_assert_nonnull (strstr (packet, id));
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
  wait_for (natter_channel_get_unread (model_channel (fixture, "general")) == 1);
}

/* What was read elsewhere by then is not made unread again, and the mark is not told twice. */
static void
test_read_offline_and_elsewhere (ModelFixture  *fixture,
                                 gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  guint n_asked;
  g_autofree char *id = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  wait_for (channel->unreads_known);
  id = post_to_cleo (fixture, "read elsewhere");
  natter_server_disconnect (fixture->server);
  natter_channel_mark_read_to (channel, id);
  model_act (fixture, "USR:local_cleo", "{\"cmd\":\"unreads_ack\",\"channel\":\"general\"}");
  n_asked = test_server_count_received (fixture->test_server, "unreads_get");
  natter_server_connect (fixture->server);
  wait_for (test_server_count_received (fixture->test_server, "unreads_get") > n_asked);
  first = post_to_cleo (fixture, "new");
  n_asked = test_server_count_received (fixture->test_server, "unreads_get");
  natter_server_disconnect (fixture->server);
  natter_server_connect (fixture->server);
  wait_for (test_server_count_received (fixture->test_server, "unreads_get") > n_asked);
  /* By then the server has heard all that was to be told. */
  second = post_to_cleo (fixture, "newer");
  third = post_to_cleo (fixture, "newest");
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "unreads_ack"), ==, 0);
}

/* Servers count one's own messages as unread. */
static void
test_own_is_read (ModelFixture  *fixture,
                  gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  g_autofree char *packet = NULL;
  NatterMessage *message;

  wait_for (natter_channel_get_unread (channel) == 0);
  message = natter_channel_send (channel, "mine", NULL);
  wait_for (test_server_count_received (fixture->test_server, "unreads_ack") == 1);
  packet = test_server_dup_last_received (fixture->test_server, "unreads_ack");
  g_assert_nonnull (strstr (packet, natter_message_get_id (message)));
}

static void
test_rights (void)
{
  const char * const listed[] = { "!muted", "user", NULL };
  const char * const nobody[] = { NULL };
  const char * const person[] = { "USR:local_wren", NULL };
  const char * const muted_first[] = { "muted", "user", NULL };
  const char * const muted_last[] = { "user", "muted", NULL };
  const char * const owner[] = { "owner", NULL };
  const char * const admin[] = { "user", "admin", NULL };
  const NatterChannelRights none = { FALSE };
  const NatterChannelRights no_send = { TRUE };
  const NatterChannelRights empty = { TRUE, .send = (char **) nobody };
  const NatterChannelRights list = { TRUE, .send = (char **) listed, .delete_any = (char **) listed };
  const NatterChannelRights named = { TRUE, .send = (char **) person };
  const NatterChannelRights owned = { TRUE, .react = (char **) owner, .edit_own = (char **) owner,
                                      .delete_own = (char **) owner, .pin = (char **) admin };
  const NatterRights ordinary = NATTER_MAY_REACT | NATTER_MAY_EDIT_OWN | NATTER_MAY_DELETE_OWN;

  g_assert_cmpint (natter_rights_find (&none, owner, NULL, FALSE), ==,
                   NATTER_MAY_SEND | NATTER_MAY_DELETE_ANY | NATTER_MAY_PIN | NATTER_MAY_CREATE_THREAD);
  g_assert_cmpint (natter_rights_find (&none, muted_last, NULL, FALSE), ==, ordinary);
  g_assert_cmpint (natter_rights_find (&no_send, owner, NULL, FALSE), ==, NATTER_MAY_PIN);
  g_assert_cmpint (natter_rights_find (&list, muted_first, NULL, FALSE), ==, ordinary);
  g_assert_cmpint (natter_rights_find (&list, muted_last, NULL, FALSE), ==,
                   ordinary | NATTER_MAY_SEND | NATTER_MAY_DELETE_ANY);
  g_assert_cmpint (natter_rights_find (&list, owner, NULL, FALSE), ==, NATTER_MAY_PIN);
  g_assert_cmpint (natter_rights_find (&owned, muted_last, NULL, FALSE), ==, NATTER_MAY_PIN);

  g_assert_cmpint (natter_rights_find (&no_send, muted_last, NULL, TRUE), ==,
                   ordinary | NATTER_MAY_SEND | NATTER_MAY_CREATE_THREAD);
  g_assert_cmpint (natter_rights_find (&no_send, admin, NULL, TRUE), ==,
                   ordinary | NATTER_MAY_SEND | NATTER_MAY_CREATE_THREAD | NATTER_MAY_DELETE_ANY | NATTER_MAY_PIN);
  g_assert_true (natter_rights_find (&empty, muted_last, NULL, TRUE) & NATTER_MAY_SEND);
  g_assert_false (natter_rights_find (&list, muted_last, NULL, TRUE) & NATTER_MAY_SEND);
  g_assert_true (natter_rights_find (&list, owner, NULL, TRUE) & NATTER_MAY_SEND);
  g_assert_true (natter_rights_find (&named, muted_last, "usr:local_WREN", TRUE) & NATTER_MAY_SEND);
  g_assert_false (natter_rights_find (&named, muted_last, "USR:local_ada", TRUE) & NATTER_MAY_SEND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel/rights", test_rights);
  add_model_test ("/channel/send", test_send, NULL);
  add_model_test ("/channel/too-long", test_too_long, NULL);
  add_model_test ("/channel/refused", test_refused, NULL);
  add_model_test ("/channel/typing", test_typing, NULL);
  add_model_test ("/channel/unread", test_unread, NULL);
  add_model_test ("/channel/read-here", test_read_here, NULL);
  add_model_test ("/channel/read-offline", test_read_offline, NULL);
  add_model_test ("/channel/read-offline-and-elsewhere", test_read_offline_and_elsewhere, NULL);
  add_model_test ("/channel/own-is-read", test_own_is_read, NULL);
  return g_test_run ();
}
