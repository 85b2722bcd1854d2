/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-database.h"
#include "natter-store.h"

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

/**
 * natter_schema_check:
 * @schema: what should be in it
 * @database: a database that was just opened
 * @error: %NATTER_STORE_ERROR_NEWER: a later release wrote it
 *
 * Looks whether the file can be used, and writes nothing.
 *
 * Returns: whether it can
 */
gboolean
natter_schema_check (const NatterSchema  *schema,
                     NatterDatabase      *database,
                     GError             **error)
{
  int version;

  if (!get_version (database, &version, error))
    return FALSE;
  if (version < 0 || version > (int) schema->n_migrations)
    {
      g_set_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_NEWER,
                   "The schema has version %d, this program knows %u", version, schema->n_migrations);
      return FALSE;
    }
  return TRUE;
}

/* One step, within a transaction: another connection may have done it meanwhile. */
static gboolean
step_up (const NatterSchema  *schema,
         NatterDatabase      *database,
         GError             **error)
{
  g_autofree char *set_version = NULL;
  int version;

  if (!get_version (database, &version, error))
    return FALSE;
  if (version >= (int) schema->n_migrations)
    return TRUE;
  set_version = g_strdup_printf ("PRAGMA user_version = %d", version + 1);
  return natter_database_execute (database, schema->migrations[version], error) &&
         natter_database_execute (database, set_version, error);
}

static gboolean
migrate_once (const NatterSchema  *schema,
              NatterDatabase      *database,
              GError             **error)
{
  if (natter_database_execute (database, "BEGIN IMMEDIATE", error) &&
      step_up (schema, database, error) &&
      natter_database_execute (database, "COMMIT", error))
    return TRUE;

  if (natter_database_is_in_transaction (database))
    natter_database_execute (database, "ROLLBACK", NULL);
  return FALSE;
}

/**
 * natter_schema_migrate:
 * @schema: what should be in it
 * @database: a database that natter_schema_check() found good
 * @error: why not
 *
 * Brings the schema to the newest version, a transaction a step, and checks what is to be checked.
 *
 * Returns: whether the database can be used
 */
gboolean
natter_schema_migrate (const NatterSchema  *schema,
                       NatterDatabase      *database,
                       GError             **error)
{
  int version;

  if (!get_version (database, &version, error))
    return FALSE;
  while (version < (int) schema->n_migrations)
    {
      if (!migrate_once (schema, database, error) || !get_version (database, &version, error))
        return FALSE;
    }
  for (guint i = 0; i < schema->n_checks; i++)
    {
      if (!check_table (database, schema->checks[i], error))
        return FALSE;
    }
  return TRUE;
}
