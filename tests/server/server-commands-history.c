/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading what was written */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

#define DEFAULT_PAGE 100
#define MAX_PAGE 200
#define DEFAULT_BOUND 50
#define DEFAULT_REPLIES 50
#define DEFAULT_PINGS 50
#define MAX_PINGS 100
#define MAX_SEARCH 50

/* Positions @start to @end of the place, counted from the oldest */
static JsonNode *
slice (TsCall  *call,
       TsPlace *place,
       gint64   start,
       gint64   end)
{
  JsonArray *messages = json_array_new ();

  start = CLAMP (start, 0, place->messages->len);
  end = CLAMP (end, 0, place->messages->len);
  for (gint64 i = start; i < end; i++)
    json_array_add_object_element (messages,
                                   ts_message_to_json (call->state, g_ptr_array_index (place->messages, i)));

  return ts_of_array (messages);
}

static JsonNode *
range (gint64 start,
       gint64 end)
{
  return ts_of_object (ts_object ("start", ts_int (start), "end", ts_int (end), NULL));
}

/* An integer member; FALSE when it is there and of another type, over which the real server trips */
static gboolean
get_count (TsCall     *call,
           const char *name,
           gint64      fallback,
           gint64     *count)
{
  JsonNode *node = ts_get (call->request, name);

  *count = fallback;
  if (node == NULL)
    return TRUE;
  if (!ts_is_int (node))
    return FALSE;

  *count = json_node_get_int (node);
  return TRUE;
}

static void
acknowledge (TsCall   *call,
             TsTarget *target)
{
  TsMessage *last = ts_place_last (target->place);
  JsonObject *packet;

  if (last == NULL)
    return;

  ts_set_read_mark (call->state, call->user->id, target->key, last->id);
  packet = ts_object ("cmd", ts_string ("unreads_update"), "last_read", ts_string (last->id), NULL);
  if (target->thread != NULL)
    ts_set (packet, "thread_id", ts_string (target->thread->id));
  else
    ts_set (packet, "channel", ts_string (target->name));

  if (call->connection->websocket != NULL)
    ts_send_to_user (call->server, call->user->id, packet);
  else
    json_object_unref (packet);
}

/* Newer servers page by the id of the oldest message that the client holds */
static void
answer_new_page (TsCall   *call,
                 TsTarget *target,
                 gint64    limit)
{
  const char *before = ts_call_string (call, "start");
  int end = before != NULL ? ts_place_position (target->place, before) : -1;
  gint64 first;
  JsonObject *packet = ts_call_reply (call);

  if (end < 0)
    end = before != NULL ? 0 : (int) target->place->messages->len - ts_get_int (call->request, "start", 0);
  end = MAX (end, 0);
  first = MAX (end - limit, 0);

  acknowledge (call, target);
  ts_set (packet, "channel", ts_string (target->name));
  if (target->thread != NULL)
    ts_set (packet, "thread_id", ts_string (target->thread->id));
  ts_set (packet, "val", slice (call, target->place, first, end));
  ts_set (packet, "at_start", ts_bool (first == 0));
  ts_call_answer (call, packet);
}

static void
messages_get (TsCall *call)
{
  g_autofree char *key = NULL;
  gint64 start;
  gint64 limit;
  gint64 wanted;
  gint64 end;
  TsTarget target;
  JsonObject *packet;

  /* Unknown names are told apart from hidden ones here, and here only */
  if (!ts_truthy (ts_get (call->request, "thread_id")) && ts_truthy (ts_get (call->request, "channel"))
      && ts_channel_find (call->state, ts_call_string (call, "channel")) == NULL)
    {
      ts_call_error (call, "Channel not found");
      return;
    }
  if (!ts_call_find_place (call, TRUE, &target))
    return;
  key = target.owned_key;

  if (!get_count (call, "limit", DEFAULT_PAGE, &wanted))
    return;
  limit = wanted == 0 ? DEFAULT_PAGE : MIN (wanted, MAX_PAGE);

  if (ts_server_is_new (call->server))
    {
      answer_new_page (call, &target, limit);
      return;
    }
  if (!get_count (call, "start", 0, &start))
    return;

  acknowledge (call, &target);
  end = (gint64) target.place->messages->len - MAX (start, 0);
  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_string (target.name));
  if (target.thread != NULL)
    ts_set (packet, "thread_id", ts_string (target.thread->id));
  ts_set (packet, "messages", slice (call, target.place, end - limit, end));
  ts_set (packet, "range", range (start, start + wanted));
  ts_call_answer (call, packet);
}

