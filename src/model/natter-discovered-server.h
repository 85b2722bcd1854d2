/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-discovery.h"

G_BEGIN_DECLS

/**
 * NatterDiscoveredServer:
 *
 * A server of a public list, and how many people are there once it was asked.
 *
 * Properties, notified: users and online (gint, -1 while not known).
 */
#define NATTER_TYPE_DISCOVERED_SERVER (natter_discovered_server_get_type ())
G_DECLARE_FINAL_TYPE (NatterDiscoveredServer, natter_discovered_server, NATTER, DISCOVERED_SERVER, GObject)

NatterDiscoveredServer    *natter_discovered_server_new         (NatterDiscoveryData    *data);
const NatterDiscoveryData *natter_discovered_server_get_data    (NatterDiscoveredServer *self);
int                        natter_discovered_server_get_users   (NatterDiscoveredServer *self);
int                        natter_discovered_server_get_online  (NatterDiscoveredServer *self);
void                       natter_discovered_server_ask         (NatterDiscoveredServer *self);
gboolean                   natter_discovered_server_matches     (NatterDiscoveredServer *self,
                                                                 const char             *text,
                                                                 const char             *tag);

G_END_DECLS
