/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For dup3() */
#define _GNU_SOURCE
#define G_LOG_DOMAIN "test-server-socket"

#include "server-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* The real server's web library refuses frames of 4 MiB and more with code 1009 */
#define MAX_INCOMING (4 * 1024 * 1024)
#define DEFAULT_HEARTBEAT_MS 30000

typedef struct
{
  gint64 due;
  SoupWebsocketDataType type;
  GBytes *frame;
} TsOutbound;

typedef struct
{
  TsConnection *connection;
  GBytes *frame;
} TsInbound;

static void
outbound_free (TsOutbound *outbound)
{
  g_bytes_unref (outbound->frame);
  g_free (outbound);
}

TsConnection *
ts_connection_ref (TsConnection *self)
{
  return g_rc_box_acquire (self);
}

static void
connection_clear (TsConnection *self)
{
  g_clear_handle_id (&self->heartbeat, g_source_remove);
  g_clear_handle_id (&self->outbox_source, g_source_remove);
  g_queue_clear_full (&self->outbox, (GDestroyNotify) outbound_free);
  g_clear_object (&self->websocket);
  g_clear_object (&self->socket);
  g_free (self->validator_key);
  g_free (self->user_id);
  g_free (self->username);
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  g_ptr_array_unref (self->slash);
  g_clear_pointer (&self->collected, g_ptr_array_unref);
  if (self->parked_fd >= 0)
    close (self->parked_fd);
  if (self->hole_fd >= 0)
    close (self->hole_fd);
}

void
ts_connection_unref (TsConnection *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) connection_clear);
}

static void
count_packet (TsConnection *self)
{
  self->packets++;
  if (self->drop_after > 0 && self->packets >= self->drop_after)
    ts_connection_drop (self);
}

static void
transmit (TsConnection         *self,
          SoupWebsocketDataType type,
          GBytes               *frame)
{
  if (self->gone || soup_websocket_connection_get_state (self->websocket) != SOUP_WEBSOCKET_STATE_OPEN)
    return;

  soup_websocket_connection_send_message (self->websocket, type, frame);
  count_packet (self);
}

static gboolean
outbox_due (gpointer user_data)
{
  TsConnection *self = user_data;

  self->outbox_source = 0;
  ts_connection_flush (self);
  return G_SOURCE_REMOVE;
}

/* Sends what is due, and comes back for the rest */
void
ts_connection_flush (TsConnection *self)
{
  g_autoptr(TsConnection) guard = ts_connection_ref (self);

  while (!self->gone && self->parked_fd < 0 && !g_queue_is_empty (&self->outbox))
    {
      TsOutbound *next = g_queue_peek_head (&self->outbox);
      gint64 wait = next->due - g_get_monotonic_time ();

      if (wait > 0)
        {
          if (self->outbox_source == 0)
            self->outbox_source = g_timeout_add (wait / 1000 + 1, outbox_due, self);
          return;
        }

      g_queue_pop_head (&self->outbox);
      transmit (self, next->type, next->frame);
      outbound_free (next);
    }
}

/* Without garbage before it */
void
ts_connection_send_raw (TsConnection         *self,
                        SoupWebsocketDataType type,
                        GBytes               *frame)
{
  guint latency = self->server->faults.latency_ms;
  TsOutbound *outbound;

  if (self->gone || self->websocket == NULL)
    return;

  if (latency == 0 && self->parked_fd < 0 && g_queue_is_empty (&self->outbox))
    {
      transmit (self, type, frame);
      return;
    }

  outbound = g_new0 (TsOutbound, 1);
  outbound->due = g_get_monotonic_time () + latency * (gint64) 1000;
  outbound->type = type;
  outbound->frame = g_bytes_ref (frame);
  g_queue_push_tail (&self->outbox, outbound);
  ts_connection_flush (self);
}

void
ts_connection_send_text (TsConnection *self,
                         const char   *text)
{
  g_autoptr(GBytes) frame = g_bytes_new (text, strlen (text));

  for (guint i = 0; i < self->server->faults.garbage; i++)
    ts_garbage_send (self->server, self);

  ts_connection_send_raw (self, SOUP_WEBSOCKET_DATA_TEXT, frame);
}

/* (transfer full) @packet */
void
ts_connection_send (TsConnection *self,
                    JsonObject   *packet)
{
  if (self->collected != NULL)
    {
      g_ptr_array_add (self->collected, packet);
      return;
    }

  if (!self->gone)
    {
      g_autofree char *text = ts_json_write_object (packet);

      ts_connection_send_text (self, text);
    }
  json_object_unref (packet);
}

static void
connection_gone (TsConnection *self)
{
  g_autoptr(TsConnection) guard = ts_connection_ref (self);

  if (self->gone)
    return;

  self->gone = TRUE;
  g_clear_handle_id (&self->heartbeat, g_source_remove);
  g_clear_handle_id (&self->outbox_source, g_source_remove);
  g_queue_clear_full (&self->outbox, (GDestroyNotify) outbound_free);
  g_signal_handlers_disconnect_by_data (self->websocket, self);
  ts_session_gone (self);
  g_ptr_array_remove (self->server->connections, self);
}

