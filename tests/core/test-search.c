/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-fixture.h"
#include "natter-search.h"

static void
say (ModelFixture *fixture,
     const char   *user,
     const char   *text)
{
  g_autofree char *packet =
    g_strdup_printf ("{\"cmd\":\"message_new\",\"channel\":\"general\",\"content\":\"%s\"}", text);
  NatterChannel *channel = model_channel (fixture, "general");
  guint unread = natter_channel_get_unread (channel);

  model_act (fixture, user, packet);
  wait_for (natter_channel_get_unread (channel) == unread + 1);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (natter_cache_clear_finish (NATTER_CACHE (source), result, &error));
  *(gboolean *) data = TRUE;
}

/* Clears the messages of @server; what came before is kept by then. */
static void
clear (ModelFixture *fixture,
       const char   *server)
{
  gboolean done = FALSE;

  natter_cache_clear_async (natter_session_get_cache (fixture->session), server, NULL, NULL, on_cleared, &done);
  wait_for (done);
}

static NatterSearchHit *
hit_at (NatterSearch *search,
        guint         position)
{
  g_autoptr(NatterSearchHit) hit = g_list_model_get_item (G_LIST_MODEL (search), position);

  g_assert_nonnull (hit);
  return hit;
}

static char *
look_for (NatterSearch *search,
          const char   *text)
{
  g_autoptr(GString) found = g_string_new (NULL);

  natter_search_set_text (search, text);
  wait_for (!natter_search_get_loading (search));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (search)); i++)
    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", natter_search_hit_get_content (hit_at (search, i)));
  return g_string_free_and_steal (g_steal_pointer (&found));
}

