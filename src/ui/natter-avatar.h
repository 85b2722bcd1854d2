/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * NatterAvatar:
 *
 * A round picture of a person or a server: the initials of #NatterAvatar:text until the picture at
 * #NatterAvatar:uri is there. Drawn as AdwAvatar draws, at a fraction of what that costs in a list. For assistive technology it is decoration; the name is beside it.
 *
 * Properties, all notified: size (logical pixels, 40), text, uri (http or https address, %NULL for none).
 */
#define NATTER_TYPE_AVATAR (natter_avatar_get_type ())
G_DECLARE_FINAL_TYPE (NatterAvatar, natter_avatar, NATTER, AVATAR, GtkWidget)

GtkWidget  *natter_avatar_new      (int           size);
int         natter_avatar_get_size (NatterAvatar *self);
void        natter_avatar_set_size (NatterAvatar *self,
                                    int           size);
const char *natter_avatar_get_text (NatterAvatar *self);
void        natter_avatar_set_text (NatterAvatar *self,
                                    const char   *text);
const char *natter_avatar_get_uri  (NatterAvatar *self);
void        natter_avatar_set_uri  (NatterAvatar *self,
                                    const char   *uri);

G_END_DECLS
