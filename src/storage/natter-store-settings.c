/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store-settings.h"

#include "natter-store-worker.h"

/**
 * natter_store_read_folders:
 * @database: the store, in its thread
 * @error: where to put an error of %NATTER_STORE_ERROR
 *
 * Reads the folders of the server list, in their order.
 *
 * Returns: (transfer full) (nullable) (element-type NatterStoredFolder): the folders, without their servers
 */
GPtrArray *
natter_store_read_folders (NatterDatabase  *database,
                           GError         **error)
{
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_stored_folder_free);
  sqlite3_stmt *statement =
    natter_database_prepare (database, "SELECT id, name, color, collapsed FROM folders ORDER BY position", error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;
  while (row)
    {
      NatterStoredFolder *folder;

      if (!natter_database_step (database, statement, &row, error))
        return NULL;
      if (!row)
        break;
      folder = g_new0 (NatterStoredFolder, 1);
      folder->id = natter_statement_dup_text (statement, 0);
      folder->name = natter_statement_dup_text (statement, 1);
      folder->color = sqlite3_column_int (statement, 2);
      folder->collapsed = sqlite3_column_int (statement, 3) != 0;
      g_ptr_array_add (folders, folder);
    }
  return g_steal_pointer (&folders);
}

/**
 * natter_store_read_settings:
 * @database: the store, in its thread
 * @error: where to put an error of %NATTER_STORE_ERROR
 *
 * Reads what was set for servers and channels.
 *
 * Returns: (transfer full) (nullable) (element-type NatterStoredSetting): the settings
 */
GPtrArray *
natter_store_read_settings (NatterDatabase  *database,
                            GError         **error)
{
  g_autoptr(GPtrArray) settings = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_stored_setting_free);
  sqlite3_stmt *statement =
    natter_database_prepare (database, "SELECT server_id, place, key, value FROM settings", error);
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;
  while (row)
    {
      NatterStoredSetting *setting;

      if (!natter_database_step (database, statement, &row, error))
        return NULL;
      if (!row)
        break;
      setting = g_new0 (NatterStoredSetting, 1);
      setting->server_id = natter_statement_dup_text (statement, 0);
      setting->place = natter_statement_dup_text (statement, 1);
      setting->key = natter_statement_dup_text (statement, 2);
      setting->value = natter_statement_dup_text (statement, 3);
      g_ptr_array_add (settings, setting);
    }
  return g_steal_pointer (&settings);
}

static gboolean
save_folder (NatterDatabase            *database,
             const NatterStoredFolder  *folder,
             GError                   **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database, "INSERT INTO folders (id, name, color, collapsed) VALUES (?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, folder->id);
  natter_statement_bind_text (statement, 2, folder->name);
  sqlite3_bind_int (statement, 3, folder->color);
  sqlite3_bind_int (statement, 4, folder->collapsed ? 1 : 0);
  return natter_database_run (database, statement, error);
}

static gboolean
fill_folder (NatterDatabase            *database,
             const NatterStoredFolder  *folder,
             GError                   **error)
{
  for (gsize i = 0; folder->servers != NULL && folder->servers[i] != NULL; i++)
    {
      sqlite3_stmt *statement =
        natter_database_prepare (database, "UPDATE servers SET folder_id = ? WHERE id = ?", error);

      if (statement == NULL)
        return FALSE;
      natter_statement_bind_text (statement, 1, folder->id);
      natter_statement_bind_text (statement, 2, folder->servers[i]);
      if (!natter_database_run (database, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_folders (NatterDatabase  *database,
              gpointer         arguments,
              gpointer        *result,
              GError         **error)
{
  GPtrArray *folders = arguments;

  if (!natter_database_execute (database, "DELETE FROM folders", error) ||
      !natter_database_execute (database, "UPDATE servers SET folder_id = NULL WHERE folder_id IS NOT NULL", error))
    return FALSE;
  for (guint i = 0; i < folders->len; i++)
    {
      if (!save_folder (database, folders->pdata[i], error) || !fill_folder (database, folders->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

static const NatterStoreCall save_folders_call = {
  .name = "natter_store_save_folders_async",
  .run = save_folders,
  .arguments_free = (GDestroyNotify) g_ptr_array_unref,
  .writes = TRUE,
};

/**
 * natter_store_save_folders_async:
 * @self: a store
 * @folders: (element-type NatterStoredFolder): all folders; copied
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk; ends with natter_store_save_finish()
 * @data: for @callback
 *
 * Keeps the folders in place of the former ones. Servers that none of them names are in no folder.
 */
void
natter_store_save_folders_async (NatterStore         *self,
                                 GPtrArray           *folders,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             data)
{
  g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_stored_folder_free);

  g_return_if_fail (NATTER_IS_STORE (self) && folders != NULL);

  for (guint i = 0; i < folders->len; i++)
    g_ptr_array_add (copies, natter_stored_folder_copy (folders->pdata[i]));
  natter_store_push (self, &save_folders_call, g_steal_pointer (&copies), cancellable, callback, data);
}

static gboolean
save_setting (NatterDatabase  *database,
              gpointer         arguments,
              gpointer        *result,
              GError         **error)
{
  const NatterStoredSetting *setting = arguments;
  const char *sql = setting->value != NULL
                    ? "INSERT OR REPLACE INTO settings (server_id, place, key, value) VALUES (?, ?, ?, ?)"
                    : "DELETE FROM settings WHERE server_id = ? AND place = ? AND key = ?";
  sqlite3_stmt *statement = natter_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, setting->server_id);
  natter_statement_bind_text (statement, 2, setting->place);
  natter_statement_bind_text (statement, 3, setting->key);
  if (setting->value != NULL)
    natter_statement_bind_text (statement, 4, setting->value);
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall save_setting_call = {
  .name = "natter_store_save_setting_async",
  .run = save_setting,
  .arguments_free = (GDestroyNotify) natter_stored_setting_free,
  .writes = TRUE,
};

/**
 * natter_store_save_setting_async:
 * @self: a store
 * @setting: what to keep; copied
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk; ends with natter_store_save_finish()
 * @data: for @callback
 *
 * Keeps what a person has set for a server or a place in it, or forgets it when its value is %NULL.
 */
void
natter_store_save_setting_async (NatterStore               *self,
                                 const NatterStoredSetting *setting,
                                 GCancellable              *cancellable,
                                 GAsyncReadyCallback        callback,
                                 gpointer                   data)
{
  g_return_if_fail (NATTER_IS_STORE (self));
  g_return_if_fail (setting != NULL && setting->server_id != NULL && setting->place != NULL && setting->key != NULL);

  natter_store_push (self, &save_setting_call, natter_stored_setting_copy (setting), cancellable, callback, data);
}
