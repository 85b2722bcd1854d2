/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-account.h"
#include "natter-connection.h"
#include "natter-group.h"
#include "natter-notify.h"
#include "natter-remote-media.h"
#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_SERVER (natter_server_get_type ())
G_DECLARE_FINAL_TYPE (NatterServer, natter_server, NATTER, SERVER, GObject)

/* One server as one account sees it. Owns a connection.
 * Properties, notified: id (construct), address (construct, boxed), account (NULL until signed in once), name (of the
 * handshake, else what was stored, else the host), icon (absolute address or NULL), state (NatterConnectionState), reason
 * (boxed GError or NULL), handshake, me (NatterMember or NULL), channels (GListModel of NatterChannel in the server's order, no
 * separators), members (GListModel of NatterMember, known ones only), unread (bool) and mentions (guint) of the channels that are not
 * muted, last-channel, group (the NatterGroup that is its folder, or NULL), has-twin (whether the same server is in the
 * list with another account), remote-media, own-remote-media (writable), notify-level, muted-until (microseconds since 1970, 0 for not), muted.
 * Signals "setting-changed" (place, key, value), "message-arrived" (NatterChannel, NatterMessage, whether it is for oneself: somebody
 * else has just written), "message-gone" (NatterChannel, id), "counts-changed" (something may be unread, read or muted now),
 * "unreads-known" (the server has told what is unread). */
NatterServer          *natter_server_new              (const char *id, NatterAddress *address, NatterSession *session);
const char            *natter_server_get_id           (NatterServer *self);
NatterAddress         *natter_server_get_address      (NatterServer *self);
NatterSession         *natter_server_get_session    (NatterServer *self);
NatterConnection      *natter_server_get_connection   (NatterServer *self);
NatterAccount         *natter_server_get_account      (NatterServer *self);
void                   natter_server_set_account      (NatterServer *self, NatterAccount *account);
NatterOutbox          *natter_server_get_outbox       (NatterServer *self);
const char            *natter_server_get_name         (NatterServer *self);
const char            *natter_server_get_icon         (NatterServer *self);
NatterConnectionState  natter_server_get_state        (NatterServer *self);
const GError          *natter_server_get_reason       (NatterServer *self);
NatterHandshake       *natter_server_get_handshake    (NatterServer *self);
NatterMember          *natter_server_get_me           (NatterServer *self);
/* What one is for others, as one has chosen it, or else as the server says. */
NatterStatus           natter_server_get_own_status   (NatterServer *self);
const char            *natter_server_get_own_status_text (NatterServer *self);
GListModel            *natter_server_get_channels     (NatterServer *self);
GListModel            *natter_server_get_members      (NatterServer *self);
NatterChannel         *natter_server_lookup_channel   (NatterServer *self, const char *name);
/* Never NULL: makes a member that is not known when there is none of that name. */
NatterMember          *natter_server_intern_member    (NatterServer *self, const char *username);
NatterRole            *natter_server_lookup_role      (NatterServer *self, const char *name);
const char            *natter_server_lookup_emoji_name (NatterServer *self, const char *id);
const char            *natter_server_lookup_emoji_id  (NatterServer *self, const char *name);
/* A list of #NatterCandidate: the emojis that the server has of its own, by name. */
GListModel            *natter_server_get_emojis       (NatterServer *self);
char                  *natter_server_write_emojis     (NatterServer *self, const char *text);
char                  *natter_server_read_emojis      (NatterServer *self, const char *text);
char                  *natter_server_dup_reaction     (NatterServer *self, const char *text);
char                 **natter_server_dup_used_emojis  (NatterServer *self);
void                   natter_server_use_emoji        (NatterServer *self, const char *text);
/* Whether one of one's roles has a permission of the whole server, "manage_messages" for example. */
gboolean               natter_server_has_permission   (NatterServer *self, const char *permission);
/* Whether one may mention a role; where one may not, the server refuses the whole message. */
gboolean               natter_server_may_mention      (NatterServer *self, NatterRole *role);
GListModel            *natter_server_get_commands     (NatterServer *self);
NatterSlashCommand    *natter_server_find_command     (NatterServer *self, const char *text);
const char            *natter_server_get_last_channel (NatterServer *self);
void                   natter_server_set_last_channel (NatterServer *self, const char *name);

NatterGroup           *natter_server_get_group        (NatterServer *self);
gboolean               natter_server_get_has_twin     (NatterServer *self);
/* What the person has set for a place: a channel, or "" for all of it. */
const char            *natter_server_get_setting      (NatterServer *self, const char *place, const char *key);
void                   natter_server_set_setting      (NatterServer *self, const char *place, const char *key, const char *value);
/* Of pictures that are on other sites. */
NatterRemoteMedia      natter_server_get_remote_media (NatterServer *self);
NatterRemoteMedia      natter_server_get_own_remote_media (NatterServer *self);
void                   natter_server_set_remote_media (NatterServer *self, NatterRemoteMedia remote_media);
gboolean               natter_server_has_site         (NatterServer *self, const char *uri);
NatterRemoteMedia      natter_server_judge_picture    (NatterServer *self, const char *uri);
NatterNotifyLevel      natter_server_get_notify_level (NatterServer *self);
void                   natter_server_set_notify_level (NatterServer *self, NatterNotifyLevel level);
gint64                 natter_server_get_muted_until  (NatterServer *self);
void                   natter_server_set_muted_until  (NatterServer *self, gint64 until);
gboolean               natter_server_get_muted        (NatterServer *self);
void                   natter_server_mark_all_read    (NatterServer *self);
/* Connects and, when an account with a secret is there, signs in, also after every reconnect. */
void                   natter_server_connect          (NatterServer *self);
void                   natter_server_disconnect       (NatterServer *self);

G_END_DECLS
