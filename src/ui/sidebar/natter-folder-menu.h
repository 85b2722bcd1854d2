/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-session.h"

G_BEGIN_DECLS

GMenuModel *natter_folder_menu_new    (NatterGroup   *folder);
void        natter_folder_menu_attach (GtkWidget     *holder,
                                       GtkWidget     *widget,
                                       NatterSession *session,
                                       NatterGroup   *folder);
/* Asks for a name: of @folder, or of a new one for @server. */
void        natter_folder_ask_name    (GtkWidget     *parent,
                                       NatterSession *session,
                                       NatterGroup   *folder,
                                       NatterServer  *server);

G_END_DECLS
