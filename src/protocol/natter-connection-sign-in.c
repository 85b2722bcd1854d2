/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-connection"

#include "config.h"

#include "natter-connection-private.h"

#include <string.h>

/* Whether the server refused a person, so that only the person can do something about it. */
gboolean
_natter_connection_needs_person (const GError *error)
{
  static const NatterError codes[] = {
    NATTER_ERROR_SIGN_IN,
    NATTER_ERROR_WRONG_PASSWORD,
    NATTER_ERROR_NAME_TAKEN,
    NATTER_ERROR_REGISTRATION_CLOSED,
    NATTER_ERROR_BANNED,
    NATTER_ERROR_NEEDS_INVITE,
    NATTER_ERROR_NEEDS_PASSWORD,
    NATTER_ERROR_NOT_ADMITTED,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, NATTER_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/* Whether another attempt with other words, on the same socket, can't help. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, NATTER_ERROR, NATTER_ERROR_BANNED)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_ADMITTED);
}

/* Ends the watch over the attempt that is under way. Returns: (transfer full) (nullable): what waits for it, to be
 * given to _natter_connection_return_sign_in() when the new state is in place. */
GTask *
_natter_connection_take_sign_in (NatterConnection *self)
{
  g_clear_pointer (&self->sign_in_listener, g_free);
  g_clear_handle_id (&self->sign_in_timeout, g_source_remove);
  if (self->sign_in_cancelled != NULL)
    g_source_destroy (self->sign_in_cancelled);
  g_clear_pointer (&self->sign_in_cancelled, g_source_unref);
  return g_steal_pointer (&self->sign_in);
}

/* Takes over @task and @error; %NULL: it worked. */
void
_natter_connection_return_sign_in (GTask  *task,
                                   GError *error)
{
  g_autoptr(GTask) owned = task;
  g_autoptr(GError) reason = error;

  if (task != NULL && reason != NULL)
    g_task_return_error (task, g_steal_pointer (&reason));
  else if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

/* Back to where another attempt can be made. Takes over @reason and @error. */
static void
fail_sign_in (NatterConnection *self,
              GError           *reason,
              GError           *error)
{
  GTask *task = _natter_connection_take_sign_in (self);

  _natter_connection_enter (self, NATTER_CONNECTION_HANDSHAKE, reason);
  _natter_connection_return_sign_in (task, error);
}

void
_natter_connection_finish_sign_in (NatterConnection *self,
                                   NatterPacket     *packet)
{
  _natter_connection_return_sign_in (_natter_connection_take_sign_in (self), NULL);
}

/* Newer servers repeat the `listener`; servers of April 2026 don't before sign-in, and give one answer to each
 * attempt, or none. */
static gboolean
is_refusal (NatterConnection *self,
            NatterPacket     *packet)
{
  const char *source = packet->refusal.source;

  if (self->state != NATTER_CONNECTION_AUTHENTICATING)
    return FALSE;
  if (packet->listener != NULL)
    return g_strcmp0 (packet->listener, self->sign_in_listener) == 0;
  return packet->kind == NATTER_PACKET_AUTH_ERROR || g_strcmp0 (source, "auth") == 0
         || g_strcmp0 (source, "login") == 0 || g_strcmp0 (source, "register") == 0;
}

void
_natter_connection_refuse_sign_in (NatterConnection *self,
                                   NatterPacket     *packet)
{
  GError *error;

  if (!is_refusal (self, packet))
    return;

  if (packet->kind == NATTER_PACKET_RATE_LIMIT)
    error = g_error_new (NATTER_ERROR, NATTER_ERROR_RATE_LIMITED, "Too fast: wait %u s",
                         (packet->refusal.length_ms + 999) / 1000);
  else
    error = natter_error_from_sign_in (packet->refusal.text, packet->refusal.reason);

  if (is_final (error))
    _natter_connection_lose (self, error);
  else
    fail_sign_in (self, error, g_error_copy (error));
}

/* A server of April 2026 that gets no answer from Rotur within 5 s gives none either; the socket stays usable. */
static gboolean
on_timeout (gpointer data)
{
  NatterConnection *self = data;
  GError *error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_TIMEOUT, "The server did not answer");

  self->sign_in_timeout = 0;
  fail_sign_in (self, error, g_error_copy (error));
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  fail_sign_in (data, NULL, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
  return G_SOURCE_REMOVE;
}

static GError *
not_now (NatterConnection *self)
{
  switch (self->state)
    {
    case NATTER_CONNECTION_HANDSHAKE:
      if (self->handshake != NULL)
        return NULL;
      break;
    case NATTER_CONNECTION_AUTHENTICATING:
      return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_REJECTED, "A sign-in is under way");
    case NATTER_CONNECTION_READY:
      return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_REJECTED, "Already signed in");
    case NATTER_CONNECTION_OFFLINE:
    case NATTER_CONNECTION_CONNECTING:
    case NATTER_CONNECTION_WAITING:
    case NATTER_CONNECTION_REFUSED:
    default:
      break;
    }
  return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
}

static gboolean
send_credentials (NatterConnection *self,
                  NatterCommand    *command)
{
  g_autofree char *text = natter_command_serialize (command, self->sign_in_listener);
  gboolean sent = strlen (text) < NATTER_SOCKET_MAX_SENT && _natter_connection_transmit (self, text);

  explicit_bzero (text, strlen (text));
  return sent;
}

static void
watch_sign_in (NatterConnection *self,
               NatterCommand    *command,
               GCancellable     *cancellable)
{
  guint timeout_ms = self->limits.command_ms;

  if (timeout_ms == 0)
    timeout_ms = natter_command_get_timeout (command) * 1000;
  self->sign_in_timeout = g_timeout_add (timeout_ms, on_timeout, self);
  if (cancellable != NULL)
    {
      self->sign_in_cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->sign_in_cancelled, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (self->sign_in_cancelled, NULL);
    }
}

/**
 * natter_connection_authenticate_async:
 * @self: a connection in state %NATTER_CONNECTION_HANDSHAKE whose handshake is there
 * @command: (transfer full): login, register or auth
 * @cancellable: (nullable): a cancellable; the attempt itself can't be taken back
 * @callback: called when it is done
 * @data: for @callback
 *
 * Signs in. It has worked when the server has said `ready`, and the connection is in state
 * %NATTER_CONNECTION_READY by then. On failure the socket stays in state %NATTER_CONNECTION_HANDSHAKE for another
 * attempt, with the failure as #NatterConnection:reason; %NATTER_ERROR_BANNED and %NATTER_ERROR_NOT_ADMITTED
 * end it, in state %NATTER_CONNECTION_REFUSED. Without an answer it is %NATTER_ERROR_TIMEOUT: a server that waits
 * for the Rotur API in vain says nothing.
 */
void
natter_connection_authenticate_async (NatterConnection    *self,
                                      NatterCommand       *command,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             data)
{
  g_autoptr(NatterCommand) owned = command;
  g_autoptr(GTask) task = NULL;
  GError *error;

  g_return_if_fail (NATTER_IS_CONNECTION (self));
  g_return_if_fail (command != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_connection_authenticate_async);
  g_task_set_static_name (task, "natter-connection-authenticate");
  if (g_task_return_error_if_cancelled (task))
    return;

  error = not_now (self);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  self->sign_in_listener = natter_request_queue_next_listener (self->queue);
  if (!send_credentials (self, command))
    {
      g_clear_pointer (&self->sign_in_listener, g_free);
      g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
      return;
    }

  g_debug ("%u: sent %s", self->number, natter_command_get_name (command));
  self->sign_in = g_steal_pointer (&task);
  watch_sign_in (self, command, cancellable);
  _natter_connection_enter (self, NATTER_CONNECTION_AUTHENTICATING, NULL);
}

/**
 * natter_connection_authenticate_finish:
 * @self: a connection
 * @result: the result
 * @error: why it did not work, of the domain %NATTER_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the connection is signed in
 */
gboolean
natter_connection_authenticate_finish (NatterConnection  *self,
                                       GAsyncResult      *result,
                                       GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
