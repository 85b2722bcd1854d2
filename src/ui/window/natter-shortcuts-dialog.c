/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-shortcuts"

#include "config.h"

#include "natter-shortcuts-dialog.h"

#include <glib/gi18n.h>

#include "natter-shortcuts.h"

static GtkWidget *
make_keys (const NatterShortcut *shortcut)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; shortcut->accels[i] != NULL; i++)
    {
      NatterShortcut one = { .accels = { shortcut->accels[i] } };
      g_autofree char *text = natter_shortcuts_dup_label (&one);
      GtkWidget *label = gtk_label_new (text);

      gtk_widget_add_css_class (label, "dimmed");
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), label);
    }
  return box;
}

/* Rows can be walked over with the keyboard; they say their title by themselves. */
static GtkWidget *
make_row (const NatterShortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *keys = make_keys (shortcut);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->title));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  gtk_widget_get_first_child (keys), NULL, -1);
  return row;
}

static GtkWidget *
make_page (void)
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
      adw_preferences_group_add (group, make_row (&shortcuts[i]));
    }
  return page;
}

/**
 * natter_shortcuts_dialog_new:
 *
 * Returns: (transfer floating): a dialog with all shortcuts
 */
AdwDialog *
natter_shortcuts_dialog_new (void)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), make_page ());
  adw_dialog_set_title (dialog, _("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 640);
  adw_dialog_set_child (dialog, view);
  return dialog;
}
