/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-backoff"

#include "config.h"

#include "natter-backoff.h"

/**
 * natter_backoff_ready:
 * @self: a back-off
 * @now: monotonic time, in µs
 *
 * Notes that the connection is in use from now on.
 */
void
natter_backoff_ready (NatterBackoff *self,
                      gint64         now)
{
  g_return_if_fail (self != NULL);

  self->ready_since = now;
}

/**
 * natter_backoff_lost:
 * @self: a back-off
 * @now: monotonic time, in µs
 * @random: a number from 0 (inclusive) to 1 (exclusive)
 *
 * Notes that the connection was lost, or could not be made. The wait is taken from the upper half of a span that
 * starts at twice the shortest wait and doubles with each loss, so that the clients of a server that went down
 * don't all come back in the same moment.
 *
 * Returns: ms to wait, from the shortest to the longest wait
 */
guint
natter_backoff_lost (NatterBackoff *self,
                     gint64         now,
                     double         random)
{
  gint64 stable_us = (gint64) self->stable_ms * 1000;
  guint64 span;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (random >= 0 && random < 1, 0);

  if (self->ready_since != 0 && now - self->ready_since >= stable_us)
    self->losses = 0;
  self->ready_since = 0;

  /* 31 doublings are more than any sensible longest wait; beyond that the shift would overflow. */
  span = (guint64) self->first_ms << (MIN (self->losses, 30) + 1);
  span = MIN (span, self->last_ms);
  self->losses++;
  return MAX (self->first_ms, (guint) (span / 2 + span / 2 * random));
}
