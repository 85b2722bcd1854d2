/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  *natter_fuzzy_fold  (const char *text);
guint  natter_fuzzy_score (const char *pattern,
                           const char *text);

G_END_DECLS
