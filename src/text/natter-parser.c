/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-parser.h"

#include <string.h>

#include "natter-clean.h"
#include "natter-document-private.h"
#include "natter-emoji.h"
#include "natter-lexer.h"
#include "natter-link.h"
#include "natter-pairs.h"

/* Offsets are of 32 bits; nothing that anybody reads is as long. */
#define MAX_LENGTH (64 * 1024 * 1024)
#define NO_SPAN G_MAXUINT

typedef struct
{
  const char     *source;
  NatterDialect   dialect;
  NatterDocument *document;
  NatterBlockKind kind;     /* of the line that is being read */
  guint           level;
  guint           newlines; /* of the block, not yet in the text */
  gboolean        in_block;
  guint           open[NATTER_N_TOKENS][2]; /* spans that have begun */
} Parser;

static void
begin_block (Parser *self)
{
  NatterBlock block = { .kind = self->kind, .level = self->level };

  if (self->document->blocks->len > 0)
    g_string_append_c (self->document->text, '\n');
  block.start = block.end = self->document->text->len;
  g_array_append_val (self->document->blocks, block);
  self->in_block = TRUE;
  self->newlines = 0;
}

static NatterBlock *
get_block (Parser *self)
{
  return &g_array_index (self->document->blocks, NatterBlock, self->document->blocks->len - 1);
}

static void
end_block (Parser *self)
{
  NatterBlock *block;

  if (!self->in_block)
    return;
  block = get_block (self);
  block->end = self->document->text->len;
  self->in_block = FALSE;
  self->newlines = 0;
  if (block->end > block->start || block->kind == NATTER_BLOCK_CODE)
    return;
  g_array_set_size (self->document->blocks, self->document->blocks->len - 1);
  if (self->document->blocks->len > 0)
    g_string_truncate (self->document->text, self->document->text->len - 1);
}

/* Something is about to be written: in a block, behind the lines that were left empty. */
static guint
prepare (Parser *self)
{
  if (!self->in_block)
    begin_block (self);
  for (; self->newlines > 0; self->newlines--)
    g_string_append_c (self->document->text, '\n');
  return self->document->text->len;
}

static guint
add_text (Parser *self,
          guint   start,
          guint   end)
{
  guint at;

  if (start >= end)
    return self->document->text->len;
  at = prepare (self);
  g_string_append_len (self->document->text, self->source + start, end - start);
  return at;
}

static void
set_kind (Parser          *self,
          NatterBlockKind  kind,
          guint            level)
{
  self->kind = kind;
  self->level = level;
}

/* At the first thing of a line: a line of another kind ends the block before it. */
static void
begin_line (Parser *self)
{
  if (self->in_block && get_block (self)->kind != self->kind)
    end_block (self);
}

static void
end_line (Parser *self)
{
  begin_line (self);
  if (self->in_block && (self->kind == NATTER_BLOCK_PARAGRAPH || self->kind == NATTER_BLOCK_QUOTE))
    self->newlines++;
  else
    end_block (self);
  set_kind (self, NATTER_BLOCK_PARAGRAPH, 0);
}

static void
add_span (Parser            *self,
          const NatterToken *token,
          NatterSpanKind     kind,
          gboolean           has_target)
{
  guint start = add_text (self, token->start, token->end);
  const char *target = NULL;

  if (has_target)
    target = _natter_document_add_string (self->document, self->source + token->content, token->content_end - token->content);
  _natter_document_add_span (self->document, kind, start, self->document->text->len, target);
}

static void
add_code (Parser            *self,
          const NatterToken *token)
{
  guint start = add_text (self, token->content, token->content_end);

  _natter_document_add_span (self->document, NATTER_SPAN_CODE, start, self->document->text->len, NULL);
}

static void
add_picture (Parser            *self,
             const NatterToken *token,
             NatterSpanKind     kind)
{
  guint start = prepare (self);
  const char *target = _natter_document_add_string (self->document, self->source + token->content,
                                                    token->content_end - token->content);

  g_string_append (self->document->text, NATTER_OBJECT_CHARACTER);
  _natter_document_add_span (self->document, kind, start, self->document->text->len, target);
}

static void
add_short_code (Parser            *self,
                const NatterToken *token)
{
  const NatterEmoji *emoji = natter_emoji_lookup (self->source + token->content, token->content_end - token->content);
  guint start;

  if (emoji == NULL)
    {
      add_span (self, token, NATTER_SPAN_NAMED_EMOJI, TRUE);
      return;
    }
  start = prepare (self);
  g_string_append (self->document->text, emoji->text);
  _natter_document_add_span (self->document, NATTER_SPAN_EMOJI, start, self->document->text->len, NULL);
}

