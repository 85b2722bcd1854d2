/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-connection.h"

G_BEGIN_DECLS

const char *natter_state_text_get        (NatterConnectionState state);
const char *natter_state_text_get_within (NatterConnectionState state);

G_END_DECLS
