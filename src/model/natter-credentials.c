/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-credentials"

#include "config.h"

#include "natter-credentials.h"

#include "natter-account-private.h"
#include "natter-rotur-oauth.h"
#include "natter-sign-in.h"

/* A token that ends sooner is renewed before it is used. */
#define MARGIN_SECONDS 120

struct _NatterCredentials
{
  GObject              parent_instance;

  NatterSecrets       *secrets;
  NatterRotur         *rotur;
  NatterValidatorPins *pins;
  GHashTable          *queues; /* account id -> GQueue of GTask: the first is at work, the others wait */
};

G_DEFINE_FINAL_TYPE (NatterCredentials, natter_credentials, G_TYPE_OBJECT)

typedef struct
{
  NatterAccount     *account;
  char              *refused;
  NatterRoturTokens *tokens;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->account);
  natter_secret_wipe (job->refused);
  natter_rotur_tokens_free (job->tokens);
  g_free (job);
}

static void
queue_free (gpointer queue)
{
  g_queue_free_full (queue, g_object_unref);
}

static void
natter_credentials_finalize (GObject *object)
{
  NatterCredentials *self = NATTER_CREDENTIALS (object);

  g_clear_object (&self->secrets);
  g_clear_object (&self->rotur);
  g_clear_pointer (&self->pins, natter_validator_pins_free);
  g_clear_pointer (&self->queues, g_hash_table_unref);

  G_OBJECT_CLASS (natter_credentials_parent_class)->finalize (object);
}

static void
natter_credentials_class_init (NatterCredentialsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = natter_credentials_finalize;
}

static void
natter_credentials_init (NatterCredentials *self)
{
  self->pins = natter_validator_pins_new ();
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, queue_free);
}

/**
 * natter_credentials_new:
 * @secrets: where passwords and tokens are kept
 * @rotur: (nullable): where tokens are renewed
 *
 * Returns: (transfer full): the credentials
 */
NatterCredentials *
natter_credentials_new (NatterSecrets *secrets,
                        NatterRotur   *rotur)
{
  NatterCredentials *self;

  g_return_val_if_fail (NATTER_IS_SECRETS (secrets), NULL);

  self = g_object_new (NATTER_TYPE_CREDENTIALS, NULL);
  self->secrets = g_object_ref (secrets);
  g_set_object (&self->rotur, rotur);
  return self;
}

/**
 * natter_credentials_get_secrets:
 * @self: the credentials
 *
 * Returns: (transfer none): where they are kept
 */
NatterSecrets *
natter_credentials_get_secrets (NatterCredentials *self)
{
  g_return_val_if_fail (NATTER_IS_CREDENTIALS (self), NULL);

  return self->secrets;
}

/**
 * natter_credentials_get_rotur:
 * @self: the credentials
 *
 * Returns: (transfer none) (nullable): the Rotur API
 */
NatterRotur *
natter_credentials_get_rotur (NatterCredentials *self)
{
  g_return_val_if_fail (NATTER_IS_CREDENTIALS (self), NULL);

  return self->rotur;
}

/**
 * natter_credentials_get_pins:
 * @self: the credentials
 *
 * Returns: (transfer none): which validator key was seen at which server
 */
NatterValidatorPins *
natter_credentials_get_pins (NatterCredentials *self)
{
  g_return_val_if_fail (NATTER_IS_CREDENTIALS (self), NULL);

  return self->pins;
}

static void start_first (NatterCredentials *self,
                         GQueue            *queue);

/* Lets the next one of the same account begin. */
static void
leave_queue (GTask *task)
{
  NatterCredentials *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  GQueue *queue = g_hash_table_lookup (self->queues, natter_account_get_id (job->account));

  g_object_unref (g_queue_pop_head (queue));
  if (g_queue_is_empty (queue))
    g_hash_table_remove (self->queues, natter_account_get_id (job->account));
  else
    start_first (self, queue);
}

static void
succeed (GTask      *task,
         const char *secret)
{
  g_autoptr(GTask) kept = g_object_ref (task);

  g_task_return_pointer (task, g_strdup (secret), (GDestroyNotify) natter_secret_wipe);
  leave_queue (task);
}

/* Takes over @error. */
static void
fail (GTask  *task,
      GError *error)
{
  g_autoptr(GTask) kept = g_object_ref (task);

  g_task_return_error (task, error);
  leave_queue (task);
}

static void store (GTask    *task,
                   gboolean  session_only);

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (natter_secrets_store_finish (NATTER_SECRETS (source), result, &error))
    {
      succeed (task, job->tokens->access);
    }
  else if (natter_account_get_session_only (job->account))
    {
      fail (task, g_steal_pointer (&error));
    }
  else
    {
      /* The former token is dead: without the new one in memory the person would be signed out now. */
      g_message ("A renewed token could not be kept: %s", error->message);
      natter_account_set_session_only (job->account, TRUE);
      store (task, TRUE);
    }
}

