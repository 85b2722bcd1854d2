/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-shortcuts"

#include "config.h"

#include "natter-shortcuts-dialog.h"

#include <glib/gi18n.h>

#include "natter-shortcut-row.h"

static GtkWidget *
make_page (GSettings *settings)
{
  GtkWidget *page = adw_preferences_page_new ();
  AdwPreferencesGroup *group = NULL;
  guint count;
  const NatterShortcut *shortcuts = natter_shortcuts_get (&count);

  for (guint i = 0; i < count; i++)
    {
      if (group == NULL || g_strcmp0 (shortcuts[i].section, shortcuts[i - 1].section) != 0)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _(shortcuts[i].section));
          adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);
        }
      adw_preferences_group_add (group, natter_shortcut_row_new (settings, &shortcuts[i]));
    }
  return page;
}

static void
reset_all_cb (GtkWidget *button, gpointer data)
{
  natter_shortcuts_reset (data, NULL);
}

/* There is nothing to reset before something was changed. */
static void
update_reset_cb (GtkWidget *button, const char *key, GSettings *settings)
{
  g_autoptr(GVariant) changed = g_settings_get_value (settings, "shortcuts");

  gtk_widget_set_sensitive (button, g_variant_n_children (changed) > 0);
}

static GtkWidget *
make_bottom_bar (GSettings *settings)
{
  GtkWidget *bar = gtk_action_bar_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Reset All"));

  g_signal_connect_object (button, "clicked", G_CALLBACK (reset_all_cb), settings, G_CONNECT_DEFAULT);
  g_signal_connect_object (settings, "changed::shortcuts", G_CALLBACK (update_reset_cb), button, G_CONNECT_SWAPPED);
  update_reset_cb (button, "shortcuts", settings);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), button);
  return bar;
}

/**
 * natter_shortcuts_dialog_new:
 * @settings: what the person wants
 *
 * Returns: (transfer floating): a dialog with all shortcuts, to see and to change
 */
AdwDialog *
natter_shortcuts_dialog_new (GSettings *settings)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), make_page (settings));
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), make_bottom_bar (settings));
  adw_dialog_set_title (dialog, _("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 640);
  adw_dialog_set_child (dialog, view);
  return dialog;
}
