/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-compare-private.h"

static void
compare_emojis (JsonObject *map,
                GPtrArray  *actual)
{
  g_autoptr(GList) ids = json_object_get_members (map);
  guint i = 0;

  g_assert_cmpuint (actual->len, ==, g_list_length (ids));
  for (GList *item = ids; item != NULL; item = item->next, i++)
    {
      JsonObject *object = json_object_get_object_member (map, item->data);
      const NatterEmojiData *emoji = actual->pdata[i];

      ASSERT_KNOWN (object, "name", "fileName");
      g_assert_cmpstr (emoji->id, ==, item->data);
      assert_text (object, "name", emoji->name);
      assert_text (object, "fileName", emoji->file_name);
    }
}

static void
compare_slash_option (JsonObject    *object,
                      gconstpointer  item)
{
  const NatterSlashOptionData *option = item;

  ASSERT_KNOWN (object, "name", "description", "type", "choices", "required");
  assert_text (object, "name", option->name);
  assert_text (object, "description", option->description);
  assert_text (object, "type", option->type);
  assert_flag (object, "required", option->required);
  assert_names (object, "choices", option->choices);
}

static void
compare_slash_command (JsonObject    *object,
                       gconstpointer  item)
{
  const NatterSlashCommandData *command = item;

  /* "ephemeral" has no effect on these servers. */
  ASSERT_KNOWN (object, "name", "description", "options", "whitelistRoles", "blacklistRoles", "ephemeral",
                "registeredBy");
  assert_text (object, "name", command->name);
  assert_text (object, "description", command->description);
  assert_text (object, "registeredBy", command->registered_by);
  assert_list (object, "options", command->options, compare_slash_option);
  assert_names (object, "whitelistRoles", command->only_roles);
  assert_names (object, "blacklistRoles", command->forbidden_roles);
}

static void
compare_handshake (JsonObject      *value,
                   NatterHandshake *handshake)
{
  JsonObject *server = child (value, "server");
  JsonObject *limits = child (value, "limits");
  JsonObject *attachments = child (value, "attachments");

  ASSERT_KNOWN (value, "server", "limits", "attachments", "version", "validator_key", "capabilities", "permissions",
                "auth_mode");
  ASSERT_KNOWN (server, "name", "owner", "icon", "banner", "url");
  ASSERT_KNOWN (limits, "post_content", "search_results");
  ASSERT_KNOWN (attachments, "enabled", "max_size", "allowed_types", "max_attachments_per_user", "permanent_tiers");
  assert_text (server, "name", natter_handshake_get_name (handshake));
  assert_text (child (server, "owner"), "name", natter_handshake_get_owner (handshake));
  assert_text (server, "icon", natter_handshake_get_icon (handshake));
  assert_text (server, "banner", natter_handshake_get_banner (handshake));
  assert_text (server, "url", natter_handshake_get_url (handshake));
  assert_number (limits, "post_content", natter_handshake_get_max_message (handshake));
  assert_number (limits, "search_results", natter_handshake_get_max_results (handshake));
  assert_flag (attachments, "enabled", natter_handshake_get_uploads (handshake));
  assert_number (attachments, "max_size", (gint64) natter_handshake_get_max_upload (handshake));
  assert_number (attachments, "max_attachments_per_user", natter_handshake_get_uploads_per_user (handshake));
  assert_names (attachments, "allowed_types", (char **) natter_handshake_get_upload_types (handshake));
  assert_names (attachments, "permanent_tiers", (char **) natter_handshake_get_permanent_tiers (handshake));
  assert_text (value, "version", natter_handshake_get_version (handshake));
  assert_text (value, "validator_key", natter_handshake_get_validator_key (handshake));
  assert_names (value, "capabilities", (char **) natter_handshake_get_capabilities (handshake));
  assert_names (value, "permissions", (char **) natter_handshake_get_permissions (handshake));
  g_assert_cmpint (natter_handshake_get_auth_mode (handshake), !=, NATTER_AUTH_UNKNOWN);
  g_assert_false (natter_handshake_is_new_generation (handshake));
}

static void
compare_refusal (JsonObject   *root,
                 NatterPacket *packet)
{
  ASSERT_KNOWN (root, "cmd", "listener", "val", "src", "reason", "length");
  assert_text (root, member (root, "val") != NULL ? "val" : "reason", packet->refusal.text);
  assert_text (root, "src", packet->refusal.source);
  assert_number (root, "length", packet->refusal.length_ms);
}

