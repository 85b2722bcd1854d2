/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-server-private.h"
#include "natter-session-private.h"

/* What the server says is kept, and read again when the program starts: the packets that say what the server is like are
 * taken once more, as if it had just sent them. */

/* (nullable): NULL for a server without a session, and when the session ends */
NatterCache *
_natter_server_get_cache (NatterServer *self)
{
  return self->session != NULL ? _natter_session_get_cache (self->session) : NULL;
}

NatterCachePlace
_natter_server_get_place (NatterServer *self,
                          const char   *channel,
                          const char   *thread_id)
{
  NatterChannel *thread = thread_id != NULL ? g_hash_table_lookup (self->threads, thread_id) : NULL;

  /* Some events name a wrong channel beside a thread, or none. */
  return thread != NULL ? _natter_channel_get_place (thread) : (NatterCachePlace) { self->id, channel, thread_id };
}

/* From now on each live message of the place comes right after the one before. @id: (nullable): of the newest one */
void
_natter_server_set_newest (NatterServer *self,
                           const char   *channel,
                           const char   *thread_id,
                           const char   *id)
{
  if (id != NULL)
    g_hash_table_replace (self->newest, _natter_server_make_key ("newest", channel, thread_id, NULL), g_strdup (id));
}

static void
keep_new (NatterServer                 *self,
          NatterCache                  *cache,
          const NatterMessageEventData *event)
{
  const NatterCachePlace place = _natter_server_get_place (self, event->channel, event->thread_id);
  g_autofree char *key = _natter_server_make_key ("newest", event->channel, event->thread_id, NULL);

  if (event->message == NULL || (event->channel == NULL && event->thread_id == NULL))
    return;
  natter_cache_save_new (cache, &place, event->message, g_hash_table_lookup (self->newest, key));
  _natter_server_set_newest (self, event->channel, event->thread_id, event->message->id);
}

static void
keep_edit (NatterServer                 *self,
           NatterCache                  *cache,
           const NatterMessageEventData *event)
{
  const NatterCachePlace place = _natter_server_get_place (self, event->channel, event->thread_id);

  if (event->id != NULL && (event->message != NULL || event->content != NULL))
    natter_cache_save_edit (cache, &place, event->id, event->message, event->content);
}

/* A message that was deleted last is no anchor any more for the next one. */
static void
keep_delete (NatterServer                 *self,
             NatterCache                  *cache,
             const NatterMessageEventData *event)
{
  const NatterCachePlace place = _natter_server_get_place (self, event->channel, event->thread_id);

  if (event->id != NULL)
    natter_cache_remove_message (cache, &place, event->id);
}

/* What the flag says differs between the two generations. */
static void
keep_pin (NatterServer        *self,
          NatterCache         *cache,
          const NatterPinData *pin,
          gboolean             pinned)
{
  const NatterCachePlace place = _natter_server_get_place (self, pin->channel, pin->thread_id);
  gboolean is_new = self->handshake != NULL && natter_handshake_is_new_generation (self->handshake);

  if (pin->channel != NULL && (pinned || is_new ? pin->flag == pinned : pin->flag))
    natter_cache_save_pin (cache, &place, pin->id, pinned);
}

static void
keep_reaction (NatterServer                  *self,
               NatterCache                   *cache,
               const NatterReactionEventData *reaction,
               gboolean                       reacts)
{
  const NatterCachePlace place = _natter_server_get_place (self, reaction->channel, reaction->thread_id);

  if (reaction->channel != NULL)
    natter_cache_save_reaction (cache, &place, reaction->id, reaction->emoji, reaction->user, reacts);
}

/* Writes through what has just come. */
void
_natter_server_keep_packet (NatterServer *self,
                            NatterPacket *packet)
{
  NatterCache *cache = _natter_server_get_cache (self);

  if (packet->kind == NATTER_PACKET_HANDSHAKE)
    {
      /* Only a server to which one is signed in is somebody's business. */
      g_clear_pointer (&self->said, natter_packet_unref);
      self->said = natter_packet_ref (packet);
    }
  if (cache == NULL || !self->was_ready)
    return;
  switch ((int) packet->kind)
    {
    case NATTER_PACKET_CHANNELS:
    case NATTER_PACKET_ROLES:
    case NATTER_PACKET_USERS:
      natter_cache_save_packet (cache, self->id, packet);
      break;
    case NATTER_PACKET_MESSAGE_NEW:
      keep_new (self, cache, &packet->message);
      break;
    case NATTER_PACKET_MESSAGE_EDIT:
      keep_edit (self, cache, &packet->message);
      break;
    case NATTER_PACKET_MESSAGE_DELETE:
      keep_delete (self, cache, &packet->message);
      break;
    case NATTER_PACKET_MESSAGE_PIN:
    case NATTER_PACKET_MESSAGE_UNPIN:
      keep_pin (self, cache, &packet->pin, packet->kind == NATTER_PACKET_MESSAGE_PIN);
      break;
    case NATTER_PACKET_REACTION_ADD:
    case NATTER_PACKET_REACTION_REMOVE:
      keep_reaction (self, cache, &packet->reaction, packet->kind == NATTER_PACKET_REACTION_ADD);
      break;
    default:
      break;
    }
}

