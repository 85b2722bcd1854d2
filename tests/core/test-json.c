/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-json-private.h"

#include <math.h>
#include <string.h>

#include "natter-error.h"

#define BYTES(text) text, sizeof text - 1

typedef struct
{
  const char *name;
  const char *text;
  const char *mended; /* NULL: nothing is to be changed */
} MendCase;

static const MendCase mend_cases[] = {
  { "plain", "{\"a\": [1, -2.5, true, null, \"x\"]}", NULL },
  { "empty", "", NULL },
  { "nan", "{\"a\": NaN}", "{\"a\": null}" },
  { "infinity", "[Infinity,-Infinity]", "[null,null]" },
  { "several", "{\"a\":NaN,\"b\":Infinity,\"c\":-Infinity,\"d\":1}", "{\"a\":null,\"b\":null,\"c\":null,\"d\":1}" },
  { "words-in-strings", "{\"a\":\"NaN, Infinity\"}", NULL },
  { "longer-word", "{\"a\":NaNa}", NULL },
  { "word-at-end", "NaN", "null" },
  { "word-cut-short", "[Infinit", NULL },
  { "negative", "[-1,-0.5]", NULL },
  { "minus-at-end", "[-", NULL },
  { "pair", "\"\\ud83d\\ude00\"", NULL },
  { "upper-case-pair", "\"\\uD83D\\uDE00\"", NULL },
  { "high-alone", "\"a\\ud83db\"", "\"a\\ufffdb\"" },
  { "high-at-end", "\"\\ud83d\"", "\"\\ufffd\"" },
  { "low-alone", "\"\\ude00\"", "\"\\ufffd\"" },
  { "wrong-order", "\"\\ude00\\ud83d\"", "\"\\ufffd\\ufffd\"" },
  { "two-high-then-low", "\"\\ud83d\\ud83d\\ude00\"", "\"\\ufffd\\ud83d\\ude00\"" },
  { "high-then-letter", "\"\\ud83d\\u0041\"", "\"\\ufffd\\u0041\"" },
  { "high-then-newline", "\"\\ud83d\\n\"", "\"\\ufffd\\n\"" },
  { "nul", "\"a\\u0000b\"", "\"a\\ufffdb\"" },
  { "nul-in-key", "{\"a\\u0000\":1}", "{\"a\\ufffd\":1}" },
  { "other-control", "\"\\u0001\\u001f\"", NULL },
  { "escaped-backslash", "\"\\\\ud83d\"", NULL },
  { "escaped-backslash-then-high", "\"\\\\\\ud83d\"", "\"\\\\\\ufffd\"" },
  { "escaped-quote", "\"\\\"NaN\"", NULL },
  { "escape-cut-short", "\"\\ud8", NULL },
  { "backslash-at-end", "\"\\", NULL },
  { "escape-of-no-digits", "\"\\uzzzz\"", NULL },
  { "unclosed-string", "{\"a", NULL },
  { "closing-alone", "]}", NULL },
};

static void
test_mend (gconstpointer data)
{
  const MendCase *c = data;
  g_autoptr(GString) mended = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (natter_json_mend (c->text, strlen (c->text), &mended, &error));
  g_assert_no_error (error);
  if (c->mended == NULL)
    g_assert_null (mended);
  else
    g_assert_cmpstr (mended->str, ==, c->mended);
}

static GString *
nested (guint       depth,
        const char *inside)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, i % 2 == 0 ? "{\"a\":" : "[");
  g_string_append (text, inside);
  for (guint i = depth; i > 0; i--)
    g_string_append_c (text, (i - 1) % 2 == 0 ? '}' : ']');
  return text;
}

static void
test_depth (void)
{
  g_autoptr(GString) allowed = nested (NATTER_JSON_MAX_DEPTH, "1");
  g_autoptr(GString) too_deep = nested (NATTER_JSON_MAX_DEPTH + 1, "NaN,\"]\\ud800\"");
  g_autoptr(GString) bottomless = nested (100000, "1");
  g_autoptr(GString) expected = nested (NATTER_JSON_MAX_DEPTH, "null");
  g_autoptr(GString) mended = NULL;
  g_autoptr(GString) mended_bottomless = NULL;

  g_assert_true (natter_json_mend (allowed->str, allowed->len, &mended, NULL));
  g_assert_null (mended);

  g_assert_true (natter_json_mend (too_deep->str, too_deep->len, &mended, NULL));
  g_assert_cmpstr (mended->str, ==, expected->str);

  g_assert_true (natter_json_mend (bottomless->str, bottomless->len, &mended_bottomless, NULL));
  g_assert_cmpstr (mended_bottomless->str, ==, expected->str);
}

