/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-cache.h"
#include "natter-search-query.h"

G_BEGIN_DECLS

typedef enum
{
  NATTER_SEARCH_NEWEST,
  NATTER_SEARCH_BEST,
} NatterSearchOrder;

/**
 * NatterCachedHit:
 * @server: id of the server in the person's list
 * @channel: (nullable): name of the channel
 * @thread_id: (nullable): the thread, %NULL for the channel itself
 * @message: what was found
 *
 * A message that was found.
 */
typedef struct
{
  char              *server;
  char              *channel;
  char              *thread_id;
  NatterMessageData *message;
} NatterCachedHit;

/**
 * NatterCachedHits:
 * @hits: (element-type NatterCachedHit): the first one first
 * @next: where to go on; 0: there are no more
 *
 * A page of what was found.
 */
typedef struct
{
  GPtrArray *hits;
  gint64     next;
} NatterCachedHits;

/**
 * NatterCacheScope:
 * @servers: (nullable): ids of the servers on which to look; %NULL for all
 * @authors: (nullable): user names of people whom the query means by another name
 *
 * What names in a query mean that only the model knows.
 */
typedef struct
{
  const char * const *servers;
  const char * const *authors;
} NatterCacheScope;

void              natter_cached_hits_free    (NatterCachedHits        *self);
void              natter_cache_search_async  (NatterCache             *self,
                                              NatterSearchQuery       *query,
                                              const NatterCacheScope  *scope,
                                              NatterSearchOrder        order,
                                              gint64                   from,
                                              guint                    limit,
                                              GCancellable            *cancellable,
                                              GAsyncReadyCallback      callback,
                                              gpointer                 data);
NatterCachedHits *natter_cache_search_finish (NatterCache             *self,
                                              GAsyncResult            *result,
                                              GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterCachedHits, natter_cached_hits_free)

G_END_DECLS
