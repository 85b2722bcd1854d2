/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

#include <stdarg.h>

static const TsCommand *const tables[] = {
  ts_commands_connection,
  ts_commands_channels,
  ts_commands_messages,
  ts_commands_reactions,
  ts_commands_history,
  ts_commands_unreads,
  ts_commands_threads,
  ts_commands_people,
  ts_commands_moderation,
  ts_commands_roles,
  ts_commands_emojis,
  ts_commands_polls,
  ts_commands_attachments,
  ts_commands_webhooks,
  ts_commands_server,
  ts_commands_slash,
  ts_commands_voice,
};

static void
add_table (GHashTable      *commands,
           const TsCommand *table)
{
  for (; table->cmd != NULL; table++)
    g_hash_table_insert (commands, (gpointer) table->cmd, (gpointer) table);
}

/* Newer servers have more, and some of the old names work differently */
void
ts_commands_register (GHashTable *commands)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    add_table (commands, tables[i]);
}

gboolean
ts_server_is_new (TestServer *server)
{
  return server->options.generation == TEST_SERVER_GENERATION_NEW;
}

static const TsCommand *
find_command (TestServer *server,
              const char *cmd)
{
  if (cmd == NULL)
    return NULL;

  if (ts_server_is_new (server))
    {
      for (const TsCommand *command = ts_commands_new; command->cmd != NULL; command++)
        {
          if (strcmp (command->cmd, cmd) == 0)
            return command;
        }
    }

  return g_hash_table_lookup (server->commands, cmd);
}

/* A command of a client that is signed in */
void
ts_command_run (TsConnection *connection,
                JsonObject   *request)
{
  TestServer *server = connection->server;
  const char *listener = ts_get_string (request, "listener");
  TsCall call = {
    .server = server,
    .state = server->state,
    .connection = connection,
    .user = ts_user_by_id (server->state, connection->user_id),
    .cmd = ts_get_string (request, "cmd"),
    .request = request,
    .listener = listener != NULL && *listener != '\0' ? listener : NULL,
  };
  const TsCommand *command = find_command (server, call.cmd);

  if (command != NULL)
    command->run (&call);
  else
    {
      g_autofree char *name = ts_python_str (ts_get (request, "cmd"));

      ts_call_error (&call, "Unknown command: %s", name);
    }
}

static void
add_listener (TsCall     *call,
              JsonObject *packet)
{
  if (call->listener != NULL)
    ts_set (packet, "listener", ts_string (call->listener));
}

/* To the one who asked, and nobody else */
void
ts_call_answer (TsCall     *call,
                JsonObject *packet)
{
  add_listener (call, packet);
  ts_connection_send (call->connection, packet);
}

/* To all who see @channel (%NULL: to all), then to the one who asked, who always gets it */
void
ts_call_broadcast (TsCall     *call,
                   JsonObject *packet,
                   const char *channel)
{
  ts_set (packet, "global", ts_bool (TRUE));
  ts_broadcast (call->server, json_object_ref (packet), channel, call->connection);
  ts_call_answer (call, packet);
}

/* A packet beside the answer: to all who see @channel (%NULL: to all), also the one who asked */
void
ts_call_announce (TsCall     *call,
                  JsonObject *packet,
                  const char *channel)
{
  ts_broadcast (call->server, packet, channel, NULL);
}

static void
send_error (TsCall     *call,
            gboolean    with_source,
            const char *text)
{
  JsonObject *packet = ts_object ("cmd", ts_string ("error"), NULL);

  if (with_source && ts_is_set (call->request, "cmd"))
    ts_set (packet, "src", ts_clone (ts_get (call->request, "cmd")));
  ts_set (packet, "val", ts_string (text));
  ts_call_answer (call, packet);
}

void
ts_call_error (TsCall     *call,
               const char *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  send_error (call, TRUE, text);
}

void
ts_call_error_without_source (TsCall     *call,
                              const char *format,
                              ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  send_error (call, FALSE, text);
}

/* FALSE after having said that the account is gone */
gboolean
ts_call_knows_user (TsCall *call)
{
  if (call->user != NULL)
    return TRUE;

  ts_call_error (call, "User roles not found");
  return FALSE;
}

/* FALSE after having said that a permission of a role is missing */
gboolean
ts_call_needs (TsCall     *call,
               const char *permission)
{
  if (!ts_call_knows_user (call))
    return FALSE;
  if (ts_user_may (call->state, call->user, permission))
    return TRUE;

  ts_call_error (call, "Access denied: '%s' permission required", permission);
  return FALSE;
}

