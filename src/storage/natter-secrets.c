/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-secrets"

#include "natter-secrets-private.h"

#include <glib/gi18n.h>

#include "natter-error.h"

/* The calls that name the Secret Service are used, not the simple ones: those may choose a file of their own. In a
 * sandbox that is what is wanted: see natter-secrets-file.c. */

static const SecretSchema schema = {
  "dev.natter.Natter",
  SECRET_SCHEMA_NONE,
  {
    { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

struct _NatterSecrets
{
  GObject parent_instance;

  NatterProfile *profile;
  GHashTable    *session; /* account id → SecretValue, which wipes itself */
};

G_DEFINE_FINAL_TYPE (NatterSecrets, natter_secrets, G_TYPE_OBJECT)

/* What a call is about, while it is under way. */
typedef struct
{
  char        *account_id;
  char        *label;
  SecretValue *value;
  gboolean     was_in_session;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_free (call->account_id);
  g_free (call->label);
  g_clear_pointer (&call->value, secret_value_unref);
  g_free (call);
}

static void
natter_secrets_finalize (GObject *object)
{
  NatterSecrets *self = NATTER_SECRETS (object);

  g_clear_pointer (&self->session, g_hash_table_unref);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (natter_secrets_parent_class)->finalize (object);
}

static void
natter_secrets_class_init (NatterSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = natter_secrets_finalize;
}

static void
natter_secrets_init (NatterSecrets *self)
{
  self->session = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) secret_value_unref);
}

static GTask *
new_task (NatterSecrets       *self,
          gpointer             tag,
          const char          *account_id,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Call *call = g_new0 (Call, 1);

  g_task_set_source_tag (task, tag);
  call->account_id = g_strdup (account_id);
  g_task_set_task_data (task, call, call_free);
  return task;
}

static GHashTable *
attributes_of (NatterSecrets *self,
               const char    *account_id)
{
  return secret_attributes_build (&schema, "profile", natter_profile_get_id (self->profile), "account", account_id, NULL);
}

/* Whatever a keyring says, a person can do one thing about it: see to the keyring, or do without. */
void
_natter_secrets_return_failure (GTask      *task,
                                const char *what,
                                GError     *error)
{
  g_autoptr(GError) owned = error;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (error == NULL)
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_NO_SECRETS, what);
  else
    g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_NO_SECRETS, "%s: %s", what, error->message);
}

/* The service has asked, and the person said no. */
static void
return_locked (GTask *task)
{
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_SECRETS_LOCKED, "The keyring is locked");
}

/**
 * natter_secrets_new:
 * @profile: the profile whose secrets these are
 *
 * Makes nothing and asks nobody yet.
 *
 * Returns: (transfer full): the secrets of @profile
 */
NatterSecrets *
natter_secrets_new (NatterProfile *profile)
{
  NatterSecrets *self;

  g_return_val_if_fail (NATTER_IS_PROFILE (profile), NULL);

  self = g_object_new (NATTER_TYPE_SECRETS, NULL);
  self->profile = g_object_ref (profile);
  return self;
}

