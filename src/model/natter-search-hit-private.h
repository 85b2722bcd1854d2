/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-packet.h"
#include "natter-search-hit.h"

G_BEGIN_DECLS

NatterSearchHit *_natter_search_hit_new       (NatterServer            *server,
                                               const char              *channel,
                                               const char              *thread_id,
                                               const NatterMessageData *message);
void             _natter_search_hit_update    (NatterSearchHit         *self,
                                               const NatterMessageData *message);
void             _natter_search_hit_set_query (NatterSearchHit         *self,
                                               NatterSearchQuery       *query);
const char      *_natter_search_hit_get_key   (NatterSearchHit         *self);
char            *_natter_search_hit_make_key  (NatterServer            *server,
                                               const char              *message_id);

G_END_DECLS
