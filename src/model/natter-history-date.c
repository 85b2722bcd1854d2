/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-history"

#include "config.h"

#include "natter-history-date.h"

#include "natter-history.h"

/* No server can be asked for a time. Those that count are asked for pages further and further back, and then between; with
 * the others there is no way but page by page. */

#define PAGE 100

/* A server that always has something older is not believed for ever. */
#define MAX_PAGES 1000
#define MAX_SKIP  G_MAXINT32

typedef struct
{
  char     *channel;
  char     *thread_id;
  gint64    time;
  char     *found;   /* the oldest message so far that is not older than the time */
  char     *before;  /* what the next page is to end before, by id */
  guint     skip;    /* how many are newer than the next page, by count */
  guint     too_new; /* behind so many all of a page was newer than the time */
  guint     too_old; /* and behind so many older; 0: no such page has been seen */
  guint     n_pages;
  gboolean  by_count;
  gboolean  by_thread;
} Search;

static void ask (GTask *task);

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->channel);
  g_free (search->thread_id);
  g_free (search->found);
  g_free (search->before);
  g_free (search);
}

static void
finish (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  if (search->found != NULL)
    g_task_return_pointer (task, g_steal_pointer (&search->found), g_free);
  else
    g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_NOT_FOUND, "Nothing was written since");
}

/* Whether what is looked for is known by now; else where to go on. */
static gboolean
step_by_count (Search   *search,
               guint     n_messages,
               guint     n_newer,
               gboolean  at_start)
{
  if (n_newer > 0 && (n_newer < n_messages || at_start))
    return TRUE;
  if (n_newer > 0)
    search->too_new = search->skip;
  else if (search->skip == 0)
    return TRUE;
  else
    search->too_old = search->skip;
  if (search->too_old == 0)
    search->skip = search->skip == 0 ? PAGE : MIN (search->skip, MAX_SKIP / 2) * 2;
  else if (search->too_old - search->too_new <= PAGE)
    return TRUE;
  else
    search->skip = search->too_new + (search->too_old - search->too_new) / 2;
  return FALSE;
}

static gboolean
step_by_id (Search     *search,
            const char *oldest,
            gboolean    all_newer,
            gboolean    at_start)
{
  if (!all_newer || at_start || g_strcmp0 (oldest, search->before) == 0)
    return TRUE;
  g_set_str (&search->before, oldest);
  return FALSE;
}

static void
take (GTask        *task,
      NatterPacket *packet)
{
  Search *search = g_task_get_task_data (task);
  GPtrArray *messages = packet->history.messages;
  const NatterMessageData *first = messages->len > 0 ? messages->pdata[0] : NULL;
  gboolean at_start = packet->history.has_at_start ? packet->history.at_start : messages->len < (search->by_count ? PAGE : 1);
  guint n_newer = 0;
  gboolean known;

  while (n_newer < messages->len
         && ((NatterMessageData *) messages->pdata[messages->len - 1 - n_newer])->time >= search->time)
    n_newer++;
  if (n_newer > 0)
    g_set_str (&search->found, ((NatterMessageData *) messages->pdata[messages->len - n_newer])->id);
  if (search->by_count)
    known = step_by_count (search, messages->len, n_newer, at_start);
  else
    known = step_by_id (search, first != NULL ? first->id : NULL, n_newer == messages->len, at_start);
  if (known)
    finish (task);
  else if (++search->n_pages < MAX_PAGES)
    ask (task);
  else
    g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "The history has no beginning");
}

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (packet != NULL && packet->kind != NATTER_PACKET_MESSAGES)
    g_set_error_literal (&error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "The answer is no list of messages");
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    take (task, packet);
}

static NatterCommand *
make_command (Search *search)
{
  if (search->by_thread)
    return natter_command_thread_messages (search->thread_id, search->before, search->skip, PAGE);
  if (search->before != NULL)
    return natter_command_messages_before (search->channel, search->thread_id, search->before, PAGE);
  return natter_command_messages_get (search->channel, search->thread_id, search->skip, PAGE);
}

static void
ask (GTask *task)
{
  natter_connection_request_async (g_task_get_source_object (task), make_command (g_task_get_task_data (task)),
                                   g_task_get_cancellable (task), on_page, g_object_ref (task));
}

/**
 * natter_history_find_time_async:
 * @connection: a connection that is ready
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @time: microseconds since 1970
 * @newer_id: (nullable): id of a message that is known to be newer, the older the better
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Looks for the first message that is not older than a time.
 */
void
natter_history_find_time_async (NatterConnection    *connection,
                                const char          *channel,
                                const char          *thread_id,
                                gint64               time,
                                const char          *newer_id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (connection, cancellable, callback, data);
  NatterHandshake *handshake = natter_connection_get_handshake (connection);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, natter_history_find_time_async);
  g_task_set_task_data (task, search, search_free);
  search->channel = g_strdup (channel);
  search->thread_id = g_strdup (thread_id);
  search->time = time;
  search->by_count = handshake == NULL || !natter_handshake_is_new_generation (handshake);
  search->by_thread = thread_id != NULL && natter_history_has_thread_messages (connection);
  if (!search->by_count)
    {
      search->before = g_strdup (newer_id);
      search->found = g_strdup (newer_id);
    }
  ask (task);
}

/**
 * natter_history_find_time_finish:
 * @connection: a connection
 * @result: what the callback got
 * @error: why not: %NATTER_ERROR_NOT_FOUND when all messages are older
 *
 * Returns: (transfer full): id of the message, %NULL on error
 */
char *
natter_history_find_time_finish (NatterConnection  *connection,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
