/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ways through the history: to any message, to what a reply answers, to what is new. */
#include "model-fixture.h"

#include "natter-message.h"

#include <string.h>

#define N_ARCHIVED 400

typedef struct
{
  gboolean  done;
  gboolean  found;
  char     *id;
  GError   *error;
} Jump;

static void
on_around (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Jump *jump = data;

  jump->found = natter_timeline_load_around_finish (NATTER_TIMELINE (source), result, &jump->error);
  jump->done = TRUE;
}

static gboolean
jump_to (NatterTimeline *timeline,
         const char     *id,
         GError        **error)
{
  Jump jump = { 0 };

  natter_timeline_load_around_async (timeline, id, on_around, &jump);
  wait_for (jump.done);
  if (jump.error != NULL)
    g_propagate_error (error, jump.error);
  return jump.found;
}

static NatterTimeline *
open_timeline (ModelFixture *fixture,
               const char   *name)
{
  NatterChannel *channel = model_channel (fixture, name);
  NatterTimeline *timeline = natter_channel_get_timeline (channel);

  natter_channel_open (channel);
  natter_timeline_load_latest (timeline);
  wait_for (!natter_timeline_get_loading (timeline) && natter_timeline_get_at_end (timeline));
  return timeline;
}

/* (transfer full): a text member of a stored message */
static char *
dup_member (ModelFixture *fixture,
            const char   *channel,
            guint         position,
            const char   *name)
{
  g_autofree char *text = test_server_dup_message (fixture->test_server, channel, position);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", name);
  const char *start = strstr (text, quoted);

  g_assert_nonnull (start);
  start = strchr (strchr (start, ':'), '"') + 1;
  return g_strndup (start, strchr (start, '"') - start);
}

static char *
dup_id (ModelFixture *fixture,
        const char   *channel,
        guint         position)
{
  return dup_member (fixture, channel, position, "id");
}

static guint
count (NatterTimeline *timeline)
{
  return g_list_model_get_n_items (G_LIST_MODEL (timeline));
}

static void
test_around (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterTimeline *timeline = open_timeline (fixture, "archive");
  g_autofree char *id = dup_id (fixture, "archive", 100);
  g_autoptr(GError) error = NULL;
  NatterMessage *message;

  g_assert_null (natter_timeline_lookup (timeline, id));
  g_assert_true (jump_to (timeline, id, &error));
  g_assert_no_error (error);
  message = natter_timeline_lookup (timeline, id);
  g_assert_nonnull (message);
  g_assert_false (natter_timeline_get_at_end (timeline));
  g_assert_false (natter_timeline_get_at_start (timeline));
  g_assert_cmpuint (count (timeline), <=, NATTER_TIMELINE_MAX);

  /* Both ways on from there, and back to the end. */
  natter_timeline_load_older (timeline);
  wait_for (!natter_timeline_get_loading (timeline));
  natter_timeline_load_newer (timeline);
  wait_for (!natter_timeline_get_loading (timeline));
  g_assert_true (natter_timeline_lookup (timeline, id) == message);
  for (guint i = 1; i < count (timeline); i++)
    g_assert_cmpint (natter_message_get_time (model_message (natter_timeline_get_channel (timeline), i)), >=,
                     natter_message_get_time (model_message (natter_timeline_get_channel (timeline), i - 1)));
  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_get_at_end (timeline));

  /* What is held needs no question. */
  g_clear_pointer (&id, g_free);
  id = dup_id (fixture, "archive", N_ARCHIVED - 1);
  g_assert_true (jump_to (timeline, id, &error));
  g_assert_true (natter_timeline_get_at_end (timeline));
}

/* Servers leave the newest message out, even when it is asked for. */
static void
test_around_newest (ModelFixture  *fixture,
                    gconstpointer  data)
{
  NatterTimeline *timeline = natter_channel_get_timeline (model_channel (fixture, "archive"));
  g_autofree char *id = dup_id (fixture, "archive", N_ARCHIVED - 1);
  g_autoptr(GError) error = NULL;

  g_assert_true (jump_to (timeline, id, &error));
  g_assert_no_error (error);
  g_assert_nonnull (natter_timeline_lookup (timeline, id));
}

