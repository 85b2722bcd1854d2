/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-packet.h"

G_BEGIN_DECLS

/**
 * NatterCachePlace:
 * @server: id of the server in the person's list
 * @channel: (nullable): name of the channel, for a thread that of its parent
 * @thread_id: (nullable): the thread, %NULL for the channel itself
 *
 * Where messages are.
 */
typedef struct
{
  const char *server;
  const char *channel;
  const char *thread_id;
} NatterCachePlace;

/**
 * NatterCachedReading:
 *
 * How far a place has been read.
 */
typedef struct
{
  char *channel;
  char *thread_id; /* NULL: the channel itself */
  guint unread;
  guint mentions;
} NatterCachedReading;

/**
 * NatterCachedServer:
 * @me: (nullable): user name that one has there
 * @packets: (element-type NatterPacket): what the server last said of itself, its channels, roles and people
 * @readings: (element-type NatterCachedReading): how far its places have been read
 *
 * What is kept of a server beside messages.
 */
typedef struct
{
  char      *me;
  GPtrArray *packets;
  GPtrArray *readings;
} NatterCachedServer;

typedef enum
{
  NATTER_CACHE_LATEST,
  NATTER_CACHE_OLDER,
  NATTER_CACHE_NEWER,
  NATTER_CACHE_AROUND,
} NatterCacheDirection;

/**
 * NatterCachedPage:
 * @messages: (element-type NatterMessageData): oldest first, with nothing missing between them
 * @at_start: the first one is the first of the place
 * @at_end: nothing newer is kept
 * @at_gap: there may be more beyond, which the server has to be asked for: before the first one, or after the last one
 *   when newer ones were asked for
 *
 * Messages in a row.
 */
typedef struct
{
  GPtrArray *messages;
  gboolean   at_start;
  gboolean   at_end;
  gboolean   at_gap;
} NatterCachedPage;

void natter_cached_server_free (NatterCachedServer *self);
void natter_cached_page_free   (NatterCachedPage   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterCachedServer, natter_cached_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterCachedPage, natter_cached_page_free)

/* The file in the data folder of a profile. */
#define NATTER_CACHE_NAME "messages.db"

/* How many bytes the file may have. */
#define NATTER_CACHE_BUDGET (200 * 1024 * 1024)

/**
 * NatterCache:
 *
 * What servers have said, kept to be shown without them: lists, messages, and an index of their words. All of it can be
 * asked for again, so it has a database of its own: its damage, its growth and its clearing never touch accounts,
 * drafts and what is on its way. One thread writes, a few changes at a time, another reads, a third searches.
 *
 * Properties, notified: damaged-file (where a database that was found damaged is now, or %NULL), error (why the last
 * change could not be kept, a #GError of %NATTER_STORE_ERROR, or %NULL).
 */
#define NATTER_TYPE_CACHE (natter_cache_get_type ())
G_DECLARE_FINAL_TYPE (NatterCache, natter_cache, NATTER, CACHE, GObject)

NatterCache        *natter_cache_new                (const char *path);
const char         *natter_cache_get_damaged_file   (NatterCache *self);
const GError       *natter_cache_get_error          (NatterCache *self);
void                natter_cache_set_budget         (NatterCache *self, guint64 bytes);
/* Finishes what is queued, closes the database and waits for the threads: at the end of the program and of a test. */
void                natter_cache_close              (NatterCache *self);

/* natter-cache-lists.c. What is saved is copied at the call; a failure is told by the property "error". */
void                natter_cache_save_packet        (NatterCache *self, const char *server, NatterPacket *packet);
void                natter_cache_save_me            (NatterCache *self, const char *server, const char *username);
void                natter_cache_save_reading       (NatterCache *self, const NatterCachePlace *place, guint unread, guint mentions);
void                natter_cache_load_server_async  (NatterCache *self, const char *server, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
NatterCachedServer *natter_cache_load_server_finish (NatterCache *self, GAsyncResult *result, GError **error);

/* natter-cache-messages.c. @messages: NatterMessageData in a row, oldest first, all of them there are between the first
 * and the last. */
void                natter_cache_save_page          (NatterCache *self, const NatterCachePlace *place, GPtrArray *messages, const char *after, const char *before, gboolean at_start, gboolean at_end);
void                natter_cache_save_new           (NatterCache *self, const NatterCachePlace *place, const NatterMessageData *message, const char *after);
void                natter_cache_save_edit          (NatterCache *self, const NatterCachePlace *place, const char *id, const NatterMessageData *message, const char *content);
void                natter_cache_save_pin           (NatterCache *self, const NatterCachePlace *place, const char *id, gboolean pinned);
void                natter_cache_save_reaction      (NatterCache *self, const NatterCachePlace *place, const char *id, const char *emoji, const char *user, gboolean reacts);
void                natter_cache_remove_message     (NatterCache *self, const NatterCachePlace *place, const char *id);

/* natter-cache-pages.c */
void                natter_cache_load_page_async    (NatterCache *self, const NatterCachePlace *place, NatterCacheDirection direction, const char *id, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
NatterCachedPage   *natter_cache_load_page_finish   (NatterCache *self, GAsyncResult *result, GError **error);

/* natter-cache-date.c */
void                natter_cache_find_time_async    (NatterCache *self, const NatterCachePlace *place, gint64 time, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char               *natter_cache_find_time_finish   (NatterCache *self, GAsyncResult *result, gboolean *is_first, GError **error);

/* natter-cache-room.c. Without @server all servers, without @channel all channels of it, with the threads in it. */
void                natter_cache_set_kept           (NatterCache *self, const char *server, const char *channel, gboolean kept);
void                natter_cache_clear_async        (NatterCache *self, const char *server, const char *channel, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean            natter_cache_clear_finish       (NatterCache *self, GAsyncResult *result, GError **error);
void                natter_cache_get_size_async     (NatterCache *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
guint64             natter_cache_get_size_finish    (NatterCache *self, GAsyncResult *result, GError **error);
/* Forgets all of the servers that are not named: what a crash or a sign-in that was not finished has left. */
void                natter_cache_retain_servers     (NatterCache *self, const char * const *servers);
/* Forgets all of a server, for one that was taken out of the list. */
void                natter_cache_remove_server      (NatterCache *self, const char *server);

G_END_DECLS
