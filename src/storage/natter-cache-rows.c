/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-cache"

#include "natter-cache-private.h"

/* @key: 0 when it is not there */
gboolean
natter_cache_row_find (NatterDatabase  *database,
                       gint64           place,
                       const char      *id,
                       gint64          *key,
                       GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database, "SELECT key FROM messages WHERE id = ? AND place = ?", error);

  *key = 0;
  if (statement == NULL)
    return FALSE;
  natter_cache_bind_id (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, place);
  return natter_cache_query_int (database, statement, key, error);
}

/* @next: 0 when there is none */
gboolean
natter_cache_row_find_next (NatterDatabase  *database,
                            gint64           place,
                            gint64           key,
                            gint64          *next,
                            GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT key FROM messages WHERE place = ? AND key > ? ORDER BY key LIMIT 1", error);

  *next = 0;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, place);
  sqlite3_bind_int64 (statement, 2, key);
  return natter_cache_query_int (database, statement, next, error);
}

/* Who wrote it and what is in it are words, too: so a search for them needs the index alone. */
static gboolean
index_words (NatterDatabase         *database,
             gint64                  key,
             const NatterCacheItem  *item,
             gint64                  author,
             GError                **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database, "INSERT INTO words (rowid, text, tags) VALUES (?, ?, ?)", error);
  g_autofree char *text = NULL;
  g_autofree char *tags = NULL;

  if (statement == NULL)
    return FALSE;
  if (item->words != NULL)
    text = g_strconcat (item->content, "\n", item->words, NULL);
  tags = g_strdup_printf ("a%" G_GINT64_FORMAT "%s%s%s", author, (item->flags & NATTER_CACHE_LINK) != 0 ? " link" : "",
                          (item->flags & NATTER_CACHE_FILE) != 0 ? " file" : "",
                          (item->flags & NATTER_CACHE_IMAGE) != 0 ? " image" : "");
  sqlite3_bind_int64 (statement, 1, key);
  natter_statement_bind_text (statement, 2, text != NULL ? text : item->content);
  natter_statement_bind_text (statement, 3, tags);
  return natter_database_run (database, statement, error);
}

static gboolean
run_with_key (NatterDatabase  *database,
              const char      *sql,
              gint64           key,
              GError         **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, key);
  return natter_database_run (database, statement, error);
}

gboolean
natter_cache_row_insert (NatterDatabase         *database,
                         gint64                  place,
                         gint64                  key,
                         const NatterCacheItem  *item,
                         guint                   flags,
                         GError                **error)
{
  sqlite3_stmt *statement;
  gint64 author;

  if (!natter_cache_intern_person (database, item->author, &author, error))
    return FALSE;
  statement = natter_database_prepare (database,
                                       "INSERT INTO messages (key, place, id, author, flags, micros, content, rest)"
                                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, key);
  sqlite3_bind_int64 (statement, 2, place);
  natter_cache_bind_id (statement, 3, item->id);
  sqlite3_bind_int64 (statement, 4, author);
  sqlite3_bind_int64 (statement, 5, item->flags | flags);
  sqlite3_bind_int64 (statement, 6, item->time - key * G_TIME_SPAN_MILLISECOND);
  natter_statement_bind_text (statement, 7, item->content);
  natter_statement_bind_text (statement, 8, item->rest);
  return natter_database_run (database, statement, error) && index_words (database, key, item, author, error);
}

static gboolean
write_item (NatterDatabase         *database,
            gint64                  key,
            const NatterCacheItem  *item,
            GError                **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "UPDATE messages SET content = ?2, rest = ?3, flags = flags & " G_STRINGIFY (NATTER_CACHE_GAP)
                             " | ?4 WHERE key = ?1 RETURNING author", error);
  gint64 author = 0;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, key);
  natter_statement_bind_text (statement, 2, item->content);
  natter_statement_bind_text (statement, 3, item->rest);
  sqlite3_bind_int64 (statement, 4, item->flags);
  if (!natter_database_step (database, statement, &row, error))
    return FALSE;
  author = row ? sqlite3_column_int64 (statement, 0) : 0;
  return (!row || natter_database_run (database, statement, error)) &&
         run_with_key (database, "DELETE FROM words WHERE rowid = ?", key, error) &&
         index_words (database, key, item, author, error);
}

/* Who wrote it and when never changes. Most of what comes again is as it was. */
gboolean
natter_cache_row_update (NatterDatabase         *database,
                         gint64                  key,
                         const NatterCacheItem  *item,
                         GError                **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database, "SELECT 1 FROM messages WHERE key = ? AND content = ? AND rest IS ?", error);
  gint64 is_same = 0;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, key);
  natter_statement_bind_text (statement, 2, item->content);
  natter_statement_bind_text (statement, 3, item->rest);
  if (!natter_cache_query_int (database, statement, &is_same, error))
    return FALSE;
  return is_same != 0 || write_item (database, key, item, error);
}

gboolean
natter_cache_row_set_gap (NatterDatabase  *database,
                          gint64           key,
                          gboolean         gap,
                          GError         **error)
{
  const char *sql = gap ? "UPDATE messages SET flags = flags | " G_STRINGIFY (NATTER_CACHE_GAP) " WHERE key = ?"
                        : "UPDATE messages SET flags = flags & ~" G_STRINGIFY (NATTER_CACHE_GAP)
                          " WHERE key = ? AND flags & " G_STRINGIFY (NATTER_CACHE_GAP);

  return run_with_key (database, sql, key, error);
}

/* Forgets a message, with no thought of its neighbours. */
gboolean
natter_cache_row_drop (NatterDatabase  *database,
                       gint64           key,
                       GError         **error)
{
  return run_with_key (database, "DELETE FROM words WHERE rowid = ?", key, error) &&
         run_with_key (database, "DELETE FROM messages WHERE key = ?", key, error);
}

/* Takes out a message that the server has no more: what is before and after it are in a row now. */
gboolean
natter_cache_row_remove (NatterDatabase  *database,
                         gint64           place,
                         gint64           key,
                         GError         **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, "SELECT flags FROM messages WHERE key = ?", error);
  gint64 flags = 0;
  gint64 next;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, key);
  if (!natter_cache_query_int (database, statement, &flags, error))
    return FALSE;
  if ((flags & NATTER_CACHE_GAP) != 0)
    {
      if (!natter_cache_row_find_next (database, place, key, &next, error) ||
          (next != 0 && !natter_cache_row_set_gap (database, next, TRUE, error)))
        return FALSE;
    }
  return natter_cache_row_drop (database, key, error);
}

/**
 * natter_cache_row_read:
 * @statement: stands on a row of %NATTER_CACHE_ROW
 *
 * Returns: (transfer full): the message
 */
NatterMessageData *
natter_cache_row_read (sqlite3_stmt *statement)
{
  g_autofree char *id = natter_cache_dup_id (statement, 1);

  return natter_message_data_new (id, (const char *) sqlite3_column_text (statement, 2),
                                  (const char *) sqlite3_column_text (statement, 3),
                                  sqlite3_column_int64 (statement, 0) * G_TIME_SPAN_MILLISECOND
                                  + sqlite3_column_int64 (statement, 4),
                                  (const char *) sqlite3_column_text (statement, 5));
}
