/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <stdlib.h>

/* Feeds a target with mutations of real input, always the same ones. Run it with other ones by NATTER_FUZZ_SEED and
 * more of them by NATTER_FUZZ_RUNS; with --verbose it prints each number, so that the last one is what crashed:
 * NATTER_FUZZ_SEED=NUMBER NATTER_FUZZ_RUNS=1 does it again. */

#define RUNS 10000

static guint
number_from (const char *variable,
             guint       fallback)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : fallback;
}

static void
string_free (gpointer string)
{
  g_string_free (string, TRUE);
}

static void
test_seeds (void)
{
  g_autoptr(GPtrArray) seeds = fuzz_seeds ();

  g_ptr_array_set_free_func (seeds, string_free);
  g_assert_cmpuint (seeds->len, >, 10);
  for (guint i = 0; i < seeds->len; i++)
    {
      const GString *seed = seeds->pdata[i];

      g_assert_cmpint (LLVMFuzzerTestOneInput ((const guint8 *) seed->str, seed->len), ==, 0);
    }
}

static void
test_mutations (void)
{
  g_autoptr(GPtrArray) seeds = fuzz_seeds ();
  guint first = number_from ("NATTER_FUZZ_SEED", 1);
  guint runs = number_from ("NATTER_FUZZ_RUNS", RUNS);

  g_ptr_array_set_free_func (seeds, string_free);
  for (guint i = 0; i < runs; i++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (first + i);
      g_autoptr(GString) text = fuzz_mutate (rand, seeds, fuzz_words, fuzz_values);
      /* Of the very size, without the NUL of strings, so that reading past the end is seen. */
      g_autofree guint8 *data = g_memdup2 (text->str, text->len);

      if (g_test_verbose ())
        g_test_message ("%u", first + i);
      g_assert_cmpint (LLVMFuzzerTestOneInput (data != NULL ? data : (const guint8 *) "", text->len), ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fuzz/seeds", test_seeds);
  g_test_add_func ("/fuzz/mutations", test_mutations);

  return g_test_run ();
}
