/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-text-color"

#include "config.h"

#include "natter-text-color.h"

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

/**
 * natter_text_color_insert:
 * @list: attributes of a text
 * @color: 0xRRGGBB
 * @start: where in the text, in bytes
 * @end: where it ends, %G_MAXUINT for the end of the text
 *
 * Has a part of a text drawn in exactly @color. Without an alpha of its own GTK gives a coloured text that of the text
 * around it, which libadwaita draws with 80 %: it is paler then than it was meant.
 */
void
natter_text_color_insert (PangoAttrList *list,
                          guint32        color,
                          guint          start,
                          guint          end)
{
  insert (list,
          pango_attr_foreground_new (((color >> 16) & 0xff) * 0x101, ((color >> 8) & 0xff) * 0x101, (color & 0xff) * 0x101),
          start, end);
  insert (list, pango_attr_foreground_alpha_new (G_MAXUINT16), start, end);
}
