/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     natter_trace_init    (void);
gboolean natter_trace_enabled (void);
double   natter_trace_now     (void);
void     natter_trace_emit    (const char *event,
                               ...) G_GNUC_NULL_TERMINATED;

/* Events cost one comparison when NATTER_TRACE is unset. Keys and values follow as pairs:
 * strings with "s:key", numbers with "i:key" (gint64) or "d:key" (double). */
#define natter_trace(...) \
  G_STMT_START { if (G_UNLIKELY (natter_trace_enabled ())) natter_trace_emit (__VA_ARGS__, NULL); } G_STMT_END

G_END_DECLS
