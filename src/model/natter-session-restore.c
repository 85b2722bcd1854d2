/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-session"

#include "config.h"

#include "natter-server-private.h"
#include "natter-session-private.h"

/* How long after one server the next is connected to: fifty of them at once are a stall. */
#define CONNECT_MS 60

/* (transfer full): the servers, the one that is shown first */
static GQueue *
queue_servers (NatterSession *self)
{
  GQueue *queue = g_queue_new ();
  guint n_servers = g_list_model_get_n_items (G_LIST_MODEL (self->servers));

  for (guint i = 0; i < n_servers; i++)
    {
      NatterServer *server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      if (g_strcmp0 (natter_server_get_id (server), self->first_server) == 0)
        g_queue_push_head (queue, server);
      else
        g_queue_push_tail (queue, server);
    }
  return queue;
}

static void
free_queue (GQueue *queue)
{
  g_queue_free_full (queue, g_object_unref);
}

/* One server being read. */
typedef struct
{
  GWeakRef      session;
  NatterServer *server;
  GTask        *task; /* of the first one, NULL for others */
} Restore;

static void
restore_free (Restore *restore)
{
  g_weak_ref_clear (&restore->session);
  g_object_unref (restore->server);
  g_clear_object (&restore->task);
  g_free (restore);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Restore, restore_free)

static void restore_next (NatterSession *self,
                          GTask         *task);

static void
finish_load (NatterSession *self,
             GTask         *task)
{
  _natter_session_set_loaded (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(Restore) restore = data;
  g_autoptr(NatterSession) self = g_weak_ref_get (&restore->session);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterCachedServer) kept = natter_cache_load_server_finish (NATTER_CACHE (source), result, &error);

  /* Without it the server tells all of it again. */
  if (kept != NULL)
    _natter_server_restore (restore->server, kept);
  else
    g_debug ("What was kept of a server could not be read: %s", error->message);
  if (self == NULL)
    return;
  if (restore->task != NULL)
    finish_load (self, restore->task);
  restore_next (self, NULL);
}

/* One after the other: what the window asks for meanwhile comes in between. */
static void
restore_next (NatterSession *self,
              GTask         *task)
{
  NatterServer *server = self->to_restore != NULL ? g_queue_pop_head (self->to_restore) : NULL;
  Restore *restore;

  if (server == NULL || self->cache == NULL)
    {
      g_clear_object (&server);
      g_clear_pointer (&self->to_restore, free_queue);
      if (task != NULL)
        finish_load (self, task);
      _natter_session_set_restored (self);
      return;
    }
  restore = g_new0 (Restore, 1);
  g_weak_ref_init (&restore->session, self);
  restore->server = server;
  g_set_object (&restore->task, task);
  natter_cache_load_server_async (self->cache, natter_server_get_id (server), NULL, on_kept, restore);
}

/* What was left by a server that is not in the list. */
static void
tidy_cache (NatterSession *self)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_auto(GStrv) servers = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      g_strv_builder_add (ids, natter_server_get_id (server));
    }
  servers = g_strv_builder_end (ids);
  if (self->cache != NULL)
    natter_cache_retain_servers (self->cache, (const char * const *) servers);
}

/* @task: (transfer full): returns when the server that is shown is as it last was; the others follow */
void
_natter_session_restore (NatterSession *self,
                         GTask         *task)
{
  g_clear_pointer (&self->to_restore, free_queue);
  self->to_restore = queue_servers (self);
  tidy_cache (self);
  restore_next (self, task);
  g_object_unref (task);
}

static gboolean
on_connect_time (gpointer data)
{
  NatterSession *self = data;
  g_autoptr(NatterServer) server = g_queue_pop_head (self->to_connect);

  if (server != NULL && g_list_store_find (self->servers, server, NULL))
    natter_server_connect (server);
  if (!g_queue_is_empty (self->to_connect))
    return G_SOURCE_CONTINUE;
  self->connect_source = 0;
  _natter_session_stop_connecting (self);
  return G_SOURCE_REMOVE;
}

/* Nothing of it goes on when the session ends. */
void
_natter_session_stop_restoring (NatterSession *self)
{
  g_clear_pointer (&self->to_restore, free_queue);
  _natter_session_stop_connecting (self);
}

void
_natter_session_stop_connecting (NatterSession *self)
{
  g_clear_handle_id (&self->connect_source, g_source_remove);
  g_clear_pointer (&self->to_connect, free_queue);
}

/**
 * natter_session_connect:
 * @self: a session that has been loaded
 *
 * Connects to all servers: to the one that is shown at once, to the others soon, one after the other.
 */
void
natter_session_connect (NatterSession *self)
{
  g_autoptr(NatterServer) first = NULL;

  g_return_if_fail (NATTER_IS_SESSION (self));

  _natter_session_stop_connecting (self);
  self->to_connect = queue_servers (self);
  first = g_queue_pop_head (self->to_connect);
  if (first != NULL)
    natter_server_connect (first);
  if (!g_queue_is_empty (self->to_connect))
    self->connect_source = g_timeout_add (CONNECT_MS, on_connect_time, self);
  else
    _natter_session_stop_connecting (self);
}

/**
 * natter_session_set_first:
 * @self: a session
 * @server: (nullable): id of the server that is shown at first
 *
 * Says which server is to be read and connected to before the others.
 */
void
natter_session_set_first (NatterSession *self,
                          const char    *server)
{
  g_return_if_fail (NATTER_IS_SESSION (self));

  g_set_str (&self->first_server, server);
}
