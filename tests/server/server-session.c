/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in, and what the others see of it */

#define G_LOG_DOMAIN "test-server-session"

#include "server-private.h"

#define CHECK_SECONDS 5

static void
refuse (TsConnection *connection,
        JsonObject   *request,
        const char   *text,
        const char   *reason)
{
  JsonObject *packet = ts_object ("cmd", ts_string ("auth_error"), "val", ts_string (text), NULL);

  if (ts_server_is_new (connection->server))
    {
      if (reason != NULL)
        ts_set (packet, "reason", ts_string (reason));
      if (ts_get_string (request, "listener") != NULL)
        ts_set (packet, "listener", ts_string (ts_get_string (request, "listener")));
    }

  ts_connection_send (connection, packet);
}

static JsonObject *
ready_packet (TsConnection *connection,
              TsUser       *user)
{
  g_autofree char *validator = ts_random_text (32);
  JsonObject *me = ts_object ("username", ts_string (user->username), NULL);

  if (user->nickname != NULL)
    ts_set (me, "nickname", ts_string (user->nickname));
  ts_set (me, "roles", ts_strings (user->roles));
  ts_set (me, "status", ts_user_status (user));
  if (user->password != NULL || user->pfp != NULL)
    ts_set (me, "pfp_url", ts_string (user->pfp));
  ts_set (me, "cracked", ts_bool (user->password != NULL));

  return ts_object ("cmd", ts_string ("ready"),
                    "user", ts_of_object (me),
                    "validator", ts_string (validator),
                    NULL);
}

static JsonObject *
person_packet (TestServer *server,
               const char *cmd,
               TsUser     *user)
{
  return ts_object ("cmd", ts_string (cmd),
                    "user", ts_of_object (ts_object ("username", ts_string (user->username),
                                                     "roles", ts_strings (user->roles),
                                                     "color", ts_user_color (server->state, user->roles),
                                                     NULL)),
                    NULL);
}

static void
greet (TestServer *server,
       TsUser     *user)
{
  g_autofree char *text = g_strdup_printf ("Welcome %s! Thanks for joining the server.", user->username);
  gboolean is_first = g_hash_table_add (server->state->greeted, g_strdup (user->id));

  if (server->options.welcome && is_first && ts_channel_find (server->state, "general") != NULL)
    ts_post_plugin_message (server, "general", ts_message_new ("originChats", text));
}

static void
admit (TsConnection *connection,
       TsUser       *user,
       JsonObject   *request,
       gboolean      is_new)
{
  TestServer *server = connection->server;
  gboolean was_online = ts_is_online (server, user->username, NULL);
  JsonObject *success;

  connection->user_id = g_strdup (user->id);
  connection->username = g_strdup (user->username);
  connection->roles = g_ptr_array_copy (user->roles, (GCopyFunc) (void *) g_strdup, NULL);
  g_ptr_array_set_free_func (connection->roles, g_free);

  success = ts_object ("cmd", ts_string ("auth_success"), "val", ts_string ("Authentication successful"), NULL);
  if (ts_server_is_new (server) && ts_get_string (request, "listener") != NULL)
    ts_set (success, "listener", ts_string (ts_get_string (request, "listener")));
  ts_connection_send (connection, success);
  ts_connection_send (connection, ready_packet (connection, user));

  if (is_new)
    ts_broadcast (server, person_packet (server, "user_join", user), NULL, NULL);
  if (!was_online)
    ts_broadcast (server, person_packet (server, "user_connect", user), NULL, NULL);
  greet (server, user);

  if (server->faults.oversize > 0)
    {
      g_autofree char *filling = g_strnfill (server->faults.oversize, 'x');
      g_autofree char *text = g_strdup_printf ("{\"cmd\": \"oversized\", \"val\": \"%s\"}", filling);

      ts_connection_send_text (connection, text);
    }
}

static gboolean
is_banned (TsConnection *connection,
           JsonObject   *request,
           TsUser       *user)
{
  if (!ts_user_is_banned (user))
    return FALSE;

  refuse (connection, request, "Access denied: You are banned from this server", "banned");
  return TRUE;
}

static gboolean
is_local_name (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && c != '-' && c != '_')
        return FALSE;
    }

  return TRUE;
}

