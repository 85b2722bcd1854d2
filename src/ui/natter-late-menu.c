/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-late-menu"

#include "config.h"

#include "natter-late-menu.h"

static void
create_menu (GtkMenuButton *button,
             gpointer       menu)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, menu);
}

/**
 * natter_late_menu_set:
 * @button: a button without a menu
 * @menu: what it opens
 *
 * Gives the button a menu whose widgets are made when it is opened for the first time, which for most menus is never.
 */
void
natter_late_menu_set (GtkMenuButton *button,
                      GMenuModel    *menu)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  gtk_menu_button_set_create_popup_func (button, create_menu, g_object_ref (menu), g_object_unref);
}
