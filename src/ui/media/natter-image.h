/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void          natter_image_load_async  (GFile               *file,
                                        int                  max_width,
                                        int                  max_height,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             data);
void          natter_image_load_small_async
                                       (GBytes              *bytes,
                                        int                  size,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             data);
GdkPaintable *natter_image_load_finish (GAsyncResult        *result,
                                        GError             **error);
GdkTexture   *natter_image_to_texture  (GdkPixbuf           *pixbuf,
                                        gboolean             copy);

G_END_DECLS
