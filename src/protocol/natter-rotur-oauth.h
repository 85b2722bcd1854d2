/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-rotur.h"

G_BEGIN_DECLS

/**
 * NatterRoturTokens:
 *
 * What a sign-in with Rotur gives: a token, and for one that ends soon also what renews it.
 */
typedef struct
{
  char   *access;
  char   *refresh; /* good for one use; NULL: the token can't be renewed */
  gint64  expires; /* when the token ends, in s since 1970; 0: not known */
  char  **scopes;  /* what was granted; NULL: not said */
} NatterRoturTokens;

NatterRoturTokens *natter_rotur_tokens_new         (const char          *access);
NatterRoturTokens *natter_rotur_tokens_from_secret (const char          *secret);
char              *natter_rotur_tokens_to_secret   (NatterRoturTokens   *self);
void               natter_rotur_tokens_free        (NatterRoturTokens   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterRoturTokens, natter_rotur_tokens_free)

char              *natter_rotur_challenge_of       (const char          *verifier);
void               natter_rotur_swap_code_async    (NatterRotur         *self,
                                                    const char          *code,
                                                    const char          *redirect_uri,
                                                    const char          *verifier,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             data);
void               natter_rotur_refresh_async      (NatterRotur         *self,
                                                    const char          *refresh,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             data);
NatterRoturTokens *natter_rotur_tokens_finish      (NatterRotur         *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
