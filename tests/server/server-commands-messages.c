/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing, editing, deleting, pinning, typing */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

static gboolean
is_name_byte (TestServer *server,
              char        c,
              gboolean    role)
{
  return g_ascii_isalnum (c) || c == '_' || (role && c == '-' && ts_server_is_new (server));
}

/* The names behind each "@" (or "@&" for roles) of a text, each once */
static GPtrArray *
find_mentions (TestServer *server,
               const char *content,
               gboolean    roles)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (const char *at = strchr (content, '@'); at != NULL; at = strchr (at + 1, '@'))
    {
      const char *start = roles ? at + 2 : at + 1;
      const char *end = start;
      g_autofree char *name = NULL;

      if (roles != (at[1] == '&') || (!roles && at > content && at[-1] == '&'))
        continue;
      while (is_name_byte (server, *end, roles))
        end++;

      name = g_strndup (start, end - start);
      if (*name != '\0' && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }

  return names;
}

static TsRole *
find_mentioned_role (TestServer *server,
                     const char *name)
{
  TsRole *role = ts_role_find (server->state, name);

  return role != NULL || !ts_server_is_new (server) ? role : ts_role_find_by_id (server->state, name);
}

static JsonNode *
role_pings (TestServer *server,
            const char *content)
{
  g_autoptr(GPtrArray) names = find_mentions (server, content, TRUE);
  JsonArray *roles = json_array_new ();

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      TsRole *role = find_mentioned_role (server, name);

      if (role != NULL && ts_server_is_new (server))
        name = ts_get_string (role->data, "id");
      json_array_add_string_element (roles, name);
    }

  return ts_of_array (roles);
}

static JsonNode *
user_pings (TestServer *server,
            const char *content)
{
  g_autoptr(GPtrArray) names = find_mentions (server, content, FALSE);
  JsonArray *users = json_array_new ();

  for (guint i = 0; i < names->len; i++)
    {
      TsUser *user = ts_user_by_name (server->state, g_ptr_array_index (names, i));

      json_array_add_string_element (users, user != NULL ? user->username : g_ptr_array_index (names, i));
    }

  return ts_of_array (users);
}

/**
 * ts_pings:
 * @message: (nullable): whose reply counts; %NULL for edits
 *
 * Returns: the "pings" that a live packet carries, and no history
 */
JsonNode *
ts_pings (TestServer *server,
          const char *content,
          TsMessage  *message)
{
  JsonArray *replies = json_array_new ();

  if (message != NULL && message->reply_id != NULL && message->ping != 0)
    json_array_add_string_element (replies, ts_user_name (server->state, message->reply_user));

  return ts_of_object (ts_object ("users", user_pings (server, content),
                                  "roles", role_pings (server, content),
                                  "replies", ts_of_array (replies),
                                  NULL));
}

