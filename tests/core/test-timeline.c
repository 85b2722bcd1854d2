/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window on the history of a channel, against a server with 1,000 messages. */
#include "model-fixture.h"

#include <string.h>

#define N_MESSAGES 1000
#define N_LIVE     10000

static NatterTimeline *
open_channel (ModelFixture *fixture,
              const char   *name)
{
  NatterTimeline *timeline = natter_channel_get_timeline (model_channel (fixture, name));

  natter_timeline_load_latest (timeline);
  wait_for (!natter_timeline_get_loading (timeline));
  g_assert_no_error (natter_timeline_get_error (timeline));
  return timeline;
}

static guint
count (NatterTimeline *timeline)
{
  return g_list_model_get_n_items (G_LIST_MODEL (timeline));
}

static NatterMessage *
item (NatterTimeline *timeline,
      guint           position)
{
  return model_message (natter_timeline_get_channel (timeline), position);
}

/* Where a message is among all of the channel that the server has. */
static int
server_position (ModelFixture *fixture,
                 const char   *channel,
                 const char   *id)
{
  guint n_messages = test_server_count_messages (fixture->test_server, channel);

  for (guint i = 0; i < n_messages; i++)
    {
      g_autofree char *message = test_server_dup_message (fixture->test_server, channel, i);

      if (strstr (message, id) != NULL)
        return (int) i;
    }
  return -1;
}

/* The window is bounded, and a stretch of the history with nothing twice and nothing missing. */
static void
check_window (NatterTimeline *timeline,
              GPtrArray      *ids)
{
  guint start;

  g_assert_cmpuint (count (timeline), <=, NATTER_TIMELINE_MAX);
  g_assert_true (g_ptr_array_find_with_equal_func (ids, natter_message_get_id (item (timeline, 0)), g_str_equal, &start));
  for (guint i = 0; i < count (timeline); i++)
    g_assert_cmpstr (natter_message_get_id (item (timeline, i)), ==, ids->pdata[start + i]);
}

