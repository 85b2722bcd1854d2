/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store-settings.h"
#include "natter-store-worker.h"

static gboolean
load_accounts (NatterDatabase  *database,
               GPtrArray       *accounts,
               GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT id, kind, name, server, rotur_id, picture, token_kind, permissions, by_query,"
                             " blocked, status, status_text FROM accounts ORDER BY position", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (natter_database_step (database, statement, &row, error))
    {
      NatterStoredAccount *account;

      if (!row)
        return TRUE;
      account = g_new0 (NatterStoredAccount, 1);
      account->id = natter_statement_dup_text (statement, 0);
      account->kind = sqlite3_column_int (statement, 1);
      account->name = natter_statement_dup_text (statement, 2);
      account->server = natter_statement_dup_text (statement, 3);
      account->rotur_id = natter_statement_dup_text (statement, 4);
      account->picture = natter_statement_dup_text (statement, 5);
      account->token_kind = sqlite3_column_int (statement, 6);
      account->permissions = natter_statement_dup_text (statement, 7);
      account->by_query = sqlite3_column_int (statement, 8);
      account->blocked = natter_statement_dup_text (statement, 9);
      account->status = sqlite3_column_int (statement, 10);
      account->status_text = natter_statement_dup_text (statement, 11);
      g_ptr_array_add (accounts, account);
    }
  return FALSE;
}

static gboolean
load_servers (NatterDatabase  *database,
              GPtrArray       *servers,
              GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT id, address, account_id, name, icon, last_channel, folder_id FROM servers"
                             " ORDER BY position, id", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (natter_database_step (database, statement, &row, error))
    {
      NatterStoredServer *server;

      if (!row)
        return TRUE;
      server = g_new0 (NatterStoredServer, 1);
      server->id = natter_statement_dup_text (statement, 0);
      server->address = natter_statement_dup_text (statement, 1);
      server->account_id = natter_statement_dup_text (statement, 2);
      server->name = natter_statement_dup_text (statement, 3);
      server->icon = natter_statement_dup_text (statement, 4);
      server->last_channel = natter_statement_dup_text (statement, 5);
      server->folder_id = natter_statement_dup_text (statement, 6);
      g_ptr_array_add (servers, server);
    }
  return FALSE;
}

static gboolean
load_lists (NatterDatabase  *database,
            gpointer         arguments,
            gpointer        *result,
            GError         **error)
{
  g_autoptr(NatterStoredLists) lists = g_new0 (NatterStoredLists, 1);

  lists->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_stored_account_free);
  lists->servers = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_stored_server_free);
  lists->folders = natter_store_read_folders (database, error);
  if (lists->folders == NULL)
    return FALSE;
  lists->settings = natter_store_read_settings (database, error);
  if (lists->settings == NULL)
    return FALSE;
  if (!load_accounts (database, lists->accounts, error) || !load_servers (database, lists->servers, error))
    return FALSE;

  *result = g_steal_pointer (&lists);
  return TRUE;
}

static const NatterStoreCall load_lists_call = {
  .name = "natter_store_load_lists_async",
  .run = load_lists,
  .result_free = (GDestroyNotify) natter_stored_lists_free,
};

/**
 * natter_store_load_lists_async:
 * @self: a store
 * @cancellable: (nullable): to give up
 * @callback: called with the lists
 * @data: for @callback
 *
 * Reads the accounts, in the order in which they came, the servers, in the person's order, and what belongs to them.
 */
void
natter_store_load_lists_async (NatterStore         *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && callback != NULL);

  natter_store_push (self, &load_lists_call, NULL, cancellable, callback, data);
}

/**
 * natter_store_load_lists_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the lists
 */
