/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text"

#include "config.h"

#include "natter-resolve.h"

#include <string.h>

#include "natter-clean.h"
#include "natter-document-private.h"
#include "natter-link.h"

#define MAX_NAME 256
#define ISOLATE "\xe2\x81\xa8"
#define END_ISOLATE "\xe2\x81\xa9"

/* A piece of the old text, and what is in its place. */
typedef struct
{
  guint start;
  guint end;
  guint new_start;
  guint new_end;
} Change;

typedef struct
{
  NatterDocument *old;
  NatterDocument *document;
  GArray         *changes; /* Change, in order, without overlaps */
  GByteArray     *placed;  /* for each new span whether its place is that in the new text */
  guint           at;      /* up to here the old text is taken over */
} Resolving;

static gboolean
is_resolvable (NatterDocument   *self,
               const NatterSpan *span)
{
  switch (span->kind)
    {
    case NATTER_SPAN_USER:
    case NATTER_SPAN_ROLE:
    case NATTER_SPAN_CHANNEL:
    case NATTER_SPAN_CUSTOM_EMOJI:
    case NATTER_SPAN_STICKER:
    case NATTER_SPAN_NAMED_EMOJI:
    case NATTER_SPAN_TIME:
      return TRUE;
    case NATTER_SPAN_LINK:
      return natter_link_is_place (span->target) && span->end - span->start == strlen (span->target)
             && strncmp (self->text->str + span->start, span->target, span->end - span->start) == 0;
    case NATTER_SPAN_BOLD:
    case NATTER_SPAN_ITALIC:
    case NATTER_SPAN_UNDERLINE:
    case NATTER_SPAN_STRIKE:
    case NATTER_SPAN_CODE:
    case NATTER_SPAN_SPOILER:
    case NATTER_SPAN_HOST:
    case NATTER_SPAN_EMOJI:
    default:
      return FALSE;
    }
}

/* One line that can't turn round what is beside it. */
static void
append_name (GString    *text,
             const char *name)
{
  GString *clean = natter_clean (name, MIN (strlen (name), MAX_NAME));
  gboolean is_ascii = g_str_is_ascii (clean->str);

  g_strdelimit (clean->str, "\n\t", ' ');
  if (!is_ascii)
    g_string_append (text, ISOLATE);
  g_string_append (text, clean->str);
  if (!is_ascii)
    g_string_append (text, END_ISOLATE);
  g_string_free (clean, TRUE);
}

static void
take_over (Resolving *self,
           guint      end)
{
  if (end > self->at)
    g_string_append_len (self->document->text, self->old->text->str + self->at, end - self->at);
  self->at = MAX (self->at, end);
}

static void
add_span (Resolving        *self,
          const NatterSpan *span,
          gboolean          is_placed)
{
  guint8 placed = is_placed;

  g_array_append_val (self->document->spans, *span);
  g_byte_array_append (self->placed, &placed, 1);
}

/* Adds the span as it is now; what the person wrote before and behind it stays. */
static void
add_resolved (Resolving        *self,
              const NatterSpan *span,
              NatterResolution *resolution)
{
  gsize length = span->target != NULL ? strlen (span->target) : 0;
  guint end = resolution->used > 0 && resolution->used < length ? span->end - (length - resolution->used) : span->end;
  gboolean is_picture = span->kind == NATTER_SPAN_NAMED_EMOJI || span->kind == NATTER_SPAN_CUSTOM_EMOJI
                        || span->kind == NATTER_SPAN_STICKER;
  Change change = { .start = span->start, .end = end };
  NatterSpan new = *span;

  take_over (self, span->start);
  change.new_start = self->document->text->len;
  if (is_picture)
    g_string_append (self->document->text, NATTER_OBJECT_CHARACTER);
  else if (resolution->text != NULL)
    append_name (self->document->text, resolution->text);
  else
    g_string_append_len (self->document->text, self->old->text->str + span->start, end - span->start);
  self->at = end;
  change.new_end = self->document->text->len;
  g_array_append_val (self->changes, change);

  if (span->kind == NATTER_SPAN_NAMED_EMOJI)
    new.kind = NATTER_SPAN_CUSTOM_EMOJI;
  new.start = change.new_start;
  new.end = change.new_end;
  new.color = resolution->color;
  new.own = resolution->own;
  if (is_picture && resolution->text != NULL)
    new.label = _natter_document_add_string (self->document, resolution->text, MIN (strlen (resolution->text), MAX_NAME));
  if (resolution->target != NULL)
    new.target = _natter_document_add_string (self->document, resolution->target, -1);
  else if (span->target != NULL)
    new.target = _natter_document_add_string (self->document, span->target, end == span->end ? (gssize) length : (gssize) resolution->used);
  add_span (self, &new, TRUE);
}

