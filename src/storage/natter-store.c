/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-store"

#include "natter-store.h"

#include "natter-store-worker.h"

struct _NatterStore
{
  GObject parent_instance;

  NatterStoreWorker *worker; /* NULL: closed */
  GMainContext      *context;
  GWeakRef           self_ref; /* for the worker, who may outlive the last reference by a moment */
  char              *damaged_file;
};

G_DEFINE_FINAL_TYPE (NatterStore, natter_store, G_TYPE_OBJECT)
G_DEFINE_QUARK (natter-store-error-quark, natter_store_error)

enum
{
  PROP_0,
  PROP_DAMAGED_FILE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const NatterStoreKind kind = { .schema = &natter_store_schema, .alone = TRUE };

static void
natter_store_finalize (GObject *object)
{
  NatterStore *self = NATTER_STORE (object);

  natter_store_close (self);
  g_weak_ref_clear (&self->self_ref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->damaged_file, g_free);

  G_OBJECT_CLASS (natter_store_parent_class)->finalize (object);
}

static void
natter_store_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  NatterStore *self = NATTER_STORE (object);

  switch (prop_id)
    {
    case PROP_DAMAGED_FILE:
      g_value_set_string (value, self->damaged_file);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_store_class_init (NatterStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = natter_store_finalize;
  object_class->get_property = natter_store_get_property;

  /**
   * NatterStore:damaged-file:
   *
   * Where a database that was found damaged is now, or %NULL. What could be read of accounts and servers is in the
   * new one.
   */
  properties[PROP_DAMAGED_FILE] =
    g_param_spec_string ("damaged-file", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_store_init (NatterStore *self)
{
  self->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->self_ref, self);
}

typedef struct
{
  NatterStore *store;
  char        *path;
} Moved;

static void
moved_free (gpointer data)
{
  Moved *moved = data;

  g_object_unref (moved->store);
  g_free (moved->path);
  g_free (moved);
}

static gboolean
tell_moved (gpointer data)
{
  Moved *moved = data;

  if (g_set_str (&moved->store->damaged_file, moved->path))
    g_object_notify_by_pspec (G_OBJECT (moved->store), properties[PROP_DAMAGED_FILE]);
  return G_SOURCE_REMOVE;
}

/* In the worker's thread. The reference goes to the main context, which alone may drop the last one. */
static void
on_moved (gpointer    data,
          const char *moved_to)
{
  NatterStore *self = data;
  NatterStore *store = g_weak_ref_get (&self->self_ref);
  g_autoptr(GSource) source = NULL;
  Moved *moved;

  g_message ("The database was damaged and is now %s", moved_to);
  if (store == NULL)
    return;

  moved = g_new0 (Moved, 1);
  moved->store = store;
  moved->path = g_strdup (moved_to);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "natter_store_on_moved");
  g_source_set_callback (source, tell_moved, moved, moved_free);
  g_source_attach (source, self->context);
}

/**
 * natter_store_new:
 * @path: (type filename): the database; made with the first call when it is not there
 *
 * Calls fail with %NATTER_STORE_ERROR when the database can't be opened. One that is damaged is moved aside, see
 * #NatterStore:damaged-file; one that a later release wrote is left alone.
 *
 * Returns: (transfer full): the store
 */
NatterStore *
natter_store_new (const char *path)
{
  NatterStore *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (NATTER_TYPE_STORE, NULL);
  self->worker = natter_store_worker_new (&kind, path, on_moved, self);
  return self;
}

/**
 * natter_store_get_damaged_file:
 * @self: a store
 *
 * Returns: (transfer none) (nullable) (type filename): see #NatterStore:damaged-file
 */
const char *
natter_store_get_damaged_file (NatterStore *self)
{
  g_return_val_if_fail (NATTER_IS_STORE (self), NULL);

  return self->damaged_file;
}

/**
 * natter_store_push:
 * @self: a store
 * @call: what to do
 * @arguments: (transfer full): for @call
 * @cancellable: (nullable): a call that was not begun yet is dropped
 * @callback: (nullable): called when it is done; without one failures are logged
 * @data: for @callback
 *
 * Puts a call into the queue of the database's thread.
 */
void
natter_store_push (NatterStore           *self,
                   const NatterStoreCall *call,
                   gpointer               arguments,
                   GCancellable          *cancellable,
                   GAsyncReadyCallback    callback,
                   gpointer               data)
{
  natter_store_worker_begin (self->worker, self, call, arguments, cancellable, callback, data);
}

/**
 * natter_store_save_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Ends any of the calls that change something.
 *
 * Returns: whether the change is on disk
 */
gboolean
natter_store_save_finish (NatterStore   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * natter_store_close:
 * @self: a store
 *
 * Finishes what is queued, closes the database and waits for the thread. Their callbacks still come, in the main
 * context; later calls fail with %NATTER_STORE_ERROR_CLOSED.
 */
void
natter_store_close (NatterStore *self)
{
  g_return_if_fail (NATTER_IS_STORE (self));

  g_clear_pointer (&self->worker, natter_store_worker_free);
}
