/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NatterLoopback:
 *
 * Waits on 127.0.0.1 for the one request with which a browser comes back from a sign-in. All others are answered
 * with 404: of another path, method or `Host` header, and every one after the first.
 */
#define NATTER_TYPE_LOOPBACK (natter_loopback_get_type ())
G_DECLARE_FINAL_TYPE (NatterLoopback, natter_loopback, NATTER, LOOPBACK, GObject)

NatterLoopback *natter_loopback_new         (const guint16        *ports,
                                             const char           *path,
                                             GError              **error);
const char     *natter_loopback_get_uri     (NatterLoopback       *self);
void            natter_loopback_wait_async  (NatterLoopback       *self,
                                             guint                 limit_ms,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              data);
GHashTable     *natter_loopback_wait_finish (NatterLoopback       *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
