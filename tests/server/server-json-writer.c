/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes what Python's json.dumps(), repr() and str() write */

#define G_LOG_DOMAIN "test-server-json"

#include "server-json.h"

#include <math.h>

/**
 * ts_python_float:
 *
 * Returns: (transfer full): repr() of a float: the shortest digits that read back the same
 */
char *
ts_python_float (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  if (isnan (value))
    return g_strdup ("nan");
  if (isinf (value))
    return g_strdup (value > 0 ? "inf" : "-inf");
  if (fabs (value) < 1e16 && value == trunc (value))
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.1f", value));

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }

  return g_strdup (buffer);
}

static void
append_float (GString *out,
              double   value)
{
  g_autofree char *text = NULL;

  if (isnan (value))
    g_string_append (out, "NaN");
  else if (isinf (value))
    g_string_append (out, value > 0 ? "Infinity" : "-Infinity");
  else
    {
      text = ts_python_float (value);
      g_string_append (out, text);
    }
}

static const char *
next_code_point (const char *p,
                 gunichar   *c)
{
  const guchar *b = (const guchar *) p;

  if (b[0] == 0xc0 && b[1] == 0x80)
    {
      *c = 0;
      return p + 2;
    }

  *c = g_utf8_get_char (p);
  return g_utf8_next_char (p);
}

static void
append_escaped (GString  *out,
                gunichar  c)
{
  switch (c)
    {
    case '"':
      g_string_append (out, "\\\"");
      break;
    case '\\':
      g_string_append (out, "\\\\");
      break;
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\r':
      g_string_append (out, "\\r");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    case '\f':
      g_string_append (out, "\\f");
      break;
    case '\b':
      g_string_append (out, "\\b");
      break;
    default:
      if (c > 0xffff)
        g_string_append_printf (out, "\\u%04x\\u%04x",
                                0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
      else
        g_string_append_printf (out, "\\u%04x", c);
      break;
    }
}

static void
append_string (GString    *out,
               const char *text)
{
  g_string_append_c (out, '"');

  while (*text != '\0')
    {
      const char *run = text;
      gunichar c;

      while ((guchar) *text >= 0x20 && (guchar) *text < 0x7f && *text != '"' && *text != '\\')
        text++;
      g_string_append_len (out, run, text - run);

      if (*text == '\x7f')
        g_string_append_c (out, *text++);
      else if (*text != '\0')
        {
          text = next_code_point (text, &c);
          append_escaped (out, c);
        }
    }

  g_string_append_c (out, '"');
}

static void
append_object (GString    *out,
               JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  const char *separator = "";

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_string_append (out, separator);
      append_string (out, name);
      g_string_append (out, ": ");
      ts_json_append (out, node);
      separator = ", ";
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString   *out,
              JsonArray *array)
{
  guint n = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      ts_json_append (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

void
ts_json_append (GString  *out,
                JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    append_object (out, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (out, json_node_get_array (node));
  else if (ts_is_string (node))
    append_string (out, json_node_get_string (node));
  else if (ts_is_bool (node))
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (ts_is_int (node))
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (ts_is_number (node))
    append_float (out, json_node_get_double (node));
  else
    g_string_append (out, "null");
}

char *
ts_json_write (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  ts_json_append (out, node);
  return g_string_free_and_steal (out);
}

char *
ts_json_write_object (JsonObject *object)
{
  GString *out = g_string_new (NULL);

  append_object (out, object);
  return g_string_free_and_steal (out);
}

static void
append_repr_string (GString    *out,
                    const char *text)
{
  char quote = strchr (text, '\'') != NULL && strchr (text, '"') == NULL ? '"' : '\'';

  g_string_append_c (out, quote);
  while (*text != '\0')
    {
      gunichar c;

      text = next_code_point (text, &c);
      if (c == (gunichar) quote || c == '\\')
        g_string_append_printf (out, "\\%c", (char) c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\r')
        g_string_append (out, "\\r");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (out, "\\x%02x", c);
      else if (c >= 0xd800 && c <= 0xdfff)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_unichar (out, c);
    }
  g_string_append_c (out, quote);
}

static void
append_repr (GString  *out,
             JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    g_string_append (out, "None");
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;
      const char *separator = "";

      g_string_append_c (out, '{');
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          g_string_append (out, separator);
          append_repr_string (out, name);
          g_string_append (out, ": ");
          append_repr (out, value);
          separator = ", ";
        }
      g_string_append_c (out, '}');
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      g_string_append_c (out, '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (i > 0)
            g_string_append (out, ", ");
          append_repr (out, json_array_get_element (array, i));
        }
      g_string_append_c (out, ']');
    }
  else if (ts_is_string (node))
    append_repr_string (out, json_node_get_string (node));
  else if (ts_is_bool (node))
    g_string_append (out, json_node_get_boolean (node) ? "True" : "False");
  else if (ts_is_int (node))
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    {
      g_autofree char *text = ts_python_float (json_node_get_double (node));

      g_string_append (out, text);
    }
}

/**
 * ts_python_repr:
 * @node: (nullable): a value; %NULL counts as null
 *
 * Returns: (transfer full): what Python's repr() gives, as it appears in error texts
 */
char *
ts_python_repr (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  append_repr (out, node);
  return g_string_free_and_steal (out);
}

/* As repr(), but a string stands for itself */
char *
ts_python_str (JsonNode *node)
{
  if (ts_is_string (node))
    return g_strdup (json_node_get_string (node));

  return ts_python_repr (node);
}
