/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

void natter_text_color_insert (PangoAttrList *list,
                               guint32        color,
                               guint          start,
                               guint          end);

G_END_DECLS
