/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-session"

#include "config.h"

#include "natter-channel.h"
#include "natter-server.h"
#include "natter-session-private.h"

/* Of a thread in which one takes no part only what is for oneself is told. */
static gboolean
is_followed (NatterChannel *channel)
{
  return natter_channel_get_thread_id (channel) == NULL
         || (natter_channel_get_joined (channel) && !natter_channel_get_archived (channel));
}

static gboolean
is_muted (NatterChannel *channel)
{
  NatterChannel *forum = natter_channel_get_parent (channel);

  return natter_channel_get_muted (channel) || (forum != NULL && natter_channel_get_muted (forum))
         || natter_server_get_muted (natter_channel_get_server (channel));
}

/* A muted channel is passed over, unless the person is mentioned in it. A forum has nothing to read but its threads. */
static gboolean
is_wanted (NatterChannel *channel)
{
  NatterChannelType kind = natter_channel_get_kind (channel);

  if (kind != NATTER_CHANNEL_TEXT && kind != NATTER_CHANNEL_CHAT && kind != NATTER_CHANNEL_THREAD)
    return FALSE;
  return natter_channel_get_mentions (channel) > 0
         || (natter_channel_get_unread (channel) > 0 && is_followed (channel) && !is_muted (channel));
}

/* Those that are not in the list of channels themselves. */
static void
list_other_threads (NatterChannel *forum,
                    GPtrArray     *all)
{
  GListModel *threads = natter_channel_get_threads (forum);

  for (guint i = 0; i < g_list_model_get_n_items (threads); i++)
    {
      g_autoptr(NatterChannel) thread = g_list_model_get_item (threads, i);

      if (!is_followed (thread))
        g_ptr_array_add (all, thread); /* the forum holds it */
    }
}

/* All channels in the order in which they are seen. */
static GPtrArray *
list_channels (NatterSession *self)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  GListModel *servers = G_LIST_MODEL (self->servers);

  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);
      GListModel *channels = natter_server_get_channels (server);

      for (guint j = 0; j < g_list_model_get_n_items (channels); j++)
        {
          g_autoptr(NatterChannel) channel = g_list_model_get_item (channels, j);

          g_ptr_array_add (all, channel); /* the server holds it */
          if (natter_channel_get_kind (channel) == NATTER_CHANNEL_FORUM)
            list_other_threads (channel, all);
        }
    }
  return g_steal_pointer (&all);
}

/**
 * natter_session_find_unread:
 * @self: a session
 * @from: (nullable): the channel in which the person is
 * @step: 1 for the next, -1 for the previous
 *
 * Finds a channel or thread with something to read: in the order of the servers and their channels, from the other end
 * when there is none any more.
 *
 * Returns: (transfer none) (nullable): the channel
 */
NatterChannel *
natter_session_find_unread (NatterSession *self,
                            NatterChannel *from,
                            int            step)
{
  g_autoptr(GPtrArray) all = NULL;
  guint at = 0;
  guint n_steps;

  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);
  g_return_val_if_fail (from == NULL || NATTER_IS_CHANNEL (from), NULL);
  g_return_val_if_fail (step == 1 || step == -1, NULL);

  all = list_channels (self);
  if (from == NULL || !g_ptr_array_find (all, from, &at))
    at = step > 0 ? all->len - 1 : 0;
  n_steps = all->len;
  for (guint i = 0; i < n_steps; i++)
    {
      at = step > 0 ? (at + 1) % all->len : (at + all->len - 1) % all->len;
      if (all->pdata[at] != from && is_wanted (all->pdata[at]))
        return all->pdata[at];
    }
  return NULL;
}
