/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-json"

#include "natter-json-private.h"

#include <math.h>
#include <string.h>

#include "natter-error.h"

/* The lookups are strict about types: what is missing, `null` or of another type than asked for gives the
 * default, never a conversion. The lax ones are for embeds, in which servers pass on texts for numbers
 * and truth values unchanged. */

/* The last second of the year 9999, the bound of GDateTime. */
#define MAX_SECONDS 253402300799.0

/**
 * natter_json_parse:
 * @text: a frame; need not end in NUL nor be valid UTF-8
 * @length: its length in bytes
 * @error: return location
 *
 * Parses a frame into an object, mending what natter_json_mend() can. Safe in any thread.
 *
 * Returns: (transfer full): a node that holds an object, or %NULL with %NATTER_ERROR_PROTOCOL or
 *   %NATTER_ERROR_TOO_LARGE
 */
JsonNode *
natter_json_parse (const char  *text,
                   gsize        length,
                   GError     **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) json_error = NULL;
  g_autoptr(GString) mended = NULL;
  g_autofree char *valid = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate_len (text, length, NULL))
    {
      valid = g_utf8_make_valid (text, (gssize) length);
      text = valid;
      length = strlen (valid);
    }

  if (!natter_json_mend (text, length, &mended, error))
    return NULL;
  if (mended != NULL)
    {
      text = mended->str;
      length = mended->len;
    }

  /* Comments and single quotes, which json-glib takes otherwise, could hide from the mending what is in them. */
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, (gssize) length, &json_error))
    {
      /* The parser's message quotes the text, which may be private. */
      g_set_error (error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "Not JSON (%d)", json_error->code);
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "Not a JSON object");
      return NULL;
    }

  return g_steal_pointer (&root);
}

/**
 * natter_json_node_object:
 * @node: (nullable): a node
 *
 * Returns: (transfer none) (nullable): the object in @node, or %NULL when it holds something else
 */
JsonObject *
natter_json_node_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * natter_json_node_string:
 * @node: (nullable): a node
 *
 * Returns: (transfer none) (nullable): the text in @node, or %NULL when it holds something else
 */
const char *
natter_json_node_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/**
 * natter_json_node_strv:
 * @node: (nullable): a node
 * @maximum: how many strings to take at most
 *
 * Returns: (transfer full) (nullable): the texts in an array, others left out; %NULL when @node holds no array
 */
char **
natter_json_node_strv (JsonNode *node,
                       guint     maximum)
{
  g_autoptr(GStrvBuilder) builder = NULL;
  JsonArray *array;
  guint length, taken = 0;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  builder = g_strv_builder_new ();
  array = json_node_get_array (node);
  length = json_array_get_length (array);
  for (guint i = 0; i < length && taken < maximum; i++)
    {
      const char *text = natter_json_node_string (json_array_get_element (array, i));

      if (text == NULL)
        continue;
      g_strv_builder_add (builder, text);
      taken++;
    }

  return g_strv_builder_end (builder);
}

/**
 * natter_json_has:
 * @object: an object
 * @name: a member's name
 *
 * Returns: whether the member is there and not `null`
 */
gboolean
natter_json_has (JsonObject *object,
                 const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node);
}

/**
 * natter_json_string:
 * @object: an object
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): the text, perhaps empty; %NULL when it is missing, `null` or no text
 */
const char *
natter_json_string (JsonObject *object,
                    const char *name)
{
  return natter_json_node_string (json_object_get_member (object, name));
}

/**
 * natter_json_id:
 * @object: an object
 * @name: a member's name
 *
 * For ids, names and addresses, where an empty text says no more than none.
 *
 * Returns: (transfer none) (nullable): the text, never empty; %NULL when it is missing, `null`, empty or no text
 */
const char *
natter_json_id (JsonObject *object,
                const char *name)
{
  const char *text = natter_json_string (object, name);

  return text != NULL && *text != '\0' ? text : NULL;
}

/**
 * natter_json_dup_string:
 * @object: an object
 * @name: a member's name
 *
 * Returns: (transfer full) (nullable): a copy of natter_json_string()
 */
char *
natter_json_dup_string (JsonObject *object,
                        const char *name)
{
  return g_strdup (natter_json_string (object, name));
}

/**
 * natter_json_dup_id:
 * @object: an object
 * @name: a member's name
 *
 * Returns: (transfer full) (nullable): a copy of natter_json_id()
 */
char *
natter_json_dup_id (JsonObject *object,
                    const char *name)
{
  return g_strdup (natter_json_id (object, name));
}

/**
 * natter_json_dup_lax_id:
 * @object: an object
 * @name: a member's name
 *
 * Returns: (transfer full) (nullable): like natter_json_dup_id(), but a whole number is taken as its decimal text
 */
char *
natter_json_dup_lax_id (JsonObject *object,
                        const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return natter_json_dup_id (object, name);
}

static gboolean
read_number (JsonNode *node,
             double   *real,
             gint64   *whole,
             gboolean *is_whole)
{
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  type = json_node_get_value_type (node);
  *is_whole = type == G_TYPE_INT64;
  if (*is_whole)
    {
      *whole = json_node_get_int (node);
      *real = (double) *whole;
      return TRUE;
    }

  if (type != G_TYPE_DOUBLE)
    return FALSE;

  *real = json_node_get_double (node);
  return isfinite (*real);
}

static gint64
clamp_double (double real,
              gint64 minimum,
              gint64 maximum)
{
  /* The comparisons are made as doubles, in which the bounds of 64 bits round outwards. */
  if (real >= (double) maximum)
    return maximum;
  if (real <= (double) minimum)
    return minimum;
  return (gint64) real;
}