/* The literal role, for which no permission stands */
gboolean
ts_call_needs_owner (TsCall *call)
{
  if (call->user == NULL)
    {
      ts_call_error_without_source (call, "User roles not found");
      return FALSE;
    }
  if (ts_user_has_role (call->user, "owner"))
    return TRUE;

  ts_call_error_without_source (call, "Access denied: 'owner' role required");
  return FALSE;
}

/* TRUE after having said that the person is too fast */
gboolean
ts_call_is_limited (TsCall *call)
{
  g_autofree char *reason = NULL;
  gint64 wait_ms;
  JsonObject *packet;

  if (call->server->limiter == NULL
      || ts_rate_limiter_take (call->server->limiter, call->connection->user_id, &reason, &wait_ms))
    return FALSE;

  packet = ts_object ("cmd", ts_string ("rate_limit"), NULL);
  if (strcmp (call->cmd, "message_edit") != 0)
    ts_set (packet, "reason", ts_string (reason));
  ts_set (packet, "length", ts_int (wait_ms));
  if (ts_server_is_new (call->server))
    ts_set (packet, "cooldown", ts_int (wait_ms / 1000));
  ts_call_answer (call, packet);
  return TRUE;
}

const char *
ts_call_string (TsCall     *call,
                const char *name)
{
  return ts_get_string (call->request, name);
}

/* An answer under the command's own name */
JsonObject *
ts_call_reply (TsCall *call)
{
  return ts_object ("cmd", ts_string (call->cmd), NULL);
}

static gboolean
find_thread_place (TsCall   *call,
                   TsTarget *target)
{
  TsThread *thread = ts_thread_find (call->state, ts_call_string (call, "thread_id"));

  if (thread == NULL)
    ts_call_error (call, "Thread not found");
  else if (!ts_thread_allows (call->state, thread, "view", call->user->roles))
    ts_call_error (call, "You do not have permission to view this thread");
  else if (thread->locked)
    ts_call_error (call, "This thread is locked");
  else if (thread->archived)
    ts_call_error (call, "This thread is archived");
  else
    {
      target->thread = thread;
      target->place = thread->place;
      target->channel = ts_channel_find (call->state, thread->parent);
      target->name = thread->parent;
      target->owned_key = g_strconcat ("thread/", thread->id, NULL);
      target->key = target->owned_key;
      return TRUE;
    }

  return FALSE;
}

/**
 * ts_call_find_place:
 * @reading: the place must be a text channel that the person may view; else only its existence counts
 * @target: (out caller-allocates): free its owned_key
 *
 * Finds the channel or thread that the command names, or says why not.
 */
gboolean
ts_call_find_place (TsCall   *call,
                    gboolean  reading,
                    TsTarget *target)
{
  JsonNode *name = ts_get (call->request, "channel");
  const char *type;

  *target = (TsTarget) { NULL };
  if (!ts_call_knows_user (call))
    return FALSE;
  if (ts_truthy (ts_get (call->request, "thread_id")))
    return find_thread_place (call, target);
  if (!ts_truthy (name))
    {
      ts_call_error (call, "Channel or thread_id required");
      return FALSE;
    }
  if (!ts_is_string (name))
    {
      ts_call_error (call, "Channel not found");
      return FALSE;
    }

  target->name = json_node_get_string (name);
  target->channel = ts_channel_find (call->state, target->name);
  type = target->channel != NULL ? ts_channel_type (target->channel) : "";
  if (reading && (target->channel == NULL
                  || !ts_channel_lists (target->channel, call->user->roles)
                  || !g_strv_contains ((const char *const []) { "text", "chat", NULL }, type)))
    {
      ts_call_error_without_source (call, "Access denied to this channel");
      return FALSE;
    }
  if (target->channel == NULL)
    {
      ts_call_error (call, "Channel not found");
      return FALSE;
    }

  target->key = target->name;
  target->place = ts_channel_place (call->state, target->name);
  return TRUE;
}

/* Stores and shows what a plugin says: to everybody, and without the members that people's messages have */
void
ts_post_plugin_message (TestServer *server,
                        const char *channel,
                        TsMessage  *message)
{
  ts_place_add (ts_channel_place (server->state, channel), message);
  ts_broadcast (server,
                ts_object ("cmd", ts_string ("message_new"),
                           "message", ts_of_object (ts_message_to_bare_json (server->state, message)),
                           "channel", ts_string (channel),
                           "global", ts_bool (TRUE),
                           NULL),
                NULL, NULL);
}
