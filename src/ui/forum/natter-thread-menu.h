/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-channel.h"

G_BEGIN_DECLS

/* What can be done with a thread: a part of the menu of its channel. */
void natter_thread_menu_append      (GMenu         *menu,
                                     NatterChannel *thread);
void natter_thread_menu_add_actions (GActionMap    *map,
                                     GtkWidget     *widget,
                                     NatterChannel *thread);

G_END_DECLS
