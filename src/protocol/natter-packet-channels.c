/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Packets about channels and threads, and what happens in one without being a message. */

void
natter_thread_data_free (NatterThreadData *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->parent_channel);
  g_free (self->created_by);
  g_strfreev (self->participants);
  g_free (self->last_message_id);
  g_free (self);
}

static char **
dup_names (JsonObject *object, const char *name)
{
  char **names = natter_json_strv (object, name, NATTER_PACKET_MAX_NAMES);

  return names != NULL ? names : g_new0 (char *, 1);
}

/* NULL when @object has no id. */
NatterThreadData *
natter_thread_data_parse (JsonObject *object)
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
  thread->participants = dup_names (object, "participants");
  thread->last_message = natter_json_time (object, "last_message");
  thread->last_message_id = natter_json_dup_id (object, "last_message_id");

  return thread;
}

static void
voice_user_free (NatterVoiceUserData *user)
{
  g_free (user->username);
  g_free (user->peer_id);
  g_free (user);
}

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
parse_type (const char *word, NatterChannelType *type)
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
parse_rights (NatterChannelRights *rights, JsonObject *object)
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

/* NULL when it names nobody. */
static NatterVoiceUserData *
parse_voice_user (JsonObject *object)
{
  const char *username = natter_json_id (object, "username");
  NatterVoiceUserData *user;

  if (username == NULL)
    return NULL;

  user = g_new0 (NatterVoiceUserData, 1);
  user->username = g_strdup (username);
  user->peer_id = natter_json_dup_id (object, "peer_id");
  user->muted = natter_json_bool (object, "muted", FALSE);
  return user;
}

/* An array of what @parse makes of the objects in @array, which may be NULL. */
static GPtrArray *
parse_objects (JsonArray *array, gpointer (*parse) (JsonObject *object), GDestroyNotify free_item)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;
  GPtrArray *items = g_ptr_array_new_full (length, free_item);

  for (guint i = 0; i < length; i++)
    {
      JsonObject *object = natter_json_node_object (json_array_get_element (array, i));
      gpointer item = object != NULL ? parse (object) : NULL;

      if (item != NULL)
        g_ptr_array_add (items, item);
    }

  return items;
}

/* NULL when it has a type that is not known, or no name. */
static NatterChannelData *
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
  channel->has_live = json_object_has_member (object, "last_message") || json_object_has_member (object, "voice_state") ||
                      json_object_has_member (object, "threads");
  channel->last_message = natter_json_time (object, "last_message");
  channel->last_message_id = natter_json_dup_id (object, "last_message_id");
  channel->voice = parse_objects (natter_json_array (object, "voice_state"),
                                  (gpointer (*) (JsonObject *)) parse_voice_user, (GDestroyNotify) voice_user_free);
  channel->threads = parse_objects (natter_json_array (object, "threads"),
                                    (gpointer (*) (JsonObject *)) natter_thread_data_parse,
                                    (GDestroyNotify) natter_thread_data_free);
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
parse_channels (NatterPacket *packet, JsonObject *root, GError **error)
{
  JsonArray *array = natter_json_array (root, "val");

  if (array == NULL)
    array = natter_json_array (root, "channels");
  if (array == NULL)
    return natter_packet_lacks (packet, "val", error);

  packet->channels = parse_objects (array, (gpointer (*) (JsonObject *)) parse_channel, (GDestroyNotify) channel_free);
  return TRUE;
}

static void
clear_place (NatterPacket *packet)
{
  g_clear_pointer (&packet->place.channel, g_free);
  g_clear_pointer (&packet->place.thread_id, g_free);
  g_clear_pointer (&packet->place.user, g_free);
  g_clear_pointer (&packet->place.last_read, g_free);
}

static gboolean
parse_place (NatterPacket *packet, JsonObject *root, GError **error)
{
  packet->place.channel = natter_json_dup_id (root, "channel");
  packet->place.thread_id = natter_json_dup_id (root, "thread_id");
  return packet->place.channel != NULL || packet->place.thread_id != NULL ||
         natter_packet_lacks (packet, "channel", error);
}

static gboolean
parse_typing (NatterPacket *packet, JsonObject *root, GError **error)
{
  if (!parse_place (packet, root, error))
    return FALSE;

  packet->place.user = natter_json_dup_id (root, "user");
  packet->place.duration_ms = (guint) natter_json_int (root, "duration", 0, 10 * NATTER_PACKET_TYPING_MS,
                                                       NATTER_PACKET_TYPING_MS);
  return packet->place.user != NULL || natter_packet_lacks (packet, "user", error);
}

static gboolean
parse_unreads_update (NatterPacket *packet, JsonObject *root, GError **error)
{
  packet->place.last_read = natter_json_dup_id (root, "last_read");
  return parse_place (packet, root, error);
}

const NatterPacketEntry natter_packet_channel_entries[] = {
  { "channels_get", NATTER_PACKET_CHANNELS, parse_channels, clear_channels },
  { "typing", NATTER_PACKET_TYPING, parse_typing, clear_place },
  { "unreads_update", NATTER_PACKET_UNREADS_UPDATE, parse_unreads_update, clear_place },
  { NULL },
};
