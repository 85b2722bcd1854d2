/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Packets about the server as a whole: its name, its emoji, its slash commands. */

static void
clear_server (NatterPacket *packet)
{
  g_clear_pointer (&packet->server.name, g_free);
  g_clear_pointer (&packet->server.icon, g_free);
  g_clear_pointer (&packet->server.banner, g_free);
}

static gboolean
parse_server (NatterPacket  *packet,
              JsonObject    *root,
              GError       **error)
{
  packet->server.name = natter_json_dup_id (root, "name");
  packet->server.icon = natter_json_dup_id (root, "icon");
  packet->server.banner = natter_json_dup_id (root, "banner");
  return TRUE;
}

static void
emoji_free (NatterEmojiData *emoji)
{
  g_free (emoji->id);
  g_free (emoji->name);
  g_free (emoji->file_name);
  g_free (emoji->server);
  g_free (emoji);
}

/* @id: (transfer full) (nullable) */
static gpointer
read_emoji_with_id (JsonObject *object,
                    char       *id)
{
  const char *name = natter_json_id (object, "name");
  NatterEmojiData *emoji;

  if (id == NULL || *id == '\0' || name == NULL)
    {
      g_free (id);
      return NULL;
    }

  emoji = g_new0 (NatterEmojiData, 1);
  emoji->id = id;
  emoji->name = g_strdup (name);
  emoji->file_name = natter_json_dup_id (object, "fileName");
  if (emoji->file_name == NULL)
    emoji->file_name = natter_json_dup_id (object, "filename");
  emoji->server = natter_json_dup_id (object, "assetServerUrl");
  return emoji;
}

static gpointer
read_emoji (JsonObject *object)
{
  return read_emoji_with_id (object, natter_json_dup_lax_id (object, "id"));
}

static GPtrArray *
read_emoji_map (JsonObject *map)
{
  GPtrArray *emojis = g_ptr_array_new_with_free_func ((GDestroyNotify) emoji_free);
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, map);
  while (json_object_iter_next_ordered (&iter, &id, &node))
    {
      JsonObject *object = natter_json_node_object (node);
      gpointer emoji = object != NULL ? read_emoji_with_id (object, g_strdup (id)) : NULL;

      if (emoji != NULL)
        g_ptr_array_add (emojis, emoji);
    }

  return emojis;
}

static void
clear_emojis (NatterPacket *packet)
{
  g_clear_pointer (&packet->emojis, g_ptr_array_unref);
}

/* An object keyed by id, or on newer servers also an array. */
static gboolean
parse_emojis (NatterPacket  *packet,
              JsonObject    *root,
              GError       **error)
{
  JsonObject *map = _natter_packet_find_object (root, "emojis", "val");
  JsonArray *array = _natter_packet_find_array (root, "emojis", "val");

  if (map != NULL)
    packet->emojis = read_emoji_map (map);
  else if (array != NULL)
    packet->emojis = natter_json_list (array, NATTER_PACKET_MAX_ITEMS, read_emoji, (GDestroyNotify) emoji_free);

  return packet->emojis != NULL || _natter_packet_lacks (packet, "emojis", error);
}

static void
option_free (NatterSlashOptionData *option)
{
  g_free (option->name);
  g_free (option->description);
  g_free (option->type);
  g_strfreev (option->choices);
  g_free (option);
}

static gpointer
read_option (JsonObject *object)
{
  const char *name = natter_json_id (object, "name");
  NatterSlashOptionData *option;

  if (name == NULL)
    return NULL;

  option = g_new0 (NatterSlashOptionData, 1);
  option->name = g_strdup (name);
  option->description = natter_json_dup_id (object, "description");
  option->type = natter_json_dup_id (object, "type");
  if (option->type == NULL)
    option->type = g_strdup ("str");
  option->required = natter_json_bool (object, "required", FALSE);
  option->choices = natter_json_strv (object, "choices", NATTER_PACKET_MAX_NAMES);
  return option;
}

static void
command_free (NatterSlashCommandData *command)
{
  g_free (command->name);
  g_free (command->description);
  g_free (command->registered_by);
  g_clear_pointer (&command->options, g_ptr_array_unref);
  g_strfreev (command->only_roles);
  g_strfreev (command->forbidden_roles);
  g_free (command);
}

static gpointer
read_command (JsonObject *object)
{
  const char *name = natter_json_id (object, "name");
  NatterSlashCommandData *command;

  if (name == NULL)
    return NULL;

  command = g_new0 (NatterSlashCommandData, 1);
  command->name = g_strdup (name);
  command->description = natter_json_dup_id (object, "description");
  command->registered_by = natter_json_dup_id (object, "registeredBy");
  command->options = natter_json_list (natter_json_array (object, "options"), NATTER_PACKET_MAX_COMMAND_OPTIONS,
                                       read_option, (GDestroyNotify) option_free);
  command->only_roles = natter_json_strv (object, "whitelistRoles", NATTER_PACKET_MAX_NAMES);
  command->forbidden_roles = natter_json_strv (object, "blacklistRoles", NATTER_PACKET_MAX_NAMES);
  return command;
}

static void
clear_commands (NatterPacket *packet)
{
  g_clear_pointer (&packet->commands, g_ptr_array_unref);
}

static gboolean
parse_commands (NatterPacket  *packet,
                JsonObject    *root,
                GError       **error)
{
  JsonArray *array = _natter_packet_find_array (root, "commands", "val");

  if (array == NULL)
    return _natter_packet_lacks (packet, "commands", error);

  packet->commands = natter_json_list (array, NATTER_PACKET_MAX_ITEMS, read_command, (GDestroyNotify) command_free);
  return TRUE;
}

static void
clear_names (NatterPacket *packet)
{
  g_clear_pointer (&packet->names, g_strfreev);
}

static gboolean
parse_command_names (NatterPacket  *packet,
                     JsonObject    *root,
                     GError       **error)
{
  packet->names = natter_json_strv (root, "commands", NATTER_PACKET_MAX_NAMES);
  return packet->names != NULL || _natter_packet_lacks (packet, "commands", error);
}

const NatterPacketEntry natter_packet_server_entries[] = {
  { "server_update", NATTER_PACKET_SERVER_UPDATE, parse_server, clear_server },
  { "server_info", NATTER_PACKET_SERVER_UPDATE, parse_server, clear_server },
  { "emoji_get_all", NATTER_PACKET_EMOJIS, parse_emojis, clear_emojis },
  { "emoji_list", NATTER_PACKET_EMOJIS, parse_emojis, clear_emojis },
  { "slash_list", NATTER_PACKET_SLASH_COMMANDS, parse_commands, clear_commands },
  { "slash_add", NATTER_PACKET_SLASH_ADD, parse_commands, clear_commands },
  { "slash_remove", NATTER_PACKET_SLASH_REMOVE, parse_command_names, clear_names },
  { NULL },
};
