/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store-outbox.h"

#include "natter-store-worker.h"

/**
 * natter_stored_outgoing_copy:
 * @self: a message on its way
 *
 * Returns: (transfer full): a copy
 */
NatterStoredOutgoing *
natter_stored_outgoing_copy (const NatterStoredOutgoing *self)
{
  NatterStoredOutgoing *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (NatterStoredOutgoing, 1);
  copy->id = g_strdup (self->id);
  copy->server_id = g_strdup (self->server_id);
  copy->channel = g_strdup (self->channel);
  copy->thread_id = g_strdup (self->thread_id);
  copy->text = g_strdup (self->text);
  copy->reply_to = g_strdup (self->reply_to);
  copy->reply_pings = self->reply_pings;
  copy->attachments = g_strdupv (self->attachments);
  copy->created = self->created;
  copy->state = self->state;
  copy->given = self->given;
  copy->error = g_strdup (self->error);
  return copy;
}

/**
 * natter_stored_outgoing_free:
 * @self: (nullable): a message on its way
 */
void
natter_stored_outgoing_free (NatterStoredOutgoing *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->server_id);
  g_free (self->channel);
  g_free (self->thread_id);
  g_free (self->text);
  g_free (self->reply_to);
  g_strfreev (self->attachments);
  g_free (self->error);
  g_free (self);
}

static gboolean
insert (NatterDatabase              *database,
        const NatterStoredOutgoing  *outgoing,
        GError                     **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "INSERT INTO outbox (id, server_id, channel, thread_id, text, reply_to, reply_pings,"
                             " created, state, given, error, attachments)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  g_autofree char *attachments = outgoing->attachments != NULL ? g_strjoinv ("\n", outgoing->attachments) : NULL;

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, outgoing->id);
  natter_statement_bind_text (statement, 2, outgoing->server_id);
  natter_statement_bind_text (statement, 3, outgoing->channel);
  natter_statement_bind_text (statement, 4, outgoing->thread_id);
  natter_statement_bind_text (statement, 5, outgoing->text);
  natter_statement_bind_text (statement, 6, outgoing->reply_to);
  sqlite3_bind_int (statement, 7, outgoing->reply_pings ? 1 : 0);
  sqlite3_bind_int64 (statement, 8, outgoing->created);
  sqlite3_bind_int (statement, 9, outgoing->state);
  sqlite3_bind_int64 (statement, 10, outgoing->given);
  natter_statement_bind_text (statement, 11, outgoing->error);
  natter_statement_bind_text (statement, 12, attachments);
  return natter_database_run (database, statement, error);
}

static gboolean
add_outgoing (NatterDatabase  *database,
              gpointer         arguments,
              gpointer        *result,
              GError         **error)
{
  return insert (database, arguments, error);
}

static gboolean
add_from_draft (NatterDatabase  *database,
                gpointer         arguments,
                gpointer        *result,
                GError         **error)
{
  const NatterStoredOutgoing *outgoing = arguments;
  sqlite3_stmt *statement;

  if (!insert (database, outgoing, error))
    return FALSE;
  statement =
    natter_database_prepare (database,
                             "DELETE FROM drafts"
                             " WHERE server_id = ? AND channel = ? AND thread_id = ? AND edited_id = ''", error);
  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, outgoing->server_id);
  natter_statement_bind_text (statement, 2, outgoing->channel != NULL ? outgoing->channel : "");
  natter_statement_bind_text (statement, 3, outgoing->thread_id != NULL ? outgoing->thread_id : "");
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall add_outgoing_call = {
  .name = "natter_store_add_outgoing_async",
  .run = add_outgoing,
  .arguments_free = (GDestroyNotify) natter_stored_outgoing_free,
  .writes = TRUE,
};

static const NatterStoreCall add_from_draft_call = {
  .name = "natter_store_add_outgoing_async",
  .run = add_from_draft,
  .arguments_free = (GDestroyNotify) natter_stored_outgoing_free,
  .writes = TRUE,
};

/**
 * natter_store_add_outgoing_async:
 * @self: a store
 * @outgoing: the message; copied
 * @from_draft: whether it was the place's draft, which goes in the same step: a crash leaves the one or the other
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk; ends with natter_store_save_finish()
 * @data: for @callback
 *
 * Puts a message at the end of the outbox. It fails when the outbox has one with the same id.
 */
void
natter_store_add_outgoing_async (NatterStore                *self,
                                 const NatterStoredOutgoing *outgoing,
                                 gboolean                    from_draft,
                                 GCancellable               *cancellable,
                                 GAsyncReadyCallback         callback,
                                 gpointer                    data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && outgoing != NULL);
  g_return_if_fail (outgoing->id != NULL && outgoing->server_id != NULL && outgoing->text != NULL);
  g_return_if_fail ((outgoing->channel == NULL) != (outgoing->thread_id == NULL));

  natter_store_push (self, from_draft ? &add_from_draft_call : &add_outgoing_call,
                     natter_stored_outgoing_copy (outgoing), cancellable, callback, data);
}

