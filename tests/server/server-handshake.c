/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-handshake"

#include "server-private.h"

/* The names of the documentation pages of April 2026: neither all that works nor only what works */
static const char *const old_capabilities[] = {
  "attachment_delete", "attachment_get", "attachment_upload", "auth", "channel_create", "channel_delete",
  "channel_move", "channel_update", "channels_get", "embeds_list", "emoji_add", "emoji_delete", "emoji_get_all",
  "emoji_get_filename", "emoji_get_id", "emoji_update", "events", "message_delete", "message_edit", "message_get",
  "message_new", "message_pin", "message_react_add", "message_react_remove", "message_replies", "message_unpin",
  "messages_around", "messages_get", "messages_pinned", "messages_search", "modlog_get", "modlog_summary",
  "nickname_remove", "nickname_update", "ping", "pings_get", "plugins_list", "plugins_reload", "poll_create",
  "poll_end", "poll_get", "poll_results", "poll_vote", "push_get_vapid", "push_subscribe", "push_unsubscribe",
  "rate_limit_reset", "rate_limit_status", "role_create", "role_delete", "role_reorder", "role_update",
  "roles_list", "self_role_add", "self_role_remove", "self_roles_list", "server_info", "server_update",
  "slash_call", "slash_list", "slash_register", "slash_response", "status_get", "status_set", "thread_create",
  "thread_delete", "thread_get", "thread_join", "thread_leave", "thread_messages", "thread_update", "typing",
  "unreads_ack", "unreads_count", "unreads_get", "user_ban", "user_delete", "user_leave", "user_roles_get",
  "user_roles_set", "user_timeout", "user_unban", "user_update", "users_banned_list", "users_list",
  "users_online", "voice_join", "voice_leave", "voice_mute", "voice_state", "webhook_create", "webhook_delete",
  "webhook_get", "webhook_list", "webhook_regenerate", "webhook_update",
};

/* In place of some of them on newer servers */
static const char *const new_capabilities[] = {
  "capabilities", "channel_get", "channel_kick", "emoji_list", "login", "message_signatures_v1", "reaction_add",
  "reaction_remove", "register", "server_side_embeds", "thread_pin", "thread_unpin", "threads_get",
  "user_kick", "users_banned", "voice_unmute",
};

static const char *const gone_capabilities[] = {
  "attachment_upload", "auth", "embeds_list", "emoji_get_all", "emoji_get_filename", "emoji_get_id", "events",
  "message_react_add", "message_react_remove", "nickname_remove", "nickname_update", "plugins_list",
  "plugins_reload", "push_get_vapid", "push_subscribe", "push_unsubscribe", "thread_messages", "user_delete",
  "users_banned_list", NULL,
};

static const char *const permissions[] = {
  "administrator", "manage_server", "view_audit_log", "manage_roles", "manage_channels", "manage_threads",
  "manage_users", "manage_messages", "read_message_history", "send_messages", "embed_links", "attach_files",
  "add_reactions", "external_emojis", "connect", "speak", "stream", "use_voice_activity", "mention_everyone",
  "use_slash_commands",
};

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static JsonNode *
capabilities_of (TestServer *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (old_capabilities); i++)
    {
      if (!ts_server_is_new (self) || !g_strv_contains (gone_capabilities, old_capabilities[i]))
        g_ptr_array_add (names, (gpointer) old_capabilities[i]);
    }
  for (guint i = 0; ts_server_is_new (self) && i < G_N_ELEMENTS (new_capabilities); i++)
    g_ptr_array_add (names, (gpointer) new_capabilities[i]);

  g_ptr_array_sort (names, compare_strings);
  return ts_strings (names);
}

/* A configured file becomes an address here; an address stays */
static JsonNode *
picture_address (TestServer *self,
                 const char *configured,
                 const char *which)
{
  g_autofree char *base = NULL;

  if (strstr (configured, "://") != NULL)
    return ts_string (configured);

  base = self->state->config.url != NULL ? g_strdup (self->state->config.url) : ts_server_dup_public_url (self);
  return ts_string_printf ("%s/server-assets/%s", base, which);
}

static JsonObject *
server_section (TestServer *self)
{
  TsConfig *config = &self->state->config;
  JsonObject *server = ts_object ("name", ts_string (config->shown_name),
                                  "owner", ts_of_object (ts_object ("name", ts_string (config->owner), NULL)),
                                  NULL);

  if (config->shown_icon != NULL)
    ts_set (server, "icon", picture_address (self, config->shown_icon, "icon"));
  if (config->shown_banner != NULL)
    ts_set (server, "banner", picture_address (self, config->shown_banner, "banner"));
  if (config->url != NULL)
    ts_set (server, "url", ts_string (config->url));

  return server;
}

static JsonObject *
attachments_section (TsConfig *config)
{
  return ts_object ("enabled", ts_bool (config->uploads),
                    "max_size", ts_int (config->max_size),
                    "allowed_types", ts_strings (config->allowed_types),
                    "max_attachments_per_user", ts_int (config->max_attachments_per_user),
                    "permanent_tiers", ts_strings (config->permanent_tiers),
                    NULL);
}

static const char *
mode_name (TestServerAuth auth)
{
  switch (auth)
    {
    case TEST_SERVER_AUTH_CRACKED_ONLY:
      return "cracked-only";
    case TEST_SERVER_AUTH_ROTUR:
      return "rotur";
    case TEST_SERVER_AUTH_CRACKED:
    default:
      return "cracked";
    }
}

JsonObject *
ts_handshake_packet (TestServer   *self,
                     TsConnection *connection)
{
  TsConfig *config = &self->state->config;
  JsonArray *rights = json_array_new ();
  JsonObject *value;

  for (guint i = 0; i < G_N_ELEMENTS (permissions); i++)
    json_array_add_string_element (rights, permissions[i]);

  value = ts_object ("server", ts_of_object (server_section (self)),
                     "limits", ts_of_object (ts_object ("post_content", ts_int (config->post_content),
                                                        "search_results", ts_int (config->search_results),
                                                        NULL)),
                     "attachments", ts_of_object (attachments_section (config)),
                     "version", ts_string ("1.1.0"),
                     "validator_key", ts_string (connection->validator_key),
                     "capabilities", capabilities_of (self),
                     "permissions", ts_of_array (rights),
                     "auth_mode", ts_string (mode_name (self->options.auth)),
                     NULL);

  if (ts_server_is_new (self))
    {
      g_autofree char *address = ts_server_dup_public_url (self);

      ts_set (value, "server_time", ts_float (ts_now ()));
      ts_set (value, "signing_url", ts_string (address));
    }

  return ts_object ("cmd", ts_string ("handshake"), "val", ts_of_object (value), NULL);
}
