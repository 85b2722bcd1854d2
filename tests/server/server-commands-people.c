/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of people, their names, pictures and states */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

#define MAX_STATUS_TEXT 100
#define MAX_URL 500

static JsonObject *
list_entry (TestServer *server,
            TsUser     *user)
{
  return ts_object ("username", ts_string (user->username),
                    "nickname", ts_string (user->nickname),
                    "roles", ts_strings (user->roles),
                    "color", ts_user_color (server->state, user->roles),
                    "status", ts_user_status (user),
                    NULL);
}

static void
users_list (TsCall *call)
{
  g_autoptr(GHashTable) online = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *users = json_array_new ();
  JsonObject *packet;

  for (guint i = 0; i < call->server->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (call->server->connections, i);

      if (connection->username != NULL)
        g_hash_table_add (online, connection->username);
    }
  for (guint i = 0; i < call->state->present->len; i++)
    g_hash_table_add (online, (gpointer) ts_user_name (call->state, g_ptr_array_index (call->state->present, i)));

  for (guint i = 0; i < call->state->users->len; i++)
    {
      TsUser *user = g_ptr_array_index (call->state->users, i);
      JsonObject *entry;

      if (ts_user_is_banned (user))
        continue;

      entry = list_entry (call->server, user);
      if (!g_hash_table_contains (online, user->username))
        ts_set (ts_get_object (entry, "status"), "status", ts_string ("offline"));
      ts_set (entry, "cracked", ts_bool (user->password != NULL));
      ts_set (entry, "pfp", ts_string (user->pfp));
      json_array_add_object_element (users, entry);
    }

  packet = ts_call_reply (call);
  ts_set (packet, "users", ts_of_array (users));
  ts_call_answer (call, packet);
}

/* One entry a connection, without invisible people */
static void
users_online (TsCall *call)
{
  JsonArray *users = json_array_new ();
  JsonObject *packet;

  for (guint i = 0; i < call->state->present->len; i++)
    {
      TsUser *user = ts_user_by_id (call->state, g_ptr_array_index (call->state->present, i));

      if (user != NULL && strcmp (user->status, "invisible") != 0)
        json_array_add_object_element (users, list_entry (call->server, user));
    }
  for (guint i = 0; i < call->server->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (call->server->connections, i);
      TsUser *user = ts_user_by_id (call->state, connection->user_id);

      if (user != NULL && strcmp (user->status, "invisible") != 0)
        json_array_add_object_element (users, list_entry (call->server, user));
    }

  packet = ts_call_reply (call);
  ts_set (packet, "users", ts_of_array (users));
  ts_call_answer (call, packet);
}

/* The person that "user" names, or an error */
static TsUser *
find_user (TsCall *call)
{
  TsUser *user;

  if (!ts_truthy (ts_get (call->request, "user")))
    {
      ts_call_error (call, "User parameter is required");
      return NULL;
    }

  user = ts_user_find (call->state, ts_call_string (call, "user"));
  if (user == NULL)
    ts_call_error (call, "User not found");
  return user;
}

static JsonObject *
roles_packet (TsCall *call,
              TsUser *user)
{
  return ts_object ("cmd", ts_string ("user_roles_get"),
                    "user", ts_string (user->username),
                    "roles", ts_strings (user->roles),
                    "color", ts_user_color (call->state, user->roles),
                    NULL);
}

static void
user_roles_get (TsCall *call)
{
  TsUser *user = find_user (call);

  if (user != NULL)
    ts_call_answer (call, roles_packet (call, user));
}