/* What is too deep costs itself and nothing beside it. */
static void
test_depth_beside (void)
{
  g_autoptr(GString) deep = nested (1000, "1");
  g_autofree char *text = g_strdup_printf ("{\"before\":1,\"deep\":%s,\"after\":NaN,\"last\":2}", deep->str);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = natter_json_parse (text, strlen (text), &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpint (natter_json_int (object, "before", 0, 9, 0), ==, 1);
  g_assert_cmpint (natter_json_int (object, "last", 0, 9, 0), ==, 2);
  g_assert_nonnull (natter_json_object (object, "deep"));
}

static char *
wide_object (guint    members,
             gboolean repeated)
{
  GString *text = g_string_new ("{\"first\":1");

  for (guint i = 1; i < members; i++)
    g_string_append_printf (text, ",\"%u\":[%u,{\"x\":1,\"y\":2}]", repeated ? i % 1000 : i, i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_members (void)
{
  g_autofree char *allowed = wide_object (NATTER_JSON_MAX_MEMBERS, FALSE);
  g_autofree char *too_wide = wide_object (NATTER_JSON_MAX_MEMBERS + 100, FALSE);
  g_autofree char *text = g_strdup_printf ("{\"wide\":%s,\"after\":3}", too_wide);
  g_autoptr(GString) mended = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *wide;

  g_assert_true (natter_json_mend (allowed, strlen (allowed), &mended, NULL));
  g_assert_null (mended);

  node = natter_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  wide = natter_json_object (json_node_get_object (node), "wide");
  g_assert_cmpuint (json_object_get_size (wide), ==, NATTER_JSON_MAX_MEMBERS);
  g_assert_cmpint (natter_json_int (wide, "first", 0, 9, 0), ==, 1);
  g_assert_cmpint (natter_json_int (json_node_get_object (node), "after", 0, 9, 0), ==, 3);
}

/* The last of several members of one name counts, as for Python. */
static void
test_repeated (void)
{
  static const char text[] = "{\"a\":1,\"b\":2,\"a\":3}";
  g_autofree char *many = wide_object (200000, TRUE);
  g_autoptr(JsonNode) node = natter_json_parse (BYTES (text), NULL);
  g_autoptr(JsonNode) many_node = natter_json_parse (many, strlen (many), NULL);

  g_assert_cmpint (natter_json_int (json_node_get_object (node), "a", 0, 9, 0), ==, 3);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (node)), ==, 2);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (many_node)), <=, NATTER_JSON_MAX_MEMBERS);
}

static void
test_values (void)
{
  g_autoptr(GString) text = g_string_new ("{\"a\":[NaN");
  g_autoptr(GString) mended = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i <= NATTER_JSON_MAX_VALUES; i++)
    g_string_append (text, ",0");
  g_string_append (text, "]}");

  g_assert_false (natter_json_mend (text->str, text->len, &mended, &error));
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE);
  g_assert_null (mended);
}

/* Mending what needs it everywhere takes about as long for each byte whatever the length: a quadratic pass would make
 * the long text hundreds of times slower. */
static void
test_linear (void)
{
  gint64 took[2];
  static const guint repeats[] = { 4000, 400000 };

  for (guint i = 0; i < G_N_ELEMENTS (repeats); i++)
    {
      g_autoptr(GString) text = g_string_new ("[");
      g_autoptr(GString) mended = NULL;
      gint64 start;

      for (guint j = 0; j < repeats[i]; j++)
        g_string_append (text, "NaN,\"\\ud800\\u0000\",");
      g_string_append (text, "1]");

      start = g_get_monotonic_time ();
      g_assert_true (natter_json_mend (text->str, text->len, &mended, NULL));
      took[i] = MAX (g_get_monotonic_time () - start, 50);
      g_assert_nonnull (mended);
    }

  g_assert_cmpint (took[1], <, took[0] * 100 * 20);
}

typedef struct
{
  const char *name;
  const char *text;
  gsize       length;
} ParseCase;

