/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

#define MIN_OPTIONS 2
#define MAX_OPTIONS 10

static JsonNode *
or_null (JsonNode *node)
{
  return node != NULL ? ts_clone (node) : ts_null ();
}

/* Two ids of any type */
static gboolean
same (JsonNode *a,
      JsonNode *b)
{
  g_autofree char *first = ts_python_repr (a);
  g_autofree char *second = ts_python_repr (b);

  return strcmp (first, second) == 0;
}

static guint
count_votes (TsPoll    *poll,
             JsonNode  *option,
             JsonArray *voters)
{
  guint n = 0;

  for (guint i = 0; i < poll->votes->len; i++)
    {
      TsVote *vote = g_ptr_array_index (poll->votes, i);

      if (!same (vote->option, option))
        continue;
      if (voters != NULL)
        json_array_add_string_element (voters, vote->user);
      n++;
    }

  return n;
}

static gboolean
voted (TsPoll     *poll,
       JsonNode   *option,
       const char *user)
{
  for (guint i = 0; i < poll->votes->len; i++)
    {
      TsVote *vote = g_ptr_array_index (poll->votes, i);

      if (strcmp (vote->user, user) == 0 && (option == NULL || same (vote->option, option)))
        return TRUE;
    }

  return FALSE;
}

/* Voters by name once it ended, else none: how poll_results shows them */
static JsonNode *
named_voters (TsState  *state,
              TsPoll   *poll,
              JsonNode *option)
{
  JsonArray *names = json_array_new ();

  for (guint i = 0; poll->ended && i < poll->votes->len; i++)
    {
      TsVote *vote = g_ptr_array_index (poll->votes, i);

      if (same (vote->option, option))
        json_array_add_string_element (names, ts_user_name (state, vote->user));
    }

  return ts_of_array (names);
}

/* @viewer: (nullable): for whom "voted" is told */
static JsonNode *
results_of (TsState    *state,
            TsPoll     *poll,
            const char *viewer)
{
  JsonArray *results = json_array_new ();

  for (guint i = 0; i < json_array_get_length (poll->options); i++)
    {
      JsonObject *option = json_array_get_object_element (poll->options, i);
      JsonNode *id = ts_get (option, "id");
      JsonArray *voters = json_array_new ();
      guint n = count_votes (poll, id, voters);
      JsonObject *result = ts_object ("id", ts_clone (id),
                                      "text", or_null (ts_get (option, "text")),
                                      "emoji", or_null (ts_get (option, "emoji")),
                                      "votes", ts_int (n),
                                      "voters", ts_of_array (voters),
                                      NULL);

      if (viewer != NULL)
        {
          ts_set (result, "voters", named_voters (state, poll, id));
          ts_set (result, "voted", ts_bool (voted (poll, id, viewer)));
        }
      json_array_add_object_element (results, result);
    }

  return ts_of_object (ts_object ("poll_id", ts_string (poll->id),
                                  "question", ts_clone (poll->question),
                                  "allow_multiselect", ts_clone (poll->allow_multiselect),
                                  "ended", ts_bool (poll->ended),
                                  "ended_at", poll->ended ? ts_float (poll->ended_at) : ts_null (),
                                  "total_votes", ts_int (poll->votes->len),
                                  "results", ts_of_array (results),
                                  NULL));
}

/* Options with ids, which default to their number; NULL after having said what is wrong */
static JsonArray *
read_options (TsCall *call)
{
  JsonArray *given = ts_get_array (call->request, "options");
  guint n = given != NULL ? json_array_get_length (given) : 0;
  g_autoptr(JsonArray) options = json_array_new ();

  if (n < MIN_OPTIONS)
    {
      ts_call_error (call, "At least 2 options are required");
      return NULL;
    }
  if (n > MAX_OPTIONS)
    {
      ts_call_error (call, "Cannot have more than 10 options");
      return NULL;
    }

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (given, i);
      JsonObject *option;

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          option = ts_clone_object (json_node_get_object (node));
          if (ts_get (option, "text") == NULL)
            {
              json_object_unref (option);
              ts_call_error (call, "Option %u must have 'text'", i);
              return NULL;
            }
          if (ts_get (option, "id") == NULL)
            ts_set (option, "id", ts_string_printf ("%u", i));
        }
      else
        option = ts_object ("id", ts_string_printf ("%u", i), "text", ts_clone (node), NULL);
      json_array_add_object_element (options, option);
    }

  return g_steal_pointer (&options);
}

