/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-parser.h"

#include <string.h>

/* Text that is long and made to cost: the test ends at all, which it would not if the time grew faster than the text. */
#define LENGTH (1024 * 1024)
#define LARGE (10 * 1024 * 1024)

static const char *const pieces[] = {
  "*", "**", "* ", "** ", "_", "__ ", "~~", "~~ ", "||", "|| ", "`", "` ", "```", "```\n", "```\na\n", "[", "[[]", "]", "](",
  "[a](", "[\n", "[a](https://", "[a](https://a", "(", ")", "\\", "\\*", "<", "<t:", "<https://a ", "@", "@a", "@&", "@USR:", "#",
  "# ", "#a", ":", ":a", ": ", ":a:", ">", "> ", ">\n", "> > ", "-# ", "\n", " \n", "a", "a*", "*a ", "**a", "***", "*** ", "https://",
  "https://a", "https://a ", "http://.", "originChats:<emoji>//", "originChats:<emoji>//a/1", "😀", "👍🏽", "1\ufe0f\u20e3", "👨\u200d", "🇩",
  "a\u0301", "\u0301", "\u202e", "\u2067", "\u2067a\u2069\n", "\u200b", "\xff", "`a``", "`\n", "`a\n```\n", "**a*b_c~~d||", "||```\n",
  "# a\n> b\n", "[`](", "||||", "|||", "a:joy:", "12:30:",
};

static void
test_piece (gconstpointer data)
{
  const char *piece = data;
  gsize size = strlen (piece);
  gsize count = LENGTH / size;
  g_autofree char *source = g_malloc (count * size + 1);

  for (gsize i = 0; i < count; i++)
    memcpy (source + i * size, piece, size);
  for (guint dialect = NATTER_DIALECT_OLD; dialect <= NATTER_DIALECT_NEW; dialect++)
    {
      g_autoptr(NatterDocument) document = natter_document_parse (source, (gssize) (count * size), dialect);

      g_assert_true (g_utf8_validate (natter_document_get_text (document), -1, NULL));
    }
}

static void
test_byte (gconstpointer data)
{
  g_autofree char *source = g_malloc (LARGE);
  g_autoptr(NatterDocument) document = NULL;

  memset (source, GPOINTER_TO_INT (data), LARGE);
  document = natter_document_parse (source, LARGE, NATTER_DIALECT_NEW);

  g_assert_true (g_utf8_validate (natter_document_get_text (document), -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autofree char *path = g_strdup_printf ("/parser-large/%u", i);

      g_test_add_data_func (path, pieces[i], test_piece);
    }
  g_test_add_data_func ("/parser-large/stars", GINT_TO_POINTER ('*'), test_byte);
  g_test_add_data_func ("/parser-large/nul", GINT_TO_POINTER (0), test_byte);
  return g_test_run ();
}
