/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NATTER_TYPE_DAY_HEADING (natter_day_heading_get_type ())
G_DECLARE_FINAL_TYPE (NatterDayHeading, natter_day_heading, NATTER, DAY_HEADING, GtkWidget)

GtkWidget *natter_day_heading_new      (void);
void       natter_day_heading_set_time (NatterDayHeading *self,
                                        gint64            time);

G_END_DECLS