static void
assert_found (NatterSearch *search,
              const char   *text,
              const char   *expected)
{
  g_autofree char *found = look_for (search, text);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_kept (ModelFixture  *fixture,
           gconstpointer  data)
{
  NatterSearch *search = natter_search_new (fixture->session);
  NatterSearchHit *hit;
  g_autoptr(GArray) ranges = NULL;

  g_object_add_weak_pointer (G_OBJECT (search), (gpointer *) &search);
  say (fixture, "USR:local_dmitri", "a black cat");
  say (fixture, "USR:local_wren", "cats and dogs");
  say (fixture, "USR:local_wren", "nothing of the kind");
  clear (fixture, "nobody");

  assert_found (search, "ca", "cats and dogs|a black cat");
  hit = hit_at (search, 1);
  assert_found (search, "cat ", "a black cat");
  g_assert_true (hit_at (search, 0) == hit);
  g_assert_true (natter_search_hit_get_server (hit) == fixture->server);
  g_assert_true (natter_search_hit_get_channel (hit) == model_channel (fixture, "general"));
  g_assert_cmpstr (natter_search_hit_get_author_name (hit), ==,
                   natter_member_get_name (natter_server_intern_member (fixture->server, "USR:local_dmitri")));
  ranges = natter_search_hit_get_ranges (hit, natter_search_hit_get_content (hit));
  g_assert_cmpuint (ranges->len, ==, 1);
  g_assert_cmpuint (g_array_index (ranges, NatterSearchRange, 0).start, ==, 8);
  g_assert_cmpuint (g_array_index (ranges, NatterSearchRange, 0).end, ==, 11);

  assert_found (search, "from:wren", "nothing of the kind|cats and dogs");
  assert_found (search, "cat server:nowhere", "");
  assert_found (search, "cat in:gen", "cats and dogs|a black cat");
  assert_found (search, "", "");
  g_assert_true (natter_search_get_at_end (search));
  g_assert_null (natter_search_get_error (search));
  g_object_unref (search);
  settle ();
  g_assert_null (search);
}

/* Who looks for a word has not asked yet to see what is hidden beside it. */
static void
test_spoiler (ModelFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(NatterSearch) search = natter_search_new (fixture->session);
  g_autofree char *end = g_strnfill (1500, 'z');
  g_autofree char *content = g_strconcat ("the otter ||is the thief ", end, "|| of the pond", NULL);
  g_autofree char *found = NULL;
  g_autofree char *plain = NULL;
  g_autoptr(GArray) ranges = NULL;

  say (fixture, "USR:local_wren", content);
  clear (fixture, "nobody");
  found = look_for (search, "thief pond");
  g_assert_cmpstr (found, ==, content);
  plain = natter_search_hit_dup_plain (hit_at (search, 0));
  g_assert_cmpstr (plain, ==, "the otter [spoiler] of the pond");
  ranges = natter_search_hit_get_ranges (hit_at (search, 0), plain);
  g_assert_cmpuint (ranges->len, ==, 1);
  g_assert_cmpuint (g_array_index (ranges, NatterSearchRange, 0).start, ==, strlen ("the otter [spoiler] of the "));
}

/* What was deleted is not found, also while the server does not know of it. */
static void
test_deleted (ModelFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(NatterSearch) search = natter_search_new (fixture->session);
  NatterChannel *channel = model_channel (fixture, "general");
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  NatterMessage *message;

  say (fixture, "USR:local_wren", "a quiet lynx");
  say (fixture, "USR:local_wren", "another lynx");
  clear (fixture, "nobody");
  natter_timeline_load_latest (timeline);
  wait_for (!natter_timeline_get_loading (timeline) && natter_timeline_get_at_end (timeline));
  message = model_message (channel, g_list_model_get_n_items (G_LIST_MODEL (timeline)) - 1);
  natter_server_disconnect (fixture->server);
  assert_found (search, "lynx", "another lynx|a quiet lynx");
  natter_channel_delete (channel, message);
  assert_found (search, "lynx ", "a quiet lynx");
  assert_found (search, "", "");
}

/* What is not kept, the server is asked for; what is both, is there once. */
static void
test_server (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(NatterSearch) search = natter_search_new (fixture->session);

  say (fixture, "USR:local_dmitri", "an old zebra");
  say (fixture, "USR:local_wren", "a zebra of wren");
  clear (fixture, natter_server_get_id (fixture->server));
  say (fixture, "USR:local_wren", "a new zebra");
  clear (fixture, "nobody");

  assert_found (search, "zebra", "a new zebra");
  natter_search_set_channel (search, model_channel (fixture, "general"));
  assert_found (search, "zebra ", "a new zebra|a zebra of wren|an old zebra");
  assert_found (search, "zebra from:wren", "a new zebra|a zebra of wren");
  assert_found (search, "zebra before:today", "");
  natter_search_set_channel (search, NULL);
  assert_found (search, "in:general zebra", "a new zebra|a zebra of wren|an old zebra");
}

/* Threads, which servers don't search, are read and looked through. */
static void
test_thread (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(NatterSearch) search = natter_search_new (fixture->session);
  NatterChannel *forum = model_channel (fixture, "help-desk");
  GListModel *threads = natter_channel_get_threads (forum);
  guint n_before = g_list_model_get_n_items (threads);
  g_autoptr(NatterChannel) thread = NULL;

  model_act (fixture, "USR:local_wren", "{\"cmd\":\"thread_create\",\"channel\":\"help-desk\",\"name\":\"Stripes\"}");
  wait_for (g_list_model_get_n_items (threads) == n_before + 1);
  for (guint i = 0; thread == NULL || !g_str_equal (natter_channel_get_title (thread), "Stripes"); i++)
    {
      g_clear_object (&thread);
      thread = g_list_model_get_item (threads, i);
    }
  /* More than a page, with what is looked for at its beginning. */
  for (guint i = 0; i < 210; i++)
    {
      g_autofree char *packet =
        g_strdup_printf ("{\"cmd\":\"message_new\",\"thread_id\":\"%s\",\"content\":\"%s %u\"}",
                         natter_channel_get_thread_id (thread), i == 0 ? "A Zebra" : "horse", i);

      model_act (fixture, "USR:local_wren", packet);
    }
  wait_for (natter_channel_get_unread (thread) == 210);
  clear (fixture, natter_server_get_id (fixture->server));

  assert_found (search, "zebra", "");
  natter_search_set_channel (search, thread);
  assert_found (search, "zebra ", "A Zebra 0");
  g_assert_true (natter_search_hit_get_channel (hit_at (search, 0)) == forum);
  g_assert_cmpstr (natter_search_hit_get_thread_id (hit_at (search, 0)), ==, natter_channel_get_thread_id (thread));
  assert_found (search, "zebra from:dmitri", "");
  natter_search_set_channel (search, NULL);
  assert_found (search, "in:help-desk zebra", "A Zebra 0");
  /* Looking is not reading. */
  g_assert_cmpuint (natter_channel_get_unread (thread), ==, 210);
}

static void
test_more (ModelFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr(NatterSearch) search = natter_search_new (fixture->session);
  const NatterCachePlace place = { natter_server_get_id (fixture->server), "general", NULL };
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_message_data_free);

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      g_ptr_array_add (messages, natter_message_data_new (id, "wren", "okapi", (i + 1) * G_USEC_PER_SEC, NULL));
    }
  natter_cache_save_page (natter_session_get_cache (fixture->session), &place, messages, NULL, NULL, FALSE, FALSE);
  clear (fixture, "nobody");

  natter_search_set_text (search, "okapi");
  wait_for (!natter_search_get_loading (search));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (search)), ==, 50);
  g_assert_false (natter_search_get_at_end (search));
  while (!natter_search_get_at_end (search))
    {
      natter_search_load_more (search);
      wait_for (!natter_search_get_loading (search));
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (search)), ==, 120);
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", 119 - i);

      g_assert_cmpstr (natter_search_hit_get_message_id (hit_at (search, i)), ==, id);
    }
}

/* The last key counts, however fast they come. */
static void
test_typing (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(NatterSearch) search = natter_search_new (fixture->session);
  const char *typed[] = { "z", "ze", "zeb", "zebra", "zebra x", "okapi" };

  say (fixture, "USR:local_wren", "zebra");
  say (fixture, "USR:local_wren", "okapi");
  clear (fixture, "nobody");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      natter_search_set_text (search, typed[i]);
      settle ();
    }
  assert_found (search, "okapi ", "okapi");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/search/kept", test_kept, NULL);
  add_model_test ("/search/spoiler", test_spoiler, NULL);
  add_model_test ("/search/deleted", test_deleted, NULL);
  add_model_test ("/search/server", test_server, NULL);
  add_model_test ("/search/thread", test_thread, NULL);
  add_model_test ("/search/more", test_more, NULL);
  add_model_test ("/search/typing", test_typing, NULL);
  return g_test_run ();
}
