/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-address.h"
#include "natter-document.h"

G_BEGIN_DECLS

#define NATTER_TYPE_RICH_TEXT (natter_rich_text_get_type ())
G_DECLARE_FINAL_TYPE (NatterRichText, natter_rich_text, NATTER, RICH_TEXT, GtkWidget)

GtkWidget      *natter_rich_text_new                (void);
NatterDocument *natter_rich_text_get_document       (NatterRichText *self);
void            natter_rich_text_set_document       (NatterRichText *self,
                                                     NatterDocument *document,
                                                     const char     *suffix,
                                                     NatterAddress  *address);
char           *natter_rich_text_dup_selection      (NatterRichText *self);
void            natter_rich_text_select             (NatterRichText *self,
                                                     guint           start,
                                                     guint           end);
const NatterSpan *natter_rich_text_find_item        (NatterRichText *self,
                                                     double          x,
                                                     double          y);
void            natter_rich_text_activate_item      (NatterRichText *self,
                                                     const NatterSpan *item);

G_END_DECLS
