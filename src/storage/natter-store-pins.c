/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store-pins.h"

#include "natter-store-worker.h"
#include "natter-validator-key.h"

static gboolean
load_pins (NatterDatabase  *database,
           gpointer         arguments,
           gpointer        *result,
           GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database, "SELECT sum, place FROM validator_keys ORDER BY position", error);

  if (statement == NULL)
    return FALSE;
  *result = natter_database_read_texts (database, statement, error);
  return *result != NULL;
}

static const NatterStoreCall load_pins_call = {
  .name = "natter_store_load_pins_async",
  .run = load_pins,
  .result_free = (GDestroyNotify) g_strfreev,
};

/**
 * natter_store_load_pins_async:
 * @self: a store
 * @cancellable: (nullable): to give up
 * @callback: called with them
 * @data: for @callback
 *
 * Reads which validator key was seen at which server, the oldest first.
 */
void
natter_store_load_pins_async (NatterStore         *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             data)
{
  g_return_if_fail (NATTER_IS_STORE (self) && callback != NULL);

  natter_store_push (self, &load_pins_call, NULL, cancellable, callback, data);
}

/**
 * natter_store_load_pins_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): by turns the checksum of a key and the text of the server's address
 */
char **
natter_store_load_pins_finish (NatterStore   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &load_pins_call), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* As many as the table in memory holds. */
static gboolean
trim (NatterDatabase  *database,
      GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "DELETE FROM validator_keys"
                             " WHERE position <= (SELECT max (position) FROM validator_keys) - ?", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, NATTER_VALIDATOR_PINS_SIZE);
  return natter_database_run (database, statement, error);
}

static gboolean
add_pin (NatterDatabase  *database,
         gpointer         arguments,
         gpointer        *result,
         GError         **error)
{
  char **pin = arguments;
  sqlite3_stmt *statement =
    natter_database_prepare (database, "INSERT OR IGNORE INTO validator_keys (sum, place) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, pin[0]);
  natter_statement_bind_text (statement, 2, pin[1]);
  return natter_database_run (database, statement, error) && trim (database, error);
}

static const NatterStoreCall add_pin_call = {
  .name = "natter_store_add_pin_async",
  .run = add_pin,
  .arguments_free = (GDestroyNotify) g_strfreev,
  .writes = TRUE,
};

/**
 * natter_store_add_pin_async:
 * @self: a store
 * @sum: checksum of a validator key
 * @place: text of the address of the server where it was seen
 * @cancellable: (nullable): to give up
 * @callback: (nullable): called when it is on disk
 * @data: for @callback
 *
 * Keeps where a key was seen. The oldest go when there are more than %NATTER_VALIDATOR_PINS_SIZE.
 */
void
natter_store_add_pin_async (NatterStore         *self,
                            const char          *sum,
                            const char          *place,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             data)
{
  const char * const pin[] = { sum, place, NULL };

  g_return_if_fail (NATTER_IS_STORE (self) && sum != NULL && place != NULL);

  natter_store_push (self, &add_pin_call, g_strdupv ((char **) pin), cancellable, callback, data);
}
