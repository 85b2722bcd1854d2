/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

static NatterMessage *
new_message (ModelFixture            *fixture,
             const NatterMessageData *data)
{
  return natter_message_new_from_data (model_channel (fixture, "general"),
                                       natter_server_intern_member (fixture->server, data->author), data);
}

static void
count_notify (guint *count)
{
  (*count)++;
}

static void
test_edit (ModelFixture  *fixture,
           gconstpointer  data)
{
  NatterMessageData wire = { .id = (char *) "m1", .author = (char *) "originChats", .content = (char *) "one",
                             .time = G_TIME_SPAN_DAY };
  NatterMessage *message = new_message (fixture, &wire);
  guint n_contents = 0;

  g_assert_cmpstr (natter_message_get_id (message), ==, "m1");
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_SENT);
  g_assert_cmpint (natter_message_get_time (message), ==, G_TIME_SPAN_DAY);
  g_assert_false (natter_message_get_own (message));
  g_assert_cmpstr (natter_message_get_author_name (message), ==, "originChats");
  g_signal_connect_swapped (message, "notify::content", G_CALLBACK (count_notify), &n_contents);
  natter_message_update (message, &wire);
  g_assert_cmpuint (n_contents, ==, 0);
  wire.content = (char *) "two";
  wire.edited = TRUE;
  natter_message_update (message, &wire);
  g_assert_cmpuint (n_contents, ==, 1);
  g_assert_true (natter_message_get_edited (message));
  g_assert_cmpstr (natter_message_get_content (message), ==, "two");
  g_assert_finalize_object (message);
}

static void
test_alias (ModelFixture  *fixture,
            gconstpointer  data)
{
  const NatterMessageData wire = { .id = (char *) "m1", .author = (char *) "USR:local_ada_k", .content = (char *) "",
                                   .alias_name = (char *) "Weather" };
  NatterMessage *message = new_message (fixture, &wire);

  g_assert_cmpstr (natter_message_get_author_name (message), ==, "Weather");
  g_assert_finalize_object (message);
}

static void
test_follows_author (ModelFixture  *fixture,
                     gconstpointer  data)
{
  const NatterMessageData wire = { .id = (char *) "m1", .author = (char *) "USR:local_dmitri", .content = (char *) "" };
  g_autoptr(NatterMessage) message = new_message (fixture, &wire);
  guint n_names = 0;

  g_signal_connect_swapped (message, "notify::author-name", G_CALLBACK (count_notify), &n_names);
  model_control (fixture, "{\"do\":\"push\",\"what\":\"nickname\",\"user\":\"USR:local_dmitri\",\"nickname\":\"Dima\"}");
  wait_for (n_names == 1);
  g_assert_cmpstr (natter_message_get_author_name (message), ==, "Dima");
}

static void
test_pending (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterMessage *message =
    natter_message_new_pending (model_channel (fixture, "general"), natter_server_get_me (fixture->server), "soon", "m0");

  g_assert_null (natter_message_get_id (message));
  g_assert_true (natter_message_get_own (message));
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_PENDING);
  g_assert_cmpstr (natter_message_get_reply_to_id (message), ==, "m0");
  g_assert_finalize_object (message);
}

/* April 2026 servers name whom a message answers, and not the text: that is found in the window. */
static void
test_reply (ModelFixture  *fixture,
            gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autofree char *id = NULL;
  NatterMessage *answer;

  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_get_at_end (timeline));
  id = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "who is there?");
  wait_for (natter_timeline_lookup (timeline, id) != NULL);
  answer = natter_channel_send (channel, "me", id);
  wait_for (natter_message_get_state (answer) == NATTER_MESSAGE_SENT);
  g_assert_cmpstr (natter_message_get_reply_to_id (answer), ==, id);
  g_assert_cmpstr (natter_message_get_reply_author_name (answer), ==, "ada_k");
  g_assert_cmpstr (natter_message_get_reply_text (answer), ==, "who is there?");
  g_assert_false (natter_message_get_continues (answer));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/message/edit", test_edit, NULL);
  add_model_test ("/message/alias", test_alias, NULL);
  add_model_test ("/message/follows-author", test_follows_author, NULL);
  add_model_test ("/message/pending", test_pending, NULL);
  add_model_test ("/message/reply", test_reply, NULL);
  return g_test_run ();
}
