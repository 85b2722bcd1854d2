/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NATTER_TYPE_TYPING_LINE (natter_typing_line_get_type ())
G_DECLARE_FINAL_TYPE (NatterTypingLine, natter_typing_line, NATTER, TYPING_LINE, AdwBin)

void natter_typing_line_set_members (NatterTypingLine *self,
                                     GListModel       *members);

G_END_DECLS
