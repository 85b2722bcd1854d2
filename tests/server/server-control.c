/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Changes the server while it runs: one JSON object with a member "do" posted to /_control, or given to
 * test_server_control(). README.md lists the commands.
 */

#define G_LOG_DOMAIN "test-server-control"

#include "server-private.h"

typedef JsonObject *(*Control) (TestServer  *self,
                                JsonObject  *command,
                                GError     **error);

static JsonObject *
fail (GError     **error,
      const char  *text)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, text);
  return NULL;
}

static const char *
refusal_name (TestServerRefusal refusal)
{
  switch (refusal)
    {
    case TEST_SERVER_REFUSE_CONNECT:
      return "connect";
    case TEST_SERVER_REFUSE_CLOSE:
      return "close";
    case TEST_SERVER_REFUSE_HTTP:
      return "http";
    case TEST_SERVER_REFUSE_NOTHING:
    default:
      return "no";
    }
}

static gboolean
refusal_from (const char        *name,
              TestServerRefusal *refusal)
{
  for (int i = TEST_SERVER_REFUSE_NOTHING; i <= TEST_SERVER_REFUSE_HTTP; i++)
    {
      if (g_strcmp0 (refusal_name (i), name) == 0)
        {
          *refusal = i;
          return TRUE;
        }
    }

  return FALSE;
}

static JsonObject *
describe (TestServer *self)
{
  TestServerFaults *faults = &self->faults;

  return ts_object ("port", ts_int (self->options.port),
                    "connections", ts_int (test_server_count_connections (self)),
                    "signed_in", ts_int (test_server_count_signed_in (self)),
                    "faults", ts_of_object (ts_object ("latency", ts_int (faults->latency_ms),
                                                       "drop_after", ts_int (faults->drop_after),
                                                       "garbage", ts_int (faults->garbage),
                                                       "oversize", ts_int (faults->oversize),
                                                       "half_open", ts_bool (faults->half_open),
                                                       "refuse", ts_string (refusal_name (faults->refuse)),
                                                       NULL)),
                    NULL);
}

static JsonObject *
do_status (TestServer  *self,
           JsonObject  *command,
           GError     **error)
{
  JsonObject *status = describe (self);
  JsonObject *received = json_object_new ();
  GHashTableIter iter;
  gpointer cmd;
  gpointer count;

  g_hash_table_iter_init (&iter, self->received);
  while (g_hash_table_iter_next (&iter, &cmd, &count))
    ts_set (received, cmd, ts_int (GPOINTER_TO_UINT (count)));
  ts_set (status, "received", ts_of_object (received));
  return status;
}

/* Faults that are not named stay as they are; "none" ends all of them first */
static JsonObject *
do_faults (TestServer  *self,
           JsonObject  *command,
           GError     **error)
{
  TestServerFaults faults = self->faults;

  if (ts_get_bool (command, "none", FALSE))
    faults = (TestServerFaults) { 0 };
  faults.latency_ms = ts_get_int (command, "latency", faults.latency_ms);
  faults.drop_after = ts_get_int (command, "drop_after", faults.drop_after);
  faults.garbage = ts_get_int (command, "garbage", faults.garbage);
  faults.oversize = ts_get_int (command, "oversize", faults.oversize);
  faults.half_open = ts_get_bool (command, "half_open", faults.half_open);
  if (ts_get (command, "refuse") != NULL && !refusal_from (ts_get_string (command, "refuse"), &faults.refuse))
    return fail (error, "refuse knows \"no\", \"connect\", \"close\" and \"http\"");
  test_server_set_faults (self, &faults);

  return describe (self);
}

static gboolean
is_of (TestServer   *self,
       TsConnection *connection,
       const char   *name)
{
  TsUser *user = name != NULL ? ts_user_find (self->state, name) : NULL;

  return name == NULL || (user != NULL && g_strcmp0 (connection->user_id, user->id) == 0);
}

/* Ends connections, of one person or all: without a word, or with a close code */
static JsonObject *
do_drop (TestServer  *self,
         JsonObject  *command,
         GError     **error)
{
  g_autoptr(GPtrArray) connections = g_ptr_array_new_with_free_func ((GDestroyNotify) ts_connection_unref);
  gint64 code = ts_get_int (command, "code", 0);
  guint n = 0;

  for (guint i = 0; i < self->connections->len; i++)
    g_ptr_array_add (connections, ts_connection_ref (g_ptr_array_index (self->connections, i)));

  for (guint i = 0; i < connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (connections, i);

      if (!is_of (self, connection, ts_get_string (command, "user")))
        continue;
      if (code != 0)
        ts_connection_close (connection, code, ts_get_string (command, "reason"));
      else
        ts_connection_drop (connection);
      n++;
    }

  return ts_object ("dropped", ts_int (n), NULL);
}

