/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only newer servers have, as far as newer clients show it; it goes before the old commands */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

/* What the client can digest */
static void
capabilities (TsCall *call)
{
  call->connection->server_side_embeds = ts_array_has (ts_get_array (call->request, "val"), "server_side_embeds");
}

static void
emoji_list (TsCall *call)
{
  JsonArray *emojis = json_array_new ();
  JsonObject *packet = ts_call_reply (call);
  g_autofree char *address = ts_server_dup_public_url (call->server);

  for (guint i = 0; i < call->state->emojis->len; i++)
    {
      TsEmoji *emoji = g_ptr_array_index (call->state->emojis, i);

      json_array_add_object_element (emojis, ts_object ("id", ts_string_printf ("%u", emoji->id),
                                                        "name", ts_string (emoji->name),
                                                        "fileName", ts_string (emoji->file_name),
                                                        "assetServerUrl", ts_string (address),
                                                        NULL));
    }

  ts_set (packet, "emojis", ts_of_array (emojis));
  ts_call_answer (call, packet);
}

/* The old command under its new name */
static void
run_as (TsCall     *call,
        const char *old)
{
  const TsCommand *command = g_hash_table_lookup (call->server->commands, old);

  command->run (call);
}

static void
reaction_add (TsCall *call)
{
  run_as (call, "message_react_add");
}

static void
reaction_remove (TsCall *call)
{
  run_as (call, "message_react_remove");
}

static void
users_banned (TsCall *call)
{
  run_as (call, "users_banned_list");
}

static int
newest_first (gconstpointer a,
              gconstpointer b)
{
  const TsThread *first = *(const TsThread *const *) a;
  const TsThread *second = *(const TsThread *const *) b;

  if (first->pinned != second->pinned)
    return first->pinned ? -1 : 1;
  return first->created_at < second->created_at ? 1 : first->created_at > second->created_at ? -1 : 0;
}

static void
threads_get (TsCall *call)
{
  const char *name = ts_call_string (call, "channel");
  gint64 limit = ts_get_int (call->request, "limit", 20);
  JsonObject *channel = ts_channel_find (call->state, name);
  g_autoptr(GPtrArray) found = g_ptr_array_new ();
  JsonArray *threads;
  JsonObject *packet;

  if (!ts_call_knows_user (call))
    return;
  if (channel == NULL || !ts_channel_lists (channel, call->user->roles))
    {
      ts_call_error (call, "Access denied to this channel");
      return;
    }

  for (guint i = 0; i < call->state->threads->len; i++)
    {
      TsThread *thread = g_ptr_array_index (call->state->threads, i);

      if (strcmp (thread->parent, name) == 0)
        g_ptr_array_add (found, thread);
    }
  g_ptr_array_sort (found, newest_first);

  threads = json_array_new ();
  for (guint i = 0; i < found->len && i < limit; i++)
    {
      TsThread *thread = g_ptr_array_index (found, i);
      JsonObject *object = ts_thread_to_json (call->state, thread);

      ts_set (object, "pinned", ts_bool (thread->pinned));
      json_array_add_object_element (threads, object);
    }

  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_string (name));
  ts_set (packet, "threads", ts_of_array (threads));
  ts_call_answer (call, packet);
}

static gboolean
is_member (JsonObject *channel,
           TsUser     *user)
{
  return strcmp (ts_channel_type (channel), "chat") != 0
         || ts_array_has (ts_get_array (channel, "members"), user->username);
}

static void
channel_get (TsCall *call)
{
  JsonObject *channel = ts_channel_find (call->state, ts_call_string (call, "channel"));
  JsonObject *packet;

  if (!ts_call_knows_user (call))
    return;
  if (channel == NULL || !ts_channel_lists (channel, call->user->roles) || !is_member (channel, call->user))
    {
      ts_call_error (call, "Channel not found");
      return;
    }

  packet = ts_call_reply (call);
  ts_set (packet, "val", ts_of_object (ts_clone_object (channel)));
  ts_call_answer (call, packet);
}

/* A role that only the members hold stands for the list of members in a conversation's rights */
static char *
role_of (const char *name)
{
  return g_strconcat ("chat-", name, NULL);
}

