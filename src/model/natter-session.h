/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-account.h"
#include "natter-cache.h"
#include "natter-credentials.h"
#include "natter-profile.h"
#include "natter-remote-media.h"
#include "natter-rotur-oauth.h"
#include "natter-secrets.h"
#include "natter-server.h"
#include "natter-types.h"
#include "natter-visits.h"

G_BEGIN_DECLS

/**
 * NatterSession:
 *
 * All accounts and all servers of a profile; the root of the model.
 */
#define NATTER_TYPE_SESSION (natter_session_get_type ())
G_DECLARE_FINAL_TYPE (NatterSession, natter_session, NATTER, SESSION, GObject)

/* Properties, notified: servers (GListModel of NatterServer, in the person's order), accounts (GListModel of
 * NatterAccount), loaded (the first server is as it last was), restored (all of them
 * are), send-typing (writable: whether others see that one is writing), send-read-marks (writable), remote-media and skin-tone (writable).
 * Signal "act-failed" (NatterChannel, id of the message or NULL, NatterAct, GError): what was done was refused, wherever. */
NatterSession *natter_session_new          (NatterProfile *profile, NatterSecrets *secrets, NatterRotur *rotur);
GListModel    *natter_session_get_servers  (NatterSession *self);
GListModel    *natter_session_get_accounts (NatterSession *self);
NatterSecrets *natter_session_get_secrets  (NatterSession *self);
NatterRotur   *natter_session_get_rotur    (NatterSession *self);
/* For a password, or a token that is good now. */
NatterCredentials *natter_session_get_credentials (NatterSession *self);

/* Reads what was kept. Nothing is connected to before natter_session_connect(): so that the window shows it first. */
void           natter_session_set_first    (NatterSession *self, const char *server);
void           natter_session_load_async   (NatterSession *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean       natter_session_load_finish  (NatterSession *self, GAsyncResult *result, GError **error);
void           natter_session_connect      (NatterSession *self);
gboolean       natter_session_get_restored (NatterSession *self);
NatterVisits  *natter_session_get_visits   (NatterSession *self);
gboolean       natter_session_get_send_typing (NatterSession *self);
void           natter_session_set_send_typing (NatterSession *self, gboolean send_typing);
gboolean       natter_session_get_send_read_marks (NatterSession *self);
void           natter_session_set_send_read_marks (NatterSession *self, gboolean send_read_marks);
NatterRemoteMedia
               natter_session_get_remote_media (NatterSession *self);
void           natter_session_set_remote_media (NatterSession *self, NatterRemoteMedia remote_media);
guint          natter_session_get_skin_tone (NatterSession *self);
void           natter_session_set_skin_tone (NatterSession *self, guint skin_tone);
gboolean       natter_session_wind_up      (NatterSession *self);
/* Ends it, and waits until all is on disk: the last that is done with it. */
void           natter_session_close        (NatterSession *self);
NatterCache   *natter_session_get_cache    (NatterSession *self);

/* A server that is in no list yet, for the Add Server dialog to connect to and look at. (transfer full) */
NatterServer  *natter_session_new_server   (NatterSession *self, NatterAddress *address);

/* Signs in to @server (state HANDSHAKE). When that worked: makes the account, keeps the secret (in the Secret Service, or
 * in memory when @session_only), appends the server to the list and stores both. NATTER_ERROR_NO_SECRETS comes BEFORE
 * anything is sent, so that the person can choose @session_only. @register_account: make the account on the server. */
void           natter_session_join_with_password_async (NatterSession *self, NatterServer *server, const char *username, const char *password, gboolean register_account, gboolean session_only, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* With a Rotur token that was pasted. */
void           natter_session_join_with_token_async    (NatterSession *self, NatterServer *server, const char *token, gboolean session_only, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* With an account that is there already. */
void           natter_session_join_with_account_async  (NatterSession *self, NatterServer *server, NatterAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean       natter_session_join_finish              (NatterSession *self, GAsyncResult *result, GError **error);

/* Keeps a Rotur account, new or known by its id, with other tokens. */
void           natter_session_add_account_async     (NatterSession *self, NatterRoturTokens *tokens, NatterRoturIdentity *identity, gboolean session_only, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
NatterAccount *natter_session_add_account_finish    (NatterSession *self, GAsyncResult *result, GError **error);
/* With the servers that use it, its secret, and all that was made with it. */
void           natter_session_remove_account_async  (NatterSession *self, NatterAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean       natter_session_remove_account_finish (NatterSession *self, GAsyncResult *result, GError **error);

/**
 * NatterPlacement:
 *
 * Where something goes, seen from something else in the list.
 */
typedef enum
{
  NATTER_PLACE_BEFORE,
  NATTER_PLACE_AFTER,
  NATTER_PLACE_INTO,
} NatterPlacement;

/* The order of the servers, and the folders that they are in. An item is a NatterServer or the NatterGroup of a folder. */
void           natter_session_place           (NatterSession *self, gpointer item, gpointer target, NatterPlacement placement);
gboolean       natter_session_step            (NatterSession *self, gpointer item, int step);
NatterGroup   *natter_session_new_folder      (NatterSession *self, const char *title, NatterServer *server);
void           natter_session_set_folder      (NatterSession *self, NatterServer *server, NatterGroup *folder);
void           natter_session_dissolve_folder (NatterSession *self, NatterGroup *folder);
GListModel    *natter_session_get_folders     (NatterSession *self);

/**
 * NatterPlace:
 * @server: (nullable): the server, when it is in the list
 * @address: where it is, with the invitation that was in the link
 * @channel: (nullable): name of a channel; hostile text, as all that follows
 * @thread: (nullable): id of a thread
 * @message: (nullable): id of a message
 *
 * What a link is about.
 */
typedef struct
{
  NatterServer  *server;
  NatterAddress *address;
  char          *channel;
  char          *thread;
  char          *message;
} NatterPlace;

void           natter_place_free              (NatterPlace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterPlace, natter_place_free)

NatterServer  *natter_session_find_server     (NatterSession *self, NatterAddress *address, NatterServer *preferred);
NatterPlace   *natter_session_find_link       (NatterSession *self, const char *text, NatterServer *preferred, GError **error);

/* The next or previous channel with something to read, over all servers. */
NatterChannel *natter_session_find_unread     (NatterSession *self, NatterChannel *from, int step);

/* Takes the server out of the list; the account on the server stays, and what is kept of it until it is forgotten. */
void           natter_session_remove_server   (NatterSession *self, NatterServer *server);
gboolean       natter_session_restore_server  (NatterSession *self, NatterServer *server);
void           natter_session_forget_server   (NatterSession *self, NatterServer *server);

/* Deletes one's account on the server, then does all of the above. */
void           natter_session_leave_server_async  (NatterSession *self, NatterServer *server, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean       natter_session_leave_server_finish (NatterSession *self, GAsyncResult *result, GError **error);

/* natter-session-blocks.c: what Rotur knows of people, for those who have an account with it. */
gboolean       natter_session_may_block    (NatterSession *self, NatterAccount *account, NatterMember *member);
void           natter_session_block_async  (NatterSession *self, NatterAccount *account, NatterMember *member, gboolean block, GAsyncReadyCallback callback, gpointer data);
gboolean       natter_session_block_finish (NatterSession *self, GAsyncResult *result, GError **error);
gboolean       natter_session_has_profile  (NatterSession *self, NatterAccount *account, NatterMember *member);

G_END_DECLS
