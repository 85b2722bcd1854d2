/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-member.h"
#include "natter-server.h"

G_BEGIN_DECLS

#define NATTER_TYPE_MEMBER_CARD (natter_member_card_get_type ())
G_DECLARE_FINAL_TYPE (NatterMemberCard, natter_member_card, NATTER, MEMBER_CARD, GtkPopover)

GtkWidget *natter_member_card_new  (NatterServer     *server,
                                    NatterMember     *member,
                                    NatterChannel    *channel);
void       natter_member_card_show (NatterMemberCard *self,
                                    GtkWidget        *parent,
                                    int               x,
                                    int               y);

G_END_DECLS
