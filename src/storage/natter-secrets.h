/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-profile.h"

G_BEGIN_DECLS

/**
 * NatterSecrets:
 *
 * Tokens and passwords: in the Secret Service through libsecret, or in memory for this run alone, and
 * nowhere else. Buffers are wiped. Errors are %NATTER_ERROR_SECRETS_LOCKED when the keyring is locked and the person does
 * not open it, else %NATTER_ERROR_NO_SECRETS.
 */
#define NATTER_TYPE_SECRETS (natter_secrets_get_type ())
G_DECLARE_FINAL_TYPE (NatterSecrets, natter_secrets, NATTER, SECRETS, GObject)

NatterSecrets *natter_secrets_new            (NatterProfile *profile);
/* Whether something can be stored, unlocking if need be (may ask the person). */
void           natter_secrets_check_async    (NatterSecrets *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean       natter_secrets_check_finish   (NatterSecrets *self, GAsyncResult *result, GError **error);
/* @label: what a keyring program shows, e.g. "Natter: wren on chat.example.org". */
void           natter_secrets_store_async    (NatterSecrets *self, const char *account_id, const char *label, const char *secret, gboolean session_only, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean       natter_secrets_store_finish   (NatterSecrets *self, GAsyncResult *result, GError **error);
/* NULL without error: there is none. Free the result with natter_secret_free(). */
void           natter_secrets_lookup_async   (NatterSecrets *self, const char *account_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char          *natter_secrets_lookup_finish  (NatterSecrets *self, GAsyncResult *result, GError **error);
void           natter_secrets_forget_async   (NatterSecrets *self, const char *account_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean       natter_secrets_forget_finish  (NatterSecrets *self, GAsyncResult *result, GError **error);
void           natter_secret_free            (char *secret);

G_END_DECLS
