/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

#include "natter-handshake-private.h"

/* Packets about the connection itself: handshake, sign-in, refusals. */

static void
clear_handshake (NatterPacket *packet)
{
  g_clear_object (&packet->handshake);
}

static gboolean
parse_handshake (NatterPacket  *packet,
                 JsonObject    *root,
                 GError       **error)
{
  JsonObject *value = natter_json_object (root, "val");

  if (value == NULL)
    return _natter_packet_lacks (packet, "val", error);

  packet->handshake = _natter_handshake_new (value);
  return TRUE;
}

static void
clear_refusal (NatterPacket *packet)
{
  g_clear_pointer (&packet->refusal.text, g_free);
  g_clear_pointer (&packet->refusal.source, g_free);
  g_clear_pointer (&packet->refusal.reason, g_free);
}

static gboolean
parse_auth_error (NatterPacket  *packet,
                  JsonObject    *root,
                  GError       **error)
{
  packet->refusal.text = natter_json_dup_id (root, "val");
  packet->refusal.reason = natter_json_dup_id (root, "reason");
  return TRUE;
}

static gboolean
parse_error (NatterPacket  *packet,
             JsonObject    *root,
             GError       **error)
{
  packet->refusal.text = natter_json_dup_id (root, "val");
  packet->refusal.source = natter_json_dup_id (root, "src");
  return TRUE;
}

static gboolean
parse_rate_limit (NatterPacket  *packet,
                  JsonObject    *root,
                  GError       **error)
{
  packet->refusal.reason = natter_json_dup_id (root, "reason");
  packet->refusal.text = g_strdup (packet->refusal.reason);
  packet->refusal.length_ms = (guint) natter_json_int (root, "length", 0, G_MAXUINT, 0);
  return TRUE;
}

static gboolean
parse_disconnect (NatterPacket  *packet,
                  JsonObject    *root,
                  GError       **error)
{
  packet->refusal.text = natter_json_dup_id (root, "reason");
  if (packet->refusal.text == NULL)
    packet->refusal.text = natter_json_dup_id (root, "val");
  return TRUE;
}

const NatterPacketEntry natter_packet_session_entries[] = {
  { "handshake", NATTER_PACKET_HANDSHAKE, parse_handshake, clear_handshake },
  { "auth_success", NATTER_PACKET_AUTH_SUCCESS, NULL, NULL },
  { "auth_error", NATTER_PACKET_AUTH_ERROR, parse_auth_error, clear_refusal },
  { "ping", NATTER_PACKET_PING, NULL, NULL },
  { "pong", NATTER_PACKET_PONG, NULL, NULL },
  { "error", NATTER_PACKET_ERROR, parse_error, clear_refusal },
  { "rate_limit", NATTER_PACKET_RATE_LIMIT, parse_rate_limit, clear_refusal },
  { "disconnect", NATTER_PACKET_DISCONNECT, parse_disconnect, clear_refusal },
  { NULL },
};
