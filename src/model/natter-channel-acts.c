/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-draft-private.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-pins.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"

/* One act that the server has been asked for. */
typedef struct
{
  GWeakRef       channel;
  NatterMessage *message;
  NatterAct      act;
  char          *emoji; /* of a reaction */
} ActCall;

static ActCall *
act_call_new (NatterChannel *self,
              NatterMessage *message,
              NatterAct      act)
{
  ActCall *call = g_new0 (ActCall, 1);

  g_weak_ref_init (&call->channel, self);
  call->message = g_object_ref (message);
  call->act = act;
  return call;
}

static void
act_call_free (ActCall *call)
{
  g_weak_ref_clear (&call->channel);
  g_object_unref (call->message);
  g_free (call->emoji);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ActCall, act_call_free)

static gboolean
is_ready (NatterChannel *self)
{
  return self->server != NULL && natter_server_get_state (self->server) == NATTER_CONNECTION_READY;
}

static GError *
new_offline_error (void)
{
  return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
}

/* FALSE after having said so when there is no connection. */
static gboolean
check_ready (NatterChannel *self,
             NatterMessage *message,
             NatterAct      act)
{
  g_autoptr(GError) error = NULL;

  if (is_ready (self))
    return TRUE;
  error = new_offline_error ();
  _natter_channel_act_failed (self, message, act, error);
  return FALSE;
}

static const char *
get_own_name (NatterChannel *self)
{
  NatterMember *me = natter_server_get_me (self->server);

  return me != NULL ? natter_member_get_username (me) : NULL;
}

/* What was asked for is so already: servers refuse that. */
static gboolean
is_done_already (const GError *error)
{
  return g_error_matches (error, NATTER_ERROR, NATTER_ERROR_REJECTED)
         && (g_str_equal (error->message, "Failed to add reaction")
             || g_str_equal (error->message, "Failed to remove reaction"));
}

static void
on_reacted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(ActCall) call = data;
  g_autoptr(NatterChannel) self = g_weak_ref_get (&call->channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (error == NULL || self == NULL || self->server == NULL || is_done_already (error))
    return;
  if (get_own_name (self) != NULL)
    _natter_message_react (call->message, call->emoji, get_own_name (self), call->act == NATTER_ACT_UNREACT);
  _natter_channel_act_failed (self, call->message, call->act, error);
}

/**
 * natter_channel_react:
 * @self: a channel
 * @message: one of its messages that the server has
 * @emoji: a character, or the address of a custom emoji
 * @add: whether to add one's reaction; else it is taken back
 *
 * Shows it at once; it is taken back, with #NatterChannel::act-failed, when the server refuses.
 */
void
natter_channel_react (NatterChannel *self,
                      NatterMessage *message,
                      const char    *emoji,
                      gboolean       add)
{
  NatterAct act = add ? NATTER_ACT_REACT : NATTER_ACT_UNREACT;
  NatterHandshake *handshake;
  ActCall *call;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));
  g_return_if_fail (emoji != NULL);

  if (natter_message_get_id (message) == NULL || !check_ready (self, message, act) || get_own_name (self) == NULL
      || !_natter_message_react (message, emoji, get_own_name (self), add))
    return;
  handshake = natter_server_get_handshake (self->server);
  call = act_call_new (self, message, act);
  call->emoji = g_strdup (emoji);
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_reaction (_natter_channel_get_channel_name (self), natter_channel_get_thread_id (self),
                                                            natter_message_get_id (message), emoji, add,
                                                            !natter_handshake_has_capability (handshake, "message_react_add")
                                                            && natter_handshake_has_capability (handshake, "reaction_add")),
                                   NULL, on_reacted, call);
}

void
_natter_channel_reaction (NatterChannel                 *self,
                          const NatterReactionEventData *event,
                          gboolean                       add)
{
  NatterMessage *message = _natter_channel_find (self, event->id);

  if (message != NULL && event->user != NULL)
    _natter_message_react (message, event->emoji, event->user, add);
}

