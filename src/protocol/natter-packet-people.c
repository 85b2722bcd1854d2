/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Packets about people. */

static void
user_free (NatterUserData *self)
{
  g_free (self->username);
  g_free (self->id);
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
read_status (NatterUserData *user,
             JsonObject     *object)
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
read_picture (JsonObject *object)
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
static NatterUserData *
read_user (JsonObject *object)
{
  const char *username = natter_json_id (object, "username");
  NatterUserData *user;

  if (username == NULL)
    return NULL;

  user = g_new0 (NatterUserData, 1);
  user->username = g_strdup (username);
  user->id = natter_json_dup_id (object, "id");
  user->has_nickname = json_object_has_member (object, "nickname");
  user->nickname = natter_json_dup_id (object, "nickname");
  user->display_name = natter_json_dup_id (object, "display_name");
  user->roles = natter_json_strv (object, "roles", NATTER_PACKET_MAX_NAMES);
  user->color = natter_json_dup_id (object, "color");
  user->picture = read_picture (object);
  if (natter_json_bool (object, "cracked", FALSE) == natter_json_bool (object, "cracked", TRUE))
    {
      user->has_kind = TRUE;
      user->is_server_account = natter_json_bool (object, "cracked", FALSE);
    }
  read_status (user, object);

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
  g_clear_pointer (&packet->user, user_free);
}

static NatterUserData *
user_from_node (JsonNode *node)
{
  const char *name = natter_json_node_string (node);
  JsonObject *object = natter_json_node_object (node);

  if (name != NULL && *name != '\0')
    return user_from_name (name);

  return object != NULL ? read_user (object) : NULL;
}

static gboolean
parse_ready (NatterPacket  *packet,
             JsonObject    *root,
             GError       **error)
{
  JsonObject *object = natter_json_object (root, "user");

  packet->user = object != NULL ? read_user (object) : NULL;
  return packet->user != NULL || _natter_packet_lacks (packet, "user", error);
}

/* April 2026 servers have an object in `user` when somebody comes and a name in `username` when somebody goes; newer
 * ones also a name in `user`, or an object in `val`. */
static gboolean
parse_somebody (NatterPacket  *packet,
                JsonObject    *root,
                GError       **error)
{
  static const char *const places[] = { "user", "username", "val" };

  for (guint i = 0; i < G_N_ELEMENTS (places) && packet->user == NULL; i++)
    packet->user = user_from_node (json_object_get_member (root, places[i]));

  return packet->user != NULL || _natter_packet_lacks (packet, "user", error);
}

static gboolean
parse_user_roles (NatterPacket  *packet,
                  JsonObject    *root,
                  GError       **error)
{
  const char *name = natter_json_id (root, "user");

  if (name == NULL)
    return _natter_packet_lacks (packet, "user", error);

  packet->user = user_from_name (name);
  packet->user->roles = natter_json_strv (root, "roles", NATTER_PACKET_MAX_NAMES);
  packet->user->color = natter_json_dup_id (root, "color");
  return packet->user->roles != NULL || _natter_packet_lacks (packet, "roles", error);
}

/* User names change only together with an id, of which other packets don't tell; so whoever can't find the name has
 * to ask for the list again. */
static gboolean
parse_user_updated (NatterPacket  *packet,
                    JsonObject    *root,
                    GError       **error)
{
  const char *name = natter_json_id (root, "username");
  const char *user = natter_json_id (root, "user");
  const char *id = natter_json_id (root, "user_id");

  /* With both, `user` is the id; alone it is the name. */
  if (name != NULL && id == NULL)
    id = user;
  if (name == NULL)
    name = user;
  if (name == NULL)
    return _natter_packet_lacks (packet, "username", error);

  packet->user = user_from_name (name);
  packet->user->id = g_strdup (id);
  packet->user->has_nickname = json_object_has_member (root, "nickname");
  packet->user->nickname = natter_json_dup_id (root, "nickname");
  packet->user->picture = read_picture (root);
  return TRUE;
}

static gboolean
parse_nickname_remove (NatterPacket  *packet,
                       JsonObject    *root,
                       GError       **error)
{
  if (!parse_user_updated (packet, root, error))
    return FALSE;

  packet->user->has_nickname = TRUE;
  g_clear_pointer (&packet->user->nickname, g_free);
  return TRUE;
}

static gboolean
parse_status_packet (NatterPacket  *packet,
                     JsonObject    *root,
                     GError       **error)
{
  packet->user = read_user (root);
  if (packet->user == NULL)
    return _natter_packet_lacks (packet, "username", error);

  return packet->user->has_status || _natter_packet_lacks (packet, "status", error);
}

/* On a direct-message server one leaves conversations by this command, too. */
static gboolean
parse_leave (NatterPacket  *packet,
             JsonObject    *root,
             GError       **error)
{
  if (natter_json_id (root, "channel") == NULL)
    return parse_somebody (packet, root, error);

  packet->kind = NATTER_PACKET_CHANNEL_LEAVE;
  return _natter_packet_parse_place (packet, root, error);
}

static void
clear_leave (NatterPacket *packet)
{
  if (packet->kind == NATTER_PACKET_CHANNEL_LEAVE)
    _natter_packet_clear_place (packet);
  else
    clear_user (packet);
}

static void
clear_users (NatterPacket *packet)
{
  g_clear_pointer (&packet->users, g_ptr_array_unref);
}

static gboolean
parse_users (NatterPacket  *packet,
             JsonObject    *root,
             GError       **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array = _natter_packet_find_array (root, "users", "val");
  guint length;

  if (array == NULL)
    return _natter_packet_lacks (packet, "users", error);

  length = json_array_get_length (array);
  packet->users = g_ptr_array_new_full (length, (GDestroyNotify) user_free);
  for (guint i = 0; i < length; i++)
    {
      NatterUserData *user = user_from_node (json_array_get_element (array, i));

      if (user == NULL)
        continue;
      /* The list of who is online has somebody once for each connection. */
      if (g_hash_table_contains (seen, user->username))
        {
          user_free (user);
          continue;
        }
      g_hash_table_add (seen, user->username);
      g_ptr_array_add (packet->users, user);
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
  { "user_leave", NATTER_PACKET_USER_LEAVE, parse_leave, clear_leave },
  { "user_kick", NATTER_PACKET_USER_KICK, parse_somebody, clear_user },
  { "user_roles_get", NATTER_PACKET_USER_ROLES, parse_user_roles, clear_user },
  { "user_update", NATTER_PACKET_USER_UPDATED, parse_user_updated, clear_user },
  { "user_updated", NATTER_PACKET_USER_UPDATED, parse_user_updated, clear_user },
  { "nickname_update", NATTER_PACKET_USER_UPDATED, parse_user_updated, clear_user },
  { "nickname_remove", NATTER_PACKET_USER_UPDATED, parse_nickname_remove, clear_user },
  { "status_get", NATTER_PACKET_STATUS, parse_status_packet, clear_user },
  { "status", NATTER_PACKET_STATUS, parse_status_packet, clear_user },
  { "status_set", NATTER_PACKET_STATUS_SET, NULL, NULL },
  { NULL },
};
