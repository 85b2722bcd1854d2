/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NatterBackoff:
 * @first_ms: shortest wait, in ms
 * @last_ms: longest wait, in ms
 * @stable_ms: how long a connection must have been ready for its loss to count as the first one
 * @losses: losses in a row without a stable connection between them
 * @ready_since: monotonic µs, 0 while not ready
 *
 * How long to wait before connecting again: endless, doubling, with jitter. Arithmetic alone: it reads no
 * clock and throws no dice, so that all of it can be tested.
 */
typedef struct
{
  guint  first_ms;
  guint  last_ms;
  guint  stable_ms;
  guint  losses;
  gint64 ready_since;
} NatterBackoff;

void  natter_backoff_ready (NatterBackoff *self,
                            gint64         now);
guint natter_backoff_lost  (NatterBackoff *self,
                            gint64         now,
                            double         random);

G_END_DECLS
