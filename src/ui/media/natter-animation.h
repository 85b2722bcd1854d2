/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NATTER_TYPE_ANIMATION (natter_animation_get_type ())
G_DECLARE_FINAL_TYPE (NatterAnimation, natter_animation, NATTER, ANIMATION, GObject)

GdkPaintable *natter_animation_new     (GdkPixbufAnimation *frames);
void          natter_animation_advance (NatterAnimation    *self);

G_END_DECLS
