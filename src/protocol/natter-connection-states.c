/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-connection"

#include "config.h"

#include "natter-connection-private.h"

#include "natter-trace.h"

/* What may wait to be parsed, beyond one packet of the largest size: a server that sends faster than it can be
 * read must not fill the memory. */
#define MAX_UNREAD (64 * 1024 * 1024)

static GError *
disconnected (const char *message)
{
  return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, message);
}

static gboolean
is_online (NatterConnectionState state)
{
  return state == NATTER_CONNECTION_HANDSHAKE || state == NATTER_CONNECTION_AUTHENTICATING
         || state == NATTER_CONNECTION_READY;
}

/* Every change of the state is made here. Takes over @reason. What belongs to the old state goes with it, and all
 * of it is in place before the first notification. */
void
_natter_connection_enter (NatterConnection      *self,
                          NatterConnectionState  state,
                          GError                *reason)
{
  g_autoptr(NatterConnection) guard = g_object_ref (self);
  g_autoptr(GError) old_reason = g_steal_pointer (&self->reason);
  g_autoptr(NatterPacket) old_user = NULL;
  gboolean new_state = self->state != state;
  gboolean new_retry = state != NATTER_CONNECTION_WAITING ? self->retry_time != 0 : TRUE;
  gboolean new_latency = state != NATTER_CONNECTION_READY && self->latency != -1;
  gboolean new_since = !is_online (state) && self->connected_since != 0;

  self->state = state;
  self->reason = reason;
  if (state != NATTER_CONNECTION_WAITING)
    {
      g_clear_handle_id (&self->retry_source, g_source_remove);
      self->retry_time = 0;
    }
  if (state != NATTER_CONNECTION_READY)
    {
      old_user = g_steal_pointer (&self->user);
      self->latency = -1;
    }
  if (!is_online (state))
    self->connected_since = 0;

  if (reason != NULL)
    g_debug ("%u: state %d: %s", self->number, state, reason->message);
  else
    g_debug ("%u: state %d", self->number, state);

  if (new_retry)
    _natter_connection_notify (self, PROP_RETRY_TIME);
  if (old_user != NULL)
    _natter_connection_notify (self, PROP_USER);
  if (new_latency)
    _natter_connection_notify (self, PROP_LATENCY);
  if (new_since)
    _natter_connection_notify (self, PROP_CONNECTED_SINCE);
  if (reason != NULL || old_reason != NULL)
    _natter_connection_notify (self, PROP_REASON);
  if (new_state)
    _natter_connection_notify (self, PROP_STATE);
}

/* Lets go of the socket and all that lives as long as it does, in whatever state it is. */
void
_natter_connection_forget_socket (NatterConnection *self)
{
  g_clear_handle_id (&self->handshake_source, g_source_remove);
  g_clear_handle_id (&self->ping_source, g_source_remove);
  g_clear_pointer (&self->ping_listener, g_free);
  g_clear_error (&self->ending);
  g_clear_error (&self->goodbye);
  if (self->reader != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->reader, self);
      natter_packet_reader_stop (self->reader);
      g_clear_object (&self->reader);
    }
  if (self->socket != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->socket, self);
      natter_socket_close (self->socket);
      g_clear_object (&self->socket);
    }
}

/* Whether it helps to try again with nobody doing anything. At a server that has never answered, nothing is tried again:
 * the address was typed a moment ago, and the person should hear at once what is wrong with it. */
static gboolean
worth_retrying (NatterConnection *self,
                const GError     *error)
{
  return self->persistent
         && !_natter_connection_needs_person (error)
         && !g_error_matches (error, NATTER_ERROR, NATTER_ERROR_CERTIFICATE)
         && !g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE);
}

static gboolean
on_retry (gpointer data)
{
  NatterConnection *self = data;

  self->retry_source = 0;
  _natter_connection_start (self);
  return G_SOURCE_REMOVE;
}

/* Ends what has to do with the present socket and tries again later, or not. Takes over @error. Those who wait
 * for an answer hear of it when the new state is in place. */
