/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-server.h"

G_BEGIN_DECLS

#define NATTER_TYPE_OWN_ROW (natter_own_row_get_type ())

/**
 * NatterOwnRow:
 *
 * Who one is on a server, at the foot of its channels, with the menu of one's own status.
 *
 * Properties: server, status (the nick of one's own status, as the menu has it)
 */
G_DECLARE_FINAL_TYPE (NatterOwnRow, natter_own_row, NATTER, OWN_ROW, AdwBin)

NatterServer *natter_own_row_get_server (NatterOwnRow *self);
void          natter_own_row_set_server (NatterOwnRow *self, NatterServer *server);

G_END_DECLS