static void
on_check_created (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretCollection) collection = secret_collection_create_finish (result, &error);

  if (collection == NULL)
    _natter_secrets_return_failure (task, "There is no keyring, and none was made", g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_check_unlocked (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  int unlocked = secret_service_unlock_finish (SECRET_SERVICE (source), result, NULL, &error);

  if (error != NULL)
    _natter_secrets_return_failure (task, "The keyring could not be unlocked", g_steal_pointer (&error));
  else if (unlocked < 1)
    return_locked (task);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_check_collection (GObject      *source,
                     GAsyncResult *result,
                     gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretCollection) collection = secret_collection_for_alias_finish (result, &error);
  g_autolist(GDBusProxy) locked = NULL;
  SecretService *service;
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (error != NULL)
    {
      _natter_secrets_return_failure (task, "The keyring could not be found", g_steal_pointer (&error));
      return;
    }
  if (collection == NULL)
    {
      secret_collection_create (NULL, _("Default keyring"), SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_CREATE_NONE,
                                cancellable, on_check_created, g_steal_pointer (&task));
      return;
    }
  if (!secret_collection_get_locked (collection))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  service = secret_collection_get_service (collection);
  locked = g_list_append (NULL, g_object_ref (G_DBUS_PROXY (collection)));
  secret_service_unlock (service, locked, cancellable, on_check_unlocked, g_steal_pointer (&task));
}

static void
on_check_service (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service = secret_service_get_finish (result, &error);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (service == NULL)
    _natter_secrets_return_failure (task, "There is no Secret Service", g_steal_pointer (&error));
  else
    secret_collection_for_alias (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable,
                                 on_check_collection, g_steal_pointer (&task));
}

/**
 * natter_secrets_check_async:
 * @self: the secrets
 * @cancellable: (nullable): to give up
 * @callback: called when it is known
 * @data: for @callback
 *
 * Finds out whether something can be stored, before a person types it in vain. A locked keyring is unlocked and a
 * missing one made; the service asks the person then.
 */
void
natter_secrets_check_async (NatterSecrets       *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             data)
{
  g_autoptr(GHashTable) attributes = NULL;
  GTask *task;

  g_return_if_fail (NATTER_IS_SECRETS (self));

  task = new_task (self, natter_secrets_check_async, NULL, cancellable, callback, data);
  if (_natter_secrets_in_file ())
    {
      attributes = attributes_of (self, "");
      _natter_secrets_file_check (task, &schema, attributes);
    }
  else
    secret_service_get (SECRET_SERVICE_OPEN_SESSION | SECRET_SERVICE_LOAD_COLLECTIONS, cancellable, on_check_service, task);
}

/**
 * natter_secrets_check_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: %NATTER_ERROR_NO_SECRETS or %NATTER_ERROR_SECRETS_LOCKED: nothing can be stored
 *
 * Returns: whether something can be stored
 */
gboolean
natter_secrets_check_finish (NatterSecrets  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  NatterSecrets *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  gboolean stored = _natter_secrets_in_file () ? secret_password_store_finish (result, &error)
                                               : secret_service_store_finish (NULL, result, &error);

  if (!stored)
    {
      _natter_secrets_return_failure (task, "The keyring did not take the secret", g_steal_pointer (&error));
      return;
    }
  /* What lasts is newer than what was for this run alone. */
  g_hash_table_remove (self->session, call->account_id);
  g_task_return_boolean (task, TRUE);
}

/**
 * natter_secrets_store_async:
 * @self: the secrets
 * @account_id: whose secret
 * @label: what a keyring program shows
 * @secret: the token or password; copied into memory that is not swapped
 * @session_only: keep it in memory for this run, and ask no keyring
 * @cancellable: (nullable): to give up
 * @callback: called when the secret is kept
 * @data: for @callback
 *
 * Keeps a secret in place of the account's former one.
 */
void
natter_secrets_store_async (NatterSecrets       *self,
                            const char          *account_id,
                            const char          *label,
                            const char          *secret,
                            gboolean             session_only,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GHashTable) attributes = NULL;
  Call *call;

  g_return_if_fail (NATTER_IS_SECRETS (self));
  g_return_if_fail (account_id != NULL && label != NULL && secret != NULL);

  task = new_task (self, natter_secrets_store_async, account_id, cancellable, callback, data);
  call = g_task_get_task_data (task);
  call->value = secret_value_new (secret, -1, "text/plain");

  if (session_only)
    {
      g_hash_table_insert (self->session, g_strdup (account_id), g_steal_pointer (&call->value));
      g_task_return_boolean (task, TRUE);
      return;
    }
  call->label = g_strdup (label);
  attributes = attributes_of (self, account_id);
  if (_natter_secrets_in_file ())
    _natter_secrets_file_store (g_steal_pointer (&task), &schema, attributes, call->label, call->value, on_stored);
  else
    secret_service_store (NULL, &schema, attributes, SECRET_COLLECTION_DEFAULT, call->label, call->value, cancellable,
                          on_stored, g_steal_pointer (&task));
}

/**
 * natter_secrets_store_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: %NATTER_ERROR_NO_SECRETS or %NATTER_ERROR_SECRETS_LOCKED: the keyring did not take it
 *
 * Returns: whether the secret is kept
 */
