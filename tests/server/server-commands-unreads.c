/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

/* Only so many of the newest messages are looked at */
#define WINDOW 200

/* How many came after the mark, as far as the newest WINDOW show it */
static gint64
count_after (TsPlace    *place,
             const char *mark)
{
  int position = ts_place_position (place, mark);
  int first = MAX ((int) place->messages->len - WINDOW, 0);

  if (position < first)
    return MIN (place->messages->len, WINDOW);

  return place->messages->len - position - 1;
}

static guint
count_pings (TsCall  *call,
             TsPlace *place,
             gint64   unread)
{
  guint n = 0;
  g_autofree char *mention = g_strconcat ("@", call->user->username, NULL);

  for (gint64 i = 0; i < unread; i++)
    {
      TsMessage *message = g_ptr_array_index (place->messages, place->messages->len - 1 - i);

      n += strstr (message->content, mention) != NULL
           || (message->reply_user != NULL && message->ping != 0
               && strcmp (message->reply_user, call->user->id) == 0);
    }

  return n;
}

static JsonNode *
count_channel (TsCall     *call,
               const char *name)
{
  TsPlace *place = ts_channel_place (call->state, name);
  const char *mark = ts_read_mark (call->state, call->user->id, name);
  gint64 unread = mark != NULL ? count_after (place, mark) : place->messages->len;
  JsonObject *object = ts_object ("last_read", ts_string (mark),
                                  "unread_count", ts_int (unread),
                                  "total_messages", ts_int (place->messages->len),
                                  NULL);

  if (ts_server_is_new (call->server))
    ts_set (object, "ping_count", ts_int (count_pings (call, place, unread)));

  return ts_of_object (object);
}

static void
unreads_get (TsCall *call)
{
  JsonObject *unreads;
  JsonObject *packet;

  if (!ts_call_knows_user (call))
    return;

  unreads = json_object_new ();
  for (guint i = 0; i < call->state->channels->len; i++)
    {
      JsonObject *channel = g_ptr_array_index (call->state->channels, i);
      const char *name = ts_get_string (channel, "name");
      const char *type = ts_channel_type (channel);

      if (ts_channel_lists (channel, call->user->roles) && (strcmp (type, "text") == 0 || strcmp (type, "chat") == 0))
        ts_set (unreads, name, count_channel (call, name));
    }

  packet = ts_call_reply (call);
  ts_set (packet, "unreads", ts_of_object (unreads));
  ts_call_answer (call, packet);
}

static gboolean
names_place (TsCall *call)
{
  if (ts_truthy (ts_get (call->request, "channel")) || ts_truthy (ts_get (call->request, "thread_id")))
    return TRUE;

  ts_call_error (call, "Channel or thread_id is required");
  return FALSE;
}

static void
add_place (JsonObject *packet,
           TsTarget   *target)
{
  if (target->thread != NULL)
    ts_set (packet, "thread_id", ts_string (target->thread->id));
  else
    ts_set (packet, "channel", ts_string (target->name));
}

static void
unreads_count (TsCall *call)
{
  g_autofree char *key = NULL;
  const char *mark;
  TsTarget target;
  gint64 total;
  JsonObject *packet;

  if (!names_place (call))
    return;
  if (!ts_truthy (ts_get (call->request, "thread_id"))
      && ts_channel_find (call->state, ts_call_string (call, "channel")) == NULL)
    {
      ts_call_error_without_source (call, "Access denied to this channel");
      return;
    }
  if (!ts_call_find_place (call, TRUE, &target))
    return;
  key = target.owned_key;

  mark = ts_read_mark (call->state, call->user->id, target.key);
  total = MIN (target.place->messages->len, WINDOW);
  packet = ts_call_reply (call);
  add_place (packet, &target);
  ts_set (packet, "unread_count", ts_int (mark != NULL ? count_after (target.place, mark) : total));
  ts_set (packet, "last_read", ts_string (mark));
  ts_set (packet, "total_messages", ts_int (total));
  ts_call_answer (call, packet);
}

/* Neither the right to view nor the message's existence is checked */
static void
unreads_ack (TsCall *call)
{
  JsonNode *given = ts_get (call->request, "message_id");
  g_autofree char *key = NULL;
  g_autofree char *id = NULL;
  TsTarget target;
  TsMessage *last;
  JsonObject *packet;
  JsonObject *update;

  if (!names_place (call) || !ts_call_find_place (call, FALSE, &target))
    return;
  key = target.owned_key;

  last = ts_place_last (target.place);
  if (ts_truthy (given))
    id = ts_python_str (given);
  else if (last != NULL)
    id = g_strdup (last->id);

  packet = ts_call_reply (call);
  add_place (packet, &target);
  ts_set (packet, "last_read", ts_truthy (given) ? ts_clone (given) : ts_string (id));
  if (id != NULL)
    {
      ts_set_read_mark (call->state, call->user->id, target.key, id);
      update = ts_object ("cmd", ts_string ("unreads_update"),
                          "last_read", ts_clone (ts_get (packet, "last_read")),
                          NULL);
      add_place (update, &target);
      ts_send_to_user (call->server, call->user->id, update);
    }
  ts_call_answer (call, packet);
}

const TsCommand ts_commands_unreads[] = {
  { "unreads_get", unreads_get },
  { "unreads_count", unreads_count },
  { "unreads_ack", unreads_ack },
  { NULL },
};
