/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

static JsonNode *
threads_of (TsState    *state,
            const char *channel)
{
  JsonArray *threads = json_array_new ();

  for (guint i = 0; i < state->threads->len; i++)
    {
      TsThread *thread = g_ptr_array_index (state->threads, i);

      if (strcmp (thread->parent, channel) == 0)
        json_array_add_object_element (threads, ts_thread_to_json (state, thread));
    }

  return ts_of_array (threads);
}

/* What only channels_get tells, and no pushed copy */
static void
add_live_members (TestServer *server,
                  JsonObject *channel)
{
  const char *type = ts_channel_type (channel);
  const char *name = ts_get_string (channel, "name");

  if (name == NULL)
    return;

  if (strcmp (type, "text") == 0 || strcmp (type, "chat") == 0)
    {
      TsMessage *last = ts_place_last (ts_channel_place (server->state, name));

      ts_set (channel, "last_message", last != NULL ? ts_float (last->timestamp) : ts_null ());
      ts_set (channel, "last_message_id", last != NULL ? ts_string (last->id) : ts_null ());
    }
  else if (strcmp (type, "voice") == 0)
    ts_set (channel, "voice_state", ts_voice_state (server, name));
  else if (strcmp (type, "forum") == 0)
    ts_set (channel, "threads", threads_of (server->state, name));
}

/* The channels that somebody with @roles may view */
JsonNode *
ts_channels_for (TestServer *server,
                 GPtrArray  *roles,
                 gboolean    live)
{
  JsonArray *channels = json_array_new ();

  for (guint i = 0; i < server->state->channels->len; i++)
    {
      JsonObject *channel = g_ptr_array_index (server->state->channels, i);
      JsonObject *copy;

      if (!ts_channel_lists (channel, roles))
        continue;

      copy = ts_clone_object (channel);
      if (live)
        add_live_members (server, copy);
      json_array_add_object_element (channels, copy);
    }

  return ts_of_array (channels);
}

static void
channels_get (TsCall *call)
{
  JsonObject *packet;

  if (call->user == NULL)
    {
      ts_call_error (call, "User not found");
      return;
    }

  packet = ts_call_reply (call);
  ts_set (packet, "val", ts_channels_for (call->server, call->user->roles, TRUE));
  ts_call_answer (call, packet);
}

/* Empty lists are removed, and so mean the built-in default */
static JsonNode *
clean_permissions (JsonObject *given)
{
  JsonObject *permissions = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, given);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (ts_truthy (node))
        ts_set (permissions, name, ts_clone (node));
    }

  return ts_of_object (permissions);
}

static void
channel_create (TsCall *call)
{
  static const char *const types[] = { "text", "voice", "separator", NULL };
  static const char *const copied[] = { "description", "display_name" };
  const char *name = ts_call_string (call, "name");
  const char *type = ts_call_string (call, "type");
  JsonObject *permissions = ts_get_object (call->request, "permissions");
  JsonObject *channel;
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_channels"))
    return;
  if (name == NULL || *name == '\0')
    ts_call_error (call, "Channel name is required");
  else if (type == NULL || *type == '\0')
    ts_call_error (call, "Channel type is required (text, voice, or separator)");
  else if (!g_strv_contains (types, type))
    ts_call_error (call, "Invalid channel type, must be text, voice, or separator");
  else if (ts_channel_find (call->state, name) != NULL)
    ts_call_error (call, "Channel already exists");
  else
    {
      channel = ts_object ("name", ts_string (name), "type", ts_string (type), NULL);
      for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
        {
          if (ts_is_set (call->request, copied[i]))
            ts_set (channel, copied[i], ts_clone (ts_get (call->request, copied[i])));
        }
      ts_set (channel, "permissions",
              permissions != NULL && json_object_get_size (permissions) > 0
                ? clean_permissions (permissions)
                : ts_of_object (ts_channel_default_permissions ()));
      if (strcmp (type, "separator") == 0 && ts_is_set (call->request, "size"))
        ts_set (channel, "size", ts_clone (ts_get (call->request, "size")));
      g_ptr_array_add (call->state->channels, channel);
      ts_audit (call->state, "channel_create", "channel_management", call->user->id, NULL, NULL,
                ts_object ("name", ts_string (name), "type", ts_string (type), NULL));

      packet = ts_call_reply (call);
      ts_set (packet, "channel", ts_of_object (ts_clone_object (channel)));
      ts_set (packet, "created", ts_bool (TRUE));
      ts_call_answer (call, packet);
    }
}

