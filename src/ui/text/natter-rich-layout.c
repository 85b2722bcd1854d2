/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rich-text"

#include "config.h"

#include "natter-rich-layout.h"

#include <adwaita.h>

#include "natter-code-colors.h"
#include "natter-readable-color.h"
#include "natter-text-color.h"

#define BLOCK_SPACING 6
#define CODE_PADDING 9
#define QUOTE_INDENT 12
#define STICKER_SIZE 160
#define FEW_EMOJI 8
#define MANY_EMOJI 27
#define LIGHT_BACKGROUND 0xf0f0f1
#define DARK_BACKGROUND 0x303033
#define TEXT_CONTRAST 4.5

static const double heading_scales[] = { 1.6, 1.4, 1.25, 1.15, 1.05, 1.0 };

struct _NatterRichLayout
{
  GtkWidget      *widget; /* owns the layout */
  NatterDocument *document;
  GArray         *blocks;
  int             natural;
  int             width;
  int             height;
  int             em;
  double          emoji_scale;
};

static void
clear_block (gpointer data)
{
  NatterRichBlock *block = data;

  g_clear_object (&block->layout);
  g_clear_object (&block->label);
}

static void
insert (PangoAttrList  *list,
        PangoAttribute *attribute,
        guint           start,
        guint           end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (list, attribute);
}

static guint32
get_accent (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autoptr(GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (style);

  return ((guint32) (accent->red * 255) << 16) | ((guint32) (accent->green * 255) << 8) | (guint32) (accent->blue * 255);
}

static guint32
get_background (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ()) ? DARK_BACKGROUND : LIGHT_BACKGROUND;
}

/* The colour of a mention as it can be read on its own ground; that of a role, or -1. */
static guint32
get_mention_color (int color)
{
  guint32 wanted = color >= 0 ? (guint32) color : get_accent ();

  return natter_readable_color (wanted, natter_color_mix (get_background (), wanted, NATTER_MENTION_ALPHA), TEXT_CONTRAST);
}

/**
 * natter_rich_layout_get_picture_size:
 * @self: a layout
 * @span: a custom emoji or a sticker of its document
 *
 * Returns: the side of the square that it takes, in pixels
 */
int
natter_rich_layout_get_picture_size (NatterRichLayout *self,
                                     const NatterSpan *span)
{
  return span->kind == NATTER_SPAN_STICKER ? STICKER_SIZE : (int) (self->em * 1.35 * self->emoji_scale);
}

static PangoAttribute *
make_picture (NatterRichLayout *self,
              const NatterSpan *span)
{
  int size = natter_rich_layout_get_picture_size (self, span) * PANGO_SCALE;
  PangoRectangle area = { 0, -(int) (size * 0.8), size, size };

  return pango_attr_shape_new (&area, &area);
}

