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

/**
 * NatterConnectionLimits:
 * @connect_ms: until the WebSocket must be open (20 s)
 * @handshake_ms: from then until the server must have said who it is (20 s)
 * @command_ms: until a command must be answered; 0 for each command's own time (the default)
 * @silence_ms: how long the server may be silent before the connection counts as dead (75 s)
 * @alive_ms: how long it may be silent after natter_connection_check_alive() (5 s)
 * @ping_ms: time between two measurements of the latency (30 s)
 * @retry_first_ms: shortest wait before connecting again (1 s)
 * @retry_last_ms: longest wait before connecting again (60 s)
 * @stable_ms: after so long in use, a loss is followed by the shortest wait again (60 s)
 *
 * The times of a connection, all in milliseconds.
 */
typedef struct
{
  guint connect_ms;
  guint handshake_ms;
  guint command_ms;
  guint silence_ms;
  guint alive_ms;
  guint ping_ms;
  guint retry_first_ms;
  guint retry_last_ms;
  guint stable_ms;
} NatterConnectionLimits;

#define NATTER_TYPE_CONNECTION (natter_connection_get_type ())
G_DECLARE_FINAL_TYPE (NatterConnection, natter_connection, NATTER, CONNECTION, GObject)

/* Properties, all notified: address, state, reason (GError of the state, or of the last failed sign-in; NULL when
 * well), handshake (kept until the next attempt), user (NatterPacket READY of this connection, NULL unless ready),
 * retry-time (monotonic µs, 0), rate-limit-until (monotonic µs, 0), rate-limit-left (seconds, counted down), latency
 * (ms, -1 unknown), connected-since (µs since 1970, 0), certificate, max-payload (bytes, settable), persistent
 * (settable), unknown-packets and dropped-packets (counts).
 * Signal "packet" (NatterPacket *): every packet in order, answers too, before their request finishes. */

NatterConnection      *natter_connection_new                  (NatterAddress        *address);
NatterAddress         *natter_connection_get_address          (NatterConnection     *self);
NatterConnectionState  natter_connection_get_state            (NatterConnection     *self);
const GError          *natter_connection_get_reason           (NatterConnection     *self);
NatterHandshake       *natter_connection_get_handshake        (NatterConnection     *self);
gint64                 natter_connection_get_retry_time       (NatterConnection     *self);
guint                  natter_connection_get_rate_limit_left  (NatterConnection     *self);
gboolean               natter_connection_get_timed_out        (NatterConnection     *self);
const char            *natter_connection_get_limit_reason     (NatterConnection     *self);
int                    natter_connection_get_latency          (NatterConnection     *self);
gint64                 natter_connection_get_connected_since  (NatterConnection     *self); /* µs since 1970, 0 */
GTlsCertificate       *natter_connection_get_certificate      (NatterConnection     *self); /* NULL: plain or none */
guint                  natter_connection_get_unknown_packets  (NatterConnection     *self);

NatterPacket          *natter_connection_get_user             (NatterConnection     *self);
gint64                 natter_connection_get_rate_limit_until (NatterConnection     *self);
guint                  natter_connection_get_dropped_packets  (NatterConnection     *self);
guint64                natter_connection_get_max_payload      (NatterConnection     *self);
void                   natter_connection_set_max_payload      (NatterConnection     *self,
                                                               guint64               max_payload);
gboolean               natter_connection_get_persistent       (NatterConnection     *self);
void                   natter_connection_set_persistent       (NatterConnection     *self,
                                                               gboolean              persistent);
void                   natter_connection_get_limits           (NatterConnection     *self,
                                                               NatterConnectionLimits *limits);
void                   natter_connection_set_limits           (NatterConnection     *self,
                                                               const NatterConnectionLimits *limits);

/* Connect and stay connected until close(); calling it while waiting retries at once. */
void                   natter_connection_open                 (NatterConnection     *self);
void                   natter_connection_close                (NatterConnection     *self);
void                   natter_connection_check_alive          (NatterConnection     *self);

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
gboolean               natter_connection_request_was_sent     (GAsyncResult         *result);
/* @command: (transfer full). For what needs no answer; dropped when not ready. */
void                   natter_connection_send                 (NatterConnection     *self,
                                                               NatterCommand        *command);

G_END_DECLS
