/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Roles. The real server looks up what it is about to change by the "name" of the
 * request even when the role was named by id, so that "name" in answers is null and
 * some checks never bite; kept as it is.
 */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

static const char *const copied_members[] = {
  "description", "color", "hoisted", "permissions", "self_assignable", "category",
};

static void
roles_list (TsCall *call)
{
  JsonObject *packet = ts_call_reply (call);

  ts_set (packet, "roles", ts_roles_to_json (call->state));
  ts_call_answer (call, packet);
}

static void
announce_roles (TsCall *call)
{
  ts_call_announce (call, ts_object ("cmd", ts_string ("roles_list"),
                                     "roles", ts_roles_to_json (call->state),
                                     NULL), NULL);
}

static gboolean
is_protected (const char *name)
{
  static const char *const names[] = { "owner", "admin", "moderator", "user", NULL };

  return g_strv_contains (names, name);
}

/* The highest rank that the person has; 0 is the top */
static gint64
best_position (TsCall *call)
{
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < call->user->roles->len; i++)
    {
      TsRole *role = ts_role_find (call->state, g_ptr_array_index (call->user->roles, i));

      if (role != NULL)
        best = MIN (best, ts_get_int (role->data, "position", G_MAXINT64));
    }

  return best;
}

/* FALSE after having said that the role is too high for the person */
static gboolean
outranks (TsCall *call,
          TsRole *role)
{
  if (ts_user_has_role (call->user, "owner")
      || ts_get_int (role->data, "position", G_MAXINT64) > best_position (call))
    return TRUE;

  ts_call_error (call, "Cannot manage roles at or above your position");
  return FALSE;
}

/* The role that "id" or "name" names, or an error */
static TsRole *
find_role (TsCall *call)
{
  const char *id = ts_call_string (call, "id");
  const char *name = ts_call_string (call, "name");
  TsRole *role;

  if (!ts_truthy (ts_get (call->request, "id")) && !ts_truthy (ts_get (call->request, "name")))
    {
      ts_call_error (call, "Role id or name is required");
      return NULL;
    }

  role = id != NULL && *id != '\0' ? ts_role_find_by_id (call->state, id) : ts_role_find (call->state, name);
  if (role == NULL)
    ts_call_error (call, "Role not found");
  return role;
}

static JsonObject *
role_reply (TsCall   *call,
            TsRole   *role,
            gboolean  with_given_name)
{
  JsonObject *packet = ts_call_reply (call);

  ts_set (packet, "id", ts_clone (ts_get (role->data, "id")));
  ts_set (packet, "name", with_given_name ? ts_string (ts_call_string (call, "name")) : ts_null ());
  return packet;
}

static void
role_create (TsCall *call)
{
  const char *name = ts_call_string (call, "name");
  gint64 position = -1;
  JsonObject *data;
  TsRole *role;

  if (!ts_call_needs (call, "manage_roles"))
    return;
  if (name == NULL || *name == '\0')
    {
      ts_call_error (call, "Role name is required");
      return;
    }
  if (ts_truthy (ts_get (call->request, "self_assignable")) && is_protected (name))
    {
      ts_call_error (call, "Role '%s' cannot be made self-assignable", name);
      return;
    }
  if (ts_role_find (call->state, name) != NULL)
    {
      ts_call_error (call, "Role already exists");
      return;
    }

  data = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (copied_members); i++)
    {
      if (ts_get (call->request, copied_members[i]) != NULL)
        ts_set (data, copied_members[i], ts_clone (ts_get (call->request, copied_members[i])));
    }
  for (guint i = 0; i < call->state->roles->len; i++)
    position = MAX (position, ts_get_int (((TsRole *) g_ptr_array_index (call->state->roles, i))->data, "position", 0));
  ts_set (data, "position", ts_int (position + 1));

  role = ts_role_new (call->state, name, data);
  ts_audit (call->state, "role_create", "role_management", call->user->id, NULL, NULL,
            ts_object ("name", ts_string (name), NULL));
  announce_roles (call);
  ts_call_answer (call, role_reply (call, role, TRUE));
}

