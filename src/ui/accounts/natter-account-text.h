/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-account.h"

G_BEGIN_DECLS

char       *natter_account_text_dup_kind  (NatterAccount     *account);
const char *natter_account_text_get_place (NatterAccount     *account);
const char *natter_account_text_get_token (NatterAccount     *account);
const char *natter_account_text_get_lack  (NatterAccount *account);

G_END_DECLS