NatterStoredLists *
natter_store_load_lists_finish (NatterStore   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &load_lists_call), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
save_account (NatterDatabase  *database,
              gpointer         arguments,
              gpointer        *result,
              GError         **error)
{
  const NatterStoredAccount *account = arguments;
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "INSERT INTO accounts (id, kind, name, server, rotur_id, picture, token_kind, permissions,"
                             " by_query, blocked, status, status_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                             " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name,"
                             " server = excluded.server, rotur_id = excluded.rotur_id, picture = excluded.picture,"
                             " token_kind = excluded.token_kind, permissions = excluded.permissions,"
                             " by_query = excluded.by_query, blocked = excluded.blocked, status = excluded.status,"
                             " status_text = excluded.status_text", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, account->id);
  sqlite3_bind_int (statement, 2, account->kind);
  natter_statement_bind_text (statement, 3, account->name);
  natter_statement_bind_text (statement, 4, account->server);
  natter_statement_bind_text (statement, 5, account->rotur_id);
  natter_statement_bind_text (statement, 6, account->picture);
  sqlite3_bind_int (statement, 7, account->token_kind);
  natter_statement_bind_text (statement, 8, account->permissions);
  sqlite3_bind_int (statement, 9, account->by_query);
  natter_statement_bind_text (statement, 10, account->blocked);
  sqlite3_bind_int (statement, 11, account->status);
  natter_statement_bind_text (statement, 12, account->status_text);
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall save_account_call = {
  .name = "natter_store_save_account_async",
  .run = save_account,
  .arguments_free = (GDestroyNotify) natter_stored_account_free,
  .writes = TRUE,
};

/**
 * natter_store_save_account_async:
 * @self: a store
 * @account: what to keep; copied
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk
 * @data: for @callback
 *
 * Keeps an account, in place of the one with the same id.
 */
void
natter_store_save_account_async (NatterStore               *self,
                                 const NatterStoredAccount *account,
                                 GCancellable              *cancellable,
                                 GAsyncReadyCallback        callback,
                                 gpointer                   data)
{
  g_return_if_fail (NATTER_IS_STORE (self));
  g_return_if_fail (account != NULL && account->id != NULL);

  natter_store_push (self, &save_account_call, natter_stored_account_copy (account), cancellable, callback, data);
}

static gboolean
run_with_id (NatterDatabase  *database,
             const char      *sql,
             const char      *id,
             GError         **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, id);
  return natter_database_run (database, statement, error);
}

static gboolean
remove_account (NatterDatabase  *database,
                gpointer         arguments,
                gpointer        *result,
                GError         **error)
{
  return run_with_id (database, "DELETE FROM accounts WHERE id = ?", arguments, error);
}

static const NatterStoreCall remove_account_call = {
  .name = "natter_store_remove_account_async",
  .run = remove_account,
  .arguments_free = g_free,
  .writes = TRUE,
};

/**
 * natter_store_remove_account_async:
 * @self: a store
 * @id: an account, known or not
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is off the disk
 * @data: for @callback
 *
 * Forgets an account. Servers that use it stay.
 */
void
natter_store_remove_account_async (NatterStore         *self,
                                   const char          *id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && id != NULL);

  natter_store_push (self, &remove_account_call, g_strdup (id), cancellable, callback, data);
}

static gboolean
save_server (NatterDatabase  *database,
             gpointer         arguments,
             gpointer        *result,
             GError         **error)
{
  const NatterStoredServer *server = arguments;
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "INSERT INTO servers (id, position, address, account_id, name, icon, last_channel)"
                             " VALUES (?, (SELECT coalesce (max (position), -1) + 1 FROM servers), ?, ?, ?, ?, ?)"
                             " ON CONFLICT (id) DO UPDATE SET address = excluded.address,"
                             " account_id = excluded.account_id, name = excluded.name, icon = excluded.icon,"
                             " last_channel = excluded.last_channel", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, server->id);
  natter_statement_bind_text (statement, 2, server->address);
  natter_statement_bind_text (statement, 3, server->account_id);
  natter_statement_bind_text (statement, 4, server->name);
  natter_statement_bind_text (statement, 5, server->icon);
  natter_statement_bind_text (statement, 6, server->last_channel);
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall save_server_call = {
  .name = "natter_store_save_server_async",
  .run = save_server,
  .arguments_free = (GDestroyNotify) natter_stored_server_free,
  .writes = TRUE,
};

