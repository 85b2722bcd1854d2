/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-error.h"
#include "natter-message-private.h"
#include "natter-server-private.h"
#include "natter-session-private.h"
#include "natter-store-deletions.h"
#include "natter-timeline-private.h"

/* Messages that the person has deleted are out of sight at once. The server is told when that can't be undone any more and
 * there is a connection; until it has answered they are kept on disk. As drafts, they outlive the objects of channels. */

typedef struct
{
  NatterServer         *server;  /* unowned: it holds the table that holds this */
  NatterStoredDeletion *stored;
  NatterMessage        *message; /* NULL until it is seen, when it was deleted before the program began */
  guint                 source;  /* 0: sent, or to be sent as soon as there is a connection */
  gboolean              is_sent;
} Deletion;

typedef struct
{
  GWeakRef  server;
  char     *key;
} DeletionCall;

static void
deletion_call_free (DeletionCall *call)
{
  g_weak_ref_clear (&call->server);
  g_free (call->key);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeletionCall, deletion_call_free)

static void
deletion_free (gpointer data)
{
  Deletion *deletion = data;

  g_clear_handle_id (&deletion->source, g_source_remove);
  g_clear_object (&deletion->message);
  natter_stored_deletion_free (deletion->stored);
  g_free (deletion);
}

/* (transfer full): an empty table of what is deleted */
GHashTable *
_natter_server_new_deletions (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, deletion_free);
}

static char *
make_key (const char *channel,
          const char *thread_id,
          const char *id)
{
  return g_strconcat (thread_id != NULL ? "thread" : "channel", "\n", thread_id != NULL ? thread_id : channel, "\n", id, NULL);
}

static Deletion *
lookup (NatterServer *self,
        const char   *channel,
        const char   *thread_id,
        const char   *id)
{
  g_autofree char *key = NULL;

  /* Each message that arrives is looked for. */
  if (g_hash_table_size (self->deletions) == 0)
    return NULL;
  key = make_key (channel, thread_id, id);
  return g_hash_table_lookup (self->deletions, key);
}

static Deletion *
lookup_in_channel (NatterChannel *channel,
                   const char    *id)
{
  if (channel->server == NULL || id == NULL)
    return NULL;
  return lookup (channel->server, _natter_channel_get_channel_name (channel), natter_channel_get_thread_id (channel), id);
}

static NatterChannel *
get_channel (Deletion *deletion)
{
  const char *name = deletion->stored->thread_id != NULL ? deletion->stored->thread_id : deletion->stored->channel;

  return natter_server_lookup_channel (deletion->server, name);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;

  if (!natter_store_save_finish (NATTER_STORE (source), result, &error)
      && !g_error_matches (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_CLOSED))
    g_message ("A deletion can't be kept: %s", error->message);
}

static NatterStore *
get_store (NatterServer *self)
{
  return self->session != NULL ? _natter_session_get_store (self->session) : NULL;
}

/* Takes it out of the table and off the disk. */
static void
forget (Deletion *deletion)
{
  NatterServer *self = deletion->server;
  NatterStore *store = get_store (self);
  g_autofree char *key = make_key (deletion->stored->channel, deletion->stored->thread_id, deletion->stored->message_id);

  if (store != NULL)
    natter_store_remove_deletion_async (store, deletion->stored, NULL, on_written, NULL);
  g_hash_table_remove (self->deletions, key);
}

/* @stored: (transfer full) */
static Deletion *
add (NatterServer         *self,
     NatterStoredDeletion *stored)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->server = self;
  deletion->stored = stored;
  g_hash_table_replace (self->deletions, make_key (stored->channel, stored->thread_id, stored->message_id), deletion);
  return deletion;
}

/* It is still there: shows it again, and goes on with what it was to be changed to. */
static void
restore (Deletion *deletion)
{
  g_autoptr(NatterMessage) message = g_steal_pointer (&deletion->message);
  NatterServer *server = deletion->server;
  NatterChannel *channel = get_channel (deletion);

  forget (deletion);
  if (channel != NULL && channel->timeline != NULL && message != NULL)
    _natter_timeline_restore (channel->timeline, message);
  _natter_server_send_edits (server);
}

static void
refuse (Deletion     *deletion,
        const GError *error)
{
  g_autoptr(NatterMessage) message = deletion->message != NULL ? g_object_ref (deletion->message) : NULL;
  NatterChannel *channel = get_channel (deletion);

  restore (deletion);
  if (channel != NULL)
    _natter_channel_act_failed (channel, message, NATTER_ACT_DELETE, error);
}

