/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Packets about people and their roles. */

void
natter_user_data_free (NatterUserData *self)
{
  g_free (self->username);
  g_free (self->nickname);
  g_free (self->display_name);
  g_strfreev (self->roles);
  g_free (self->color);
  g_free (self->status_text);
  g_free (self->picture);
  g_free (self);
}

static NatterStatus
parse_status_word (const char *word)
{
  if (g_strcmp0 (word, "online") == 0)
    return NATTER_STATUS_ONLINE;
  if (g_strcmp0 (word, "idle") == 0)
    return NATTER_STATUS_IDLE;
  if (g_strcmp0 (word, "dnd") == 0)
    return NATTER_STATUS_DND;
  if (g_strcmp0 (word, "invisible") == 0)
    return NATTER_STATUS_INVISIBLE;
  return NATTER_STATUS_OFFLINE;
}

static void
parse_status (NatterUserData *user, JsonObject *object)
{
  JsonObject *status = natter_json_object (object, "status");
  const char *word = status != NULL ? natter_json_id (status, "status") : natter_json_id (object, "status");

  if (word == NULL)
    return;

  user->has_status = TRUE;
  user->status = parse_status_word (word);
  user->status_text = status != NULL ? natter_json_dup_id (status, "text") : NULL;
}

static char *
parse_picture (JsonObject *object)
{
  JsonObject *account = natter_json_object (object, "account");
  char *picture = natter_json_dup_id (object, "pfp");

  if (picture == NULL)
    picture = natter_json_dup_id (object, "pfp_url");
  if (picture == NULL && account != NULL)
    picture = natter_json_dup_id (account, "pfp");
  return picture;
}

/* NULL when @object names nobody. */
NatterUserData *
natter_user_data_parse (JsonObject *object)
{
  const char *username = natter_json_id (object, "username");
  NatterUserData *user;

  if (username == NULL)
    return NULL;

  user = g_new0 (NatterUserData, 1);
  user->username = g_strdup (username);
  user->has_nickname = json_object_has_member (object, "nickname");
  user->nickname = natter_json_dup_id (object, "nickname");
  user->display_name = natter_json_dup_id (object, "display_name");
  user->roles = natter_json_strv (object, "roles", NATTER_PACKET_MAX_NAMES);
  user->color = natter_json_dup_id (object, "color");
  user->picture = parse_picture (object);
  if (natter_json_bool (object, "cracked", FALSE) == natter_json_bool (object, "cracked", TRUE))
    {
      user->has_kind = TRUE;
      user->is_server_account = natter_json_bool (object, "cracked", FALSE);
    }
  parse_status (user, object);

  return user;
}

static NatterUserData *
user_from_name (const char *username)
{
  NatterUserData *user = g_new0 (NatterUserData, 1);

  user->username = g_strdup (username);
  return user;
}

static void
clear_user (NatterPacket *packet)
{
  g_clear_pointer (&packet->user, natter_user_data_free);
}

static NatterUserData *
user_from_node (JsonNode *node)
{
  const char *name = natter_json_node_string (node);
  JsonObject *object = natter_json_node_object (node);

  if (name != NULL && *name != '\0')
    return user_from_name (name);

  return object != NULL ? natter_user_data_parse (object) : NULL;
}

static gboolean
parse_ready (NatterPacket *packet, JsonObject *root, GError **error)
{
  JsonObject *object = natter_json_object (root, "user");

  packet->user = object != NULL ? natter_user_data_parse (object) : NULL;
  return packet->user != NULL || natter_packet_lacks (packet, "user", error);
}

/* April 2026 servers have an object in `user` when somebody comes and a name in `username` when somebody goes; newer ones also
 * a name in `user`, or an object in `val`. */
static gboolean
parse_somebody (NatterPacket *packet, JsonObject *root, GError **error)
{
  static const char *const places[] = { "user", "username", "val" };

  for (guint i = 0; i < G_N_ELEMENTS (places) && packet->user == NULL; i++)
    packet->user = user_from_node (json_object_get_member (root, places[i]));

  return packet->user != NULL || natter_packet_lacks (packet, "user", error);
}

static gboolean
parse_user_roles (NatterPacket *packet, JsonObject *root, GError **error)
{
  const char *name = natter_json_id (root, "user");

  if (name == NULL)
    return natter_packet_lacks (packet, "user", error);

  packet->user = user_from_name (name);
  packet->user->roles = natter_json_strv (root, "roles", NATTER_PACKET_MAX_NAMES);
  packet->user->color = natter_json_dup_id (root, "color");
  return packet->user->roles != NULL || natter_packet_lacks (packet, "roles", error);
}

