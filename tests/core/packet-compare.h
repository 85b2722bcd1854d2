/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "natter-packet.h"

/* Asserts that a packet has all that was in the JSON that it was made of. A key of an object that no comparison knows
 * is a failure, so that nothing gets lost unnoticed. */
void packet_compare (NatterPacket *packet, JsonObject *root);
