/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * NatterBackground:
 *
 * Keeps the program running without a window, and has it started with the desktop, as far as the person wants.
 */
#define NATTER_TYPE_BACKGROUND (natter_background_get_type ())
G_DECLARE_FINAL_TYPE (NatterBackground, natter_background, NATTER, BACKGROUND, GObject)

NatterBackground *natter_background_new   (GtkApplication   *application,
                                           GSettings        *settings);
void              natter_background_begin (NatterBackground *self);

G_END_DECLS
