/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-switch-item.h"

G_BEGIN_DECLS

#define NATTER_TYPE_SWITCHER_ROW (natter_switcher_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterSwitcherRow, natter_switcher_row, NATTER, SWITCHER_ROW, AdwBin)

GtkWidget *natter_switcher_row_new      (void);
void       natter_switcher_row_set_item (NatterSwitcherRow *self,
                                         NatterSwitchItem  *item);
char      *natter_switcher_row_describe (gpointer           item);

G_END_DECLS
