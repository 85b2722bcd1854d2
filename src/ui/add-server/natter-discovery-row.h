/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-discovered-server.h"

G_BEGIN_DECLS

/**
 * NatterDiscoveryRow:
 *
 * A server of the public list. Its picture and numbers are fetched when it comes into sight.
 */
#define NATTER_TYPE_DISCOVERY_ROW (natter_discovery_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterDiscoveryRow, natter_discovery_row, NATTER, DISCOVERY_ROW, GtkListBoxRow)

GtkWidget              *natter_discovery_row_new        (NatterDiscoveredServer *server);
NatterDiscoveredServer *natter_discovery_row_get_server (NatterDiscoveryRow     *self);
void                    natter_discovery_row_seen       (NatterDiscoveryRow     *self);

G_END_DECLS
