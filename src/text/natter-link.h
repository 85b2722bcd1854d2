/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize       natter_link_measure        (const char *text,
                                        const char *end);
const char *natter_link_measure_target (const char *text,
                                        const char *end);
gboolean    natter_link_is_allowed     (const char *address);
gboolean    natter_link_is_place       (const char *address);
gboolean    natter_link_has_user       (const char *address);
char       *natter_link_dup_host       (const char *address);

G_END_DECLS