/* The server does not have it any more. */
static void
finish (Deletion *deletion)
{
  NatterServer *self = deletion->server;
  NatterChannel *channel = get_channel (deletion);
  NatterCache *cache = _natter_server_get_cache (self);
  const NatterCachePlace place = _natter_server_get_place (self, deletion->stored->channel, deletion->stored->thread_id);
  g_autofree char *id = g_strdup (deletion->stored->message_id);

  if (cache != NULL)
    natter_cache_remove_message (cache, &place, id);
  _natter_server_forget_edit (self, deletion->stored->channel, deletion->stored->thread_id, id);
  forget (deletion);
  if (channel != NULL)
    _natter_channel_message_delete (channel, id);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(DeletionCall) call = data;
  g_autoptr(NatterServer) self = g_weak_ref_get (&call->server);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);
  Deletion *deletion = self != NULL ? g_hash_table_lookup (self->deletions, call->key) : NULL;

  /* The answer has come by as a packet, mostly. */
  if (deletion == NULL)
    return;
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED))
    {
      deletion->is_sent = FALSE;
      /* There may be another connection by now. */
      _natter_server_send_deletions (self, FALSE);
    }
  else if (error == NULL || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND))
    finish (deletion);
  else
    refuse (deletion, error);
}

static void
send (Deletion *deletion)
{
  const NatterStoredDeletion *stored = deletion->stored;
  DeletionCall *call;

  g_clear_handle_id (&deletion->source, g_source_remove);
  if (deletion->is_sent || natter_server_get_state (deletion->server) != NATTER_CONNECTION_READY)
    return;
  deletion->is_sent = TRUE;
  call = g_new0 (DeletionCall, 1);
  g_weak_ref_init (&call->server, deletion->server);
  call->key = make_key (stored->channel, stored->thread_id, stored->message_id);
  natter_connection_request_async (natter_server_get_connection (deletion->server),
                                   natter_command_message_delete (stored->channel, stored->thread_id, stored->message_id),
                                   NULL, on_deleted, call);
}

static gboolean
on_undo_over (gpointer data)
{
  Deletion *deletion = data;

  deletion->source = 0;
  send (deletion);
  return G_SOURCE_REMOVE;
}

/**
 * natter_channel_delete:
 * @self: a channel
 * @message: one of its messages that the server has
 *
 * Takes it out of sight at once. The server is told after %NATTER_CHANNEL_UNDO_MS, or when natter_channel_send_deletions()
 * is called; until then natter_channel_undo_delete() brings it back. Without a connection it is told as soon as there is one,
 * also when the program ends meanwhile. When the server refuses it comes back by itself, with #NatterChannel::act-failed.
 */
void
natter_channel_delete (NatterChannel *self,
                       NatterMessage *message)
{
  const char *id;
  NatterStoredDeletion *stored;
  Deletion *deletion;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  id = natter_message_get_id (message);
  if (id == NULL || self->server == NULL || lookup_in_channel (self, id) != NULL)
    return;
  stored = g_new0 (NatterStoredDeletion, 1);
  stored->server_id = g_strdup (natter_server_get_id (self->server));
  stored->channel = g_strdup (_natter_channel_get_channel_name (self));
  stored->thread_id = g_strdup (natter_channel_get_thread_id (self));
  stored->message_id = g_strdup (id);
  if (get_store (self->server) != NULL)
    natter_store_add_deletion_async (get_store (self->server), stored, NULL, on_written, NULL);
  deletion = add (self->server, stored);
  deletion->message = g_object_ref (message);
  deletion->source = g_timeout_add (NATTER_CHANNEL_UNDO_MS, on_undo_over, deletion);
  if (self->timeline != NULL)
    _natter_timeline_remove (self->timeline, id);
}

/**
 * natter_channel_undo_delete:
 * @self: a channel
 * @message: a message that natter_channel_delete() took out of sight
 *
 * Returns: whether it is back; %FALSE when the server was told already
 */
gboolean
natter_channel_undo_delete (NatterChannel *self,
                            NatterMessage *message)
{
  Deletion *deletion;

  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);
  g_return_val_if_fail (NATTER_IS_MESSAGE (message), FALSE);

  deletion = lookup_in_channel (self, natter_message_get_id (message));
  if (deletion == NULL || deletion->is_sent)
    return FALSE;
  restore (deletion);
  return TRUE;
}

