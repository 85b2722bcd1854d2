/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store-worker.h"

/* What is queued shares a transaction, for the disk's sake; more would keep the first one waiting. */
#define MAX_BATCH 256

struct _NatterStoreWorker
{
  const NatterStoreKind *kind;
  GThread              *thread;
  GAsyncQueue          *queue; /* GTask with a Job, or the worker itself for the end */
  char                 *path;
  NatterStoreMovedFunc  moved;
  gpointer              moved_data;
  NatterDatabase       *database; /* of the thread alone; NULL: not opened yet, or not to be opened */
  char                 *moved_to; /* of the thread alone; a damaged database that is to be salvaged yet */
};

/* The data of a task. */
typedef struct
{
  const NatterStoreCall *call;
  gpointer               arguments;
  gpointer               result;
  GError                *error;
} Job;

static void
job_clear (Job *job)
{
  if (job->result != NULL)
    job->call->result_free (job->result);
  job->result = NULL;
  g_clear_error (&job->error);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  job_clear (job);
  if (job->arguments != NULL)
    job->call->arguments_free (job->arguments);
  g_free (job);
}

static gboolean
hand_over (gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else if (job->call->result_free != NULL)
    g_task_return_pointer (task, g_steal_pointer (&job->result), job->call->result_free);
  else
    g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* The task goes back whole, so that the last reference to a store is never dropped in its own thread. */
static void
give_back (GTask *task)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_static_name (source, "natter_store_give_back");
  g_source_set_callback (source, hand_over, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_DAMAGED);
}

static gboolean
open_and_salvage (NatterStoreWorker  *self,
                  GError            **error)
{
  self->database = natter_database_open (self->path, self->kind->schema, error);
  if (self->database == NULL)
    return FALSE;
  if (self->moved_to != NULL && natter_store_salvage (self->database, self->moved_to))
    g_clear_pointer (&self->moved_to, g_free);
  return TRUE;
}

static gboolean
start_afresh (NatterStoreWorker  *self,
              GError            **error)
{
  char *moved_to;

  g_clear_pointer (&self->database, natter_database_close);
  moved_to = natter_store_move_aside (self->path, error);
  if (moved_to == NULL)
    return FALSE;

  g_free (self->moved_to);
  self->moved_to = moved_to;
  self->moved (self->moved_data, moved_to);
  return open_and_salvage (self, error);
}

static gboolean
ensure_open (NatterStoreWorker  *self,
             GError            **error)
{
  g_autoptr(GError) failure = NULL;

  if (self->database != NULL || open_and_salvage (self, &failure))
    return TRUE;
  if (is_damage (failure) && self->kind->alone)
    return start_afresh (self, error);

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
run_call (NatterDatabase *database,
          Job            *job,
          GCancellable   *cancellable)
{
  gboolean done;

  natter_database_set_cancellable (database, cancellable);
  done = job->call->run (database, job->arguments, &job->result, &job->error);
  natter_database_set_cancellable (database, NULL);
  return done;
}

/* A job that fails leaves no trace and lets the others be, unless its error ended the transaction. */
static gboolean
run_job (NatterDatabase  *database,
         GTask           *task,
         GError         **error)
{
  Job *job = g_task_get_task_data (task);

  job_clear (job);
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &job->error))
    return TRUE;
  if (!natter_database_execute (database, "SAVEPOINT job", error))
    return FALSE;
  if (run_call (database, job, job->call->writes ? NULL : g_task_get_cancellable (task)))
    return natter_database_execute (database, "RELEASE job", error);

  if (!natter_database_is_in_transaction (database) || is_damage (job->error))
    {
      g_propagate_error (error, g_steal_pointer (&job->error));
      return FALSE;
    }
  return natter_database_execute (database, "ROLLBACK TO job", error) &&
         natter_database_execute (database, "RELEASE job", error);
}

static gboolean
run_jobs (NatterDatabase  *database,
          GPtrArray       *batch,
          guint            first,
          guint            count,
          GError         **error)
{
  gboolean writes = FALSE;

  for (guint i = first; i < first + count; i++)
    {
      Job *job = g_task_get_task_data (g_ptr_array_index (batch, i));

      writes |= job->call->writes;
    }
  if (!natter_database_execute (database, writes ? "BEGIN IMMEDIATE" : "BEGIN", error))
    return FALSE;
  for (guint i = first; i < first + count; i++)
    {
      if (!run_job (database, g_ptr_array_index (batch, i), error))
        return FALSE;
    }
  return natter_database_execute (database, "COMMIT", error);
}