/* Until the server has the change, or the person gives it up, its text is kept as the draft of it. */
static void
keep_edit (NatterChannel *self,
           NatterMessage *message)
{
  NatterDraft *draft = natter_channel_get_edit_draft (self, natter_message_get_id (message));

  if (draft != NULL)
    _natter_draft_submit (draft, natter_message_get_content (message));
}

/* What the person may be writing for the same message since is left alone. */
static void
forget_edit (NatterChannel *self,
             NatterMessage *message)
{
  const char *id = natter_message_get_id (message);
  NatterDraft *draft = natter_channel_get_edit_draft (self, id);

  if (draft != NULL && _natter_draft_get_submitted (draft))
    natter_draft_clear (draft);
  g_hash_table_remove (self->unsaved, id);
}

static void
on_edited (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(ActCall) call = data;
  g_autoptr(NatterChannel) self = g_weak_ref_get (&call->channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (error != NULL)
    {
      _natter_message_set_failed (call->message, error);
      return;
    }
  _natter_message_end_edit (call->message);
  if (self != NULL)
    forget_edit (self, call->message);
}

/* Sends the text that the message shows. */
static void
send_edit (NatterChannel *self,
           NatterMessage *message)
{
  keep_edit (self, message);
  if (!is_ready (self))
    {
      g_autoptr(GError) error = new_offline_error ();

      _natter_message_set_failed (message, error);
      return;
    }
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_message_edit (_natter_channel_get_channel_name (self), natter_channel_get_thread_id (self),
                                                                natter_message_get_id (message),
                                                                natter_message_get_content (message)),
                                   NULL, on_edited, act_call_new (self, message, NATTER_ACT_EDIT));
}

/**
 * natter_channel_edit:
 * @self: a channel
 * @message: one of one's own messages that the server has
 * @content: the new text, not empty
 *
 * Shows the new text at once. When the server refuses, or there is no connection, the message is in state
 * %NATTER_MESSAGE_FAILED and keeps the new text until natter_channel_retry() or natter_channel_discard(), also when the
 * program ends meanwhile. It takes the place of natter_channel_get_edit_draft().
 */
void
natter_channel_edit (NatterChannel *self,
                     NatterMessage *message,
                     const char    *content)
{
  g_autofree char *written = NULL;
  const char *id;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));
  g_return_if_fail (content != NULL && *content != '\0');

  id = natter_message_get_id (message);
  if (id == NULL)
    return;
  written = self->server != NULL ? natter_server_write_emojis (self->server, content) : g_strdup (content);
  if (!_natter_message_is_edit (message) && g_str_equal (natter_message_get_content (message), written))
    {
      natter_channel_cancel_edit (self, message);
      return;
    }
  g_hash_table_replace (self->unsaved, g_strdup (id), g_object_ref (message));
  _natter_message_begin_edit (message, written);
  send_edit (self, message);
}

void
_natter_channel_retry_edit (NatterChannel *self,
                            NatterMessage *message)
{
  if (natter_message_get_state (message) != NATTER_MESSAGE_FAILED)
    return;
  _natter_message_begin_edit (message, natter_message_get_content (message));
  send_edit (self, message);
}

void
_natter_channel_give_up_edit (NatterChannel *self,
                              NatterMessage *message)
{
  if (natter_message_get_state (message) != NATTER_MESSAGE_FAILED)
    return;
  _natter_message_give_up_edit (message);
  forget_edit (self, message);
}

/**
 * natter_channel_cancel_edit:
 * @self: a channel
 * @message: one of one's own messages that the server has
 *
 * Forgets what was being written for it, but not a change that the server was asked for and does not have yet.
 */
