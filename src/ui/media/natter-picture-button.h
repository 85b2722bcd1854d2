/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-picture-view.h"
#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_PICTURE_BUTTON (natter_picture_button_get_type ())
G_DECLARE_FINAL_TYPE (NatterPictureButton, natter_picture_button, NATTER, PICTURE_BUTTON, GtkButton)

GtkWidget         *natter_picture_button_new      (NatterServer        *server);
void               natter_picture_button_set      (NatterPictureButton *self,
                                                   const char          *uri,
                                                   int                  width,
                                                   int                  height);
NatterPictureView *natter_picture_button_get_view (NatterPictureButton *self);

G_END_DECLS
