/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-match.h"

#include <string.h>

/* Most names are so, and there are thousands of them. */
static char *
fold_ascii (const char *text)
{
  char *folded = g_ascii_strdown (text, -1);

  return g_strdelimit (folded, " -", '_');
}

/**
 * natter_match_fold:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): @text as people look for it: without case and accents, and with one sign between words
 */
char *
natter_match_fold (const char *text)
{
  g_autofree char *apart = NULL;
  g_autofree char *folded = NULL;
  GString *plain;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_is_ascii (text))
    return fold_ascii (text);
  apart = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  folded = g_utf8_casefold (apart != NULL ? apart : text, -1);
  plain = g_string_sized_new (strlen (folded));
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == ' ' || c == '-' || c == '_')
        g_string_append_c (plain, '_');
      else if (!g_unichar_ismark (c))
        g_string_append_unichar (plain, c);
    }
  return g_string_free_and_steal (plain);
}

static gboolean
begins_word (const char *name,
             const char *at)
{
  return !g_unichar_isalnum (g_utf8_get_char (g_utf8_find_prev_char (name, at)));
}

/**
 * natter_match:
 * @folded_name: a name, folded by natter_match_fold()
 * @folded_query: what is looked for, folded too
 *
 * Returns: how well they fit; nothing is the start of everything
 */
NatterMatch
natter_match (const char *folded_name,
              const char *folded_query)
{
  NatterMatch best = NATTER_MATCH_NONE;

  g_return_val_if_fail (folded_name != NULL && folded_query != NULL, NATTER_MATCH_NONE);

  if (g_str_has_prefix (folded_name, folded_query))
    return NATTER_MATCH_START;
  for (const char *at = strstr (folded_name, folded_query); at != NULL; at = strstr (g_utf8_next_char (at), folded_query))
    {
      if (begins_word (folded_name, at))
        return NATTER_MATCH_WORD;
      best = NATTER_MATCH_INSIDE;
    }
  return best;
}
