/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-dialog-focus"

#include "config.h"

#include "natter-dialog-focus.h"

static void
take_focus (gpointer data)
{
  g_autoptr(GtkWidget) widget = data;

  if (gtk_widget_get_mapped (widget))
    gtk_widget_grab_focus (widget);
}

/* Once: a window that changes its width shows its dialog anew, where the keyboard is by then. */
static void
on_map (GtkWidget *widget,
        GtkWidget *dialog)
{
  g_signal_handlers_disconnect_by_func (dialog, on_map, widget);
  g_idle_add_once (take_focus, g_object_ref (widget));
}

/**
 * natter_dialog_begin_at:
 * @dialog: a dialog that was not presented yet
 * @widget: a widget in it
 *
 * Has the keyboard begin at @widget when @dialog is presented. In a narrow window, where dialogs come up from the
 * bottom, libadwaita forgets #AdwDialog:focus-widget and begins at the first button of the header.
 */
void
natter_dialog_begin_at (AdwDialog *dialog,
                        GtkWidget *widget)
{
  g_return_if_fail (ADW_IS_DIALOG (dialog));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_signal_connect_object (dialog, "map", G_CALLBACK (on_map), widget, G_CONNECT_SWAPPED);
}
