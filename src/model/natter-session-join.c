/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-session"

#include "config.h"

#include "natter-account-private.h"
#include "natter-server-private.h"
#include "natter-session-private.h"
#include "natter-sign-in.h"

/* One joining: is there somewhere to keep the secret? Whose is it? Sign in. Keep the secret. Keep the rest. */
typedef struct
{
  NatterServer  *server;
  NatterAccount *account;
  char          *name;
  char          *secret; /* NULL: what is kept */
  gboolean       register_account;
  gboolean       session_only;

  NatterRoturIdentity *identity;
} Join;

static void
join_free (gpointer data)
{
  Join *join = data;

  g_clear_object (&join->server);
  g_clear_object (&join->account);
  g_free (join->name);
  natter_secret_wipe (join->secret);
  g_clear_pointer (&join->identity, natter_rotur_identity_free);
  g_free (join);
}

/* (transfer full) */
static GTask *
join_new (NatterSession       *self,
          NatterServer        *server,
          const char          *secret,
          gboolean             session_only,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Join *join = g_new0 (Join, 1);

  join->server = g_object_ref (server);
  join->secret = g_strdup (secret);
  join->session_only = session_only;
  g_task_set_task_data (task, join, join_free);
  g_task_set_source_tag (task, join_new);
  _natter_server_stop_sign_in (server);
  return task;
}

static void
keep (GTask *task)
{
  NatterSession *self = g_task_get_source_object (task);
  Join *join = g_task_get_task_data (task);

  if (join->identity != NULL)
    _natter_session_describe_account (self, join->account, join->identity, FALSE);
  if (join->secret != NULL)
    natter_account_set_session_only (join->account, join->session_only);
  _natter_session_keep (self, join->server, join->account);
  g_task_return_boolean (task, TRUE);
}

static void store_secret (GTask *task);

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  Join *join = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!natter_secrets_store_finish (NATTER_SECRETS (source), result, &error))
    {
      g_message ("The secret could not be kept: %s", error->message);
      /* Signed in all the same: let the person use it as long as the program runs. */
      if (!join->session_only)
        {
          join->session_only = TRUE;
          store_secret (task);
          return;
        }
    }
  keep (task);
}

/* Not to be cancelled: the server may just have made the account, and the password must not be lost. */
static void
store_secret (GTask *task)
{
  NatterSession *self = g_task_get_source_object (task);
  Join *join = g_task_get_task_data (task);
  g_autofree char *label = natter_account_dup_label (join->account);

  natter_secrets_store_async (self->secrets, natter_account_get_id (join->account), label, join->secret,
                              join->session_only, NULL, on_stored, g_object_ref (task));
}

/* Whether what is kept is missing or no more good. */
static gboolean
says_sign_in (NatterAccount *account,
              const GError  *error)
{
  return g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TOKEN)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TOKEN_PERMISSION)
         || g_error_matches (error, NATTER_ERROR, NATTER_ERROR_WRONG_PASSWORD)
         || (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_SIGN_IN)
             && natter_account_get_kind (account) == NATTER_ACCOUNT_SERVER);
}

static void
on_signed_in (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  Join *join = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!natter_sign_in_finish (NATTER_CONNECTION (source), result, &error))
    {
      if (join->secret == NULL && says_sign_in (join->account, error))
        natter_account_set_needs_sign_in (join->account, TRUE);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else if (join->secret == NULL)
    keep (task);
  else
    store_secret (task);
}

/* The account is in no list before this worked. */
static void
sign_in (GTask *task)
{
  NatterSession *self = g_task_get_source_object (task);
  Join *join = g_task_get_task_data (task);

  natter_sign_in_async (natter_server_get_connection (join->server), self->credentials, join->account, join->secret,
                        join->register_account, g_task_get_cancellable (task), on_signed_in, g_object_ref (task));
}

static void
on_identified (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterSession *self = g_task_get_source_object (task);
  Join *join = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterRoturIdentity) identity = natter_rotur_identify_finish (NATTER_ROTUR (source), result, &error);
  g_autofree char *id = NULL;

  if (identity == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_set_object (&join->account, _natter_session_find_rotur_account (self, identity->id, identity->username));
  if (join->account == NULL)
    {
      id = g_uuid_string_random ();
      join->account = natter_account_new (id, NATTER_ACCOUNT_ROTUR, identity->username, NULL);
    }
  join->identity = g_steal_pointer (&identity);
  sign_in (task);
}