static void
add_time (Parser            *self,
          const NatterToken *token)
{
  const char *content = self->source + token->content;
  gboolean has_style = g_ascii_isalpha (self->source[token->content_end - 1]);
  guint start = add_text (self, token->start, token->end);
  const char *style = has_style ? _natter_document_add_string (self->document, self->source + token->content_end - 1, 1) : "f";
  guint span = _natter_document_add_span (self->document, NATTER_SPAN_TIME, start, self->document->text->len, style);

  g_array_index (self->document->spans, NatterSpan, span).value = g_ascii_strtoll (content, NULL, 10);
}

static void
add_host (Parser     *self,
          const char *address)
{
  g_autofree char *host = natter_link_dup_host (address);
  guint start = self->document->text->len;

  g_string_append_printf (self->document->text, " (%s)", host);
  _natter_document_add_span (self->document, NATTER_SPAN_HOST, start, self->document->text->len, NULL);
}

static gboolean
shows_host (const char *text,
            const char *address)
{
  g_autofree char *host = natter_link_dup_host (address);
  g_autofree char *shown = NULL;

  /* A name before the host may look like one. */
  if (g_str_equal (text, address))
    return !natter_link_has_user (address);
  /* "example.org/page" is no less than the address. */
  shown = natter_link_is_allowed (text) ? natter_link_dup_host (text) : g_ascii_strdown (text, strcspn (text, "/?#"));
  return g_str_equal (shown, host);
}

static void
add_address (Parser            *self,
             const NatterToken *token)
{
  guint start = add_text (self, token->content, token->content_end);
  const char *target = _natter_document_add_string (self->document, self->source + token->content,
                                                    token->content_end - token->content);

  _natter_document_add_span (self->document, NATTER_SPAN_LINK, start, self->document->text->len, target);
  if (!shows_host (target, target) && !natter_link_is_place (target))
    add_host (self, target);
}

static void
open_span (Parser          *self,
           NatterTokenKind  token,
           guint            place,
           NatterSpanKind   kind)
{
  guint start = prepare (self);

  self->open[token][place] = _natter_document_add_span (self->document, kind, start, start, NULL);
}

static NatterSpan *
close_span (Parser          *self,
            NatterTokenKind  token,
            guint            place)
{
  guint number = self->open[token][place];
  NatterSpan *span;

  if (number == NO_SPAN)
    return NULL;
  self->open[token][place] = NO_SPAN;
  span = &g_array_index (self->document->spans, NatterSpan, number);
  span->end = self->document->text->len;
  return span;
}

static void
end_link (Parser            *self,
          const NatterToken *token)
{
  NatterSpan *span = close_span (self, NATTER_TOKEN_LINK_START, 0);
  const char *target;
  g_autofree char *text = NULL;

  if (span == NULL)
    return;
  target = _natter_document_add_string (self->document, self->source + token->content, token->content_end - token->content);
  span->target = target;
  text = g_strndup (self->document->text->str + span->start, span->end - span->start);
  if (!shows_host (g_strstrip (text), target))
    add_host (self, target);
}

static const struct
{
  guint          n_kinds;
  NatterSpanKind kinds[2];
} styles[NATTER_N_TOKENS] = {
  [NATTER_TOKEN_SPOILER] = { 1, { NATTER_SPAN_SPOILER } },
  [NATTER_TOKEN_BOTH_STAR] = { 2, { NATTER_SPAN_BOLD, NATTER_SPAN_ITALIC } },
  [NATTER_TOKEN_BOTH_LINE] = { 2, { NATTER_SPAN_BOLD, NATTER_SPAN_ITALIC } },
  [NATTER_TOKEN_DOUBLE_STAR] = { 1, { NATTER_SPAN_BOLD } },
  [NATTER_TOKEN_DOUBLE_LINE] = { 1, { NATTER_SPAN_BOLD } },
  [NATTER_TOKEN_STRIKE] = { 1, { NATTER_SPAN_STRIKE } },
  [NATTER_TOKEN_SINGLE_STAR] = { 1, { NATTER_SPAN_ITALIC } },
  [NATTER_TOKEN_SINGLE_LINE] = { 1, { NATTER_SPAN_ITALIC } },
};

static NatterSpanKind
get_style (Parser *self,
           guint   token,
           guint   place)
{
  gboolean is_line = token == NATTER_TOKEN_BOTH_LINE || token == NATTER_TOKEN_DOUBLE_LINE;

  return is_line && place == 0 && self->dialect == NATTER_DIALECT_NEW ? NATTER_SPAN_UNDERLINE : styles[token].kinds[place];
}

