/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server"

#include "server-private.h"

/**
 * test_server_new:
 * @options: (nullable): copied; %NULL for all defaults
 *
 * Returns: (transfer full): a server that doesn't listen yet
 */
TestServer *
test_server_new (const TestServerOptions *options)
{
  TestServer *self = g_new0 (TestServer, 1);

  if (options != NULL)
    self->options = *options;
  self->options.seed_file = g_strdup (self->options.seed_file);
  self->options.rotur_url = g_strdup (self->options.rotur_url);
  self->options.tls_certificate = g_strdup (self->options.tls_certificate);
  self->faults = self->options.faults;

  self->state = ts_state_new ();
  self->rotur = rotur_new ();
  self->limiter = self->options.rate_limit ? ts_rate_limiter_new () : NULL;
  self->commands = g_hash_table_new (g_str_hash, g_str_equal);
  ts_commands_register (self->commands);
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) ts_connection_unref);
  self->received = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->last_received = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->log = g_string_new (NULL);
  self->voice = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->voice_places = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  self->session = soup_session_new ();
  g_queue_init (&self->inbox);

  return self;
}

void
test_server_free (TestServer *self)
{
  test_server_stop (self);

  g_free ((char *) self->options.seed_file);
  g_free ((char *) self->options.rotur_url);
  g_free ((char *) self->options.tls_certificate);
  g_free (self->url);
  g_free (self->control_url);
  g_free (self->rotur_url);
  g_free (self->fixed_validator_key);
  g_clear_pointer (&self->limiter, ts_rate_limiter_free);
  g_hash_table_unref (self->commands);
  g_hash_table_unref (self->received);
  g_hash_table_unref (self->last_received);
  g_string_free (self->log, TRUE);
  g_hash_table_unref (self->voice);
  g_hash_table_unref (self->voice_places);
  g_ptr_array_unref (self->paused);
  g_ptr_array_unref (self->connections);
  rotur_free (self->rotur);
  g_object_unref (self->session);
  ts_state_free (self->state);
  g_free (self);
}