void
natter_channel_cancel_edit (NatterChannel *self,
                            NatterMessage *message)
{
  NatterDraft *draft;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  draft = natter_message_get_id (message) != NULL
            ? natter_channel_get_edit_draft (self, natter_message_get_id (message)) : NULL;
  if (_natter_message_is_edit (message))
    keep_edit (self, message);
  else if (draft != NULL)
    natter_draft_clear (draft);
}

/* The server has it after all, although it did not say so to us. */
void
_natter_channel_edit_arrived (NatterChannel *self,
                              NatterMessage *message)
{
  forget_edit (self, message);
}

/* A change that the server was asked for before the program ended is in sight again. */
void
_natter_channel_recall_edit (NatterChannel *self,
                             NatterMessage *message)
{
  const char *id = natter_message_get_id (message);
  NatterDraft *draft = NULL;

  if (self->server != NULL && id != NULL)
    draft = _natter_server_lookup_draft (self->server, _natter_channel_get_channel_name (self),
                                         natter_channel_get_thread_id (self), id);
  if (draft == NULL || !_natter_draft_get_submitted (draft) || _natter_message_is_edit (message))
    return;
  if (g_str_equal (natter_draft_get_text (draft), natter_message_get_content (message)))
    {
      natter_draft_clear (draft);
      return;
    }
  g_hash_table_replace (self->unsaved, g_strdup (id), g_object_ref (message));
  _natter_message_begin_edit (message, natter_draft_get_text (draft));
  _natter_message_set_failed (message, NULL);
}

/* A message that is out of sight until the deletion is sent, and until the server has answered. */
typedef struct
{
  NatterChannel *channel; /* unowned: it holds the table that holds this */
  NatterMessage *message;
  guint          source; /* 0: sent, or to be sent as soon as there is a connection */
  gboolean       is_sent;
} Withdrawal;

void
_natter_withdrawal_free (gpointer data)
{
  Withdrawal *withdrawal = data;

  g_clear_handle_id (&withdrawal->source, g_source_remove);
  g_object_unref (withdrawal->message);
  g_free (withdrawal);
}

/* It is still there: shows it again. */
static void
restore (NatterChannel *self,
         NatterMessage *message)
{
  g_hash_table_remove (self->withdrawn, natter_message_get_id (message));
  if (self->timeline != NULL)
    _natter_timeline_restore (self->timeline, message);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(ActCall) call = data;
  g_autoptr(NatterChannel) self = g_weak_ref_get (&call->channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);
  Withdrawal *withdrawal;

  if (self == NULL)
    return;
  withdrawal = g_hash_table_lookup (self->withdrawn, natter_message_get_id (call->message));
  if (withdrawal == NULL)
    return;
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED))
    {
      withdrawal->is_sent = FALSE;
    }
  else if (error == NULL || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND))
    {
      _natter_channel_message_delete (self, natter_message_get_id (call->message));
    }
  else
    {
      restore (self, call->message);
      _natter_channel_act_failed (self, call->message, NATTER_ACT_DELETE, error);
    }
}

static void
send_deletion (Withdrawal *withdrawal)
{
  NatterChannel *self = withdrawal->channel;

  g_clear_handle_id (&withdrawal->source, g_source_remove);
  if (withdrawal->is_sent || !is_ready (self))
    return;
  withdrawal->is_sent = TRUE;
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_message_delete (_natter_channel_get_channel_name (self),
                                                                  natter_channel_get_thread_id (self),
                                                                  natter_message_get_id (withdrawal->message)),
                                   NULL, on_deleted, act_call_new (self, withdrawal->message, NATTER_ACT_DELETE));
}

static gboolean
on_undo_over (gpointer data)
{
  Withdrawal *withdrawal = data;

  withdrawal->source = 0;
  send_deletion (withdrawal);
  return G_SOURCE_REMOVE;
}

/**
 * natter_channel_delete:
 * @self: a channel
 * @message: one of its messages that the server has
 *
 * Takes it out of sight at once. The server is told after %NATTER_CHANNEL_UNDO_MS, or when natter_channel_send_deletions()
 * is called; until then natter_channel_undo_delete() brings it back. When the server refuses it comes back by itself, with
 * #NatterChannel::act-failed.
 */
