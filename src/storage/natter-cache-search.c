/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-cache"

#include "natter-cache-search.h"

#include "natter-cache-private.h"
#include "natter-store.h"

/* More people than this are not told apart by what was typed. */
#define MAX_AUTHORS 100

/* A prefix of one letter is half of all words: the letter alone is looked for. */
#define MIN_PREFIX 2

typedef struct
{
  NatterSearchQuery *query;
  char             **servers; /* NULL: all */
  char             **authors; /* NULL: nobody else */
  NatterSearchOrder  order;
  gint64             from;
  guint              limit;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  natter_search_query_unref (search->query);
  g_strfreev (search->servers);
  g_strfreev (search->authors);
  g_free (search);
}

static void
hit_free (gpointer data)
{
  NatterCachedHit *hit = data;

  g_free (hit->server);
  g_free (hit->channel);
  g_free (hit->thread_id);
  natter_message_data_free (hit->message);
  g_free (hit);
}

/**
 * natter_cached_hits_free:
 * @self: (transfer full): what was found
 */
void
natter_cached_hits_free (NatterCachedHits *self)
{
  g_ptr_array_unref (self->hits);
  g_free (self);
}

/* Puts a text between quotes, in which nothing but a quote means anything to the index. */
static void
quote (GString    *match,
       const char *text)
{
  g_string_append_c (match, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (match, '"');
      g_string_append_c (match, *text);
    }
  g_string_append_c (match, '"');
}

static void
join (GString    *match,
      const char *column)
{
  g_string_append_printf (match, "%s{%s} : ", match->len > 0 ? " AND " : "", column);
}

/* Who is meant by a name: who has it, whole or from its start on, as it is or behind what local accounts have in front. */
static gboolean
add_people (NatterDatabase  *database,
            const char      *name,
            GHashTable      *keys,
            GError         **error)
{
  g_autoptr(GString) pattern = g_string_new (name);
  g_autofree char *local = NULL;
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT key FROM people WHERE name LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\' LIMIT "
                             G_STRINGIFY (MAX_AUTHORS), error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  g_string_replace (pattern, "\\", "\\\\", 0);
  g_string_replace (pattern, "%", "\\%", 0);
  g_string_replace (pattern, "_", "\\_", 0);
  g_string_append_c (pattern, '%');
  local = g_strconcat ("USR:local\\_", pattern->str, NULL);
  natter_statement_bind_text (statement, 1, pattern->str);
  natter_statement_bind_text (statement, 2, local);
  while (natter_database_step (database, statement, &row, error))
    {
      gint64 key;

      if (!row)
        return TRUE;
      key = sqlite3_column_int64 (statement, 0);
      g_hash_table_add (keys, g_memdup2 (&key, sizeof key));
    }
  return FALSE;
}

/* @nobody: whether somebody was asked for who never wrote */
static gboolean
match_authors (NatterDatabase  *database,
               const Search    *search,
               GString         *match,
               gboolean        *nobody,
               GError         **error)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  const char *word = "";
  GHashTableIter iter;
  gint64 *key;

  *nobody = FALSE;
  if (search->query->from[0] == NULL)
    return TRUE;
  for (guint i = 0; search->query->from[i] != NULL; i++)
    if (!add_people (database, search->query->from[i], keys, error))
      return FALSE;
  for (guint i = 0; search->authors != NULL && search->authors[i] != NULL; i++)
    if (!add_people (database, search->authors[i], keys, error))
      return FALSE;
  *nobody = g_hash_table_size (keys) == 0;
  if (*nobody)
    return TRUE;
  join (match, "tags");
  g_string_append_c (match, '(');
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, NULL))
    {
      g_string_append_printf (match, "%s\"a%" G_GINT64_FORMAT "\"", word, *key);
      word = " OR ";
    }
  g_string_append_c (match, ')');
  return TRUE;
}

static void
match_words (const NatterSearchQuery *query,
             GString                 *match)
{
  static const struct
  {
    NatterSearchHas has;
    const char     *tag;
  } tags[] = {
    { NATTER_SEARCH_HAS_LINK, "\"link\"" }, { NATTER_SEARCH_HAS_FILE, "\"file\"" }, { NATTER_SEARCH_HAS_IMAGE, "\"image\"" },
  };

  for (guint i = 0; i < query->terms->len; i++)
    {
      const NatterSearchTerm *term = query->terms->pdata[i];

      join (match, "text");
      quote (match, term->text);
      if (term->is_prefix && g_utf8_strlen (term->text, -1) >= MIN_PREFIX)
        g_string_append (match, " *");
    }
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      if ((query->has & tags[i].has) == 0)
        continue;
      join (match, "tags");
      g_string_append (match, tags[i].tag);
    }
}

