/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-timeline.h"

G_BEGIN_DECLS

void natter_paint_trace_timeline (GtkWidget      *widget,
                                  NatterTimeline *timeline);

G_END_DECLS
