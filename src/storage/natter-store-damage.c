/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include <errno.h>
#include <glib/gstdio.h>

#include "natter-database.h"
#include "natter-store.h"

/* What nobody can give back. */
static const char * const salvaged[] = { "accounts", "servers", "folders", "settings", "drafts", "outbox", "acts" };

/* The log goes along: the database is not whole without it. */
static const char * const companions[] = { "-wal", "-shm" };

/**
 * natter_store_move_aside:
 * @path: a database that nobody has open
 * @error: why not
 *
 * Renames a damaged database to `PATH.damaged-N` with the first free N. Nothing is ever removed: somebody may yet
 * get more out of it.
 *
 * Returns: (transfer full) (type filename) (nullable): its new path
 */
char *
natter_store_move_aside (const char  *path,
                         GError     **error)
{
  g_autofree char *target = NULL;

  for (guint n = 1; target == NULL || g_file_test (target, G_FILE_TEST_EXISTS); n++)
    {
      g_free (target);
      target = g_strdup_printf ("%s.damaged-%u", path, n);
    }
  if (g_rename (path, target) != 0)
    {
      int code = errno;

      g_set_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_FAILED, "Could not rename %s: %s", path,
                   g_strerror (code));
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *from = g_strconcat (path, companions[i], NULL);
      g_autofree char *to = g_strconcat (target, companions[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        g_warning ("Could not rename %s", from);
    }
  return g_steal_pointer (&target);
}

static gboolean
has_column (sqlite3_stmt *statement,
            const char   *name)
{
  for (int i = 0; i < sqlite3_column_count (statement); i++)
    if (g_str_equal (sqlite3_column_name (statement, i), name))
      return TRUE;
  return FALSE;
}

/* (nullable): what writes a row of @from; of the columns that an older release had, those that there are still. */
static const char *
make_insert (NatterDatabase *self,
             const char     *table,
             sqlite3_stmt   *from,
             GArray         *columns)
{
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GString) values = g_string_new (NULL);
  g_autofree char *read = g_strconcat ("SELECT * FROM ", table, NULL);
  g_autofree char *write = NULL;
  sqlite3_stmt *to = natter_database_prepare (self, g_intern_string (read), NULL);

  if (to == NULL)
    return NULL;
  for (int i = 0; i < sqlite3_column_count (from); i++)
    {
      const char *name = sqlite3_column_name (from, i);

      if (!has_column (to, name))
        continue;
      g_string_append_printf (names, "%s%s", columns->len > 0 ? ", " : "", name);
      g_string_append (values, columns->len > 0 ? ", ?" : "?");
      g_array_append_val (columns, i);
    }
  write = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", table, names->str, values->str);
  return g_intern_string (write);
}

/* Row by row: what stands before the damage is good. */
static int
copy_rows (NatterDatabase *self,
           const char     *table,
           sqlite3_stmt   *from)
{
  g_autoptr(GArray) columns = g_array_new (FALSE, FALSE, sizeof (int));
  const char *write = make_insert (self, table, from, columns);
  int copied = 0;

  while (write != NULL && sqlite3_step (from) == SQLITE_ROW)
    {
      sqlite3_stmt *to = natter_database_prepare (self, write, NULL);

      if (to == NULL)
        break;
      for (guint i = 0; i < columns->len; i++)
        sqlite3_bind_value (to, (int) i + 1, sqlite3_column_value (from, g_array_index (columns, int, i)));
      if (natter_database_run (self, to, NULL))
        copied++;
    }
  return copied;
}

static void
copy_tables (NatterDatabase *self,
             sqlite3        *source)
{
  for (gsize i = 0; i < G_N_ELEMENTS (salvaged); i++)
    {
      g_autofree char *read = g_strconcat ("SELECT * FROM ", salvaged[i], NULL);
      sqlite3_stmt *statement = NULL;

      if (sqlite3_prepare_v2 (source, read, -1, &statement, NULL) == SQLITE_OK)
        g_message ("%d rows of %s were saved", copy_rows (self, salvaged[i], statement), salvaged[i]);
      sqlite3_finalize (statement);
    }
}

/**
 * natter_store_salvage:
 * @self: a fresh database
 * @damaged: (type filename): one that was moved aside
 *
 * Copies what can still be read of the tables that matter most. That some of it can't is expected here.
 *
 * Returns: whether what was read is on disk; trying again does no harm
 */
gboolean
natter_store_salvage (NatterDatabase *self,
                      const char     *damaged)
{
  g_autoptr(GError) error = NULL;
  sqlite3 *source = NULL;

  if (!natter_database_execute (self, "BEGIN IMMEDIATE", &error))
    {
      g_warning ("Nothing could be saved of %s: %s", damaged, error->message);
      return FALSE;
    }
  if (sqlite3_open_v2 (damaged, &source, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    copy_tables (self, source);
  sqlite3_close_v2 (source);

  if (natter_database_is_in_transaction (self) && natter_database_execute (self, "COMMIT", &error))
    return TRUE;
  g_warning ("Nothing could be saved of %s: %s", damaged, error != NULL ? error->message : "rolled back");
  if (natter_database_is_in_transaction (self))
    natter_database_execute (self, "ROLLBACK", NULL);
  return FALSE;
}
