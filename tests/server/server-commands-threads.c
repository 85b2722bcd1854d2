/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

static void
thread_create (TsCall *call)
{
  JsonNode *name = ts_get (call->request, "name");
  const char *channel_name = ts_call_string (call, "channel");
  g_autofree char *stripped = NULL;
  JsonObject *channel;
  JsonObject *packet;
  TsThread *thread;

  if (!ts_call_knows_user (call))
    return;
  if (!ts_truthy (ts_get (call->request, "channel")) || !ts_truthy (name))
    {
      ts_call_error (call, "Channel and thread name are required");
      return;
    }
  channel = ts_channel_find (call->state, channel_name);
  if (channel == NULL)
    {
      ts_call_error (call, "Channel not found");
      return;
    }
  if (strcmp (ts_channel_type (channel), "forum") != 0)
    {
      ts_call_error (call, "Threads can only be created in forum channels");
      return;
    }
  if (!ts_channel_allows (channel, "create_thread", call->user->roles))
    {
      ts_call_error (call, "You do not have permission to create threads in this channel");
      return;
    }
  /* A number makes the real server trip and say nothing */
  if (!ts_is_string (name))
    return;

  stripped = ts_python_strip (json_node_get_string (name));
  if (*stripped == '\0')
    {
      ts_call_error (call, "Thread name cannot be empty");
      return;
    }

  thread = ts_thread_new (call->state, channel_name, ts_string (stripped), call->user->id);
  packet = ts_call_reply (call);
  ts_set (packet, "thread", ts_of_object (ts_thread_to_json (call->state, thread)));
  ts_set (packet, "channel", ts_string (channel_name));
  ts_call_broadcast (call, packet, channel_name);
}

static TsThread *
find_thread (TsCall   *call,
             gboolean  viewing)
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
  else if (viewing && !ts_thread_allows (call->state, thread, "view", call->user->roles))
    {
      ts_call_error (call, "You do not have permission to view this thread");
      return NULL;
    }

  return thread;
}

static void
thread_get (TsCall *call)
{
  TsThread *thread = find_thread (call, TRUE);
  JsonObject *packet;

  if (thread == NULL)
    return;

  packet = ts_call_reply (call);
  ts_set (packet, "thread", ts_of_object (ts_thread_to_json (call->state, thread)));
  ts_call_answer (call, packet);
}

static gboolean
may_modify (TsCall   *call,
            TsThread *thread)
{
  if (strcmp (thread->created_by, call->user->id) == 0
      || ts_user_may (call->state, call->user, "manage_threads"))
    return TRUE;

  ts_call_error (call, "You do not have permission to modify this thread");
  return FALSE;
}

static gboolean
rename_thread (TsCall   *call,
               TsThread *thread)
{
  const char *name = ts_call_string (call, "name");
  g_autofree char *stripped = NULL;

  if (name == NULL)
    return TRUE;

  stripped = ts_python_strip (name);
  if (*stripped == '\0')
    {
      ts_call_error (call, "Thread name cannot be empty");
      return FALSE;
    }

  json_node_unref (thread->name);
  thread->name = ts_string (stripped);
  return TRUE;
}

static void
thread_update (TsCall *call)
{
  TsThread *thread = find_thread (call, FALSE);
  JsonObject *packet;

  if (thread == NULL || !may_modify (call, thread) || !rename_thread (call, thread))
    return;

  /* From a mere creator this is ignored in silence */
  if (ts_is_set (call->request, "locked") && ts_user_may (call->state, call->user, "manage_threads"))
    thread->locked = ts_truthy (ts_get (call->request, "locked"));
  if (ts_is_set (call->request, "archived"))
    thread->archived = ts_truthy (ts_get (call->request, "archived"));

  packet = ts_call_reply (call);
  ts_set (packet, "thread", ts_of_object (ts_thread_to_json (call->state, thread)));
  ts_call_broadcast (call, packet, NULL);
}

static void
thread_delete (TsCall *call)
{
  TsThread *thread = find_thread (call, FALSE);
  g_autofree char *channel = NULL;
  JsonObject *packet;

  if (thread == NULL || !may_modify (call, thread))
    return;

  channel = g_strdup (thread->parent);
  packet = ts_call_reply (call);
  ts_set (packet, "thread_id", ts_string (thread->id));
  ts_set (packet, "channel", ts_string (channel));
  ts_thread_remove (call->state, thread);
  ts_call_broadcast (call, packet, channel);
}

static void
announce_membership (TsCall   *call,
                     TsThread *thread)
{
  JsonObject *packet = ts_call_reply (call);

  ts_set (packet, "thread", ts_of_object (ts_thread_to_json (call->state, thread)));
  ts_set (packet, "thread_id", ts_string (thread->id));
  ts_set (packet, "user", ts_string (call->user->username));
  ts_call_broadcast (call, packet, NULL);
}

static void
thread_join (TsCall *call)
{
  TsThread *thread = find_thread (call, TRUE);

  if (thread == NULL)
    return;
  if (thread->locked)
    {
      ts_call_error (call, "This thread is locked");
      return;
    }

  if (!g_ptr_array_find_with_equal_func (thread->participants, call->user->id, g_str_equal, NULL))
    g_ptr_array_add (thread->participants, g_strdup (call->user->id));
  announce_membership (call, thread);
}

/* Whether the thread may be viewed is not checked; the creator stays */
static void
thread_leave (TsCall *call)
{
  TsThread *thread = find_thread (call, FALSE);
  guint position;

  if (thread == NULL)
    return;

  if (strcmp (thread->created_by, call->user->id) != 0
      && g_ptr_array_find_with_equal_func (thread->participants, call->user->id, g_str_equal, &position))
    g_ptr_array_remove_index (thread->participants, position);
  announce_membership (call, thread);
}

const TsCommand ts_commands_threads[] = {
  { "thread_create", thread_create },
  { "thread_get", thread_get },
  { "thread_update", thread_update },
  { "thread_delete", thread_delete },
  { "thread_join", thread_join },
  { "thread_leave", thread_leave },
  { NULL },
};
