/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-packet.h"

/* Single quotes in JSON of the tests stand for double ones. */
NatterPacket *packet_parse       (const char       *quoted);
NatterPacket *packet_parse_kind  (const char       *quoted,
                                  NatterPacketKind  kind);
/* It is refused with NATTER_ERROR_PROTOCOL. */
void          packet_assert_bad  (const char       *quoted);
/* @with is a format for one string: the packet with the value put in for %s. For each value that hostile people put
 * into a field, the packet has to be parsed or refused. */
void          packet_assert_safe (const char       *with);