static GPtrArray *
dup_ids (ModelFixture *fixture,
         const char   *channel)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  guint n_messages = test_server_count_messages (fixture->test_server, channel);

  for (guint i = 0; i < n_messages; i++)
    {
      g_autofree char *message = test_server_dup_message (fixture->test_server, channel, i);
      g_autoptr(GRegex) regex = g_regex_new ("\"id\"\\s*:\\s*\"([^\"]+)\"", 0, 0, NULL);
      g_autoptr(GMatchInfo) match = NULL;

      g_assert_true (g_regex_match (regex, message, 0, &match));
      g_ptr_array_add (ids, g_match_info_fetch (match, 1));
    }
  return ids;
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  gpointer    data)
{
  GListStore *shadow = data;
  g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_added; i++)
    g_ptr_array_add (added, g_list_model_get_item (model, position + i));
  g_list_store_splice (shadow, position, n_removed, added->pdata, added->len);
  /* A view would only see what was told. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shadow)), ==, g_list_model_get_n_items (model));
}

static void
test_pages (ModelFixture  *fixture,
            gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "archive");
  g_autoptr(GPtrArray) ids = dup_ids (fixture, "archive");
  g_autoptr(GListStore) shadow = g_list_store_new (NATTER_TYPE_MESSAGE);
  guint n_pages = 0;

  on_items_changed (G_LIST_MODEL (timeline), 0, 0, count (timeline), shadow);
  g_signal_connect (timeline, "items-changed", G_CALLBACK (on_items_changed), shadow);
  g_assert_cmpuint (ids->len, >=, N_MESSAGES);
  g_assert_cmpuint (count (timeline), ==, NATTER_TIMELINE_PAGE);
  g_assert_true (natter_timeline_get_at_end (timeline));
  check_window (timeline, ids);

  for (; !natter_timeline_get_at_start (timeline); n_pages++)
    {
      g_autofree char *oldest = g_strdup (natter_message_get_id (item (timeline, 0)));

      natter_timeline_load_older (timeline);
      g_assert_true (natter_timeline_get_loading (timeline));
      wait_for (!natter_timeline_get_loading (timeline));
      g_assert_no_error (natter_timeline_get_error (timeline));
      check_window (timeline, ids);
      g_assert_nonnull (natter_timeline_lookup (timeline, oldest));
      g_assert_cmpuint (n_pages, <=, N_MESSAGES / NATTER_TIMELINE_PAGE + 2);
    }
  g_assert_cmpstr (natter_message_get_id (item (timeline, 0)), ==, ids->pdata[0]);
  g_assert_true (natter_message_get_starts_day (item (timeline, 0)));
  g_assert_false (natter_timeline_get_at_end (timeline));

  for (n_pages = 0; !natter_timeline_get_at_end (timeline); n_pages++)
    {
      natter_timeline_load_newer (timeline);
      wait_for (!natter_timeline_get_loading (timeline));
      g_assert_no_error (natter_timeline_get_error (timeline));
      check_window (timeline, ids);
      g_assert_cmpuint (n_pages, <=, N_MESSAGES / NATTER_TIMELINE_PAGE + 2);
    }
  g_assert_cmpstr (natter_message_get_id (item (timeline, count (timeline) - 1)), ==, ids->pdata[ids->len - 1]);
  g_assert_false (natter_timeline_get_at_start (timeline));
  natter_timeline_shrink (timeline);
  g_assert_cmpuint (count (timeline), ==, NATTER_TIMELINE_PAGE);
  for (guint i = 0; i < count (timeline); i++)
    {
      g_autoptr(NatterMessage) seen = g_list_model_get_item (G_LIST_MODEL (shadow), i);

      g_assert_true (seen == item (timeline, i));
    }
  g_signal_handlers_disconnect_by_data (timeline, shadow);
}

static void
test_not_at_end (ModelFixture  *fixture,
                 gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "archive");
  g_autofree char *id = NULL;

  while (natter_timeline_get_at_end (timeline))
    {
      natter_timeline_load_older (timeline);
      wait_for (!natter_timeline_get_loading (timeline));
    }
  id = test_server_post (fixture->test_server, "USR:local_wren", "archive", "you can't see this yet");
  wait_for (natter_timeline_get_new_count (timeline) == 1);
  g_assert_cmpuint (count (timeline), ==, NATTER_TIMELINE_MAX);

  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_get_at_end (timeline) && !natter_timeline_get_loading (timeline));
  g_assert_cmpuint (natter_timeline_get_new_count (timeline), ==, 0);
  g_assert_cmpstr (model_last_text (natter_timeline_get_channel (timeline)), ==, "you can't see this yet");
}

static void
test_many_arrive (ModelFixture  *fixture,
                  gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  g_autofree char *last = g_strdup_printf ("number %u.", N_LIVE - 1);

  for (guint i = 0; i < N_LIVE; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u.", i);
      g_autofree char *id = test_server_post (fixture->test_server, "USR:local_ada_k", "general", text);

      if (i % 50 == 0)
        settle ();
      g_assert_cmpuint (count (timeline), <=, NATTER_TIMELINE_MAX);
    }
  wait_for (g_strcmp0 (model_last_text (natter_timeline_get_channel (timeline)), last) == 0);
  g_assert_cmpuint (count (timeline), ==, NATTER_TIMELINE_MAX);
  for (guint i = 0; i < NATTER_TIMELINE_MAX; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u.", N_LIVE - NATTER_TIMELINE_MAX + i);

      g_assert_cmpstr (natter_message_get_content (item (timeline, i)), ==, text);
    }
  g_assert_true (natter_message_get_continues (item (timeline, 1)));
}

static void
test_edit_and_delete (ModelFixture  *fixture,
                      gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  g_autofree char *id = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "before");
  g_autofree char *edit = g_strdup_printf ("{\"cmd\":\"message_edit\",\"channel\":\"general\",\"id\":\"%s\",\"content\":\"after\"}", id);
  g_autofree char *remove = g_strdup_printf ("{\"cmd\":\"message_delete\",\"channel\":\"general\",\"id\":\"%s\"}", id);
  NatterMessage *message;
  guint n_items;

  wait_for (natter_timeline_lookup (timeline, id) != NULL);
  message = natter_timeline_lookup (timeline, id);
  n_items = count (timeline);
  g_assert_cmpstr (natter_message_get_content (message), ==, "before");
  g_assert_false (natter_message_get_edited (message));

  model_act (fixture, "USR:local_ada_k", edit);
  wait_for (natter_message_get_edited (message));
  g_assert_cmpstr (natter_message_get_content (message), ==, "after");
  g_assert_true (natter_timeline_lookup (timeline, id) == message);

  model_act (fixture, "USR:local_ada_k", remove);
  wait_for (natter_timeline_lookup (timeline, id) == NULL);
  g_assert_cmpuint (count (timeline), ==, n_items - 1);
}

static void
test_reconnect (ModelFixture  *fixture,
                gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");
  g_autofree char *old_id = test_server_post (fixture->test_server, "USR:local_wren", "general", "seen before");
  g_autofree char *gone_id = test_server_post (fixture->test_server, "USR:local_wren", "general", "gone meanwhile");
  g_autofree char *remove = g_strdup_printf ("{\"cmd\":\"message_delete\",\"channel\":\"general\",\"id\":\"%s\"}", gone_id);
  g_autofree char *new_id = NULL;
  NatterMessage *old;
  int position;

  wait_for (natter_timeline_lookup (timeline, old_id) != NULL && natter_timeline_lookup (timeline, gone_id) != NULL);
  old = natter_timeline_lookup (timeline, old_id);

  model_control (fixture, "{\"do\":\"restart\",\"down\":30}");
  wait_for (natter_server_get_state (fixture->server) != NATTER_CONNECTION_READY);
  g_assert_cmpint (natter_channel_get_send_block (natter_timeline_get_channel (timeline)), ==, NATTER_SEND_OFFLINE);
  new_id = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "written in the gap");
  model_act (fixture, "USR:local_wren", remove);
  g_assert_true (natter_timeline_lookup (timeline, old_id) == old);

  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  wait_for (natter_timeline_lookup (timeline, new_id) != NULL);
  g_assert_true (natter_timeline_lookup (timeline, old_id) == old);
  g_assert_null (natter_timeline_lookup (timeline, gone_id));
  g_assert_true (natter_timeline_get_at_end (timeline));
  position = server_position (fixture, "general", new_id);
  g_assert_cmpint (server_position (fixture, "general", old_id), <, position);
  g_assert_cmpstr (model_last_text (natter_timeline_get_channel (timeline)), ==, "written in the gap");
  g_assert_cmpint (natter_channel_get_send_block (natter_timeline_get_channel (timeline)), ==, NATTER_SEND_ALLOWED);
}

static void
lose_connection (ModelFixture *fixture)
{
  model_control (fixture, "{\"do\":\"restart\",\"down\":30}");
  wait_for (natter_server_get_state (fixture->server) != NATTER_CONNECTION_READY);
}

static void
post_many (ModelFixture *fixture,
           guint         n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("missed %u", i);

      g_free (test_server_post (fixture->test_server, "USR:local_ada_k", "general", text));
    }
}

/* What is shown is the end of what the server has: nothing twice, nothing left out, every text as it is now. */
static void
assert_is_end (ModelFixture   *fixture,
               NatterTimeline *timeline)
{
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  guint n_messages = test_server_count_messages (fixture->test_server, "general");
  guint n_items = count (timeline);

  g_assert_cmpuint (n_items, <=, n_messages);
  for (guint i = 0; i < n_items; i++)
    {
      g_autofree char *there = test_server_dup_message (fixture->test_server, "general", n_messages - n_items + i);
      NatterMessage *message = model_message (channel, i);

      g_assert_nonnull (strstr (there, natter_message_get_id (message)));
      g_assert_nonnull (strstr (there, natter_message_get_content (message)));
    }
}