static gboolean
attempt (NatterStoreWorker  *self,
         GPtrArray          *batch,
         guint               first,
         guint               count,
         GError            **error)
{
  if (!ensure_open (self, error))
    return FALSE;
  if (run_jobs (self->database, batch, first, count, error))
    return TRUE;
  if (natter_database_is_in_transaction (self->database))
    natter_database_execute (self->database, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
attempt_twice (NatterStoreWorker  *self,
               GPtrArray          *batch,
               guint               first,
               guint               count,
               GError            **error)
{
  g_autoptr(GError) failure = NULL;

  if (attempt (self, batch, first, count, &failure))
    return TRUE;
  if (self->database != NULL && is_damage (failure) && self->kind->alone)
    return start_afresh (self, error) && attempt (self, batch, first, count, error);

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
fail_job (GTask        *task,
          const GError *error)
{
  Job *job = g_task_get_task_data (task);

  job_clear (job);
  job->error = g_error_copy (error);
}

static void
run_batch (NatterStoreWorker *self,
           GPtrArray         *batch)
{
  g_autoptr(GError) error = NULL;

  if (!attempt_twice (self, batch, 0, batch->len, &error))
    {
      gboolean hopeless = self->database == NULL || is_damage (error) || batch->len == 1;

      if (is_damage (error) && !self->kind->alone)
        self->moved (self->moved_data, NULL);

      /* One of them may have spoilt it for all: each for itself, then. */
      for (guint i = 0; i < batch->len; i++)
        {
          g_autoptr(GError) own_error = NULL;

          if (hopeless)
            fail_job (g_ptr_array_index (batch, i), error);
          else if (!attempt_twice (self, batch, i, 1, &own_error))
            fail_job (g_ptr_array_index (batch, i), own_error);
        }
    }
  for (guint i = 0; i < batch->len; i++)
    give_back (g_ptr_array_index (batch, i));
}

static gboolean
is_urgent (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  return job->call->urgent;
}

/* (nullable): what comes before it is time to write */
static gpointer
pop_until (NatterStoreWorker *self,
           gint64             end)
{
  gint64 left = end - g_get_monotonic_time ();

  return left > 0 ? g_async_queue_timeout_pop (self->queue, left) : g_async_queue_try_pop (self->queue);
}

/* Waits for the first, takes the others that are there or come soon. Returns whether the end was among them. */
static gboolean
collect (NatterStoreWorker *self,
         GPtrArray         *batch)
{
  gpointer item = g_async_queue_pop (self->queue);
  gint64 end = g_get_monotonic_time () + self->kind->linger_ms * G_TIME_SPAN_MILLISECOND;

  for (; item != NULL; item = pop_until (self, end))
    {
      if (item == self)
        return TRUE;
      g_ptr_array_add (batch, item);
      if (batch->len == MAX_BATCH || is_urgent (item))
        break;
    }
  return FALSE;
}

static gpointer
run (gpointer data)
{
  NatterStoreWorker *self = data;
  gboolean at_end = FALSE;

  while (!at_end)
    {
      g_autoptr(GPtrArray) batch = g_ptr_array_new ();

      at_end = collect (self, batch);
      if (batch->len > 0)
        run_batch (self, batch);
    }
  g_clear_pointer (&self->database, natter_database_close);
  return NULL;
}

/**
 * natter_store_worker_new:
 * @kind: what it is
 * @path: the database
 * @moved: called when the database is damaged, after it was moved aside if that is to be done
 * @data: for @moved
 *
 * Returns: (transfer full): a thread that waits for calls
 */
NatterStoreWorker *
natter_store_worker_new (const NatterStoreKind *kind,
                         const char            *path,
                         NatterStoreMovedFunc   moved,
                         gpointer               data)
{
  NatterStoreWorker *self = g_new0 (NatterStoreWorker, 1);

  self->kind = kind;
  self->queue = g_async_queue_new ();
  self->path = g_strdup (path);
  self->moved = moved;
  self->moved_data = data;
  self->thread = g_thread_new ("natter-store", run, self);
  return self;
}

/**
 * natter_store_worker_free:
 * @self: (transfer full): a worker
 *
 * Waits until all that was pushed is done and the database is closed.
 */
void
natter_store_worker_free (NatterStoreWorker *self)
{
  g_async_queue_push (self->queue, self);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_free (self->path);
  g_free (self->moved_to);
  g_free (self);
}

/**
 * natter_store_worker_push:
 * @self: a worker
 * @task: (transfer full): returns in its own main context when the call is done
 * @call: what to do
 * @arguments: (transfer full): for @call
 */
void
natter_store_worker_push (NatterStoreWorker     *self,
                          GTask                 *task,
                          const NatterStoreCall *call,
                          gpointer               arguments)
{
  Job *job = g_new0 (Job, 1);

  job->call = call;
  job->arguments = arguments;
  g_task_set_task_data (task, job, job_free);
  g_async_queue_push (self->queue, task);
}

/* In place of a callback that nobody gave. */
static void
log_failure (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_CLOSED))
    g_warning ("%s failed: %s", g_task_get_name (G_TASK (result)), error->message);
}

/**
 * natter_store_worker_begin:
 * @worker: (nullable): a worker, or %NULL when it was closed
 * @source: whose call it is
 * @call: what to do
 * @arguments: (transfer full): for @call
 * @cancellable: (nullable): a call that was not begun yet is dropped, one that only reads is ended
 * @callback: (nullable): called when it is done; without one failures are logged
 * @data: for @callback
 *
 * Puts a call into the queue of the database's thread.
 */
void
natter_store_worker_begin (NatterStoreWorker     *worker,
                           gpointer               source,
                           const NatterStoreCall *call,
                           gpointer               arguments,
                           GCancellable          *cancellable,
                           GAsyncReadyCallback    callback,
                           gpointer               data)
{
  GTask *task = g_task_new (source, cancellable, callback != NULL ? callback : log_failure, data);

  g_assert (callback != NULL || call->result_free == NULL);

  g_task_set_source_tag (task, (gpointer) call);
  g_task_set_static_name (task, call->name);
  /* What was written is written, whatever came after. */
  g_task_set_check_cancellable (task, !call->writes);

  if (worker != NULL)
    {
      natter_store_worker_push (worker, task, call, arguments);
      return;
    }
  if (arguments != NULL)
    call->arguments_free (arguments);
  g_task_return_new_error_literal (task, NATTER_STORE_ERROR, NATTER_STORE_ERROR_CLOSED, "The database is closed");
  g_object_unref (task);
}
