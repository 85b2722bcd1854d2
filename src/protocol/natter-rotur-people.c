/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rotur"

#include "config.h"

#include "natter-rotur-people.h"

#include <string.h>

#include "natter-json-private.h"
#include "natter-rotur-private.h"

#define MAX_BLOCKED 10000

/**
 * natter_rotur_profile_free:
 * @self: (transfer full): a profile
 *
 * Frees it.
 */
void
natter_rotur_profile_free (NatterRoturProfile *self)
{
  g_free (self->bio);
  g_free (self->pronouns);
  g_free (self);
}

/* (transfer full) (nullable): what the API said, when that is good */
static NatterRoturAnswer *
take_answer (GTask        *task,
             GAsyncResult *result)
{
  GError *error = NULL;
  g_autoptr(NatterRoturAnswer) answer = natter_rotur_call_finish (result, &error);

  if (answer != NULL && natter_rotur_answer_is_good (answer))
    return g_steal_pointer (&answer);
  g_task_return_error (task, answer != NULL ? natter_rotur_answer_to_error (answer) : error);
  return NULL;
}

/* (transfer full) (nullable): NULL for a text without anything in it */
static char *
dup_text (JsonObject *object,
          const char *name)
{
  g_autofree char *text = natter_json_dup_string (object, name);

  return text != NULL && *g_strstrip (text) != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
on_profile (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(NatterRoturAnswer) answer = take_answer (task, result);
  JsonObject *object = answer != NULL ? natter_rotur_answer_object (answer) : NULL;
  NatterRoturProfile *profile;

  if (answer == NULL)
    return;
  profile = g_new0 (NatterRoturProfile, 1);
  if (object != NULL)
    {
      profile->bio = dup_text (object, "bio");
      profile->pronouns = dup_text (object, "pronouns");
      profile->created = natter_json_lax_int (object, "created", 0, G_MAXINT64 / 1000, 0) * 1000;
    }
  g_task_return_pointer (task, profile, (GDestroyNotify) natter_rotur_profile_free);
}

/**
 * natter_rotur_get_profile_async:
 * @self: the API
 * @username: name of a Rotur account
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Asks what somebody tells everybody. No token goes along.
 */
void
natter_rotur_get_profile_async (NatterRotur         *self,
                                const char          *username,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (username != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_rotur_get_profile_async);
  escaped = g_uri_escape_string (username, NULL, FALSE);
  path = g_strconcat ("/profile?include_posts=0&name=", escaped, NULL);
  _natter_rotur_call (self, "GET", path, NULL, cancellable, on_profile, task);
}

/**
 * natter_rotur_get_profile_finish:
 * @self: the API
 * @result: what the callback got
 * @error: why not; %NATTER_ERROR_NOT_FOUND or %NATTER_ERROR_ROTUR when there is no such account
 *
 * Returns: (transfer full): the profile, %NULL on error
 */
NatterRoturProfile *
natter_rotur_get_profile_finish (NatterRotur   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* @task: (transfer full) */
static void
call_with_token (NatterRotur         *self,
                 GTask               *task,
                 const char          *method,
                 const char          *path,
                 const char          *token,
                 GAsyncReadyCallback  callback)
{
  g_autofree char *uri = g_strconcat (self->base, path, NULL);
  char *clean = _natter_rotur_clean_token (token);

  if (clean == NULL)
    {
      g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_TOKEN, "There is no token");
      g_object_unref (task);
      return;
    }
  natter_rotur_call_async (self->session, method, uri, clean, NULL, self->limit_ms, g_task_get_cancellable (task), callback,
                           task);
  explicit_bzero (clean, strlen (clean));
  g_free (clean);
}

static void
on_blocked (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(NatterRoturAnswer) answer = take_answer (task, result);
  JsonObject *object = answer != NULL ? natter_rotur_answer_object (answer) : NULL;
  char **names = object != NULL ? natter_json_strv (object, "blocked", MAX_BLOCKED) : NULL;

  if (answer != NULL && names == NULL)
    g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_PROTOCOL, "The answer is no list of names");
  else if (answer != NULL)
    g_task_return_pointer (task, names, (GDestroyNotify) g_strfreev);
}

/**
 * natter_rotur_get_blocked_async:
 * @self: the API
 * @token: a Rotur token
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Asks whom the owner of the token has blocked.
 */
void
natter_rotur_get_blocked_async (NatterRotur         *self,
                                const char          *token,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             data)
{
  GTask *task;

  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (token != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_rotur_get_blocked_async);
  call_with_token (self, task, "GET", "/me/blocked", token, on_blocked);
}

/**
 * natter_rotur_get_blocked_finish:
 * @self: the API
 * @result: what the callback got
 * @error: why not
 *
 * Returns: (transfer full) (array zero-terminated=1): user names, %NULL on error
 */
char **
natter_rotur_get_blocked_finish (NatterRotur   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_changed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(NatterRoturAnswer) answer = take_answer (task, result);

  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
}

/**
 * natter_rotur_block_async:
 * @self: the API
 * @token: a Rotur token
 * @username: name of a Rotur account
 * @block: whether to block or to end that
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Changes whom the owner of the token has blocked.
 */
void
natter_rotur_block_async (NatterRotur         *self,
                          const char          *token,
                          const char          *username,
                          gboolean             block,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (token != NULL && username != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_rotur_block_async);
  escaped = g_uri_escape_string (username, NULL, FALSE);
  path = g_strconcat (block ? "/me/block/" : "/me/unblock/", escaped, NULL);
  call_with_token (self, task, "POST", path, token, on_changed);
}

/**
 * natter_rotur_block_finish:
 * @self: the API
 * @result: what the callback got
 * @error: why not
 *
 * Returns: whether it was changed
 */
gboolean
natter_rotur_block_finish (NatterRotur   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
