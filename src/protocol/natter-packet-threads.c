/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Packets about threads. */

void
_natter_thread_data_free (NatterThreadData *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->parent_channel);
  g_free (self->created_by);
  g_strfreev (self->participants);
  g_free (self->last_message_id);
  g_free (self);
}

/* NULL when @object has no id. */
NatterThreadData *
_natter_thread_data_read (JsonObject *object)
{
  const char *id = natter_json_id (object, "id");
  NatterThreadData *thread;

  if (id == NULL)
    return NULL;

  thread = g_new0 (NatterThreadData, 1);
  thread->id = g_strdup (id);
  thread->name = natter_json_dup_id (object, "name");
  thread->parent_channel = natter_json_dup_id (object, "parent_channel");
  thread->created_by = natter_json_dup_id (object, "created_by");
  thread->created = natter_json_time (object, "created_at");
  thread->locked = natter_json_bool (object, "locked", FALSE);
  thread->archived = natter_json_bool (object, "archived", FALSE);
  thread->pinned = natter_json_bool (object, "pinned", FALSE);
  thread->participants = _natter_packet_names (object, "participants");
  thread->last_message = natter_json_time (object, "last_message");
  thread->last_message_id = natter_json_dup_id (object, "last_message_id");

  return thread;
}

static void
clear_thread (NatterPacket *packet)
{
  g_clear_pointer (&packet->thread.channel, g_free);
  g_clear_pointer (&packet->thread.thread_id, g_free);
  g_clear_pointer (&packet->thread.user, g_free);
  g_clear_pointer (&packet->thread.thread, _natter_thread_data_free);
}

static void
read_event (NatterPacket *packet,
            JsonObject   *root)
{
  NatterThreadEventData *event = &packet->thread;
  JsonObject *object = _natter_packet_find_object (root, "thread", "val");

  event->thread = object != NULL ? _natter_thread_data_read (object) : NULL;
  event->channel = natter_json_dup_id (root, "channel");
  event->thread_id = natter_json_dup_id (root, "thread_id");
  event->user = natter_json_dup_id (root, "user");
  if (event->thread == NULL)
    return;

  if (event->thread_id == NULL)
    event->thread_id = g_strdup (event->thread->id);
  if (event->channel == NULL)
    event->channel = g_strdup (event->thread->parent_channel);
}

static gboolean
parse_thread (NatterPacket  *packet,
              JsonObject    *root,
              GError       **error)
{
  read_event (packet, root);
  return packet->thread.thread != NULL || _natter_packet_lacks (packet, "thread", error);
}

static gboolean
parse_thread_delete (NatterPacket  *packet,
                     JsonObject    *root,
                     GError       **error)
{
  read_event (packet, root);
  return packet->thread.thread_id != NULL || _natter_packet_lacks (packet, "thread_id", error);
}

static gboolean
parse_participant (NatterPacket  *packet,
                   JsonObject    *root,
                   GError       **error)
{
  if (!parse_thread_delete (packet, root, error))
    return FALSE;

  return packet->thread.user != NULL || _natter_packet_lacks (packet, "user", error);
}

static void
clear_threads (NatterPacket *packet)
{
  g_clear_pointer (&packet->threads, g_ptr_array_unref);
}

static gboolean
parse_threads (NatterPacket  *packet,
               JsonObject    *root,
               GError       **error)
{
  JsonArray *array = _natter_packet_find_array (root, "threads", "val");

  if (array == NULL)
    return _natter_packet_lacks (packet, "threads", error);

  packet->threads = natter_json_list (array, NATTER_PACKET_MAX_ITEMS,
                                      (NatterJsonRead) _natter_thread_data_read,
                                      (GDestroyNotify) _natter_thread_data_free);
  return TRUE;
}

const NatterPacketEntry natter_packet_thread_entries[] = {
  { "threads_get", NATTER_PACKET_THREADS, parse_threads, clear_threads },
  { "thread_get", NATTER_PACKET_THREAD, parse_thread, clear_thread },
  { "thread_create", NATTER_PACKET_THREAD_NEW, parse_thread, clear_thread },
  { "thread_new", NATTER_PACKET_THREAD_NEW, parse_thread, clear_thread },
  { "thread_update", NATTER_PACKET_THREAD_UPDATE, parse_thread, clear_thread },
  { "thread_delete", NATTER_PACKET_THREAD_DELETE, parse_thread_delete, clear_thread },
  { "thread_join", NATTER_PACKET_THREAD_JOIN, parse_participant, clear_thread },
  { "thread_leave", NATTER_PACKET_THREAD_LEAVE, parse_participant, clear_thread },
  { NULL },
};
