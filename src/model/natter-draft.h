/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_DRAFT (natter_draft_get_type ())
G_DECLARE_FINAL_TYPE (NatterDraft, natter_draft, NATTER, DRAFT, GObject)

/* Properties, notified: text (never NULL), reply-to (id of the message that it answers, NULL), reply-pings (whether that
 * message's author is pinged), edited-id (construct: the message that is being changed, NULL for a new one), empty. */
const char *natter_draft_get_text        (NatterDraft *self);
void        natter_draft_set_text        (NatterDraft *self, const char *text);
const char *natter_draft_get_reply_to    (NatterDraft *self);
void        natter_draft_set_reply_to    (NatterDraft *self, const char *reply_to);
gboolean    natter_draft_get_reply_pings (NatterDraft *self);
void        natter_draft_set_reply_pings (NatterDraft *self, gboolean reply_pings);
const char *natter_draft_get_edited_id   (NatterDraft *self);
gboolean    natter_draft_get_empty       (NatterDraft *self);
/* Keeps at once what changed: when the person goes somewhere else. */
void        natter_draft_flush           (NatterDraft *self);
/* Forgets it: it was sent as a change, or is not wanted any more. */
void        natter_draft_clear           (NatterDraft *self);

G_END_DECLS