static void
insert_span (NatterRichLayout *self,
             PangoAttrList    *list,
             const NatterSpan *span,
             guint             start,
             guint             end)
{
  gboolean high_contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());

  switch (span->kind)
    {
    case NATTER_SPAN_BOLD:
      insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
      break;
    case NATTER_SPAN_ITALIC:
      insert (list, pango_attr_style_new (PANGO_STYLE_ITALIC), start, end);
      break;
    case NATTER_SPAN_UNDERLINE:
      insert (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
      break;
    case NATTER_SPAN_STRIKE:
      insert (list, pango_attr_strikethrough_new (TRUE), start, end);
      break;
    case NATTER_SPAN_CODE:
      insert (list, pango_attr_family_new ("monospace"), start, end);
      break;
    case NATTER_SPAN_LINK:
      insert (list, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
      natter_text_color_insert (list, natter_readable_color (get_accent (), get_background (), TEXT_CONTRAST), start, end);
      break;
    case NATTER_SPAN_HOST:
      insert (list, pango_attr_foreground_alpha_new (G_MAXUINT16 / 100 * 65), start, end);
      break;
    case NATTER_SPAN_USER:
    case NATTER_SPAN_ROLE:
    case NATTER_SPAN_CHANNEL:
      insert (list, pango_attr_weight_new (span->own ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_MEDIUM), start, end);
      /* On the stronger ground of one's own name the colour of text is read best. */
      if (!high_contrast && !span->own)
        natter_text_color_insert (list, get_mention_color (span->color), start, end);
      break;
    case NATTER_SPAN_CUSTOM_EMOJI:
    case NATTER_SPAN_STICKER:
      insert (list, make_picture (self, span), start, end);
      break;
    case NATTER_SPAN_SPOILER:
    case NATTER_SPAN_EMOJI:
    case NATTER_SPAN_NAMED_EMOJI:
    case NATTER_SPAN_TIME:
    default:
      break;
    }
}

static void
insert_block (NatterRichLayout  *self,
              PangoAttrList     *list,
              const NatterBlock *block)
{
  switch (block->kind)
    {
    case NATTER_BLOCK_HEADING:
      insert (list, pango_attr_weight_new (PANGO_WEIGHT_BOLD), 0, G_MAXUINT);
      insert (list, pango_attr_scale_new (heading_scales[CLAMP (block->level, 1, G_N_ELEMENTS (heading_scales)) - 1]), 0, G_MAXUINT);
      break;
    case NATTER_BLOCK_SMALL:
      insert (list, pango_attr_scale_new (PANGO_SCALE_SMALL), 0, G_MAXUINT);
      insert (list, pango_attr_foreground_alpha_new (G_MAXUINT16 / 100 * 65), 0, G_MAXUINT);
      break;
    case NATTER_BLOCK_CODE:
      insert (list, pango_attr_family_new ("monospace"), 0, G_MAXUINT);
      insert (list, pango_attr_scale_new (0.95), 0, G_MAXUINT);
      break;
    case NATTER_BLOCK_PARAGRAPH:
    case NATTER_BLOCK_QUOTE:
    default:
      if (self->emoji_scale > 1.0)
        insert (list, pango_attr_scale_new (self->emoji_scale), 0, block->end - block->start);
      break;
    }
}

static void
insert_suffix (PangoAttrList *list,
               guint          start)
{
  insert (list, pango_attr_scale_new (PANGO_SCALE_SMALL), start, G_MAXUINT);
  insert (list, pango_attr_foreground_alpha_new (G_MAXUINT16 / 100 * 55), start, G_MAXUINT);
}

/* NULL: nothing but text. */
static PangoAttrList *
make_attributes (NatterRichLayout  *self,
                 const NatterBlock *block,
                 gboolean           has_suffix)
{
  PangoAttrList *list;
  guint n_spans;
  const NatterSpan *spans = natter_document_get_spans (self->document, &n_spans);

  if (n_spans == 0 && !has_suffix && block->kind == NATTER_BLOCK_PARAGRAPH)
    return NULL;
  list = pango_attr_list_new ();
  insert_block (self, list, block);
  for (guint i = 0; i < n_spans; i++)
    {
      guint start = MAX (spans[i].start, block->start);
      guint end = MIN (spans[i].end, block->end);

      if (start < end)
        insert_span (self, list, &spans[i], start - block->start, end - block->start);
    }
  if (has_suffix)
    insert_suffix (list, block->end - block->start);
  return list;
}

/* Letters from U+0590 on, of which some are written from the right; all others need no width to be placed. */
static gboolean
may_be_rtl (const char *text,
            gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) text[i] >= 0xd6)
      return TRUE;
  return FALSE;
}