/**
 * natter_store_save_server_async:
 * @self: a store
 * @server: what to keep; copied
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk
 * @data: for @callback
 *
 * Keeps a server, in place of the one with the same id and at its place, or else behind all others.
 */
void
natter_store_save_server_async (NatterStore              *self,
                                const NatterStoredServer *server,
                                GCancellable             *cancellable,
                                GAsyncReadyCallback       callback,
                                gpointer                  data)
{
  g_return_if_fail (NATTER_IS_STORE (self));
  g_return_if_fail (server != NULL && server->id != NULL && server->address != NULL);

  natter_store_push (self, &save_server_call, natter_stored_server_copy (server), cancellable, callback, data);
}

static gboolean
remove_server (NatterDatabase  *database,
               gpointer         arguments,
               gpointer        *result,
               GError         **error)
{
  return run_with_id (database, "DELETE FROM servers WHERE id = ?", arguments, error) &&
         run_with_id (database, "DELETE FROM settings WHERE server_id = ?", arguments, error) &&
         run_with_id (database, "DELETE FROM visits WHERE server_id = ?", arguments, error) &&
         run_with_id (database, "DELETE FROM drafts WHERE server_id = ?", arguments, error) &&
         run_with_id (database, "DELETE FROM outbox WHERE server_id = ?", arguments, error) &&
         run_with_id (database, "DELETE FROM acts WHERE server_id = ?", arguments, error);
}

static const NatterStoreCall remove_server_call = {
  .name = "natter_store_remove_server_async",
  .run = remove_server,
  .arguments_free = g_free,
  .writes = TRUE,
};

/**
 * natter_store_remove_server_async:
 * @self: a store
 * @id: a server, known or not
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is off the disk
 * @data: for @callback
 *
 * Forgets a server, with its settings, its drafts, its outbox and what was done with messages: without it nobody would see them
 * again.
 */
void
natter_store_remove_server_async (NatterStore         *self,
                                  const char          *id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && id != NULL);

  natter_store_push (self, &remove_server_call, g_strdup (id), cancellable, callback, data);
}

static gboolean
order_servers (NatterDatabase  *database,
               gpointer         arguments,
               gpointer        *result,
               GError         **error)
{
  char **ids = arguments;
  guint count = g_strv_length (ids);

  /* Those that are not named keep their order, behind the others. */
  if (!natter_database_execute (database,
                                "UPDATE servers SET position = places.place FROM"
                                " (SELECT id, row_number () OVER (ORDER BY position, id) - 1 AS place FROM servers) AS places"
                                " WHERE servers.id = places.id", error))
    return FALSE;
  for (guint i = 0; i < count; i++)
    {
      sqlite3_stmt *statement = natter_database_prepare (database, "UPDATE servers SET position = ? WHERE id = ?", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, (gint64) i - count);
      natter_statement_bind_text (statement, 2, ids[i]);
      if (!natter_database_run (database, statement, error))
        return FALSE;
    }
  return TRUE;
}

static const NatterStoreCall order_servers_call = {
  .name = "natter_store_order_servers_async",
  .run = order_servers,
  .arguments_free = (GDestroyNotify) g_strfreev,
  .writes = TRUE,
};

/**
 * natter_store_order_servers_async:
 * @self: a store
 * @ids: (array zero-terminated=1): servers, the first one first; copied
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk
 * @data: for @callback
 *
 * Puts the servers into another order. Those that are not named come behind, as they were.
 */
void
natter_store_order_servers_async (NatterStore         *self,
                                  const char * const  *ids,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && ids != NULL);

  natter_store_push (self, &order_servers_call, g_strdupv ((char **) ids), cancellable, callback, data);
}
