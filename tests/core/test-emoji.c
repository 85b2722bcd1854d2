/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-emoji.h"

#include <string.h>

static void
test_lookup (void)
{
  const struct
  {
    const char *code;
    const char *text;
  } cases[] = {
    { "grinning_face", "😀" }, { "grinning face", "😀" }, { "GRINNING-FACE", "😀" }, { "joy", "😂" }, { "tada", "🎉" },
    { "face_with_tears_of_joy", "😂" }, { "no such emoji", NULL }, { "", NULL }, { "\xc3\xa4", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const NatterEmoji *emoji = natter_emoji_lookup (cases[i].code, strlen (cases[i].code));

      g_assert_cmpstr (emoji != NULL ? emoji->text : NULL, ==, cases[i].text);
    }
}

/* Every emoji of the table is one emoji for the reader of text, whole. */
static void
test_measure_all (void)
{
  guint n_emojis;
  const NatterEmoji *emojis = natter_emoji_get_all (&n_emojis);

  g_assert_cmpuint (n_emojis, >, 1800);
  for (guint i = 0; i < n_emojis; i++)
    {
      gsize length = strlen (emojis[i].text);

      g_assert_cmpuint (natter_emoji_measure (emojis[i].text, emojis[i].text + length), ==, length);
      g_assert_nonnull (natter_emoji_lookup (emojis[i].name, strlen (emojis[i].name)));
    }
}

static void
test_measure_none (void)
{
  const char *const texts[] = { "", "a", "1", "#", "ä", "©", "™", "🇩", "☎\ufe0e", "\u200d", "名" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpuint (natter_emoji_measure (texts[i], texts[i] + strlen (texts[i])), ==, 0);
}

static void
test_tone (void)
{
  static const struct { const char *text; guint tone; const char *toned; } cases[] = {
    { "👍", 0, "👍" }, { "👍", 1, "👍🏻" }, { "👍", 5, "👍🏿" }, { "👍🏿", 0, "👍" }, { "👍🏿", 2, "👍🏼" }, { "🍎", 3, "🍎" },
    { "☝️", 3, "☝🏽" }, { "❤️", 3, "❤️" }, { "🧑‍🚀", 4, "🧑🏾‍🚀" }, { "🧑‍🤝‍🧑", 1, "🧑🏻‍🤝‍🧑🏻" }, { "👨‍👩‍👧", 2, "👨‍👩‍👧" },
    { "👩‍❤️‍👨", 1, "👩🏻‍❤️‍👨🏻" }, { "🤝", 1, "🤝🏻" }, { "", 1, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *toned = natter_emoji_with_tone (cases[i].text, cases[i].tone);

      g_assert_cmpstr (toned, ==, cases[i].toned);
    }
}

static void
test_find (void)
{
  g_assert_cmpstr (natter_emoji_find ("🎉")->name, ==, "party popper");
  g_assert_cmpstr (natter_emoji_find ("🧑🏾‍🚀")->name, ==, "astronaut");
  g_assert_null (natter_emoji_find ("a"));
  g_assert_null (natter_emoji_find (""));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/emoji/lookup", test_lookup);
  g_test_add_func ("/emoji/measure-all", test_measure_all);
  g_test_add_func ("/emoji/measure-none", test_measure_none);
  g_test_add_func ("/emoji/tone", test_tone);
  g_test_add_func ("/emoji/find", test_find);
  return g_test_run ();
}
