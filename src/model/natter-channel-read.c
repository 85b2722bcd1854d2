/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-history.h"
#include "natter-message-private.h"
#include "natter-server-private.h"
#include "natter-session.h"
#include "natter-timeline-private.h"

/* How often the server is told up to where one has read. */
#define ACK_MS 1000

/* Servers take any text as the last message that was read; one that is no id means that nothing was. */
#define NOTHING_READ "none"

/* A setting of the channel: up to which message it was marked as read while there was no connection; empty for all of it */
#define READ_OFFLINE "read-offline"

/* A setting of the channel: the last message that was read while servers were not to be told */
#define READ_HERE "read-here"

static gboolean on_ack_time (gpointer data);

static gboolean
is_ready (NatterChannel *self)
{
  return self->server != NULL && natter_server_get_state (self->server) == NATTER_CONNECTION_READY;
}

/* Whether what was read is known on this computer only. */
static gboolean
is_kept_here (NatterChannel *self)
{
  NatterSession *session = self->server != NULL ? natter_server_get_session (self->server) : NULL;

  return session != NULL && !natter_session_get_send_read_marks (session);
}

static void
keep_here (NatterChannel *self,
           const char    *id)
{
  if (g_strcmp0 (natter_server_get_setting (self->server, self->name, READ_HERE), id) != 0)
    natter_server_set_setting (self->server, self->name, READ_HERE, id);
}

static gboolean
may_acknowledge (NatterChannel *self)
{
  if (is_kept_here (self))
    return TRUE;
  /* Servers refuse it in the latter two. */
  return is_ready (self) && !natter_channel_get_locked (self) && !natter_channel_get_archived (self);
}

static void
acknowledge (NatterChannel *self,
             const char    *id)
{
  if (!may_acknowledge (self))
    return;
  if (self->ack_source != 0)
    {
      g_set_str (&self->next_ack, id);
      return;
    }
  if (!g_set_str (&self->last_acked, id))
    return;
  g_set_str (&self->last_read, id);
  if (!is_kept_here (self))
    natter_connection_send (natter_server_get_connection (self->server),
                            natter_command_unreads_ack (_natter_channel_get_channel_name (self), natter_channel_get_thread_id (self), id));
  keep_here (self, is_kept_here (self) ? id : NULL);
  self->ack_source = g_timeout_add (ACK_MS, on_ack_time, self);
}

static gboolean
on_ack_time (gpointer data)
{
  NatterChannel *self = data;
  g_autofree char *id = g_steal_pointer (&self->next_ack);

  self->ack_source = 0;
  if (id != NULL)
    acknowledge (self, id);
  return G_SOURCE_REMOVE;
}

/* Whether the server's news that one has read up to @id come of what was told from here. */
gboolean
_natter_channel_has_acked (NatterChannel *self,
                           const char    *id)
{
  return self->unread == 0 && (g_strcmp0 (self->last_acked, id) == 0 || g_strcmp0 (self->next_ack, id) == 0);
}

/**
 * natter_channel_mark_read:
 * @self: a channel
 *
 * To be called when the newest message was really seen. Tells the server, unless it knows or is not to know, at most once
 * a second. Does nothing after natter_channel_mark_unread_from(), until the channel is opened again.
 */
void
natter_channel_mark_read (NatterChannel *self)
{
  const char *id;

  g_return_if_fail (NATTER_IS_CHANNEL (self));

  id = self->timeline != NULL ? _natter_timeline_get_last_id (self->timeline) : NULL;
  if (id == NULL || self->kept_unread)
    return;
  _natter_channel_set_unread (self, 0, 0);
  if (self->server != NULL)
    _natter_server_sum_unread (self->server);
  acknowledge (self, id);
}

static void
mark_threads_read (NatterChannel *self)
{
  GListModel *threads = natter_channel_get_threads (self);

  for (guint i = 0; i < g_list_model_get_n_items (threads); i++)
    {
      g_autoptr(NatterChannel) thread = g_list_model_get_item (threads, i);

      natter_channel_mark_all_read (thread);
    }
}

