/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Lists of messages: pages of the history, what was found, pinned, answered, or mentions somebody. */

static void
clear_history (NatterPacket *packet)
{
  g_clear_pointer (&packet->history.channel, g_free);
  g_clear_pointer (&packet->history.thread_id, g_free);
  g_clear_pointer (&packet->history.messages, g_ptr_array_unref);
  g_clear_pointer (&packet->history.query, g_free);
  g_clear_pointer (&packet->history.message_id, g_free);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const NatterMessageData *first = a;
  const NatterMessageData *second = b;

  return first->time < second->time ? -1 : first->time > second->time;
}

static void
reverse (GPtrArray *array)
{
  for (guint i = 0; i < array->len / 2; i++)
    {
      gpointer item = array->pdata[i];

      array->pdata[i] = array->pdata[array->len - 1 - i];
      array->pdata[array->len - 1 - i] = item;
    }
}

/* Servers keep messages in the order of arrival, which the stable sort keeps for equal times; some answer
 * newest first. */
static void
sort_messages (GPtrArray *messages)
{
  if (messages->len > 1 && compare_times (messages->pdata[0], messages->pdata[messages->len - 1]) > 0)
    reverse (messages);

  g_ptr_array_sort_values (messages, compare_times);
}

static GPtrArray *
parse_messages (JsonArray *array)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func ((GDestroyNotify) _natter_message_data_free);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint length = json_array_get_length (array);

  for (guint i = 0; i < length && messages->len < NATTER_PACKET_MAX_MESSAGES; i++)
    {
      JsonObject *object = natter_json_node_object (json_array_get_element (array, i));
      NatterMessageData *message = object != NULL ? _natter_message_data_read (object) : NULL;

      if (message == NULL)
        continue;
      if (g_hash_table_contains (seen, message->id))
        {
          _natter_message_data_free (message);
          continue;
        }
      g_hash_table_add (seen, message->id);
      g_ptr_array_add (messages, message);
    }

  return messages;
}

static gboolean
parse_list (NatterPacket  *packet,
            JsonObject    *root,
            JsonArray     *array,
            const char    *name,
            GError       **error)
{
  NatterHistoryData *history = &packet->history;

  history->offset = history->total = -1;
  if (array == NULL)
    return _natter_packet_lacks (packet, name, error);

  history->channel = natter_json_dup_id (root, "channel");
  history->thread_id = natter_json_dup_id (root, "thread_id");
  history->messages = parse_messages (array);
  return TRUE;
}

static gboolean
parse_history (NatterPacket  *packet,
               JsonObject    *root,
               GError       **error)
{
  NatterHistoryData *history = &packet->history;

  if (!parse_list (packet, root, _natter_packet_find_array (root, "val", "messages"), "messages", error))
    return FALSE;

  history->has_at_start = natter_json_bool (root, "at_start", FALSE) == natter_json_bool (root, "at_start", TRUE);
  history->at_start = natter_json_bool (root, "at_start", FALSE);
  sort_messages (history->messages);
  return TRUE;
}

static gboolean
parse_found (NatterPacket  *packet,
             JsonObject    *root,
             GError       **error)
{
  packet->history.query = natter_json_dup_string (root, "query");
  return parse_list (packet, root, _natter_packet_find_array (root, "results", "val"), "results", error);
}

static gboolean
parse_pinned (NatterPacket  *packet,
              JsonObject    *root,
              GError       **error)
{
  return parse_list (packet, root, _natter_packet_find_array (root, "val", "messages"), "messages", error);
}

static gboolean
parse_replies (NatterPacket  *packet,
               JsonObject    *root,
               GError       **error)
{
  packet->history.message_id = natter_json_dup_id (root, "message_id");
  return parse_list (packet, root, _natter_packet_find_array (root, "replies", "val"), "replies", error);
}

static gboolean
parse_pings (NatterPacket  *packet,
             JsonObject    *root,
             GError       **error)
{
  if (!parse_pinned (packet, root, error))
    return FALSE;

  packet->history.offset = (int) natter_json_int (root, "offset", 0, G_MAXINT, -1);
  packet->history.total = (int) natter_json_int (root, "total", 0, G_MAXINT, -1);
  return TRUE;
}

const NatterPacketEntry natter_packet_history_entries[] = {
  { "messages_get", NATTER_PACKET_MESSAGES, parse_history, clear_history },
  { "messages_around", NATTER_PACKET_MESSAGES, parse_history, clear_history },
  { "thread_messages", NATTER_PACKET_MESSAGES, parse_history, clear_history },
  { "messages_search", NATTER_PACKET_MESSAGES_FOUND, parse_found, clear_history },
  { "messages_pinned", NATTER_PACKET_MESSAGES_PINNED, parse_pinned, clear_history },
  { "message_replies", NATTER_PACKET_MESSAGE_REPLIES, parse_replies, clear_history },
  { "pings_get", NATTER_PACKET_PINGS, parse_pings, clear_history },
  { NULL },
};
