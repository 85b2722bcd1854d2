/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-compare-private.h"

#include <math.h>

void
assert_known (JsonObject        *object,
              const char *const *known)
{
  g_autoptr(GList) names = json_object_get_members (object);

  for (GList *item = names; item != NULL; item = item->next)
    {
      if (!g_strv_contains (known, item->data))
        g_error ("Nothing compares “%s”", (const char *) item->data);
    }
}

JsonNode *
member (JsonObject *object,
        const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

JsonObject *
child (JsonObject *object,
       const char *name)
{
  JsonNode *node = member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gboolean
is_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

/* A text that is empty may be told as NULL. */
void
assert_text (JsonObject *object,
             const char *name,
             const char *actual)
{
  JsonNode *node = member (object, name);
  const char *expected = is_text (node) ? json_node_get_string (node) : "";

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && !is_text (node))
    return;
  g_assert_cmpstr (actual != NULL ? actual : "", ==, expected);
}

void
assert_flag (JsonObject *object,
             const char *name,
             gboolean    actual)
{
  JsonNode *node = member (object, name);

  if (node == NULL || json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_assert_cmpint (actual, ==, node != NULL && json_node_get_boolean (node));
}

void
assert_number (JsonObject *object,
               const char *name,
               gint64      actual)
{
  if (member (object, name) == NULL)
    return;
  if (is_text (member (object, name)))
    g_assert_cmpint (actual, ==, g_ascii_strtoll (json_object_get_string_member (object, name), NULL, 10));
  else
    g_assert_cmpint (actual, ==, json_object_get_int_member (object, name));
}

void
assert_time (JsonObject *object,
             const char *name,
             gint64      actual)
{
  JsonNode *node = member (object, name);

  if (node == NULL || is_text (node) || !isfinite (json_node_get_double (node)))
    g_assert_cmpint (actual, ==, 0);
  else
    g_assert_cmpfloat (fabs (json_node_get_double (node) * G_USEC_PER_SEC - (double) actual), <=, 1.0);
}

void
assert_names (JsonObject  *object,
              const char  *name,
              char       **actual)
{
  JsonNode *node = member (object, name);
  JsonArray *array;

  if (node == NULL)
    {
      g_assert_true (actual == NULL || *actual == NULL);
      return;
    }

  g_assert_nonnull (actual);
  array = json_node_get_array (node);
  g_assert_cmpuint (g_strv_length (actual), ==, json_array_get_length (array));
  for (guint i = 0; actual[i] != NULL; i++)
    g_assert_cmpstr (actual[i], ==, json_array_get_string_element (array, i));
}

void
assert_list (JsonObject *object,
             const char *name,
             GPtrArray  *actual,
             Compare     compare)
{
  JsonNode *node = member (object, name);
  JsonArray *array;

  if (node == NULL)
    {
      g_assert_true (actual == NULL || actual->len == 0);
      return;
    }

  array = json_node_get_array (node);
  g_assert_cmpuint (actual->len, ==, json_array_get_length (array));
  for (guint i = 0; i < actual->len; i++)
    compare (json_array_get_object_element (array, i), actual->pdata[i]);
}
