/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void natter_save_file (GtkWidget  *widget,
                       GFile      *file,
                       const char *name);

G_END_DECLS
