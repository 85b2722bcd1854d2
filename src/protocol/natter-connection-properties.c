/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-connection"

#include "config.h"

#include "natter-connection-private.h"

/**
 * natter_connection_get_address:
 * @self: a connection
 *
 * Returns: (transfer none): where the server is
 */
NatterAddress *
natter_connection_get_address (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), NULL);

  return self->address;
}

/**
 * natter_connection_get_state:
 * @self: a connection
 *
 * Returns: how far the connection is
 */
NatterConnectionState
natter_connection_get_state (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), NATTER_CONNECTION_OFFLINE);

  return self->state;
}

/**
 * natter_connection_get_reason:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): why the connection is in its state, or why the last sign-in failed; %NULL when
 *   all is well. Always of the domain %NATTER_ERROR
 */
const GError *
natter_connection_get_reason (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), NULL);

  return self->reason;
}

/**
 * natter_connection_get_handshake:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): what the server says of itself. It is kept when the connection is lost, and
 *   forgotten when the next one is tried
 */
NatterHandshake *
natter_connection_get_handshake (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), NULL);

  return self->handshake;
}

/**
 * natter_connection_get_user:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): the `ready` packet, which says who one is; %NULL unless ready
 */
NatterPacket *
natter_connection_get_user (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), NULL);

  return self->user;
}

/**
 * natter_connection_get_retry_time:
 * @self: a connection
 *
 * Returns: monotonic time in µs of the next attempt, 0 unless waiting
 */
gint64
natter_connection_get_retry_time (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), 0);

  return self->retry_time;
}

/**
 * natter_connection_get_rate_limit_until:
 * @self: a connection
 *
 * Returns: monotonic time in µs up to which the server takes no messages, 0 for no such time
 */
gint64
natter_connection_get_rate_limit_until (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), 0);

  return natter_request_queue_get_limit_until (self->queue);
}

/**
 * natter_connection_get_rate_limit_left:
 * @self: a connection
 *
 * Returns: whole seconds up to then, rounded up; notified each time it gets less
 */
guint
natter_connection_get_rate_limit_left (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), 0);

  return natter_request_queue_get_limit_left (self->queue);
}

/**
 * natter_connection_get_timed_out:
 * @self: a connection
 *
 * Returns: whether it is a moderator who wants one to wait until then; changes with the time
 */
gboolean
natter_connection_get_timed_out (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), FALSE);

  return natter_request_queue_get_timed_out (self->queue);
}

/**
 * natter_connection_get_limit_reason:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): why, in the moderator's words, which may be any text
 */
const char *
natter_connection_get_limit_reason (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), NULL);

  return natter_request_queue_get_limit_reason (self->queue);
}

/**
 * natter_connection_get_latency:
 * @self: a connection
 *
 * Returns: how long the server took for its last answer to a `ping`, in ms; -1 unknown
 */
int
natter_connection_get_latency (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), -1);

  return self->latency;
}

/**
 * natter_connection_get_connected_since:
 * @self: a connection
 *
 * Returns: since when the socket is open, in µs since 1970; 0 when it is not
 */
gint64
natter_connection_get_connected_since (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), 0);

  return self->connected_since;
}

/**
 * natter_connection_get_certificate:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): the certificate that the server showed, also one that was refused; %NULL for a
 *   plain connection, or none
 */
GTlsCertificate *
natter_connection_get_certificate (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), NULL);

  return self->certificate;
}

/**
 * natter_connection_get_unknown_packets:
 * @self: a connection
 *
 * Returns: how many packets came with a command that this program does not know
 */
guint
natter_connection_get_unknown_packets (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), 0);

  return self->unknown_packets;
}

/**
 * natter_connection_get_dropped_packets:
 * @self: a connection
 *
 * Returns: how many texts came that are no packets
 */
guint
natter_connection_get_dropped_packets (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), 0);

  return self->dropped_packets;
}

/**
 * natter_connection_get_max_payload:
 * @self: a connection
 *
 * Returns: the bound of an incoming packet, in bytes
 */
guint64
natter_connection_get_max_payload (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), 0);

  return self->max_payload;
}

/**
 * natter_connection_set_max_payload:
 * @self: a connection
 * @max_payload: bytes, at least 1, less than 4 GiB; 64 MiB unless set
 *
 * Sets the bound of an incoming packet, from the next connecting on. A larger one ends the connection with
 * %NATTER_ERROR_TOO_LARGE.
 */
void
natter_connection_set_max_payload (NatterConnection *self,
                                   guint64           max_payload)
{
  g_return_if_fail (NATTER_IS_CONNECTION (self));
  g_return_if_fail (max_payload >= 1 && max_payload <= G_MAXUINT32);

  if (self->max_payload == max_payload)
    return;

  self->max_payload = max_payload;
  _natter_connection_notify (self, PROP_MAX_PAYLOAD);
}

/**
 * natter_connection_get_persistent:
 * @self: a connection
 *
 * Returns: whether the server is known to work, so that a lost connection is tried again
 */
gboolean
natter_connection_get_persistent (NatterConnection *self)
{
  g_return_val_if_fail (NATTER_IS_CONNECTION (self), FALSE);

  return self->persistent;
}

/**
 * natter_connection_set_persistent:
 * @self: a connection
 * @persistent: whether the server is known to work
 *
 * At an address that was typed a moment ago, every failure is to be told at once and ends the attempts. A server that
 * has worked is worth waiting for. The connection sets this by itself when it gets a handshake; set it for
 * a server that worked at another time.
 */
void
natter_connection_set_persistent (NatterConnection *self,
                                  gboolean          persistent)
{
  g_return_if_fail (NATTER_IS_CONNECTION (self));

  persistent = !!persistent;
  if (self->persistent == persistent)
    return;

  self->persistent = persistent;
  _natter_connection_notify (self, PROP_PERSISTENT);
}

/**
 * natter_connection_get_limits:
 * @self: a connection
 * @limits: (out caller-allocates): where to put them
 *
 * Tells the times of the connection.
 */
void
natter_connection_get_limits (NatterConnection       *self,
                              NatterConnectionLimits *limits)
{
  g_return_if_fail (NATTER_IS_CONNECTION (self));
  g_return_if_fail (limits != NULL);

  *limits = self->limits;
}

/**
 * natter_connection_set_limits:
 * @self: a connection
 * @limits: new times
 *
 * Sets the times of the connection, for what starts from now on.
 */
void
natter_connection_set_limits (NatterConnection             *self,
                              const NatterConnectionLimits *limits)
{
  g_return_if_fail (NATTER_IS_CONNECTION (self));
  g_return_if_fail (limits != NULL);

  self->limits = *limits;
  self->backoff.first_ms = limits->retry_first_ms;
  self->backoff.last_ms = limits->retry_last_ms;
  self->backoff.stable_ms = limits->stable_ms;
  natter_request_queue_set_timeout (self->queue, limits->command_ms);
}
