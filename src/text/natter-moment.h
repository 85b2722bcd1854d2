/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *natter_moment_format (gint64 moment,
                            char   style,
                            gint64 now);

G_END_DECLS
