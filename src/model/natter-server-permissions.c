/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-member.h"
#include "natter-role.h"
#include "natter-server-private.h"

/**
 * natter_server_has_permission:
 * @self: a server
 * @permission: id of a permission of the whole server
 *
 * Returns: whether one of one's roles has it, as far as known; the owner has all
 */
gboolean
natter_server_has_permission (NatterServer *self,
                              const char   *permission)
{
  const char * const *names;

  g_return_val_if_fail (NATTER_IS_SERVER (self), FALSE);
  g_return_val_if_fail (permission != NULL, FALSE);

  if (self->me == NULL)
    return FALSE;
  names = natter_member_get_role_names (self->me);
  if (g_strv_contains (names, "owner"))
    return TRUE;
  for (; *names != NULL; names++)
    {
      NatterRole *role = natter_roster_lookup_role (self->roster, *names);

      if (role != NULL && (g_strv_contains (natter_role_get_permissions (role), permission)
                           || g_strv_contains (natter_role_get_permissions (role), "administrator")))
        return TRUE;
    }
  return FALSE;
}

/**
 * natter_server_may_mention:
 * @self: a server
 * @role: one of its roles
 *
 * Returns: whether one may mention it, as far as known; where one may not, the whole message is refused
 */
gboolean
natter_server_may_mention (NatterServer *self,
                           NatterRole   *role)
{
  const char * const *allowed;
  const char * const *names;

  g_return_val_if_fail (NATTER_IS_SERVER (self), FALSE);
  g_return_val_if_fail (NATTER_IS_ROLE (role), FALSE);

  allowed = natter_role_get_mention_roles (role);
  if (allowed == NULL)
    return TRUE;
  if (self->me == NULL)
    return FALSE;
  names = natter_member_get_role_names (self->me);
  if (g_strv_contains (names, "owner"))
    return TRUE;
  for (; *names != NULL; names++)
    if (g_strv_contains (allowed, *names))
      return TRUE;
  return FALSE;
}
