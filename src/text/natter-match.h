/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NatterMatch:
 * @NATTER_MATCH_START: the name begins with it
 * @NATTER_MATCH_WORD: one of its words does
 * @NATTER_MATCH_INSIDE: it is somewhere in the name
 * @NATTER_MATCH_NONE: it is not
 *
 * How well what somebody types fits a name, the best first.
 */
typedef enum
{
  NATTER_MATCH_START,
  NATTER_MATCH_WORD,
  NATTER_MATCH_INSIDE,
  NATTER_MATCH_NONE,
} NatterMatch;

char        *natter_match_fold (const char *text);
NatterMatch  natter_match      (const char *folded_name,
                                const char *folded_query);

G_END_DECLS
