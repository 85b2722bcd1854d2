/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-types.h"

G_BEGIN_DECLS

/**
 * NatterAccountKind:
 * @NATTER_ACCOUNT_SERVER: an account of one server, with user name and password
 * @NATTER_ACCOUNT_ROTUR: a Rotur account, with a token, good on many servers
 */
typedef enum
{
  NATTER_ACCOUNT_SERVER,
  NATTER_ACCOUNT_ROTUR,
} NatterAccountKind;

#define NATTER_TYPE_ACCOUNT (natter_account_get_type ())
G_DECLARE_FINAL_TYPE (NatterAccount, natter_account, NATTER, ACCOUNT, GObject)

/* Properties: id (construct; a UUID of ours, the key of its secret), kind (construct), name (the user name as typed, or
 * Rotur's), server (text of the address, NULL for Rotur accounts), rotur-id, session-only (the secret is in memory
 * alone), needs-sign-in (the secret is missing or was refused). The secret itself is never in here. */
NatterAccount     *natter_account_new               (const char *id, NatterAccountKind kind, const char *name, const char *server);
const char        *natter_account_get_id            (NatterAccount *self);
NatterAccountKind  natter_account_get_kind          (NatterAccount *self);
const char        *natter_account_get_name          (NatterAccount *self);
void               natter_account_set_name          (NatterAccount *self, const char *name);
const char        *natter_account_get_server        (NatterAccount *self);
gboolean           natter_account_get_session_only  (NatterAccount *self);
void               natter_account_set_session_only  (NatterAccount *self, gboolean session_only);
gboolean           natter_account_get_needs_sign_in (NatterAccount *self);
void               natter_account_set_needs_sign_in (NatterAccount *self, gboolean needs_sign_in);

G_END_DECLS
