/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Bold, italic, struck and code, as signs around the text. */
gboolean natter_text_marks_take_key (GtkTextBuffer   *buffer,
                                     guint            key,
                                     GdkModifierType  modifiers);

G_END_DECLS
