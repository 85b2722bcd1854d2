/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-cache"

#include "natter-cache-private.h"

/* A list longer than this is not kept. */
#define MAX_LIST (16 * 1024 * 1024)

typedef struct
{
  char             *server;
  NatterPacketKind  kind;
  GBytes           *source;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  g_free (list->server);
  g_bytes_unref (list->source);
  g_free (list);
}

/* The numbers are on disk. */
static int
number_of_kind (NatterPacketKind kind)
{
  switch ((int) kind)
    {
    case NATTER_PACKET_HANDSHAKE:
      return 1;
    case NATTER_PACKET_CHANNELS:
      return 2;
    case NATTER_PACKET_ROLES:
      return 3;
    case NATTER_PACKET_USERS:
      return 4;
    default:
      return 0;
    }
}

static gboolean
save_list (NatterDatabase  *database,
           gpointer         arguments,
           gpointer        *result,
           GError         **error)
{
  const List *list = arguments;
  sqlite3_stmt *statement;
  gint64 server;
  gsize size;
  const void *bytes = g_bytes_get_data (list->source, &size);

  if (!natter_cache_intern_server (database, list->server, &server, error))
    return FALSE;
  statement = natter_database_prepare (database, "INSERT OR REPLACE INTO lists (server, kind, source) VALUES (?, ?, ?)",
                                       error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, server);
  sqlite3_bind_int (statement, 2, number_of_kind (list->kind));
  sqlite3_bind_blob64 (statement, 3, bytes, size, SQLITE_STATIC);
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall save_list_call = {
  .name = "natter_cache_save_packet",
  .run = save_list,
  .arguments_free = list_free,
  .writes = TRUE,
};

/**
 * natter_cache_save_packet:
 * @self: a cache
 * @server: id of a server in the person's list
 * @packet: what the server said; ignored unless it is about what it is like
 *
 * Keeps the handshake, or the list of channels, roles or people, in place of the one before.
 */
void
natter_cache_save_packet (NatterCache  *self,
                          const char   *server,
                          NatterPacket *packet)
{
  List *list;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (server != NULL && packet != NULL);

  if (packet->source == NULL || g_bytes_get_size (packet->source) > MAX_LIST || number_of_kind (packet->kind) == 0)
    return;
  list = g_new0 (List, 1);
  list->server = g_strdup (server);
  list->kind = packet->kind;
  list->source = g_bytes_ref (packet->source);
  natter_cache_write (self, &save_list_call, list);
}

static gboolean
save_me (NatterDatabase  *database,
         gpointer         arguments,
         gpointer        *result,
         GError         **error)
{
  char **words = arguments;
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "INSERT INTO servers (id, me) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET me = excluded.me",
                             error);

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, words[0]);
  natter_statement_bind_text (statement, 2, words[1]);
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall save_me_call = {
  .name = "natter_cache_save_me",
  .run = save_me,
  .arguments_free = (GDestroyNotify) g_strfreev,
  .writes = TRUE,
};

/**
 * natter_cache_save_me:
 * @self: a cache
 * @server: id of a server in the person's list
 * @username: who one is there
 *
 * Keeps one's own user name.
 */
void
natter_cache_save_me (NatterCache *self,
                      const char  *server,
                      const char  *username)
{
  const char *words[] = { server, username, NULL };

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (server != NULL && username != NULL);

  natter_cache_write (self, &save_me_call, g_strdupv ((char **) words));
}

typedef struct
{
  char *server;
  char *channel;
  char *thread_id;
  guint unread;
  guint mentions;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->server);
  g_free (reading->channel);
  g_free (reading->thread_id);
  g_free (reading);
}

