/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterAddServerDialog:
 *
 * From an address over the server's handshake to being signed in. Nothing is stored before that worked.
 *
 * Signal "joined" (NatterServer *): signed in; the server is in the list.
 */
#define NATTER_TYPE_ADD_SERVER_DIALOG (natter_add_server_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterAddServerDialog, natter_add_server_dialog, NATTER, ADD_SERVER_DIALOG, AdwDialog)

AdwDialog *natter_add_server_dialog_new         (NatterSession         *session);
void       natter_add_server_dialog_set_address (NatterAddServerDialog *self,
                                                 const char            *address);
void       natter_add_server_dialog_set_server  (NatterAddServerDialog *self,
                                                 NatterServer          *server);
void       natter_add_server_dialog_show_public (NatterAddServerDialog *self);

/* What is offered beside the address. */
void       natter_add_server_dialog_set_settings (NatterAddServerDialog *self,
                                                  GSettings             *settings);

G_END_DECLS
