/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-server-private.h"

/* A thread is a channel whose name is its id: it has a timeline, a draft, an outbox and all else by that. Here is what only
 * threads have, and the list of them that a forum holds. */

/* For newer servers, which tell so many at once. */
#define MAX_THREADS 200

NatterChannel *
_natter_channel_new_thread (NatterChannel *parent,
                            const char    *id)
{
  NatterChannel *self = _natter_channel_new (parent->server, id);

  self->kind = NATTER_CHANNEL_THREAD;
  self->thread = g_new0 (NatterThread, 1);
  g_set_weak_pointer (&self->thread->parent, parent);
  return self;
}

void
_natter_thread_free (NatterThread *self)
{
  g_clear_weak_pointer (&self->parent);
  g_free (self->creator);
  g_strfreev (self->participants);
  g_free (self);
}

static gboolean
takes_part (NatterChannel *self)
{
  NatterMember *me = self->server != NULL ? natter_server_get_me (self->server) : NULL;

  for (gsize i = 0; me != NULL && self->thread->participants != NULL && self->thread->participants[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->thread->participants[i], natter_member_get_username (me)) == 0)
      return TRUE;
  return FALSE;
}

static void
set_joined (NatterChannel *self,
            gboolean       joined)
{
  if (self->thread->joined == joined)
    return;
  self->thread->joined = !!joined;
  g_object_notify (G_OBJECT (self), "joined");
  if (self->server != NULL)
    _natter_server_place_threads (self->server);
}

/* To be called when it is known, or has changed, who one is. */
void
_natter_channel_refresh_thread (NatterChannel *self)
{
  set_joined (self, takes_part (self));
}

static void
set_activity (NatterChannel *self,
              gint64         time)
{
  if (time <= self->thread->activity)
    return;
  self->thread->activity = time;
  g_object_notify (G_OBJECT (self), "activity");
}

static void
set_locked (NatterChannel *self,
            gboolean       locked)
{
  if (self->thread->locked == locked)
    return;
  self->thread->locked = !!locked;
  g_object_notify (G_OBJECT (self), "locked");
}

static void
set_archived (NatterChannel *self,
              gboolean       archived)
{
  if (self->thread->archived == archived)
    return;
  self->thread->archived = !!archived;
  g_object_notify (G_OBJECT (self), "archived");
  if (self->thread->joined && self->server != NULL)
    _natter_server_place_threads (self->server);
}

void
_natter_channel_update_thread (NatterChannel          *self,
                               const NatterThreadData *data)
{
  NatterThread *thread = self->thread;

  if (data->name != NULL)
    _natter_channel_set_title (self, data->name);
  _natter_channel_set_section (self, thread->parent != NULL ? thread->parent->group : NULL);
  if (data->created_by != NULL && g_set_str (&thread->creator, data->created_by))
    g_object_notify (G_OBJECT (self), "creator");
  thread->created = data->created;
  thread->pinned = !!data->pinned;
  g_strfreev (thread->participants);
  thread->participants = g_strdupv (data->participants);
  set_activity (self, MAX (data->created, data->last_message));
  set_locked (self, data->locked);
  set_archived (self, data->archived);
  _natter_channel_refresh_block (self);
}

/* A forum counts what is for oneself in threads that are not in the list of channels. */
void
_natter_channel_count_threads (NatterChannel *self)
{
  GListModel *threads = natter_channel_get_threads (self);
  guint mentions = 0;

  for (guint i = 0; i < g_list_model_get_n_items (threads); i++)
    {
      g_autoptr(NatterChannel) thread = g_list_model_get_item (threads, i);

      if (!thread->thread->joined || thread->thread->archived)
        mentions += thread->mentions;
    }
  _natter_channel_set_unread (self, mentions, (int) mentions);
}

/* Of an event that does not say who is in it then. */
void
_natter_channel_thread_joined (NatterChannel *self,
                               const char    *user,
                               gboolean       joined)
{
  NatterMember *me = natter_server_get_me (self->server);

  if (me != NULL && g_ascii_strcasecmp (user, natter_member_get_username (me)) == 0)
    set_joined (self, joined);
}

/* A message came: servers don't tell that this brings an archived thread back to life. */
void
_natter_channel_spoke (NatterChannel *self,
                       gint64         time)
{
  set_activity (self, time);
  if (!self->thread->archived)
    return;
  set_archived (self, FALSE);
  _natter_channel_refresh_block (self);
}

GListStore *
_natter_channel_get_threads (NatterChannel *self)
{
  if (self->threads == NULL)
    self->threads = g_list_store_new (NATTER_TYPE_CHANNEL);
  return self->threads;
}

