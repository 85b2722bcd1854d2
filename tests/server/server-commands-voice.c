/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Voice: only addresses are passed round */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

typedef struct
{
  char *id;
  char *username;
  JsonNode *peer_id;
  gboolean muted;
} Participant;

static void
participant_free (Participant *participant)
{
  g_free (participant->id);
  g_free (participant->username);
  json_node_unref (participant->peer_id);
  g_free (participant);
}

static GPtrArray *
participants_of (TestServer *server,
                 const char *channel)
{
  return g_hash_table_lookup (server->voice, channel);
}

static Participant *
find_participant (GPtrArray  *participants,
                  const char *id)
{
  for (guint i = 0; participants != NULL && i < participants->len; i++)
    {
      Participant *participant = g_ptr_array_index (participants, i);

      if (strcmp (participant->id, id) == 0)
        return participant;
    }

  return NULL;
}

/* Each connection remembers where it went, the server where the person is */
static const char *
get_place (TsConnection *connection)
{
  return g_hash_table_lookup (connection->server->voice_places, GSIZE_TO_POINTER (connection->number));
}

static JsonObject *
event (const char  *cmd,
       const char  *channel,
       Participant *participant)
{
  return ts_object ("cmd", ts_string (cmd),
                    "channel", ts_string (channel),
                    "user", ts_of_object (ts_object ("id", ts_string (participant->id),
                                                     "username", ts_string (participant->username),
                                                     "muted", ts_bool (participant->muted),
                                                     "peer_id", ts_clone (participant->peer_id),
                                                     NULL)),
                    NULL);
}

/* Takes the person out and tells who can see it; @except does not hear of it */
static void
take_out (TestServer   *server,
          const char   *channel,
          const char   *id,
          TsConnection *except)
{
  GPtrArray *participants = participants_of (server, channel);
  Participant *participant = find_participant (participants, id);
  JsonObject *packet;

  if (participant == NULL)
    return;

  packet = ts_object ("cmd", ts_string ("voice_user_left"),
                      "channel", ts_string (channel),
                      "username", ts_string (participant->username),
                      NULL);
  g_ptr_array_remove (participants, participant);
  ts_broadcast (server, packet, channel, except);
  if (participants->len == 0)
    g_hash_table_remove (server->voice, channel);
}

/* What a connection that ended leaves */
void
ts_voice_leave (TestServer   *server,
                TsConnection *connection)
{
  g_autofree char *channel = g_strdup (get_place (connection));

  if (channel == NULL)
    return;

  g_hash_table_remove (server->voice_places, GSIZE_TO_POINTER (connection->number));
  take_out (server, channel, connection->user_id, connection);
}

/* As channels_get shows it, without ids and addresses */
JsonNode *
ts_voice_state (TestServer *server,
                const char *channel)
{
  GPtrArray *participants = participants_of (server, channel);
  JsonArray *array = json_array_new ();

  for (guint i = 0; participants != NULL && i < participants->len; i++)
    {
      Participant *participant = g_ptr_array_index (participants, i);

      json_array_add_object_element (array, ts_object ("username", ts_string (participant->username),
                                                       "muted", ts_bool (participant->muted),
                                                       NULL));
    }

  return ts_of_array (array);
}

/* The voice channel that "channel" names, if it may be seen, or an error */
static const char *
find_channel (TsCall *call)
{
  const char *name = ts_call_string (call, "channel");
  JsonObject *channel;

  if (!ts_call_knows_user (call))
    return NULL;
  if (!ts_truthy (ts_get (call->request, "channel")))
    {
      ts_call_error (call, "Channel name is required");
      return NULL;
    }
  channel = ts_channel_find (call->state, name);
  if (channel == NULL || !ts_channel_lists (channel, call->user->roles))
    {
      ts_call_error (call, "You do not have permission to access this voice channel");
      return NULL;
    }
  if (strcmp (ts_channel_type (channel), "voice") != 0)
    {
      ts_call_error (call, "This is not a voice channel");
      return NULL;
    }

  return name;
}

static JsonNode *
others_in (GPtrArray  *participants,
           const char *id)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < participants->len; i++)
    {
      Participant *participant = g_ptr_array_index (participants, i);

      if (strcmp (participant->id, id) != 0)
        json_array_add_object_element (array, ts_object ("username", ts_string (participant->username),
                                                         "peer_id", ts_clone (participant->peer_id),
                                                         "muted", ts_bool (participant->muted),
                                                         NULL));
    }

  return ts_of_array (array);
}

