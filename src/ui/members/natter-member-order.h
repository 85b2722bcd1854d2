/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-member.h"

G_BEGIN_DECLS

GtkSorter *natter_member_order_new_section_sorter (void);
GtkSorter *natter_member_order_new_name_sorter    (void);
void       natter_member_order_forget_name        (NatterMember *member);

G_END_DECLS
