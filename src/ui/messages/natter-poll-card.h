/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-poll.h"

G_BEGIN_DECLS

#define NATTER_TYPE_POLL_CARD (natter_poll_card_get_type ())
G_DECLARE_FINAL_TYPE (NatterPollCard, natter_poll_card, NATTER, POLL_CARD, AdwBin)

GtkWidget *natter_poll_card_new (NatterPoll *poll);

G_END_DECLS
