/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void natter_name_color_apply (GtkLabel *label,
                              int       color);

G_END_DECLS
