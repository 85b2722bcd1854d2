/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-backoff.h"

#define SECOND G_USEC_PER_SEC

static const NatterBackoff fresh = { .first_ms = 1000, .last_ms = 60000, .stable_ms = 60000 };

static void
test_grows_to_its_bound (void)
{
  NatterBackoff shortest = fresh;
  NatterBackoff longest = fresh;
  const guint low[] = { 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000 };
  const guint high[] = { 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000 };

  for (gsize i = 0; i < G_N_ELEMENTS (low); i++)
    {
      g_assert_cmpuint (natter_backoff_lost (&shortest, SECOND, 0), ==, low[i]);
      g_assert_cmpuint (natter_backoff_lost (&longest, SECOND, 0.9999999), ==, high[i] - 1);
    }
}

static void
test_never_gives_up (void)
{
  NatterBackoff backoff = fresh;

  for (guint i = 0; i < 100000; i++)
    {
      guint wait = natter_backoff_lost (&backoff, SECOND, i % 100 / 100.0);

      g_assert_cmpuint (wait, >=, 1000);
      g_assert_cmpuint (wait, <=, 60000);
    }
}

static void
test_spreads (void)
{
  NatterBackoff a = fresh;
  NatterBackoff b = fresh;

  g_assert_cmpuint (natter_backoff_lost (&a, SECOND, 0.1), !=, natter_backoff_lost (&b, SECOND, 0.8));
}

static void
test_stable_minute_starts_over (void)
{
  NatterBackoff backoff = fresh;

  for (guint i = 0; i < 6; i++)
    natter_backoff_lost (&backoff, SECOND, 0);

  natter_backoff_ready (&backoff, 100 * SECOND);
  g_assert_cmpuint (natter_backoff_lost (&backoff, 160 * SECOND - 1, 0), ==, 30000);

  natter_backoff_ready (&backoff, 200 * SECOND);
  g_assert_cmpuint (natter_backoff_lost (&backoff, 260 * SECOND, 0), ==, 1000);
  g_assert_cmpuint (natter_backoff_lost (&backoff, 400 * SECOND, 0), ==, 2000);
}

static void
test_small_bounds (void)
{
  NatterBackoff backoff = { .first_ms = 1, .last_ms = 2, .stable_ms = 0 };

  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (natter_backoff_lost (&backoff, 0, 0.5), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backoff/grows-to-its-bound", test_grows_to_its_bound);
  g_test_add_func ("/backoff/never-gives-up", test_never_gives_up);
  g_test_add_func ("/backoff/spreads", test_spreads);
  g_test_add_func ("/backoff/stable-minute-starts-over", test_stable_minute_starts_over);
  g_test_add_func ("/backoff/small-bounds", test_small_bounds);
  return g_test_run ();
}
