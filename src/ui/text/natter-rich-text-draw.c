/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rich-text"

#include "config.h"

#include "natter-rich-text-private.h"

#include <adwaita.h>

#include "natter-pictures.h"

#define CODE_RADIUS 6
#define CHIP_RADIUS 4
#define QUOTE_WIDTH 3
#define LABEL_PADDING 9

static GdkRGBA
with_alpha (GdkRGBA color,
            float   alpha)
{
  color.alpha *= alpha;
  return color;
}

static GdkRGBA
get_accent (void)
{
  g_autoptr(GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());

  return *accent;
}

static GdkRGBA
get_color (int            color,
           const GdkRGBA *fallback)
{
  if (color < 0)
    return *fallback;
  return (GdkRGBA) { ((color >> 16) & 0xff) / 255.0f, ((color >> 8) & 0xff) / 255.0f, (color & 0xff) / 255.0f, 1.0f };
}

static void
fill_rounded (GtkSnapshot           *snapshot,
              const graphene_rect_t *area,
              float                  radius,
              const GdkRGBA         *color)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, area, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, color, area);
  gtk_snapshot_pop (snapshot);
}

static void
fill_range (NatterRichText *self,
            GtkSnapshot    *snapshot,
            guint           start,
            guint           end,
            float           radius,
            int             margin,
            const GdkRGBA  *color)
{
  cairo_region_t *region = natter_rich_layout_get_region (self->layout, start, end);

  for (int i = 0; i < cairo_region_num_rectangles (region); i++)
    {
      cairo_rectangle_int_t part;
      graphene_rect_t area;

      cairo_region_get_rectangle (region, i, &part);
      graphene_rect_init (&area, part.x - margin, part.y, part.width + 2 * margin, part.height);
      if (radius > 0)
        fill_rounded (snapshot, &area, radius, color);
      else
        gtk_snapshot_append_color (snapshot, color, &area);
    }
  cairo_region_destroy (region);
}

static void
draw_behind_block (NatterRichText  *self,
                   GtkSnapshot     *snapshot,
                   NatterRichBlock *block,
                   const GdkRGBA   *text)
{
  const GdkRectangle *at = &block->area;
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  graphene_rect_t area = GRAPHENE_RECT_INIT (at->x, at->y, at->width, at->height);

  if (block->kind == NATTER_BLOCK_CODE)
    {
      GdkRGBA color = with_alpha (*text, 0.07f);

      fill_rounded (snapshot, &area, CODE_RADIUS, &color);
    }
  else if (block->kind == NATTER_BLOCK_QUOTE)
    {
      GdkRGBA color = with_alpha (*text, 0.25f);

      graphene_rect_init (&area, is_rtl ? at->x + at->width - QUOTE_WIDTH : at->x, at->y, QUOTE_WIDTH, at->height);
      fill_rounded (snapshot, &area, QUOTE_WIDTH / 2.0f, &color);
    }
}

static void
draw_label (GtkSnapshot     *snapshot,
            NatterRichBlock *block,
            const GdkRGBA   *text)
{
  if (block->label == NULL)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (block->area.x + LABEL_PADDING, block->area.y + LABEL_PADDING / 2));
  gtk_snapshot_append_layout (snapshot, block->label, text);
  gtk_snapshot_restore (snapshot);
}

static void
draw_behind_span (NatterRichText   *self,
                  GtkSnapshot      *snapshot,
                  const NatterSpan *span,
                  const GdkRGBA    *text)
{
  GdkRGBA accent = get_accent ();
  GdkRGBA color;

  switch ((guint) span->kind)
    {
    case NATTER_SPAN_CODE:
      color = with_alpha (*text, 0.1f);
      fill_range (self, snapshot, span->start, span->end, CHIP_RADIUS, 2, &color);
      break;
    case NATTER_SPAN_USER:
    case NATTER_SPAN_ROLE:
    case NATTER_SPAN_CHANNEL:
      color = get_color (span->color, &accent);
      color = with_alpha (color, span->own ? 0.35f : NATTER_MENTION_ALPHA);
      fill_range (self, snapshot, span->start, span->end, CHIP_RADIUS, 2, &color);
      break;
    case NATTER_SPAN_SPOILER:
      if (_natter_rich_text_is_hidden (self, span))
        break;
      color = with_alpha (*text, 0.08f);
      fill_range (self, snapshot, span->start, span->end, CHIP_RADIUS, 0, &color);
      break;
    default:
      break;
    }
}

static void
on_picture (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = natter_pictures_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL)
    gtk_widget_queue_draw (data);
}

/* (transfer full) (nullable): only what the server of the message has. */
static char *
get_picture_uri (NatterRichText   *self,
                 const NatterSpan *span)
{
  const char *slash = span->target != NULL ? strchr (span->target, '/') : NULL;
  g_autofree char *host = slash != NULL ? g_strndup (span->target, (gsize) (slash - span->target)) : NULL;
  g_autoptr(NatterAddress) address = host != NULL ? natter_address_parse (host, NULL) : NULL;
  g_autofree char *path = NULL;

  if (address == NULL || self->address == NULL
      || g_strcmp0 (natter_address_get_host (address), natter_address_get_host (self->address)) != 0
      || natter_address_get_port (address) != natter_address_get_port (self->address))
    return NULL;
  path = g_strdup_printf ("/%s%s", span->kind == NATTER_SPAN_STICKER ? "stickers" : "emojis", slash);
  return natter_address_resolve_http (self->address, path);
}

