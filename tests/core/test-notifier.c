/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person is told about, and until when. */
#include "model-fixture.h"

#include <string.h>

#include "natter-channel-private.h"
#include "natter-notifier.h"

typedef struct
{
  NatterNotifier   *notifier;
  GString          *events; /* one a line */
  guint             n_shown;
  guint             count;  /* of the last one */
  NatterNoticeKind  kind;
} Heard;

static void
on_show (NatterNotifier     *notifier,
         const NatterNotice *notice,
         Heard              *heard)
{
  if (notice->message != NULL)
    g_string_append_printf (heard->events, "%s: %s\n", natter_channel_get_name (notice->channel),
                            natter_message_get_content (notice->message));
  else
    g_string_append_printf (heard->events, "%u missed\n", notice->count);
  heard->n_shown++;
  heard->count = notice->count;
  heard->kind = notice->kind;
}

static void
on_withdraw (NatterNotifier *notifier,
             NatterServer   *server,
             NatterChannel  *channel,
             Heard          *heard)
{
  g_string_append_printf (heard->events, "-%s\n", channel != NULL ? natter_channel_get_name (channel) : "");
}

static Heard *
listen (ModelFixture *fixture)
{
  Heard *heard = g_new0 (Heard, 1);

  /* What was unread before is known, and that of an earlier run withdrawn before somebody listens. */
  wait_for (model_channel (fixture, "general")->unreads_known);
  heard->notifier = natter_notifier_new (fixture->session);
  heard->events = g_string_new (NULL);
  g_signal_connect (heard->notifier, "show", G_CALLBACK (on_show), heard);
  g_signal_connect (heard->notifier, "withdraw", G_CALLBACK (on_withdraw), heard);
  return heard;
}

static void
heard_free (Heard *heard)
{
  g_assert_finalize_object (heard->notifier);
  g_string_free (heard->events, TRUE);
  g_free (heard);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Heard, heard_free)

static void
post (ModelFixture *fixture,
      const char   *user,
      const char   *channel,
      const char   *text)
{
  g_autofree char *username = g_strconcat ("USR:local_", user, NULL);
  g_autofree char *id = test_server_post (fixture->test_server, username, channel, text);

  g_assert_nonnull (id);
}

/* Something of which one is told for sure, when all before it has been decided. */
static void
expect (ModelFixture *fixture,
        Heard        *heard,
        const char   *events)
{
  g_autofree char *all = g_strconcat (events, "random: @USR:local_cleo end\n", NULL);

  post (fixture, "wren", "random", "@USR:local_cleo end");
  wait_for (g_str_has_suffix (heard->events->str, "end\n"));
  g_assert_cmpstr (heard->events->str, ==, all);
}

static void
test_levels (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(Heard) heard = listen (fixture);
  NatterChannel *general = model_channel (fixture, "general");

  post (fixture, "wren", "general", "nothing special");
  post (fixture, "wren", "general", "@USR:local_cleo one");
  wait_for (heard->n_shown == 1);
  g_assert_cmpint (heard->kind, ==, NATTER_NOTICE_MENTION);
  natter_channel_set_notify_level (general, NATTER_NOTIFY_NOTHING);
  post (fixture, "wren", "general", "@USR:local_cleo two");
  expect (fixture, heard, "general: @USR:local_cleo one\n-general\n");
}

static void
test_all (ModelFixture  *fixture,
          gconstpointer  data)
{
  g_autoptr(Heard) heard = listen (fixture);
  guint before = natter_notifier_get_count (heard->notifier);
  NatterChannel *general = model_channel (fixture, "general");

  natter_server_set_notify_level (fixture->server, NATTER_NOTIFY_ALL);
  g_assert_cmpuint (natter_notifier_get_count (heard->notifier), >=, before);
  before = natter_notifier_get_count (heard->notifier);
  post (fixture, "wren", "general", "for all");
  wait_for (heard->n_shown == 1);
  g_assert_cmpint (heard->kind, ==, NATTER_NOTICE_MESSAGE);
  wait_for (natter_notifier_get_count (heard->notifier) == before + 1);
  /* What comes at once is told at once. */
  for (guint i = 0; i < 5; i++)
    post (fixture, "wren", "general", "more");
  wait_for (heard->n_shown == 2);
  g_assert_cmpuint (heard->count, ==, 6);
  natter_channel_set_muted_until (general, NATTER_MUTED_FOREVER);
  post (fixture, "wren", "general", "@USR:local_cleo muted");
  expect (fixture, heard, "general: for all\ngeneral: more\n-general\n");
}

