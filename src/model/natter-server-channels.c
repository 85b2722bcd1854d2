/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-server-private.h"

/* A service channel of the direct-message server, which people have no use for. */
#define SERVICE_CHANNEL "cmds"

/* Makes the list the same as @channels in one change. */
void
_natter_server_replace_channels (NatterServer *self,
                                 GPtrArray    *channels)
{
  GListModel *model = G_LIST_MODEL (self->channels);
  guint n_old = g_list_model_get_n_items (model);
  guint n_start = 0;
  guint n_end = 0;

  for (; n_start < MIN (n_old, channels->len); n_start++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (model, n_start);

      if (channel != channels->pdata[n_start])
        break;
    }
  for (; n_end < MIN (n_old, channels->len) - n_start; n_end++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (model, n_old - 1 - n_end);

      if (channel != channels->pdata[channels->len - 1 - n_end])
        break;
    }
  if (n_old == n_start + n_end && channels->len == n_old)
    return;
  g_list_store_splice (self->channels, n_start, n_old - n_start - n_end, channels->pdata + n_start,
                       channels->len - n_start - n_end);
}

/* Makes the list the same as @channels in one change: who is there keeps the object. */
void
_natter_server_set_channels (NatterServer *self,
                             GPtrArray    *channels)
{
  g_autoptr(GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  NatterGroup *section = NULL;

  self->setting_channels = TRUE;
  for (guint i = 0; i < channels->len; i++)
    {
      const NatterChannelData *data = channels->pdata[i];
      NatterChannel *channel;

      if (data->type == NATTER_CHANNEL_SEPARATOR)
        {
          g_autofree char *title =
            _natter_channel_make_title (data->display_name != NULL ? data->display_name : data->name);

          section = _natter_server_intern_section (self, title);
          continue;
        }
      if (data->name == NULL || g_hash_table_contains (by_name, data->name)
          || (data->type == NATTER_CHANNEL_CHAT && g_str_equal (data->name, SERVICE_CHANNEL)))
        continue;
      channel = g_hash_table_lookup (self->by_name, data->name);
      channel = channel != NULL ? g_object_ref (channel) : _natter_channel_new (self, data->name);
      _natter_channel_update (channel, data);
      _natter_channel_set_section (channel, section);
      g_hash_table_insert (by_name, (gpointer) natter_channel_get_name (channel), channel);
      g_ptr_array_add (objects, channel);
      if (data->type == NATTER_CHANNEL_FORUM && data->has_live && data->threads != NULL)
        _natter_server_set_threads (self, channel, data->threads);
      _natter_server_append_threads (self, channel, objects);
    }
  g_hash_table_unref (self->by_name);
  self->by_name = g_steal_pointer (&by_name);
  _natter_server_drop_threads (self);
  self->setting_channels = FALSE;
  _natter_server_replace_channels (self, objects);
  _natter_server_sum_unread (self);
}

void
_natter_server_remove_channel (NatterServer *self,
                               const char   *name)
{
  NatterChannel *channel = g_hash_table_lookup (self->by_name, name);
  guint position;

  if (channel == NULL)
    return;
  g_hash_table_remove (self->by_name, name);
  if (g_list_store_find (self->channels, channel, &position))
    g_list_store_remove (self->channels, position);
  _natter_server_drop_threads (self);
  _natter_server_place_threads (self);
  _natter_server_sum_unread (self);
}

/* @section: (nullable): %NULL for all channels */
static void
count (NatterServer *self,
       NatterGroup  *section,
       gboolean     *unread,
       guint        *mentions)
{
  guint n_channels = g_list_model_get_n_items (G_LIST_MODEL (self->channels));

  *unread = FALSE;
  *mentions = 0;
  for (guint i = 0; i < n_channels; i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);
      NatterChannel *forum = natter_channel_get_parent (channel);

      if (natter_channel_get_muted (channel) || (forum != NULL && natter_channel_get_muted (forum))
          || (section != NULL && natter_channel_get_group (channel) != section))
        continue;
      *unread |= natter_channel_get_unread (channel) > 0;
      *mentions += natter_channel_get_mentions (channel);
    }
}

void
_natter_server_sum_unread (NatterServer *self)
{
  GHashTableIter iter;
  NatterGroup *section;
  gboolean unread;
  guint mentions;

  g_hash_table_iter_init (&iter, self->sections);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &section))
    {
      count (self, section, &unread, &mentions);
      natter_group_set_counts (section, unread, mentions);
    }
  count (self, NULL, &unread, &mentions);
  _natter_server_set_counts (self, unread, mentions);
  g_signal_emit_by_name (self, "counts-changed");
}

/**
 * natter_server_mark_all_read:
 * @self: a server
 *
 * Tells the server that all of it is read, seen or not.
 */
void
natter_server_mark_all_read (NatterServer *self)
{
  g_return_if_fail (NATTER_IS_SERVER (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->channels)); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (G_LIST_MODEL (self->channels), i);

      natter_channel_mark_all_read (channel);
    }
}
