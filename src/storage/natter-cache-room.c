/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-cache"

#include "natter-cache-private.h"

/* How many messages go at once; a page of them is asked for again in one go. */
#define SLICE 200

/* How many of a place are its newest page, which is what is shown of it without a connection. */
#define SPARED 50

/* How many slices are taken for one change, so that no change waits long. */
#define MAX_SLICES 3

/* Bytes that are in use; the rest of the file is free for what comes. */
static gboolean
get_size (NatterDatabase  *database,
          gint64          *size,
          GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT (page_count - freelist_count) * page_size"
                             " FROM pragma_page_count, pragma_freelist_count, pragma_page_size", error);

  *size = 0;
  return statement != NULL && natter_cache_query_int (database, statement, size, error);
}

typedef struct
{
  gint64 key;
  gint64 place;
} Row;

/* (transfer full) (nullable): rows that a query gives */
static GArray *
list_rows (NatterDatabase  *database,
           sqlite3_stmt    *statement,
           GError         **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  gboolean row;

  while (natter_database_step (database, statement, &row, error))
    {
      Row found;

      if (!row)
        return g_steal_pointer (&rows);
      found.key = sqlite3_column_int64 (statement, 0);
      found.place = sqlite3_column_int64 (statement, 1);
      g_array_append_val (rows, found);
    }
  return NULL;
}

/* Something is missing now before what comes next in their places. */
static gboolean
drop_rows (NatterDatabase  *database,
           GArray          *rows,
           GError         **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      gint64 next;

      if (!natter_cache_row_drop (database, row->key, error) ||
          !natter_cache_row_find_next (database, row->place, row->key, &next, error) ||
          (next != 0 && !natter_cache_row_set_gap (database, next, TRUE, error)))
        return FALSE;
    }
  return TRUE;
}

/* What is older than the newest page of its place; the pages are listed once and not for each message. */
#define OLD_MESSAGES \
  "WITH pages AS MATERIALIZED (SELECT places.key AS place," \
  "  (SELECT messages.key FROM messages WHERE messages.place = places.key" \
  "   ORDER BY messages.key DESC LIMIT 1 OFFSET " G_STRINGIFY (SPARED) " - 1) AS first" \
  "  FROM places WHERE places.kept = ?)" \
  " SELECT messages.key, messages.place FROM messages" \
  " CROSS JOIN pages ON pages.place = messages.place AND messages.key < pages.first" \
  " ORDER BY messages.key LIMIT " G_STRINGIFY (SLICE)

#define MESSAGES \
  "SELECT messages.key, messages.place FROM messages" \
  " CROSS JOIN places ON places.key = messages.place AND places.kept = ?" \
  " ORDER BY messages.key LIMIT " G_STRINGIFY (SLICE)

/* The oldest of all. Those of places that are to be kept go when there are no others, and the newest page of a place,
 * however quiet it is, when there is nothing else. */
static gboolean
drop_oldest (NatterDatabase  *database,
             guint           *n_dropped,
             GError         **error)
{
  static const struct
  {
    const char *sql;
    gboolean    kept;
  } turns[] = { { OLD_MESSAGES, FALSE }, { OLD_MESSAGES, TRUE }, { MESSAGES, FALSE }, { MESSAGES, TRUE } };

  *n_dropped = 0;
  for (guint i = 0; i < G_N_ELEMENTS (turns) && *n_dropped == 0; i++)
    {
      sqlite3_stmt *statement = natter_database_prepare (database, turns[i].sql, error);
      g_autoptr(GArray) rows = NULL;

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int (statement, 1, turns[i].kept);
      rows = list_rows (database, statement, error);
      if (rows == NULL || !drop_rows (database, rows, error))
        return FALSE;
      *n_dropped = rows->len;
    }
  return TRUE;
}

/**
 * natter_cache_make_room:
 * @database: the cache
 * @budget: how many bytes may be in use
 * @error: why not
 *
 * Drops the oldest messages while there is too much, a bounded number of them: the next change goes on.
 *
 * Returns: whether it worked
 */