const char *
_natter_channel_get_channel_name (NatterChannel *self)
{
  return self->thread == NULL ? self->name : NULL;
}

/* Where its messages are kept. The strings belong to the channel. */
NatterCachePlace
_natter_channel_get_place (NatterChannel *self)
{
  const char *server_id = self->server != NULL ? natter_server_get_id (self->server) : NULL;

  if (self->thread == NULL)
    return (NatterCachePlace) { server_id, self->name, NULL };
  return (NatterCachePlace) { server_id, self->thread->parent != NULL ? self->thread->parent->name : NULL, self->name };
}

/**
 * natter_channel_get_threads:
 * @self: a channel
 *
 * Returns: (transfer none): a list of the #NatterChannel that are its threads, in no order; empty unless it is a forum
 */
GListModel *
natter_channel_get_threads (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return G_LIST_MODEL (_natter_channel_get_threads (self));
}

/**
 * natter_channel_get_thread_id:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): its id if it is a thread, else %NULL
 */
const char *
natter_channel_get_thread_id (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return self->thread != NULL ? self->name : NULL;
}

/**
 * natter_channel_get_parent:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): the forum that it is a thread of, %NULL if it is none
 */
NatterChannel *
natter_channel_get_parent (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return self->thread != NULL ? self->thread->parent : NULL;
}

/**
 * natter_channel_get_creator:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): who began the thread
 */
NatterMember *
natter_channel_get_creator (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  if (self->thread == NULL || self->thread->creator == NULL || self->server == NULL)
    return NULL;
  return natter_server_intern_member (self->server, self->thread->creator);
}

/**
 * natter_channel_get_activity:
 * @self: a channel
 *
 * Returns: when something was last written in the thread, or when it was begun; microseconds since 1970, 0 for other channels
 */
gint64
natter_channel_get_activity (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), 0);

  return self->thread != NULL ? self->thread->activity : 0;
}

/**
 * natter_channel_get_locked:
 * @self: a channel
 *
 * Returns: whether it is a thread in which nobody may write
 */
gboolean
natter_channel_get_locked (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);

  return self->thread != NULL && self->thread->locked;
}

/**
 * natter_channel_get_archived:
 * @self: a channel
 *
 * Returns: whether it is a thread that is put away until somebody writes in it
 */
gboolean
natter_channel_get_archived (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);

  return self->thread != NULL && self->thread->archived;
}

/**
 * natter_channel_get_pinned:
 * @self: a channel
 *
 * Returns: whether it is a thread that stands before the others
 */
gboolean
natter_channel_get_pinned (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);

  return self->thread != NULL && self->thread->pinned;
}

/**
 * natter_channel_get_joined:
 * @self: a channel
 *
 * Returns: whether it is a thread in which one takes part
 */
gboolean
natter_channel_get_joined (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);

  return self->thread != NULL && self->thread->joined;
}

static gboolean
is_own (NatterChannel *self)
{
  NatterMember *me = self->server != NULL ? natter_server_get_me (self->server) : NULL;

  return me != NULL && self->thread->creator != NULL
         && g_ascii_strcasecmp (self->thread->creator, natter_member_get_username (me)) == 0;
}

/**
 * natter_channel_may_lock:
 * @self: a channel
 *
 * Returns: whether it is a thread that one may lock, as far as known
 */
gboolean
natter_channel_may_lock (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);

  return self->thread != NULL && self->server != NULL && natter_server_has_permission (self->server, "manage_threads");
}

/**
 * natter_channel_may_change:
 * @self: a channel
 *
 * Returns: whether it is a thread that one may rename, archive and delete, as far as known
 */
gboolean
natter_channel_may_change (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);

  return self->thread != NULL && (is_own (self) || natter_channel_may_lock (self));
}

/**
 * natter_channel_dup_link:
 * @self: a channel
 *
 * Returns: (transfer full) (nullable): a link to it, for others; %NULL when its server is gone
 */
char *
natter_channel_dup_link (NatterChannel *self)
{
  NatterCachePlace place;

  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  place = _natter_channel_get_place (self);
  return self->server != NULL
         ? natter_address_dup_link (natter_server_get_address (self->server), place.channel, place.thread_id) : NULL;
}

/**
 * natter_channel_load_threads:
 * @self: a forum
 *
 * To be called when its threads are shown: newer servers have to be asked for them.
 */
