/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-cache"

#include "natter-cache-private.h"

typedef struct
{
  char   *server;
  char   *channel;
  char   *thread_id;
  gint64  time;
} Query;

typedef struct
{
  char     *id;
  gboolean  is_first;
} Found;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->server);
  g_free (query->channel);
  g_free (query->thread_id);
  g_free (query);
}

static void
found_free (gpointer data)
{
  Found *found = data;

  g_free (found->id);
  g_free (found);
}

/* The keys of a place are in the order of time. */
static gboolean
find_time (NatterDatabase  *database,
           gpointer         arguments,
           gpointer        *result,
           GError         **error)
{
  const Query *query = arguments;
  const NatterCachePlace key_of_place = { query->server, query->channel, query->thread_id };
  g_autofree Found *found = g_new0 (Found, 1);
  sqlite3_stmt *statement;
  gint64 place;
  gboolean row;

  if (!natter_cache_find_place (database, &key_of_place, &place, error))
    return FALSE;
  statement = natter_database_prepare (database, "SELECT id, flags FROM messages WHERE place = ? AND key >= ? ORDER BY key LIMIT 1",
                                       error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, place);
  sqlite3_bind_int64 (statement, 2, query->time / G_TIME_SPAN_MILLISECOND);
  if (!natter_database_step (database, statement, &row, error))
    return FALSE;
  if (row)
    {
      found->id = natter_cache_dup_id (statement, 0);
      found->is_first = (sqlite3_column_int64 (statement, 1) & NATTER_CACHE_GAP) == 0;
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
    }
  *result = g_steal_pointer (&found);
  return TRUE;
}

static const NatterStoreCall find_time_call = {
  .name = "natter_cache_find_time_async",
  .run = find_time,
  .arguments_free = query_free,
  .result_free = found_free,
};

/**
 * natter_cache_find_time_async:
 * @self: a cache
 * @place: where
 * @time: microseconds since 1970
 * @cancellable: (nullable): ends it
 * @callback: called with what was found
 * @data: for @callback
 *
 * Looks for the first message that is kept and not older than @time.
 */
void
natter_cache_find_time_async (NatterCache            *self,
                              const NatterCachePlace *place,
                              gint64                  time,
                              GCancellable           *cancellable,
                              GAsyncReadyCallback     callback,
                              gpointer                data)
{
  Query *query;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (place != NULL && place->server != NULL && callback != NULL);

  query = g_new0 (Query, 1);
  query->server = g_strdup (place->server);
  query->channel = g_strdup (place->channel);
  query->thread_id = g_strdup (place->thread_id);
  query->time = time;
  natter_cache_push_read (self, &find_time_call, query, cancellable, callback, data);
}

/**
 * natter_cache_find_time_finish:
 * @self: a cache
 * @result: what the callback was given
 * @is_first: (out): whether nothing can be missing between that time and the message
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): id of the message, %NULL when none is kept
 */
char *
natter_cache_find_time_finish (NatterCache   *self,
                               GAsyncResult  *result,
                               gboolean      *is_first,
                               GError       **error)
{
  Found *found;
  char *id;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &find_time_call), NULL);
  g_return_val_if_fail (is_first != NULL, NULL);

  *is_first = FALSE;
  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return NULL;
  *is_first = found->is_first;
  id = g_steal_pointer (&found->id);
  found_free (found);
  return id;
}
