/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-cache"

#include "natter-cache-private.h"

typedef struct
{
  char                 *server;
  char                 *channel;
  char                 *thread_id;
  char                 *id;
  NatterCacheDirection  direction;
  guint                 limit;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->server);
  g_free (query->channel);
  g_free (query->thread_id);
  g_free (query->id);
  g_free (query);
}

/**
 * natter_cached_page_free:
 * @self: (transfer full): a page
 */
void
natter_cached_page_free (NatterCachedPage *self)
{
  g_ptr_array_unref (self->messages);
  g_free (self);
}

static gboolean
get_flags (NatterDatabase  *database,
           gint64           key,
           gint64          *flags,
           GError         **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, "SELECT flags FROM messages WHERE key = ?", error);

  *flags = NATTER_CACHE_GAP;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, key);
  return natter_cache_query_int (database, statement, flags, error);
}

/* Puts up to @limit messages before @key in front of the page, newest first, up to a gap. */
static gboolean
read_back (NatterDatabase    *database,
           gint64             place,
           gint64             key,
           guint              limit,
           NatterCachedPage  *page,
           GError           **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT " NATTER_CACHE_ROW NATTER_CACHE_ROW_FROM
                             " WHERE messages.place = ? AND messages.key < ? ORDER BY messages.key DESC LIMIT ?", error);
  guint n_read = 0;
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, place);
  sqlite3_bind_int64 (statement, 2, key);
  sqlite3_bind_int64 (statement, 3, limit);
  while (!page->at_gap)
    {
      if (!natter_database_step (database, statement, &row, error))
        return FALSE;
      if (!row)
        break;
      g_ptr_array_insert (page->messages, 0, natter_cache_row_read (statement));
      page->at_gap = (sqlite3_column_int64 (statement, 6) & NATTER_CACHE_GAP) != 0;
      n_read++;
    }
  page->at_start = !page->at_gap && n_read < limit;
  return !row || natter_database_run (database, statement, error);
}

/* Adds up to @limit messages after @key, up to a gap. */
static gboolean
read_on (NatterDatabase    *database,
         gint64             place,
         gint64             key,
         guint              limit,
         NatterCachedPage  *page,
         gboolean          *at_gap,
         GError           **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT " NATTER_CACHE_ROW NATTER_CACHE_ROW_FROM
                             " WHERE messages.place = ? AND messages.key > ? ORDER BY messages.key LIMIT ?", error);
  guint n_read = 0;
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, place);
  sqlite3_bind_int64 (statement, 2, key);
  sqlite3_bind_int64 (statement, 3, limit);
  while (TRUE)
    {
      if (!natter_database_step (database, statement, &row, error))
        return FALSE;
      if (!row)
        break;
      *at_gap = (sqlite3_column_int64 (statement, 6) & NATTER_CACHE_GAP) != 0;
      if (*at_gap)
        break;
      g_ptr_array_add (page->messages, natter_cache_row_read (statement));
      n_read++;
    }
  page->at_end = !*at_gap && n_read < limit;
  return !row || natter_database_run (database, statement, error);
}

/* The message itself, and as many on both sides of it. */
static gboolean
read_around (NatterDatabase    *database,
             gint64             place,
             gint64             key,
             guint              limit,
             NatterCachedPage  *page,
             GError           **error)
{
  gboolean ends_at_gap = FALSE;

  return read_back (database, place, key + 1, limit / 2 + 1, page, error) &&
         read_on (database, place, key, limit / 2, page, &ends_at_gap, error);
}

static gboolean
fill_page (NatterDatabase    *database,
           const Query       *query,
           NatterCachedPage  *page,
           GError           **error)
{
  const NatterCachePlace key_of_place = { query->server, query->channel, query->thread_id };
  gint64 place;
  gint64 key = 0;
  gint64 flags;

  if (!natter_cache_find_place (database, &key_of_place, &place, error))
    return FALSE;
  if (place != 0 && query->id != NULL && !natter_cache_row_find (database, place, query->id, &key, error))
    return FALSE;
  page->at_end = query->direction == NATTER_CACHE_LATEST;
  page->at_gap = place == 0 || (key == 0 && query->direction != NATTER_CACHE_LATEST);
  if (page->at_gap)
    return TRUE;
  switch (query->direction)
    {
    case NATTER_CACHE_OLDER:
      if (!get_flags (database, key, &flags, error))
        return FALSE;
      page->at_gap = (flags & NATTER_CACHE_GAP) != 0;
      return page->at_gap || read_back (database, place, key, query->limit, page, error);
    case NATTER_CACHE_NEWER:
      return read_on (database, place, key, query->limit, page, &page->at_gap, error);
    case NATTER_CACHE_AROUND:
      return read_around (database, place, key, query->limit, page, error);
    case NATTER_CACHE_LATEST:
    default:
      return read_back (database, place, G_MAXINT64, query->limit, page, error);
    }
}

static gboolean
load_page (NatterDatabase  *database,
           gpointer         arguments,
           gpointer        *result,
           GError         **error)
{
  g_autoptr(NatterCachedPage) page = g_new0 (NatterCachedPage, 1);

  page->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_message_data_free);
  if (!fill_page (database, arguments, page, error))
    return FALSE;
  /* An empty place that was never asked about says nothing of where it starts. */
  if (page->messages->len == 0 && ((Query *) arguments)->direction == NATTER_CACHE_LATEST)
    page->at_start = FALSE;
  *result = g_steal_pointer (&page);
  return TRUE;
}

static const NatterStoreCall load_page_call = {
  .name = "natter_cache_load_page_async",
  .run = load_page,
  .arguments_free = query_free,
  .result_free = (GDestroyNotify) natter_cached_page_free,
};

/**
 * natter_cache_load_page_async:
 * @self: a cache
 * @place: where
 * @direction: which way
 * @id: (nullable): of the message from which to go on; needed unless the newest page is wanted
 * @limit: how many at most; one more around a message
 * @cancellable: (nullable): ends it
 * @callback: called with the page
 * @data: for @callback
 *
 * Reads messages in a row, up to where something may be missing.
 */
void
natter_cache_load_page_async (NatterCache            *self,
                              const NatterCachePlace *place,
                              NatterCacheDirection    direction,
                              const char             *id,
                              guint                   limit,
                              GCancellable           *cancellable,
                              GAsyncReadyCallback     callback,
                              gpointer                data)
{
  Query *query;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (place != NULL && place->server != NULL && callback != NULL);
  g_return_if_fail (id != NULL || direction == NATTER_CACHE_LATEST);

  query = g_new0 (Query, 1);
  query->server = g_strdup (place->server);
  query->channel = g_strdup (place->channel);
  query->thread_id = g_strdup (place->thread_id);
  query->id = direction != NATTER_CACHE_LATEST ? g_strdup (id) : NULL;
  query->direction = direction;
  query->limit = limit;
  natter_cache_push_read (self, &load_page_call, query, cancellable, callback, data);
}

/**
 * natter_cache_load_page_finish:
 * @self: a cache
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the page; an empty one when nothing is kept there
 */
NatterCachedPage *
natter_cache_load_page_finish (NatterCache   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &load_page_call), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
