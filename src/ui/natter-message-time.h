/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *natter_message_time_format_clock (gint64     time);
char *natter_message_time_format_full  (gint64     time);
char *natter_message_time_format_day   (gint64     time,
                                        GDateTime *now);

G_END_DECLS
