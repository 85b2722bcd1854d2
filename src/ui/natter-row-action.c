/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-row-action"

#include "config.h"

#include "natter-row-action.h"

static void
activate (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  gtk_widget_activate (widget);
}

/**
 * natter_row_action_install:
 * @widget_class: of a row of a #GtkListBox
 *
 * Lets assistive technology open the row as the mouse does. GTK offers to it what a row has as actions, and a row of a
 * list box has none of its own.
 */
void
natter_row_action_install (GtkWidgetClass *widget_class)
{
  g_return_if_fail (GTK_IS_WIDGET_CLASS (widget_class));

  /* What there is to do is spoken by this name, so no group is before it. */
  gtk_widget_class_install_action (widget_class, "activate", NULL, activate);
}
