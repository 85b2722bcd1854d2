/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one sends arrives once and in order, whatever happens on the way. */
#include "model-fixture.h"

#include "natter-draft.h"
#include "natter-outbox-private.h"

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

static guint
n_pending (ModelFixture *fixture)
{
  return natter_outbox_get_n_pending (natter_server_get_outbox (fixture->server));
}

/* How many messages of a channel have that text, on the server */
static guint
count_text (ModelFixture *fixture,
            const char   *channel,
            const char   *text)
{
  guint n_messages = test_server_count_messages (fixture->test_server, channel);
  g_autofree char *part = g_strdup_printf ("\"content\": \"%s\"", text);
  guint n = 0;

  for (guint i = 0; i < n_messages; i++)
    {
      g_autofree char *message = test_server_dup_message (fixture->test_server, channel, i);

      n += strstr (message, part) != NULL;
    }
  return n;
}

static guint
count_shown (NatterTimeline *timeline,
             const char     *text)
{
  guint n = 0;

  for (guint i = 0; i < count (timeline); i++)
    n += g_str_equal (natter_message_get_content (model_message (natter_timeline_get_channel (timeline), i)), text);
  return n;
}

static void
assert_last (ModelFixture *fixture,
             const char   *channel,
             guint         back,
             const char   *text)
{
  guint n_messages = test_server_count_messages (fixture->test_server, channel);
  g_autofree char *message = test_server_dup_message (fixture->test_server, channel, n_messages - 1 - back);
  g_autofree char *part = g_strdup_printf ("\"content\": \"%s\"", text);

  if (strstr (message, part) == NULL)
    g_error ("%s is not %s", message, text);
}

/* A connection that is as good as new at once, and no waiting for what may still be in the server. */
static void
hurry (ModelFixture *fixture)
{
  NatterConnectionLimits limits;

  natter_connection_get_limits (natter_server_get_connection (fixture->server), &limits);
  limits.retry_first_ms = 1;
  limits.retry_last_ms = 5;
  natter_connection_set_limits (natter_server_get_connection (fixture->server), &limits);
  g_object_set (natter_server_get_outbox (fixture->server), "settle-time", 10, NULL);
}

static void
wait_until_back (ModelFixture *fixture)
{
  hurry (fixture);
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
}

static void
test_waits_for_connection (ModelFixture  *fixture,
                           gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  guint before = test_server_count_messages (fixture->test_server, "general");
  guint n_items = count (timeline);
  NatterMessage *messages[10];
  NatterMessage *discarded;

  natter_server_disconnect (fixture->server);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *text = g_strdup_printf ("offline %u", i);

      messages[i] = natter_channel_send (channel, text, NULL);
    }
  wait_for (count (timeline) == n_items + G_N_ELEMENTS (messages));
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_assert_true (model_message (channel, n_items + i) == messages[i]);
      g_assert_cmpint (natter_message_get_state (messages[i]), ==, NATTER_MESSAGE_PENDING);
      g_assert_true (natter_message_get_waiting (messages[i]));
    }
  g_assert_cmpuint (n_pending (fixture), ==, G_N_ELEMENTS (messages));
  discarded = natter_channel_send (channel, "better not", NULL);
  wait_for (count (timeline) == n_items + G_N_ELEMENTS (messages) + 1);
  natter_channel_discard (channel, discarded);
  g_assert_cmpuint (count (timeline), ==, n_items + G_N_ELEMENTS (messages));

  natter_server_connect (fixture->server);
  wait_for (n_pending (fixture) == 0);
  wait_for (!natter_timeline_get_loading (timeline));
  g_assert_cmpuint (test_server_count_messages (fixture->test_server, "general"), ==, before + G_N_ELEMENTS (messages));
  g_assert_cmpuint (count (timeline), ==, n_items + G_N_ELEMENTS (messages));
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *text = g_strdup_printf ("offline %u", i);

      assert_last (fixture, "general", G_N_ELEMENTS (messages) - 1 - i, text);
      g_assert_true (model_message (channel, n_items + i) == messages[i]);
      g_assert_cmpint (natter_message_get_state (messages[i]), ==, NATTER_MESSAGE_SENT);
      g_assert_false (natter_message_get_waiting (messages[i]));
    }
}