/* The trimmed, lower-cased name and the password; FALSE when one is missing or blank */
static gboolean
get_credentials (JsonObject  *request,
                 char       **name,
                 const char **password)
{
  const char *given = ts_get_string (request, "username");
  g_autofree char *trimmed = given != NULL ? ts_python_strip (given) : NULL;

  *password = ts_get_string (request, "password");
  if (trimmed == NULL || *trimmed == '\0' || *password == NULL || **password == '\0')
    return FALSE;

  *name = g_utf8_strdown (trimmed, -1);
  return TRUE;
}

static void
login (TsConnection *connection,
       JsonObject   *request)
{
  TsState *state = connection->server->state;
  g_autofree char *name = NULL;
  g_autofree char *full_name = NULL;
  const char *password;
  TsUser *user;

  if (!get_credentials (request, &name, &password))
    {
      refuse (connection, request, "Username and password required", NULL);
      return;
    }

  full_name = g_strconcat ("USR:local_", name, NULL);
  user = ts_user_by_name (state, full_name);
  if (user == NULL)
    refuse (connection, request, "User not found", NULL);
  else if (user->password == NULL)
    refuse (connection, request, "This account uses Rotur authentication", NULL);
  else if (strcmp (user->password, password) != 0)
    refuse (connection, request, "Invalid password", NULL);
  else if (!is_banned (connection, request, user))
    admit (connection, user, request, FALSE);
}

static const char *
find_registration_fault (TsConnection *connection,
                         const char   *name,
                         const char   *full_name,
                         const char   *password)
{
  glong name_length = ts_code_points (name);
  glong password_length = ts_code_points (password);

  if (name_length < 2 || name_length > 32)
    return "Username must be 2-32 characters";
  if (!is_local_name (name))
    return "Username can only contain letters, numbers, hyphens, and underscores";
  if (password_length < 4 || password_length > 72)
    return "Password must be 4-72 characters";
  if (ts_user_by_name (connection->server->state, full_name) != NULL)
    return "Username already taken";

  return NULL;
}

static void
register_account (TsConnection *connection,
                  JsonObject   *request)
{
  g_autofree char *name = NULL;
  g_autofree char *full_name = NULL;
  const char *password;
  const char *fault;
  TsUser *user;

  if (connection->server->options.closed_registration)
    {
      refuse (connection, request, "Registration is disabled", NULL);
      return;
    }
  if (!get_credentials (request, &name, &password))
    {
      refuse (connection, request, "Username and password required", NULL);
      return;
    }

  full_name = g_strconcat ("USR:local_", name, NULL);
  fault = find_registration_fault (connection, name, full_name, password);
  if (fault != NULL)
    {
      refuse (connection, request, fault, NULL);
      return;
    }

  user = ts_user_new (connection->server->state, full_name, full_name);
  user->nickname = g_strdup (name);
  user->password = g_strdup (password);
  admit (connection, user, request, TRUE);
}

typedef struct
{
  GCancellable *cancellable;
  guint timeout;
} Check;

static void
check_free (Check *check)
{
  g_clear_handle_id (&check->timeout, g_source_remove);
  g_object_unref (check->cancellable);
  g_free (check);
}

static gboolean
check_timeout_cb (gpointer user_data)
{
  Check *check = user_data;

  check->timeout = 0;
  g_cancellable_cancel (check->cancellable);
  return G_SOURCE_REMOVE;
}

static void
check_done_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autoptr(JsonNode) node = NULL;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);

  if (body == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (soup_message_get_status (message) == SOUP_STATUS_OK)
    node = ts_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    g_task_return_pointer (task, json_node_dup_object (node), (GDestroyNotify) json_object_unref);
  else
    g_task_return_pointer (task, json_object_new (), (GDestroyNotify) json_object_unref);
}