gboolean
natter_cache_make_room (NatterDatabase  *database,
                        guint64          budget,
                        GError         **error)
{
  for (guint i = 0; i < MAX_SLICES; i++)
    {
      gint64 size;
      guint n_dropped;

      if (!get_size (database, &size, error))
        return FALSE;
      if ((guint64) size <= budget)
        return TRUE;
      if (!drop_oldest (database, &n_dropped, error))
        return FALSE;
      if (n_dropped == 0)
        return TRUE;
    }
  return TRUE;
}

typedef struct
{
  char    *server;
  char    *channel;
  gboolean kept;
  gboolean whole; /* all of the server, not its messages alone */
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->server);
  g_free (part->channel);
  g_free (part);
}

static Part *
part_new (const char *server,
          const char *channel)
{
  Part *part = g_new0 (Part, 1);

  part->server = g_strdup (server);
  part->channel = g_strdup (channel);
  return part;
}

static gboolean
run_on_part (NatterDatabase  *database,
             const char      *sql,
             const Part      *part,
             GError         **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, part->server);
  natter_statement_bind_text (statement, 2, part->channel);
  return natter_database_run (database, statement, error);
}

#define PLACES_OF_PART \
  "(SELECT key FROM places WHERE (?1 IS NULL OR server = (SELECT key FROM servers WHERE id = ?1))" \
  " AND (?2 IS NULL OR channel = ?2))"

static gboolean
clear_messages (NatterDatabase  *database,
                const Part      *part,
                GError         **error)
{
  if (part->server == NULL)
    return natter_database_execute (database,
                                    "DELETE FROM messages; DELETE FROM people;"
                                    "INSERT INTO words (words) VALUES ('delete-all')", error);
  return run_on_part (database,
                      "DELETE FROM words WHERE rowid IN (SELECT key FROM messages WHERE place IN " PLACES_OF_PART ")",
                      part, error) &&
         run_on_part (database, "DELETE FROM messages WHERE place IN " PLACES_OF_PART, part, error);
}

static gboolean
clear (NatterDatabase  *database,
       gpointer         arguments,
       gpointer        *result,
       GError         **error)
{
  const Part *part = arguments;

  if (!clear_messages (database, part, error))
    return FALSE;
  if (part->whole &&
      !(run_on_part (database, "DELETE FROM places WHERE key IN " PLACES_OF_PART, part, error) &&
        run_on_part (database, "DELETE FROM lists WHERE server = (SELECT key FROM servers WHERE id = ?1) AND ?2 IS NULL",
                     part, error) &&
        run_on_part (database, "DELETE FROM servers WHERE id = ?1 AND ?2 IS NULL", part, error)))
    return FALSE;
  return natter_database_execute (database, "PRAGMA incremental_vacuum", error);
}

static const NatterStoreCall clear_call = {
  .name = "natter_cache_clear_async",
  .run = clear,
  .arguments_free = part_free,
  .writes = TRUE,
  .urgent = TRUE,
};

/**
 * natter_cache_clear_async:
 * @self: a cache
 * @server: (nullable): id of a server in the person's list, or %NULL for all
 * @channel: (nullable): name of a channel there, or %NULL for all
 * @cancellable: (nullable): to give up
 * @callback: called when the messages are off the disk
 * @data: for @callback
 *
 * Forgets messages. Lists and how far one has read stay.
 */
void
natter_cache_clear_async (NatterCache         *self,
                          const char          *server,
                          const char          *channel,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             data)
{
  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (server != NULL || channel == NULL);

  natter_cache_push_write (self, &clear_call, part_new (server, channel), cancellable, callback, data);
}

/**
 * natter_cache_clear_finish:
 * @self: a cache
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: whether it worked
 */
gboolean
natter_cache_clear_finish (NatterCache   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &clear_call), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * natter_cache_remove_server:
 * @self: a cache
 * @server: id of a server, known or not
 *
 * Forgets all of a server.
 */
void
natter_cache_remove_server (NatterCache *self,
                            const char  *server)
{
  Part *part;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (server != NULL);

  part = part_new (server, NULL);
  part->whole = TRUE;
  natter_cache_write (self, &clear_call, part);
}

