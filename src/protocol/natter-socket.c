/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-socket"

#include "config.h"

#include "natter-socket.h"

#include "natter-socket-error.h"

#include <errno.h>
#include <libsoup/soup.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

/* What is heard so soon after a question was on its way before: it waited in a buffer, perhaps since before the machine was
 * suspended. */
#define TOO_SOON_US (50 * 1000)

/* Seconds between WebSocket pings. Servers answer them by themselves, so that a healthy connection is never silent
 * for long, whatever the server's own habits are. */
#define KEEPALIVE_S 25

struct _NatterSocket
{
  GObject                  parent_instance;

  NatterAddress           *address;
  NatterSocketLimits       limits;
  SoupSession             *session;
  SoupMessage             *message;
  SoupWebsocketConnection *websocket;
  GSocket                 *tcp; /* below it; NULL: not known */
  GCancellable            *cancellable;
  GTlsCertificate         *certificate;
  GError                  *error; /* what the WebSocket said before it closed */
  gint64                   heard; /* monotonic µs */
  gint64                   asked; /* monotonic µs of natter_socket_check_alive(), 0 when answered */
  guint                    connect_source;
  guint                    watch_source;
  gboolean                 over : 1;
};

enum
{
  OPENED,
  TEXT,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterSocket, natter_socket, G_TYPE_OBJECT)

static void watch (NatterSocket *self);

