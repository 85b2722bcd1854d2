/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-message.h"

G_BEGIN_DECLS

#define NATTER_TYPE_MESSAGE_ROW (natter_message_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterMessageRow, natter_message_row, NATTER, MESSAGE_ROW, GtkBox)

GtkWidget     *natter_message_row_new         (void);
NatterMessage *natter_message_row_get_message (NatterMessageRow *self);
void           natter_message_row_set_message (NatterMessageRow *self,
                                               NatterMessage    *message);
const char    *natter_message_row_get_summary (NatterMessageRow *self);
gboolean       natter_message_row_is_author  (NatterMessageRow *self,
                                              GtkWidget        *part);
void           natter_message_row_copy_text   (NatterMessageRow *self);

G_END_DECLS