/* Where the poll goes: @channel is what the packets will say, and may be NULL for a thread */
static TsPlace *
find_place (TsCall      *call,
            TsThread   **thread,
            const char **channel)
{
  JsonObject *found;

  *channel = ts_call_string (call, "channel");
  *thread = NULL;
  if (ts_truthy (ts_get (call->request, "thread_id")))
    {
      *thread = ts_thread_find (call->state, ts_call_string (call, "thread_id"));
      if (*thread == NULL)
        ts_call_error (call, "Thread not found");
      else if (!ts_thread_allows (call->state, *thread, "send", call->user->roles))
        ts_call_error (call, "You do not have permission to send messages in this thread");
      else
        return (*thread)->place;
      return NULL;
    }

  found = ts_channel_find (call->state, *channel);
  if (found == NULL)
    ts_call_error (call, "Channel not found");
  else if (!ts_channel_allows (found, "send", call->user->roles))
    ts_call_error (call, "You do not have permission to send messages in this channel");
  else
    return ts_channel_place (call->state, *channel);
  return NULL;
}

static JsonArray *
make_embeds (TsPoll *poll)
{
  JsonArray *embeds = json_array_new ();
  JsonObject *inner = ts_object ("question", ts_clone (poll->question),
                                 "options", ts_of_array (json_array_ref (poll->options)),
                                 "allow_multiselect", ts_clone (poll->allow_multiselect),
                                 "expires_at", ts_clone (poll->expires_at),
                                 NULL);

  json_array_add_object_element (embeds, ts_object ("type", ts_string ("poll"),
                                                    "poll", ts_of_object (inner),
                                                    "title", ts_clone (poll->question),
                                                    NULL));
  return embeds;
}

/* The flat kind of message_new that only polls have */
static JsonObject *
flat_packet (TsState   *state,
             TsPoll    *poll,
             TsMessage *message)
{
  return ts_object ("cmd", ts_string ("message_new"),
                    "id", ts_string (message->id),
                    "channel", ts_string (poll->channel),
                    "thread_id", ts_string (poll->thread_id),
                    "user", ts_string (ts_user_name (state, poll->created_by)),
                    "content", ts_string (""),
                    "timestamp", ts_float (message->timestamp),
                    "embeds", ts_of_array (json_array_ref (message->embeds)),
                    "poll_id", ts_string (poll->id),
                    NULL);
}

static JsonNode *
read_expiry (TsCall *call)
{
  JsonNode *hours = ts_get (call->request, "duration_hours");

  if (ts_is_set (call->request, "expires_at"))
    return ts_clone (ts_get (call->request, "expires_at"));
  if (ts_is_number (hours) && json_node_get_double (hours) != 0)
    return ts_float (ts_now () + json_node_get_double (hours) * 3600);

  return ts_null ();
}

static void
poll_create (TsCall *call)
{
  JsonNode *multi = ts_get (call->request, "allow_multiselect");
  JsonArray *options;
  const char *channel;
  TsThread *thread;
  TsPlace *place;
  TsPoll *poll;
  TsMessage *message;
  JsonObject *packet;

  if (!ts_call_knows_user (call))
    return;
  if (!ts_truthy (ts_get (call->request, "channel")) && !ts_truthy (ts_get (call->request, "thread_id")))
    {
      ts_call_error (call, "Channel or thread_id is required");
      return;
    }
  if (!ts_truthy (ts_get (call->request, "question")))
    {
      ts_call_error (call, "Question is required");
      return;
    }
  options = read_options (call);
  if (options == NULL)
    return;
  place = ts_call_needs (call, "send_messages") ? find_place (call, &thread, &channel) : NULL;
  if (place == NULL)
    {
      json_array_unref (options);
      return;
    }

  poll = ts_poll_new (call->state);
  poll->channel = g_strdup (channel);
  poll->thread_id = thread != NULL ? g_strdup (thread->id) : NULL;
  poll->question = ts_clone (ts_get (call->request, "question"));
  poll->options = options;
  poll->allow_multiselect = multi != NULL ? ts_clone (multi) : ts_bool (FALSE);
  poll->expires_at = read_expiry (call);
  poll->created_by = g_strdup (call->user->id);

  message = ts_message_new (call->user->id, "");
  message->embeds = make_embeds (poll);
  poll->message_id = g_strdup (message->id);
  ts_place_add (place, message);
  ts_call_announce (call, flat_packet (call->state, poll, message), channel);

  packet = ts_call_reply (call);
  ts_set (packet, "poll_id", ts_string (poll->id));
  ts_set (packet, "message_id", ts_string (poll->message_id));
  ts_set (packet, "channel", ts_string (poll->channel));
  ts_set (packet, "thread_id", ts_string (poll->thread_id));
  ts_set (packet, "question", ts_clone (poll->question));
  ts_set (packet, "options", ts_of_array (json_array_ref (poll->options)));
  ts_set (packet, "allow_multiselect", ts_clone (poll->allow_multiselect));
  ts_set (packet, "expires_at", ts_clone (poll->expires_at));
  ts_call_answer (call, packet);
}

