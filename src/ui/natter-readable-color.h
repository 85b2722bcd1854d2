/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double  natter_color_contrast (guint32 one,
                               guint32 other);
guint32 natter_color_mix      (guint32 from,
                               guint32 to,
                               double  share);
guint32 natter_readable_color (guint32 color,
                               guint32 background,
                               double  contrast);

G_END_DECLS
