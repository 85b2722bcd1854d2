/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-draft.h"
#include "natter-store-drafts.h"

G_BEGIN_DECLS

NatterDraft *_natter_draft_new           (NatterStore             *store,
                                          const char              *server_id,
                                          const char              *channel,
                                          const char              *thread_id,
                                          const char              *edited_id);
void         _natter_draft_restore       (NatterDraft             *self,
                                          const NatterStoredDraft *stored);
void         _natter_draft_was_sent      (NatterDraft             *self);
void         _natter_draft_give_back     (NatterDraft             *self,
                                          const char              *text);
void         _natter_draft_move          (NatterDraft             *self,
                                          NatterStore             *store,
                                          const char              *server_id);
const char  *_natter_draft_get_channel   (NatterDraft             *self);

G_END_DECLS
