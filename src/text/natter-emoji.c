/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-emoji.h"

#include <string.h>

#define VARIATION_TEXT 0xfe0e
#define VARIATION_EMOJI 0xfe0f
#define JOINER 0x200d
#define KEYCAP "\xef\xb8\x8f\xe2\x83\xa3"
#define MAX_CODE 96
#define MAX_PARTS 12

typedef struct
{
  gunichar first;
  gunichar last;
} Range;

#include "natter-emoji-table.inc"

static gboolean
is_in (const Range *ranges,
       gsize        n_ranges,
       gunichar     c)
{
  gsize low = 0;
  gsize high = n_ranges;

  while (low < high)
    {
      gsize middle = (low + high) / 2;

      if (c > ranges[middle].last)
        low = middle + 1;
      else if (c < ranges[middle].first)
        high = middle;
      else
        return TRUE;
    }
  return FALSE;
}

/* "Grinning face", "grinning_face" and "grinning-face" are one. */
static void
fold_code (char       *folded,
           const char *code,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    folded[i] = code[i] == ' ' || code[i] == '-' ? '_' : g_ascii_tolower (code[i]);
  folded[length] = '\0';
}

static void
add_code (GHashTable        *by_code,
          const char        *code,
          gsize              length,
          const NatterEmoji *emoji)
{
  char folded[MAX_CODE + 1];

  if (length > MAX_CODE)
    return;
  fold_code (folded, code, length);
  if (!g_hash_table_contains (by_code, folded))
    g_hash_table_insert (by_code, g_strdup (folded), (gpointer) emoji);
}

static void
add_codes (GHashTable        *by_code,
           const NatterEmoji *emoji)
{
  const char *code = emoji->codes;

  while (*code != '\0')
    {
      gsize length = strcspn (code, " ");

      add_code (by_code, code, length, emoji);
      code += length;
      code += *code == ' ';
    }
}

/* Names before short names, which other programs gave out more freely. */
static gpointer
make_index (gpointer data)
{
  GHashTable *by_code = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (emojis); i++)
    add_code (by_code, emojis[i].name, strlen (emojis[i].name), &emojis[i]);
  for (guint i = 0; i < G_N_ELEMENTS (emojis); i++)
    add_codes (by_code, &emojis[i]);
  return by_code;
}

/**
 * natter_emoji_get_all:
 * @n_emojis: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_emojis): all emojis in the order of pickers
 */
const NatterEmoji *
natter_emoji_get_all (guint *n_emojis)
{
  *n_emojis = G_N_ELEMENTS (emojis);
  return emojis;
}

/**
 * natter_emoji_lookup:
 * @code: a name or a short name without colons, UTF-8, in any case, with spaces, `-` or `_` between its words
 * @length: bytes of it
 *
 * Returns: (transfer none) (nullable): the emoji of that name. From any thread
 */
const NatterEmoji *
natter_emoji_lookup (const char *code,
                     gsize       length)
{
  static GOnce once = G_ONCE_INIT;
  char folded[MAX_CODE + 1];

  if (length == 0 || length > MAX_CODE)
    return NULL;
  g_once (&once, make_index, NULL);
  fold_code (folded, code, length);
  return g_hash_table_lookup (once.retval, folded);
}

static gunichar
peek (const char *text,
      const char *end)
{
  return text < end ? g_utf8_get_char (text) : 0;
}

static gboolean
is_regional (gunichar c)
{
  return c >= 0x1f1e6 && c <= 0x1f1ff;
}

static gboolean
is_modifier (gunichar c)
{
  return c >= 0x1f3fb && c <= 0x1f3ff;
}

/* The length of a picture with its selector, its skin colour, or its tags (flags of parts of a country). */
static gsize
measure_part (const char *text,
              const char *end)
{
  const char *at = text;
  gunichar c = peek (at, end);
  gboolean certain = is_in (pictures, G_N_ELEMENTS (pictures), c);

  if (!certain && !is_in (maybe_pictures, G_N_ELEMENTS (maybe_pictures), c))
    return 0;
  at = g_utf8_next_char (at);
  c = peek (at, end);
  if (c == VARIATION_TEXT)
    return 0;
  if (c == VARIATION_EMOJI || is_modifier (c))
    at = g_utf8_next_char (at);
  else if (!certain)
    return 0;
  for (guint i = 0; i < MAX_PARTS; i++)
    {
      c = peek (at, end);
      if (c < 0xe0020 || c > 0xe007f)
        break;
      at = g_utf8_next_char (at);
    }
  return at - text;
}

static gsize
measure_sequence (const char *text,
                  const char *end)
{
  const char *at = text + measure_part (text, end);

  for (guint i = 0; i < MAX_PARTS && at > text && peek (at, end) == JOINER; i++)
    {
      const char *next = g_utf8_next_char (at);
      gsize length = measure_part (next, end);

      /* Signs of gender are often written without their selector behind a joiner. */
      if (length == 0 && is_in (maybe_pictures, G_N_ELEMENTS (maybe_pictures), peek (next, end)))
        length = g_utf8_next_char (next) - next;
      if (length == 0)
        break;
      at = next + length;
    }
  return at - text;
}

/**
 * natter_emoji_measure:
 * @text: valid UTF-8
 * @end: its end
 *
 * Returns: how many bytes at @text are one emoji, 0 when it does not begin with one
 */
gsize
natter_emoji_measure (const char *text,
                      const char *end)
{
  gsize keycap = strlen (KEYCAP);
  const char *next;

  if (text >= end)
    return 0;
  if ((guchar) *text < 0x80)
    return (g_ascii_isdigit (*text) || *text == '#' || *text == '*') && end - text > (gssize) keycap
               && memcmp (text + 1, KEYCAP, keycap) == 0
             ? keycap + 1 : 0;
  next = g_utf8_next_char (text);
  if (is_regional (g_utf8_get_char (text)))
    return is_regional (peek (next, end)) ? (gsize) (g_utf8_next_char (next) - text) : 0;
  return measure_sequence (text, end);
}
