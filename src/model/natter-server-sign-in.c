/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-sign-in"

#include "config.h"

#include "natter-server-private.h"
#include "natter-session.h"
#include "natter-sign-in.h"

/* Until signing in is tried again when something but the account was in the way. */
#define RETRY_SECONDS 30

typedef struct
{
  GWeakRef      server;
  GCancellable *cancellable;
} SignInCall;

static SignInCall *
sign_in_call_new (NatterServer *server)
{
  SignInCall *call = g_new0 (SignInCall, 1);

  g_weak_ref_init (&call->server, server);
  call->cancellable = g_object_ref (server->sign_in);
  return call;
}

static void
sign_in_call_free (SignInCall *call)
{
  g_weak_ref_clear (&call->server);
  g_object_unref (call->cancellable);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SignInCall, sign_in_call_free)

/* (transfer full) (nullable): the server, unless the sign-in is over for it */
static NatterServer *
sign_in_call_get_server (SignInCall *call)
{
  g_autoptr(NatterServer) server = g_weak_ref_get (&call->server);

  return server != NULL && server->sign_in == call->cancellable ? g_steal_pointer (&server) : NULL;
}

static gboolean
on_retry (gpointer data)
{
  NatterServer *self = data;

  self->sign_in_source = 0;
  self->sign_in_tried = FALSE;
  _natter_server_sign_in_if_due (self);
  return G_SOURCE_REMOVE;
}

/* What one server has against a person says nothing about a Rotur account, which is good on others. */
static gboolean
needs_person (NatterServer *self,
              const GError *error)
{
  return natter_error_is_keyring (error)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_WRONG_PASSWORD)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TOKEN)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TOKEN_PERMISSION)
         || (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_SIGN_IN)
             && natter_account_get_kind (self->account) == NATTER_ACCOUNT_SERVER);
}

static gboolean
may_pass (const GError *error)
{
  return g_error_matches (error, NATTER_ERROR, NATTER_ERROR_UNREACHABLE)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TIMEOUT)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_ROTUR)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_VALIDATOR)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_RATE_LIMITED);
}

static void
fail (NatterServer *self,
      const GError *error)
{
  g_clear_object (&self->sign_in);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_debug ("Signing in to %s: %s", natter_address_get_text (self->address), error->message);
  _natter_server_set_sign_in_error (self, error);
  if (needs_person (self, error))
    natter_account_set_needs_sign_in (self->account, TRUE);
  else if (may_pass (error) && self->sign_in_source == 0)
    self->sign_in_source = g_timeout_add_seconds (RETRY_SECONDS, on_retry, self);
}

static void
on_signed_in (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(SignInCall) call = data;
  g_autoptr(NatterServer) self = sign_in_call_get_server (call);
  g_autoptr(GError) error = NULL;

  if (!natter_sign_in_finish (NATTER_CONNECTION (source), result, &error))
    {
      if (self != NULL)
        fail (self, error);
      return;
    }
  if (self != NULL)
    g_clear_object (&self->sign_in);
}

/* Once for each time that the server is reached, and not with an account that was refused. */
void
_natter_server_sign_in_if_due (NatterServer *self)
{
  NatterCredentials *credentials = self->session != NULL ? natter_session_get_credentials (self->session) : NULL;

  if (natter_connection_get_state (self->connection) != NATTER_CONNECTION_HANDSHAKE
      || natter_connection_get_handshake (self->connection) == NULL)
    return;
  if (self->account == NULL || credentials == NULL || self->sign_in_tried
      || natter_account_get_needs_sign_in (self->account))
    return;
  self->sign_in_tried = TRUE;
  self->sign_in = g_cancellable_new ();
  natter_sign_in_async (self->connection, credentials, self->account, NULL, FALSE, self->sign_in, on_signed_in,
                        sign_in_call_new (self));
}

void
_natter_server_stop_sign_in (NatterServer *self)
{
  g_clear_handle_id (&self->sign_in_source, g_source_remove);
  if (self->sign_in != NULL)
    g_cancellable_cancel (self->sign_in);
  g_clear_object (&self->sign_in);
}