static void
add_mark (Parser            *self,
          const NatterToken *token)
{
  if ((token->flags & NATTER_TOKEN_OPENS) != 0)
    {
      for (guint i = 0; i < styles[token->kind].n_kinds; i++)
        open_span (self, token->kind, i, get_style (self, token->kind, i));
    }
  else if ((token->flags & NATTER_TOKEN_CLOSES) != 0)
    {
      for (guint i = 0; i < styles[token->kind].n_kinds; i++)
        close_span (self, token->kind, i);
    }
  else
    add_text (self, token->start, token->end);
}

static void
add_fence (Parser            *self,
           const NatterToken *token)
{
  guint language = token->start + 3;
  gsize length = strcspn (self->source + language, " \n");
  guint end = token->content_end;
  NatterBlock *block;

  end_block (self);
  set_kind (self, NATTER_BLOCK_CODE, 0);
  begin_block (self);
  block = get_block (self);
  if (length > 0)
    block->language = _natter_document_add_string (self->document, self->source + language, length);
  if (end > token->content && self->source[end - 1] == '\n')
    end--;
  g_string_append_len (self->document->text, self->source + token->content, end - token->content);
  end_block (self);
  set_kind (self, NATTER_BLOCK_PARAGRAPH, 0);
}

static void
add_token (Parser            *self,
           const NatterToken *token)
{
  switch ((NatterTokenKind) token->kind)
    {
    case NATTER_TOKEN_NEWLINE:
      end_line (self);
      break;
    case NATTER_TOKEN_QUOTE:
      set_kind (self, NATTER_BLOCK_QUOTE, 0);
      begin_line (self);
      if (!self->in_block)
        begin_block (self);
      break;
    case NATTER_TOKEN_HEADING:
      end_block (self);
      set_kind (self, NATTER_BLOCK_HEADING, token->level);
      break;
    case NATTER_TOKEN_SMALL:
      end_block (self);
      set_kind (self, NATTER_BLOCK_SMALL, 0);
      break;
    case NATTER_TOKEN_FENCE:
      add_fence (self, token);
      break;
    case NATTER_TOKEN_CODE:
      add_code (self, token);
      break;
    case NATTER_TOKEN_ESCAPE:
      add_text (self, token->content, token->content_end);
      break;
    case NATTER_TOKEN_LINK_START:
      open_span (self, NATTER_TOKEN_LINK_START, 0, NATTER_SPAN_LINK);
      break;
    case NATTER_TOKEN_LINK_END:
      end_link (self, token);
      break;
    case NATTER_TOKEN_ADDRESS:
      add_address (self, token);
      break;
    case NATTER_TOKEN_USER:
      add_span (self, token, NATTER_SPAN_USER, TRUE);
      break;
    case NATTER_TOKEN_ROLE:
      add_span (self, token, NATTER_SPAN_ROLE, TRUE);
      break;
    case NATTER_TOKEN_CHANNEL:
      add_span (self, token, NATTER_SPAN_CHANNEL, TRUE);
      break;
    case NATTER_TOKEN_CUSTOM_EMOJI:
      add_picture (self, token, NATTER_SPAN_CUSTOM_EMOJI);
      break;
    case NATTER_TOKEN_STICKER:
      add_picture (self, token, NATTER_SPAN_STICKER);
      break;
    case NATTER_TOKEN_SHORT_CODE:
      add_short_code (self, token);
      break;
    case NATTER_TOKEN_EMOJI:
      add_span (self, token, NATTER_SPAN_EMOJI, FALSE);
      break;
    case NATTER_TOKEN_TIME:
      add_time (self, token);
      break;
    case NATTER_TOKEN_SPOILER:
    case NATTER_TOKEN_BOTH_STAR:
    case NATTER_TOKEN_BOTH_LINE:
    case NATTER_TOKEN_DOUBLE_STAR:
    case NATTER_TOKEN_DOUBLE_LINE:
    case NATTER_TOKEN_STRIKE:
    case NATTER_TOKEN_SINGLE_STAR:
    case NATTER_TOKEN_SINGLE_LINE:
      add_mark (self, token);
      break;
    case NATTER_TOKEN_TEXT:
    case NATTER_N_TOKENS:
    default:
      add_text (self, token->start, token->end);
      break;
    }
}

/* Whether the kind of a line is known by @token, so that the line begins with the next thing. */
static gboolean
says_kind (const NatterToken *token)
{
  return token->kind == NATTER_TOKEN_QUOTE || token->kind == NATTER_TOKEN_HEADING || token->kind == NATTER_TOKEN_SMALL;
}

