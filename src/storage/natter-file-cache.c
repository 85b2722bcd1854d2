/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-file-cache"

#include "config.h"

#include "natter-file-cache.h"

#define ATTRIBUTES G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED \
  "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC

struct _NatterFileCache
{
  GObject     parent_instance;

  char       *directory;
  guint64     max_bytes;
  GHashTable *transfers; /* uri → Transfer */
  guint       trimming : 1;
  guint       trim_again : 1;
};

/* One who waits for a file. */
typedef struct
{
  GTask                 *task;
  NatterDownloadProgress progress;
  gpointer               progress_data;
  gulong                 cancelled; /* handler */
} Waiter;

/* One file on its way, for all who asked for it. */
typedef struct
{
  NatterFileCache *cache; /* held by the waiters */
  char            *uri;
  GFile           *file;
  GFile           *part;
  GCancellable    *cancellable;
  GPtrArray       *waiters;
  guint64          max_bytes;
  gboolean         may_lead_elsewhere;
} Transfer;

G_DEFINE_FINAL_TYPE (NatterFileCache, natter_file_cache, G_TYPE_OBJECT)

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  g_object_unref (waiter->task);
  g_free (waiter);
}

static void
transfer_free (gpointer data)
{
  Transfer *transfer = data;

  g_free (transfer->uri);
  g_object_unref (transfer->file);
  g_object_unref (transfer->part);
  g_object_unref (transfer->cancellable);
  g_ptr_array_unref (transfer->waiters);
  g_free (transfer);
}

static void
natter_file_cache_finalize (GObject *object)
{
  NatterFileCache *self = NATTER_FILE_CACHE (object);

  g_hash_table_unref (self->transfers);
  g_free (self->directory);
  G_OBJECT_CLASS (natter_file_cache_parent_class)->finalize (object);
}

static void
natter_file_cache_class_init (NatterFileCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = natter_file_cache_finalize;
}

static void
natter_file_cache_init (NatterFileCache *self)
{
  self->transfers = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * natter_file_cache_new:
 * @directory: where to; made when it is needed, and for this alone
 * @max_bytes: how much may be in it
 *
 * Returns: (transfer full): a cache
 */
NatterFileCache *
natter_file_cache_new (const char *directory,
                       guint64     max_bytes)
{
  NatterFileCache *self = g_object_new (NATTER_TYPE_FILE_CACHE, NULL);

  self->directory = g_strdup (directory);
  self->max_bytes = max_bytes;
  return self;
}

static int
compare_age (gconstpointer a,
             gconstpointer b)
{
  g_autoptr(GDateTime) time_a = g_file_info_get_modification_date_time (*(GFileInfo **) a);
  g_autoptr(GDateTime) time_b = g_file_info_get_modification_date_time (*(GFileInfo **) b);

  return time_a != NULL && time_b != NULL ? g_date_time_compare (time_a, time_b) : 0;
}

/* (transfer full): all files of the folder, the oldest first */
static GPtrArray *
list_files (GFile        *directory,
            GCancellable *cancellable)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GFileEnumerator) enumerator =
    g_file_enumerate_children (directory, ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  GFileInfo *info;

  while (enumerator != NULL && (info = g_file_enumerator_next_file (enumerator, cancellable, NULL)) != NULL)
    g_ptr_array_add (files, info);
  g_ptr_array_sort (files, compare_age);
  return files;
}

/* In a thread: takes the oldest files away until the rest is small enough. */
static void
trim_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  NatterFileCache *self = source;
  guint64 max_bytes = *(guint64 *) data;
  g_autoptr(GFile) directory = g_file_new_for_path (self->directory);
  g_autoptr(GPtrArray) files = list_files (directory, cancellable);
  guint64 sum = 0;

  for (guint i = 0; i < files->len; i++)
    sum += (guint64) MAX (0, g_file_info_get_size (files->pdata[i]));
  for (guint i = 0; i < files->len && sum > max_bytes; i++)
    {
      g_autoptr(GFile) file = g_file_get_child (directory, g_file_info_get_name (files->pdata[i]));

      if (g_file_delete (file, cancellable, NULL))
        sum -= (guint64) MAX (0, g_file_info_get_size (files->pdata[i]));
    }
  g_task_return_boolean (task, TRUE);
}