static guint
map (Resolving *self,
     guint      offset)
{
  guint low = 0;
  guint high = self->changes->len;
  const Change *change;

  /* The last change that begins at or before it. */
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->changes, Change, middle).start <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return offset;
  change = &g_array_index (self->changes, Change, low - 1);
  if (offset == change->start)
    return change->new_start;
  return offset >= change->end ? change->new_end + (offset - change->end) : change->new_end;
}

static void
keep_span (Resolving        *self,
           const NatterSpan *span)
{
  NatterSpan kept = *span;

  if (kept.target != NULL)
    kept.target = _natter_document_add_string (self->document, kept.target, -1);
  if (kept.label != NULL)
    kept.label = _natter_document_add_string (self->document, kept.label, -1);
  add_span (self, &kept, FALSE);
}

static void
resolve_span (Resolving        *self,
              const NatterSpan *span,
              NatterResolveFunc resolve,
              gpointer          data)
{
  NatterResolution resolution = { .color = -1 };

  if (!is_resolvable (self->old, span) || span->start < self->at)
    {
      /* Ends are mapped when all changes are known. */
      keep_span (self, span);
      return;
    }
  if (resolve (span, &resolution, data))
    add_resolved (self, span, &resolution);
  else if (span->kind == NATTER_SPAN_CUSTOM_EMOJI || span->kind == NATTER_SPAN_STICKER || span->kind == NATTER_SPAN_LINK)
    keep_span (self, span);
  g_free (resolution.text);
  g_free (resolution.target);
}

static void
map_all (Resolving *self)
{
  for (guint i = 0; i < self->document->spans->len; i++)
    {
      NatterSpan *span = &g_array_index (self->document->spans, NatterSpan, i);

      if (self->placed->data[i])
        continue;
      span->start = map (self, span->start);
      span->end = map (self, span->end);
    }
  for (guint i = 0; i < self->old->blocks->len; i++)
    {
      NatterBlock block = g_array_index (self->old->blocks, NatterBlock, i);

      block.start = map (self, block.start);
      block.end = map (self, block.end);
      if (block.language != NULL)
        block.language = _natter_document_add_string (self->document, block.language, -1);
      g_array_append_val (self->document->blocks, block);
    }
}

/**
 * natter_document_resolve:
 * @self: a document
 * @resolve: knows what names stand for
 * @data: for @resolve
 *
 * Puts the names of people, roles and channels, pictures and moments in the place of how they were written. Names
 * change: the result is for now and for one server.
 *
 * Returns: (transfer full): a document of its own, or @self when there is nothing to resolve
 */
NatterDocument *
natter_document_resolve (NatterDocument   *self,
                         NatterResolveFunc resolve,
                         gpointer          data)
{
  Resolving resolving = { .old = self };
  gboolean any = FALSE;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->spans->len && !any; i++)
    any = is_resolvable (self, &g_array_index (self->spans, NatterSpan, i));
  if (!any)
    return natter_document_ref (self);

  resolving.document = _natter_document_new (self->text->len);
  resolving.changes = g_array_new (FALSE, FALSE, sizeof (Change));
  resolving.placed = g_byte_array_new ();
  for (guint i = 0; i < self->spans->len; i++)
    resolve_span (&resolving, &g_array_index (self->spans, NatterSpan, i), resolve, data);
  take_over (&resolving, self->text->len);
  map_all (&resolving);
  _natter_document_drop_empty_spans (resolving.document);
  g_array_unref (resolving.changes);
  g_byte_array_unref (resolving.placed);
  return resolving.document;
}
