/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-store.h"

G_BEGIN_DECLS

/* As many are kept */
#define NATTER_STORE_VISITS 100

void    natter_store_load_visits_async  (NatterStore         *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             data);
char  **natter_store_load_visits_finish (NatterStore         *self,
                                         GAsyncResult        *result,
                                         GError             **error);
void    natter_store_add_visit_async    (NatterStore         *self,
                                         const char          *server_id,
                                         const char          *channel,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             data);

G_END_DECLS
