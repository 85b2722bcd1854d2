/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NATTER_PORTAL_NAME "org.freedesktop.portal.Desktop"
#define NATTER_PORTAL_PATH "/org/freedesktop/portal/desktop"

gboolean  natter_portal_is_needed  (void);
char     *natter_portal_make_path  (GDBusConnection  *bus,
                                    const char       *kind,
                                    char            **token);

G_END_DECLS
