/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-role.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *name;
  int         color;
} NamedColor;

/* In alphabetical order. */
static const NamedColor named_colors[] = {
  { "aqua", 0x00ffff }, { "aquamarine", 0x7fffd4 }, { "black", 0x000000 }, { "blue", 0x0000ff },
  { "blueviolet", 0x8a2be2 }, { "brown", 0xa52a2a }, { "chartreuse", 0x7fff00 }, { "chocolate", 0xd2691e },
  { "coral", 0xff7f50 }, { "cornflowerblue", 0x6495ed }, { "crimson", 0xdc143c }, { "cyan", 0x00ffff },
  { "darkblue", 0x00008b }, { "darkcyan", 0x008b8b }, { "darkgray", 0xa9a9a9 }, { "darkgreen", 0x006400 },
  { "darkgrey", 0xa9a9a9 }, { "darkmagenta", 0x8b008b }, { "darkorange", 0xff8c00 }, { "darkred", 0x8b0000 },
  { "darkviolet", 0x9400d3 }, { "deeppink", 0xff1493 }, { "deepskyblue", 0x00bfff }, { "dodgerblue", 0x1e90ff },
  { "firebrick", 0xb22222 }, { "forestgreen", 0x228b22 }, { "fuchsia", 0xff00ff }, { "gold", 0xffd700 },
  { "gray", 0x808080 }, { "green", 0x008000 }, { "grey", 0x808080 }, { "hotpink", 0xff69b4 },
  { "indigo", 0x4b0082 }, { "khaki", 0xf0e68c }, { "lavender", 0xe6e6fa }, { "lightblue", 0xadd8e6 },
  { "lightgray", 0xd3d3d3 }, { "lightgreen", 0x90ee90 }, { "lightgrey", 0xd3d3d3 }, { "lightpink", 0xffb6c1 },
  { "lime", 0x00ff00 }, { "limegreen", 0x32cd32 }, { "magenta", 0xff00ff }, { "maroon", 0x800000 },
  { "navy", 0x000080 }, { "olive", 0x808000 }, { "orange", 0xffa500 }, { "orangered", 0xff4500 },
  { "orchid", 0xda70d6 }, { "pink", 0xffc0cb }, { "plum", 0xdda0dd }, { "purple", 0x800080 },
  { "rebeccapurple", 0x663399 }, { "red", 0xff0000 }, { "royalblue", 0x4169e1 }, { "salmon", 0xfa8072 },
  { "seagreen", 0x2e8b57 }, { "silver", 0xc0c0c0 }, { "skyblue", 0x87ceeb }, { "slateblue", 0x6a5acd },
  { "slategray", 0x708090 }, { "slategrey", 0x708090 }, { "springgreen", 0x00ff7f }, { "steelblue", 0x4682b4 },
  { "tan", 0xd2b48c }, { "teal", 0x008080 }, { "tomato", 0xff6347 }, { "turquoise", 0x40e0d0 },
  { "violet", 0xee82ee }, { "white", 0xffffff }, { "yellow", 0xffff00 }, { "yellowgreen", 0x9acd32 },
};

static int
compare_name (gconstpointer name,
              gconstpointer named_color)
{
  return g_ascii_strcasecmp (name, ((const NamedColor *) named_color)->name);
}

static int
parse_hex (const char *digits)
{
  gsize length = strlen (digits);
  int color = 0;

  if (length != 3 && length != 6)
    return -1;
  for (gsize i = 0; i < length; i++)
    {
      int digit = g_ascii_xdigit_value (digits[i]);

      if (digit < 0)
        return -1;
      color = color << 4 | digit;
      if (length == 3)
        color = color << 4 | digit;
    }
  return color;
}

/**
 * natter_color_parse:
 * @text: (nullable): what a server gave as a colour; servers check none of it
 *
 * Returns: `0xRRGGBB` of `#RGB`, `#RRGGBB` or a CSS colour name that servers use, in any case; -1 for anything else
 */
int
natter_color_parse (const char *text)
{
  const NamedColor *named_color;

  if (text == NULL)
    return -1;
  if (text[0] == '#')
    return parse_hex (text + 1);
  named_color = bsearch (text, named_colors, G_N_ELEMENTS (named_colors), sizeof (NamedColor), compare_name);
  return named_color != NULL ? named_color->color : -1;
}
