/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-account.h"
#include "natter-profile.h"
#include "natter-rotur.h"
#include "natter-secrets.h"
#include "natter-server.h"
#include "natter-types.h"

G_BEGIN_DECLS

/**
 * NatterSession:
 *
 * All accounts and all servers of a profile; the root of the model.
 */
#define NATTER_TYPE_SESSION (natter_session_get_type ())
G_DECLARE_FINAL_TYPE (NatterSession, natter_session, NATTER, SESSION, GObject)

/* Properties, notified: servers (GListModel of NatterServer, in the person's order), accounts (GListModel of
 * NatterAccount), loaded. */
NatterSession *natter_session_new          (NatterProfile *profile, NatterSecrets *secrets, NatterRotur *rotur);
GListModel    *natter_session_get_servers  (NatterSession *self);
GListModel    *natter_session_get_accounts (NatterSession *self);
NatterSecrets *natter_session_get_secrets  (NatterSession *self);
NatterRotur   *natter_session_get_rotur    (NatterSession *self);

/* Reads what was stored and connects to all of it. */
void           natter_session_load_async   (NatterSession *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean       natter_session_load_finish  (NatterSession *self, GAsyncResult *result, GError **error);

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

/* Takes the server out of the list; the account on the server stays. */
void           natter_session_remove_server (NatterSession *self, NatterServer *server);

G_END_DECLS
