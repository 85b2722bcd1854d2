/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-history"

#include "config.h"

#include "natter-history.h"

/* How many messages a page that is asked for by count has in common with what is there. */
#define OVERLAP 10

/* The ways to ask, each tried when the one before it gave nothing. */
typedef enum
{
  WAY_BEFORE, /* newer servers: a page before an id */
  WAY_AROUND, /* by id, both ways; April 2026 servers leave out the newest message of the channel */
  WAY_COUNT,  /* by number of newer messages; works everywhere and is wrong when something was deleted meanwhile */
} Way;

typedef struct
{
  char                   *channel;
  char                   *thread_id;
  char                   *id;
  NatterHistoryDirection  direction;
  guint                   skip;
  guint                   limit;
  Way                     way;
  gboolean                by_thread; /* the server has a command for threads, which works on locked ones too */
  guint                   n_asked;
  NatterHistoryPage      *page;
} Search;

static void ask (GTask *task);

static NatterHistoryPage *
page_new (void)
{
  NatterHistoryPage *self = g_new0 (NatterHistoryPage, 1);

  self->packets = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_packet_unref);
  self->messages = g_ptr_array_new ();
  return self;
}

/**
 * natter_history_page_free:
 * @self: (transfer full): a page
 */
void
natter_history_page_free (NatterHistoryPage *self)
{
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->packets);
  g_free (self);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  g_clear_pointer (&search->page, natter_history_page_free);
  g_free (search->channel);
  g_free (search->thread_id);
  g_free (search->id);
  g_free (search);
}

static gboolean
find (GPtrArray  *messages,
      const char *id,
      guint      *position)
{
  for (guint i = 0; i < messages->len; i++)
    if (g_str_equal (((NatterMessageData *) messages->pdata[i])->id, id))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static void
take (Search       *search,
      NatterPacket *packet,
      guint         start,
      guint         end)
{
  g_ptr_array_add (search->page->packets, natter_packet_ref (packet));
  for (guint i = start; i < end; i++)
    g_ptr_array_add (search->page->messages, packet->history.messages->pdata[i]);
}

static void
finish (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&search->page), (GDestroyNotify) natter_history_page_free);
}

static void
ask_by_count (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  search->way = WAY_COUNT;
  ask (task);
}

static gboolean
is_start (Search       *search,
          NatterPacket *packet)
{
  if (packet->history.has_at_start)
    return packet->history.at_start;
  return packet->history.messages->len < search->n_asked;
}

static void
take_older (GTask        *task,
            NatterPacket *packet)
{
  Search *search = g_task_get_task_data (task);
  GPtrArray *messages = packet->history.messages;
  guint position = messages->len;
  gboolean found = find (messages, search->id, &position);

  if (search->way == WAY_AROUND && !found)
    {
      ask_by_count (task);
      return;
    }
  take (search, packet, 0, position);
  search->page->joined = found || search->way == WAY_BEFORE;
  if (search->way == WAY_AROUND)
    search->page->at_start = position < search->limit;
  else
    search->page->at_start = is_start (search, packet);
  finish (task);
}

static void
take_newer_around (GTask        *task,
                   NatterPacket *packet)
{
  Search *search = g_task_get_task_data (task);
  GPtrArray *messages = packet->history.messages;
  guint position;

  if (!find (messages, search->id, &position))
    {
      ask_by_count (task);
      return;
    }
  take (search, packet, position + 1, messages->len);
  search->page->joined = TRUE;
  if (messages->len - position - 1 >= search->limit)
    {
      finish (task);
      return;
    }
  /* The newest one, which is left out here, has to be got by count. */
  if (messages->len > position + 1)
    g_set_str (&search->id, ((NatterMessageData *) messages->pdata[messages->len - 1])->id);
  search->skip = 0;
  ask_by_count (task);
}