static void
admit_member (TestServer *server,
              TsUser     *user,
              const char *role)
{
  GPtrArray *roles = g_ptr_array_copy (user->roles, (GCopyFunc) (void *) g_strdup, NULL);

  g_ptr_array_set_free_func (roles, g_free);
  g_ptr_array_add (roles, g_strdup (role));
  ts_user_set_roles (user, roles);
  for (guint i = 0; i < server->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (server->connections, i);

      if (g_strcmp0 (connection->user_id, user->id) == 0)
        g_ptr_array_add (connection->roles, g_strdup (role));
    }
}

static void
expel (GPtrArray  *roles,
       const char *role)
{
  guint position;

  if (g_ptr_array_find_with_equal_func (roles, role, g_str_equal, &position))
    g_ptr_array_remove_index (roles, position);
}

static void
dismiss_member (TestServer *server,
                TsUser     *user,
                JsonObject *channel)
{
  g_autofree char *role = role_of (ts_get_string (channel, "name"));
  JsonArray *members = json_array_new ();
  g_autoptr(GPtrArray) before = ts_get_strings (channel, "members");

  expel (user->roles, role);
  for (guint i = 0; i < server->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (server->connections, i);

      if (g_strcmp0 (connection->user_id, user->id) == 0)
        expel (connection->roles, role);
    }
  for (guint i = 0; i < before->len; i++)
    {
      if (strcmp (g_ptr_array_index (before, i), user->username) != 0)
        json_array_add_string_element (members, g_ptr_array_index (before, i));
    }
  ts_set (channel, "members", ts_of_array (members));
}

static JsonNode *
role_list (const char *role)
{
  JsonArray *list = json_array_new ();

  json_array_add_string_element (list, role);
  return ts_of_array (list);
}

/* A conversation between the one who asks and @others */
static JsonObject *
make_chat (TsCall    *call,
           GPtrArray *others)
{
  g_autofree char *name = g_strdup_printf ("%u", 400 + call->state->channels->len);
  g_autofree char *role = role_of (name);
  JsonArray *members = json_array_new ();
  JsonObject *channel;

  admit_member (call->server, call->user, role);
  json_array_add_string_element (members, call->user->username);
  for (guint i = 0; i < others->len; i++)
    {
      TsUser *other = g_ptr_array_index (others, i);

      admit_member (call->server, other, role);
      json_array_add_string_element (members, other->username);
    }

  channel = ts_object ("type", ts_string ("chat"),
                       "name", ts_string (name),
                       "permissions", ts_of_object (ts_object ("view", role_list (role),
                                                               "send", role_list (role),
                                                               "react", role_list (role),
                                                               "pin", role_list (role),
                                                               NULL)),
                       "members", ts_of_array (members),
                       NULL);
  g_ptr_array_add (call->state->channels, channel);
  return channel;
}

static void
answer_chat (TsCall     *call,
             JsonObject *channel)
{
  JsonObject *packet = ts_call_reply (call);

  ts_set (packet, "val", ts_bool (TRUE));
  ts_set (packet, "channel", ts_of_object (ts_clone_object (channel)));
  ts_broadcast (call->server, json_object_ref (packet), ts_get_string (channel, "name"), call->connection);
  ts_call_answer (call, packet);
}

static void
create_direct (TsCall     *call,
               const char *name)
{
  TsUser *other = ts_user_find (call->state, name);
  g_autoptr(GPtrArray) others = g_ptr_array_new ();
  JsonObject *channel;

  if (other == NULL || other == call->user)
    {
      ts_call_error (call, "User not found");
      return;
    }

  g_ptr_array_add (others, other);
  channel = make_chat (call, others);
  ts_set (channel, "display_name", ts_string (other->nickname != NULL ? other->nickname : other->username));
  ts_set (channel, "description", ts_string_printf ("Direct message with %s", other->username));
  answer_chat (call, channel);
}

static GPtrArray *
find_members (TsCall     *call,
              JsonObject *object)
{
  g_autoptr(GPtrArray) names = ts_get_strings (object, "members");
  GPtrArray *members = g_ptr_array_new ();

  for (guint i = 0; i < names->len; i++)
    {
      TsUser *user = ts_user_find (call->state, g_ptr_array_index (names, i));

      if (user != NULL && user != call->user)
        g_ptr_array_add (members, user);
    }

  return members;
}