static void
wait_until_filled (ModelFixture   *fixture,
                   NatterTimeline *timeline)
{
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  wait_for (!natter_timeline_get_loading (timeline));
  settle ();
  g_assert_true (natter_timeline_get_at_end (timeline));
}

static void
edit_and_delete_one (ModelFixture   *fixture,
                     NatterTimeline *timeline,
                     guint           deleted,
                     guint           edited)
{
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  g_autofree char *remove =
    g_strdup_printf ("{\"cmd\":\"message_delete\",\"channel\":\"general\",\"id\":\"%s\"}",
                     natter_message_get_id (model_message (channel, deleted)));
  g_autofree char *edit =
    g_strdup_printf ("{\"cmd\":\"message_edit\",\"channel\":\"general\",\"id\":\"%s\",\"content\":\"other words\"}",
                     natter_message_get_id (model_message (channel, edited)));

  model_act (fixture, "USR:local_ada_k", edit);
  model_act (fixture, "USR:local_ada_k", remove);
}

/* More than a page was missed, and what is held from before has changed too. */
static void
test_long_gap (ModelFixture  *fixture,
               gconstpointer  data)
{
  NatterTimeline *timeline;
  g_autoptr(NatterMessage) kept = NULL;
  g_autoptr(NatterMessage) edited = NULL;
  const guint n_missed = 70;
  guint n_items;

  post_many (fixture, 60);
  timeline = open_channel (fixture, "general");
  n_items = count (timeline);
  kept = g_object_ref (model_message (natter_timeline_get_channel (timeline), 5));
  edited = g_object_ref (model_message (natter_timeline_get_channel (timeline), 3));
  lose_connection (fixture);
  edit_and_delete_one (fixture, timeline, 2, 3);
  post_many (fixture, n_missed);
  wait_until_filled (fixture, timeline);
  assert_is_end (fixture, timeline);
  g_assert_cmpuint (count (timeline), ==, n_items - 1 + n_missed);
  g_assert_true (model_message (natter_timeline_get_channel (timeline), 4) == kept);
  g_assert_cmpstr (natter_message_get_content (edited), ==, "other words");
  g_assert_true (natter_message_get_edited (edited));
}