static void
find_server_account (GTask *task)
{
  NatterSession *self = g_task_get_source_object (task);
  Join *join = g_task_get_task_data (task);
  const char *server = natter_address_get_text (natter_server_get_address (join->server));
  g_autofree char *id = NULL;

  g_set_object (&join->account, _natter_session_find_server_account (self, join->name, server));
  if (join->account == NULL)
    {
      id = g_uuid_string_random ();
      join->account = natter_account_new (id, NATTER_ACCOUNT_SERVER, join->name, server);
    }
  sign_in (task);
}

static void
find_account (GTask *task)
{
  NatterSession *self = g_task_get_source_object (task);
  Join *join = g_task_get_task_data (task);

  if (join->name != NULL)
    find_server_account (task);
  else if (self->rotur == NULL)
    g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_ROTUR, "No Rotur API is set");
  else
    natter_rotur_identify_async (self->rotur, join->secret, g_task_get_cancellable (task), on_identified,
                                 g_object_ref (task));
}

static void
on_checked (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;

  if (natter_secrets_check_finish (NATTER_SECRETS (source), result, &error))
    find_account (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Nothing is sent before there is somewhere to keep the secret. */
static void
start (GTask *task)
{
  NatterSession *self = g_task_get_source_object (task);
  Join *join = g_task_get_task_data (task);

  if (join->session_only)
    find_account (task);
  else
    natter_secrets_check_async (self->secrets, g_task_get_cancellable (task), on_checked, g_object_ref (task));
}

/**
 * natter_session_join_with_password_async:
 * @self: a session
 * @server: a server that has said who it is
 * @username: user name, as typed
 * @password: the password
 * @register_account: whether the account is to be made
 * @session_only: whether the password is kept in memory alone
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Signs in with an account of the server, for the first time or again.
 */
void
natter_session_join_with_password_async (NatterSession       *self,
                                         NatterServer        *server,
                                         const char          *username,
                                         const char          *password,
                                         gboolean             register_account,
                                         gboolean             session_only,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  Join *join;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_SERVER (server));
  g_return_if_fail (username != NULL && password != NULL);

  task = join_new (self, server, password, session_only, cancellable, callback, data);
  join = g_task_get_task_data (task);
  join->name = g_strstrip (g_strdup (username));
  join->register_account = register_account;
  start (task);
}

/**
 * natter_session_join_with_token_async:
 * @self: a session
 * @server: a server that has said who it is
 * @token: a Rotur token
 * @session_only: whether the token is kept in memory alone
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Signs in with a Rotur account. The token goes to Rotur alone.
 */
void
natter_session_join_with_token_async (NatterSession       *self,
                                      NatterServer        *server,
                                      const char          *token,
                                      gboolean             session_only,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  Join *join;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_SERVER (server));
  g_return_if_fail (token != NULL);

  task = join_new (self, server, token, session_only, cancellable, callback, data);
  join = g_task_get_task_data (task);
  g_strstrip (join->secret);
  start (task);
}

/**
 * natter_session_join_with_account_async:
 * @self: a session
 * @server: a server that has said who it is
 * @account: one of the session's accounts
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Signs in with what is kept of @account.
 */
void
natter_session_join_with_account_async (NatterSession       *self,
                                        NatterServer        *server,
                                        NatterAccount       *account,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  Join *join;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_SERVER (server));
  g_return_if_fail (NATTER_IS_ACCOUNT (account));

  task = join_new (self, server, NULL, natter_account_get_session_only (account), cancellable, callback, data);
  join = g_task_get_task_data (task);
  join->account = g_object_ref (account);
  sign_in (task);
}

/**
 * natter_session_join_finish:
 * @self: a session
 * @result: what the callback got
 * @error: why it did not work; the server can be tried again unless its connection has ended
 *
 * Returns: whether the server is in the list now
 */
gboolean
natter_session_join_finish (NatterSession  *self,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