static guint16
port_of (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  int port = uris != NULL ? g_uri_get_port (uris->data) : 0;

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

/**
 * ts_server_listen:
 *
 * Opens the chat server's port, the same one again after ts_server_restart() or a refusal.
 */
gboolean
ts_server_listen (TestServer  *self,
                  GError     **error)
{
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", self->options.port);
  SoupServerListenOptions how = self->options.tls_certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0;

  if (!soup_server_listen (self->chat, address, how, error))
    return FALSE;

  self->options.port = port_of (self->chat);
  return TRUE;
}

static gboolean
make_chat_server (TestServer  *self,
                  GError     **error)
{
  self->chat = soup_server_new ("server-header", "natter-test-server", NULL);

  if (self->options.tls_certificate != NULL)
    {
      g_autoptr(GTlsCertificate) certificate =
        g_tls_certificate_new_from_file (self->options.tls_certificate, error);

      if (certificate == NULL)
        return FALSE;
      soup_server_set_tls_certificate (self->chat, certificate);
    }

  ts_http_attach (self);
  return TRUE;
}

static gboolean
make_control_server (TestServer  *self,
                     GError     **error)
{
  g_autoptr(GSocketAddress) address =
    g_inet_socket_address_new_from_string ("127.0.0.1", self->options.control_port);

  self->control = soup_server_new ("server-header", "natter-test-server", NULL);
  ts_control_attach (self);
  if (!soup_server_listen (self->control, address, 0, error))
    return FALSE;

  self->options.control_port = port_of (self->control);
  self->control_url = g_strdup_printf ("http://127.0.0.1:%u/_control", self->options.control_port);
  return TRUE;
}

static void
settle_config (TestServer *self)
{
  TsConfig *config = &self->state->config;

  config->shown_name = g_strdup (config->name);
  config->shown_icon = g_strdup (config->icon);
  config->shown_banner = g_strdup (config->banner);
}

/**
 * test_server_start:
 *
 * Loads the community and opens the ports, all on 127.0.0.1. Once only.
 */
gboolean
test_server_start (TestServer  *self,
                   GError     **error)
{
  g_return_val_if_fail (self->chat == NULL, FALSE);

  if (!rotur_start (self->rotur, self->options.rotur_port, error)
      || !make_chat_server (self, error)
      || !make_control_server (self, error)
      || !ts_server_listen (self, error)
      || !ts_seed_load (self, error))
    return FALSE;

  self->rotur_url = g_strdup (self->options.rotur_url != NULL ? self->options.rotur_url
                                                              : rotur_get_url (self->rotur));
  self->url = g_strdup_printf ("%s://127.0.0.1:%u",
                               self->options.tls_certificate != NULL ? "wss" : "ws", self->options.port);
  settle_config (self);

  if (self->options.users > 0)
    ts_generate_users (self, self->options.users);
  if (self->options.messages > 0)
    ts_generate_messages (self, "archive", self->options.messages);

  test_server_set_faults (self, &self->options.faults);
  return TRUE;
}

/**
 * test_server_stop:
 *
 * Ends all connections without a close frame, as a killed process does, and closes the ports.
 */
void
test_server_stop (TestServer *self)
{
  g_clear_handle_id (&self->restart_source, g_source_remove);
  g_clear_handle_id (&self->burst_source, g_source_remove);
  test_server_drop_all (self);
  g_ptr_array_set_size (self->paused, 0);
  soup_session_abort (self->session);

  if (self->chat != NULL)
    soup_server_disconnect (self->chat);
  if (self->control != NULL)
    soup_server_disconnect (self->control);
  g_clear_object (&self->chat);
  g_clear_object (&self->control);
  rotur_stop (self->rotur);
}

guint16
test_server_get_port (TestServer *self)
{
  return self->options.port;
}

/**
 * test_server_get_url:
 *
 * Returns: the address of the socket, "ws://127.0.0.1:PORT"
 */
const char *
test_server_get_url (TestServer *self)
{
  return self->url;
}

/**
 * test_server_get_rotur_url:
 *
 * Returns: the base address of the own Rotur stand-in, "http://127.0.0.1:PORT"
 */
const char *
test_server_get_rotur_url (TestServer *self)
{
  return rotur_get_url (self->rotur);
}

const char *
test_server_get_control_url (TestServer *self)
{
  return self->control_url;
}

/* Where HTTP reaches the chat server */
char *
ts_server_dup_public_url (TestServer *self)
{
  return g_strdup_printf ("%s://127.0.0.1:%u",
                          self->options.tls_certificate != NULL ? "https" : "http", self->options.port);
}

/* Random, and new for each connection; on newer servers with the server's address in the middle */
char *
ts_server_dup_validator_key (TestServer *self)
{
  g_autofree char *random = ts_random_text (24);

  if (self->fixed_validator_key != NULL)
    return g_strdup (self->fixed_validator_key);
  if (!ts_server_is_new (self))
    return g_strconcat ("originChats-", random, NULL);

  g_strdelimit (random, "-", '_');
  return g_strconcat ("originChats-", self->url, "-", random, NULL);
}

static void
resume_paused (TestServer *self)
{
  for (guint i = 0; i < self->paused->len; i++)
    soup_server_message_unpause (g_ptr_array_index (self->paused, i));
  g_ptr_array_set_size (self->paused, 0);
}

/**
 * test_server_set_faults:
 *
 * Sets all faults at once; those that are zero end. Works on connections that are open as well.
 */
void
test_server_set_faults (TestServer             *self,
                        const TestServerFaults *faults)
{
  g_autoptr(GSList) listeners = self->chat != NULL ? soup_server_get_listeners (self->chat) : NULL;
  gboolean was_closed = self->chat != NULL && listeners == NULL;

  self->faults = *faults;

  for (guint i = self->connections->len; i > 0; i--)
    {
      if (i <= self->connections->len)
        ts_connection_set_silent (g_ptr_array_index (self->connections, i - 1), faults->half_open);
    }
  if (!faults->half_open)
    resume_paused (self);

  if (self->chat == NULL || self->restart_source != 0)
    return;
  if (faults->refuse == TEST_SERVER_REFUSE_CONNECT && !was_closed)
    soup_server_disconnect (self->chat);
  else if (faults->refuse != TEST_SERVER_REFUSE_CONNECT && was_closed)
    ts_server_listen (self, NULL);
}

const TestServerFaults *
test_server_get_faults (TestServer *self)
{
  return &self->faults;
}

guint
test_server_count_connections (TestServer *self)
{
  return self->connections->len;
}

guint
test_server_count_signed_in (TestServer *self)
{
  guint n = 0;

  for (guint i = 0; i < self->connections->len; i++)
    n += ((TsConnection *) g_ptr_array_index (self->connections, i))->user_id != NULL;

  return n;
}

/**
 * test_server_count_received:
 * @cmd: name of a command; "" for packets without one
 *
 * Returns: how many such packets came over all connections since the start
 */
guint
test_server_count_received (TestServer *self,
                            const char *cmd)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->received, cmd));
}

/**
 * test_server_dup_last_received:
 *
 * Returns: (transfer full) (nullable): the last packet of that name, as it came
 */
