/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-file-tray.h"

G_BEGIN_DECLS

/* What gets into the entry of a composer otherwise than by typing there. */
void natter_composer_paste_text   (GtkTextView    *view,
                                   GdkClipboard   *clipboard,
                                   NatterFileTray *tray,
                                   guint           max_length);
void natter_composer_offer_emojis (GtkMenuButton  *button,
                                   GtkTextView    *view);
void natter_composer_insert_quote (GtkTextBuffer  *buffer,
                                   const char     *text);
void natter_composer_catch_typing (GtkWidget      *composer,
                                   GtkWidget      *place);

G_END_DECLS
