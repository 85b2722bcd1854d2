/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-outbox"

#include "config.h"

#include "natter-outbox-private.h"

#include "natter-channel-private.h"
#include "natter-error.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"

/* After so many times without an answer while the connection was well, the person decides. */
#define MAX_UNANSWERED 3

/* Until sending is tried again when the connection has too much to do. */
#define RESUME_SECONDS 2

typedef struct
{
  GWeakRef  outbox;
  char     *id;
  char     *channel;
  char     *thread_id;
} Giving;

static Giving *
giving_new (NatterOutbox      *self,
            NatterOutboxPlace *place,
            NatterOutgoing    *outgoing)
{
  Giving *giving = g_new0 (Giving, 1);

  g_weak_ref_init (&giving->outbox, self);
  giving->id = g_strdup (outgoing->stored->id);
  giving->channel = g_strdup (place->channel);
  giving->thread_id = g_strdup (place->thread_id);
  return giving;
}

static void
giving_free (Giving *giving)
{
  g_weak_ref_clear (&giving->outbox);
  g_free (giving->id);
  g_free (giving->channel);
  g_free (giving->thread_id);
  g_free (giving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Giving, giving_free)

static NatterChannel *
find_channel (NatterOutbox *self,
              const char   *name)
{
  return self->server != NULL && name != NULL ? natter_server_lookup_channel (self->server, name) : NULL;
}

/* The server has it: its message goes on as a sent one. */
void
_natter_outbox_confirm (NatterOutbox            *self,
                        NatterOutgoing          *outgoing,
                        const NatterMessageData *data)
{
  g_autoptr(NatterMessage) message = _natter_outbox_take (self, outgoing, data);
  NatterChannel *channel = message != NULL ? natter_message_get_channel (message) : NULL;

  if (channel == NULL)
    return;
  if (channel->timeline != NULL)
    _natter_timeline_confirm (channel->timeline, message, data);
  else
    _natter_message_set_sent (message, data);
  _natter_channel_own_sent (channel, data->id);
}

static gboolean
on_resume (gpointer data)
{
  NatterOutbox *self = data;

  self->resume_source = 0;
  _natter_outbox_pump_all (self);
  return G_SOURCE_REMOVE;
}

void
_natter_outbox_resume_later (NatterOutbox *self)
{
  if (self->resume_source == 0)
    self->resume_source = g_timeout_add_seconds (RESUME_SECONDS, on_resume, self);
}

static gboolean
is_unclear (const GError *error)
{
  return g_error_matches (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TIMEOUT);
}

static void
take_error (NatterOutbox   *self,
            NatterOutgoing *outgoing,
            const GError   *error,
            gboolean        was_sent)
{
  g_debug ("A message did not get through: %s", error->message);
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TIMEOUT) && ++outgoing->n_unanswered >= MAX_UNANSWERED)
    _natter_outbox_mark (self, outgoing, NATTER_OUTGOING_FAILED, error);
  else if (is_unclear (error) && was_sent)
    outgoing->asked = FALSE; /* it is looked for */
  else if (is_unclear (error) || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_RATE_LIMITED))
    {
      _natter_outbox_mark (self, outgoing, NATTER_OUTGOING_WAITING, NULL);
      _natter_outbox_resume_later (self);
    }
  else
    _natter_outbox_mark (self, outgoing, NATTER_OUTGOING_FAILED, error);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(Giving) giving = data;
  g_autoptr(NatterOutbox) self = g_weak_ref_get (&giving->outbox);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);
  NatterOutboxPlace *place;
  NatterOutgoing *outgoing;

  if (self == NULL)
    return;
  place = _natter_outbox_get_place (self, giving->channel, giving->thread_id);
  place->busy = FALSE;
  /* The answer has come by as a packet, mostly. */
  outgoing = _natter_outbox_find (self, giving->id);
  if (packet != NULL && (packet->kind != NATTER_PACKET_MESSAGE_NEW || packet->message.message == NULL))
    g_set_error_literal (&error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "The answer is no message");
  if (outgoing != NULL)
    {
      outgoing->asked = FALSE;
      if (error != NULL)
        take_error (self, outgoing, error, natter_connection_request_was_sent (result));
      else
        _natter_outbox_confirm (self, outgoing, packet->message.message);
    }
  _natter_outbox_pump (self, place);
}