/* The server has it, but its answer was lost: it is there once. */
static void
test_answer_lost (ModelFixture  *fixture,
                  gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  const TestServerFaults slow = { .latency_ms = 60000 };
  const TestServerFaults none = { 0 };
  guint before = test_server_count_messages (fixture->test_server, "general");
  guint n_items = count (timeline);
  NatterMessage *message;

  hurry (fixture);
  test_server_set_faults (fixture->test_server, &slow);
  message = natter_channel_send (channel, "did it get through?", NULL);
  wait_for (test_server_count_messages (fixture->test_server, "general") == before + 1);
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_PENDING);
  test_server_drop_all (fixture->test_server);
  test_server_set_faults (fixture->test_server, &none);
  wait_for (natter_message_get_waiting (message));

  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  wait_for (!natter_timeline_get_loading (timeline));
  g_assert_cmpuint (count (timeline), ==, n_items + 1);
  g_assert_true (model_message (channel, n_items) == message);
  wait_for (n_pending (fixture) == 0);
  g_assert_cmpuint (test_server_count_messages (fixture->test_server, "general"), ==, before + 1);
}

/* The server never got it. That the same text was written before, here and elsewhere, proves nothing. */
static void
test_did_not_arrive (ModelFixture  *fixture,
                     gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  const TestServerFaults half_open = { .half_open = TRUE };
  const TestServerFaults none = { 0 };
  g_autofree char *elsewhere = test_server_post (fixture->test_server, "USR:local_cleo", "general", "ok");
  NatterMessage *message;

  hurry (fixture);
  message = natter_channel_send (channel, "ok", NULL);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_cmpuint (count_text (fixture, "general", "ok"), ==, 2);

  test_server_set_faults (fixture->test_server, &half_open);
  message = natter_channel_send (channel, " ok", NULL);
  wait_for (n_pending (fixture) == 1 && count_shown (timeline, " ok") == 1);
  settle ();
  test_server_drop_all (fixture->test_server);
  test_server_set_faults (fixture->test_server, &none);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  wait_for (!natter_timeline_get_loading (timeline));
  g_assert_cmpuint (count_text (fixture, "general", "ok"), ==, 3);
  g_assert_cmpuint (count_shown (timeline, "ok"), ==, 3);
}

/* The same person writes the same on another device while a message waits for the disk, on its way or for its answer. */
static void
test_same_elsewhere (ModelFixture  *fixture,
                     gconstpointer  data)
{
  NatterChannel *channel = natter_timeline_get_channel (open_channel (fixture, "general"));

  for (guint i = 1; i <= 50; i++)
    {
      NatterMessage *message = natter_channel_send (channel, "ok", NULL);
      g_autofree char *elsewhere = NULL;

      wait_for (n_pending (fixture) == 1);
      elsewhere = test_server_post (fixture->test_server, "USR:local_cleo", "general", "ok");
      wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
      g_assert_cmpuint (count_text (fixture, "general", "ok"), ==, 2 * i);
    }
}

/* The program ends between sending and the answer. */
static void
test_found_after_restart (ModelFixture  *fixture,
                          gconstpointer  data)
{
  const TestServerFaults slow = { .latency_ms = 60000 };
  const TestServerFaults none = { 0 };
  NatterTimeline *timeline = open_channel (fixture, "general");

  test_server_set_faults (fixture->test_server, &slow);
  natter_channel_send (natter_timeline_get_channel (timeline), "before the end", NULL);
  natter_channel_send (natter_timeline_get_channel (timeline), "after it", NULL);
  wait_for (count_text (fixture, "general", "before the end") == 1);
  test_server_drop_all (fixture->test_server);
  test_server_set_faults (fixture->test_server, &none);

  model_restart (fixture);
  wait_until_back (fixture);
  wait_for (n_pending (fixture) == 0 && count_text (fixture, "general", "after it") == 1);
  g_assert_cmpuint (count_text (fixture, "general", "before the end"), ==, 1);
  assert_last (fixture, "general", 0, "after it");
  assert_last (fixture, "general", 1, "before the end");
  timeline = open_channel (fixture, "general");
  wait_for (count_shown (timeline, "after it") == 1);
  g_assert_cmpuint (count_shown (timeline, "before the end"), ==, 1);
}

