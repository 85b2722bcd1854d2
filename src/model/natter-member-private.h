/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-address.h"
#include "natter-member.h"

G_BEGIN_DECLS

void _natter_member_update       (NatterMember         *self,
                                  const NatterUserData *data,
                                  NatterAddress        *address);
void _natter_member_set_status   (NatterMember         *self,
                                  NatterStatus          status,
                                  const char           *text);
void _natter_member_show_foreign (NatterMember        *self,
                                  gboolean              shows_foreign);
void _natter_member_set_known    (NatterMember         *self,
                                  gboolean              known);
void _natter_member_set_blocked  (NatterMember         *self,
                                  gboolean              blocked);
void _natter_member_set_roles    (NatterMember         *self,
                                  const char * const   *roles);
void _natter_member_set_look     (NatterMember         *self,
                                  int                   color,
                                  const char           *section,
                                  int                   section_position);
int  _natter_member_get_own_color (NatterMember        *self);

G_END_DECLS
