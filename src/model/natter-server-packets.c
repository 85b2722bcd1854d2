/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-member-private.h"
#include "natter-poll-private.h"
#include "natter-server-private.h"

/* Several events in a row may each ask for a list anew; it is fetched once. */
#define REFETCH_MS 500

typedef void (*PacketHandler) (NatterServer *self,
                               NatterPacket *packet);

static void
on_fetched (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  /* What was asked for has come by as a packet. */
  if (packet == NULL)
    g_debug ("A list did not come: %s", error->message);
}

/* @command: (transfer full) */
void
_natter_server_fetch (NatterServer  *self,
                      NatterCommand *command)
{
  natter_connection_request_async (self->connection, command, NULL, on_fetched, NULL);
}

/* Roles come first, so that people have their colours and places from the start. */
void
_natter_server_fetch_all (NatterServer *self)
{
  _natter_server_fetch (self, natter_command_channels_get ());
  _natter_server_fetch (self, natter_command_roles_list ());
  _natter_server_fetch (self, natter_command_users_list ());
  _natter_server_fetch (self, natter_command_users_online ());
  _natter_server_fetch (self, natter_command_unreads_get ());
  _natter_server_fetch (self, natter_command_emojis (self->handshake != NULL
                                                     && natter_handshake_has_capability (self->handshake, "emoji_list")));
}

static gboolean
on_refetch (gpointer data)
{
  NatterServer *self = data;

  self->refetch_source = 0;
  if (natter_connection_get_state (self->connection) == NATTER_CONNECTION_READY)
    {
      if (self->refetch_channels)
        _natter_server_fetch (self, natter_command_channels_get ());
      if (self->refetch_users)
        _natter_server_fetch (self, natter_command_users_list ());
      if (self->refetch_unreads)
        _natter_server_fetch (self, natter_command_unreads_get ());
    }
  self->refetch_channels = FALSE;
  self->refetch_users = FALSE;
  self->refetch_unreads = FALSE;
  return G_SOURCE_REMOVE;
}

static void
refetch_soon (NatterServer *self)
{
  if (self->refetch_source == 0)
    self->refetch_source = g_timeout_add (REFETCH_MS, on_refetch, self);
}

static void
handle_channels (NatterServer *self,
                 NatterPacket *packet)
{
  _natter_server_set_channels (self, packet->channels);
  _natter_server_count_threads (self);
}

/* Where a new channel belongs is only in the whole list. */
static void
handle_channel (NatterServer *self,
                NatterPacket *packet)
{
  NatterChannel *channel = packet->channel->name != NULL ? natter_server_lookup_channel (self, packet->channel->name) : NULL;

  if (channel != NULL && packet->channel->rights.any)
    _natter_channel_update (channel, packet->channel);
  self->refetch_channels = TRUE;
  refetch_soon (self);
}

static void
handle_channel_gone (NatterServer *self,
                     NatterPacket *packet)
{
  if (packet->place.channel != NULL)
    _natter_server_remove_channel (self, packet->place.channel);
}

/* (nullable): the channel or thread in which it happened */
static NatterChannel *
get_place (NatterServer *self,
           const char   *channel,
           const char   *thread_id)
{
  if (thread_id != NULL)
    return g_hash_table_lookup (self->threads, thread_id);
  return channel != NULL ? g_hash_table_lookup (self->by_name, channel) : NULL;
}

/* Somebody else has just written. The timeline may not hold it: then nobody but the listeners does. */
void
_natter_server_tell_arrival (NatterServer            *self,
                             NatterChannel           *channel,
                             const NatterMessageData *data,
                             gboolean                 for_me)
{
  guint signal_id = g_signal_lookup ("message-arrived", NATTER_TYPE_SERVER);
  NatterMessage *held;
  g_autoptr(NatterMessage) message = NULL;

  if (!g_signal_has_handler_pending (self, signal_id, 0, TRUE))
    return;
  held = _natter_channel_find (channel, data->id);
  message = held != NULL ? g_object_ref (held)
                         : natter_message_new_from_data (channel, natter_roster_intern (self->roster, data->author), data);
  g_signal_emit (self, signal_id, 0, channel, message, for_me);
}

