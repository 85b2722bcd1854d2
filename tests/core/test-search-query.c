/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "natter-search-query.h"

static NatterSearchQuery *
parse (const char *text)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("+02");
  g_autoptr(GDateTime) now = g_date_time_new (zone, 2026, 3, 1, 13, 30, 0);

  return natter_search_query_parse (text, now);
}

static void
add_list (GString    *description,
          const char *name,
          char      **values)
{
  for (guint i = 0; values[i] != NULL; i++)
    g_string_append_printf (description, " %s=[%s]", name, values[i]);
}

static void
add_day (GString    *description,
         const char *name,
         gint64      time)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc_usec (time);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%dT%H:%M");

  if (time != 0)
    g_string_append_printf (description, " %s=%s", name, text);
}

/* All that a query has, in one line. */
static char *
describe (const NatterSearchQuery *query)
{
  g_autoptr(GString) description = g_string_new (NULL);

  for (guint i = 0; i < query->terms->len; i++)
    {
      const NatterSearchTerm *term = query->terms->pdata[i];

      g_string_append_printf (description, " [%s]%s", term->text, term->is_prefix ? "*" : "");
    }
  add_list (description, "from", query->from);
  add_list (description, "in", query->in);
  add_list (description, "server", query->servers);
  if ((query->has & NATTER_SEARCH_HAS_LINK) != 0)
    g_string_append (description, " link");
  if ((query->has & NATTER_SEARCH_HAS_FILE) != 0)
    g_string_append (description, " file");
  if ((query->has & NATTER_SEARCH_HAS_IMAGE) != 0)
    g_string_append (description, " image");
  add_day (description, "after", query->after);
  add_day (description, "before", query->before);
  return g_strdup (description->len > 0 ? description->str + 1 : "");
}

static const struct
{
  const char *text;
  const char *expected;
} cases[] = {
  { "", "" },
  { "  \t ", "" },
  { "cat", "[cat]*" },
  { "cat ", "[cat]" },
  { "black cat", "[black] [cat]*" },
  { "\"black cat\"", "[black cat]" },
  { "\"black ca", "[black ca]*" },
  { "\"", "" },
  { "\"\"", "" },
  { "Größe", "[Größe]*" },
  { "from:wren", "from=[wren]" },
  { "FROM:@wren cat", "[cat]* from=[wren]" },
  { "from:", "" },
  { "from:@", "" },
  { "from:\"Wren of the Woods\" cat ", "[cat] from=[Wren of the Woods]" },
  { "from:\"Wren of", "from=[Wren of]" },
  { "from:wren from:mika", "from=[wren] from=[mika]" },
  { "in:#general in:news", "in=[general] in=[news]" },
  { "server:Lantern", "server=[Lantern]" },
  { "has:link has:FILE has:images", "link file image" },
  { "has:l", "" },
  { "has:", "" },
  { "after:2026-02-03 before:2026-02-04", "after=2026-02-02T22:00 before=2026-02-03T22:00" },
  { "after:today", "after=2026-02-28T22:00" },
  { "before:Yesterday", "before=2026-02-27T22:00" },
  { "after:2026-02-3", "" },
  { "after:2026-02-31", "" },
  { "after:2026-02-033", "" },
  { "after:soon cat ", "[cat]" },
  { "fromage", "[fromage]*" },
  { "https://example.org/x", "[https://example.org/x]*" },
  { "note: this ", "[note:] [this]" },
  { "😀 -- ?", "" },
  { "cat \" dog", "[cat] [ dog]*" },
  { "a\xff b ", "[a\xef\xbf\xbd] [b]" },
  { "* OR NEAR(a) AND \"b", "[OR] [NEAR(a)] [AND] [b]*" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(NatterSearchQuery) query = parse (cases[i].text);
      g_autofree char *description = describe (query);

      g_assert_cmpstr (description, ==, cases[i].expected);
      g_assert_true (natter_search_query_is_empty (query) == (*cases[i].expected == '\0'));
    }
}

/* Every start of what somebody types is a query. */
static void
test_while_typing (void)
{
  const char *text = "from:\"Wren of\" in:#general has:image before:2026-02-03 \"two words\" last";

  for (guint length = 0; length <= strlen (text); length++)
    {
      g_autofree char *typed = g_strndup (text, length);
      g_autoptr(NatterSearchQuery) query = parse (typed);

      g_assert_nonnull (query);
    }
}

static void
test_too_many (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(NatterSearchQuery) query = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (text, "word%u ", i);
  query = parse (text->str);
  g_assert_cmpuint (query->terms->len, ==, 32);
}

static const struct
{
  const char *query;
  const char *text;
  const char *expected; /* what is found between brackets */
} finds[] = {
  { "cat ", "A cat, a Cat; concat cats", "A [cat], a [Cat]; concat cats" },
  { "cat", "A cat, a Cat; concat cats", "A [cat], a [Cat]; concat [cats]" },
  { "uber ", "Über über u\xcc\x88" "ber", "[Über] [über] [u\xcc\x88" "ber]" },
  { "\"black cat\" ", "black, cat black dog cat", "[black, cat] black dog cat" },
  { "black black ", "black", "[black]" },
  { "\"a b\" \"b c\" ", "a b c", "[a b c]" },
  { "straße ", "STRASSE", "[STRASSE]" },
  { "from:cat ", "cat", "cat" },
  { "cat ", "", "" },
  { "example.org ", "see https://example.org/x", "see https://[example.org]/x" },
};

static void
test_find (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (finds); i++)
    {
      g_autoptr(NatterSearchQuery) query = parse (finds[i].query);
      g_autoptr(GArray) ranges = natter_search_query_find (query, finds[i].text);
      g_autoptr(GString) marked = g_string_new (finds[i].text);

      for (guint j = ranges->len; j > 0; j--)
        {
          const NatterSearchRange *range = &g_array_index (ranges, NatterSearchRange, j - 1);

          g_string_insert_c (marked, range->end, ']');
          g_string_insert_c (marked, range->start, '[');
        }
      g_assert_cmpstr (marked->str, ==, finds[i].expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search-query/cases", test_cases);
  g_test_add_func ("/search-query/while-typing", test_while_typing);
  g_test_add_func ("/search-query/too-many", test_too_many);
  g_test_add_func ("/search-query/find", test_find);
  return g_test_run ();
}