static void
draw_picture (NatterRichText   *self,
              GtkSnapshot      *snapshot,
              const NatterSpan *span,
              const GdkRGBA    *text)
{
  cairo_region_t *region = natter_rich_layout_get_region (self->layout, span->start, span->end);
  int size = natter_rich_layout_get_picture_size (self->layout, span);
  int pixels = size * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autofree char *uri = get_picture_uri (self, span);
  GdkTexture *texture = uri != NULL ? natter_pictures_lookup (uri, pixels) : NULL;
  GdkRGBA empty = with_alpha (*text, 0.1f);
  cairo_rectangle_int_t place;

  cairo_region_get_extents (region, &place);
  cairo_region_destroy (region);
  if (texture != NULL)
    {
      double scale = (double) size / MAX (1, MAX (gdk_texture_get_width (texture), gdk_texture_get_height (texture)));
      double width = gdk_texture_get_width (texture) * scale;
      double height = gdk_texture_get_height (texture) * scale;

      gtk_snapshot_append_scaled_texture (snapshot, texture, GSK_SCALING_FILTER_TRILINEAR,
                                          &GRAPHENE_RECT_INIT (place.x + (size - width) / 2, place.y + (place.height - height) / 2, width, height));
      return;
    }
  fill_rounded (snapshot, &GRAPHENE_RECT_INIT (place.x + 1, place.y + (place.height - size) / 2 + 1, size - 2, size - 2), CHIP_RADIUS, &empty);
  if (uri == NULL)
    return;
  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  natter_pictures_load_async (uri, pixels, self->cancellable, on_picture, self);
}

static void
draw_ring (NatterRichText   *self,
           GtkSnapshot      *snapshot,
           const NatterSpan *span,
           const GdkRGBA    *color)
{
  const float widths[] = { 2, 2, 2, 2 };
  const GdkRGBA colors[] = { *color, *color, *color, *color };
  cairo_region_t *region = natter_rich_layout_get_region (self->layout, span->start, span->end);

  for (int i = 0; i < cairo_region_num_rectangles (region); i++)
    {
      cairo_rectangle_int_t part;
      GskRoundedRect outline;

      cairo_region_get_rectangle (region, i, &part);
      gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (part.x - 2, part.y - 1, part.width + 4, part.height + 2),
                                       CHIP_RADIUS);
      gtk_snapshot_append_border (snapshot, &outline, widths, colors);
    }
  cairo_region_destroy (region);
}

static void
draw_over_spans (NatterRichText *self,
                 GtkSnapshot    *snapshot,
                 const GdkRGBA  *text)
{
  guint n_spans;
  const NatterSpan *spans = natter_document_get_spans (self->document, &n_spans);
  GdkRGBA accent = get_accent ();
  GdkRGBA cover = { 0.55f, 0.55f, 0.57f, 1.0f };

  for (guint i = 0; i < n_spans; i++)
    {
      const NatterSpan *span = &spans[i];

      if ((span->kind == NATTER_SPAN_CUSTOM_EMOJI || span->kind == NATTER_SPAN_STICKER)
          && !_natter_rich_text_is_offset_hidden (self, span->start))
        draw_picture (self, snapshot, span, text);
      if (_natter_rich_text_is_hidden (self, span))
        fill_range (self, snapshot, span->start, span->end, 0, 0, &cover);
    }
  if (self->focused < n_spans && gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    {
      draw_ring (self, snapshot, &spans[self->focused], &accent);
    }
}

/* Draws the whole text; its layout has a width. */
void
_natter_rich_text_draw (NatterRichText *self,
                        GtkSnapshot    *snapshot)
{
  GdkRGBA text;
  guint n_spans;
  const NatterSpan *spans = natter_document_get_spans (self->document, &n_spans);

  gtk_widget_get_color (GTK_WIDGET (self), &text);
  for (guint i = 0; i < natter_rich_layout_get_n_blocks (self->layout); i++)
    {
      draw_behind_block (self, snapshot, natter_rich_layout_get_block (self->layout, i), &text);
      draw_label (snapshot, natter_rich_layout_get_block (self->layout, i), &text);
    }
  for (guint i = 0; i < n_spans; i++)
    draw_behind_span (self, snapshot, &spans[i], &text);
  if (self->anchor != self->cursor)
    {
      GdkRGBA selection = get_accent ();

      selection.alpha = 0.3f;
      fill_range (self, snapshot, MIN (self->anchor, self->cursor), MAX (self->anchor, self->cursor), 0, 0, &selection);
    }
  for (guint i = 0; i < natter_rich_layout_get_n_blocks (self->layout); i++)
    {
      NatterRichBlock *block = natter_rich_layout_get_block (self->layout, i);

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (block->x, block->y));
      gtk_snapshot_append_layout (snapshot, block->layout, &text);
      gtk_snapshot_restore (snapshot);
    }
  if (n_spans > 0)
    draw_over_spans (self, snapshot, &text);
}