void
_natter_connection_lose (NatterConnection *self,
                         GError           *error)
{
  g_autoptr(NatterConnection) guard = g_object_ref (self);
  g_autoptr(GError) unanswered = disconnected ("The connection ended before the answer came");
  GError *sign_in_error = g_error_copy (error);
  GTask *sign_in = _natter_connection_take_sign_in (self);
  guint wait_ms;

  _natter_connection_forget_socket (self);
  wait_ms = natter_backoff_lost (&self->backoff, g_get_monotonic_time (), g_random_double ());
  if (worth_retrying (self, error))
    {
      g_clear_handle_id (&self->retry_source, g_source_remove);
      self->retry_time = g_get_monotonic_time () + (gint64) wait_ms * 1000;
      self->retry_source = g_timeout_add (wait_ms, on_retry, self);
      _natter_connection_enter (self, NATTER_CONNECTION_WAITING, error);
    }
  else
    _natter_connection_enter (self, NATTER_CONNECTION_REFUSED, error);

  _natter_connection_return_sign_in (sign_in, sign_in_error);
  natter_request_queue_fail (self->queue, unanswered);
}

/* Ends everything because nobody wants it any more. */
void
_natter_connection_stop (NatterConnection *self)
{
  g_autoptr(NatterConnection) guard = g_object_ref (self);
  g_autoptr(GError) error = disconnected ("The connection was closed");
  GTask *sign_in = _natter_connection_take_sign_in (self);

  _natter_connection_forget_socket (self);
  self->backoff.losses = 0;
  self->backoff.ready_since = 0;
  _natter_connection_enter (self, NATTER_CONNECTION_OFFLINE, NULL);
  _natter_connection_return_sign_in (sign_in, g_error_copy (error));
  natter_request_queue_fail (self->queue, error);
}

gboolean
_natter_connection_transmit (NatterConnection *self,
                             const char       *text)
{
  return self->socket != NULL && natter_socket_send (self->socket, text);
}

/* For what needs no answer. */
static void
transmit_command (NatterConnection *self,
                  NatterCommand    *command,
                  const char       *listener)
{
  g_autofree char *text = natter_command_serialize (command, listener);

  _natter_connection_transmit (self, text);
}

static gboolean
on_handshake_timeout (gpointer data)
{
  NatterConnection *self = data;

  self->handshake_source = 0;
  _natter_connection_lose (self, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_NOT_ORIGINCHATS,
                                                      "The server did not say who it is"));
  return G_SOURCE_REMOVE;
}

static void
measure_latency (NatterConnection *self)
{
  g_autoptr(NatterCommand) command = natter_command_ping ();

  g_clear_pointer (&self->ping_listener, g_free);
  self->ping_listener = natter_request_queue_next_listener (self->queue);
  self->ping_time = g_get_monotonic_time ();
  transmit_command (self, command, self->ping_listener);
}

static gboolean
on_ping (gpointer data)
{
  NatterConnection *self = data;

  /* An answer that is late is still to come, and tells more than a new question. */
  if (self->ping_listener == NULL)
    measure_latency (self);
  return G_SOURCE_CONTINUE;
}

void
_natter_connection_ask_for_life (NatterConnection *self)
{
  natter_socket_check_alive (self->socket);

  /* A WebSocket ping leaves within two seconds, this at once. Before sign-in a server takes no commands. */
  if (self->state == NATTER_CONNECTION_READY)
    measure_latency (self);
}

static void
take_handshake (NatterConnection *self,
                NatterPacket     *packet)
{
  if (self->handshake != NULL || self->state != NATTER_CONNECTION_HANDSHAKE)
    return;

  g_clear_handle_id (&self->handshake_source, g_source_remove);
  self->handshake = g_object_ref (packet->handshake);
  natter_trace ("handshake", "i:server", (gint64) self->number,
                "d:since-connect", natter_trace_now () - self->trace_start);
  natter_connection_set_persistent (self, TRUE);
  _natter_connection_notify (self, PROP_HANDSHAKE);
}

