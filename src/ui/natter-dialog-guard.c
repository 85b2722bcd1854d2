/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-dialog-guard"

#include "config.h"

#include "natter-dialog-guard.h"

static void
on_gone (GObject *dialog)
{
  g_signal_handlers_disconnect_by_func (dialog, on_gone, NULL);
  g_idle_add_once (g_object_unref, dialog);
}

/* It fades out from here on. */
static gboolean
on_closed (GSignalInvocationHint *hint,
           guint                  n_values,
           const GValue          *values,
           gpointer               data)
{
  GtkWidget *dialog = g_value_get_object (&values[0]);

  if (gtk_widget_get_root (dialog) != NULL
      && g_signal_handler_find (dialog, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_gone, NULL) == 0)
    g_signal_connect (g_object_ref (dialog), "notify::root", G_CALLBACK (on_gone), NULL);
  return TRUE;
}

/**
 * natter_dialog_guard_init:
 *
 * Keeps every dialog of the program until it is not only out of its window, but nothing of it runs any more.
 *
 * A window that is made narrow while a dialog in it fades out gives the dialog another shape. That ends the fading, thus
 * takes the dialog out of the window, from within the dialog's own layout, which goes on to use it.
 */
void
natter_dialog_guard_init (void)
{
  g_type_ensure (ADW_TYPE_DIALOG);
  g_type_class_unref (g_type_class_ref (ADW_TYPE_DIALOG));
  g_signal_add_emission_hook (g_signal_lookup ("closed", ADW_TYPE_DIALOG), 0, on_closed, NULL, NULL);
}