static gboolean
save_reading (NatterDatabase  *database,
              gpointer         arguments,
              gpointer        *result,
              GError         **error)
{
  const Reading *reading = arguments;
  const NatterCachePlace place = { reading->server, reading->channel, reading->thread_id };
  sqlite3_stmt *statement;
  gint64 key;

  if (!natter_cache_intern_place (database, &place, &key, error))
    return FALSE;
  statement = natter_database_prepare (database, "UPDATE places SET unread = ?, mentions = ? WHERE key = ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, reading->unread);
  sqlite3_bind_int64 (statement, 2, reading->mentions);
  sqlite3_bind_int64 (statement, 3, key);
  return natter_database_run (database, statement, error);
}

static const NatterStoreCall save_reading_call = {
  .name = "natter_cache_save_reading",
  .run = save_reading,
  .arguments_free = reading_free,
  .writes = TRUE,
};

/**
 * natter_cache_save_reading:
 * @self: a cache
 * @place: a place
 * @unread: how many messages are unread there
 * @mentions: how many of them are for oneself
 *
 * Keeps how far a place has been read.
 */
void
natter_cache_save_reading (NatterCache            *self,
                           const NatterCachePlace *place,
                           guint                   unread,
                           guint                   mentions)
{
  Reading *reading;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (place != NULL && place->server != NULL);

  reading = g_new0 (Reading, 1);
  reading->server = g_strdup (place->server);
  reading->channel = g_strdup (place->channel);
  reading->thread_id = g_strdup (place->thread_id);
  reading->unread = unread;
  reading->mentions = mentions;
  natter_cache_write (self, &save_reading_call, reading);
}

static void
cached_reading_free (gpointer data)
{
  NatterCachedReading *reading = data;

  g_free (reading->channel);
  g_free (reading->thread_id);
  g_free (reading);
}

/**
 * natter_cached_server_free:
 * @self: (transfer full): what was kept of a server
 */
void
natter_cached_server_free (NatterCachedServer *self)
{
  g_free (self->me);
  g_ptr_array_unref (self->packets);
  g_ptr_array_unref (self->readings);
  g_free (self);
}

static gboolean
load_me (NatterDatabase      *database,
         const char          *id,
         NatterCachedServer  *server,
         GError             **error)
{
  sqlite3_stmt *statement = natter_database_prepare (database, "SELECT me FROM servers WHERE id = ?", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, id);
  if (!natter_database_step (database, statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  server->me = natter_statement_dup_text (statement, 0);
  return natter_database_run (database, statement, error);
}

static gboolean
load_packets (NatterDatabase      *database,
              const char          *id,
              NatterCachedServer  *server,
              GError             **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT source FROM lists WHERE server = (SELECT key FROM servers WHERE id = ?) ORDER BY kind",
                             error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, id);
  while (natter_database_step (database, statement, &row, error))
    {
      NatterPacket *packet;

      if (!row)
        return TRUE;
      packet = natter_packet_parse (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0), NULL);
      if (packet != NULL)
        g_ptr_array_add (server->packets, packet);
    }
  return FALSE;
}

static gboolean
load_readings (NatterDatabase      *database,
               const char          *id,
               NatterCachedServer  *server,
               GError             **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database,
                             "SELECT channel, thread_id, unread, mentions FROM places"
                             " WHERE server = (SELECT key FROM servers WHERE id = ?) AND unread > 0", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  natter_statement_bind_text (statement, 1, id);
  while (natter_database_step (database, statement, &row, error))
    {
      NatterCachedReading *reading;

      if (!row)
        return TRUE;
      reading = g_new0 (NatterCachedReading, 1);
      reading->channel = natter_statement_dup_text (statement, 0);
      if (sqlite3_column_bytes (statement, 1) > 0)
        reading->thread_id = natter_statement_dup_text (statement, 1);
      reading->unread = (guint) sqlite3_column_int64 (statement, 2);
      reading->mentions = (guint) sqlite3_column_int64 (statement, 3);
      g_ptr_array_add (server->readings, reading);
    }
  return FALSE;
}

static gboolean
load_server (NatterDatabase  *database,
             gpointer         arguments,
             gpointer        *result,
             GError         **error)
{
  g_autoptr(NatterCachedServer) server = g_new0 (NatterCachedServer, 1);

  server->packets = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_packet_unref);
  server->readings = g_ptr_array_new_with_free_func (cached_reading_free);
  if (!load_me (database, arguments, server, error) || !load_packets (database, arguments, server, error) ||
      !load_readings (database, arguments, server, error))
    return FALSE;
  *result = g_steal_pointer (&server);
  return TRUE;
}

static const NatterStoreCall load_server_call = {
  .name = "natter_cache_load_server_async",
  .run = load_server,
  .arguments_free = g_free,
  .result_free = (GDestroyNotify) natter_cached_server_free,
};

/**
 * natter_cache_load_server_async:
 * @self: a cache
 * @server: id of a server in the person's list
 * @cancellable: (nullable): to give up
 * @callback: called with it
 * @data: for @callback
 *
 * Reads what is kept of a server beside messages; nothing is an answer, too.
 */
void
natter_cache_load_server_async (NatterCache         *self,
                                const char          *server,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             data)
{
  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (server != NULL && callback != NULL);

  natter_cache_push_read (self, &load_server_call, g_strdup (server), cancellable, callback, data);
}

/**
 * natter_cache_load_server_finish:
 * @self: a cache
 * @result: what the callback was given
 * @error: why not, mostly a %NATTER_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): what is kept
 */
NatterCachedServer *
natter_cache_load_server_finish (NatterCache   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) &load_server_call), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
