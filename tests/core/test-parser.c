/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-notation.h"
#include "natter-parser.h"

#include <string.h>

#define SEPARATOR " => "

static void
test_case (gconstpointer data)
{
  const char *line = data;
  const char *separator = g_strrstr (line, SEPARATOR);
  g_autofree char *escaped = NULL;
  g_autofree char *source = NULL;
  gsize length;
  gboolean is_old = g_str_has_prefix (line, "old: ") || g_str_has_prefix (line, "all: ");
  gboolean is_new = g_str_has_prefix (line, "new: ") || g_str_has_prefix (line, "all: ");

  g_assert_nonnull (separator);
  g_assert_true (is_old || is_new);
  escaped = g_strndup (line + 5, separator - line - 5);
  source = document_unescape (escaped, &length);
  for (guint dialect = NATTER_DIALECT_OLD; dialect <= NATTER_DIALECT_NEW; dialect++)
    {
      g_autoptr(NatterDocument) document = NULL;
      g_autofree char *notation = NULL;

      if (dialect == NATTER_DIALECT_OLD ? !is_old : !is_new)
        continue;
      document = natter_document_parse (source, length, dialect);
      notation = document_notate (document);
      g_assert_cmpstr (notation, ==, separator + strlen (SEPARATOR));
    }
}

/* A test for each line of a table; the path has the line's number. */
static guint
add_table (const char *name)
{
  g_autofree char *base = g_strdup_printf ("%s.txt", name);
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", "text", base, NULL);
  g_autofree char *table = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;
  guint n_cases = 0;

  g_file_get_contents (file, &table, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (table, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *path = g_strdup_printf ("/parser/%s/%u", name, i + 1);

      if (*lines[i] == '\0' || g_str_has_prefix (lines[i], "//"))
        continue;
      g_test_add_data_func_full (path, g_strdup (lines[i]), test_case, g_free);
      n_cases++;
    }
  return n_cases;
}

int
main (int   argc,
      char *argv[])
{
  const char *const tables[] = { "marks", "blocks", "links", "names", "emoji", "new", "hostile" };
  guint n_cases = 0;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    n_cases += add_table (tables[i]);
  g_assert_cmpuint (n_cases, >=, 300);
  return g_test_run ();
}
