/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-shortcuts"

#include "config.h"

#include "natter-shortcut-row.h"

#include <glib/gi18n.h>

#include "natter-shortcut-editor.h"

struct _NatterShortcutRow
{
  AdwActionRow          parent_instance;

  GSettings            *settings;
  const NatterShortcut *shortcut;
  GtkLabel             *keys;
  GtkButton            *reset_button;
};

G_DEFINE_FINAL_TYPE (NatterShortcutRow, natter_shortcut_row, ADW_TYPE_ACTION_ROW)

static char *
make_text (NatterShortcutRow *self)
{
  g_auto(GStrv) accels = natter_shortcuts_dup_accels (self->settings, self->shortcut);
  GString *text = g_string_new (NULL);

  for (guint i = 0; accels[i] != NULL; i++)
    {
      g_autofree char *label = natter_shortcuts_dup_label (accels[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "   " : "", label);
    }
  if (text->len == 0)
    g_string_append (text, C_("shortcut", "None"));
  return g_string_free_and_steal (text);
}

static void
update (NatterShortcutRow *self)
{
  g_autofree char *text = make_text (self);

  gtk_label_set_text (self->keys, text);
  gtk_widget_set_visible (GTK_WIDGET (self->reset_button), natter_shortcuts_is_changed (self->settings, self->shortcut));
}

static void
reset_cb (NatterShortcutRow *self)
{
  /* The button goes, and the keyboard stays here. */
  gtk_widget_grab_focus (GTK_WIDGET (self));
  natter_shortcuts_reset (self->settings, self->shortcut);
}

static void
natter_shortcut_row_activate (AdwActionRow *row)
{
  NatterShortcutRow *self = NATTER_SHORTCUT_ROW (row);

  if (self->shortcut->action != NULL)
    adw_dialog_present (natter_shortcut_editor_new (self->settings, self->shortcut), GTK_WIDGET (self));
}

static void
natter_shortcut_row_dispose (GObject *object)
{
  g_clear_object (&NATTER_SHORTCUT_ROW (object)->settings);

  G_OBJECT_CLASS (natter_shortcut_row_parent_class)->dispose (object);
}

static void
natter_shortcut_row_class_init (NatterShortcutRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_shortcut_row_dispose;
  ADW_ACTION_ROW_CLASS (klass)->activate = natter_shortcut_row_activate;
}

static void
natter_shortcut_row_init (NatterShortcutRow *self)
{
  self->keys = GTK_LABEL (gtk_label_new (NULL));
  self->reset_button = GTK_BUTTON (gtk_button_new_from_icon_name ("edit-undo-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (self->keys), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->reset_button), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->reset_button), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reset_button), _("Reset Shortcut"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reset Shortcut"), -1);
  g_signal_connect_object (self->reset_button, "clicked", G_CALLBACK (reset_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->keys));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->reset_button));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->keys, NULL, -1);
}

/**
 * natter_shortcut_row_new:
 * @settings: what the person wants
 * @shortcut: what it shows; those without an action can't be changed
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
natter_shortcut_row_new (GSettings *settings, const NatterShortcut *shortcut)
{
  NatterShortcutRow *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (shortcut != NULL, NULL);

  self = g_object_new (NATTER_TYPE_SHORTCUT_ROW, "use-markup", FALSE, "title", _(shortcut->title),
                       "activatable", shortcut->action != NULL, NULL);
  self->settings = g_object_ref (settings);
  self->shortcut = shortcut;
  g_signal_connect_object (settings, "changed::shortcuts", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
