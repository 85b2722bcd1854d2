/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-address.h"
#include "natter-packet-data.h"

G_BEGIN_DECLS

#define NATTER_TYPE_ATTACHMENT (natter_attachment_get_type ())
G_DECLARE_FINAL_TYPE (NatterAttachment, natter_attachment, NATTER, ATTACHMENT, GObject)

/* A file of a message. It never changes.
 * Properties: name (never empty), mime-type (lower case, "application/octet-stream" when not told), url (absolute, on the host
 * that was dialled where the server gave a relative one; NULL when it makes no sense), size (bytes, 0: not told), width and
 * height (pixels, 0: no picture or not told), expires (µs since 1970, 0: never or not told). */
NatterAttachment *natter_attachment_new           (const NatterAttachmentData *data, NatterAddress *address);
gboolean          natter_attachment_is            (NatterAttachment *self, const NatterAttachmentData *data);
const char       *natter_attachment_get_name      (NatterAttachment *self);
const char       *natter_attachment_get_mime_type (NatterAttachment *self);
const char       *natter_attachment_get_url       (NatterAttachment *self);
guint64           natter_attachment_get_size      (NatterAttachment *self);
int               natter_attachment_get_width     (NatterAttachment *self);
int               natter_attachment_get_height    (NatterAttachment *self);
gint64            natter_attachment_get_expires   (NatterAttachment *self);
/* Whether its time was over at @now, in µs since 1970: the server has probably deleted it. */
gboolean          natter_attachment_is_expired    (NatterAttachment *self, gint64 now);

G_END_DECLS
