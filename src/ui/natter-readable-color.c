/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-readable-color"

#include "config.h"

#include "natter-readable-color.h"

#include <math.h>

#define STEPS 64

static double
channel_luminance (guint32 color,
                   guint   shift)
{
  double value = ((color >> shift) & 0xff) / 255.0;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (guint32 color)
{
  return 0.2126 * channel_luminance (color, 16)
         + 0.7152 * channel_luminance (color, 8)
         + 0.0722 * channel_luminance (color, 0);
}

/**
 * natter_color_contrast:
 * @one: a colour, 0xRRGGBB
 * @other: another colour, 0xRRGGBB
 *
 * The contrast ratio of WCAG 2.
 *
 * Returns: from 1 (the same lightness) to 21 (black and white)
 */
double
natter_color_contrast (guint32 one,
                       guint32 other)
{
  double a = luminance (one);
  double b = luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static guint32
mix_channel (guint32 from,
             guint32 to,
             guint   shift,
             double  share)
{
  guint32 a = (from >> shift) & 0xff;
  guint32 b = (to >> shift) & 0xff;

  return (guint32) (a * (1 - share) + b * share) << shift;
}

/**
 * natter_color_mix:
 * @from: a colour, 0xRRGGBB
 * @to: another colour, 0xRRGGBB
 * @share: how much of @to is in it, from 0 to 1
 *
 * Returns: the colour between, which is also that of @to drawn on @from with an alpha of @share
 */
guint32
natter_color_mix (guint32 from,
                  guint32 to,
                  double  share)
{
  return mix_channel (from, to, 16, share) | mix_channel (from, to, 8, share) | mix_channel (from, to, 0, share);
}

/**
 * natter_readable_color:
 * @color: what somebody chose, 0xRRGGBB
 * @background: what it is drawn on, 0xRRGGBB
 * @contrast: the smallest contrast ratio, 4.5 for text
 *
 * Lightens or darkens @color by as little as makes it readable, so that its hue stays recognisable.
 *
 * Returns: a colour, 0xRRGGBB; black or white when @contrast can't be reached
 */
guint32
natter_readable_color (guint32 color,
                       guint32 background,
                       double  contrast)
{
  guint32 goal;

  color &= 0xffffff;
  if (natter_color_contrast (color, background) >= contrast)
    return color;

  goal = natter_color_contrast (0xffffff, background) >= natter_color_contrast (0x000000, background)
           ? 0xffffff : 0x000000;
  for (guint step = 1; step < STEPS; step++)
    {
      guint32 candidate = natter_color_mix (color, goal, (double) step / STEPS);

      if (natter_color_contrast (candidate, background) >= contrast)
        return candidate;
    }
  return goal;
}
