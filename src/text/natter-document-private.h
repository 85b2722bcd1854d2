/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-document.h"

G_BEGIN_DECLS

#define NATTER_OBJECT_CHARACTER "\xef\xbf\xbc"

struct _NatterDocument
{
  GString      *text;
  GArray       *blocks;  /* NatterBlock */
  GArray       *spans;   /* NatterSpan, by start */
  GStringChunk *strings; /* targets, labels, languages; NULL while there are none */
};

NatterDocument *_natter_document_new        (gsize           size);
const char     *_natter_document_add_string (NatterDocument *self,
                                             const char     *string,
                                             gssize          length);
guint           _natter_document_add_span   (NatterDocument *self,
                                             NatterSpanKind  kind,
                                             guint           start,
                                             guint           end,
                                             const char     *target);
void            _natter_document_drop_empty_spans (NatterDocument *self);

G_END_DECLS
