/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast the cache of a profile that make-profile made is: search-speed DIR */
#include <glib/gstdio.h>

#include "natter-cache-search.h"
#include "natter-profile.h"

#define ROUNDS 25

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static void
wait_for (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return first < second ? -1 : first > second;
}

/* From the call to the callback, in the main loop. */
static double
time_search (NatterCache       *cache,
             const char        *text,
             NatterSearchOrder  order,
             guint             *n_hits)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr(NatterSearchQuery) query = natter_search_query_parse (text, now);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(NatterCachedHits) hits = NULL;
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double ms;

  natter_cache_search_async (cache, query, NULL, order, 0, 50, NULL, keep_result, &result);
  wait_for (&result);
  ms = (double) (g_get_monotonic_time () - start) / 1000;
  hits = natter_cache_search_finish (cache, result, &error);
  if (hits == NULL)
    g_error ("%s", error->message);
  *n_hits = hits->hits->len;
  return ms;
}

static double
time_page (NatterCache *cache,
           guint        number,
           guint       *n_hits)
{
  g_autofree char *server = g_strdup_printf ("server-%u", number % 20);
  g_autofree char *channel = g_strdup_printf ("channel-%u", number % 25);
  const NatterCachePlace place = { server, channel, NULL };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(NatterCachedPage) page = NULL;
  g_autoptr(GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double ms;

  natter_cache_load_page_async (cache, &place, NATTER_CACHE_LATEST, NULL, 50, NULL, keep_result, &result);
  wait_for (&result);
  ms = (double) (g_get_monotonic_time () - start) / 1000;
  page = natter_cache_load_page_finish (cache, result, &error);
  if (page == NULL)
    g_error ("%s", error->message);
  *n_hits = page->messages->len;
  return ms;
}

static void
print (const char *what,
       double     *times,
       guint       n_hits)
{
  double first = times[0];

  qsort (times, ROUNDS, sizeof *times, compare);
  g_print ("%-44s %8.1f %8.1f %8.1f %8u\n", what, times[ROUNDS / 2], times[ROUNDS - 1], first, n_hits);
}

static void
measure_searches (NatterCache *cache)
{
  static const struct
  {
    const char       *name;
    const char       *text;
    NatterSearchOrder order;
  } searches[] = {
    { "a rare word", "quetzal ", NATTER_SEARCH_NEWEST },
    { "a rare word, its start", "quet", NATTER_SEARCH_NEWEST },
    { "two words", "bako miren ", NATTER_SEARCH_NEWEST },
    { "two frequent words", "ba ko ", NATTER_SEARCH_NEWEST },
    { "one frequent word", "ba ", NATTER_SEARCH_NEWEST },
    { "the start of many words, two letters", "ba", NATTER_SEARCH_NEWEST },
    { "the start of many words, three letters", "bak", NATTER_SEARCH_NEWEST },
    { "a frequent word, the best first", "bako ", NATTER_SEARCH_BEST },
    { "a word of one person", "bako from:person17 ", NATTER_SEARCH_NEWEST },
    { "pictures of one person", "from:person17 has:image ", NATTER_SEARCH_NEWEST },
    { "a rare word in one channel", "quetzal in:channel-3", NATTER_SEARCH_NEWEST },
    { "nothing", "xylophone ", NATTER_SEARCH_NEWEST },
  };
  double times[ROUNDS];
  guint n_hits = 0;

  g_print ("%-44s %8s %8s %8s %8s\n", "ms", "median", "slowest", "first", "hits");
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      for (guint j = 0; j < ROUNDS; j++)
        times[j] = time_search (cache, searches[i].text, searches[i].order, &n_hits);
      print (searches[i].name, times, n_hits);
    }
  for (guint j = 0; j < ROUNDS; j++)
    times[j] = time_page (cache, j, &n_hits);
  print ("the newest page of a channel", times, n_hits);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(NatterProfile) profile = NULL;
  g_autoptr(NatterCache) cache = NULL;
  g_autofree char *path = NULL;
  GStatBuf info;

  if (argc != 2)
    {
      g_printerr ("Usage: search-speed DIR\n");
      return 2;
    }
  profile = natter_profile_new (argv[1]);
  path = g_build_filename (natter_profile_get_data_dir (profile), NATTER_CACHE_NAME, NULL);
  if (g_stat (path, &info) != 0)
    {
      g_printerr ("There is no %s\n", path);
      return 1;
    }
  cache = natter_cache_new (path);
  measure_searches (cache);
  g_print ("%s: %.1f MB\n", path, (double) info.st_size / 1e6);
  natter_cache_close (cache);
  return 0;
}
