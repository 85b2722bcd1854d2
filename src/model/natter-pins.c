/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-message-private.h"
#include "natter-pins.h"
#include "natter-server.h"
#include "natter-timeline-private.h"

struct _NatterPins
{
  GObject        parent_instance;

  NatterChannel *channel; /* weak: it holds this */
  GListStore    *items;
  GCancellable  *request; /* of the list that is on its way */
  GError        *error;
  gboolean       loaded;
};

enum
{
  PROP_0,
  PROP_N_ITEMS,
  PROP_LOADING,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
natter_pins_get_item_type (GListModel *model)
{
  return NATTER_TYPE_MESSAGE;
}

static guint
natter_pins_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (NATTER_PINS (model)->items));
}

static gpointer
natter_pins_get_item (GListModel *model,
                      guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (NATTER_PINS (model)->items), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = natter_pins_get_item_type;
  iface->get_n_items = natter_pins_get_n_items;
  iface->get_item = natter_pins_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterPins, natter_pins, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
on_items_changed (NatterPins *self,
                  guint       position,
                  guint       n_removed,
                  guint       n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  if (n_removed != n_added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
natter_pins_dispose (GObject *object)
{
  NatterPins *self = NATTER_PINS (object);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  g_clear_weak_pointer (&self->channel);
  G_OBJECT_CLASS (natter_pins_parent_class)->dispose (object);
}

static void
natter_pins_finalize (GObject *object)
{
  NatterPins *self = NATTER_PINS (object);

  g_object_unref (self->items);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (natter_pins_parent_class)->finalize (object);
}

static void
natter_pins_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  NatterPins *self = NATTER_PINS (object);

  switch (prop_id)
    {
    case PROP_N_ITEMS:
      g_value_set_uint (value, natter_pins_get_n_items (G_LIST_MODEL (self)));
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, natter_pins_get_loading (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_pins_class_init (NatterPinsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = natter_pins_dispose;
  object_class->finalize = natter_pins_finalize;
  object_class->get_property = natter_pins_get_property;

  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, notified);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_pins_init (NatterPins *self)
{
  self->items = g_list_store_new (NATTER_TYPE_MESSAGE);
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
}

/**
 * natter_pins_new:
 * @channel: a channel
 *
 * Returns: (transfer full): an empty list of its pinned messages
 */
NatterPins *
natter_pins_new (NatterChannel *channel)
{
  NatterPins *self;

  g_return_val_if_fail (NATTER_IS_CHANNEL (channel), NULL);

  self = g_object_new (NATTER_TYPE_PINS, NULL);
  g_set_weak_pointer (&self->channel, channel);
  return self;
}

static void
set_error (NatterPins   *self,
           const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
set_request (NatterPins   *self,
             GCancellable *request)
{
  gboolean was_loading = self->request != NULL;

  g_set_object (&self->request, request);
  if (was_loading != (request != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* (transfer full): the object that others show too, if there is one */
static NatterMessage *
get_message (NatterPins              *self,
             const NatterMessageData *data)
{
  NatterMessage *held = _natter_channel_find (self->channel, data->id);

  if (held == NULL)
    return _natter_timeline_make (natter_channel_get_timeline (self->channel), data);
  /* Who holds it may let go of it when it hears the news. */
  g_object_ref (held);
  natter_message_update (held, data);
  return held;
}

static void
take (NatterPins *self,
      GPtrArray  *messages)
{
  g_autoptr(GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items = natter_pins_get_n_items (G_LIST_MODEL (self));
  guint n_same = 0;

  for (guint i = 0; i < messages->len; i++)
    {
      NatterMessage *message;

      if (_natter_channel_withhold (self->channel, messages->pdata[i]))
        continue;
      message = get_message (self, messages->pdata[i]);
      /* Not every server says so again in this list. */
      _natter_message_set_pinned (message, TRUE);
      g_ptr_array_add (wanted, message);
    }
  for (; n_same < MIN (n_items, wanted->len); n_same++)
    {
      g_autoptr(NatterMessage) message = natter_pins_get_item (G_LIST_MODEL (self), n_same);

      if (message != wanted->pdata[n_same])
        break;
    }
  if (n_same < n_items || n_same < wanted->len)
    g_list_store_splice (self->items, n_same, n_items - n_same, wanted->pdata + n_same, wanted->len - n_same);
}

static void
on_list (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(NatterPins) self = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_object_ref (NATTER_PINS (data));
  set_request (self, NULL);
  if (packet != NULL && packet->kind != NATTER_PACKET_MESSAGES_PINNED)
    g_set_error_literal (&error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "The answer is no list of pinned messages");
  set_error (self, error);
  if (error != NULL || self->channel == NULL)
    return;
  self->loaded = TRUE;
  take (self, packet->history.messages);
}

static void
request (NatterPins *self)
{
  NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;
  g_autoptr(GCancellable) cancellable = NULL;

  if (self->request != NULL || server == NULL)
    return;
  if (natter_server_get_state (server) != NATTER_CONNECTION_READY)
    {
      g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");

      set_error (self, error);
      return;
    }
  cancellable = g_cancellable_new ();
  set_request (self, cancellable);
  /* Cancelled in dispose, so it lives when the answer is good. */
  natter_connection_request_async (natter_server_get_connection (server),
                                   natter_command_messages_pinned (natter_channel_get_name (self->channel)),
                                   cancellable, on_list, self);
}

/**
 * natter_pins_load:
 * @self: pinned messages
 *
 * To be called when they are shown. Asks for the list unless it is there; after that it is followed live.
 */
void
natter_pins_load (NatterPins *self)
{
  g_return_if_fail (NATTER_IS_PINS (self));

  if (!self->loaded)
    request (self);
}

/**
 * natter_pins_get_loading:
 * @self: pinned messages
 *
 * Returns: whether the list is on its way
 */
gboolean
natter_pins_get_loading (NatterPins *self)
{
  g_return_val_if_fail (NATTER_IS_PINS (self), FALSE);

  return self->request != NULL;
}

/**
 * natter_pins_get_error:
 * @self: pinned messages
 *
 * Returns: (transfer none) (nullable): why the list did not come
 */
const GError *
natter_pins_get_error (NatterPins *self)
{
  g_return_val_if_fail (NATTER_IS_PINS (self), NULL);

  return self->error;
}

static gboolean
find (NatterPins *self,
      const char *id,
      guint      *position)
{
  guint n_items = natter_pins_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(NatterMessage) message = natter_pins_get_item (G_LIST_MODEL (self), i);

      if (g_strcmp0 (natter_message_get_id (message), id) == 0)
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* Where a pinned message belongs is only in the list. */
void
_natter_pins_changed (NatterPins *self,
                      const char *id,
                      gboolean    pinned)
{
  guint position;
  gboolean found = find (self, id, &position);

  if (found && !pinned)
    g_list_store_remove (self->items, position);
  else if (!found && pinned && self->loaded)
    request (self);
}

void
_natter_pins_went_offline (NatterPins *self)
{
  self->loaded = FALSE;
}

NatterMessage *
_natter_pins_find (NatterPins *self,
                   const char *id)
{
  guint position;
  g_autoptr(NatterMessage) message = NULL;

  if (!find (self, id, &position))
    return NULL;
  message = natter_pins_get_item (G_LIST_MODEL (self), position);
  return message;
}

void
_natter_pins_each (NatterPins *self,
                   void      (*function) (NatterMessage *message))
{
  guint n_items = natter_pins_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr(NatterMessage) message = natter_pins_get_item (G_LIST_MODEL (self), i);

      function (message);
    }
}