static void
test_around_first (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterTimeline *timeline = open_timeline (fixture, "archive");
  g_autofree char *id = dup_id (fixture, "archive", 0);
  g_autoptr(GError) error = NULL;

  g_assert_true (jump_to (timeline, id, &error));
  g_assert_true (natter_timeline_get_at_start (timeline));
  g_assert_cmpstr (natter_message_get_id (model_message (natter_timeline_get_channel (timeline), 0)), ==, id);
}

static void
test_around_gone (ModelFixture  *fixture,
                  gconstpointer  data)
{
  NatterTimeline *timeline = open_timeline (fixture, "archive");
  guint n_items = count (timeline);
  g_autoptr(GError) error = NULL;

  g_assert_false (jump_to (timeline, "no-such-id", &error));
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND);
  g_assert_cmpuint (count (timeline), ==, n_items);
  g_assert_true (natter_timeline_get_at_end (timeline));
  g_clear_error (&error);

  natter_server_disconnect (fixture->server);
  g_assert_false (jump_to (timeline, "no-such-id", &error));
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED);
}

static void
test_original (ModelFixture  *fixture,
               gconstpointer  data)
{
  NatterTimeline *timeline = open_timeline (fixture, "archive");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  g_autofree char *id = dup_id (fixture, "archive", 10);
  g_autofree char *author = dup_member (fixture, "archive", 10, "user");
  NatterMessage *reply = natter_channel_send (channel, "I remember that one", id);
  NatterMessage *orphan;

  wait_for (natter_message_get_state (reply) == NATTER_MESSAGE_SENT);
  g_assert_null (natter_message_get_reply_text (reply));
  natter_channel_fetch_original (channel, reply);
  natter_channel_fetch_original (channel, reply);
  wait_for (natter_message_get_reply_text (reply) != NULL);
  g_assert_nonnull (natter_message_get_reply_author_name (reply));
  g_assert_false (natter_message_get_reply_gone (reply));
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_get"), ==, 1);

  /* A second reply to it needs no question, and a deleted original is told as such. */
  orphan = natter_channel_send (channel, "so do I", id);
  wait_for (natter_message_get_state (orphan) == NATTER_MESSAGE_SENT);
  g_assert_nonnull (natter_message_get_reply_text (orphan));
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "message_get"), ==, 1);
  {
    g_autofree char *packet =
      g_strdup_printf ("{\"cmd\":\"message_delete\",\"channel\":\"archive\",\"id\":\"%s\"}", id);

    model_act (fixture, author, packet);
  }
  wait_for (natter_message_get_reply_gone (reply));
  g_assert_true (natter_message_get_reply_gone (orphan));
}

static NatterMessage *
find_line (NatterTimeline *timeline)
{
  NatterMessage *found = NULL;

  for (guint i = 0; i < count (timeline); i++)
    {
      NatterMessage *message = model_message (natter_timeline_get_channel (timeline), i);

      if (!natter_message_get_starts_new (message))
        continue;
      g_assert_null (found);
      found = message;
    }
  return found;
}

static void
test_new_line (ModelFixture  *fixture,
               gconstpointer  data)
{
  NatterTimeline *timeline = open_timeline (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  natter_channel_mark_read (channel);
  wait_for (natter_channel_get_unread (channel) == 0);
  natter_channel_open (channel);
  g_assert_null (find_line (timeline));

  /* While it is open, nothing moves. */
  first = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "first");
  second = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "second");
  wait_for (natter_timeline_lookup (timeline, second) != NULL);
  g_assert_null (find_line (timeline));

  natter_channel_open (channel);
  g_assert_nonnull (find_line (timeline));
  g_assert_cmpstr (natter_message_get_id (find_line (timeline)), ==, first);
  natter_channel_mark_read (channel);
  g_assert_cmpstr (natter_message_get_id (find_line (timeline)), ==, first);
  natter_channel_open (channel);
  g_assert_null (find_line (timeline));
}

/* The line is found as well when the messages come only after the channel was opened. */
static void
test_new_line_loaded (ModelFixture  *fixture,
                      gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "random");
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autofree char *first = NULL;

  model_act (fixture, "USR:local_cleo", "{\"cmd\":\"unreads_ack\",\"channel\":\"random\"}");
  first = test_server_post (fixture->test_server, "USR:local_ada_k", "random", "first");
  g_free (test_server_post (fixture->test_server, "USR:local_ada_k", "random", "second"));
  wait_for (natter_channel_get_unread (channel) == 2);
  natter_channel_open (channel);
  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_get_at_end (timeline));
  g_assert_nonnull (find_line (timeline));
  g_assert_cmpstr (natter_message_get_id (find_line (timeline)), ==, first);
}