static void
add_block (NatterRichLayout  *self,
           const NatterBlock *source,
           const char        *suffix)
{
  const char *text = natter_document_get_text (self->document) + source->start;
  guint length = source->end - source->start;
  g_autoptr(PangoAttrList) attributes = make_attributes (self, source, suffix != NULL);
  NatterRichBlock block = { .kind = source->kind, .language = source->language, .start = source->start, .end = source->end };

  block.layout = gtk_widget_create_pango_layout (self->widget, NULL);
  block.may_be_rtl = may_be_rtl (text, length);
  if (suffix != NULL)
    {
      g_autofree char *all = g_strdup_printf ("%.*s%s%s", (int) length, text, length > 0 ? " " : "", suffix);

      pango_layout_set_text (block.layout, all, -1);
    }
  else
    pango_layout_set_text (block.layout, text, (int) length);
  pango_layout_set_wrap (block.layout, PANGO_WRAP_WORD_CHAR);
  if (attributes != NULL)
    pango_layout_set_attributes (block.layout, attributes);
  if (source->language != NULL)
    {
      g_autoptr(PangoAttrList) small = pango_attr_list_new ();

      pango_attr_list_insert (small, pango_attr_scale_new (PANGO_SCALE_SMALL));
      pango_attr_list_insert (small, pango_attr_foreground_alpha_new (G_MAXUINT16 / 100 * 65));
      block.label = gtk_widget_create_pango_layout (self->widget, source->language);
      pango_layout_set_attributes (block.label, small);
    }
  g_array_append_val (self->blocks, block);
}

static void
set_emoji_scale (NatterRichLayout *self)
{
  guint n_emoji = natter_document_count_emoji (self->document);

  self->emoji_scale = n_emoji == 0 || n_emoji > MANY_EMOJI ? 1.0 : n_emoji > FEW_EMOJI ? 1.6 : 2.4;
}

/**
 * natter_rich_layout_new:
 * @widget: whose fonts are used; it must live longer
 * @document: what to lay out
 * @suffix: (nullable): small text behind it that is no part of it
 *
 * Returns: (transfer full): a layout that has no width yet
 */
NatterRichLayout *
natter_rich_layout_new (GtkWidget      *widget,
                        NatterDocument *document,
                        const char     *suffix)
{
  NatterRichLayout *self = g_new0 (NatterRichLayout, 1);
  guint n_blocks;
  const NatterBlock *blocks = natter_document_get_blocks (document, &n_blocks);
  PangoContext *context = gtk_widget_get_pango_context (widget);
  gboolean has_place = n_blocks > 0 && blocks[n_blocks - 1].kind != NATTER_BLOCK_CODE;

  self->widget = widget;
  self->document = natter_document_ref (document);
  self->width = -1;
  self->natural = -1;
  self->em = PANGO_PIXELS (pango_font_description_get_size (pango_context_get_font_description (context)));
  if (!pango_font_description_get_size_is_absolute (pango_context_get_font_description (context)))
    self->em = (int) (self->em * pango_cairo_context_get_resolution (context) / 72.0);
  self->em = MAX (self->em, 1);
  set_emoji_scale (self);
  self->blocks = g_array_sized_new (FALSE, FALSE, sizeof (NatterRichBlock), MAX (n_blocks, 1));
  g_array_set_clear_func (self->blocks, clear_block);
  for (guint i = 0; i < n_blocks; i++)
    add_block (self, &blocks[i], has_place && i + 1 == n_blocks ? suffix : NULL);
  if (suffix != NULL && !has_place)
    {
      guint end = strlen (natter_document_get_text (document));
      NatterBlock empty = { .kind = NATTER_BLOCK_PARAGRAPH, .start = end, .end = end };

      add_block (self, &empty, suffix);
    }
  return self;
}

/**
 * natter_rich_layout_free:
 * @self: (transfer full): a layout
 */
void
natter_rich_layout_free (NatterRichLayout *self)
{
  g_array_unref (self->blocks);
  natter_document_unref (self->document);
  g_free (self);
}

static void
add_colors (NatterRichBlock *block,
            PangoAttrList   *colors)
{
  PangoAttrList *old = pango_layout_get_attributes (block->layout);
  g_autoptr(PangoAttrList) all = old != NULL ? pango_attr_list_copy (old) : pango_attr_list_new ();
  GSList *attributes = pango_attr_list_get_attributes (colors);

  for (GSList *link = attributes; link != NULL; link = link->next)
    pango_attr_list_insert (all, link->data);
  g_slist_free (attributes);
  pango_layout_set_attributes (block->layout, all);
  block->is_colored = TRUE;
}

