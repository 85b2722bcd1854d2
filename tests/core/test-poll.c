/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"

#include "natter-poll.h"

#include <string.h>

#define ADA "USR:local_ada_k"

static NatterMessage *
last (NatterChannel *channel)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (channel)));

  return n_items > 0 ? model_message (channel, n_items - 1) : NULL;
}

/* (transfer none): of a message in `general`, which is open */
static NatterPoll *
begin_poll (ModelFixture *fixture,
            const char   *user,
            const char   *extra)
{
  NatterChannel *channel = model_channel (fixture, "general");
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autofree char *packet =
    g_strdup_printf ("{\"cmd\":\"poll_create\",\"channel\":\"general\",\"question\":\"Tea?\","
                     "\"options\":[\"green\",\"black\",{\"id\":\"m\",\"text\":\"mint\",\"emoji\":\"🌿\"}]%s}", extra);
  NatterPoll *poll;

  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_get_at_end (timeline) && !natter_timeline_get_loading (timeline));
  model_act (fixture, user, packet);
  wait_for (last (channel) != NULL && natter_message_get_poll (last (channel)) != NULL);
  poll = natter_message_get_poll (last (channel));
  g_assert_cmpint (natter_poll_get_state (poll), ==, NATTER_POLL_NEW);
  g_assert_null (natter_message_get_embeds (last (channel)));
  g_assert_false (natter_message_get_may_edit (last (channel)));
  natter_poll_load (poll);
  wait_for (natter_poll_get_state (poll) != NATTER_POLL_NEW && natter_poll_get_state (poll) != NATTER_POLL_LOADING);
  return poll;
}

static NatterPollChoice *
get_choice (NatterPoll *poll,
            guint       position)
{
  g_autoptr(NatterPollChoice) choice = g_list_model_get_item (natter_poll_get_choices (poll), position);

  return choice;
}

static void
vote_as (ModelFixture *fixture,
         const char   *user,
         const char   *option)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"poll_vote\",\"message_id\":\"%s\",\"option_id\":\"%s\"}",
                                             natter_message_get_id (last (channel)), option);

  model_act (fixture, user, packet);
}

static void
test_vote (ModelFixture  *fixture,
           gconstpointer  data)
{
  NatterPoll *poll = begin_poll (fixture, ADA, "");
  NatterPollChoice *green = get_choice (poll, 0);
  NatterPollChoice *mint = get_choice (poll, 2);

  g_assert_cmpstr (natter_poll_get_question (poll), ==, "Tea?");
  g_assert_cmpstr (natter_poll_choice_get_text (mint), ==, "mint");
  g_assert_cmpstr (natter_poll_choice_get_emoji (mint), ==, "🌿");
  g_assert_false (natter_poll_get_multiple (poll));
  g_assert_false (natter_poll_get_may_end (poll));
  g_assert_cmpint (natter_poll_get_state (poll), ==, NATTER_POLL_OPEN);

  natter_poll_vote (poll, green);
  wait_for (natter_poll_choice_get_voted (green));
  g_assert_cmpuint (natter_poll_choice_get_votes (green), ==, 1);
  g_assert_cmpuint (natter_poll_get_total (poll), ==, 1);

  /* A second vote takes the place of the first. */
  natter_poll_vote (poll, mint);
  wait_for (natter_poll_choice_get_voted (mint));
  g_assert_false (natter_poll_choice_get_voted (green));
  g_assert_cmpuint (natter_poll_choice_get_votes (green), ==, 0);

  vote_as (fixture, "USR:local_dmitri", "m");
  wait_for (natter_poll_choice_get_votes (mint) == 2);
  g_assert_cmpuint (natter_poll_get_total (poll), ==, 2);
  g_assert_no_error (natter_poll_get_error (poll));
}

static void
test_several (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterPoll *poll = begin_poll (fixture, ADA, ",\"allow_multiselect\":true");

  g_assert_true (natter_poll_get_multiple (poll));
  natter_poll_vote (poll, get_choice (poll, 0));
  wait_for (natter_poll_choice_get_voted (get_choice (poll, 0)));
  natter_poll_vote (poll, get_choice (poll, 1));
  wait_for (natter_poll_choice_get_voted (get_choice (poll, 1)));
  g_assert_true (natter_poll_choice_get_voted (get_choice (poll, 0)));
  g_assert_cmpuint (natter_poll_get_total (poll), ==, 2);
}

static void
test_end (ModelFixture  *fixture,
          gconstpointer  data)
{
  NatterPoll *poll = begin_poll (fixture, "USR:local_cleo", "");

  g_assert_true (natter_poll_get_may_end (poll));
  vote_as (fixture, ADA, "0");
  wait_for (natter_poll_get_total (poll) == 1);
  natter_poll_end (poll);
  wait_for (natter_poll_get_state (poll) == NATTER_POLL_ENDED);
  natter_poll_vote (poll, get_choice (poll, 1));
  settle ();
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "poll_vote"), ==, 0);
}

static void
test_expired (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterPoll *poll = begin_poll (fixture, ADA, ",\"expires_at\":1000");

  g_assert_cmpint (natter_poll_get_state (poll), ==, NATTER_POLL_ENDED);
}

/* It is followed although its channel is not shown. */
static void
test_not_shown (ModelFixture  *fixture,
                gconstpointer  data)
{
  NatterPoll *poll = begin_poll (fixture, ADA, "");

  natter_timeline_shrink (natter_channel_get_timeline (model_channel (fixture, "general")));
  vote_as (fixture, "USR:local_dmitri", "0");
  wait_for (natter_poll_get_total (poll) == 1);
}

/* What somebody only made look like one. */
static void
test_false_poll (ModelFixture  *fixture,
                 gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  NatterPoll *poll;

  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_get_at_end (timeline));
  model_act (fixture, ADA, "{\"cmd\":\"message_new\",\"channel\":\"general\",\"content\":\"vote!\",\"embeds\":[{\"type\":\"poll\","
                           "\"poll\":{\"question\":\"?\",\"options\":[{\"id\":\"0\",\"text\":\"a\"},{\"id\":\"1\",\"text\":\"b\"}],"
                           "\"allow_multiselect\":false,\"expires_at\":null}}]}");
  wait_for (last (channel) != NULL && natter_message_get_poll (last (channel)) != NULL);
  poll = natter_message_get_poll (last (channel));
  natter_poll_load (poll);
  wait_for (natter_poll_get_state (poll) == NATTER_POLL_MISSING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/poll/vote", test_vote, NULL);
  add_model_test ("/poll/several", test_several, NULL);
  add_model_test ("/poll/end", test_end, NULL);
  add_model_test ("/poll/expired", test_expired, NULL);
  add_model_test ("/poll/not-shown", test_not_shown, NULL);
  add_model_test ("/poll/false", test_false_poll, NULL);
  return g_test_run ();
}