static void
handle_message_new (NatterServer *self,
                    NatterPacket *packet)
{
  NatterChannel *channel = get_place (self, packet->message.channel, packet->message.thread_id);

  if (channel == NULL && packet->message.thread_id != NULL && packet->message.message != NULL)
    channel = _natter_server_meet_thread (self, packet->message.channel, packet->message.thread_id);
  if (channel == NULL || packet->message.message == NULL)
    return;
  g_set_str (&channel->newest_id, packet->message.message->id);
  _natter_channel_message_new (channel, &packet->message, packet->listener != NULL);
  _natter_server_sum_unread (self);
}

static void
handle_message_edit (NatterServer *self,
                     NatterPacket *packet)
{
  NatterChannel *channel = get_place (self, packet->message.channel, packet->message.thread_id);

  if (channel != NULL)
    _natter_channel_message_edit (channel, &packet->message);
}

static void
handle_message_delete (NatterServer *self,
                       NatterPacket *packet)
{
  NatterChannel *channel = get_place (self, packet->message.channel, packet->message.thread_id);

  if (channel != NULL && packet->message.id != NULL)
    {
      _natter_channel_message_delete (channel, packet->message.id);
      g_signal_emit_by_name (self, "message-gone", channel, packet->message.id);
    }
}

static void
handle_reaction (NatterServer *self,
                 NatterPacket *packet)
{
  NatterChannel *channel = get_place (self, packet->reaction.channel, packet->reaction.thread_id);

  if (channel != NULL && packet->reaction.id != NULL && packet->reaction.emoji != NULL)
    _natter_channel_reaction (channel, &packet->reaction, packet->kind == NATTER_PACKET_REACTION_ADD);
}

/* Newer servers may leave the channel out; then whoever holds the message takes it. */
static void
handle_pin (NatterServer *self,
            NatterPacket *packet)
{
  gboolean pinned = packet->kind == NATTER_PACKET_MESSAGE_PIN;
  guint n_channels = g_list_model_get_n_items (G_LIST_MODEL (self->channels));

  if (packet->pin.id == NULL || packet->pin.thread_id != NULL)
    return;
  for (guint i = 0; i < n_channels; i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);

      if (packet->pin.channel != NULL ? g_str_equal (natter_channel_get_name (channel), packet->pin.channel)
                                      : _natter_channel_find (channel, packet->pin.id) != NULL)
        _natter_channel_pinned (channel, &packet->pin, pinned);
    }
}

static void
handle_poll (NatterServer *self,
             NatterPacket *packet)
{
  NatterPoll *poll = packet->vote.message_id != NULL ? g_hash_table_lookup (self->polls, packet->vote.message_id) : NULL;

  if (poll != NULL)
    _natter_poll_take_event (poll, &packet->vote);
}

static void
handle_typing (NatterServer *self,
               NatterPacket *packet)
{
  NatterChannel *channel = get_place (self, packet->place.channel, packet->place.thread_id);
  NatterMember *member;

  if (channel == NULL || packet->place.user == NULL)
    return;
  member = natter_roster_intern (self->roster, packet->place.user);
  if (member != self->me)
    _natter_channel_show_typing (channel, member, packet->place.duration_ms);
}

static void
handle_users (NatterServer *self,
              NatterPacket *packet)
{
  natter_roster_set_users (self->roster, packet->users);
  _natter_server_names_changed (self);
}

static void
handle_users_online (NatterServer *self,
                     NatterPacket *packet)
{
  for (guint i = 0; i < packet->users->len; i++)
    natter_roster_add (self->roster, natter_roster_update (self->roster, packet->users->pdata[i]));
}

static void
handle_user_connect (NatterServer *self,
                     NatterPacket *packet)
{
  NatterMember *member = natter_roster_update (self->roster, packet->user);

  if (!packet->user->has_status && !natter_member_get_online (member))
    natter_roster_set_status (self->roster, packet->user->username, NATTER_STATUS_ONLINE);
  if (natter_member_get_known (member))
    return;
  natter_roster_add (self->roster, member);
  /* The packet has neither nickname nor picture. */
  self->refetch_users = TRUE;
  refetch_soon (self);
}

static void
handle_user_disconnect (NatterServer *self,
                        NatterPacket *packet)
{
  natter_roster_set_status (self->roster, packet->user->username, NATTER_STATUS_OFFLINE);
}

