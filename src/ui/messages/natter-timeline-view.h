/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-scroller.h"
#include "natter-timeline.h"

G_BEGIN_DECLS

#define NATTER_TYPE_TIMELINE_VIEW (natter_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (NatterTimelineView, natter_timeline_view, NATTER, TIMELINE_VIEW, GtkWidget)

NatterTimeline *natter_timeline_view_get_timeline (NatterTimelineView *self);
void            natter_timeline_view_set_timeline (NatterTimelineView *self,
                                                   NatterTimeline     *timeline);
NatterScroller *natter_timeline_view_get_scroller (NatterTimelineView *self);
NatterMessageList *
                natter_timeline_view_get_list     (NatterTimelineView *self);

G_END_DECLS
