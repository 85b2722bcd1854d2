/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "natter-store.h"

/* For another program that looks into the file, say a backup. */
#define BUSY_TIMEOUT_MS 5000

/* How many steps of SQLite's machine are done between two looks at the cancellable: well under a millisecond. */
#define STEPS_A_LOOK 10000

struct _NatterDatabase
{
  sqlite3      *handle;
  GHashTable   *statements; /* text of the statement, by its address → sqlite3_stmt */
  GThread      *owner;
  GCancellable *cancellable; /* of what runs now */
};

/* The disk's end, or that of the person's share of it. */
static gboolean
is_lack_of_space (int code)
{
  return code == ENOSPC || code == EDQUOT || code == EFBIG;
}

static NatterStoreError
code_of (NatterDatabase *self,
         int             result)
{
  switch (result & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return NATTER_STORE_ERROR_DAMAGED;
    case SQLITE_FULL:
      return NATTER_STORE_ERROR_FULL;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return self->handle != NULL && is_lack_of_space (sqlite3_system_errno (self->handle)) ? NATTER_STORE_ERROR_FULL
                                                                                           : NATTER_STORE_ERROR_FAILED;
    default:
      return NATTER_STORE_ERROR_FAILED;
    }
}

static gboolean
fail (NatterDatabase  *self,
      int              result,
      GError         **error)
{
  if (result == SQLITE_INTERRUPT && g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  g_set_error (error, NATTER_STORE_ERROR, code_of (self, result), "%s (%d)",
               self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (result), result);
  return FALSE;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

/* SQLite gives its other files the mode of the first. */
static gboolean
make_private (const char  *path,
              GError     **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, NATTER_STORE_ERROR, is_lack_of_space (code) ? NATTER_STORE_ERROR_FULL : NATTER_STORE_ERROR_FAILED,
                   "%s: %s", path, g_strerror (code));
      return FALSE;
    }
  return g_close (fd, error);
}

static int
look_whether_cancelled (gpointer data)
{
  NatterDatabase *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
set_up (NatterDatabase      *self,
        const NatterSchema  *schema,
        GError             **error)
{
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_progress_handler (self->handle, STEPS_A_LOOK, look_whether_cancelled, self);

  /* Nothing is written before it is known that the file is one of ours. */
  return natter_schema_check (schema, self, error) &&
         natter_database_execute (self, schema->pragmas, error) &&
         natter_database_execute (self,
                                  "PRAGMA journal_mode = WAL;"
                                  "PRAGMA foreign_keys = ON;"
                                  "PRAGMA trusted_schema = OFF;"
                                  "PRAGMA cell_size_check = ON;", error) &&
         natter_schema_migrate (schema, self, error);
}

/**
 * natter_database_open:
 * @path: the file; made when it is not there
 * @schema: what is in it
 * @error: %NATTER_STORE_ERROR_NEWER, %NATTER_STORE_ERROR_DAMAGED and others
 *
 * Opens the database for the calling thread and brings its schema up to date. A file that is damaged, or newer than
 * this program, is left as it is.
 *
 * Returns: (transfer full) (nullable): the database
 */
NatterDatabase *
natter_database_open (const char          *path,
                      const NatterSchema  *schema,
                      GError             **error)
{
  NatterDatabase *self;
  int result;

  if (!make_private (path, error))
    return NULL;

  self = g_new0 (NatterDatabase, 1);
  self->owner = g_thread_self ();
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, finalize_statement);
  result = sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  if (result == SQLITE_OK ? set_up (self, schema, error) : fail (self, result, error))
    return self;

  natter_database_close (self);
  return NULL;
}

/**
 * natter_database_close:
 * @self: (transfer full): a database
 */
