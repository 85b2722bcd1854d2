/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "cache-fixture.h"

static void
test_message (CacheFixture  *fixture,
              gconstpointer  data)
{
  const char *rest = "{\"reactions\":{\"👍\":[\"wren\",\"mika\"]},\"attachments\":[{\"id\":\"a\",\"name\":\"cat.png\","
                     "\"mime_type\":\"image/png\"}],\"reply_to\":{\"id\":\"m1\",\"user\":\"mika\"},\"unheard\":[1,{\"of\":2}]}";
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_message_data_free);
  g_autoptr(NatterCachedPage) page = NULL;
  const NatterMessageData *plain;
  const NatterMessageData *full;

  g_ptr_array_add (messages, natter_message_data_new ("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "wren", "", CACHE_START + 123456, NULL));
  g_ptr_array_add (messages, natter_message_data_new ("not-a-uuid", "mika", "Grüße", CACHE_START + 123457, rest));
  natter_cache_save_page (fixture->cache, &cache_general, messages, NULL, NULL, TRUE, TRUE);
  cache_reopen (fixture);

  page = cache_load (fixture, NATTER_CACHE_LATEST, NULL, 10);
  g_assert_cmpuint (page->messages->len, ==, 2);
  g_assert_true (page->at_start);
  plain = page->messages->pdata[0];
  full = page->messages->pdata[1];
  g_assert_cmpstr (plain->id, ==, "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");
  g_assert_cmpstr (plain->author, ==, "wren");
  g_assert_cmpstr (plain->content, ==, "");
  g_assert_cmpint (plain->time, ==, CACHE_START + 123456);
  g_assert_null (plain->rest);
  g_assert_cmpstr (full->id, ==, "not-a-uuid");
  g_assert_cmpstr (full->content, ==, "Grüße");
  g_assert_cmpint (full->time, ==, CACHE_START + 123457);
  g_assert_cmpuint (full->reactions->len, ==, 1);
  g_assert_cmpstr (((NatterAttachmentData *) full->attachments->pdata[0])->name, ==, "cat.png");
  g_assert_cmpstr (full->reply_to_id, ==, "m1");
  g_assert_nonnull (strstr (full->rest, "\"unheard\":[1,{\"of\":2}]"));
}

static void
test_paging (CacheFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(GPtrArray) first = cache_messages (1, 5);

  cache_save (fixture, 6, 9, NULL, NULL);
  natter_cache_save_page (fixture->cache, &cache_general, first, NULL, "m6", TRUE, FALSE);
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 3, "7 8 9");
  cache_assert_page (fixture, NATTER_CACHE_OLDER, "m7", 3, "4 5 6");
  cache_assert_page (fixture, NATTER_CACHE_OLDER, "m4", 10, "| 1 2 3");
  cache_assert_page (fixture, NATTER_CACHE_NEWER, "m4", 3, "5 6 7");
  cache_assert_page (fixture, NATTER_CACHE_NEWER, "m9", 3, "");
  cache_assert_page (fixture, NATTER_CACHE_AROUND, "m5", 4, "3 4 5 6 7");
  cache_assert_page (fixture, NATTER_CACHE_OLDER, "m77", 3, "~ ");
}

/* What may be missing is asked for, never passed over. */
static void
test_gap (CacheFixture  *fixture,
          gconstpointer  data)
{
  cache_save (fixture, 1, 3, NULL, NULL);
  cache_save (fixture, 7, 9, NULL, NULL);
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "~ 7 8 9");
  cache_assert_page (fixture, NATTER_CACHE_OLDER, "m7", 10, "~ ");
  cache_assert_page (fixture, NATTER_CACHE_NEWER, "m2", 10, "3 ~");
  cache_assert_page (fixture, NATTER_CACHE_AROUND, "m8", 10, "~ 7 8 9");

  /* Half of it. */
  cache_save (fixture, 5, 6, NULL, "m7");
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "~ 5 6 7 8 9");
  cache_assert_page (fixture, NATTER_CACHE_NEWER, "m3", 10, " ~");
  /* And the rest, which goes beyond both ends. */
  cache_save (fixture, 3, 5, NULL, NULL);
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "~ 1 2 3 4 5 6 7 8 9");
}