/* The server's news of it come back, and with them how much is left. */
static void
tell_read (NatterChannel *self,
           const char    *id)
{
  natter_connection_send (natter_server_get_connection (self->server),
                          natter_command_unreads_ack (_natter_channel_get_channel_name (self), natter_channel_get_thread_id (self), id));
}

/**
 * natter_channel_mark_all_read:
 * @self: a channel
 *
 * Marks all of it as read, seen or not; of a forum, all of its threads. See natter_channel_mark_read_to().
 */
void
natter_channel_mark_all_read (NatterChannel *self)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));

  if (self->kind == NATTER_CHANNEL_FORUM)
    mark_threads_read (self);
  else if (self->unread > 0 || self->mentions > 0)
    natter_channel_mark_read_to (self, NULL);
}

/**
 * natter_channel_mark_read_to:
 * @self: a channel, not a forum
 * @id: (nullable): of the last message that is to be read, %NULL for the newest that the server has
 *
 * Marks it as read up to a message, seen or not. Without a connection the server is told when there is one, even after a
 * restart, unless all was read elsewhere by then.
 */
void
natter_channel_mark_read_to (NatterChannel *self,
                             const char    *id)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));

  if (self->server == NULL)
    return;
  self->kept_unread = FALSE;
  _natter_channel_set_unread (self, 0, 0);
  _natter_server_sum_unread (self->server);
  if (is_kept_here (self))
    keep_here (self, id != NULL ? id : self->newest_id);
  else if (is_ready (self))
    tell_read (self, id);
  else
    natter_server_set_setting (self->server, self->name, READ_OFFLINE, id != NULL ? id : "");
}

/* Not before it is known that there is something: what was read elsewhere meanwhile would be unread again. */
static void
tell_read_offline (NatterChannel *self)
{
  g_autofree char *id = NULL;

  if (!is_ready (self))
    return;
  id = g_strdup (natter_server_get_setting (self->server, self->name, READ_OFFLINE));
  if (id == NULL)
    return;
  natter_server_set_setting (self->server, self->name, READ_OFFLINE, NULL);
  if (self->unread > 0)
    tell_read (self, *id != '\0' ? id : NULL);
}

/* Servers count one's own messages as unread until one says otherwise. */
void
_natter_channel_own_sent (NatterChannel *self,
                          const char    *id)
{
  if (self->unread == 0 && !self->kept_unread)
    acknowledge (self, id);
}

/* The server says up to where one has read, here or elsewhere. */
void
_natter_channel_set_last_read (NatterChannel *self,
                               const char    *id)
{
  g_set_str (&self->last_read, id);
}

static void
begin_line (NatterChannel *self)
{
  self->line_wanted = FALSE;
  g_clear_pointer (&self->line_id, g_free);
  g_set_str (&self->line_after, self->last_read);
  self->line_count = self->unread;
  _natter_channel_place_line (self);
}

/* The server has told how much is unread. */
void
_natter_channel_unreads_known (NatterChannel *self)
{
  const char *here = self->server != NULL ? natter_server_get_setting (self->server, self->name, READ_HERE) : NULL;

  self->unreads_known = TRUE;
  if (here != NULL && g_strcmp0 (here, self->newest_id) == 0)
    {
      _natter_channel_set_last_read (self, here);
      _natter_channel_set_unread (self, 0, 0);
    }
  tell_read_offline (self);
  if (self->line_wanted)
    begin_line (self);
}

/**
 * natter_channel_open:
 * @self: a channel
 *
 * To be called when the channel is opened, before its timeline is told to load: what is unread now is where the line of
 * new messages stands (#NatterMessage:starts-new) until the channel is opened again.
 */
void
natter_channel_open (NatterChannel *self)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));

  self->kept_unread = FALSE;
  self->line_wanted = TRUE;
  g_clear_pointer (&self->line_id, g_free);
  self->line_count = 0;
  if (self->thread != NULL && !self->unreads_known && self->server != NULL)
    _natter_server_count_thread (self->server, self);
  if (self->unreads_known)
    begin_line (self);
  else
    _natter_channel_place_line (self);
}

