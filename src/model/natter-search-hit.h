/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-search-query.h"
#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_SEARCH_HIT (natter_search_hit_get_type ())
G_DECLARE_FINAL_TYPE (NatterSearchHit, natter_search_hit, NATTER, SEARCH_HIT, GObject)

/* A message that was found. Properties, construct-only: server (NatterServer), channel-name (NULL: not known), thread-id
 * (NULL: the channel itself), message-id, author (NatterMember), author-name, content, time (gint64 µs). Property, notified:
 * query (what was looked for, for the parts that are to be marked). */
NatterServer            *natter_search_hit_get_server       (NatterSearchHit *self);
/* NULL: the server does not list it */
NatterChannel           *natter_search_hit_get_channel      (NatterSearchHit *self);
const char              *natter_search_hit_get_channel_name (NatterSearchHit *self);
const char              *natter_search_hit_get_thread_id    (NatterSearchHit *self);
const char              *natter_search_hit_get_message_id   (NatterSearchHit *self);
NatterMember            *natter_search_hit_get_author       (NatterSearchHit *self);
const char              *natter_search_hit_get_author_name  (NatterSearchHit *self);
const char              *natter_search_hit_get_content      (NatterSearchHit *self);
char                    *natter_search_hit_dup_plain        (NatterSearchHit *self);
gint64                   natter_search_hit_get_time         (NatterSearchHit *self);
GArray                  *natter_search_hit_get_ranges       (NatterSearchHit *self,
                                                              const char      *text);

G_END_DECLS
