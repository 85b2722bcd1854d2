/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-readable-color.h"

static void
test_contrast (void)
{
  g_assert_cmpfloat_with_epsilon (natter_color_contrast (0x000000, 0xffffff), 21.0, 0.001);
  g_assert_cmpfloat_with_epsilon (natter_color_contrast (0x336699, 0x336699), 1.0, 0.001);
  g_assert_cmpfloat_with_epsilon (natter_color_contrast (0x777777, 0xffffff), 4.478, 0.001);
  g_assert_cmpfloat_with_epsilon (natter_color_contrast (0xffffff, 0x777777), 4.478, 0.001);
}

static void
test_readable_stays (void)
{
  g_assert_cmphex (natter_readable_color (0x1a5fb4, 0xffffff, 4.5), ==, 0x1a5fb4);
  g_assert_cmphex (natter_readable_color (0x99c1f1, 0x1d1d20, 4.5), ==, 0x99c1f1);
}

static void
test_all_become_readable (void)
{
  const guint32 backgrounds[] = { 0xffffff, 0xf0f0f1, 0x303033, 0x1d1d20, 0x000000, 0x808080 };

  for (guint i = 0; i < G_N_ELEMENTS (backgrounds); i++)
    for (guint32 color = 0; color <= 0xffffff; color += 0x01f3d)
      {
        guint32 readable = natter_readable_color (color, backgrounds[i], 4.5);

        g_assert_cmpfloat (natter_color_contrast (readable, backgrounds[i]), >=, 4.5);
      }
}

static void
test_hue_stays (void)
{
  guint32 yellow = natter_readable_color (0xffff00, 0xffffff, 4.5);
  guint32 blue = natter_readable_color (0x0000ff, 0x1d1d20, 4.5);

  /* Still more red and green than blue, and the other way round. */
  g_assert_cmphex ((yellow >> 16) & 0xff, >, (yellow & 0xff) + 0x40);
  g_assert_cmphex (blue & 0xff, >, ((blue >> 16) & 0xff) + 0x40);
}

static void
test_beyond_reach (void)
{
  g_assert_cmphex (natter_readable_color (0x808080, 0x808080, 15.0), ==, 0x000000);
  g_assert_cmphex (natter_readable_color (0x202020, 0x101010, 21.0), ==, 0xffffff);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/readable-color/contrast", test_contrast);
  g_test_add_func ("/readable-color/readable-stays", test_readable_stays);
  g_test_add_func ("/readable-color/all-become-readable", test_all_become_readable);
  g_test_add_func ("/readable-color/hue-stays", test_hue_stays);
  g_test_add_func ("/readable-color/beyond-reach", test_beyond_reach);
  return g_test_run ();
}
