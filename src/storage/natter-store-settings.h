/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-database.h"
#include "natter-store.h"

G_BEGIN_DECLS

GPtrArray *natter_store_read_folders  (NatterDatabase  *database,
                                       GError         **error);
GPtrArray *natter_store_read_settings (NatterDatabase  *database,
                                       GError         **error);

G_END_DECLS
