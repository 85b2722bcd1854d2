/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Checks the spelling of what is written, where libspelling is there. */
GtkTextBuffer *natter_spelling_attach (GtkTextView *view);

G_END_DECLS