/* (transfer none) (nullable): the first of the window's messages that was unread, once it can be told */
static NatterMessage *
find_first_unread (NatterChannel *self)
{
  NatterTimeline *timeline = self->timeline;
  guint first = timeline->n_sent;

  for (guint i = 0; i < timeline->n_sent; i++)
    if (self->line_after != NULL && g_str_equal (natter_message_get_id (timeline->items->pdata[i]), self->line_after))
      first = i + 1;
  /* The message up to which one had read is gone, or there was none: then the number tells, if all of them are here. */
  if (first == timeline->n_sent && timeline->at_end && self->line_count <= timeline->n_sent
      && (self->line_count < timeline->n_sent || timeline->at_start))
    first = timeline->n_sent - self->line_count;
  while (first < timeline->n_sent && natter_message_get_own (timeline->items->pdata[first]))
    first++;
  return first < timeline->n_sent ? timeline->items->pdata[first] : NULL;
}

/* To be called when the list has changed. Once it is known where the line stands it stays there. */
void
_natter_channel_place_line (NatterChannel *self)
{
  NatterMessage *message = NULL;

  if (self->timeline == NULL)
    return;
  if (self->line_id != NULL)
    message = natter_timeline_lookup (self->timeline, self->line_id);
  else if (self->line_count > 0)
    message = find_first_unread (self);
  if (message != NULL)
    g_set_str (&self->line_id, natter_message_get_id (message));
  for (guint i = 0; i < self->timeline->items->len; i++)
    _natter_message_set_starts_new (self->timeline->items->pdata[i], self->timeline->items->pdata[i] == message);
}

static void
keep_unread (NatterChannel *self,
             const char    *last_read)
{
  g_set_str (&self->last_read, last_read);
  acknowledge (self, last_read);
}

static void
on_before (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(NatterChannel) self = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterHistoryPage) page = natter_history_load_finish (NATTER_CONNECTION (source), result, &error);

  if (page == NULL)
    _natter_channel_act_failed (self, NULL, NATTER_ACT_MARK_UNREAD, error);
  else if (page->messages->len > 0)
    keep_unread (self, ((NatterMessageData *) page->messages->pdata[page->messages->len - 1])->id);
  else
    keep_unread (self, NOTHING_READ);
}

/**
 * natter_channel_mark_unread_from:
 * @self: a channel
 * @message: one of its messages that the server has
 *
 * Makes it and all after it unread again, also elsewhere. They stay so until the channel is opened again, however
 * often natter_channel_mark_read() is called.
 */
void
natter_channel_mark_unread_from (NatterChannel *self,
                                 NatterMessage *message)
{
  NatterTimeline *timeline;
  guint position;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  timeline = natter_channel_get_timeline (self);
  if (!g_ptr_array_find (timeline->items, message, &position) || position >= timeline->n_sent)
    return;
  if (!is_ready (self))
    {
      g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");

      _natter_channel_act_failed (self, message, NATTER_ACT_MARK_UNREAD, error);
      return;
    }
  self->kept_unread = TRUE;
  self->line_wanted = FALSE;
  g_set_str (&self->line_id, natter_message_get_id (message));
  _natter_channel_place_line (self);
  _natter_channel_set_unread (self, timeline->n_sent - position + timeline->n_after, -1);
  _natter_server_sum_unread (self->server);
  if (position > 0)
    keep_unread (self, natter_message_get_id (timeline->items->pdata[position - 1]));
  else if (timeline->at_start)
    keep_unread (self, NOTHING_READ);
  else
    natter_history_load_async (natter_server_get_connection (self->server), _natter_channel_get_channel_name (self),
                               natter_channel_get_thread_id (self), NATTER_HISTORY_OLDER,
                               natter_message_get_id (message), timeline->n_sent + timeline->n_after, 1, NULL, on_before,
                               g_object_ref (self));
}
