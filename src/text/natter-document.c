/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-document-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHUNK_SIZE 256

G_DEFINE_BOXED_TYPE (NatterDocument, natter_document, natter_document_ref, natter_document_unref)

NatterDocument *
_natter_document_new (gsize size)
{
  NatterDocument *self = g_atomic_rc_box_new0 (NatterDocument);

  self->text = g_string_sized_new (size + 1);
  self->blocks = g_array_sized_new (FALSE, FALSE, sizeof (NatterBlock), 1);
  self->spans = g_array_new (FALSE, FALSE, sizeof (NatterSpan));
  return self;
}

const char *
_natter_document_add_string (NatterDocument *self,
                             const char     *string,
                             gssize          length)
{
  if (self->strings == NULL)
    self->strings = g_string_chunk_new (CHUNK_SIZE);
  return g_string_chunk_insert_len (self->strings, string, length);
}

/* Returns its place, by which its end can be set later. */
guint
_natter_document_add_span (NatterDocument *self,
                           NatterSpanKind  kind,
                           guint           start,
                           guint           end,
                           const char     *target)
{
  NatterSpan span = { .kind = kind, .start = start, .end = end, .target = target, .color = -1 };

  g_array_append_val (self->spans, span);
  return self->spans->len - 1;
}

/* Of which nothing is left, or which reach into an empty block that was dropped. */
void
_natter_document_drop_empty_spans (NatterDocument *self)
{
  guint n_spans = 0;

  for (guint i = 0; i < self->spans->len; i++)
    {
      NatterSpan *span = &g_array_index (self->spans, NatterSpan, i);

      span->end = MIN (span->end, self->text->len);
      if (span->start < span->end)
        g_array_index (self->spans, NatterSpan, n_spans++) = *span;
    }
  g_array_set_size (self->spans, n_spans);
}

static void
clear_document (gpointer data)
{
  NatterDocument *self = data;

  g_string_free (self->text, TRUE);
  g_array_unref (self->blocks);
  g_array_unref (self->spans);
  g_clear_pointer (&self->strings, g_string_chunk_free);
}

/**
 * natter_document_ref:
 * @self: a document
 *
 * Returns: (transfer full): @self
 */