static const ParseCase refused_cases[] = {
  { "empty", BYTES ("") },
  { "spaces", BYTES ("  \n") },
  { "word", BYTES ("hello") },
  { "array", BYTES ("[]") },
  { "number", BYTES ("1") },
  { "text", BYTES ("\"x\"") },
  { "null", BYTES ("null") },
  { "nan", BYTES ("NaN") },
  { "half", BYTES ("{\"cmd\":") },
  { "unclosed", BYTES ("{\"cmd\":\"x\"") },
  { "unclosed-text", BYTES ("{\"cmd\":\"x") },
  { "two", BYTES ("{\"a\":1}{\"a\":2}") },
  { "comment", BYTES ("{/* \" */\"a\":1}") },
  { "single-quotes", BYTES ("{'a':1}") },
  { "nul", BYTES ("\0") },
  { "nul-inside", BYTES ("{\"a\0\":1") },
  { "brackets", BYTES ("{]") },
  { "bad-escape", BYTES ("{\"a\":\"\\q\"}") },
  { "binary", BYTES ("\x00\xff\xfe{}") },
};

static void
test_refused (gconstpointer data)
{
  const ParseCase *c = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (natter_json_parse (c->text, c->length, &error));
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_PROTOCOL);
}

typedef struct
{
  const char *name;
  const char *text;
  gsize       length;
  const char *value;
} TextCase;

static const TextCase text_cases[] = {
  { "plain", BYTES ("{\"a\":\"x y\"}"), "x y" },
  { "empty", BYTES ("{\"a\":\"\"}"), "" },
  { "pair", BYTES ("{\"a\":\"\\ud83d\\ude00\"}"), "😀" },
  { "half-a-pair", BYTES ("{\"a\":\"half \\ud83d here\"}"), "half � here" },
  { "nul", BYTES ("{\"a\":\"before\\u0000after\"}"), "before�after" },
  { "controls", BYTES ("{\"a\":\"\\r\\n\\t\\u202e\\u0007\"}"), "\r\n\t\u202e\a" },
  { "delete", BYTES ("{\"a\":\"\x7f\"}"), "\x7f" },
  { "raw-utf-8", BYTES ("{\"a\":\"ü😀\"}"), "ü😀" },
  { "line-separator", BYTES ("{\"a\":\"\u2028\"}"), "\u2028" },
  { "bad-utf-8", BYTES ("{\"a\":\"x\xff\xc3y\"}"), "x��y" },
  { "surrogate-in-utf-8", BYTES ("{\"a\":\"x\xed\xa0\xbdy\"}"), "x���y" },
  { "raw-nul", BYTES ("{\"a\":\"x\0y\"}"), "x�y" },
  { "byte-order-mark", BYTES ("\xef\xbb\xbf{\"a\":\"x\"}"), "x" },
  { "number", BYTES ("{\"a\":1}"), NULL },
  { "null", BYTES ("{\"a\":null}"), NULL },
  { "object", BYTES ("{\"a\":{}}"), NULL },
  { "array", BYTES ("{\"a\":[\"x\"]}"), NULL },
  { "flag", BYTES ("{\"a\":true}"), NULL },
  { "missing", BYTES ("{\"b\":\"x\"}"), NULL },
};

static void
test_text (gconstpointer data)
{
  const TextCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = natter_json_parse (c->text, c->length, &error);
  JsonObject *object;
  g_autofree char *copy = NULL;

  g_assert_no_error (error);
  object = json_node_get_object (node);
  copy = natter_json_dup_string (object, "a");
  g_assert_cmpstr (natter_json_string (object, "a"), ==, c->value);
  g_assert_cmpstr (copy, ==, c->value);
  g_assert_cmpstr (natter_json_id (object, "a"), ==, g_strcmp0 (c->value, "") == 0 ? NULL : c->value);
}

typedef struct
{
  const char *value;
  gint64      whole;     /* in -100…1000, 7 otherwise */
  gint64      lax;
  double      real;      /* 7 otherwise */
  gboolean    flag;      /* TRUE otherwise */
  gboolean    lax_flag;  /* TRUE otherwise */
  gint64      time;
} ValueCase;

