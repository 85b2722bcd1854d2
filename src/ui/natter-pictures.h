/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void        natter_pictures_load_async  (const char          *uri,
                                         int                  size,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             data);
GdkTexture *natter_pictures_load_finish (GAsyncResult        *result,
                                         GError             **error);
GdkTexture *natter_pictures_lookup      (const char          *uri,
                                         int                  size);
void        natter_pictures_clear       (void);

G_END_DECLS