static void
clear_users (NatterPacket *packet)
{
  g_clear_pointer (&packet->users, g_ptr_array_unref);
}

static gboolean
parse_users (NatterPacket *packet, JsonObject *root, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array = natter_json_array (root, "users");
  guint length;

  if (array == NULL)
    array = natter_json_array (root, "val");
  if (array == NULL)
    return natter_packet_lacks (packet, "users", error);

  length = json_array_get_length (array);
  packet->users = g_ptr_array_new_full (length, (GDestroyNotify) natter_user_data_free);
  for (guint i = 0; i < length; i++)
    {
      NatterUserData *user = user_from_node (json_array_get_element (array, i));

      if (user == NULL)
        continue;
      /* The list of who is online has somebody once for each connection. */
      if (g_hash_table_add (seen, user->username))
        g_ptr_array_add (packet->users, user);
      else
        natter_user_data_free (user);
    }

  return TRUE;
}

static void
role_free (NatterRoleData *role)
{
  g_free (role->name);
  g_free (role->id);
  g_free (role->description);
  g_free (role->color);
  g_free (role->category);
  g_strfreev (role->permissions);
  g_free (role);
}

/* An array of ids, or an object whose keys are the ids. */
static char **
parse_permissions (JsonObject *object)
{
  JsonObject *keyed = natter_json_object (object, "permissions");
  char **permissions = natter_json_strv (object, "permissions", NATTER_PACKET_MAX_NAMES);
  g_autoptr (GStrvBuilder) builder = NULL;
  JsonObjectIter iter;
  const char *name;

  if (permissions != NULL)
    return permissions;

  builder = g_strv_builder_new ();
  if (keyed != NULL)
    {
      json_object_iter_init_ordered (&iter, keyed);
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        g_strv_builder_add (builder, name);
    }

  return g_strv_builder_end (builder);
}

static NatterRoleData *
parse_role (const char *name, JsonObject *object)
{
  NatterRoleData *role = g_new0 (NatterRoleData, 1);

  role->name = g_strdup (name);
  role->id = natter_json_dup_id (object, "id");
  role->description = natter_json_dup_id (object, "description");
  role->color = natter_json_dup_id (object, "color");
  role->category = natter_json_dup_id (object, "category");
  role->permissions = parse_permissions (object);
  role->position = (int) natter_json_int (object, "position", 0, G_MAXINT, G_MAXINT);
  role->hoisted = natter_json_bool (object, "hoisted", FALSE);
  role->self_assignable = natter_json_bool (object, "self_assignable", FALSE);

  return role;
}

static void
clear_roles (NatterPacket *packet)
{
  g_clear_pointer (&packet->roles, g_ptr_array_unref);
}

static gboolean
parse_roles (NatterPacket *packet, JsonObject *root, GError **error)
{
  JsonObject *roles = natter_json_object (root, "roles");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  /* Under this name when the operator has edited the roles by hand, and on newer servers. */
  if (roles == NULL)
    roles = natter_json_object (root, "val");
  if (roles == NULL)
    return natter_packet_lacks (packet, "roles", error);

  packet->roles = g_ptr_array_new_with_free_func ((GDestroyNotify) role_free);
  json_object_iter_init_ordered (&iter, roles);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      JsonObject *role = natter_json_node_object (node);

      if (role != NULL && *name != '\0')
        g_ptr_array_add (packet->roles, parse_role (name, role));
    }

  return TRUE;
}

const NatterPacketEntry natter_packet_people_entries[] = {
  { "ready", NATTER_PACKET_READY, parse_ready, clear_user },
  { "users_list", NATTER_PACKET_USERS, parse_users, clear_users },
  { "users_online", NATTER_PACKET_USERS_ONLINE, parse_users, clear_users },
  { "user_connect", NATTER_PACKET_USER_CONNECT, parse_somebody, clear_user },
  { "user_disconnect", NATTER_PACKET_USER_DISCONNECT, parse_somebody, clear_user },
  { "user_join", NATTER_PACKET_USER_JOIN, parse_somebody, clear_user },
  { "user_leave", NATTER_PACKET_USER_LEAVE, parse_somebody, clear_user },
  { "user_roles_get", NATTER_PACKET_USER_ROLES, parse_user_roles, clear_user },
  { "roles_list", NATTER_PACKET_ROLES, parse_roles, clear_roles },
  { NULL },
};