static void
test_mark_unread (ModelFixture  *fixture,
                  gconstpointer  data)
{
  NatterTimeline *timeline = open_timeline (fixture, "general");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  g_autofree char *before = NULL;
  g_autofree char *from = NULL;
  g_autofree char *last = NULL;
  g_autofree char *sent = NULL;

  before = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "before");
  from = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "from here");
  last = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "last");
  wait_for (natter_timeline_lookup (timeline, last) != NULL);
  natter_channel_mark_read (channel);
  g_assert_cmpuint (natter_channel_get_unread (channel), ==, 0);

  natter_channel_mark_unread_from (channel, natter_timeline_lookup (timeline, from));
  g_assert_cmpuint (natter_channel_get_unread (channel), ==, 2);
  g_assert_cmpstr (natter_message_get_id (find_line (timeline)), ==, from);
  natter_channel_mark_read (channel);
  g_assert_cmpuint (natter_channel_get_unread (channel), ==, 2);
  wait_for ((g_free (g_steal_pointer (&sent)),
             sent = test_server_dup_last_received (fixture->test_server, "unreads_ack"),
             sent != NULL && strstr (sent, before) != NULL));

  natter_channel_open (channel);
  natter_channel_mark_read (channel);
  g_assert_cmpuint (natter_channel_get_unread (channel), ==, 0);
}

/* The message before it is not in the window. */
static void
test_mark_unread_at_edge (ModelFixture  *fixture,
                          gconstpointer  data)
{
  NatterTimeline *timeline = open_timeline (fixture, "archive");
  NatterChannel *channel = natter_timeline_get_channel (timeline);
  g_autofree char *before = dup_id (fixture, "archive", N_ARCHIVED - NATTER_TIMELINE_PAGE - 1);
  g_autofree char *sent = NULL;

  g_assert_null (natter_timeline_lookup (timeline, before));
  natter_channel_mark_unread_from (channel, model_message (channel, 0));
  wait_for (test_server_count_received (fixture->test_server, "unreads_ack") > 0);
  sent = test_server_dup_last_received (fixture->test_server, "unreads_ack");
  g_assert_nonnull (strstr (sent, before));
}

static void
test_link (ModelFixture  *fixture,
           gconstpointer  data)
{
  const TestServerOptions *options = data;
  NatterTimeline *timeline = open_timeline (fixture, "archive");
  NatterMessage *message = model_message (natter_timeline_get_channel (timeline), 0);
  g_autofree char *link = natter_message_dup_link (message);
  g_autoptr(NatterAddress) address = natter_address_parse (link, NULL);

  g_assert_nonnull (address);
  g_assert_cmpstr (natter_address_get_channel (address), ==, "archive");
  g_assert_cmpuint (natter_address_get_port (address), ==, test_server_get_port (fixture->test_server));
  if (options->generation == TEST_SERVER_GENERATION_NEW)
    g_assert_cmpstr (natter_address_get_message (address), ==, natter_message_get_id (message));
  else
    g_assert_true (g_str_has_prefix (link, "originChats://127.0.0.1:"));
}

static void
on_time (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Jump *jump = data;
  g_autofree char *id = natter_timeline_load_time_finish (NATTER_TIMELINE (source), result, &jump->error);

  g_assert_true (id == NULL || natter_timeline_lookup (NATTER_TIMELINE (source), id) != NULL);
  jump->id = g_steal_pointer (&id);
  jump->done = TRUE;
}

/* (transfer full) (nullable): id of the message */
static char *
jump_to_time (NatterTimeline *timeline,
              gint64          time,
              GError        **error)
{
  Jump jump = { 0 };

  natter_timeline_load_time_async (timeline, time, on_time, &jump);
  wait_for (jump.done);
  if (jump.error != NULL)
    g_propagate_error (error, jump.error);
  return jump.id;
}

static gint64
time_of (NatterTimeline *timeline,
         const char     *id)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (jump_to (timeline, id, &error));
  g_assert_no_error (error);
  return natter_message_get_time (natter_timeline_lookup (timeline, id));
}

