/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Checks embeds as laxly as the real server does, and words refusals like the
 * pydantic library, whose reports it passes on.
 */

#define G_LOG_DOMAIN "test-server-embeds"

#include "server-private.h"

#include <errno.h>

#define MAX_EMBEDS 10
#define MAX_EMBED_CHARACTERS 6000
#define MORE "https://errors.pydantic.dev/2.10/v/"

typedef struct
{
  TsCall *call;
  guint index;
  GString *faults;
  guint n_faults;
} Check;

static void
add_fault (Check      *check,
           const char *path,
           const char *text,
           const char *kind,
           JsonNode   *value)
{
  g_autofree char *repr = ts_python_repr (value);
  const char *type = value == NULL || JSON_NODE_HOLDS_NULL (value) ? "NoneType"
                     : JSON_NODE_HOLDS_OBJECT (value) ? "dict"
                     : JSON_NODE_HOLDS_ARRAY (value) ? "list"
                     : ts_is_string (value) ? "str"
                     : ts_is_bool (value) ? "bool"
                     : ts_is_int (value) ? "int" : "float";

  if (*path != '\0')
    g_string_append_printf (check->faults, "\n%s", path);
  g_string_append_printf (check->faults, "\n  %s [type=%s, input_value=%s, input_type=%s]\n"
                          "    For further information visit " MORE "%s", text, kind, repr, type, kind);
  check->n_faults++;
}

static void
check_string (Check      *check,
              JsonObject *object,
              const char *prefix,
              const char *name,
              guint       max)
{
  JsonNode *node = ts_get (object, name);
  g_autofree char *path = g_strconcat (prefix, name, NULL);
  g_autofree char *text = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (!ts_is_string (node))
    add_fault (check, path, "Input should be a valid string", "string_type", node);
  else if (ts_code_points (json_node_get_string (node)) > max)
    {
      text = g_strdup_printf ("String should have at most %u characters", max);
      add_fault (check, path, text, "string_too_long", node);
    }
}

static void
check_color (Check      *check,
             JsonObject *embed)
{
  JsonNode *node = ts_get (embed, "color");
  gint64 value;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;

  if (ts_is_int (node))
    value = json_node_get_int (node);
  else if (!ts_is_string (node) || !g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64,
                                                             &value, NULL))
    {
      add_fault (check, "color", ts_is_string (node)
                 ? "Input should be a valid integer, unable to parse string as an integer"
                 : "Input should be a valid integer",
                 ts_is_string (node) ? "int_parsing" : "int_type", node);
      return;
    }

  if (value < 0)
    add_fault (check, "color", "Input should be greater than or equal to 0", "greater_than_equal", node);
  else if (value > 0xffffff)
    add_fault (check, "color", "Input should be less than or equal to 16777215", "less_than_equal", node);
}

static void
check_fields (Check      *check,
              JsonObject *embed)
{
  JsonNode *node = ts_get (embed, "fields");
  JsonArray *fields = ts_get_array (embed, "fields");

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  if (fields == NULL)
    {
      add_fault (check, "fields", "Input should be a valid list", "list_type", node);
      return;
    }
  if (json_array_get_length (fields) > 25)
    {
      g_autofree char *text = g_strdup_printf ("List should have at most 25 items after validation, not %u",
                                               json_array_get_length (fields));

      add_fault (check, "fields", text, "too_long", node);
      return;
    }

  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonNode *field = json_array_get_element (fields, i);
      g_autofree char *prefix = g_strdup_printf ("fields.%u.", i);

      if (!JSON_NODE_HOLDS_OBJECT (field))
        continue;
      check_string (check, json_node_get_object (field), prefix, "name", 256);
      check_string (check, json_node_get_object (field), prefix, "value", 1024);
    }
}