static void
test_live (CacheFixture  *fixture,
           gconstpointer  data)
{
  static const struct
  {
    guint       number;
    const char *after;
  } news[] = { { 4, "m3" }, { 5, "m4" }, { 7, NULL }, { 8, "m7" }, { 9, "m-not-kept" } };

  cache_save (fixture, 1, 3, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (news); i++)
    {
      g_autoptr(NatterMessageData) message = cache_message (news[i].number, NULL, NULL);

      natter_cache_save_new (fixture->cache, &cache_general, message, news[i].after);
    }
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "~ 9");
  cache_assert_page (fixture, NATTER_CACHE_OLDER, "m8", 10, "~ 7");
  cache_assert_page (fixture, NATTER_CACHE_OLDER, "m5", 10, "~ 1 2 3 4");
}

/* Servers' clocks tell seconds, or stand still. */
static void
test_same_time (CacheFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr(GPtrArray) all = cache_messages (1, 9);
  g_autoptr(GPtrArray) middle = g_ptr_array_new ();
  g_autoptr(GPtrArray) older = g_ptr_array_new ();
  g_autoptr(GPtrArray) newer = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      ((NatterMessageData *) all->pdata[i])->time = CACHE_START;
      g_ptr_array_add (i < 3 ? older : i < 6 ? middle : newer, all->pdata[i]);
    }
  natter_cache_save_page (fixture->cache, &cache_general, middle, NULL, NULL, FALSE, FALSE);
  natter_cache_save_page (fixture->cache, &cache_general, older, NULL, "m4", TRUE, FALSE);
  natter_cache_save_page (fixture->cache, &cache_general, newer, "m6", NULL, FALSE, TRUE);
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "| 1 2 3 4 5 6 7 8 9");
  {
    g_autoptr(NatterCachedPage) page = cache_load (fixture, NATTER_CACHE_LATEST, NULL, 10);

    for (guint i = 0; i < page->messages->len; i++)
      g_assert_cmpint (((NatterMessageData *) page->messages->pdata[i])->time, ==, CACHE_START);
  }
}

/* What the server has no more is forgotten with the page that lacks it. */
static void
test_deleted_meanwhile (CacheFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr(GPtrArray) messages = cache_messages (1, 6);

  natter_cache_save_page (fixture->cache, &cache_general, messages, NULL, NULL, TRUE, TRUE);
  g_ptr_array_remove_index (messages, 4);
  g_ptr_array_remove_range (messages, 0, 2);
  natter_cache_save_page (fixture->cache, &cache_general, messages, NULL, NULL, FALSE, FALSE);
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "| 1 2 3 4 6");
  g_ptr_array_remove_index (messages, 2);
  natter_cache_save_page (fixture->cache, &cache_general, messages, NULL, NULL, TRUE, TRUE);
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "| 3 4");
  g_ptr_array_set_size (messages, 0);
  natter_cache_save_page (fixture->cache, &cache_general, messages, NULL, NULL, TRUE, TRUE);
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "");
}

static void
test_changes (CacheFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(NatterMessageData) edited = cache_message (2, "all new", "{\"edited\":true}");
  g_autoptr(NatterCachedPage) page = NULL;
  const NatterMessageData *second;
  const NatterMessageData *third;

  cache_save (fixture, 1, 4, NULL, NULL);
  natter_cache_save_edit (fixture->cache, &cache_general, "m2", edited, NULL);
  natter_cache_save_reaction (fixture->cache, &cache_general, "m2", "🎉", "wren", TRUE);
  natter_cache_save_reaction (fixture->cache, &cache_general, "m2", "🎉", "mika", TRUE);
  natter_cache_save_reaction (fixture->cache, &cache_general, "m2", "🎉", "wren", FALSE);
  natter_cache_save_edit (fixture->cache, &cache_general, "m3", NULL, "only the text");
  natter_cache_save_pin (fixture->cache, &cache_general, "m3", TRUE);
  natter_cache_save_edit (fixture->cache, &cache_general, "m99", NULL, "nowhere");
  natter_cache_remove_message (fixture->cache, &cache_general, "m1");
  natter_cache_remove_message (fixture->cache, &cache_general, "m99");
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "~ 2 3 4");
  page = cache_load (fixture, NATTER_CACHE_LATEST, NULL, 10);
  second = page->messages->pdata[0];
  third = page->messages->pdata[1];
  g_assert_cmpstr (second->content, ==, "all new");
  g_assert_true (second->edited);
  g_assert_cmpuint (second->reactions->len, ==, 1);
  g_assert_cmpstr (((NatterReactionData *) second->reactions->pdata[0])->users[0], ==, "mika");
  g_assert_null (((NatterReactionData *) second->reactions->pdata[0])->users[1]);
  g_assert_cmpstr (third->content, ==, "only the text");
  g_assert_true (third->edited);
  g_assert_true (third->pinned);

  natter_cache_save_pin (fixture->cache, &cache_general, "m3", FALSE);
  natter_cache_save_reaction (fixture->cache, &cache_general, "m2", "🎉", "mika", FALSE);
  cache_flush (fixture);
  g_clear_pointer (&page, natter_cached_page_free);
  page = cache_load (fixture, NATTER_CACHE_LATEST, NULL, 10);
  g_assert_cmpuint (((NatterMessageData *) page->messages->pdata[0])->reactions->len, ==, 0);
  g_assert_false (((NatterMessageData *) page->messages->pdata[1])->pinned);
}