/* The first message of a time is found wherever it is, and nothing is passed over. */
static void
test_time (ModelFixture  *fixture,
           gconstpointer  data)
{
  const guint positions[] = { 0, 1, 99, 100, 101, 200, 222, 299, 300, 301, 349, N_ARCHIVED - 1 };
  NatterTimeline *timeline = open_timeline (fixture, "archive");

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autofree char *id = dup_id (fixture, "archive", positions[i]);
      gint64 time = time_of (timeline, id);
      g_autofree char *found = NULL;
      g_autoptr(GError) error = NULL;

      natter_timeline_load_latest (timeline);
      wait_for (natter_timeline_get_at_end (timeline) && !natter_timeline_get_loading (timeline));
      found = jump_to_time (timeline, time, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (found, ==, id);
      g_clear_pointer (&found, g_free);
      if (positions[i] == 0)
        continue;
      found = jump_to_time (timeline, time - 1, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (found, ==, id);
    }
}

static void
test_time_beyond (ModelFixture  *fixture,
                  gconstpointer  data)
{
  NatterTimeline *timeline = open_timeline (fixture, "archive");
  g_autofree char *first = dup_id (fixture, "archive", 0);
  g_autofree char *found = NULL;
  g_autoptr(GError) error = NULL;

  found = jump_to_time (timeline, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, first);
  g_assert_true (natter_timeline_get_at_start (timeline));

  g_clear_pointer (&found, g_free);
  found = jump_to_time (timeline, g_get_real_time () + G_TIME_SPAN_DAY, &error);
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND);
  g_assert_null (found);
  g_assert_false (natter_timeline_get_loading (timeline));
  g_assert_nonnull (natter_timeline_lookup (timeline, first));
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_assert_true (natter_cache_clear_finish (NATTER_CACHE (source), result, NULL));
  *(gboolean *) data = TRUE;
}

/* What came before is kept by then. */
static void
wait_for_cache (ModelFixture *fixture)
{
  gboolean done = FALSE;

  natter_cache_clear_async (natter_session_get_cache (fixture->session), "nobody", NULL, NULL, on_cleared, &done);
  wait_for (done);
}

/* Without a connection, what is kept leads there. */
static void
test_time_offline (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterTimeline *timeline = open_timeline (fixture, "archive");
  g_autofree char *id = dup_id (fixture, "archive", 100);
  gint64 time = time_of (timeline, id);
  g_autofree char *found = NULL;
  g_autoptr(GError) error = NULL;

  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_get_at_end (timeline) && !natter_timeline_get_loading (timeline));
  wait_for_cache (fixture);
  natter_server_disconnect (fixture->server);
  found = jump_to_time (timeline, time, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, id);

  g_clear_pointer (&found, g_free);
  found = jump_to_time (timeline, g_get_real_time () + G_TIME_SPAN_DAY, &error);
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED);
}

/* Servers that can count are not asked for all that is between. */
static void
test_time_cheap (ModelFixture  *fixture,
                 gconstpointer  data)
{
  NatterTimeline *timeline = open_timeline (fixture, "archive");
  guint n_before = test_server_count_received (fixture->test_server, "messages_get");
  g_autofree char *found = NULL;
  g_autoptr(GError) error = NULL;

  found = jump_to_time (timeline, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "messages_get") - n_before, <, 20);
}

#define add_both(name, function) \
  add_model_test ("/jump/" name, function, &old); \
  add_model_test ("/jump/" name "-new", function, &newer)

int
main (int   argc,
      char *argv[])
{
  static const TestServerOptions old = { .messages = N_ARCHIVED };
  static const TestServerOptions newer = { .generation = TEST_SERVER_GENERATION_NEW, .messages = N_ARCHIVED };
  static const TestServerOptions many = { .messages = 6000 };

  g_test_init (&argc, &argv, NULL);
  add_both ("around", test_around);
  add_both ("around-newest", test_around_newest);
  add_both ("around-first", test_around_first);
  add_both ("around-gone", test_around_gone);
  add_both ("time", test_time);
  add_both ("time-beyond", test_time_beyond);
  add_both ("time-offline", test_time_offline);
  add_model_test ("/jump/time-cheap", test_time_cheap, &many);
  add_both ("original", test_original);
  add_both ("new-line", test_new_line);
  add_both ("new-line-loaded", test_new_line_loaded);
  add_both ("mark-unread", test_mark_unread);
  add_both ("mark-unread-at-edge", test_mark_unread_at_edge);
  add_both ("link", test_link);
  return g_test_run ();
}
