/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-error.h"
#include "natter-message-private.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"

/* Messages that the person has deleted are out of sight at once. The server is told when that can't be undone any more and
 * there is a connection. */

/* @message: the one that is deleted, wherever it is shown */
void
_natter_channel_hide (NatterChannel    *self,
                      NatterPendingAct *deletion,
                      NatterMessage    *message)
{
  const char *id = deletion->stored->message_id;

  g_set_object (&deletion->message, message);
  if (self->timeline != NULL)
    _natter_timeline_remove (self->timeline, id);
  if (self->pins != NULL)
    _natter_pins_changed (self->pins, id, FALSE);
  g_signal_emit_by_name (self->server, "message-gone", self, id);
}

/* It is still there: shows it again, and goes on with what it was to be changed to. */
static void
restore (NatterPendingAct *deletion)
{
  g_autoptr(NatterMessage) message = g_steal_pointer (&deletion->message);
  NatterServer *server = deletion->server;
  NatterChannel *channel = _natter_pending_act_get_channel (deletion);

  _natter_pending_act_forget (deletion);
  if (channel != NULL && channel->timeline != NULL && message != NULL)
    _natter_timeline_restore (channel->timeline, message);
  if (channel != NULL && channel->pins != NULL && message != NULL && natter_message_get_pinned (message))
    _natter_pins_changed (channel->pins, natter_message_get_id (message), TRUE);
  _natter_server_send_acts (server, FALSE);
}

/* The caller holds @deletion. */
static void
refuse (NatterPendingAct *deletion,
        const GError     *error)
{
  g_autoptr(NatterMessage) message = deletion->message != NULL ? g_object_ref (deletion->message) : NULL;
  NatterChannel *channel = _natter_pending_act_get_channel (deletion);

  restore (deletion);
  if (channel != NULL)
    _natter_channel_tell_failure (channel, message, deletion->stored->message_id, NATTER_ACT_DELETE, error);
}

/* The server does not have it any more, nor what it was to be changed to. */
static void
finish (NatterPendingAct *deletion)
{
  NatterServer *self = deletion->server;
  NatterChannel *channel = _natter_pending_act_get_channel (deletion);
  NatterCache *cache = _natter_server_get_cache (self);
  const char *id = deletion->stored->message_id; /* the caller holds it */
  const NatterCachePlace place = _natter_server_get_place (self, deletion->stored->channel, deletion->stored->thread_id);
  NatterPendingAct *edit = _natter_server_lookup_act (self, NATTER_ACT_EDIT, deletion->stored->channel,
                                                      deletion->stored->thread_id, id);

  if (cache != NULL)
    natter_cache_remove_message (cache, &place, id);
  if (edit != NULL)
    _natter_pending_act_forget (edit);
  _natter_pending_act_forget (deletion);
  if (channel != NULL)
    _natter_channel_message_delete (channel, id);
}

/* @error: (nullable): why not */
void
_natter_deletion_answered (NatterPendingAct *self,
                           const GError     *error)
{
  if (error == NULL || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND))
    finish (self);
  else
    refuse (self, error);
}

static gboolean
on_undo_over (gpointer data)
{
  NatterPendingAct *deletion = data;

  deletion->undo_source = 0;
  _natter_pending_act_send (deletion);
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
  NatterPendingAct *deletion;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  id = natter_message_get_id (message);
  if (id == NULL || self->server == NULL || _natter_channel_lookup_act (self, NATTER_ACT_DELETE, id) != NULL)
    return;
  deletion = _natter_channel_add_act (self, message, NULL);
  deletion->undo_source = g_timeout_add (NATTER_CHANNEL_UNDO_MS, on_undo_over, deletion);
  _natter_channel_hide (self, deletion, message);
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
  NatterPendingAct *deletion;

  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);
  g_return_val_if_fail (NATTER_IS_MESSAGE (message), FALSE);

  deletion = _natter_channel_lookup_act (self, NATTER_ACT_DELETE, natter_message_get_id (message));
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
  g_hash_table_iter_init (&iter, self->server->acts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      NatterPendingAct *act = value;

      if (act->undo_source != 0 && _natter_pending_act_get_channel (act) == self)
        _natter_pending_act_send (act);
    }
}

/* Whether the person has deleted what the server shows. It hears the news all the same: it may have to come back. */
gboolean
_natter_channel_withhold (NatterChannel           *self,
                          const NatterMessageData *data)
{
  NatterPendingAct *deletion = _natter_channel_lookup_act (self, NATTER_ACT_DELETE, data->id);
  g_autoptr(NatterMessage) message = NULL;

  if (deletion == NULL)
    return FALSE;
  message = _natter_timeline_make (natter_channel_get_timeline (self), data);
  g_set_object (&deletion->message, message);
  return TRUE;
}
