/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fits what was typed, and what fits better. */
#include "natter-fuzzy.h"

#include <string.h>

static guint
score (const char *pattern,
       const char *text)
{
  g_autofree char *folded_pattern = natter_fuzzy_fold (pattern);
  g_autofree char *folded_text = natter_fuzzy_fold (text);

  return natter_fuzzy_score (folded_pattern, folded_text);
}

static void
test_fits (void)
{
  static const struct
  {
    const char *pattern, *text;
    gboolean    fits;
  } cases[] = {
    { "general", "general", TRUE },
    { "gnrl", "general", TRUE },
    { "GEN", "general", TRUE },
    { "strasse", "Straße", TRUE },
    { "cafe", "Café", TRUE },
    { "ｗｉｄｅ", "wide", TRUE },
    { "lg", "general", FALSE },
    { "generals", "general", FALSE },
    { "", "general", FALSE },
    { "x", "", FALSE },
    { "az", "a-very-long-name-with-many-letters-between-the-first-and-the-last-one-which-is-z", TRUE },
    { "🙂", "hello 🙂", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s in %s", cases[i].pattern, cases[i].text);
      g_assert_cmpint (score (cases[i].pattern, cases[i].text) > 0, ==, cases[i].fits);
    }
}

static void
test_better (void)
{
  static const struct
  {
    const char *pattern, *better, *worse;
  } cases[] = {
    { "gen", "general", "garden" },             /* in a row and at the start */
    { "gen", "off-general", "imagine nothing" },
    { "nc", "news-channel", "announce" },       /* beginnings of words */
    { "art", "art", "art-talk" },               /* all of it */
    { "art", "art-talk", "smart" },
    { "talk", "small-talk", "to all kinds" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s: %s before %s", cases[i].pattern, cases[i].better, cases[i].worse);
      g_assert_cmpuint (score (cases[i].pattern, cases[i].worse), >, 0);
      g_assert_cmpuint (score (cases[i].pattern, cases[i].better), >, score (cases[i].pattern, cases[i].worse));
    }
}

static void
test_hostile (void)
{
  g_autofree char *invalid = natter_fuzzy_fold ("\xff\xfe");
  g_autofree char *a = g_strnfill (100000, 'a');

  g_assert_cmpstr (invalid, ==, "");
  g_assert_cmpuint (natter_fuzzy_score (a, a), >, 0);
  g_assert_cmpuint (natter_fuzzy_score ("b", a), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fuzzy/fits", test_fits);
  g_test_add_func ("/fuzzy/better", test_better);
  g_test_add_func ("/fuzzy/hostile", test_hostile);

  return g_test_run ();
}
