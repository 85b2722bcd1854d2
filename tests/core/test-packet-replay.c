/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "captures.h"
#include "natter-json-private.h"
#include "packet-compare.h"

/* Every frame of the recordings is parsed, under fatal warnings, and compared with its JSON. */

static const struct
{
  const char      *command;
  NatterPacketKind kind;
} kinds[] = {
  { "handshake", NATTER_PACKET_HANDSHAKE },
  { "auth_success", NATTER_PACKET_AUTH_SUCCESS },
  { "auth_error", NATTER_PACKET_AUTH_ERROR },
  { "ready", NATTER_PACKET_READY },
  { "ping", NATTER_PACKET_PING },
  { "pong", NATTER_PACKET_PONG },
  { "error", NATTER_PACKET_ERROR },
  { "rate_limit", NATTER_PACKET_RATE_LIMIT },
  { "disconnect", NATTER_PACKET_DISCONNECT },
  { "channels_get", NATTER_PACKET_CHANNELS },
  { "messages_get", NATTER_PACKET_MESSAGES },
  { "messages_around", NATTER_PACKET_MESSAGES },
  { "thread_messages", NATTER_PACKET_MESSAGES },
  { "message_get", NATTER_PACKET_MESSAGE },
  { "message_new", NATTER_PACKET_MESSAGE_NEW },
  { "message_edit", NATTER_PACKET_MESSAGE_EDIT },
  { "message_delete", NATTER_PACKET_MESSAGE_DELETE },
  { "typing", NATTER_PACKET_TYPING },
  { "users_list", NATTER_PACKET_USERS },
  { "users_online", NATTER_PACKET_USERS_ONLINE },
  { "user_connect", NATTER_PACKET_USER_CONNECT },
  { "user_disconnect", NATTER_PACKET_USER_DISCONNECT },
  { "user_join", NATTER_PACKET_USER_JOIN },
  { "user_leave", NATTER_PACKET_USER_LEAVE },
  { "roles_list", NATTER_PACKET_ROLES },
  { "user_roles_get", NATTER_PACKET_USER_ROLES },
  { "unreads_update", NATTER_PACKET_UNREADS_UPDATE },
  { "messages_search", NATTER_PACKET_MESSAGES_FOUND },
  { "messages_pinned", NATTER_PACKET_MESSAGES_PINNED },
  { "message_replies", NATTER_PACKET_MESSAGE_REPLIES },
  { "pings_get", NATTER_PACKET_PINGS },
  { "message_pin", NATTER_PACKET_MESSAGE_PIN },
  { "message_unpin", NATTER_PACKET_MESSAGE_UNPIN },
  { "message_react_add", NATTER_PACKET_REACTION_ADD },
  { "message_react_remove", NATTER_PACKET_REACTION_REMOVE },
  { "channel_create", NATTER_PACKET_CHANNEL },
  { "channel_update", NATTER_PACKET_CHANNEL },
  { "channel_delete", NATTER_PACKET_CHANNEL_DELETE },
  { "thread_get", NATTER_PACKET_THREAD },
  { "thread_create", NATTER_PACKET_THREAD_NEW },
  { "thread_update", NATTER_PACKET_THREAD_UPDATE },
  { "thread_delete", NATTER_PACKET_THREAD_DELETE },
  { "thread_join", NATTER_PACKET_THREAD_JOIN },
  { "thread_leave", NATTER_PACKET_THREAD_LEAVE },
  { "unreads_get", NATTER_PACKET_UNREADS },
  { "unreads_count", NATTER_PACKET_UNREADS },
  { "unreads_ack", NATTER_PACKET_UNREADS_ACK },
  { "status_get", NATTER_PACKET_STATUS },
  { "status", NATTER_PACKET_STATUS },
  { "status_set", NATTER_PACKET_STATUS_SET },
  { "user_updated", NATTER_PACKET_USER_UPDATED },
  { "user_update", NATTER_PACKET_USER_UPDATED },
  { "nickname_update", NATTER_PACKET_USER_UPDATED },
  { "nickname_remove", NATTER_PACKET_USER_UPDATED },
  { "server_update", NATTER_PACKET_SERVER_UPDATE },
  { "server_info", NATTER_PACKET_SERVER_UPDATE },
  { "emoji_get_all", NATTER_PACKET_EMOJIS },
  { "slash_list", NATTER_PACKET_SLASH_COMMANDS },
  { "slash_add", NATTER_PACKET_SLASH_ADD },
  { "slash_remove", NATTER_PACKET_SLASH_REMOVE },
  { "voice_state", NATTER_PACKET_VOICE_STATE },
  { "voice_join", NATTER_PACKET_VOICE_STATE },
  { "voice_user_joined", NATTER_PACKET_VOICE_JOINED },
  { "voice_user_updated", NATTER_PACKET_VOICE_UPDATED },
  { "voice_mute", NATTER_PACKET_VOICE_UPDATED },
  { "voice_unmute", NATTER_PACKET_VOICE_UPDATED },
  { "voice_user_left", NATTER_PACKET_VOICE_LEFT },
  { "voice_leave", NATTER_PACKET_VOICE_LEFT },
  { "poll_get", NATTER_PACKET_POLL },
  { "poll_create", NATTER_PACKET_POLL_CREATED },
  { "poll_vote", NATTER_PACKET_POLL_VOTE },
  { "poll_vote_update", NATTER_PACKET_POLL_VOTE },
  { "poll_end", NATTER_PACKET_POLL_END },
  { "poll_results", NATTER_PACKET_POLL_RESULTS },
};