/* More than a page of other messages was written since. */
static void
test_found_far_back (ModelFixture  *fixture,
                     gconstpointer  data)
{
  const TestServerFaults slow = { .latency_ms = 60000 };
  const TestServerFaults none = { 0 };
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterMessage *message;

  hurry (fixture);
  test_server_set_faults (fixture->test_server, &slow);
  message = natter_channel_send (natter_timeline_get_channel (timeline), "a needle", NULL);
  wait_for (count_text (fixture, "general", "a needle") == 1);
  for (guint i = 0; i < 250; i++)
    g_free (test_server_post (fixture->test_server, "USR:local_ada_k", "general", "hay"));
  test_server_drop_all (fixture->test_server);
  test_server_set_faults (fixture->test_server, &none);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_PENDING && natter_message_get_waiting (message));
  wait_for (n_pending (fixture) == 0);
  g_assert_cmpuint (count_text (fixture, "general", "a needle"), ==, 1);
}

static void
test_pending_after_restart (ModelFixture  *fixture,
                            gconstpointer  data)
{
  const TestServerFaults refuse = { .refuse = TEST_SERVER_REFUSE_CLOSE };
  const TestServerFaults none = { 0 };
  NatterTimeline *timeline = open_channel (fixture, "general");
  guint n_items = count (timeline);
  NatterMessage *message;

  natter_server_disconnect (fixture->server);
  natter_channel_send (natter_timeline_get_channel (timeline), "kept", NULL);
  wait_for (count (timeline) == n_items + 1);
  test_server_set_faults (fixture->test_server, &refuse);

  model_restart (fixture);
  hurry (fixture);
  wait_for (n_pending (fixture) == 1);
  g_assert_cmpuint (count_text (fixture, "general", "kept"), ==, 0);
  test_server_set_faults (fixture->test_server, &none);
  natter_server_connect (fixture->server);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
  timeline = natter_channel_get_timeline (model_channel (fixture, "general"));
  g_assert_cmpuint (count_shown (timeline, "kept"), ==, 1);
  message = model_message (natter_timeline_get_channel (timeline), count (timeline) - 1);
  g_assert_true (natter_message_get_own (message));
  g_assert_cmpstr (natter_message_get_author_name (message), ==, "cleo");
  wait_for (n_pending (fixture) == 0);
  g_assert_cmpuint (count_text (fixture, "general", "kept"), ==, 1);
}

static void
refuse_writing (ModelFixture *fixture,
                gboolean      refused)
{
  g_autofree char *packet =
    g_strdup_printf ("{\"cmd\":\"channel_update\",\"current_name\":\"general\",\"updates\":{\"permissions\":"
                     "{\"view\":[\"user\"],\"send\":[\"%s\"]}}}", refused ? "owner" : "user");

  model_act (fixture, "USR:local_wren", packet);
}

/* A refusal waits for the person, also over a restart, and keeps nothing else waiting. */
static void
test_refused (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterMessage *message;
  NatterOutbox *outbox;
  guint n_items;

  refuse_writing (fixture, TRUE);
  message = natter_channel_send (natter_timeline_get_channel (timeline), "may I?", NULL);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_FAILED);
  refuse_writing (fixture, FALSE);
  message = natter_channel_send (natter_timeline_get_channel (timeline), "now I may", NULL);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);

  model_restart (fixture);
  wait_until_back (fixture);
  outbox = natter_server_get_outbox (fixture->server);
  wait_for (natter_outbox_get_n_failed (outbox) == 1);
  timeline = open_channel (fixture, "general");
  n_items = count (timeline);
  message = model_message (natter_timeline_get_channel (timeline), n_items - 1);
  g_assert_cmpstr (natter_message_get_content (message), ==, "may I?");
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_FAILED);
  g_assert_error (natter_message_get_error (message), NATTER_ERROR, NATTER_ERROR_PERMISSION);
  g_assert_cmpuint (count_text (fixture, "general", "may I?"), ==, 0);

  natter_channel_retry (natter_timeline_get_channel (timeline), message);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  g_assert_cmpuint (natter_outbox_get_n_failed (outbox), ==, 0);
  g_assert_cmpuint (count_text (fixture, "general", "may I?"), ==, 1);
  g_assert_cmpuint (count (timeline), ==, n_items);
}

