/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-address.h"

G_BEGIN_DECLS

/**
 * RawPeerManner:
 * @RAW_PEER_SILENT: takes a connection and says nothing
 * @RAW_PEER_HANGS_UP: ends it at once
 * @RAW_PEER_ANSWERS: says #RawPeer.text, whatever it is asked, also in a language that it doesn't speak
 * @RAW_PEER_HALF_OPEN: upgrades, says #RawPeer.text as a frame, and `ready` to whatever comes next; then it
 *   neither says nor hears anything, also no WebSocket ping
 * @RAW_PEER_TRICKLES: the same, but #RawPeer.text comes over a slow link, byte by byte
 */
typedef enum
{
  RAW_PEER_SILENT,
  RAW_PEER_HANGS_UP,
  RAW_PEER_ANSWERS,
  RAW_PEER_HALF_OPEN,
  RAW_PEER_TRICKLES,
} RawPeerManner;

/* The other end of a connection, one layer below WebSocket: for what a WebSocket library would not do. */
typedef struct
{
  GSocketService *service;
  RawPeerManner   manner;
  const char     *text;
  GPtrArray      *connections;
  guint16         port;
} RawPeer;

RawPeer       *raw_peer_new         (RawPeerManner  manner,
                                     const char    *text);
void           raw_peer_free        (RawPeer       *self);
NatterAddress *raw_peer_get_address (RawPeer       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawPeer, raw_peer_free)

G_END_DECLS