static void
test_not_told (ModelFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr(Heard) heard = listen (fixture);
  const char * const blocked[] = { "USR:local_bruno", NULL };
  NatterChannel *general = model_channel (fixture, "general");

  natter_server_set_notify_level (fixture->server, NATTER_NOTIFY_ALL);
  natter_account_set_blocked (natter_server_get_account (fixture->server), blocked);
  post (fixture, "bruno", "general", "@USR:local_cleo from somebody blocked");
  post (fixture, "cleo", "general", "@USR:local_cleo from oneself");
  natter_notifier_set_reading (heard->notifier, general);
  post (fixture, "wren", "general", "@USR:local_cleo on the screen");
  expect (fixture, heard, "");
  natter_account_set_blocked (natter_server_get_account (fixture->server), NULL);
}

static void
test_busy (ModelFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr(Heard) heard = listen (fixture);
  NatterMember *me = natter_server_get_me (fixture->server);

  model_act (fixture, "USR:local_cleo", "{\"cmd\":\"status_set\",\"status\":\"dnd\",\"text\":\"\"}");
  wait_for (natter_member_get_status (me) == NATTER_STATUS_DND);
  post (fixture, "wren", "general", "@USR:local_cleo busy?");
  wait_for (natter_channel_get_mentions (model_channel (fixture, "general")) > 0);
  model_act (fixture, "USR:local_cleo", "{\"cmd\":\"status_set\",\"status\":\"online\",\"text\":\"\"}");
  wait_for (natter_member_get_status (me) == NATTER_STATUS_ONLINE);
  expect (fixture, heard, "");
}

static void
test_read_elsewhere (ModelFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr(Heard) heard = listen (fixture);

  post (fixture, "wren", "general", "@USR:local_cleo look");
  wait_for (heard->n_shown == 1);
  model_act (fixture, "USR:local_cleo", "{\"cmd\":\"unreads_ack\",\"channel\":\"general\"}");
  wait_for (g_str_has_suffix (heard->events->str, "-general\n"));
  expect (fixture, heard, "general: @USR:local_cleo look\n-general\n");
}

static void
test_deleted (ModelFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(Heard) heard = listen (fixture);
  g_autofree char *id = test_server_post (fixture->test_server, "USR:local_wren", "general", "@USR:local_cleo a slip");
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"message_delete\",\"channel\":\"general\",\"id\":\"%s\"}", id);

  wait_for (heard->n_shown == 1);
  model_act (fixture, "USR:local_wren", packet);
  wait_for (g_str_has_suffix (heard->events->str, "-general\n"));
}

static void
test_opened (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(Heard) heard = listen (fixture);

  post (fixture, "wren", "general", "@USR:local_cleo come");
  wait_for (heard->n_shown == 1);
  natter_notifier_set_reading (heard->notifier, model_channel (fixture, "general"));
  g_assert_cmpstr (heard->events->str, ==, "general: @USR:local_cleo come\n-general\n");
}

/* What an earlier run has told is withdrawn when it is read, although this one did not tell it. */
static void
test_earlier_run (ModelFixture  *fixture,
                  gconstpointer  data)
{
  Heard *heard;
  NatterChannel *general = model_channel (fixture, "general");
  NatterChannel *random = model_channel (fixture, "random");

  post (fixture, "wren", "general", "@USR:local_cleo before");
  post (fixture, "wren", "random", "@USR:local_cleo too");
  wait_for (natter_channel_get_mentions (general) > 0 && natter_channel_get_mentions (random) > 0);
  heard = listen (fixture);
  model_act (fixture, "USR:local_cleo", "{\"cmd\":\"unreads_ack\",\"channel\":\"general\"}");
  wait_for (strcmp (heard->events->str, "-general\n") == 0);
  natter_notifier_set_reading (heard->notifier, random);
  g_assert_cmpstr (heard->events->str, ==, "-general\n-random\n-\n");
  natter_notifier_set_reading (heard->notifier, NULL);
  natter_notifier_set_reading (heard->notifier, random);
  g_assert_cmpstr (heard->events->str, ==, "-general\n-random\n-\n");
  heard_free (heard);
}

/* On a start, once it is known that nothing is unread, and not before. */
static void
test_nothing_left (ModelFixture  *fixture,
                   gconstpointer  data)
{
  Heard heard = { .events = g_string_new (NULL) };

  wait_for (model_channel (fixture, "general")->unreads_known);
  model_act (fixture, "USR:local_cleo", "{\"cmd\":\"unreads_ack\",\"channel\":\"general\"}");
  wait_for (natter_channel_get_unread (model_channel (fixture, "general")) == 0);
  model_restart_offline (fixture);
  heard.notifier = natter_notifier_new (fixture->session);
  g_signal_connect (heard.notifier, "withdraw", G_CALLBACK (on_withdraw), &heard);
  settle ();
  g_assert_cmpstr (heard.events->str, ==, "");
  natter_session_connect (fixture->session);
  wait_for (strstr (heard.events->str, "-general\n") != NULL);
  g_assert_finalize_object (heard.notifier);
  g_string_free (heard.events, TRUE);
}