static gboolean
mark_outgoing (NatterDatabase  *database,
               gpointer         arguments,
               gpointer        *result,
               GError         **error)
{
  const NatterStoredOutgoing *outgoing = arguments;
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "UPDATE outbox SET state = ?2, given = iif (given = 0, ?3, given), error = ?4"
                             " WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, outgoing->id);
  sqlite3_bind_int (statement, 2, outgoing->state);
  sqlite3_bind_int64 (statement, 3, outgoing->given);
  natter_statement_bind_text (statement, 4, outgoing->error);
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall mark_outgoing_call = {
  .name = "natter_store_mark_outgoing_async",
  .run = mark_outgoing,
  .arguments_free = (GDestroyNotify) natter_stored_outgoing_free,
  .writes = TRUE,
};

/**
 * natter_store_mark_outgoing_async:
 * @self: a store
 * @id: a message in the outbox
 * @state: how far it has come
 * @given: when it was given to a connection, or 0; only the first time is kept
 * @reason: (nullable): why it failed
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk; ends with natter_store_save_finish()
 * @data: for @callback
 *
 * Notes what became of a message. %NATTER_OUTGOING_GIVEN is to be on disk before the message is given to a
 * connection, or a crash in between sends it twice.
 */
void
natter_store_mark_outgoing_async (NatterStore         *self,
                                  const char          *id,
                                  NatterOutgoingState  state,
                                  gint64               given,
                                  const char          *reason,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             data)
{
  NatterStoredOutgoing *outgoing;

  g_return_if_fail (NATTER_IS_STORE (self) && id != NULL);

  outgoing = g_new0 (NatterStoredOutgoing, 1);
  outgoing->id = g_strdup (id);
  outgoing->state = state;
  outgoing->given = given;
  outgoing->error = g_strdup (reason);
  natter_store_push (self, &mark_outgoing_call, outgoing, cancellable, callback, data);
}

static gboolean
remove_outgoing (NatterDatabase  *database,
                 gpointer         arguments,
                 gpointer        *result,
                 GError         **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, "DELETE FROM outbox WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, arguments);
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall remove_outgoing_call = {
  .name = "natter_store_remove_outgoing_async",
  .run = remove_outgoing,
  .arguments_free = g_free,
  .writes = TRUE,
};

/**
 * natter_store_remove_outgoing_async:
 * @self: a store
 * @id: a message, in the outbox or not
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is off the disk; ends with natter_store_save_finish()
 * @data: for @callback
 *
 * Takes a message out of the outbox: a server has it, or the person discarded it.
 */
void
natter_store_remove_outgoing_async (NatterStore         *self,
                                    const char          *id,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && id != NULL);

  natter_store_push (self, &remove_outgoing_call, g_strdup (id), cancellable, callback, data);
}

/* A number that is none of ours came from a broken file: the person decides. */
static NatterOutgoingState
read_state (int number)
{
  if (number == NATTER_OUTGOING_WAITING || number == NATTER_OUTGOING_GIVEN)
    return number;
  return NATTER_OUTGOING_FAILED;
}

static gpointer
read_outgoing (sqlite3_stmt *statement)
{
  NatterStoredOutgoing *outgoing = g_new0 (NatterStoredOutgoing, 1);
  g_autofree char *attachments = NULL;

  outgoing->id = natter_statement_dup_text (statement, 0);
  outgoing->server_id = natter_statement_dup_text (statement, 1);
  outgoing->channel = natter_statement_dup_text (statement, 2);
  outgoing->thread_id = natter_statement_dup_text (statement, 3);
  outgoing->text = natter_statement_dup_text (statement, 4);
  outgoing->reply_to = natter_statement_dup_text (statement, 5);
  outgoing->reply_pings = sqlite3_column_int (statement, 6) != 0;
  outgoing->created = sqlite3_column_int64 (statement, 7);
  outgoing->state = read_state (sqlite3_column_int (statement, 8));
  outgoing->given = sqlite3_column_int64 (statement, 9);
  outgoing->error = natter_statement_dup_text (statement, 10);
  attachments = natter_statement_dup_text (statement, 11);
  outgoing->attachments = attachments != NULL ? g_strsplit (attachments, "\n", -1) : NULL;
  return outgoing;
}

static gboolean
load_outbox (NatterDatabase  *database,
             gpointer         arguments,
             gpointer        *result,
             GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT id, server_id, channel, thread_id, text, reply_to, reply_pings, created, state,"
                             " given, error, attachments FROM outbox WHERE ?1 IS NULL OR server_id = ?1 ORDER BY position", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, arguments);
  *result = natter_database_read_rows (database, statement, read_outgoing, (GDestroyNotify) natter_stored_outgoing_free, error);
  return *result != NULL;
}

static const NatterStoreCall load_outbox_call = {
  .name = "natter_store_load_outbox_async",
  .run = load_outbox,
  .arguments_free = g_free,
  .result_free = (GDestroyNotify) g_ptr_array_unref,
};

/**
 * natter_store_load_outbox_async:
 * @self: a store
 * @server_id: (nullable): the outbox of one server, or of all
 * @cancellable: (nullable): to give up
 * @callback: called with the messages
 * @data: for @callback
 *
 * Reads the outbox, in the order in which its messages are to be sent.
 */
void
natter_store_load_outbox_async (NatterStore         *self,
                                const char          *server_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && callback != NULL);

  natter_store_push (self, &load_outbox_call, g_strdup (server_id), cancellable, callback, data);
}

/**
 * natter_store_load_outbox_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type NatterStoredOutgoing): the messages
 */
GPtrArray *
natter_store_load_outbox_finish (NatterStore   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &load_outbox_call), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
