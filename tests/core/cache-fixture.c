/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cache-fixture.h"

const NatterCachePlace cache_general = { "server", "general", NULL };

void
cache_set_up (CacheFixture  *fixture,
              gconstpointer  data)
{
  store_fixture_set_up (&fixture->store, data);
  fixture->cache = natter_cache_new (fixture->store.path);
}

static void
assert_gone (NatterCache *cache)
{
  gpointer weak = cache;

  natter_cache_close (cache);
  g_object_add_weak_pointer (G_OBJECT (cache), &weak);
  g_object_unref (cache);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
cache_tear_down (CacheFixture  *fixture,
                 gconstpointer  data)
{
  assert_gone (g_steal_pointer (&fixture->cache));
  if (g_file_test (fixture->store.path, G_FILE_TEST_EXISTS))
    {
      g_assert_cmpint (store_fixture_query_int (fixture->store.path, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), ==, 1);
      g_assert_cmpint (store_fixture_query_int (fixture->store.path, "SELECT (SELECT count (*) FROM messages) - (SELECT count (*) FROM words_docsize)"), ==, 0);
    }
  store_fixture_tear_down (&fixture->store, data);
}

/* As when the program ends and starts again. */
void
cache_reopen (CacheFixture *fixture)
{
  assert_gone (g_steal_pointer (&fixture->cache));
  fixture->cache = natter_cache_new (fixture->store.path);
}

/* (transfer full) */
NatterMessageData *
cache_message (guint       number,
               const char *text,
               const char *rest)
{
  g_autofree char *id = g_strdup_printf ("m%u", number);
  g_autofree char *numbered = g_strdup_printf ("text %u", number);

  return natter_message_data_new (id, number % 2 == 0 ? "wren" : "mika", text != NULL ? text : numbered,
                                  CACHE_START + number * G_USEC_PER_SEC + number, rest);
}

/* (transfer full) */
GPtrArray *
cache_messages (guint first,
                guint last)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_message_data_free);

  for (guint i = first; i <= last; i++)
    g_ptr_array_add (messages, cache_message (i, NULL, NULL));
  return messages;
}

void
cache_save (CacheFixture *fixture,
            guint         first,
            guint         last,
            const char   *after,
            const char   *before)
{
  g_autoptr(GPtrArray) messages = cache_messages (first, last);

  natter_cache_save_page (fixture->cache, &cache_general, messages, after, before, FALSE, FALSE);
}

/* Waits until what was saved can be read. */
void
cache_flush (CacheFixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  natter_cache_clear_async (fixture->cache, "nobody", NULL, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  natter_cache_clear_finish (fixture->cache, result, &error);
}

NatterCachedPage *
cache_load (CacheFixture         *fixture,
            NatterCacheDirection  direction,
            const char           *id,
            guint                 limit)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  NatterCachedPage *page;

  natter_cache_load_page_async (fixture->cache, &cache_general, direction, id, limit, NULL, store_fixture_keep_result,
                                &result);
  store_fixture_wait_for (&result);
  page = natter_cache_load_page_finish (fixture->cache, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (page);
  return page;
}

/* @expected: ids without "m", "|" in front at the start of the channel, "~" in front or behind at a gap */
void
cache_assert_page (CacheFixture         *fixture,
                   NatterCacheDirection  direction,
                   const char           *id,
                   guint                 limit,
                   const char           *expected)
{
  g_autoptr(NatterCachedPage) page = NULL;
  g_autoptr(GString) ids = g_string_new (NULL);

  cache_flush (fixture);
  page = cache_load (fixture, direction, id, limit);
  if (page->at_start)
    g_string_append (ids, "| ");
  if (page->at_gap && direction != NATTER_CACHE_NEWER)
    g_string_append (ids, "~ ");
  for (guint i = 0; i < page->messages->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", ((NatterMessageData *) page->messages->pdata[i])->id + 1);
  if (page->at_gap && direction == NATTER_CACHE_NEWER)
    g_string_append (ids, " ~");
  g_assert_cmpstr (ids->str, ==, expected);
}
