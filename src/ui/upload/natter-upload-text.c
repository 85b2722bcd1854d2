/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-upload-text"

#include "config.h"

#include "natter-upload-text.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "natter-error-text.h"
#include "natter-error.h"

static char *
describe_local (const GError *error)
{
  switch (error->code)
    {
    case G_IO_ERROR_IS_DIRECTORY:
      return g_strdup (_("Folders can’t be sent"));
    case G_IO_ERROR_NOT_FOUND:
      return g_strdup (_("The file is no longer there"));
    case G_IO_ERROR_PERMISSION_DENIED:
      return g_strdup (_("The file can’t be read"));
    default:
      return g_strdup_printf (_("The file can’t be read: %s"), error->message);
    }
}

/**
 * natter_upload_text_dup:
 * @error: why a file is not sent: see #NatterFile and natter_channel_check_upload()
 * @max_size: what the server takes at most, in bytes; 0: not known
 *
 * Returns: (transfer full): that in words, without a full stop
 */
char *
natter_upload_text_dup (const GError *error,
                        guint64       max_size)
{
  g_autofree char *size = g_format_size (max_size);

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == G_IO_ERROR)
    return describe_local (error);
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE) && max_size > 0)
    /* Translators: a size, such as “25 MB” */
    return g_strdup_printf (_("Too large: this server takes files up to %s"), size);
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE))
    return g_strdup (_("Too large for this server"));
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_PERMISSION))
    return g_strdup (_("You may not send files here"));
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_ROTUR))
    return g_strdup (_("This server takes files from people with a Rotur account only"));
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_REJECTED))
    return g_strdup (_("This server does not take files of this kind"));
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED))
    return g_strdup (_("You are not connected to the server"));
  return g_strdup (natter_error_text_get_summary (error));
}
