/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-shortcuts"

#include "config.h"

#include "natter-shortcut-editor.h"

#include <glib/gi18n.h>

struct _NatterShortcutEditor
{
  AdwDialog             parent_instance;

  GtkLabel             *what_label;
  GtkLabel             *keys_label;
  GtkLabel             *hint_label;
  GtkWidget            *cancel_button;
  GtkWidget            *set_button;
  GtkWidget            *remove_button;

  GSettings            *settings;
  const NatterShortcut *shortcut;
  char                 *accel; /* that was pressed; NULL: none yet, or none that can be used */
};

G_DEFINE_FINAL_TYPE (NatterShortcutEditor, natter_shortcut_editor, ADW_TYPE_DIALOG)

static void
say (NatterShortcutEditor *self, const char *hint)
{
  gtk_label_set_text (self->hint_label, hint);
  gtk_widget_set_sensitive (self->set_button, self->accel != NULL);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), hint, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Takes the keys if they are free, or can be taken from something else. */
static void
take (NatterShortcutEditor *self, guint key, GdkModifierType modifiers)
{
  g_autofree char *accel = gtk_accelerator_name (key, modifiers);
  g_autofree char *label = gtk_accelerator_get_label (key, modifiers);
  const NatterShortcut *other = natter_shortcuts_find (self->settings, accel);
  gboolean is_function_key = key >= GDK_KEY_F1 && key <= GDK_KEY_F35;
  g_autofree char *hint = NULL;

  g_clear_pointer (&self->accel, g_free);
  gtk_label_set_text (self->keys_label, label);
  if (!gtk_accelerator_valid (key, modifiers)
      || (!is_function_key && (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) == 0))
    {
      say (self, _("These keys write text. Press them together with Ctrl, Alt or Super."));
      return;
    }
  if (other != NULL && other->action == NULL)
    {
      /* Translators: %1$s are keys, such as “Ctrl+B”; %2$s is what they do, such as “Bold”. */
      hint = g_strdup_printf (_("%1$s is “%2$s” in a part of the window, which can’t be changed."), label, _(other->title));
      say (self, hint);
      return;
    }
  self->accel = g_steal_pointer (&accel);
  if (other != NULL && other != self->shortcut)
    /* Translators: %1$s are keys, such as “Ctrl+K”; %2$s is what they do, such as “Go Back”. */
    hint = g_strdup_printf (_("%1$s is “%2$s” now. If you set it here, it is no longer used there."), label, _(other->title));
  else
    hint = g_strdup (_("These keys are free."));
  say (self, hint);
  gtk_widget_grab_focus (self->set_button);
}

/* Alone they work in the dialog as they do everywhere. */
static gboolean
is_for_dialog (guint key, GdkModifierType modifiers)
{
  static const guint keys[] = { GDK_KEY_Tab, GDK_KEY_ISO_Left_Tab, GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space, GDK_KEY_Escape };

  if ((modifiers & ~GDK_SHIFT_MASK) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (key == keys[i])
      return TRUE;
  return FALSE;
}

/* Set, Cancel and Remove have mnemonics, but Alt is wanted for shortcuts, too: here keys are only keys. */
static gboolean
key_pressed_cb (NatterShortcutEditor *self, guint key, guint code, GdkModifierType state, GtkEventController *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (controller);
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (gdk_key_event_is_modifier (event))
    return GDK_EVENT_PROPAGATE;
  if (is_for_dialog (key, modifiers))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_ISO_Left_Tab)
    key = GDK_KEY_Tab;
  /* Shift that only makes another sign, such as a question mark, is part of the sign. */
  if (gdk_keyval_to_lower (key) == gdk_keyval_to_upper (key) && (gdk_key_event_get_consumed_modifiers (event) & GDK_SHIFT_MASK) != 0
      && gdk_keyval_to_unicode (key) != 0)
    modifiers &= ~GDK_SHIFT_MASK;
  take (self, gdk_keyval_to_lower (key), modifiers);
  return GDK_EVENT_STOP;
}

static void
set_cb (NatterShortcutEditor *self)
{
  natter_shortcuts_set (self->settings, self->shortcut, self->accel);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
remove_cb (NatterShortcutEditor *self)
{
  natter_shortcuts_set (self->settings, self->shortcut, NULL);
  adw_dialog_close (ADW_DIALOG (self));
}

static GtkApplication *
get_application (void)
{
  return GTK_APPLICATION (g_application_get_default ());
}

/* The keys of the program do nothing meanwhile, or they could not be pressed here. */
static void
natter_shortcut_editor_map (GtkWidget *widget)
{
  natter_shortcuts_apply (get_application (), NULL);
  GTK_WIDGET_CLASS (natter_shortcut_editor_parent_class)->map (widget);
}

static void
natter_shortcut_editor_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (natter_shortcut_editor_parent_class)->unmap (widget);
  natter_shortcuts_apply (get_application (), NATTER_SHORTCUT_EDITOR (widget)->settings);
}

static void
natter_shortcut_editor_dispose (GObject *object)
{
  NatterShortcutEditor *self = NATTER_SHORTCUT_EDITOR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_SHORTCUT_EDITOR);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (natter_shortcut_editor_parent_class)->dispose (object);
}

static void
natter_shortcut_editor_finalize (GObject *object)
{
  g_free (NATTER_SHORTCUT_EDITOR (object)->accel);

  G_OBJECT_CLASS (natter_shortcut_editor_parent_class)->finalize (object);
}

static void
natter_shortcut_editor_class_init (NatterShortcutEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_shortcut_editor_dispose;
  object_class->finalize = natter_shortcut_editor_finalize;
  widget_class->map = natter_shortcut_editor_map;
  widget_class->unmap = natter_shortcut_editor_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-shortcut-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterShortcutEditor, what_label);
  gtk_widget_class_bind_template_child (widget_class, NatterShortcutEditor, keys_label);
  gtk_widget_class_bind_template_child (widget_class, NatterShortcutEditor, hint_label);
  gtk_widget_class_bind_template_child (widget_class, NatterShortcutEditor, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, NatterShortcutEditor, set_button);
  gtk_widget_class_bind_template_child (widget_class, NatterShortcutEditor, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, adw_dialog_close);
  gtk_widget_class_bind_template_callback (widget_class, set_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
natter_shortcut_editor_init (NatterShortcutEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * natter_shortcut_editor_new:
 * @settings: what the person wants
 * @shortcut: one with an action
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
natter_shortcut_editor_new (GSettings *settings, const NatterShortcut *shortcut)
{
  NatterShortcutEditor *self;
  g_auto(GStrv) accels = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (shortcut != NULL && shortcut->action != NULL, NULL);

  self = g_object_new (NATTER_TYPE_SHORTCUT_EDITOR, NULL);
  self->settings = g_object_ref (settings);
  self->shortcut = shortcut;
  accels = natter_shortcuts_dup_accels (settings, shortcut);
  gtk_widget_set_visible (self->remove_button, accels[0] != NULL);
  /* Translators: %s is what keys do, such as “Go Back”. */
  what = g_strdup_printf (_("“%s”"), _(shortcut->title));
  gtk_label_set_text (self->what_label, what);
  gtk_label_set_text (self->hint_label, _("Escape leaves everything as it is."));
  return ADW_DIALOG (self);
}
