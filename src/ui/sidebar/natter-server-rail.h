/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-server.h"

G_BEGIN_DECLS

/**
 * NatterServerRail:
 *
 * The person's servers, one round picture each, and the button that adds one.
 *
 * Properties, notified: servers (GListModel of NatterServer), selected (NatterServer or NULL).
 */
#define NATTER_TYPE_SERVER_RAIL (natter_server_rail_get_type ())
G_DECLARE_FINAL_TYPE (NatterServerRail, natter_server_rail, NATTER, SERVER_RAIL, AdwBin)

void          natter_server_rail_set_servers  (NatterServerRail *self,
                                               GListModel       *servers);
NatterServer *natter_server_rail_get_selected (NatterServerRail *self);
void          natter_server_rail_set_selected (NatterServerRail *self,
                                               NatterServer     *server);

G_END_DECLS
