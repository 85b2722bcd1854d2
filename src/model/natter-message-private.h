/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-message.h"

G_BEGIN_DECLS

void     _natter_message_set_pending   (NatterMessage           *self);
void     _natter_message_set_failed    (NatterMessage           *self,
                                        const GError            *error);
void     _natter_message_set_waiting   (NatterMessage           *self,
                                        gboolean                 waiting);
void     _natter_message_set_time      (NatterMessage           *self,
                                        gint64                   time);
void     _natter_message_set_author    (NatterMessage           *self,
                                        NatterMember            *author);
void     _natter_message_set_sent      (NatterMessage           *self,
                                        const NatterMessageData *data);
void     _natter_message_set_content   (NatterMessage           *self,
                                        const char              *content);
void     _natter_message_set_reply     (NatterMessage           *self,
                                        const char              *author_name,
                                        const char              *text);
void     _natter_message_follow        (NatterMessage           *self,
                                        NatterMessage           *before,
                                        gboolean                 is_first);

G_END_DECLS