void
natter_database_close (NatterDatabase *self)
{
  g_assert (g_thread_self () == self->owner);

  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

/**
 * natter_database_prepare:
 * @self: a database
 * @sql: (transfer none): a statement that is never freed: it is known by its address
 * @error: why not
 *
 * Returns: (transfer none) (nullable): the statement, ready to be bound; until it is prepared again
 */
sqlite3_stmt *
natter_database_prepare (NatterDatabase  *self,
                         const char      *sql,
                         GError         **error)
{
  sqlite3_stmt *statement;
  int result;

  g_assert (g_thread_self () == self->owner);

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      return statement;
    }

  result = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (result != SQLITE_OK)
    {
      fail (self, result, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

/**
 * natter_database_step:
 * @self: a database
 * @statement: one of its statements
 * @row: (out): whether there is a row to read
 * @error: why not
 *
 * Goes on to the next row. After the last one the statement is reset.
 *
 * Returns: whether it worked
 */
gboolean
natter_database_step (NatterDatabase  *self,
                      sqlite3_stmt    *statement,
                      gboolean        *row,
                      GError         **error)
{
  int result;

  g_assert (g_thread_self () == self->owner);

  result = sqlite3_step (statement);
  *row = result == SQLITE_ROW;
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    fail (self, result, error);

  /* What was bound belongs to the caller. */
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return result == SQLITE_DONE;
}

/**
 * natter_database_run:
 * @self: a database
 * @statement: one of its statements, bound
 * @error: why not
 *
 * Runs a statement that gives no rows.
 *
 * Returns: whether it worked
 */
gboolean
natter_database_run (NatterDatabase  *self,
                     sqlite3_stmt    *statement,
                     GError         **error)
{
  gboolean row = TRUE;

  while (row)
    {
      if (!natter_database_step (self, statement, &row, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * natter_database_read_rows:
 * @self: a database
 * @statement: one of its statements, bound
 * @read: makes something of the row that @statement is at
 * @free_row: frees what @read made
 * @error: why not
 *
 * Returns: (transfer full) (nullable): what @read made of each row, in their order
 */
GPtrArray *
natter_database_read_rows (NatterDatabase  *self,
                           sqlite3_stmt    *statement,
                           gpointer       (*read) (sqlite3_stmt *statement),
                           GDestroyNotify   free_row,
                           GError         **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  gboolean row = TRUE;

  while (row)
    {
      if (!natter_database_step (self, statement, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (rows, read (statement));
    }
  return g_steal_pointer (&rows);
}

/**
 * natter_database_read_texts:
 * @self: a database
 * @statement: one of its statements, bound
 * @error: why not
 *
 * Returns: (transfer full) (nullable): the columns of each row, one after the other
 */
char **
natter_database_read_texts (NatterDatabase  *self,
                            sqlite3_stmt    *statement,
                            GError         **error)
{
  g_autoptr(GStrvBuilder) texts = g_strv_builder_new ();
  gboolean row = TRUE;

  while (row)
    {
      if (!natter_database_step (self, statement, &row, error))
        return NULL;
      for (int i = 0; row && i < sqlite3_column_count (statement); i++)
        g_strv_builder_take (texts, natter_statement_dup_text (statement, i));
    }
  return g_strv_builder_end (texts);
}

/**
 * natter_database_execute:
 * @self: a database
 * @sql: statements without values from outside
 * @error: why not
 *
 * Returns: whether all of them worked
 */
gboolean
natter_database_execute (NatterDatabase  *self,
                         const char      *sql,
                         GError         **error)
{
  int result;

  g_assert (g_thread_self () == self->owner);

  result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  return result == SQLITE_OK || fail (self, result, error);
}

/**
 * natter_database_is_in_transaction:
 * @self: a database
 *
 * Returns: whether a transaction is open: grave errors end it without being asked
 */
gboolean
natter_database_is_in_transaction (NatterDatabase *self)
{
  return !sqlite3_get_autocommit (self->handle);
}

/**
 * natter_database_set_cancellable:
 * @self: a database
 * @cancellable: (nullable): ends what is run from now on; held by the caller until another is set
 */
void
natter_database_set_cancellable (NatterDatabase *self,
                                 GCancellable   *cancellable)
{
  self->cancellable = cancellable;
}

/**
 * natter_statement_bind_text:
 * @statement: a statement
 * @position: which parameter, from 1
 * @text: (nullable): what to bind; must live until the statement has run
 */
void
natter_statement_bind_text (sqlite3_stmt *statement,
                            int           position,
                            const char   *text)
{
  sqlite3_bind_text (statement, position, text, -1, SQLITE_STATIC);
}

/**
 * natter_statement_dup_text:
 * @statement: a statement that stands on a row
 * @column: which column, from 0
 *
 * Returns: (transfer full) (nullable): its text; %NULL for NULL
 */
char *
natter_statement_dup_text (sqlite3_stmt *statement,
                           int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}
