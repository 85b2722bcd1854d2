/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-timeline"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-message-private.h"
#include "natter-outbox-private.h"
#include "natter-server.h"
#include "natter-timeline-private.h"

/* One frame: whatever arrives within it is put into the list at once. */
#define FLUSH_MS    16
/* More than anybody reads as they come: then fewer, larger steps do, and cost what is in sight of them alone. */
#define FLOOD       6
#define FLOOD_MS    100

/* While the newest page is on its way, nobody knows yet whether what arrives is in it. */
static gboolean
is_joining (NatterTimeline *self)
{
  return self->page != NULL
         && (self->direction == NATTER_HISTORY_LATEST || self->direction == NATTER_HISTORY_NEWER);
}

static gboolean
find_arrival (NatterTimeline *self,
              const char     *id,
              guint          *position)
{
  for (guint i = 0; i < self->arrivals->len; i++)
    if (g_strcmp0 (natter_message_get_id (self->arrivals->pdata[i]), id) == 0)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/* Counts what is not going to be put into the list. */
void
_natter_timeline_drop_arrivals (NatterTimeline *self)
{
  g_clear_handle_id (&self->arrivals_source, g_source_remove);
  self->n_after += self->arrivals->len;
  _natter_timeline_set_new_count (self, self->new_count + self->arrivals->len);
  g_ptr_array_set_size (self->arrivals, 0);
  self->arrivals_lost = FALSE;
}

void
_natter_timeline_flush (NatterTimeline *self)
{
  g_autoptr(GPtrArray) arrivals = NULL;
  guint position;
  guint n_removed = 0;

  if (self->arrivals->len == 0 || is_joining (self))
    return;
  if (!self->at_end)
    {
      _natter_timeline_drop_arrivals (self);
      return;
    }
  g_clear_handle_id (&self->arrivals_source, g_source_remove);
  arrivals = g_steal_pointer (&self->arrivals);
  self->flooded = arrivals->len >= FLOOD;
  self->arrivals = g_ptr_array_new_with_free_func (g_object_unref);
  if (self->arrivals_lost)
    {
      self->arrivals_lost = FALSE;
      n_removed = self->n_sent;
      _natter_timeline_set_ends (self, FALSE, TRUE);
    }
  if (arrivals->len > _natter_timeline_get_limit (self))
    g_ptr_array_remove_range (arrivals, 0, arrivals->len - _natter_timeline_get_limit (self));
  if (n_removed == 0 && self->n_sent + arrivals->len > _natter_timeline_get_limit (self))
    _natter_timeline_trim_oldest (self, _natter_timeline_get_limit (self) - arrivals->len);
  position = self->n_sent - n_removed;
  self->n_sent += arrivals->len - n_removed;
  _natter_timeline_splice (self, position, n_removed, arrivals);
}

static gboolean
on_flush (gpointer data)
{
  NatterTimeline *self = data;

  self->arrivals_source = 0;
  _natter_timeline_flush (self);
  return G_SOURCE_REMOVE;
}

static void
arrive (NatterTimeline *self,
        NatterMessage  *message)
{
  g_ptr_array_add (self->arrivals, g_object_ref (message));
  if (self->arrivals->len > NATTER_TIMELINE_MAX)
    {
      g_ptr_array_remove_index (self->arrivals, 0);
      self->arrivals_lost = TRUE;
    }
  if (self->arrivals_source == 0 && !is_joining (self))
    self->arrivals_source = g_timeout_add (self->flooded ? FLOOD_MS : FLUSH_MS, on_flush, self);
}

static gboolean
find_pending_position (NatterTimeline *self,
                       NatterMessage  *message,
                       guint          *position)
{
  for (guint i = self->n_sent; i < self->items->len; i++)
    if (self->items->pdata[i] == message)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/* A live message, not an answer to what is pending here. */
void
_natter_timeline_add (NatterTimeline          *self,
                      const NatterMessageData *data)
{
  NatterMessage *held = natter_timeline_lookup (self, data->id);
  g_autoptr(NatterMessage) message = NULL;
  guint position;

  if (self->channel == NULL || _natter_channel_withhold (self->channel, data))
    return;
  if (held != NULL)
    natter_message_update (held, data);
  else if (find_arrival (self, data->id, &position))
    natter_message_update (self->arrivals->pdata[position], data);
  else if (self->at_end || is_joining (self))
    {
      message = _natter_timeline_make (self, data);
      arrive (self, message);
    }
  else if (self->loaded)
    {
      self->n_after++;
      _natter_timeline_set_new_count (self, self->new_count + 1);
    }
}

/* (transfer none) (nullable): a message that is in the list or about to be */
NatterMessage *
_natter_timeline_find (NatterTimeline *self,
                       const char     *id)
{
  NatterMessage *message = natter_timeline_lookup (self, id);
  guint position;

  _natter_timeline_missed_changed (self);
  if (message == NULL && find_arrival (self, id, &position))
    message = self->arrivals->pdata[position];
  return message;
}

/* A message that was taken out although the server has it comes back to its place, if the window is still there. */
void
_natter_timeline_restore (NatterTimeline *self,
                          NatterMessage  *message)
{
  g_autoptr(GPtrArray) added = g_ptr_array_new ();
  gint64 time = natter_message_get_time (message);
  guint position = self->n_sent;

  if (!self->loaded || natter_timeline_lookup (self, natter_message_get_id (message)) != NULL)
    return;
  while (position > 0 && natter_message_get_time (self->items->pdata[position - 1]) > time)
    position--;
  if ((position == 0 && !self->at_start) || (position == self->n_sent && !self->at_end))
    return;
  g_ptr_array_add (added, message);
  self->n_sent++;
  _natter_timeline_splice (self, position, 0, added);
}

void
_natter_timeline_remove (NatterTimeline *self,
                         const char     *id)
{
  NatterMessage *message = natter_timeline_lookup (self, id);
  guint position;

  _natter_timeline_missed_changed (self);
  if (find_arrival (self, id, &position))
    g_ptr_array_remove_index (self->arrivals, position);
  if (message == NULL || !g_ptr_array_find (self->items, message, &position))
    return;
  self->n_sent--;
  _natter_timeline_splice (self, position, 1, NULL);
}

void
_natter_timeline_add_pending (NatterTimeline *self,
                              NatterMessage  *message)
{
  g_autoptr(GPtrArray) added = g_ptr_array_new ();
  guint position;

  if (find_pending_position (self, message, &position))
    return;
  _natter_timeline_flush (self);
  g_ptr_array_add (added, message);
  _natter_timeline_splice (self, self->items->len, 0, added);
  _natter_timeline_trim_oldest (self, _natter_timeline_get_limit (self));
}

void
_natter_timeline_discard (NatterTimeline *self,
                          NatterMessage  *message)
{
  guint position;

  if (find_pending_position (self, message, &position))
    _natter_timeline_splice (self, position, 1, NULL);
}

/* Moves a message from what is pending to the end of what is sent, before the others that are pending. */
static void
join_sent (NatterTimeline *self,
           NatterMessage  *message,
           guint           position)
{
  g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (added, g_object_ref (message));
  for (guint i = self->n_sent; i < position; i++)
    g_ptr_array_add (added, g_object_ref (self->items->pdata[i]));
  if (position == self->n_sent)
    {
      /* In its place already: nothing of the list changes. */
      self->n_sent++;
      g_hash_table_insert (self->by_id, g_strdup (natter_message_get_id (message)), message);
      for (guint i = position; i <= position + 1 && i < self->items->len; i++)
        _natter_message_follow (self->items->pdata[i], i > 0 ? self->items->pdata[i - 1] : NULL, self->at_start);
    }
  else
    {
      position -= self->n_sent;
      self->n_sent++;
      _natter_timeline_splice (self, self->n_sent - 1, position + 1, added);
    }
  _natter_timeline_trim_oldest (self, _natter_timeline_get_limit (self));
}

/* The server has it: the same object goes on as a sent message. */
void
_natter_timeline_confirm (NatterTimeline          *self,
                          NatterMessage           *message,
                          const NatterMessageData *data)
{
  g_autoptr(NatterMessage) kept = g_object_ref (message);
  guint position;

  _natter_timeline_flush (self);
  _natter_timeline_remove (self, data->id);
  if (!find_pending_position (self, message, &position))
    {
      _natter_message_set_sent (message, data);
      return;
    }
  if (self->at_end && !is_joining (self))
    {
      _natter_message_set_sent (message, data);
      join_sent (self, message, position);
      return;
    }
  _natter_timeline_splice (self, position, 1, NULL);
  _natter_message_set_sent (message, data);
  if (is_joining (self))
    arrive (self, message);
  else if (self->loaded)
    self->n_after++;
}

/* What arrived before the newest page and is not in it is older than all of it. */
void
_natter_timeline_joined (NatterTimeline *self,
                         GPtrArray      *newest)
{
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < newest->len; i++)
    g_hash_table_add (ids, ((NatterMessageData *) newest->pdata[i])->id);
  for (guint i = self->arrivals->len; i > 0; i--)
    if (!g_hash_table_contains (ids, natter_message_get_id (self->arrivals->pdata[i - 1])))
      g_ptr_array_remove_index (self->arrivals, i - 1);
  self->arrivals_lost = FALSE;
}

/* (transfer full) (nullable): a message of the outbox that got no answer and that the server has all the same */
static NatterMessage *
claim_lost (NatterTimeline          *self,
            const NatterMessageData *data)
{
  NatterOutbox *outbox = self->channel != NULL ? _natter_channel_get_outbox (self->channel) : NULL;

  return outbox != NULL ? _natter_outbox_claim (outbox, _natter_channel_get_channel_name (self->channel),
                                                   natter_channel_get_thread_id (self->channel), data) : NULL;
}

/* Which of the messages in a page have an object that is not in the list of sent ones: they arrived meanwhile, or they
 * got no answer and got through all the same. (transfer full): id -> NatterMessage */
GHashTable *
_natter_timeline_claim (NatterTimeline *self,
                        GPtrArray      *messages)
{
  GHashTable *claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  for (guint i = 0; i < messages->len; i++)
    {
      const NatterMessageData *data = messages->pdata[i];
      g_autoptr(NatterMessage) lost = NULL;
      guint position;

      if (natter_timeline_lookup (self, data->id) != NULL)
        continue;
      if (find_arrival (self, data->id, &position))
        {
          g_hash_table_insert (claimed, g_strdup (data->id), g_object_ref (self->arrivals->pdata[position]));
          g_ptr_array_remove_index (self->arrivals, position);
        }
      else if ((lost = claim_lost (self, data)) != NULL)
        {
          g_hash_table_insert (claimed, g_strdup (data->id), g_object_ref (lost));
          _natter_timeline_discard (self, lost);
          _natter_message_set_sent (lost, data);
        }
    }
  return claimed;
}

/* (nullable): the newest message of the channel, if it is held */
const char *
_natter_timeline_get_last_id (NatterTimeline *self)
{
  if (!self->at_end || self->stale || self->n_sent == 0)
    return NULL;
  return natter_message_get_id (self->items->pdata[self->n_sent - 1]);
}

/* When the newest message of the channel was written, if that is known; 0 when there is none. */
gboolean
_natter_timeline_get_last_time (NatterTimeline *self,
                                gint64         *time)
{
  if (!self->loaded || !self->at_end || self->stale || is_joining (self))
    return FALSE;
  *time = self->n_sent > 0 ? natter_message_get_time (self->items->pdata[self->n_sent - 1]) : 0;
  for (guint i = 0; i < self->arrivals->len; i++)
    *time = MAX (*time, natter_message_get_time (self->arrivals->pdata[i]));
  return TRUE;
}
