/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-shortcuts"

#include "config.h"

#include "natter-shortcuts.h"

#include <glib/gi18n.h>

/* Of the settings: action → keys, of those that were changed. */
#define KEY "shortcuts"

#define FIND     N_("Search and Go")
#define AROUND   N_("Channels and Servers")
#define MESSAGES N_("In a Message")
#define WRITING  N_("While Writing")
#define PICTURE  N_("In a Picture")
#define WINDOW   N_("Window")

/* The only list of keys: what is shown is what works. Those without an action work in a part of the window. There are
 * actions without keys, for the quick switcher, and for people who want some. */
static const NatterShortcut shortcuts[] = {
  { FIND, N_("Go to a Channel, a Server or a Person"), "win.switcher", { "<Control>k" } },
  { FIND, N_("Search in This Channel"), "win.search-channel", { "<Control>f" }, TRUE },
  { FIND, N_("Search Everywhere"), "win.search", { "<Control><Shift>f" }, TRUE },
  { FIND, N_("Go to Date"), "win.go-to-date", { "<Control>j" }, TRUE },
  { FIND, N_("Go Back"), "win.back", { "<Alt>Left" }, TRUE },
  { FIND, N_("Go Forward"), "win.forward", { "<Alt>Right" }, TRUE },
  { AROUND, N_("Next Unread Channel"), "win.next-unread", { "<Control><Alt>Page_Down" }, TRUE },
  { AROUND, N_("Previous Unread Channel"), "win.previous-unread", { "<Control><Alt>Page_Up" }, TRUE },
  { AROUND, N_("Next Channel"), "win.next-channel", { "<Alt>Down" } },
  { AROUND, N_("Previous Channel"), "win.previous-channel", { "<Alt>Up" } },
  { AROUND, N_("Next Server"), "win.next-server", { "<Control><Alt>Down" } },
  { AROUND, N_("Previous Server"), "win.previous-server", { "<Control><Alt>Up" } },
  { AROUND, N_("Move a Server or Folder Up"), NULL, { "<Alt><Shift>Up", "<Control><Shift>Page_Up" } },
  { AROUND, N_("Move a Server or Folder Down"), NULL, { "<Alt><Shift>Down", "<Control><Shift>Page_Down" } },
  { AROUND, N_("Server Info"), "win.server-info", { "<Alt>Return" }, TRUE },
  { AROUND, N_("Reconnect"), "win.reconnect", { NULL }, TRUE },
  { AROUND, N_("Mark Server as Read"), "win.mark-server-read", { NULL }, TRUE },
  { AROUND, N_("Add Server"), "app.add-server", { "<Control><Shift>n" }, TRUE },
  { AROUND, N_("Find Servers"), "win.find-servers", { NULL }, TRUE },
  { MESSAGES, N_("Reply"), NULL, { "r" } },
  { MESSAGES, N_("React"), NULL, { "plus", "colon" } },
  { MESSAGES, N_("Who Reacted"), NULL, { "w" } },
  { MESSAGES, N_("Edit"), NULL, { "e" } },
  { MESSAGES, N_("Copy Text"), NULL, { "c", "<Control>c" } },
  { MESSAGES, N_("Copy Link"), NULL, { "l" } },
  { MESSAGES, N_("Pin or Unpin"), NULL, { "p" } },
  { MESSAGES, N_("Mark as Unread From Here"), NULL, { "u" } },
  { MESSAGES, N_("Delete"), NULL, { "Delete" } },
  { MESSAGES, N_("Message Menu"), NULL, { "Menu", "<Shift>F10" } },
  { MESSAGES, N_("First Message"), NULL, { "Home" } },
  { MESSAGES, N_("Last Message"), NULL, { "End" } },
  { WRITING, N_("Bold"), NULL, { "<Control>b" } },
  { WRITING, N_("Italic"), NULL, { "<Control>i" } },
  { WRITING, N_("Strikethrough"), NULL, { "<Control><Shift>x" } },
  { WRITING, N_("Code"), NULL, { "<Control>e" } },
  { WRITING, N_("New Line"), NULL, { "<Shift>Return" } },
  { WRITING, N_("Edit Last Message"), NULL, { "Up" } },
  { WRITING, N_("Undo"), NULL, { "<Control>z" } },
  { WINDOW, N_("Next Pane"), "win.next-pane", { "F6" } },
  { WINDOW, N_("Previous Pane"), "win.previous-pane", { "<Shift>F6" } },
  { WINDOW, N_("Show Members"), "win.toggle-members", { "F9" }, TRUE },
  { WINDOW, N_("Keyboard Shortcuts"), "win.shortcuts", { "<Control>question" }, TRUE },
  { WINDOW, N_("Preferences"), "app.preferences", { "<Control>comma" }, TRUE },
  { WINDOW, N_("Accounts"), "win.accounts", { NULL }, TRUE },
  { WINDOW, N_("About Natter"), "app.about", { NULL }, TRUE },
  { WINDOW, N_("Close Window"), "window.close", { "<Control>w" } },
  { WINDOW, N_("Quit"), "app.quit", { "<Control>q" }, TRUE },
  { PICTURE, N_("Previous Picture"), NULL, { "Page_Up", "<Alt>Left" } },
  { PICTURE, N_("Next Picture"), NULL, { "Page_Down", "<Alt>Right" } },
  { PICTURE, N_("Zoom In"), NULL, { "plus", "<Control>plus" } },
  { PICTURE, N_("Zoom Out"), NULL, { "minus", "<Control>minus" } },
  { PICTURE, N_("Original Size"), NULL, { "1" } },
  { PICTURE, N_("Fit to Window"), NULL, { "0", "<Control>0" } },
  { PICTURE, N_("Copy"), NULL, { "<Control>c" } },
  { PICTURE, N_("Save"), NULL, { "<Control>s" } },
};