/* Where messages are, by key of the place. */
typedef struct
{
  char *server;
  char *channel;
  char *thread_id;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->server);
  g_free (place->channel);
  g_free (place->thread_id);
  g_free (place);
}

/* A name is good from its start on, so that what is being typed finds something. */
static gboolean
is_among (const char  *name,
          char       **wanted)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (guint i = 0; wanted[i] != NULL; i++)
    {
      g_autofree char *start = g_utf8_casefold (wanted[i], -1);

      if (g_str_has_prefix (folded, start))
        return TRUE;
    }
  return wanted[0] == NULL;
}

/* (transfer full) (nullable): the places in which to look */
static GHashTable *
list_places (NatterDatabase  *database,
             const Search    *search,
             GError         **error)
{
  g_autoptr(GHashTable) places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, place_free);
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT places.key, servers.id, places.channel, places.thread_id"
                             " FROM places JOIN servers ON servers.key = places.server", error);
  gboolean row;

  if (statement == NULL)
    return NULL;
  while (natter_database_step (database, statement, &row, error))
    {
      const char *server;
      const char *channel;
      gint64 key;
      Place *place;

      if (!row)
        return g_steal_pointer (&places);
      server = (const char *) sqlite3_column_text (statement, 1);
      channel = (const char *) sqlite3_column_text (statement, 2);
      if ((search->servers != NULL && !g_strv_contains ((const char * const *) search->servers, server))
          || !is_among (channel, search->query->in))
        continue;
      place = g_new0 (Place, 1);
      place->server = g_strdup (server);
      if (*channel != '\0')
        place->channel = g_strdup (channel);
      if (sqlite3_column_bytes (statement, 3) > 0)
        place->thread_id = natter_statement_dup_text (statement, 3);
      key = sqlite3_column_int64 (statement, 0);
      g_hash_table_insert (places, g_memdup2 (&key, sizeof key), place);
    }
  return NULL;
}

static gint64
first_key (const Search *search)
{
  return search->query->after / G_TIME_SPAN_MILLISECOND;
}

/* The key before which the page ends: keys are times. */
static gint64
end_key (const Search *search)
{
  gint64 end = search->query->before != 0 ? search->query->before / G_TIME_SPAN_MILLISECOND : G_MAXINT64;

  if (search->order == NATTER_SEARCH_NEWEST && search->from != 0)
    end = MIN (end, search->from);
  return end;
}

#define FOUND "SELECT " NATTER_CACHE_ROW ", messages.place FROM words" \
              " JOIN messages ON messages.key = words.rowid LEFT JOIN people ON people.key = messages.author" \
              " WHERE words MATCH ?1 AND words.rowid >= ?2 AND words.rowid < ?3 "

#define SENT "SELECT " NATTER_CACHE_ROW ", messages.place" NATTER_CACHE_ROW_FROM " WHERE messages.key >= ?2 AND messages.key < ?3 "

static sqlite3_stmt *
prepare (NatterDatabase  *database,
         const Search    *search,
         const char      *match,
         GHashTable      *places,
         GError         **error)
{
  gboolean is_one = g_hash_table_size (places) == 1;
  sqlite3_stmt *statement;

  if (*match == '\0')
    statement = natter_database_prepare (database,
                                         is_one ? SENT "AND messages.place = ?4 ORDER BY messages.key DESC"
                                                : SENT "ORDER BY messages.key DESC", error);
  else
    statement = natter_database_prepare (database,
                                         search->order == NATTER_SEARCH_BEST ? FOUND "ORDER BY words.rank"
                                                                             : FOUND "ORDER BY words.rowid DESC", error);
  if (statement == NULL)
    return NULL;
  if (*match != '\0')
    natter_statement_bind_text (statement, 1, match);
  else if (is_one)
    {
      GHashTableIter iter;
      gint64 *key;

      g_hash_table_iter_init (&iter, places);
      g_hash_table_iter_next (&iter, (gpointer *) &key, NULL);
      sqlite3_bind_int64 (statement, 4, *key);
    }
  sqlite3_bind_int64 (statement, 2, first_key (search));
  sqlite3_bind_int64 (statement, 3, end_key (search));
  return statement;
}

