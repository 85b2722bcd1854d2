/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-peer.h"

#include "chat-peer.h"

typedef struct
{
  RawPeer           *peer;
  GSocketConnection *connection;
  GString           *request;
  gboolean           upgraded;
  gsize              trickled;
  char               buffer[4096];
} Guest;

static void read_more (Guest *guest);

static void
guest_free (gpointer data)
{
  Guest *guest = data;

  g_object_unref (guest->connection);
  g_string_free (guest->request, TRUE);
  g_free (guest);
}

static void
say (Guest      *guest,
     const void *data,
     gsize       length)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (guest->connection));

  g_output_stream_write_all (stream, data, length, NULL, NULL, NULL);
}

static void
say_frame (Guest      *guest,
           const char *text)
{
  gsize length = strlen (text);
  guint8 header[4] = { 0x81, 126, length >> 8, length & 0xff };

  g_assert_cmpuint (length, <=, G_MAXUINT16);
  if (length < 126)
    {
      header[1] = length;
      say (guest, header, 2);
    }
  else
    say (guest, header, 4);
  say (guest, text, length);
}

/* The answer to `Sec-WebSocket-Key`: RFC 6455, 4.2.2. */
static char *
dup_accept (const char *request)
{
  const char *name = "Sec-WebSocket-Key: ";
  const char *start = strstr (request, name);
  g_autofree char *key = NULL;
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;

  g_assert_nonnull (start);
  start += strlen (name);
  key = g_strndup (start, strcspn (start, "\r\n"));
  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", -1);
  g_checksum_get_digest (checksum, digest, &length);
  return g_base64_encode (digest, length);
}

static gboolean
trickle (gpointer data)
{
  Guest *guest = data;
  const char *text = guest->peer->text;

  if (text[guest->trickled] == '\0')
    {
      guest_free (guest);
      return G_SOURCE_REMOVE;
    }
  say (guest, text + guest->trickled++, 1);
  return G_SOURCE_CONTINUE;
}

static void
upgrade (Guest *guest)
{
  g_autofree char *accept = dup_accept (guest->request->str);
  g_autofree char *reply = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                            "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", accept);

  say (guest, reply, strlen (reply));
  if (guest->peer->manner == RAW_PEER_TRICKLES)
    {
      gsize length = strlen (guest->peer->text);
      guint8 header[4] = { 0x81, 126, length >> 8, length & 0xff };

      g_assert_cmpuint (length, >=, 126);
      say (guest, header, 4);
      g_timeout_add (4, trickle, guest);
      return;
    }
  if (guest->peer->text != NULL)
    say_frame (guest, guest->peer->text);
  guest->upgraded = TRUE;
  read_more (guest);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Guest *guest = data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (length <= 0)
    {
      guest_free (guest);
      return;
    }

  if (guest->upgraded)
    {
      say_frame (guest, CHAT_PEER_READY);
      guest_free (guest); /* the connection stays open: the peer holds it */
      return;
    }

  g_string_append_len (guest->request, guest->buffer, length);
  if (guest->request->str[0] == 'G' && strstr (guest->request->str, "\r\n\r\n") == NULL)
    read_more (guest);
  else if (guest->peer->manner == RAW_PEER_HALF_OPEN || guest->peer->manner == RAW_PEER_TRICKLES)
    upgrade (guest);
  else
    {
      say (guest, guest->peer->text, strlen (guest->peer->text));
      g_io_stream_close (G_IO_STREAM (guest->connection), NULL, NULL);
      guest_free (guest);
    }
}

static void
read_more (Guest *guest)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (guest->connection)), guest->buffer,
                             sizeof guest->buffer, G_PRIORITY_DEFAULT, NULL, on_read, guest);
}

static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           data)
{
  RawPeer *self = data;
  Guest *guest;

  if (self->manner == RAW_PEER_HANGS_UP)
    {
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      return TRUE;
    }

  g_ptr_array_add (self->connections, g_object_ref (connection));
  if (self->manner == RAW_PEER_SILENT)
    return TRUE;

  guest = g_new0 (Guest, 1);
  guest->peer = self;
  guest->connection = g_object_ref (connection);
  guest->request = g_string_new (NULL);
  read_more (guest);
  return TRUE;
}

RawPeer *
raw_peer_new (RawPeerManner  manner,
              const char    *text)
{
  RawPeer *self = g_new0 (RawPeer, 1);
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) given = NULL;
  g_autoptr(GError) error = NULL;

  self->manner = manner;
  self->text = text;
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &given, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given));
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
raw_peer_free (RawPeer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  for (guint i = 0; i < self->connections->len; i++)
    g_io_stream_close (self->connections->pdata[i], NULL, NULL);
  g_ptr_array_unref (self->connections);
  g_free (self);
}

NatterAddress *
raw_peer_get_address (RawPeer *self)
{
  g_autofree char *text = g_strdup_printf ("ws://127.0.0.1:%u", self->port);
  g_autoptr(GError) error = NULL;
  NatterAddress *address = natter_address_parse (text, &error);

  g_assert_no_error (error);
  return address;
}
