/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-draft-private.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-outbox-private.h"
#include "natter-pins.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"

#include <string.h>

/* How long others are told that one types; newer clients say the same. */
#define TYPING_MS    6000
/* A packet costs as much of the budget as a message. */
#define TYPING_EVERY (5 * G_TIME_SPAN_SECOND)

/* (nullable): where what one writes waits for the server */
NatterOutbox *
_natter_channel_get_outbox (NatterChannel *self)
{
  return self->server != NULL ? natter_server_get_outbox (self->server) : NULL;
}

static NatterMessage *
send_text (NatterChannel *self,
           const char    *content,
           const char    *reply_to,
           gboolean       reply_pings,
           GPtrArray     *attachments,
           gboolean       from_draft)
{
  NatterTimeline *timeline = natter_channel_get_timeline (self);
  g_autofree char *written = natter_server_write_emojis (self->server, content);
  NatterMessage *message = _natter_outbox_add (_natter_channel_get_outbox (self), self, written, reply_to, reply_pings,
                                               attachments, from_draft);

  self->typed = 0;
  if (self->thread != NULL && !self->thread->joined && self->block == NATTER_SEND_ALLOWED)
    natter_channel_join (self, TRUE);
  natter_timeline_load_latest (timeline);
  return message;
}

/**
 * natter_channel_send:
 * @self: a channel whose server is there
 * @content: what was written
 * @reply_to: (nullable): id of the message that it answers, whose author is notified
 *
 * Sends a message, or keeps it until there is a connection. It comes to the end of the timeline as soon as it is on disk, and
 * the timeline goes there.
 *
 * Returns: (transfer none): the message, on its way; it fails at once when it is too long
 */
NatterMessage *
natter_channel_send (NatterChannel *self,
                     const char    *content,
                     const char    *reply_to)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);
  g_return_val_if_fail (content != NULL, NULL);
  g_return_val_if_fail (self->server != NULL, NULL);

  return send_text (self, content, reply_to, TRUE, NULL, FALSE);
}

/**
 * natter_channel_send_draft:
 * @self: a channel
 *
 * Sends what is written in #NatterChannel:draft with its files, as natter_channel_send() does. A crash leaves the draft or the message, never
 * both and never none.
 *
 * Returns: (transfer none) (nullable): the message, on its way; %NULL when there is nothing to send, or when the server does
 *   not have all files yet
 */
NatterMessage *
natter_channel_send_draft (NatterChannel *self)
{
  NatterDraft *draft;
  NatterMessage *message;
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) files = NULL;

  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  draft = natter_channel_get_draft (self);
  if (draft == NULL)
    return NULL;
  text = g_strstrip (g_strdup (natter_draft_get_text (draft)));
  files = _natter_channel_dup_ready_files (self);
  if (files == NULL || (*text == '\0' && files->len == 0))
    return NULL;
  message = send_text (self, text, natter_draft_get_reply_to (draft), natter_draft_get_reply_pings (draft),
                       files->len > 0 ? files : NULL, TRUE);
  _natter_draft_was_sent (draft);
  _natter_channel_files_were_sent (self);
  return message;
}

/**
 * natter_channel_retry:
 * @self: a channel
 * @message: one of its messages that failed, or whose edit did
 *
 * Sends it again.
 */
void
natter_channel_retry (NatterChannel *self,
                      NatterMessage *message)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  if (_natter_message_is_edit (message))
    _natter_channel_retry_edit (self, message);
  else if (self->server != NULL)
    _natter_outbox_retry (_natter_channel_get_outbox (self), message);
}

/**
 * natter_channel_discard:
 * @self: a channel
 * @message: one of its messages that failed or waits for a connection, or whose change does
 *
 * Takes it out of the timeline and forgets it, or gives the edit up. Does nothing when it is on its way already.
 */
void
natter_channel_discard (NatterChannel *self,
                        NatterMessage *message)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  if (_natter_message_is_edit (message))
    _natter_channel_give_up_edit (self, message);
  else if (self->server != NULL)
    _natter_outbox_discard (_natter_channel_get_outbox (self), message);
}

/**
 * natter_channel_typed:
 * @self: a channel
 *
 * To be called for each character typed; the server is told at most every five seconds.
 */
void
natter_channel_typed (NatterChannel *self)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (NATTER_IS_CHANNEL (self));

  if (self->block != NATTER_SEND_ALLOWED || !_natter_server_may_send_typing (self->server) || (self->typed != 0 && now - self->typed < TYPING_EVERY))
    return;
  self->typed = now;
  natter_connection_send (natter_server_get_connection (self->server),
                          natter_command_typing (_natter_channel_get_channel_name (self), natter_channel_get_thread_id (self), TYPING_MS));
}

