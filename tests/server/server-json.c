/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-json"

#include "server-json.h"

#include <stdarg.h>

JsonNode *
ts_string (const char *value)
{
  if (value == NULL)
    return ts_null ();

  return json_node_init_string (json_node_alloc (), value);
}

JsonNode *
ts_string_printf (const char *format,
                  ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  return ts_string (text);
}

JsonNode *
ts_int (gint64 value)
{
  return json_node_init_int (json_node_alloc (), value);
}

JsonNode *
ts_float (double value)
{
  return json_node_init_double (json_node_alloc (), value);
}

JsonNode *
ts_bool (gboolean value)
{
  return json_node_init_boolean (json_node_alloc (), value);
}

JsonNode *
ts_null (void)
{
  return json_node_init_null (json_node_alloc ());
}

/* (transfer none) @strings: an array of char * */
JsonNode *
ts_strings (GPtrArray *strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings != NULL && i < strings->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (strings, i));

  return ts_of_array (array);
}

/* (transfer full) @object */
JsonNode *
ts_of_object (JsonObject *object)
{
  JsonNode *node = json_node_alloc ();

  json_node_init (node, JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

/* (transfer full) @array */
JsonNode *
ts_of_array (JsonArray *array)
{
  JsonNode *node = json_node_alloc ();

  json_node_init (node, JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  return node;
}

JsonObject *
ts_clone_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (copy, name, ts_clone (node));

  return copy;
}

/* json_node_copy() shares objects and arrays; this does not */
JsonNode *
ts_clone (JsonNode *node)
{
  JsonArray *from;
  JsonArray *to;

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return ts_of_object (ts_clone_object (json_node_get_object (node)));

    case JSON_NODE_ARRAY:
      from = json_node_get_array (node);
      to = json_array_new ();
      for (guint i = 0; i < json_array_get_length (from); i++)
        json_array_add_element (to, ts_clone (json_array_get_element (from, i)));
      return ts_of_array (to);

    case JSON_NODE_VALUE:
    case JSON_NODE_NULL:
    default:
      return json_node_copy (node);
    }
}

/* Pairs of a name and a (transfer full) JsonNode *, ended by NULL */
JsonObject *
ts_object (const char *first_name,
           ...)
{
  JsonObject *object = json_object_new ();
  const char *name = first_name;
  va_list args;

  va_start (args, first_name);
  while (name != NULL)
    {
      json_object_set_member (object, name, va_arg (args, JsonNode *));
      name = va_arg (args, const char *);
    }
  va_end (args);

  return object;
}

void
ts_set (JsonObject *object,
        const char *name,
        JsonNode   *value)
{
  json_object_set_member (object, name, value);
}

JsonNode *
ts_get (JsonObject *object,
        const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

/* NULL unless the member is a string */
const char *
ts_get_string (JsonObject *object,
               const char *name)
{
  JsonNode *node = ts_get (object, name);

  return ts_is_string (node) ? json_node_get_string (node) : NULL;
}

JsonObject *
ts_get_object (JsonObject *object,
               const char *name)
{
  JsonNode *node = ts_get (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
ts_get_array (JsonObject *object,
              const char *name)
{
  JsonNode *node = ts_get (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gboolean
ts_get_bool (JsonObject *object,
             const char *name,
             gboolean    fallback)
{
  JsonNode *node = ts_get (object, name);

  return ts_is_bool (node) ? json_node_get_boolean (node) : fallback;
}

gint64
ts_get_int (JsonObject *object,
            const char *name,
            gint64      fallback)
{
  JsonNode *node = ts_get (object, name);

  return ts_is_int (node) ? json_node_get_int (node) : fallback;
}

double
ts_get_number (JsonObject *object,
               const char *name,
               double      fallback)
{
  JsonNode *node = ts_get (object, name);

  return ts_is_number (node) ? json_node_get_double (node) : fallback;
}

/* The strings of an array, others left out; never NULL */
GPtrArray *
ts_get_strings (JsonObject *object,
                const char *name)
{
  GPtrArray *strings = g_ptr_array_new_with_free_func (g_free);
  JsonArray *array = ts_get_array (object, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (ts_is_string (node))
        g_ptr_array_add (strings, g_strdup (json_node_get_string (node)));
    }

  return strings;
}

/* Present and not null */
gboolean
ts_is_set (JsonObject *object,
           const char *name)
{
  JsonNode *node = ts_get (object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

gboolean
ts_is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

gboolean
ts_is_int (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
}

gboolean
ts_is_number (JsonNode *node)
{
  return ts_is_int (node)
         || (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

gboolean
ts_is_bool (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

/* Python's bool(): a missing member, null, 0, "", [] and {} are false */
gboolean
ts_truthy (JsonNode *node)
{
  if (node == NULL)
    return FALSE;

  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      return json_object_get_size (json_node_get_object (node)) > 0;

    case JSON_NODE_ARRAY:
      return json_array_get_length (json_node_get_array (node)) > 0;

    case JSON_NODE_VALUE:
      if (ts_is_string (node))
        return *json_node_get_string (node) != '\0';
      if (ts_is_bool (node))
        return json_node_get_boolean (node);
      return json_node_get_double (node) != 0.0;

    case JSON_NODE_NULL:
    default:
      return FALSE;
    }
}

gboolean
ts_array_has (JsonArray  *array,
              const char *string)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (ts_is_string (node) && strcmp (json_node_get_string (node), string) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Such text can't be written to a file as UTF-8, over which the real server trips */
gboolean
ts_has_surrogate (const char *text)
{
  for (const guchar *p = (const guchar *) text; *p != 0; p++)
    {
      if (p[0] == 0xed && p[1] >= 0xa0)
        return TRUE;
    }

  return FALSE;
}

glong
ts_code_points (const char *text)
{
  glong n = 0;

  for (const guchar *p = (const guchar *) text; *p != 0; p++)
    n += (*p & 0xc0) != 0x80;

  return n;
}

static gboolean
is_python_space (gunichar c)
{
  return g_unichar_isspace (c) || (c >= 0x1c && c <= 0x1f) || c == 0x0b || c == 0x85;
}

/* str.strip() */
char *
ts_python_strip (const char *text)
{
  const char *start = text;
  const char *end = text + strlen (text);

  while (*start != '\0' && is_python_space (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);

  while (end > start)
    {
      const char *previous = g_utf8_prev_char (end);

      if (!is_python_space (g_utf8_get_char (previous)))
        break;
      end = previous;
    }

  return g_strndup (start, end - start);
}