static void
test_discard (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  g_autofree char *text = g_strnfill (natter_channel_get_max_length (channel) + 1, 'x');
  guint n_items = count (timeline);
  NatterMessage *message;

  message = natter_channel_send (channel, text, NULL);
  wait_for (count (timeline) == n_items + 1);
  g_assert_cmpuint (natter_outbox_get_n_failed (natter_server_get_outbox (fixture->server)), ==, 1);
  natter_channel_discard (channel, message);
  g_assert_cmpuint (count (timeline), ==, n_items);

  model_restart (fixture);
  wait_until_back (fixture);
  open_channel (fixture, "general");
  g_assert_cmpuint (natter_outbox_get_n_failed (natter_server_get_outbox (fixture->server)), ==, 0);
}

static void
test_rate_limit (ModelFixture  *fixture,
                 gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterMessage *message = NULL;

  model_control (fixture,
                 "{\"do\":\"rate_limits\",\"on\":true,\"per_minute\":600,\"burst\":3,\"cooldown\":1}");
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("fast %u", i);

      message = natter_channel_send (natter_timeline_get_channel (timeline), text, NULL);
    }
  wait_for (natter_connection_get_rate_limit_left (natter_server_get_connection (fixture->server)) > 0);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("fast %u", i);

      assert_last (fixture, "general", 4 - i, text);
    }
}

