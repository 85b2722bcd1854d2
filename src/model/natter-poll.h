/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-packet.h"
#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_POLL_CHOICE (natter_poll_choice_get_type ())
G_DECLARE_FINAL_TYPE (NatterPollChoice, natter_poll_choice, NATTER, POLL_CHOICE, GObject)

/* One answer of a poll. Properties, notified: text, emoji (or NULL), votes, voted (by oneself). */
const char *natter_poll_choice_get_id    (NatterPollChoice *self);
const char *natter_poll_choice_get_text  (NatterPollChoice *self);
const char *natter_poll_choice_get_emoji (NatterPollChoice *self);
guint       natter_poll_choice_get_votes (NatterPollChoice *self);
gboolean    natter_poll_choice_get_voted (NatterPollChoice *self);

/**
 * NatterPollState:
 * @NATTER_POLL_NEW: nobody has asked yet how it stands
 * @NATTER_POLL_LOADING: that is on its way
 * @NATTER_POLL_OPEN: one can vote
 * @NATTER_POLL_ENDED: it was ended, or its time is over
 * @NATTER_POLL_MISSING: it looks like a poll, but the server knows of none
 */
typedef enum
{
  NATTER_POLL_NEW,
  NATTER_POLL_LOADING,
  NATTER_POLL_OPEN,
  NATTER_POLL_ENDED,
  NATTER_POLL_MISSING,
} NatterPollState;

#define NATTER_TYPE_POLL_STATE (natter_poll_state_get_type ())
GType natter_poll_state_get_type (void);

#define NATTER_TYPE_POLL (natter_poll_get_type ())
G_DECLARE_FINAL_TYPE (NatterPoll, natter_poll, NATTER, POLL, GObject)

/* A poll that a message shows; one object for one message, followed live wherever it is.
 * Properties, notified: question, multiple (one may choose several), expires (µs since 1970, 0: never), state, total (votes,
 * not people), may-end (as far as known), error (of the last vote that was refused, boxed; NULL). */
NatterPoll      *natter_poll_new          (NatterChannel *channel, const char *message_id, const NatterEmbedData *data);
const char      *natter_poll_get_question (NatterPoll *self);
GListModel      *natter_poll_get_choices  (NatterPoll *self); /* NatterPollChoice, always the same ones */
gboolean         natter_poll_get_multiple (NatterPoll *self);
gint64           natter_poll_get_expires  (NatterPoll *self);
NatterPollState  natter_poll_get_state    (NatterPoll *self);
guint            natter_poll_get_total    (NatterPoll *self);
gboolean         natter_poll_get_may_end  (NatterPoll *self);
const GError    *natter_poll_get_error    (NatterPoll *self);
/* To be called when it is shown: asks the server how it stands, once. */
void             natter_poll_load         (NatterPoll *self);
/* Where one choice is allowed it replaces one's vote, else it is added; votes can't be taken back. */
void             natter_poll_vote         (NatterPoll *self, NatterPollChoice *choice);
void             natter_poll_end          (NatterPoll *self);

G_END_DECLS
