/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-channel.h"

G_BEGIN_DECLS

GMenuModel *natter_channel_menu_new    (NatterChannel *channel);
void        natter_channel_menu_attach (GtkWidget     *holder,
                                        GtkWidget     *widget,
                                        NatterChannel *channel);

G_END_DECLS
