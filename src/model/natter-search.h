/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-cache-search.h"
#include "natter-search-hit.h"
#include "natter-session.h"

G_BEGIN_DECLS

#define NATTER_TYPE_SEARCH (natter_search_get_type ())
G_DECLARE_FINAL_TYPE (NatterSearch, natter_search, NATTER, SEARCH, GObject)

/* What a person looks for, over all servers and accounts: a GListModel of NatterSearchHit, each message once. What is kept
 * is found while one types, without any connection; what is not kept, the server of the channel in which one is, or those
 * of the channels that were named with "in:", are asked for a little later.
 * Properties, notified: text (what was typed, see natter_search_query_parse()), channel (NatterChannel in which the person
 * is, NULL), order (int, a NatterSearchOrder), n-items, loading (something is on its way), at-end (no more is kept), error
 * (GError, boxed, NULL). */
NatterSearch *natter_search_new         (NatterSession     *session);
const char   *natter_search_get_text    (NatterSearch      *self);
void          natter_search_set_text    (NatterSearch      *self,
                                         const char        *text);
void          natter_search_set_channel (NatterSearch      *self,
                                         NatterChannel     *channel);
void          natter_search_set_order   (NatterSearch      *self,
                                         NatterSearchOrder  order);
gboolean      natter_search_get_loading (NatterSearch      *self);
gboolean      natter_search_get_at_end  (NatterSearch      *self);
const GError *natter_search_get_error   (NatterSearch      *self);
void          natter_search_load_more   (NatterSearch      *self);

G_END_DECLS
