/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-notation.h"
#include "natter-clean.h"
#include "natter-parser.h"
#include "natter-resolve.h"
#include "wait.h"

#include <string.h>

/* Knows Ada (who calls herself Countess), the role mods, the channel general, the emoji lantern. */
static gboolean
resolve (const NatterSpan *span,
         NatterResolution *resolution,
         gpointer          data)
{
  guint *n_asked = data;

  (*n_asked)++;
  switch ((guint) span->kind)
    {
    case NATTER_SPAN_USER:
      if (g_ascii_strncasecmp (span->target, "ada", 3) != 0)
        return FALSE;
      resolution->text = g_strdup ("@Countess");
      resolution->target = g_strdup ("Ada");
      resolution->used = 3;
      resolution->own = TRUE;
      return TRUE;
    case NATTER_SPAN_ROLE:
      resolution->text = g_strdup ("@\u202eMöds");
      resolution->color = 0x336699;
      return g_str_equal (span->target, "mods");
    case NATTER_SPAN_CHANNEL:
      return g_str_equal (span->target, "general");
    case NATTER_SPAN_NAMED_EMOJI:
      resolution->target = g_strdup ("chats.example.org/3");
      resolution->text = g_strdup (":wren:");
      return g_str_equal (span->target, "wren");
    case NATTER_SPAN_CUSTOM_EMOJI:
      resolution->text = g_strdup (":wren:");
      return g_str_equal (span->target, "chats.example.org/3");
    case NATTER_SPAN_TIME:
      resolution->text = g_strdup ("noon");
      return TRUE;
    case NATTER_SPAN_LINK:
      resolution->text = g_strdup ("Chats: #general");
      return TRUE;
    default:
      return FALSE;
    }
}

static char *
resolve_text (const char *source)
{
  guint n_asked = 0;
  g_autoptr(NatterDocument) document = natter_document_parse (source, -1, NATTER_DIALECT_NEW);
  g_autoptr(NatterDocument) resolved = natter_document_resolve (document, resolve, &n_asked);

  return document_notate (resolved);
}

