/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-state"

#include "server-state.h"

/* (transfer full) @data, which is completed to what roles_list shows */
TsRole *
ts_role_new (TsState    *self,
             const char *name,
             JsonObject *data)
{
  TsRole *role = g_new0 (TsRole, 1);

  if (!json_object_has_member (data, "id"))
    {
      g_autofree char *id = ts_new_id ();

      ts_set (data, "id", ts_string (id));
    }
  if (!json_object_has_member (data, "description"))
    ts_set (data, "description", ts_null ());
  if (!json_object_has_member (data, "color"))
    ts_set (data, "color", ts_null ());
  if (!json_object_has_member (data, "hoisted"))
    ts_set (data, "hoisted", ts_bool (FALSE));
  if (!json_object_has_member (data, "permissions"))
    ts_set (data, "permissions", ts_of_array (json_array_new ()));
  if (!json_object_has_member (data, "self_assignable"))
    ts_set (data, "self_assignable", ts_bool (FALSE));
  if (!json_object_has_member (data, "category"))
    ts_set (data, "category", ts_null ());
  if (!json_object_has_member (data, "position"))
    ts_set (data, "position", ts_int (self->roles->len));

  role->name = g_strdup (name);
  role->data = data;
  g_ptr_array_add (self->roles, role);
  return role;
}

TsRole *
ts_role_find (TsState    *self,
              const char *name)
{
  for (guint i = 0; name != NULL && i < self->roles->len; i++)
    {
      TsRole *role = g_ptr_array_index (self->roles, i);

      if (strcmp (role->name, name) == 0)
        return role;
    }

  return NULL;
}

TsRole *
ts_role_find_by_id (TsState    *self,
                    const char *id)
{
  for (guint i = 0; id != NULL && i < self->roles->len; i++)
    {
      TsRole *role = g_ptr_array_index (self->roles, i);

      if (g_strcmp0 (ts_get_string (role->data, "id"), id) == 0)
        return role;
    }

  return NULL;
}

JsonNode *
ts_roles_to_json (TsState *self)
{
  JsonObject *roles = json_object_new ();

  for (guint i = 0; i < self->roles->len; i++)
    {
      TsRole *role = g_ptr_array_index (self->roles, i);

      ts_set (roles, role->name, ts_of_object (ts_clone_object (role->data)));
    }

  return ts_of_object (roles);
}

/* Only a role whose permissions are an object can keep people from mentioning it, with "mention_roles" */
gboolean
ts_role_may_be_mentioned (TsState    *self,
                          const char *role_name,
                          GPtrArray  *roles)
{
  TsRole *role = ts_role_find (self, role_name);
  JsonObject *permissions = role != NULL ? ts_get_object (role->data, "permissions") : NULL;
  JsonNode *rule = ts_get (permissions, "mention_roles");

  if (rule == NULL || g_ptr_array_find_with_equal_func (roles, "owner", g_str_equal, NULL))
    return TRUE;
  if (ts_is_bool (rule))
    return json_node_get_boolean (rule);
  if (ts_is_string (rule))
    return g_ptr_array_find_with_equal_func (roles, json_node_get_string (rule), g_str_equal, NULL);

  for (guint i = 0; i < roles->len; i++)
    {
      if (ts_array_has (ts_get_array (permissions, "mention_roles"), g_ptr_array_index (roles, i)))
        return TRUE;
    }

  return FALSE;
}
