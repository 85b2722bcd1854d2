/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-state"

#include "server-state.h"

/* (transfer full) @name */
TsThread *
ts_thread_new (TsState    *self,
               const char *parent,
               JsonNode   *name,
               const char *created_by)
{
  TsThread *thread = g_new0 (TsThread, 1);

  thread->id = ts_new_id ();
  thread->name = name;
  thread->parent = g_strdup (parent);
  thread->created_by = g_strdup (created_by);
  thread->created_at = ts_now ();
  thread->participants = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (thread->participants, g_strdup (created_by));
  thread->place = ts_place_new ();

  g_ptr_array_add (self->threads, thread);
  return thread;
}

TsThread *
ts_thread_find (TsState    *self,
                const char *id)
{
  for (guint i = 0; id != NULL && i < self->threads->len; i++)
    {
      TsThread *thread = g_ptr_array_index (self->threads, i);

      if (strcmp (thread->id, id) == 0)
        return thread;
    }

  return NULL;
}

void
ts_thread_remove (TsState  *self,
                  TsThread *thread)
{
  g_ptr_array_remove (self->threads, thread);
}

JsonObject *
ts_thread_to_json (TsState  *self,
                   TsThread *thread)
{
  TsMessage *last = ts_place_last (thread->place);
  JsonArray *participants = json_array_new ();

  for (guint i = 0; i < thread->participants->len; i++)
    json_array_add_string_element (participants,
                                   ts_user_name (self, g_ptr_array_index (thread->participants, i)));

  return ts_object ("id", ts_string (thread->id),
                    "name", ts_clone (thread->name),
                    "parent_channel", ts_string (thread->parent),
                    "created_by", ts_string (ts_user_name (self, thread->created_by)),
                    "created_at", ts_float (thread->created_at),
                    "locked", ts_bool (thread->locked),
                    "archived", ts_bool (thread->archived),
                    "participants", ts_of_array (participants),
                    "last_message", last != NULL ? ts_float (last->timestamp) : ts_null (),
                    "last_message_id", last != NULL ? ts_string (last->id) : ts_null (),
                    NULL);
}

/* A thread's rights are those of its channel */
gboolean
ts_thread_allows (TsState    *self,
                  TsThread   *thread,
                  const char *right,
                  GPtrArray  *roles)
{
  JsonObject *channel = ts_channel_find (self, thread->parent);

  return channel != NULL && ts_channel_allows (channel, right, roles);
}