/* One has just signed in. */
void
_natter_server_keep_entry (NatterServer *self)
{
  NatterCache *cache = _natter_server_get_cache (self);

  if (cache == NULL)
    return;
  if (self->said != NULL)
    natter_cache_save_packet (cache, self->id, self->said);
  if (self->me != NULL)
    natter_cache_save_me (cache, self->id, natter_member_get_username (self->me));
}

/* What happens while nobody listens comes between the live messages before and after. */
void
_natter_server_lose_newest (NatterServer *self)
{
  g_hash_table_remove_all (self->newest);
}

void
_natter_server_keep_reading (NatterServer  *self,
                             NatterChannel *channel)
{
  NatterCache *cache = _natter_server_get_cache (self);
  const NatterCachePlace place = _natter_channel_get_place (channel);

  if (cache != NULL && self->was_ready)
    natter_cache_save_reading (cache, &place, natter_channel_get_unread (channel), natter_channel_get_mentions (channel));
}

#define KEEP_OFFLINE "keep-offline"

/**
 * natter_channel_get_keep_offline:
 * @self: a channel
 *
 * Returns: whether its history is dropped last when what is kept gets too large
 */
gboolean
natter_channel_get_keep_offline (NatterChannel *self)
{
  NatterServer *server = natter_channel_get_server (self);

  return server != NULL && natter_server_get_setting (server, natter_channel_get_name (self), KEEP_OFFLINE) != NULL;
}

/**
 * natter_channel_set_keep_offline:
 * @self: a channel
 * @keep_offline: whether the person wants to have its history without a connection
 *
 * There again after a restart, like all settings of a channel.
 */
void
natter_channel_set_keep_offline (NatterChannel *self,
                                 gboolean       keep_offline)
{
  NatterServer *server = natter_channel_get_server (self);
  NatterCache *cache = server != NULL ? _natter_server_get_cache (server) : NULL;

  if (server == NULL || natter_channel_get_keep_offline (self) == keep_offline)
    return;
  natter_server_set_setting (server, natter_channel_get_name (self), KEEP_OFFLINE, keep_offline ? "yes" : NULL);
  if (cache != NULL)
    natter_cache_set_kept (cache, server->id, _natter_channel_get_place (self).channel, keep_offline);
  g_object_notify (G_OBJECT (self), "keep-offline");
}

/**
 * natter_channel_clear_history:
 * @self: a channel
 *
 * Forgets what is kept of its history. What is shown stays until it is scrolled away.
 */
void
natter_channel_clear_history (NatterChannel *self)
{
  NatterServer *server = natter_channel_get_server (self);
  NatterCache *cache = server != NULL ? _natter_server_get_cache (server) : NULL;

  if (cache != NULL)
    natter_cache_clear_async (cache, server->id, _natter_channel_get_place (self).channel, NULL, NULL, NULL);
}

static void
restore_handshake (NatterServer    *self,
                   NatterHandshake *handshake)
{
  if (self->handshake != NULL)
    return;
  self->handshake = g_object_ref (handshake);
  g_object_notify (G_OBJECT (self), "handshake");
}

static void
restore_packet (NatterServer *self,
                NatterPacket *packet)
{
  if (packet->kind == NATTER_PACKET_HANDSHAKE)
    restore_handshake (self, packet->handshake);
  else
    _natter_server_take_packet (self, packet);
}

/* Who was there then is not said to be there now. */
static void
leave_offline (NatterServer *self)
{
  GListModel *members = natter_roster_get_members (self->roster);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr(NatterMember) member = g_list_model_get_item (members, i);

      natter_roster_set_status (self->roster, natter_member_get_username (member), NATTER_STATUS_OFFLINE);
    }
}

/* A cache that was started afresh does not know which channels are to be dropped last. */
static void
keep_again (NatterServer *self)
{
  NatterCache *cache = _natter_server_get_cache (self);

  for (guint i = 0; cache != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->channels)); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);

      if (natter_channel_get_keep_offline (channel))
        natter_cache_set_kept (cache, self->id, natter_channel_get_name (channel), TRUE);
    }
}

/* Makes the server what it last was. What it has said since the program began is newer. */
void
_natter_server_restore (NatterServer             *self,
                        const NatterCachedServer *kept)
{
  if (self->has_entered)
    return;
  if (kept->me != NULL && self->me == NULL)
    _natter_server_set_me (self, natter_roster_intern (self->roster, kept->me));
  for (guint i = 0; i < kept->packets->len; i++)
    restore_packet (self, kept->packets->pdata[i]);
  leave_offline (self);
  for (guint i = 0; i < kept->readings->len; i++)
    {
      const NatterCachedReading *reading = kept->readings->pdata[i];
      NatterChannel *channel = natter_server_lookup_channel (self, reading->thread_id != NULL ? reading->thread_id
                                                                                              : reading->channel);

      if (channel != NULL)
        _natter_channel_set_unread (channel, reading->unread, (int) reading->mentions);
    }
  keep_again (self);
  _natter_server_sum_unread (self);
  _natter_server_refresh_blocks (self);
}
