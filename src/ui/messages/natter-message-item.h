/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-message.h"

G_BEGIN_DECLS

#define NATTER_TYPE_MESSAGE_ITEM (natter_message_item_get_type ())
G_DECLARE_FINAL_TYPE (NatterMessageItem, natter_message_item, NATTER, MESSAGE_ITEM, GtkWidget)

GtkWidget     *natter_message_item_new         (void);
NatterMessage *natter_message_item_get_message (NatterMessageItem *self);
void           natter_message_item_set_message (NatterMessageItem *self,
                                                NatterMessage     *message);
void           natter_message_item_set_place   (NatterMessageItem *self,
                                                guint              position,
                                                guint              n_items);
void           natter_message_item_set_flash   (NatterMessageItem *self,
                                                gboolean           flash);

G_END_DECLS