/* Says good-bye if there is somebody to say it to, without anybody waiting for the answer. */
static void
release_websocket (NatterSocket *self)
{
  SoupWebsocketConnection *websocket = g_steal_pointer (&self->websocket);

  if (websocket == NULL)
    return;

  g_signal_handlers_disconnect_by_data (websocket, self);
  if (soup_websocket_connection_get_state (websocket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (websocket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);

  /* The close frame is sent by the main loop: the object has to live until then. It gives up after 5 s. */
  if (soup_websocket_connection_get_state (websocket) == SOUP_WEBSOCKET_STATE_CLOSED)
    g_object_unref (websocket);
  else
    g_signal_connect (websocket, "closed", G_CALLBACK (g_object_unref), NULL);
}

static void
release (NatterSocket *self)
{
  self->over = TRUE;
  g_clear_handle_id (&self->connect_source, g_source_remove);
  g_clear_handle_id (&self->watch_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->tcp);
  release_websocket (self);
}

/* Takes over @error. */
static void
end (NatterSocket *self,
     GError       *error)
{
  g_autoptr(GError) reason = error;

  if (self->over)
    return;

  g_object_ref (self);
  release (self);
  g_signal_emit (self, signals[CLOSED], 0, reason);
  g_object_unref (self);
}

static void
heard (NatterSocket *self)
{
  self->heard = g_get_monotonic_time ();
  if (self->asked != 0 && self->heard - self->asked > TOO_SOON_US)
    {
      self->asked = 0;
      soup_websocket_connection_set_keepalive_interval (self->websocket, KEEPALIVE_S);
    }
}

static gboolean
on_watch (gpointer data)
{
  NatterSocket *self = data;

  self->watch_source = 0;
  watch (self);
  return G_SOURCE_REMOVE;
}

/* When bytes came last, in monotonic µs; 0 when that can't be found out. A large message over a slow link is on its
 * way for minutes, with nothing to be heard of it above the transport. */
static gint64
bytes_came (NatterSocket *self)
{
  struct tcp_info info = { 0 };
  socklen_t length = sizeof info;

  if (self->tcp == NULL || getsockopt (g_socket_get_fd (self->tcp), IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
    return 0;
  return g_get_monotonic_time () - (gint64) info.tcpi_last_data_recv * 1000;
}

/* Takes back what the other side has not got, which the system would go on sending for minutes: what is lost is sent
 * again over the next connection, and must not come twice. */
static void
abandon (NatterSocket *self)
{
  const struct sockaddr nowhere = { .sa_family = AF_UNSPEC };

  if (self->tcp != NULL && connect (g_socket_get_fd (self->tcp), &nowhere, sizeof nowhere) != 0)
    g_debug ("The connection can't be reset: %s", g_strerror (errno));
}

/* Ends the connection when it was silent for too long, else looks again when it might have been. */
static void
watch (NatterSocket *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 silence_us = (gint64) self->limits.silence_ms * 1000;
  gint64 end_of_patience = self->heard + silence_us;

  if (now >= end_of_patience)
    end_of_patience = MAX (end_of_patience, bytes_came (self) + silence_us);
  if (self->asked != 0)
    end_of_patience = MIN (end_of_patience, self->asked + (gint64) self->limits.alive_ms * 1000);

  g_clear_handle_id (&self->watch_source, g_source_remove);
  if (now >= end_of_patience)
    {
      abandon (self);
      end (self, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "The server went silent"));
    }
  else
    self->watch_source = g_timeout_add ((end_of_patience - now + 999) / 1000, on_watch, self);
}

static void
on_message (NatterSocket *self,
            int           type,
            GBytes       *message)
{
  heard (self);

  /* libsoup 3.6 bounds a frame only; a message may be made of many. */
  if (g_bytes_get_size (message) > self->limits.max_payload)
    end (self, natter_socket_error_too_large (self->limits.max_payload));
  else if (type == SOUP_WEBSOCKET_DATA_TEXT)
    g_signal_emit (self, signals[TEXT], 0, message);
}

static void
on_pong (NatterSocket *self,
         GBytes       *message)
{
  heard (self);
}

static void
on_error (NatterSocket *self,
          GError       *error)
{
  if (self->error == NULL)
    self->error = g_error_copy (error);
}

static void
on_closed (NatterSocket *self)
{
  end (self, natter_socket_error_from_close (soup_websocket_connection_get_close_code (self->websocket),
                                             soup_websocket_connection_get_close_data (self->websocket),
                                             self->error, self->limits.max_payload));
}

static void
adopt (NatterSocket            *self,
       SoupWebsocketConnection *websocket)
{
  self->websocket = g_object_ref (websocket);
  soup_websocket_connection_set_max_incoming_payload_size (websocket, self->limits.max_payload);
  soup_websocket_connection_set_keepalive_interval (websocket, KEEPALIVE_S);
  g_signal_connect_object (websocket, "message", G_CALLBACK (on_message), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (websocket, "pong", G_CALLBACK (on_pong), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (websocket, "error", G_CALLBACK (on_error), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (websocket, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(NatterSocket) self = data;
  g_autoptr(SoupWebsocketConnection) websocket = NULL;
  g_autoptr(GError) error = NULL;

  websocket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  if (self->over)
    return;

  g_clear_handle_id (&self->connect_source, g_source_remove);
  g_set_object (&self->certificate, soup_message_get_tls_peer_certificate (self->message));
  if (websocket == NULL)
    {
      end (self, natter_socket_error_from_connect (error, soup_message_get_status (self->message),
                                                   soup_message_get_tls_peer_certificate_errors (self->message)));
      return;
    }

  adopt (self, websocket);
  self->heard = g_get_monotonic_time ();
  watch (self);
  g_signal_emit (self, signals[OPENED], 0);
}

static void
on_network_event (NatterSocket       *self,
                  GSocketClientEvent  event,
                  GIOStream          *connection)
{
  if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    g_set_object (&self->tcp, g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)));
}

static gboolean
on_connect_timeout (gpointer data)
{
  NatterSocket *self = data;

  self->connect_source = 0;
  end (self, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_UNREACHABLE, "The server does not answer"));
  return G_SOURCE_REMOVE;
}

static void
natter_socket_dispose (GObject *object)
{
  NatterSocket *self = NATTER_SOCKET (object);

  release (self);
  g_clear_object (&self->message);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (natter_socket_parent_class)->dispose (object);
}

static void
natter_socket_finalize (GObject *object)
{
  NatterSocket *self = NATTER_SOCKET (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->certificate);
  g_clear_error (&self->error);
  g_clear_pointer (&self->address, natter_address_unref);

  G_OBJECT_CLASS (natter_socket_parent_class)->finalize (object);
}

static void
natter_socket_class_init (NatterSocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_socket_dispose;
  object_class->finalize = natter_socket_finalize;

  /**
   * NatterSocket::opened:
   * @self: a socket
   *
   * The upgrade succeeded: texts may be sent, and come.
   */
  signals[OPENED] = g_signal_new ("opened", NATTER_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  /**
   * NatterSocket::text:
   * @self: a socket
   * @text: one text message, valid UTF-8, perhaps with NULs
   */
  signals[TEXT] = g_signal_new ("text", NATTER_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BYTES | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * NatterSocket::closed:
   * @self: a socket
   * @error: why, always of the domain %NATTER_ERROR
   *
   * The socket could not be opened, or ended without natter_socket_close(). It can't be opened again.
   */
  signals[CLOSED] = g_signal_new ("closed", NATTER_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
natter_socket_init (NatterSocket *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * natter_socket_new:
 * @address: where to
 * @limits: (transfer none): bounds, copied
 *
 * One WebSocket to a server, from connecting to its end. It knows nothing of packets.
 *
 * Returns: (transfer full): a socket, not yet connected
 */
NatterSocket *
natter_socket_new (NatterAddress            *address,
                   const NatterSocketLimits *limits)
{
  NatterSocket *self;

  g_return_val_if_fail (address != NULL, NULL);
  g_return_val_if_fail (limits != NULL, NULL);

  self = g_object_new (NATTER_TYPE_SOCKET, NULL);
  self->address = natter_address_ref (address);
  self->limits = *limits;
  return self;
}

/**
 * natter_socket_connect:
 * @self: a socket that was not connected before
 *
 * Starts to connect, through the proxy of the system where there is one. Ends in #NatterSocket::opened or
 * #NatterSocket::closed. A certificate that is not good is a failure with no way round it. Redirects are not followed:
 * the proof of identity that is sent later is meant for the host that was dialled.
 */
void
natter_socket_connect (NatterSocket *self)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (NATTER_IS_SOCKET (self));
  g_return_if_fail (self->session == NULL);

  /* A session of its own: one session lets ten connections wait for an answer at a time, and ten servers that are
   * down would keep all others from being dialled. */
  self->session = soup_session_new_with_options ("user-agent", "Natter/" PACKAGE_VERSION, NULL);

  /* libsoup inflates a compressed frame without a bound, so that one of a few KiB could fill the memory. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);

  uri = natter_address_dup_socket_uri (self->address);
  self->message = soup_message_new (SOUP_METHOD_GET, uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  g_signal_connect_object (self->message, "network-event", G_CALLBACK (on_network_event), self, G_CONNECT_SWAPPED);
  self->connect_source = g_timeout_add (self->limits.connect_ms, on_connect_timeout, self);
  soup_session_websocket_connect_async (self->session, self->message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        self->cancellable, on_connected, g_object_ref (self));
}

/**
 * natter_socket_send:
 * @self: a socket
 * @text: less than %NATTER_SOCKET_MAX_SENT bytes of UTF-8
 *
 * Queues a text message. What is queued when the connection ends is lost without a word: only an answer tells
 * that something arrived.
 *
 * Returns: %FALSE when the socket is not open, or no more
 */
gboolean
natter_socket_send (NatterSocket *self,
                    const char   *text)
{
  g_return_val_if_fail (NATTER_IS_SOCKET (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (self->over || self->websocket == NULL
      || soup_websocket_connection_get_state (self->websocket) != SOUP_WEBSOCKET_STATE_OPEN)
    return FALSE;

  soup_websocket_connection_send_text (self->websocket, text);
  return TRUE;
}

/**
 * natter_socket_check_alive:
 * @self: a socket
 *
 * Asks the other side for a sign of life; without one within the limit, the socket ends. For the moments in which
 * a connection is likely to be dead without knowing it: after suspend, or a change of network.
 */
void
natter_socket_check_alive (NatterSocket *self)
{
  g_return_if_fail (NATTER_IS_SOCKET (self));

  if (self->over || self->websocket == NULL || self->asked != 0)
    return;

  self->asked = g_get_monotonic_time ();
  soup_websocket_connection_set_keepalive_interval (self->websocket, 1);
  watch (self);
}

/**
 * natter_socket_close:
 * @self: a socket
 *
 * Ends the socket without a signal, in whatever state it is. The close frame is still sent where that is possible.
 */
void
natter_socket_close (NatterSocket *self)
{
  g_return_if_fail (NATTER_IS_SOCKET (self));

  if (!self->over)
    release (self);
}

/**
 * natter_socket_get_certificate:
 * @self: a socket
 *
 * Returns: (transfer none) (nullable): the certificate that the server showed, also one that was refused; %NULL when
 *   the connection is plain or did not get that far
 */
GTlsCertificate *
natter_socket_get_certificate (NatterSocket *self)
{
  g_return_val_if_fail (NATTER_IS_SOCKET (self), NULL);

  return self->certificate;
}
