/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-message.h"

G_BEGIN_DECLS

#define NATTER_TYPE_REACTION_BAR (natter_reaction_bar_get_type ())
G_DECLARE_FINAL_TYPE (NatterReactionBar, natter_reaction_bar, NATTER, REACTION_BAR, AdwBin)

GtkWidget *natter_reaction_bar_new         (void);
void       natter_reaction_bar_set_message (NatterReactionBar *self,
                                            NatterMessage     *message);

G_END_DECLS
