/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-packet.h"
#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_ROLE (natter_role_get_type ())
G_DECLARE_FINAL_TYPE (NatterRole, natter_role, NATTER, ROLE, GObject)

/* Properties, notified: name (construct), id, color (int 0xRRGGBB, -1: none), position (0 is the highest), hoisted. */
NatterRole         *natter_role_new             (const char *name);
void                natter_role_update          (NatterRole *self, const NatterRoleData *data);
const char         *natter_role_get_name        (NatterRole *self);
const char         *natter_role_get_id          (NatterRole *self);
int                 natter_role_get_color       (NatterRole *self);
int                 natter_role_get_position    (NatterRole *self);
gboolean            natter_role_get_hoisted     (NatterRole *self);
const char * const *natter_role_get_permissions (NatterRole *self);
gboolean            natter_role_get_self_assignable (NatterRole *self);
const char         *natter_role_get_description (NatterRole *self);
const char         *natter_role_get_category    (NatterRole *self);
/* Who may mention it; NULL: everybody */
const char * const *natter_role_get_mention_roles (NatterRole *self);

/* "#RGB", "#RRGGBB" and the CSS colour names servers use; -1 for anything else. */
int                 natter_color_parse          (const char *text);

G_END_DECLS
