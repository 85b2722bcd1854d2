/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store-drafts.h"

#include "natter-store-worker.h"

/**
 * natter_stored_draft_copy:
 * @self: a draft
 *
 * Returns: (transfer full): a copy
 */
NatterStoredDraft *
natter_stored_draft_copy (const NatterStoredDraft *self)
{
  NatterStoredDraft *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (NatterStoredDraft, 1);
  copy->server_id = g_strdup (self->server_id);
  copy->channel = g_strdup (self->channel);
  copy->thread_id = g_strdup (self->thread_id);
  copy->edited_id = g_strdup (self->edited_id);
  copy->text = g_strdup (self->text);
  copy->reply_to = g_strdup (self->reply_to);
  copy->reply_pings = self->reply_pings;
  copy->changed = self->changed;
  return copy;
}

/**
 * natter_stored_draft_free:
 * @self: (nullable): a draft
 */
void
natter_stored_draft_free (NatterStoredDraft *self)
{
  if (self == NULL)
    return;

  g_free (self->server_id);
  g_free (self->channel);
  g_free (self->thread_id);
  g_free (self->edited_id);
  g_free (self->text);
  g_free (self->reply_to);
  g_free (self);
}

/* A draft of nothing is none, but an answer that was begun is one. */
static gboolean
is_empty (const NatterStoredDraft *draft)
{
  return *draft->text == '\0' && draft->reply_to == NULL && draft->edited_id == NULL;
}

static void
bind_place (sqlite3_stmt            *statement,
            const NatterStoredDraft *draft)
{
  natter_statement_bind_text (statement, 1, draft->server_id);
  natter_statement_bind_text (statement, 2, draft->channel != NULL ? draft->channel : "");
  natter_statement_bind_text (statement, 3, draft->thread_id != NULL ? draft->thread_id : "");
  natter_statement_bind_text (statement, 4, draft->edited_id != NULL ? draft->edited_id : "");
}

static gboolean
remove_draft (NatterDatabase          *database,
              const NatterStoredDraft *draft,
              GError                 **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "DELETE FROM drafts"
                             " WHERE server_id = ? AND channel = ? AND thread_id = ? AND edited_id = ?", error);

  if (statement == NULL)
    return FALSE;
  bind_place (statement, draft);
  return natter_database_run (database, statement, error);
}

static gboolean
save_draft (NatterDatabase  *database,
            gpointer         arguments,
            gpointer        *result,
            GError         **error)
{
  const NatterStoredDraft *draft = arguments;
  sqlite3_stmt *statement;

  if (draft->text == NULL || is_empty (draft))
    return remove_draft (database, draft, error);

  statement =
    natter_database_prepare (database,
                             "INSERT OR REPLACE INTO drafts"
                             " (server_id, channel, thread_id, edited_id, text, reply_to, reply_pings, changed)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  bind_place (statement, draft);
  natter_statement_bind_text (statement, 5, draft->text);
  natter_statement_bind_text (statement, 6, draft->reply_to);
  sqlite3_bind_int (statement, 7, draft->reply_pings ? 1 : 0);
  sqlite3_bind_int64 (statement, 8, draft->changed);
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall save_draft_call = {
  .name = "natter_store_save_draft_async",
  .run = save_draft,
  .arguments_free = (GDestroyNotify) natter_stored_draft_free,
  .writes = TRUE,
};

/**
 * natter_store_save_draft_async:
 * @self: a store
 * @draft: what to keep; copied
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk; ends with natter_store_save_finish()
 * @data: for @callback
 *
 * Keeps a draft in place of the former one. It is removed when its text is %NULL, and when a new message has neither
 * text nor a message that it answers.
 */
void
natter_store_save_draft_async (NatterStore             *self,
                               const NatterStoredDraft *draft,
                               GCancellable            *cancellable,
                               GAsyncReadyCallback      callback,
                               gpointer                 data)
{
  g_return_if_fail (NATTER_IS_STORE (self));
  g_return_if_fail (draft != NULL && draft->server_id != NULL);
  g_return_if_fail ((draft->channel == NULL) != (draft->thread_id == NULL));

  natter_store_push (self, &save_draft_call, natter_stored_draft_copy (draft), cancellable, callback, data);
}

static gpointer
read_draft (sqlite3_stmt *statement)
{
  NatterStoredDraft *draft = g_new0 (NatterStoredDraft, 1);

  draft->server_id = natter_statement_dup_text (statement, 0);
  draft->channel = natter_statement_dup_text (statement, 1);
  draft->thread_id = natter_statement_dup_text (statement, 2);
  draft->edited_id = natter_statement_dup_text (statement, 3);
  draft->text = natter_statement_dup_text (statement, 4);
  draft->reply_to = natter_statement_dup_text (statement, 5);
  draft->reply_pings = sqlite3_column_int (statement, 6) != 0;
  draft->changed = sqlite3_column_int64 (statement, 7);
  return draft;
}

static gboolean
load_drafts (NatterDatabase  *database,
             gpointer         arguments,
             gpointer        *result,
             GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT server_id, nullif (channel, ''), nullif (thread_id, ''), nullif (edited_id, ''),"
                             " text, reply_to, reply_pings, changed FROM drafts"
                             " WHERE ?1 IS NULL OR server_id = ?1 ORDER BY changed DESC, rowid DESC", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, arguments);
  *result = natter_database_read_rows (database, statement, read_draft, (GDestroyNotify) natter_stored_draft_free, error);
  return *result != NULL;
}

static const NatterStoreCall load_drafts_call = {
  .name = "natter_store_load_drafts_async",
  .run = load_drafts,
  .arguments_free = g_free,
  .result_free = (GDestroyNotify) g_ptr_array_unref,
};

/**
 * natter_store_load_drafts_async:
 * @self: a store
 * @server_id: (nullable): the drafts of one server, or of all
 * @cancellable: (nullable): to give up
 * @callback: called with the drafts
 * @data: for @callback
 *
 * Reads the drafts, the one that was changed last first.
 */
void
natter_store_load_drafts_async (NatterStore         *self,
                                const char          *server_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && callback != NULL);

  natter_store_push (self, &load_drafts_call, g_strdup (server_id), cancellable, callback, data);
}

/**
 * natter_store_load_drafts_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type NatterStoredDraft): the drafts
 */
GPtrArray *
natter_store_load_drafts_finish (NatterStore   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &load_drafts_call), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
