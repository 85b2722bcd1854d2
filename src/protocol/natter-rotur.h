/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-error.h"

G_BEGIN_DECLS

/**
 * NatterRoturIdentity:
 *
 * Whose token it is and what it may do.
 */
typedef struct
{
  char    *id;       /* stable; NULL when the API didn't say */
  char    *username;
  char    *picture;  /* address; NULL when this API has none */
  gboolean is_main;  /* the main token: it may do everything */
  char   **permissions;
} NatterRoturIdentity;

void natter_rotur_identity_free (NatterRoturIdentity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterRoturIdentity, natter_rotur_identity_free)

#define NATTER_TYPE_ROTUR (natter_rotur_get_type ())
G_DECLARE_FINAL_TYPE (NatterRotur, natter_rotur, NATTER, ROTUR, GObject)

/* @base: "https://api.rotur.dev" or a stand-in; plain http only to loopback. The token travels in the Authorization
 * header, to this base alone, and never through a redirect to another host. */
NatterRotur         *natter_rotur_new                  (const char          *base,
                                                        GError             **error);
const char          *natter_rotur_get_base             (NatterRotur         *self);
/* How long one call may take, in ms; 20 s unless set. */
void                 natter_rotur_set_time_limit       (NatterRotur         *self,
                                                        guint                limit_ms);

/* For signing in with OAuth: who this program is. */
void                 natter_rotur_set_client           (NatterRotur         *self,
                                                        const char          *client_id,
                                                        const guint16       *ports);
const char          *natter_rotur_get_client_id        (NatterRotur         *self);
void                 natter_rotur_set_patience         (NatterRotur         *self,
                                                        guint                browser_ms,
                                                        guint                poll_ms);
/* Where people go: "https://rotur.dev". */
char                *natter_rotur_dup_site             (NatterRotur         *self);
char                *natter_rotur_dup_picture          (NatterRotur         *self,
                                                        const char          *username);

void                 natter_rotur_identify_async       (NatterRotur         *self,
                                                        const char          *token,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             data);
NatterRoturIdentity *natter_rotur_identify_finish      (NatterRotur         *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);

void                 natter_rotur_get_validator_async  (NatterRotur         *self,
                                                        const char          *token,
                                                        const char          *validator_key,
                                                        GCancellable        *cancellable,
                                                        GAsyncReadyCallback  callback,
                                                        gpointer             data);
char                *natter_rotur_get_validator_finish (NatterRotur         *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);
/* The chat server refused the validator: the next one is made anew. */
void                 natter_rotur_drop_validator       (NatterRotur         *self,
                                                        const char          *token,
                                                        const char          *validator_key);
gboolean             natter_rotur_is_limited           (const char          *token);
/* Which way to a validator works with the token; natter_rotur_get_validator_async() takes it. */
void                 natter_rotur_set_by_query         (NatterRotur         *self,
                                                        const char          *token,
                                                        gboolean             by_query);
gboolean             natter_rotur_get_by_query         (NatterRotur         *self,
                                                        const char          *token);
/* Forgets all that was made with the token, for signing out. */
void                 natter_rotur_forget               (NatterRotur         *self,
                                                        const char          *token);

G_END_DECLS
