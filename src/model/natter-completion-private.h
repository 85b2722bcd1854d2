/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-completion.h"

G_BEGIN_DECLS

/* natter-completion.c finds out what is written, natter-completion-search.c what may be meant by it. */

/* How many candidates there are at most. */
#define NATTER_COMPLETION_MAX 20

/**
 * NatterCompletionQuery:
 * @kind: what is looked for
 * @text: what was typed of its name, as it was typed
 * @command: (nullable): the slash command that is written
 * @option: position of its option that is written
 * @max: how many candidates there are to be at most
 * @used: text of a candidate -> how long ago it was chosen, 1 for the last one
 *
 * What is before the cursor.
 */
typedef struct
{
  NatterCompletionKind kind;
  const char          *text;
  NatterSlashCommand  *command;
  int                  option;
  guint                max;
  GHashTable          *used;
} NatterCompletionQuery;

GPtrArray *_natter_completion_search (NatterChannel               *channel,
                                      const NatterCompletionQuery *query);

G_END_DECLS
