/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * NatterContextMenuFunc:
 * @widget: what the menu is for
 * @popover: what shows it, and holds the actions that are for it alone
 *
 * Returns: (transfer full): the menu as it is to be now
 */
typedef GMenuModel *(*NatterContextMenuFunc) (GtkWidget *widget,
                                              GtkWidget *popover);

void natter_context_menu_add (GtkWidget             *widget,
                              NatterContextMenuFunc  make);

G_END_DECLS
