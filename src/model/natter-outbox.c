/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-outbox"

#include "config.h"

#include "natter-outbox-private.h"

#include "natter-channel-private.h"
#include "natter-error.h"
#include "natter-message-private.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"

/* How long a message that was not found is looked for once more: what came over a connection that has ended may still
 * be waiting in the server. */
#define SETTLE_MS 2000

/**
 * NatterOutbox:
 *
 * What the person has sent and the server is not known to have, of one server with one identity. It is kept on disk
 * before it is shown, and leaves in order, one message a place at a time. Where no answer came it is looked for before
 * it is sent again.
 */
enum
{
  PROP_0,
  PROP_N_PENDING,
  PROP_N_FAILED,
  PROP_SETTLE_TIME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterOutbox, natter_outbox, G_TYPE_OBJECT)

static void
outgoing_free (gpointer data)
{
  NatterOutgoing *outgoing = data;

  g_clear_object (&outgoing->message);
  natter_stored_outgoing_free (outgoing->stored);
  g_free (outgoing);
}

static void
place_free (gpointer data)
{
  NatterOutboxPlace *place = data;

  g_free (place->channel);
  g_free (place->thread_id);
  g_hash_table_unref (place->others);
  g_free (place);
}

static void
natter_outbox_dispose (GObject *object)
{
  NatterOutbox *self = NATTER_OUTBOX (object);

  g_clear_handle_id (&self->resume_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->server);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (natter_outbox_parent_class)->dispose (object);
}

static void
natter_outbox_finalize (GObject *object)
{
  NatterOutbox *self = NATTER_OUTBOX (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->outgoing);
  g_ptr_array_unref (self->places);
  G_OBJECT_CLASS (natter_outbox_parent_class)->finalize (object);
}

