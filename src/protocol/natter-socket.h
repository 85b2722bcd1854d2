/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-address.h"
#include "natter-error.h"

G_BEGIN_DECLS

/**
 * NatterSocketLimits:
 * @max_payload: bytes of one incoming message
 * @connect_ms: how long name, proxy, socket, TLS and upgrade may take together
 * @silence_ms: how long the other side may be silent before it counts as gone
 * @alive_ms: how long it may be silent after natter_socket_check_alive()
 */
typedef struct
{
  guint64 max_payload;
  guint   connect_ms;
  guint   silence_ms;
  guint   alive_ms;
} NatterSocketLimits;

/* What a server of April 2026 takes: a frame of this size or more ends the connection with code 1009. */
#define NATTER_SOCKET_MAX_SENT (4 * 1024 * 1024)

#define NATTER_TYPE_SOCKET (natter_socket_get_type ())
G_DECLARE_FINAL_TYPE (NatterSocket, natter_socket, NATTER, SOCKET, GObject)

/* Signals: "opened", "text" (GBytes *), "closed" (GError *): once, and never after natter_socket_close(). */

NatterSocket    *natter_socket_new             (NatterAddress            *address,
                                                const NatterSocketLimits *limits);
void             natter_socket_connect         (NatterSocket             *self);
gboolean         natter_socket_send            (NatterSocket             *self,
                                                const char               *text);
void             natter_socket_check_alive     (NatterSocket             *self);
void             natter_socket_close           (NatterSocket             *self);
GTlsCertificate *natter_socket_get_certificate (NatterSocket             *self);

G_END_DECLS
