/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-file-text"

#include "config.h"

#include "natter-file-text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "natter-plain-name.h"

#define LONGEST_NAME 120
/* A file that lives longer than this says nothing of its end. */
#define SOON (7 * G_TIME_SPAN_DAY)

/**
 * natter_file_text_dup_name:
 * @name: what a sender called a file
 *
 * Returns: (transfer full): a name that is fit to be shown and to be the name of a file: one line, no folders, not hidden,
 *   nothing that turns the reading direction
 */
char *
natter_file_text_dup_name (const char *name)
{
  g_autofree char *plain = natter_plain_name (name);
  char *text = g_strdelimit (g_strstrip (plain), "/\\:*?\"<>|", '_');

  while (*text == '.')
    text++;
  if (*text == '\0')
    return g_strdup (_("File"));
  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), LONGEST_NAME));
}

static char *
dup_kind (const char *mime_type)
{
  g_autofree char *content_type = g_content_type_from_mime_type (mime_type);

  if (content_type == NULL || g_content_type_is_unknown (content_type))
    return g_strdup (_("File"));
  return g_content_type_get_description (content_type);
}

static char *
dup_end (gint64 expires,
         gint64 now)
{
  int days;

  if (expires <= now)
    /* Translators: of a file, after its kind and size */
    return g_strdup (_("no longer there"));
  days = (int) ((expires - now) / G_TIME_SPAN_DAY);
  if (days == 0)
    /* Translators: of a file that the server keeps for a time, after its kind and size */
    return g_strdup (_("deleted today"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "deleted in %d day", "deleted in %d days", (gulong) days), days);
}

/**
 * natter_file_text_dup:
 * @mime_type: what it is
 * @size: in bytes, 0: not told
 * @expires: when the server deletes it, in µs since 1970, 0: never or not told
 * @now: in µs since 1970
 *
 * Returns: (transfer full): kind, size and, when it is near, the end of a file in one line
 */
char *
natter_file_text_dup (const char *mime_type,
                      guint64     size,
                      gint64      expires,
                      gint64      now)
{
  g_autofree char *kind = dup_kind (mime_type);
  g_autofree char *size_text = size > 0 ? g_format_size (size) : NULL;
  g_autofree char *end = expires != 0 && expires - now < SOON ? dup_end (expires, now) : NULL;
  const char *parts[] = { kind, NULL, NULL, NULL };
  guint n_parts = 1;

  if (size_text != NULL)
    parts[n_parts++] = size_text;
  if (end != NULL)
    parts[n_parts++] = end;
  return g_strjoinv (" · ", (char **) parts);
}

/**
 * natter_file_text_get_icon:
 * @mime_type: what a file is
 *
 * Returns: the name of a symbolic icon
 */
const char *
natter_file_text_get_icon (const char *mime_type)
{
  static const char * const icons[][2] = {
    { "audio/", "audio-x-generic-symbolic" },
    { "image/", "image-x-generic-symbolic" },
    { "video/", "video-x-generic-symbolic" },
    { "font/", "font-x-generic-symbolic" },
    { "application/zip", "package-x-generic-symbolic" },
    { "application/gzip", "package-x-generic-symbolic" },
    { "application/x-", "package-x-generic-symbolic" },
    { "application/pdf", "x-office-document-symbolic" },
    { "application/vnd.", "x-office-document-symbolic" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_has_prefix (mime_type, icons[i][0]))
      return icons[i][1];
  return "text-x-generic-symbolic";
}
