/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-main"

#include "config.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "natter-application.h"
#include "natter-trace.h"

int
main (int argc, char *argv[])
{
  /* As GSETTINGS_SCHEMA_DIR: translations that are not installed. */
  const char *locale_dir = g_getenv ("NATTER_LOCALE_DIR");
  g_autoptr(NatterApplication) application = NULL;

  natter_trace_init ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_application_name ("Natter");
  application = natter_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
