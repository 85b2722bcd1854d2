/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-poll.h"

G_BEGIN_DECLS

/* natter-poll-choice.c */
NatterPollChoice *_natter_poll_choice_new       (const NatterPollOption    *option);
void              _natter_poll_choice_set_votes (NatterPollChoice          *self,
                                                 guint                      votes);
void              _natter_poll_choice_set_voted (NatterPollChoice          *self,
                                                 gboolean                   voted);

/* natter-poll.c */
/* The server is back: what happened meanwhile was not told. */
void              _natter_poll_refresh          (NatterPoll                *self);
void              _natter_poll_take_event       (NatterPoll                *self,
                                                 const NatterPollEventData *event);

G_END_DECLS
