/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"
#include "natter-search.h"

G_BEGIN_DECLS

#define NATTER_TYPE_SEARCH_PAGE (natter_search_page_get_type ())
G_DECLARE_FINAL_TYPE (NatterSearchPage, natter_search_page, NATTER, SEARCH_PAGE, AdwBin)

GtkWidget *natter_search_page_new         (void);
void       natter_search_page_set_session (NatterSearchPage *self,
                                           NatterSession    *session);
void       natter_search_page_start       (NatterSearchPage *self,
                                           NatterChannel    *channel,
                                           gboolean          only_here);
void       natter_search_page_set_text    (NatterSearchPage *self,
                                           const char       *text);

G_END_DECLS
