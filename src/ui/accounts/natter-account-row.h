/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-account.h"

G_BEGIN_DECLS

/**
 * NatterAccountRow:
 *
 * An account in a list: picture, name, where it is good, and whether one has to sign in again. Follows the account.
 */
#define NATTER_TYPE_ACCOUNT_ROW (natter_account_row_get_type ())
G_DECLARE_FINAL_TYPE (NatterAccountRow, natter_account_row, NATTER, ACCOUNT_ROW, AdwActionRow)

GtkWidget     *natter_account_row_new         (NatterAccount    *account);
NatterAccount *natter_account_row_get_account (NatterAccountRow *self);

G_END_DECLS