static void
test_resolve (void)
{
  const struct
  {
    const char *source;
    const char *notation;
  } cases[] = {
    { "plain", "p{plain}" },
    { "hello @ada!", "p{hello <user=Ada own>@Countess</user>!}" },
    { "@ada-lovelace", "p{<user=Ada own>@Countess</user>-lovelace}" },
    { "@ada.", "p{<user=Ada own>@Countess</user>.}" },
    { "@bea and @ada", "p{@bea and <user=Ada own>@Countess</user>}" },
    { "**@ada** x", "p{<b><user=Ada own>@Countess</user></b> x}" },
    { "**a @bea @ada b** x *y*", "p{<b>a @bea <user=Ada own>@Countess</user> b</b> x <i>y</i>}" },
    { "@ada\n> @ada\n# @ada", "p{<user=Ada own>@Countess</user>} q{<user=Ada own>@Countess</user>} h1{<user=Ada own>@Countess</user>}" },
    { "@&mods", "p{<role=mods color=336699>\\u{2068}@Möds\\u{2069}</role>}" },
    { "@&night #general #random", "p{@&night <channel=general>#general</channel> #random}" },
    { ":wren: :robin:", "p{<custom=chats.example.org/3 label=:wren:>▢</custom> :robin:}" },
    { "||:wren: @ada||", "p{<spoiler><custom=chats.example.org/3 label=:wren:>▢</custom> <user=Ada own>@Countess</user></spoiler>}" },
    { "originChats:<emoji>//chats.example.org/3", "p{<custom=chats.example.org/3 label=:wren:>▢</custom>}" },
    { "originChats:<emoji>//chats.example.org/4", "p{<custom=chats.example.org/4>▢</custom>}" },
    { "<t:0:t> on", "p{<time=0,t>noon</time> on}" },
    { "originChats://chats.example.org/general", "p{<a=originChats://chats.example.org/general>Chats: #general</a>}" },
    { "[here](originChats://chats.example.org/general)",
      "p{<a=originChats://chats.example.org/general>here</a><host> (chats.example.org)</host>}" },
    { "https://example.org @ada", "p{<a=https://example.org>https://example.org</a> <user=Ada own>@Countess</user>}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *notation = resolve_text (cases[i].source);

      g_assert_cmpstr (notation, ==, cases[i].notation);
    }
}

static void
test_nothing_to_resolve (void)
{
  guint n_asked = 0;
  g_autoptr(NatterDocument) document = natter_document_parse ("**bold** `@ada`", -1, NATTER_DIALECT_OLD);
  g_autoptr(NatterDocument) resolved = natter_document_resolve (document, resolve, &n_asked);

  g_assert_true (resolved == document);
  g_assert_cmpuint (n_asked, ==, 0);
}

static void
test_plain (void)
{
  const struct
  {
    const char       *source;
    NatterPlainFlags  flags;
    const char       *plain;
  } cases[] = {
    { "**a** `b`", NATTER_PLAIN_DEFAULT, "a b" },
    { "# a\n> b\nc", NATTER_PLAIN_DEFAULT, "a\nb\nc" },
    { "# a\n> b\nc", NATTER_PLAIN_ONE_LINE, "a b c" },
    { "a\n\n  b", NATTER_PLAIN_ONE_LINE, "a b" },
    { "the end: ||he did it||.", NATTER_PLAIN_DEFAULT, "the end: he did it." },
    { "the end: ||he did it||.", NATTER_PLAIN_HIDE_SPOILERS, "the end: [spoiler]." },
    { "||**a** b|| ||c|| d", NATTER_PLAIN_HIDE_SPOILERS, "[spoiler] [spoiler] d" },
    { "x ||:smile:\n@ada||", NATTER_PLAIN_HIDE_SPOILERS | NATTER_PLAIN_ONE_LINE, "x [spoiler]" },
    { "hi originChats:<emoji>//chats.example.org/3!", NATTER_PLAIN_DEFAULT, "hi :3:!" },
    { "originChats:<sticker>//chats.example.org/7", NATTER_PLAIN_DEFAULT, ":7:" },
    { "[here](https://example.org)", NATTER_PLAIN_DEFAULT, "here (example.org)" },
    { "```c\nint a;\n```", NATTER_PLAIN_DEFAULT, "int a;" },
    { "", NATTER_PLAIN_DEFAULT, "" },
    { "||", NATTER_PLAIN_DEFAULT, "||" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(NatterDocument) document = natter_document_parse (cases[i].source, -1, NATTER_DIALECT_NEW);
      g_autofree char *plain = natter_document_get_plain (document, cases[i].flags);

      g_assert_cmpstr (plain, ==, cases[i].plain);
    }
}

static void
test_part (void)
{
  g_autoptr(NatterDocument) document =
    natter_document_parse ("a originChats:<emoji>//chats.example.org/3 b", -1, NATTER_DIALECT_OLD);
  g_autofree char *all = natter_document_get_part (document, 0, G_MAXUINT);
  g_autofree char *begin = natter_document_get_part (document, 0, 2);
  g_autofree char *picture = natter_document_get_part (document, 2, 5);

  g_assert_cmpstr (all, ==, "a :3: b");
  g_assert_cmpstr (begin, ==, "a ");
  g_assert_cmpstr (picture, ==, ":3:");
}

static void
test_count_emoji (void)
{
  const struct
  {
    const char *source;
    guint       count;
  } cases[] = {
    { "😀", 1 }, { "😀😀", 2 }, { "😀 😀\n😀", 3 }, { ":smile: :joy:", 2 }, { "😀 a", 0 }, { "a", 0 }, { "", 0 },
    { "originChats:<emoji>//chats.example.org/3 😀", 2 }, { "**😀**", 0 }, { "# 😀", 0 }, { "> 😀", 0 }, { "12", 0 },
    { "||😀||", 0 }, { "`😀`", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(NatterDocument) document = natter_document_parse (cases[i].source, -1, NATTER_DIALECT_OLD);

      g_assert_cmpuint (natter_document_count_emoji (document), ==, cases[i].count);
    }
}

static void
test_new_plain (void)
{
  g_autoptr(NatterDocument) document = natter_document_new_plain ("**a**\n> b", -1);
  g_autofree char *notation = document_notate (document);

  g_assert_cmpstr (notation, ==, "p{**a**\\n> b}");
}

static void
on_parsed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

static void
test_async (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(NatterDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *notation = NULL;

  natter_document_parse_async ("**a**", -1, NATTER_DIALECT_OLD, NULL, on_parsed, &result);
  wait_for (result != NULL);
  document = natter_document_parse_finish (result, &error);
  g_assert_no_error (error);
  notation = document_notate (document);
  g_assert_cmpstr (notation, ==, "p{<b>a</b>}");
}

static void
test_async_cancelled (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  natter_document_parse_async ("**a**", -1, NATTER_DIALECT_OLD, cancellable, on_parsed, &result);
  wait_for (result != NULL);
  g_assert_null (natter_document_parse_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/resolve", test_resolve);
  g_test_add_func ("/document/nothing-to-resolve", test_nothing_to_resolve);
  g_test_add_func ("/document/plain", test_plain);
  g_test_add_func ("/document/part", test_part);
  g_test_add_func ("/document/count-emoji", test_count_emoji);
  g_test_add_func ("/document/new-plain", test_new_plain);
  g_test_add_func ("/document/async", test_async);
  g_test_add_func ("/document/async-cancelled", test_async_cancelled);
  return g_test_run ();
}