/* More than a page of news arrives before the first page does. */
static void
test_arrive_before_page (ModelFixture  *fixture,
                         gconstpointer  data)
{
  NatterTimeline *timeline = natter_channel_get_timeline (model_channel (fixture, "general"));

  post_many (fixture, 60);
  natter_timeline_load_latest (timeline);
  wait_until_filled (fixture, timeline);
  g_assert_cmpuint (count (timeline), ==, NATTER_TIMELINE_PAGE);
  assert_is_end (fixture, timeline);
}

/* The message with which the window begins is gone. */
static void
test_first_deleted (ModelFixture  *fixture,
                    gconstpointer  data)
{
  NatterTimeline *timeline;

  post_many (fixture, 60);
  timeline = open_channel (fixture, "general");
  lose_connection (fixture);
  edit_and_delete_one (fixture, timeline, 0, 1);
  wait_until_filled (fixture, timeline);
  assert_is_end (fixture, timeline);
  g_assert_cmpstr (natter_message_get_content (model_message (natter_timeline_get_channel (timeline), 0)), ==,
                   "other words");
  natter_timeline_load_older (timeline);
  wait_for (!natter_timeline_get_loading (timeline));
  assert_is_end (fixture, timeline);
}

/* More was missed than is ever held. */
static void
test_gap_beyond_window (ModelFixture  *fixture,
                        gconstpointer  data)
{
  NatterTimeline *timeline;
  guint n_items;

  post_many (fixture, 60);
  timeline = open_channel (fixture, "general");
  lose_connection (fixture);
  post_many (fixture, 400);
  wait_until_filled (fixture, timeline);
  assert_is_end (fixture, timeline);
  n_items = count (timeline);
  g_assert_cmpuint (n_items, ==, NATTER_TIMELINE_MAX);
  g_assert_false (natter_timeline_get_at_start (timeline));
  g_assert_cmpstr (model_last_text (natter_timeline_get_channel (timeline)), ==, "missed 399");
}