/* FALSE after having said which role may not be mentioned */
static gboolean
check_mentions (TsCall     *call,
                const char *content)
{
  g_autoptr(GPtrArray) names = find_mentions (call->server, content, TRUE);

  for (guint i = 0; i < names->len; i++)
    {
      TsRole *role = find_mentioned_role (call->server, g_ptr_array_index (names, i));

      if (role != NULL && !ts_role_may_be_mentioned (call->state, role->name, call->user->roles))
        {
          ts_call_error (call, "You do not have permission to mention the '@&%s' role", role->name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_new_fields (TsCall *call)
{
  g_autoptr(GPtrArray) missing = g_ptr_array_new ();
  g_autofree char *list = NULL;

  if (!ts_truthy (ts_get (call->request, "channel")) && !ts_truthy (ts_get (call->request, "thread_id")))
    g_ptr_array_add (missing, (gpointer) "channel or thread_id");
  if (!ts_truthy (ts_get (call->request, "content")) && !ts_truthy (ts_get (call->request, "attachments")))
    g_ptr_array_add (missing, (gpointer) "content or attachments");
  if (missing->len == 0)
    return TRUE;

  g_ptr_array_add (missing, NULL);
  list = g_strjoinv (", ", (char **) missing->pdata);
  ts_call_error (call, "Missing fields: %s", list);
  return FALSE;
}

/* Where to write; on archived threads, which wake up, too */
static gboolean
find_writable_thread (TsCall   *call,
                      TsTarget *target)
{
  TsThread *thread = ts_thread_find (call->state, ts_call_string (call, "thread_id"));
  const char *channel = ts_call_string (call, "channel");

  if (thread == NULL)
    ts_call_error (call, "Thread not found");
  else if (thread->locked)
    ts_call_error (call, "This thread is locked");
  else if (!ts_thread_allows (call->state, thread, "send", call->user->roles))
    ts_call_error (call, "You do not have permission to send messages in this thread");
  else
    {
      target->thread = thread;
      target->place = thread->place;
      /* A wrong channel is passed on and decides who gets the packet */
      target->name = channel != NULL && *channel != '\0' ? channel : thread->parent;
      return TRUE;
    }

  return FALSE;
}

static gboolean
find_writable (TsCall   *call,
               TsTarget *target)
{
  const char *type;

  *target = (TsTarget) { NULL };
  if (ts_truthy (ts_get (call->request, "thread_id")))
    return find_writable_thread (call, target);

  target->name = ts_call_string (call, "channel");
  target->channel = ts_channel_find (call->state, target->name);
  if (target->channel == NULL)
    {
      ts_call_error (call, "Channel not found");
      return FALSE;
    }
  if (!ts_channel_allows (target->channel, "send", call->user->roles))
    {
      ts_call_error (call, "You do not have permission to send messages in this channel");
      return FALSE;
    }

  type = ts_channel_type (target->channel);
  if (strcmp (type, "text") != 0 && strcmp (type, "chat") != 0)
    {
      ts_call_error (call, "Cannot send messages in this channel type");
      return FALSE;
    }

  target->place = ts_channel_place (call->state, target->name);
  return TRUE;
}

static gboolean
add_reply (TsCall    *call,
           TsTarget  *target,
           TsMessage *message)
{
  JsonNode *reply = ts_get (call->request, "reply_to");
  TsMessage *original;

  if (ts_is_set (call->request, "ping"))
    message->ping = ts_truthy (ts_get (call->request, "ping"));
  if (!ts_truthy (reply))
    return TRUE;

  original = ts_place_find (target->place, ts_is_string (reply) ? json_node_get_string (reply) : NULL);
  if (original == NULL)
    {
      ts_call_error (call, "The message you're trying to reply to was not found");
      return FALSE;
    }

  message->reply_id = g_strdup (original->id);
  message->reply_user = g_strdup (original->user);
  return TRUE;
}

static TsAttachment *
check_attachment (TsCall   *call,
                  JsonNode *node)
{
  const char *id;
  TsAttachment *attachment;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      ts_call_error (call, "Each attachment must be an object");
      return NULL;
    }

  id = ts_get_string (json_node_get_object (node), "id");
  if (id == NULL || *id == '\0')
    {
      ts_call_error (call, "Attachment ID is required");
      return NULL;
    }

  attachment = ts_attachment_find (call->state, id);
  if (attachment == NULL)
    {
      ts_call_error (call, "Attachment %s not found or expired", id);
      return NULL;
    }
  if (strcmp (attachment->owner, call->user->id) != 0)
    {
      ts_call_error (call, "You can only attach your own uploads");
      return NULL;
    }

  return attachment;
}

static gboolean
add_attachments (TsCall    *call,
                 TsMessage *message)
{
  JsonNode *node = ts_get (call->request, "attachments");
  JsonArray *wanted;

  if (!ts_truthy (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      ts_call_error (call, "Attachments must be an array");
      return FALSE;
    }

  wanted = json_node_get_array (node);
  message->attachments = json_array_new ();
  for (guint i = 0; i < json_array_get_length (wanted); i++)
    {
      TsAttachment *attachment = check_attachment (call, json_array_get_element (wanted, i));

      if (attachment == NULL)
        return FALSE;
      json_array_add_object_element (message->attachments, ts_attachment_to_json (call->state, attachment));
    }

  return TRUE;
}

static void
publish (TsCall    *call,
         TsTarget  *target,
         TsMessage *message)
{
  JsonObject *object;
  JsonObject *packet = ts_call_reply (call);

  if (target->thread != NULL)
    target->thread->archived = FALSE;
  ts_place_add (target->place, message);

  object = ts_message_to_json (call->state, message);
  ts_set (object, "pings", ts_pings (call->server, message->content, message));
  ts_set (packet, "message", ts_of_object (object));
  ts_set (packet, "channel", ts_string (target->name));
  ts_set (packet, "thread_id", target->thread != NULL ? ts_string (target->thread->id) : ts_null ());
  ts_call_broadcast (call, packet, target->name);

  ts_automod_look (call, target->name, target->place, message);
}

static void
message_new (TsCall *call)
{
  JsonNode *content = ts_get (call->request, "content");
  g_autofree char *text = NULL;
  TsMessage *message;
  TsTarget target;

  if (!check_new_fields (call))
    return;

  /* Anything else but text makes the real server trip and say nothing */
  if (ts_truthy (content) && !ts_is_string (content))
    return;

  text = ts_python_strip (ts_is_string (content) ? json_node_get_string (content) : "");
  if (*text == '\0' && !ts_truthy (ts_get (call->request, "attachments")))
    {
      ts_call_error (call, "Message content or attachments cannot be empty");
      return;
    }
  if (!ts_call_check_embeds (call, ts_get (call->request, "embeds")))
    return;
  if (ts_code_points (text) > call->state->config.post_content)
    {
      ts_call_error (call, "Message too long. Maximum length is %u characters", call->state->config.post_content);
      return;
    }
  if (ts_call_is_limited (call) || !ts_call_knows_user (call)
      || !check_mentions (call, text) || !find_writable (call, &target))
    return;

  message = ts_message_new (call->user->id, text);
  if (ts_truthy (ts_get (call->request, "embeds")))
    message->embeds = json_array_ref (ts_get_array (call->request, "embeds"));
  if (!add_reply (call, &target, message) || !add_attachments (call, message) || ts_has_surrogate (text))
    ts_message_free (message);
  else
    publish (call, &target, message);
}

/* The place and the message that a command is about, or an error */
static TsMessage *
find_message (TsCall     *call,
              TsTarget   *target,
              const char *missing)
{
  TsMessage *message;

  if (!ts_call_find_place (call, FALSE, target))
    return NULL;

  message = ts_place_find (target->place, ts_call_string (call, "id"));
  if (message == NULL)
    ts_call_error (call, "%s", missing);
  return message;
}

static gboolean
has_place_and_id (TsCall *call)
{
  return ts_truthy (ts_get (call->request, "id"))
         && (ts_truthy (ts_get (call->request, "channel")) || ts_truthy (ts_get (call->request, "thread_id")));
}

static gboolean
may_own (TsCall     *call,
         TsTarget   *target,
         const char *right,
         const char *what)
{
  if (target->channel != NULL && ts_channel_allows (target->channel, right, call->user->roles))
    return TRUE;

  ts_call_error (call, "You do not have permission to %s your own message in this %s", what,
                 target->thread != NULL ? "thread" : "channel");
  return FALSE;
}

static void
add_place (JsonObject *packet,
           TsTarget   *target)
{
  ts_set (packet, "channel", ts_string (target->name));
  if (target->thread != NULL)
    ts_set (packet, "thread_id", ts_string (target->thread->id));
}

static void
apply_edit (TsCall     *call,
            TsTarget   *target,
            TsMessage  *message,
            const char *content)
{
  JsonNode *embeds = ts_get (call->request, "embeds");
  JsonObject *packet = ts_call_reply (call);
  JsonObject *object;
  g_autoptr(JsonNode) pings = ts_pings (call->server, content, NULL);
  JsonObject *pinged = json_node_get_object (pings);

  g_set_str (&message->content, content);
  message->edited = TRUE;
  message->edited_at = ts_now ();
  if (embeds != NULL && JSON_NODE_HOLDS_ARRAY (embeds))
    {
      g_clear_pointer (&message->embeds, json_array_unref);
      message->embeds = json_node_dup_array (embeds);
    }

  object = ts_message_to_json (call->state, message);
  if (ts_truthy (ts_get (pinged, "users")) || ts_truthy (ts_get (pinged, "roles")))
    ts_set (object, "pings", ts_clone (pings));
  if (ts_server_is_new (call->server))
    ts_set (object, "edited_at", ts_float (message->edited_at));

  ts_set (packet, "id", ts_string (message->id));
  ts_set (packet, "content", ts_string (content));
  ts_set (packet, "message", ts_of_object (object));
  add_place (packet, target);
  ts_call_broadcast (call, packet, target->name);
}

static void
message_edit (TsCall *call)
{
  const char *content = ts_call_string (call, "content");
  g_autofree char *key = NULL;
  TsMessage *message;
  TsTarget target;

  if (!has_place_and_id (call) || !ts_truthy (ts_get (call->request, "content")))
    {
      ts_call_error (call, "Invalid message edit format");
      return;
    }
  if (content == NULL || ts_has_surrogate (content)
      || !ts_call_check_embeds (call, ts_get (call->request, "embeds"))
      || ts_call_is_limited (call))
    return;

  message = find_message (call, &target, "Message not found or cannot be edited");
  key = target.owned_key;
  if (message == NULL)
    return;
  if (strcmp (message->user, call->user->id) != 0)
    ts_call_error (call, "You do not have permission to edit this message");
  else if (may_own (call, &target, "edit_own", "edit") && check_mentions (call, content))
    apply_edit (call, &target, message, content);
}

static void
delete_files (TsCall    *call,
              TsMessage *message)
{
  for (guint i = 0; message->attachments != NULL && i < json_array_get_length (message->attachments); i++)
    {
      JsonObject *attachment = json_array_get_object_element (message->attachments, i);

      g_hash_table_remove (call->state->attachments, ts_get_string (attachment, "id"));
    }
}

static void
message_delete (TsCall *call)
{
  g_autofree char *key = NULL;
  TsMessage *message;
  TsTarget target;
  JsonObject *details;
  JsonObject *packet;

  if (!has_place_and_id (call))
    {
      ts_call_error (call, "Invalid message delete format");
      return;
    }

  message = find_message (call, &target, "Message not found or cannot be deleted");
  key = target.owned_key;
  if (message == NULL)
    return;

  if (strcmp (message->user, call->user->id) == 0)
    {
      if (!may_own (call, &target, "delete_own", "delete"))
        return;
    }
  else if (target.channel == NULL || !ts_channel_allows (target.channel, "delete", call->user->roles))
    {
      ts_call_error (call, "You do not have permission to delete this message");
      return;
    }

  details = json_object_new ();
  add_place (details, &target);
  ts_audit (call->state, "message_delete", "message_moderation", call->user->id, message->id, NULL, details);

  packet = ts_call_reply (call);
  ts_set (packet, "id", ts_string (message->id));
  add_place (packet, &target);
  delete_files (call, message);
  ts_place_remove (target.place, message);
  ts_call_broadcast (call, packet, target.name);
}

static void
set_pinned (TsCall   *call,
            gboolean  pinned)
{
  const char *name = ts_call_string (call, "channel");
  const char *id = ts_call_string (call, "id");
  JsonObject *channel;
  TsMessage *message;
  JsonObject *packet;

  if (!ts_call_knows_user (call))
    return;
  if (!ts_truthy (ts_get (call->request, "channel")))
    {
      ts_call_error (call, "Channel name not provided");
      return;
    }

  channel = ts_channel_find (call->state, name);
  if (channel == NULL || !ts_channel_allows (channel, "pin", call->user->roles))
    {
      ts_call_error (call, "You do not have permission to pin messages in this channel");
      return;
    }
  if (!ts_truthy (ts_get (call->request, "id")))
    {
      ts_call_error (call, "Message ID is required");
      return;
    }

  message = ts_place_find (ts_channel_place (call->state, name), id);
  if (message != NULL)
    message->pinned = pinned;
  ts_audit (call->state, call->cmd, "message_moderation", call->user->id, id, NULL,
            ts_object ("channel", ts_string (name), NULL));

  packet = ts_call_reply (call);
  ts_set (packet, "id", ts_clone (ts_get (call->request, "id")));
  ts_set (packet, "channel", ts_string (name));
  /* Up to April 2026 it means "worked", later the new state */
  ts_set (packet, "pinned", ts_bool (message != NULL && (pinned || !ts_server_is_new (call->server))));
  ts_call_broadcast (call, packet, name);
}

static void
message_pin (TsCall *call)
{
  set_pinned (call, TRUE);
}

static void
message_unpin (TsCall *call)
{
  set_pinned (call, FALSE);
}

static const char *
typing_channel (TsCall     *call,
                const char *name)
{
  JsonObject *channel = ts_channel_find (call->state, name);
  const char *type;

  if (channel == NULL)
    {
      ts_call_error (call, "Channel not found");
      return NULL;
    }

  type = ts_channel_type (channel);
  if (!ts_channel_lists (channel, call->user->roles) || (strcmp (type, "text") != 0 && strcmp (type, "chat") != 0))
    {
      ts_call_error (call, "Access denied to this channel");
      return NULL;
    }

  return name;
}

static const char *
typing_thread (TsCall     *call,
               const char *id)
{
  TsThread *thread = ts_thread_find (call->state, id);

  if (thread == NULL)
    {
      ts_call_error (call, "Thread not found");
      return NULL;
    }
  if (!ts_thread_allows (call->state, thread, "send", call->user->roles))
    {
      ts_call_error (call, "You do not have permission to send messages in this thread");
      return NULL;
    }

  return thread->parent;
}

static void
typing (TsCall *call)
{
  JsonNode *thread = ts_get (call->request, "thread_id");
  JsonNode *channel = ts_get (call->request, "channel");
  const char *name;
  JsonObject *packet;

  if (!ts_call_knows_user (call))
    return;
  if (!ts_truthy (thread) && !ts_truthy (channel))
    {
      ts_call_error (call, "Channel name or thread_id not provided");
      return;
    }
  if (ts_call_is_limited (call))
    return;

  name = ts_truthy (thread) ? typing_thread (call, ts_call_string (call, "thread_id"))
                            : typing_channel (call, ts_call_string (call, "channel"));
  if (name == NULL)
    return;

  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_string (name));
  ts_set (packet, "user", ts_string (call->user->username));
  ts_set (packet, "thread_id", ts_truthy (thread) ? ts_clone (thread) : ts_null ());
  if (ts_server_is_new (call->server) && ts_is_number (ts_get (call->request, "duration")))
    ts_set (packet, "duration", ts_clone (ts_get (call->request, "duration")));
  ts_call_broadcast (call, packet, name);
}

const TsCommand ts_commands_messages[] = {
  { "message_new", message_new },
  { "message_edit", message_edit },
  { "message_delete", message_delete },
  { "message_pin", message_pin },
  { "message_unpin", message_unpin },
  { "typing", typing },
  { NULL },
};