static void
create_group (TsCall *call)
{
  g_autoptr(GPtrArray) others = find_members (call, call->request);
  JsonObject *channel = make_chat (call, others);

  ts_set (channel, "display_name", ts_string (ts_call_string (call, "name")));
  ts_set (channel, "owner", ts_string (call->user->username));
  answer_chat (call, channel);
}

/* Tells everybody who can see the channel, as April 2026 does not */
static void
tell_change (TsCall     *call,
             const char *old,
             const char *name_member)
{
  const char *name = ts_call_string (call, name_member);
  g_autoptr(TsConnection) actor = ts_connection_new_actor (call->server, call->user->id);
  TsCall quiet = *call;
  JsonObject *answer;
  const TsCommand *command = g_hash_table_lookup (call->server->commands, old);

  quiet.connection = actor;
  command->run (&quiet);
  if (actor->collected->len == 0)
    return;

  answer = g_ptr_array_index (actor->collected, 0);
  ts_connection_send (call->connection, json_object_ref (answer));
  if (g_strcmp0 (ts_get_string (answer, "cmd"), "error") == 0)
    return;

  answer = ts_clone_object (answer);
  json_object_remove_member (answer, "listener");
  if (strcmp (old, "channel_delete") == 0)
    ts_set (answer, "channel", ts_string (name));
  ts_broadcast (call->server, answer, strcmp (old, "channel_delete") == 0 ? NULL : name, call->connection);
}

static void
channel_create (TsCall *call)
{
  const char *user = ts_call_string (call, "user");

  if (!ts_call_knows_user (call))
    return;
  if (user != NULL)
    create_direct (call, user);
  else if (g_strcmp0 (ts_call_string (call, "type"), "group") == 0)
    create_group (call);
  else
    tell_change (call, "channel_create", "name");
}

/* The conversation that "channel" names, if the one who asks is in it; NULL, without a word, if it is none */
static JsonObject *
find_chat (TsCall *call)
{
  JsonObject *channel = ts_channel_find (call->state, ts_call_string (call, "channel"));

  return call->user != NULL && channel != NULL && strcmp (ts_channel_type (channel), "chat") == 0
         && is_member (channel, call->user) ? channel : NULL;
}

static gboolean
owns (TsCall     *call,
      JsonObject *chat)
{
  if (g_strcmp0 (ts_get_string (chat, "owner"), call->user->username) == 0)
    return TRUE;

  ts_call_error (call, "Only the owner of the group may do this");
  return FALSE;
}

static void
set_members (TsCall     *call,
             JsonObject *chat,
             JsonObject *updates)
{
  g_autoptr(GPtrArray) others = find_members (call, updates);
  g_autofree char *role = role_of (ts_get_string (chat, "name"));
  JsonArray *members = json_array_new ();

  json_array_add_string_element (members, call->user->username);
  for (guint i = 0; i < others->len; i++)
    {
      TsUser *other = g_ptr_array_index (others, i);

      if (!ts_user_has_role (other, role))
        admit_member (call->server, other, role);
      json_array_add_string_element (members, other->username);
    }
  ts_set (chat, "members", ts_of_array (members));
}

static void
channel_update (TsCall *call)
{
  JsonObject *chat = find_chat (call);
  JsonObject *updates = ts_get_object (call->request, "updates");

  if (chat == NULL)
    {
      if (ts_get (call->request, "current_name") == NULL && ts_call_string (call, "channel") != NULL)
        ts_set (call->request, "current_name", ts_string (ts_call_string (call, "channel")));
      tell_change (call, "channel_update", "current_name");
      return;
    }
  if (!owns (call, chat))
    return;

  if (ts_get_string (updates, "name") != NULL)
    ts_set (chat, "display_name", ts_string (ts_get_string (updates, "name")));
  if (ts_get_array (updates, "members") != NULL)
    set_members (call, chat, updates);
  answer_chat (call, chat);
}