static void
run_trim (NatterFileCache     *self,
          guint64              max_bytes,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, run_trim);
  g_task_set_task_data (task, g_memdup2 (&max_bytes, sizeof max_bytes), g_free);
  g_task_run_in_thread (task, trim_thread);
}

static void trim (NatterFileCache *self);

static void
on_trimmed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  NatterFileCache *self = NATTER_FILE_CACHE (source);

  self->trimming = FALSE;
  if (self->trim_again)
    trim (self);
}

/* One at a time. Some room is left, so that not every new file makes an old one go. */
static void
trim (NatterFileCache *self)
{
  self->trim_again = self->trimming;
  if (self->trimming)
    return;
  self->trimming = TRUE;
  run_trim (self, self->max_bytes / 10 * 9, NULL, on_trimmed, NULL);
}

static void
on_waiter_cancelled (GCancellable *cancellable,
                     Transfer     *transfer)
{
  for (guint i = 0; i < transfer->waiters->len; i++)
    {
      Waiter *waiter = transfer->waiters->pdata[i];

      if (!g_cancellable_is_cancelled (g_task_get_cancellable (waiter->task)))
        return;
    }
  g_cancellable_cancel (transfer->cancellable);
}

static void
finish_transfer (Transfer     *transfer,
                 const GError *error)
{
  g_autoptr(NatterFileCache) self = g_object_ref (transfer->cache);

  if (g_hash_table_lookup (self->transfers, transfer->uri) == transfer)
    g_hash_table_remove (self->transfers, transfer->uri);
  for (guint i = 0; i < transfer->waiters->len; i++)
    {
      Waiter *waiter = transfer->waiters->pdata[i];

      if (waiter->cancelled != 0)
        g_signal_handler_disconnect (g_task_get_cancellable (waiter->task), waiter->cancelled);
      if (error != NULL)
        g_task_return_error (waiter->task, g_error_copy (error));
      else
        g_task_return_pointer (waiter->task, g_object_ref (transfer->file), g_object_unref);
    }
  transfer_free (transfer);
}

static void
on_moved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Transfer *transfer = data;
  g_autoptr(GError) error = NULL;

  g_file_move_finish (G_FILE (source), result, &error);
  if (error == NULL)
    trim (transfer->cache);
  finish_transfer (transfer, error);
}

static void
on_downloaded (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  Transfer *transfer = data;
  g_autoptr(GError) error = NULL;

  if (!natter_download_finish (result, &error))
    {
      finish_transfer (transfer, error);
      return;
    }
  g_file_move_async (transfer->part, transfer->file, G_FILE_COPY_OVERWRITE, G_PRIORITY_LOW, NULL, NULL, NULL, on_moved,
                     transfer);
}

static void
on_progress (guint64  n_bytes,
             guint64  n_total,
             gpointer data)
{
  Transfer *transfer = data;

  for (guint i = 0; i < transfer->waiters->len; i++)
    {
      Waiter *waiter = transfer->waiters->pdata[i];

      if (waiter->progress != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (waiter->task)))
        waiter->progress (n_bytes, n_total, waiter->progress_data);
    }
}

