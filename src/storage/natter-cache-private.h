/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-cache.h"
#include "natter-store-worker.h"

G_BEGIN_DECLS

/* The bits of messages.flags. The numbers are on disk. */
#define NATTER_CACHE_GAP   1 /* something may be missing before this message */
#define NATTER_CACHE_LINK  2
#define NATTER_CACHE_FILE  4
#define NATTER_CACHE_IMAGE 8

/* A message as it goes to the disk. */
typedef struct
{
  char  *id;
  char  *author;  /* NULL: only an id, of a message that is kept already */
  char  *content;
  char  *words;   /* what else is to be found, NULL: nothing */
  char  *rest;
  gint64 time;
  guint  flags;
} NatterCacheItem;

/* natter-cache.c */
void             natter_cache_write                (NatterCache             *self,
                                                    const NatterStoreCall   *call,
                                                    gpointer                 arguments);
void             natter_cache_push_write           (NatterCache             *self,
                                                    const NatterStoreCall   *call,
                                                    gpointer                 arguments,
                                                    GCancellable            *cancellable,
                                                    GAsyncReadyCallback      callback,
                                                    gpointer                 data);
void             natter_cache_push_read            (NatterCache             *self,
                                                    const NatterStoreCall   *call,
                                                    gpointer                 arguments,
                                                    GCancellable            *cancellable,
                                                    GAsyncReadyCallback      callback,
                                                    gpointer                 data);
void             natter_cache_push_search          (NatterCache             *self,
                                                    const NatterStoreCall   *call,
                                                    gpointer                 arguments,
                                                    GCancellable            *cancellable,
                                                    GAsyncReadyCallback      callback,
                                                    gpointer                 data);
guint64          natter_cache_get_budget           (NatterCache             *self);

/* natter-cache-schema.c */
extern const NatterSchema natter_cache_schema;
gboolean         natter_cache_intern_server        (NatterDatabase          *database,
                                                    const char              *id,
                                                    gint64                  *key,
                                                    GError                 **error);
gboolean         natter_cache_intern_place         (NatterDatabase          *database,
                                                    const NatterCachePlace  *place,
                                                    gint64                  *key,
                                                    GError                 **error);
gboolean         natter_cache_find_place           (NatterDatabase          *database,
                                                    const NatterCachePlace  *place,
                                                    gint64                  *key,
                                                    GError                 **error);
gboolean         natter_cache_intern_person        (NatterDatabase          *database,
                                                    const char              *name,
                                                    gint64                  *key,
                                                    GError                 **error);
void             natter_cache_bind_id              (sqlite3_stmt            *statement,
                                                    int                      position,
                                                    const char              *id);
char            *natter_cache_dup_id               (sqlite3_stmt            *statement,
                                                    int                      column);
gboolean         natter_cache_query_int            (NatterDatabase          *database,
                                                    sqlite3_stmt            *statement,
                                                    gint64                  *number,
                                                    GError                 **error);

/* natter-cache-item.c */
NatterCacheItem *natter_cache_item_new             (const NatterMessageData *data);
NatterCacheItem *natter_cache_item_new_reference   (const char              *id);
void             natter_cache_item_free            (NatterCacheItem         *self);

/* natter-cache-rows.c: one message in its tables. */
gboolean         natter_cache_row_find             (NatterDatabase          *database,
                                                    gint64                   place,
                                                    const char              *id,
                                                    gint64                  *key,
                                                    GError                 **error);
gboolean         natter_cache_row_insert           (NatterDatabase          *database,
                                                    gint64                   place,
                                                    gint64                   key,
                                                    const NatterCacheItem   *item,
                                                    guint                    flags,
                                                    GError                 **error);
gboolean         natter_cache_row_update           (NatterDatabase          *database,
                                                    gint64                   key,
                                                    const NatterCacheItem   *item,
                                                    GError                 **error);
gboolean         natter_cache_row_set_gap          (NatterDatabase          *database,
                                                    gint64                   key,
                                                    gboolean                 gap,
                                                    GError                 **error);
gboolean         natter_cache_row_remove           (NatterDatabase          *database,
                                                    gint64                   place,
                                                    gint64                   key,
                                                    GError                 **error);
gboolean         natter_cache_row_drop             (NatterDatabase          *database,
                                                    gint64                   key,
                                                    GError                 **error);
gboolean         natter_cache_row_find_next        (NatterDatabase          *database,
                                                    gint64                   place,
                                                    gint64                   key,
                                                    gint64                  *next,
                                                    GError                 **error);
NatterMessageData *
                 natter_cache_row_read             (sqlite3_stmt            *statement);

/* What natter_cache_row_read() reads, of the tables messages and people. */
#define NATTER_CACHE_ROW "messages.key, messages.id, people.name, messages.content, messages.micros, messages.rest, messages.flags"
#define NATTER_CACHE_ROW_FROM " FROM messages LEFT JOIN people ON people.key = messages.author"

/* natter-cache-room.c */
gboolean         natter_cache_make_room            (NatterDatabase          *database,
                                                    guint64                  budget,
                                                    GError                 **error);

G_END_DECLS
