/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-server.h"

G_BEGIN_DECLS

/**
 * NatterServerInfo:
 *
 * What a server says of itself in its handshake, and what is known of the connection to it; follows the server while it is
 * shown.
 *
 * Property, notified: server (NatterServer or NULL).
 */
#define NATTER_TYPE_SERVER_INFO (natter_server_info_get_type ())
G_DECLARE_FINAL_TYPE (NatterServerInfo, natter_server_info, NATTER, SERVER_INFO, AdwBin)

NatterServer *natter_server_info_get_server (NatterServerInfo *self);
void          natter_server_info_set_server (NatterServerInfo *self,
                                             NatterServer     *server);
char         *natter_server_info_dup_text   (NatterServerInfo *self);

G_END_DECLS
