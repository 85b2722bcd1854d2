/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-server-private.h"

/* Threads are in the list of their forum. Those in which one takes part are in the list of channels too, below the forum. */

/* Each is asked for by itself. */
#define MAX_COUNTED 20

static NatterChannel *
intern_thread (NatterServer  *self,
               NatterChannel *forum,
               const char    *id)
{
  NatterChannel *thread = g_hash_table_lookup (self->threads, id);

  if (thread == NULL || natter_channel_get_parent (thread) != forum)
    {
      thread = _natter_channel_new_thread (forum, id);
      g_hash_table_replace (self->threads, (gpointer) natter_channel_get_name (thread), thread);
    }
  return thread;
}

static void
add_thread (NatterServer           *self,
            NatterChannel          *forum,
            const NatterThreadData *data)
{
  GListStore *threads = _natter_channel_get_threads (forum);
  NatterChannel *thread = intern_thread (self, forum, data->id);

  _natter_channel_update_thread (thread, data);
  if (g_list_store_find (threads, thread, NULL))
    return;
  g_list_store_append (threads, thread);
  if (natter_channel_get_joined (thread))
    _natter_server_place_threads (self);
}

static void
remove_thread (NatterServer  *self,
               NatterChannel *thread)
{
  g_autoptr(NatterChannel) kept = g_object_ref (thread);
  NatterChannel *forum = natter_channel_get_parent (thread);
  guint position;

  if (g_hash_table_lookup (self->threads, natter_channel_get_name (thread)) == thread)
    g_hash_table_remove (self->threads, natter_channel_get_name (thread));
  if (forum != NULL && g_list_store_find (_natter_channel_get_threads (forum), thread, &position))
    g_list_store_remove (_natter_channel_get_threads (forum), position);
}

static gboolean
has_thread (GPtrArray  *threads,
            const char *id)
{
  for (guint i = 0; i < threads->len; i++)
    if (g_str_equal (((NatterThreadData *) threads->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

/* Makes the list of a forum the same as @threads: who is there keeps the object. */
void
_natter_server_set_threads (NatterServer  *self,
                            NatterChannel *forum,
                            GPtrArray     *threads)
{
  GListModel *model = natter_channel_get_threads (forum);

  for (guint i = g_list_model_get_n_items (model); i > 0; i--)
    {
      g_autoptr(NatterChannel) thread = g_list_model_get_item (model, i - 1);

      if (!has_thread (threads, natter_channel_get_name (thread)))
        remove_thread (self, thread);
    }
  for (guint i = 0; i < threads->len; i++)
    add_thread (self, forum, threads->pdata[i]);
}

/* Those of forums that are gone. */
void
_natter_server_drop_threads (NatterServer *self)
{
  GHashTableIter iter;
  NatterChannel *thread;

  g_hash_table_iter_init (&iter, self->threads);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &thread))
    {
      NatterChannel *forum = natter_channel_get_parent (thread);

      if (forum == NULL || g_hash_table_lookup (self->by_name, natter_channel_get_name (forum)) != forum)
        g_hash_table_iter_remove (&iter);
    }
}

static int
older_first (gconstpointer a,
             gconstpointer b)
{
  NatterChannel *first = *(NatterChannel * const *) a;
  NatterChannel *second = *(NatterChannel * const *) b;

  if (first->thread->created != second->thread->created)
    return first->thread->created < second->thread->created ? -1 : 1;
  return g_strcmp0 (first->name, second->name);
}

/* Adds the threads of @forum that belong below it. @channels: (element-type NatterChannel): takes references */
void
_natter_server_append_threads (NatterServer  *self,
                               NatterChannel *forum,
                               GPtrArray     *channels)
{
  GListModel *model = natter_channel_get_threads (forum);
  g_autoptr(GPtrArray) threads = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(NatterChannel) thread = g_list_model_get_item (model, i);

      _natter_channel_set_section (thread, natter_channel_get_group (forum));
      if (natter_channel_get_joined (thread) && !natter_channel_get_archived (thread))
        g_ptr_array_add (threads, g_steal_pointer (&thread));
    }
  g_ptr_array_sort (threads, older_first);
  g_ptr_array_extend_and_steal (channels, g_steal_pointer (&threads));
}

/* To be called when one has joined or left a thread, or it was put away. */
void
_natter_server_place_threads (NatterServer *self)
{
  GListModel *model = G_LIST_MODEL (self->channels);
  g_autoptr(GPtrArray) channels = NULL;

  if (self->setting_channels)
    return;
  channels = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (model, i);

      if (natter_channel_get_thread_id (channel) != NULL)
        continue;
      g_ptr_array_add (channels, g_object_ref (channel));
      if (natter_channel_get_kind (channel) != NATTER_CHANNEL_FORUM)
        continue;
      _natter_server_append_threads (self, channel, channels);
      _natter_channel_count_threads (channel);
    }
  _natter_server_replace_channels (self, channels);
  _natter_server_sum_unread (self);
}

