/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-name-color"

#include "config.h"

#include "natter-name-color.h"

#include <adwaita.h>

#include "natter-readable-color.h"
#include "natter-text-color.h"

/* The background of libadwaita's views that is nearest to the text: that of a row under the pointer. */
#define LIGHT_BACKGROUND 0xf0f0f1
#define DARK_BACKGROUND  0x303033
#define TEXT_CONTRAST    4.5

/**
 * natter_name_color_new_attributes:
 * @color: the colour of somebody's role, 0xRRGGBB, or -1 for none
 *
 * Names are drawn in the colour of the role, or in what comes nearest to it that can be read in the present style. In
 * high contrast the text keeps its own colour.
 *
 * Returns: (transfer full) (nullable): what to draw the name with, %NULL for the colour of other text
 */
PangoAttrList *
natter_name_color_new_attributes (int color)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  PangoAttrList *attributes;
  guint32 readable;

  if (color < 0 || adw_style_manager_get_high_contrast (style))
    return NULL;

  readable = natter_readable_color (color,
                                    adw_style_manager_get_dark (style) ? DARK_BACKGROUND : LIGHT_BACKGROUND,
                                    TEXT_CONTRAST);
  attributes = pango_attr_list_new ();
  natter_text_color_insert (attributes, readable, 0, G_MAXUINT);
  return attributes;
}

/**
 * natter_name_color_apply:
 * @label: shows somebody's name
 * @color: the colour of their role, 0xRRGGBB, or -1 for none
 *
 * Draws the name as natter_name_color_new_attributes() says.
 */
void
natter_name_color_apply (GtkLabel *label,
                         int       color)
{
  g_autoptr(PangoAttrList) attributes = natter_name_color_new_attributes (color);

  gtk_label_set_attributes (label, attributes);
}
