/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-cache"

#include "natter-cache-private.h"
#include "natter-store.h"

/* What arrives within this time is written at once. */
#define LINGER_MS 250

struct _NatterCache
{
  GObject parent_instance;

  char              *path;
  NatterStoreWorker *writer;   /* NULL: closed */
  NatterStoreWorker *reader;
  NatterStoreWorker *searcher; /* NULL: nothing was searched for yet */
  GMainContext      *context;
  GWeakRef           self_ref; /* for the workers, who may outlive the last reference by a moment */
  char              *damaged_file;
  GError            *error;
  guint64            budget;
  guint              generation; /* of the file */
};

G_DEFINE_FINAL_TYPE (NatterCache, natter_cache, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DAMAGED_FILE,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const NatterStoreKind written_kind = { .schema = &natter_cache_schema, .linger_ms = LINGER_MS };
static const NatterStoreKind read_kind = { .schema = &natter_cache_schema };

static void
natter_cache_finalize (GObject *object)
{
  NatterCache *self = NATTER_CACHE (object);

  natter_cache_close (self);
  g_weak_ref_clear (&self->self_ref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_error (&self->error);
  g_free (self->damaged_file);
  g_free (self->path);

  G_OBJECT_CLASS (natter_cache_parent_class)->finalize (object);
}

static void
natter_cache_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  NatterCache *self = NATTER_CACHE (object);

  switch (prop_id)
    {
    case PROP_DAMAGED_FILE:
      g_value_set_string (value, self->damaged_file);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_cache_class_init (NatterCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = natter_cache_finalize;
  object_class->get_property = natter_cache_get_property;

  properties[PROP_DAMAGED_FILE] = g_param_spec_string ("damaged-file", NULL, NULL, NULL, notified);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_cache_init (NatterCache *self)
{
  self->budget = NATTER_CACHE_BUDGET;
  self->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->self_ref, self);
}

static void on_damage (gpointer    data,
                       const char *moved_to);

static void
open_workers (NatterCache *self)
{
  self->writer = natter_store_worker_new (&written_kind, self->path, on_damage, self);
  self->reader = natter_store_worker_new (&read_kind, self->path, on_damage, self);
}

/* A thread at a time, and what was asked of it is answered. */
static void
close_workers (NatterCache *self)
{
  g_clear_pointer (&self->searcher, natter_store_worker_free);
  g_clear_pointer (&self->reader, natter_store_worker_free);
  g_clear_pointer (&self->writer, natter_store_worker_free);
}

typedef struct
{
  NatterCache *cache;
  guint        generation;
} Damage;

static void
damage_free (gpointer data)
{
  Damage *damage = data;

  g_object_unref (damage->cache);
  g_free (damage);
}

/* Nobody may have the file open when it is renamed. There is nothing in it that can't be asked for again. */
static gboolean
start_afresh (gpointer data)
{
  Damage *damage = data;
  NatterCache *self = damage->cache;
  g_autoptr(GError) error = NULL;
  g_autofree char *moved_to = NULL;

  if (damage->generation != self->generation || self->writer == NULL)
    return G_SOURCE_REMOVE;
  close_workers (self);
  moved_to = natter_store_move_aside (self->path, &error);
  if (moved_to == NULL)
    g_warning ("The damaged cache could not be moved aside: %s", error->message);
  else
    g_message ("The cache was damaged and is now %s", moved_to);
  self->generation++;
  open_workers (self);
  if (g_set_str (&self->damaged_file, moved_to))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAMAGED_FILE]);
  return G_SOURCE_REMOVE;
}

/* In the thread of a worker. The reference goes to the main context, which alone may drop the last one. */
static void
on_damage (gpointer    data,
           const char *moved_to)
{
  NatterCache *self = data;
  NatterCache *cache = g_weak_ref_get (&self->self_ref);
  g_autoptr(GSource) source = NULL;
  Damage *damage;

  if (cache == NULL)
    return;
  damage = g_new0 (Damage, 1);
  damage->cache = cache;
  damage->generation = cache->generation;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "natter_cache_on_damage");
  g_source_set_callback (source, start_afresh, damage, damage_free);
  g_source_attach (source, self->context);
}

