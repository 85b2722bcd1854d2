/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-database.h"
#include "natter-store.h"

G_BEGIN_DECLS

/*
 * NatterStoreCall:
 * @name: for logs
 * @run: does the work in the thread of the database; may be run again when the transaction failed, so it changes
 *   nothing but the database
 * @arguments_free: frees what @run is given
 * @result_free: frees what @run hands out; %NULL when it hands out nothing
 * @writes: whether it changes the database
 * @urgent: whether somebody waits for it, so that it and what came before is not to wait for more
 *
 * A kind of call, as a constant.
 */
typedef struct
{
  const char    *name;
  gboolean     (*run) (NatterDatabase *database, gpointer arguments, gpointer *result, GError **error);
  GDestroyNotify arguments_free;
  GDestroyNotify result_free;
  gboolean       writes;
  gboolean       urgent;
} NatterStoreCall;

/* Called in the worker's thread. @moved_to: %NULL for a database that is damaged and was left where it is. */
typedef void (*NatterStoreMovedFunc) (gpointer data, const char *moved_to);

/*
 * NatterStoreKind:
 * @schema: what is in the file
 * @linger_ms: how long changes wait for others to be written with them
 * @alone: whether nobody else has the file open, so that a damaged one may be moved aside and what can be read of it
 *   brought over
 *
 * A kind of database, as a constant.
 */
typedef struct
{
  const NatterSchema *schema;
  guint               linger_ms;
  gboolean            alone;
} NatterStoreKind;

typedef struct _NatterStoreWorker NatterStoreWorker;

NatterStoreWorker *natter_store_worker_new  (const NatterStoreKind *kind,
                                             const char            *path,
                                             NatterStoreMovedFunc   moved,
                                             gpointer               data);
void               natter_store_worker_free (NatterStoreWorker     *self);
void               natter_store_worker_push (NatterStoreWorker     *self,
                                             GTask                 *task,
                                             const NatterStoreCall *call,
                                             gpointer               arguments);

void               natter_store_worker_begin (NatterStoreWorker    *worker,
                                             gpointer               source,
                                             const NatterStoreCall *call,
                                             gpointer               arguments,
                                             GCancellable          *cancellable,
                                             GAsyncReadyCallback    callback,
                                             gpointer               data);

/* natter-store.c */
void               natter_store_push        (NatterStore           *self,
                                             const NatterStoreCall *call,
                                             gpointer               arguments,
                                             GCancellable          *cancellable,
                                             GAsyncReadyCallback    callback,
                                             gpointer               data);

G_END_DECLS
