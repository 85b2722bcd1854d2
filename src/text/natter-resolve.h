/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-document.h"

G_BEGIN_DECLS

/**
 * NatterResolution:
 * @text: (transfer full): what to show; %NULL: as it was written
 * @target: (transfer full): what is really meant (the name in its true spelling, HOST/ID of a named emoji); %NULL: as
 *   written
 * @used: bytes of the target that belong to it, so that a full stop behind a name does not; 0: all
 * @color: 0xRRGGBB, -1: none
 * @own: whether it is oneself, or a role of one's own
 *
 * What a span of a document stands for, here and now.
 */
typedef struct
{
  char    *text;
  char    *target;
  gsize    used;
  int      color;
  gboolean own;
} NatterResolution;

/**
 * NatterResolveFunc:
 * @span: a mention, a picture, a named emoji, a moment or a link to a place
 * @resolution: to be filled
 * @data: of the caller
 *
 * Returns: whether there is such a thing; if not, it is text
 */
typedef gboolean (*NatterResolveFunc) (const NatterSpan *span,
                                       NatterResolution *resolution,
                                       gpointer          data);

NatterDocument *natter_document_resolve (NatterDocument   *self,
                                         NatterResolveFunc resolve,
                                         gpointer          data);

G_END_DECLS
