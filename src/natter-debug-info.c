/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-debug-info"

#include "config.h"

#include "natter-debug-info.h"

#include <adwaita.h>
#include <libsoup/soup.h>
#include <sqlite3.h>

static void
add (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, "%s: %s\n", name, value != NULL && *value != '\0' ? value : "unknown");
}

static void
add_version (GString *text, const char *name, guint major, guint minor, guint micro)
{
  g_string_append_printf (text, "%s: %u.%u.%u\n", name, major, minor, micro);
}

static void
add_desktop (GString *text)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  add (text, "System", system);
  add (text, "Desktop", g_getenv ("XDG_CURRENT_DESKTOP"));
  add (text, "Session", g_getenv ("XDG_SESSION_TYPE"));
  add (text, "Language", g_get_language_names ()[0]);
  add (text, "Sandbox", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "Flatpak" : "no");
}

/**
 * natter_debug_info_dup:
 *
 * Returns: (transfer full): what somebody who looks into a fault has to know of this machine: versions and kinds, nothing
 *   of the person, their servers or files. Not translated, since its readers may not know the language
 */
char *
natter_debug_info_dup (void)
{
  g_autoptr(GString) text = g_string_new (NULL);

  add (text, "Natter", PACKAGE_VERSION);
  add_desktop (text);
  add_version (text, "GLib", glib_major_version, glib_minor_version, glib_micro_version);
  add_version (text, "GTK", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  add_version (text, "libadwaita", adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  add_version (text, "libsoup", soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version ());
  add (text, "SQLite", sqlite3_libversion ());
#ifdef HAVE_GTKSOURCEVIEW
  add (text, "Colours of code", "yes");
#else
  add (text, "Colours of code", "no");
#endif
#ifdef HAVE_LIBSPELLING
  add (text, "Spelling", "yes");
#else
  add (text, "Spelling", "no");
#endif
  return g_string_free (g_steal_pointer (&text), FALSE);
}
