/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chat-peer.h"

/* Returns: (transfer full) (nullable): the `listener` of a command */
static char *
dup_listener (const char *text)
{
  const char *start = strstr (text, "\"listener\":\"");
  const char *end;

  if (start == NULL)
    return NULL;
  start += strlen ("\"listener\":\"");
  end = strchr (start, '"');
  return g_strndup (start, end - start);
}

static void
answer (ChatPeer   *self,
        const char *text)
{
  g_autofree char *listener = dup_listener (text);

  if (self->admit && (strstr (text, "\"cmd\":\"login\"") != NULL || strstr (text, "\"cmd\":\"register\"") != NULL))
    {
      chat_peer_send (self, CHAT_PEER_SUCCESS);
      chat_peer_send (self, CHAT_PEER_READY);
    }
  else if (self->answer && listener != NULL)
    {
      g_autofree char *reply = g_strdup_printf ("{\"cmd\":\"pong\",\"val\":\"pong\",\"listener\":\"%s\"}", listener);

      chat_peer_send (self, reply);
    }
}

static void
on_message (SoupWebsocketConnection *socket,
            int                      type,
            GBytes                  *message,
            gpointer                 data)
{
  ChatPeer *self = data;
  char *text = g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message));

  g_ptr_array_add (self->received, text);
  answer (self, text);
}

static void
on_websocket (SoupServer              *server,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *socket,
              gpointer                 data)
{
  ChatPeer *self = data;

  if (self->socket != NULL)
    g_signal_handlers_disconnect_by_data (self->socket, self);
  g_set_object (&self->socket, socket);
  soup_websocket_connection_set_max_incoming_payload_size (socket, 16 * 1024 * 1024);
  g_signal_connect (socket, "message", G_CALLBACK (on_message), self);
  self->n_opened++;
  if (self->greet)
    chat_peer_send (self, self->greeting);
}

ChatPeer *
chat_peer_new (GTlsCertificate *certificate)
{
  ChatPeer *self = g_new0 (ChatPeer, 1);

  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  self->received = g_ptr_array_new_with_free_func (g_free);
  self->greeting = CHAT_PEER_HANDSHAKE;
  self->greet = TRUE;
  self->admit = TRUE;
  self->answer = TRUE;
  soup_server_add_websocket_handler (self->server, "/", NULL, NULL, on_websocket, self, NULL);
  chat_peer_listen (self);
  return self;
}

/* Listens, again after chat_peer_stop() on the same port. */
void
chat_peer_listen (ChatPeer *self)
{
  SoupServerListenOptions options = 0;
  g_autoptr(GError) error = NULL;
  GSList *uris;

  if (soup_server_is_https (self->server) || soup_server_get_tls_certificate (self->server) != NULL)
    options = SOUP_SERVER_LISTEN_HTTPS;
  soup_server_listen_local (self->server, self->port, options | SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

/* As if the process had died. */
void
chat_peer_stop (ChatPeer *self)
{
  soup_server_disconnect (self->server);
  chat_peer_drop (self);
}

void
chat_peer_free (ChatPeer *self)
{
  /* libsoup up to 3.6 crashes when a server goes while a TLS handshake with it is being refused: the end of the handshake
   * finds its connection freed. Such servers stay, forgotten by all but this list. */
  static GPtrArray *encrypted;

  soup_server_remove_handler (self->server, "/");
  if (self->socket != NULL)
    g_signal_handlers_disconnect_by_data (self->socket, self);
  g_clear_object (&self->socket);
  if (soup_server_get_tls_certificate (self->server) != NULL)
    {
      if (encrypted == NULL)
        encrypted = g_ptr_array_new ();
      g_ptr_array_add (encrypted, self->server);
    }
  else
    {
      soup_server_disconnect (self->server);
      g_object_unref (self->server);
    }
  g_ptr_array_unref (self->received);
  g_free (self);
}

NatterAddress *
chat_peer_get_address (ChatPeer *self)
{
  g_autofree char *text = g_strdup_printf ("%s://127.0.0.1:%u", soup_server_is_https (self->server) ? "wss" : "ws",
                                           self->port);
  g_autoptr(GError) error = NULL;
  NatterAddress *address = natter_address_parse (text, &error);

  g_assert_no_error (error);
  return address;
}

void
chat_peer_send (ChatPeer   *self,
                const char *text)
{
  g_assert_nonnull (self->socket);
  if (soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->socket, text);
}

/* Bytes beneath the frames. What was sent before must have left. */
void
chat_peer_send_raw (ChatPeer   *self,
                    const void *data,
                    gsize       length)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (self->socket);
  g_autoptr(GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), data, length, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Ends the socket with no close frame. */
void
chat_peer_drop (ChatPeer *self)
{
  GIOStream *stream;

  if (self->socket == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->socket, self);
  stream = soup_websocket_connection_get_io_stream (self->socket);
  g_io_stream_close (stream, NULL, NULL);
  g_clear_object (&self->socket);
}

guint
chat_peer_count (ChatPeer   *self,
                 const char *part)
{
  guint n = 0;

  for (guint i = 0; i < self->received->len; i++)
    n += strstr (self->received->pdata[i], part) != NULL;
  return n;
}

/* The last text that holds @part. */
const char *
chat_peer_find (ChatPeer   *self,
                const char *part)
{
  for (guint i = self->received->len; i > 0; i--)
    if (strstr (self->received->pdata[i - 1], part) != NULL)
      return self->received->pdata[i - 1];
  return NULL;
}

/* Answers the last command that holds @question with an object of @members. */
void
chat_peer_reply (ChatPeer   *self,
                 const char *question,
                 const char *members)
{
  const char *text = chat_peer_find (self, question);
  g_autofree char *listener = NULL;
  g_autofree char *reply = NULL;

  g_assert_nonnull (text);
  listener = dup_listener (text);
  reply = g_strdup_printf ("{%s,\"listener\":\"%s\"}", members, listener);
  chat_peer_send (self, reply);
}
