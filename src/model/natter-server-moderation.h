/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-types.h"

G_BEGIN_DECLS

/* What moderators do with people. */
gboolean natter_server_may_time_out        (NatterServer         *self,
                                            NatterMember         *member);
gboolean natter_server_may_give_reason     (NatterServer         *self);
void     natter_server_time_out_async      (NatterServer         *self,
                                            NatterMember         *member,
                                            guint                 seconds,
                                            NatterChannel        *channel,
                                            const char           *reason,
                                            GAsyncReadyCallback   callback,
                                            gpointer              data);
gboolean natter_server_time_out_finish     (NatterServer         *self,
                                            GAsyncResult         *result,
                                            GError              **error);

G_END_DECLS
