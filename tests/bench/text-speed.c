/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-parser.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* How long text takes to parse, per megabyte, for text of growing length: the numbers of a line stay about the same. */

#define MEGABYTE (1024 * 1024)
#define LARGEST 16

static const struct
{
  const char *name;
  const char *piece;
} cases[] = {
  { "prose", "The quick brown fox has seen nobody at the harbour today, and went home. " },
  { "marks", "**bold** *italic* ~~gone~~ `code` ||hidden|| @ada #general :smile: https://example.org/a [a](https://b.example)\n" },
  { "stars", "*" },
  { "star space", "* " },
  { "brackets", "[" },
  { "brackets in vain", "[\n](https://a" },
  { "backticks", "` " },
  { "fences", "```\n" },
  { "bars", "|| " },
  { "quotes", "> a\n# b\n" },
  { "mentions", "@a " },
  { "colons", ":a" },
  { "emoji", "😀👍🏽" },
  { "marks on letters", "a\u0301\u0301\u0301" },
  { "wide", "日本語のテキスト" },
};

/* In ms. */
static double
get_cpu_time (void)
{
  return (double) clock () * 1000.0 / CLOCKS_PER_SEC;
}

static double
measure (const char *piece,
         gsize       length)
{
  gsize size = strlen (piece);
  g_autoptr(GString) source = g_string_sized_new (length + size);
  double begin;

  while (source->len < length)
    g_string_append (source, piece);
  begin = get_cpu_time ();
  natter_document_unref (natter_document_parse (source->str, source->len, NATTER_DIALECT_NEW));
  return get_cpu_time () - begin;
}

int
main (void)
{
  setvbuf (stdout, NULL, _IOLBF, 0);
  printf ("%-18s ms per MB at", "");
  for (gsize megabytes = 1; megabytes <= LARGEST; megabytes *= 2)
    printf (" %6zu MB", megabytes);
  printf ("\n");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      printf ("%-31s", cases[i].name);
      for (gsize megabytes = 1; megabytes <= LARGEST; megabytes *= 2)
        printf (" %9.1f", measure (cases[i].piece, megabytes * MEGABYTE) / (double) megabytes);
      printf ("\n");
    }
  return 0;
}
