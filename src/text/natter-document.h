/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * NatterBlockKind:
 * @NATTER_BLOCK_PARAGRAPH: one or more lines
 * @NATTER_BLOCK_HEADING: a line; #NatterBlock.level is 1 to 6
 * @NATTER_BLOCK_QUOTE: one or more lines that somebody else wrote
 * @NATTER_BLOCK_SMALL: a line of small text
 * @NATTER_BLOCK_CODE: lines of code; #NatterBlock.language may say of what language
 */
typedef enum
{
  NATTER_BLOCK_PARAGRAPH,
  NATTER_BLOCK_HEADING,
  NATTER_BLOCK_QUOTE,
  NATTER_BLOCK_SMALL,
  NATTER_BLOCK_CODE,
} NatterBlockKind;

typedef struct
{
  NatterBlockKind kind;
  guint           level;
  guint           start; /* bytes in the text of the document */
  guint           end;
  const char     *language; /* NULL: not said */
} NatterBlock;

/**
 * NatterSpanKind:
 * @NATTER_SPAN_BOLD: bold
 * @NATTER_SPAN_ITALIC: italic
 * @NATTER_SPAN_UNDERLINE: underlined
 * @NATTER_SPAN_STRIKE: struck through
 * @NATTER_SPAN_CODE: code within a line
 * @NATTER_SPAN_SPOILER: hidden until asked for; may reach over several blocks
 * @NATTER_SPAN_LINK: a link; the target is its address
 * @NATTER_SPAN_HOST: where the link before it leads, in brackets; not written by the author
 * @NATTER_SPAN_USER: a person is mentioned; the target is the user name
 * @NATTER_SPAN_ROLE: a role is mentioned; the target is its name or id
 * @NATTER_SPAN_CHANNEL: a channel is mentioned; the target is its name
 * @NATTER_SPAN_EMOJI: emojis of Unicode
 * @NATTER_SPAN_CUSTOM_EMOJI: one U+FFFC; the target is HOST/ID
 * @NATTER_SPAN_STICKER: one U+FFFC; the target is HOST/ID
 * @NATTER_SPAN_NAMED_EMOJI: `:name:` that is no emoji of Unicode; the target is the name
 * @NATTER_SPAN_TIME: a moment; the value is in seconds since 1970, the target the style, one letter
 *
 * What a piece of the text is. Spans may overlap in any way.
 */
typedef enum
{
  NATTER_SPAN_BOLD,
  NATTER_SPAN_ITALIC,
  NATTER_SPAN_UNDERLINE,
  NATTER_SPAN_STRIKE,
  NATTER_SPAN_CODE,
  NATTER_SPAN_SPOILER,
  NATTER_SPAN_LINK,
  NATTER_SPAN_HOST,
  NATTER_SPAN_USER,
  NATTER_SPAN_ROLE,
  NATTER_SPAN_CHANNEL,
  NATTER_SPAN_EMOJI,
  NATTER_SPAN_CUSTOM_EMOJI,
  NATTER_SPAN_STICKER,
  NATTER_SPAN_NAMED_EMOJI,
  NATTER_SPAN_TIME,
} NatterSpanKind;

typedef struct
{
  NatterSpanKind kind;
  guint          start; /* bytes in the text of the document */
  guint          end;
  const char    *target; /* NULL where the kind has none */
  const char    *label;  /* of a picture, in words; only in a resolved document */
  gint64         value;
  int            color;  /* 0xRRGGBB of a mention, -1: none */
  gboolean       own;    /* a mention of oneself */
} NatterSpan;

/**
 * NatterPlainFlags:
 * @NATTER_PLAIN_DEFAULT: lines as they are
 * @NATTER_PLAIN_ONE_LINE: a space for each run of white space
 * @NATTER_PLAIN_HIDE_SPOILERS: a word in the place of what is hidden
 */
typedef enum
{
  NATTER_PLAIN_DEFAULT = 0,
  NATTER_PLAIN_ONE_LINE = 1 << 0,
  NATTER_PLAIN_HIDE_SPOILERS = 1 << 1,
} NatterPlainFlags;

#define NATTER_TYPE_DOCUMENT (natter_document_get_type ())

/* Text with blocks and spans; immutable and counted, from any thread. */
typedef struct _NatterDocument NatterDocument;

GType              natter_document_get_type    (void);
NatterDocument    *natter_document_ref         (NatterDocument  *self);
void               natter_document_unref       (NatterDocument  *self);
const char        *natter_document_get_text    (NatterDocument  *self);
const NatterBlock *natter_document_get_blocks  (NatterDocument  *self,
                                                guint           *n_blocks);
const NatterSpan  *natter_document_get_spans   (NatterDocument  *self,
                                                guint           *n_spans);
guint              natter_document_count_emoji (NatterDocument  *self);
char              *natter_document_get_plain   (NatterDocument  *self,
                                                NatterPlainFlags flags);
char              *natter_document_get_part    (NatterDocument  *self,
                                                guint            start,
                                                guint            end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterDocument, natter_document_unref)

G_END_DECLS
