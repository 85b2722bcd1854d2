/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-store.h"

G_BEGIN_DECLS

void    natter_store_load_pins_async  (NatterStore         *self,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             data);
char  **natter_store_load_pins_finish (NatterStore         *self,
                                       GAsyncResult        *result,
                                       GError             **error);
void    natter_store_add_pin_async    (NatterStore         *self,
                                       const char          *sum,
                                       const char          *place,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             data);

G_END_DECLS
