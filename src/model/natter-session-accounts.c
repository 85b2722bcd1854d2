/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-session"

#include "config.h"

#include "natter-account-private.h"
#include "natter-session-private.h"
#include "natter-sign-in.h"

typedef struct
{
  NatterAccount *account;
  char          *secret;
  gboolean       session_only;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_object (&change->account);
  natter_secret_wipe (change->secret);
  g_free (change);
}

/* What Rotur says of the account and of its token. */
void
_natter_session_describe_account (NatterSession       *self,
                                  NatterAccount       *account,
                                  NatterRoturIdentity *identity,
                                  gboolean             is_renewed)
{
  natter_account_set_name (account, identity->username);
  if (identity->id != NULL)
    _natter_account_set_rotur_id (account, identity->id);
  _natter_account_set_picture (account, identity->picture);
  if (identity->is_main)
    _natter_account_set_token_kind (account, NATTER_TOKEN_MAIN);
  else
    _natter_account_set_token_kind (account, is_renewed ? NATTER_TOKEN_RENEWED : NATTER_TOKEN_LIMITED);
  _natter_account_set_permissions (account, (const char * const *) identity->permissions);
}

/* Those that refused the former token may take this one. */
static void
try_servers_of (NatterSession *self,
                NatterAccount *account)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      if (natter_server_get_account (server) == account && natter_server_get_state (server) == NATTER_CONNECTION_HANDSHAKE)
        natter_server_connect (server);
    }
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterSession *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!natter_secrets_store_finish (NATTER_SECRETS (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  natter_account_set_session_only (change->account, change->session_only);
  _natter_session_keep_account (self, change->account);
  natter_account_set_needs_sign_in (change->account, FALSE);
  try_servers_of (self, change->account);
  g_task_return_pointer (task, g_object_ref (change->account), g_object_unref);
}

static void
on_checked (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterSession *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autofree char *label = natter_account_dup_label (change->account);
  g_autoptr(GError) error = NULL;

  if (source != NULL && !natter_secrets_check_finish (NATTER_SECRETS (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    natter_secrets_store_async (self->secrets, natter_account_get_id (change->account), label, change->secret,
                                change->session_only, NULL, on_stored, g_object_ref (task));
}

static NatterAccount *
find_or_make (NatterSession       *self,
              NatterRoturIdentity *identity)
{
  NatterAccount *known = _natter_session_find_rotur_account (self, identity->id, identity->username);
  g_autofree char *id = g_uuid_string_random ();

  return known != NULL ? g_object_ref (known)
                       : natter_account_new (id, NATTER_ACCOUNT_ROTUR, identity->username, NULL);
}

/**
 * natter_session_add_account_async:
 * @self: a session
 * @tokens: what the person signed in with
 * @identity: whose they are, of natter_rotur_identify_async()
 * @session_only: whether the tokens are kept in memory alone
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Keeps a Rotur account. One with the same id gets the new tokens, and its servers sign in if they waited for that.
 */
void
natter_session_add_account_async (NatterSession       *self,
                                  NatterRoturTokens   *tokens,
                                  NatterRoturIdentity *identity,
                                  gboolean             session_only,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (tokens != NULL && identity != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_session_add_account_async);
  change = g_new0 (Change, 1);
  change->session_only = session_only;
  change->secret = natter_rotur_tokens_to_secret (tokens);
  change->account = find_or_make (self, identity);
  g_task_set_task_data (task, change, change_free);
  _natter_session_describe_account (self, change->account, identity, tokens->refresh != NULL);
  if (session_only)
    on_checked (NULL, NULL, g_steal_pointer (&task));
  else
    natter_secrets_check_async (self->secrets, cancellable, on_checked, g_steal_pointer (&task));
}

/**
 * natter_session_add_account_finish:
 * @self: a session
 * @result: what the callback got
 * @error: why not: %NATTER_ERROR_NO_SECRETS; the person may choose to keep the tokens in memory alone
 *
 * Returns: (transfer full) (nullable): the account, which is in the list now
 */
NatterAccount *
natter_session_add_account_finish (NatterSession  *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
remove_servers_of (NatterSession *self,
                   NatterAccount *account)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i > 0; i--)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i - 1);

      if (natter_server_get_account (server) == account)
        natter_session_remove_server (self, server);
    }
  _natter_session_forget_removed (self);
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterSession *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!natter_secrets_forget_finish (NATTER_SECRETS (source), result, &error)
      && !natter_account_get_session_only (change->account))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  remove_servers_of (self, change->account);
  _natter_session_forget_account (self, change->account);
  g_task_return_boolean (task, TRUE);
}

static void
forget_secret (GTask *task)
{
  NatterSession *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);

  natter_secrets_forget_async (self->secrets, natter_account_get_id (change->account), NULL, on_forgotten,
                               g_object_ref (task));
}

static void
on_spent (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  NatterRoturTokens *tokens = natter_rotur_tokens_finish (NATTER_ROTUR (source), result, &error);

  if (tokens == NULL)
    g_debug ("The tokens of a removed account could not be spent: %s", error->message);
  natter_rotur_tokens_free (tokens);
  forget_secret (task);
}

/* Rotur has no call that revokes a token. But renewing ends the former ones, and the new ones are in no other place. */
static void
on_secret (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterSession *self = g_task_get_source_object (task);
  g_autoptr(GError) error = NULL;
  char *secret = natter_secrets_lookup_finish (NATTER_SECRETS (source), result, &error);
  g_autoptr(NatterRoturTokens) tokens = secret != NULL ? natter_rotur_tokens_from_secret (secret) : NULL;

  natter_secret_free (secret);
  if (tokens != NULL && self->rotur != NULL)
    natter_rotur_forget (self->rotur, tokens->access);
  if (tokens != NULL && tokens->refresh != NULL && self->rotur != NULL)
    natter_rotur_refresh_async (self->rotur, tokens->refresh, NULL, on_spent, g_object_ref (task));
  else
    forget_secret (task);
}

/**
 * natter_session_remove_account_async:
 * @self: a session
 * @account: one of its accounts
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Removes an account with the servers that use it, its secret, and all that was made with it. Tokens that can be
 * ended are. The account itself, with Rotur or on its server, stays, and so does Natter's entry in Rotur's list of
 * programs.
 */
void
natter_session_remove_account_async (NatterSession       *self,
                                     NatterAccount       *account,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  Change *change;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_session_remove_account_async);
  g_task_set_check_cancellable (task, FALSE);
  change = g_new0 (Change, 1);
  change->account = g_object_ref (account);
  g_task_set_task_data (task, change, change_free);
  if (natter_account_get_kind (account) == NATTER_ACCOUNT_ROTUR)
    natter_secrets_lookup_async (self->secrets, natter_account_get_id (account), cancellable, on_secret,
                                 g_steal_pointer (&task));
  else
    forget_secret (task);
}

/**
 * natter_session_remove_account_finish:
 * @self: a session
 * @result: what the callback got
 * @error: why not: %NATTER_ERROR_NO_SECRETS: the keyring did not remove the secret, and nothing else was removed
 *
 * Returns: whether it is gone
 */
gboolean
natter_session_remove_account_finish (NatterSession  *self,
                                      GAsyncResult   *result,
                                      GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
