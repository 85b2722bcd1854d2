/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-shortcuts"

#include "config.h"

#include "natter-shortcuts.h"

#include <glib/gi18n.h>

#define FIND     N_("Search and Go")
#define AROUND   N_("Channels and Servers")
#define MESSAGES N_("In a Message")
#define WRITING  N_("While Writing")
#define WINDOW   N_("Window")

/* The only list of keys: what is shown is what works. Those without an action work in a part of the window. */
static const NatterShortcut shortcuts[] = {
  { FIND, N_("Go to a Channel, a Server or a Person"), "win.switcher", { "<Control>k" } },
  { FIND, N_("Search in This Channel"), "win.search-channel", { "<Control>f" }, TRUE },
  { FIND, N_("Search Everywhere"), "win.search", { "<Control><Shift>f" }, TRUE },
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
  { AROUND, N_("Add Server"), "app.add-server", { "<Control><Shift>n" }, TRUE },
  { MESSAGES, N_("Reply"), NULL, { "r" } },
  { MESSAGES, N_("React"), NULL, { "plus" } },
  { MESSAGES, N_("Edit"), NULL, { "e" } },
  { MESSAGES, N_("Copy Text"), NULL, { "c" } },
  { MESSAGES, N_("Copy Link"), NULL, { "l" } },
  { MESSAGES, N_("Pin or Unpin"), NULL, { "p" } },
  { MESSAGES, N_("Mark as Unread From Here"), NULL, { "u" } },
  { MESSAGES, N_("Delete"), NULL, { "Delete" } },
  { MESSAGES, N_("All That Can Be Done"), NULL, { "Menu", "<Shift>F10" } },
  { WRITING, N_("Bold"), NULL, { "<Control>b" } },
  { WRITING, N_("Italic"), NULL, { "<Control>i" } },
  { WRITING, N_("Strikethrough"), NULL, { "<Control><Shift>x" } },
  { WRITING, N_("Code"), NULL, { "<Control>e" } },
  { WRITING, N_("New Line"), NULL, { "<Shift>Return" } },
  { WRITING, N_("Change the Last Message"), NULL, { "Up" } },
  { WRITING, N_("Undo"), NULL, { "<Control>z" } },
  { WINDOW, N_("Next Pane"), "win.next-pane", { "F6" } },
  { WINDOW, N_("Previous Pane"), "win.previous-pane", { "<Shift>F6" } },
  { WINDOW, N_("Show Members"), "win.toggle-members", { "F9" }, TRUE },
  { WINDOW, N_("Keyboard Shortcuts"), "win.shortcuts", { "<Control>question" }, TRUE },
  { WINDOW, N_("Preferences"), "app.preferences", { "<Control>comma" } },
  { WINDOW, N_("Close Window"), "window.close", { "<Control>w" } },
  { WINDOW, N_("Quit"), "app.quit", { "<Control>q" }, TRUE },
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

/**
 * natter_shortcuts_apply:
 * @application: whose actions they are for
 *
 * Makes the keys work.
 */
void
natter_shortcuts_apply (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action != NULL)
      gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].accels);
}

/**
 * natter_shortcuts_dup_label:
 * @shortcut: a shortcut
 *
 * Returns: (transfer full): its first keys as people read them
 */
char *
natter_shortcuts_dup_label (const NatterShortcut *shortcut)
{
  GdkModifierType modifiers;
  guint key;

  g_return_val_if_fail (shortcut != NULL, NULL);

  if (!gtk_accelerator_parse (shortcut->accels[0], &key, &modifiers))
    return g_strdup (shortcut->accels[0]);
  return gtk_accelerator_get_label (key, modifiers);
}
