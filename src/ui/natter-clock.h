/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define NATTER_TYPE_CLOCK (natter_clock_get_type ())

/**
 * NatterClock:
 *
 * Whether times of day are shown on a clock of 12 or of 24 hours. Until it is told what the desktop wants, it does as the
 * language does.
 *
 * Properties: twelve-hours
 */
G_DECLARE_FINAL_TYPE (NatterClock, natter_clock, NATTER, CLOCK, GObject)

NatterClock *natter_clock_get_default             (void);
gboolean     natter_clock_get_twelve_hours        (NatterClock *self);
void         natter_clock_set_twelve_hours        (NatterClock *self,
                                                   gboolean     twelve_hours);
gboolean     natter_clock_format_has_twelve_hours (const char  *format);

G_END_DECLS
