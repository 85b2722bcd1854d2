/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-types.h"

G_BEGIN_DECLS

/* The roles that people may give themselves. */
GPtrArray *natter_server_dup_self_roles   (NatterServer         *self);
gboolean   natter_server_has_role         (NatterServer         *self,
                                           NatterRole           *role);
void       natter_server_take_role_async  (NatterServer         *self,
                                           NatterRole           *role,
                                           gboolean              take,
                                           GAsyncReadyCallback   callback,
                                           gpointer              data);
gboolean   natter_server_take_role_finish (NatterServer         *self,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
