/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-sign-in"

#include "config.h"

#include "natter-sign-in.h"

#include <string.h>

typedef struct
{
  NatterRotur *rotur;
  char        *token;
  char        *validator_key;
  gboolean     again; /* the first validator was refused */
} RoturCall;

static void get_validator (GTask *task);

/**
 * natter_secret_wipe:
 * @secret: (transfer full) (nullable): a copy of a token or password
 *
 * Overwrites and frees it.
 */
void
natter_secret_wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
rotur_call_free (gpointer data)
{
  RoturCall *call = data;

  g_clear_object (&call->rotur);
  natter_secret_wipe (call->token);
  g_free (call->validator_key);
  g_free (call);
}

static void
on_authenticated (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  RoturCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (natter_connection_authenticate_finish (NATTER_CONNECTION (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (call != NULL && g_error_matches (error, NATTER_ERROR, NATTER_ERROR_VALIDATOR))
    {
      natter_rotur_drop_validator (call->rotur, call->token, call->validator_key);
      if (!call->again)
        {
          call->again = TRUE;
          get_validator (task);
          return;
        }
    }
  g_task_return_error (task, g_steal_pointer (&error));
}

/* While the proof was on its way the connection may have been lost. */
static gboolean
check_connection (NatterConnection  *connection,
                  GError           **error)
{
  if (natter_connection_get_state (connection) == NATTER_CONNECTION_HANDSHAKE
      && natter_connection_get_handshake (connection) != NULL)
    return TRUE;
  g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Not connected");
  return FALSE;
}

static void
on_validator (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterConnection *connection = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *validator = natter_rotur_get_validator_finish (NATTER_ROTUR (source), result, &error);
  NatterCommand *command;

  if (validator == NULL || !check_connection (connection, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  command = natter_command_auth (validator, natter_address_get_invite (natter_connection_get_address (connection)), NULL);
  natter_connection_authenticate_async (connection, command, g_task_get_cancellable (task), on_authenticated,
                                        g_object_ref (task));
}

/* A server that offers another server's key could use the proof to sign in there. */
static void
get_validator (GTask *task)
{
  NatterConnection *connection = g_task_get_source_object (task);
  RoturCall *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  NatterHandshake *handshake;

  if (!check_connection (connection, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  handshake = natter_connection_get_handshake (connection);
  if (!natter_handshake_check_validator_key (handshake, natter_connection_get_address (connection), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_set_str (&call->validator_key, natter_handshake_get_validator_key (handshake));
  natter_rotur_get_validator_async (call->rotur, call->token, call->validator_key, g_task_get_cancellable (task),
                                    on_validator, g_object_ref (task));
}

static void
sign_in_with_rotur (GTask       *task,
                    NatterRotur *rotur,
                    const char  *token)
{
  RoturCall *call = g_new0 (RoturCall, 1);

  g_task_set_task_data (task, call, rotur_call_free);
  if (rotur == NULL)
    {
      g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_ROTUR, "No Rotur API is set");
      return;
    }
  call->rotur = g_object_ref (rotur);
  call->token = g_strdup (token);
  get_validator (task);
}

/**
 * natter_sign_in_async:
 * @connection: a connection whose server has said who it is
 * @rotur: (nullable): where proofs for Rotur accounts come from
 * @kind: which kind of account
 * @username: (nullable): user name of a server account
 * @secret: the password, or the Rotur token
 * @register_account: whether the server account is to be made
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Signs in to the server. The Rotur token goes to Rotur alone; the server gets a proof that is good for its key, and
 * that only if the key is its own.
 */
void
natter_sign_in_async (NatterConnection    *connection,
                      NatterRotur         *rotur,
                      NatterAccountKind    kind,
                      const char          *username,
                      const char          *secret,
                      gboolean             register_account,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (connection, cancellable, callback, data);
  g_autoptr(GError) error = NULL;
  NatterCommand *command;

  g_task_set_source_tag (task, natter_sign_in_async);
  if (!check_connection (connection, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (kind == NATTER_ACCOUNT_ROTUR)
    {
      sign_in_with_rotur (task, rotur, secret);
      return;
    }
  command = register_account ? natter_command_register (username, secret) : natter_command_login (username, secret);
  natter_connection_authenticate_async (connection, command, cancellable, on_authenticated, g_object_ref (task));
}

/**
 * natter_sign_in_finish:
 * @connection: a connection
 * @result: what the callback got
 * @error: why it did not work
 *
 * Returns: whether one is signed in
 */
gboolean
natter_sign_in_finish (NatterConnection  *connection,
                       GAsyncResult      *result,
                       GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
