/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-server-moderation.h"

#include <string.h>

#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-server-private.h"
#include "natter-slash-command.h"

/* Of the server itself: like a time-out, and the only way to give a reason. */
#define MUTE      "mute"
#define OF_SERVER "originChats"

/* (transfer none) (nullable): the command, when one may use it */
static NatterSlashCommand *
find_mute (NatterServer *self)
{
  const char * const *roles = self->me != NULL ? natter_member_get_role_names (self->me) : NULL;
  GListModel *commands = natter_server_get_commands (self);

  for (guint i = 0; roles != NULL && i < g_list_model_get_n_items (commands); i++)
    {
      g_autoptr(NatterSlashCommand) command = g_list_model_get_item (commands, i);

      if (g_str_equal (natter_slash_command_get_name (command), MUTE)
          && g_strcmp0 (natter_slash_command_get_owner (command), OF_SERVER) == 0
          && natter_slash_command_is_for (command, roles))
        return command; /* the list holds it */
    }
  return NULL;
}

/* Old servers want the role of the owner, whatever their documentation says. */
static gboolean
may_use_command (NatterServer *self)
{
  if (self->handshake != NULL && natter_handshake_is_new_generation (self->handshake))
    return natter_handshake_has_capability (self->handshake, "user_timeout")
           && natter_server_has_permission (self, "manage_users");
  return g_strv_contains (natter_member_get_role_names (self->me), "owner");
}

/**
 * natter_server_may_give_reason:
 * @self: a server
 *
 * Returns: whether a reason for a time-out can be told, as far as known; it takes a moment after signing in until it is
 */
gboolean
natter_server_may_give_reason (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), FALSE);

  return find_mute (self) != NULL;
}

/**
 * natter_server_may_time_out:
 * @self: a server
 * @member: one of its people
 *
 * Returns: whether one may keep @member from writing for a while, as far as known; the server decides
 */
gboolean
natter_server_may_time_out (NatterServer *self,
                            NatterMember *member)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), FALSE);
  g_return_val_if_fail (NATTER_IS_MEMBER (member), FALSE);

  if (self->me == NULL || self->me == member || natter_server_get_state (self) != NATTER_CONNECTION_READY
      || g_strv_contains (natter_member_get_role_names (member), "owner"))
    return FALSE;
  return may_use_command (self) || find_mute (self) != NULL;
}

/* (transfer full) (nullable) */
static NatterCommand *
make_mute (NatterServer        *self,
           NatterSlashCommand  *mute,
           NatterMember        *member,
           guint                seconds,
           NatterChannel       *channel,
           const char          *reason,
           GError             **error)
{
  NatterCachePlace place = _natter_channel_get_place (channel);
  g_autofree char *line = g_strdup (reason != NULL ? reason : "");
  g_autofree char *text = NULL;

  g_strdelimit (line, "\r\n\t", ' ');
  text = g_strdup_printf ("/" MUTE " %s %u %s", natter_member_get_username (member), seconds, line);
  return natter_slash_command_make (mute, place.channel, place.thread_id, g_strchomp (text), error);
}

/**
 * natter_server_time_out_async:
 * @self: a server
 * @member: one of its people
 * @seconds: for how long, at least 1
 * @channel: (nullable): where the server says so, when that takes the way by which a reason is told
 * @reason: (nullable): why; told in @channel, for everybody there
 * @callback: called when it is done
 * @data: for @callback
 *
 * Keeps @member from writing for a while.
 */
void
natter_server_time_out_async (NatterServer        *self,
                              NatterMember        *member,
                              guint                seconds,
                              NatterChannel       *channel,
                              const char          *reason,
                              GAsyncReadyCallback  callback,
                              gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, data);
  NatterSlashCommand *mute = find_mute (self);
  NatterCommand *command = NULL;
  GError *error = NULL;

  g_return_if_fail (NATTER_IS_SERVER (self));
  g_return_if_fail (NATTER_IS_MEMBER (member));
  g_return_if_fail (seconds > 0);

  g_task_set_source_tag (task, natter_server_time_out_async);
  if (self->me != NULL && (reason == NULL || *reason == '\0') && may_use_command (self))
    command = natter_command_user_timeout (natter_member_get_username (member), seconds);
  else if (mute != NULL && channel != NULL)
    command = make_mute (self, mute, member, seconds, channel, reason, &error);
  else
    error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_PERMISSION, "There is no way to do it");
  if (command != NULL)
    natter_connection_request_async (self->connection, command, NULL, _natter_server_finish_task, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/**
 * natter_server_time_out_finish:
 * @self: a server
 * @result: what the callback got
 * @error: why not
 *
 * Returns: whether the server took it; some take it and do nothing
 */
gboolean
natter_server_time_out_finish (NatterServer  *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