/* A proper end, with a close frame */
void
ts_connection_close (TsConnection *self,
                     gushort       code,
                     const char   *reason)
{
  if (self->gone || self->websocket == NULL)
    return;

  ts_connection_set_silent (self, FALSE);
  if (soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->websocket, code, reason);
}

static void
expelled_cb (SoupWebsocketConnection *websocket,
             gpointer                 user_data)
{
  g_object_unref (websocket);
}

/* A proper end that the others hear of at once, not when the client has answered it */
void
ts_connection_expel (TsConnection *self)
{
  if (self->gone || self->websocket == NULL)
    return;

  ts_connection_close (self, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  if (self->gone)
    return;

  g_signal_connect (g_object_ref (self->websocket), "closed", G_CALLBACK (expelled_cb), NULL);
  connection_gone (self);
}

/* The end without a word: the client sees the stream end, no close frame */
void
ts_connection_drop (TsConnection *self)
{
  if (self->gone || self->websocket == NULL)
    return;

  shutdown (self->parked_fd >= 0 ? self->parked_fd : g_socket_get_fd (self->socket), SHUT_RDWR);
  connection_gone (self);
}

/*
 * A half-open link: the TCP connection stands, and nobody reads or writes. libsoup answers pings and
 * close frames by itself and can't be paused, so its descriptor is made to point at a socket
 * pair to which nobody writes, while the real connection waits aside.
 */
void
ts_connection_set_silent (TsConnection *self,
                          gboolean      silent)
{
  int fd;
  int pair[2];

  if (self->gone || self->websocket == NULL || silent == (self->parked_fd >= 0))
    return;

  fd = g_socket_get_fd (self->socket);
  if (silent)
    {
      if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0)
        return;
      self->parked_fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
      dup3 (pair[0], fd, O_CLOEXEC);
      close (pair[0]);
      self->hole_fd = pair[1];
    }
  else
    {
      dup3 (self->parked_fd, fd, O_CLOEXEC);
      g_clear_fd (&self->parked_fd, NULL);
      g_clear_fd (&self->hole_fd, NULL);
      ts_connection_flush (self);
    }
}

static void
remember_received (TestServer *server,
                   const char *cmd,
                   GBytes     *frame)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (server->received, cmd));
  gsize length;
  const char *data = g_bytes_get_data (frame, &length);

  g_hash_table_insert (server->received, g_strdup (cmd), GUINT_TO_POINTER (n + 1));
  g_hash_table_insert (server->last_received, g_strdup (cmd), g_strndup (data, length));
}