/* (transfer full) (nullable): the servers of which something is kept */
static GPtrArray *
list_servers (NatterDatabase  *database,
              GError         **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = natter_database_prepare (database, "SELECT id FROM servers", error);
  gboolean row;

  if (statement == NULL)
    return NULL;
  while (natter_database_step (database, statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&ids);
      g_ptr_array_add (ids, natter_statement_dup_text (statement, 0));
    }
  return NULL;
}

static gboolean
retain_servers (NatterDatabase  *database,
                gpointer         arguments,
                gpointer        *result,
                GError         **error)
{
  g_autoptr(GPtrArray) ids = list_servers (database, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      Part part = { .server = ids->pdata[i], .whole = TRUE };

      if (!g_strv_contains (arguments, ids->pdata[i]) && !clear (database, &part, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static const NatterStoreCall retain_servers_call = {
  .name = "natter_cache_retain_servers",
  .run = retain_servers,
  .arguments_free = (GDestroyNotify) g_strfreev,
  .writes = TRUE,
};

/**
 * natter_cache_retain_servers:
 * @self: a cache
 * @servers: (array zero-terminated=1): ids of all servers in the person's list; copied
 *
 * Forgets all of the servers that are not named.
 */
void
natter_cache_retain_servers (NatterCache        *self,
                             const char * const *servers)
{
  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (servers != NULL);

  natter_cache_write (self, &retain_servers_call, g_strdupv ((char **) servers));
}

static gboolean
set_kept (NatterDatabase  *database,
          gpointer         arguments,
          gpointer        *result,
          GError         **error)
{
  const Part *part = arguments;
  const NatterCachePlace place = { part->server, part->channel, NULL };
  gint64 key;

  return natter_cache_intern_place (database, &place, &key, error) &&
         run_on_part (database,
                      part->kept ? "UPDATE places SET kept = 1 WHERE key IN " PLACES_OF_PART
                                 : "UPDATE places SET kept = 0 WHERE key IN " PLACES_OF_PART, part, error);
}

static const NatterStoreCall set_kept_call = {
  .name = "natter_cache_set_kept",
  .run = set_kept,
  .arguments_free = part_free,
  .writes = TRUE,
};

/**
 * natter_cache_set_kept:
 * @self: a cache
 * @server: id of a server in the person's list
 * @channel: name of a channel there
 * @kept: whether its messages are to be dropped last
 *
 * Says which history a person wants to have offline.
 */
void
natter_cache_set_kept (NatterCache *self,
                       const char  *server,
                       const char  *channel,
                       gboolean     kept)
{
  Part *part;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (server != NULL && channel != NULL);

  part = part_new (server, channel);
  part->kept = kept;
  natter_cache_write (self, &set_kept_call, part);
}

static gboolean
measure (NatterDatabase  *database,
         gpointer         arguments,
         gpointer        *result,
         GError         **error)
{
  g_autofree gint64 *size = g_new0 (gint64, 1);

  if (!get_size (database, size, error))
    return FALSE;
  *result = g_steal_pointer (&size);
  return TRUE;
}

static const NatterStoreCall measure_call = {
  .name = "natter_cache_get_size_async",
  .run = measure,
  .result_free = g_free,
};

/**
 * natter_cache_get_size_async:
 * @self: a cache
 * @cancellable: (nullable): to give up
 * @callback: called with the size
 * @data: for @callback
 *
 * Asks how many bytes are in use.
 */
void
natter_cache_get_size_async (NatterCache         *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             data)
{
  g_return_if_fail (NATTER_IS_CACHE (self) && callback != NULL);

  natter_cache_push_read (self, &measure_call, NULL, cancellable, callback, data);
}

/**
 * natter_cache_get_size_finish:
 * @self: a cache
 * @result: what the callback was given
 * @error: why not
 *
 * Returns: bytes; 0 on error
 */
guint64
natter_cache_get_size_finish (NatterCache   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autofree gint64 *size = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &measure_call), 0);

  size = g_task_propagate_pointer (G_TASK (result), error);
  return size != NULL ? (guint64) *size : 0;
}
