/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

#include <string.h>

/* What happens in a channel or thread without being a message: typing, reading. */

#define MAX_TYPING_MS 60000

void
_natter_packet_clear_place (NatterPacket *packet)
{
  g_clear_pointer (&packet->place.channel, g_free);
  g_clear_pointer (&packet->place.thread_id, g_free);
  g_clear_pointer (&packet->place.user, g_free);
  g_clear_pointer (&packet->place.last_read, g_free);
}

gboolean
_natter_packet_parse_place (NatterPacket  *packet,
                            JsonObject    *root,
                            GError       **error)
{
  packet->place.channel = natter_json_dup_id (root, "channel");
  packet->place.thread_id = natter_json_dup_id (root, "thread_id");
  return packet->place.channel != NULL || packet->place.thread_id != NULL ||
         _natter_packet_lacks (packet, "channel", error);
}

static gboolean
parse_typing (NatterPacket  *packet,
              JsonObject    *root,
              GError       **error)
{
  if (!_natter_packet_parse_place (packet, root, error))
    return FALSE;

  packet->place.user = natter_json_dup_id (root, "user");
  packet->place.duration_ms = (guint) natter_json_int (root, "duration", 0, MAX_TYPING_MS, NATTER_PACKET_TYPING_MS);
  return packet->place.user != NULL || _natter_packet_lacks (packet, "user", error);
}

static gboolean
parse_read_mark (NatterPacket  *packet,
                 JsonObject    *root,
                 GError       **error)
{
  packet->place.last_read = natter_json_dup_id (root, "last_read");
  if (packet->place.last_read == NULL)
    packet->place.last_read = natter_json_dup_id (root, "message_id");
  return _natter_packet_parse_place (packet, root, error);
}

static void
unread_free (NatterUnreadData *unread)
{
  g_free (unread->channel);
  g_free (unread->thread_id);
  g_free (unread->last_read);
  g_free (unread);
}

static NatterUnreadData *
read_unread (JsonObject *object)
{
  NatterUnreadData *unread = g_new0 (NatterUnreadData, 1);

  unread->channel = natter_json_dup_id (object, "channel");
  unread->thread_id = natter_json_dup_id (object, "thread_id");
  unread->last_read = natter_json_dup_id (object, "last_read");
  unread->unread = (int) natter_json_int (object, "unread_count", 0, G_MAXINT, 0);
  unread->total = (int) natter_json_int (object, "total_messages", 0, G_MAXINT, 0);
  unread->pings = (int) natter_json_int (object, "ping_count", 0, G_MAXINT, -1);
  return unread;
}

/* @key: the name of a channel, or "thread/ID" */
static void
set_unread_place (NatterUnreadData *unread,
                  const char       *key)
{
  static const char prefix[] = "thread/";

  g_clear_pointer (&unread->channel, g_free);
  g_clear_pointer (&unread->thread_id, g_free);
  if (g_str_has_prefix (key, prefix) && key[strlen (prefix)] != '\0')
    unread->thread_id = g_strdup (key + strlen (prefix));
  else
    unread->channel = g_strdup (key);
}

static void
clear_unreads (NatterPacket *packet)
{
  g_clear_pointer (&packet->unreads, g_ptr_array_unref);
}

static gboolean
parse_unreads (NatterPacket  *packet,
               JsonObject    *root,
               GError       **error)
{
  JsonObject *map = _natter_packet_find_object (root, "unreads", "val");
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (map == NULL)
    return _natter_packet_lacks (packet, "unreads", error);

  packet->unreads = g_ptr_array_new_with_free_func ((GDestroyNotify) unread_free);
  json_object_iter_init_ordered (&iter, map);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    {
      JsonObject *object = natter_json_node_object (node);
      NatterUnreadData *unread;

      if (object == NULL || *key == '\0')
        continue;
      unread = read_unread (object);
      set_unread_place (unread, key);
      g_ptr_array_add (packet->unreads, unread);
    }

  return TRUE;
}

static gboolean
parse_unreads_count (NatterPacket  *packet,
                     JsonObject    *root,
                     GError       **error)
{
  NatterUnreadData *unread = read_unread (root);

  packet->unreads = g_ptr_array_new_with_free_func ((GDestroyNotify) unread_free);
  g_ptr_array_add (packet->unreads, unread);
  return unread->channel != NULL || unread->thread_id != NULL || _natter_packet_lacks (packet, "channel", error);
}

const NatterPacketEntry natter_packet_place_entries[] = {
  { "typing", NATTER_PACKET_TYPING, parse_typing, _natter_packet_clear_place },
  { "unreads_update", NATTER_PACKET_UNREADS_UPDATE, parse_read_mark, _natter_packet_clear_place },
  { "unreads_ack", NATTER_PACKET_UNREADS_ACK, parse_read_mark, _natter_packet_clear_place },
  { "unreads_get", NATTER_PACKET_UNREADS, parse_unreads, clear_unreads },
  { "unreads_count", NATTER_PACKET_UNREADS, parse_unreads_count, clear_unreads },
  { NULL },
};