/**
 * natter_rich_layout_color_code:
 * @self: a layout
 * @make: whether to find colours that are not at hand, for one block, which takes its time
 *
 * Gives blocks of code the colours of their language.
 *
 * Returns: whether there are more to be found
 */
gboolean
natter_rich_layout_color_code (NatterRichLayout *self,
                               gboolean          make)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  for (guint i = 0; i < self->blocks->len; i++)
    {
      NatterRichBlock *block = &g_array_index (self->blocks, NatterRichBlock, i);
      const char *code = natter_document_get_text (self->document) + block->start;
      PangoAttrList *colors;

      if (block->language == NULL || block->is_colored)
        continue;
      colors = natter_code_colors_lookup (block->language, code, block->end - block->start, dark);
      if (colors == NULL && !make)
        return TRUE;
      make = make && colors != NULL;
      if (colors == NULL)
        colors = natter_code_colors_make (block->language, code, block->end - block->start, dark);
      block->is_colored = TRUE;
      if (colors != NULL)
        add_colors (block, colors);
    }
  return FALSE;
}

static int
get_indent (const NatterRichBlock *block)
{
  return block->kind == NATTER_BLOCK_QUOTE ? QUOTE_INDENT : block->kind == NATTER_BLOCK_CODE ? CODE_PADDING : 0;
}

static int
get_around (const NatterRichBlock *block)
{
  return block->kind == NATTER_BLOCK_CODE ? 2 * CODE_PADDING : get_indent (block);
}

/**
 * natter_rich_layout_get_natural:
 * @self: a layout
 *
 * Returns: the width that no line has to be broken for, in pixels
 */
int
natter_rich_layout_get_natural (NatterRichLayout *self)
{
  if (self->natural >= 0)
    return self->natural;
  self->natural = 0;
  for (guint i = 0; i < self->blocks->len; i++)
    {
      NatterRichBlock *block = &g_array_index (self->blocks, NatterRichBlock, i);

      pango_layout_set_width (block->layout, -1);
      pango_layout_get_pixel_size (block->layout, &block->text_width, NULL);
      self->natural = MAX (self->natural, block->text_width + get_around (block));
    }
  return self->natural;
}

/* Breaks lines only where they are too long, since that costs as much as all the rest. Text that runs against the direction
 * of the widget has its lines at its own side, and as a whole stays beside its author. */
