/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-account.h"
#include "natter-rotur.h"
#include "natter-secrets.h"
#include "natter-validator-key.h"

G_BEGIN_DECLS

/**
 * NatterCredentials:
 *
 * What accounts sign in with: passwords as they are kept, and tokens that are good now. A token that ends is renewed
 * ahead of that, and once however many ask at a time.
 */
#define NATTER_TYPE_CREDENTIALS (natter_credentials_get_type ())
G_DECLARE_FINAL_TYPE (NatterCredentials, natter_credentials, NATTER, CREDENTIALS, GObject)

NatterCredentials   *natter_credentials_new         (NatterSecrets        *secrets,
                                                     NatterRotur          *rotur);
NatterSecrets       *natter_credentials_get_secrets (NatterCredentials    *self);
NatterRotur         *natter_credentials_get_rotur   (NatterCredentials    *self);
/* Validator keys that were seen at servers. */
NatterValidatorPins *natter_credentials_get_pins    (NatterCredentials    *self);
void                 natter_credentials_get_async   (NatterCredentials    *self,
                                                     NatterAccount        *account,
                                                     const char           *refused,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              data);
char                *natter_credentials_get_finish  (NatterCredentials    *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

G_END_DECLS