static gboolean
check_update (TsCall     *call,
              JsonObject *channel,
              JsonObject *updates)
{
  static const char *const types[] = { "text", "voice", "separator", NULL };
  const char *name = ts_get_string (updates, "name");
  const char *type = ts_get_string (updates, "type");

  if (type != NULL && !g_strv_contains (types, type))
    {
      ts_call_error (call, "Invalid channel type");
      return FALSE;
    }
  if (name != NULL && g_strcmp0 (name, ts_get_string (channel, "name")) != 0
      && ts_channel_find (call->state, name) != NULL)
    {
      ts_call_error (call, "Channel with new name already exists");
      return FALSE;
    }

  return TRUE;
}

/* Merges unchecked; messages stay under the old name */
static void
channel_update (TsCall *call)
{
  const char *current = ts_call_string (call, "current_name");
  JsonObject *updates = ts_get_object (call->request, "updates");
  JsonObject *channel;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_channels"))
    return;
  if (current == NULL || *current == '\0')
    {
      ts_call_error (call, "current_name is required");
      return;
    }
  if (updates == NULL || json_object_get_size (updates) == 0)
    {
      ts_call_error (call, "updates object is required");
      return;
    }
  channel = ts_channel_find (call->state, current);
  if (channel == NULL)
    {
      ts_call_error (call, "Channel not found");
      return;
    }
  if (!check_update (call, channel, updates))
    return;

  json_object_iter_init_ordered (&iter, updates);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      gboolean is_permissions = strcmp (name, "permissions") == 0 && JSON_NODE_HOLDS_OBJECT (node);

      ts_set (channel, name, is_permissions ? clean_permissions (json_node_get_object (node)) : ts_clone (node));
    }
  ts_audit (call->state, "channel_update", "channel_management", call->user->id, NULL, NULL,
            ts_object ("name", ts_string (current), NULL));

  packet = ts_call_reply (call);
  ts_set (packet, "channel", ts_of_object (ts_clone_object (channel)));
  ts_set (packet, "updated", ts_bool (TRUE));
  ts_call_answer (call, packet);
}

static gboolean
move (TsState    *state,
      const char *name,
      gint64      position)
{
  JsonObject *channel = ts_channel_find (state, name);
  guint from;

  if (channel == NULL || !g_ptr_array_find (state->channels, channel, &from))
    return FALSE;

  channel = g_ptr_array_steal_index (state->channels, from);
  g_ptr_array_insert (state->channels, MIN (position, state->channels->len), channel);
  return TRUE;
}

static void
channel_move (TsCall *call)
{
  const char *name = ts_call_string (call, "name");
  JsonNode *position = ts_get (call->request, "position");
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_channels"))
    return;
  if (name == NULL || *name == '\0')
    ts_call_error (call, "Channel name is required");
  else if (!ts_is_set (call->request, "position"))
    ts_call_error (call, "Position is required");
  else if (!ts_is_int (position) || json_node_get_int (position) < 0)
    ts_call_error (call, "Position must be a non-negative integer");
  else
    {
      packet = ts_call_reply (call);
      ts_set (packet, "name", ts_string (name));
      ts_set (packet, "position", ts_clone (position));
      ts_set (packet, "moved", ts_bool (move (call->state, name, json_node_get_int (position))));
      ts_call_answer (call, packet);
    }
}

static JsonObject *
find_without_case (TsState    *state,
                   const char *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; i < state->channels->len; i++)
    {
      JsonObject *channel = g_ptr_array_index (state->channels, i);
      const char *own = ts_get_string (channel, "name");
      g_autofree char *folded = g_utf8_casefold (own != NULL ? own : "", -1);

      if (strcmp (folded, wanted) == 0)
        return channel;
    }

  return NULL;
}

static void
channel_delete (TsCall *call)
{
  const char *given = ts_call_string (call, "name");
  g_autofree char *name = NULL;
  JsonObject *channel;
  JsonObject *packet;

  if (!ts_call_needs (call, "manage_channels"))
    return;
  if (given == NULL || *given == '\0')
    {
      ts_call_error (call, "Channel name is required");
      return;
    }
  channel = find_without_case (call->state, given);
  if (channel == NULL)
    {
      ts_call_error (call, "Channel not found");
      return;
    }

  name = g_strdup (ts_get_string (channel, "name"));
  g_ptr_array_remove (call->state->channels, channel);
  g_hash_table_remove (call->state->places, name);
  ts_audit (call->state, "channel_delete", "channel_management", call->user->id, NULL, NULL,
            ts_object ("name", ts_string (name), NULL));

  packet = ts_call_reply (call);
  ts_set (packet, "name", ts_string (name));
  ts_set (packet, "deleted", ts_bool (TRUE));
  ts_call_answer (call, packet);
}

const TsCommand ts_commands_channels[] = {
  { "channels_get", channels_get },
  { "channel_create", channel_create },
  { "channel_update", channel_update },
  { "channel_move", channel_move },
  { "channel_delete", channel_delete },
  { NULL },
};