static NatterCachedServer *
load_server (CacheFixture *fixture,
             const char   *id)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  NatterCachedServer *server;

  cache_flush (fixture);
  natter_cache_load_server_async (fixture->cache, id, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  server = natter_cache_load_server_finish (fixture->cache, result, &error);
  g_assert_no_error (error);
  return server;
}

static void
save_packet (CacheFixture *fixture,
             const char   *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_packet_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  natter_cache_save_packet (fixture->cache, "server", packet);
}

static void
test_lists (CacheFixture  *fixture,
            gconstpointer  data)
{
  const NatterCachePlace forum = { "server", "forum", "t1" };
  g_autoptr(NatterCachedServer) server = NULL;
  const NatterPacket *channels;

  save_packet (fixture, "{\"cmd\":\"users_list\",\"users\":[{\"username\":\"wren\"}]}");
  save_packet (fixture, "{\"cmd\":\"channels_get\",\"val\":[{\"type\":\"text\",\"name\":\"old\"}]}");
  save_packet (fixture, "{\"cmd\":\"channels_get\",\"val\":[{\"type\":\"text\",\"name\":\"general\",\"x\":NaN}]}");
  save_packet (fixture, "{\"cmd\":\"typing\",\"channel\":\"general\",\"user\":\"wren\"}");
  natter_cache_save_me (fixture->cache, "server", "cleo");
  natter_cache_save_reading (fixture->cache, &cache_general, 7, 2);
  natter_cache_save_reading (fixture->cache, &forum, 1, 0);
  natter_cache_save_reading (fixture->cache, &forum, 0, 0);

  server = load_server (fixture, "server");
  g_assert_cmpstr (server->me, ==, "cleo");
  g_assert_cmpuint (server->packets->len, ==, 2);
  channels = server->packets->pdata[0];
  g_assert_cmpint (channels->kind, ==, NATTER_PACKET_CHANNELS);
  g_assert_cmpstr (((NatterChannelData *) channels->channels->pdata[0])->name, ==, "general");
  g_assert_cmpuint (server->readings->len, ==, 1);
  g_assert_cmpstr (((NatterCachedReading *) server->readings->pdata[0])->channel, ==, "general");
  g_assert_cmpuint (((NatterCachedReading *) server->readings->pdata[0])->unread, ==, 7);
  g_assert_cmpuint (((NatterCachedReading *) server->readings->pdata[0])->mentions, ==, 2);
}

static guint64
get_size (CacheFixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  guint64 size;

  natter_cache_get_size_async (fixture->cache, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  size = natter_cache_get_size_finish (fixture->cache, result, &error);
  g_assert_no_error (error);
  return size;
}

static int
count_in (CacheFixture *fixture,
          const char   *channel)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM messages JOIN places ON places.key = messages.place"
                                          " WHERE channel = '%s'", channel);

  return store_fixture_query_int (fixture->store.path, sql);
}

/* The oldest go first, those that are to be kept last; and what goes leaves a gap. */
static void
test_budget (CacheFixture  *fixture,
             gconstpointer  data)
{
  const guint64 budget = 512 * 1024;
  const NatterCachePlace kept = { "server", "kept", NULL };
  g_autoptr(GPtrArray) old = cache_messages (1, 500);
  g_autoptr(NatterCachedPage) page = NULL;
  guint first;

  natter_cache_set_budget (fixture->cache, budget);
  natter_cache_set_kept (fixture->cache, "server", "kept", TRUE);
  natter_cache_save_page (fixture->cache, &kept, old, NULL, NULL, TRUE, TRUE);
  for (guint i = 0; i < 80; i++)
    {
      g_autofree char *before = g_strdup_printf ("m%u", 1000 + i * 100 - 1);

      cache_save (fixture, 1000 + i * 100, 1099 + i * 100, i > 0 ? before : NULL, NULL);
    }
  cache_flush (fixture);
  g_assert_cmpuint (get_size (fixture), <=, budget);
  g_assert_cmpint (count_in (fixture, "kept"), ==, 500);
  g_assert_cmpint (count_in (fixture, "general"), <, 8000);
  g_assert_cmpint (count_in (fixture, "general"), >, 500);

  page = cache_load (fixture, NATTER_CACHE_LATEST, NULL, 10000);
  g_assert_true (page->at_gap);
  g_assert_cmpuint (page->messages->len, ==, count_in (fixture, "general"));
  first = (guint) g_ascii_strtoull (((NatterMessageData *) page->messages->pdata[0])->id + 1, NULL, 10);
  g_assert_cmpuint (first, ==, 9000 - page->messages->len);
}