static TsPoll *
find_poll (TsCall *call)
{
  TsPoll *poll;

  if (!ts_call_knows_user (call))
    return NULL;
  if (!ts_truthy (ts_get (call->request, "poll_id")) && !ts_truthy (ts_get (call->request, "message_id")))
    {
      ts_call_error (call, "poll_id or message_id is required");
      return NULL;
    }

  poll = ts_poll_find (call->state, ts_call_string (call, "poll_id"), ts_call_string (call, "message_id"));
  if (poll == NULL)
    ts_call_error (call, "Poll not found");
  return poll;
}

static gboolean
may_view (TsCall *call,
          TsPoll *poll)
{
  TsThread *thread = ts_thread_find (call->state, poll->thread_id);
  JsonObject *channel = ts_channel_find (call->state, thread != NULL ? thread->parent : poll->channel);

  if (channel != NULL && ts_channel_allows (channel, "view", call->user->roles))
    return TRUE;

  ts_call_error (call, "You do not have permission to view this poll");
  return FALSE;
}

/* Votes and ends go by the poll's own channel; without one nobody hears of them */
static void
announce (TsCall     *call,
          TsPoll     *poll,
          JsonObject *packet)
{
  if (poll->channel != NULL)
    ts_call_announce (call, packet, poll->channel);
  else
    json_object_unref (packet);
}

static JsonObject *
event (TsPoll     *poll,
       const char *cmd)
{
  return ts_object ("cmd", ts_string (cmd),
                    "poll_id", ts_string (poll->id),
                    "message_id", ts_string (poll->message_id),
                    "channel", ts_string (poll->channel),
                    "thread_id", ts_string (poll->thread_id),
                    NULL);
}

static gboolean
has_option (TsPoll   *poll,
            JsonNode *id)
{
  for (guint i = 0; i < json_array_get_length (poll->options); i++)
    {
      if (same (ts_get (json_array_get_object_element (poll->options, i), "id"), id))
        return TRUE;
    }

  return FALSE;
}

static void
cast_vote (TsPoll     *poll,
           const char *user,
           JsonNode   *option)
{
  TsVote *vote;

  for (guint i = poll->votes->len; !ts_truthy (poll->allow_multiselect) && i > 0; i--)
    {
      if (strcmp (((TsVote *) g_ptr_array_index (poll->votes, i - 1))->user, user) == 0)
        g_ptr_array_remove_index (poll->votes, i - 1);
    }
  if (voted (poll, option, user))
    return;

  vote = g_new0 (TsVote, 1);
  vote->user = g_strdup (user);
  vote->option = ts_clone (option);
  g_ptr_array_add (poll->votes, vote);
}

static JsonArray *
wanted_options (TsCall *call)
{
  JsonNode *one = ts_get (call->request, "option_id");
  JsonArray *options;

  if (ts_get_array (call->request, "option_ids") != NULL && ts_truthy (ts_get (call->request, "option_ids")))
    return json_array_ref (ts_get_array (call->request, "option_ids"));
  if (!ts_truthy (one))
    return NULL;

  options = json_array_new ();
  json_array_add_element (options, ts_clone (one));
  return options;
}

static gboolean
is_open (TsCall *call,
         TsPoll *poll)
{
  if (poll->ended)
    {
      ts_call_error (call, "Poll has ended");
      return FALSE;
    }
  if (ts_is_number (poll->expires_at) && json_node_get_double (poll->expires_at) < ts_now ())
    {
      ts_call_error (call, "Poll has expired");
      return FALSE;
    }

  return TRUE;
}

