/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-account.h"

G_BEGIN_DECLS

const char *_natter_account_get_rotur_id (NatterAccount *self);
void        _natter_account_set_rotur_id (NatterAccount *self,
                                          const char    *rotur_id);
void        _natter_account_set_picture     (NatterAccount      *self,
                                             const char         *picture);
void        _natter_account_set_token_kind  (NatterAccount      *self,
                                             NatterTokenKind     kind);
void        _natter_account_set_permissions (NatterAccount      *self,
                                             const char * const *permissions);
gboolean    _natter_account_get_by_query    (NatterAccount      *self);
void        _natter_account_set_by_query    (NatterAccount      *self,
                                             gboolean            by_query);

G_END_DECLS