static void
build (Parser *self,
       GArray *tokens,
       gsize   length)
{
  guint at = 0;

  for (guint i = 0; i < tokens->len; i++)
    {
      const NatterToken *token = &g_array_index (tokens, NatterToken, i);

      if (token->start > at)
        {
          begin_line (self);
          add_text (self, at, token->start);
        }
      /* A spoiler may begin before what says of what kind the line is, and is to be in its block. */
      if (token->kind == NATTER_TOKEN_SPOILER && i + 1 < tokens->len && says_kind (token + 1)
          && token[1].start == token->end)
        {
          add_token (self, token + 1);
          add_token (self, token);
          at = token[1].end;
          i++;
          continue;
        }
      if (token->kind != NATTER_TOKEN_NEWLINE && !says_kind (token))
        begin_line (self);
      add_token (self, token);
      at = token->end;
    }
  if (length > at)
    {
      begin_line (self);
      add_text (self, at, length);
    }
  end_block (self);
}

static NatterDocument *
take_plain (GString *text)
{
  NatterDocument *document = _natter_document_new (0);
  NatterBlock block = { .kind = NATTER_BLOCK_PARAGRAPH, .end = text->len };

  g_string_free (document->text, TRUE);
  document->text = text;
  if (text->len > 0)
    g_array_append_val (document->blocks, block);
  return document;
}

static NatterDocument *
parse_clean (const GString *source,
             NatterDialect  dialect)
{
  g_autoptr(GArray) tokens = _natter_lexer_read (source->str, source->len, dialect);
  Parser self = { .source = source->str, .dialect = dialect };

  _natter_pairs_find (tokens);
  self.document = _natter_document_new (source->len);
  for (guint i = 0; i < NATTER_N_TOKENS; i++)
    self.open[i][0] = self.open[i][1] = NO_SPAN;
  build (&self, tokens, source->len);
  _natter_document_drop_empty_spans (self.document);
  return self.document;
}

static gsize
bound_length (const char *source,
              gssize      length)
{
  return MIN (length >= 0 ? (gsize) length : strlen (source), MAX_LENGTH);
}

/**
 * natter_document_parse:
 * @source: a message as it was written, any bytes
 * @length: how many, -1: up to the NUL
 * @dialect: how to understand its marks
 *
 * Reads the marks of @source, in a time that grows with its length. Whatever is not understood is text. From any
 * thread.
 *
 * Returns: (transfer full): the document
 */
NatterDocument *
natter_document_parse (const char   *source,
                       gssize        length,
                       NatterDialect dialect)
{
  GString *clean;
  NatterDocument *document;

  g_return_val_if_fail (source != NULL, NULL);

  clean = natter_clean (source, bound_length (source, length));
  document = parse_clean (clean, dialect);
  if (document->blocks->len == 0)
    {
      /* Marks around nothing are better seen than a message without text. */
      natter_document_unref (document);
      return take_plain (clean);
    }
  g_string_free (clean, TRUE);
  return document;
}

/**
 * natter_document_new_plain:
 * @source: text, any bytes
 * @length: how many, -1: up to the NUL
 *
 * Returns: (transfer full): a document of one paragraph that means nothing but its text
 */
NatterDocument *
natter_document_new_plain (const char *source,
                           gssize      length)
{
  g_return_val_if_fail (source != NULL, NULL);

  return take_plain (natter_clean (source, bound_length (source, length)));
}

typedef struct
{
  GBytes        *source;
  NatterDialect  dialect;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_bytes_unref (job->source);
  g_free (job);
}

static void
parse_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Job *job = data;
  gsize length;
  const char *text = g_bytes_get_data (job->source, &length);

  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_return_pointer (task, natter_document_parse (text != NULL ? text : "", length, job->dialect),
                         (GDestroyNotify) natter_document_unref);
}

/**
 * natter_document_parse_async:
 * @source: a message as it was written, any bytes; it is copied
 * @length: how many, -1: up to the NUL
 * @dialect: how to understand its marks
 * @cancellable: (nullable): forgets it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Does what natter_document_parse() does on a thread of its own, for text longer than #NATTER_DOCUMENT_SHORT.
 */
void
natter_document_parse_async (const char         *source,
                             gssize              length,
                             NatterDialect       dialect,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job;

  g_return_if_fail (source != NULL);

  job = g_new0 (Job, 1);
  job->source = g_bytes_new (source, bound_length (source, length));
  job->dialect = dialect;
  g_task_set_source_tag (task, natter_document_parse_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, parse_thread);
}

/**
 * natter_document_parse_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the document; %NULL only when it was cancelled
 */
NatterDocument *
natter_document_parse_finish (GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
