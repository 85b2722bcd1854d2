/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-parser.h"

G_BEGIN_DECLS

/**
 * NatterShortCodeFunc:
 * @name: of a `:name:` without its colons, or HOST/ID of a custom emoji
 * @data: of the caller
 *
 * Returns: (transfer full) (nullable): what is to stand in its place; %NULL: it stays
 */
typedef char *(*NatterShortCodeFunc) (const char *name,
                                      gpointer    data);

char *natter_short_code_write (const char          *source,
                               NatterDialect        dialect,
                               NatterShortCodeFunc  find,
                               gpointer             data);
char *natter_short_code_read  (const char          *source,
                               NatterDialect        dialect,
                               NatterShortCodeFunc  find,
                               gpointer             data);

G_END_DECLS