/* An id that is gone may still be found in the reply_to of a later message, by which the real server goes */
static int
find_around (TsPlace    *place,
             const char *id)
{
  int position = ts_place_position (place, id);

  for (guint i = 0; position < 0 && id != NULL && i < place->messages->len; i++)
    {
      TsMessage *message = g_ptr_array_index (place->messages, i);

      if (g_strcmp0 (message->reply_id, id) == 0)
        return i;
    }

  return position;
}

static void
messages_around (TsCall *call)
{
  JsonNode *bounds_node = ts_get (call->request, "bounds");
  JsonObject *bounds = ts_get_object (call->request, "bounds");
  const char *id = ts_call_string (call, "around");
  g_autofree char *key = NULL;
  TsTarget target;
  gint64 above;
  gint64 below;
  int position;
  int count;
  gint64 start;
  gint64 end;
  JsonObject *packet;

  if (!ts_truthy (ts_get (call->request, "around")))
    {
      ts_call_error (call, "around (message ID) is required");
      return;
    }
  if (!ts_call_find_place (call, TRUE, &target))
    return;
  key = target.owned_key;

  if ((bounds_node != NULL && bounds == NULL)
      || (bounds != NULL && ts_get (bounds, "above") != NULL && !ts_is_int (ts_get (bounds, "above")))
      || (bounds != NULL && ts_get (bounds, "below") != NULL && !ts_is_int (ts_get (bounds, "below"))))
    return;
  above = CLAMP (ts_get_int (bounds, "above", DEFAULT_BOUND), 0, MAX_PAGE);
  below = CLAMP (ts_get_int (bounds, "below", DEFAULT_BOUND), 0, MAX_PAGE);

  position = find_around (target.place, id);
  if (position < 0)
    {
      ts_call_error (call, "Message not found");
      return;
    }

  /* April 2026 miscounts by one, so that the newest message is never in it, unless it is the only one */
  count = target.place->messages->len;
  if (count > 1 && !ts_server_is_new (call->server))
    count--;
  start = MAX (position - below, 0);
  end = MIN (position + above + 1, count);

  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_string (target.name));
  ts_set (packet, "thread_id", target.thread != NULL ? ts_string (target.thread->id) : ts_null ());
  ts_set (packet, "messages", slice (call, target.place, start, end));
  ts_set (packet, "range", range (start, end));
  ts_call_answer (call, packet);
}

/* The thread, also a locked or archived one */
static TsThread *
find_thread (TsCall *call)
{
  TsThread *thread;

  if (!ts_call_knows_user (call))
    return NULL;
  if (!ts_truthy (ts_get (call->request, "thread_id")))
    {
      ts_call_error (call, "Thread ID is required");
      return NULL;
    }

  thread = ts_thread_find (call->state, ts_call_string (call, "thread_id"));
  if (thread == NULL)
    ts_call_error (call, "Thread not found");
  else if (!ts_thread_allows (call->state, thread, "view", call->user->roles))
    {
      ts_call_error (call, "You do not have permission to view this thread");
      return NULL;
    }

  return thread;
}

static void
thread_messages (TsCall *call)
{
  TsThread *thread = find_thread (call);
  JsonNode *start = ts_get (call->request, "start");
  gint64 limit = ts_get_int (call->request, "limit", DEFAULT_PAGE);
  gint64 end;
  JsonObject *packet;

  if (thread == NULL)
    return;

  limit = CLAMP (limit, 0, MAX_PAGE);
  if (start == NULL)
    end = thread->place->messages->len;
  else if (ts_is_int (start))
    end = (gint64) thread->place->messages->len - MAX (json_node_get_int (start), 0);
  else
    end = MAX (ts_place_position (thread->place, ts_is_string (start) ? json_node_get_string (start) : NULL), 0);

  packet = ts_call_reply (call);
  ts_set (packet, "thread_id", ts_string (thread->id));
  ts_set (packet, "messages", slice (call, thread->place, end - limit, end));
  ts_call_answer (call, packet);
}

static void
message_get (TsCall *call)
{
  g_autofree char *key = NULL;
  TsTarget target;
  TsMessage *message;
  JsonObject *packet;

  if (!ts_truthy (ts_get (call->request, "id"))
      || (!ts_truthy (ts_get (call->request, "channel")) && !ts_truthy (ts_get (call->request, "thread_id"))))
    {
      ts_call_error (call, "Channel/thread and message ID are required");
      return;
    }
  if (!ts_call_find_place (call, TRUE, &target))
    return;
  key = target.owned_key;

  message = ts_place_find (target.place, ts_call_string (call, "id"));
  if (message == NULL)
    {
      ts_call_error (call, "Message not found");
      return;
    }

  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_string (target.name));
  if (target.thread != NULL)
    ts_set (packet, "thread_id", ts_string (target.thread->id));
  ts_set (packet, "message", ts_of_object (ts_message_to_json (call->state, message)));
  ts_call_answer (call, packet);
}

