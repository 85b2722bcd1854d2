/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-error.h"
#include "natter-message-private.h"
#include "natter-server-private.h"
#include "natter-session-private.h"

/* Changes and deletions that the person is done with. Until the server has answered they are kept on disk, and sent as soon as
 * there is a connection. As drafts, they outlive the objects of channels. natter-channel-edits.c and
 * natter-channel-deletions.c say what becomes of a message. */

/* After so many times without an answer while the connection was well, it counts as refused. */
#define MAX_UNANSWERED 3

/* Until sending is tried again when the server has too much to do. */
#define RESUME_SECONDS 2

static void
act_clear (gpointer data)
{
  NatterPendingAct *self = data;

  g_clear_object (&self->message);
  natter_stored_act_free (self->stored);
}

static void
act_unref (NatterPendingAct *self)
{
  g_rc_box_release_full (self, act_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterPendingAct, act_unref)

/* Who waits for an answer to it may hold it still. */
static void
act_end (gpointer data)
{
  NatterPendingAct *self = data;

  self->server = NULL;
  g_clear_handle_id (&self->undo_source, g_source_remove);
  act_unref (self);
}

/* (transfer full): an empty table of what was done */
GHashTable *
_natter_server_new_acts (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, act_end);
}

static char *
make_key (const NatterStoredAct *stored)
{
  return _natter_server_make_key (stored->text != NULL ? "edit" : "deletion", stored->channel, stored->thread_id,
                                  stored->message_id);
}

/* (transfer none) (nullable): what the person has done with a message: changed it, or deleted it */
NatterPendingAct *
_natter_server_lookup_act (NatterServer *self,
                           NatterAct     act,
                           const char   *channel,
                           const char   *thread_id,
                           const char   *id)
{
  g_autofree char *key = NULL;

  /* Each message that arrives is looked for. */
  if (g_hash_table_size (self->acts) == 0 || id == NULL)
    return NULL;
  key = _natter_server_make_key (act == NATTER_ACT_EDIT ? "edit" : "deletion", channel, thread_id, id);
  return g_hash_table_lookup (self->acts, key);
}

/* The same for a message of a channel */
NatterPendingAct *
_natter_channel_lookup_act (NatterChannel *self,
                            NatterAct      act,
                            const char    *id)
{
  if (self->server == NULL)
    return NULL;
  return _natter_server_lookup_act (self->server, act, _natter_channel_get_channel_name (self),
                                    natter_channel_get_thread_id (self), id);
}

/* Whether the person has deleted a message */
gboolean
_natter_server_is_deleting (NatterServer *self,
                            const char   *channel,
                            const char   *thread_id,
                            const char   *id)
{
  return _natter_server_lookup_act (self, NATTER_ACT_DELETE, channel, thread_id, id) != NULL;
}

/* (transfer none) (nullable): the channel, once the server has told of it */
NatterChannel *
_natter_pending_act_get_channel (NatterPendingAct *self)
{
  const char *name = self->stored->thread_id != NULL ? self->stored->thread_id : self->stored->channel;

  return natter_server_lookup_channel (self->server, name);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;

  if (!natter_store_save_finish (NATTER_STORE (source), result, &error)
      && !g_error_matches (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_CLOSED))
    g_message ("What was done with a message can't be kept: %s", error->message);
}

static NatterStore *
get_store (NatterServer *self)
{
  return self->session != NULL ? _natter_session_get_store (self->session) : NULL;
}

static void
save (NatterPendingAct *self)
{
  NatterStore *store = get_store (self->server);

  if (store != NULL)
    natter_store_save_act_async (store, self->stored, NULL, on_written, NULL);
}

/* Puts it into the table. @stored: (transfer full) */
static NatterPendingAct *
add (NatterServer    *self,
     NatterStoredAct *stored)
{
  NatterPendingAct *act = g_rc_box_new0 (NatterPendingAct);

  act->server = self;
  act->stored = stored;
  g_hash_table_replace (self->acts, make_key (stored), act);
  return act;
}

/* The person changes a message of the channel to @text, or deletes it when that is %NULL. Takes the place of a former change.
 * (transfer none): kept, and to be sent */
NatterPendingAct *
_natter_channel_add_act (NatterChannel *self,
                         NatterMessage *message,
                         const char    *text)
{
  g_autoptr(NatterMessage) held = g_object_ref (message);
  NatterStoredAct *stored = g_new0 (NatterStoredAct, 1);
  NatterPendingAct *act;

  stored->server_id = g_strdup (natter_server_get_id (self->server));
  stored->channel = g_strdup (_natter_channel_get_channel_name (self));
  stored->thread_id = g_strdup (natter_channel_get_thread_id (self));
  stored->message_id = g_strdup (natter_message_get_id (message));
  stored->text = g_strdup (text);
  act = add (self->server, stored);
  act->message = g_steal_pointer (&held);
  save (act);
  return act;
}

/* Takes it out of the table and off the disk. */
void
_natter_pending_act_forget (NatterPendingAct *self)
{
  NatterStore *store = get_store (self->server);
  g_autofree char *key = make_key (self->stored);

  if (store != NULL)
    natter_store_remove_act_async (store, self->stored, NULL, on_written, NULL);
  g_hash_table_remove (self->server->acts, key);
}

