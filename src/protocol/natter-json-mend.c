/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-json"

#include "natter-json-private.h"

#include <string.h>

#include "natter-error.h"

/* The servers are Python programs, and Python's JSON is wider than the standard: it has the bare words NaN, Infinity
 * and -Infinity, and one half of a surrogate pair may stand alone in a string. One person can put either into
 * data that everybody loads, so such a frame is mended instead of refused. What is too deep, too wide or too much for
 * the parser behind is cut here as well, where it is still cheap. */

/* U+FFFD as an escape, so that what is mended stays as it was written: in ASCII. */
#define REPLACEMENT "\\ufffd"

typedef struct
{
  const char *start;
  const char *end;
  const char *kept;    /* all before is in `output` already */
  GString    *output;  /* NULL until the first thing to mend */
  guint       depth;
  guint       skip;    /* what is inside this depth is left out; 0: nothing is */
  gboolean    skip_bracket; /* the closing bracket goes, too */
  guint       values;
  guint16     members[NATTER_JSON_MAX_DEPTH + 2];
  guint8      is_object[NATTER_JSON_MAX_DEPTH + 2];
} Mender;

static void
replace (Mender     *self,
         const char *from,
         const char *to,
         const char *replacement)
{
  if (self->skip > 0)
    return;

  if (self->output == NULL)
    self->output = g_string_sized_new (self->end - self->start + 16);
  g_string_append_len (self->output, self->kept, from - self->kept);
  g_string_append (self->output, replacement);
  self->kept = to;
}

static void
begin_skipping (Mender     *self,
                const char *from,
                const char *replacement,
                guint       depth,
                gboolean    bracket)
{
  if (self->skip > 0)
    return;

  replace (self, from, from, replacement);
  self->skip = depth;
  self->skip_bracket = bracket;
}

static gboolean
read_escape (const char *text,
             const char *end,
             guint      *unit)
{
  guint value = 0;

  /* "\uXXXX" */
  if (end - text < 6 || text[0] != '\\' || text[1] != 'u')
    return FALSE;

  for (int i = 2; i < 6; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return FALSE;
      value = value * 16 + (guint) digit;
    }

  *unit = value;
  return TRUE;
}

static const char *
mend_escape (Mender     *self,
             const char *at)
{
  guint unit, second;

  if (!read_escape (at, self->end, &unit))
    return MIN (at + 2, self->end);

  if (unit >= 0xd800 && unit <= 0xdbff &&
      read_escape (at + 6, self->end, &second) &&
      second >= 0xdc00 && second <= 0xdfff)
    return at + 12;

  if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff))
    replace (self, at, at + 6, REPLACEMENT);

  return at + 6;
}

/* @at is behind the opening quote; the result is behind the closing one. */
static const char *
mend_string (Mender     *self,
             const char *at)
{
  while (at < self->end && *at != '"')
    at = *at == '\\' ? mend_escape (self, at) : at + 1;

  return MIN (at + 1, self->end);
}

static const char *
mend_word (Mender     *self,
           const char *at)
{
  static const char *const words[] = { "NaN", "Infinity", "-Infinity" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);
      const char *behind = at + length;

      if ((gsize) (self->end - at) < length || memcmp (at, words[i], length) != 0)
        continue;
      if (behind < self->end && (g_ascii_isalnum (*behind) || *behind == '_'))
        continue;

      replace (self, at, behind, "null");
      return behind;
    }

  return at + 1;
}

static void
open_bracket (Mender     *self,
              const char *at)
{
  self->values++;
  self->depth++;
  if (self->depth > NATTER_JSON_MAX_DEPTH)
    {
      begin_skipping (self, at, "null", self->depth, TRUE);
      return;
    }

  self->members[self->depth] = 1;
  self->is_object[self->depth] = *at == '{';
}

static void
close_bracket (Mender     *self,
               const char *at)
{
  if (self->depth == 0)
    return;

  if (self->skip == self->depth)
    {
      self->kept = self->skip_bracket ? at + 1 : at;
      self->skip = 0;
    }
  self->depth--;
}

static void
count_comma (Mender     *self,
             const char *at)
{
  self->values++;
  if (self->depth == 0 || self->depth > NATTER_JSON_MAX_DEPTH || !self->is_object[self->depth])
    return;

  /* Setting a member that is there already costs json-glib a walk over all members, so a wide object with
   * repeated names would take quadratic time. */
  if (self->members[self->depth] == NATTER_JSON_MAX_MEMBERS)
    begin_skipping (self, at, "", self->depth, FALSE);
  else
    self->members[self->depth]++;
}

static const char *
mend_next (Mender     *self,
           const char *at)
{
  switch (*at)
    {
    case '"':
      return mend_string (self, at + 1);

    case '{':
    case '[':
      open_bracket (self, at);
      return at + 1;

    case '}':
    case ']':
      close_bracket (self, at);
      return at + 1;

    case ',':
      count_comma (self, at);
      return at + 1;

    case 'N':
    case 'I':
    case '-':
      return mend_word (self, at);

    default:
      return at + 1;
    }
}

/**
 * natter_json_mend:
 * @text: a frame; need not end in NUL
 * @length: its length in bytes
 * @mended: (out) (transfer full) (nullable): the frame as strict parsers take it, or %NULL when nothing had to be
 *   changed
 * @error: return location
 *
 * Makes JSON of what a Python program takes for JSON, in one pass over the text, copying only if something
 * has to be changed:
 *
 * - `NaN`, `Infinity` and `-Infinity` become `null`;
 * - a surrogate escape that is not part of a pair, and `\u0000`, become `\ufffd`;
 * - what is nested deeper than %NATTER_JSON_MAX_DEPTH becomes `null`;
 * - members of an object beyond the first %NATTER_JSON_MAX_MEMBERS are left out.
 *
 * Anything else that is wrong with the text is left to the parser. Safe in any thread.
 *
 * Returns: %FALSE with %NATTER_ERROR_TOO_LARGE when there are more than %NATTER_JSON_MAX_VALUES values
 */
gboolean
natter_json_mend (const char  *text,
                  gsize        length,
                  GString    **mended,
                  GError     **error)
{
  Mender self = { .start = text, .end = text + length, .kept = text };
  const char *at = text;

  *mended = NULL;
  while (at < self.end)
    {
      at = mend_next (&self, at);
      if (self.values > NATTER_JSON_MAX_VALUES)
        {
          if (self.output != NULL)
            g_string_free (self.output, TRUE);
          g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE, "Too many values in one frame");
          return FALSE;
        }
    }

  if (self.output != NULL && self.skip == 0)
    g_string_append_len (self.output, self.kept, self.end - self.kept);

  *mended = self.output;
  return TRUE;
}
