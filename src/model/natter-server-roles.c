/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-server-roles.h"

#include "natter-member.h"
#include "natter-role.h"
#include "natter-server-private.h"

static int
by_category (gconstpointer a,
             gconstpointer b)
{
  NatterRole *first = *(NatterRole * const *) a;
  NatterRole *second = *(NatterRole * const *) b;
  int order = g_strcmp0 (natter_role_get_category (first), natter_role_get_category (second));

  return order != 0 ? order : natter_role_get_position (first) - natter_role_get_position (second);
}

/**
 * natter_server_dup_self_roles:
 * @self: a server
 *
 * There is a command that asks for them, which old servers do not answer as soon as there is one.
 *
 * Returns: (transfer full) (element-type NatterRole): the roles that one may give oneself, those of a category together
 */
GPtrArray *
natter_server_dup_self_roles (NatterServer *self)
{
  g_autoptr(GPtrArray) all = NULL;
  GPtrArray *roles = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (NATTER_IS_SERVER (self), roles);

  all = natter_roster_dup_roles (self->roster);
  for (guint i = 0; i < all->len; i++)
    if (natter_role_get_self_assignable (all->pdata[i]))
      g_ptr_array_add (roles, g_object_ref (all->pdata[i]));
  g_ptr_array_sort (roles, by_category);
  return roles;
}

/**
 * natter_server_has_role:
 * @self: a server
 * @role: one of its roles
 *
 * Returns: whether one has it oneself
 */
gboolean
natter_server_has_role (NatterServer *self,
                        NatterRole   *role)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), FALSE);
  g_return_val_if_fail (NATTER_IS_ROLE (role), FALSE);

  return self->me != NULL
         && g_strv_contains (natter_member_get_role_names (self->me), natter_role_get_name (role));
}

/**
 * natter_server_take_role_async:
 * @self: a server
 * @role: one of its roles
 * @take: whether to have it or to give it back
 * @callback: called when it is done
 * @data: for @callback
 *
 * Gives oneself a role, or gives it back. The server tells everybody.
 */
void
natter_server_take_role_async (NatterServer        *self,
                               NatterRole          *role,
                               gboolean             take,
                               GAsyncReadyCallback  callback,
                               gpointer             data)
{
  GTask *task;

  g_return_if_fail (NATTER_IS_SERVER (self));
  g_return_if_fail (NATTER_IS_ROLE (role));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, natter_server_take_role_async);
  natter_connection_request_async (self->connection, natter_command_self_role (natter_role_get_name (role), take), NULL,
                                   _natter_server_finish_task, task);
}

/**
 * natter_server_take_role_finish:
 * @self: a server
 * @result: what the callback got
 * @error: why not
 *
 * Returns: whether it was changed
 */
gboolean
natter_server_take_role_finish (NatterServer  *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
