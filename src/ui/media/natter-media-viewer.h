/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-attachment.h"

G_BEGIN_DECLS

#define NATTER_TYPE_MEDIA_VIEWER (natter_media_viewer_get_type ())
G_DECLARE_FINAL_TYPE (NatterMediaViewer, natter_media_viewer, NATTER, MEDIA_VIEWER, AdwDialog)

void natter_media_viewer_present (GtkWidget        *parent,
                                  GListModel       *pictures,
                                  NatterAttachment *first);

G_END_DECLS