static const ValueCase value_cases[] = {
  { "null", 7, 7, 7, TRUE, TRUE, 0 },
  { "5", 5, 5, 5, TRUE, TRUE, 5 * G_USEC_PER_SEC },
  { "0", 0, 0, 0, TRUE, FALSE, 0 },
  { "-5", -5, -5, -5, TRUE, TRUE, 0 },
  { "5.75", 5, 5, 5.75, TRUE, TRUE, 5750000 },
  { "-5.75", -5, -5, -5.75, TRUE, TRUE, 0 },
  { "1e3", 1000, 1000, 1000, TRUE, TRUE, 1000 * (gint64) G_USEC_PER_SEC },
  { "99999999999999999999", 1000, 1000, 9223372036854775807.0, TRUE, TRUE, 0 },
  { "-99999999999999999999", -100, -100, -9223372036854775808.0, TRUE, TRUE, 0 },
  { "1e300", 1000, 1000, 1e300, TRUE, TRUE, 0 },
  { "1e999", 7, 7, 7, TRUE, TRUE, 0 },
  { "-1e999", 7, 7, 7, TRUE, TRUE, 0 },
  { "NaN", 7, 7, 7, TRUE, TRUE, 0 },
  { "-Infinity", 7, 7, 7, TRUE, TRUE, 0 },
  { "1e-320", 0, 0, 1e-320, TRUE, FALSE, 0 },
  { "true", 7, 7, 7, TRUE, TRUE, 0 },
  { "false", 7, 7, 7, FALSE, FALSE, 0 },
  { "\"5\"", 7, 5, 7, TRUE, TRUE, 0 },
  { "\"640.5\"", 7, 640, 7, TRUE, TRUE, 0 },
  { "\"5x\"", 7, 7, 7, TRUE, TRUE, 0 },
  { "\"inf\"", 7, 7, 7, TRUE, TRUE, 0 },
  { "\"\"", 7, 7, 7, TRUE, TRUE, 0 },
  { "\"No\"", 7, 7, 7, TRUE, FALSE, 0 },
  { "\"yes\"", 7, 7, 7, TRUE, TRUE, 0 },
  { "\"0\"", 7, 0, 7, TRUE, FALSE, 0 },
  { "[5]", 7, 7, 7, TRUE, TRUE, 0 },
  { "{\"a\":5}", 7, 7, 7, TRUE, TRUE, 0 },
  { "1795374422.9128268", 1000, 1000, 1795374422.9128268, TRUE, TRUE, 1795374422912827 },
  { "253402300799", 1000, 1000, 253402300799, TRUE, TRUE, 253402300799 * (gint64) G_USEC_PER_SEC },
  { "253402300800", 1000, 1000, 253402300800, TRUE, TRUE, 0 },
};

