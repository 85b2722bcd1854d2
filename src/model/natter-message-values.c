/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-server.h"

#include <string.h>

/**
 * natter_message_get_id:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): the server's id, %NULL while the server does not have it
 */
const char *
natter_message_get_id (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->id;
}

/**
 * natter_message_get_channel:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): where it is; %NULL when the channel is gone
 */
NatterChannel *
natter_message_get_channel (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->channel;
}

/**
 * natter_message_get_author:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): who wrote it
 */
NatterMember *
natter_message_get_author (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->author;
}

/**
 * natter_message_get_author_name:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): what to show as the author: a webhook's or bot's alias, or the person's name
 */
const char *
natter_message_get_author_name (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  if (self->alias_name != NULL)
    return self->alias_name;
  return self->author != NULL ? natter_member_get_name (self->author) : NULL;
}

/**
 * natter_message_get_author_color:
 * @self: a message
 *
 * Returns: `0xRRGGBB` of the author's name, -1 for none
 */
int
natter_message_get_author_color (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), -1);

  return self->author != NULL ? natter_member_get_color (self->author) : -1;
}

static gboolean
may_show (NatterMessage *self,
          const char    *uri)
{
  NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;

  return server != NULL && natter_server_judge_picture (server, uri) == NATTER_REMOTE_MEDIA_ALWAYS;
}

/**
 * natter_message_get_author_avatar:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): absolute address of the author's picture; %NULL also when it is on another site and
 *   the person has not agreed to that
 */
const char *
natter_message_get_author_avatar (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  if (self->alias_avatar != NULL)
    return may_show (self, self->alias_avatar) ? self->alias_avatar : NULL;
  if (self->alias_name != NULL)
    return NULL;
  return self->author != NULL ? natter_member_get_avatar (self->author) : NULL;
}

/**
 * natter_message_get_content:
 * @self: a message
 *
 * Returns: (transfer none): its text as written
 */
const char *
natter_message_get_content (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->content;
}

/**
 * natter_message_get_time:
 * @self: a message
 *
 * Returns: when it was sent, in µs since 1970
 */
gint64
natter_message_get_time (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), 0);

  return self->time;
}

/**
 * natter_message_get_edited:
 * @self: a message
 *
 * Returns: whether its text was changed later
 */
gboolean
natter_message_get_edited (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->edited;
}

/**
 * natter_message_get_state:
 * @self: a message
 *
 * Returns: whether the server has it
 */
NatterMessageState
natter_message_get_state (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NATTER_MESSAGE_SENT);

  return self->state;
}

/**
 * natter_message_get_waiting:
 * @self: a message
 *
 * Returns: whether it is pending because there is no connection
 */
gboolean
natter_message_get_waiting (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->waiting && self->state == NATTER_MESSAGE_PENDING;
}

/**
 * natter_message_get_error:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): why it was not sent
 */
const GError *
natter_message_get_error (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->error;
}

/**
 * natter_message_get_own:
 * @self: a message
 *
 * Returns: whether one has written it oneself
 */
gboolean
natter_message_get_own (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->own;
}

/**
 * natter_message_get_continues:
 * @self: a message
 *
 * Returns: whether the message above it is of the same author and the same five minutes
 */
gboolean
natter_message_get_continues (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->continues;
}

/**
 * natter_message_get_starts_day:
 * @self: a message
 *
 * Returns: whether it is known to be the first of its day
 */
gboolean
natter_message_get_starts_day (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->starts_day;
}

/**
 * natter_message_get_reply_to_id:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): id of the message that it answers, which may be gone
 */
const char *
natter_message_get_reply_to_id (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->reply_to_id;
}

/**
 * natter_message_get_reply_author_name:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): what to show as the author of the message that it answers
 */
const char *
natter_message_get_reply_author_name (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->reply_author_name;
}

/**
 * natter_message_get_reply_text:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): text of the message that it answers, if known
 */
const char *
natter_message_get_reply_text (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->reply_text;
}

/**
 * natter_message_get_reply_gone:
 * @self: a message
 *
 * Returns: whether what it answers was found to be deleted
 */
gboolean
natter_message_get_reply_gone (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->reply_gone;
}

/**
 * natter_message_get_starts_new:
 * @self: a message
 *
 * Returns: whether it is the first that was unread when the channel was opened
 */
gboolean
natter_message_get_starts_new (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->starts_new;
}

/**
 * natter_message_get_pinned:
 * @self: a message
 *
 * Returns: whether it is pinned in its channel
 */
gboolean
natter_message_get_pinned (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return self->pinned;
}

/**
 * natter_message_get_collapsed:
 * @self: a message
 *
 * Returns: whether it is hidden because its author is blocked
 */
gboolean
natter_message_get_collapsed (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return !self->revealed && self->author != NULL && natter_member_get_blocked (self->author);
}

/**
 * natter_message_get_reactions:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): its #NatterReaction in order of first use; %NULL until there was one
 */