static void
user_roles_set (TsCall *call)
{
  g_autoptr(GPtrArray) roles = ts_get_strings (call->request, "roles");
  TsUser *user;

  if (!ts_call_needs (call, "manage_users"))
    return;
  if (!ts_truthy (ts_get (call->request, "user")))
    {
      ts_call_error (call, "User parameter is required");
      return;
    }
  if (roles->len == 0)
    {
      ts_call_error (call, "Roles list is required");
      return;
    }
  user = find_user (call);
  if (user == NULL)
    return;

  for (guint i = 0; i < roles->len; i++)
    {
      if (ts_role_find (call->state, g_ptr_array_index (roles, i)) == NULL)
        {
          ts_call_error (call, "Role '%s' does not exist", (char *) g_ptr_array_index (roles, i));
          return;
        }
    }

  ts_audit (call->state, "user_roles_set", "role_management", call->user->id, user->id, user->username,
            ts_object ("old_roles", ts_strings (user->roles), "new_roles", ts_strings (roles), NULL));
  ts_user_set_roles (user, g_steal_pointer (&roles));
  ts_call_broadcast (call, roles_packet (call, user), NULL);
}

static gboolean
check_user_updates (TsCall     *call,
                    JsonObject *updates)
{
  JsonNode *username = ts_get (updates, "username");
  JsonNode *nickname = ts_get (updates, "nickname");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, updates);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (strcmp (name, "username") != 0 && strcmp (name, "nickname") != 0)
        {
          ts_call_error (call, "Cannot update field: %s", name);
          return FALSE;
        }
    }

  if (username != NULL && (!ts_is_string (username) || *json_node_get_string (username) == '\0'))
    {
      ts_call_error (call, "Username must be a non-empty string");
      return FALSE;
    }
  if (nickname != NULL && !JSON_NODE_HOLDS_NULL (nickname) && !ts_is_string (nickname))
    {
      ts_call_error (call, "Nickname must be a string or null");
      return FALSE;
    }

  return TRUE;
}

static void
user_update (TsCall *call)
{
  JsonObject *updates = ts_get_object (call->request, "updates");
  TsUser *user;
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_users"))
    return;
  user = find_user (call);
  if (user == NULL)
    return;
  if (updates == NULL)
    {
      ts_call_error (call, "Updates must be an object");
      return;
    }
  if (!check_user_updates (call, updates))
    return;

  if (ts_is_set (updates, "username"))
    g_set_str (&user->username, ts_get_string (updates, "username"));
  if (ts_get (updates, "nickname") != NULL)
    g_set_str (&user->nickname, ts_get_string (updates, "nickname"));
  ts_audit (call->state, "user_update", "user_moderation", call->user->id, user->id, user->username,
            ts_clone_object (updates));

  if (ts_server_is_new (call->server))
    ts_call_announce (call, ts_object ("cmd", ts_string ("user_update"),
                                       "user", ts_string (user->username),
                                       "nickname", ts_string (user->nickname),
                                       NULL), NULL);
  else
    ts_call_announce (call, ts_object ("cmd", ts_string ("user_updated"),
                                       "user_id", ts_string (user->id),
                                       "username", ts_string (user->username),
                                       "nickname", ts_string (user->nickname),
                                       NULL), NULL);

  packet = ts_call_reply (call);
  ts_set (packet, "user", ts_string (user->username));
  ts_set (packet, "nickname", ts_string (user->nickname));
  ts_call_answer (call, packet);
}

static gboolean
check_status (TsCall *call)
{
  static const char *const states[] = { "online", "idle", "dnd", "offline", "invisible", NULL };
  const char *status = ts_call_string (call, "status");
  const char *text = ts_call_string (call, "text");

  if (!ts_truthy (ts_get (call->request, "status")))
    {
      ts_call_error (call, "Status is required");
      return FALSE;
    }
  if (status == NULL || !g_strv_contains (states, status)
      || (text != NULL && ts_code_points (text) > MAX_STATUS_TEXT))
    {
      ts_call_error (call, "Invalid status. Must be one of: online, idle, dnd, offline, invisible");
      return FALSE;
    }

  return TRUE;
}

