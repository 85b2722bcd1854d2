/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-packet.h"

G_BEGIN_DECLS

const char *natter_status_text_get       (NatterStatus status);
const char *natter_status_text_get_class (NatterStatus status);

G_END_DECLS