/**
 * natter_shortcuts_get:
 * @count: (out): how many there are
 *
 * Returns: (transfer none) (array length=count): all of them, those of a section one after the other
 */
const NatterShortcut *
natter_shortcuts_get (guint *count)
{
  g_return_val_if_fail (count != NULL, NULL);

  *count = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

/* Two ways to write the same keys are equal. */
static gboolean
is_same (const char *accel, const char *other)
{
  GdkModifierType modifiers, other_modifiers;
  guint key, other_key;

  return gtk_accelerator_parse (accel, &key, &modifiers) && gtk_accelerator_parse (other, &other_key, &other_modifiers)
         && gdk_keyval_to_lower (key) == gdk_keyval_to_lower (other_key) && modifiers == other_modifiers;
}

static gboolean
has_accel (const char * const *accels, const char *accel)
{
  for (guint i = 0; accels[i] != NULL; i++)
    if (is_same (accels[i], accel))
      return TRUE;
  return FALSE;
}

/**
 * natter_shortcuts_is_changed:
 * @settings: what the person wants
 * @shortcut: a shortcut
 *
 * Returns: whether its keys are others than at first
 */
gboolean
natter_shortcuts_is_changed (GSettings *settings, const NatterShortcut *shortcut)
{
  g_autoptr(GVariant) all = NULL;
  g_autoptr(GVariant) own = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), FALSE);
  g_return_val_if_fail (shortcut != NULL, FALSE);

  if (shortcut->action == NULL)
    return FALSE;
  all = g_settings_get_value (settings, KEY);
  own = g_variant_lookup_value (all, shortcut->action, G_VARIANT_TYPE_STRING_ARRAY);
  return own != NULL;
}

/**
 * natter_shortcuts_dup_accels:
 * @settings: what the person wants
 * @shortcut: a shortcut
 *
 * Returns: (transfer full): its keys as GTK writes them; there may be none
 */
char **
natter_shortcuts_dup_accels (GSettings *settings, const NatterShortcut *shortcut)
{
  g_autoptr(GVariant) all = NULL;
  g_autoptr(GVariant) own = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (shortcut != NULL, NULL);

  if (shortcut->action != NULL)
    {
      all = g_settings_get_value (settings, KEY);
      own = g_variant_lookup_value (all, shortcut->action, G_VARIANT_TYPE_STRING_ARRAY);
    }
  return own != NULL ? g_variant_dup_strv (own, NULL) : g_strdupv ((char **) shortcut->accels);
}

/**
 * natter_shortcuts_find:
 * @settings: what the person wants
 * @accel: keys as GTK writes them
 *
 * Returns: (transfer none) (nullable): what these keys do, but in a picture, which has the window for itself
 */
