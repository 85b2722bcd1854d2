/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-server.h"

G_BEGIN_DECLS

#define NATTER_TYPE_MEMBERS_PANE (natter_members_pane_get_type ())
G_DECLARE_FINAL_TYPE (NatterMembersPane, natter_members_pane, NATTER, MEMBERS_PANE, AdwBin)

GtkWidget    *natter_members_pane_new        (void);
NatterServer *natter_members_pane_get_server (NatterMembersPane *self);
void          natter_members_pane_set_server (NatterMembersPane *self,
                                              NatterServer      *server);

G_END_DECLS