/* Answers that only tell whether it worked, or that nothing shows yet. */
static const char *const unknown[] = {
  "attachment_deleted", "attachment_info", "channel_move", "embeds_list", "emoji_add", "emoji_delete",
  "emoji_get_filename", "emoji_get_id", "emoji_update", "modlog_get", "modlog_summary", "pfp_get", "pfp_set",
  "plugins_list", "plugins_reload", "push_subscribed", "push_unsubscribed", "push_vapid", "rate_limit_reset",
  "rate_limit_status", "role_create", "role_delete", "role_permissions_get", "role_permissions_set",
  "role_reorder", "role_set", "role_update", "self_role_add", "self_role_remove", "self_roles_list",
  "slash_call", "slash_register", "user_ban", "user_timeout", "user_unban", "users_banned_list",
  "webhook_create", "webhook_delete", "webhook_get", "webhook_list", "webhook_regenerate", "webhook_update",
  NULL,
};

static NatterPacketKind
expected_kind (const char *command)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].command, command))
        return kinds[i].kind;
    }

  if (!g_strv_contains (unknown, command))
    g_error ("“%s” is in no list", command);
  return NATTER_PACKET_UNKNOWN;
}

static void
test_frames (void)
{
  g_autoptr(GPtrArray) frames = captures_load ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (frames->len, >, 2000);
  for (guint i = 0; i < frames->len; i++)
    {
      const CapturedFrame *frame = frames->pdata[i];
      g_autoptr(GError) error = NULL;
      g_autoptr(NatterPacket) packet = NULL;
      g_autoptr(JsonNode) node = NULL;

      g_test_message ("%s", frame->place);
      packet = natter_packet_parse (frame->text, strlen (frame->text), &error);
      g_assert_no_error (error);
      g_assert_cmpint (packet->kind, ==, expected_kind (packet->command));

      /* Mended, since some of the frames are no JSON. */
      node = natter_json_parse (frame->text, strlen (frame->text), &error);
      g_assert_no_error (error);
      packet_compare (packet, json_node_get_object (node));
      g_hash_table_add (seen, g_strdup (packet->command));
    }

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_true (g_hash_table_contains (seen, kinds[i].command));
}

/* What was sent comes out as it was sent, other than the halves of pairs. */
static void
test_nasty (void)
{
  g_autoptr(GPtrArray) frames = captures_load ();
  gboolean found = FALSE;

  for (guint i = 0; i < frames->len; i++)
    {
      const CapturedFrame *frame = frames->pdata[i];
      g_autoptr(NatterPacket) packet = NULL;

      if (strstr (frame->text, "half a pair") == NULL || strstr (frame->text, "\"status_get\"") == NULL)
        continue;
      packet = natter_packet_parse (frame->text, strlen (frame->text), NULL);
      g_assert_nonnull (packet);
      g_assert_cmpstr (packet->user->status_text, ==, "half a pair \357\277\275 here");
      found = TRUE;
    }

  g_assert_true (found);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/packet/replay/frames", test_frames);
  g_test_add_func ("/packet/replay/nasty", test_nasty);

  return g_test_run ();
}
