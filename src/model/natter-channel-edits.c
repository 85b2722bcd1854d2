/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-draft-private.h"
#include "natter-error.h"
#include "natter-message-private.h"
#include "natter-server-private.h"
#include "natter-session-private.h"

/* Changes of one's own messages. The new text is in sight at once; what the server refuses waits for the person. What the
 * person is still writing is the draft of the change, and another thing. */

/* The message is gone: who wrote it anew has the text before them, to send or to throw away. */
static void
give_back (NatterPendingAct *edit)
{
  const NatterStoredAct *stored = edit->stored;
  NatterChannel *channel = _natter_pending_act_get_channel (edit);
  g_autoptr(NatterMessage) message = g_steal_pointer (&edit->message);
  g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_NOT_FOUND, "The message is gone");
  g_autofree char *text = natter_server_read_emojis (edit->server, stored->text);

  _natter_draft_give_back (_natter_server_get_draft (edit->server, stored->channel, stored->thread_id, NULL), text);
  _natter_pending_act_forget (edit);
  if (message != NULL)
    _natter_message_give_up_edit (message);
  if (channel != NULL)
    _natter_channel_act_failed (channel, NULL, NATTER_ACT_EDIT, error);
}

/* @error: (nullable): why not */
void
_natter_edit_answered (NatterPendingAct *self,
                       const GError     *error)
{
  g_autoptr(NatterMessage) message = self->message != NULL ? g_object_ref (self->message) : NULL;
  NatterChannel *channel = _natter_pending_act_get_channel (self);

  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND))
    {
      give_back (self);
    }
  else if (error != NULL)
    {
      _natter_pending_act_set_refused (self);
      if (message != NULL)
        _natter_message_set_failed (message, error);
      /* In its channel the message says so itself. */
      if (channel != NULL)
        _natter_session_act_failed (self->server->session, channel, self->stored->message_id, NATTER_ACT_EDIT, error);
    }
  else
    {
      _natter_pending_act_forget (self);
      if (message != NULL)
        _natter_message_end_edit (message);
    }
}

/* Shows the new text, keeps it, and sends it, now or when that can be. */
static void
submit (NatterChannel *self,
        NatterMessage *message,
        const char    *text)
{
  NatterPendingAct *edit = _natter_channel_add_act (self, message, text);

  _natter_message_begin_edit (message, text);
  _natter_message_set_waiting (message, !_natter_server_is_ready (self->server));
  _natter_pending_act_send (edit);
}

/* Whether the server may have the change already. */
static gboolean
is_under_way (NatterMessage *message)
{
  return natter_message_get_state (message) == NATTER_MESSAGE_PENDING && !natter_message_get_waiting (message);
}

/**
 * natter_channel_edit:
 * @self: a channel
 * @message: one of one's own messages that the server has
 * @content: the new text, not empty
 *
 * Shows the new text at once. Without a connection it is sent as soon as there is one, also when the program ends meanwhile.
 * When the server refuses, the message is in state %NATTER_MESSAGE_FAILED and keeps the new text until
 * natter_channel_retry() or natter_channel_discard(). natter_channel_get_edit_draft() is empty then.
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
  if (is_under_way (message) || !g_str_equal (_natter_message_get_kept_content (message), written))
    submit (self, message, written);
  else
    _natter_channel_give_up_edit (self, message);
  natter_draft_clear (natter_channel_get_edit_draft (self, id));
}

void
_natter_channel_retry_edit (NatterChannel *self,
                            NatterMessage *message)
{
  g_autofree char *text = g_strdup (natter_message_get_content (message));

  if (self->server != NULL && natter_message_get_state (message) == NATTER_MESSAGE_FAILED)
    submit (self, message, text);
}

void
_natter_channel_give_up_edit (NatterChannel *self,
                              NatterMessage *message)
{
  if (is_under_way (message))
    return;
  _natter_message_give_up_edit (message);
  _natter_channel_forget_edit (self, message);
}

/* The server has it, or it is not wanted any more. What the person may be writing for the same message is left alone. */
void
_natter_channel_forget_edit (NatterChannel *self,
                             NatterMessage *message)
{
  NatterPendingAct *edit = _natter_channel_lookup_act (self, NATTER_ACT_EDIT, natter_message_get_id (message));

  if (edit != NULL)
    _natter_pending_act_forget (edit);
}

/* The message is gone. @by_oneself: and with it what it was to be changed to */
void
_natter_channel_edited_gone (NatterChannel *self,
                             const char    *id,
                             gboolean       by_oneself)
{
  NatterPendingAct *edit = _natter_channel_lookup_act (self, NATTER_ACT_EDIT, id);

  if (edit == NULL)
    return;
  if (by_oneself)
    _natter_pending_act_forget (edit);
  else
    give_back (edit);
}

/* A change of what comes into sight is in sight with it. */
void
_natter_channel_recall_edit (NatterChannel *self,
                             NatterMessage *message)
{
  NatterPendingAct *edit = _natter_channel_lookup_act (self, NATTER_ACT_EDIT, natter_message_get_id (message));

  if (edit == NULL || _natter_message_is_edit (message))
    return;
  if (g_str_equal (edit->stored->text, natter_message_get_content (message)))
    {
      _natter_pending_act_forget (edit);
      return;
    }
  g_set_object (&edit->message, message);
  _natter_message_begin_edit (message, edit->stored->text);
  if (edit->stored->refused)
    _natter_message_set_failed (message, NULL);
  else
    _natter_message_set_waiting (message, !_natter_server_is_ready (self->server));
}
