/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small PNG pictures of one's own making, and the sizes of those that people send */

#define G_LOG_DOMAIN "test-server-picture"

#include "server-private.h"

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
  g_autoptr(GConverter) zlib = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1));
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

/**
 * ts_picture:
 * @name: what decides about its looks
 *
 * Returns: (transfer full): a PNG
 */
GBytes *
ts_picture (const char *name,
            guint       width,
            guint       height)
{
  g_autoptr(GByteArray) pixels = g_byte_array_new ();
  g_autoptr(GBytes) packed = NULL;
  GByteArray *png = g_byte_array_new ();
  guchar header[13] = { 0 };
  guint32 value;

  paint (pixels, g_str_hash (name) * 2654435761u, width, height);
  packed = deflate (pixels);

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
