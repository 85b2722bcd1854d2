/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "natter-packet.h"

G_BEGIN_DECLS

/* Texts above this size, in bytes, are parsed in a worker thread. */
#define NATTER_PACKET_READER_INLINE (64 * 1024)

#define NATTER_TYPE_PACKET_READER (natter_packet_reader_get_type ())
G_DECLARE_FINAL_TYPE (NatterPacketReader, natter_packet_reader, NATTER, PACKET_READER, GObject)

/* Signals: "packet" (NatterPacket *), "dropped" (GError *): a text that could not be parsed, "drained": everything
 * that was pushed has been delivered. */

NatterPacketReader *natter_packet_reader_new         (void);
void                natter_packet_reader_push        (NatterPacketReader *self,
                                                      GBytes             *text);
/* Nothing is delivered after this, also of what a worker has in hand. */
void                natter_packet_reader_stop        (NatterPacketReader *self);
gsize               natter_packet_reader_get_pending (NatterPacketReader *self);

G_END_DECLS
