/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "natter-member.h"

G_BEGIN_DECLS

#define NATTER_TYPE_MEMBER_ROW (natter_member_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterMemberRow, natter_member_row, NATTER, MEMBER_ROW, GtkWidget)

GtkWidget  *natter_member_row_new         (void);
void        natter_member_row_set_member  (NatterMemberRow *self,
                                           NatterMember    *member);
const char *natter_member_row_get_summary (NatterMemberRow *self);

G_END_DECLS