static void
take_newer_by_count (GTask        *task,
                     NatterPacket *packet)
{
  Search *search = g_task_get_task_data (task);
  GPtrArray *messages = packet->history.messages;
  guint position;

  search->page->at_end = search->skip <= search->limit;
  if (find (messages, search->id, &position))
    {
      take (search, packet, position + 1, messages->len);
      search->page->joined = TRUE;
    }
  else
    {
      g_ptr_array_set_size (search->page->messages, 0);
      take (search, packet, 0, messages->len);
      search->page->apart = TRUE;
      search->page->joined = FALSE;
      search->page->at_start = is_start (search, packet);
    }
  finish (task);
}

static void
take_latest (GTask        *task,
             NatterPacket *packet)
{
  Search *search = g_task_get_task_data (task);

  take (search, packet, 0, packet->history.messages->len);
  search->page->at_start = is_start (search, packet);
  search->page->at_end = TRUE;
  finish (task);
}

static void
fail_not_found (GTask *task)
{
  g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_NOT_FOUND, "The message is not there");
}

static void
on_newest (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);
  Search *search = g_task_get_task_data (task);

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (packet->kind != NATTER_PACKET_MESSAGE || packet->message.message == NULL
      || !g_str_equal (packet->message.message->id, search->id))
    {
      fail_not_found (task);
      return;
    }
  g_ptr_array_add (search->page->packets, natter_packet_ref (packet));
  g_ptr_array_add (search->page->messages, packet->message.message);
  search->page->at_end = TRUE;
  finish (task);
}

/* The newest message of a channel is left out by April 2026 servers, even when it is asked for: if it is there and
 * not in the answer, it is that one. Else the answer surrounds a reply to something that was deleted. */
static void
take_around (GTask        *task,
             NatterPacket *packet)
{
  Search *search = g_task_get_task_data (task);
  GPtrArray *messages = packet->history.messages;
  guint position;
  gboolean found = find (messages, search->id, &position);

  take (search, packet, 0, messages->len);
  if (search->way == WAY_COUNT)
    {
      search->page->at_start = is_start (search, packet);
      search->page->at_end = TRUE;
      if (found)
        finish (task);
      else
        fail_not_found (task);
      return;
    }
  if (found)
    {
      search->page->at_start = position < search->limit / 2;
      finish (task);
      return;
    }
  search->page->at_start = messages->len < search->limit / 2;
  natter_connection_request_async (g_task_get_source_object (task),
                                   natter_command_message_get (search->channel, search->thread_id, search->id),
                                   g_task_get_cancellable (task), on_newest, g_object_ref (task));
}

/* Whether another way may help where this one did not. */
static gboolean
try_next_way (GTask        *task,
              const GError *error)
{
  Search *search = g_task_get_task_data (task);

  if (search->way == WAY_COUNT || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED))
    return FALSE;
  g_debug ("History of %s: %s", search->thread_id != NULL ? search->thread_id : search->channel, error->message);
  search->way++;
  ask (task);
  return TRUE;
}

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);
  Search *search = g_task_get_task_data (task);

  if (packet != NULL && packet->kind != NATTER_PACKET_MESSAGES)
    g_set_error_literal (&error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "The answer is no list of messages");
  if (error != NULL)
    {
      if (!try_next_way (task, error))
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (search->direction == NATTER_HISTORY_LATEST)
    take_latest (task, packet);
  else if (search->direction == NATTER_HISTORY_AROUND)
    take_around (task, packet);
  else if (search->direction == NATTER_HISTORY_OLDER)
    take_older (task, packet);
  else if (search->way == WAY_AROUND)
    take_newer_around (task, packet);
  else
    take_newer_by_count (task, packet);
}

/* What is to be had by number. */
static NatterCommand *
make_count_command (Search *search,
                    guint   skip,
                    guint   limit)
{
  if (search->by_thread)
    return natter_command_thread_messages (search->thread_id, NULL, skip, limit);
  return natter_command_messages_get (search->channel, search->thread_id, skip, limit);
}