static void
process (TsConnection *self,
         GBytes       *frame)
{
  g_autoptr(JsonNode) node = NULL;
  gsize length;
  const char *data = g_bytes_get_data (frame, &length);
  const char *cmd;

  node = ts_json_parse (data, length, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  cmd = ts_get_string (json_node_get_object (node), "cmd");
  remember_received (self->server, cmd != NULL ? cmd : "", frame);
  g_string_append_printf (self->server->log, "%" G_GSIZE_FORMAT " %s %s\n",
                          self->number, self->username != NULL ? self->username : "-", cmd != NULL ? cmd : "?");

  if (self->user_id == NULL)
    ts_session_command (self, json_node_get_object (node));
  else
    ts_command_run (self, json_node_get_object (node));
}

static void
inbound_free (TsInbound *inbound)
{
  ts_connection_unref (inbound->connection);
  g_bytes_unref (inbound->frame);
  g_free (inbound);
}

/* The server goes on after it stood still, with what came meanwhile */
void
ts_server_thaw (TestServer *server)
{
  server->frozen--;
  while (server->frozen == 0 && !g_queue_is_empty (&server->inbox))
    {
      TsInbound *inbound = g_queue_pop_head (&server->inbox);

      if (!inbound->connection->gone)
        process (inbound->connection, inbound->frame);
      inbound_free (inbound);
    }
}

static void
message_cb (SoupWebsocketConnection *websocket,
            gint                     type,
            GBytes                  *frame,
            TsConnection            *self)
{
  g_autoptr(TsConnection) guard = ts_connection_ref (self);
  TsInbound *inbound;

  count_packet (self);
  if (!self->gone && g_bytes_get_size (frame) >= MAX_INCOMING)
    ts_connection_close (self, SOUP_WEBSOCKET_CLOSE_TOO_BIG, NULL);
  if (self->gone || type != SOUP_WEBSOCKET_DATA_TEXT || g_bytes_get_size (frame) >= MAX_INCOMING)
    return;

  if (self->server->frozen == 0)
    {
      process (self, frame);
      return;
    }

  inbound = g_new0 (TsInbound, 1);
  inbound->connection = ts_connection_ref (self);
  inbound->frame = g_bytes_ref (frame);
  g_queue_push_tail (&self->server->inbox, inbound);
}

static void
closed_cb (SoupWebsocketConnection *websocket,
           TsConnection            *self)
{
  connection_gone (self);
}

static void
error_cb (SoupWebsocketConnection *websocket,
          GError                  *error,
          TsConnection            *self)
{
  g_debug ("Connection %" G_GSIZE_FORMAT ": %s", self->number, error->message);
}

static gboolean
heartbeat_cb (gpointer user_data)
{
  TsConnection *self = user_data;

  ts_connection_send (self, ts_object ("cmd", ts_string ("ping"), NULL));
  return G_SOURCE_CONTINUE;
}

static TsConnection *
connection_alloc (TestServer *server)
{
  TsConnection *self = g_rc_box_new0 (TsConnection);

  self->server = server;
  self->number = server->next_connection++;
  self->slash = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->parked_fd = -1;
  self->hole_fd = -1;
  g_queue_init (&self->outbox);
  return self;
}

/* Returns: (transfer none): owned by the server's list until it ends */
TsConnection *
ts_connection_new (TestServer              *server,
                   SoupWebsocketConnection *websocket,
                   GSocket                 *socket)
{
  TsConnection *self = connection_alloc (server);
  guint heartbeat = server->options.heartbeat_ms;
  g_autoptr(TsConnection) guard = ts_connection_ref (self);

  self->websocket = g_object_ref (websocket);
  self->socket = g_object_ref (socket);
  self->drop_after = server->faults.drop_after;
  self->validator_key = ts_server_dup_validator_key (server);
  /* libsoup's own limit resets the connection before the close frame is read */
  soup_websocket_connection_set_max_incoming_payload_size (websocket, 0);
  g_signal_connect (websocket, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (websocket, "closed", G_CALLBACK (closed_cb), self);
  g_signal_connect (websocket, "error", G_CALLBACK (error_cb), self);
  self->heartbeat = g_timeout_add (heartbeat > 0 ? heartbeat : DEFAULT_HEARTBEAT_MS, heartbeat_cb, self);
  g_ptr_array_add (server->connections, self);

  ts_connection_send (self, ts_handshake_packet (server, self));
  return self;
}

/* A person without a socket; answers are kept in @collected */
TsConnection *
ts_connection_new_actor (TestServer *server,
                         const char *user_id)
{
  TsConnection *self = connection_alloc (server);
  TsUser *user = ts_user_by_id (server->state, user_id);

  self->collected = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->user_id = g_strdup (user_id);
  self->username = g_strdup (user->username);
  self->roles = g_ptr_array_copy (user->roles, (GCopyFunc) (void *) g_strdup, NULL);
  g_ptr_array_set_free_func (self->roles, g_free);
  return self;
}

static gboolean
sees (TsConnection *connection,
      JsonObject   *channel)
{
  return channel != NULL && ts_channel_lists (channel, connection->roles);
}

void
ts_broadcast (TestServer   *server,
              JsonObject   *packet,
              const char   *channel,
              TsConnection *except)
{
  g_autofree char *text = ts_json_write_object (packet);
  g_autoptr(GPtrArray) connections = NULL;
  JsonObject *place = channel != NULL ? ts_channel_find (server->state, channel) : NULL;

  connections = g_ptr_array_copy (server->connections, (GCopyFunc) (void *) ts_connection_ref, NULL);
  g_ptr_array_set_free_func (connections, (GDestroyNotify) ts_connection_unref);

  for (guint i = 0; i < connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (connections, i);

      if (connection->user_id == NULL || connection == except)
        continue;
      if (channel == NULL || sees (connection, place))
        ts_connection_send_text (connection, text);
    }

  json_object_unref (packet);
}

/* To every connection of that person. Takes @packet. */
void
ts_send_to_user (TestServer *server,
                 const char *user_id,
                 JsonObject *packet)
{
  g_autofree char *text = ts_json_write_object (packet);

  for (guint i = server->connections->len; i > 0; i--)
    {
      TsConnection *connection = g_ptr_array_index (server->connections, i - 1);

      if (g_strcmp0 (connection->user_id, user_id) == 0)
        ts_connection_send_text (connection, text);
    }

  json_object_unref (packet);
}

/* By the name at sign-in, as in the real server: after a change of name both names are online */
gboolean
ts_is_online (TestServer   *server,
              const char   *username,
              TsConnection *except)
{
  for (guint i = 0; i < server->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (server->connections, i);

      if (connection != except && g_strcmp0 (connection->username, username) == 0)
        return TRUE;
    }
  for (guint i = 0; i < server->state->present->len; i++)
    {
      if (g_strcmp0 (ts_user_name (server->state, g_ptr_array_index (server->state->present, i)), username) == 0)
        return TRUE;
    }

  return FALSE;
}

guint
ts_count_connections_of (TestServer *server,
                         const char *user_id)
{
  guint n = 0;

  for (guint i = 0; i < server->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (server->connections, i);

      n += g_strcmp0 (connection->user_id, user_id) == 0;
    }

  return n;
}
