/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-rich-layout.h"
#include "natter-rich-text.h"

G_BEGIN_DECLS

#define NATTER_NO_ITEM G_MAXUINT

struct _NatterRichText
{
  GtkWidget         parent_instance;

  NatterDocument   *document;
  NatterAddress    *address;  /* of the server whose pictures may be loaded */
  char             *suffix;
  NatterRichLayout *layout;   /* made when it is needed */
  GByteArray       *revealed; /* for each span whether it is a spoiler that was asked for; NULL: none was */
  GCancellable     *cancellable; /* of the pictures that are on their way */
  GtkWidget        *menu;
  GPtrArray        *copy_buttons; /* one for each block of code; NULL: there is none */
  guint             anchor;    /* bytes in the text of the document */
  guint             cursor;
  guint             focused;   /* number of a span, or NATTER_NO_ITEM */
  guint             menu_item;
  guint             n_press;
  guint             color_source; /* finds the colours of code when there is time */
  guint             has_items : 1;
  guint             is_selecting : 1;
};

NatterRichLayout *_natter_rich_text_get_layout   (NatterRichText   *self);
gboolean          _natter_rich_text_is_item      (NatterRichText   *self,
                                                  guint             number);
gboolean          _natter_rich_text_is_hidden    (NatterRichText   *self,
                                                  const NatterSpan *spoiler);
gboolean          _natter_rich_text_is_offset_hidden (NatterRichText *self,
                                                  guint             offset);
void              _natter_rich_text_reveal       (NatterRichText   *self,
                                                  guint             number);
void              _natter_rich_text_set_selection (NatterRichText  *self,
                                                  guint             anchor,
                                                  guint             cursor);
char             *_natter_rich_text_dup_visible  (NatterRichText   *self);

/* natter-rich-text-draw.c */
void              _natter_rich_text_draw         (NatterRichText   *self,
                                                  GtkSnapshot      *snapshot);

/* natter-rich-text-input.c */
void              _natter_rich_text_class_init_input (GtkWidgetClass *klass);
void              _natter_rich_text_init_input   (NatterRichText   *self);
gboolean          _natter_rich_text_focus        (GtkWidget        *widget,
                                                  GtkDirectionType  direction);

/* natter-rich-text-accessible.c */
void              _natter_rich_text_init_accessible (GtkAccessibleTextInterface *iface);

G_END_DECLS
