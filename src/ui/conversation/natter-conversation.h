/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-channel.h"

G_BEGIN_DECLS

#define NATTER_TYPE_CONVERSATION (natter_conversation_get_type ())
G_DECLARE_FINAL_TYPE (NatterConversation, natter_conversation, NATTER, CONVERSATION, AdwBin)

GtkWidget     *natter_conversation_new         (void);
NatterChannel *natter_conversation_get_channel (NatterConversation *self);
void           natter_conversation_set_channel (NatterConversation *self,
                                                NatterChannel      *channel);
gboolean       natter_conversation_focus_entry (NatterConversation *self);
void           natter_conversation_jump_to     (NatterConversation *self,
                                                const char         *id);
void           natter_conversation_jump_to_time (NatterConversation *self,
                                                 gint64              time);

gint64         natter_conversation_get_time     (NatterConversation *self);
char          *natter_conversation_dup_position (NatterConversation *self);

G_END_DECLS
