/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one does with messages: reactions, pins, replies, and who may. */
#include "acts-fixture.h"

#include "natter-draft.h"
#include "natter-reaction.h"

#include <string.h>

static void
count_notify (guint *count)
{
  (*count)++;
}

static void
test_rights (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) other = acts_post (fixture, channel, "USR:local_ada_k", "not mine");
  g_autoptr(NatterMessage) own = acts_write_own (channel, "mine");
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
  acts_push_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"owner\"],\"edit_own\":[\"owner\"],\"delete_own\":[\"owner\"],"
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
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = acts_post (fixture, channel, "USR:local_ada_k", "good news");
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
  ActFailures failures = { 0 };
  NatterChannel *channel = acts_open_general (fixture, &failures);
  g_autoptr(NatterMessage) message = acts_post (fixture, channel, "USR:local_ada_k", "no reactions here");

  acts_set_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"react\":[\"owner\"]}");
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
test_pin (ModelFixture  *fixture,
          gconstpointer  data)
{
  ActFailures failures = { 0 };
  NatterChannel *channel = acts_open_general (fixture, &failures);
  g_autoptr(NatterMessage) message = acts_post (fixture, channel, "USR:local_ada_k", "the rules");
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
  g_assert_true (acts_is_pinned (pins, message));

  acts_push_rules (fixture, "{\"view\":[\"user\"],\"send\":[\"user\"],\"pin\":[\"user\"]}");
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
  NatterChannel *channel = acts_open_general (fixture, NULL);
  g_autoptr(NatterMessage) message = acts_post (fixture, channel, "USR:local_ada_k", "who?");
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
  add_model_test ("/acts/rights", test_rights, NULL);
  add_model_test ("/acts/react", test_react, NULL);
  add_model_test ("/acts/react-new", test_react, &newer);
  add_model_test ("/acts/react-refused", test_react_refused, NULL);
  add_model_test ("/acts/pin", test_pin, NULL);
  add_model_test ("/acts/pin-new", test_pin, &newer);
  add_model_test ("/acts/quiet-reply", test_quiet_reply, NULL);
  return g_test_run ();
}
