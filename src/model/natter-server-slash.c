/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-error.h"
#include "natter-server-private.h"
#include "natter-slash-command.h"

/* The slash commands of a server and of its bots, which are asked for when somebody first wants one, on each connection;
 * polls. */

static void
remove_command (NatterServer *self,
                const char   *name)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->commands)); i > 0; i--)
    {
      g_autoptr(NatterSlashCommand) command = g_list_model_get_item (G_LIST_MODEL (self->commands), i - 1);

      if (g_str_equal (natter_slash_command_get_name (command), name))
        g_list_store_remove (self->commands, i - 1);
    }
}

/* @is_all: whether it is the whole list, not an addition to it */
void
_natter_server_take_commands (NatterServer *self,
                              NatterPacket *packet,
                              gboolean      is_all)
{
  g_autoptr(GPtrArray) commands = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_old;

  for (guint i = 0; i < packet->commands->len; i++)
    {
      NatterSlashCommand *command = natter_slash_command_new (packet, i);

      g_ptr_array_add (commands, command);
      if (!is_all)
        remove_command (self, natter_slash_command_get_name (command));
    }
  n_old = g_list_model_get_n_items (G_LIST_MODEL (self->commands));
  g_list_store_splice (self->commands, is_all ? 0 : n_old, is_all ? n_old : 0, commands->pdata, commands->len);
}

void
_natter_server_drop_commands (NatterServer *self,
                              char        **names)
{
  for (; *names != NULL; names++)
    remove_command (self, *names);
}

/**
 * natter_server_get_commands:
 * @self: a server
 *
 * Asks for them when that was not done on this connection.
 *
 * Returns: (transfer none): a list of #NatterSlashCommand
 */
GListModel *
natter_server_get_commands (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  if (!self->commands_asked && natter_connection_get_state (self->connection) == NATTER_CONNECTION_READY)
    {
      self->commands_asked = TRUE;
      _natter_server_fetch (self, natter_command_slash_list ());
    }
  return G_LIST_MODEL (self->commands);
}

/**
 * natter_server_find_command:
 * @self: a server
 * @text: what was written
 *
 * Returns: (transfer none) (nullable): the command that @text runs
 */
NatterSlashCommand *
natter_server_find_command (NatterServer *self,
                            const char   *text)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  for (guint i = 0; *text == '/' && i < g_list_model_get_n_items (G_LIST_MODEL (self->commands)); i++)
    {
      g_autoptr(NatterSlashCommand) command = g_list_model_get_item (G_LIST_MODEL (self->commands), i);

      if (natter_slash_command_matches (command, text))
        return command; /* the list holds it */
    }
  return NULL;
}

/* Of a thread it is the forum's. */
static const char *
get_place_name (NatterChannel *self)
{
  NatterChannel *parent = natter_channel_get_parent (self);

  return natter_channel_get_name (parent != NULL ? parent : self);
}

static void
on_called (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);
  const char *thread_id = natter_channel_get_thread_id (g_task_get_source_object (task));
  const char *answer = "";

  /* April 2026 servers don't heed that it is a thread: what they answer goes into the forum, where nobody sees it. */
  if (packet != NULL && packet->kind == NATTER_PACKET_MESSAGE_NEW && packet->message.message != NULL && thread_id != NULL
      && packet->message.thread_id == NULL)
    answer = packet->message.message->content;
  if (packet != NULL)
    g_task_return_pointer (task, g_strdup (answer), g_free);
  else
    g_task_return_error (task, error);
}

/**
 * natter_channel_call_async:
 * @self: a channel
 * @text: what was written: natter_server_find_command() finds a command for it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Runs a slash command. What it has to say comes as a message, where servers can do that.
 */
void
natter_channel_call_async (NatterChannel       *self,
                           const char          *text,
                           GAsyncReadyCallback  callback,
                           gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, data);
  NatterSlashCommand *command;
  NatterCommand *call;
  GError *error = NULL;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (self->server != NULL);

  g_task_set_source_tag (task, natter_channel_call_async);
  command = natter_server_find_command (self->server, text);
  g_return_if_fail (command != NULL);

  call = natter_slash_command_make (command, get_place_name (self), natter_channel_get_thread_id (self), text, &error);
  if (call == NULL)
    g_task_return_error (task, error);
  else
    natter_connection_request_async (natter_server_get_connection (self->server), call, NULL, on_called,
                                     g_object_ref (task));
}

/**
 * natter_channel_call_finish:
 * @self: a channel
 * @result: of natter_channel_call_async()
 * @error: a #NatterSlashError, or a #NatterError; %NATTER_ERROR_TIMEOUT when a bot did not answer
 *
 * Returns: (transfer full): what it had to say and does not come as a message here, mostly nothing; %NULL when it was not run
 */
char *
natter_channel_call_finish (NatterChannel  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * natter_channel_create_poll_async:
 * @self: a channel
 * @question: what it is about
 * @options: (array zero-terminated=1): 2 to 10 answers
 * @several: whether people may choose more than one
 * @hours: after how many it ends, 1 to 168
 * @callback: called when it is done
 * @data: for @callback
 *
 * Writes a message with a poll.
 */
void
natter_channel_create_poll_async (NatterChannel       *self,
                                  const char          *question,
                                  const char * const  *options,
                                  gboolean             several,
                                  guint                hours,
                                  GAsyncReadyCallback  callback,
                                  gpointer             data)
{
  GTask *task;

  g_return_if_fail (NATTER_IS_CHANNEL (self));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, natter_channel_create_poll_async);
  if (self->server == NULL)
    {
      g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "The server is gone");
      g_object_unref (task);
      return;
    }
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_poll_create (get_place_name (self), natter_channel_get_thread_id (self), question,
                                                               options, several, hours), NULL,
                                   _natter_server_finish_task, task);
}

/**
 * natter_channel_create_poll_finish:
 * @self: a channel
 * @result: of natter_channel_create_poll_async()
 * @error: a #NatterError
 *
 * Returns: whether there is a poll now
 */
gboolean
natter_channel_create_poll_finish (NatterChannel  *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
