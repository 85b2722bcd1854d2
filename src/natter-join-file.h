/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-session.h"

G_BEGIN_DECLS

void          natter_join_file_async  (GFile *file, NatterSession *session, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
NatterServer *natter_join_file_finish (GAsyncResult *result, GError **error);

G_END_DECLS