/* The newest page of a place where nobody has spoken for long stays, when others are loud. */
static void
test_quiet (CacheFixture  *fixture,
            gconstpointer  data)
{
  const guint64 budget = 512 * 1024;
  const NatterCachePlace quiet = { "server", "quiet", NULL };
  const NatterCachePlace silent = { "server", "silent", NULL };
  g_autoptr(GPtrArray) few = cache_messages (1, 10);
  g_autoptr(GPtrArray) some = cache_messages (11, 200);

  natter_cache_set_budget (fixture->cache, budget);
  natter_cache_save_page (fixture->cache, &silent, few, NULL, NULL, TRUE, TRUE);
  natter_cache_save_page (fixture->cache, &quiet, some, NULL, NULL, TRUE, TRUE);
  for (guint i = 0; i < 80; i++)
    {
      g_autofree char *before = g_strdup_printf ("m%u", 1000 + i * 100 - 1);

      cache_save (fixture, 1000 + i * 100, 1099 + i * 100, i > 0 ? before : NULL, NULL);
    }
  cache_flush (fixture);
  g_assert_cmpuint (get_size (fixture), <=, budget);
  g_assert_cmpint (count_in (fixture, "silent"), ==, 10);
  g_assert_cmpint (count_in (fixture, "quiet"), ==, 50);
  g_assert_cmpint (count_in (fixture, "general"), >, 500);

  /* It goes when there is nothing else. */
  natter_cache_set_budget (fixture->cache, 1);
  for (guint i = 0; i < 80 && count_in (fixture, "quiet") > 0; i++)
    {
      cache_save (fixture, 9000 + i, 9000 + i, NULL, NULL);
      cache_flush (fixture);
    }
  g_assert_cmpint (count_in (fixture, "quiet"), ==, 0);
}

static void
assert_cleared (CacheFixture *fixture,
                const char   *server,
                const char   *channel)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  natter_cache_clear_async (fixture->cache, server, channel, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  g_assert_true (natter_cache_clear_finish (fixture->cache, result, &error));
  g_assert_no_error (error);
}

static void
test_clear (CacheFixture  *fixture,
            gconstpointer  data)
{
  const NatterCachePlace others[] = { { "server", "general", "t" }, { "server", "news", NULL }, { "other", "general", NULL } };
  g_autoptr(GPtrArray) messages = cache_messages (1, 2000);
  const char *path = fixture->store.path;
  guint64 full;

  cache_save (fixture, 1, 2000, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    natter_cache_save_page (fixture->cache, &others[i], messages, NULL, NULL, FALSE, FALSE);
  natter_cache_save_reading (fixture->cache, &cache_general, 3, 0);
  cache_flush (fixture);
  full = get_size (fixture);

  assert_cleared (fixture, "server", "general");
  g_assert_cmpint (store_fixture_query_int (path, "SELECT count (*) FROM messages"), ==, 4000);
  assert_cleared (fixture, "server", NULL);
  g_assert_cmpint (store_fixture_query_int (path, "SELECT count (*) FROM messages"), ==, 2000);
  {
    g_autoptr(NatterCachedServer) server = load_server (fixture, "server");

    g_assert_cmpuint (server->readings->len, ==, 1);
  }
  natter_cache_remove_server (fixture->cache, "server");
  {
    g_autoptr(NatterCachedServer) server = load_server (fixture, "server");

    g_assert_cmpuint (server->readings->len, ==, 0);
  }
  assert_cleared (fixture, NULL, NULL);
  g_assert_cmpint (store_fixture_query_int (path, "SELECT count (*) FROM messages"), ==, 0);
  g_assert_cmpuint (get_size (fixture), <, full / 10);
}

static void
test_retain (CacheFixture  *fixture,
             gconstpointer  data)
{
  const NatterCachePlace other = { "other", "general", NULL };
  const char * const servers[] = { "server", "unheard-of", NULL };
  g_autoptr(GPtrArray) messages = cache_messages (1, 3);

  cache_save (fixture, 1, 2, NULL, NULL);
  natter_cache_save_page (fixture->cache, &other, messages, NULL, NULL, FALSE, FALSE);
  natter_cache_retain_servers (fixture->cache, servers);
  cache_flush (fixture);
  g_assert_cmpint (store_fixture_query_int (fixture->store.path, "SELECT count (*) FROM messages"), ==, 2);
  g_assert_cmpint (store_fixture_query_int (fixture->store.path, "SELECT count (*) FROM servers"), ==, 1);
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "~ 1 2");
}