static void
status_set (TsCall *call)
{
  JsonNode *text = ts_get (call->request, "text");
  gboolean invisible;
  gboolean was_invisible = call->connection->invisible;

  if (!ts_call_knows_user (call) || !check_status (call))
    return;

  g_set_str (&call->user->status, ts_call_string (call, "status"));
  json_node_unref (call->user->status_text);
  call->user->status_text = text != NULL ? ts_clone (text) : ts_string ("");
  invisible = strcmp (call->user->status, "invisible") == 0;
  call->connection->invisible = invisible;

  if (invisible && !was_invisible)
    ts_call_announce (call, ts_object ("cmd", ts_string ("user_disconnect"),
                                       "username", ts_string (call->user->username),
                                       NULL), NULL);
  else if (was_invisible && !invisible)
    ts_call_announce (call, ts_object ("cmd", ts_string ("user_connect"),
                                       "user", ts_of_object (ts_object (
                                         "username", ts_string (call->user->username),
                                         "roles", ts_strings (call->user->roles),
                                         "color", ts_user_color (call->state, call->user->roles),
                                         NULL)),
                                       NULL), NULL);

  if (invisible)
    ts_call_broadcast (call, ts_object ("cmd", ts_string ("status_set"),
                                        "status", ts_user_status (call->user),
                                        NULL), NULL);
  else
    ts_call_broadcast (call, ts_object ("cmd", ts_string ("status_get"),
                                        "username", ts_string (call->user->username),
                                        "status", ts_user_status (call->user),
                                        NULL), NULL);
}

static void
status_get (TsCall *call)
{
  TsUser *user = find_user (call);

  if (user != NULL)
    ts_call_answer (call, ts_object ("cmd", ts_string ("status"),
                                     "username", ts_string (user->username),
                                     "status", ts_user_status (user),
                                     NULL));
}

static void
pfp_set (TsCall *call)
{
  const char *url = ts_call_string (call, "url");

  if (!ts_call_knows_user (call))
    return;
  if (call->server->options.auth == TEST_SERVER_AUTH_ROTUR)
    ts_call_error (call, "Profile pictures are managed by Rotur for this account");
  else if (!ts_truthy (ts_get (call->request, "url")))
    ts_call_error (call, "URL required");
  else if (url == NULL || (!g_str_has_prefix (url, "http://") && !g_str_has_prefix (url, "https://")))
    ts_call_error (call, "Invalid URL format");
  else if (ts_code_points (url) > MAX_URL)
    ts_call_error (call, "URL too long (max 500 characters)");
  else
    {
      g_set_str (&call->user->pfp, url);
      ts_call_answer (call, ts_object ("cmd", ts_string ("pfp_set"), "val", ts_string (url), NULL));
    }
}

static void
pfp_get (TsCall *call)
{
  JsonNode *name = ts_get (call->request, "username");
  TsUser *user;

  if (!ts_truthy (name))
    {
      ts_call_error (call, "Username required");
      return;
    }
  user = ts_user_find (call->state, ts_call_string (call, "username"));
  if (user == NULL)
    {
      ts_call_error (call, "User not found");
      return;
    }

  ts_call_answer (call, ts_object ("cmd", ts_string ("pfp_get"),
                                   "val", ts_string (user->pfp),
                                   "username", ts_clone (name),
                                   NULL));
}

/* Deletes the account; the connection stays and is of no use */
static void
user_leave (TsCall *call)
{
  g_autofree char *name = NULL;

  if (!ts_call_knows_user (call))
    return;

  name = g_strdup (call->user->username);
  if (!ts_user_is_banned (call->user))
    ts_user_remove (call->state, call->user);
  call->user = NULL;

  ts_call_announce (call, ts_object ("cmd", ts_string ("user_leave"), "username", ts_string (name), NULL), NULL);
  ts_call_answer (call, ts_object ("cmd", ts_string ("user_leave"),
                                   "user", ts_string (name),
                                   "val", ts_string ("User left server"),
                                   NULL));
}

const TsCommand ts_commands_people[] = {
  { "users_list", users_list },
  { "users_online", users_online },
  { "user_roles_get", user_roles_get },
  { "user_roles_set", user_roles_set },
  { "user_update", user_update },
  { "status_set", status_set },
  { "status_get", status_get },
  { "pfp_set", pfp_set },
  { "pfp_get", pfp_get },
  { "user_leave", user_leave },
  { NULL },
};
