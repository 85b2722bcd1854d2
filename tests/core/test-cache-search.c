/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cache-fixture.h"
#include "natter-cache-search.h"

static const struct
{
  const char *server;
  const char *channel;
  const char *thread_id;
  const char *author;
  const char *text;
  const char *rest;
  guint       day; /* of January 2026, at noon */
} messages[] = {
  { "s1", "general", NULL, "wren", "The black cat sleeps", NULL, 1 },
  { "s1", "general", NULL, "USR:local_mika", "A cat; and a BLACK dog", NULL, 2 },
  { "s1", "news", NULL, "wren", "See https://example.org/cats", NULL, 3 },
  { "s2", "general", NULL, "robin", "Über alle Größen: \"quoted\" 100%", NULL, 4 },
  { "s2", "pictures", NULL, "robin", "", "{\"attachments\":[{\"id\":\"1\",\"name\":\"sunset-cat.png\",\"mime_type\":\"image/png\"}]}", 5 },
  { "s2", "pictures", NULL, "mika_two", "notes", "{\"attachments\":[{\"id\":\"2\",\"name\":\"notes.pdf\",\"mime_type\":\"application/pdf\"}]}", 6 },
  { "s2", "forum", "t1", "wren", "in a thread about cats", NULL, 7 },
  { "s2", "general", NULL, "robin", "poll", "{\"embeds\":[{\"type\":\"rich\",\"title\":\"Favourite zebra\",\"fields\":[{\"name\":\"n\",\"value\":\"okapi\"}]}]}", 8 },
};

static void
fill (CacheFixture  *fixture,
      gconstpointer  data)
{
  cache_set_up (fixture, data);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + 1);
      const NatterCachePlace place = { messages[i].server, messages[i].channel, messages[i].thread_id };
      g_autoptr(GDateTime) noon = g_date_time_new_utc (2026, 1, (int) messages[i].day, 12, 0, 0);
      g_autoptr(NatterMessageData) message =
        natter_message_data_new (id, messages[i].author, messages[i].text, g_date_time_to_unix_usec (noon), messages[i].rest);

      natter_cache_save_new (fixture->cache, &place, message, NULL);
    }
  cache_flush (fixture);
}

