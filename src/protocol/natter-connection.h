/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-address.h"
#include "natter-command.h"
#include "natter-error.h"
#include "natter-handshake.h"
#include "natter-packet.h"

G_BEGIN_DECLS

/**
 * NatterConnectionState:
 * @NATTER_CONNECTION_OFFLINE: not wanted, or not yet
 * @NATTER_CONNECTION_CONNECTING: name, socket, TLS, upgrade
 * @NATTER_CONNECTION_HANDSHAKE: the socket is open; #NatterConnection:handshake is %NULL until the server has said who
 *   it is, then it waits for natter_connection_authenticate_async()
 * @NATTER_CONNECTION_AUTHENTICATING: credentials were sent
 * @NATTER_CONNECTION_READY: signed in
 * @NATTER_CONNECTION_WAITING: lost; tried again at #NatterConnection:retry-time
 * @NATTER_CONNECTION_REFUSED: lost, and trying again by itself would not help
 */
typedef enum
{
  NATTER_CONNECTION_OFFLINE,
  NATTER_CONNECTION_CONNECTING,
  NATTER_CONNECTION_HANDSHAKE,
  NATTER_CONNECTION_AUTHENTICATING,
  NATTER_CONNECTION_READY,
  NATTER_CONNECTION_WAITING,
  NATTER_CONNECTION_REFUSED,
} NatterConnectionState;

#define NATTER_TYPE_CONNECTION_STATE (natter_connection_state_get_type ())
GType natter_connection_state_get_type (void);

#define NATTER_TYPE_CONNECTION (natter_connection_get_type ())
G_DECLARE_FINAL_TYPE (NatterConnection, natter_connection, NATTER, CONNECTION, GObject)

/* Properties, all notified: state, reason (GError of the state, NULL when well), handshake, user (NatterPacket READY
 * of this connection, NULL before), retry-time (monotonic µs, 0), rate-limit-until (monotonic µs, 0), rate-limit-left
 * (seconds, counted down), latency (ms, -1 unknown), max-payload (bytes, settable), unknown-packets (count).
 * Signal "packet" (NatterPacket *): every packet in order, answers too, before their request finishes. */

NatterConnection      *natter_connection_new                  (NatterAddress        *address);
NatterAddress         *natter_connection_get_address          (NatterConnection     *self);
NatterConnectionState  natter_connection_get_state            (NatterConnection     *self);
const GError          *natter_connection_get_reason           (NatterConnection     *self);
NatterHandshake       *natter_connection_get_handshake        (NatterConnection     *self);
gint64                 natter_connection_get_retry_time       (NatterConnection     *self);
guint                  natter_connection_get_rate_limit_left  (NatterConnection     *self);
int                    natter_connection_get_latency          (NatterConnection     *self);
gint64                 natter_connection_get_connected_since  (NatterConnection     *self); /* µs since 1970, 0 */
GTlsCertificate       *natter_connection_get_certificate      (NatterConnection     *self); /* NULL: plain or none */
guint                  natter_connection_get_unknown_packets  (NatterConnection     *self);

/* Connect and stay connected until close(); calling it while waiting retries at once. */
void                   natter_connection_open                 (NatterConnection     *self);
void                   natter_connection_close                (NatterConnection     *self);

/* @command: (transfer full): login, register or auth. On failure the socket stays in state HANDSHAKE for another try,
 * but for errors that make trying useless (banned, …): state REFUSED. */
void                   natter_connection_authenticate_async   (NatterConnection     *self,
                                                               NatterCommand        *command,
                                                               GCancellable         *cancellable,
                                                               GAsyncReadyCallback   callback,
                                                               gpointer              data);
gboolean               natter_connection_authenticate_finish  (NatterConnection     *self,
                                                               GAsyncResult         *result,
                                                               GError              **error);

/* @command: (transfer full). Finishes with the answer; an `error` or `rate_limit` answer, a lost connection and a
 * time-out are errors. Cancelling forgets the answer; what was sent is sent. */
void                   natter_connection_request_async        (NatterConnection     *self,
                                                               NatterCommand        *command,
                                                               GCancellable         *cancellable,
                                                               GAsyncReadyCallback   callback,
                                                               gpointer              data);
NatterPacket          *natter_connection_request_finish       (NatterConnection     *self,
                                                               GAsyncResult         *result,
                                                               GError              **error);
/* @command: (transfer full). For what needs no answer; dropped when not ready. */
void                   natter_connection_send                 (NatterConnection     *self,
                                                               NatterCommand        *command);

G_END_DECLS
