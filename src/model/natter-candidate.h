/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NATTER_TYPE_CANDIDATE (natter_candidate_get_type ())
G_DECLARE_FINAL_TYPE (NatterCandidate, natter_candidate, NATTER, CANDIDATE, GObject)

/* One of the things that somebody who is writing may mean. It never
 * changes. */
NatterCandidate *natter_candidate_new         (const char      *label,
                                               const char      *detail,
                                               const char      *text,
                                               const char      *emoji,
                                               gpointer         item);
NatterCandidate *natter_candidate_new_emoji   (const char      *name,
                                               const char      *picture);
const char      *natter_candidate_get_label   (NatterCandidate *self);
const char      *natter_candidate_get_detail  (NatterCandidate *self);
const char      *natter_candidate_get_text    (NatterCandidate *self);
const char      *natter_candidate_get_emoji   (NatterCandidate *self);
const char      *natter_candidate_get_picture (NatterCandidate *self);
gpointer         natter_candidate_get_item    (NatterCandidate *self);

G_END_DECLS