static JsonObject *
do_restart (TestServer  *self,
            JsonObject  *command,
            GError     **error)
{
  ts_server_restart (self, ts_get_int (command, "down", 0));
  return describe (self);
}

/* Runs any command as somebody who needs no connection; what comes back is in "answers" */
static JsonObject *
do_act (TestServer  *self,
        JsonObject  *command,
        GError     **error)
{
  TsUser *user = ts_user_find (self->state, ts_get_string (command, "user"));
  JsonObject *packet = ts_get_object (command, "packet");
  g_autoptr(TsConnection) actor = NULL;
  JsonArray *answers;

  if (user == NULL || packet == NULL)
    return fail (error, "act needs an existing \"user\" and a \"packet\"");

  actor = ts_connection_new_actor (self, user->id);
  ts_command_run (actor, packet);
  answers = json_array_new ();
  for (guint i = 0; i < actor->collected->len; i++)
    json_array_add_object_element (answers, json_object_ref (g_ptr_array_index (actor->collected, i)));

  return ts_object ("answers", ts_of_array (answers), NULL);
}

typedef struct
{
  TestServer *server;
  char *channel;
  guint left;
  guint sent;
  guint a_tick;
  guint n_users;
} Burst;

static void
burst_free (Burst *burst)
{
  g_free (burst->channel);
  g_free (burst);
}

static gboolean
burst_cb (gpointer user_data)
{
  Burst *burst = user_data;
  TestServer *self = burst->server;

  for (guint i = 0; i < burst->a_tick && burst->left > 0; i++, burst->left--, burst->sent++)
    {
      TsUser *user = g_ptr_array_index (self->state->users, burst->sent % burst->n_users);
      g_autofree char *text = g_strdup_printf ("burst %u", burst->sent);
      g_autofree char *id = test_server_post (self, user->id, burst->channel, text);
    }

  if (burst->left > 0)
    return G_SOURCE_CONTINUE;

  self->burst_source = 0;
  return G_SOURCE_REMOVE;
}

/* "count" messages, "rate" of them a second, by the first "users" people in turn; rate limits don't hold */
static JsonObject *
do_burst (TestServer  *self,
          JsonObject  *command,
          GError     **error)
{
  Burst *burst;
  guint rate = MAX (ts_get_int (command, "rate", 100), 1);
  guint interval = rate >= 50 ? 20 : 1000 / rate;
  const char *channel = ts_get_string (command, "channel");

  if (ts_channel_find (self->state, channel) == NULL)
    return fail (error, "burst needs an existing \"channel\"");

  burst = g_new0 (Burst, 1);
  burst->server = self;
  burst->channel = g_strdup (channel);
  burst->left = ts_get_int (command, "count", 100);
  burst->a_tick = MAX (rate * interval / 1000, 1);
  burst->n_users = CLAMP (ts_get_int (command, "users", 5), 1, self->state->users->len);

  g_clear_handle_id (&self->burst_source, g_source_remove);
  self->burst_source = g_timeout_add_full (G_PRIORITY_DEFAULT, interval, burst_cb, burst,
                                           (GDestroyNotify) burst_free);
  return json_object_new ();
}

/* A "packet", or a "frame" as text that needs be no JSON, or "binary" in base64; to one "user" or to all */
static JsonObject *
do_inject (TestServer  *self,
           JsonObject  *command,
           GError     **error)
{
  JsonObject *packet = ts_get_object (command, "packet");
  const char *frame = ts_get_string (command, "frame");
  const char *binary = ts_get_string (command, "binary");
  const char *name = ts_get_string (command, "user");
  TsUser *user = ts_user_find (self->state, name);
  const char *username = user != NULL ? user->username : name;

  if (packet != NULL)
    {
      g_autofree char *text = ts_json_write_object (packet);

      test_server_inject (self, username, text);
    }
  else if (frame != NULL)
    test_server_inject (self, username, frame);
  else if (binary != NULL)
    {
      gsize length;
      guchar *data = g_base64_decode (binary, &length);
      g_autoptr(GBytes) bytes = g_bytes_new_take (data, length);

      test_server_inject_binary (self, username, bytes);
    }
  else
    return fail (error, "inject needs a \"packet\", a \"frame\" or \"binary\"");

  return json_object_new ();
}

