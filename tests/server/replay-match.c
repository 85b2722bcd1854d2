/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "replay-match"

#include "replay-match.h"

#include <math.h>

/* Seconds that a time may be off: between the recorded moment and the one that the replay needs for it */
#define TIME_SLACK 5.0

struct _ReplayMatch
{
  GHashTable *ours;    /* recorded token -> our token */
  GHashTable *theirs;  /* the other way round: two recorded ones may not become one */
  GRegex *token;
  GRegex *seconds;
};

ReplayMatch *
replay_match_new (void)
{
  ReplayMatch *self = g_new0 (ReplayMatch, 1);

  self->ours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->theirs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  /* UUIDs (with the tail that webhook tokens have), hashes, validator keys, random texts, link codes, ms in audit ids */
  self->token = g_regex_new ("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:[0-9a-f]{32})?"
                             "|[0-9a-f]{64}"
                             "|originChats-[A-Za-z0-9_-]{32}"
                             "|(?<![A-Za-z0-9+/=_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9+/=_-])"
                             "|(?<![A-Za-z0-9_-])[0-9A-F]{6}(?![A-Za-z0-9_-])"
                             "|(?<![0-9])[0-9]{13}(?=-)",
                             G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);
  self->seconds = g_regex_new ("[0-9]+\\.[0-9](?= more seconds| seconds)"
                               "|20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z", G_REGEX_RAW, 0, NULL);
  return self;
}

void
replay_match_free (ReplayMatch *self)
{
  g_hash_table_unref (self->ours);
  g_hash_table_unref (self->theirs);
  g_regex_unref (self->token);
  g_regex_unref (self->seconds);
  g_free (self);
}

static gboolean
translate_cb (const GMatchInfo *info,
              GString          *out,
              gpointer          user_data)
{
  ReplayMatch *self = user_data;
  g_autofree char *token = g_match_info_fetch (info, 0);
  const char *ours = g_hash_table_lookup (self->ours, token);

  g_string_append (out, ours != NULL ? ours : token);
  return FALSE;
}

gboolean
replay_match_knows (ReplayMatch *self,
                    const char  *recorded)
{
  return g_hash_table_contains (self->ours, recorded) || g_hash_table_contains (self->theirs, recorded);
}

/**
 * replay_match_translate:
 *
 * Returns: (transfer full): @recorded with the tokens that we know by another name
 */
char *
replay_match_translate (ReplayMatch *self,
                        const char  *recorded)
{
  return g_regex_replace_eval (self->token, recorded, -1, 0, 0, translate_cb, self, NULL);
}

static void
differ (GPtrArray  *differences,
        const char *path,
        JsonNode   *recorded,
        JsonNode   *actual)
{
  g_autofree char *first = recorded != NULL ? ts_json_write (recorded) : g_strdup ("nothing");
  g_autofree char *second = actual != NULL ? ts_json_write (actual) : g_strdup ("nothing");

  g_ptr_array_add (differences, g_strdup_printf ("%s: recorded %.160s, got %.160s", path, first, second));
}

/* One token for the other, from now on always */
static gboolean
bind (ReplayMatch *self,
      const char  *recorded,
      const char  *actual)
{
  const char *known = g_hash_table_lookup (self->ours, recorded);
  const char *reverse = g_hash_table_lookup (self->theirs, actual);

  if (known != NULL || reverse != NULL)
    return g_strcmp0 (known, actual) == 0 && g_strcmp0 (reverse, recorded) == 0;

  g_hash_table_insert (self->ours, g_strdup (recorded), g_strdup (actual));
  g_hash_table_insert (self->theirs, g_strdup (actual), g_strdup (recorded));
  return TRUE;
}

static gboolean
strings_match (ReplayMatch *self,
               const char  *recorded_text,
               const char  *actual_text)
{
  g_autofree char *recorded = g_regex_replace_literal (self->seconds, recorded_text, -1, 0, "N", 0, NULL);
  g_autofree char *actual = g_regex_replace_literal (self->seconds, actual_text, -1, 0, "N", 0, NULL);
  g_autoptr(GMatchInfo) first = NULL;
  g_autoptr(GMatchInfo) second = NULL;
  int first_end = 0;
  int second_end = 0;
  gboolean more;

  g_regex_match (self->token, recorded, 0, &first);
  g_regex_match (self->token, actual, 0, &second);

  while ((more = g_match_info_matches (first)) && g_match_info_matches (second))
    {
      g_autofree char *recorded_token = g_match_info_fetch (first, 0);
      g_autofree char *actual_token = g_match_info_fetch (second, 0);
      int first_start;
      int second_start;
      int first_next;
      int second_next;

      g_match_info_fetch_pos (first, 0, &first_start, &first_next);
      g_match_info_fetch_pos (second, 0, &second_start, &second_next);
      if (first_start - first_end != second_start - second_end
          || strncmp (recorded + first_end, actual + second_end, first_start - first_end) != 0
          || !bind (self, recorded_token, actual_token))
        return FALSE;

      first_end = first_next;
      second_end = second_next;
      g_match_info_next (first, NULL);
      g_match_info_next (second, NULL);
    }

  return !more && !g_match_info_matches (second) && strcmp (recorded + first_end, actual + second_end) == 0;
}