static void
natter_outbox_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  NatterOutbox *self = NATTER_OUTBOX (object);

  switch (prop_id)
    {
    case PROP_N_PENDING:
      g_value_set_uint (value, self->n_pending);
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, self->n_failed);
      break;
    case PROP_SETTLE_TIME:
      g_value_set_uint (value, self->settle_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_outbox_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  NatterOutbox *self = NATTER_OUTBOX (object);

  switch (prop_id)
    {
    case PROP_SETTLE_TIME:
      if (self->settle_ms != g_value_get_uint (value))
        {
          self->settle_ms = g_value_get_uint (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_outbox_class_init (NatterOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = natter_outbox_dispose;
  object_class->finalize = natter_outbox_finalize;
  object_class->get_property = natter_outbox_get_property;
  object_class->set_property = natter_outbox_set_property;

  properties[PROP_N_PENDING] = g_param_spec_uint ("n-pending", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_N_FAILED] = g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_SETTLE_TIME] =
    g_param_spec_uint ("settle-time", NULL, NULL, 0, G_MAXUINT, SETTLE_MS, notified | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_outbox_init (NatterOutbox *self)
{
  self->outgoing = g_ptr_array_new_with_free_func (outgoing_free);
  self->places = g_ptr_array_new_with_free_func (place_free);
  self->cancellable = g_cancellable_new ();
  self->settle_ms = SETTLE_MS;
}

static void
count (NatterOutbox *self)
{
  guint n_failed = 0;
  guint n_pending;

  for (guint i = 0; i < self->outgoing->len; i++)
    n_failed += ((NatterOutgoing *) self->outgoing->pdata[i])->stored->state == NATTER_OUTGOING_FAILED;
  n_pending = self->outgoing->len - n_failed;
  if (self->n_pending != n_pending)
    {
      self->n_pending = n_pending;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
    }
  if (self->n_failed != n_failed)
    {
      self->n_failed = n_failed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FAILED]);
    }
}

/* (nullable) */
NatterOutgoing *
_natter_outbox_find (NatterOutbox *self,
                     const char   *id)
{
  for (guint i = 0; i < self->outgoing->len; i++)
    {
      NatterOutgoing *outgoing = self->outgoing->pdata[i];

      if (g_str_equal (outgoing->stored->id, id))
        return outgoing;
    }
  return NULL;
}

static NatterOutgoing *
find_by_message (NatterOutbox  *self,
                 NatterMessage *message)
{
  for (guint i = 0; i < self->outgoing->len; i++)
    {
      NatterOutgoing *outgoing = self->outgoing->pdata[i];

      if (outgoing->message == message)
        return outgoing;
    }
  return NULL;
}

gboolean
_natter_outbox_is_in (const NatterOutgoing    *outgoing,
                      const NatterOutboxPlace *place)
{
  return g_strcmp0 (outgoing->stored->channel, place->channel) == 0
         && g_strcmp0 (outgoing->stored->thread_id, place->thread_id) == 0;
}

NatterOutboxPlace *
_natter_outbox_get_place (NatterOutbox *self,
                          const char   *channel,
                          const char   *thread_id)
{
  NatterOutboxPlace *place;

  for (guint i = 0; i < self->places->len; i++)
    {
      place = self->places->pdata[i];
      if (thread_id != NULL ? g_strcmp0 (place->thread_id, thread_id) == 0 : g_strcmp0 (place->channel, channel) == 0)
        return place;
    }
  place = g_new0 (NatterOutboxPlace, 1);
  place->channel = thread_id == NULL ? g_strdup (channel) : NULL;
  place->thread_id = g_strdup (thread_id);
  place->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (self->places, place);
  return place;
}

static NatterChannel *
find_channel (NatterOutbox   *self,
              NatterOutgoing *outgoing)
{
  const char *name = outgoing->stored->thread_id != NULL ? outgoing->stored->thread_id : outgoing->stored->channel;

  return self->server != NULL && name != NULL ? natter_server_lookup_channel (self->server, name) : NULL;
}

static void
set_message_failed (NatterOutgoing *outgoing,
                    const GError   *error)
{
  g_autoptr(GError) from_server = NULL;

  if (outgoing->message == NULL)
    return;
  if (error == NULL)
    {
      from_server = natter_error_from_server (outgoing->stored->error);
      error = from_server;
    }
  _natter_message_set_failed (outgoing->message, error);
}

static gboolean
is_offline (NatterOutbox *self)
{
  return !_natter_server_is_ready (self->server);
}

static void
make_message (NatterOutbox   *self,
              NatterOutgoing *outgoing,
              NatterChannel  *channel)
{
  /* A channel that went away and came back is another object. */
  if (outgoing->message != NULL && natter_message_get_channel (outgoing->message) == channel)
    return;
  g_clear_object (&outgoing->message);
  outgoing->message = natter_message_new_pending (channel, natter_server_get_me (self->server), outgoing->stored->text,
                                                  outgoing->stored->reply_to);
  _natter_message_set_time (outgoing->message, outgoing->stored->created);
  _natter_message_set_waiting (outgoing->message, is_offline (self));
  if (outgoing->stored->state == NATTER_OUTGOING_FAILED)
    set_message_failed (outgoing, NULL);
}

static void
show (NatterOutbox   *self,
      NatterOutgoing *outgoing,
      NatterChannel  *channel)
{
  make_message (self, outgoing, channel);
  if (channel->timeline != NULL && outgoing->kept)
    _natter_timeline_add_pending (channel->timeline, outgoing->message);
}

/* Puts what waits for @channel into its timeline, which was just made. */
void
_natter_outbox_show (NatterOutbox  *self,
                     NatterChannel *channel)
{
  for (guint i = 0; i < self->outgoing->len; i++)
    {
      NatterOutgoing *outgoing = self->outgoing->pdata[i];

      if (g_strcmp0 (outgoing->stored->channel, _natter_channel_get_channel_name (channel)) == 0
          && g_strcmp0 (outgoing->stored->thread_id, natter_channel_get_thread_id (channel)) == 0)
        show (self, outgoing, channel);
    }
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;

  /* What is in memory is sent all the same. */
  if (!natter_store_save_finish (NATTER_STORE (source), result, &error)
      && !g_error_matches (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_CLOSED))
    g_message ("The outbox can't be kept: %s", error->message);
}

/* @error: (nullable): why it failed */
void
_natter_outbox_mark (NatterOutbox        *self,
                     NatterOutgoing      *outgoing,
                     NatterOutgoingState  state,
                     const GError        *error)
{
  outgoing->stored->state = state;
  if (state != NATTER_OUTGOING_GIVEN)
    outgoing->stored->given = 0;
  g_set_str (&outgoing->stored->error, error != NULL ? error->message : NULL);
  if (state == NATTER_OUTGOING_FAILED)
    set_message_failed (outgoing, error);
  if (self->store != NULL && state != NATTER_OUTGOING_GIVEN)
    natter_store_mark_outgoing_async (self->store, outgoing->stored->id, state, 0, outgoing->stored->error, NULL,
                                      on_written, NULL);
  count (self);
}

/* The server has it. (transfer full) (nullable): its message, which is still what it was */
NatterMessage *
_natter_outbox_take (NatterOutbox            *self,
                     NatterOutgoing          *outgoing,
                     const NatterMessageData *data)
{
  g_autoptr(NatterMessage) message = g_steal_pointer (&outgoing->message);
  NatterOutboxPlace *place = _natter_outbox_get_place (self, outgoing->stored->channel, outgoing->stored->thread_id);

  place->newest = MAX (place->newest, data->time);
  if (self->store != NULL)
    natter_store_remove_outgoing_async (self->store, outgoing->stored->id, NULL, on_written, NULL);
  g_ptr_array_remove (self->outgoing, outgoing);
  count (self);
  return g_steal_pointer (&message);
}

typedef struct
{
  GWeakRef  outbox;
  char     *id;
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  g_weak_ref_clear (&keeping->outbox);
  g_free (keeping->id);
  g_free (keeping);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keeping, keeping_free)

static void
set_kept (NatterOutbox   *self,
          NatterOutgoing *outgoing)
{
  NatterChannel *channel = find_channel (self, outgoing);

  outgoing->kept = TRUE;
  if (channel != NULL)
    show (self, outgoing, channel);
  _natter_outbox_pump (self, _natter_outbox_get_place (self, outgoing->stored->channel, outgoing->stored->thread_id));
}

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(Keeping) keeping = data;
  g_autoptr(NatterOutbox) self = g_weak_ref_get (&keeping->outbox);
  NatterOutgoing *outgoing = self != NULL ? _natter_outbox_find (self, keeping->id) : NULL;

  on_written (source, result, NULL);
  if (outgoing != NULL)
    set_kept (self, outgoing);
}

/* Takes over @outgoing. */
static void
append (NatterOutbox   *self,
        NatterOutgoing *outgoing,
        gboolean        from_draft)
{
  Keeping *keeping;

  g_ptr_array_add (self->outgoing, outgoing);
  count (self);
  if (self->store == NULL)
    {
      set_kept (self, outgoing);
      return;
    }
  keeping = g_new0 (Keeping, 1);
  g_weak_ref_init (&keeping->outbox, self);
  keeping->id = g_strdup (outgoing->stored->id);
  natter_store_add_outgoing_async (self->store, outgoing->stored, from_draft, NULL, on_kept, keeping);
}

static gboolean
fits (NatterChannel  *channel,
      const char     *text,
      GError        **error)
{
  guint limit = natter_channel_get_max_length (channel);

  if (limit == 0 || g_utf8_strlen (text, -1) <= (glong) limit)
    return TRUE;
  g_set_error (error, NATTER_ERROR, NATTER_ERROR_REJECTED, "Message too long. Maximum length is %u characters", limit);
  return FALSE;
}

static char **
dup_ids (GPtrArray *attachments)
{
  GStrvBuilder *ids = g_strv_builder_new ();

  for (guint i = 0; i < attachments->len; i++)
    g_strv_builder_add (ids, ((NatterAttachmentData *) attachments->pdata[i])->id);
  return g_strv_builder_unref_to_strv (ids);
}

/* Sends a text, now or when that can be. It comes into the timeline as soon as it is on disk.
 * @attachments: (nullable): NatterAttachmentData of files that go with it
 * @from_draft: whether it was the place's draft, which ends with this
 * Returns: (transfer none): it, on its way */
NatterMessage *
_natter_outbox_add (NatterOutbox  *self,
                    NatterChannel *channel,
                    const char    *text,
                    const char    *reply_to,
                    gboolean       reply_pings,
                    GPtrArray     *attachments,
                    gboolean       from_draft)
{
  NatterOutgoing *outgoing = g_new0 (NatterOutgoing, 1);
  g_autoptr(GError) error = NULL;

  outgoing->stored = g_new0 (NatterStoredOutgoing, 1);
  outgoing->stored->id = g_uuid_string_random ();
  outgoing->stored->server_id = g_strdup (natter_server_get_id (self->server));
  outgoing->stored->channel = g_strdup (_natter_channel_get_channel_name (channel));
  outgoing->stored->thread_id = g_strdup (natter_channel_get_thread_id (channel));
  outgoing->stored->text = g_strdup (text);
  outgoing->stored->reply_to = g_strdup (reply_to);
  outgoing->stored->reply_pings = reply_pings;
  outgoing->stored->created = g_get_real_time ();
  outgoing->stored->attachments = attachments != NULL ? dup_ids (attachments) : NULL;
  make_message (self, outgoing, channel);
  if (attachments != NULL)
    _natter_message_set_attachments (outgoing->message, attachments);
  if (!fits (channel, text, &error))
    {
      outgoing->stored->state = NATTER_OUTGOING_FAILED;
      outgoing->stored->error = g_strdup (error->message);
      set_message_failed (outgoing, error);
    }
  append (self, outgoing, from_draft);
  return outgoing->message;
}

/* Sends a message that failed again. */
void
_natter_outbox_retry (NatterOutbox  *self,
                      NatterMessage *message)
{
  NatterOutgoing *outgoing = find_by_message (self, message);
  NatterChannel *channel = natter_message_get_channel (message);
  g_autoptr(GError) error = NULL;

  if (outgoing == NULL || outgoing->stored->state != NATTER_OUTGOING_FAILED)
    return;
  if (channel != NULL && !fits (channel, outgoing->stored->text, &error))
    return;
  outgoing->n_unanswered = 0;
  _natter_message_set_pending (message);
  _natter_outbox_mark (self, outgoing, NATTER_OUTGOING_WAITING, NULL);
  _natter_outbox_pump (self, _natter_outbox_get_place (self, outgoing->stored->channel, outgoing->stored->thread_id));
}

/* Forgets a message that failed or waits. One that a connection has can't be taken back. */
void
_natter_outbox_discard (NatterOutbox  *self,
                        NatterMessage *message)
{
  NatterOutgoing *outgoing = find_by_message (self, message);
  NatterChannel *channel = natter_message_get_channel (message);

  if (outgoing == NULL || outgoing->stored->state == NATTER_OUTGOING_GIVEN)
    return;
  if (channel != NULL && channel->timeline != NULL)
    _natter_timeline_discard (channel->timeline, message);
  if (self->store != NULL)
    natter_store_remove_outgoing_async (self->store, outgoing->stored->id, NULL, on_written, NULL);
  g_ptr_array_remove (self->outgoing, outgoing);
  count (self);
}

/* Takes over what waits in the outbox of another entry of the same server and identity. */
void
_natter_outbox_adopt (NatterOutbox *self,
                      NatterOutbox *from)
{
  for (guint i = 0; i < from->outgoing->len; i++)
    {
      NatterOutgoing *old = from->outgoing->pdata[i];
      NatterOutgoing *outgoing = g_new0 (NatterOutgoing, 1);

      outgoing->stored = natter_stored_outgoing_copy (old->stored);
      g_free (outgoing->stored->id);
      g_free (outgoing->stored->server_id);
      outgoing->stored->id = g_uuid_string_random ();
      outgoing->stored->server_id = g_strdup (natter_server_get_id (self->server));
      append (self, outgoing, FALSE);
    }
  g_ptr_array_set_size (from->outgoing, 0);
  count (from);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(Keeping) keeping = data;
  g_autoptr(NatterOutbox) self = g_weak_ref_get (&keeping->outbox);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = natter_store_load_outbox_finish (NATTER_STORE (source), result, &error);

  if (self == NULL)
    return;
  if (rows == NULL)
    g_message ("The outbox can't be read: %s", error->message);
  self->loaded = TRUE;
  /* What was added meanwhile comes after what waits since the last time. */
  for (guint i = 0, position = 0; rows != NULL && i < rows->len; i++)
    {
      const NatterStoredOutgoing *row = rows->pdata[i];
      NatterOutgoing *outgoing;
      NatterChannel *channel;

      if (_natter_outbox_find (self, row->id) != NULL)
        continue;
      outgoing = g_new0 (NatterOutgoing, 1);
      outgoing->stored = natter_stored_outgoing_copy (row);
      outgoing->kept = TRUE;
      g_ptr_array_insert (self->outgoing, position++, outgoing);
      channel = find_channel (self, outgoing);
      if (channel != NULL)
        show (self, outgoing, channel);
    }
  count (self);
  _natter_outbox_pump_all (self);
}

/* @store: (nullable). Reads what waits since the last time. */
NatterOutbox *
_natter_outbox_new (NatterServer *server,
                    NatterStore  *store)
{
  NatterOutbox *self = g_object_new (NATTER_TYPE_OUTBOX, NULL);
  Keeping *keeping;

  g_set_weak_pointer (&self->server, server);
  g_set_object (&self->store, store);
  if (store == NULL)
    {
      self->loaded = TRUE;
      return self;
    }
  keeping = g_new0 (Keeping, 1);
  g_weak_ref_init (&keeping->outbox, self);
  natter_store_load_outbox_async (store, natter_server_get_id (server), self->cancellable, on_loaded, keeping);
  return self;
}

/**
 * natter_outbox_get_n_pending:
 * @self: an outbox
 *
 * Returns: how many messages are on their way or wait for a connection
 */
guint
natter_outbox_get_n_pending (NatterOutbox *self)
{
  g_return_val_if_fail (NATTER_IS_OUTBOX (self), 0);

  return self->n_pending;
}

/**
 * natter_outbox_get_n_failed:
 * @self: an outbox
 *
 * Returns: how many messages were refused and wait for the person
 */
guint
natter_outbox_get_n_failed (NatterOutbox *self)
{
  g_return_val_if_fail (NATTER_IS_OUTBOX (self), 0);

  return self->n_failed;
}
