/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "natter-parser.h"
#include "natter-resolve.h"

#include <string.h>

/* Blocks follow each other with a line break between, spans begin and end in the text between characters. */
static void
check_document (NatterDocument *document)
{
  const char *text = natter_document_get_text (document);
  guint length = strlen (text);
  guint n_blocks;
  const NatterBlock *blocks = natter_document_get_blocks (document, &n_blocks);
  guint n_spans;
  const NatterSpan *spans = natter_document_get_spans (document, &n_spans);
  g_autofree char *plain = natter_document_get_plain (document, NATTER_PLAIN_ONE_LINE | NATTER_PLAIN_HIDE_SPOILERS);
  guint end = 0;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_utf8_validate (plain, -1, NULL));
  for (guint i = 0; i < n_blocks; i++)
    {
      g_assert_cmpuint (blocks[i].start, ==, i == 0 ? 0 : end + 1);
      g_assert_cmpuint (blocks[i].end, >=, blocks[i].start);
      end = blocks[i].end;
    }
  g_assert_cmpuint (end, ==, length);
  for (guint i = 0; i < n_spans; i++)
    {
      g_assert_cmpuint (spans[i].start, <, spans[i].end);
      g_assert_cmpuint (spans[i].end, <=, length);
      g_assert_true (i == 0 || spans[i - 1].start <= spans[i].start);
      g_assert_true ((text[spans[i].start] & 0xc0) != 0x80 && (text[spans[i].end] & 0xc0) != 0x80);
      if (spans[i].target != NULL)
        g_assert_true (g_utf8_validate (spans[i].target, -1, NULL));
    }
  natter_document_count_emoji (document);
}

static gboolean
resolve (const NatterSpan *span,
         NatterResolution *resolution,
         gpointer          data)
{
  if (span->start % 3 == 0)
    return FALSE;
  if (span->start % 3 == 1)
    resolution->text = g_strdup (span->start % 2 == 0 ? "\u202e@N\u00e4me" : "");
  if (span->kind == NATTER_SPAN_USER && strlen (span->target) > 1)
    resolution->used = g_utf8_next_char (span->target) - span->target;
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  for (guint dialect = NATTER_DIALECT_OLD; dialect <= NATTER_DIALECT_NEW; dialect++)
    {
      g_autoptr(NatterDocument) document = natter_document_parse ((const char *) data, (gssize) size, dialect);
      g_autoptr(NatterDocument) resolved = natter_document_resolve (document, resolve, NULL);

      check_document (document);
      if (resolved != document)
        check_document (resolved);
    }
  return 0;
}

GPtrArray *
fuzz_seeds (void)
{
  static const char *const texts[] = {
    "plain text", "**bold** *italic* ~~gone~~ __under__ ***both***", "`code` and ||spoiler||", "```c\nint a;\n```\nafter",
    "# heading\n> quote\n-# small", "[text](https://example.org/a_(b)) https://example.net.", "@ada @USR:local_wren @&mods #general",
    "originChats:<emoji>//chats.example.org/3 originChats:<sticker>//chats.example.org/7", ":smile: :wren: 12:30:45",
    "<t:1700000000:R> \\*no\\* <https://example.org>", "😀👍🏽🇩🇪👨\u200d👩\u200d👧", "||a\n> b\n```\nc\n```||", "\u202eabc\u2067def\u0301\u0301",
    "originChats://chats.example.org/general/4711", "**a ~~b** c~~ `d||e`",
  };
  GPtrArray *seeds = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_ptr_array_add (seeds, g_string_new (texts[i]));
  return seeds;
}

const char *const fuzz_words[] = {
  "*", "**", "***", "_", "__", "___", "~~", "||", "`", "```", "```\n", "\n```", "# ", "> ", "-# ", "[", "](", ")", "](https://a)", "@", "@&",
  "@USR:", "#", ":", ":joy:", "<t:0>", "<t:0:R>", "https://", "mailto:", "originChats://", "originChats:<emoji>//h/1",
  "originChats:<sticker>//h/1", "\\", "\n", "\n\n", " ", "\r", "\t", "\u200d", "\ufe0f", "\u20e3", "\u202e", "\u2067", "\u2069", "\u0301", "😀", "🇩",
  "👍🏽", "\xff", "\xc3", "\ufffc", "\u2028", "ä", "\u00a0",
  NULL,
};

const char *const fuzz_values[] = { NULL };