static NatterCachedHits *
search (CacheFixture           *fixture,
        const char             *text,
        const NatterCacheScope *scope,
        NatterSearchOrder       order,
        gint64                  from,
        guint                   limit)
{
  g_autoptr(GDateTime) now = g_date_time_new_utc (2026, 1, 8, 13, 0, 0);
  g_autoptr(NatterSearchQuery) query = natter_search_query_parse (text, now);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  NatterCachedHits *hits;

  natter_cache_search_async (fixture->cache, query, scope, order, from, limit, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  hits = natter_cache_search_finish (fixture->cache, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (hits);
  return hits;
}

static char *
ids (const NatterCachedHits *hits)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < hits->hits->len; i++)
    g_string_append (text, ((NatterCachedHit *) hits->hits->pdata[i])->message->id);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
assert_found (CacheFixture           *fixture,
              const char             *text,
              const NatterCacheScope *scope,
              const char             *expected)
{
  g_autoptr(NatterCachedHits) hits = search (fixture, text, scope, NATTER_SEARCH_NEWEST, 0, 50);
  g_autofree char *found = ids (hits);

  g_assert_cmpstr (found, ==, expected);
}

static const struct
{
  const char *text;
  const char *expected; /* newest first */
} cases[] = {
  { "", "" },
  { "cat ", "521" },
  { "cat", "75321" },
  { "ca", "75321" },
  { "CAT black", "21" },
  { "\"black cat\"", "1" },
  { "\"cat black\"", "" },
  { "\"black ca", "1" },
  { "uber", "4" },
  { "großen ", "4" },
  { "grossen ", "" },
  { "quoted", "4" },
  { "100%", "4" },
  { "zebra okapi", "8" },
  { "sunset", "5" },
  { "from:wren", "731" },
  { "from:wren cat ", "1" },
  { "from:mika", "62" },
  { "from:Wren from:robin", "875431" },
  { "from:nobody", "" },
  { "from:%", "" },
  { "from:_", "" },
  { "in:general", "8421" },
  { "in:GEN cat", "21" },
  { "in:pictures in:news", "653" },
  { "in:nowhere", "" },
  { "has:link", "3" },
  { "has:file", "65" },
  { "has:image", "5" },
  { "has:image has:link", "" },
  { "has:file from:robin in:pictures sun", "5" },
  { "after:2026-01-06", "876" },
  { "before:2026-01-03", "21" },
  { "after:2026-01-02 before:2026-01-04", "32" },
  { "after:today", "8" },
  { "after:yesterday before:today", "7" },
  { "cat before:2026-01-02", "1" },
  { "NEAR(cat dog) ", "" },
  { "cat OR dog ", "" },
  { "cat* ", "521" },
  { "text:cat ", "" },
  { "\"cat\"\"black ", "21" },
  { "'; DROP TABLE messages; -- ", "" },
  { "cat AND ( ", "2" },
  { "{tags}:a1 ", "" },
  { "a1 ", "" },
  { "image ", "" },
};

static void
test_cases (CacheFixture  *fixture,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (fixture, cases[i].text, NULL, cases[i].expected);
}

static void
test_scope (CacheFixture  *fixture,
            gconstpointer  data)
{
  const char * const second[] = { "s2", NULL };
  const char * const none[] = { NULL };
  const char * const wren[] = { "wren", NULL };

  assert_found (fixture, "cat", &(NatterCacheScope) { second, NULL }, "75");
  assert_found (fixture, "cat", &(NatterCacheScope) { none, NULL }, "");
  assert_found (fixture, "from:zaunkönig cat", &(NatterCacheScope) { NULL, wren }, "731");
}

static void
test_hit (CacheFixture  *fixture,
          gconstpointer  data)
{
  g_autoptr(NatterCachedHits) hits = search (fixture, "thread", NULL, NATTER_SEARCH_NEWEST, 0, 50);
  const NatterCachedHit *hit;

  g_assert_cmpuint (hits->hits->len, ==, 1);
  g_assert_cmpint (hits->next, ==, 0);
  hit = hits->hits->pdata[0];
  g_assert_cmpstr (hit->server, ==, "s2");
  g_assert_cmpstr (hit->channel, ==, "forum");
  g_assert_cmpstr (hit->thread_id, ==, "t1");
  g_assert_cmpstr (hit->message->author, ==, "wren");
  g_assert_cmpstr (hit->message->content, ==, "in a thread about cats");
}

static void
test_pages (CacheFixture  *fixture,
            gconstpointer  data)
{
  for (int order = NATTER_SEARCH_NEWEST; order <= NATTER_SEARCH_BEST; order++)
    {
      g_autoptr(GString) all = g_string_new (NULL);
      gint64 from = 0;
      guint n_pages = 0;

      do
        {
          g_autoptr(NatterCachedHits) hits = search (fixture, "cat", NULL, (NatterSearchOrder) order, from, 2);
          g_autofree char *found = ids (hits);

          g_assert_cmpuint (hits->hits->len, <=, 2);
          g_string_append (all, found);
          from = hits->next;
          n_pages++;
        }
      while (from != 0);
      g_assert_cmpuint (n_pages, ==, 3);
      g_assert_cmpuint (all->len, ==, 5);
      if (order == NATTER_SEARCH_NEWEST)
        g_assert_cmpstr (all->str, ==, "75321");
      for (const char *id = "12357"; *id != '\0'; id++)
        g_assert_nonnull (strchr (all->str, *id));
    }
}

/* What is edited, deleted, cleared or gone is found as it is now. */
static void
test_changes (CacheFixture  *fixture,
              gconstpointer  data)
{
  const NatterCachePlace general = { "s1", "general", NULL };

  natter_cache_save_edit (fixture->cache, &general, "1", NULL, "The white tiger sleeps");
  natter_cache_remove_message (fixture->cache, &general, "2");
  cache_flush (fixture);
  assert_found (fixture, "black ", NULL, "");
  assert_found (fixture, "white tiger ", NULL, "1");
  assert_found (fixture, "from:wren sleeps ", NULL, "1");
  natter_cache_remove_server (fixture->cache, "s1");
  cache_flush (fixture);
  assert_found (fixture, "tiger ", NULL, "");
  assert_found (fixture, "cat", NULL, "75");
}

static void
test_cancel (CacheFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(NatterSearchQuery) query = natter_search_query_parse ("text", now);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  cache_save (fixture, 1, 3000, NULL, NULL);
  cache_flush (fixture);
  natter_cache_search_async (fixture->cache, query, NULL, NATTER_SEARCH_BEST, 0, 100000, cancellable,
                             store_fixture_keep_result, &result);
  g_cancellable_cancel (cancellable);
  store_fixture_wait_for (&result);
  g_assert_null (natter_cache_search_finish (fixture->cache, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_found (fixture, "zebra", NULL, "8");
}

#define add_test(path, function) g_test_add (path, CacheFixture, NULL, fill, function, cache_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/cache-search/cases", test_cases);
  add_test ("/cache-search/scope", test_scope);
  add_test ("/cache-search/hit", test_hit);
  add_test ("/cache-search/pages", test_pages);
  add_test ("/cache-search/changes", test_changes);
  add_test ("/cache-search/cancel", test_cancel);
  return g_test_run ();
}