void
natter_channel_delete (NatterChannel *self,
                       NatterMessage *message)
{
  const char *id;
  Withdrawal *withdrawal;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  id = natter_message_get_id (message);
  if (id == NULL || g_hash_table_contains (self->withdrawn, id))
    return;
  withdrawal = g_new0 (Withdrawal, 1);
  withdrawal->channel = self;
  withdrawal->message = g_object_ref (message);
  withdrawal->source = g_timeout_add (NATTER_CHANNEL_UNDO_MS, on_undo_over, withdrawal);
  g_hash_table_replace (self->withdrawn, g_strdup (id), withdrawal);
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
  Withdrawal *withdrawal;

  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);
  g_return_val_if_fail (NATTER_IS_MESSAGE (message), FALSE);

  withdrawal = g_hash_table_lookup (self->withdrawn, natter_message_get_id (message));
  if (withdrawal == NULL || withdrawal->is_sent)
    return FALSE;
  restore (self, message);
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
  gpointer withdrawal;

  g_return_if_fail (NATTER_IS_CHANNEL (self));

  g_hash_table_iter_init (&iter, self->withdrawn);
  while (g_hash_table_iter_next (&iter, NULL, &withdrawal))
    send_deletion (withdrawal);
}

/* Whether the server has been told and has not answered yet */
gboolean
_natter_channel_is_deleting (NatterChannel *self)
{
  GHashTableIter iter;
  gpointer withdrawal;

  g_hash_table_iter_init (&iter, self->withdrawn);
  while (g_hash_table_iter_next (&iter, NULL, &withdrawal))
    if (((Withdrawal *) withdrawal)->is_sent)
      return TRUE;
  return FALSE;
}

/* What was to be sent while there was no connection. */
void
_natter_channel_send_due_deletions (NatterChannel *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->withdrawn);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Withdrawal *) value)->source == 0)
      send_deletion (value);
}

static void
on_pinned (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(ActCall) call = data;
  g_autoptr(NatterChannel) self = g_weak_ref_get (&call->channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (self != NULL && error != NULL)
    _natter_channel_act_failed (self, call->message, call->act, error);
}

/**
 * natter_channel_pin:
 * @self: a channel
 * @message: one of its messages that the server has
 * @pinned: whether to pin it; else it is unpinned
 *
 * The message changes when the server says so.
 */
void
natter_channel_pin (NatterChannel *self,
                    NatterMessage *message,
                    gboolean       pinned)
{
  NatterAct act = pinned ? NATTER_ACT_PIN : NATTER_ACT_UNPIN;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  if (natter_message_get_id (message) == NULL || !check_ready (self, message, act))
    return;
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_message_pin (self->name, natter_message_get_id (message), pinned),
                                   NULL, on_pinned, act_call_new (self, message, act));
}

/* @pinned: what it was about; whether that has happened is told apart here. */
void
_natter_channel_pinned (NatterChannel       *self,
                        const NatterPinData *event,
                        gboolean             pinned)
{
  NatterHandshake *handshake = natter_server_get_handshake (self->server);
  gboolean is_new = handshake != NULL && natter_handshake_is_new_generation (handshake);
  NatterMessage *message = _natter_channel_find (self, event->id);

  if (!event->flag && (pinned || !is_new))
    return;
  if (message != NULL)
    _natter_message_set_pinned (message, pinned);
  if (self->pins != NULL)
    _natter_pins_changed (self->pins, event->id, pinned);
}

/**
 * natter_channel_get_pins:
 * @self: a channel
 *
 * Returns: (transfer none): its pinned messages, made at the first call and empty until it is told to load
 */
NatterPins *
natter_channel_get_pins (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  if (self->pins == NULL)
    self->pins = natter_pins_new (self);
  return self->pins;
}
