/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-backoff.h"
#include "natter-connection.h"
#include "natter-packet-reader.h"
#include "natter-request-queue.h"
#include "natter-socket.h"

G_BEGIN_DECLS

/* natter-connection.c is the type and what one does with it, natter-connection-properties.c what one sees of it,
 * natter-connection-states.c the life of the connection, natter-connection-sign-in.c the part between
 * handshake and ready. */

enum
{
  PROP_0,
  PROP_ADDRESS,
  PROP_STATE,
  PROP_REASON,
  PROP_HANDSHAKE,
  PROP_USER,
  PROP_RETRY_TIME,
  PROP_RATE_LIMIT_UNTIL,
  PROP_RATE_LIMIT_LEFT,
  PROP_LATENCY,
  PROP_CONNECTED_SINCE,
  PROP_CERTIFICATE,
  PROP_MAX_PAYLOAD,
  PROP_PERSISTENT,
  PROP_UNKNOWN_PACKETS,
  PROP_DROPPED_PACKETS,
  N_PROPS
};

struct _NatterConnection
{
  GObject                 parent_instance;

  NatterAddress          *address;
  NatterConnectionLimits  limits;
  guint64                 max_payload;
  guint                   number; /* tells connections apart in a trace, which must not name servers */

  NatterConnectionState   state;
  GError                 *reason;
  gint64                  retry_time;
  guint                   retry_source;
  NatterBackoff           backoff;

  /* Of one socket. */
  NatterSocket           *socket;
  NatterPacketReader     *reader; /* NULL until the socket is open */
  GError                 *ending; /* the socket has ended, but not all that it brought has been read */
  GError                 *goodbye; /* what the server said before it ended the connection */
  guint                   handshake_source;
  guint                   ping_source;
  char                   *ping_listener;
  gint64                  ping_time;
  double                  trace_start;

  NatterHandshake        *handshake;
  NatterPacket           *user;
  GTlsCertificate        *certificate;
  gint64                  connected_since;
  int                     latency;

  NatterRequestQueue     *queue;

  GTask                  *sign_in;
  char                   *sign_in_listener;
  guint                   sign_in_timeout;
  GSource                *sign_in_cancelled;

  guint                   unknown_packets;
  guint                   dropped_packets;
  gboolean                persistent : 1;
};

void     _natter_connection_notify         (NatterConnection      *self,
                                            guint                  property);
void     _natter_connection_emit_packet    (NatterConnection      *self,
                                            NatterPacket          *packet);

void     _natter_connection_enter          (NatterConnection      *self,
                                            NatterConnectionState  state,
                                            GError                *reason);
void     _natter_connection_start          (NatterConnection      *self);
void     _natter_connection_stop           (NatterConnection      *self);
void     _natter_connection_lose           (NatterConnection      *self,
                                            GError                *error);
gboolean _natter_connection_transmit       (NatterConnection      *self,
                                            const char            *text);
void     _natter_connection_forget_socket  (NatterConnection      *self);
void     _natter_connection_ask_for_life   (NatterConnection      *self);

void     _natter_connection_finish_sign_in (NatterConnection      *self,
                                            NatterPacket          *packet);
void     _natter_connection_refuse_sign_in (NatterConnection      *self,
                                            NatterPacket          *packet);
GTask   *_natter_connection_take_sign_in   (NatterConnection      *self);
void     _natter_connection_return_sign_in (GTask                 *task,
                                            GError                *error);
gboolean _natter_connection_needs_person   (const GError          *error);

G_END_DECLS