static void
write_junk (const char *path,
            goffset     offset,
            gsize       length)
{
  g_autofree guint8 *junk = g_malloc (length);
  FILE *file = g_fopen (path, g_file_test (path, G_FILE_TEST_EXISTS) ? "r+" : "w");

  memset (junk, 0xa5, length);
  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (junk, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* A cache that is damaged is moved aside and started afresh; what can't be asked for again is elsewhere. */
static void
test_damage (CacheFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *expected = g_strconcat (fixture->store.path, ".damaged-1", NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  cache_save (fixture, 1, 500, NULL, NULL);
  cache_reopen (fixture);
  cache_flush (fixture);
  natter_cache_close (fixture->cache);
  g_clear_object (&fixture->cache);
  write_junk (fixture->store.path, 4096, 16 * 4096);

  fixture->cache = natter_cache_new (fixture->store.path);
  natter_cache_load_page_async (fixture->cache, &cache_general, NATTER_CACHE_LATEST, NULL, 10, NULL,
                                store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  g_assert_null (natter_cache_load_page_finish (fixture->cache, result, &error));
  g_assert_nonnull (error);
  while (natter_cache_get_damaged_file (fixture->cache) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (natter_cache_get_damaged_file (fixture->cache), ==, expected);
  g_assert_true (g_file_test (expected, G_FILE_TEST_EXISTS));

  cache_save (fixture, 1, 3, NULL, NULL);
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "~ 1 2 3");
}

static void
test_full (CacheFixture  *fixture,
           gconstpointer  data)
{
  struct rlimit old, small;

  cache_save (fixture, 1, 3, NULL, NULL);
  cache_flush (fixture);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 256 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  cache_save (fixture, 4, 8000, "m3", NULL);
  cache_flush (fixture);
  while (natter_cache_get_error (fixture->cache) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (natter_cache_get_error (fixture->cache), NATTER_STORE_ERROR, NATTER_STORE_ERROR_FULL);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

  /* It is said no more when there is room again, and what was not kept leaves a gap. */
  {
    g_autoptr(NatterMessageData) message = cache_message (8001, NULL, NULL);

    natter_cache_save_new (fixture->cache, &cache_general, message, "m8000");
  }
  while (natter_cache_get_error (fixture->cache) != NULL)
    g_main_context_iteration (NULL, TRUE);
  cache_assert_page (fixture, NATTER_CACHE_LATEST, NULL, 10, "~ 8001");
  cache_assert_page (fixture, NATTER_CACHE_NEWER, "m1", 10, "2 3 ~");
}

static void
test_newer (CacheFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  cache_flush (fixture);
  natter_cache_close (fixture->cache);
  g_clear_object (&fixture->cache);
  store_fixture_execute (fixture->store.path, "PRAGMA user_version = 99");
  fixture->cache = natter_cache_new (fixture->store.path);
  natter_cache_load_page_async (fixture->cache, &cache_general, NATTER_CACHE_LATEST, NULL, 10, NULL,
                                store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  g_assert_null (natter_cache_load_page_finish (fixture->cache, result, &error));
  g_assert_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_NEWER);
  g_assert_null (natter_cache_get_damaged_file (fixture->cache));
  g_assert_cmpint (store_fixture_query_int (fixture->store.path, "PRAGMA user_version"), ==, 99);
}

#define add_test(path, function) g_test_add (path, CacheFixture, NULL, cache_set_up, function, cache_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/cache/message", test_message);
  add_test ("/cache/paging", test_paging);
  add_test ("/cache/gap", test_gap);
  add_test ("/cache/live", test_live);
  add_test ("/cache/same-time", test_same_time);
  add_test ("/cache/deleted-meanwhile", test_deleted_meanwhile);
  add_test ("/cache/changes", test_changes);
  add_test ("/cache/lists", test_lists);
  add_test ("/cache/budget", test_budget);
  add_test ("/cache/quiet", test_quiet);
  add_test ("/cache/clear", test_clear);
  add_test ("/cache/retain", test_retain);
  add_test ("/cache/damage", test_damage);
  add_test ("/cache/full", test_full);
  add_test ("/cache/newer", test_newer);
  return g_test_run ();
}
