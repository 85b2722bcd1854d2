/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * NatterSound:
 *
 * What a message sounds like on this desktop: a sound of its theme, unless the desktop is to be silent.
 */
#define NATTER_TYPE_SOUND (natter_sound_get_type ())
G_DECLARE_FINAL_TYPE (NatterSound, natter_sound, NATTER, SOUND, GObject)

/* Property, notified: enabled. Signal: play (path of a file), which plays it unless a handler stops the emission. */

NatterSound *natter_sound_new  (void);
void         natter_sound_play (NatterSound *self);
char        *natter_sound_find (const char  *theme);

G_END_DECLS
