/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-clean.h"

/* More marks on one letter than any script has reach into the lines around it. */
#define MAX_MARKS 4
#define MAX_INVISIBLE 16
#define MAX_DIRECTIONS 8

typedef struct
{
  GString *text;
  guint    n_marks;     /* since the last letter */
  guint    n_invisible;
  guint    n_directions;
  gunichar directions[MAX_DIRECTIONS]; /* what closes those that are open */
} Cleaning;

static void
close_directions (Cleaning *cleaning)
{
  while (cleaning->n_directions > 0)
    g_string_append_unichar (cleaning->text, cleaning->directions[--cleaning->n_directions]);
}

static void
add_line_end (Cleaning *cleaning)
{
  close_directions (cleaning);
  g_string_append_c (cleaning->text, '\n');
  cleaning->n_marks = cleaning->n_invisible = 0;
}

/* Embeddings and isolates are kept as far as they end where they began; what overrides the order of letters is
 * dropped, since it serves to show one thing and be another. */
static gboolean
is_direction_allowed (Cleaning *cleaning,
                      gunichar  c)
{
  if (c == 0x202d || c == 0x202e)
    return FALSE;
  if (c == 0x202a || c == 0x202b || (c >= 0x2066 && c <= 0x2068))
    {
      if (cleaning->n_directions == MAX_DIRECTIONS)
        return FALSE;
      cleaning->directions[cleaning->n_directions++] = c < 0x2066 ? 0x202c : 0x2069;
      return TRUE;
    }
  if (cleaning->n_directions == 0 || cleaning->directions[cleaning->n_directions - 1] != c)
    return FALSE;
  cleaning->n_directions--;
  return TRUE;
}

static gboolean
is_allowed (Cleaning *cleaning,
            gunichar  c)
{
  GUnicodeType type;

  if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
    return is_direction_allowed (cleaning, c);
  /* Stands for pictures in the text of a document. */
  if (c == 0xfffc)
    return FALSE;
  type = g_unichar_type (c);
  if (type == G_UNICODE_CONTROL || type == G_UNICODE_SURROGATE)
    return FALSE;
  if (type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_ENCLOSING_MARK)
    return ++cleaning->n_marks <= MAX_MARKS;
  if (type == G_UNICODE_FORMAT)
    return ++cleaning->n_invisible <= MAX_INVISIBLE;
  cleaning->n_marks = cleaning->n_invisible = 0;
  return TRUE;
}

static void
add_wide (Cleaning   *cleaning,
          const char *at,
          const char *next)
{
  gunichar c = g_utf8_get_char (at);

  if (c == 0x2028 || c == 0x2029)
    add_line_end (cleaning);
  else if (c == 0x85)
    g_string_append_c (cleaning->text, ' ');
  else if (is_allowed (cleaning, c))
    g_string_append_len (cleaning->text, at, next - at);
}

static void
clean_valid (Cleaning   *cleaning,
             const char *at,
             const char *end)
{
  while (at < end)
    {
      const char *start = at;

      while (at < end && *at >= ' ' && *at < 0x7f)
        at++;
      if (at > start)
        {
          cleaning->n_marks = cleaning->n_invisible = 0;
          g_string_append_len (cleaning->text, start, at - start);
        }
      if (at == end)
        break;
      start = at;
      at = g_utf8_next_char (at);
      if (*start == '\n')
        add_line_end (cleaning);
      else if (*start == '\r')
        {
          if (at == end || *at != '\n')
            add_line_end (cleaning);
        }
      else if (*start == '\t')
        g_string_append_c (cleaning->text, '\t');
      else if ((guchar) *start >= 0x80)
        add_wide (cleaning, start, at);
    }
}

/**
 * natter_clean:
 * @text: what somebody else wrote, any bytes
 * @length: how many
 *
 * Makes text that can't harm what is drawn around it: valid UTF-8, without control characters but tabs and line ends
 * (LF), without overrides of direction, with all directions ended at the end of their line and few marks on a letter.
 *
 * Returns: (transfer full): the text
 */
GString *
natter_clean (const char *text,
              gsize       length)
{
  Cleaning cleaning = { .text = g_string_sized_new (length + 1) };
  g_autofree char *valid = NULL;

  if (!g_utf8_validate_len (text, length, NULL))
    {
      valid = g_utf8_make_valid (text, length);
      text = valid;
      length = strlen (valid);
    }
  clean_valid (&cleaning, text, text + length);
  close_directions (&cleaning);
  return cleaning.text;
}
