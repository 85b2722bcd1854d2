/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-timeline"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-server.h"
#include "natter-timeline-private.h"

enum
{
  PROP_0,
  PROP_CHANNEL,
  PROP_N_ITEMS,
  PROP_LOADING,
  PROP_AT_START,
  PROP_AT_END,
  PROP_NEW_COUNT,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
natter_timeline_get_item_type (GListModel *model)
{
  return NATTER_TYPE_MESSAGE;
}

static guint
natter_timeline_get_n_items (GListModel *model)
{
  return NATTER_TIMELINE (model)->items->len;
}

static gpointer
natter_timeline_get_item (GListModel *model,
                          guint       position)
{
  NatterTimeline *self = NATTER_TIMELINE (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = natter_timeline_get_item_type;
  iface->get_n_items = natter_timeline_get_n_items;
  iface->get_item = natter_timeline_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterTimeline, natter_timeline, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
natter_timeline_dispose (GObject *object)
{
  NatterTimeline *self = NATTER_TIMELINE (object);

  g_clear_handle_id (&self->arrivals_source, g_source_remove);
  if (self->page != NULL)
    g_cancellable_cancel (self->page);
  g_clear_object (&self->page);
  g_clear_pointer (&self->missed, natter_history_page_free);
  g_clear_weak_pointer (&self->channel);
  G_OBJECT_CLASS (natter_timeline_parent_class)->dispose (object);
}

static void
natter_timeline_finalize (GObject *object)
{
  NatterTimeline *self = NATTER_TIMELINE (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->arrivals);
  g_clear_error (&self->error);
  g_free (self->dry_ids[0]);
  g_free (self->dry_ids[1]);
  G_OBJECT_CLASS (natter_timeline_parent_class)->finalize (object);
}

static void
natter_timeline_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  NatterTimeline *self = NATTER_TIMELINE (object);

  switch (prop_id)
    {
    case PROP_CHANNEL:
      g_value_set_object (value, self->channel);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->items->len);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->page != NULL);
      break;
    case PROP_AT_START:
      g_value_set_boolean (value, self->at_start);
      break;
    case PROP_AT_END:
      g_value_set_boolean (value, self->at_end);
      break;
    case PROP_NEW_COUNT:
      g_value_set_uint (value, self->new_count);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_timeline_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  NatterTimeline *self = NATTER_TIMELINE (object);

  switch (prop_id)
    {
    case PROP_CHANNEL:
      g_set_weak_pointer (&self->channel, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_timeline_class_init (NatterTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = natter_timeline_dispose;
  object_class->finalize = natter_timeline_finalize;
  object_class->get_property = natter_timeline_get_property;
  object_class->set_property = natter_timeline_set_property;

  properties[PROP_CHANNEL] = g_param_spec_object ("channel", NULL, NULL, NATTER_TYPE_CHANNEL, construct);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, notified);
  properties[PROP_AT_START] = g_param_spec_boolean ("at-start", NULL, NULL, FALSE, notified);
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, FALSE, notified);
  properties[PROP_NEW_COUNT] = g_param_spec_uint ("new-count", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_timeline_init (NatterTimeline *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->arrivals = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * natter_timeline_new:
 * @channel: a channel
 *
 * Returns: (transfer full): an empty window on its messages
 */
NatterTimeline *
natter_timeline_new (NatterChannel *channel)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (channel), NULL);

  return g_object_new (NATTER_TYPE_TIMELINE, "channel", channel, NULL);
}

/* Marks where the author or the day changes, from @start up to @end. */
static void
follow (NatterTimeline *self,
        guint           start,
        guint           end)
{
  for (guint i = start; i <= end && i < self->items->len; i++)
    _natter_message_follow (self->items->pdata[i], i > 0 ? self->items->pdata[i - 1] : NULL, self->at_start);
}

/* Newer servers quote what a message answers; elsewhere it is only known when it is in the window. */
static void
resolve_replies (NatterTimeline *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      NatterMessage *message = self->items->pdata[i];
      const char *id = natter_message_get_reply_to_id (message);
      NatterMessage *answered;

      if (id == NULL || natter_message_get_reply_text (message) != NULL)
        continue;
      answered = g_hash_table_lookup (self->by_id, id);
      if (answered != NULL)
        _natter_message_set_reply (message, natter_message_get_author_name (answered),
                                   natter_message_get_content (answered));
      else if (self->channel != NULL)
        _natter_channel_quote (self->channel, message);
    }
}

/* @added: (nullable). Whoever calls has set n_sent to what it is afterwards. */
void
_natter_timeline_splice (NatterTimeline *self,
                         guint           position,
                         guint           n_removed,
                         GPtrArray      *added)
{
  g_autoptr(GPtrArray) removed = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_added = added != NULL ? added->len : 0;

  if (n_removed == 0 && n_added == 0)
    return;
  for (guint i = position; i < position + n_removed; i++)
    {
      NatterMessage *message = self->items->pdata[i];

      g_ptr_array_add (removed, g_object_ref (message));
      if (natter_message_get_id (message) != NULL)
        g_hash_table_remove (self->by_id, natter_message_get_id (message));
    }
  if (n_removed > 0)
    g_ptr_array_remove_range (self->items, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      NatterMessage *message = added->pdata[i];

      g_ptr_array_insert (self->items, position + i, g_object_ref (message));
      if (natter_message_get_id (message) != NULL)
        g_hash_table_insert (self->by_id, g_strdup (natter_message_get_id (message)), message);
    }
  follow (self, position, position + n_added);
  resolve_replies (self);
  if (self->channel != NULL)
    _natter_channel_place_line (self->channel);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  if (n_removed != n_added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

/* How many of the server's messages the window may hold. */
guint
_natter_timeline_get_limit (NatterTimeline *self)
{
  guint n_pending = self->items->len - self->n_sent;

  if (!self->active || n_pending > NATTER_TIMELINE_MAX - NATTER_TIMELINE_PAGE)
    return NATTER_TIMELINE_PAGE;
  return NATTER_TIMELINE_MAX - n_pending;
}

void
_natter_timeline_trim_oldest (NatterTimeline *self,
                              guint           n_kept)
{
  guint n_removed;

  if (self->n_sent <= n_kept)
    return;
  n_removed = self->n_sent - n_kept;
  self->n_sent = n_kept;
  _natter_timeline_set_ends (self, FALSE, self->at_end);
  _natter_timeline_splice (self, 0, n_removed, NULL);
}

void
_natter_timeline_trim_newest (NatterTimeline *self,
                              guint           n_kept)
{
  guint n_removed;

  if (self->n_sent <= n_kept)
    return;
  n_removed = self->n_sent - n_kept;
  self->n_sent = n_kept;
  self->n_after += n_removed;
  _natter_timeline_set_ends (self, self->at_start, FALSE);
  _natter_timeline_drop_arrivals (self);
  _natter_timeline_splice (self, n_kept, n_removed, NULL);
}

void
_natter_timeline_set_ends (NatterTimeline *self,
                           gboolean        at_start,
                           gboolean        at_end)
{
  if (at_end)
    {
      self->n_after = 0;
      _natter_timeline_set_new_count (self, 0);
    }
  if (self->at_start != !!at_start)
    {
      self->at_start = !!at_start;
      follow (self, 0, 0);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AT_START]);
    }
  if (self->at_end != !!at_end)
    {
      self->at_end = !!at_end;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AT_END]);
    }
  if (self->channel != NULL)
    _natter_channel_place_line (self->channel);
}

