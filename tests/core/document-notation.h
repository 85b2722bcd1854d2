/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-document.h"

G_BEGIN_DECLS

/* A document in one line: p{text with <b>spans</b>}, see tests/data/text/README.md. (transfer full) */
char *document_notate   (NatterDocument *document);
/* \n, \t, \\, \xHH, \u{HEX} and \{TEXT*COUNT} in a line of the tables. (transfer full) */
char *document_unescape (const char     *text,
                         gsize          *length);

G_END_DECLS
