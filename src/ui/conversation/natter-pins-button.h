/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"

G_BEGIN_DECLS

#define NATTER_TYPE_PINS_BUTTON (natter_pins_button_get_type ())
G_DECLARE_FINAL_TYPE (NatterPinsButton, natter_pins_button, NATTER, PINS_BUTTON, AdwBin)

NatterChannel *natter_pins_button_get_channel (NatterPinsButton *self);
void           natter_pins_button_set_channel (NatterPinsButton *self,
                                               NatterChannel    *channel);

G_END_DECLS
