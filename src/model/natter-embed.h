/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-packet-data.h"

G_BEGIN_DECLS

#define NATTER_TYPE_EMBED (natter_embed_get_type ())
G_DECLARE_FINAL_TYPE (NatterEmbed, natter_embed, NATTER, EMBED, GObject)

/* A card under a message: a preview of a link, or what a bot or webhook put there. It never changes, and nothing in
 * it was checked by anybody: texts may be long, addresses may have any scheme and host. */
NatterEmbed           *natter_embed_new      (const NatterEmbedData *data);
gboolean               natter_embed_is       (NatterEmbed *self, const NatterEmbedData *data);
const NatterEmbedData *natter_embed_get_data (NatterEmbed *self);

G_END_DECLS
