/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-slash"

#include "server-private.h"

#include "server-slash.h"

#define MAX_NICKNAME 20

static const char built_in[] =
  "[{\"name\": \"nick\", \"description\": \"Set or clear your display nickname\", \"options\": [{\"name\": \"nickname\","
  " \"description\": \"Your new nickname (leave empty to clear)\", \"type\": \"str\", \"required\": false}],"
  " \"whitelistRoles\": null, \"blacklistRoles\": null, \"ephemeral\": false, \"registeredBy\": \"originChats\"},"
  "{\"name\": \"mute\", \"description\": \"Timeout a user (prevent them from sending messages)\", \"options\":"
  " [{\"name\": \"username\", \"description\": \"The user to mute\", \"type\": \"str\", \"required\": true},"
  " {\"name\": \"duration\", \"description\": \"Duration in seconds\", \"type\": \"int\", \"required\": true},"
  " {\"name\": \"reason\", \"description\": \"Reason for the mute\", \"type\": \"str\", \"required\": false}],"
  " \"whitelistRoles\": [\"admin\", \"owner\"], \"blacklistRoles\": null, \"ephemeral\": false,"
  " \"registeredBy\": \"originChats\"},"
  "{\"name\": \"help\", \"description\": \"List all available slash commands\", \"options\": [],"
  " \"whitelistRoles\": null, \"blacklistRoles\": null, \"ephemeral\": false, \"registeredBy\": \"originChats\"},"
  "{\"name\": \"ban\", \"description\": \"Ban a user from the server\", \"options\":"
  " [{\"name\": \"username\", \"description\": \"The user to ban\", \"type\": \"str\", \"required\": true},"
  " {\"name\": \"reason\", \"description\": \"Reason for the ban\", \"type\": \"str\", \"required\": false}],"
  " \"whitelistRoles\": [\"admin\", \"owner\"], \"blacklistRoles\": null, \"ephemeral\": false,"
  " \"registeredBy\": \"originChats\"},"
  "{\"name\": \"unmute\", \"description\": \"Remove timeout from a user\", \"options\":"
  " [{\"name\": \"username\", \"description\": \"The user to unmute\", \"type\": \"str\", \"required\": true}],"
  " \"whitelistRoles\": [\"admin\", \"owner\"], \"blacklistRoles\": null, \"ephemeral\": false,"
  " \"registeredBy\": \"originChats\"},"
  "{\"name\": \"unban\", \"description\": \"Unban a user from the server\", \"options\":"
  " [{\"name\": \"username\", \"description\": \"The user to unban\", \"type\": \"str\", \"required\": true}],"
  " \"whitelistRoles\": [\"admin\", \"owner\"], \"blacklistRoles\": null, \"ephemeral\": false,"
  " \"registeredBy\": \"originChats\"}]";

JsonArray *
ts_slash_built_in (void)
{
  g_autoptr(JsonNode) node = ts_json_parse (built_in, strlen (built_in), NULL);

  return json_node_dup_array (node);
}

/* Stores and shows an answer to a slash command. Takes @message. */
void
ts_slash_post (TsCall     *call,
               TsMessage  *message,
               const char *command,
               const char *username)
{
  const char *channel = ts_call_string (call, "channel");

  message->interaction = ts_object ("command", ts_string (command), "username", ts_string (username), NULL);
  ts_place_add (ts_channel_place (call->state, channel != NULL ? channel : ""), message);
  ts_call_broadcast (call, ts_object ("cmd", ts_string ("message_new"),
                                      "message", ts_of_object (ts_message_to_json (call->state, message)),
                                      "channel", ts_string (channel),
                                      NULL), channel);
}

static void
say (TsCall     *call,
     const char *text)
{
  ts_slash_post (call, ts_message_new ("originChats", text), ts_call_string (call, "command"),
                 call->user->username);
}

static const char *
argument (TsCall     *call,
          const char *name)
{
  return ts_get_string (ts_get_object (call->request, "args"), name);
}

static void
nick (TsCall *call)
{
  const char *given = argument (call, "nickname");
  g_autofree char *name = given != NULL ? ts_python_strip (given) : NULL;
  g_autofree char *text = NULL;

  if (name == NULL || *name == '\0')
    {
      if (call->user->nickname == NULL)
        {
          say (call, "You don't have a nickname set. Use `/nick <name>` to set one.");
          return;
        }
      g_clear_pointer (&call->user->nickname, g_free);
      ts_call_announce (call, ts_object ("cmd", ts_string ("nickname_remove"),
                                         "user", ts_string (call->user->id),
                                         "username", ts_string (call->user->username),
                                         NULL), NULL);
      say (call, "Nickname cleared");
      return;
    }
  if (ts_code_points (name) > MAX_NICKNAME)
    {
      ts_call_error (call, "Nickname too long (max 20 characters)");
      return;
    }

  g_set_str (&call->user->nickname, name);
  ts_call_announce (call, ts_object ("cmd", ts_string ("nickname_update"),
                                     "user", ts_string (call->user->id),
                                     "username", ts_string (call->user->username),
                                     "nickname", ts_string (name),
                                     NULL), NULL);
  text = g_strdup_printf ("Nickname set to **%s**", name);
  say (call, text);
}

static void
help (TsCall *call)
{
  ts_call_error (call, "Error executing command: unhashable type: 'dict'");
}

