/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"

G_BEGIN_DECLS

#define NATTER_TYPE_EMOJI_PICKER (natter_emoji_picker_get_type ())
G_DECLARE_FINAL_TYPE (NatterEmojiPicker, natter_emoji_picker, NATTER, EMOJI_PICKER, GtkPopover)

GtkWidget *natter_emoji_picker_new         (void);
void       natter_emoji_picker_set_channel (NatterEmojiPicker *self,
                                            NatterChannel     *channel);

G_END_DECLS
