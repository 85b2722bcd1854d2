/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-dialog-focus"

#include "config.h"

#include "natter-dialog-focus.h"

/* By then the dialog has its shape, which the first layout may change: what is in it is taken out and put in again. */
#define SETTLED_FRAMES 3

typedef struct
{
  GWeakRef widget;
  guint    n_frames;
} Beginning;

static void
beginning_free (gpointer data)
{
  Beginning *beginning = data;

  g_weak_ref_clear (&beginning->widget);
  g_free (beginning);
}

static gboolean
on_tick (GtkWidget     *dialog,
         GdkFrameClock *clock,
         gpointer       data)
{
  Beginning *beginning = data;
  g_autoptr(GtkWidget) widget = g_weak_ref_get (&beginning->widget);

  if (widget != NULL && (++beginning->n_frames < SETTLED_FRAMES || !gtk_widget_get_mapped (widget)))
    return G_SOURCE_CONTINUE;
  if (widget != NULL)
    gtk_widget_grab_focus (widget);
  return G_SOURCE_REMOVE;
}

/* Once: a window that changes its width shows its dialog anew, where the keyboard is by then. */
static void
on_map (GtkWidget *widget,
        GtkWidget *dialog)
{
  Beginning *beginning = g_new0 (Beginning, 1);

  g_signal_handlers_disconnect_by_func (dialog, on_map, widget);
  g_weak_ref_init (&beginning->widget, widget);
  gtk_widget_add_tick_callback (dialog, on_tick, beginning, beginning_free);
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
