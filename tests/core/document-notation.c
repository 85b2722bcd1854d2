/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-notation.h"

#include <string.h>

static const char *const span_names[] = {
  "b", "i", "u", "s", "code", "spoiler", "a", "host", "user", "role", "channel", "emoji", "custom", "sticker", "named",
  "time",
};
static const char *const block_names[] = { "p", "h", "q", "small", "code" };

static void
append_span_start (GString          *notation,
                   const NatterSpan *span)
{
  g_string_append_printf (notation, "<%s", span_names[span->kind]);
  if (span->kind == NATTER_SPAN_TIME)
    g_string_append_printf (notation, "=%" G_GINT64_FORMAT ",%s", span->value, span->target);
  else if (span->target != NULL)
    g_string_append_printf (notation, "=%s", span->target);
  if (span->label != NULL)
    g_string_append_printf (notation, " label=%s", span->label);
  if (span->color >= 0)
    g_string_append_printf (notation, " color=%06x", (guint) span->color);
  if (span->own)
    g_string_append (notation, " own");
  g_string_append_c (notation, '>');
}

static void
append_marks (GString          *notation,
              const NatterSpan *spans,
              guint             n_spans,
              guint             at,
              gboolean          ends)
{
  for (guint i = 0; i < n_spans; i++)
    {
      if (ends && spans[n_spans - 1 - i].end == at)
        g_string_append_printf (notation, "</%s>", span_names[spans[n_spans - 1 - i].kind]);
      else if (!ends && spans[i].start == at)
        append_span_start (notation, &spans[i]);
    }
}

static void
append_character (GString    *notation,
                  const char *at)
{
  gunichar c = g_utf8_get_char (at);

  if (c == '\n')
    g_string_append (notation, "\\n");
  else if (c == '\t')
    g_string_append (notation, "\\t");
  else if (c == '\\')
    g_string_append (notation, "\\\\");
  else if (c == 0xfffc)
    g_string_append (notation, "▢");
  else if (g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK)
    g_string_append_printf (notation, "\\u{%x}", c);
  else
    g_string_append_unichar (notation, c);
}

char *
document_notate (NatterDocument *document)
{
  GString *notation = g_string_new (NULL);
  const char *text = natter_document_get_text (document);
  guint n_blocks;
  const NatterBlock *blocks = natter_document_get_blocks (document, &n_blocks);
  guint n_spans;
  const NatterSpan *spans = natter_document_get_spans (document, &n_spans);

  for (guint i = 0; i < n_blocks; i++)
    {
      const NatterBlock *block = &blocks[i];

      g_string_append_printf (notation, "%s%s", i > 0 ? " " : "", block_names[block->kind]);
      if (block->kind == NATTER_BLOCK_HEADING)
        g_string_append_printf (notation, "%u", block->level);
      if (block->language != NULL)
        g_string_append_printf (notation, ":%s", block->language);
      g_string_append_c (notation, '{');
      for (guint at = block->start; at < block->end; at = g_utf8_next_char (text + at) - text)
        {
          if (at > block->start)
            append_marks (notation, spans, n_spans, at, TRUE);
          append_marks (notation, spans, n_spans, at, FALSE);
          append_character (notation, text + at);
        }
      append_marks (notation, spans, n_spans, block->end, TRUE);
      g_string_append_c (notation, '}');
    }
  return g_string_free_and_steal (notation);
}

static const char *
append_repeated (GString    *plain,
                 const char *at)
{
  const char *star = strrchr (at, '*');
  const char *end = strchr (at, '}');
  guint64 count;

  while (end != NULL && (star == NULL || star > end))
    star = g_strrstr_len (at, end - at, "*");
  g_assert_nonnull (star);
  count = g_ascii_strtoull (star + 1, NULL, 10);
  for (guint64 i = 0; i < count; i++)
    g_string_append_len (plain, at, star - at);
  return end + 1;
}

static const char *
append_escape (GString    *plain,
               const char *at)
{
  char *end;

  switch (*at)
    {
    case 'n':
      g_string_append_c (plain, '\n');
      return at + 1;
    case 't':
      g_string_append_c (plain, '\t');
      return at + 1;
    case 'r':
      g_string_append_c (plain, '\r');
      return at + 1;
    case 'x':
      {
        char hex[3] = { at[1], at[2], '\0' };

        g_string_append_c (plain, (char) g_ascii_strtoull (hex, NULL, 16));
        return at + 3;
      }
    case 'u':
      g_string_append_unichar (plain, (gunichar) g_ascii_strtoull (at + 2, &end, 16));
      g_assert_cmpint (*end, ==, '}');
      return end + 1;
    case '{':
      return append_repeated (plain, at + 1);
    default:
      g_string_append_c (plain, *at);
      return at + 1;
    }
}

char *
document_unescape (const char *text,
                   gsize      *length)
{
  GString *plain = g_string_new (NULL);

  while (*text != '\0')
    {
      if (*text == '\\')
        text = append_escape (plain, text + 1);
      else
        g_string_append_c (plain, *text++);
    }
  *length = plain->len;
  return g_string_free_and_steal (plain);
}
