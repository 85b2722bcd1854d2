/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-match.h"

typedef struct
{
  const char  *name;
  const char  *query;
  NatterMatch  match;
} Case;

static const Case cases[] = {
  { "Ada", "", NATTER_MATCH_START },
  { "Ada", "AD", NATTER_MATCH_START },
  { "Zoë", "zoe", NATTER_MATCH_START },
  { "Věra", "ver", NATTER_MATCH_START },
  { "night owl", "owl", NATTER_MATCH_WORD },
  { "night owl", "night_o", NATTER_MATCH_START },
  { "USR:local_wren", "wren", NATTER_MATCH_WORD },
  { "cold-water old", "old", NATTER_MATCH_WORD },
  { "bruno", "run", NATTER_MATCH_INSIDE },
  { "Лев", "ев", NATTER_MATCH_INSIDE },
  { "Straße", "strasse", NATTER_MATCH_START },
  { "bruno", "brunos", NATTER_MATCH_NONE },
  { "", "a", NATTER_MATCH_NONE },
};

static void
test_match (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = natter_match_fold (cases[i].name);
      g_autofree char *query = natter_match_fold (cases[i].query);

      g_test_message ("“%s” in “%s”", cases[i].query, cases[i].name);
      g_assert_cmpint (natter_match (name, query), ==, cases[i].match);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match", test_match);
  return g_test_run ();
}
