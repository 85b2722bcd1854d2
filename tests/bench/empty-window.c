/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that a GNOME program can be, to see what Natter costs beyond it. Traces as Natter does: `start`, `painted`. */
#define G_LOG_DOMAIN "natter-empty-window"

#include <adwaita.h>

#include "natter-trace.h"

static void
on_painted (GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted, NULL);
  natter_trace ("painted");
}

static void
on_activate (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr(AdwApplication) application = adw_application_new ("dev.natter.EmptyWindow", G_APPLICATION_NON_UNIQUE);

  natter_trace_init ();
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
