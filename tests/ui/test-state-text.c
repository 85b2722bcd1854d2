/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-state-text.h"

#include "natter-phrase.h"

/* A state that is shown alone begins with a capital; behind the name of a server it does not. */
static void
test_every_state (void)
{
  for (int state = NATTER_CONNECTION_OFFLINE; state <= NATTER_CONNECTION_REFUSED; state++)
    {
      const char *alone = natter_state_text_get (state);
      const char *within = natter_state_text_get_within (state);

      g_assert_true (g_ascii_isupper (*alone));
      g_assert_true (g_ascii_islower (*within));
      g_assert_cmpint (g_ascii_strcasecmp (alone, within), ==, 0);
    }
}

/* What was said so far stands where the language wants it. */
static void
test_phrase (void)
{
  g_autoptr(GString) phrase = g_string_new ("general");

  natter_phrase_set (phrase, "%s, muted", phrase->str);
  natter_phrase_set (phrase, "%2$u mentions: %1$s", phrase->str, 3);
  g_assert_cmpstr (phrase->str, ==, "3 mentions: general, muted");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state-text/every-state", test_every_state);
  g_test_add_func ("/state-text/phrase", test_phrase);
  return g_test_run ();
}
