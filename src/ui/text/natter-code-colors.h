/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

PangoAttrList *natter_code_colors_lookup (const char *language,
                                          const char *code,
                                          gsize       length,
                                          gboolean    dark);
PangoAttrList *natter_code_colors_make   (const char *language,
                                          const char *code,
                                          gsize       length,
                                          gboolean    dark);

G_END_DECLS
