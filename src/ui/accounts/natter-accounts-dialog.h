/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterAccountsDialog:
 *
 * All identities of the person, and the way to add another.
 */
#define NATTER_TYPE_ACCOUNTS_DIALOG (natter_accounts_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterAccountsDialog, natter_accounts_dialog, NATTER, ACCOUNTS_DIALOG, AdwDialog)

AdwDialog *natter_accounts_dialog_new (NatterSession *session);

G_END_DECLS