/**
 * natter_channel_send_deletions:
 * @self: a channel
 *
 * Ends the time in which deletions can be undone: to be called when the channel is left and before the program ends. What
 * can't be sent now is sent when the connection is back.
 */
void
natter_channel_send_deletions (NatterChannel *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (NATTER_IS_CHANNEL (self));

  if (self->server == NULL)
    return;
  g_hash_table_iter_init (&iter, self->server->deletions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (get_channel (value) == self)
      send (value);
}

/* @also_undoable: whether the time in which they can be undone ends with this. Tells whether the server has been told of
 * some and has not answered yet. */
gboolean
_natter_server_send_deletions (NatterServer *self,
                               gboolean      also_undoable)
{
  GHashTableIter iter;
  gpointer value;
  gboolean waits = FALSE;

  g_hash_table_iter_init (&iter, self->deletions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Deletion *deletion = value;

      if (also_undoable || deletion->source == 0)
        send (deletion);
      waits |= deletion->is_sent;
    }
  return waits;
}

/* Whether the person has deleted a message */
gboolean
_natter_server_is_deleting (NatterServer *self,
                            const char   *channel,
                            const char   *thread_id,
                            const char   *id)
{
  return lookup (self, channel, thread_id, id) != NULL;
}

/* Whether the person has deleted what the server shows. It is remembered: it may have to come back. */
gboolean
_natter_channel_withholds (NatterChannel           *self,
                           const NatterMessageData *data)
{
  Deletion *deletion = lookup_in_channel (self, data->id);

  if (deletion == NULL)
    return FALSE;
  if (deletion->message == NULL)
    deletion->message = natter_message_new_from_data (self, natter_server_intern_member (self->server, data->author), data);
  return TRUE;
}

/* The server says that it is gone. Tells whether the person has deleted it. */
gboolean
_natter_channel_forget_deletion (NatterChannel *self,
                                 const char    *id)
{
  Deletion *deletion = lookup_in_channel (self, id);

  if (deletion == NULL)
    return FALSE;
  forget (deletion);
  return TRUE;
}

/* What was deleted the last time is shown no more. */
static void
hide (Deletion *deletion)
{
  NatterChannel *channel = get_channel (deletion);
  const char *id = deletion->stored->message_id;
  NatterMessage *message = channel != NULL ? _natter_channel_find (channel, id) : NULL;

  if (message == NULL)
    return;
  deletion->message = g_object_ref (message);
  if (channel->timeline != NULL)
    _natter_timeline_remove (channel->timeline, id);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GWeakRef *ref = data;
  g_autoptr(NatterServer) self = g_weak_ref_get (ref);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = natter_store_load_deletions_finish (NATTER_STORE (source), result, &error);

  g_weak_ref_clear (ref);
  g_free (ref);
  if (rows == NULL)
    g_message ("Deletions can't be read: %s", error->message);
  if (self == NULL || rows == NULL)
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      const NatterStoredDeletion *row = rows->pdata[i];

      if ((row->channel != NULL || row->thread_id != NULL)
          && lookup (self, row->channel, row->thread_id, row->message_id) == NULL)
        hide (add (self, natter_stored_deletion_copy (row)));
    }
  _natter_server_send_deletions (self, FALSE);
}

/* Reads what was to be deleted the last time. */
void
_natter_server_load_deletions (NatterServer *self)
{
  NatterStore *store = get_store (self);
  GWeakRef *ref;

  if (store == NULL)
    return;
  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, self);
  natter_store_load_deletions_async (store, natter_server_get_id (self), NULL, on_loaded, ref);
}

/* Takes over what is to be deleted in another entry of the same server and identity. */
void
_natter_server_adopt_deletions (NatterServer *self,
                                NatterServer *from)
{
  NatterStore *store = get_store (self);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, from->deletions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      NatterStoredDeletion *stored = natter_stored_deletion_copy (((Deletion *) value)->stored);

      g_set_str (&stored->server_id, natter_server_get_id (self));
      if (store != NULL)
        natter_store_add_deletion_async (store, stored, NULL, on_written, NULL);
      send (add (self, stored));
    }
  g_hash_table_remove_all (from->deletions);
}
