/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-packet.h"
#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_MEMBER (natter_member_get_type ())
G_DECLARE_FINAL_TYPE (NatterMember, natter_member, NATTER, MEMBER, GObject)

/* One person as one server knows them; one object for one user name (compared without case). People who only appear as
 * authors (left, webhook, plugin) are members with `known` FALSE and are in no list.
 * Properties, notified: username (construct), name (what to show: nickname, display name, else the user name
 * without its `USR:local_`), nickname, status (NatterStatus), status-text, online (status is not offline and not invisible),
 * color (int 0xRRGGBB of the first role that has one, -1), section (string: name of the highest hoisted role when online, else
 * NULL), section-position (int), avatar (address or NULL), known, blocked (by oneself), server-account, role-names (strv). */
NatterMember       *natter_member_new            (const char *username);
const char         *natter_member_get_username   (NatterMember *self);
const char         *natter_member_get_name       (NatterMember *self);
NatterStatus        natter_member_get_status     (NatterMember *self);
const char         *natter_member_get_status_text (NatterMember *self);
gboolean            natter_member_get_online     (NatterMember *self);
int                 natter_member_get_color      (NatterMember *self);
const char         *natter_member_get_section    (NatterMember *self);
const char         *natter_member_get_avatar     (NatterMember *self);
gboolean            natter_member_get_known      (NatterMember *self);
gboolean            natter_member_get_blocked    (NatterMember *self);
const char * const *natter_member_get_role_names (NatterMember *self);

G_END_DECLS
