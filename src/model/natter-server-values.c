/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel.h"
#include "natter-member.h"
#include "natter-role.h"
#include "natter-server-private.h"

/**
 * natter_server_get_id:
 * @self: a server
 *
 * Returns: (transfer none): the UUID under which it is kept
 */
const char *
natter_server_get_id (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->id;
}

/**
 * natter_server_get_address:
 * @self: a server
 *
 * Returns: (transfer none): where it is
 */
NatterAddress *
natter_server_get_address (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->address;
}

/**
 * natter_server_get_session:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): whose list it is in
 */
NatterSession *
natter_server_get_session (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->session;
}

/**
 * natter_server_get_connection:
 * @self: a server
 *
 * Returns: (transfer none): the connection to it
 */
NatterConnection *
natter_server_get_connection (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->connection;
}

/**
 * natter_server_get_outbox:
 * @self: a server
 *
 * Returns: (transfer none): what the person has sent and it is not known to have
 */
NatterOutbox *
natter_server_get_outbox (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->outbox;
}

/**
 * natter_server_get_account:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): what one signs in with; %NULL until that worked once
 */
NatterAccount *
natter_server_get_account (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->account;
}

/**
 * natter_server_get_name:
 * @self: a server
 *
 * Returns: (transfer none): what it calls itself, or its host
 */
const char *
natter_server_get_name (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->name != NULL ? self->name : natter_address_get_host (self->address);
}

/**
 * natter_server_get_icon:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): absolute address of its picture; %NULL also when it is on another site and the
 *   person has not agreed to that
 */
const char *
natter_server_get_icon (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  if (self->icon == NULL || natter_server_judge_picture (self, self->icon) != NATTER_REMOTE_MEDIA_ALWAYS)
    return NULL;
  return self->icon;
}

/**
 * natter_server_get_state:
 * @self: a server
 *
 * Returns: how far the connection is
 */
NatterConnectionState
natter_server_get_state (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NATTER_CONNECTION_OFFLINE);

  return natter_connection_get_state (self->connection);
}

/**
 * natter_server_get_reason:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): why it is in its state, or why signing in did not work; %NULL when all is well
 */
const GError *
natter_server_get_reason (NatterServer *self)
{
  const GError *reason;

  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  reason = natter_connection_get_reason (self->connection);
  return reason != NULL ? reason : self->sign_in_error;
}

/**
 * natter_server_get_handshake:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): what it last said of itself, also while there is no connection
 */
NatterHandshake *
natter_server_get_handshake (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->handshake;
}

/**
 * natter_server_get_me:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): who one is there; %NULL until signed in
 */
NatterMember *
natter_server_get_me (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->me;
}

/**
 * natter_server_get_channels:
 * @self: a server
 *
 * Returns: (transfer none): its #NatterChannel in the server's order
 */
GListModel *
natter_server_get_channels (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return G_LIST_MODEL (self->channels);
}

/**
 * natter_server_get_members:
 * @self: a server
 *
 * Returns: (transfer none): the #NatterMember whom it lists, in no order
 */
GListModel *
natter_server_get_members (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return natter_roster_get_members (self->roster);
}

/**
 * natter_server_lookup_channel:
 * @self: a server
 * @name: name of a channel, or id of a thread
 *
 * Returns: (transfer none) (nullable): the channel
 */
NatterChannel *
natter_server_lookup_channel (NatterServer *self,
                              const char   *name)
{
  NatterChannel *channel;

  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  channel = g_hash_table_lookup (self->by_name, name);
  return channel != NULL ? channel : g_hash_table_lookup (self->threads, name);
}

/**
 * natter_server_intern_member:
 * @self: a server
 * @username: a user name in any case
 *
 * Returns: (transfer none): the person of that name, made unless there; to be referenced by who keeps it
 */
NatterMember *
natter_server_intern_member (NatterServer *self,
                             const char   *username)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);
  g_return_val_if_fail (username != NULL, NULL);

  return natter_roster_intern (self->roster, username);
}

/**
 * natter_server_lookup_role:
 * @self: a server
 * @name: name or id of a role
 *
 * Returns: (transfer none) (nullable): the role
 */
NatterRole *
natter_server_lookup_role (NatterServer *self,
                           const char   *name)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return natter_roster_lookup_role (self->roster, name);
}

/**
 * natter_server_get_last_channel:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): name of the channel that was shown last
 */
const char *
natter_server_get_last_channel (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->last_channel;
}

/**
 * natter_server_get_group:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): the folder that it is in
 */
NatterGroup *
natter_server_get_group (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return self->group;
}

/**
 * natter_server_get_has_twin:
 * @self: a server
 *
 * Returns: whether the same server is in the list with another account
 */
gboolean
natter_server_get_has_twin (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), FALSE);

  return self->has_twin;
}

/**
 * natter_server_get_muted:
 * @self: a server
 *
 * Returns: whether it is muted now
 */
gboolean
natter_server_get_muted (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), FALSE);

  return self->muted;
}