void
_natter_timeline_set_new_count (NatterTimeline *self,
                                guint           new_count)
{
  if (self->new_count == new_count)
    return;
  self->new_count = new_count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEW_COUNT]);
}

void
_natter_timeline_set_error (NatterTimeline *self,
                            const GError   *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

void
_natter_timeline_set_page (NatterTimeline *self,
                           GCancellable   *page)
{
  gboolean was_loading = self->page != NULL;

  g_set_object (&self->page, page);
  if ((self->page != NULL) != was_loading)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* (transfer full): the object that somebody else holds, if there is one */
NatterMessage *
_natter_timeline_make (NatterTimeline          *self,
                       const NatterMessageData *data)
{
  NatterServer *server = natter_channel_get_server (self->channel);
  NatterMember *author = server != NULL ? natter_server_intern_member (server, data->author) : NULL;
  NatterMessage *apart = _natter_channel_find_apart (self->channel, data->id);
  NatterMessage *message;

  if (apart != NULL)
    {
      /* Who holds it may let go of it when it hears the news. */
      g_object_ref (apart);
      natter_message_update (apart, data);
      return apart;
    }
  message = natter_message_new_from_data (self->channel, author, data);
  _natter_channel_recall_edit (self->channel, message);
  return message;
}

void
_natter_timeline_each (NatterTimeline *self,
                       void          (*function) (NatterMessage *message))
{
  for (guint i = 0; i < self->items->len; i++)
    function (self->items->pdata[i]);
  for (guint i = 0; i < self->arrivals->len; i++)
    function (self->arrivals->pdata[i]);
}

/**
 * natter_timeline_get_channel:
 * @self: a timeline
 *
 * Returns: (transfer none) (nullable): whose messages they are; %NULL when the channel is gone
 */
NatterChannel *
natter_timeline_get_channel (NatterTimeline *self)
{
  g_return_val_if_fail (NATTER_IS_TIMELINE (self), NULL);

  return self->channel;
}

/**
 * natter_timeline_get_loading:
 * @self: a timeline
 *
 * Returns: whether a page is on its way
 */
gboolean
natter_timeline_get_loading (NatterTimeline *self)
{
  g_return_val_if_fail (NATTER_IS_TIMELINE (self), FALSE);

  return self->page != NULL;
}

/**
 * natter_timeline_get_at_start:
 * @self: a timeline
 *
 * Returns: whether nothing older exists
 */
gboolean
natter_timeline_get_at_start (NatterTimeline *self)
{
  g_return_val_if_fail (NATTER_IS_TIMELINE (self), FALSE);

  return self->at_start;
}

/**
 * natter_timeline_get_at_end:
 * @self: a timeline
 *
 * Returns: whether the newest message is held, so that live messages are appended
 */
gboolean
natter_timeline_get_at_end (NatterTimeline *self)
{
  g_return_val_if_fail (NATTER_IS_TIMELINE (self), FALSE);

  return self->at_end;
}

/**
 * natter_timeline_get_new_count:
 * @self: a timeline
 *
 * Returns: how many messages arrived since it left the end
 */
guint
natter_timeline_get_new_count (NatterTimeline *self)
{
  g_return_val_if_fail (NATTER_IS_TIMELINE (self), 0);

  return self->new_count;
}

/**
 * natter_timeline_get_error:
 * @self: a timeline
 *
 * Returns: (transfer none) (nullable): why the last page did not come
 */
const GError *
natter_timeline_get_error (NatterTimeline *self)
{
  g_return_val_if_fail (NATTER_IS_TIMELINE (self), NULL);

  return self->error;
}

/**
 * natter_timeline_lookup:
 * @self: a timeline
 * @id: of a message
 *
 * Returns: (transfer none) (nullable): the message, if the window holds it
 */
NatterMessage *
natter_timeline_lookup (NatterTimeline *self,
                        const char     *id)
{
  g_return_val_if_fail (NATTER_IS_TIMELINE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}
