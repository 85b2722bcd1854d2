/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store-deletions.h"

#include "natter-store-worker.h"

/**
 * natter_stored_deletion_copy:
 * @self: a deletion
 *
 * Returns: (transfer full): a copy
 */
NatterStoredDeletion *
natter_stored_deletion_copy (const NatterStoredDeletion *self)
{
  NatterStoredDeletion *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (NatterStoredDeletion, 1);
  copy->server_id = g_strdup (self->server_id);
  copy->channel = g_strdup (self->channel);
  copy->thread_id = g_strdup (self->thread_id);
  copy->message_id = g_strdup (self->message_id);
  return copy;
}

/**
 * natter_stored_deletion_free:
 * @self: (nullable): a deletion
 */
void
natter_stored_deletion_free (NatterStoredDeletion *self)
{
  if (self == NULL)
    return;

  g_free (self->server_id);
  g_free (self->channel);
  g_free (self->thread_id);
  g_free (self->message_id);
  g_free (self);
}

static gboolean
run_with_deletion (NatterDatabase              *database,
                   const char                  *sql,
                   const NatterStoredDeletion  *deletion,
                   GError                     **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, deletion->server_id);
  natter_statement_bind_text (statement, 2, deletion->channel != NULL ? deletion->channel : "");
  natter_statement_bind_text (statement, 3, deletion->thread_id != NULL ? deletion->thread_id : "");
  natter_statement_bind_text (statement, 4, deletion->message_id);
  return natter_database_run (database, statement, error);
}

static gboolean
add_deletion (NatterDatabase  *database,
              gpointer         arguments,
              gpointer        *result,
              GError         **error)
{
  return run_with_deletion (database,
                            "INSERT OR IGNORE INTO deletions (server_id, channel, thread_id, message_id)"
                            " VALUES (?, ?, ?, ?)", arguments, error);
}

static const NatterStoreCall add_deletion_call = {
  .name = "natter_store_add_deletion_async",
  .run = add_deletion,
  .arguments_free = (GDestroyNotify) natter_stored_deletion_free,
  .writes = TRUE,
};

/**
 * natter_store_add_deletion_async:
 * @self: a store
 * @deletion: what is to be deleted; copied
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk; ends with natter_store_save_finish()
 * @data: for @callback
 *
 * Keeps that a message is to be deleted.
 */
void
natter_store_add_deletion_async (NatterStore                *self,
                                 const NatterStoredDeletion *deletion,
                                 GCancellable               *cancellable,
                                 GAsyncReadyCallback         callback,
                                 gpointer                    data)
{
  g_return_if_fail (NATTER_IS_STORE (self));
  g_return_if_fail (deletion != NULL && deletion->server_id != NULL && deletion->message_id != NULL);
  g_return_if_fail ((deletion->channel == NULL) != (deletion->thread_id == NULL));

  natter_store_push (self, &add_deletion_call, natter_stored_deletion_copy (deletion), cancellable, callback, data);
}

static gboolean
remove_deletion (NatterDatabase  *database,
                 gpointer         arguments,
                 gpointer        *result,
                 GError         **error)
{
  return run_with_deletion (database,
                            "DELETE FROM deletions"
                            " WHERE server_id = ? AND channel = ? AND thread_id = ? AND message_id = ?", arguments, error);
}

static const NatterStoreCall remove_deletion_call = {
  .name = "natter_store_remove_deletion_async",
  .run = remove_deletion,
  .arguments_free = (GDestroyNotify) natter_stored_deletion_free,
  .writes = TRUE,
};

/**
 * natter_store_remove_deletion_async:
 * @self: a store
 * @deletion: what was to be deleted, kept or not; copied
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is off the disk; ends with natter_store_save_finish()
 * @data: for @callback
 *
 * Forgets that a message is to be deleted: it was, it can't be, or the person thought better of it.
 */
void
natter_store_remove_deletion_async (NatterStore                *self,
                                    const NatterStoredDeletion *deletion,
                                    GCancellable               *cancellable,
                                    GAsyncReadyCallback         callback,
                                    gpointer                    data)
{
  g_return_if_fail (NATTER_IS_STORE (self));
  g_return_if_fail (deletion != NULL && deletion->server_id != NULL && deletion->message_id != NULL);

  natter_store_push (self, &remove_deletion_call, natter_stored_deletion_copy (deletion), cancellable, callback, data);
}

static gpointer
read_deletion (sqlite3_stmt *statement)
{
  NatterStoredDeletion *deletion = g_new0 (NatterStoredDeletion, 1);

  deletion->server_id = natter_statement_dup_text (statement, 0);
  deletion->channel = natter_statement_dup_text (statement, 1);
  deletion->thread_id = natter_statement_dup_text (statement, 2);
  deletion->message_id = natter_statement_dup_text (statement, 3);
  return deletion;
}

static gboolean
load_deletions (NatterDatabase  *database,
                gpointer         arguments,
                gpointer        *result,
                GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT server_id, nullif (channel, ''), nullif (thread_id, ''), message_id FROM deletions"
                             " WHERE server_id = ? ORDER BY rowid", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, arguments);
  *result = natter_database_read_rows (database, statement, read_deletion, (GDestroyNotify) natter_stored_deletion_free, error);
  return *result != NULL;
}

static const NatterStoreCall load_deletions_call = {
  .name = "natter_store_load_deletions_async",
  .run = load_deletions,
  .arguments_free = g_free,
  .result_free = (GDestroyNotify) g_ptr_array_unref,
};

/**
 * natter_store_load_deletions_async:
 * @self: a store
 * @server_id: id of a server in the person's list
 * @cancellable: (nullable): to give up
 * @callback: called with the deletions
 * @data: for @callback
 *
 * Reads what is to be deleted on a server, in the order in which the person deleted it.
 */
void
natter_store_load_deletions_async (NatterStore         *self,
                                   const char          *server_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && server_id != NULL && callback != NULL);

  natter_store_push (self, &load_deletions_call, g_strdup (server_id), cancellable, callback, data);
}

/**
 * natter_store_load_deletions_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type NatterStoredDeletion): the deletions
 */
GPtrArray *
natter_store_load_deletions_finish (NatterStore   *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &load_deletions_call), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
