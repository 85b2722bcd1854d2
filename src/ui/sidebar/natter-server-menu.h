/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-server.h"

G_BEGIN_DECLS

GMenuModel *natter_server_menu_new    (NatterServer *server);
void        natter_server_menu_attach (GtkWidget    *holder,
                                       GtkWidget    *widget,
                                       NatterServer *server);

G_END_DECLS