GListModel *
natter_message_get_reactions (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return (GListModel *) self->reactions;
}

/**
 * natter_message_get_attachments:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): its #NatterAttachment, %NULL for none
 */
GListModel *
natter_message_get_attachments (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return (GListModel *) self->attachments;
}

/**
 * natter_message_get_embeds:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): its #NatterEmbed, %NULL for none
 */
GListModel *
natter_message_get_embeds (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return (GListModel *) self->embeds;
}

/**
 * natter_message_get_poll:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): the poll that it shows
 */
NatterPoll *
natter_message_get_poll (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->poll;
}

/**
 * natter_message_get_origin:
 * @self: a message
 *
 * Returns: where it comes from
 */
NatterMessageOrigin
natter_message_get_origin (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NATTER_MESSAGE_FROM_PERSON);

  if (self->is_webhook)
    return NATTER_MESSAGE_FROM_WEBHOOK;
  if (self->command != NULL)
    return NATTER_MESSAGE_FROM_COMMAND;
  if (self->author != NULL && !natter_member_get_known (self->author)
      && g_ascii_strcasecmp (natter_member_get_username (self->author), "originChats") == 0)
    return NATTER_MESSAGE_FROM_SERVER;
  return NATTER_MESSAGE_FROM_PERSON;
}

/**
 * natter_message_get_command:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): name of the slash command that it answers
 */
const char *
natter_message_get_command (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->command;
}

/**
 * natter_message_get_command_user:
 * @self: a message
 *
 * Returns: (transfer none) (nullable): user name of who gave that command
 */
const char *
natter_message_get_command_user (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  return self->command_user;
}

/**
 * natter_message_get_may_reply:
 * @self: a message
 *
 * Returns: whether one may answer it, as far as known
 */
gboolean
natter_message_get_may_reply (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return (self->may & NATTER_MESSAGE_MAY_REPLY) != 0;
}

/**
 * natter_message_get_may_react:
 * @self: a message
 *
 * Returns: whether one may react to it, as far as known
 */
gboolean
natter_message_get_may_react (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return (self->may & NATTER_MESSAGE_MAY_REACT) != 0;
}

/**
 * natter_message_get_may_edit:
 * @self: a message
 *
 * Returns: whether one may change it, as far as known
 */
gboolean
natter_message_get_may_edit (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return (self->may & NATTER_MESSAGE_MAY_EDIT) != 0;
}

/**
 * natter_message_get_may_delete:
 * @self: a message
 *
 * Returns: whether one may delete it, as far as known
 */
gboolean
natter_message_get_may_delete (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return (self->may & NATTER_MESSAGE_MAY_DELETE) != 0;
}

/**
 * natter_message_get_may_pin:
 * @self: a message
 *
 * Returns: whether one may pin it and unpin it, as far as known
 */
gboolean
natter_message_get_may_pin (NatterMessage *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE (self), FALSE);

  return (self->may & NATTER_MESSAGE_MAY_PIN) != 0;
}

/**
 * natter_message_reveal:
 * @self: a message of somebody who is blocked
 *
 * Shows it all the same, as long as this object lives.
 */
void
natter_message_reveal (NatterMessage *self)
{
  gboolean was_collapsed;

  g_return_if_fail (NATTER_IS_MESSAGE (self));

  was_collapsed = natter_message_get_collapsed (self);
  self->revealed = TRUE;
  if (was_collapsed)
    _natter_message_notify (self, NATTER_MESSAGE_PROP_COLLAPSED);
}

/**
 * natter_message_dup_link:
 * @self: a message
 *
 * Returns: (transfer full) (nullable): an address under which others find it: of the message itself, which newer servers
 *   and their clients understand, or on April 2026 servers of its channel; %NULL while the server does not have it
 */
char *
natter_message_dup_link (NatterMessage *self)
{
  NatterServer *server;
  NatterHandshake *handshake;
  const char *host;
  g_autofree char *channel = NULL;

  g_return_val_if_fail (NATTER_IS_MESSAGE (self), NULL);

  server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;
  if (self->id == NULL || server == NULL)
    return NULL;
  host = natter_address_get_text (natter_server_get_address (server));
  if (strstr (host, "://") != NULL)
    host = strstr (host, "://") + 3;
  if (natter_channel_get_thread_id (self->channel) != NULL)
    return natter_channel_dup_link (self->channel);
  channel = g_uri_escape_string (natter_channel_get_name (self->channel), NULL, TRUE);
  handshake = natter_server_get_handshake (server);
  if (handshake != NULL && natter_handshake_is_new_generation (handshake))
    {
      g_autofree char *id = g_uri_escape_string (self->id, NULL, TRUE);

      return g_strdup_printf ("https://originchats.com/message/%s/%s/%s", host, channel, id);
    }
  return g_strdup_printf ("originChats://%s/%s", host, channel);
}
