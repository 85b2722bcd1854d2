/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-document.h"

G_BEGIN_DECLS

/**
 * NatterDialect:
 * @NATTER_DIALECT_OLD: of servers up to spring 2026: two underscores are bold, a backslash is a backslash
 * @NATTER_DIALECT_NEW: of newer servers: two underscores underline, a backslash takes the meaning off a mark, there are
 *   moments (`<t:0:R>`), italic needs no white space around it
 *
 * How marks in a message are to be understood.
 */
typedef enum
{
  NATTER_DIALECT_OLD,
  NATTER_DIALECT_NEW,
} NatterDialect;

/* Longer text is to be parsed by natter_document_parse_async(). */
#define NATTER_DOCUMENT_SHORT (64 * 1024)

NatterDocument *natter_document_parse        (const char          *source,
                                              gssize               length,
                                              NatterDialect        dialect);
void            natter_document_parse_async  (const char          *source,
                                              gssize               length,
                                              NatterDialect        dialect,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             data);
NatterDocument *natter_document_parse_finish (GAsyncResult        *result,
                                              GError             **error);
NatterDocument *natter_document_new_plain    (const char          *source,
                                              gssize               length);

G_END_DECLS
