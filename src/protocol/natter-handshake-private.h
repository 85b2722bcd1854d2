/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-handshake.h"
#include "natter-json-private.h"

G_BEGIN_DECLS

NatterHandshake *_natter_handshake_new (JsonObject *value);

G_END_DECLS
