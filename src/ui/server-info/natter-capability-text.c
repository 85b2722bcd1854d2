/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-capability-text"

#include "config.h"

#include "natter-capability-text.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  const char *text;
} Text;

/* Sorted by name. What the servers of April 2026, and some of the newer ones, list in their handshake. */
static const Text capabilities[] = {
  { "attachment_delete", N_("Delete attachments") },
  { "attachment_get", N_("Look up attachments") },
  { "attachment_upload", N_("Upload attachments") },
  { "auth", N_("Sign in with Rotur") },
  { "capabilities", N_("List its features") },
  { "channel_create", N_("Create channels") },
  { "channel_delete", N_("Delete channels") },
  { "channel_get", N_("Look up a channel") },
  { "channel_kick", N_("Remove people from a channel") },
  { "channel_move", N_("Move channels") },
  { "channel_update", N_("Change channels") },
  { "channels_get", N_("List channels") },
  { "embeds_list", N_("List link previews") },
  { "emoji_add", N_("Add emoji") },
  { "emoji_delete", N_("Delete emoji") },
  { "emoji_get_all", N_("List emoji") },
  { "emoji_get_filename", N_("Look up emoji by file") },
  { "emoji_get_id", N_("Look up emoji") },
  { "emoji_list", N_("List emoji") },
  { "emoji_update", N_("Change emoji") },
  { "events", N_("Tell about events") },
  { "login", N_("Sign in with a server account") },
  { "message_delete", N_("Delete messages") },
  { "message_edit", N_("Edit messages") },
  { "message_get", N_("Look up a message") },
  { "message_new", N_("Send messages") },
  { "message_pin", N_("Pin messages") },
  { "message_react_add", N_("React to messages") },
  { "message_react_remove", N_("Remove reactions") },
  { "message_replies", N_("List replies") },
  { "message_signatures_v1", N_("Sign messages") },
  { "message_unpin", N_("Unpin messages") },
  { "messages_around", N_("Read around a message") },
  { "messages_get", N_("Read the history") },
  { "messages_pinned", N_("List pinned messages") },
  { "messages_search", N_("Search messages") },
  { "modlog_get", N_("Read the moderation log") },
  { "modlog_summary", N_("Summarize the moderation log") },
  { "nickname_remove", N_("Remove nicknames") },
  { "nickname_update", N_("Change nicknames") },
  { "ping", N_("Measure the latency") },
  { "pings_get", N_("List mentions") },
  { "plugins_list", N_("List plugins") },
  { "plugins_reload", N_("Reload plugins") },
  { "poll_create", N_("Start polls") },
  { "poll_end", N_("End polls") },
  { "poll_get", N_("Look up polls") },
  { "poll_results", N_("Show the results of polls") },
  { "poll_vote", N_("Vote in polls") },
  { "push_get_vapid", N_("Offer push notifications") },
  { "push_subscribe", N_("Turn on push notifications") },
  { "push_unsubscribe", N_("Turn off push notifications") },
  { "rate_limit_reset", N_("Lift rate limits") },
  { "rate_limit_status", N_("Show rate limits") },
  { "reaction_add", N_("React to messages") },
  { "reaction_remove", N_("Remove reactions") },
  { "register", N_("Create a server account") },
  { "role_create", N_("Create roles") },
  { "role_delete", N_("Delete roles") },
  { "role_reorder", N_("Order roles") },
  { "role_update", N_("Change roles") },
  { "roles_list", N_("List roles") },
  { "self_role_add", N_("Choose own roles") },
  { "self_role_remove", N_("Give up own roles") },
  { "self_roles_list", N_("List roles that people can choose") },
  { "server_info", N_("Describe the server") },
  { "server_side_embeds", N_("Preview links") },
  { "server_update", N_("Change the server") },
  { "slash_call", N_("Use slash commands") },
  { "slash_list", N_("List slash commands") },
  { "slash_register", N_("Register slash commands") },
  { "slash_response", N_("Answer slash commands") },
  { "status_get", N_("Look up a status") },
  { "status_set", N_("Set a status") },
  { "thread_create", N_("Start threads") },
  { "thread_delete", N_("Delete threads") },
  { "thread_get", N_("Look up a thread") },
  { "thread_join", N_("Join threads") },
  { "thread_leave", N_("Leave threads") },
  { "thread_messages", N_("Read threads") },
  { "thread_pin", N_("Pin threads") },
  { "thread_unpin", N_("Unpin threads") },
  { "thread_update", N_("Change threads") },
  { "threads_get", N_("List threads") },
  { "typing", N_("Show who is typing") },
  { "unreads_ack", N_("Mark as read") },
  { "unreads_count", N_("Count unread messages") },
  { "unreads_get", N_("Show unread messages") },
  { "user_ban", N_("Ban people") },
  { "user_delete", N_("Delete accounts") },
  { "user_kick", N_("Remove people") },
  { "user_leave", N_("Leave the server") },
  { "user_roles_get", N_("List somebody’s roles") },
  { "user_roles_set", N_("Set somebody’s roles") },
  { "user_timeout", N_("Time out people") },
  { "user_unban", N_("Lift bans") },
  { "user_update", N_("Change accounts") },
  { "users_banned", N_("List banned people") },
  { "users_banned_list", N_("List banned people") },
  { "users_list", N_("List members") },
  { "users_online", N_("List who is online") },
  { "voice_join", N_("Join voice channels") },
  { "voice_leave", N_("Leave voice channels") },
  { "voice_mute", N_("Mute in voice channels") },
  { "voice_state", N_("Show who is in a voice channel") },
  { "voice_unmute", N_("Unmute in voice channels") },
  { "webhook_create", N_("Create webhooks") },
  { "webhook_delete", N_("Delete webhooks") },
  { "webhook_get", N_("Look up webhooks") },
  { "webhook_list", N_("List webhooks") },
  { "webhook_regenerate", N_("Renew the tokens of webhooks") },
  { "webhook_update", N_("Change webhooks") },
};

