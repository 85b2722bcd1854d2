/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterRoturSignInDialog:
 *
 * Adds a Rotur account, or signs in to one again: in the browser, with a code, or with a token that is pasted.
 *
 * Signal "signed-in" (NatterAccount *): the account is in the list.
 */
#define NATTER_TYPE_ROTUR_SIGN_IN_DIALOG (natter_rotur_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterRoturSignInDialog, natter_rotur_sign_in_dialog, NATTER, ROTUR_SIGN_IN_DIALOG, AdwDialog)

AdwDialog *natter_rotur_sign_in_dialog_new         (NatterSession           *session);
void       natter_rotur_sign_in_dialog_set_account (NatterRoturSignInDialog *self,
                                                    NatterAccount           *account);

G_END_DECLS
