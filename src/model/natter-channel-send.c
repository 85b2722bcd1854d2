/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"

#include <string.h>

/* How long others are told that one types; newer clients say the same. */
#define TYPING_MS    6000
/* A packet costs as much of the budget as a message. */
#define TYPING_EVERY (5 * G_TIME_SPAN_SECOND)

/* How often the server is told up to where one has read. */
#define ACK_MS 1000

typedef struct
{
  GWeakRef       channel;
  NatterMessage *message;
} SendCall;

static void
send_call_free (SendCall *call)
{
  g_weak_ref_clear (&call->channel);
  g_object_unref (call->message);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SendCall, send_call_free)

static void mark_own_read (NatterChannel *self,
                           NatterMessage *message);

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(SendCall) call = data;
  g_autoptr(NatterChannel) self = g_weak_ref_get (&call->channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (natter_message_get_state (call->message) == NATTER_MESSAGE_SENT)
    return;
  if (packet != NULL && (packet->kind != NATTER_PACKET_MESSAGE_NEW || packet->message.message == NULL))
    g_set_error_literal (&error, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "The answer is no message");
  if (error != NULL)
    _natter_message_set_failed (call->message, error, natter_connection_request_was_sent (result));
  else if (self != NULL)
    {
      _natter_timeline_confirm (natter_channel_get_timeline (self), call->message, packet->message.message);
      mark_own_read (self, call->message);
    }
}

static void
send_message (NatterChannel *self,
              NatterMessage *message)
{
  const char *content = natter_message_get_content (message);
  SendCall *call;

  if (g_utf8_strlen (content, -1) > (glong) natter_channel_get_max_length (self))
    {
      g_autoptr(GError) error =
        g_error_new (NATTER_ERROR, NATTER_ERROR_REJECTED, "Message too long. Maximum length is %u characters",
                     natter_channel_get_max_length (self));

      _natter_message_set_failed (message, error, FALSE);
      return;
    }
  if (self->server == NULL || natter_server_get_state (self->server) != NATTER_CONNECTION_READY)
    {
      g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");

      _natter_message_set_failed (message, error, FALSE);
      return;
    }
  call = g_new0 (SendCall, 1);
  g_weak_ref_init (&call->channel, self);
  call->message = g_object_ref (message);
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_message_new (self->name, NULL, content,
                                                               natter_message_get_reply_to_id (message), TRUE),
                                   NULL, on_sent, call);
}

/**
 * natter_channel_send:
 * @self: a channel
 * @content: what was written
 * @reply_to: (nullable): id of the message that it answers
 *
 * Puts it at the end of the timeline at once, and goes there.
 *
 * Returns: (transfer none): the message, on its way; it fails at once when it is too long or there is no connection
 */
NatterMessage *
natter_channel_send (NatterChannel *self,
                     const char    *content,
                     const char    *reply_to)
{
  g_autoptr(NatterMessage) message = NULL;
  NatterTimeline *timeline;

  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);
  g_return_val_if_fail (content != NULL, NULL);

  timeline = natter_channel_get_timeline (self);
  message = natter_message_new_pending (self, self->server != NULL ? natter_server_get_me (self->server) : NULL,
                                        content, reply_to);
  _natter_timeline_add_pending (timeline, message);
  self->typed = 0;
  send_message (self, message);
  natter_timeline_load_latest (timeline);
  return message;
}

/**
 * natter_channel_retry:
 * @self: a channel
 * @message: one of its messages that failed
 *
 * Sends it again.
 */
void
natter_channel_retry (NatterChannel *self,
                      NatterMessage *message)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  if (natter_message_get_state (message) != NATTER_MESSAGE_FAILED)
    return;
  _natter_message_set_pending (message);
  send_message (self, message);
}

/**
 * natter_channel_discard:
 * @self: a channel
 * @message: one of its messages that failed
 *
 * Takes it out of the timeline.
 */
void
natter_channel_discard (NatterChannel *self,
                        NatterMessage *message)
{
  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  if (natter_message_get_state (message) == NATTER_MESSAGE_FAILED)
    _natter_timeline_discard (natter_channel_get_timeline (self), message);
}

/**
 * natter_channel_typed:
 * @self: a channel
 *
 * To be called for each character typed; the server is told at most every five seconds.
 */
