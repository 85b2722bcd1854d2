/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-account.h"

G_BEGIN_DECLS

const char *_natter_account_get_rotur_id (NatterAccount *self);
void        _natter_account_set_rotur_id (NatterAccount *self,
                                          const char    *rotur_id);

G_END_DECLS