void
packet_compare (NatterPacket *packet,
                JsonObject   *root)
{
  assert_text (root, "cmd", packet->command);
  assert_text (root, "listener", packet->listener);

  switch (packet->kind)
    {
    case NATTER_PACKET_UNKNOWN:
    case NATTER_PACKET_AUTH_SUCCESS:
    case NATTER_PACKET_PING:
    case NATTER_PACKET_PONG:
    case NATTER_PACKET_STATUS_SET:
      break;

    case NATTER_PACKET_HANDSHAKE:
      compare_handshake (child (root, "val"), packet->handshake);
      break;

    case NATTER_PACKET_AUTH_ERROR:
    case NATTER_PACKET_ERROR:
    case NATTER_PACKET_RATE_LIMIT:
    case NATTER_PACKET_DISCONNECT:
      compare_refusal (root, packet);
      break;

    case NATTER_PACKET_CHANNELS:
      assert_list (root, "val", packet->channels, compare_channel);
      break;

    case NATTER_PACKET_CHANNEL:
      compare_channel (child (root, "channel"), packet->channel);
      break;

    case NATTER_PACKET_MESSAGES:
    case NATTER_PACKET_MESSAGES_FOUND:
    case NATTER_PACKET_MESSAGES_PINNED:
    case NATTER_PACKET_MESSAGE_REPLIES:
    case NATTER_PACKET_PINGS:
      compare_history (root, &packet->history);
      break;

    case NATTER_PACKET_MESSAGE:
    case NATTER_PACKET_MESSAGE_NEW:
    case NATTER_PACKET_MESSAGE_EDIT:
    case NATTER_PACKET_MESSAGE_DELETE:
      compare_message_event (root, &packet->message);
      break;

    case NATTER_PACKET_MESSAGE_PIN:
    case NATTER_PACKET_MESSAGE_UNPIN:
      ASSERT_KNOWN (root, "cmd", "listener", "global", "id", "channel", "pinned");
      assert_text (root, "id", packet->pin.id);
      assert_text (root, "channel", packet->pin.channel);
      assert_flag (root, "pinned", packet->pin.flag);
      break;

    case NATTER_PACKET_REACTION_ADD:
    case NATTER_PACKET_REACTION_REMOVE:
      ASSERT_KNOWN (root, "cmd", "listener", "global", "id", "channel", "thread_id", "emoji", "from");
      assert_text (root, "id", packet->reaction.id);
      assert_text (root, "channel", packet->reaction.channel);
      assert_text (root, "thread_id", packet->reaction.thread_id);
      assert_text (root, "emoji", packet->reaction.emoji);
      assert_text (root, "from", packet->reaction.user);
      break;

    case NATTER_PACKET_TYPING:
    case NATTER_PACKET_UNREADS_UPDATE:
    case NATTER_PACKET_UNREADS_ACK:
    case NATTER_PACKET_CHANNEL_DELETE:
    case NATTER_PACKET_CHANNEL_LEAVE:
      compare_place (root, packet);
      break;

    case NATTER_PACKET_UNREADS:
      compare_unreads (root, packet->unreads);
      break;

    case NATTER_PACKET_USERS:
    case NATTER_PACKET_USERS_ONLINE:
      compare_users (root, packet->users);
      break;

    case NATTER_PACKET_READY:
    case NATTER_PACKET_USER_CONNECT:
    case NATTER_PACKET_USER_DISCONNECT:
    case NATTER_PACKET_USER_JOIN:
    case NATTER_PACKET_USER_LEAVE:
    case NATTER_PACKET_USER_KICK:
      compare_somebody (root, packet->user);
      break;

    case NATTER_PACKET_USER_ROLES:
      assert_text (root, "user", packet->user->username);
      assert_names (root, "roles", packet->user->roles);
      assert_text (root, "color", packet->user->color);
      break;

    case NATTER_PACKET_USER_UPDATED:
      compare_user_updated (root, packet->user);
      break;

    case NATTER_PACKET_STATUS:
      compare_user (root, packet->user);
      break;

    case NATTER_PACKET_ROLES:
      compare_roles (child (root, "roles") != NULL ? child (root, "roles") : child (root, "val"), packet->roles);
      break;

    case NATTER_PACKET_THREADS:
      assert_list (root, "threads", packet->threads, compare_thread);
      break;

    case NATTER_PACKET_THREAD:
    case NATTER_PACKET_THREAD_NEW:
    case NATTER_PACKET_THREAD_UPDATE:
    case NATTER_PACKET_THREAD_DELETE:
    case NATTER_PACKET_THREAD_JOIN:
    case NATTER_PACKET_THREAD_LEAVE:
      compare_thread_event (root, &packet->thread);
      break;

    case NATTER_PACKET_SERVER_UPDATE:
      ASSERT_KNOWN (root, "cmd", "listener", "name", "icon", "banner");
      assert_text (root, "name", packet->server.name);
      assert_text (root, "icon", packet->server.icon);
      assert_text (root, "banner", packet->server.banner);
      break;

    case NATTER_PACKET_EMOJIS:
      compare_emojis (child (root, "emojis"), packet->emojis);
      break;

    case NATTER_PACKET_SLASH_COMMANDS:
    case NATTER_PACKET_SLASH_ADD:
      assert_list (root, "commands", packet->commands, compare_slash_command);
      break;

    case NATTER_PACKET_SLASH_REMOVE:
      assert_names (root, "commands", packet->names);
      break;

    case NATTER_PACKET_VOICE_STATE:
    case NATTER_PACKET_VOICE_JOINED:
    case NATTER_PACKET_VOICE_UPDATED:
    case NATTER_PACKET_VOICE_LEFT:
      compare_voice (root, &packet->voice);
      break;

    case NATTER_PACKET_POLL:
      compare_poll (child (root, "poll"), packet->poll);
      break;

    case NATTER_PACKET_POLL_CREATED:
    case NATTER_PACKET_POLL_VOTE:
    case NATTER_PACKET_POLL_END:
    case NATTER_PACKET_POLL_RESULTS:
      compare_vote (root, &packet->vote);
      break;

    default:
      g_error ("Nothing compares packets of kind %d", packet->kind);
    }
}
