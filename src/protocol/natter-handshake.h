/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "natter-address.h"

G_BEGIN_DECLS

/**
 * NatterAuthMode:
 * @NATTER_AUTH_ROTUR: only Rotur accounts
 * @NATTER_AUTH_BOTH: Rotur and server accounts (`cracked` on the wire)
 * @NATTER_AUTH_SERVER: only accounts of the server itself (`cracked-only`)
 * @NATTER_AUTH_UNKNOWN: a word that this program doesn't know
 */
typedef enum
{
  NATTER_AUTH_ROTUR,
  NATTER_AUTH_BOTH,
  NATTER_AUTH_SERVER,
  NATTER_AUTH_UNKNOWN,
} NatterAuthMode;

#define NATTER_TYPE_HANDSHAKE (natter_handshake_get_type ())
G_DECLARE_FINAL_TYPE (NatterHandshake, natter_handshake, NATTER, HANDSHAKE, GObject)

/* All getters: owned by the handshake, NULL or 0 when the server didn't say. Safe limits have been put in
 * place of nonsense (a negative or zero length, a size past 64 bits). */
const char         *natter_handshake_get_name              (NatterHandshake *self);
const char         *natter_handshake_get_owner             (NatterHandshake *self);
const char         *natter_handshake_get_description       (NatterHandshake *self);
const char         *natter_handshake_get_icon              (NatterHandshake *self);
const char         *natter_handshake_get_banner            (NatterHandshake *self);
const char         *natter_handshake_get_url               (NatterHandshake *self);
const char         *natter_handshake_get_version           (NatterHandshake *self);
const char         *natter_handshake_get_validator_key     (NatterHandshake *self);
const char         *natter_handshake_get_signing_url       (NatterHandshake *self);
NatterAuthMode      natter_handshake_get_auth_mode         (NatterHandshake *self);
guint               natter_handshake_get_max_message       (NatterHandshake *self); /* code points */
guint               natter_handshake_get_max_results       (NatterHandshake *self);
gboolean            natter_handshake_get_uploads           (NatterHandshake *self);
guint64             natter_handshake_get_max_upload        (NatterHandshake *self); /* bytes */
const char * const *natter_handshake_get_upload_types      (NatterHandshake *self);
int                 natter_handshake_get_uploads_per_user  (NatterHandshake *self); /* -1: no bound */
const char * const *natter_handshake_get_permanent_tiers   (NatterHandshake *self);
const char * const *natter_handshake_get_capabilities      (NatterHandshake *self);
gboolean            natter_handshake_has_capability        (NatterHandshake *self,
                                                            const char      *name);
const char * const *natter_handshake_get_permissions       (NatterHandshake *self);
/* Whether the handshake shows a sign that only the newer servers have. */
gboolean            natter_handshake_is_new_generation     (NatterHandshake *self);
gint64              natter_handshake_get_server_time       (NatterHandshake *self); /* µs since 1970, 0: not said */
gint64              natter_handshake_get_received          (NatterHandshake *self); /* µs since 1970 */
/* (transfer full): the whole handshake as indented JSON with the validator key hidden, for people to read */
char               *natter_handshake_dup_raw               (NatterHandshake *self);
/* To be asked before a validator is made: FALSE with NATTER_ERROR_VALIDATOR_KEY when the key is for another server.
 * */
gboolean            natter_handshake_check_validator_key   (NatterHandshake *self,
                                                            NatterAddress   *address,
                                                            GError         **error);

G_END_DECLS
