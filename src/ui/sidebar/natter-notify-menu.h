/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GMenuModel *natter_notify_menu_new         (const char *prefix,
                                            GObject    *place);
void        natter_notify_menu_add_actions (GActionMap *map,
                                            GObject    *place);

G_END_DECLS
