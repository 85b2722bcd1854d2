/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small PNG pictures of one's own making, and the sizes of those that people send */

#define G_LOG_DOMAIN "test-server-picture"

#include "server-private.h"

#include <math.h>

static guint32
crc32 (const guchar *data,
       gsize         length,
       guint32       crc)
{
  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0);
    }

  return crc;
}

static void
append_number (GByteArray *out,
               guint32     value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guchar *) &big, sizeof big);
}

static void
append_chunk (GByteArray   *out,
              const char   *type,
              const guchar *data,
              gsize         length)
{
  guint32 crc = crc32 ((const guchar *) type, 4, 0xffffffffu);

  append_number (out, length);
  g_byte_array_append (out, (const guchar *) type, 4);
  g_byte_array_append (out, data, length);
  append_number (out, crc32 (data, length, crc) ^ 0xffffffffu);
}

static GBytes *
deflate (GByteArray *pixels)
{
  g_autoptr(GConverter) zlib = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 2));
  g_autoptr(GBytes) raw = g_bytes_new_static (pixels->data, pixels->len);

  return g_converter_convert_bytes (zlib, raw, NULL);
}

/* Two tints of a colour that the name gives, as a diagonal pattern */
static void
paint (GByteArray *pixels,
       guint       hash,
       guint       width,
       guint       height)
{
  guint cell = MAX (MIN (width, height) / 5, 1);

  for (guint y = 0; y < height; y++)
    {
      static const guchar no_filter = 0;

      g_byte_array_append (pixels, &no_filter, 1);
      for (guint x = 0; x < width; x++)
        {
          guint mirrored = MIN (x, width - 1 - x) / cell;
          guint bit = (mirrored + y / cell * 3) % 24;
          gboolean lit = (hash >> bit & 1) != 0;
          guchar pixel[3];

          for (int i = 0; i < 3; i++)
            {
              guint base = 70 + (hash >> (8 * i)) % 110;

              pixel[i] = lit ? MIN (base + 60, 255) : base;
            }
          g_byte_array_append (pixels, pixel, sizeof pixel);
        }
    }
}

typedef struct
{
  double top[3];
  double bottom[3];
  double sun_x;
  double sun_y;
  double sun_radius;
  double phase;
} Scene;

static void
scene_init (Scene *scene,
            guint  hash,
            guint  width,
            guint  height)
{
  static const double skies[][2][3] = {
    { { 28, 48, 92 }, { 250, 176, 110 } },
    { { 96, 156, 214 }, { 226, 236, 242 } },
    { { 60, 40, 96 }, { 240, 120, 130 } },
    { { 120, 140, 150 }, { 222, 222, 214 } },
    { { 16, 70, 90 }, { 244, 214, 150 } },
  };
  guint which = hash % G_N_ELEMENTS (skies);

  memcpy (scene->top, skies[which][0], sizeof scene->top);
  memcpy (scene->bottom, skies[which][1], sizeof scene->bottom);
  scene->sun_x = width * (0.2 + (hash >> 8) % 60 / 100.0);
  scene->sun_y = height * (0.25 + (hash >> 16) % 25 / 100.0);
  scene->sun_radius = MIN (width, height) * 0.07;
  scene->phase = (hash >> 4) % 628 / 100.0;
}

/* 0 for the sky, 1 and 2 for two rows of hills */
static int
hill_at (const Scene *scene,
         double       x,
         double       y)
{
  double far = 0.62 + 0.07 * sin (x * 7 + scene->phase) + 0.03 * sin (x * 17 + scene->phase * 2);
  double near = 0.78 + 0.06 * sin (x * 5 + scene->phase * 3) + 0.02 * sin (x * 23);

  return y > near ? 2 : y > far ? 1 : 0;
}

/* A sky, a sun and hills: something to look at where people would show a photograph */
static void
paint_scene (GByteArray *pixels,
             guint       hash,
             guint       width,
             guint       height)
{
  g_autofree guchar *row = g_malloc0 (1 + width * 3);
  Scene scene;

  scene_init (&scene, hash, width, height);
  for (guint y = 0; y < height; y++)
    {
      for (guint x = 0; x < width; x++)
        {
          int hill = hill_at (&scene, x / (double) width, y / (double) height);
          double distance = hypot (x - scene.sun_x, y - scene.sun_y);

          for (int i = 0; i < 3; i++)
            {
              double sky = scene.top[i] + (scene.bottom[i] - scene.top[i]) * y / height;

              if (hill > 0)
                sky *= hill == 1 ? 0.55 : 0.32;
              else if (distance < scene.sun_radius)
                sky = 250 - 12 * i;
              row[1 + 3 * x + i] = sky;
            }
        }
      g_byte_array_append (pixels, row, 1 + width * 3);
    }
}

static GBytes *
write_png (GByteArray *pixels,
           guint       width,
           guint       height)
{
  g_autoptr(GBytes) packed = deflate (pixels);
  GByteArray *png = g_byte_array_new ();
  guchar header[13] = { 0 };
  guint32 value;

  g_byte_array_append (png, (const guchar *) "\x89PNG\r\n\x1a\n", 8);
  value = GUINT32_TO_BE (width);
  memcpy (header, &value, 4);
  value = GUINT32_TO_BE (height);
  memcpy (header + 4, &value, 4);
  header[8] = 8;
  header[9] = 2;
  append_chunk (png, "IHDR", header, sizeof header);
  append_chunk (png, "IDAT", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  append_chunk (png, "IEND", (const guchar *) "", 0);

  return g_byte_array_free_to_bytes (png);
}

/**
 * ts_picture:
 * @name: what decides about its looks
 *
 * Returns: (transfer full): a PNG, a pattern as for avatars
 */
GBytes *
ts_picture (const char *name,
            guint       width,
            guint       height)
{
  g_autoptr(GByteArray) pixels = g_byte_array_new ();

  paint (pixels, g_str_hash (name) * 2654435761u, width, height);
  return write_png (pixels, width, height);
}

/* (transfer full): a PNG, a landscape */
GBytes *
ts_picture_scene (const char *name,
                  guint       width,
                  guint       height)
{
  g_autoptr(GByteArray) pixels = g_byte_array_sized_new ((1 + width * 3) * height);

  paint_scene (pixels, g_str_hash (name) * 2654435761u, width, height);
  return write_png (pixels, width, height);
}

static guint
big16 (const guchar *p)
{
  return p[0] << 8 | p[1];
}

static gboolean
measure_jpeg (const guchar *data,
              gsize         length,
              guint        *width,
              guint        *height)
{
  gsize at = 2;

  while (at + 9 < length && data[at] == 0xff)
    {
      guchar marker = data[at + 1];

      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          *height = big16 (data + at + 5);
          *width = big16 (data + at + 7);
          return TRUE;
        }
      at += 2 + big16 (data + at + 2);
    }

  return FALSE;
}

/* Of PNG, GIF and JPEG */
gboolean
ts_picture_measure (GBytes *bytes,
                    guint  *width,
                    guint  *height)
{
  gsize length;
  const guchar *data = g_bytes_get_data (bytes, &length);

  if (length >= 24 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    {
      *width = big16 (data + 16) << 16 | big16 (data + 18);
      *height = big16 (data + 20) << 16 | big16 (data + 22);
      return TRUE;
    }
  if (length >= 10 && memcmp (data, "GIF8", 4) == 0)
    {
      *width = data[6] | data[7] << 8;
      *height = data[8] | data[9] << 8;
      return TRUE;
    }
  if (length >= 12 && data[0] == 0xff && data[1] == 0xd8)
    return measure_jpeg (data, length, width, height);

  return FALSE;
}