/* The person in "username", or an error */
static TsUser *
find_target (TsCall *call)
{
  const char *name = argument (call, "username");
  TsUser *user;

  if (name == NULL || *name == '\0')
    {
      ts_call_error (call, "Username is required");
      return NULL;
    }

  user = ts_user_find (call->state, name);
  if (user == NULL)
    ts_call_error (call, "User '%s' not found", name);
  return user;
}

static char *
with_reason (TsCall *call,
             char   *text)
{
  const char *reason = argument (call, "reason");
  char *full;

  if (reason == NULL || *reason == '\0')
    reason = "No reason provided";

  full = g_strdup_printf ("%s\n**Reason:** %s", text, reason);
  g_free (text);
  return full;
}

static void
disconnect_user (TestServer *server,
                 TsUser     *user)
{
  g_autoptr(GPtrArray) connections = g_ptr_array_new_with_free_func ((GDestroyNotify) ts_connection_unref);

  for (guint i = 0; i < server->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (server->connections, i);

      if (g_strcmp0 (connection->user_id, user->id) == 0)
        g_ptr_array_add (connections, ts_connection_ref (connection));
    }

  for (guint i = 0; i < connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (connections, i);

      ts_connection_send (connection, ts_object ("cmd", ts_string ("disconnect"),
                                                 "reason", ts_string ("You have been banned"),
                                                 NULL));
      ts_connection_expel (connection);
    }
}

static void
ban (TsCall *call)
{
  TsUser *user = find_target (call);
  g_autofree char *text = NULL;

  if (user == NULL)
    return;
  if (ts_user_has_role (user, "owner"))
    {
      ts_call_error (call, "Cannot ban the server owner");
      return;
    }
  if (!ts_ban (call->state, call->user->id, user, TRUE))
    {
      ts_call_error (call, "User '%s' is already banned", user->username);
      return;
    }

  disconnect_user (call->server, user);
  text = with_reason (call, g_strdup_printf ("🚫 **%s** has been banned.", user->username));
  say (call, text);
}

static void
unban (TsCall *call)
{
  TsUser *user = find_target (call);
  g_autofree char *text = NULL;

  if (user == NULL)
    return;
  if (!ts_ban (call->state, call->user->id, user, FALSE))
    {
      ts_call_error (call, "User '%s' is not banned", user->username);
      return;
    }

  text = g_strdup_printf ("✅ **%s** has been unbanned.", user->username);
  say (call, text);
}

/* In seconds, as a number or as text; FALSE after having said what is wrong */
static gboolean
get_duration (TsCall *call,
              gint64 *seconds)
{
  JsonNode *node = ts_get (ts_get_object (call->request, "args"), "duration");

  if (!ts_truthy (node))
    {
      ts_call_error (call, "Duration is required");
      return FALSE;
    }
  if (ts_is_number (node))
    *seconds = json_node_get_int (node);
  else if (!ts_is_string (node)
           || !g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, seconds, NULL))
    {
      ts_call_error (call, "Duration must be a valid number");
      return FALSE;
    }
  if (*seconds <= 0)
    {
      ts_call_error (call, "Duration must be a positive number");
      return FALSE;
    }

  return TRUE;
}

static void
mute (TsCall *call)
{
  TsUser *user = find_target (call);
  const char *reason = argument (call, "reason");
  g_autofree char *text = NULL;
  gint64 seconds;

  if (user == NULL || !get_duration (call, &seconds))
    return;
  if (ts_user_has_role (user, "owner"))
    {
      ts_call_error (call, "Cannot mute the server owner");
      return;
    }
  if (call->server->limiter == NULL)
    {
      ts_call_error (call, "Rate limiter not available");
      return;
    }

  ts_rate_limiter_set_timeout (call->server->limiter, user->id, seconds);
  text = with_reason (call, g_strdup_printf ("🔇 **%s** has been muted for %" G_GINT64_FORMAT " seconds.",
                                             user->username, seconds));
  say (call, text);
  if (call->state->config.bots_reachable)
    ts_send_to_user (call->server, user->id,
                     ts_object ("cmd", ts_string ("rate_limit"),
                                "reason", ts_string_printf ("Muted: %s", reason != NULL ? reason : ""),
                                "length", ts_int (seconds * 1000),
                                NULL));
}

/* Clears cool-downs, not time-outs, and so lifts no mute */
static void
unmute (TsCall *call)
{
  TsUser *user = find_target (call);
  g_autofree char *text = NULL;

  if (user == NULL)
    return;
  if (call->server->limiter == NULL)
    {
      ts_call_error (call, "Rate limiter not available");
      return;
    }

  ts_rate_limiter_reset (call->server->limiter, user->id);
  text = g_strdup_printf ("🔊 **%s** has been unmuted.", user->username);
  say (call, text);
}

static const TsCommand commands[] = {
  { "nick", nick },
  { "help", help },
  { "ban", ban },
  { "unban", unban },
  { "mute", mute },
  { "unmute", unmute },
};

static gboolean
may_moderate (TsCall *call)
{
  if (ts_user_has_role (call->user, "admin") || ts_user_has_role (call->user, "owner"))
    return TRUE;

  ts_call_error (call, "Access denied: 'admin' role required");
  return FALSE;
}

/* FALSE when there is none of that name */
gboolean
ts_slash_run_built_in (TsCall     *call,
                       const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      gboolean open = commands[i].run == nick || commands[i].run == help;

      if (strcmp (commands[i].cmd, name) != 0)
        continue;
      if (open || may_moderate (call))
        commands[i].run (call);
      return TRUE;
    }

  return FALSE;
}