/**
 * natter_json_int:
 * @object: an object
 * @name: a member's name
 * @minimum: smallest result
 * @maximum: largest result
 * @fallback: what to return when there is no number
 *
 * Returns: the number, without its fraction and brought into the range; @fallback when it is missing, `null`,
 *   no number or not finite
 */
gint64
natter_json_int (JsonObject *object,
                 const char *name,
                 gint64      minimum,
                 gint64      maximum,
                 gint64      fallback)
{
  double real;
  gint64 whole = 0;
  gboolean is_whole;

  if (!read_number (json_object_get_member (object, name), &real, &whole, &is_whole))
    return fallback;

  return is_whole ? CLAMP (whole, minimum, maximum) : clamp_double (real, minimum, maximum);
}

/**
 * natter_json_lax_int:
 * @object: an object
 * @name: a member's name
 * @minimum: smallest result
 * @maximum: largest result
 * @fallback: what to return when there is no number
 *
 * Returns: like natter_json_int(), but a decimal number may also come as a text
 */
gint64
natter_json_lax_int (JsonObject *object,
                     const char *name,
                     gint64      minimum,
                     gint64      maximum,
                     gint64      fallback)
{
  const char *text = natter_json_id (object, name);
  char *end = NULL;
  double real;

  if (text == NULL)
    return natter_json_int (object, name, minimum, maximum, fallback);

  real = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (real))
    return fallback;

  return clamp_double (real, minimum, maximum);
}

/**
 * natter_json_double:
 * @object: an object
 * @name: a member's name
 * @fallback: what to return when there is no number
 *
 * Returns: the number, always finite; @fallback when it is missing, `null`, no number or not finite
 */
double
natter_json_double (JsonObject *object,
                    const char *name,
                    double      fallback)
{
  double real;
  gint64 whole;
  gboolean is_whole;

  return read_number (json_object_get_member (object, name), &real, &whole, &is_whole) ? real : fallback;
}

/**
 * natter_json_bool:
 * @object: an object
 * @name: a member's name
 * @fallback: what to return when there is no truth value
 *
 * Returns: the truth value; @fallback when it is missing, `null` or something else
 */
gboolean
natter_json_bool (JsonObject *object,
                  const char *name,
                  gboolean    fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fallback;

  return json_node_get_boolean (node);
}

/**
 * natter_json_lax_bool:
 * @object: an object
 * @name: a member's name
 * @fallback: what to return when nothing like a truth value is there
 *
 * Returns: like natter_json_bool(), but numbers and the words that stand for truth values are taken, too
 */
gboolean
natter_json_lax_bool (JsonObject *object,
                      const char *name,
                      gboolean    fallback)
{
  static const char *const yes[] = { "true", "yes", "on", "1", "t", "y", NULL };
  static const char *const no[] = { "false", "no", "off", "0", "f", "n", NULL };
  const char *text = natter_json_string (object, name);
  g_autofree char *word = NULL;

  if (text == NULL)
    return natter_json_bool (object, name, natter_json_int (object, name, -1, 1, fallback ? 1 : 0) != 0);

  word = g_ascii_strdown (text, -1);
  if (g_strv_contains (yes, word))
    return TRUE;
  if (g_strv_contains (no, word))
    return FALSE;
  return fallback;
}

/**
 * natter_json_time:
 * @object: an object
 * @name: a member's name
 *
 * Servers tell times as seconds since 1970 with a fraction.
 *
 * Returns: microseconds since 1970; 0 when it is missing, `null`, no number, not finite, before 1970 or after 9999
 */
gint64
natter_json_time (JsonObject *object,
                  const char *name)
{
  double seconds = natter_json_double (object, name, 0);

  if (seconds <= 0 || seconds > MAX_SECONDS)
    return 0;

  return (gint64) (seconds * G_USEC_PER_SEC + 0.5);
}

/**
 * natter_json_strv:
 * @object: an object
 * @name: a member's name
 * @maximum: how many strings to take at most
 *
 * Returns: (transfer full) (nullable): the texts in the array, others left out; %NULL when it is no array
 */
char **
natter_json_strv (JsonObject *object,
                  const char *name,
                  guint       maximum)
{
  return natter_json_node_strv (json_object_get_member (object, name), maximum);
}

/**
 * natter_json_object:
 * @object: an object
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): the object; %NULL when it is missing, `null` or something else
 */
JsonObject *
natter_json_object (JsonObject *object,
                    const char *name)
{
  return natter_json_node_object (json_object_get_member (object, name));
}

/**
 * natter_json_array:
 * @object: an object
 * @name: a member's name
 *
 * Returns: (transfer none) (nullable): the array; %NULL when it is missing, `null` or something else
 */
JsonArray *
natter_json_array (JsonObject *object,
                   const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * natter_json_list:
 * @array: (nullable): an array
 * @maximum: how many items to take at most
 * @read: makes an item of an object
 * @free_item: frees an item
 *
 * Returns: (transfer full): what @read makes of the objects in @array; what is no object or no good is left out
 */
GPtrArray *
natter_json_list (JsonArray      *array,
                  guint           maximum,
                  NatterJsonRead  read,
                  GDestroyNotify  free_item)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;
  GPtrArray *items = g_ptr_array_new_full (MIN (length, maximum), free_item);

  for (guint i = 0; i < length && items->len < maximum; i++)
    {
      JsonObject *object = natter_json_node_object (json_array_get_element (array, i));
      gpointer item = object != NULL ? read (object) : NULL;

      if (item != NULL)
        g_ptr_array_add (items, item);
    }

  return items;
}
