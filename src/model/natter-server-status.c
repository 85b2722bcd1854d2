/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-member.h"
#include "natter-server-private.h"

/* (nullable): with which one has chosen a status */
static NatterAccount *
get_chooser (NatterServer *self)
{
  return self->account != NULL && natter_account_get_status (self->account) != NATTER_STATUS_OFFLINE ? self->account : NULL;
}

/**
 * natter_server_get_own_status:
 * @self: a server
 *
 * Returns: what one is for others there: what one has chosen with one's account, or else what the server says
 */
NatterStatus
natter_server_get_own_status (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NATTER_STATUS_OFFLINE);

  if (get_chooser (self) != NULL)
    return natter_account_get_status (self->account);
  return self->me != NULL ? natter_member_get_status (self->me) : NATTER_STATUS_OFFLINE;
}

/**
 * natter_server_get_own_status_text:
 * @self: a server
 *
 * Returns: (transfer none) (nullable): what others read about it; hostile text where the server says it
 */
const char *
natter_server_get_own_status_text (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  if (get_chooser (self) != NULL)
    return natter_account_get_status_text (self->account);
  return self->me != NULL ? natter_member_get_status_text (self->me) : NULL;
}

/* Whoever is invisible is announced at each sign-in all the same, and has to say it again. */
static gboolean
is_known (NatterServer *self)
{
  const char *text = self->me != NULL ? natter_member_get_status_text (self->me) : NULL;

  return self->me != NULL
         && natter_account_get_status (self->account) != NATTER_STATUS_INVISIBLE
         && natter_account_get_status (self->account) == natter_member_get_status (self->me)
         && g_str_equal (natter_account_get_status_text (self->account), text != NULL ? text : "");
}

/* Tells the server what one has chosen, unless it knows. Without a choice, what it has kept stays. */
void
_natter_server_send_status (NatterServer *self)
{
  if (get_chooser (self) == NULL || natter_connection_get_state (self->connection) != NATTER_CONNECTION_READY || is_known (self))
    return;
  _natter_server_fetch (self, natter_command_status_set (natter_account_get_status (self->account),
                                                         natter_account_get_status_text (self->account)));
}