const NatterShortcut *
natter_shortcuts_find (GSettings *settings, const char *accel)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (accel != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_auto(GStrv) accels = natter_shortcuts_dup_accels (settings, &shortcuts[i]);

      if (g_strcmp0 (shortcuts[i].section, PICTURE) != 0 && has_accel ((const char * const *) accels, accel))
        return &shortcuts[i];
    }
  return NULL;
}

/* @accels: (nullable): %NULL for those of the program */
static void
keep (GSettings *settings, const NatterShortcut *shortcut, const char * const *accels)
{
  g_autoptr(GVariant) all = g_settings_get_value (settings, KEY);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *action;
  GVariant *value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sas}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_loop (&iter, "{&s@as}", &action, &value))
    if (!g_str_equal (action, shortcut->action))
      g_variant_builder_add (&builder, "{s@as}", action, value);
  if (accels != NULL)
    g_variant_builder_add (&builder, "{s^as}", shortcut->action, accels);
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}

/* What does something else now does it no longer. */
static void
take_away (GSettings *settings, const NatterShortcut *shortcut, const char *accel)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_auto(GStrv) accels = NULL;
      g_autoptr(GStrvBuilder) left = NULL;
      g_auto(GStrv) others = NULL;

      if (&shortcuts[i] == shortcut || shortcuts[i].action == NULL)
        continue;
      accels = natter_shortcuts_dup_accels (settings, &shortcuts[i]);
      if (!has_accel ((const char * const *) accels, accel))
        continue;
      left = g_strv_builder_new ();
      for (guint j = 0; accels[j] != NULL; j++)
        if (!is_same (accels[j], accel))
          g_strv_builder_add (left, accels[j]);
      others = g_strv_builder_end (left);
      keep (settings, &shortcuts[i], (const char * const *) others);
    }
}

/**
 * natter_shortcuts_set:
 * @settings: what the person wants
 * @shortcut: a shortcut with an action
 * @accel: (nullable): its keys as GTK writes them; %NULL for none
 *
 * Changes the keys of a shortcut. Another one that had them has them no longer.
 */
void
natter_shortcuts_set (GSettings *settings, const NatterShortcut *shortcut, const char *accel)
{
  const char * const accels[] = { accel, NULL };

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (shortcut != NULL && shortcut->action != NULL);

  if (accel != NULL)
    take_away (settings, shortcut, accel);
  keep (settings, shortcut, accels);
}

/**
 * natter_shortcuts_reset:
 * @settings: what the person wants
 * @shortcut: (nullable): a shortcut with an action; %NULL for all
 *
 * Gives a shortcut the keys that it had at first. Another one that had got them has them no longer.
 */
void
natter_shortcuts_reset (GSettings *settings, const NatterShortcut *shortcut)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (shortcut == NULL || shortcut->action != NULL);

  if (shortcut == NULL)
    {
      g_settings_reset (settings, KEY);
      return;
    }
  for (guint i = 0; shortcut->accels[i] != NULL; i++)
    take_away (settings, shortcut, shortcut->accels[i]);
  keep (settings, shortcut, NULL);
}

/**
 * natter_shortcuts_apply:
 * @application: whose actions they are for
 * @settings: (nullable): what the person wants; %NULL while keys are to do nothing, since somebody chooses new ones
 *
 * Makes the keys work.
 */
void
natter_shortcuts_apply (GtkApplication *application, GSettings *settings)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));
  g_return_if_fail (settings == NULL || G_IS_SETTINGS (settings));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      static const char * const none[] = { NULL };
      g_auto(GStrv) accels = NULL;

      if (shortcuts[i].action == NULL)
        continue;
      if (settings != NULL)
        accels = natter_shortcuts_dup_accels (settings, &shortcuts[i]);
      gtk_application_set_accels_for_action (application, shortcuts[i].action, accels != NULL ? (const char * const *) accels : none);
    }
}

/**
 * natter_shortcuts_dup_label:
 * @accel: keys as GTK writes them
 *
 * Returns: (transfer full): the keys as people read them
 */
char *
natter_shortcuts_dup_label (const char *accel)
{
  GdkModifierType modifiers;
  guint key;

  g_return_val_if_fail (accel != NULL, NULL);

  if (!gtk_accelerator_parse (accel, &key, &modifiers))
    return g_strdup (accel);
  return gtk_accelerator_get_label (key, modifiers);
}
