/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a file is not sent, in words. No display is needed. */
char *natter_upload_text_dup (const GError *error,
                              guint64       max_size);

G_END_DECLS