char *
test_server_dup_last_received (TestServer *self,
                               const char *cmd)
{
  return g_strdup (g_hash_table_lookup (self->last_received, cmd));
}

/**
 * test_server_dup_log:
 *
 * Returns: (transfer full): one line for each packet that came: number of the connection, user or "-", command
 */
char *
test_server_dup_log (TestServer *self)
{
  return g_strdup (self->log->str);
}

/**
 * test_server_drop_all:
 *
 * Ends all connections without a close frame.
 */
void
test_server_drop_all (TestServer *self)
{
  while (self->connections->len > 0)
    ts_connection_drop (g_ptr_array_index (self->connections, self->connections->len - 1));
}

static gboolean
restart_cb (gpointer user_data)
{
  TestServer *self = user_data;

  self->restart_source = 0;
  if (self->faults.refuse != TEST_SERVER_REFUSE_CONNECT)
    ts_server_listen (self, NULL);
  return G_SOURCE_REMOVE;
}

/* As a new process of the same server: what the real one keeps in memory only is gone */
void
ts_server_restart (TestServer *self,
                   guint       down_ms)
{
  TsConfig *config = &self->state->config;

  soup_server_disconnect (self->chat);
  test_server_drop_all (self);
  g_hash_table_remove_all (self->voice);
  g_set_str (&config->shown_name, config->name);
  g_set_str (&config->shown_icon, config->icon);
  g_set_str (&config->shown_banner, config->banner);
  if (self->limiter != NULL)
    {
      ts_rate_limiter_free (self->limiter);
      self->limiter = ts_rate_limiter_new ();
    }

  g_clear_handle_id (&self->restart_source, g_source_remove);
  if (down_ms > 0)
    self->restart_source = g_timeout_add (down_ms, restart_cb, self);
  else
    restart_cb (self);
}

static void
inject (TestServer           *self,
        const char           *username,
        SoupWebsocketDataType type,
        GBytes               *frame)
{
  for (guint i = self->connections->len; i > 0; i--)
    {
      TsConnection *connection = g_ptr_array_index (self->connections, i - 1);

      if (username == NULL || g_strcmp0 (connection->username, username) == 0)
        ts_connection_send_raw (connection, type, frame);
    }
}

/**
 * test_server_inject:
 * @username: (nullable): whose connections get it; %NULL: all, also those not signed in
 * @frame: the text of the frame, sent as it stands
 */
void
test_server_inject (TestServer *self,
                    const char *username,
                    const char *frame)
{
  g_autoptr(GBytes) bytes = g_bytes_new (frame, strlen (frame));

  inject (self, username, SOUP_WEBSOCKET_DATA_TEXT, bytes);
}

void
test_server_inject_binary (TestServer *self,
                           const char *username,
                           GBytes     *frame)
{
  inject (self, username, SOUP_WEBSOCKET_DATA_BINARY, frame);
}

/**
 * test_server_post:
 * @username: full name or id of an existing account, for instance "USR:local_cleo"
 *
 * Writes a message as somebody who may have no connection; limits and rights hold.
 *
 * Returns: (transfer full) (nullable): its id; %NULL when it was refused
 */
char *
test_server_post (TestServer *self,
                  const char *username,
                  const char *channel,
                  const char *content)
{
  g_autoptr(TsConnection) actor = NULL;
  g_autoptr(JsonObject) request = NULL;
  TsUser *user = ts_user_find (self->state, username);
  JsonObject *answer;

  g_return_val_if_fail (user != NULL, NULL);

  request = ts_object ("cmd", ts_string ("message_new"),
                       "channel", ts_string (channel),
                       "content", ts_string (content),
                       NULL);
  actor = ts_connection_new_actor (self, user->id);
  ts_command_run (actor, request);
  if (actor->collected->len == 0)
    return NULL;

  answer = g_ptr_array_index (actor->collected, 0);
  return g_strdup (ts_get_string (ts_get_object (answer, "message"), "id"));
}

guint
test_server_count_messages (TestServer *self,
                            const char *channel)
{
  TsPlace *place = g_hash_table_lookup (self->state->places, channel);

  return place != NULL ? place->messages->len : 0;
}

/**
 * test_server_dup_message:
 * @position: 0 for the oldest
 *
 * Returns: (transfer full) (nullable): a stored message as JSON
 */
char *
test_server_dup_message (TestServer *self,
                         const char *channel,
                         guint       position)
{
  TsPlace *place = g_hash_table_lookup (self->state->places, channel);
  g_autoptr(JsonObject) object = NULL;

  if (place == NULL || position >= place->messages->len)
    return NULL;

  object = ts_message_to_json (self->state, g_ptr_array_index (place->messages, position));
  return ts_json_write_object (object);
}