/* Newer servers adapt to what a client says it understands; servers of April 2026 answer with an error. */
static void
announce_capabilities (NatterConnection *self)
{
  g_autoptr(NatterCommand) command = NULL;

  if (self->handshake == NULL || !(natter_handshake_has_capability (self->handshake, "capabilities")
                                   || natter_handshake_get_server_time (self->handshake) != 0))
    return;

  command = natter_command_capabilities ();
  transmit_command (self, command, NULL);
}

/* A server that was slow may say this after the sign-in was given up: it holds all the same. */
static void
take_ready (NatterConnection *self,
            NatterPacket     *packet)
{
  if (self->state != NATTER_CONNECTION_HANDSHAKE && self->state != NATTER_CONNECTION_AUTHENTICATING)
    return;

  g_clear_handle_id (&self->handshake_source, g_source_remove);
  natter_backoff_ready (&self->backoff, g_get_monotonic_time ());
  natter_trace ("ready", "i:server", (gint64) self->number,
                "d:since-connect", natter_trace_now () - self->trace_start);
  announce_capabilities (self);
  measure_latency (self);
  self->ping_source = g_timeout_add (self->limits.ping_ms, on_ping, self);
  self->user = natter_packet_ref (packet);
  _natter_connection_enter (self, NATTER_CONNECTION_READY, NULL);
  _natter_connection_notify (self, PROP_USER);
}

static void
take_pong (NatterConnection *self,
           NatterPacket     *packet)
{
  int latency;

  if (self->ping_listener == NULL || g_strcmp0 (packet->listener, self->ping_listener) != 0)
    return;

  g_clear_pointer (&self->ping_listener, g_free);
  latency = (g_get_monotonic_time () - self->ping_time) / 1000;
  if (self->latency != latency)
    {
      self->latency = latency;
      _natter_connection_notify (self, PROP_LATENCY);
    }
}

/* The server says why it is about to end the connection. Its only word for that in April 2026 is "You have been
 * banned". */
static void
take_disconnect (NatterConnection *self,
                 NatterPacket     *packet)
{
  const char *text = packet->refusal.text != NULL ? packet->refusal.text : "The server closed the connection";
  g_autofree char *folded = g_utf8_casefold (text, -1);

  if (strstr (folded, "banned") != NULL)
    _natter_connection_lose (self, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_BANNED, text));
  else
    {
      g_clear_error (&self->goodbye);
      self->goodbye = disconnected (text);
    }
}

static void
take_unknown (NatterConnection *self,
              NatterPacket     *packet)
{
  self->unknown_packets++;
  _natter_connection_notify (self, PROP_UNKNOWN_PACKETS);
}

/* What the connection itself does with a packet, before and after the others have heard of it. */
static const struct
{
  NatterPacketKind kind;
  void (*before) (NatterConnection *self,
                  NatterPacket     *packet);
  void (*after)  (NatterConnection *self,
                  NatterPacket     *packet);
} handlers[] = {
  { NATTER_PACKET_HANDSHAKE, take_handshake, NULL },
  { NATTER_PACKET_READY, take_ready, _natter_connection_finish_sign_in },
  { NATTER_PACKET_AUTH_ERROR, NULL, _natter_connection_refuse_sign_in },
  { NATTER_PACKET_ERROR, NULL, _natter_connection_refuse_sign_in },
  { NATTER_PACKET_RATE_LIMIT, NULL, _natter_connection_refuse_sign_in },
  { NATTER_PACKET_PONG, take_pong, NULL },
  { NATTER_PACKET_DISCONNECT, NULL, take_disconnect },
  { NATTER_PACKET_UNKNOWN, take_unknown, NULL },
};

static void
on_packet (NatterConnection   *self,
           NatterPacket       *packet,
           NatterPacketReader *reader)
{
  g_autoptr(NatterConnection) guard = g_object_ref (self);
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (handlers[i].kind == packet->kind)
      break;

  if (i < G_N_ELEMENTS (handlers) && handlers[i].before != NULL)
    handlers[i].before (self, packet);
  _natter_connection_emit_packet (self, packet);

  /* Whoever heard of it may have ended the connection. */
  if (self->reader != reader)
    return;
  if (i < G_N_ELEMENTS (handlers) && handlers[i].after != NULL)
    handlers[i].after (self, packet);
  if (self->reader == reader)
    natter_request_queue_answer (self->queue, packet);
}

