/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "natter-address.h"

G_BEGIN_DECLS

#define NATTER_TYPE_REACTION (natter_reaction_get_type ())
G_DECLARE_FINAL_TYPE (NatterReaction, natter_reaction, NATTER, REACTION, GObject)

/* One emoji under a message and who reacted with it.
 * Properties, notified: emoji (construct; as it travels), custom-id (id of a custom emoji, NULL for a character), picture
 * (absolute address of a custom emoji of the same server, else NULL), count, own (whether one is among them), users (strv of
 * user names in order of reacting). */
NatterReaction     *natter_reaction_new           (const char *emoji, NatterAddress *address);
gboolean            natter_reaction_is_like       (NatterReaction *self, NatterReaction *other);
const char         *natter_reaction_get_emoji     (NatterReaction *self);
const char         *natter_reaction_get_custom_id (NatterReaction *self);
const char         *natter_reaction_get_picture   (NatterReaction *self);
guint               natter_reaction_get_count     (NatterReaction *self);
gboolean            natter_reaction_get_own       (NatterReaction *self);
const char * const *natter_reaction_get_users     (NatterReaction *self);
void                natter_reaction_set_users     (NatterReaction *self, const char * const *users, const char *own_name);
gboolean            natter_reaction_change        (NatterReaction *self, const char *username, gboolean add, const char *own_name);

G_END_DECLS
