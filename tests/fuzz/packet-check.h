/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-packet.h"

/* Asserts what natter-packet.h and natter-packet-data.h promise of each packet, whatever it was made of. */
void packet_check (NatterPacket *packet);