/* Lists of unread messages leave out threads. */
void
_natter_server_count_thread (NatterServer  *self,
                             NatterChannel *thread)
{
  if (natter_server_get_state (self) != NATTER_CONNECTION_READY || natter_channel_get_locked (thread)
      || natter_channel_get_archived (thread))
    return;
  _natter_server_fetch (self, natter_command_unreads_count (NULL, natter_channel_get_name (thread)));
}

void
_natter_server_count_threads (NatterServer *self)
{
  guint n_counted = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->channels)) && n_counted < MAX_COUNTED; i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);

      if (natter_channel_get_thread_id (channel) == NULL || channel->unreads_known)
        continue;
      _natter_server_count_thread (self, channel);
      n_counted++;
    }
}

static void
take_one (NatterServer           *self,
          const char             *channel,
          const NatterThreadData *data)
{
  const char *name = data->parent_channel != NULL ? data->parent_channel : channel;
  NatterChannel *forum = name != NULL ? g_hash_table_lookup (self->by_name, name) : NULL;

  /* Some events go to everybody, also who can't see the forum. */
  if (forum != NULL && natter_channel_get_kind (forum) == NATTER_CHANNEL_FORUM)
    add_thread (self, forum, data);
}

/* (transfer none) (nullable): a thread of which one has not heard yet. What it is called will be told. */
NatterChannel *
_natter_server_meet_thread (NatterServer *self,
                            const char   *channel,
                            const char   *id)
{
  NatterChannel *forum = channel != NULL ? g_hash_table_lookup (self->by_name, channel) : NULL;
  NatterChannel *thread;

  if (forum == NULL || natter_channel_get_kind (forum) != NATTER_CHANNEL_FORUM)
    return NULL;
  thread = intern_thread (self, forum, id);
  _natter_channel_set_title (thread, natter_channel_get_title (forum));
  g_list_store_append (_natter_channel_get_threads (forum), thread);
  natter_channel_load_threads (forum);
  return thread;
}

void
_natter_server_take_threads (NatterServer *self,
                             NatterPacket *packet)
{
  for (guint i = 0; i < packet->threads->len; i++)
    take_one (self, NULL, packet->threads->pdata[i]);
}

void
_natter_server_take_thread (NatterServer *self,
                            NatterPacket *packet)
{
  NatterThreadEventData *event = &packet->thread;
  NatterChannel *thread = g_hash_table_lookup (self->threads, event->thread_id);

  if (packet->kind == NATTER_PACKET_THREAD_DELETE)
    {
      if (thread == NULL)
        return;
      remove_thread (self, thread);
      _natter_server_place_threads (self);
    }
  else if (event->thread != NULL)
    take_one (self, event->channel, event->thread);
  else if (thread != NULL && event->user != NULL)
    _natter_channel_thread_joined (thread, event->user, packet->kind == NATTER_PACKET_THREAD_JOIN);
}
