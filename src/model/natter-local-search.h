/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-search-hit.h"
#include "natter-session.h"
#include "natter-switch-item.h"

G_BEGIN_DECLS

void       natter_local_search_async  (NatterSession       *session,
                                       const char          *text,
                                       guint                most_places,
                                       guint                most_messages,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             data);
GPtrArray *natter_local_search_finish (NatterSession       *session,
                                       GAsyncResult        *result,
                                       GError             **error);

G_END_DECLS