/* Two people of the same program write the same on the same server. */
static void
test_two_identities (ModelFixture  *fixture,
                     gconstpointer  data)
{
  const TestServerFaults slow = { .latency_ms = 60000 };
  const TestServerFaults none = { 0 };
  g_autoptr(NatterServer) cleo = g_object_ref (fixture->server);
  g_autoptr(NatterServer) esme = model_greet (fixture);
  NatterMessage *of_cleo, *of_esme;

  fixture->done = FALSE;
  natter_session_join_with_password_async (fixture->session, esme, "esme", "esme-pass", FALSE, TRUE, NULL,
                                           model_on_joined, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  wait_for (natter_server_lookup_channel (esme, "general") != NULL);
  g_set_object (&fixture->server, esme);
  hurry (fixture);
  g_set_object (&fixture->server, cleo);
  hurry (fixture);
  open_channel (fixture, "general");

  test_server_set_faults (fixture->test_server, &slow);
  of_cleo = natter_channel_send (natter_server_lookup_channel (cleo, "general"), "hello", NULL);
  wait_for (count_text (fixture, "general", "hello") == 1);
  test_server_drop_all (fixture->test_server);
  of_esme = natter_channel_send (natter_server_lookup_channel (esme, "general"), "hello", NULL);
  test_server_set_faults (fixture->test_server, &none);
  wait_for (natter_message_get_state (of_cleo) == NATTER_MESSAGE_SENT);
  wait_for (natter_outbox_get_n_pending (natter_server_get_outbox (esme)) == 0);
  g_assert_cmpuint (count_text (fixture, "general", "hello"), ==, 2);
  (void) of_esme;
}

/* Joining a server anew that is in the list with the same account loses nothing. */
static void
test_joined_again (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  g_autoptr(NatterServer) again = NULL;
  guint n_items = count (timeline);

  natter_server_disconnect (fixture->server);
  natter_channel_send (channel, "kept for later", NULL);
  wait_for (count (timeline) == n_items + 1);
  natter_draft_set_text (natter_channel_get_draft (channel), "half a thought");
  again = model_greet (fixture);
  fixture->done = FALSE;
  natter_session_join_with_password_async (fixture->session, again, "cleo", "cleo-pass", FALSE, TRUE, NULL,
                                           model_on_joined, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  g_set_object (&fixture->server, again);
  wait_for (count_text (fixture, "general", "kept for later") == 1 && n_pending (fixture) == 0);
  wait_for (natter_server_lookup_channel (again, "general") != NULL);
  g_assert_cmpstr (natter_draft_get_text (natter_channel_get_draft (model_channel (fixture, "general"))), ==, "half a thought");
  g_assert_cmpuint (g_list_model_get_n_items (natter_session_get_servers (fixture->session)), ==, 1);
}

/* A server that is put back has what was not sent, and sends it. */
static void
test_put_back (ModelFixture  *fixture,
               gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  guint n_items = count (timeline);

  natter_server_disconnect (fixture->server);
  natter_channel_send (natter_timeline_get_channel (timeline), "kept for later", NULL);
  wait_for (count (timeline) == n_items + 1);
  natter_session_remove_server (fixture->session, fixture->server);
  g_assert_cmpuint (n_pending (fixture), ==, 1);
  g_assert_true (natter_session_restore_server (fixture->session, fixture->server));
  wait_for (count_text (fixture, "general", "kept for later") == 1 && n_pending (fixture) == 0);
}

/* Looking for a message is not reading. */
static void
test_unread_stays (ModelFixture  *fixture,
                   gconstpointer  data)
{
  g_autofree char *read = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "old");
  NatterTimeline *timeline = open_channel (fixture, "general");
  const TestServerFaults refuse = { .refuse = TEST_SERVER_REFUSE_CLOSE };
  const TestServerFaults none = { 0 };
  guint n_items = count (timeline);
  guint n_asked;

  natter_server_disconnect (fixture->server);
  natter_channel_send (natter_timeline_get_channel (timeline), "kept", NULL);
  wait_for (count (timeline) == n_items + 1);
  test_server_set_faults (fixture->test_server, &refuse);
  model_restart (fixture);
  hurry (fixture);
  for (guint i = 0; i < 3; i++)
    g_free (test_server_post (fixture->test_server, "USR:local_ada_k", "general", "news"));
  n_asked = test_server_count_received (fixture->test_server, "unreads_get");
  test_server_set_faults (fixture->test_server, &none);
  natter_server_connect (fixture->server);
  wait_for (n_pending (fixture) == 0 && natter_server_lookup_channel (fixture->server, "general") != NULL);
  /* Servers count one's own message too, until it is seen. */
  wait_for (test_server_count_received (fixture->test_server, "unreads_get") > n_asked + 1);
  wait_for (natter_channel_get_unread (model_channel (fixture, "general")) == 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/outbox/waits-for-connection", test_waits_for_connection, NULL);
  add_model_test ("/outbox/answer-lost", test_answer_lost, NULL);
  add_model_test ("/outbox/did-not-arrive", test_did_not_arrive, NULL);
  add_model_test ("/outbox/same-elsewhere", test_same_elsewhere, NULL);
  add_model_test ("/outbox/found-after-restart", test_found_after_restart, NULL);
  add_model_test ("/outbox/found-far-back", test_found_far_back, NULL);
  add_model_test ("/outbox/pending-after-restart", test_pending_after_restart, NULL);
  add_model_test ("/outbox/refused", test_refused, NULL);
  add_model_test ("/outbox/discard", test_discard, NULL);
  add_model_test ("/outbox/rate-limit", test_rate_limit, NULL);
  add_model_test ("/outbox/two-identities", test_two_identities, NULL);
  add_model_test ("/outbox/joined-again", test_joined_again, NULL);
  add_model_test ("/outbox/put-back", test_put_back, NULL);
  add_model_test ("/outbox/unread-stays", test_unread_stays, NULL);
  return g_test_run ();
}
