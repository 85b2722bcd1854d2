/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *natter_error_text_get_summary (const GError *error);
const char *natter_error_text_get_advice  (const GError *error);
char       *natter_error_text_dup         (const GError *error);

G_END_DECLS