static double
slack_of (const char *path,
          double      recorded)
{
  if (g_str_has_suffix (path, ".length"))
    return 500;
  if (g_str_has_suffix (path, ".cooldown_remaining"))
    return 1;
  if (recorded > 1e12)
    return TIME_SLACK * 1000;
  if (recorded > 1e9)
    return TIME_SLACK;

  return 0;
}

static gboolean
numbers_match (const char *path,
               JsonNode   *recorded,
               JsonNode   *actual)
{
  double first = json_node_get_double (recorded);
  double second = json_node_get_double (actual);

  if (ts_is_int (recorded) != ts_is_int (actual))
    return FALSE;
  if (isnan (first) || isnan (second) || isinf (first) || isinf (second))
    return (isnan (first) && isnan (second)) || first == second;

  return fabs (first - second) <= slack_of (path, first);
}

static void
compare_objects (ReplayMatch *self,
                 const char  *path,
                 JsonObject  *recorded,
                 JsonObject  *actual,
                 GPtrArray   *differences)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, recorded);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *member = g_strdup_printf ("%s.%s", path, name);

      replay_match_compare (self, member, node, ts_get (actual, name), differences);
    }

  json_object_iter_init_ordered (&iter, actual);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *member = g_strdup_printf ("%s.%s", path, name);

      if (ts_get (recorded, name) == NULL)
        differ (differences, member, NULL, node);
    }
}

/* What the real server keeps in sets or reads from a folder has no order */
static gboolean
is_unordered (const char *path)
{
  return g_str_has_suffix (path, ".pings.users") || g_str_has_suffix (path, ".pings.roles")
         || g_str_has_suffix (path, ".threads") || g_str_has_suffix (path, "users_online.users");
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  JsonNode *first = *(JsonNode *const *) a;
  JsonNode *second = *(JsonNode *const *) b;
  g_autofree char *first_text = NULL;
  g_autofree char *second_text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (first) && JSON_NODE_HOLDS_OBJECT (second))
    {
      const char *name = ts_get (json_node_get_object (first), "username") != NULL ? "username" : "name";

      first = ts_get (json_node_get_object (first), name);
      second = ts_get (json_node_get_object (second), name);
    }

  first_text = ts_python_repr (first);
  second_text = ts_python_repr (second);
  return strcmp (first_text, second_text);
}

static GPtrArray *
elements_of (const char *path,
             JsonArray  *array)
{
  GPtrArray *elements = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (elements, json_array_get_element (array, i));
  if (is_unordered (path))
    g_ptr_array_sort (elements, compare_names);

  return elements;
}

static void
compare_arrays (ReplayMatch *self,
                const char  *path,
                JsonNode    *recorded,
                JsonNode    *actual,
                GPtrArray   *differences)
{
  g_autoptr(GPtrArray) first = elements_of (path, json_node_get_array (recorded));
  g_autoptr(GPtrArray) second = elements_of (path, json_node_get_array (actual));

  if (first->len != second->len)
    g_ptr_array_add (differences, g_strdup_printf ("%s: recorded %u elements, got %u", path, first->len, second->len));

  for (guint i = 0; i < MIN (first->len, second->len); i++)
    {
      g_autofree char *element = g_strdup_printf ("%s[%u]", path, i);

      replay_match_compare (self, element, g_ptr_array_index (first, i), g_ptr_array_index (second, i), differences);
    }
}

/**
 * replay_match_compare:
 * @path: where in the packet, for the texts of @differences
 * @actual: (nullable): %NULL when there is nothing
 * @differences: (element-type utf8): where each difference is added
 */
void
replay_match_compare (ReplayMatch *self,
                      const char  *path,
                      JsonNode    *recorded,
                      JsonNode    *actual,
                      GPtrArray   *differences)
{
  if (actual == NULL)
    differ (differences, path, recorded, NULL);
  else if (JSON_NODE_HOLDS_OBJECT (recorded) && JSON_NODE_HOLDS_OBJECT (actual))
    compare_objects (self, path, json_node_get_object (recorded), json_node_get_object (actual), differences);
  else if (JSON_NODE_HOLDS_ARRAY (recorded) && JSON_NODE_HOLDS_ARRAY (actual))
    compare_arrays (self, path, recorded, actual, differences);
  else if (ts_is_string (recorded) && ts_is_string (actual))
    {
      if (!strings_match (self, json_node_get_string (recorded), json_node_get_string (actual)))
        differ (differences, path, recorded, actual);
    }
  else if (ts_is_number (recorded) && ts_is_number (actual))
    {
      if (!numbers_match (path, recorded, actual))
        differ (differences, path, recorded, actual);
    }
  else if (ts_is_bool (recorded) && ts_is_bool (actual))
    {
      if (json_node_get_boolean (recorded) != json_node_get_boolean (actual))
        differ (differences, path, recorded, actual);
    }
  else if (!JSON_NODE_HOLDS_NULL (recorded) || !JSON_NODE_HOLDS_NULL (actual))
    differ (differences, path, recorded, actual);
}
