/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-connection"

#include "config.h"

#include "natter-connection-private.h"

#define DEFAULT_MAX_PAYLOAD (G_GUINT64_CONSTANT (64) * 1024 * 1024)

static const NatterConnectionLimits default_limits = {
  .connect_ms = 20 * 1000,
  .handshake_ms = 20 * 1000,
  .command_ms = 0,
  .silence_ms = 75 * 1000,
  .alive_ms = 5 * 1000,
  .ping_ms = 30 * 1000,
  .retry_first_ms = 1000,
  .retry_last_ms = 60 * 1000,
  .stable_ms = 60 * 1000,
};

enum
{
  PACKET,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterConnection, natter_connection, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (NatterConnectionState, natter_connection_state,
                    G_DEFINE_ENUM_VALUE (NATTER_CONNECTION_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (NATTER_CONNECTION_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (NATTER_CONNECTION_HANDSHAKE, "handshake"),
                    G_DEFINE_ENUM_VALUE (NATTER_CONNECTION_AUTHENTICATING, "authenticating"),
                    G_DEFINE_ENUM_VALUE (NATTER_CONNECTION_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (NATTER_CONNECTION_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (NATTER_CONNECTION_REFUSED, "refused"))

void
_natter_connection_notify (NatterConnection *self,
                           guint             property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
_natter_connection_emit_packet (NatterConnection *self,
                                NatterPacket     *packet)
{
  g_signal_emit (self, signals[PACKET], 0, packet);
}

static gboolean
on_transmit (const char *text,
             GObject    *owner)
{
  return _natter_connection_transmit (NATTER_CONNECTION (owner), text);
}

static void
on_limit_changed (GObject *owner)
{
  g_object_notify_by_pspec (owner, properties[PROP_RATE_LIMIT_UNTIL]);
  g_object_notify_by_pspec (owner, properties[PROP_RATE_LIMIT_LEFT]);
}

static void
natter_connection_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  NatterConnection *self = NATTER_CONNECTION (object);

  switch (property_id)
    {
    case PROP_ADDRESS:
      g_value_set_boxed (value, natter_connection_get_address (self));
      break;
    case PROP_STATE:
      g_value_set_enum (value, natter_connection_get_state (self));
      break;
    case PROP_REASON:
      g_value_set_boxed (value, natter_connection_get_reason (self));
      break;
    case PROP_HANDSHAKE:
      g_value_set_object (value, natter_connection_get_handshake (self));
      break;
    case PROP_USER:
      g_value_set_boxed (value, natter_connection_get_user (self));
      break;
    case PROP_RETRY_TIME:
      g_value_set_int64 (value, natter_connection_get_retry_time (self));
      break;
    case PROP_RATE_LIMIT_UNTIL:
      g_value_set_int64 (value, natter_connection_get_rate_limit_until (self));
      break;
    case PROP_RATE_LIMIT_LEFT:
      g_value_set_uint (value, natter_connection_get_rate_limit_left (self));
      break;
    case PROP_LATENCY:
      g_value_set_int (value, natter_connection_get_latency (self));
      break;
    case PROP_CONNECTED_SINCE:
      g_value_set_int64 (value, natter_connection_get_connected_since (self));
      break;
    case PROP_CERTIFICATE:
      g_value_set_object (value, natter_connection_get_certificate (self));
      break;
    case PROP_MAX_PAYLOAD:
      g_value_set_uint64 (value, natter_connection_get_max_payload (self));
      break;
    case PROP_PERSISTENT:
      g_value_set_boolean (value, natter_connection_get_persistent (self));
      break;
    case PROP_UNKNOWN_PACKETS:
      g_value_set_uint (value, natter_connection_get_unknown_packets (self));
      break;
    case PROP_DROPPED_PACKETS:
      g_value_set_uint (value, natter_connection_get_dropped_packets (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
natter_connection_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  NatterConnection *self = NATTER_CONNECTION (object);

  switch (property_id)
    {
    case PROP_ADDRESS:
      self->address = g_value_dup_boxed (value);
      break;
    case PROP_MAX_PAYLOAD:
      natter_connection_set_max_payload (self, g_value_get_uint64 (value));
      break;
    case PROP_PERSISTENT:
      natter_connection_set_persistent (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
natter_connection_dispose (GObject *object)
{
  NatterConnection *self = NATTER_CONNECTION (object);

  /* Whoever waits for an answer holds a reference, so that nobody waits any more. */
  _natter_connection_forget_socket (self);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_object (&self->handshake);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->user, natter_packet_unref);

  G_OBJECT_CLASS (natter_connection_parent_class)->dispose (object);
}

static void
natter_connection_finalize (GObject *object)
{
  NatterConnection *self = NATTER_CONNECTION (object);

  g_clear_pointer (&self->queue, natter_request_queue_free);
  g_clear_pointer (&self->address, natter_address_unref);
  g_clear_error (&self->reason);

  G_OBJECT_CLASS (natter_connection_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  properties[PROP_ADDRESS] = g_param_spec_boxed ("address", NULL, NULL, NATTER_TYPE_ADDRESS,
                                                 writable | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, NATTER_TYPE_CONNECTION_STATE,
                                              NATTER_CONNECTION_OFFLINE, readable);
  properties[PROP_REASON] = g_param_spec_boxed ("reason", NULL, NULL, G_TYPE_ERROR, readable);
  properties[PROP_HANDSHAKE] = g_param_spec_object ("handshake", NULL, NULL, NATTER_TYPE_HANDSHAKE, readable);
  properties[PROP_USER] = g_param_spec_boxed ("user", NULL, NULL, NATTER_TYPE_PACKET, readable);
  properties[PROP_RETRY_TIME] = g_param_spec_int64 ("retry-time", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_RATE_LIMIT_UNTIL] = g_param_spec_int64 ("rate-limit-until", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_RATE_LIMIT_LEFT] = g_param_spec_uint ("rate-limit-left", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_LATENCY] = g_param_spec_int ("latency", NULL, NULL, -1, G_MAXINT, -1, readable);
  properties[PROP_CONNECTED_SINCE] = g_param_spec_int64 ("connected-since", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_CERTIFICATE] = g_param_spec_object ("certificate", NULL, NULL, G_TYPE_TLS_CERTIFICATE, readable);
  properties[PROP_MAX_PAYLOAD] = g_param_spec_uint64 ("max-payload", NULL, NULL, 1, G_MAXUINT32,
                                                      DEFAULT_MAX_PAYLOAD, writable);
  properties[PROP_PERSISTENT] = g_param_spec_boolean ("persistent", NULL, NULL, FALSE, writable);
  properties[PROP_UNKNOWN_PACKETS] = g_param_spec_uint ("unknown-packets", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_DROPPED_PACKETS] = g_param_spec_uint ("dropped-packets", NULL, NULL, 0, G_MAXUINT, 0, readable);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_connection_class_init (NatterConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_connection_dispose;
  object_class->finalize = natter_connection_finalize;
  object_class->get_property = natter_connection_get_property;
  object_class->set_property = natter_connection_set_property;
  install_properties (object_class);

  /**
   * NatterConnection::packet:
   * @self: a connection
   * @packet: what came
   *
   * Every packet in the order of the wire, answers too, before their request finishes. State and properties of the
   * connection already follow from it.
   */
  signals[PACKET] = g_signal_new ("packet", NATTER_TYPE_CONNECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, NATTER_TYPE_PACKET | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
natter_connection_init (NatterConnection *self)
{
  static const NatterRequestQueueFuncs funcs = { on_transmit, on_limit_changed };
  static guint last_number;

  self->number = ++last_number;
  self->latency = -1;
  self->max_payload = DEFAULT_MAX_PAYLOAD;
  self->queue = natter_request_queue_new (&funcs, G_OBJECT (self));
  natter_connection_set_limits (self, &default_limits);
}

/**
 * natter_connection_new:
 * @address: where the server is
 *
 * The connection of one person to one server, over any number of sockets. It is offline until
 * natter_connection_open(). Proxies of the system are honoured. Main thread only.
 *
 * Returns: (transfer full): a connection
 */
NatterConnection *
natter_connection_new (NatterAddress *address)
{
  g_return_val_if_fail (address != NULL, NULL);

  return g_object_new (NATTER_TYPE_CONNECTION, "address", address, NULL);
}

/**
 * natter_connection_open:
 * @self: a connection
 *
 * Connects, and stays connected until natter_connection_close(): a connection that is lost is made again without
 * end, after waits that grow from 1 s to 60 s and start over when a connection was in use for a minute. While it waits,
 * this connects at once; while it is connected, it does nothing.
 *
 * Not tried again by itself, state %NATTER_CONNECTION_REFUSED, is what a person has to look at: a certificate that
 * is not good, a refused sign-in, a frame that is too large; and, unless the connection is
 * #NatterConnection:persistent, everything.
 */
void
natter_connection_open (NatterConnection *self)
{
  g_return_if_fail (NATTER_IS_CONNECTION (self));

  switch (self->state)
    {
    case NATTER_CONNECTION_OFFLINE:
    case NATTER_CONNECTION_WAITING:
    case NATTER_CONNECTION_REFUSED:
      _natter_connection_start (self);
      break;
    case NATTER_CONNECTION_CONNECTING:
    case NATTER_CONNECTION_HANDSHAKE:
    case NATTER_CONNECTION_AUTHENTICATING:
    case NATTER_CONNECTION_READY:
    default:
      break;
    }
}

/**
 * natter_connection_close:
 * @self: a connection
 *
 * Ends the connection, in whatever state it is: state %NATTER_CONNECTION_OFFLINE. All that waits for an answer fails
 * with %NATTER_ERROR_DISCONNECTED.
 */
void
natter_connection_close (NatterConnection *self)
{
  g_return_if_fail (NATTER_IS_CONNECTION (self));

  _natter_connection_stop (self);
}

/**
 * natter_connection_check_alive:
 * @self: a connection
 *
 * For the moments in which a connection may be dead without knowing it, such as resume from suspend: asks the server for
 * a sign of life and gives the connection up when there is none within 5 s. While it waits to try again, or tries, it
 * tries anew at once.
 */
void
natter_connection_check_alive (NatterConnection *self)
{
  g_return_if_fail (NATTER_IS_CONNECTION (self));

  /* What was begun over another network leads nowhere. */
  if (self->state == NATTER_CONNECTION_WAITING || self->state == NATTER_CONNECTION_CONNECTING)
    _natter_connection_start (self);
  else if (self->socket != NULL)
    _natter_connection_ask_for_life (self);
}

/**
 * natter_connection_request_async:
 * @self: a connection
 * @command: (transfer full): a command
 * @cancellable: (nullable): a cancellable. A command that was not sent yet is not sent; else its answer is forgotten
 * @callback: called when the answer is there
 * @data: for @callback
 *
 * Sends a command and waits for its answer, for as long as the command says. What costs of the server's message budget is
 * sent in order, one after the other, and while the server asks to be slower it waits, for as long as that
 * takes: a message that was refused for being too fast is sent again by the connection. A `typing` that would have to
 * wait is dropped.
 */
void
natter_connection_request_async (NatterConnection    *self,
                                 NatterCommand       *command,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             data)
{
  g_autoptr(NatterCommand) owned = command;
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (NATTER_IS_CONNECTION (self));
  g_return_if_fail (command != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_connection_request_async);
  g_task_set_static_name (task, "natter-connection-request");
  if (g_task_return_error_if_cancelled (task))
    return;

  if (self->state != NATTER_CONNECTION_READY)
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
  else
    natter_request_queue_add (self->queue, g_steal_pointer (&owned), g_steal_pointer (&task));
}

/**
 * natter_connection_request_finish:
 * @self: a connection
 * @result: the result
 * @error: why there is no answer, or what the server refused
 *
 * Returns: (transfer full) (nullable): the answer
 */
NatterPacket *
natter_connection_request_finish (NatterConnection  *self,
                                  GAsyncResult      *result,
                                  GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * natter_connection_request_was_sent:
 * @result: the result of natter_connection_request_async()
 *
 * For a request that failed because the connection ended: whether the server may have carried it out. When it was
 * never sent, it can be sent again without looking whether it arrived.
 *
 * Returns: whether the command was handed to the network
 */
gboolean
natter_connection_request_was_sent (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return natter_request_queue_was_sent (G_TASK (result));
}

/**
 * natter_connection_send:
 * @self: a connection
 * @command: (transfer full): a command
 *
 * Sends what needs no answer. Dropped when the connection is not ready.
 */
void
natter_connection_send (NatterConnection *self,
                        NatterCommand    *command)
{
  g_autoptr(NatterCommand) owned = command;

  g_return_if_fail (NATTER_IS_CONNECTION (self));
  g_return_if_fail (command != NULL);

  if (self->state == NATTER_CONNECTION_READY)
    natter_request_queue_add (self->queue, g_steal_pointer (&owned), NULL);
}