/* What was written while there was no connection is told once, and not message by message. */
static void
test_reconnect (ModelFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr(Heard) heard = listen (fixture);
  guint n_asked;

  natter_server_disconnect (fixture->server);
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_OFFLINE);
  natter_channel_set_notify_level (model_channel (fixture, "general"), NATTER_NOTIFY_ALL);
  post (fixture, "wren", "general", "@USR:local_cleo missed one");
  post (fixture, "wren", "general", "@USR:local_cleo missed two");
  post (fixture, "wren", "random", "not for cleo");
  natter_server_connect (fixture->server);
  wait_for (heard->n_shown == 1);
  g_assert_cmpint (heard->kind, ==, NATTER_NOTICE_SUMMARY);
  model_act (fixture, "USR:local_cleo", "{\"cmd\":\"unreads_ack\",\"channel\":\"general\"}");
  wait_for (g_str_has_suffix (heard->events->str, "-\n"));
  /* Nothing happened: nothing is said. */
  n_asked = test_server_count_received (fixture->test_server, "unreads_get");
  natter_server_disconnect (fixture->server);
  natter_server_connect (fixture->server);
  wait_for (test_server_count_received (fixture->test_server, "unreads_get") > n_asked);
  expect (fixture, heard, "2 missed\n-\n");
}

/* (transfer none): a thread of wren in the help desk */
static NatterChannel *
begin_thread (ModelFixture *fixture,
              const char   *title)
{
  GListModel *threads = natter_channel_get_threads (model_channel (fixture, "help-desk"));
  guint n_before = g_list_model_get_n_items (threads);
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"thread_create\",\"channel\":\"help-desk\",\"name\":\"%s\"}", title);

  model_act (fixture, "USR:local_wren", packet);
  wait_for (g_list_model_get_n_items (threads) == n_before + 1);
  for (guint i = 0; i <= n_before; i++)
    {
      g_autoptr(NatterChannel) thread = g_list_model_get_item (threads, i);

      if (g_str_equal (natter_channel_get_title (thread), title))
        return thread; /* the forum holds it */
    }
  g_assert_not_reached ();
}

static void
act_in (ModelFixture  *fixture,
        const char    *user,
        const char    *command,
        NatterChannel *thread,
        const char    *members)
{
  g_autofree char *username = g_strconcat ("USR:local_", user, NULL);
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"%s\",\"thread_id\":\"%s\"%s}", command,
                                             natter_channel_get_thread_id (thread), members);

  model_act (fixture, username, packet);
}

/* Of a thread in which one takes no part one is told what is for oneself, and the forum counts it. */
static void
test_other_thread (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterChannel *forum = model_channel (fixture, "help-desk");
  NatterChannel *thread = begin_thread (fixture, "Glue");
  g_autoptr(Heard) heard = listen (fixture);
  guint before = natter_notifier_get_count (heard->notifier);
  g_autofree char *told = g_strdup_printf ("%s: @USR:local_cleo which?\n", natter_channel_get_thread_id (thread));
  g_autofree char *all = g_strdup_printf ("%s-%s\n", told, natter_channel_get_thread_id (thread));
  guint mentions;

  natter_server_set_notify_level (fixture->server, NATTER_NOTIFY_ALL);
  before = natter_notifier_get_count (heard->notifier);
  act_in (fixture, "wren", "message_new", thread, ",\"content\":\"for nobody\"");
  act_in (fixture, "wren", "message_new", thread, ",\"content\":\"@USR:local_cleo which?\"");
  wait_for (heard->n_shown == 1);
  g_assert_cmpstr (heard->events->str, ==, told);
  g_assert_cmpint (heard->kind, ==, NATTER_NOTICE_MENTION);
  wait_for (natter_notifier_get_count (heard->notifier) == before + 1);
  g_assert_cmpuint (natter_channel_get_mentions (forum), ==, 1);
  g_object_get (fixture->server, "mentions", &mentions, NULL);
  g_assert_cmpuint (mentions, >=, 1);

  natter_channel_mark_all_read (forum);
  wait_for (natter_channel_get_unread (thread) == 0);
  g_assert_cmpuint (natter_channel_get_mentions (forum), ==, 0);
  wait_for (natter_notifier_get_count (heard->notifier) == before);
  /* One that is muted is silent, and not for good. */
  natter_channel_set_muted_until (thread, NATTER_MUTED_FOREVER);
  g_assert_true (natter_channel_get_muted (thread));
  act_in (fixture, "wren", "message_new", thread, ",\"content\":\"@USR:local_cleo hush\"");
  wait_for (natter_channel_get_mentions (forum) == 1);
  natter_channel_set_muted_until (thread, 0);
  g_assert_false (natter_channel_get_muted (thread));
  natter_channel_mark_all_read (forum);
  wait_for (natter_channel_get_unread (thread) == 0);
  /* Not even that of a forum that is muted. */
  natter_channel_set_muted_until (forum, NATTER_MUTED_FOREVER);
  act_in (fixture, "wren", "message_new", thread, ",\"content\":\"@USR:local_cleo muted\"");
  natter_server_set_notify_level (fixture->server, NATTER_NOTIFY_MENTIONS);
  expect (fixture, heard, all);
}

