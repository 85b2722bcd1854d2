/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-server.h"

G_BEGIN_DECLS

/**
 * NatterServerInfoDialog:
 *
 * All about a server that is in the list, to be read and copied, and its handshake as it came.
 */
#define NATTER_TYPE_SERVER_INFO_DIALOG (natter_server_info_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterServerInfoDialog, natter_server_info_dialog, NATTER, SERVER_INFO_DIALOG, AdwDialog)

AdwDialog *natter_server_info_dialog_new (NatterServer *server);

G_END_DECLS
