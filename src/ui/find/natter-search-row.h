/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-search-hit.h"

G_BEGIN_DECLS

#define NATTER_TYPE_SEARCH_ROW (natter_search_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterSearchRow, natter_search_row, NATTER, SEARCH_ROW, AdwBin)

GtkWidget *natter_search_row_new      (void);
void       natter_search_row_set_hit  (NatterSearchRow *self,
                                       NatterSearchHit *hit);
char      *natter_search_row_describe (gpointer         hit);

G_END_DECLS
