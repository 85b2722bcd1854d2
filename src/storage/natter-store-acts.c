/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store-acts.h"

#include "natter-store-worker.h"

/**
 * natter_stored_act_copy:
 * @self: an act
 *
 * Returns: (transfer full): a copy
 */
NatterStoredAct *
natter_stored_act_copy (const NatterStoredAct *self)
{
  NatterStoredAct *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (NatterStoredAct, 1);
  copy->server_id = g_strdup (self->server_id);
  copy->channel = g_strdup (self->channel);
  copy->thread_id = g_strdup (self->thread_id);
  copy->message_id = g_strdup (self->message_id);
  copy->text = g_strdup (self->text);
  copy->refused = self->refused;
  return copy;
}

/**
 * natter_stored_act_free:
 * @self: (nullable): an act
 */
void
natter_stored_act_free (NatterStoredAct *self)
{
  if (self == NULL)
    return;

  g_free (self->server_id);
  g_free (self->channel);
  g_free (self->thread_id);
  g_free (self->message_id);
  g_free (self->text);
  g_free (self);
}

/* (nullable): with the place of @act bound to the first five parameters of @sql */
static sqlite3_stmt *
prepare (NatterDatabase         *database,
         const char             *sql,
         const NatterStoredAct  *act,
         GError                **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, sql, error);

  if (statement == NULL)
    return NULL;
  natter_statement_bind_text (statement, 1, act->server_id);
  natter_statement_bind_text (statement, 2, act->channel != NULL ? act->channel : "");
  natter_statement_bind_text (statement, 3, act->thread_id != NULL ? act->thread_id : "");
  natter_statement_bind_text (statement, 4, act->message_id);
  sqlite3_bind_int (statement, 5, act->text == NULL ? 1 : 0);
  return statement;
}

static gboolean
save_act (NatterDatabase  *database,
          gpointer         arguments,
          gpointer        *result,
          GError         **error)
{
  const NatterStoredAct *act = arguments;
  sqlite3_stmt *statement = prepare (database,
                                     "INSERT OR REPLACE INTO acts"
                                     " (server_id, channel, thread_id, message_id, deletes, text, refused)"
                                     " VALUES (?, ?, ?, ?, ?, ?, ?)", act, error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 6, act->text);
  sqlite3_bind_int (statement, 7, act->refused ? 1 : 0);
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall save_act_call = {
  .name = "natter_store_save_act_async",
  .run = save_act,
  .arguments_free = (GDestroyNotify) natter_stored_act_free,
  .writes = TRUE,
};

/**
 * natter_store_save_act_async:
 * @self: a store
 * @act: what the person has done; copied
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk; ends with natter_store_save_finish()
 * @data: for @callback
 *
 * Keeps what was done with a message, in place of a former change or deletion of it.
 */
void
natter_store_save_act_async (NatterStore           *self,
                             const NatterStoredAct *act,
                             GCancellable          *cancellable,
                             GAsyncReadyCallback    callback,
                             gpointer               data)
{
  g_return_if_fail (NATTER_IS_STORE (self));
  g_return_if_fail (act != NULL && act->server_id != NULL && act->message_id != NULL);
  g_return_if_fail ((act->channel == NULL) != (act->thread_id == NULL));

  natter_store_push (self, &save_act_call, natter_stored_act_copy (act), cancellable, callback, data);
}

static gboolean
remove_act (NatterDatabase  *database,
            gpointer         arguments,
            gpointer        *result,
            GError         **error)
{
  sqlite3_stmt *statement = prepare (database,
                                     "DELETE FROM acts WHERE server_id = ? AND channel = ? AND thread_id = ?"
                                     " AND message_id = ? AND deletes = ?", arguments, error);

  return statement != NULL && natter_database_run (database, statement, error);
}

static const NatterStoreCall remove_act_call = {
  .name = "natter_store_remove_act_async",
  .run = remove_act,
  .arguments_free = (GDestroyNotify) natter_stored_act_free,
  .writes = TRUE,
};

/**
 * natter_store_remove_act_async:
 * @self: a store
 * @act: what was to be done, kept or not; copied
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is off the disk; ends with natter_store_save_finish()
 * @data: for @callback
 *
 * Forgets that a message is to be changed, or that it is to be deleted: it was, it can't be, or the person thought better of
 * it.
 */
void
natter_store_remove_act_async (NatterStore           *self,
                               const NatterStoredAct *act,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               data)
{
  g_return_if_fail (NATTER_IS_STORE (self));
  g_return_if_fail (act != NULL && act->server_id != NULL && act->message_id != NULL);

  natter_store_push (self, &remove_act_call, natter_stored_act_copy (act), cancellable, callback, data);
}

static gpointer
read_act (sqlite3_stmt *statement)
{
  NatterStoredAct *act = g_new0 (NatterStoredAct, 1);

  act->server_id = natter_statement_dup_text (statement, 0);
  act->channel = natter_statement_dup_text (statement, 1);
  act->thread_id = natter_statement_dup_text (statement, 2);
  act->message_id = natter_statement_dup_text (statement, 3);
  act->text = natter_statement_dup_text (statement, 4);
  act->refused = sqlite3_column_int (statement, 5) != 0;
  return act;
}

static gboolean
load_acts (NatterDatabase  *database,
           gpointer         arguments,
           gpointer        *result,
           GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT server_id, nullif (channel, ''), nullif (thread_id, ''), message_id, text, refused"
                             " FROM acts WHERE server_id = ? ORDER BY rowid", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, arguments);
  *result = natter_database_read_rows (database, statement, read_act, (GDestroyNotify) natter_stored_act_free, error);
  return *result != NULL;
}

static const NatterStoreCall load_acts_call = {
  .name = "natter_store_load_acts_async",
  .run = load_acts,
  .arguments_free = g_free,
  .result_free = (GDestroyNotify) g_ptr_array_unref,
};

/**
 * natter_store_load_acts_async:
 * @self: a store
 * @server_id: id of a server in the person's list
 * @cancellable: (nullable): to give up
 * @callback: called with what was done
 * @data: for @callback
 *
 * Reads what is to be done on a server, in the order in which the person did it.
 */
void
natter_store_load_acts_async (NatterStore         *self,
                              const char          *server_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && server_id != NULL && callback != NULL);

  natter_store_push (self, &load_acts_call, g_strdup (server_id), cancellable, callback, data);
}

/**
 * natter_store_load_acts_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type NatterStoredAct): what was done
 */
GPtrArray *
natter_store_load_acts_finish (NatterStore   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &load_acts_call), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