static JsonObject *
push_nickname (TestServer  *self,
               JsonObject  *command,
               GError     **error)
{
  TsUser *user = ts_user_find (self->state, ts_get_string (command, "user"));
  const char *nickname = ts_get_string (command, "nickname");
  JsonObject *packet;

  if (user == NULL)
    return fail (error, "push of a nickname needs an existing \"user\"");

  g_set_str (&user->nickname, nickname);
  packet = ts_object ("cmd", ts_string (nickname != NULL ? "nickname_update" : "nickname_remove"),
                      "user", ts_string (user->id),
                      "username", ts_string (user->username),
                      NULL);
  if (nickname != NULL)
    ts_set (packet, "nickname", ts_string (nickname));
  ts_broadcast (self, packet, NULL, NULL);
  return json_object_new ();
}

/* As when the operator edits the server's files by hand: pushes without the live members */
static JsonObject *
do_push (TestServer  *self,
         JsonObject  *command,
         GError     **error)
{
  const char *what = ts_get_string (command, "what");

  if (g_strcmp0 (what, "roles") == 0)
    {
      g_autoptr(JsonObject) packet = ts_object ("cmd", ts_string ("roles_list"),
                                                "val", ts_roles_to_json (self->state),
                                                NULL);
      g_autofree char *text = ts_json_write_object (packet);

      test_server_inject (self, NULL, text);
      return json_object_new ();
    }
  if (g_strcmp0 (what, "nickname") == 0)
    return push_nickname (self, command, error);
  if (g_strcmp0 (what, "channels") != 0)
    return fail (error, "push knows \"channels\", \"roles\" and \"nickname\"");

  for (guint i = self->connections->len; i > 0; i--)
    {
      TsConnection *connection = g_ptr_array_index (self->connections, i - 1);
      TsUser *user = ts_user_by_id (self->state, connection->user_id);

      if (user != NULL)
        ts_connection_send (connection, ts_object ("cmd", ts_string ("channels_get"),
                                                   "val", ts_channels_for (self, user->roles, FALSE),
                                                   NULL));
    }
  return json_object_new ();
}

static JsonObject *
do_validator_key (TestServer  *self,
                  JsonObject  *command,
                  GError     **error)
{
  g_set_str (&self->fixed_validator_key, ts_get_string (command, "key"));
  return json_object_new ();
}

static JsonObject *
do_rate_limits (TestServer  *self,
                JsonObject  *command,
                GError     **error)
{
  if (!ts_get_bool (command, "on", TRUE))
    {
      g_clear_pointer (&self->limiter, ts_rate_limiter_free);
      return json_object_new ();
    }

  if (self->limiter == NULL)
    self->limiter = ts_rate_limiter_new ();
  ts_rate_limiter_set_limits (self->limiter, ts_get_int (command, "per_minute", 60),
                              ts_get_int (command, "burst", 10), ts_get_number (command, "cooldown", 30));
  return json_object_new ();
}

static JsonObject *
do_generate (TestServer  *self,
             JsonObject  *command,
             GError     **error)
{
  const char *channel = ts_get_string (command, "channel");

  if (ts_get_int (command, "users", 0) > 0)
    ts_generate_users (self, ts_get_int (command, "users", 0));
  if (ts_get_int (command, "messages", 0) > 0)
    ts_generate_messages (self, channel != NULL ? channel : "archive", ts_get_int (command, "messages", 0));
  return json_object_new ();
}

/* Seconds to go forward, or a time since 1970 to go to; timers of the event loop keep the real time */
static JsonObject *
do_clock (TestServer  *self,
          JsonObject  *command,
          GError     **error)
{
  ts_advance_clock (ts_get_number (command, "advance", 0));
  if (ts_is_number (ts_get (command, "set")))
    ts_advance_clock (ts_get_number (command, "set", 0) - ts_now ());

  return ts_object ("now", ts_float (ts_now ()), NULL);
}