static void
poll_vote (TsCall *call)
{
  TsPoll *poll = find_poll (call);
  g_autoptr(JsonArray) wanted = NULL;
  JsonObject *packet;

  if (poll == NULL)
    return;
  wanted = wanted_options (call);
  if (wanted == NULL)
    {
      ts_call_error (call, "option_id or option_ids is required");
      return;
    }
  if (!may_view (call, poll) || !is_open (call, poll))
    return;

  for (guint i = 0; i < json_array_get_length (wanted); i++)
    {
      JsonNode *option = json_array_get_element (wanted, i);

      if (!has_option (poll, option))
        {
          g_autofree char *text = ts_python_str (option);

          ts_call_error (call, "Invalid option: %s", text);
          return;
        }
      cast_vote (poll, call->user->id, option);
    }

  packet = event (poll, "poll_vote_update");
  ts_set (packet, "user", ts_string (call->user->username));
  ts_set (packet, "option_ids", ts_of_array (json_array_ref (wanted)));
  ts_set (packet, "results", results_of (call->state, poll, NULL));
  announce (call, poll, packet);

  packet = ts_call_reply (call);
  ts_set (packet, "poll_id", ts_string (poll->id));
  ts_set (packet, "option_ids", ts_of_array (json_array_ref (wanted)));
  ts_set (packet, "results", results_of (call->state, poll, NULL));
  ts_call_answer (call, packet);
}

static void
poll_end (TsCall *call)
{
  TsPoll *poll = find_poll (call);
  JsonObject *packet;

  if (poll == NULL)
    return;
  if (strcmp (poll->created_by, call->user->id) != 0 && !ts_call_needs (call, "manage_messages"))
    return;
  if (poll->ended)
    {
      ts_call_error (call, "Poll has already ended");
      return;
    }

  poll->ended = TRUE;
  poll->ended_at = ts_now ();
  packet = event (poll, "poll_end");
  ts_set (packet, "results", results_of (call->state, poll, NULL));
  announce (call, poll, packet);

  packet = ts_call_reply (call);
  ts_set (packet, "poll_id", ts_string (poll->id));
  ts_set (packet, "results", results_of (call->state, poll, NULL));
  ts_call_answer (call, packet);
}

static void
poll_results (TsCall *call)
{
  TsPoll *poll = find_poll (call);
  JsonObject *packet;

  if (poll == NULL || !may_view (call, poll))
    return;

  packet = ts_call_reply (call);
  ts_set (packet, "poll_id", ts_string (poll->id));
  ts_set (packet, "message_id", ts_string (poll->message_id));
  ts_set (packet, "results", results_of (call->state, poll, call->user->id));
  ts_call_answer (call, packet);
}

static JsonNode *
own_votes (TsPoll     *poll,
           const char *user)
{
  JsonArray *votes = json_array_new ();

  for (guint i = 0; i < poll->votes->len; i++)
    {
      TsVote *vote = g_ptr_array_index (poll->votes, i);

      if (strcmp (vote->user, user) == 0)
        json_array_add_element (votes, ts_clone (vote->option));
    }

  return ts_of_array (votes);
}

static void
poll_get (TsCall *call)
{
  TsPoll *poll = find_poll (call);
  JsonObject *object;
  JsonObject *packet;

  if (poll == NULL || !may_view (call, poll))
    return;

  object = ts_object ("id", ts_string (poll->id),
                      "message_id", ts_string (poll->message_id),
                      "channel", ts_string (poll->channel),
                      "thread_id", ts_string (poll->thread_id),
                      "question", ts_clone (poll->question),
                      "options", ts_of_array (json_array_ref (poll->options)),
                      "allow_multiselect", ts_clone (poll->allow_multiselect),
                      "expires_at", ts_clone (poll->expires_at),
                      "created_by", ts_string (ts_user_name (call->state, poll->created_by)),
                      "created_at", ts_float (poll->created_at),
                      "ended", ts_bool (poll->ended),
                      "ended_at", poll->ended ? ts_float (poll->ended_at) : ts_null (),
                      "user_votes", own_votes (poll, call->user->id),
                      NULL);
  packet = ts_call_reply (call);
  ts_set (packet, "poll", ts_of_object (object));
  ts_call_answer (call, packet);
}

const TsCommand ts_commands_polls[] = {
  { "poll_create", poll_create },
  { "poll_vote", poll_vote },
  { "poll_end", poll_end },
  { "poll_results", poll_results },
  { "poll_get", poll_get },
  { NULL },
};
