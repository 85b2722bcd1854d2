/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-packet-data.h"
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

/**
 * NatterTokenKind:
 * @NATTER_TOKEN_UNKNOWN: not known yet, or no Rotur account
 * @NATTER_TOKEN_MAIN: the main token of the account, which may do everything
 * @NATTER_TOKEN_LIMITED: one of limited rights that lasts until it is revoked
 * @NATTER_TOKEN_RENEWED: one of limited rights that ends soon and is renewed
 *
 * Which kind of token is kept of a Rotur account.
 */
typedef enum
{
  NATTER_TOKEN_UNKNOWN,
  NATTER_TOKEN_MAIN,
  NATTER_TOKEN_LIMITED,
  NATTER_TOKEN_RENEWED,
} NatterTokenKind;

/* What Rotur makes a proof of who one is for, without which one can sign in to no server. */
#define NATTER_ACCOUNT_PERMISSION_SIGN_IN "validators:generate"

/**
 * NatterAccountLack:
 * @NATTER_ACCOUNT_LACKS_NOTHING: it may
 * @NATTER_ACCOUNT_LACKS_ROTUR: it is no Rotur account
 * @NATTER_ACCOUNT_LACKS_SIGN_IN: the person has to sign in again first
 * @NATTER_ACCOUNT_LACKS_PERMISSION: the person left out the permission when signing in
 *
 * Why an account may not do something with Rotur.
 */
typedef enum
{
  NATTER_ACCOUNT_LACKS_NOTHING,
  NATTER_ACCOUNT_LACKS_ROTUR,
  NATTER_ACCOUNT_LACKS_SIGN_IN,
  NATTER_ACCOUNT_LACKS_PERMISSION,
} NatterAccountLack;

/* How long the text of a status may be, in characters. */
#define NATTER_STATUS_TEXT_MAX 100

#define NATTER_TYPE_ACCOUNT (natter_account_get_type ())
G_DECLARE_FINAL_TYPE (NatterAccount, natter_account, NATTER, ACCOUNT, GObject)

/* Properties: id (construct; a UUID of ours, the key of its secret), kind (construct), name (the user name as typed, or
 * Rotur's), server (text of the address, NULL for Rotur accounts), rotur-id, picture (address), session-only (the secret
 * is in memory alone), blocked (strv of user names), needs-sign-in (the secret is missing or was refused), token-kind (int),
 * permissions (strv, of the token; NULL: not known), by-query (proofs are made the old way), status (int; notify::status
 * tells of its text too). The secret itself is never in here. */
NatterAccount     *natter_account_new               (const char *id, NatterAccountKind kind, const char *name, const char *server);
const char        *natter_account_get_id            (NatterAccount *self);
NatterAccountKind  natter_account_get_kind          (NatterAccount *self);
const char        *natter_account_get_name          (NatterAccount *self);
void               natter_account_set_name          (NatterAccount *self, const char *name);
const char        *natter_account_get_server        (NatterAccount *self);
const char        *natter_account_get_picture       (NatterAccount *self);
NatterTokenKind    natter_account_get_token_kind    (NatterAccount *self);
const char * const *natter_account_get_permissions  (NatterAccount *self);
/* Whether it may do something with Rotur, such as "friends:view"; notify::permissions and notify::needs-sign-in tell
 * when that changes. */
NatterAccountLack  natter_account_get_lack          (NatterAccount *self, const char *permission);
/* What a keyring program shows: "Natter: wren on chat.example.org". */
char              *natter_account_dup_label         (NatterAccount *self);
gboolean           natter_account_get_session_only  (NatterAccount *self);
void               natter_account_set_session_only  (NatterAccount *self, gboolean session_only);
/* Names of the people whom one has blocked with this account, compared without case. */
const char * const *natter_account_get_blocked      (NatterAccount *self);
void               natter_account_set_blocked       (NatterAccount *self, const char * const *names);
gboolean           natter_account_has_blocked       (NatterAccount *self, const char *username);
/* What one has chosen to be for others; NATTER_STATUS_OFFLINE when one never has. */
NatterStatus       natter_account_get_status        (NatterAccount *self);
const char        *natter_account_get_status_text   (NatterAccount *self);
void               natter_account_set_status        (NatterAccount *self, NatterStatus status, const char *text);
gboolean           natter_account_get_needs_sign_in (NatterAccount *self);
void               natter_account_set_needs_sign_in (NatterAccount *self, gboolean needs_sign_in);

G_END_DECLS
