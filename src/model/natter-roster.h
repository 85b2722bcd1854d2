/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-address.h"
#include "natter-packet.h"
#include "natter-types.h"

G_BEGIN_DECLS

/* The people and the roles of one server: one object for one name. */
typedef struct _NatterRoster NatterRoster;

NatterRoster *natter_roster_new         (NatterAddress        *address);
void          natter_roster_free        (NatterRoster         *self);
GListModel   *natter_roster_get_members (NatterRoster         *self);
NatterMember *natter_roster_lookup      (NatterRoster         *self,
                                         const char           *username);
NatterMember *natter_roster_intern      (NatterRoster         *self,
                                         const char           *username);
/* Whom one has blocked: names in any case. */
void          natter_roster_set_blocked (NatterRoster         *self,
                                         const char * const   *names);
void          natter_roster_show_foreign
                                        (NatterRoster         *self,
                                         gboolean              shows_foreign);
NatterRole   *natter_roster_lookup_role (NatterRoster         *self,
                                         const char           *name);
GPtrArray    *natter_roster_dup_roles   (NatterRoster         *self);
void          natter_roster_set_users   (NatterRoster         *self,
                                         GPtrArray            *users);
void          natter_roster_set_roles   (NatterRoster         *self,
                                         GPtrArray            *roles);
NatterMember *natter_roster_update      (NatterRoster         *self,
                                         const NatterUserData *data);
void          natter_roster_add         (NatterRoster         *self,
                                         NatterMember         *member);
void          natter_roster_remove      (NatterRoster         *self,
                                         const char           *username);
void          natter_roster_set_status  (NatterRoster         *self,
                                         const char           *username,
                                         NatterStatus          status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterRoster, natter_roster_free)

G_END_DECLS