/* Not to be cancelled: what is stored here exists nowhere else. */
static void
store (GTask    *task,
       gboolean  session_only)
{
  NatterCredentials *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autofree char *label = natter_account_dup_label (job->account);
  char *secret = natter_rotur_tokens_to_secret (job->tokens);

  natter_secrets_store_async (self->secrets, natter_account_get_id (job->account), label, secret, session_only, NULL,
                              on_stored, g_object_ref (task));
  natter_secret_wipe (secret);
}

static gint64
seconds_left (NatterRoturTokens *tokens)
{
  return tokens->expires == 0 ? G_MAXINT64 : tokens->expires - g_get_real_time () / G_USEC_PER_SEC;
}

static void
on_renewed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  NatterRoturTokens *tokens = natter_rotur_tokens_finish (NATTER_ROTUR (source), result, &error);

  if (tokens == NULL)
    {
      /* A network that is away ends no token before its time. */
      if (!g_error_matches (error, NATTER_ERROR, NATTER_ERROR_TOKEN) && job->refused == NULL
          && seconds_left (job->tokens) > 0)
        succeed (task, job->tokens->access);
      else
        fail (task, g_steal_pointer (&error));
      return;
    }
  if (tokens->refresh == NULL)
    tokens->refresh = g_steal_pointer (&job->tokens->refresh);
  natter_rotur_forget (NATTER_ROTUR (source), job->tokens->access);
  natter_rotur_tokens_free (job->tokens);
  job->tokens = tokens;
  if (tokens->scopes != NULL)
    _natter_account_set_permissions (job->account, (const char * const *) tokens->scopes);
  store (task, natter_account_get_session_only (job->account));
}

static void
give_token (GTask      *task,
            const char *secret)
{
  NatterCredentials *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  gboolean was_refused;

  job->tokens = natter_rotur_tokens_from_secret (secret);
  was_refused = g_strcmp0 (job->tokens->access, job->refused) == 0;
  if (job->tokens->refresh != NULL && self->rotur != NULL
      && (was_refused || seconds_left (job->tokens) < MARGIN_SECONDS))
    natter_rotur_refresh_async (self->rotur, job->tokens->refresh, NULL, on_renewed, g_object_ref (task));
  else if (was_refused)
    fail (task, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_TOKEN, "The token was refused and can't be renewed"));
  else
    succeed (task, job->tokens->access);
}

static void
on_secret (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  gboolean is_rotur = natter_account_get_kind (job->account) == NATTER_ACCOUNT_ROTUR;
  char *secret = natter_secrets_lookup_finish (NATTER_SECRETS (source), result, &error);

  if (error != NULL)
    fail (task, g_steal_pointer (&error));
  else if (secret == NULL)
    fail (task, g_error_new_literal (NATTER_ERROR, is_rotur ? NATTER_ERROR_TOKEN : NATTER_ERROR_SIGN_IN,
                                     "Nothing is kept to sign in with"));
  else if (is_rotur)
    give_token (task, secret);
  else
    succeed (task, secret);
  natter_secret_free (secret);
}

static void
start_first (NatterCredentials *self,
             GQueue            *queue)
{
  GTask *task = g_queue_peek_head (queue);
  Job *job = g_task_get_task_data (task);

  natter_secrets_lookup_async (self->secrets, natter_account_get_id (job->account), g_task_get_cancellable (task),
                               on_secret, g_object_ref (task));
}

/**
 * natter_credentials_get_async:
 * @self: the credentials
 * @account: whose
 * @refused: (nullable): a token that was just refused, so that another one is wanted
 * @cancellable: (nullable): ends it
 * @callback: called when it is there
 * @data: for @callback
 *
 * Gets the password of a server account, or a token of a Rotur account that is good now. The keyring may ask the
 * person to unlock it.
 */
void
natter_credentials_get_async (NatterCredentials   *self,
                              NatterAccount       *account,
                              const char          *refused,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             data)
{
  GTask *task;
  GQueue *queue;
  Job *job;

  g_return_if_fail (NATTER_IS_CREDENTIALS (self));
  g_return_if_fail (NATTER_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_credentials_get_async);
  g_task_set_static_name (task, "natter-credentials-get");
  job = g_new0 (Job, 1);
  job->account = g_object_ref (account);
  job->refused = g_strdup (refused);
  g_task_set_task_data (task, job, job_free);

  queue = g_hash_table_lookup (self->queues, natter_account_get_id (account));
  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->queues, g_strdup (natter_account_get_id (account)), queue);
    }
  g_queue_push_tail (queue, task);
  if (g_queue_get_length (queue) == 1)
    start_first (self, queue);
}

/**
 * natter_credentials_get_finish:
 * @self: the credentials
 * @result: what the callback got
 * @error: why there is nothing: %NATTER_ERROR_TOKEN or %NATTER_ERROR_SIGN_IN when the person has to sign in again,
 *   %NATTER_ERROR_NO_SECRETS, or what kept the token from being renewed
 *
 * Returns: (transfer full) (nullable): the password or token; free it with natter_secret_wipe()
 */
char *
natter_credentials_get_finish (NatterCredentials  *self,
                               GAsyncResult       *result,
                               GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
