/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-state"

#include "server-state.h"

JsonObject *
ts_channel_find (TsState    *self,
                 const char *name)
{
  for (guint i = 0; name != NULL && i < self->channels->len; i++)
    {
      JsonObject *channel = g_ptr_array_index (self->channels, i);

      if (g_strcmp0 (ts_get_string (channel, "name"), name) == 0)
        return channel;
    }

  return NULL;
}

const char *
ts_channel_type (JsonObject *channel)
{
  const char *type = ts_get_string (channel, "type");

  return type != NULL ? type : "";
}

/* What a channel gets that is made without permissions */
JsonObject *
ts_channel_default_permissions (void)
{
  static const struct { const char *right; const char *role; } defaults[] = {
    { "view", "owner" },
    { "send", "owner" },
    { "delete", "owner" },
    { "delete_own", "user" },
    { "edit_own", "user" },
    { "react", "user" },
    { "pin", "owner" },
    { "create_thread", "owner" },
  };
  JsonObject *permissions = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      JsonArray *list = json_array_new ();

      json_array_add_string_element (list, defaults[i].role);
      ts_set (permissions, defaults[i].right, ts_of_array (list));
    }

  return permissions;
}

static gboolean
has_role (GPtrArray  *roles,
          const char *role)
{
  return g_ptr_array_find_with_equal_func (roles, role, g_str_equal, NULL);
}

/* For the rights where "!role" refuses: the first of the person's roles that is listed decides */
static gboolean
decide_in_order (JsonArray *list,
                 GPtrArray *roles)
{
  for (guint i = 0; i < roles->len; i++)
    {
      const char *role = g_ptr_array_index (roles, i);
      g_autofree char *refused = g_strconcat ("!", role, NULL);

      if (ts_array_has (list, refused))
        return FALSE;
      if (ts_array_has (list, role))
        return TRUE;
    }

  return FALSE;
}

static gboolean
decide (JsonObject *permissions,
        const char *right,
        GPtrArray  *roles)
{
  static const char *const ordered[] = { "view", "send", "delete", "create_thread", NULL };
  JsonArray *list = ts_get_array (permissions, right);

  if (g_strv_contains (ordered, right))
    return list != NULL && decide_in_order (list, roles);

  if (list == NULL)
    return has_role (roles, strcmp (right, "pin") == 0 ? "owner" : "user");

  for (guint i = 0; i < roles->len; i++)
    {
      if (ts_array_has (list, g_ptr_array_index (roles, i)))
        return TRUE;
    }

  return FALSE;
}

/**
 * ts_channel_allows:
 * @roles: role names, in the person's order
 *
 * A channel without permissions has the built-in ones here, although no list shows it.
 *
 * Returns: whether somebody with @roles has @right in @channel
 */
gboolean
ts_channel_allows (JsonObject *channel,
                   const char *right,
                   GPtrArray  *roles)
{
  JsonObject *permissions = ts_get_object (channel, "permissions");
  g_autoptr(JsonObject) fallback = NULL;

  if (permissions == NULL || json_object_get_size (permissions) == 0)
    {
      fallback = ts_channel_default_permissions ();
      permissions = fallback;
    }

  return decide (permissions, right, roles);
}

/* Whether the channel is in the lists of, and can be read by, somebody with @roles */
gboolean
ts_channel_lists (JsonObject *channel,
                  GPtrArray  *roles)
{
  JsonObject *permissions = ts_get_object (channel, "permissions");

  return permissions != NULL && decide (permissions, "view", roles);
}