static void
give (NatterOutbox      *self,
      NatterOutboxPlace *place,
      NatterOutgoing    *outgoing,
      Giving            *giving)
{
  NatterCommand *command =
    natter_command_message_new (place->channel, place->thread_id, outgoing->stored->text, outgoing->stored->reply_to,
                                outgoing->stored->reply_pings);

  if (outgoing->stored->attachments != NULL)
    natter_command_set_attachments (command, (const char * const *) outgoing->stored->attachments);

  natter_connection_request_async (natter_server_get_connection (self->server), command, NULL, on_answer, giving);
}

static void
on_given_kept (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(Giving) giving = data;
  g_autoptr(NatterOutbox) self = g_weak_ref_get (&giving->outbox);
  g_autoptr(GError) error = NULL;
  NatterOutboxPlace *place;
  NatterOutgoing *outgoing;

  if (!natter_store_save_finish (NATTER_STORE (source), result, &error))
    g_message ("The outbox can't be kept: %s", error->message);
  if (self == NULL)
    return;
  place = _natter_outbox_get_place (self, giving->channel, giving->thread_id);
  outgoing = _natter_outbox_find (self, giving->id);
  if (outgoing != NULL && _natter_server_is_ready (self->server))
    {
      give (self, place, outgoing, g_steal_pointer (&giving));
      return;
    }
  place->busy = FALSE;
  if (outgoing == NULL)
    return;
  outgoing->asked = FALSE;
  _natter_outbox_mark (self, outgoing, NATTER_OUTGOING_WAITING, NULL);
}

/* That it was given is on disk before it is: after a crash it is looked for. What is older than the newest message that
 * is known now can't be it, nor can what comes by while the disk is waited for, though it may say the same. */
static void
prepare (NatterOutbox      *self,
         NatterOutboxPlace *place,
         NatterOutgoing    *outgoing)
{
  Giving *giving = giving_new (self, place, outgoing);

  place->busy = TRUE;
  g_hash_table_remove_all (place->others);
  outgoing->stored->given = place->newest + 1;
  outgoing->asked = TRUE;
  _natter_outbox_mark (self, outgoing, NATTER_OUTGOING_GIVEN, NULL);
  if (self->store != NULL)
    natter_store_mark_outgoing_async (self->store, outgoing->stored->id, NATTER_OUTGOING_GIVEN,
                                      outgoing->stored->given, NULL, NULL, on_given_kept, giving);
  else
    give (self, place, outgoing, giving);
}

/* What nobody knows the fate of comes before all else. */
static NatterOutgoing *
find_next (NatterOutbox      *self,
           NatterOutboxPlace *place)
{
  NatterOutgoing *first = NULL;

  for (guint i = 0; i < self->outgoing->len; i++)
    {
      NatterOutgoing *outgoing = self->outgoing->pdata[i];

      if (!_natter_outbox_is_in (outgoing, place) || outgoing->stored->state == NATTER_OUTGOING_FAILED)
        continue;
      if (outgoing->stored->state == NATTER_OUTGOING_GIVEN)
        return outgoing;
      if (first == NULL)
        first = outgoing;
    }
  return first;
}

/* A timeline that ends with the newest message knows as much as the server would tell. */
static void
ask_timeline (NatterOutbox      *self,
              NatterOutboxPlace *place)
{
  NatterChannel *channel = find_channel (self, place->channel);
  gint64 newest;

  if (channel == NULL || channel->timeline == NULL || !_natter_timeline_get_last_time (channel->timeline, &newest))
    return;
  place->newest = newest;
  place->fresh = TRUE;
}

