/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-message-list.h"
#include "natter-timeline.h"

G_BEGIN_DECLS

#define NATTER_TYPE_SCROLLER (natter_scroller_get_type ())
G_DECLARE_FINAL_TYPE (NatterScroller, natter_scroller, NATTER, SCROLLER, GObject)

NatterScroller *natter_scroller_new            (NatterMessageList *list);
void            natter_scroller_set_timeline   (NatterScroller    *self,
                                                NatterTimeline    *timeline);
gboolean        natter_scroller_get_following  (NatterScroller    *self);
guint           natter_scroller_get_new_count  (NatterScroller    *self);
void            natter_scroller_jump_to_latest (NatterScroller    *self);
void            natter_scroller_retry          (NatterScroller    *self);

G_END_DECLS
