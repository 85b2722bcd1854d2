/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-session"

#include "config.h"

#include "natter-credentials.h"
#include "natter-member.h"
#include "natter-rotur-people.h"
#include "natter-session-private.h"

#define SEE    "blocked:view"
#define CHANGE "blocked:manage"

/* Before the names of accounts that are not Rotur's. */
#define NO_ROTUR "USR:"

typedef struct
{
  NatterAccount *account;
  char          *username; /* NULL: the list is fetched */
  gboolean       block;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->account);
  g_free (call->username);
  g_free (call);
}

static GTask *
task_new (NatterSession       *self,
          NatterAccount       *account,
          const char          *username,
          gboolean             block,
          GAsyncReadyCallback  callback,
          gpointer             data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  Call *call = g_new0 (Call, 1);

  call->account = g_object_ref (account);
  call->username = g_strdup (username);
  call->block = block;
  g_task_set_task_data (task, call, call_free);
  return task;
}

/* Rotur tells of no change: the list is as it was fetched, and as it was changed here. */
static void
note_change (NatterAccount *account,
             const char    *username,
             gboolean       block)
{
  const char * const *names = natter_account_get_blocked (account);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) changed = NULL;

  for (; *names != NULL; names++)
    if (g_ascii_strcasecmp (*names, username) != 0)
      g_strv_builder_add (builder, *names);
  if (block)
    g_strv_builder_add (builder, username);
  changed = g_strv_builder_end (builder);
  natter_account_set_blocked (account, (const char * const *) changed);
}

static void
on_changed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (!natter_rotur_block_finish (NATTER_ROTUR (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  note_change (call->account, call->username, call->block);
  g_task_return_boolean (task, TRUE);
}

static void
on_fetched (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_auto(GStrv) names = natter_rotur_get_blocked_finish (NATTER_ROTUR (source), result, &error);

  if (names == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  natter_account_set_blocked (call->account, (const char * const *) names);
  g_task_return_boolean (task, TRUE);
}

static void
on_token (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterSession *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  char *token = natter_credentials_get_finish (NATTER_CREDENTIALS (source), result, &error);

  if (token == NULL)
    g_task_return_error (task, error);
  else if (call->username == NULL)
    natter_rotur_get_blocked_async (self->rotur, token, NULL, on_fetched, g_object_ref (task));
  else
    natter_rotur_block_async (self->rotur, token, call->username, call->block, NULL, on_changed, g_object_ref (task));
  if (token != NULL)
    natter_secret_free (token);
}

/* @task: (transfer full) */
static void
run (NatterSession *self,
     GTask         *task)
{
  natter_credentials_get_async (self->credentials, ((Call *) g_task_get_task_data (task))->account, NULL, NULL, on_token, task);
}

static void
on_asked (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  NatterSession *self = NATTER_SESSION (source);
  Call *call = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return;
  g_debug ("Whom one has blocked is not known: %s", error->message);
  g_hash_table_remove (self->blocks_asked, natter_account_get_id (call->account));
}

/* To be called when one has signed in to a server: once is enough. */
void
_natter_session_fetch_blocked (NatterSession *self,
                               NatterAccount *account)
{
  if (self->rotur == NULL || natter_account_get_lack (account, SEE) != NATTER_ACCOUNT_LACKS_NOTHING
      || !g_hash_table_add (self->blocks_asked, g_strdup (natter_account_get_id (account))))
    return;
  run (self, task_new (self, account, NULL, FALSE, on_asked, NULL));
}

/**
 * natter_session_may_block:
 * @self: a session
 * @account: one of its accounts
 * @member: somebody on a server where one has signed in with @account
 *
 * Returns: whether @member can be blocked, or that be ended: with a Rotur account whose token allows it, and for people with
 *   one
 */
gboolean
natter_session_may_block (NatterSession *self,
                          NatterAccount *account,
                          NatterMember  *member)
{
  const char *username;

  g_return_val_if_fail (NATTER_IS_SESSION (self), FALSE);
  g_return_val_if_fail (NATTER_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (NATTER_IS_MEMBER (member), FALSE);

  username = natter_member_get_username (member);
  return self->rotur != NULL && natter_account_get_lack (account, CHANGE) == NATTER_ACCOUNT_LACKS_NOTHING
         && !g_str_has_prefix (username, NO_ROTUR) && g_ascii_strcasecmp (username, natter_account_get_name (account)) != 0;
}

/**
 * natter_session_block_async:
 * @self: a session
 * @account: one of its accounts
 * @member: whom natter_session_may_block()
 * @block: whether to block or to end that
 * @callback: called when it is done
 * @data: for @callback
 *
 * Blocks somebody on all servers where one has signed in with @account. Rotur keeps that, and other programs heed it, too.
 */
void
natter_session_block_async (NatterSession       *self,
                            NatterAccount       *account,
                            NatterMember        *member,
                            gboolean             block,
                            GAsyncReadyCallback  callback,
                            gpointer             data)
{
  GTask *task;

  g_return_if_fail (NATTER_IS_SESSION (self));
  g_return_if_fail (NATTER_IS_ACCOUNT (account));
  g_return_if_fail (NATTER_IS_MEMBER (member));
  g_return_if_fail (self->rotur != NULL);

  task = task_new (self, account, natter_member_get_username (member), block, callback, data);
  g_task_set_source_tag (task, natter_session_block_async);
  run (self, task);
}

/**
 * natter_session_block_finish:
 * @self: a session
 * @result: what the callback got
 * @error: why not
 *
 * Returns: whether it was changed
 */
gboolean
natter_session_block_finish (NatterSession  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * natter_session_has_profile:
 * @self: a session
 * @account: (nullable): with which one has signed in where @member is
 * @member: somebody
 *
 * Rotur is asked of people only by those who have an account with it.
 *
 * Returns: whether Rotur can be asked for the profile of @member
 */
gboolean
natter_session_has_profile (NatterSession *self,
                            NatterAccount *account,
                            NatterMember  *member)
{
  g_return_val_if_fail (NATTER_IS_SESSION (self), FALSE);
  g_return_val_if_fail (NATTER_IS_MEMBER (member), FALSE);

  return self->rotur != NULL && account != NULL && natter_account_get_kind (account) == NATTER_ACCOUNT_ROTUR
         && !g_str_has_prefix (natter_member_get_username (member), NO_ROTUR);
}