/* Sorted by name. */
static const Text permissions[] = {
  { "add_reactions", N_("React to messages") },
  { "administrator", N_("Do everything") },
  { "attach_files", N_("Attach files") },
  { "ban_members", N_("Ban members") },
  { "change_nickname", N_("Change own nickname") },
  { "connect", N_("Join voice channels") },
  { "create_invite", N_("Create invitations") },
  { "deafen_members", N_("Deafen others in voice channels") },
  { "embed_links", N_("Send link previews") },
  { "external_emojis", N_("Use emoji of other servers") },
  { "kick_members", N_("Remove members") },
  { "manage_channels", N_("Manage channels") },
  { "manage_invites", N_("Manage invitations") },
  { "manage_messages", N_("Manage the messages of others") },
  { "manage_nicknames", N_("Manage nicknames") },
  { "manage_roles", N_("Manage roles") },
  { "manage_server", N_("Manage the server") },
  { "manage_threads", N_("Manage threads") },
  { "manage_users", N_("Manage users") },
  { "mention_everyone", N_("Mention everyone") },
  { "move_members", N_("Move members between voice channels") },
  { "mute_members", N_("Mute others in voice channels") },
  { "read_message_history", N_("Read older messages") },
  { "send_messages", N_("Send messages") },
  { "speak", N_("Speak in voice channels") },
  { "stream", N_("Share the screen") },
  { "use_slash_commands", N_("Use slash commands") },
  { "use_voice_activity", N_("Speak without push-to-talk") },
  { "view_audit_log", N_("Read the moderation log") },
};

static int
compare (const void *a, const void *b)
{
  return strcmp (((const Text *) a)->name, ((const Text *) b)->name);
}

static const char *
find (const Text *texts, gsize n_texts, const char *name)
{
  const Text key = { name, NULL };
  const Text *text = bsearch (&key, texts, n_texts, sizeof (Text), compare);

  return text != NULL ? _(text->text) : NULL;
}

/**
 * natter_capability_text_get:
 * @name: as in a handshake
 *
 * Returns: (transfer none) (nullable): what a server with the capability can do, translated; %NULL if not known
 */
const char *
natter_capability_text_get (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  return find (capabilities, G_N_ELEMENTS (capabilities), name);
}

/**
 * natter_permission_text_get:
 * @name: as in a handshake or a role
 *
 * Returns: (transfer none) (nullable): what a person with the permission may do, translated; %NULL if not known
 */
const char *
natter_permission_text_get (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  return find (permissions, G_N_ELEMENTS (permissions), name);
}
