/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterServerRail:
 *
 * The person's servers, one round picture each, the folders that they are in, and the button that adds one.
 *
 * Properties, notified: selected (NatterServer or NULL).
 */
#define NATTER_TYPE_SERVER_RAIL (natter_server_rail_get_type ())
G_DECLARE_FINAL_TYPE (NatterServerRail, natter_server_rail, NATTER, SERVER_RAIL, AdwBin)

void          natter_server_rail_set_session  (NatterServerRail *self,
                                               NatterSession    *session);
gboolean      natter_server_rail_focus        (NatterServerRail *self);
NatterServer *natter_server_rail_get_selected (NatterServerRail *self);
void          natter_server_rail_set_selected (NatterServerRail *self,
                                               NatterServer     *server);

/* For the rows in it. */
void          natter_server_rail_bind_keys    (GtkWidgetClass   *row_class);

G_END_DECLS