/* Moves the role to the end, over one that has the name already */
static void
rename_role (TsCall     *call,
             TsRole     *role,
             const char *name)
{
  TsRole *other = ts_role_find (call->state, name);
  guint position;

  if (strcmp (role->name, name) == 0)
    return;
  if (other != NULL)
    g_ptr_array_remove (call->state->roles, other);

  g_set_str (&role->name, name);
  if (g_ptr_array_find (call->state->roles, role, &position))
    {
      g_ptr_array_steal_index (call->state->roles, position);
      g_ptr_array_add (call->state->roles, role);
    }
}

static void
merge_role (TsRole     *role,
            JsonObject *changes,
            gboolean    with_position)
{
  for (guint i = 0; i < G_N_ELEMENTS (copied_members); i++)
    {
      if (ts_get (changes, copied_members[i]) != NULL)
        ts_set (role->data, copied_members[i], ts_clone (ts_get (changes, copied_members[i])));
    }
  if (with_position && ts_get (changes, "position") != NULL)
    ts_set (role->data, "position", ts_clone (ts_get (changes, "position")));
}

static void
role_update (TsCall *call)
{
  const char *name = ts_call_string (call, "name");
  JsonObject *packet;
  TsRole *role;

  if (!ts_call_needs (call, "manage_roles"))
    return;
  role = find_role (call);
  if (role == NULL || !outranks (call, role))
    return;

  merge_role (role, call->request, FALSE);
  if (ts_truthy (ts_get (call->request, "id")) && name != NULL && *name != '\0')
    rename_role (call, role, name);
  ts_audit (call->state, "role_update", "role_management", call->user->id, NULL, NULL,
            ts_object ("name", ts_string (role->name), NULL));

  announce_roles (call);
  packet = role_reply (call, role, TRUE);
  ts_set (packet, "updated", ts_bool (TRUE));
  ts_call_answer (call, packet);
}

static void
role_set (TsCall *call)
{
  JsonObject *data = ts_get_object (call->request, "data");
  JsonObject *packet;
  TsRole *role;

  if (!ts_call_needs (call, "manage_roles"))
    return;
  role = find_role (call);
  if (role == NULL)
    return;
  if (data == NULL || json_object_get_size (data) == 0)
    {
      ts_call_error (call, "Role data is required");
      return;
    }
  if (!outranks (call, role))
    return;

  merge_role (role, data, TRUE);
  announce_roles (call);
  packet = role_reply (call, role, FALSE);
  ts_set (packet, "updated", ts_bool (TRUE));
  ts_call_answer (call, packet);
}

static void
take_from_users (TsState    *state,
                 const char *name)
{
  for (guint i = 0; i < state->users->len; i++)
    {
      TsUser *user = g_ptr_array_index (state->users, i);
      guint position;

      if (g_ptr_array_find_with_equal_func (user->roles, name, g_str_equal, &position))
        g_ptr_array_remove_index (user->roles, position);
    }
}

static void
role_delete (TsCall *call)
{
  JsonObject *packet;
  TsRole *role;

  if (!ts_call_needs (call, "manage_roles"))
    return;
  role = find_role (call);
  if (role == NULL)
    return;
  if (!ts_user_has_role (call->user, "owner"))
    {
      ts_call_error (call, "Role 'None' not found");
      return;
    }

  packet = role_reply (call, role, FALSE);
  ts_set (packet, "deleted", ts_bool (TRUE));
  ts_audit (call->state, "role_delete", "role_management", call->user->id, NULL, NULL,
            ts_object ("name", ts_string (role->name), NULL));
  take_from_users (call->state, role->name);
  g_ptr_array_remove (call->state->roles, role);
  announce_roles (call);
  ts_call_answer (call, packet);
}

static void
role_reorder (TsCall *call)
{
  g_autoptr(GPtrArray) names = ts_get_strings (call->request, "roles");
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_roles"))
    return;
  if (names->len == 0)
    {
      ts_call_error (call, "Roles array is required");
      return;
    }

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      TsRole *role = ts_role_find (call->state, name);

      if (role == NULL)
        role = ts_role_find_by_id (call->state, name);
      if (role == NULL)
        {
          ts_call_error (call, "Failed to reorder roles");
          return;
        }
      ts_set (role->data, "position", ts_int (i));
    }

  announce_roles (call);
  packet = ts_call_reply (call);
  ts_set (packet, "roles", ts_strings (names));
  ts_call_answer (call, packet);
}