static void
on_directory (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Transfer *transfer = data;
  g_autoptr(GError) error = NULL;

  if (!g_file_make_directory_finish (G_FILE (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      finish_transfer (transfer, error);
      return;
    }
  natter_download_async (transfer->uri, transfer->part, transfer->max_bytes, transfer->may_lead_elsewhere, on_progress,
                         transfer, transfer->cancellable, on_downloaded, transfer);
}

static void
on_touched (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;

  if (!g_file_set_attributes_finish (G_FILE (source), result, NULL, &error))
    g_debug ("The time of use is not kept: %s", error->message);
}

/* The time of the last use is what tells what goes first. */
static void
touch (GFile *file)
{
  g_autoptr(GFileInfo) info = g_file_info_new ();
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();

  g_file_info_set_modification_date_time (info, now);
  g_file_set_attributes_async (file, info, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, G_PRIORITY_LOW, NULL, on_touched, NULL);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Transfer *transfer = data;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  g_autoptr(GFile) directory = NULL;

  if (info != NULL)
    {
      touch (transfer->file);
      finish_transfer (transfer, NULL);
      return;
    }
  directory = g_file_get_parent (transfer->file);
  g_file_make_directory_async (directory, G_PRIORITY_LOW, NULL, on_directory, transfer);
}

static Transfer *
transfer_new (NatterFileCache *self,
              const char      *uri)
{
  Transfer *transfer = g_new0 (Transfer, 1);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, uri, -1);
  /* Another one may still be on its way out. */
  g_autofree char *part_name = g_uuid_string_random ();

  transfer->cache = self;
  transfer->uri = g_strdup (uri);
  transfer->file = g_file_new_build_filename (self->directory, name, NULL);
  transfer->part = g_file_new_build_filename (self->directory, part_name, NULL);
  transfer->cancellable = g_cancellable_new ();
  transfer->waiters = g_ptr_array_new_with_free_func (waiter_free);
  g_hash_table_replace (self->transfers, transfer->uri, transfer);
  return transfer;
}

/**
 * natter_file_cache_get_async:
 * @self: a cache
 * @uri: an http or https address
 * @max_bytes: a larger file is an error
 * @may_lead_elsewhere: see natter_download_async()
 * @progress: (nullable): told how far it has come, unless the file is there already
 * @progress_data: for @progress
 * @cancellable: (nullable): no longer waits for it; when nobody waits, it is no longer fetched
 * @callback: called when the file is there
 * @data: for @callback
 *
 * Finds a file in the cache, or fetches it.
 */
void
natter_file_cache_get_async (NatterFileCache        *self,
                             const char             *uri,
                             guint64                 max_bytes,
                             gboolean                may_lead_elsewhere,
                             NatterDownloadProgress  progress,
                             gpointer                progress_data,
                             GCancellable           *cancellable,
                             GAsyncReadyCallback     callback,
                             gpointer                data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, data);
  Transfer *transfer;
  Waiter *waiter;
  gboolean is_new;

  g_return_if_fail (NATTER_IS_FILE_CACHE (self));
  g_return_if_fail (uri != NULL);

  g_task_set_source_tag (task, natter_file_cache_get_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  transfer = g_hash_table_lookup (self->transfers, uri);
  /* One that was just given up ends soon; its name is free for another. */
  is_new = transfer == NULL || g_cancellable_is_cancelled (transfer->cancellable);
  if (is_new)
    transfer = transfer_new (self, uri);
  transfer->max_bytes = MAX (transfer->max_bytes, max_bytes);
  transfer->may_lead_elsewhere |= may_lead_elsewhere;
  waiter = g_new0 (Waiter, 1);
  waiter->task = g_object_ref (task);
  waiter->progress = progress;
  waiter->progress_data = progress_data;
  g_ptr_array_add (transfer->waiters, waiter);
  if (cancellable != NULL)
    waiter->cancelled = g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_waiter_cancelled), transfer);
  if (is_new)
    g_file_query_info_async (transfer->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                             G_PRIORITY_DEFAULT, NULL, on_looked, transfer);
}

/**
 * natter_file_cache_get_finish:
 * @self: a cache
 * @result: what the callback got
 * @error: see natter_download_finish()
 *
 * Returns: (transfer full): the file, to be opened soon: it goes when others need its room
 */
GFile *
natter_file_cache_get_finish (NatterFileCache  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * natter_file_cache_clear_async:
 * @self: a cache
 * @cancellable: (nullable): ends it
 * @callback: called when nothing is left
 * @data: for @callback
 */
void
natter_file_cache_clear_async (NatterFileCache     *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             data)
{
  g_return_if_fail (NATTER_IS_FILE_CACHE (self));

  run_trim (self, 0, cancellable, callback, data);
}

/**
 * natter_file_cache_clear_finish:
 * @self: a cache
 * @result: what the callback got
 * @error: return location
 *
 * Returns: whether it is done
 */
gboolean
natter_file_cache_clear_finish (NatterFileCache  *self,
                                GAsyncResult     *result,
                                GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
