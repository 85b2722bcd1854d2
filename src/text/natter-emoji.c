/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-emoji.h"

#include <string.h>

#define VARIATION_TEXT 0xfe0e
#define VARIATION_EMOJI 0xfe0f
#define JOINER 0x200d
#define KEYCAP "\xef\xb8\x8f\xe2\x83\xa3"
#define FIRST_TONE 0x1f3fb
#define MAX_CODE 96
#define MAX_PARTS 12

typedef struct
{
  gunichar first;
  gunichar last;
} Range;

#include "natter-emoji-table.inc"

/* Of Unicode: what shows the colour of a skin. */
static const Range modifier_bases[] = {
  { 0x261d, 0x261d }, { 0x26f9, 0x26f9 }, { 0x270a, 0x270d }, { 0x1f385, 0x1f385 }, { 0x1f3c2, 0x1f3c4 },
  { 0x1f3c7, 0x1f3c7 }, { 0x1f3ca, 0x1f3cc }, { 0x1f442, 0x1f443 }, { 0x1f446, 0x1f450 }, { 0x1f466, 0x1f478 },
  { 0x1f47c, 0x1f47c }, { 0x1f481, 0x1f483 }, { 0x1f485, 0x1f487 }, { 0x1f48f, 0x1f48f }, { 0x1f491, 0x1f491 },
  { 0x1f4aa, 0x1f4aa }, { 0x1f574, 0x1f575 }, { 0x1f57a, 0x1f57a }, { 0x1f590, 0x1f590 }, { 0x1f595, 0x1f596 },
  { 0x1f645, 0x1f647 }, { 0x1f64b, 0x1f64f }, { 0x1f6a3, 0x1f6a3 }, { 0x1f6b4, 0x1f6b6 }, { 0x1f6c0, 0x1f6c0 },
  { 0x1f6cc, 0x1f6cc }, { 0x1f90c, 0x1f90c }, { 0x1f90f, 0x1f90f }, { 0x1f918, 0x1f91f }, { 0x1f926, 0x1f926 },
  { 0x1f930, 0x1f939 }, { 0x1f93c, 0x1f93e }, { 0x1f977, 0x1f977 }, { 0x1f9b5, 0x1f9b6 }, { 0x1f9b8, 0x1f9b9 },
  { 0x1f9bb, 0x1f9bb }, { 0x1f9cd, 0x1f9cf }, { 0x1f9d1, 0x1f9dd }, { 0x1fac3, 0x1fac5 }, { 0x1faf0, 0x1faf6 },
};

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

static gpointer
make_text_index (gpointer data)
{
  GHashTable *by_text = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (emojis); i++)
    g_hash_table_insert (by_text, (gpointer) emojis[i].text, (gpointer) &emojis[i]);
  return by_text;
}

/**
 * natter_emoji_find:
 * @text: one emoji, whatever the colour of the skin
 *
 * Returns: (transfer none) (nullable): what the table says of it. From any thread
 */
const NatterEmoji *
natter_emoji_find (const char *text)
{
  static GOnce once = G_ONCE_INIT;
  g_autofree char *plain = NULL;
  const NatterEmoji *emoji;

  g_return_val_if_fail (text != NULL, NULL);

  g_once (&once, make_text_index, NULL);
  emoji = g_hash_table_lookup (once.retval, text);
  if (emoji != NULL)
    return emoji;
  plain = natter_emoji_with_tone (text, 0);
  return g_hash_table_lookup (once.retval, plain);
}

/* Of two who shake hands, the hands between them have no colour of their own. */
#define HANDSHAKE 0x1f91d

/* Whether the colour of a skin may follow the character at @at. */
static gboolean
is_base (const char *text,
         const char *at)
{
  gunichar c = g_utf8_get_char (at);
  gboolean is_joined = at > text && g_utf8_get_char (g_utf8_prev_char (at)) == JOINER;

  return is_in (modifier_bases, G_N_ELEMENTS (modifier_bases), c) && (c != HANDSHAKE || !is_joined);
}

/* Families have no colours: two people are next to each other. */
static gboolean
is_family (const char *text)
{
  gboolean was_base = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == JOINER || is_modifier (c))
        continue;
      if (was_base && is_base (text, at))
        return TRUE;
      was_base = is_base (text, at);
    }
  return FALSE;
}

/**
 * natter_emoji_with_tone:
 * @text: one emoji
 * @tone: 1 (light) to 5 (dark), 0: none in particular
 *
 * Returns: (transfer full): the emoji with that colour of the skin of all who are in it; as it is when nobody is
 */
char *
natter_emoji_with_tone (const char *text,
                        guint       tone)
{
  GString *toned;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (tone <= NATTER_EMOJI_MAX_TONE, NULL);

  toned = g_string_new (NULL);
  if (is_family (text))
    tone = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (is_modifier (g_utf8_get_char (at)))
        continue;
      g_string_append_unichar (toned, g_utf8_get_char (at));
      if (tone == 0 || !is_base (text, at))
        continue;
      g_string_append_unichar (toned, FIRST_TONE + tone - 1);
      /* The colour says already that it is a picture. */
      if (g_utf8_get_char (g_utf8_next_char (at)) == VARIATION_EMOJI)
        at = g_utf8_next_char (at);
    }
  return g_string_free_and_steal (toned);
}
