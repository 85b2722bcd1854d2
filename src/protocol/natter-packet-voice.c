/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Packets about who is in a voice channel. */

void
_natter_voice_user_data_free (NatterVoiceUserData *self)
{
  g_free (self->username);
  g_free (self->id);
  g_free (self->peer_id);
  g_free (self);
}

/* NULL when @object names nobody. */
NatterVoiceUserData *
_natter_voice_user_data_read (JsonObject *object)
{
  const char *username = natter_json_id (object, "username");
  NatterVoiceUserData *user;

  if (username == NULL)
    return NULL;

  user = g_new0 (NatterVoiceUserData, 1);
  user->username = g_strdup (username);
  user->id = natter_json_dup_id (object, "id");
  user->peer_id = natter_json_dup_id (object, "peer_id");
  user->muted = natter_json_bool (object, "muted", FALSE);
  return user;
}

static void
clear_voice (NatterPacket *packet)
{
  g_clear_pointer (&packet->voice.channel, g_free);
  g_clear_pointer (&packet->voice.user, _natter_voice_user_data_free);
  g_clear_pointer (&packet->voice.peer_id, g_free);
  g_clear_pointer (&packet->voice.users, g_ptr_array_unref);
}

static gboolean
read_channel (NatterPacket  *packet,
              JsonObject    *root,
              GError       **error)
{
  packet->voice.channel = natter_json_dup_id (root, "channel");
  return packet->voice.channel != NULL || _natter_packet_lacks (packet, "channel", error);
}

static gboolean
parse_user (NatterPacket  *packet,
            JsonObject    *root,
            GError       **error)
{
  JsonObject *object = natter_json_object (root, "user");

  if (!read_channel (packet, root, error))
    return FALSE;

  packet->voice.user = object != NULL ? _natter_voice_user_data_read (object) : NULL;
  if (packet->voice.user == NULL)
    return _natter_packet_lacks (packet, "user", error);

  packet->voice.peer_id = g_strdup (packet->voice.user->peer_id);
  packet->voice.muted = packet->voice.user->muted;
  return TRUE;
}

static gboolean
parse_state (NatterPacket  *packet,
             JsonObject    *root,
             GError       **error)
{
  JsonArray *array = _natter_packet_find_array (root, "participants", "val");

  if (!read_channel (packet, root, error))
    return FALSE;
  if (array == NULL)
    return _natter_packet_lacks (packet, "participants", error);

  packet->voice.users = natter_json_list (array, NATTER_PACKET_MAX_ITEMS,
                                          (NatterJsonRead) _natter_voice_user_data_read,
                                          (GDestroyNotify) _natter_voice_user_data_free);
  return TRUE;
}

/* An answer to oneself; or an event of newer servers, which names the person by the peer id alone. */
static gboolean
parse_mute (NatterPacket  *packet,
            JsonObject    *root,
            GError       **error)
{
  packet->voice.peer_id = natter_json_dup_id (root, "peer_id");
  packet->voice.muted = natter_json_bool (root, "muted", FALSE);
  return read_channel (packet, root, error);
}

static gboolean
parse_left (NatterPacket  *packet,
            JsonObject    *root,
            GError       **error)
{
  packet->voice.user = _natter_voice_user_data_read (root);
  return read_channel (packet, root, error) &&
         (packet->voice.user != NULL || _natter_packet_lacks (packet, "username", error));
}

static gboolean
parse_leave (NatterPacket  *packet,
             JsonObject    *root,
             GError       **error)
{
  return read_channel (packet, root, error);
}

const NatterPacketEntry natter_packet_voice_entries[] = {
  { "voice_state", NATTER_PACKET_VOICE_STATE, parse_state, clear_voice },
  { "voice_join", NATTER_PACKET_VOICE_STATE, parse_state, clear_voice },
  { "voice_leave", NATTER_PACKET_VOICE_LEFT, parse_leave, clear_voice },
  { "voice_mute", NATTER_PACKET_VOICE_UPDATED, parse_mute, clear_voice },
  { "voice_unmute", NATTER_PACKET_VOICE_UPDATED, parse_mute, clear_voice },
  { "voice_user_joined", NATTER_PACKET_VOICE_JOINED, parse_user, clear_voice },
  { "voice_user_updated", NATTER_PACKET_VOICE_UPDATED, parse_user, clear_voice },
  { "voice_user_left", NATTER_PACKET_VOICE_LEFT, parse_left, clear_voice },
  { NULL },
};
