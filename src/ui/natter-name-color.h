/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

PangoAttrList *natter_name_color_new_attributes (int       color);
void           natter_name_color_apply          (GtkLabel *label,
                                                 int       color);

G_END_DECLS
