/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define NATTER_TYPE_UPLOAD_BODY (natter_upload_body_get_type ())
G_DECLARE_FINAL_TYPE (NatterUploadBody, natter_upload_body, NATTER, UPLOAD_BODY, GInputStream)

GInputStream *natter_upload_body_new        (GBytes           *head,
                                             GInputStream     *file,
                                             guint64           size,
                                             gboolean          base64,
                                             GBytes           *tail);
guint64       natter_upload_body_get_length (NatterUploadBody *self);

G_END_DECLS
