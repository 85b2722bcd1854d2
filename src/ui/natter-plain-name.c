/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-plain-name"

#include "config.h"

#include "natter-plain-name.h"

/* Embeddings, overrides, isolates and marks of direction. */
static gboolean
turns_text (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || c == 0x200e || c == 0x200f || c == 0x061c;
}

/**
 * natter_plain_name:
 * @text: (nullable): a name or a line that somebody else wrote, UTF-8
 *
 * Makes one line of @text that can't turn round the text beside it: without characters that set the direction, with
 * a space for each run of white space and control characters.
 *
 * Returns: (transfer full): the line; empty for %NULL
 */
char *
natter_plain_name (const char *text)
{
  GString *name = g_string_new (NULL);
  gboolean space = FALSE;

  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (turns_text (c))
        continue;
      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          space = TRUE;
          continue;
        }
      if (space && name->len > 0)
        g_string_append_c (name, ' ');
      space = FALSE;
      g_string_append_unichar (name, c);
    }
  return g_string_free_and_steal (name);
}