NatterDocument *
natter_document_ref (NatterDocument *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * natter_document_unref:
 * @self: (transfer full): a document
 */
void
natter_document_unref (NatterDocument *self)
{
  g_atomic_rc_box_release_full (self, clear_document);
}

/**
 * natter_document_get_text:
 * @self: a document
 *
 * Returns: (transfer none): what is read, without marks; blocks stand on lines of their own, pictures are U+FFFC
 */
const char *
natter_document_get_text (NatterDocument *self)
{
  return self->text->str;
}

/**
 * natter_document_get_blocks:
 * @self: a document
 * @n_blocks: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_blocks): what the text is made of, in order, without gaps but a line break
 */
const NatterBlock *
natter_document_get_blocks (NatterDocument *self,
                            guint          *n_blocks)
{
  *n_blocks = self->blocks->len;
  return (const NatterBlock *) self->blocks->data;
}

/**
 * natter_document_get_spans:
 * @self: a document
 * @n_spans: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_spans): what the pieces of the text are, by their start
 */
const NatterSpan *
natter_document_get_spans (NatterDocument *self,
                           guint          *n_spans)
{
  *n_spans = self->spans->len;
  return (const NatterSpan *) self->spans->data;
}

static gboolean
is_blank (const char *text,
          guint       start,
          guint       end)
{
  for (const char *at = text + start; at < text + end; at++)
    if (!g_ascii_isspace (*at))
      return FALSE;
  return TRUE;
}

static guint
count_characters (NatterDocument   *self,
                  const NatterSpan *span)
{
  guint count = 0;

  if (span->kind != NATTER_SPAN_EMOJI)
    return 1;
  /* Selectors, joiners and skin colours are no pictures of their own; the exact number does not matter. */
  for (const char *at = self->text->str + span->start; at < self->text->str + span->end; at = g_utf8_next_char (at))
    count += g_unichar_iswide (g_utf8_get_char (at));
  return MAX (count, 1);
}

/**
 * natter_document_count_emoji:
 * @self: a document
 *
 * Returns: about how many emojis it has when it has nothing else, otherwise 0
 */
guint
natter_document_count_emoji (NatterDocument *self)
{
  guint count = 0;
  guint end = 0;

  if (self->spans->len == 0 || self->blocks->len != 1
      || g_array_index (self->blocks, NatterBlock, 0).kind != NATTER_BLOCK_PARAGRAPH)
    return 0;
  for (guint i = 0; i < self->spans->len; i++)
    {
      const NatterSpan *span = &g_array_index (self->spans, NatterSpan, i);

      if (span->kind != NATTER_SPAN_EMOJI && span->kind != NATTER_SPAN_CUSTOM_EMOJI)
        return 0;
      if (!is_blank (self->text->str, end, span->start))
        return 0;
      count += count_characters (self, span);
      end = span->end;
    }
  return is_blank (self->text->str, end, self->text->len) ? count : 0;
}

static void
append_picture (GString          *plain,
                const NatterSpan *span)
{
  const char *id;

  if (span->label != NULL)
    {
      g_string_append (plain, span->label);
      return;
    }
  id = span->target != NULL ? strrchr (span->target, '/') : NULL;
  g_string_append_printf (plain, ":%s:", id != NULL ? id + 1 : "");
}

/* Appends the text from @start to @end with words in the place of pictures and, if so wished, of spoilers. */
static void
append_plain (NatterDocument *self,
              GString        *plain,
              guint           start,
              guint           end,
              gboolean        hide)
{
  guint at = start;

  for (guint i = 0; i < self->spans->len; i++)
    {
      const NatterSpan *span = &g_array_index (self->spans, NatterSpan, i);
      gboolean is_picture = span->kind == NATTER_SPAN_CUSTOM_EMOJI || span->kind == NATTER_SPAN_STICKER;

      if (span->start < at || span->start >= end || (!is_picture && !(hide && span->kind == NATTER_SPAN_SPOILER)))
        continue;
      g_string_append_len (plain, self->text->str + at, span->start - at);
      if (is_picture)
        append_picture (plain, span);
      else
        /* Translators: stands for a piece of a message that its author hid */
        g_string_append (plain, _("[spoiler]"));
      at = span->end;
    }
  if (at < end)
    g_string_append_len (plain, self->text->str + at, end - at);
}

static void
fold_space (GString *text)
{
  gsize length = 0;

  for (gsize i = 0; i < text->len; i++)
    {
      char c = text->str[i];

      if (!g_ascii_isspace (c))
        text->str[length++] = c;
      else if (length > 0 && text->str[length - 1] != ' ')
        text->str[length++] = ' ';
    }
  g_string_truncate (text, length);
}

/**
 * natter_document_get_plain:
 * @self: a document
 * @flags: how to write it
 *
 * Returns: (transfer full): the text for where nothing can be drawn: screen readers, previews, notifications
 */
char *
natter_document_get_plain (NatterDocument  *self,
                           NatterPlainFlags flags)
{
  GString *plain = g_string_sized_new (self->text->len + 1);

  append_plain (self, plain, 0, self->text->len, (flags & NATTER_PLAIN_HIDE_SPOILERS) != 0);
  if ((flags & NATTER_PLAIN_ONE_LINE) != 0)
    fold_space (plain);
  return g_string_free_and_steal (plain);
}

/**
 * natter_document_get_part:
 * @self: a document
 * @start: a byte of its text
 * @end: a byte behind it
 *
 * Returns: (transfer full): what is written there, with words in the place of pictures
 */
char *
natter_document_get_part (NatterDocument *self,
                          guint           start,
                          guint           end)
{
  GString *plain = g_string_new (NULL);

  append_plain (self, plain, start, MIN (end, self->text->len), FALSE);
  return g_string_free_and_steal (plain);
}