static void
test_values_of (gconstpointer data)
{
  const ValueCase *c = data;
  g_autofree char *text = g_strdup_printf ("{\"a\":%s}", c->value);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = natter_json_parse (text, strlen (text), &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpint (natter_json_int (object, "a", -100, 1000, 7), ==, c->whole);
  g_assert_cmpint (natter_json_lax_int (object, "a", -100, 1000, 7), ==, c->lax);
  g_assert_cmpfloat (natter_json_double (object, "a", 7), ==, c->real);
  g_assert_cmpint (natter_json_bool (object, "a", TRUE), ==, c->flag);
  g_assert_cmpint (natter_json_lax_bool (object, "a", TRUE), ==, c->lax_flag);
  g_assert_cmpint (natter_json_time (object, "a"), ==, c->time);

  g_assert_cmpint (natter_json_int (object, "b", -100, 1000, 7), ==, 7);
  g_assert_cmpint (natter_json_int (object, "a", G_MININT64, G_MAXINT64, 7), !=, 8);
}

/* The bounds of 64 bits are not exact as doubles. */
static void
test_extremes (void)
{
  static const char text[] = "{\"a\":9.3e18,\"b\":-9.3e18,\"c\":9223372036854775807,\"d\":4294967296.5}";
  g_autoptr(JsonNode) node = natter_json_parse (BYTES (text), NULL);
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpint (natter_json_int (object, "a", G_MININT64, G_MAXINT64, 7), ==, G_MAXINT64);
  g_assert_cmpint (natter_json_int (object, "b", G_MININT64, G_MAXINT64, 7), ==, G_MININT64);
  g_assert_cmpint (natter_json_int (object, "c", G_MININT64, G_MAXINT64, 7), ==, G_MAXINT64);
  g_assert_cmpint (natter_json_int (object, "d", 0, G_MAXUINT, 7), ==, G_MAXUINT);
}

static void
test_strv (void)
{
  static const char text[] = "{\"a\":[\"x\",1,null,\"\",[\"y\"],\"z\",\"x\"],\"b\":[],\"c\":\"x\",\"d\":{}}";
  g_autoptr(JsonNode) node = natter_json_parse (BYTES (text), NULL);
  JsonObject *object = json_node_get_object (node);
  g_auto(GStrv) all = natter_json_strv (object, "a", 100);
  g_auto(GStrv) some = natter_json_strv (object, "a", 2);
  g_auto(GStrv) empty = natter_json_strv (object, "b", 100);

  g_assert_cmpstrv (all, ((const char *[]) { "x", "", "z", "x", NULL }));
  g_assert_cmpstrv (some, ((const char *[]) { "x", "", NULL }));
  g_assert_cmpuint (g_strv_length (empty), ==, 0);
  g_assert_null (natter_json_strv (object, "c", 100));
  g_assert_null (natter_json_strv (object, "d", 100));
  g_assert_null (natter_json_strv (object, "e", 100));
}

static gpointer
read_name (JsonObject *object)
{
  return natter_json_dup_id (object, "name");
}

static void
test_list (void)
{
  static const char text[] = "{\"a\":[{\"name\":\"x\"},1,{\"name\":2},null,{\"name\":\"y\"},{\"name\":\"z\"}]}";
  g_autoptr(JsonNode) node = natter_json_parse (BYTES (text), NULL);
  JsonArray *array = natter_json_array (json_node_get_object (node), "a");
  g_autoptr(GPtrArray) all = natter_json_list (array, 100, read_name, g_free);
  g_autoptr(GPtrArray) some = natter_json_list (array, 2, read_name, g_free);
  g_autoptr(GPtrArray) none = natter_json_list (NULL, 100, read_name, g_free);

  g_assert_cmpuint (all->len, ==, 3);
  g_assert_cmpstr (all->pdata[1], ==, "y");
  g_assert_cmpuint (some->len, ==, 2);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_lookups (void)
{
  static const char text[] = "{\"o\":{},\"a\":[],\"n\":null,\"i\":12,\"s\":\"x\",\"f\":1.5}";
  g_autoptr(JsonNode) node = natter_json_parse (BYTES (text), NULL);
  JsonObject *object = json_node_get_object (node);
  g_autofree char *number = natter_json_dup_lax_id (object, "i");
  g_autofree char *word = natter_json_dup_lax_id (object, "s");

  g_assert_nonnull (natter_json_object (object, "o"));
  g_assert_null (natter_json_object (object, "a"));
  g_assert_null (natter_json_object (object, "n"));
  g_assert_null (natter_json_object (object, "x"));
  g_assert_nonnull (natter_json_array (object, "a"));
  g_assert_null (natter_json_array (object, "o"));
  g_assert_null (natter_json_array (object, "n"));
  g_assert_true (natter_json_has (object, "o"));
  g_assert_false (natter_json_has (object, "n"));
  g_assert_false (natter_json_has (object, "x"));
  g_assert_cmpstr (number, ==, "12");
  g_assert_cmpstr (word, ==, "x");
  g_assert_null (natter_json_dup_lax_id (object, "f"));
  g_assert_null (natter_json_dup_lax_id (object, "n"));
}

#define ADD_CASES(path, cases, test, label)                                                 \
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)                                          \
    {                                                                                       \
      g_autofree char *test_path = g_strdup_printf ("/json/" path "/%s", cases[i].label);   \
      g_test_add_data_func (test_path, &cases[i], test);                                    \
    }

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_CASES ("mend", mend_cases, test_mend, name)
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/depth-beside", test_depth_beside);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/repeated", test_repeated);
  g_test_add_func ("/json/too-many-values", test_values);
  g_test_add_func ("/json/linear", test_linear);
  ADD_CASES ("refused", refused_cases, test_refused, name)
  ADD_CASES ("text", text_cases, test_text, name)
  for (guint i = 0; i < G_N_ELEMENTS (value_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/json/value/%u", i);

      g_test_add_data_func (path, &value_cases[i], test_values_of);
    }
  g_test_add_func ("/json/extremes", test_extremes);
  g_test_add_func ("/json/strv", test_strv);
  g_test_add_func ("/json/list", test_list);
  g_test_add_func ("/json/lookups", test_lookups);

  return g_test_run ();
}
