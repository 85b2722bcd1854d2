/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-member.h"
#include "natter-message-private.h"
#include "natter-pins.h"
#include "natter-server-private.h"

/* One act that the server has been asked for. */
typedef struct
{
  GWeakRef       channel;
  NatterMessage *message;
  NatterAct      act;
  char          *emoji; /* of a reaction */
} ActCall;

static ActCall *
act_call_new (NatterChannel *self,
              NatterMessage *message,
              NatterAct      act)
{
  ActCall *call = g_new0 (ActCall, 1);

  g_weak_ref_init (&call->channel, self);
  call->message = g_object_ref (message);
  call->act = act;
  return call;
}

static void
act_call_free (ActCall *call)
{
  g_weak_ref_clear (&call->channel);
  g_object_unref (call->message);
  g_free (call->emoji);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ActCall, act_call_free)

static GError *
new_offline_error (void)
{
  return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
}

/* FALSE after having said so when there is no connection. */
static gboolean
check_ready (NatterChannel *self,
             NatterMessage *message,
             NatterAct      act)
{
  g_autoptr(GError) error = NULL;

  if (_natter_server_is_ready (self->server))
    return TRUE;
  error = new_offline_error ();
  _natter_channel_act_failed (self, message, act, error);
  return FALSE;
}

static const char *
get_own_name (NatterChannel *self)
{
  NatterMember *me = natter_server_get_me (self->server);

  return me != NULL ? natter_member_get_username (me) : NULL;
}

/* What was asked for is so already: servers refuse that. */
static gboolean
is_done_already (const GError *error)
{
  return g_error_matches (error, NATTER_ERROR, NATTER_ERROR_REJECTED)
         && (g_str_equal (error->message, "Failed to add reaction")
             || g_str_equal (error->message, "Failed to remove reaction"));
}

static void
on_reacted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(ActCall) call = data;
  g_autoptr(NatterChannel) self = g_weak_ref_get (&call->channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (error == NULL || self == NULL || self->server == NULL || is_done_already (error))
    return;
  if (get_own_name (self) != NULL)
    _natter_message_react (call->message, call->emoji, get_own_name (self), call->act == NATTER_ACT_UNREACT);
  _natter_channel_act_failed (self, call->message, call->act, error);
}

/**
 * natter_channel_react:
 * @self: a channel
 * @message: one of its messages that the server has
 * @emoji: a character, or the address of a custom emoji
 * @add: whether to add one's reaction; else it is taken back
 *
 * Shows it at once; it is taken back, with #NatterChannel::act-failed, when the server refuses.
 */
void
natter_channel_react (NatterChannel *self,
                      NatterMessage *message,
                      const char    *emoji,
                      gboolean       add)
{
  NatterAct act = add ? NATTER_ACT_REACT : NATTER_ACT_UNREACT;
  NatterHandshake *handshake;
  ActCall *call;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));
  g_return_if_fail (emoji != NULL);

  if (natter_message_get_id (message) == NULL || !check_ready (self, message, act) || get_own_name (self) == NULL
      || !_natter_message_react (message, emoji, get_own_name (self), add))
    return;
  handshake = natter_server_get_handshake (self->server);
  call = act_call_new (self, message, act);
  call->emoji = g_strdup (emoji);
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_reaction (_natter_channel_get_channel_name (self), natter_channel_get_thread_id (self),
                                                            natter_message_get_id (message), emoji, add,
                                                            !natter_handshake_has_capability (handshake, "message_react_add")
                                                            && natter_handshake_has_capability (handshake, "reaction_add")),
                                   NULL, on_reacted, call);
}

void
_natter_channel_reaction (NatterChannel                 *self,
                          const NatterReactionEventData *event,
                          gboolean                       add)
{
  NatterMessage *message = _natter_channel_find (self, event->id);

  if (message != NULL && event->user != NULL)
    _natter_message_react (message, event->emoji, event->user, add);
}

static void
on_pinned (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(ActCall) call = data;
  g_autoptr(NatterChannel) self = g_weak_ref_get (&call->channel);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (self != NULL && error != NULL)
    _natter_channel_act_failed (self, call->message, call->act, error);
}

/**
 * natter_channel_pin:
 * @self: a channel
 * @message: one of its messages that the server has
 * @pinned: whether to pin it; else it is unpinned
 *
 * The message changes when the server says so.
 */
void
natter_channel_pin (NatterChannel *self,
                    NatterMessage *message,
                    gboolean       pinned)
{
  NatterAct act = pinned ? NATTER_ACT_PIN : NATTER_ACT_UNPIN;

  g_return_if_fail (NATTER_IS_CHANNEL (self));
  g_return_if_fail (NATTER_IS_MESSAGE (message));

  if (natter_message_get_id (message) == NULL || !check_ready (self, message, act))
    return;
  natter_connection_request_async (natter_server_get_connection (self->server),
                                   natter_command_message_pin (self->name, natter_message_get_id (message), pinned),
                                   NULL, on_pinned, act_call_new (self, message, act));
}

/* @pinned: what it was about; whether that has happened is told apart here. */
void
_natter_channel_pinned (NatterChannel       *self,
                        const NatterPinData *event,
                        gboolean             pinned)
{
  NatterHandshake *handshake = natter_server_get_handshake (self->server);
  gboolean is_new = handshake != NULL && natter_handshake_is_new_generation (handshake);
  NatterMessage *message = _natter_channel_find (self, event->id);

  if (!event->flag && (pinned || !is_new))
    return;
  if (message != NULL)
    _natter_message_set_pinned (message, pinned);
  if (self->pins != NULL)
    _natter_pins_changed (self->pins, event->id, pinned);
}

/**
 * natter_channel_get_pins:
 * @self: a channel
 *
 * Returns: (transfer none): its pinned messages, made at the first call and empty until it is told to load
 */
NatterPins *
natter_channel_get_pins (NatterChannel *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL (self), NULL);

  if (self->pins == NULL)
    self->pins = natter_pins_new (self);
  return self->pins;
}
