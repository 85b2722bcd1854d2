/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NATTER_TYPE_DESKTOP_CLOCK (natter_desktop_clock_get_type ())

/**
 * NatterDesktopClock:
 *
 * Sets #NatterClock to what is set for the clock of the desktop, now and when that changes.
 */
G_DECLARE_FINAL_TYPE (NatterDesktopClock, natter_desktop_clock, NATTER, DESKTOP_CLOCK, GObject)

NatterDesktopClock *natter_desktop_clock_new (GDBusConnection *bus);

G_END_DECLS
