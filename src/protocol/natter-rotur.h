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
/* Forgets all that was made with the token, for signing out. */
void                 natter_rotur_forget               (NatterRotur         *self,
                                                        const char          *token);

G_END_DECLS
