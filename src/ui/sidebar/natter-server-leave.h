/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-server.h"
#include "natter-window.h"

G_BEGIN_DECLS

void natter_server_remove       (NatterWindow *window,
                                 NatterServer *server);
void natter_server_ask_to_leave (NatterWindow *window,
                                 NatterServer *server);

G_END_DECLS
