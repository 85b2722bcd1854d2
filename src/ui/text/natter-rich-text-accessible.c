/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rich-text"

#include "config.h"

#include "natter-rich-text-private.h"

/* Offsets here are in characters of what is to be seen; up to the suffix they are those of the document. */

static GBytes *
take_part (const char *text,
           guint       start,
           guint       end)
{
  guint length = (guint) g_utf8_strlen (text, -1);

  start = MIN (start, length);
  end = CLAMP (end, start, length);
  return g_bytes_new_take (g_utf8_substring (text, start, end), (gsize) (g_utf8_offset_to_pointer (text, end) - g_utf8_offset_to_pointer (text, start)));
}

static GBytes *
get_contents (GtkAccessibleText *accessible,
              unsigned int       start,
              unsigned int       end)
{
  g_autofree char *text = _natter_rich_text_dup_visible (NATTER_RICH_TEXT (accessible));

  return take_part (text, start, end);
}

static gboolean
begins (const PangoLogAttr          *attributes,
        int                          at,
        GtkAccessibleTextGranularity granularity,
        const char                  *text)
{
  switch (granularity)
    {
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER:
      return attributes[at].is_cursor_position;
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_WORD:
      return attributes[at].is_word_start;
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_SENTENCE:
      return attributes[at].is_sentence_start;
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_LINE:
    case GTK_ACCESSIBLE_TEXT_GRANULARITY_PARAGRAPH:
    default:
      return at > 0 && *g_utf8_offset_to_pointer (text, at - 1) == '\n';
    }
}

static GBytes *
get_contents_at (GtkAccessibleText            *accessible,
                 unsigned int                  offset,
                 GtkAccessibleTextGranularity  granularity,
                 unsigned int                 *start,
                 unsigned int                 *end)
{
  g_autofree char *text = _natter_rich_text_dup_visible (NATTER_RICH_TEXT (accessible));
  int length = (int) g_utf8_strlen (text, -1);
  g_autofree PangoLogAttr *attributes = g_new0 (PangoLogAttr, length + 1);
  int first = MIN ((int) offset, length);
  int last = first;

  pango_get_log_attrs (text, -1, -1, pango_language_get_default (), attributes, length + 1);
  while (first > 0 && !begins (attributes, first, granularity, text))
    first--;
  do
    last++;
  while (last < length && !begins (attributes, last, granularity, text));
  *start = (unsigned int) first;
  *end = (unsigned int) MIN (last, length);
  return take_part (text, *start, *end);
}

static unsigned int
get_character (NatterRichText *self,
               guint           byte)
{
  return self->document != NULL
           ? (unsigned int) g_utf8_pointer_to_offset (natter_document_get_text (self->document), natter_document_get_text (self->document) + byte) : 0;
}

static unsigned int
get_caret_position (GtkAccessibleText *accessible)
{
  NatterRichText *self = NATTER_RICH_TEXT (accessible);

  return get_character (self, self->cursor);
}

static gboolean
get_selection (GtkAccessibleText       *accessible,
               gsize                   *n_ranges,
               GtkAccessibleTextRange **ranges)
{
  NatterRichText *self = NATTER_RICH_TEXT (accessible);
  guint start = MIN (self->anchor, self->cursor);
  guint end = MAX (self->anchor, self->cursor);

  if (start == end)
    return FALSE;
  *n_ranges = 1;
  *ranges = g_new (GtkAccessibleTextRange, 1);
  (*ranges)->start = get_character (self, start);
  (*ranges)->length = get_character (self, end) - (*ranges)->start;
  return TRUE;
}

static gboolean
get_attributes (GtkAccessibleText        *accessible,
                unsigned int              offset,
                gsize                    *n_ranges,
                GtkAccessibleTextRange  **ranges,
                char                   ***names,
                char                   ***values)
{
  *n_ranges = 0;
  *ranges = NULL;
  *names = g_new0 (char *, 1);
  *values = g_new0 (char *, 1);
  return FALSE;
}

static void
get_default_attributes (GtkAccessibleText   *accessible,
                        char              ***names,
                        char              ***values)
{
  *names = g_new0 (char *, 1);
  *values = g_new0 (char *, 1);
}

void
_natter_rich_text_init_accessible (GtkAccessibleTextInterface *iface)
{
  iface->get_contents = get_contents;
  iface->get_contents_at = get_contents_at;
  iface->get_caret_position = get_caret_position;
  iface->get_selection = get_selection;
  iface->get_attributes = get_attributes;
  iface->get_default_attributes = get_default_attributes;
}
