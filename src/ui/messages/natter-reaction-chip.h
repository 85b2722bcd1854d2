/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-message.h"
#include "natter-reaction.h"

G_BEGIN_DECLS

#define NATTER_TYPE_REACTION_CHIP (natter_reaction_chip_get_type ())
G_DECLARE_FINAL_TYPE (NatterReactionChip, natter_reaction_chip, NATTER, REACTION_CHIP, GtkButton)

GtkWidget *natter_reaction_chip_new (NatterMessage  *message,
                                     NatterReaction *reaction);

G_END_DECLS