static NatterCommand *
make_command (Search *search)
{
  gboolean older = search->direction == NATTER_HISTORY_OLDER;
  guint skip = 0;

  search->n_asked = search->limit;
  if (search->way == WAY_BEFORE && search->by_thread)
    return natter_command_thread_messages (search->thread_id, search->id, 0, search->limit);
  if (search->way == WAY_BEFORE)
    return natter_command_messages_before (search->channel, search->thread_id, search->id, search->limit);
  if (search->way == WAY_AROUND && search->direction == NATTER_HISTORY_AROUND)
    return natter_command_messages_around (search->channel, search->thread_id, search->id, search->limit / 2, search->limit / 2);
  if (search->way == WAY_AROUND)
    return natter_command_messages_around (search->channel, search->thread_id, search->id, older ? search->limit : 0,
                                           older ? 0 : search->limit);
  if (search->direction == NATTER_HISTORY_LATEST || search->direction == NATTER_HISTORY_AROUND)
    return make_count_command (search, 0, search->limit);
  search->n_asked += OVERLAP;
  if (older)
    skip = search->skip > OVERLAP ? search->skip - OVERLAP : 0;
  else
    skip = search->skip > search->limit ? search->skip - search->limit : 0;
  return make_count_command (search, skip, search->n_asked);
}

static void
ask (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  natter_connection_request_async (g_task_get_source_object (task), make_command (search),
                                   g_task_get_cancellable (task), on_page, g_object_ref (task));
}

/**
 * natter_history_has_thread_messages:
 * @connection: a connection that is ready
 *
 * Returns: whether there is a command for threads, which works on locked ones too: April 2026 servers all have it, newer
 *   ones if they say so
 */
gboolean
natter_history_has_thread_messages (NatterConnection *connection)
{
  NatterHandshake *handshake = natter_connection_get_handshake (connection);

  return handshake == NULL || !natter_handshake_is_new_generation (handshake)
         || natter_handshake_has_capability (handshake, "thread_messages");
}

static Way
first_way (NatterConnection *connection,
           Search           *search)
{
  NatterHandshake *handshake = natter_connection_get_handshake (connection);

  if (search->direction == NATTER_HISTORY_LATEST || handshake == NULL)
    return WAY_COUNT;
  if (search->direction == NATTER_HISTORY_OLDER
      && (search->by_thread || natter_handshake_is_new_generation (handshake)))
    return WAY_BEFORE;
  return natter_handshake_has_capability (handshake, "messages_around") ? WAY_AROUND : WAY_COUNT;
}

/**
 * natter_history_load_async:
 * @connection: a connection that is ready
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @direction: which way
 * @id: (nullable): of the message from which to go on; needed unless the newest page is wanted
 * @skip: how many messages are newer than the page that is wanted, as far as one knows: all up to @id when older ones
 *   are wanted, all after it when newer ones are; for servers that can only count
 * @limit: how many are wanted; there may be somewhat more
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Asks for a page of messages in the best way that the server has.
 */
void
natter_history_load_async (NatterConnection       *connection,
                           const char             *channel,
                           const char             *thread_id,
                           NatterHistoryDirection  direction,
                           const char             *id,
                           guint                   skip,
                           guint                   limit,
                           GCancellable           *cancellable,
                           GAsyncReadyCallback     callback,
                           gpointer                data)
{
  g_autoptr(GTask) task = g_task_new (connection, cancellable, callback, data);
  Search *search = g_new0 (Search, 1);

  g_task_set_source_tag (task, natter_history_load_async);
  g_task_set_task_data (task, search, search_free);
  search->channel = g_strdup (channel);
  search->thread_id = g_strdup (thread_id);
  search->direction = direction;
  search->id = g_strdup (id);
  search->skip = skip;
  search->limit = limit;
  search->page = page_new ();
  search->by_thread = thread_id != NULL && natter_history_has_thread_messages (connection);
  search->way = first_way (connection, search);
  ask (task);
}

/**
 * natter_history_load_finish:
 * @connection: a connection
 * @result: what the callback got
 * @error: why there is no page
 *
 * Returns: (transfer full): the page, %NULL on error
 */
NatterHistoryPage *
natter_history_load_finish (NatterConnection  *connection,
                            GAsyncResult      *result,
                            GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