/* Asks the Rotur API about a validator, waiting @seconds at most; the real server stands still meanwhile */
void
ts_session_check (TestServer          *server,
                  const char          *key,
                  const char          *validator,
                  guint                seconds,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  Check *check = g_new0 (Check, 1);
  GTask *task;
  g_autofree char *escaped_key = g_uri_escape_string (key, NULL, FALSE);
  g_autofree char *escaped_validator = g_uri_escape_string (validator, NULL, FALSE);
  g_autofree char *url = g_strdup_printf ("%s/validate?key=%s&v=%s",
                                          server->rotur_url, escaped_key, escaped_validator);
  g_autoptr(SoupMessage) message = soup_message_new ("GET", url);

  check->cancellable = g_cancellable_new ();
  check->timeout = g_timeout_add (server->rotur_wait_ms > 0 ? server->rotur_wait_ms : seconds * 1000,
                                  check_timeout_cb, check);
  task = g_task_new (NULL, check->cancellable, callback, user_data);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, ts_session_check);
  g_task_set_task_data (task, check, (GDestroyNotify) check_free);
  soup_session_send_and_read_async (server->session, message, G_PRIORITY_DEFAULT, check->cancellable,
                                    check_done_cb, task);
}

/* Returns: (transfer full): the API's answer, empty when it refused; NULL when it didn't come in time */
JsonObject *
ts_session_check_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static TsUser *
find_or_make_rotur_user (TsState    *state,
                         const char *id,
                         const char *username,
                         gboolean   *is_new)
{
  TsUser *user = ts_user_by_id (state, id);

  *is_new = user == NULL;
  if (user == NULL)
    return ts_user_new (state, id, username);

  g_set_str (&user->username, username);
  return user;
}

typedef struct
{
  TsConnection *connection;
  JsonObject *request;
} Attempt;

static void
auth_checked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Attempt *attempt = user_data;
  TsConnection *connection = attempt->connection;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = ts_session_check_finish (result, &error);

  /* When the API is slow or away the real server says nothing at all */
  if (answer != NULL && !connection->gone)
    {
      const char *id = ts_get_string (answer, "id");
      const char *username = ts_get_string (answer, "username");

      if (ts_get_bool (answer, "valid", FALSE) && id != NULL && username != NULL)
        {
          gboolean is_new;
          TsUser *user = find_or_make_rotur_user (connection->server->state, id, username, &is_new);

          if (!is_banned (connection, attempt->request, user))
            admit (connection, user, attempt->request, is_new);
        }
      else
        refuse (connection, attempt->request, "Invalid authentication", NULL);
    }

  ts_server_thaw (connection->server);
  ts_connection_unref (attempt->connection);
  json_object_unref (attempt->request);
  g_free (attempt);
}

static void
authenticate (TsConnection *connection,
              JsonObject   *request)
{
  TestServer *server = connection->server;
  const char *validator = ts_get_string (request, "validator");
  Attempt *attempt;

  if (server->options.auth == TEST_SERVER_AUTH_CRACKED_ONLY)
    {
      refuse (connection, request, "Rotur authentication is disabled. Use login or register commands.", NULL);
      return;
    }
  if (validator == NULL || *validator == '\0')
    {
      refuse (connection, request, "Invalid authentication", NULL);
      return;
    }

  attempt = g_new0 (Attempt, 1);
  attempt->connection = ts_connection_ref (connection);
  attempt->request = json_object_ref (request);
  server->frozen++;
  ts_session_check (server, connection->validator_key, validator, CHECK_SECONDS, auth_checked_cb, attempt);
}

/* A command of a client that is not signed in */
void
ts_session_command (TsConnection *connection,
                    JsonObject   *request)
{
  const char *cmd = ts_get_string (request, "cmd");
  gboolean local = connection->server->options.auth != TEST_SERVER_AUTH_ROTUR;

  if (g_strcmp0 (cmd, "auth") == 0)
    authenticate (connection, request);
  else if (local && g_strcmp0 (cmd, "login") == 0)
    login (connection, request);
  else if (local && g_strcmp0 (cmd, "register") == 0)
    register_account (connection, request);
  else
    refuse (connection, request, "Authentication required", NULL);
}

/* After a connection ended */
void
ts_session_gone (TsConnection *connection)
{
  TestServer *server = connection->server;
  TsUser *user;

  if (connection->user_id == NULL)
    return;

  ts_voice_leave (server, connection);
  ts_slash_gone (connection);

  user = ts_user_by_id (server->state, connection->user_id);
  if (!ts_is_online (server, connection->username, connection)
      && (user != NULL || ts_count_connections_of (server, connection->user_id) > 0))
    ts_broadcast (server,
                  ts_object ("cmd", ts_string ("user_disconnect"),
                             "username", ts_string (connection->username),
                             NULL),
                  NULL, connection);
}