/* The connection is lost again while the gap is being filled, and news arrive meanwhile. */
static void
test_lost_while_filling (ModelFixture  *fixture,
                         gconstpointer  data)
{
  const TestServerFaults slow = { .latency_ms = 50 };
  const TestServerFaults none = { 0 };
  NatterTimeline *timeline;
  guint n_asked;

  post_many (fixture, 60);
  timeline = open_channel (fixture, "general");
  lose_connection (fixture);
  post_many (fixture, 120);
  n_asked = test_server_count_received (fixture->test_server, "messages_get");
  test_server_set_faults (fixture->test_server, &slow);
  wait_for (test_server_count_received (fixture->test_server, "messages_get") > n_asked);
  test_server_drop_all (fixture->test_server);
  wait_for (natter_server_get_state (fixture->server) != NATTER_CONNECTION_READY);
  g_assert_true (natter_timeline_get_at_end (timeline));
  n_asked = test_server_count_received (fixture->test_server, "messages_get");
  wait_for (test_server_count_received (fixture->test_server, "messages_get") > n_asked);
  post_many (fixture, 5);
  edit_and_delete_one (fixture, timeline, 7, 8);
  test_server_set_faults (fixture->test_server, &none);
  wait_until_filled (fixture, timeline);
  wait_for (g_strcmp0 (model_last_text (natter_timeline_get_channel (timeline)), "missed 4") == 0);
  assert_is_end (fixture, timeline);
}

/* Who reads further up stays there, and is told of nothing but can go on. */
static void
test_reader_stays (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterTimeline *timeline;
  g_autoptr(NatterMessage) first = NULL;

  post_many (fixture, 400);
  timeline = open_channel (fixture, "general");
  for (guint i = 0; i < 4; i++)
    {
      natter_timeline_load_older (timeline);
      wait_for (!natter_timeline_get_loading (timeline));
    }
  g_assert_false (natter_timeline_get_at_end (timeline));
  first = g_object_ref (model_message (natter_timeline_get_channel (timeline), 0));
  lose_connection (fixture);
  post_many (fixture, 10);
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  wait_for (natter_server_get_me (fixture->server) != NULL);
  settle ();
  g_assert_true (model_message (natter_timeline_get_channel (timeline), 0) == first);
  while (!natter_timeline_get_at_end (timeline))
    {
      natter_timeline_load_newer (timeline);
      wait_for (!natter_timeline_get_loading (timeline));
    }
  assert_is_end (fixture, timeline);
}

/* A channel that is not shown. */
static void
test_unread_after_gap (ModelFixture  *fixture,
                       gconstpointer  data)
{
  NatterTimeline *timeline = open_channel (fixture, "general");

  natter_timeline_shrink (timeline);
  wait_for (natter_channel_get_unread (model_channel (fixture, "general")) == 0);
  lose_connection (fixture);
  post_many (fixture, 7);
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  wait_for (natter_channel_get_unread (model_channel (fixture, "general")) == 7);
  natter_timeline_load_latest (timeline);
  wait_until_filled (fixture, timeline);
  assert_is_end (fixture, timeline);
}

int
main (int   argc,
      char *argv[])
{
  static const TestServerOptions archive = { .messages = N_MESSAGES };
  static const TestServerOptions new_server = { .generation = TEST_SERVER_GENERATION_NEW };
  static const TestServerOptions new_archive = { .messages = N_MESSAGES, .generation = TEST_SERVER_GENERATION_NEW };

  g_test_init (&argc, &argv, NULL);
  add_model_test ("/timeline/pages", test_pages, &archive);
  add_model_test ("/timeline/pages-of-newer-servers", test_pages, &new_archive);
  add_model_test ("/timeline/not-at-end", test_not_at_end, &archive);
  add_model_test ("/timeline/many-arrive", test_many_arrive, NULL);
  add_model_test ("/timeline/edit-and-delete", test_edit_and_delete, NULL);
  add_model_test ("/timeline/reconnect", test_reconnect, NULL);
  add_model_test ("/timeline/arrive-before-page", test_arrive_before_page, NULL);
  add_model_test ("/timeline/long-gap", test_long_gap, NULL);
  add_model_test ("/timeline/long-gap-of-newer-servers", test_long_gap, &new_server);
  add_model_test ("/timeline/first-deleted", test_first_deleted, NULL);
  add_model_test ("/timeline/gap-beyond-window", test_gap_beyond_window, NULL);
  add_model_test ("/timeline/lost-while-filling", test_lost_while_filling, NULL);
  add_model_test ("/timeline/reader-stays", test_reader_stays, NULL);
  add_model_test ("/timeline/unread-after-gap", test_unread_after_gap, NULL);
  return g_test_run ();
}