static void
channel_kick (TsCall *call)
{
  JsonObject *chat = find_chat (call);
  TsUser *user = ts_user_find (call->state, ts_call_string (call, "user"));
  JsonObject *packet;

  if (chat == NULL || user == NULL)
    {
      ts_call_error (call, "Channel not found");
      return;
    }
  if (!owns (call, chat))
    return;

  dismiss_member (call->server, user, chat);
  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_of_object (ts_clone_object (chat)));
  ts_call_answer (call, packet);
}

static void
channel_delete (TsCall *call)
{
  JsonObject *chat = find_chat (call);
  g_autofree char *name = NULL;
  JsonObject *packet;

  if (chat == NULL)
    {
      if (ts_get (call->request, "name") == NULL && ts_call_string (call, "channel") != NULL)
        ts_set (call->request, "name", ts_string (ts_call_string (call, "channel")));
      tell_change (call, "channel_delete", "name");
      return;
    }
  if (!owns (call, chat))
    return;

  name = g_strdup (ts_get_string (chat, "name"));
  packet = ts_call_reply (call);
  ts_set (packet, "val", ts_bool (TRUE));
  ts_set (packet, "channel", ts_string (name));
  ts_set (packet, "deleted", ts_bool (TRUE));
  ts_broadcast (call->server, json_object_ref (packet), name, call->connection);
  g_ptr_array_remove (call->state->channels, chat);
  ts_call_answer (call, packet);
}

/* With "channel" it leaves that conversation, without it the server */
static void
user_leave (TsCall *call)
{
  JsonObject *chat = find_chat (call);
  JsonObject *packet;

  if (ts_call_string (call, "channel") == NULL)
    {
      run_as (call, "user_leave");
      return;
    }
  if (chat == NULL)
    {
      ts_call_error (call, "Channel not found");
      return;
    }

  dismiss_member (call->server, call->user, chat);
  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_clone (ts_get (call->request, "channel")));
  ts_set (packet, "left", ts_bool (TRUE));
  ts_call_answer (call, packet);
}

static void
user_kick (TsCall *call)
{
  TsUser *user = ts_user_find (call->state, ts_call_string (call, "user"));
  g_autofree char *name = NULL;

  if (!ts_call_needs (call, "manage_users"))
    return;
  if (user == NULL)
    {
      ts_call_error (call, "User not found");
      return;
    }

  name = g_strdup (user->username);
  ts_call_broadcast (call, ts_object ("cmd", ts_string ("user_kick"), "user", ts_string (name), NULL), NULL);
  for (guint i = call->server->connections->len; i > 0; i--)
    {
      TsConnection *connection = g_ptr_array_index (call->server->connections, i - 1);

      if (g_strcmp0 (connection->user_id, user->id) == 0)
        ts_connection_close (connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
    }
  ts_user_remove (call->state, user);
}

static void
pin_thread (TsCall   *call,
            gboolean  pinned)
{
  TsThread *thread = ts_thread_find (call->state, ts_call_string (call, "thread_id"));
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_threads"))
    return;
  if (thread == NULL)
    {
      ts_call_error (call, "Thread not found");
      return;
    }

  thread->pinned = pinned;
  packet = ts_call_reply (call);
  ts_set (packet, "thread", ts_of_object (ts_thread_to_json (call->state, thread)));
  ts_call_broadcast (call, packet, NULL);
}

static void
thread_pin (TsCall *call)
{
  pin_thread (call, TRUE);
}

static void
thread_unpin (TsCall *call)
{
  pin_thread (call, FALSE);
}

const TsCommand ts_commands_new[] = {
  { "capabilities", capabilities },
  { "emoji_list", emoji_list },
  { "reaction_add", reaction_add },
  { "reaction_remove", reaction_remove },
  { "users_banned", users_banned },
  { "threads_get", threads_get },
  { "channel_get", channel_get },
  { "channel_create", channel_create },
  { "channel_update", channel_update },
  { "channel_delete", channel_delete },
  { "channel_kick", channel_kick },
  { "user_leave", user_leave },
  { "user_kick", user_kick },
  { "thread_pin", thread_pin },
  { "thread_unpin", thread_unpin },
  { NULL },
};
