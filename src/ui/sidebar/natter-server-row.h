/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterServerRow:
 *
 * A server in the rail: its picture, whether something is unread, how often one is mentioned, and whether it
 * is connected, and as whom when it is there twice.
 */
#define NATTER_TYPE_SERVER_ROW (natter_server_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterServerRow, natter_server_row, NATTER, SERVER_ROW, GtkListBoxRow)

GtkWidget    *natter_server_row_new        (NatterSession   *session,
                                            NatterServer    *server);
NatterServer *natter_server_row_get_server (NatterServerRow *self);

G_END_DECLS
