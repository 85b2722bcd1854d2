/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NATTER_TYPE_DAY_LIST (natter_day_list_get_type ())
G_DECLARE_FINAL_TYPE (NatterDayList, natter_day_list, NATTER, DAY_LIST, GObject)

NatterDayList *natter_day_list_new       (GListModel    *messages);
GListModel    *natter_day_list_get_model (NatterDayList *self);

G_END_DECLS