static gboolean
names (char       **list,
       const char  *username)
{
  for (gsize i = 0; list != NULL && list[i] != NULL; i++)
    if (g_ascii_strcasecmp (list[i], username) == 0)
      return TRUE;
  return FALSE;
}

/* Servers find no names with a hyphen or a colon in a text, so those are looked for here. */
static gboolean
is_for (const NatterMessageData *data,
        NatterMember            *me)
{
  const char *username = natter_member_get_username (me);
  const char * const *roles = natter_member_get_role_names (me);
  g_autofree char *mention = g_strconcat ("@", username, NULL);

  if (names (data->ping_users, username) || names (data->ping_replies, username))
    return TRUE;
  for (gsize i = 0; data->ping_roles != NULL && data->ping_roles[i] != NULL; i++)
    if (g_strv_contains (roles, data->ping_roles[i]))
      return TRUE;
  return strpbrk (username, "-:") != NULL && strstr (data->content, mention) != NULL;
}

void
_natter_channel_message_new (NatterChannel                *self,
                             const NatterMessageEventData *event,
                             gboolean                      is_answer)
{
  const NatterMessageData *data = event->message;
  NatterMember *me = natter_server_get_me (self->server);
  gboolean own = me != NULL && g_ascii_strcasecmp (natter_member_get_username (me), data->author) == 0;
  gboolean for_me = me != NULL && !own && is_for (data, me);
  gboolean shown = FALSE;

  if (self->thread != NULL)
    _natter_channel_spoke (self, data->time);
  natter_typing_stop (self->typing, natter_server_intern_member (self->server, data->author));
  /* The answer to a message of one's own comes as a packet first: taken here, it keeps its place among others. */
  if (own)
    shown = _natter_outbox_hear (_natter_channel_get_outbox (self), _natter_channel_get_channel_name (self),
                                 natter_channel_get_thread_id (self), data, is_answer);
  if (!shown && self->timeline != NULL)
    _natter_timeline_add (self->timeline, data);
  if (own)
    return;
  _natter_channel_set_unread (self, self->unread + 1, (int) self->mentions + for_me);
  _natter_server_tell_arrival (self->server, self, data, for_me);
}

/* (transfer none) (nullable): a message that somebody here holds */
NatterMessage *
_natter_channel_find (NatterChannel *self,
                      const char    *id)
{
  NatterMessage *message = self->timeline != NULL ? _natter_timeline_find (self->timeline, id) : NULL;

  return message != NULL ? message : _natter_channel_find_apart (self, id);
}

/* (transfer none) (nullable): a message that is held by something else than the timeline, which takes it over */
NatterMessage *
_natter_channel_find_apart (NatterChannel *self,
                            const char    *id)
{
  const NatterAct acts[] = { NATTER_ACT_EDIT, NATTER_ACT_DELETE };

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      NatterPendingAct *act = _natter_channel_lookup_act (self, acts[i], id);

      /* It may be of a former object of this channel. */
      if (act != NULL && act->message != NULL && natter_message_get_channel (act->message) == self)
        return act->message;
    }
  return self->pins != NULL ? _natter_pins_find (self->pins, id) : NULL;
}

void
_natter_channel_message_edit (NatterChannel                *self,
                              const NatterMessageEventData *event)
{
  NatterMessage *found = event->id != NULL ? _natter_channel_find (self, event->id) : NULL;
  /* It may be held for nothing but a change that arrives with this. */
  g_autoptr(NatterMessage) message = found != NULL ? g_object_ref (found) : NULL;

  if (event->id == NULL)
    return;
  if (message != NULL)
    {
      if (event->message != NULL)
        natter_message_update (message, event->message);
      _natter_message_set_content (message, event->message != NULL ? event->message->content
                                            : event->content != NULL ? event->content : "");
    }
  _natter_channel_quote_changed (self, event->id, event->message != NULL ? event->message->content : event->content);
}

void
_natter_channel_message_delete (NatterChannel *self,
                                const char    *id)
{
  g_autofree char *kept_id = g_strdup (id);
  NatterPendingAct *deletion = _natter_channel_lookup_act (self, NATTER_ACT_DELETE, kept_id);

  _natter_channel_edited_gone (self, kept_id, deletion != NULL);
  if (deletion != NULL)
    _natter_pending_act_forget (deletion);
  if (self->pins != NULL)
    _natter_pins_changed (self->pins, kept_id, FALSE);
  if (self->timeline != NULL)
    _natter_timeline_remove (self->timeline, kept_id);
  _natter_channel_quote_changed (self, kept_id, NULL);
}
