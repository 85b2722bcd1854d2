/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-compare.h"

#include <math.h>

static void
assert_known (JsonObject        *object,
              const char *const *known)
{
  g_autoptr(GList) names = json_object_get_members (object);

  for (GList *item = names; item != NULL; item = item->next)
    {
      if (!g_strv_contains (known, item->data))
        g_error ("Nothing compares “%s”", (const char *) item->data);
    }
}

#define ASSERT_KNOWN(object, ...) assert_known (object, (const char *const[]) { __VA_ARGS__, NULL })

static JsonNode *
member (JsonObject *object,
        const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static JsonObject *
child (JsonObject *object,
       const char *name)
{
  JsonNode *node = member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
is_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

/* A text that is empty may be told as NULL. */
static void
assert_text (JsonObject *object,
             const char *name,
             const char *actual)
{
  JsonNode *node = member (object, name);
  const char *expected = is_text (node) ? json_node_get_string (node) : "";

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && !is_text (node))
    return;
  g_assert_cmpstr (actual != NULL ? actual : "", ==, expected);
}

static void
assert_flag (JsonObject *object,
             const char *name,
             gboolean    actual)
{
  JsonNode *node = member (object, name);

  if (node == NULL || json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_assert_cmpint (actual, ==, node != NULL && json_node_get_boolean (node));
}

static void
assert_number (JsonObject *object,
               const char *name,
               gint64      actual)
{
  if (member (object, name) == NULL)
    return;
  if (is_text (member (object, name)))
    g_assert_cmpint (actual, ==, g_ascii_strtoll (json_object_get_string_member (object, name), NULL, 10));
  else
    g_assert_cmpint (actual, ==, json_object_get_int_member (object, name));
}

static void
assert_time (JsonObject *object,
             const char *name,
             gint64      actual)
{
  JsonNode *node = member (object, name);

  if (node == NULL || is_text (node) || !isfinite (json_node_get_double (node)))
    g_assert_cmpint (actual, ==, 0);
  else
    g_assert_cmpfloat (fabs (json_node_get_double (node) * G_USEC_PER_SEC - (double) actual), <=, 1.0);
}

static void
assert_names (JsonObject  *object,
              const char  *name,
              char       **actual)
{
  JsonNode *node = member (object, name);
  JsonArray *array;

  if (node == NULL)
    {
      g_assert_true (actual == NULL || *actual == NULL);
      return;
    }

  g_assert_nonnull (actual);
  array = json_node_get_array (node);
  g_assert_cmpuint (g_strv_length (actual), ==, json_array_get_length (array));
  for (guint i = 0; actual[i] != NULL; i++)
    g_assert_cmpstr (actual[i], ==, json_array_get_string_element (array, i));
}

typedef void (*Compare) (JsonObject *object, gconstpointer item);

static void
assert_list (JsonObject *object,
             const char *name,
             GPtrArray  *actual,
             Compare     compare)
{
  JsonNode *node = member (object, name);
  JsonArray *array;

  if (node == NULL)
    {
      g_assert_true (actual == NULL || actual->len == 0);
      return;
    }

  array = json_node_get_array (node);
  g_assert_cmpuint (actual->len, ==, json_array_get_length (array));
  for (guint i = 0; i < actual->len; i++)
    compare (json_array_get_object_element (array, i), actual->pdata[i]);
}

static void
compare_attachment (JsonObject    *object,
                    gconstpointer  item)
{
  const NatterAttachmentData *attachment = item;

  ASSERT_KNOWN (object, "id", "name", "mime_type", "size", "url", "expires_at", "permanent", "width", "height");
  assert_text (object, "id", attachment->id);
  assert_text (object, "name", attachment->name);
  assert_text (object, "mime_type", attachment->mime_type);
  assert_text (object, "url", attachment->url);
  assert_number (object, "size", (gint64) attachment->size);
  assert_number (object, "width", attachment->width);
  assert_number (object, "height", attachment->height);
  assert_time (object, "expires_at", attachment->expires);
  assert_flag (object, "permanent", attachment->permanent);
}

static void
compare_field (JsonObject    *object,
               gconstpointer  item)
{
  const NatterEmbedField *field = item;

  ASSERT_KNOWN (object, "name", "value", "inline");
  assert_text (object, "name", field->name);
  assert_text (object, "value", field->value);
  if (is_text (member (object, "inline")))
    g_assert_true (field->is_inline);
  else
    assert_flag (object, "inline", field->is_inline);
}

static void
compare_option (JsonObject    *object,
                gconstpointer  item)
{
  const NatterPollOption *option = item;

  ASSERT_KNOWN (object, "id", "text", "emoji");
  assert_text (object, "id", option->id);
  assert_text (object, "text", option->text);
  assert_text (object, "emoji", option->emoji);
}

static void
compare_embed_poll (JsonObject            *object,
                    const NatterEmbedData *embed)
{
  ASSERT_KNOWN (object, "question", "options", "allow_multiselect", "expires_at");
  assert_text (object, "question", embed->poll_question);
  assert_list (object, "options", embed->poll_options, compare_option);
  if (!is_text (member (object, "allow_multiselect")))
    assert_flag (object, "allow_multiselect", embed->poll_multiple);
  assert_time (object, "expires_at", embed->poll_expires);
}

static void
compare_embed (JsonObject    *object,
               gconstpointer  item)
{
  const NatterEmbedData *embed = item;
  JsonObject *author = child (object, "author");
  JsonObject *footer = child (object, "footer");
  JsonObject *image = child (object, "image");
  JsonObject *thumbnail = child (object, "thumbnail");

  /* "extra" is what somebody invented. */
  ASSERT_KNOWN (object, "type", "title", "description", "url", "color", "timestamp", "author", "thumbnail", "image",
                "fields", "footer", "poll", "extra");
  g_assert_cmpstr (embed->type, ==, json_object_get_string_member_with_default (object, "type", "rich"));
  assert_text (object, "title", embed->title);
  assert_text (object, "description", embed->description);
  assert_text (object, "url", embed->url);
  assert_number (object, "color", embed->color);
  g_assert_cmpint (embed->time != 0, ==, member (object, "timestamp") != NULL);
  assert_list (object, "fields", embed->fields, compare_field);
  if (author != NULL)
    {
      ASSERT_KNOWN (author, "name", "url", "icon_url");
      assert_text (author, "name", embed->author_name);
      assert_text (author, "url", embed->author_url);
      assert_text (author, "icon_url", embed->author_icon);
    }
  if (footer != NULL)
    {
      ASSERT_KNOWN (footer, "text", "icon_url");
      assert_text (footer, "text", embed->footer_text);
      assert_text (footer, "icon_url", embed->footer_icon);
    }
  if (image != NULL)
    {
      ASSERT_KNOWN (image, "url", "width", "height");
      assert_text (image, "url", embed->image_url);
      assert_number (image, "width", embed->image_width);
      assert_number (image, "height", embed->image_height);
    }
  if (thumbnail != NULL)
    {
      ASSERT_KNOWN (thumbnail, "url");
      assert_text (thumbnail, "url", embed->thumbnail_url);
    }
  if (child (object, "poll") != NULL)
    compare_embed_poll (child (object, "poll"), embed);
}

static void
compare_reactions (JsonObject *object,
                   GPtrArray  *reactions)
{
  g_autoptr(GList) emojis = object != NULL ? json_object_get_members (object) : NULL;
  guint i = 0;

  g_assert_cmpuint (reactions->len, ==, g_list_length (emojis));
  for (GList *item = emojis; item != NULL; item = item->next, i++)
    {
      const NatterReactionData *reaction = reactions->pdata[i];

      g_assert_cmpstr (reaction->emoji, ==, item->data);
      assert_names (object, item->data, reaction->users);
    }
}

static void
compare_message (JsonObject    *object,
                 gconstpointer  item)
{
  const NatterMessageData *message = item;
  JsonObject *reply = child (object, "reply_to");
  JsonObject *webhook = child (object, "webhook");
  JsonObject *interaction = child (object, "interaction");
  JsonObject *pings = child (object, "pings");

  /* The rest belongs to the packet where a poll's message is one. "type" is "message" always. */
  ASSERT_KNOWN (object, "user", "content", "timestamp", "id", "pinned", "type", "interaction", "reply_to", "ping",
                "edited", "reactions", "embeds", "webhook", "attachments", "pings", "channel", "thread_id", "poll_id",
                "cmd", "listener");
  assert_text (object, "id", message->id);
  assert_text (object, "user", message->author);
  assert_text (object, "content", message->content);
  assert_text (object, "channel", message->channel);
  assert_text (object, "thread_id", message->thread_id);
  assert_text (object, "poll_id", message->poll_id);
  assert_time (object, "timestamp", message->time);
  assert_flag (object, "pinned", message->pinned);
  assert_flag (object, "edited", message->edited);
  g_assert_cmpint (message->reply_pings, ==, json_object_get_boolean_member_with_default (object, "ping", TRUE));
  assert_list (object, "embeds", message->embeds, compare_embed);
  assert_list (object, "attachments", message->attachments, compare_attachment);
  compare_reactions (child (object, "reactions"), message->reactions);
  g_assert_cmpint (message->reply_to_id != NULL, ==, reply != NULL);
  if (reply != NULL)
    {
      ASSERT_KNOWN (reply, "id", "user");
      assert_text (reply, "id", message->reply_to_id);
      assert_text (reply, "user", message->reply_to_author);
    }
  g_assert_cmpint (message->is_webhook, ==, webhook != NULL);
  if (webhook != NULL)
    {
      ASSERT_KNOWN (webhook, "id", "name", "avatar");
      assert_text (webhook, "name", message->alias_name);
      assert_text (webhook, "avatar", message->alias_avatar);
    }
  if (interaction != NULL)
    {
      ASSERT_KNOWN (interaction, "command", "username");
      assert_text (interaction, "command", message->command);
      assert_text (interaction, "username", message->command_user);
    }
  g_assert_cmpint (message->has_pings, ==, pings != NULL);
  if (pings != NULL)
    {
      ASSERT_KNOWN (pings, "users", "roles", "replies");
      assert_names (pings, "users", message->ping_users);
      assert_names (pings, "roles", message->ping_roles);
      assert_names (pings, "replies", message->ping_replies);
    }
}

static void
compare_thread (JsonObject    *object,
                gconstpointer  item)
{
  const NatterThreadData *thread = item;

  ASSERT_KNOWN (object, "id", "name", "parent_channel", "created_by", "created_at", "locked", "archived",
                "participants", "last_message", "last_message_id");
  assert_text (object, "id", thread->id);
  assert_text (object, "name", thread->name);
  assert_text (object, "parent_channel", thread->parent_channel);
  assert_text (object, "created_by", thread->created_by);
  assert_time (object, "created_at", thread->created);
  assert_flag (object, "locked", thread->locked);
  assert_flag (object, "archived", thread->archived);
  assert_names (object, "participants", thread->participants);
  assert_time (object, "last_message", thread->last_message);
  assert_text (object, "last_message_id", thread->last_message_id);
}

static void
compare_voice_user (JsonObject    *object,
                    gconstpointer  item)
{
  const NatterVoiceUserData *user = item;

  ASSERT_KNOWN (object, "id", "username", "muted", "peer_id");
  assert_text (object, "id", user->id);
  assert_text (object, "username", user->username);
  assert_text (object, "peer_id", user->peer_id);
  assert_flag (object, "muted", user->muted);
}

static void
compare_rights (JsonObject                *object,
                const NatterChannelRights *rights)
{
  g_assert_cmpint (rights->any, ==, object != NULL && json_object_get_size (object) > 0);
  if (object == NULL)
    return;

  ASSERT_KNOWN (object, "view", "send", "delete", "create_thread", "react", "edit_own", "delete_own", "pin");
  assert_names (object, "view", rights->view);
  assert_names (object, "send", rights->send);
  assert_names (object, "delete", rights->delete_any);
  assert_names (object, "create_thread", rights->create_thread);
  assert_names (object, "react", rights->react);
  assert_names (object, "edit_own", rights->edit_own);
  assert_names (object, "delete_own", rights->delete_own);
  assert_names (object, "pin", rights->pin);
}

static void
compare_channel (JsonObject    *object,
                 gconstpointer  item)
{
  static const char *const types[] = {
    [NATTER_CHANNEL_TEXT] = "text", [NATTER_CHANNEL_VOICE] = "voice", [NATTER_CHANNEL_FORUM] = "forum",
    [NATTER_CHANNEL_SEPARATOR] = "separator", [NATTER_CHANNEL_CHAT] = "chat",
  };
  const NatterChannelData *channel = item;

  ASSERT_KNOWN (object, "type", "name", "size", "permissions", "display_name", "description", "icon", "last_message",
                "last_message_id", "threads", "voice_state");
  assert_text (object, "type", types[channel->type]);
  assert_text (object, "name", channel->name);
  assert_text (object, "display_name", channel->display_name);
  assert_text (object, "description", channel->description);
  assert_text (object, "icon", channel->icon);
  assert_number (object, "size", channel->size);
  compare_rights (child (object, "permissions"), &channel->rights);
  g_assert_cmpint (channel->has_live, ==, json_object_has_member (object, "last_message") ||
                                            json_object_has_member (object, "voice_state") ||
                                            json_object_has_member (object, "threads"));
  assert_time (object, "last_message", channel->last_message);
  assert_text (object, "last_message_id", channel->last_message_id);
  assert_list (object, "voice_state", channel->voice, compare_voice_user);
  assert_list (object, "threads", channel->threads, compare_thread);
}

static void
compare_status (JsonObject           *object,
                const NatterUserData *user)
{
  static const char *const words[] = {
    [NATTER_STATUS_OFFLINE] = "offline", [NATTER_STATUS_ONLINE] = "online", [NATTER_STATUS_IDLE] = "idle",
    [NATTER_STATUS_DND] = "dnd", [NATTER_STATUS_INVISIBLE] = "invisible",
  };

  g_assert_cmpint (user->has_status, ==, object != NULL);
  if (object == NULL)
    return;

  ASSERT_KNOWN (object, "status", "text");
  assert_text (object, "status", words[user->status]);
  assert_text (object, "text", user->status_text);
}

static void
compare_user (JsonObject    *object,
              gconstpointer  item)
{
  const NatterUserData *user = item;

  ASSERT_KNOWN (object, "username", "nickname", "roles", "color", "status", "cracked", "pfp", "pfp_url", "cmd",
                "global", "listener");
  assert_text (object, "username", user->username);
  assert_text (object, "nickname", user->nickname);
  g_assert_cmpint (user->has_nickname, ==, json_object_has_member (object, "nickname"));
  assert_names (object, "roles", user->roles);
  assert_text (object, "color", user->color);
  assert_text (object, member (object, "pfp") != NULL ? "pfp" : "pfp_url", user->picture);
  g_assert_cmpint (user->has_kind, ==, member (object, "cracked") != NULL);
  assert_flag (object, "cracked", user->is_server_account);
  compare_status (child (object, "status"), user);
}

static void
compare_users (JsonObject *root,
               GPtrArray  *users)
{
  JsonArray *array = json_object_get_array_member (root, "users");
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint found = 0;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      if (g_hash_table_add (seen, (gpointer) json_object_get_string_member (object, "username")))
        compare_user (object, users->pdata[found++]);
    }

  g_assert_cmpuint (users->len, ==, found);
}

static void
compare_role (JsonObject           *object,
              const char           *name,
              const NatterRoleData *role)
{
  JsonObject *keyed = child (object, "permissions");

  ASSERT_KNOWN (object, "id", "description", "color", "hoisted", "permissions", "self_assignable", "category",
                "position");
  g_assert_cmpstr (role->name, ==, name);
  assert_text (object, "id", role->id);
  assert_text (object, "description", role->description);
  assert_text (object, "color", role->color);
  assert_text (object, "category", role->category);
  assert_flag (object, "hoisted", role->hoisted);
  assert_flag (object, "self_assignable", role->self_assignable);
  assert_number (object, "position", role->position);
  g_assert_cmpint (role->mentions_limited, ==, keyed != NULL);
  if (keyed != NULL)
    {
      ASSERT_KNOWN (keyed, "mention_roles");
      assert_names (keyed, "mention_roles", role->mention_roles);
    }
  else
    {
      assert_names (object, "permissions", role->permissions);
    }
}

static void
compare_roles (JsonObject *roles,
               GPtrArray  *actual)
{
  g_autoptr(GList) names = json_object_get_members (roles);
  guint i = 0;

  g_assert_cmpuint (actual->len, ==, g_list_length (names));
  for (GList *item = names; item != NULL; item = item->next, i++)
    compare_role (json_object_get_object_member (roles, item->data), item->data, actual->pdata[i]);
}

static void
compare_unread (JsonObject             *object,
                const NatterUnreadData *unread)
{
  assert_text (object, "last_read", unread->last_read);
  assert_number (object, "unread_count", unread->unread);
  assert_number (object, "total_messages", unread->total);
  g_assert_cmpint (unread->pings, ==, -1);
}

static void
compare_unreads (JsonObject *root,
                 GPtrArray  *actual)
{
  JsonObject *map = child (root, "unreads");
  g_autoptr(GList) names = map != NULL ? json_object_get_members (map) : NULL;
  guint i = 0;

  if (map == NULL)
    {
      const NatterUnreadData *unread = actual->pdata[0];

      g_assert_cmpuint (actual->len, ==, 1);
      assert_text (root, "channel", unread->channel);
      assert_text (root, "thread_id", unread->thread_id);
      compare_unread (root, unread);
      return;
    }

  g_assert_cmpuint (actual->len, ==, g_list_length (names));
  for (GList *item = names; item != NULL; item = item->next, i++)
    {
      JsonObject *object = json_object_get_object_member (map, item->data);
      const NatterUnreadData *unread = actual->pdata[i];

      ASSERT_KNOWN (object, "last_read", "unread_count", "total_messages");
      g_assert_cmpstr (unread->channel, ==, item->data);
      compare_unread (object, unread);
    }
}

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
compare_result (JsonObject    *object,
                gconstpointer  item)
{
  const NatterPollResultData *result = item;

  ASSERT_KNOWN (object, "id", "text", "emoji", "votes", "voters", "voted");
  assert_text (object, "id", result->id);
  assert_text (object, "text", result->text);
  assert_text (object, "emoji", result->emoji);
  assert_number (object, "votes", result->votes);
  assert_names (object, "voters", result->voters);
  assert_flag (object, "voted", result->voted);
}

static void
compare_vote (JsonObject                *root,
              const NatterPollEventData *vote)
{
  JsonObject *results = child (root, "results");

  assert_text (root, "poll_id", vote->poll_id);
  assert_text (root, "message_id", vote->message_id);
  assert_text (root, "channel", vote->channel);
  assert_text (root, "thread_id", vote->thread_id);
  assert_text (root, "user", vote->user);
  assert_names (root, "option_ids", vote->option_ids);
  g_assert_cmpint (vote->results != NULL, ==, results != NULL);
  if (results == NULL)
    return;

  /* What was asked is in the poll. */
  ASSERT_KNOWN (results, "poll_id", "question", "allow_multiselect", "ended", "ended_at", "total_votes", "results");
  assert_flag (results, "ended", vote->results->ended);
  assert_time (results, "ended_at", vote->results->ended_time);
  assert_number (results, "total_votes", vote->results->total);
  assert_list (results, "results", vote->results->options, compare_result);
}

static void
compare_poll (JsonObject           *object,
              const NatterPollData *poll)
{
  ASSERT_KNOWN (object, "id", "message_id", "channel", "thread_id", "question", "options", "allow_multiselect",
                "expires_at", "created_by", "created_at", "ended", "ended_at", "user_votes");
  assert_text (object, "id", poll->id);
  assert_text (object, "message_id", poll->message_id);
  assert_text (object, "channel", poll->channel);
  assert_text (object, "thread_id", poll->thread_id);
  assert_text (object, "question", poll->question);
  assert_list (object, "options", poll->options, compare_option);
  assert_flag (object, "allow_multiselect", poll->multiple);
  assert_time (object, "expires_at", poll->expires);
  assert_text (object, "created_by", poll->created_by);
  assert_time (object, "created_at", poll->created);
  assert_flag (object, "ended", poll->ended);
  assert_time (object, "ended_at", poll->ended_time);
  assert_names (object, "user_votes", poll->own_votes);
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
compare_history (JsonObject              *root,
                 const NatterHistoryData *history)
{
  static const char *const lists[] = { "messages", "results", "replies" };
  gboolean found = FALSE;

  ASSERT_KNOWN (root, "cmd", "listener", "channel", "thread_id", "messages", "results", "replies", "range", "query",
                "message_id", "offset", "limit", "total");
  assert_text (root, "channel", history->channel);
  assert_text (root, "thread_id", history->thread_id);
  assert_text (root, "query", history->query);
  assert_text (root, "message_id", history->message_id);
  assert_number (root, "offset", history->offset);
  assert_number (root, "total", history->total);
  g_assert_false (history->has_at_start);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (member (root, lists[i]) == NULL)
        continue;
      assert_list (root, lists[i], history->messages, compare_message);
      found = TRUE;
    }
  g_assert_true (found);
}

static void
compare_message_event (JsonObject                   *root,
                       const NatterMessageEventData *event)
{
  JsonObject *object = child (root, "message");

  assert_text (root, "channel", event->channel);
  assert_text (root, "thread_id", event->thread_id);
  if (object != NULL)
    compare_message (object, event->message);
  else if (event->message != NULL)
    compare_message (root, event->message);

  if (event->message == NULL || event->id != NULL)
    assert_text (root, "id", event->id);
  if (event->content != NULL)
    assert_text (root, "content", event->content);
}

static void
compare_thread_event (JsonObject                  *root,
                      const NatterThreadEventData *event)
{
  JsonObject *object = child (root, "thread");

  ASSERT_KNOWN (root, "cmd", "listener", "global", "thread", "thread_id", "channel", "user");
  g_assert_nonnull (event->thread_id);
  g_assert_nonnull (event->channel);
  assert_text (root, "user", event->user);
  if (object != NULL)
    compare_thread (object, event->thread);
  if (member (root, "thread_id") != NULL)
    assert_text (root, "thread_id", event->thread_id);
  if (member (root, "channel") != NULL)
    assert_text (root, "channel", event->channel);
}

static void
compare_voice (JsonObject            *root,
               const NatterVoiceData *voice)
{
  JsonObject *object = child (root, "user");

  ASSERT_KNOWN (root, "cmd", "listener", "channel", "user", "participants", "muted", "username");
  assert_text (root, "channel", voice->channel);
  assert_list (root, "participants", voice->users, compare_voice_user);
  if (object != NULL)
    compare_voice_user (object, voice->user);
  else
    assert_flag (root, "muted", voice->muted);
  if (member (root, "username") != NULL)
    assert_text (root, "username", voice->user->username);
}

static void
compare_somebody (JsonObject           *root,
                  const NatterUserData *user)
{
  if (child (root, "user") != NULL)
    compare_user (child (root, "user"), user);
  else if (member (root, "username") != NULL)
    assert_text (root, "username", user->username);
  else
    assert_text (root, "user", user->username);
}

static void
compare_user_updated (JsonObject           *root,
                      const NatterUserData *user)
{
  ASSERT_KNOWN (root, "cmd", "listener", "user", "user_id", "username", "nickname");
  assert_text (root, member (root, "username") != NULL ? "username" : "user", user->username);
  assert_text (root, "nickname", user->nickname);
  g_assert_true (user->has_nickname);
  if (member (root, "username") != NULL)
    assert_text (root, member (root, "user_id") != NULL ? "user_id" : "user", user->id);
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

static void
compare_place (JsonObject   *root,
               NatterPacket *packet)
{
  const char *channel = packet->kind == NATTER_PACKET_CHANNEL_DELETE ? "name" : "channel";

  ASSERT_KNOWN (root, "cmd", "listener", "global", "channel", "thread_id", "user", "last_read", "name", "deleted");
  assert_text (root, channel, packet->place.channel);
  assert_text (root, "thread_id", packet->place.thread_id);
  assert_text (root, "user", packet->place.user);
  assert_text (root, "last_read", packet->place.last_read);
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