gboolean
natter_secrets_store_finish (NatterSecrets  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
secret_free (gpointer secret)
{
  secret_password_free (secret);
}

static gboolean
any_locked (GList *items)
{
  for (GList *link = items; link != NULL; link = link->next)
    {
      if (secret_item_get_locked (link->data))
        return TRUE;
    }
  return FALSE;
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autolist(SecretItem) items = secret_service_search_finish (NULL, result, &error);
  g_autoptr(SecretValue) value = NULL;

  if (error != NULL)
    {
      _natter_secrets_return_failure (task, "The keyring could not be asked", g_steal_pointer (&error));
      return;
    }
  if (items == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  value = secret_item_get_secret (items->data);
  if (value == NULL && any_locked (items))
    return_locked (task);
  else if (value == NULL || secret_value_get_text (value) == NULL)
    _natter_secrets_return_failure (task, "The keyring did not give the secret", NULL);
  else
    g_task_return_pointer (task, secret_value_unref_to_password (g_steal_pointer (&value), NULL), secret_free);
}

/* In memory that is not swapped, as the keyring's answers are. */
static char *
copy_secret (SecretValue *value)
{
  gsize length;
  const char *text = secret_value_get (value, &length);

  return secret_value_unref_to_password (secret_value_new (text, length, "text/plain"), NULL);
}

/**
 * natter_secrets_lookup_async:
 * @self: the secrets
 * @account_id: whose secret
 * @cancellable: (nullable): to give up
 * @callback: called with the secret
 * @data: for @callback
 *
 * Asks for a secret: what is kept for this run first, then the keyring, which may ask the person to unlock it.
 */
void
natter_secrets_lookup_async (NatterSecrets       *self,
                             const char          *account_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GHashTable) attributes = NULL;
  SecretValue *value;

  g_return_if_fail (NATTER_IS_SECRETS (self));
  g_return_if_fail (account_id != NULL);

  task = new_task (self, natter_secrets_lookup_async, account_id, cancellable, callback, data);
  value = g_hash_table_lookup (self->session, account_id);
  if (value != NULL)
    {
      g_task_return_pointer (task, copy_secret (value), secret_free);
      return;
    }
  attributes = attributes_of (self, account_id);
  if (_natter_secrets_in_file ())
    {
      _natter_secrets_file_lookup (g_steal_pointer (&task), &schema, attributes);
      return;
    }
  /* A plain lookup takes a keyring that stays locked for one without the secret. */
  secret_service_search (NULL, &schema, attributes, SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS, cancellable,
                         on_looked_up, g_steal_pointer (&task));
}

/**
 * natter_secrets_lookup_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: %NATTER_ERROR_NO_SECRETS or %NATTER_ERROR_SECRETS_LOCKED: it could not be found out
 *
 * Returns: (transfer full) (nullable): the secret, to be freed with natter_secret_free(), or %NULL without @error
 *   when there is none
 */
char *
natter_secrets_lookup_finish (NatterSecrets  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_forgotten (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;

  secret_service_clear_finish (SECRET_SERVICE (source), result, &error);
  if (error != NULL)
    _natter_secrets_return_failure (task, "The keyring did not remove the secret", g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_forget_searched (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) attributes = NULL;
  g_autolist(SecretItem) items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);
  Call *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (error != NULL)
    _natter_secrets_return_failure (task, "The keyring could not be asked", g_steal_pointer (&error));
  else if (items == NULL)
    g_task_return_boolean (task, TRUE);
  else if (any_locked (items))
    return_locked (task);
  else
    {
      attributes = attributes_of (g_task_get_source_object (task), call->account_id);
      secret_service_clear (SECRET_SERVICE (source), &schema, attributes, cancellable, on_forgotten,
                            g_steal_pointer (&task));
    }
}

static void
on_forget_service (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) attributes = NULL;
  g_autoptr(SecretService) service = secret_service_get_finish (result, &error);
  Call *call = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (service != NULL)
    {
      attributes = attributes_of (g_task_get_source_object (task), call->account_id);
      secret_service_search (service, &schema, attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK, cancellable,
                             on_forget_searched, g_steal_pointer (&task));
    }
  else if (call->was_in_session)
    g_task_return_boolean (task, TRUE);
  else
    _natter_secrets_return_failure (task, "There is no Secret Service", g_steal_pointer (&error));
}

/**
 * natter_secrets_forget_async:
 * @self: the secrets
 * @account_id: whose secret
 * @cancellable: (nullable): to give up
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Removes a secret from memory, at once, and from the keyring. It is no failure when there was none, nor when
 * there is no keyring and the secret was kept for this run alone.
 */
void
natter_secrets_forget_async (NatterSecrets       *self,
                             const char          *account_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             data)
{
  g_autoptr(GHashTable) attributes = NULL;
  GTask *task;
  Call *call;

  g_return_if_fail (NATTER_IS_SECRETS (self));
  g_return_if_fail (account_id != NULL);

  task = new_task (self, natter_secrets_forget_async, account_id, cancellable, callback, data);
  call = g_task_get_task_data (task);
  call->was_in_session = g_hash_table_remove (self->session, account_id);
  if (_natter_secrets_in_file ())
    {
      attributes = attributes_of (self, account_id);
      _natter_secrets_file_forget (task, &schema, attributes);
    }
  else
    secret_service_get (SECRET_SERVICE_OPEN_SESSION, cancellable, on_forget_service, task);
}

/**
 * natter_secrets_forget_finish:
 * @self: the secrets
 * @result: what the callback was given
 * @error: %NATTER_ERROR_NO_SECRETS or %NATTER_ERROR_SECRETS_LOCKED: the keyring may still have it
 *
 * Returns: whether the secret is gone
 */
gboolean
natter_secrets_forget_finish (NatterSecrets  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * natter_secret_free:
 * @secret: (nullable): what natter_secrets_lookup_finish() gave
 *
 * Overwrites a secret and frees it.
 */
void
natter_secret_free (char *secret)
{
  secret_password_free (secret);
}