/* A text channel that may be read, or "Access denied" */
static TsPlace *
find_readable (TsCall *call)
{
  const char *name = ts_call_string (call, "channel");
  JsonObject *channel = ts_channel_find (call->state, name);

  if (!ts_call_knows_user (call))
    return NULL;
  if (channel == NULL || !ts_channel_lists (channel, call->user->roles)
      || (strcmp (ts_channel_type (channel), "text") != 0 && strcmp (ts_channel_type (channel), "chat") != 0))
    {
      ts_call_error_without_source (call, "Access denied to this channel");
      return NULL;
    }

  return ts_channel_place (call->state, name);
}

static void
message_replies (TsCall *call)
{
  const char *id = ts_call_string (call, "id");
  gint64 limit = ts_get_int (call->request, "limit", DEFAULT_REPLIES);
  JsonArray *replies;
  TsPlace *place;
  JsonObject *packet;

  if (!ts_truthy (ts_get (call->request, "channel")) || !ts_truthy (ts_get (call->request, "id")))
    {
      ts_call_error (call, "Channel name and message ID are required");
      return;
    }
  place = find_readable (call);
  if (place == NULL)
    return;

  replies = json_array_new ();
  for (guint i = 0; i < place->messages->len && json_array_get_length (replies) < limit; i++)
    {
      TsMessage *message = g_ptr_array_index (place->messages, i);

      if (id != NULL && g_strcmp0 (message->reply_id, id) == 0)
        json_array_add_object_element (replies, ts_message_to_json (call->state, message));
    }

  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_clone (ts_get (call->request, "channel")));
  ts_set (packet, "message_id", ts_clone (ts_get (call->request, "id")));
  ts_set (packet, "replies", ts_of_array (replies));
  ts_call_answer (call, packet);
}

static void
messages_search (TsCall *call)
{
  const char *query = ts_call_string (call, "query");
  g_autofree char *wanted = NULL;
  guint max = MIN (call->state->config.search_results, MAX_SEARCH);
  JsonArray *results;
  TsPlace *place;
  JsonObject *packet;

  if (!ts_truthy (ts_get (call->request, "channel")) || query == NULL || *query == '\0')
    {
      ts_call_error (call, "Channel name and query are required");
      return;
    }
  place = find_readable (call);
  if (place == NULL)
    return;

  wanted = g_utf8_strdown (query, -1);
  results = json_array_new ();
  for (guint i = place->messages->len; i > 0 && json_array_get_length (results) < max; i--)
    {
      TsMessage *message = g_ptr_array_index (place->messages, i - 1);
      g_autofree char *text = g_utf8_strdown (message->content, -1);

      if (strstr (text, wanted) != NULL)
        json_array_add_object_element (results, ts_message_to_json (call->state, message));
    }

  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_clone (ts_get (call->request, "channel")));
  ts_set (packet, "query", ts_string (query));
  ts_set (packet, "results", ts_of_array (results));
  ts_call_answer (call, packet);
}

static void
messages_pinned (TsCall *call)
{
  JsonArray *messages;
  TsPlace *place;
  JsonObject *packet;

  if (!ts_truthy (ts_get (call->request, "channel")))
    {
      ts_call_error (call, "Channel name not provided");
      return;
    }
  place = find_readable (call);
  if (place == NULL)
    return;

  messages = json_array_new ();
  for (guint i = place->messages->len; i > 0; i--)
    {
      TsMessage *message = g_ptr_array_index (place->messages, i - 1);

      if (message->pinned)
        json_array_add_object_element (messages, ts_message_to_json (call->state, message));
    }

  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_clone (ts_get (call->request, "channel")));
  ts_set (packet, "messages", ts_of_array (messages));
  ts_call_answer (call, packet);
}

/* The real server forgets to ask whether the place may be viewed */
static void
embeds_list (TsCall *call)
{
  g_autofree char *key = NULL;
  TsTarget target;
  TsMessage *message;
  JsonObject *packet;

  if (!ts_truthy (ts_get (call->request, "id")))
    {
      ts_call_error (call, "Message ID is required");
      return;
    }
  if (!ts_truthy (ts_get (call->request, "channel")) && !ts_truthy (ts_get (call->request, "thread_id")))
    {
      ts_call_error (call, "Channel or thread_id is required");
      return;
    }
  if (!ts_call_find_place (call, FALSE, &target))
    return;
  key = target.owned_key;

  message = ts_place_find (target.place, ts_call_string (call, "id"));
  if (message == NULL)
    {
      ts_call_error (call, "Message not found");
      return;
    }

  packet = ts_call_reply (call);
  ts_set (packet, "id", ts_string (message->id));
  ts_set (packet, "embeds", ts_of_array (message->embeds != NULL ? json_array_ref (message->embeds)
                                                                 : json_array_new ()));
  ts_call_answer (call, packet);
}

