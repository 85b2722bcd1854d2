/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-message.h"

G_BEGIN_DECLS

void     _natter_message_set_pending   (NatterMessage           *self);
void     _natter_message_set_failed    (NatterMessage           *self,
                                        const GError            *error,
                                        gboolean                 was_sent);
void     _natter_message_set_sent      (NatterMessage           *self,
                                        const NatterMessageData *data);
void     _natter_message_set_content   (NatterMessage           *self,
                                        const char              *content);
void     _natter_message_set_reply     (NatterMessage           *self,
                                        const char              *author_name,
                                        const char              *text);
gboolean _natter_message_may_be        (NatterMessage           *self,
                                        const NatterMessageData *data);
void     _natter_message_follow        (NatterMessage           *self,
                                        NatterMessage           *before,
                                        gboolean                 is_first);

G_END_DECLS