static void
fit_block (NatterRichBlock *block,
           int              width,
           gboolean         is_rtl)
{
  gboolean both_ways = block->may_be_rtl || is_rtl;
  int taken = block->kind == NATTER_BLOCK_CODE ? width : MIN (block->text_width, width);

  /* Pango turns it round for paragraphs that run against the direction of the widget. */
  pango_layout_set_alignment (block->layout, is_rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_width (block->layout, block->text_width <= width && !both_ways ? -1 : MAX (taken, 1) * PANGO_SCALE);
  block->x = is_rtl && block->kind != NATTER_BLOCK_CODE ? width - taken : get_indent (block);
}

/**
 * natter_rich_layout_set_width:
 * @self: a layout
 * @width: in pixels
 *
 * Returns: the height that it takes
 */
int
natter_rich_layout_set_width (NatterRichLayout *self,
                              int               width)
{
  gboolean is_rtl = gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL;
  int y = 0;

  if (self->width == width)
    return self->height;
  natter_rich_layout_get_natural (self);
  self->width = width;
  for (guint i = 0; i < self->blocks->len; i++)
    {
      NatterRichBlock *block = &g_array_index (self->blocks, NatterRichBlock, i);
      int label_height = 0;
      int height;

      if (i > 0)
        y += BLOCK_SPACING;
      fit_block (block, width - get_around (block), is_rtl);
      pango_layout_get_pixel_size (block->layout, NULL, &height);
      if (block->label != NULL)
        pango_layout_get_pixel_size (block->label, NULL, &label_height);
      block->area = (GdkRectangle) { 0, y, width, height + label_height };
      block->y = y + label_height;
      if (block->kind == NATTER_BLOCK_CODE)
        {
          block->area.height += 2 * CODE_PADDING;
          block->y += CODE_PADDING;
        }
      y += block->area.height;
    }
  self->height = y;
  return y;
}

/**
 * natter_rich_layout_get_baseline:
 * @self: a layout that has a width
 *
 * Returns: where its first line stands, in pixels; -1 without text
 */
int
natter_rich_layout_get_baseline (NatterRichLayout *self)
{
  NatterRichBlock *block;

  if (self->blocks->len == 0)
    return -1;
  block = &g_array_index (self->blocks, NatterRichBlock, 0);
  return block->y + PANGO_PIXELS (pango_layout_get_baseline (block->layout));
}

/**
 * natter_rich_layout_get_n_blocks:
 * @self: a layout
 *
 * Returns: how many blocks it has
 */
guint
natter_rich_layout_get_n_blocks (NatterRichLayout *self)
{
  return self->blocks->len;
}

/**
 * natter_rich_layout_get_block:
 * @self: a layout
 * @number: of the block
 *
 * Returns: (transfer none): where it is
 */
NatterRichBlock *
natter_rich_layout_get_block (NatterRichLayout *self,
                              guint             number)
{
  return &g_array_index (self->blocks, NatterRichBlock, number);
}

static NatterRichBlock *
find_block (NatterRichLayout *self,
            double            y)
{
  for (guint i = 0; i < self->blocks->len; i++)
    {
      NatterRichBlock *block = &g_array_index (self->blocks, NatterRichBlock, i);

      if (y < block->area.y + block->area.height || i + 1 == self->blocks->len)
        return block;
    }
  return NULL;
}

/**
 * natter_rich_layout_find:
 * @self: a layout that has a width
 * @x: in pixels
 * @y: in pixels
 * @offset: (out): the byte of the text of the document that is drawn there
 * @nearest: (out): the boundary between characters that is nearest
 *
 * Returns: whether there is text
 */
gboolean
natter_rich_layout_find (NatterRichLayout *self,
                         double            x,
                         double            y,
                         guint            *offset,
                         guint            *nearest)
{
  NatterRichBlock *block = find_block (self, y);
  const char *text;
  gboolean inside;
  int index;
  int trailing;

  *offset = *nearest = 0;
  if (block == NULL)
    return FALSE;
  text = natter_document_get_text (self->document);
  inside = pango_layout_xy_to_index (block->layout, (int) ((x - block->x) * PANGO_SCALE), (int) ((y - block->y) * PANGO_SCALE),
                                     &index, &trailing);
  *offset = MIN (block->start + (guint) index, block->end);
  *nearest = *offset;
  for (; trailing > 0 && *nearest < block->end; trailing--)
    *nearest = (guint) (g_utf8_next_char (text + *nearest) - text);
  return inside && *offset < block->end;
}

/**
 * natter_rich_layout_get_region:
 * @self: a layout that has a width
 * @start: a byte of the text of the document
 * @end: a byte behind it
 *
 * Returns: (transfer full): where the text between is drawn
 */
cairo_region_t *
natter_rich_layout_get_region (NatterRichLayout *self,
                               guint             start,
                               guint             end)
{
  cairo_region_t *region = cairo_region_create ();

  for (guint i = 0; i < self->blocks->len; i++)
    {
      NatterRichBlock *block = &g_array_index (self->blocks, NatterRichBlock, i);
      int range[2] = { (int) MAX (start, block->start), (int) MIN (end, block->end) };
      cairo_region_t *part;

      if (range[0] >= range[1])
        continue;
      range[0] -= (int) block->start;
      range[1] -= (int) block->start;
      part = gdk_pango_layout_get_clip_region (block->layout, block->x, block->y, range, 1);
      cairo_region_union (region, part);
      cairo_region_destroy (part);
    }
  return region;
}
