/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-message.h"

G_BEGIN_DECLS

#define NATTER_TYPE_MESSAGE_TOOLBAR (natter_message_toolbar_get_type ())
G_DECLARE_FINAL_TYPE (NatterMessageToolbar, natter_message_toolbar, NATTER, MESSAGE_TOOLBAR, AdwBin)

GtkWidget     *natter_message_toolbar_new         (void);
NatterMessage *natter_message_toolbar_get_message (NatterMessageToolbar *self);
void           natter_message_toolbar_set_message (NatterMessageToolbar *self,
                                                   NatterMessage        *message);
gboolean       natter_message_toolbar_get_busy    (NatterMessageToolbar *self);

G_END_DECLS
