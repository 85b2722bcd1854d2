/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-session.h"

G_BEGIN_DECLS

/**
 * NatterAccountPage:
 *
 * All about one account: where its secret is, what it may do, which servers use it; to sign in again, and to remove it.
 *
 * Signal "removed": the account is gone.
 */
#define NATTER_TYPE_ACCOUNT_PAGE (natter_account_page_get_type ())
G_DECLARE_FINAL_TYPE (NatterAccountPage, natter_account_page, NATTER, ACCOUNT_PAGE, AdwNavigationPage)

AdwNavigationPage *natter_account_page_new (NatterSession *session,
                                            NatterAccount *account);

G_END_DECLS