/* Whoever was put out does not come back by itself; whoever leaves waits for the answer. */
static void
handle_user_leave (NatterServer *self,
                   NatterPacket *packet)
{
  NatterMember *member = natter_roster_lookup (self->roster, packet->user->username);

  natter_roster_remove (self->roster, packet->user->username);
  if (member != NULL && member == self->me && !self->leaving)
    natter_server_disconnect (self);
}

static void
handle_user_updated (NatterServer *self,
                     NatterPacket *packet)
{
  natter_roster_update (self->roster, packet->user);
  if (packet->kind == NATTER_PACKET_USER_UPDATED)
    _natter_server_names_changed (self);
  if (natter_roster_lookup (self->roster, packet->user->username) == self->me)
    _natter_server_refresh_blocks (self);
}

/* What one sees may be other channels now. */
static void
handle_user_roles (NatterServer *self,
                   NatterPacket *packet)
{
  handle_user_updated (self, packet);
  if (natter_roster_lookup (self->roster, packet->user->username) != self->me)
    return;
  self->refetch_channels = TRUE;
  refetch_soon (self);
}

static void
handle_roles (NatterServer *self,
              NatterPacket *packet)
{
  natter_roster_set_roles (self->roster, packet->roles);
  _natter_server_names_changed (self);
}

static void
handle_emojis (NatterServer *self,
               NatterPacket *packet)
{
  _natter_server_set_emojis (self, packet->emojis);
  _natter_server_names_changed (self);
}

static void
handle_unreads (NatterServer *self,
                NatterPacket *packet)
{
  for (guint i = 0; i < packet->unreads->len; i++)
    {
      const NatterUnreadData *data = packet->unreads->pdata[i];
      NatterChannel *channel = get_place (self, data->channel, data->thread_id);

      if (channel == NULL)
        continue;
      _natter_channel_set_last_read (channel, data->last_read);
      _natter_channel_set_unread (channel, MAX (data->unread, 0), data->pings);
      _natter_channel_unreads_known (channel);
    }
  _natter_server_sum_unread (self);
  g_signal_emit_by_name (self, "unreads-known");
}

/* It says up to which message one has read here or elsewhere, and not how many are left. */
static void
handle_unreads_update (NatterServer *self,
                       NatterPacket *packet)
{
  NatterChannel *channel = get_place (self, packet->place.channel, packet->place.thread_id);

  if (channel == NULL)
    return;
  _natter_channel_set_last_read (channel, packet->place.last_read);
  if (_natter_channel_has_acked (channel, packet->place.last_read))
    return;
  if (packet->place.thread_id != NULL)
    {
      _natter_server_count_thread (self, channel);
      return;
    }
  self->refetch_unreads = TRUE;
  refetch_soon (self);
}

static void
handle_server_update (NatterServer *self,
                      NatterPacket *packet)
{
  if (packet->server.name != NULL)
    _natter_server_set_name (self, packet->server.name);
  if (packet->server.icon != NULL)
    _natter_server_set_icon (self, packet->server.icon);
}

static void
handle_commands (NatterServer *self,
                 NatterPacket *packet)
{
  _natter_server_take_commands (self, packet, packet->kind == NATTER_PACKET_SLASH_COMMANDS);
}

static void
handle_commands_gone (NatterServer *self,
                      NatterPacket *packet)
{
  _natter_server_drop_commands (self, packet->names);
}

static void
handle_voice_state (NatterServer *self,
                    NatterPacket *packet)
{
  NatterChannel *channel = natter_server_lookup_channel (self, packet->voice.channel);

  if (channel != NULL)
    _natter_channel_set_voice (channel, packet->voice.users);
}

static void
handle_voice_joined (NatterServer *self,
                     NatterPacket *packet)
{
  NatterChannel *channel = natter_server_lookup_channel (self, packet->voice.channel);

  if (channel != NULL && packet->voice.user != NULL)
    _natter_channel_voice_joined (channel, packet->voice.user);
}

static void
handle_voice_updated (NatterServer *self,
                      NatterPacket *packet)
{
  NatterChannel *channel = natter_server_lookup_channel (self, packet->voice.channel);

  if (channel != NULL)
    _natter_channel_voice_updated (channel, &packet->voice);
}

