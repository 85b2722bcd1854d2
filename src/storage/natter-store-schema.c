/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-database.h"
#include "natter-store.h"

/* Migration N brings version N to N + 1. What was released is never changed; a new one goes to the end. */
static const char * const migrations[] = {
  "CREATE TABLE accounts ("
  "  position INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  kind INTEGER NOT NULL,"
  "  name TEXT,"
  "  server TEXT,"
  "  rotur_id TEXT"
  ") STRICT;"
  "CREATE TABLE servers ("
  "  id TEXT NOT NULL PRIMARY KEY,"
  "  position INTEGER NOT NULL,"
  "  address TEXT NOT NULL,"
  "  account_id TEXT,"
  "  name TEXT,"
  "  icon TEXT,"
  "  last_channel TEXT"
  ") STRICT;"
  "CREATE INDEX servers_by_position ON servers (position);",

  /* What is missing in a key is '', since NULL is unlike itself. */
  "CREATE TABLE drafts ("
  "  server_id TEXT NOT NULL,"
  "  channel TEXT NOT NULL,"
  "  thread_id TEXT NOT NULL,"
  "  edited_id TEXT NOT NULL,"
  "  text TEXT NOT NULL,"
  "  reply_to TEXT,"
  "  reply_pings INTEGER NOT NULL,"
  "  changed INTEGER NOT NULL,"
  "  PRIMARY KEY (server_id, channel, thread_id, edited_id)"
  ") STRICT;"
  "CREATE TABLE outbox ("
  "  position INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  id TEXT NOT NULL UNIQUE,"
  "  server_id TEXT NOT NULL,"
  "  channel TEXT,"
  "  thread_id TEXT,"
  "  text TEXT NOT NULL,"
  "  reply_to TEXT,"
  "  reply_pings INTEGER NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  state INTEGER NOT NULL,"
  "  given INTEGER NOT NULL,"
  "  error TEXT"
  ") STRICT;",
};

/* What nobody can give back is small and looked through at each start. The rest may be large, and shows its damage
 * when it is read. */
static const char * const checks[] = {
  "PRAGMA quick_check ('accounts')",
  "PRAGMA quick_check ('servers')",
  "PRAGMA quick_check ('drafts')",
  "PRAGMA quick_check ('outbox')",
};

static gboolean
get_version (NatterDatabase  *self,
             int             *version,
             GError         **error)
{
  sqlite3_stmt *statement = natter_database_prepare (self, "PRAGMA user_version", error);
  gboolean row;

  if (statement == NULL || !natter_database_step (self, statement, &row, error))
    return FALSE;
  *version = row ? sqlite3_column_int (statement, 0) : 0;
  return natter_database_run (self, statement, error);
}

static gboolean
check_table (NatterDatabase  *self,
             const char      *check,
             GError         **error)
{
  sqlite3_stmt *statement = natter_database_prepare (self, check, error);
  g_autofree char *answer = NULL;
  gboolean row;

  if (statement == NULL || !natter_database_step (self, statement, &row, error))
    return FALSE;
  if (row)
    answer = natter_statement_dup_text (statement, 0);
  if (!natter_database_run (self, statement, error))
    return FALSE;
  if (g_strcmp0 (answer, "ok") == 0)
    return TRUE;

  g_set_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_DAMAGED, "%s", answer != NULL ? answer : "no answer");
  return FALSE;
}

/*
 * natter_store_schema_check:
 * @self: a database that was just opened
 * @error: %NATTER_STORE_ERROR_NEWER: a later release wrote it
 *
 * Looks whether the file can be used, and writes nothing.
 *
 * Returns: whether it can
 */
gboolean
natter_store_schema_check (NatterDatabase  *self,
                           GError         **error)
{
  int version;

  if (!get_version (self, &version, error))
    return FALSE;
  if (version < 0 || version > (int) G_N_ELEMENTS (migrations))
    {
      g_set_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_NEWER,
                   "The schema has version %d, this program knows %zu", version, G_N_ELEMENTS (migrations));
      return FALSE;
    }
  return TRUE;
}

static gboolean
migrate_once (NatterDatabase  *self,
              int              version,
              GError         **error)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %d", version + 1);

  if (natter_database_execute (self, "BEGIN IMMEDIATE", error) &&
      natter_database_execute (self, migrations[version], error) &&
      natter_database_execute (self, set_version, error) &&
      natter_database_execute (self, "COMMIT", error))
    return TRUE;

  if (natter_database_is_in_transaction (self))
    natter_database_execute (self, "ROLLBACK", NULL);
  return FALSE;
}

/*
 * natter_store_schema_migrate:
 * @self: a database that natter_store_schema_check() found good
 * @error: why not
 *
 * Brings the schema to the newest version, a transaction a step, and checks the tables that matter most.
 *
 * Returns: whether the database can be used
 */
gboolean
natter_store_schema_migrate (NatterDatabase  *self,
                             GError         **error)
{
  int version;

  if (!get_version (self, &version, error))
    return FALSE;
  for (; version < (int) G_N_ELEMENTS (migrations); version++)
    {
      if (!migrate_once (self, version, error))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      if (!check_table (self, checks[i], error))
        return FALSE;
    }
  return TRUE;
}