/* Does what is next for a place, if it is anything. */
void
_natter_outbox_pump (NatterOutbox      *self,
                     NatterOutboxPlace *place)
{
  NatterOutgoing *outgoing;

  if (!self->loaded || !_natter_server_is_ready (self->server) || place->busy)
    return;
  outgoing = find_next (self, place);
  if (outgoing == NULL || !outgoing->kept)
    return;
  if (outgoing->stored->state == NATTER_OUTGOING_GIVEN)
    {
      _natter_outbox_search (self, place, outgoing);
      return;
    }
  if (!place->fresh)
    ask_timeline (self, place);
  if (place->fresh)
    prepare (self, place, outgoing);
  else
    _natter_outbox_search (self, place, NULL);
}

void
_natter_outbox_pump_all (NatterOutbox *self)
{
  for (guint i = 0; i < self->outgoing->len; i++)
    {
      NatterOutgoing *outgoing = self->outgoing->pdata[i];

      _natter_outbox_get_place (self, outgoing->stored->channel, outgoing->stored->thread_id);
    }
  for (guint i = 0; i < self->places->len; i++)
    _natter_outbox_pump (self, self->places->pdata[i]);
}

static void
tell_messages (NatterOutbox *self,
               gboolean      waiting)
{
  for (guint i = 0; i < self->outgoing->len; i++)
    {
      NatterOutgoing *outgoing = self->outgoing->pdata[i];

      if (outgoing->message == NULL)
        continue;
      _natter_message_set_waiting (outgoing->message, waiting);
      if (!waiting)
        _natter_message_set_author (outgoing->message, natter_server_get_me (self->server));
    }
}

void
_natter_outbox_went_offline (NatterOutbox *self)
{
  for (guint i = 0; i < self->places->len; i++)
    ((NatterOutboxPlace *) self->places->pdata[i])->fresh = FALSE;
  tell_messages (self, TRUE);
}

void
_natter_outbox_came_back (NatterOutbox *self)
{
  tell_messages (self, FALSE);
  _natter_outbox_pump_all (self);
}

/* A message of this person has come by. Tells whether it is one of the outbox that has its place in a timeline. The answer
 * may come late, or over another connection as news. */
gboolean
_natter_outbox_hear (NatterOutbox            *self,
                     const char              *channel,
                     const char              *thread_id,
                     const NatterMessageData *data,
                     gboolean                 is_answer)
{
  NatterOutboxPlace *place = _natter_outbox_get_place (self, channel, thread_id);
  NatterOutgoing *outgoing = find_next (self, place);

  if (outgoing != NULL && outgoing->stored->state == NATTER_OUTGOING_GIVEN)
    {
      if ((is_answer || !outgoing->asked) && _natter_outbox_may_be (self, outgoing, data))
        {
          gboolean shown = outgoing->message != NULL;

          _natter_outbox_confirm (self, outgoing, data);
          return shown;
        }
      g_hash_table_add (place->others, g_strdup (data->id));
    }
  place->newest = MAX (place->newest, data->time);
  return FALSE;
}

/* A message was found in a page of the history. (transfer full) (nullable): the one of the outbox that it is, which is no
 * more in it; the caller takes it out of where it is shown. */
NatterMessage *
_natter_outbox_claim (NatterOutbox            *self,
                      const char              *channel,
                      const char              *thread_id,
                      const NatterMessageData *data)
{
  NatterOutboxPlace *place = _natter_outbox_get_place (self, channel, thread_id);
  NatterOutgoing *outgoing = find_next (self, place);

  if (outgoing == NULL || outgoing->stored->state != NATTER_OUTGOING_GIVEN || outgoing->asked
      || outgoing->message == NULL || !_natter_outbox_may_be (self, outgoing, data))
    return NULL;
  return _natter_outbox_take (self, outgoing, data);
}