/* Who takes part in a thread is told of all that is said in it. */
static void
test_own_thread (ModelFixture  *fixture,
                 gconstpointer  data)
{
  NatterChannel *thread = begin_thread (fixture, "Glue");
  g_autoptr(Heard) heard = listen (fixture);
  guint before;
  g_autofree char *all = g_strdup_printf ("%s: for all\n-%s\n", natter_channel_get_thread_id (thread),
                                          natter_channel_get_thread_id (thread));

  act_in (fixture, "cleo", "thread_join", thread, "");
  wait_for (natter_channel_get_joined (thread));
  before = natter_notifier_get_count (heard->notifier);
  act_in (fixture, "wren", "message_new", thread, ",\"content\":\"for all\"");
  wait_for (heard->n_shown == 1);
  g_assert_cmpint (heard->kind, ==, NATTER_NOTICE_MESSAGE);
  wait_for (natter_notifier_get_count (heard->notifier) == before + 1);
  /* Unless one wants less of it. */
  natter_channel_set_notify_level (thread, NATTER_NOTIFY_MENTIONS);
  act_in (fixture, "wren", "message_new", thread, ",\"content\":\"not for cleo\"");
  natter_channel_set_notify_level (thread, NATTER_NOTIFY_NOTHING);
  expect (fixture, heard, all);
}

/* Newer servers don't tell of threads before one looks for them. */
static void
test_unknown_thread (ModelFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr(Heard) heard = listen (fixture);
  NatterChannel *thread;

  model_control (fixture, "{\"do\":\"inject\",\"user\":\"USR:local_cleo\",\"packet\":{\"cmd\":\"message_new\","
                 "\"channel\":\"help-desk\",\"thread_id\":\"t-1\",\"message\":{\"id\":\"m-1\",\"user\":\"USR:local_wren\","
                 "\"content\":\"which?\",\"timestamp\":1,\"pings\":{\"users\":[\"USR:local_cleo\"]}}}}");
  wait_for (heard->n_shown == 1);
  g_assert_cmpstr (heard->events->str, ==, "t-1: which?\n");
  thread = natter_server_lookup_channel (fixture->server, "t-1");
  g_assert_nonnull (thread);
  g_assert_true (natter_channel_get_parent (thread) == model_channel (fixture, "help-desk"));
  g_assert_cmpuint (natter_channel_get_mentions (model_channel (fixture, "help-desk")), ==, 1);
  wait_for (test_server_count_received (fixture->test_server, "threads_get") == 1);
}

/* A server that leaves the list takes along what was shown of it. */
static void
test_removed (ModelFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(Heard) heard = listen (fixture);

  post (fixture, "wren", "general", "@USR:local_cleo bye");
  wait_for (heard->n_shown == 1);
  natter_session_remove_server (fixture->session, fixture->server);
  g_assert_cmpstr (heard->events->str, ==, "general: @USR:local_cleo bye\n-general\n");
  g_assert_cmpuint (natter_notifier_get_count (heard->notifier), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  static const TestServerOptions newer = { .generation = TEST_SERVER_GENERATION_NEW };

  g_test_init (&argc, &argv, NULL);

  add_model_test ("/notifier/levels", test_levels, NULL);
  add_model_test ("/notifier/all", test_all, NULL);
  add_model_test ("/notifier/not-told", test_not_told, NULL);
  add_model_test ("/notifier/busy", test_busy, NULL);
  add_model_test ("/notifier/read-elsewhere", test_read_elsewhere, NULL);
  add_model_test ("/notifier/deleted", test_deleted, NULL);
  add_model_test ("/notifier/opened", test_opened, NULL);
  add_model_test ("/notifier/earlier-run", test_earlier_run, NULL);
  add_model_test ("/notifier/nothing-left", test_nothing_left, NULL);
  add_model_test ("/notifier/reconnect", test_reconnect, NULL);
  add_model_test ("/notifier/other-thread", test_other_thread, NULL);
  add_model_test ("/notifier/own-thread", test_own_thread, NULL);
  add_model_test ("/notifier/unknown-thread", test_unknown_thread, &newer);
  add_model_test ("/notifier/removed", test_removed, NULL);

  return g_test_run ();
}
