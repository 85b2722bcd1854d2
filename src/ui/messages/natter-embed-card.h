/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-embed.h"
#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_EMBED_CARD (natter_embed_card_get_type ())
G_DECLARE_FINAL_TYPE (NatterEmbedCard, natter_embed_card, NATTER, EMBED_CARD, AdwBin)

GtkWidget *natter_embed_card_new (NatterEmbed  *embed,
                                  NatterServer *server);

G_END_DECLS
