/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store-visits.h"

#include "natter-store-worker.h"

static gboolean
load_visits (NatterDatabase  *database,
             gpointer         arguments,
             gpointer        *result,
             GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database, "SELECT server_id, channel FROM visits ORDER BY position DESC", error);

  if (statement == NULL)
    return FALSE;
  *result = natter_database_read_texts (database, statement, error);
  return *result != NULL;
}

static const NatterStoreCall load_visits_call = {
  .name = "natter_store_load_visits_async",
  .run = load_visits,
  .result_free = (GDestroyNotify) g_strfreev,
};

/**
 * natter_store_load_visits_async:
 * @self: a store
 * @cancellable: (nullable): to give up
 * @callback: called with them
 * @data: for @callback
 *
 * Reads where the person has been, the last place first.
 */
void
natter_store_load_visits_async (NatterStore         *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && callback != NULL);

  natter_store_push (self, &load_visits_call, NULL, cancellable, callback, data);
}

/**
 * natter_store_load_visits_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): by turns the id of a server and the name of a channel of it, or the id of a thread
 */
char **
natter_store_load_visits_finish (NatterStore   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &load_visits_call), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
trim (NatterDatabase  *database,
      GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "DELETE FROM visits WHERE position NOT IN"
                             " (SELECT position FROM visits ORDER BY position DESC LIMIT ?)", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, NATTER_STORE_VISITS);
  return natter_database_run (database, statement, error);
}

static gboolean
add_visit (NatterDatabase  *database,
           gpointer         arguments,
           gpointer        *result,
           GError         **error)
{
  char **visit = arguments;
  /* A place that was there already gets a new position: it is the last one now. */
  sqlite3_stmt *statement =
    natter_database_prepare (database, "INSERT OR REPLACE INTO visits (server_id, channel) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, visit[0]);
  natter_statement_bind_text (statement, 2, visit[1]);
  return natter_database_run (database, statement, error) && trim (database, error);
}

static const NatterStoreCall add_visit_call = {
  .name = "natter_store_add_visit_async",
  .run = add_visit,
  .arguments_free = (GDestroyNotify) g_strfreev,
  .writes = TRUE,
};

/**
 * natter_store_add_visit_async:
 * @self: a store
 * @server_id: id of a server
 * @channel: name of a channel of it, or id of a thread
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk
 * @data: for @callback
 *
 * Keeps that the person was there last. The oldest go when there are more than %NATTER_STORE_VISITS.
 */
void
natter_store_add_visit_async (NatterStore         *self,
                              const char          *server_id,
                              const char          *channel,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             data)
{
  const char * const visit[] = { server_id, channel, NULL };

  g_return_if_fail (NATTER_IS_STORE (self) && server_id != NULL && channel != NULL);

  natter_store_push (self, &add_visit_call, g_strdupv ((char **) visit), cancellable, callback, data);
}
