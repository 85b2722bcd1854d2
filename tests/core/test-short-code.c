/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people write for emojis, and what is sent for them. */
#include "natter-short-code.h"

#include <string.h>

static char *
write_name (const char *name,
            gpointer    data)
{
  return g_ascii_strcasecmp (name, "wren") == 0 ? g_strdup ("originChats:<emoji>//h.example.org/3") : NULL;
}

static char *
read_target (const char *target,
             gpointer    data)
{
  return g_str_equal (target, "h.example.org/3") ? g_strdup (":wren:") : NULL;
}

#define WREN "originChats:<emoji>//h.example.org/3"

static void
test_write (void)
{
  static const struct { const char *text, *written; } cases[] = {
    { "", "" },
    { "no emoji", "no emoji" },
    { ":wren:", WREN },
    { "hi :Wren:, :wren:!", "hi " WREN ", " WREN "!" },
    { ":nobody: :smile:", ":nobody: :smile:" },
    { "`:wren:` :wren:", "`:wren:` " WREN },
    { "```\n:wren:\n```", "```\n:wren:\n```" },
    { "12:wren:30", "12:wren:30" },
    { "https://h.example.org/:wren:", "https://h.example.org/:wren:" },
    /* What follows is no part of the id. */
    { ":wren:s", WREN " s" },
    { ":wren:.", WREN "." },
    { ":wren:...7", WREN " ...7" },
    { ":wren::wren:", WREN WREN },
    { "**:wren:**", "**" WREN "**" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *old = natter_short_code_write (cases[i].text, NATTER_DIALECT_OLD, write_name, NULL);
      g_autofree char *new = natter_short_code_write (cases[i].text, NATTER_DIALECT_NEW, write_name, NULL);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (old, ==, cases[i].written);
      g_assert_cmpstr (new, ==, cases[i].written);
    }
}

static void
test_read (void)
{
  static const struct { const char *source, *text; } cases[] = {
    { "", "" },
    { WREN, ":wren:" },
    { "hi " WREN "! `" WREN "`", "hi :wren:! `" WREN "`" },
    { "originChats:<emoji>//other.example.org/3", "originChats:<emoji>//other.example.org/3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = natter_short_code_read (cases[i].source, NATTER_DIALECT_OLD, read_target, NULL);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/short-code/write", test_write);
  g_test_add_func ("/short-code/read", test_read);
  return g_test_run ();
}
