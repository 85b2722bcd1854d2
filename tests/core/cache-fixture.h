/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-cache.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* A cache in a folder of its own. Messages are numbers: 7 has the id "m7" and the text "seven 7" or what is said. */
typedef struct
{
  StoreFixture  store;
  NatterCache  *cache;
} CacheFixture;

#define CACHE_START (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

extern const NatterCachePlace cache_general;

void               cache_set_up         (CacheFixture           *fixture,
                                         gconstpointer           data);
void               cache_tear_down      (CacheFixture           *fixture,
                                         gconstpointer           data);
void               cache_reopen         (CacheFixture           *fixture);
NatterMessageData *cache_message        (guint                   number,
                                         const char             *text,
                                         const char             *rest);
GPtrArray         *cache_messages       (guint                   first,
                                         guint                   last);
void               cache_save           (CacheFixture           *fixture,
                                         guint                   first,
                                         guint                   last,
                                         const char             *after,
                                         const char             *before);
void               cache_flush          (CacheFixture           *fixture);
NatterCachedPage  *cache_load           (CacheFixture           *fixture,
                                         NatterCacheDirection    direction,
                                         const char             *id,
                                         guint                   limit);
void               cache_assert_page    (CacheFixture           *fixture,
                                         NatterCacheDirection    direction,
                                         const char             *id,
                                         guint                   limit,
                                         const char             *expected);

G_END_DECLS
