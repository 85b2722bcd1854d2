/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NATTER_TYPE_EMOJI_VIEW (natter_emoji_view_get_type ())
G_DECLARE_FINAL_TYPE (NatterEmojiView, natter_emoji_view, NATTER, EMOJI_VIEW, AdwBin)

GtkWidget *natter_emoji_view_new (int              size);
void       natter_emoji_view_set (NatterEmojiView *self,
                                  const char      *text,
                                  const char      *picture);

G_END_DECLS
