/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads what Python's json.loads() reads. JsonParser refuses the bare words NaN and
 * Infinity and every lone surrogate, and cuts strings at \u0000: all of which
 * clients send and the real server passes on.
 */

#define G_LOG_DOMAIN "test-server-json"

#include "server-json.h"

#include <gio/gio.h>
#include <math.h>

/* Python gives up at about this depth as well */
#define MAX_DEPTH 990

typedef struct
{
  const char *p;
  const char *end;
  guint depth;
} Reader;

static JsonNode *read_value (Reader *reader);

static void
skip_space (Reader *reader)
{
  while (reader->p < reader->end && strchr (" \t\n\r", *reader->p) != NULL && *reader->p != '\0')
    reader->p++;
}

static gboolean
take (Reader *reader,
      char    c)
{
  if (reader->p >= reader->end || *reader->p != c)
    return FALSE;

  reader->p++;
  return TRUE;
}

static gboolean
take_word (Reader     *reader,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->p) < length || memcmp (reader->p, word, length) != 0)
    return FALSE;

  reader->p += length;
  return TRUE;
}

static void
append_code_point (GString  *out,
                   gunichar  c)
{
  char buffer[6];

  if (c == 0)
    g_string_append_len (out, "\xc0\x80", 2);
  else
    g_string_append_len (out, buffer, g_unichar_to_utf8 (c, buffer));
}

static gboolean
read_hex (Reader   *reader,
          gunichar *c)
{
  *c = 0;
  if (reader->end - reader->p < 4)
    return FALSE;

  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (*reader->p++);

      if (digit < 0)
        return FALSE;
      *c = *c << 4 | digit;
    }

  return TRUE;
}

static gboolean
read_unicode_escape (Reader  *reader,
                     GString *out)
{
  gunichar high;
  gunichar low;
  const char *mark;

  if (!read_hex (reader, &high))
    return FALSE;

  mark = reader->p;
  if (high >= 0xd800 && high <= 0xdbff && take_word (reader, "\\u"))
    {
      if (read_hex (reader, &low) && low >= 0xdc00 && low <= 0xdfff)
        high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
      else
        reader->p = mark;
    }

  append_code_point (out, high);
  return TRUE;
}

static gboolean
read_escape (Reader  *reader,
             GString *out)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (reader->p >= reader->end)
    return FALSE;

  if (take (reader, 'u'))
    return read_unicode_escape (reader, out);

  found = *reader->p != '\0' ? strchr (names, *reader->p) : NULL;
  if (found == NULL)
    return FALSE;

  g_string_append_c (out, values[found - names]);
  reader->p++;
  return TRUE;
}

static char *
read_string (Reader *reader)
{
  g_autoptr(GString) out = g_string_new (NULL);

  if (!take (reader, '"'))
    return NULL;

  while (reader->p < reader->end)
    {
      const char *run = reader->p;

      while (reader->p < reader->end && *reader->p != '"' && *reader->p != '\\' && (guchar) *reader->p >= 0x20)
        reader->p++;
      g_string_append_len (out, run, reader->p - run);

      if (take (reader, '"'))
        return g_string_free_and_steal (g_steal_pointer (&out));
      if (!take (reader, '\\') || !read_escape (reader, out))
        return NULL;
    }

  return NULL;
}

static JsonNode *
read_number (Reader *reader)
{
  const char *start = reader->p;
  g_autofree char *text = NULL;
  gboolean is_float = FALSE;
  gint64 integer;

  take (reader, '-');
  if (!take (reader, '0'))
    {
      if (reader->p >= reader->end || !g_ascii_isdigit (*reader->p))
        return NULL;
      while (reader->p < reader->end && g_ascii_isdigit (*reader->p))
        reader->p++;
    }

  if (reader->end - reader->p >= 2 && *reader->p == '.' && g_ascii_isdigit (reader->p[1]))
    {
      is_float = TRUE;
      reader->p++;
      while (reader->p < reader->end && g_ascii_isdigit (*reader->p))
        reader->p++;
    }

  if (reader->p < reader->end && (*reader->p == 'e' || *reader->p == 'E'))
    {
      const char *mark = reader->p++;

      if (!take (reader, '+'))
        take (reader, '-');
      if (reader->p < reader->end && g_ascii_isdigit (*reader->p))
        is_float = TRUE;
      else
        reader->p = mark;
      while (is_float && reader->p < reader->end && g_ascii_isdigit (*reader->p))
        reader->p++;
    }

  text = g_strndup (start, reader->p - start);
  if (!is_float && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    return ts_int (integer);

  return ts_float (g_ascii_strtod (text, NULL));
}

static JsonNode *
read_object (Reader *reader)
{
  g_autoptr(JsonObject) object = json_object_new ();

  skip_space (reader);
  if (take (reader, '}'))
    return ts_of_object (g_steal_pointer (&object));

  for (;;)
    {
      g_autofree char *name = NULL;
      JsonNode *value;

      skip_space (reader);
      name = read_string (reader);
      if (name == NULL)
        return NULL;

      skip_space (reader);
      if (!take (reader, ':'))
        return NULL;

      value = read_value (reader);
      if (value == NULL)
        return NULL;
      json_object_set_member (object, name, value);

      skip_space (reader);
      if (take (reader, '}'))
        return ts_of_object (g_steal_pointer (&object));
      if (!take (reader, ','))
        return NULL;
    }
}

static JsonNode *
read_array (Reader *reader)
{
  g_autoptr(JsonArray) array = json_array_new ();

  skip_space (reader);
  if (take (reader, ']'))
    return ts_of_array (g_steal_pointer (&array));

  for (;;)
    {
      JsonNode *value = read_value (reader);

      if (value == NULL)
        return NULL;
      json_array_add_element (array, value);

      skip_space (reader);
      if (take (reader, ']'))
        return ts_of_array (g_steal_pointer (&array));
      if (!take (reader, ','))
        return NULL;
    }
}

static JsonNode *
read_word (Reader *reader)
{
  if (take_word (reader, "true"))
    return ts_bool (TRUE);
  if (take_word (reader, "false"))
    return ts_bool (FALSE);
  if (take_word (reader, "null"))
    return ts_null ();
  if (take_word (reader, "NaN"))
    return ts_float (NAN);
  if (take_word (reader, "Infinity"))
    return ts_float (INFINITY);
  if (take_word (reader, "-Infinity"))
    return ts_float (-INFINITY);

  return read_number (reader);
}

static JsonNode *
read_value (Reader *reader)
{
  JsonNode *node;
  g_autofree char *string = NULL;

  skip_space (reader);
  if (reader->p >= reader->end || reader->depth >= MAX_DEPTH)
    return NULL;

  switch (*reader->p)
    {
    case '{':
    case '[':
      reader->depth++;
      node = *reader->p++ == '{' ? read_object (reader) : read_array (reader);
      reader->depth--;
      return node;

    case '"':
      string = read_string (reader);
      return string != NULL ? ts_string (string) : NULL;

    default:
      return read_word (reader);
    }
}

/**
 * ts_json_parse:
 * @text: JSON as Python reads it, valid UTF-8
 *
 * Returns: (transfer full) (nullable): the value
 */
JsonNode *
ts_json_parse (const char  *text,
               gsize        length,
               GError     **error)
{
  Reader reader = { text, text + length, 0 };
  JsonNode *node = read_value (&reader);

  skip_space (&reader);
  if (node != NULL && reader.p != reader.end)
    g_clear_pointer (&node, json_node_unref);
  if (node == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 "No JSON at byte %" G_GSIZE_FORMAT, (gsize) (reader.p - text));

  return node;
}
