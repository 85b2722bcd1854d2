/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-draft-private.h"
#include "natter-error.h"
#include "natter-message-private.h"
#include "natter-server-private.h"

/* Changes of one's own messages. Until the server has one, or the person gives it up, its text is kept as the draft of it:
 * that is sent as soon as there is a connection. What the server refuses waits for the person. */

typedef struct
{
  GWeakRef  server;
  char     *channel;
  char     *thread_id;
  char     *id;
  char     *text;
} EditCall;

static void
edit_call_free (EditCall *call)
{
  g_weak_ref_clear (&call->server);
  g_free (call->channel);
  g_free (call->thread_id);
  g_free (call->id);
  g_free (call->text);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EditCall, edit_call_free)

static gboolean
is_ready (NatterServer *self)
{
  return self != NULL && natter_server_get_state (self) == NATTER_CONNECTION_READY;
}

static NatterChannel *
get_channel (NatterServer *self,
             const char   *channel,
             const char   *thread_id)
{
  return natter_server_lookup_channel (self, thread_id != NULL ? thread_id : channel);
}

/* The draft of a change that the person is done with, if there is one. */
static NatterDraft *
lookup_submitted (NatterServer *self,
                  const char   *channel,
                  const char   *thread_id,
                  const char   *id)
{
  NatterDraft *draft = _natter_server_lookup_draft (self, channel, thread_id, id);

  return draft != NULL && _natter_draft_get_submitted (draft) ? draft : NULL;
}

static NatterDraft *
lookup_in_channel (NatterChannel *self,
                   const char    *id)
{
  if (self->server == NULL || id == NULL)
    return NULL;
  return lookup_submitted (self->server, _natter_channel_get_channel_name (self), natter_channel_get_thread_id (self), id);
}

/* The message is gone: who wrote it anew has the text before them, to send or to throw away. */
static void
give_back (NatterServer *self,
           const char   *channel,
           const char   *thread_id,
           NatterDraft  *draft)
{
  _natter_draft_give_back (_natter_server_get_draft (self, channel, thread_id, NULL), natter_draft_get_text (draft));
  natter_draft_clear (draft);
}

static void
take_refusal (NatterServer   *self,
              const EditCall *call,
              NatterDraft    *draft,
              const GError   *error)
{
  NatterChannel *channel = get_channel (self, call->channel, call->thread_id);
  NatterMessage *message = channel != NULL ? _natter_channel_find (channel, call->id) : NULL;

  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED))
    {
      if (message != NULL)
        _natter_message_set_waiting (message, !is_ready (self));
      _natter_server_send_edits (self);
      return;
    }
  if (_natter_draft_get_submitted (draft) && g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND))
    {
      give_back (self, call->channel, call->thread_id, draft);
      if (channel == NULL)
        return;
      if (message != NULL)
        _natter_message_give_up_edit (message);
      g_hash_table_remove (channel->unsaved, call->id);
      _natter_channel_act_failed (channel, NULL, NATTER_ACT_EDIT, error);
      return;
    }
  _natter_draft_refuse (draft);
  if (message != NULL)
    _natter_message_set_failed (message, error);
}

static void
on_edited (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(EditCall) call = data;
  g_autoptr(NatterServer) self = g_weak_ref_get (&call->server);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);
  NatterDraft *draft = self != NULL ? _natter_server_lookup_draft (self, call->channel, call->thread_id, call->id) : NULL;
  NatterChannel *channel;
  NatterMessage *message;

  /* Another text may have taken its place, or the server has said in another way that it has it. */
  if (draft == NULL || g_strcmp0 (_natter_draft_get_sent (draft), call->text) != 0)
    return;
  _natter_draft_set_sent (draft, NULL);
  if (error != NULL)
    {
      take_refusal (self, call, draft, error);
      return;
    }
  channel = get_channel (self, call->channel, call->thread_id);
  message = channel != NULL ? _natter_channel_find (channel, call->id) : NULL;
  if (message != NULL && _natter_message_is_edit (message))
    _natter_message_end_edit (message);
  _natter_server_forget_edit (self, call->channel, call->thread_id, call->id);
}

/* @text: what the message is changed to */
static void
send_edit (NatterServer *self,
           NatterDraft  *draft,
           const char   *text)
{
  EditCall *call = g_new0 (EditCall, 1);

  g_weak_ref_init (&call->server, self);
  call->channel = g_strdup (_natter_draft_get_channel_name (draft));
  call->thread_id = g_strdup (_natter_draft_get_thread_id (draft));
  call->id = g_strdup (natter_draft_get_edited_id (draft));
  call->text = g_strdup (text);
  _natter_draft_set_sent (draft, text);
  natter_connection_request_async (natter_server_get_connection (self),
                                   natter_command_message_edit (call->channel, call->thread_id, call->id, call->text),
                                   NULL, on_edited, call);
}

/* Sends what waits for a connection, if there is one. */
void
_natter_server_send_edits (NatterServer *self)
{
  g_autoptr(GPtrArray) due = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  if (!is_ready (self))
    return;
  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (_natter_draft_is_due (value)
        && !_natter_server_is_deleting (self, _natter_draft_get_channel_name (value), _natter_draft_get_thread_id (value),
                                        natter_draft_get_edited_id (value)))
      g_ptr_array_add (due, g_object_ref (value));
  for (guint i = 0; i < due->len; i++)
    send_edit (self, due->pdata[i], natter_draft_get_text (due->pdata[i]));
}

