/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-channel.h"
#include "natter-member.h"
#include "natter-server.h"

G_BEGIN_DECLS

void natter_time_out_dialog_present (GtkWidget     *parent,
                                     NatterServer  *server,
                                     NatterMember  *member,
                                     NatterChannel *channel);

G_END_DECLS
