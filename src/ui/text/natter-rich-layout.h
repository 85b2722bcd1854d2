/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-document.h"

G_BEGIN_DECLS

/* How strongly the ground of a mention has its colour. */
#define NATTER_MENTION_ALPHA 0.14f

/* What a block of a document takes of the widget, in its coordinates. */
typedef struct
{
  PangoLayout    *layout;
  PangoLayout    *label; /* the language of code, NULL: none */
  const char     *language; /* of the document */
  NatterBlockKind kind;
  guint           start; /* of its text in the document */
  guint           end;
  GdkRectangle    area;  /* with what is drawn around the text */
  int             x;     /* of the text */
  int             y;
  int             text_width;
  gboolean        may_be_rtl;
  gboolean        is_colored;
} NatterRichBlock;

/* The blocks of a document under each other, laid out for a width. */
typedef struct _NatterRichLayout NatterRichLayout;

NatterRichLayout *natter_rich_layout_new         (GtkWidget        *widget,
                                                  NatterDocument   *document,
                                                  const char       *suffix);
void              natter_rich_layout_free        (NatterRichLayout *self);
gboolean          natter_rich_layout_color_code  (NatterRichLayout *self,
                                                  gboolean          make);
int               natter_rich_layout_get_natural (NatterRichLayout *self);
int               natter_rich_layout_set_width   (NatterRichLayout *self,
                                                  int               width);
int               natter_rich_layout_get_baseline (NatterRichLayout *self);
guint             natter_rich_layout_get_n_blocks (NatterRichLayout *self);
NatterRichBlock  *natter_rich_layout_get_block   (NatterRichLayout *self,
                                                  guint             number);
gboolean          natter_rich_layout_find        (NatterRichLayout *self,
                                                  double            x,
                                                  double            y,
                                                  guint            *offset,
                                                  guint            *nearest);
cairo_region_t   *natter_rich_layout_get_region  (NatterRichLayout *self,
                                                  guint             start,
                                                  guint             end);
int               natter_rich_layout_get_picture_size (NatterRichLayout *self,
                                                  const NatterSpan *span);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterRichLayout, natter_rich_layout_free)

G_END_DECLS
