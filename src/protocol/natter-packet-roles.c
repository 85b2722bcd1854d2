/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Packets about roles. */

static void
role_free (NatterRoleData *role)
{
  g_free (role->name);
  g_free (role->id);
  g_free (role->description);
  g_free (role->color);
  g_free (role->category);
  g_strfreev (role->permissions);
  g_strfreev (role->mention_roles);
  g_free (role);
}

/* An array of ids, or an object whose keys are the ids. */
static char **
read_permissions (JsonObject *object)
{
  JsonObject *keyed = natter_json_object (object, "permissions");
  char **permissions = natter_json_strv (object, "permissions", NATTER_PACKET_MAX_NAMES);
  g_autoptr(GStrvBuilder) builder = NULL;
  JsonObjectIter iter;
  const char *name;

  if (permissions != NULL)
    return permissions;

  builder = g_strv_builder_new ();
  if (keyed != NULL)
    {
      json_object_iter_init_ordered (&iter, keyed);
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        {
          /* Not a permission: it says who may mention the role. */
          if (!g_str_equal (name, "mention_roles"))
            g_strv_builder_add (builder, name);
        }
    }

  return g_strv_builder_end (builder);
}

/* Inside an object of permissions: a truth value, the name of a role, or a list of names. */
static void
read_mention_roles (NatterRoleData *role,
                    JsonObject     *object)
{
  JsonObject *keyed = natter_json_object (object, "permissions");
  const char *name = keyed != NULL ? natter_json_id (keyed, "mention_roles") : NULL;
  g_auto(GStrv) names = NULL;

  role->mention_roles = g_new0 (char *, 2);
  if (keyed == NULL || !natter_json_has (keyed, "mention_roles"))
    return;

  role->mentions_limited = !natter_json_bool (keyed, "mention_roles", FALSE);
  names = natter_json_strv (keyed, "mention_roles", NATTER_PACKET_MAX_NAMES);
  if (names != NULL)
    {
      g_strfreev (role->mention_roles);
      role->mention_roles = g_steal_pointer (&names);
    }
  else if (name != NULL)
    {
      role->mention_roles[0] = g_strdup (name);
    }
}

static NatterRoleData *
read_role (const char *name,
           JsonObject *object)
{
  NatterRoleData *role = g_new0 (NatterRoleData, 1);

  role->name = g_strdup (name);
  role->id = natter_json_dup_id (object, "id");
  role->description = natter_json_dup_id (object, "description");
  role->color = natter_json_dup_id (object, "color");
  role->category = natter_json_dup_id (object, "category");
  role->permissions = read_permissions (object);
  read_mention_roles (role, object);
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
parse_roles (NatterPacket  *packet,
             JsonObject    *root,
             GError       **error)
{
  /* In `val` when the operator has edited the roles by hand, and on newer servers. */
  JsonObject *roles = _natter_packet_find_object (root, "roles", "val");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (roles == NULL)
    return _natter_packet_lacks (packet, "roles", error);

  packet->roles = g_ptr_array_new_with_free_func ((GDestroyNotify) role_free);
  json_object_iter_init_ordered (&iter, roles);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      JsonObject *role = natter_json_node_object (node);

      if (role != NULL && *name != '\0')
        g_ptr_array_add (packet->roles, read_role (name, role));
    }

  return TRUE;
}

const NatterPacketEntry natter_packet_role_entries[] = {
  { "roles_list", NATTER_PACKET_ROLES, parse_roles, clear_roles },
  { NULL },
};
