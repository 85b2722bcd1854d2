/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What of a file is told to a person, in words. No display is needed. */
char       *natter_file_text_dup_name (const char *name);
char       *natter_file_text_dup      (const char *mime_type,
                                       guint64     size,
                                       gint64      expires,
                                       gint64      now);
const char *natter_file_text_get_icon (const char *mime_type);

G_END_DECLS
