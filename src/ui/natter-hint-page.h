/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define NATTER_TYPE_HINT_PAGE (natter_hint_page_get_type ())
G_DECLARE_FINAL_TYPE (NatterHintPage, natter_hint_page, NATTER, HINT_PAGE, AdwBin)

void natter_hint_page_set_icon_name   (NatterHintPage *self,
                                       const char     *icon_name);
void natter_hint_page_set_title       (NatterHintPage *self,
                                       const char     *title);
void natter_hint_page_set_description (NatterHintPage *self,
                                       const char     *description);

G_END_DECLS