static void
add_hit (NatterCachedHits *hits,
         sqlite3_stmt     *statement,
         const Place      *place)
{
  NatterCachedHit *hit = g_new0 (NatterCachedHit, 1);

  hit->server = g_strdup (place->server);
  hit->channel = g_strdup (place->channel);
  hit->thread_id = g_strdup (place->thread_id);
  hit->message = natter_cache_row_read (statement);
  g_ptr_array_add (hits->hits, hit);
}

/* One page; the place to go on is a key when the newest come first, else a number of rows. */
static gboolean
take_hits (NatterDatabase    *database,
           const Search      *search,
           sqlite3_stmt      *statement,
           GHashTable        *places,
           NatterCachedHits  *hits,
           GError           **error)
{
  gboolean by_rank = search->order == NATTER_SEARCH_BEST;
  gint64 n_rows = 0;
  gboolean row = TRUE;

  while (row)
    {
      const Place *place;
      gint64 place_key;

      if (!natter_database_step (database, statement, &row, error))
        return FALSE;
      if (!row || (by_rank && n_rows++ < search->from))
        continue;
      place_key = sqlite3_column_int64 (statement, 7);
      place = g_hash_table_lookup (places, &place_key);
      if (place == NULL)
        continue;
      add_hit (hits, statement, place);
      if (hits->hits->len < search->limit)
        continue;
      hits->next = by_rank ? n_rows : sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      return TRUE;
    }
  return TRUE;
}

static gboolean
fill_hits (NatterDatabase    *database,
           const Search      *search,
           NatterCachedHits  *hits,
           GError           **error)
{
  g_autoptr(GHashTable) places = NULL;
  g_autoptr(GString) match = g_string_new (NULL);
  sqlite3_stmt *statement;
  gboolean nobody;

  if (natter_search_query_is_empty (search->query))
    return TRUE;
  places = list_places (database, search, error);
  if (places == NULL || !match_authors (database, search, match, &nobody, error))
    return FALSE;
  if (nobody || g_hash_table_size (places) == 0)
    return TRUE;
  match_words (search->query, match);
  statement = prepare (database, search, match->str, places, error);
  return statement != NULL && take_hits (database, search, statement, places, hits, error);
}

static gboolean
run_search (NatterDatabase  *database,
            gpointer         arguments,
            gpointer        *result,
            GError         **error)
{
  g_autoptr(NatterCachedHits) hits = g_new0 (NatterCachedHits, 1);

  hits->hits = g_ptr_array_new_with_free_func (hit_free);
  if (!fill_hits (database, arguments, hits, error))
    return FALSE;
  *result = g_steal_pointer (&hits);
  return TRUE;
}

static const NatterStoreCall search_call = {
  .name = "natter_cache_search_async",
  .run = run_search,
  .arguments_free = search_free,
  .result_free = (GDestroyNotify) natter_cached_hits_free,
};

/**
 * natter_cache_search_async:
 * @self: a cache
 * @query: what to look for
 * @scope: (nullable): what the names in it mean
 * @order: what comes first
 * @from: where to go on, or 0
 * @limit: how many hits at most
 * @cancellable: (nullable): ends it within a millisecond or so, also while SQLite is at work
 * @callback: called with the hits
 * @data: for @callback
 *
 * Looks for messages in everything that is kept. Channels and people are found by the start of their names. What was
 * typed never becomes syntax of the index.
 */
void
natter_cache_search_async (NatterCache            *self,
                           NatterSearchQuery      *query,
                           const NatterCacheScope *scope,
                           NatterSearchOrder       order,
                           gint64                  from,
                           guint                   limit,
                           GCancellable           *cancellable,
                           GAsyncReadyCallback     callback,
                           gpointer                data)
{
  Search *search;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (query != NULL && limit > 0 && callback != NULL);

  search = g_new0 (Search, 1);
  search->query = natter_search_query_ref (query);
  search->servers = scope != NULL ? g_strdupv ((char **) scope->servers) : NULL;
  search->authors = scope != NULL ? g_strdupv ((char **) scope->authors) : NULL;
  search->order = order;
  search->from = from;
  search->limit = limit;
  natter_cache_push_search (self, &search_call, search, cancellable, callback, data);
}

/**
 * natter_cache_search_finish:
 * @self: a cache
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): what was found
 */
NatterCachedHits *
natter_cache_search_finish (NatterCache   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &search_call), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