static void
role_permissions_set (TsCall *call)
{
  JsonNode *permissions = ts_get (call->request, "permissions");
  JsonObject *packet;
  TsRole *role;

  if (!ts_call_needs (call, "manage_roles"))
    return;
  role = find_role (call);
  if (role == NULL)
    return;
  if (permissions == NULL || !JSON_NODE_HOLDS_ARRAY (permissions))
    {
      ts_call_error (call, "Permissions must be an array");
      return;
    }
  if (!outranks (call, role))
    return;

  ts_set (role->data, "permissions", ts_clone (permissions));
  packet = role_reply (call, role, FALSE);
  ts_set (packet, "permissions", ts_clone (permissions));
  ts_set (packet, "updated", ts_bool (TRUE));
  ts_call_answer (call, packet);
}

static void
role_permissions_get (TsCall *call)
{
  TsRole *role = find_role (call);
  JsonObject *packet;

  if (role == NULL)
    return;

  packet = role_reply (call, role, FALSE);
  ts_set (packet, "permissions", ts_clone (ts_get (role->data, "permissions")));
  ts_call_answer (call, packet);
}

/* Answers only while there is nothing to list; otherwise the real server trips over its own data */
static void
self_roles_list (TsCall *call)
{
  JsonArray *names = json_array_new ();
  JsonObject *packet;

  for (guint i = 0; i < call->state->roles->len; i++)
    {
      TsRole *role = g_ptr_array_index (call->state->roles, i);

      if (ts_truthy (ts_get (role->data, "self_assignable")))
        json_array_add_string_element (names, role->name);
    }

  if (json_array_get_length (names) > 0 && !ts_server_is_new (call->server))
    {
      json_array_unref (names);
      return;
    }

  packet = ts_call_reply (call);
  ts_set (packet, "roles", ts_of_array (names));
  ts_call_answer (call, packet);
}

static void
change_own_role (TsCall   *call,
                 gboolean  add)
{
  const char *name = ts_call_string (call, "role");
  TsRole *role;
  guint position;
  gboolean has;
  JsonObject *packet;

  if (!ts_call_knows_user (call))
    return;
  if (name == NULL || *name == '\0')
    {
      ts_call_error (call, "Role name is required");
      return;
    }
  role = ts_role_find (call->state, name);
  if (role == NULL)
    {
      ts_call_error (call, "Role not found");
      return;
    }
  if (!ts_truthy (ts_get (role->data, "self_assignable")))
    {
      ts_call_error (call, "This role is not self-assignable");
      return;
    }

  has = g_ptr_array_find_with_equal_func (call->user->roles, name, g_str_equal, &position);
  if (has == add)
    {
      ts_call_error (call, add ? "You already have this role" : "You don't have this role");
      return;
    }
  if (add)
    g_ptr_array_add (call->user->roles, g_strdup (name));
  else
    g_ptr_array_remove_index (call->user->roles, position);

  ts_call_announce (call, ts_object ("cmd", ts_string ("user_roles_get"),
                                     "user", ts_string (call->user->username),
                                     "roles", ts_strings (call->user->roles),
                                     "color", ts_user_color (call->state, call->user->roles),
                                     NULL), NULL);
  packet = ts_call_reply (call);
  ts_set (packet, "role", ts_string (name));
  ts_set (packet, "success", ts_bool (TRUE));
  ts_set (packet, "roles", ts_strings (call->user->roles));
  ts_call_answer (call, packet);
}

static void
self_role_add (TsCall *call)
{
  change_own_role (call, TRUE);
}

static void
self_role_remove (TsCall *call)
{
  change_own_role (call, FALSE);
}

const TsCommand ts_commands_roles[] = {
  { "roles_list", roles_list },
  { "role_create", role_create },
  { "role_update", role_update },
  { "role_set", role_set },
  { "role_delete", role_delete },
  { "role_reorder", role_reorder },
  { "role_permissions_set", role_permissions_set },
  { "role_permissions_get", role_permissions_get },
  { "self_roles_list", self_roles_list },
  { "self_role_add", self_role_add },
  { "self_role_remove", self_role_remove },
  { NULL },
};
