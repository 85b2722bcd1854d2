/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-fuzzy.h"

#include <string.h>

/* What is longer is cut: names are short, and the work grows with both. */
#define MAX_PATTERN 32
#define MAX_TEXT    96

#define POINTS_FOUND   4
#define POINTS_NEXT    8 /* right after the one before */
#define POINTS_WORD    6 /* where a word begins */
#define POINTS_START   4 /* where the text begins */
#define POINTS_ALL    12 /* the pattern is the whole text */
#define POINTS_GAP     1 /* less, for being further on */

/**
 * natter_fuzzy_fold:
 * @text: any text
 *
 * Makes case, accents and the width of letters equal, for natter_fuzzy_score(). What is not valid UTF-8 becomes empty.
 *
 * Returns: (transfer full): the text
 */
char *
natter_fuzzy_fold (const char *text)
{
  g_autofree char *normal = NULL;
  g_autofree char *folded = NULL;
  GString *plain = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  folded = normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (plain, g_utf8_get_char (at));
  return g_string_free_and_steal (plain);
}

static guint
read_text (const char *text,
           gunichar   *letters,
           guint       most)
{
  guint count = 0;

  for (; *text != '\0' && count < most; text = g_utf8_next_char (text))
    letters[count++] = g_utf8_get_char (text);
  return count;
}

static gboolean
begins_word (const gunichar *text,
             guint           at)
{
  return at == 0 || (g_unichar_isalnum (text[at]) && !g_unichar_isalnum (text[at - 1]));
}

static int
get_points (const gunichar *text,
            guint           at)
{
  return POINTS_FOUND + (begins_word (text, at) ? POINTS_WORD : 0) + (at == 0 ? POINTS_START : 0);
}

/* However far on, it fits. */
static int
go_on (int points)
{
  return points > 0 ? MAX (points - POINTS_GAP, 1) : 0;
}

/* One letter of the pattern: @before[j] are the most points with the letter before it at j of the text, 0 for none. */
static void
find_letter (gunichar        letter,
             gboolean        is_first,
             const gunichar *text,
             guint           n_text,
             const int      *before,
             int            *after)
{
  int far = 0; /* the most with the letter before it anywhere before, less for each letter between */

  for (guint j = 0; j < n_text; j++)
    {
      int next = j > 0 && before[j - 1] > 0 ? before[j - 1] + POINTS_NEXT : 0;
      int most = MAX (next, far);

      after[j] = letter == text[j] && (is_first || most > 0) ? get_points (text, j) + most : 0;
      far = MAX (go_on (far), j > 0 ? go_on (before[j - 1]) : 0);
    }
}

/**
 * natter_fuzzy_score:
 * @pattern: what was typed, folded
 * @text: what may be meant, folded
 *
 * Says how well a text fits what was typed: all its letters have to be there in this order. Beginnings of words and letters
 * in a row are worth more, gaps less. Takes time in proportion to both lengths, which are cut to some dozens.
 *
 * Returns: points; 0: it does not fit
 */
guint
natter_fuzzy_score (const char *pattern,
                    const char *text)
{
  gunichar wanted[MAX_PATTERN];
  gunichar letters[MAX_TEXT];
  int rows[2][MAX_TEXT] = { { 0 }, { 0 } };
  guint n_wanted, n_letters;
  int most = 0;

  g_return_val_if_fail (pattern != NULL, 0);
  g_return_val_if_fail (text != NULL, 0);

  n_wanted = read_text (pattern, wanted, MAX_PATTERN);
  n_letters = read_text (text, letters, MAX_TEXT);
  if (n_wanted == 0 || n_wanted > n_letters)
    return 0;
  for (guint i = 0; i < n_wanted; i++)
    find_letter (wanted[i], i == 0, letters, n_letters, rows[i % 2], rows[(i + 1) % 2]);
  for (guint j = 0; j < n_letters; j++)
    most = MAX (most, rows[n_wanted % 2][j]);
  if (most > 0 && n_wanted == n_letters)
    most += POINTS_ALL;
  return most;
}
