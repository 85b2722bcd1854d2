/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Packets about channels. */

static void
channel_free (NatterChannelData *channel)
{
  NatterChannelRights *rights = &channel->rights;

  g_free (channel->name);
  g_free (channel->display_name);
  g_free (channel->description);
  g_free (channel->icon);
  g_strfreev (rights->view);
  g_strfreev (rights->send);
  g_strfreev (rights->delete_any);
  g_strfreev (rights->create_thread);
  g_strfreev (rights->react);
  g_strfreev (rights->edit_own);
  g_strfreev (rights->delete_own);
  g_strfreev (rights->pin);
  g_free (channel->last_message_id);
  g_clear_pointer (&channel->voice, g_ptr_array_unref);
  g_clear_pointer (&channel->threads, g_ptr_array_unref);
  g_strfreev (channel->members);
  g_free (channel->owner);
  g_free (channel);
}

static gboolean
parse_type (const char        *word,
            NatterChannelType *type)
{
  static const struct
  {
    const char       *word;
    NatterChannelType type;
  } types[] = {
    { "text", NATTER_CHANNEL_TEXT },
    { "voice", NATTER_CHANNEL_VOICE },
    { "forum", NATTER_CHANNEL_FORUM },
    { "separator", NATTER_CHANNEL_SEPARATOR },
    { "chat", NATTER_CHANNEL_CHAT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_strcmp0 (types[i].word, word) == 0)
        {
          *type = types[i].type;
          return TRUE;
        }
    }

  return FALSE;
}

static void
parse_rights (NatterChannelRights *rights,
              JsonObject          *object)
{
  if (object == NULL || json_object_get_size (object) == 0)
    return;

  rights->any = TRUE;
  rights->view = natter_json_strv (object, "view", NATTER_PACKET_MAX_NAMES);
  rights->send = natter_json_strv (object, "send", NATTER_PACKET_MAX_NAMES);
  rights->delete_any = natter_json_strv (object, "delete", NATTER_PACKET_MAX_NAMES);
  rights->create_thread = natter_json_strv (object, "create_thread", NATTER_PACKET_MAX_NAMES);
  rights->react = natter_json_strv (object, "react", NATTER_PACKET_MAX_NAMES);
  rights->edit_own = natter_json_strv (object, "edit_own", NATTER_PACKET_MAX_NAMES);
  rights->delete_own = natter_json_strv (object, "delete_own", NATTER_PACKET_MAX_NAMES);
  rights->pin = natter_json_strv (object, "pin", NATTER_PACKET_MAX_NAMES);
}

/* NULL when it has a type that is not known, or no name. */
static gpointer
parse_channel (JsonObject *object)
{
  const char *name = natter_json_id (object, "name");
  NatterChannelData *channel;
  NatterChannelType type;

  if (!parse_type (natter_json_string (object, "type"), &type))
    return NULL;
  if (name == NULL && type != NATTER_CHANNEL_SEPARATOR)
    return NULL;

  channel = g_new0 (NatterChannelData, 1);
  channel->type = type;
  channel->name = g_strdup (name);
  channel->display_name = natter_json_dup_id (object, "display_name");
  channel->description = natter_json_dup_id (object, "description");
  channel->icon = natter_json_dup_id (object, "icon");
  channel->size = (int) natter_json_int (object, "size", 0, 10000, 0);
  parse_rights (&channel->rights, natter_json_object (object, "permissions"));
  channel->has_live = json_object_has_member (object, "last_message") ||
                      json_object_has_member (object, "voice_state") ||
                      json_object_has_member (object, "threads");
  channel->last_message = natter_json_time (object, "last_message");
  channel->last_message_id = natter_json_dup_id (object, "last_message_id");
  channel->voice = natter_json_list (natter_json_array (object, "voice_state"), NATTER_PACKET_MAX_ITEMS,
                                     (NatterJsonRead) _natter_voice_user_data_read,
                                     (GDestroyNotify) _natter_voice_user_data_free);
  channel->threads = natter_json_list (natter_json_array (object, "threads"), NATTER_PACKET_MAX_ITEMS,
                                       (NatterJsonRead) _natter_thread_data_read,
                                       (GDestroyNotify) _natter_thread_data_free);
  channel->members = natter_json_strv (object, "members", NATTER_PACKET_MAX_NAMES);
  channel->owner = natter_json_dup_id (object, "owner");

  return channel;
}

static void
clear_channels (NatterPacket *packet)
{
  g_clear_pointer (&packet->channels, g_ptr_array_unref);
}

static gboolean
parse_channels (NatterPacket  *packet,
                JsonObject    *root,
                GError       **error)
{
  JsonArray *array = _natter_packet_find_array (root, "val", "channels");

  if (array == NULL)
    return _natter_packet_lacks (packet, "val", error);

  packet->channels = natter_json_list (array, NATTER_PACKET_MAX_ITEMS, parse_channel, (GDestroyNotify) channel_free);
  return TRUE;
}

static void
clear_channel (NatterPacket *packet)
{
  g_clear_pointer (&packet->channel, channel_free);
}

static gboolean
parse_one_channel (NatterPacket  *packet,
                   JsonObject    *root,
                   GError       **error)
{
  JsonObject *object = _natter_packet_find_object (root, "channel", "val");
  NatterChannelType type;

  if (object == NULL)
    return _natter_packet_lacks (packet, "channel", error);

  packet->channel = parse_channel (object);
  if (packet->channel != NULL)
    return TRUE;
  if (parse_type (natter_json_string (object, "type"), &type))
    return _natter_packet_lacks (packet, "name", error);

  /* A kind of channel that has yet to be invented. */
  packet->kind = NATTER_PACKET_UNKNOWN;
  return TRUE;
}

/* The name is in `channel` on newer servers and in `name` on April 2026 ones. */
static gboolean
parse_channel_delete (NatterPacket  *packet,
                      JsonObject    *root,
                      GError       **error)
{
  packet->place.channel = natter_json_dup_id (root, "channel");
  if (packet->place.channel == NULL)
    packet->place.channel = natter_json_dup_id (root, "name");
  return packet->place.channel != NULL || _natter_packet_lacks (packet, "channel", error);
}

const NatterPacketEntry natter_packet_channel_entries[] = {
  { "channels_get", NATTER_PACKET_CHANNELS, parse_channels, clear_channels },
  { "channel_get", NATTER_PACKET_CHANNEL, parse_one_channel, clear_channel },
  { "channel_create", NATTER_PACKET_CHANNEL, parse_one_channel, clear_channel },
  { "channel_update", NATTER_PACKET_CHANNEL, parse_one_channel, clear_channel },
  { "channel_kick", NATTER_PACKET_CHANNEL, parse_one_channel, clear_channel },
  { "channel_delete", NATTER_PACKET_CHANNEL_DELETE, parse_channel_delete, _natter_packet_clear_place },
  { NULL },
};