static void
handle_voice_left (NatterServer *self,
                   NatterPacket *packet)
{
  NatterChannel *channel = natter_server_lookup_channel (self, packet->voice.channel);

  if (channel != NULL)
    _natter_channel_voice_left (channel, packet->voice.user != NULL ? packet->voice.user->username : NULL);
}

static const struct
{
  NatterPacketKind kind;
  PacketHandler    handler;
} handlers[] = {
  { NATTER_PACKET_CHANNELS, handle_channels },
  { NATTER_PACKET_CHANNEL, handle_channel },
  { NATTER_PACKET_CHANNEL_DELETE, handle_channel_gone },
  { NATTER_PACKET_CHANNEL_LEAVE, handle_channel_gone },
  { NATTER_PACKET_THREADS, _natter_server_take_threads },
  { NATTER_PACKET_THREAD, _natter_server_take_thread },
  { NATTER_PACKET_THREAD_NEW, _natter_server_take_thread },
  { NATTER_PACKET_THREAD_UPDATE, _natter_server_take_thread },
  { NATTER_PACKET_THREAD_DELETE, _natter_server_take_thread },
  { NATTER_PACKET_THREAD_JOIN, _natter_server_take_thread },
  { NATTER_PACKET_THREAD_LEAVE, _natter_server_take_thread },
  { NATTER_PACKET_MESSAGE_NEW, handle_message_new },
  { NATTER_PACKET_MESSAGE_EDIT, handle_message_edit },
  { NATTER_PACKET_MESSAGE_DELETE, handle_message_delete },
  { NATTER_PACKET_REACTION_ADD, handle_reaction },
  { NATTER_PACKET_REACTION_REMOVE, handle_reaction },
  { NATTER_PACKET_MESSAGE_PIN, handle_pin },
  { NATTER_PACKET_MESSAGE_UNPIN, handle_pin },
  { NATTER_PACKET_POLL_VOTE, handle_poll },
  { NATTER_PACKET_POLL_END, handle_poll },
  { NATTER_PACKET_TYPING, handle_typing },
  { NATTER_PACKET_USERS, handle_users },
  { NATTER_PACKET_USERS_ONLINE, handle_users_online },
  { NATTER_PACKET_USER_CONNECT, handle_user_connect },
  { NATTER_PACKET_USER_JOIN, handle_user_connect },
  { NATTER_PACKET_USER_DISCONNECT, handle_user_disconnect },
  { NATTER_PACKET_USER_LEAVE, handle_user_leave },
  { NATTER_PACKET_USER_KICK, handle_user_leave },
  { NATTER_PACKET_USER_UPDATED, handle_user_updated },
  { NATTER_PACKET_STATUS, handle_user_updated },
  { NATTER_PACKET_USER_ROLES, handle_user_roles },
  { NATTER_PACKET_ROLES, handle_roles },
  { NATTER_PACKET_EMOJIS, handle_emojis },
  { NATTER_PACKET_UNREADS, handle_unreads },
  { NATTER_PACKET_UNREADS_UPDATE, handle_unreads_update },
  { NATTER_PACKET_SERVER_UPDATE, handle_server_update },
  { NATTER_PACKET_SLASH_COMMANDS, handle_commands },
  { NATTER_PACKET_SLASH_ADD, handle_commands },
  { NATTER_PACKET_SLASH_REMOVE, handle_commands_gone },
  { NATTER_PACKET_VOICE_STATE, handle_voice_state },
  { NATTER_PACKET_VOICE_JOINED, handle_voice_joined },
  { NATTER_PACKET_VOICE_UPDATED, handle_voice_updated },
  { NATTER_PACKET_VOICE_LEFT, handle_voice_left },
};

void
_natter_server_take_packet (NatterServer *self,
                            NatterPacket *packet)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (handlers[i].kind == packet->kind)
      {
        handlers[i].handler (self, packet);
        return;
      }
}

/* What the server has just said. */
void
_natter_server_packet (NatterServer *self,
                       NatterPacket *packet)
{
  _natter_server_keep_packet (self, packet);
  _natter_server_take_packet (self, packet);
}
