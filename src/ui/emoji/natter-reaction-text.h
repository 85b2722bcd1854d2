/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-reaction.h"
#include "natter-types.h"

G_BEGIN_DECLS

char *natter_reaction_text_dup (NatterReaction *reaction,
                                NatterServer   *server);

G_END_DECLS