static gboolean
mentions_name (const char *content,
               const char *prefix,
               const char *name)
{
  g_autofree char *mention = g_strconcat (prefix, name, NULL);
  gsize length = strlen (mention);

  for (const char *p = strstr (content, mention); p != NULL; p = strstr (p + 1, mention))
    {
      if (!g_ascii_isalnum (p[length]) && p[length] != '_')
        return TRUE;
    }

  return FALSE;
}

static gboolean
pings_user (TsMessage *message,
            TsUser    *user)
{
  if (message->reply_id != NULL && message->ping != 0 && strcmp (message->reply_user, user->id) == 0)
    return TRUE;
  if (mentions_name (message->content, "@", user->username))
    return TRUE;

  for (guint i = 0; i < user->roles->len; i++)
    {
      if (mentions_name (message->content, "@&", g_ptr_array_index (user->roles, i)))
        return TRUE;
    }

  return FALSE;
}

typedef struct
{
  TsMessage *message;
  const char *channel;
  TsThread *thread;
} Ping;

static void
collect_pings (TsCall     *call,
               GArray     *pings,
               TsPlace    *place,
               const char *channel,
               TsThread   *thread)
{
  for (guint i = 0; i < place->messages->len; i++)
    {
      Ping ping = { g_ptr_array_index (place->messages, i), channel, thread };

      if (pings_user (ping.message, call->user))
        g_array_append_val (pings, ping);
    }
}

static int
newest_first (gconstpointer a,
              gconstpointer b)
{
  double first = ((const Ping *) a)->message->timestamp;
  double second = ((const Ping *) b)->message->timestamp;

  return first < second ? 1 : first > second ? -1 : 0;
}

static GArray *
find_pings (TsCall *call)
{
  GArray *pings = g_array_new (FALSE, FALSE, sizeof (Ping));

  for (guint i = 0; i < call->state->channels->len; i++)
    {
      JsonObject *channel = g_ptr_array_index (call->state->channels, i);
      const char *name = ts_get_string (channel, "name");

      if (!ts_channel_lists (channel, call->user->roles))
        continue;
      if (strcmp (ts_channel_type (channel), "text") == 0)
        collect_pings (call, pings, ts_channel_place (call->state, name), name, NULL);
      for (guint j = 0; strcmp (ts_channel_type (channel), "forum") == 0 && j < call->state->threads->len; j++)
        {
          TsThread *thread = g_ptr_array_index (call->state->threads, j);

          if (strcmp (thread->parent, name) == 0)
            collect_pings (call, pings, thread->place, name, thread);
        }
    }

  g_array_sort (pings, newest_first);
  return pings;
}

static void
pings_get (TsCall *call)
{
  JsonNode *limit_node = ts_get (call->request, "limit");
  JsonNode *offset_node = ts_get (call->request, "offset");
  gint64 limit = ts_get_int (call->request, "limit", DEFAULT_PINGS);
  gint64 offset = ts_get_int (call->request, "offset", 0);
  g_autoptr(GArray) pings = NULL;
  JsonArray *messages;
  JsonObject *packet;

  if (!ts_call_knows_user (call))
    return;
  if ((limit_node != NULL && !ts_is_int (limit_node)) || limit < 1 || limit > MAX_PINGS)
    {
      ts_call_error (call, "Limit must be a number between 1 and 100");
      return;
    }
  if ((offset_node != NULL && !ts_is_int (offset_node)) || offset < 0)
    {
      ts_call_error (call, "Offset must be a non-negative number");
      return;
    }

  pings = find_pings (call);
  messages = json_array_new ();
  for (gint64 i = offset; i < pings->len && i < offset + limit; i++)
    {
      Ping *ping = &g_array_index (pings, Ping, i);
      JsonObject *message = ts_message_to_json (call->state, ping->message);

      if (ping->thread != NULL)
        ts_set (message, "thread_id", ts_string (ping->thread->id));
      ts_set (message, "channel", ts_string (ping->channel));
      json_array_add_object_element (messages, message);
    }

  packet = ts_call_reply (call);
  ts_set (packet, "messages", ts_of_array (messages));
  ts_set (packet, "offset", ts_int (offset));
  ts_set (packet, "limit", ts_int (limit));
  ts_set (packet, "total", ts_int (pings->len));
  ts_call_answer (call, packet);
}

const TsCommand ts_commands_history[] = {
  { "messages_get", messages_get },
  { "messages_around", messages_around },
  { "thread_messages", thread_messages },
  { "message_get", message_get },
  { "message_replies", message_replies },
  { "messages_search", messages_search },
  { "messages_pinned", messages_pinned },
  { "embeds_list", embeds_list },
  { "pings_get", pings_get },
  { NULL },
};