static void
check_type (Check      *check,
            JsonNode   *embed_node)
{
  static const struct { const char *type; const char *member; } needs[] = {
    { "poll", "poll" },
    { "link", "url" },
    { "image", "image" },
  };
  JsonObject *embed = json_node_get_object (embed_node);
  const char *type = ts_get_string (embed, "type");

  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    {
      g_autofree char *text = NULL;

      if (g_strcmp0 (type, needs[i].type) != 0 || ts_truthy (ts_get (embed, needs[i].member)))
        continue;
      text = g_strdup_printf ("Value error, %c%s embeds must have '%s'%s",
                              g_ascii_toupper (type[0]), type + 1, needs[i].member,
                              strcmp (type, "poll") == 0 ? " data" : "");
      add_fault (check, "", text, "value_error", embed_node);
    }
}

static glong
count_text (JsonNode *node)
{
  glong n = 0;

  if (ts_is_string (node))
    return ts_code_points (json_node_get_string (node));

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        n += count_text (json_array_get_element (array, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      static const char *const counted[] = { "title", "description", "fields", "author", "footer",
                                             "name", "value", "text" };

      for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
        {
          JsonNode *member = ts_get (json_node_get_object (node), counted[i]);

          n += member != NULL ? count_text (member) : 0;
        }
    }

  return n;
}

static gboolean
check_embed (TsCall   *call,
             JsonNode *node,
             guint     index)
{
  g_autoptr(GString) faults = g_string_new (NULL);
  Check check = { call, index, faults, 0 };
  JsonObject *embed;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      ts_call_error (call, "Embed %u: Embed must be an object", index);
      return FALSE;
    }

  embed = json_node_get_object (node);
  check_string (&check, embed, "", "title", 256);
  check_string (&check, embed, "", "description", 4096);
  check_string (&check, embed, "", "url", G_MAXUINT);
  check_color (&check, embed);
  if (ts_get_object (embed, "author") != NULL)
    check_string (&check, ts_get_object (embed, "author"), "author.", "name", 256);
  if (ts_get_object (embed, "footer") != NULL)
    check_string (&check, ts_get_object (embed, "footer"), "footer.", "text", 2048);
  check_fields (&check, embed);
  if (check.n_faults == 0)
    check_type (&check, node);

  if (check.n_faults > 0)
    {
      ts_call_error (call, "Embed %u: %u validation error%s for Embed%s", index, check.n_faults,
                     check.n_faults > 1 ? "s" : "", faults->str);
      return FALSE;
    }
  if (count_text (node) > MAX_EMBED_CHARACTERS)
    {
      ts_call_error (call, "Embed %u: Embed exceeds %d characters", index, MAX_EMBED_CHARACTERS);
      return FALSE;
    }

  return TRUE;
}

/* FALSE after having said what is wrong */
gboolean
ts_call_check_embeds (TsCall   *call,
                      JsonNode *embeds)
{
  JsonArray *array;

  if (!ts_truthy (embeds))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (embeds))
    {
      ts_call_error (call, "Embeds must be an array");
      return FALSE;
    }

  array = json_node_get_array (embeds);
  if (json_array_get_length (array) > MAX_EMBEDS)
    {
      ts_call_error (call, "Cannot have more than 10 embeds");
      return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!check_embed (call, json_array_get_element (array, i), i))
        return FALSE;
    }

  return TRUE;
}

/* Python shortens long values to 50 characters: 24 of the start, "...", the last 23 */
static char *
shorten (const char *repr)
{
  glong length = g_utf8_strlen (repr, -1);
  g_autofree char *head = NULL;
  g_autofree char *tail = NULL;

  if (length <= 50)
    return g_strdup (repr);

  head = g_utf8_substring (repr, 0, 25);
  tail = g_utf8_substring (repr, length - 24, length);
  return g_strconcat (head, "...", tail, NULL);
}

/* The report about a field that is missing; @prefix is "Invalid … :" with its blank */
void
ts_call_missing_field (TsCall     *call,
                       const char *prefix,
                       const char *field)
{
  g_autoptr(JsonNode) request = ts_of_object (json_object_ref (call->request));
  g_autofree char *repr = ts_python_repr (request);
  g_autofree char *shortened = shorten (repr);

  ts_call_error (call, "%s1 validation error for %c%s\n%s\n"
                 "  Field required [type=missing, input_value=%s, input_type=dict]\n"
                 "    For further information visit " MORE "missing",
                 prefix, g_ascii_toupper (call->cmd[0]), call->cmd + 1, field, shortened);
}