/* What an operator would have set up differently */
static JsonObject *
do_config (TestServer  *self,
           JsonObject  *command,
           GError     **error)
{
  TsConfig *config = &self->state->config;

  config->bots_reachable = ts_get_bool (command, "bots_reachable", config->bots_reachable);
  config->mute_seconds = ts_get_int (command, "mute_seconds", config->mute_seconds);
  if (ts_get_array (command, "blocked_words") != NULL)
    {
      g_ptr_array_unref (config->blocked_words);
      config->blocked_words = ts_get_strings (command, "blocked_words");
    }
  if (ts_get (command, "url") != NULL)
    g_set_str (&config->url, ts_get_string (command, "url"));
  if (ts_get_bool (command, "rate_limits", FALSE) && self->limiter == NULL)
    self->limiter = ts_rate_limiter_new ();
  if (ts_get_string (command, "greeted") != NULL)
    g_hash_table_add (self->state->greeted, g_strdup (ts_get_string (command, "greeted")));
  if (ts_get_object (command, "user") != NULL)
    ts_seed_add_user (self->state, ts_get_object (command, "user"), rotur_get_url (self->rotur));

  return json_object_new ();
}

static JsonObject *
do_rotur_wait (TestServer  *self,
               JsonObject  *command,
               GError     **error)
{
  self->rotur_wait_ms = ts_get_int (command, "ms", 0);
  return json_object_new ();
}

static JsonObject *
do_log (TestServer  *self,
        JsonObject  *command,
        GError     **error)
{
  return ts_object ("log", ts_string (self->log->str), NULL);
}

static JsonObject *
do_rotur (TestServer  *self,
          JsonObject  *command,
          GError     **error)
{
  return rotur_control (self->rotur, command, error);
}

static const struct
{
  const char *name;
  Control run;
  const char *members;
} controls[] = {
  { "status", do_status, "" },
  { "faults", do_faults, "none latency drop_after garbage oversize half_open refuse" },
  { "drop", do_drop, "user code reason" },
  { "restart", do_restart, "down" },
  { "act", do_act, "user packet" },
  { "burst", do_burst, "channel count rate users" },
  { "inject", do_inject, "user packet frame binary" },
  { "push", do_push, "what user nickname" },
  { "validator_key", do_validator_key, "key" },
  { "rate_limits", do_rate_limits, "on per_minute burst cooldown" },
  { "generate", do_generate, "users messages channel" },
  { "clock", do_clock, "advance set" },
  { "config", do_config, "bots_reachable rate_limits mute_seconds blocked_words url greeted user" },
  { "rotur_wait", do_rotur_wait, "ms" },
  { "log", do_log, "" },
  { "rotur", do_rotur, "api delay status limited browser_user attack grant account token clients "
                       "expire_access_tokens forget_validators revoke rename to link user" },
};

/* A misspelt switch would make a test pass that tests nothing */
static gboolean
knows_members (JsonObject  *command,
               const char  *known,
               GError     **error)
{
  g_auto(GStrv) names = g_strsplit (known, " ", -1);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, command);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (strcmp (name, "do") == 0 || g_strv_contains ((const char *const *) names, name))
        continue;

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Unknown member \"%s\"", name);
      return FALSE;
    }

  return TRUE;
}

static JsonObject *
run (TestServer  *self,
     const char  *text,
     gsize        length,
     GError     **error)
{
  g_autoptr(JsonNode) node = ts_json_parse (text, length, error);
  JsonObject *command;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, "A command is an object");

  command = json_node_get_object (node);
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    {
      if (g_strcmp0 (controls[i].name, ts_get_string (command, "do")) != 0)
        continue;
      return knows_members (command, controls[i].members, error) ? controls[i].run (self, command, error) : NULL;
    }

  return fail (error, "Unknown command");
}

/**
 * test_server_control:
 * @command: what would be posted to the control address
 *
 * Returns: (transfer full) (nullable): the answer, a JSON object
 */
char *
test_server_control (TestServer  *self,
                     const char  *command,
                     GError     **error)
{
  g_autoptr(JsonObject) answer = run (self, command, strlen (command), error);

  return answer != NULL ? ts_json_write_object (answer) : NULL;
}

void
ts_control_http (TestServer        *self,
                 SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr(GError) error = NULL;
  JsonObject *answer;

  if (soup_server_message_get_method (message) == SOUP_METHOD_GET)
    answer = do_status (self, NULL, NULL);
  else
    answer = run (self, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);

  if (answer != NULL)
    ts_http_answer_json (message, SOUP_STATUS_OK, answer);
  else
    ts_http_answer_error (message, SOUP_STATUS_BAD_REQUEST, error->message);
}

static void
control_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  ts_control_http (user_data, message);
}

void
ts_control_attach (TestServer *self)
{
  soup_server_add_handler (self->control, "/_control", control_cb, self, NULL);
}