static void
on_dropped (NatterConnection *self,
            const GError     *error)
{
  g_debug ("%u: dropped a packet: %s", self->number, error->message);
  self->dropped_packets++;
  _natter_connection_notify (self, PROP_DROPPED_PACKETS);
}

static void
lose_by_end_of_socket (NatterConnection *self,
                       const GError     *error)
{
  const GError *why = error;

  if (self->goodbye != NULL)
    why = self->goodbye;
  else if (self->state == NATTER_CONNECTION_HANDSHAKE && _natter_connection_needs_person (self->reason))
    why = self->reason; /* newer servers hang up after a sign-in that they refused */
  _natter_connection_lose (self, g_error_copy (why));
}

static void
on_drained (NatterConnection *self)
{
  if (self->ending != NULL)
    {
      g_autoptr(GError) error = g_steal_pointer (&self->ending);

      lose_by_end_of_socket (self, error);
    }
}

/* Whoever hears of a property may end the connection, so that telling comes last in what follows. */

static void
on_opened (NatterConnection *self)
{
  gboolean new_certificate = g_set_object (&self->certificate, natter_socket_get_certificate (self->socket));

  self->reader = natter_packet_reader_new ();
  g_signal_connect_object (self->reader, "packet", G_CALLBACK (on_packet), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "dropped", G_CALLBACK (on_dropped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "drained", G_CALLBACK (on_drained), self, G_CONNECT_SWAPPED);

  self->handshake_source = g_timeout_add (self->limits.handshake_ms, on_handshake_timeout, self);
  self->connected_since = g_get_real_time ();
  _natter_connection_enter (self, NATTER_CONNECTION_HANDSHAKE, NULL);
  _natter_connection_notify (self, PROP_CONNECTED_SINCE);
  if (new_certificate)
    _natter_connection_notify (self, PROP_CERTIFICATE);
}

static void
on_text (NatterConnection *self,
         GBytes           *text)
{
  natter_packet_reader_push (self->reader, text);
  if (natter_packet_reader_get_pending (self->reader) > self->max_payload + MAX_UNREAD)
    _natter_connection_lose (self, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_TOO_LARGE,
                                                        "The server sends more than can be read"));
}

static void
on_closed (NatterConnection *self,
           const GError     *error)
{
  gboolean new_certificate = g_set_object (&self->certificate, natter_socket_get_certificate (self->socket));

  /* The last words may still be with the reader. */
  if (self->reader != NULL && natter_packet_reader_get_pending (self->reader) > 0)
    self->ending = g_error_copy (error);
  else
    lose_by_end_of_socket (self, error);
  if (new_certificate)
    _natter_connection_notify (self, PROP_CERTIFICATE);
}

void
_natter_connection_start (NatterConnection *self)
{
  NatterSocketLimits limits = {
    .max_payload = self->max_payload,
    .connect_ms = self->limits.connect_ms,
    .silence_ms = self->limits.silence_ms,
    .alive_ms = self->limits.alive_ms,
  };
  g_autoptr(NatterHandshake) old_handshake = g_steal_pointer (&self->handshake);
  gboolean new_certificate = g_set_object (&self->certificate, NULL);

  _natter_connection_forget_socket (self);
  self->trace_start = natter_trace_enabled () ? natter_trace_now () : 0;
  self->socket = natter_socket_new (self->address, &limits);
  g_signal_connect_object (self->socket, "opened", G_CALLBACK (on_opened), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->socket, "text", G_CALLBACK (on_text), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->socket, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  natter_socket_connect (self->socket);

  _natter_connection_enter (self, NATTER_CONNECTION_CONNECTING, NULL);
  if (old_handshake != NULL)
    _natter_connection_notify (self, PROP_HANDSHAKE);
  if (new_certificate)
    _natter_connection_notify (self, PROP_CERTIFICATE);
}
