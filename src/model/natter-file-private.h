/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-file.h"
#include "natter-packet.h"

G_BEGIN_DECLS

NatterFile                 *_natter_file_new            (NatterChannel *channel,
                                                         GFile         *file,
                                                         const char    *name);
void                        _natter_file_stop           (NatterFile    *self);
const NatterAttachmentData *_natter_file_get_attachment (NatterFile    *self);

G_END_DECLS