/* Keeps the text that the message shows, and sends it, now or when that can be. */
static void
submit (NatterChannel *self,
        NatterMessage *message)
{
  NatterDraft *draft = natter_channel_get_edit_draft (self, natter_message_get_id (message));

  if (draft == NULL)
    return;
  _natter_message_set_waiting (message, !is_ready (self->server));
  _natter_draft_submit (draft, natter_message_get_content (message));
  if (is_ready (self->server))
    send_edit (self->server, draft, natter_message_get_content (message));
}

/**
 * natter_channel_edit:
 * @self: a channel
 * @message: one of one's own messages that the server has
 * @content: the new text, not empty
 *
 * Shows the new text at once. Without a connection it is sent as soon as there is one, also when the program ends meanwhile.
 * When the server refuses, the message is in state %NATTER_MESSAGE_FAILED and keeps the new text until
 * natter_channel_retry() or natter_channel_discard(). It takes the place of natter_channel_get_edit_draft().
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
  if (id == NULL || self->server == NULL)
    return;
  written = natter_server_write_emojis (self->server, content);
  if (!_natter_message_is_edit (message) && g_str_equal (natter_message_get_content (message), written))
    {
      natter_channel_cancel_edit (self, message);
      return;
    }
  g_hash_table_replace (self->unsaved, g_strdup (id), g_object_ref (message));
  _natter_message_begin_edit (message, written);
  submit (self, message);
}

void
_natter_channel_retry_edit (NatterChannel *self,
                            NatterMessage *message)
{
  if (natter_message_get_state (message) != NATTER_MESSAGE_FAILED)
    return;
  _natter_message_begin_edit (message, natter_message_get_content (message));
  submit (self, message);
}

void
_natter_channel_give_up_edit (NatterChannel *self,
                              NatterMessage *message)
{
  if (natter_message_get_state (message) != NATTER_MESSAGE_FAILED && !natter_message_get_waiting (message))
    return;
  _natter_message_give_up_edit (message);
  _natter_channel_edit_arrived (self, message);
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
  if (draft == NULL)
    return;
  if (!_natter_message_is_edit (message))
    {
      natter_draft_clear (draft);
      return;
    }
  _natter_draft_submit (draft, natter_message_get_content (message));
  if (natter_message_get_state (message) == NATTER_MESSAGE_FAILED)
    _natter_draft_refuse (draft);
  else
    _natter_server_send_edits (self->server);
}

/* The server has it. What the person may be writing for the same message since is left alone. */
void
_natter_server_forget_edit (NatterServer *self,
                            const char   *channel,
                            const char   *thread_id,
                            const char   *id)
{
  NatterDraft *draft = lookup_submitted (self, channel, thread_id, id);
  NatterChannel *place = get_channel (self, channel, thread_id);

  if (draft != NULL)
    natter_draft_clear (draft);
  if (place != NULL)
    g_hash_table_remove (place->unsaved, id);
}

/* The server has it after all, although it did not say so to us. */
void
_natter_channel_edit_arrived (NatterChannel *self,
                              NatterMessage *message)
{
  g_autoptr(NatterMessage) held = g_object_ref (message);

  if (self->server != NULL)
    _natter_server_forget_edit (self->server, _natter_channel_get_channel_name (self), natter_channel_get_thread_id (self),
                                natter_message_get_id (held));
}

/* The message is gone. @by_oneself: and with it what it was to be changed to */
void
_natter_channel_edited_gone (NatterChannel *self,
                             const char    *id,
                             gboolean       by_oneself)
{
  NatterDraft *draft = lookup_in_channel (self, id);

  if (draft == NULL)
    return;
  if (by_oneself)
    natter_draft_clear (draft);
  else
    give_back (self->server, _natter_channel_get_channel_name (self), natter_channel_get_thread_id (self), draft);
}

/* A change that the server was asked for, or was to be, before the program ended is in sight again. */
void
_natter_channel_recall_edit (NatterChannel *self,
                             NatterMessage *message)
{
  const char *id = natter_message_get_id (message);
  NatterDraft *draft = lookup_in_channel (self, id);

  if (draft == NULL || _natter_message_is_edit (message))
    return;
  if (g_str_equal (natter_draft_get_text (draft), natter_message_get_content (message)))
    {
      natter_draft_clear (draft);
      return;
    }
  g_hash_table_replace (self->unsaved, g_strdup (id), g_object_ref (message));
  _natter_message_begin_edit (message, natter_draft_get_text (draft));
  if (_natter_draft_get_refused (draft))
    _natter_message_set_failed (message, NULL);
  else
    _natter_message_set_waiting (message, !is_ready (self->server));
}

/* Whether there is a connection to send what waits over. */
void
_natter_channel_edits_wait (NatterChannel *self,
                            gboolean       wait)
{
  GHashTableIter iter;
  gpointer message;

  g_hash_table_iter_init (&iter, self->unsaved);
  while (g_hash_table_iter_next (&iter, NULL, &message))
    _natter_message_set_waiting (message, wait);
}
