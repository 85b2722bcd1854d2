/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-cache"

#include <string.h>

#include "natter-cache-private.h"
#include "natter-store.h"

/* The key of a message is when it was sent, in milliseconds since 1970, or the next free number: so the order of keys
 * is the order in a channel and over all of them, and the oldest and the newest are found without sorting. The exact
 * time is `micros` microseconds from there. Ids are 16 bytes when they are UUIDs, text else. What a server said of
 * itself is kept as it came, and read again as packets are. */
static const char * const migrations[] = {
  "CREATE TABLE servers ("
  "  key INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  me TEXT"
  ") STRICT;"
  "CREATE TABLE lists ("
  "  server INTEGER NOT NULL,"
  "  kind INTEGER NOT NULL,"
  "  source BLOB NOT NULL,"
  "  PRIMARY KEY (server, kind)"
  ") STRICT;"
  "CREATE TABLE places ("
  "  key INTEGER PRIMARY KEY,"
  "  server INTEGER NOT NULL,"
  "  channel TEXT NOT NULL,"
  "  thread_id TEXT NOT NULL,"
  "  unread INTEGER NOT NULL DEFAULT 0,"
  "  mentions INTEGER NOT NULL DEFAULT 0,"
  "  kept INTEGER NOT NULL DEFAULT 0,"
  "  UNIQUE (server, channel, thread_id)"
  ") STRICT;"
  "CREATE TABLE people ("
  "  key INTEGER PRIMARY KEY,"
  "  name TEXT NOT NULL UNIQUE"
  ") STRICT;"
  "CREATE TABLE messages ("
  "  key INTEGER PRIMARY KEY,"
  "  place INTEGER NOT NULL,"
  "  id ANY NOT NULL,"
  "  author INTEGER NOT NULL,"
  "  flags INTEGER NOT NULL,"
  "  micros INTEGER NOT NULL,"
  "  content TEXT NOT NULL,"
  "  rest TEXT"
  ") STRICT;"
  "CREATE INDEX messages_by_place ON messages (place);"
  "CREATE UNIQUE INDEX messages_by_id ON messages (id, place);"
  "CREATE VIRTUAL TABLE words USING fts5 (text, tags, content = '', contentless_delete = 1,"
  " tokenize = 'unicode61 remove_diacritics 2');",
};

/* What is lost with the power can be asked for again. */
const NatterSchema natter_cache_schema = {
  .pragmas = "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA synchronous = NORMAL",
  .migrations = migrations,
  .n_migrations = G_N_ELEMENTS (migrations),
};

/**
 * natter_cache_query_int:
 * @database: a database
 * @statement: a query, bound
 * @number: (inout): the first number of the first row; left alone when there is none
 * @error: why not
 *
 * Returns: whether it worked
 */
gboolean
natter_cache_query_int (NatterDatabase  *database,
                        sqlite3_stmt    *statement,
                        gint64          *number,
                        GError         **error)
{
  gboolean row;

  if (!natter_database_step (database, statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *number = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return TRUE;
}

/* The key of a text, which is put in unless there. */
static gboolean
intern (NatterDatabase  *database,
        const char      *find,
        const char      *insert,
        const char      *text,
        gint64          *key,
        GError         **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, find, error);

  *key = 0;
  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, text);
  if (!natter_cache_query_int (database, statement, key, error))
    return FALSE;
  if (*key != 0)
    return TRUE;

  statement = natter_database_prepare (database, insert, error);
  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, text);
  return natter_cache_query_int (database, statement, key, error);
}

gboolean
natter_cache_intern_server (NatterDatabase  *database,
                            const char      *id,
                            gint64          *key,
                            GError         **error)
{
  return intern (database, "SELECT key FROM servers WHERE id = ?", "INSERT INTO servers (id) VALUES (?) RETURNING key",
                 id, key, error);
}

gboolean
natter_cache_intern_person (NatterDatabase  *database,
                            const char      *name,
                            gint64          *key,
                            GError         **error)
{
  return intern (database, "SELECT key FROM people WHERE name = ?",
                 "INSERT INTO people (name) VALUES (?) RETURNING key", name, key, error);
}

static sqlite3_stmt *
prepare_for_place (NatterDatabase         *database,
                   const char             *sql,
                   const NatterCachePlace *place,
                   GError                **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, sql, error);

  if (statement == NULL)
    return NULL;
  natter_statement_bind_text (statement, 1, place->server);
  natter_statement_bind_text (statement, 2, place->channel != NULL ? place->channel : "");
  natter_statement_bind_text (statement, 3, place->thread_id != NULL ? place->thread_id : "");
  return statement;
}

/* @key: 0 when nothing is kept of it */
gboolean
natter_cache_find_place (NatterDatabase          *database,
                         const NatterCachePlace  *place,
                         gint64                  *key,
                         GError                 **error)
{
  sqlite3_stmt *statement =
    prepare_for_place (database,
                       "SELECT key FROM places WHERE server = (SELECT key FROM servers WHERE id = ?)"
                       " AND channel = ? AND thread_id = ?", place, error);

  *key = 0;
  return statement != NULL && natter_cache_query_int (database, statement, key, error);
}

gboolean
natter_cache_intern_place (NatterDatabase          *database,
                           const NatterCachePlace  *place,
                           gint64                  *key,
                           GError                 **error)
{
  sqlite3_stmt *statement;
  gint64 server;

  if (!natter_cache_find_place (database, place, key, error))
    return FALSE;
  if (*key != 0)
    return TRUE;
  if (!natter_cache_intern_server (database, place->server, &server, error))
    return FALSE;
  statement = prepare_for_place (database,
                                 "INSERT INTO places (server, channel, thread_id)"
                                 " VALUES ((SELECT key FROM servers WHERE id = ?), ?, ?) RETURNING key", place, error);
  return statement != NULL && natter_cache_query_int (database, statement, key, error);
}

/* Whether @id is a UUID in the one form that can be written again to the letter. */
static gboolean
pack_uuid (const char *id,
           guint8      bytes[16])
{
  guint n_digits = 0;

  if (strlen (id) != 36)
    return FALSE;
  for (guint i = 0; i < 36; i++)
    {
      int digit = g_ascii_xdigit_value (id[i]);

      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (id[i] != '-')
            return FALSE;
          continue;
        }
      if (digit < 0 || g_ascii_isupper (id[i]))
        return FALSE;
      bytes[n_digits / 2] = (guint8) (n_digits % 2 == 0 ? digit << 4 : bytes[n_digits / 2] | digit);
      n_digits++;
    }
  return TRUE;
}

/* @id: must live until the statement has run */
void
natter_cache_bind_id (sqlite3_stmt *statement,
                      int           position,
                      const char   *id)
{
  guint8 bytes[16];

  if (pack_uuid (id, bytes))
    sqlite3_bind_blob (statement, position, bytes, sizeof bytes, SQLITE_TRANSIENT);
  else
    natter_statement_bind_text (statement, position, id);
}

/* (transfer full) */
char *
natter_cache_dup_id (sqlite3_stmt *statement,
                     int           column)
{
  const guint8 *bytes;

  if (sqlite3_column_type (statement, column) != SQLITE_BLOB || sqlite3_column_bytes (statement, column) != 16)
    return natter_statement_dup_text (statement, column);
  bytes = sqlite3_column_blob (statement, column);
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7],
                          bytes[8], bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]);
}
