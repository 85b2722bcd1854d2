/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Slash commands of bots */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

#include "server-slash.h"

/* The command, and the bot's connection; NULL for built-in ones */
static JsonObject *
find_command (TestServer    *server,
              const char    *name,
              TsConnection **bot)
{
  *bot = NULL;
  for (guint i = 0; i < server->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (server->connections, i);

      for (guint j = 0; j < connection->slash->len; j++)
        {
          JsonObject *command = g_ptr_array_index (connection->slash, j);

          if (g_strcmp0 (ts_get_string (command, "name"), name) == 0)
            {
              *bot = connection;
              return command;
            }
        }
    }

  return NULL;
}

static void
slash_list (TsCall *call)
{
  JsonArray *commands = ts_slash_built_in ();
  JsonObject *packet = ts_call_reply (call);

  for (guint i = 0; i < call->server->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (call->server->connections, i);

      for (guint j = 0; j < connection->slash->len; j++)
        json_array_add_object_element (commands, json_object_ref (g_ptr_array_index (connection->slash, j)));
    }

  ts_set (packet, "commands", ts_of_array (commands));
  ts_call_answer (call, packet);
}

static gboolean
has_any (TsUser    *user,
         GPtrArray *roles)
{
  for (guint i = 0; i < roles->len; i++)
    {
      if (ts_user_has_role (user, g_ptr_array_index (roles, i)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
may_call (TsCall     *call,
          JsonObject *command)
{
  g_autoptr(GPtrArray) allowed = ts_get_strings (command, "whitelistRoles");
  g_autoptr(GPtrArray) forbidden = ts_get_strings (command, "blacklistRoles");

  for (guint i = 0; i < forbidden->len; i++)
    {
      if (ts_user_has_role (call->user, g_ptr_array_index (forbidden, i)))
        {
          ts_call_error_without_source (call, "Access denied: '%s' role is forbidden",
                                        (char *) g_ptr_array_index (forbidden, i));
          return FALSE;
        }
    }
  if (allowed->len > 0 && !has_any (call->user, allowed))
    {
      ts_call_error_without_source (call, "Access denied: '%s' role required",
                                    (char *) g_ptr_array_index (allowed, 0));
      return FALSE;
    }

  return TRUE;
}

static JsonObject *
find_option (JsonArray  *options,
             const char *name)
{
  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++)
    {
      JsonObject *option = json_array_get_object_element (options, i);

      if (g_strcmp0 (ts_get_string (option, "name"), name) == 0)
        return option;
    }

  return NULL;
}

/* Names and required ones are checked, types and choices are not */
static gboolean
check_arguments (TsCall     *call,
                 JsonObject *command,
                 JsonObject *arguments)
{
  JsonArray *options = ts_get_array (command, "options");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (arguments != NULL)
    {
      json_object_iter_init_ordered (&iter, arguments);
      while (json_object_iter_next_ordered (&iter, &name, &node))
        {
          if (find_option (options, name) == NULL)
            {
              ts_call_error (call, "Unknown argument: %s", name);
              return FALSE;
            }
        }
    }

  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++)
    {
      JsonObject *option = json_array_get_object_element (options, i);

      name = ts_get_string (option, "name");
      if (ts_truthy (ts_get (option, "required")) && ts_get (arguments, name) == NULL)
        {
          ts_call_error (call, "Missing required argument: %s", name);
          return FALSE;
        }
    }

  return TRUE;
}

static void
call_bot (TsCall       *call,
          TsConnection *bot,
          const char   *command)
{
  JsonObject *arguments = ts_get_object (call->request, "args");
  JsonObject *packet;

  if (!call->state->config.bots_reachable && !ts_server_is_new (call->server))
    {
      ts_call_error (call, "Command handler for /%s is not currently connected", command);
      return;
    }

  packet = ts_object ("cmd", ts_string ("slash_call"),
                      "val", ts_of_object (ts_object (
                        "command", ts_string (command),
                        "args", ts_of_object (arguments != NULL ? ts_clone_object (arguments) : json_object_new ()),
                        "commander", ts_string (bot->username),
                        NULL)),
                      "invoker", ts_string (call->user->id),
                      "invokerUsername", ts_string (call->user->username),
                      "channel", ts_clone (ts_get (call->request, "channel")),
                      NULL);
  if (call->listener != NULL)
    ts_set (packet, "listener", ts_string (call->listener));
  ts_connection_send (bot, json_object_ref (packet));
  ts_connection_send (call->connection, packet);
}

static void
slash_call (TsCall *call)
{
  JsonNode *arguments = ts_get (call->request, "args");
  const char *name = ts_call_string (call, "command");
  TsConnection *bot;
  JsonObject *command;

  if (!ts_call_knows_user (call))
    return;
  if (!ts_truthy (ts_get (call->request, "channel")))
    {
      ts_call_error (call, "Channel parameter is required for slash commands");
      return;
    }
  if (arguments != NULL && !JSON_NODE_HOLDS_OBJECT (arguments) && !JSON_NODE_HOLDS_NULL (arguments))
    {
      ts_call_error_without_source (call, "Command args must be an object");
      return;
    }
  if (name == NULL)
    {
      ts_call_error (call, "Command name must be a string");
      return;
    }
  if (ts_slash_run_built_in (call, name))
    return;

  command = find_command (call->server, name, &bot);
  if (command == NULL)
    ts_call_error (call, "Unknown slash command: /%s", name);
  else if (may_call (call, command)
           && check_arguments (call, command, ts_get_object (call->request, "args")))
    call_bot (call, bot, name);
}

static JsonNode *
or_null (JsonNode *node)
{
  return node != NULL ? ts_clone (node) : ts_null ();
}

static void
report (TsCall     *call,
        const char *path,
        const char *text,
        const char *kind,
        JsonNode   *value)
{
  g_autofree char *repr = ts_python_repr (value);

  ts_call_error (call, "Invalid command schema: 1 validation error for SlashCommand\n%s\n"
                 "  %s [type=%s, input_value=%s, input_type=dict]\n"
                 "    For further information visit https://errors.pydantic.dev/2.10/v/%s",
                 path, text, kind, repr, kind);
}

static JsonArray *
read_options (TsCall     *call,
              JsonObject *given)
{
  JsonArray *from = ts_get_array (given, "options");
  g_autoptr(JsonArray) options = json_array_new ();

  for (guint i = 0; from != NULL && i < json_array_get_length (from); i++)
    {
      JsonNode *node = json_array_get_element (from, i);
      JsonObject *option = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_autofree char *path = g_strdup_printf ("options.%u", i);

      if (option == NULL || g_strcmp0 (ts_get_string (option, "type"), "enum") == 0)
        {
          if (option == NULL || !ts_truthy (ts_get (option, "choices")))
            {
              report (call, path, "Value error, Enum options must define a non-empty 'choices' list",
                      "value_error", node);
              return NULL;
            }
        }
      json_array_add_object_element (options, ts_object ("name", or_null (ts_get (option, "name")),
                                                         "description", or_null (ts_get (option, "description")),
                                                         "type", or_null (ts_get (option, "type")),
                                                         "choices", or_null (ts_get (option, "choices")),
                                                         "required", ts_bool (ts_get_bool (option, "required", FALSE)),
                                                         NULL));
    }

  return g_steal_pointer (&options);
}

/* What the list will show, or NULL after having said what is wrong */
static JsonObject *
read_command (TsCall   *call,
              JsonNode *node)
{
  static const char *const needed[] = { "name", "description" };
  JsonObject *given = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *options;

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      if (ts_get (given, needed[i]) == NULL)
        {
          report (call, needed[i], "Field required", "missing", node);
          return NULL;
        }
    }
  options = read_options (call, given);
  if (options == NULL)
    return NULL;

  return ts_object ("name", ts_clone (ts_get (given, "name")),
                    "description", ts_clone (ts_get (given, "description")),
                    "options", ts_of_array (options),
                    "whitelistRoles", or_null (ts_get (given, "whitelistRoles")),
                    "blacklistRoles", or_null (ts_get (given, "blacklistRoles")),
                    "ephemeral", ts_bool (ts_get_bool (given, "ephemeral", FALSE)),
                    "registeredBy", ts_string (call->user->username),
                    NULL);
}

static JsonNode *
commands_of (TsConnection *connection)
{
  JsonArray *commands = json_array_new ();

  for (guint i = 0; i < connection->slash->len; i++)
    json_array_add_object_element (commands, json_object_ref (g_ptr_array_index (connection->slash, i)));

  return ts_of_array (commands);
}

static void
slash_register (TsCall *call)
{
  JsonArray *given = ts_get_array (call->request, "commands");
  TsConnection *connection = call->connection;
  JsonObject *packet;

  if (!ts_call_knows_user (call))
    return;
  if (given == NULL)
    {
      ts_call_error (call, "Commands must be provided as a list");
      return;
    }
  if (ts_count_connections_of (call->server, call->user->id) > 1)
    {
      ts_call_error (call, "You already have slash commands registered from another session");
      return;
    }

  g_ptr_array_set_size (connection->slash, 0);
  for (guint i = 0; i < json_array_get_length (given); i++)
    {
      JsonObject *command = read_command (call, json_array_get_element (given, i));

      if (command == NULL)
        {
          g_ptr_array_set_size (connection->slash, 0);
          return;
        }
      g_ptr_array_add (connection->slash, command);
    }

  ts_call_announce (call, ts_object ("cmd", ts_string ("slash_add"),
                                     "commands", commands_of (connection),
                                     NULL), NULL);
  packet = ts_call_reply (call);
  ts_set (packet, "val", ts_string_printf ("%u commands registered successfully", connection->slash->len));
  ts_call_answer (call, packet);
}

/* A bot's commands go with its connection */
void
ts_slash_gone (TsConnection *connection)
{
  JsonArray *names;

  if (connection->slash->len == 0)
    return;

  names = json_array_new ();
  for (guint i = 0; i < connection->slash->len; i++)
    json_array_add_element (names, ts_clone (ts_get (g_ptr_array_index (connection->slash, i), "name")));
  g_ptr_array_set_size (connection->slash, 0);
  ts_broadcast (connection->server,
                ts_object ("cmd", ts_string ("slash_remove"), "commands", ts_of_array (names), NULL),
                NULL, connection);
}

static const char *
find_response_fault (TsCall *call)
{
  JsonNode *response = ts_get (call->request, "response");

  if (!ts_truthy (ts_get (call->request, "channel")))
    return "Channel parameter is required for slash commands";
  if (response != NULL && !JSON_NODE_HOLDS_NULL (response) && !ts_is_string (response))
    return "Slash response must be a string";
  if (!ts_truthy (response) && !ts_truthy (ts_get (call->request, "embeds")))
    return "Slash response must have content or embeds";
  if (!ts_truthy (ts_get (call->request, "command")))
    return "Command parameter is required for slash responses";

  return NULL;
}

static void
slash_response (TsCall *call)
{
  const char *response = ts_call_string (call, "response");
  const char *invoker = ts_call_string (call, "invoker");
  const char *fault;
  g_autofree char *text = NULL;
  TsMessage *message;

  if (!ts_call_knows_user (call))
    return;
  fault = find_response_fault (call);
  if (fault != NULL)
    {
      ts_call_error_without_source (call, "%s", fault);
      return;
    }

  text = ts_python_strip (response != NULL ? response : "");
  message = ts_message_new (call->user->id, text);
  if (ts_get_array (call->request, "embeds") != NULL)
    message->embeds = json_array_ref (ts_get_array (call->request, "embeds"));
  ts_slash_post (call, message, ts_call_string (call, "command"),
                 invoker != NULL ? ts_user_name (call->state, invoker) : call->user->username);
}

const TsCommand ts_commands_slash[] = {
  { "slash_list", slash_list },
  { "slash_call", slash_call },
  { "slash_register", slash_register },
  { "slash_response", slash_response },
  { NULL },
};
