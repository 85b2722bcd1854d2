/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_ATTACHMENTS_VIEW (natter_attachments_view_get_type ())
G_DECLARE_FINAL_TYPE (NatterAttachmentsView, natter_attachments_view, NATTER, ATTACHMENTS_VIEW, AdwBin)

GtkWidget *natter_attachments_view_new (void);
void       natter_attachments_view_set (NatterAttachmentsView *self,
                                        GListModel            *attachments,
                                        NatterServer          *server);

G_END_DECLS
