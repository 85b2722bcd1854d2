/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-draft.h"
#include "natter-outbox-private.h"
#include "natter-server-private.h"

#define DEFAULT_MAX_LENGTH 2000

/**
 * natter_channel_get_server:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): where it is; %NULL when the server is gone
 */
NatterServer *
natter_channel_get_server (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return self->server;
}

/**
 * natter_channel_get_name:
 * @self: a channel
 *
 * Returns: (transfer none): the name by which the server knows it; for a thread its id
 */
const char *
natter_channel_get_name (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return self->name;
}

/**
 * natter_channel_get_title:
 * @self: a channel
 *
 * Returns: (transfer none): what to show as its name
 */
const char *
natter_channel_get_title (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return self->title != NULL ? self->title : self->name;
}

/**
 * natter_channel_get_description:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): what it is for
 */
const char *
natter_channel_get_description (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return self->description;
}

/**
 * natter_channel_get_kind:
 * @self: a channel
 *
 * Returns: what kind it is; never a separator
 */
NatterChannelType
natter_channel_get_kind (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NATTER_CHANNEL_TEXT);

  return self->kind;
}

/**
 * natter_channel_get_section:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): title of the separator above it, %NULL at the top
 */
const char *
natter_channel_get_section (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return self->group != NULL ? natter_group_get_title (self->group) : NULL;
}

/**
 * natter_channel_get_group:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): the section that it is in, %NULL at the top
 */
NatterGroup *
natter_channel_get_group (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return self->group;
}

/**
 * natter_channel_get_notify_level:
 * @self: a channel
 *
 * Returns: what the person wants to be told about
 */
NatterNotifyLevel
natter_channel_get_notify_level (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NATTER_NOTIFY_DEFAULT);

  return self->server != NULL ? _natter_server_get_level (self->server, self->name) : NATTER_NOTIFY_DEFAULT;
}

/**
 * natter_channel_get_muted_until:
 * @self: a channel
 *
 * Returns: until when it is muted, in microseconds since 1970; %NATTER_MUTED_FOREVER, or 0 when it is not
 */
gint64
natter_channel_get_muted_until (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), 0);

  return self->server != NULL ? _natter_server_get_muted_until (self->server, self->name) : 0;
}

/**
 * natter_channel_get_muted:
 * @self: a channel
 *
 * Returns: whether it is muted now
 */
gboolean
natter_channel_get_muted (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);

  return self->muted;
}

/**
 * natter_channel_get_send_block:
 * @self: a channel
 *
 * Returns: what keeps one from writing, as far as known; the server decides
 */
NatterSendBlock
natter_channel_get_send_block (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NATTER_SEND_OFFLINE);

  return self->block;
}

/**
 * natter_channel_get_unread:
 * @self: a channel
 *
 * Returns: how many messages are unread; April 2026 servers count up to 200
 */
guint
natter_channel_get_unread (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), 0);

  return self->unread;
}

/**
 * natter_channel_get_mentions:
 * @self: a channel
 *
 * Returns: how many of the unread messages are for oneself, as far as known
 */
guint
natter_channel_get_mentions (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), 0);

  return self->mentions;
}

/**
 * natter_channel_get_typing:
 * @self: a channel
 *
 * Returns: (transfer none): a list of the #NatterMember who type now, without oneself
 */
GListModel *
natter_channel_get_typing (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return natter_typing_get_model (self->typing);
}

/**
 * natter_channel_get_timeline:
 * @self: a channel
 *
 * Returns: (transfer none): the window on its messages, made at the first call and empty until it is told to load
 */
NatterTimeline *
natter_channel_get_timeline (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  if (self->timeline == NULL)
    {
      NatterOutbox *outbox = _natter_channel_get_outbox (self);

      self->timeline = natter_timeline_new (self);
      if (outbox != NULL)
        _natter_outbox_show (outbox, self);
    }
  return self->timeline;
}

/**
 * natter_channel_get_rights:
 * @self: a channel
 *
 * Returns: what one may do in it, as far as known; the server decides
 */
NatterRights
natter_channel_get_rights (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), 0);

  return self->rights;
}

/**
 * natter_channel_get_max_length:
 * @self: a channel
 *
 * Returns: how long a message may be, in code points
 */
guint
natter_channel_get_max_length (NatterChannel *self)
{
  NatterHandshake *handshake;

  g_return_val_if_fail (NATTER_IS_CHANNEL (self), DEFAULT_MAX_LENGTH);

  handshake = self->server != NULL ? natter_server_get_handshake (self->server) : NULL;
  return handshake != NULL ? natter_handshake_get_max_message (handshake) : DEFAULT_MAX_LENGTH;
}

/**
 * natter_channel_get_draft:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): what is being written for it, also when that is nothing; %NULL when the server is
 *   gone
 */
NatterDraft *
natter_channel_get_draft (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  return self->server != NULL ? _natter_server_get_draft (self->server, _natter_channel_get_channel_name (self),
                                                           natter_channel_get_thread_id (self), NULL) : NULL;
}

/**
 * natter_channel_get_has_draft:
 * @self: a channel
 *
 * Returns: whether something is being written for it
 */
gboolean
natter_channel_get_has_draft (NatterChannel *self)
{
  NatterDraft *draft = NULL;

  g_return_val_if_fail (NATTER_IS_CHANNEL (self), FALSE);

  if (self->server != NULL)
    draft = _natter_server_lookup_draft (self->server, _natter_channel_get_channel_name (self),
                                         natter_channel_get_thread_id (self), NULL);
  return draft != NULL && !natter_draft_get_empty (draft);
}

/**
 * natter_channel_get_edit_draft:
 * @self: a channel
 * @message_id: id of a message of it
 *
 * Returns: (transfer none) (nullable): the text to which the message is being changed, empty when that was not begun; to be
 *   emptied with natter_draft_clear() when it is done; %NULL when the server is gone
 */
NatterDraft *
natter_channel_get_edit_draft (NatterChannel *self,
                               const char    *message_id)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);
  g_return_val_if_fail (message_id != NULL, NULL);

  return self->server != NULL ? _natter_server_get_draft (self->server, _natter_channel_get_channel_name (self),
                                                           natter_channel_get_thread_id (self), message_id) : NULL;
}