/**
 * natter_cache_new:
 * @path: (type filename): the database; made with the first call when it is not there
 *
 * Returns: (transfer full): the cache
 */
NatterCache *
natter_cache_new (const char *path)
{
  NatterCache *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (NATTER_TYPE_CACHE, NULL);
  self->path = g_strdup (path);
  open_workers (self);
  return self;
}

/**
 * natter_cache_get_damaged_file:
 * @self: a cache
 *
 * Returns: (transfer none) (nullable) (type filename): where a database that was found damaged is now
 */
const char *
natter_cache_get_damaged_file (NatterCache *self)
{
  g_return_val_if_fail (NATTER_IS_CACHE (self), NULL);

  return self->damaged_file;
}

/**
 * natter_cache_get_error:
 * @self: a cache
 *
 * Returns: (transfer none) (nullable): why the last change could not be kept, say %NATTER_STORE_ERROR_FULL
 */
const GError *
natter_cache_get_error (NatterCache *self)
{
  g_return_val_if_fail (NATTER_IS_CACHE (self), NULL);

  return self->error;
}

/**
 * natter_cache_set_budget:
 * @self: a cache
 * @bytes: how large the file may be; looked at when something is written
 *
 * The oldest messages go first, those of channels that are to be kept last.
 */
void
natter_cache_set_budget (NatterCache *self,
                         guint64      bytes)
{
  g_return_if_fail (NATTER_IS_CACHE (self));

  self->budget = bytes;
}

guint64
natter_cache_get_budget (NatterCache *self)
{
  return self->budget;
}

/**
 * natter_cache_close:
 * @self: a cache
 *
 * Finishes what is queued, closes the database and waits for the threads.
 */
void
natter_cache_close (NatterCache *self)
{
  g_return_if_fail (NATTER_IS_CACHE (self));

  close_workers (self);
}

static void
set_error (NatterCache  *self,
           const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  if (self->error != NULL && error != NULL && self->error->code == error->code && self->error->domain == error->domain)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;

  /* After the end nobody waits for it, and what is damaged is started afresh. */
  if (!g_task_propagate_boolean (G_TASK (result), &error) &&
      (g_error_matches (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_CLOSED) ||
       g_error_matches (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_DAMAGED)))
    return;
  if (error != NULL)
    g_message ("%s: %s", g_task_get_name (G_TASK (result)), error->message);
  set_error (NATTER_CACHE (source), error);
}

/**
 * natter_cache_write:
 * @self: a cache
 * @call: what to change
 * @arguments: (transfer full): for @call
 *
 * Changes something in its turn; that it failed is told by #NatterCache:error.
 */
void
natter_cache_write (NatterCache           *self,
                    const NatterStoreCall *call,
                    gpointer               arguments)
{
  natter_store_worker_begin (self->writer, self, call, arguments, NULL, on_written, NULL);
}

void
natter_cache_push_write (NatterCache           *self,
                         const NatterStoreCall *call,
                         gpointer               arguments,
                         GCancellable          *cancellable,
                         GAsyncReadyCallback    callback,
                         gpointer               data)
{
  natter_store_worker_begin (self->writer, self, call, arguments, cancellable, callback, data);
}

/* Reads what was written by then, not what waits to be. */
void
natter_cache_push_read (NatterCache           *self,
                        const NatterStoreCall *call,
                        gpointer               arguments,
                        GCancellable          *cancellable,
                        GAsyncReadyCallback    callback,
                        gpointer               data)
{
  natter_store_worker_begin (self->reader, self, call, arguments, cancellable, callback, data);
}

/* A search may take long, and no page waits behind it. */
void
natter_cache_push_search (NatterCache           *self,
                          const NatterStoreCall *call,
                          gpointer               arguments,
                          GCancellable          *cancellable,
                          GAsyncReadyCallback    callback,
                          gpointer               data)
{
  if (self->searcher == NULL && self->writer != NULL)
    self->searcher = natter_store_worker_new (&read_kind, self->path, on_damage, self);
  natter_store_worker_begin (self->searcher, self, call, arguments, cancellable, callback, data);
}
