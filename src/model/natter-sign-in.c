/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-sign-in"

#include "config.h"

#include "natter-sign-in.h"

#include <string.h>

#include "natter-account-private.h"

/* One signing in. With Rotur: token, proof, server; what is refused is tried again with a newer token, a newer proof,
 * and a proof that was made the other way, in this order and once each. */
typedef struct
{
  NatterCredentials *credentials;
  NatterAccount     *account;
  char              *secret;
  char              *validator_key;
  gboolean           register_account;
  gboolean           is_kept; /* the secret is the one that is kept, and may be renewed */
  gboolean           renewed;
  gboolean           again;
  gboolean           other_way;
} SignIn;

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
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;

  g_clear_object (&sign_in->credentials);
  g_clear_object (&sign_in->account);
  natter_secret_wipe (sign_in->secret);
  g_free (sign_in->validator_key);
  g_free (sign_in);
}

static NatterRotur *
rotur_of (SignIn *sign_in)
{
  return natter_credentials_get_rotur (sign_in->credentials);
}

/* Some APIs make a good proof of nothing but a main token in the address. That is tried last, and never with a token
 * of limited rights, of which such an API can make no proof at all. */
static gboolean
try_other_way (SignIn *sign_in)
{
  NatterRotur *rotur = rotur_of (sign_in);

  if (sign_in->other_way || natter_rotur_is_limited (sign_in->secret))
    return FALSE;
  sign_in->other_way = TRUE;
  natter_rotur_set_by_query (rotur, sign_in->secret, !natter_rotur_get_by_query (rotur, sign_in->secret));
  return TRUE;
}

static void
fail_with_proof (GTask  *task,
                 GError *error)
{
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr(GError) owned = error;

  natter_rotur_drop_validator (rotur_of (sign_in), sign_in->secret, sign_in->validator_key);
  if (!sign_in->again)
    {
      sign_in->again = TRUE;
      get_validator (task);
    }
  else if (try_other_way (sign_in))
    {
      get_validator (task);
    }
  else
    {
      natter_rotur_set_by_query (rotur_of (sign_in), sign_in->secret, _natter_account_get_by_query (sign_in->account));
      if (natter_rotur_is_limited (sign_in->secret))
        g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_LIMITED_TOKEN, error->message);
      else
        g_task_return_error (task, g_steal_pointer (&owned));
    }
}

static void
on_authenticated (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  SignIn *sign_in = g_task_get_task_data (task);
  gboolean is_rotur = natter_account_get_kind (sign_in->account) == NATTER_ACCOUNT_ROTUR;
  g_autoptr(GError) error = NULL;

  if (natter_connection_authenticate_finish (NATTER_CONNECTION (source), result, &error))
    {
      if (is_rotur)
        _natter_account_set_by_query (sign_in->account,
                                      natter_rotur_get_by_query (rotur_of (sign_in), sign_in->secret));
      g_task_return_boolean (task, TRUE);
    }
  else if (is_rotur && g_error_matches (error, NATTER_ERROR, NATTER_ERROR_VALIDATOR))
    fail_with_proof (task, g_steal_pointer (&error));
  else
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

static void get_secret (GTask      *task,
                        const char *refused);

static void
on_validator (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterConnection *connection = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *validator = natter_rotur_get_validator_finish (NATTER_ROTUR (source), result, &error);
  NatterCommand *command;

  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TOKEN) && sign_in->is_kept && !sign_in->renewed)
    {
      sign_in->renewed = TRUE;
      get_secret (task, sign_in->secret);
      return;
    }
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
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  const char *key;

  if (!check_connection (connection, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  key = natter_handshake_get_validator_key (natter_connection_get_handshake (connection));
  if (!natter_validator_key_check (key, natter_connection_get_address (connection),
                                   natter_credentials_get_pins (sign_in->credentials), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_set_str (&sign_in->validator_key, key);
  natter_rotur_get_validator_async (rotur_of (sign_in), sign_in->secret, key, g_task_get_cancellable (task),
                                    on_validator, g_object_ref (task));
}

static void
sign_in_with_rotur (GTask *task)
{
  SignIn *sign_in = g_task_get_task_data (task);

  if (rotur_of (sign_in) == NULL)
    {
      g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_ROTUR, "No Rotur API is set");
      return;
    }
  if (natter_account_get_lack (sign_in->account, NATTER_ACCOUNT_PERMISSION_SIGN_IN) == NATTER_ACCOUNT_LACKS_PERMISSION)
    {
      g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_TOKEN_PERMISSION, "The token lacks the permission %s",
                               NATTER_ACCOUNT_PERMISSION_SIGN_IN);
      return;
    }
  if (_natter_account_get_by_query (sign_in->account))
    natter_rotur_set_by_query (rotur_of (sign_in), sign_in->secret, TRUE);
  get_validator (task);
}

static void
sign_in_with_password (GTask *task)
{
  NatterConnection *connection = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  const char *name = natter_account_get_name (sign_in->account);
  g_autoptr(GError) error = NULL;
  NatterCommand *command;

  if (!check_connection (connection, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  command = sign_in->register_account ? natter_command_register (name, sign_in->secret)
                                      : natter_command_login (name, sign_in->secret);
  natter_connection_authenticate_async (connection, command, g_task_get_cancellable (task), on_authenticated,
                                        g_object_ref (task));
}

static void
go_on (GTask *task)
{
  SignIn *sign_in = g_task_get_task_data (task);

  if (natter_account_get_kind (sign_in->account) == NATTER_ACCOUNT_ROTUR)
    sign_in_with_rotur (task);
  else
    sign_in_with_password (task);
}

static void
on_secret (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  char *secret = natter_credentials_get_finish (NATTER_CREDENTIALS (source), result, &error);

  if (secret == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  natter_secret_wipe (sign_in->secret);
  sign_in->secret = secret;
  go_on (task);
}

static void
get_secret (GTask      *task,
            const char *refused)
{
  SignIn *sign_in = g_task_get_task_data (task);

  natter_credentials_get_async (sign_in->credentials, sign_in->account, refused, g_task_get_cancellable (task),
                                on_secret, g_object_ref (task));
}

/**
 * natter_sign_in_async:
 * @connection: a connection whose server has said who it is
 * @credentials: what accounts sign in with
 * @account: who signs in; which way to a proof from Rotur works is remembered in it
 * @secret: (nullable): the password, or the Rotur token; %NULL: what is kept of @account
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
                      NatterCredentials   *credentials,
                      NatterAccount       *account,
                      const char          *secret,
                      gboolean             register_account,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (connection, cancellable, callback, data);
  SignIn *sign_in = g_new0 (SignIn, 1);

  g_task_set_source_tag (task, natter_sign_in_async);
  g_task_set_static_name (task, "natter-sign-in");
  sign_in->credentials = g_object_ref (credentials);
  sign_in->account = g_object_ref (account);
  sign_in->secret = g_strdup (secret);
  sign_in->register_account = register_account;
  sign_in->is_kept = secret == NULL;
  g_task_set_task_data (task, sign_in, sign_in_free);
  if (sign_in->is_kept)
    get_secret (task, NULL);
  else
    go_on (task);
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
