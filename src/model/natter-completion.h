/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-candidate.h"
#include "natter-types.h"

G_BEGIN_DECLS

/**
 * NatterCompletionKind:
 * @NATTER_COMPLETION_NONE: nothing
 * @NATTER_COMPLETION_MEMBER: `@`: people
 * @NATTER_COMPLETION_ROLE: `@&`: roles
 * @NATTER_COMPLETION_CHANNEL: `#`: channels
 * @NATTER_COMPLETION_EMOJI: `:` and two letters: emojis
 * @NATTER_COMPLETION_COMMAND: `/` at the start: slash commands
 * @NATTER_COMPLETION_CHOICE: what an option of a slash command takes
 *
 * What somebody is about to write.
 */
typedef enum
{
  NATTER_COMPLETION_NONE,
  NATTER_COMPLETION_MEMBER,
  NATTER_COMPLETION_ROLE,
  NATTER_COMPLETION_CHANNEL,
  NATTER_COMPLETION_EMOJI,
  NATTER_COMPLETION_COMMAND,
  NATTER_COMPLETION_CHOICE,
} NatterCompletionKind;

#define NATTER_TYPE_COMPLETION (natter_completion_get_type ())
G_DECLARE_FINAL_TYPE (NatterCompletion, natter_completion, NATTER, COMPLETION, GObject)

/* A list of #NatterCandidate: what may be meant by what is before the cursor, the likeliest first.
 * Signal "updated": after natter_completion_update(), and when commands became known. */
NatterCompletion     *natter_completion_new         (void);
void                  natter_completion_update      (NatterCompletion *self,
                                                     NatterChannel    *channel,
                                                     const char       *text,
                                                     guint             cursor);
NatterCompletionKind  natter_completion_get_kind    (NatterCompletion *self);
guint                 natter_completion_get_start   (NatterCompletion *self);
NatterSlashCommand   *natter_completion_get_command (NatterCompletion *self);
int                   natter_completion_get_option  (NatterCompletion *self);
void                  natter_completion_choose      (NatterCompletion *self,
                                                     NatterCandidate  *candidate);

G_END_DECLS
