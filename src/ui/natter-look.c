/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-look"

#include "config.h"

#include "natter-look.h"

/* One for all windows, since it is about all messages. */
static GtkCssProvider *
get_provider (GtkWidget *window)
{
  static GtkCssProvider *provider;

  if (provider != NULL)
    return provider;
  provider = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (window), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  return provider;
}

static void
update_text (GtkWidget *window, const char *key, GSettings *settings)
{
  g_autofree char *css = g_strdup_printf ("messages { font-size: %u%%; }", g_settings_get_uint (settings, "text-size"));

  gtk_css_provider_load_from_string (get_provider (window), css);
}

static void
update_density (GtkWidget *window, const char *key, GSettings *settings)
{
  if (g_settings_get_boolean (settings, "compact"))
    gtk_widget_add_css_class (window, "compact");
  else
    gtk_widget_remove_css_class (window, "compact");
}

/**
 * natter_look_follow:
 * @window: a window
 * @settings: what the person wants
 *
 * Shows messages in the size and the density that are set, now and when that changes.
 */
void
natter_look_follow (GtkWidget *window, GSettings *settings)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_signal_connect_object (settings, "changed::text-size", G_CALLBACK (update_text), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::compact", G_CALLBACK (update_density), window, G_CONNECT_SWAPPED);
  update_text (window, NULL, settings);
  update_density (window, NULL, settings);
}