void
natter_channel_load_threads (NatterChannel *self)
{
  NatterHandshake *handshake;

  g_return_if_fail (NATTER_IS_CHANNEL (self));

  handshake = self->server != NULL ? natter_server_get_handshake (self->server) : NULL;
  if (handshake != NULL && natter_handshake_has_capability (handshake, "threads_get")
      && natter_server_get_state (self->server) == NATTER_CONNECTION_READY)
    _natter_server_fetch (self->server, natter_command_threads_get (self->name, MAX_THREADS));
}

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);
  NatterChannel *self = g_task_get_source_object (task);
  const char *text = g_task_get_task_data (task);
  NatterChannel *thread;

  /* The answer has come by as a packet, and so the thread is in the list. */
  thread = packet != NULL && packet->kind == NATTER_PACKET_THREAD_NEW && self->server != NULL
           ? natter_server_lookup_channel (self->server, packet->thread.thread_id) : NULL;
  if (error == NULL && thread == NULL)
    g_set_error_literal (&error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "The answer is no thread");
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (*text != '\0')
    natter_channel_send (thread, text, NULL);
  g_task_return_pointer (task, g_object_ref (thread), g_object_unref);
}

/**
 * natter_channel_create_thread_async:
 * @self: a forum
 * @title: the title of the thread
 * @text: its first message; may be empty
 * @callback: called when the thread is there, or is refused
 * @data: for @callback
 *
 * Begins a thread. Its first message is sent like any other, and so is not lost when the connection breaks meanwhile.
 */
void
natter_channel_create_thread_async (NatterChannel       *self,
                                    const char          *title,
                                    const char          *text,
                                    GAsyncReadyCallback  callback,
                                    gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, data);

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (title != NULL);
  g_return_if_fail (text != NULL);

  g_task_set_source_tag (task, natter_channel_create_thread_async);
  g_task_set_task_data (task, g_strdup (text), g_free);
  if (self->server == NULL || natter_server_get_state (self->server) != NATTER_CONNECTION_READY)
    {
      g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
      return;
    }
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_thread_create (self->name, title), NULL, on_created,
                                   g_steal_pointer (&task));
}

/**
 * natter_channel_create_thread_finish:
 * @self: a forum
 * @result: what the callback got
 * @error: why there is no thread
 *
 * Returns: (transfer full): the thread, %NULL on error
 */
NatterChannel *
natter_channel_create_thread_finish (NatterChannel  *self,
                                     GAsyncResult   *result,
                                     GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_changed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(NatterChannel) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  /* What has changed has come by as a packet. */
  if (packet == NULL)
    _natter_channel_act_failed (self, NULL, NATTER_ACT_THREAD, error);
}

/* @command: (transfer full) */
static void
change (NatterChannel *self,
        NatterCommand *command)
{
  if (self->server != NULL && natter_server_get_state (self->server) == NATTER_CONNECTION_READY)
    natter_connection_request_async (natter_server_get_connection (self->server), command, NULL, on_changed,
                                     g_object_ref (self));
  else
    {
      g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");

      natter_command_free (command);
      _natter_channel_act_failed (self, NULL, NATTER_ACT_THREAD, error);
    }
}

/**
 * natter_channel_join:
 * @self: a thread
 * @join: whether to take part in it; else it is left
 *
 * Threads in which one takes part are in the list of channels.
 */
void
natter_channel_join (NatterChannel *self,
                     gboolean       join)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (self->thread != NULL);

  change (self, natter_command_thread_join (self->name, join));
}

/**
 * natter_channel_rename:
 * @self: a thread
 * @title: its new title, not empty
 */
void
natter_channel_rename (NatterChannel *self,
                       const char    *title)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (self->thread != NULL);
  g_return_if_fail (title != NULL);

  change (self, natter_command_thread_rename (self->name, title));
}

/**
 * natter_channel_lock:
 * @self: a thread
 * @locked: whether nobody may write in it
 */
void
natter_channel_lock (NatterChannel *self,
                     gboolean       locked)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (self->thread != NULL);

  change (self, natter_command_thread_lock (self->name, locked));
}

/**
 * natter_channel_archive:
 * @self: a thread
 * @archived: whether it is put away until somebody writes in it
 */
void
natter_channel_archive (NatterChannel *self,
                        gboolean       archived)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (self->thread != NULL);

  change (self, natter_command_thread_archive (self->name, archived));
}

/**
 * natter_channel_delete_thread:
 * @self: a thread
 *
 * Deletes it with all its messages.
 */
void
natter_channel_delete_thread (NatterChannel *self)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (self->thread != NULL);

  change (self, natter_command_thread_delete (self->name));
}
