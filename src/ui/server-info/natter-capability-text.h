/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *natter_capability_text_get (const char *name);
const char *natter_permission_text_get (const char *name);

G_END_DECLS