/* (transfer full) @peer_id */
static Participant *
put_in (TestServer *server,
        const char *channel,
        const char *id,
        const char *username,
        JsonNode   *peer_id)
{
  GPtrArray *participants = participants_of (server, channel);
  Participant *participant;

  if (participants == NULL)
    {
      participants = g_ptr_array_new_with_free_func ((GDestroyNotify) participant_free);
      g_hash_table_insert (server->voice, g_strdup (channel), participants);
    }

  participant = find_participant (participants, id);
  if (participant == NULL)
    {
      participant = g_new0 (Participant, 1);
      participant->id = g_strdup (id);
      participant->username = g_strdup (username);
      g_ptr_array_add (participants, participant);
    }
  g_clear_pointer (&participant->peer_id, json_node_unref);
  participant->peer_id = peer_id;
  participant->muted = FALSE;
  return participant;
}

/* Somebody who has no connection */
void
ts_voice_seat (TestServer *server,
               const char *channel,
               const char *user_id,
               gboolean    muted)
{
  put_in (server, channel, user_id, ts_user_name (server->state, user_id), ts_string (user_id))->muted = muted;
}

static void
voice_join (TsCall *call)
{
  JsonNode *peer_id = ts_get (call->request, "peer_id");
  g_autofree char *before = g_strdup (get_place (call->connection));
  const char *channel;
  Participant *participant;
  JsonObject *packet;

  if (!ts_truthy (peer_id))
    {
      ts_call_error (call, "Peer ID is required");
      return;
    }
  channel = find_channel (call);
  if (channel == NULL)
    return;

  if (before != NULL)
    take_out (call->server, before, call->user->id, NULL);
  participant = put_in (call->server, channel, call->user->id, call->connection->username, ts_clone (peer_id));
  g_hash_table_insert (call->server->voice_places, GSIZE_TO_POINTER (call->connection->number), g_strdup (channel));
  ts_call_announce (call, event ("voice_user_joined", channel, participant), channel);

  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_string (channel));
  ts_set (packet, "participants", others_in (participants_of (call->server, channel), call->user->id));
  ts_call_answer (call, packet);
}

/* Where the one who asks is, or an error */
static Participant *
find_self (TsCall      *call,
           const char **channel)
{
  GPtrArray *participants;
  Participant *participant;

  *channel = get_place (call->connection);
  if (*channel == NULL)
    {
      ts_call_error (call, "You are not in a voice channel");
      return NULL;
    }
  participants = participants_of (call->server, *channel);
  if (participants == NULL)
    {
      ts_call_error (call, "Voice channel no longer exists");
      return NULL;
    }
  participant = find_participant (participants, call->connection->user_id);
  if (participant == NULL)
    ts_call_error (call, "You are not in this voice channel");
  return participant;
}

static void
voice_leave (TsCall *call)
{
  const char *place;
  g_autofree char *channel = NULL;
  JsonObject *packet;

  if (find_self (call, &place) == NULL)
    return;

  channel = g_strdup (place);
  g_hash_table_remove (call->server->voice_places, GSIZE_TO_POINTER (call->connection->number));
  take_out (call->server, channel, call->connection->user_id, NULL);
  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_string (channel));
  ts_call_answer (call, packet);
}

static void
set_muted (TsCall   *call,
           gboolean  muted)
{
  const char *channel;
  Participant *participant = find_self (call, &channel);
  JsonObject *packet;

  if (participant == NULL)
    return;

  participant->muted = muted;
  ts_call_announce (call, event ("voice_user_updated", channel, participant), channel);
  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_string (channel));
  ts_set (packet, "muted", ts_bool (muted));
  ts_call_answer (call, packet);
}

static void
voice_mute (TsCall *call)
{
  gboolean muted = !ts_server_is_new (call->server) || ts_get_bool (call->request, "muted", TRUE);

  set_muted (call, muted);
}

static void
voice_unmute (TsCall *call)
{
  set_muted (call, FALSE);
}

static void
voice_state (TsCall *call)
{
  const char *channel = find_channel (call);
  GPtrArray *participants;
  gboolean inside;
  JsonArray *array;
  JsonObject *packet;

  if (channel == NULL)
    return;

  participants = participants_of (call->server, channel);
  inside = find_participant (participants, call->user->id) != NULL;
  array = json_array_new ();
  for (guint i = 0; participants != NULL && i < participants->len; i++)
    {
      Participant *participant = g_ptr_array_index (participants, i);
      JsonObject *entry = ts_object ("id", ts_string (participant->id),
                                     "username", ts_string (participant->username),
                                     "muted", ts_bool (participant->muted),
                                     NULL);

      if (inside)
        ts_set (entry, "peer_id", ts_clone (participant->peer_id));
      json_array_add_object_element (array, entry);
    }

  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_string (channel));
  ts_set (packet, "participants", ts_of_array (array));
  ts_call_answer (call, packet);
}

const TsCommand ts_commands_voice[] = {
  { "voice_join", voice_join },
  { "voice_leave", voice_leave },
  { "voice_mute", voice_mute },
  { "voice_unmute", voice_unmute },
  { "voice_state", voice_state },
  { NULL },
};
