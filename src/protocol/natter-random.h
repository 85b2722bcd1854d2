/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *natter_random_text     (gsize n_bytes);
char *natter_random_password (void);

G_END_DECLS