void
natter_channel_typed (NatterChannel *self)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (NATTER_IS_CHANNEL (self));

  if (self->block != NATTER_SEND_ALLOWED || (self->typed != 0 && now - self->typed < TYPING_EVERY))
    return;
  self->typed = now;
  natter_connection_send (natter_server_get_connection (self->server),
                          natter_command_typing (self->name, NULL, TYPING_MS));
}

static gboolean on_ack_time (gpointer data);

static void
acknowledge (NatterChannel *self,
             const char    *id)
{
  if (self->server == NULL || natter_server_get_state (self->server) != NATTER_CONNECTION_READY)
    return;
  if (self->ack_source != 0)
    {
      g_set_str (&self->next_ack, id);
      return;
    }
  if (!g_set_str (&self->last_acked, id))
    return;
  natter_connection_send (natter_server_get_connection (self->server),
                          natter_command_unreads_ack (self->name, NULL, id));
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
 * To be called when the newest message was really seen. Tells the server, unless it knows, at most once a second.
 */
void
natter_channel_mark_read (NatterChannel *self)
{
  const char *id;

  g_return_if_fail (NATTER_IS_CHANNEL (self));

  id = self->timeline != NULL ? _natter_timeline_get_last_id (self->timeline) : NULL;
  if (id == NULL)
    return;
  _natter_channel_set_unread (self, 0, 0);
  if (self->server != NULL)
    _natter_server_sum_unread (self->server);
  acknowledge (self, id);
}

/* Servers count one's own messages as unread until one says otherwise. */
static void
mark_own_read (NatterChannel *self,
               NatterMessage *message)
{
  if (self->unread == 0 && natter_message_get_id (message) != NULL)
    acknowledge (self, natter_message_get_id (message));
}

static gboolean
names (char       **list,
       const char  *username)
{
  for (gsize i = 0; list != NULL && list[i] != NULL; i++)
    if (g_ascii_strcasecmp (list[i], username) == 0)
      return TRUE;
  return FALSE;
}

/* Servers find no names with a hyphen or a colon in a text, so those are looked for here. */
static gboolean
is_for (const NatterMessageData *data,
        NatterMember            *me)
{
  const char *username = natter_member_get_username (me);
  const char * const *roles = natter_member_get_role_names (me);
  g_autofree char *mention = g_strconcat ("@", username, NULL);

  if (names (data->ping_users, username) || names (data->ping_replies, username))
    return TRUE;
  for (gsize i = 0; data->ping_roles != NULL && data->ping_roles[i] != NULL; i++)
    if (g_strv_contains (roles, data->ping_roles[i]))
      return TRUE;
  return strpbrk (username, "-:") != NULL && strstr (data->content, mention) != NULL;
}

void
_natter_channel_message_new (NatterChannel                *self,
                             const NatterMessageEventData *event,
                             gboolean                      is_answer)
{
  const NatterMessageData *data = event->message;
  NatterMember *me = natter_server_get_me (self->server);
  gboolean own = me != NULL && g_ascii_strcasecmp (natter_member_get_username (me), data->author) == 0;
  NatterMessage *pending = NULL;

  natter_typing_stop (self->typing, natter_server_intern_member (self->server, data->author));
  if (self->timeline != NULL)
    {
      /* The answer to a message of one's own comes as a packet first: taken here, it keeps its place among others. */
      if (is_answer)
        pending = _natter_timeline_find_pending (self->timeline, data);
      if (pending != NULL)
        {
          _natter_timeline_confirm (self->timeline, pending, data);
          mark_own_read (self, pending);
        }
      else
        {
          _natter_timeline_add (self->timeline, data);
        }
    }
  if (!own)
    _natter_channel_set_unread (self, self->unread + 1, (int) self->mentions + (me != NULL && is_for (data, me)));
}

void
_natter_channel_message_edit (NatterChannel                *self,
                              const NatterMessageEventData *event)
{
  if (self->timeline != NULL && event->id != NULL)
    _natter_timeline_edit (self->timeline, event->id, event->message, event->content);
}

void
_natter_channel_message_delete (NatterChannel *self,
                                const char    *id)
{
  if (self->timeline != NULL)
    _natter_timeline_remove (self->timeline, id);
}
