/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NatterScreenLock:
 *
 * Whether somebody else may be in front of the screen, as the desktop's portal tells. Without a portal nothing is known, and
 * the screen counts as open.
 */
#define NATTER_TYPE_SCREEN_LOCK (natter_screen_lock_get_type ())
G_DECLARE_FINAL_TYPE (NatterScreenLock, natter_screen_lock, NATTER, SCREEN_LOCK, GObject)

NatterScreenLock *natter_screen_lock_new       (GDBusConnection  *bus);
gboolean          natter_screen_lock_is_known  (NatterScreenLock *self);
gboolean          natter_screen_lock_is_locked (NatterScreenLock *self);

G_END_DECLS
