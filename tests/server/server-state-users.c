/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-state"

#include "server-state.h"

TsUser *
ts_user_new (TsState    *self,
             const char *id,
             const char *username)
{
  TsUser *user = g_new0 (TsUser, 1);

  user->id = g_strdup (id);
  user->username = g_strdup (username);
  user->roles = g_ptr_array_ref (self->new_roles);
  user->status = g_strdup ("online");
  user->status_text = ts_string ("");

  g_ptr_array_add (self->users, user);
  g_hash_table_insert (self->users_by_id, user->id, user);
  return user;
}

TsUser *
ts_user_by_id (TsState    *self,
               const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->users_by_id, id) : NULL;
}

/* Without regard to case */
TsUser *
ts_user_by_name (TsState    *self,
                 const char *username)
{
  g_autofree char *wanted = NULL;

  if (username == NULL)
    return NULL;

  wanted = g_utf8_strdown (username, -1);
  for (guint i = 0; i < self->users->len; i++)
    {
      TsUser *user = g_ptr_array_index (self->users, i);
      g_autofree char *name = g_utf8_strdown (user->username, -1);

      if (strcmp (name, wanted) == 0)
        return user;
    }

  return NULL;
}

TsUser *
ts_user_find (TsState    *self,
              const char *name_or_id)
{
  TsUser *user = ts_user_by_name (self, name_or_id);

  return user != NULL ? user : ts_user_by_id (self, name_or_id);
}

void
ts_user_remove (TsState *self,
                TsUser  *user)
{
  g_hash_table_remove (self->users_by_id, user->id);
  g_ptr_array_remove (self->users, user);
}

/* What packets call the person: the present name, or the id itself when the account is gone */
const char *
ts_user_name (TsState    *self,
              const char *id)
{
  TsUser *user = ts_user_by_id (self, id);

  return user != NULL ? user->username : id;
}

gboolean
ts_user_has_role (TsUser     *user,
                  const char *role)
{
  return g_ptr_array_find_with_equal_func (user->roles, role, g_str_equal, NULL);
}

gboolean
ts_user_is_banned (TsUser *user)
{
  return ts_user_has_role (user, "banned");
}

/* (transfer full) @roles; ends the sharing with other new accounts */
void
ts_user_set_roles (TsUser    *user,
                   GPtrArray *roles)
{
  g_ptr_array_unref (user->roles);
  user->roles = roles;
}

/* The colour of the first role, not of the highest */
JsonNode *
ts_user_color (TsState   *self,
               GPtrArray *roles)
{
  TsRole *role = roles->len > 0 ? ts_role_find (self, g_ptr_array_index (roles, 0)) : NULL;
  JsonNode *color = role != NULL ? ts_get (role->data, "color") : NULL;

  return color != NULL ? ts_clone (color) : ts_null ();
}

JsonNode *
ts_user_status (TsUser *user)
{
  return ts_of_object (ts_object ("status", ts_string (user->status),
                                  "text", ts_clone (user->status_text),
                                  NULL));
}

static gboolean
grants (JsonObject *role,
        const char *permission)
{
  JsonObject *object = ts_get_object (role, "permissions");

  if (object != NULL)
    return json_object_has_member (object, permission);

  return ts_array_has (ts_get_array (role, "permissions"), permission);
}

gboolean
ts_user_may (TsState    *self,
             TsUser     *user,
             const char *permission)
{
  for (guint i = 0; i < user->roles->len; i++)
    {
      const char *name = g_ptr_array_index (user->roles, i);
      TsRole *role = ts_role_find (self, name);

      if (strcmp (name, "owner") == 0)
        return TRUE;
      if (role != NULL && (grants (role->data, "administrator") || grants (role->data, permission)))
        return TRUE;
    }

  return FALSE;
}
