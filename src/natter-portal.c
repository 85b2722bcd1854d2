/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-portal"

#include "config.h"

#include "natter-portal.h"

/**
 * natter_portal_is_needed:
 *
 * Returns: whether the desktop is to be asked where a program without a sandbox helps itself. As GIO does, this heeds
 *   GTK_USE_PORTAL
 */
gboolean
natter_portal_is_needed (void)
{
  return g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "1") == 0 || g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * natter_portal_make_path:
 * @bus: the session bus
 * @kind: `request` or `session`
 * @token: (out) (transfer full): what the portal has to be told for it
 *
 * Makes the path of an object before the portal does, so that no signal of it is missed.
 *
 * Returns: (transfer full): the path
 */
char *
natter_portal_make_path (GDBusConnection *bus, const char *kind, char **token)
{
  g_autofree char *sender = NULL;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (bus), NULL);
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (token != NULL, NULL);

  *token = g_strdup_printf ("natter%u", g_random_int ());
  sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1), ".", '_');
  return g_strdup_printf (NATTER_PORTAL_PATH "/%s/%s/%s", kind, sender, *token);
}