/* The server does not take it: the person decides. */
void
_natter_pending_act_set_refused (NatterPendingAct *self)
{
  self->stored->refused = TRUE;
  save (self);
}

static gboolean
on_resume (gpointer data)
{
  NatterServer *self = data;

  self->resume_source = 0;
  _natter_server_send_acts (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* Whether nothing was said of it, so that it is sent again. */
static gboolean
is_to_be_sent_again (NatterPendingAct *act,
                     const GError     *error)
{
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TIMEOUT))
    return ++act->n_unanswered < MAX_UNANSWERED;
  return g_error_matches (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_RATE_LIMITED);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(NatterPendingAct) act = data;
  g_autoptr(NatterServer) self = act->server != NULL ? g_object_ref (act->server) : NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  /* The answer has come by as a packet, or another text has taken its place. */
  if (self == NULL)
    return;
  act->is_sent = FALSE;
  if (is_to_be_sent_again (act, error))
    {
      /* When the connection ended there may be another one by now; else it is sent when there is. */
      if (self->resume_source == 0)
        self->resume_source = g_timeout_add_seconds (RESUME_SECONDS, on_resume, self);
    }
  else if (act->stored->text != NULL)
    _natter_edit_answered (act, error);
  else
    _natter_deletion_answered (act, error);
}

/* Sends it if that can be; it is out of the person's hands then. */
void
_natter_pending_act_send (NatterPendingAct *self)
{
  const NatterStoredAct *stored = self->stored;
  NatterCommand *command;

  g_clear_handle_id (&self->undo_source, g_source_remove);
  if (self->is_sent || stored->refused || !_natter_server_is_ready (self->server))
    return;
  if (stored->text == NULL)
    command = natter_command_message_delete (stored->channel, stored->thread_id, stored->message_id);
  else if (!_natter_server_is_deleting (self->server, stored->channel, stored->thread_id, stored->message_id))
    command = natter_command_message_edit (stored->channel, stored->thread_id, stored->message_id, stored->text);
  else
    return;
  self->is_sent = TRUE;
  natter_connection_request_async (natter_server_get_connection (self->server), command, NULL, on_answer,
                                   g_rc_box_acquire (self));
}

/* @also_undoable: whether the time in which deletions can be undone ends with this. Tells whether the server was asked for
 * something and has not answered yet. */
gboolean
_natter_server_send_acts (NatterServer *self,
                          gboolean      also_undoable)
{
  GHashTableIter iter;
  gpointer value;
  gboolean waits = FALSE;

  g_hash_table_iter_init (&iter, self->acts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      NatterPendingAct *act = value;

      if (also_undoable || act->undo_source == 0)
        _natter_pending_act_send (act);
      waits |= act->is_sent;
    }
  return waits;
}

/* Tells the messages whether there is a connection to send what was done with them over. */
void
_natter_server_acts_wait (NatterServer *self,
                          gboolean      wait)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->acts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      NatterPendingAct *act = value;

      if (act->message != NULL)
        _natter_message_set_waiting (act->message, wait);
    }
}

/* What was done the last time is in sight again. */
static void
recall (NatterPendingAct *act)
{
  NatterChannel *channel = _natter_pending_act_get_channel (act);
  NatterMessage *message = channel != NULL ? _natter_channel_find (channel, act->stored->message_id) : NULL;

  if (message == NULL)
    return;
  if (act->stored->text != NULL)
    _natter_channel_recall_edit (channel, message);
  else
    _natter_channel_hide (channel, act, message);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GWeakRef *ref = data;
  g_autoptr(NatterServer) self = g_weak_ref_get (ref);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = natter_store_load_acts_finish (NATTER_STORE (source), result, &error);

  g_weak_ref_clear (ref);
  g_free (ref);
  if (rows == NULL)
    g_message ("What was done with messages can't be read: %s", error->message);
  if (self == NULL || rows == NULL)
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      const NatterStoredAct *row = rows->pdata[i];
      g_autofree char *key = make_key (row);

      if ((row->channel != NULL || row->thread_id != NULL) && !g_hash_table_contains (self->acts, key))
        recall (add (self, natter_stored_act_copy (row)));
    }
  _natter_server_send_acts (self, FALSE);
}

/* Reads what was done the last time. */
void
_natter_server_load_acts (NatterServer *self)
{
  NatterStore *store = get_store (self);
  GWeakRef *ref;

  if (store == NULL)
    return;
  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, self);
  natter_store_load_acts_async (store, natter_server_get_id (self), NULL, on_loaded, ref);
}

/* Takes over what was done in another entry of the same server and identity. */
void
_natter_server_adopt_acts (NatterServer *self,
                           NatterServer *from)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, from->acts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      NatterStoredAct *stored;

      if (g_hash_table_contains (self->acts, key))
        continue;
      stored = natter_stored_act_copy (((NatterPendingAct *) value)->stored);
      g_set_str (&stored->server_id, natter_server_get_id (self));
      save (add (self, stored));
    }
  g_hash_table_remove_all (from->acts);
  _natter_server_send_acts (self, FALSE);
}
