/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rotur"

#include "config.h"

#include "natter-rotur-sign-in.h"

#include <string.h>

#include "natter-json-private.h"
#include "natter-loopback.h"
#include "natter-random.h"
#include "natter-rotur-private.h"

#define SECRET_BYTES 32
#define CALLBACK_PATH "/callback"
#define CODE_LIFE_S 600
#define MAX_CODE 64

/* What Natter asks for. None of it moves money or files, and none makes tokens. */
#define PERMISSIONS                                                                                               \
  "validators:generate", "account:view", "friends:view", "friends:request", "friends:accept", "friends:remove", \
  "blocked:view", "blocked:manage"

static const char * const permissions[] = { PERMISSIONS, NULL };
static const char * const scopes[] = { "profile", "offline_access", PERMISSIONS, NULL };

/* One sign-in under way. */
typedef struct
{
  NatterRoturShowFunc  show;
  gpointer             show_data;
  NatterLoopback      *loopback;
  char                *state;
  char                *verifier;
  char                *code;
  gint64               deadline; /* of the code, monotonic */
} Attempt;

static void
attempt_free (gpointer data)
{
  Attempt *attempt = data;

  g_clear_object (&attempt->loopback);
  g_free (attempt->state);
  g_free (attempt->verifier);
  g_free (attempt->code);
  g_free (attempt);
}

static char *
escape (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

static void
return_error (GTask      *task,
              NatterError code,
              const char *message)
{
  g_task_return_new_error_literal (task, NATTER_ERROR, code, message);
}

static void
on_swapped (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  NatterRoturTokens *tokens = natter_rotur_tokens_finish (NATTER_ROTUR (source), result, &error);

  if (tokens != NULL)
    g_task_return_pointer (task, tokens, (GDestroyNotify) natter_rotur_tokens_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* An answer without our state was not asked for by us, one of another issuer is not for this API. */
static void
on_code_brought (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterRotur *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) query = natter_loopback_wait_finish (NATTER_LOOPBACK (source), result, &error);
  const char *refusal;
  const char *code;

  if (query == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (g_strcmp0 (g_hash_table_lookup (query, "state"), attempt->state) != 0)
    {
      return_error (task, NATTER_ERROR_BROWSER, "The state is not that of this sign-in");
      return;
    }
  if (g_strcmp0 (g_hash_table_lookup (query, "iss"), natter_rotur_get_base (self)) != 0)
    {
      return_error (task, NATTER_ERROR_BROWSER, "The issuer is not Rotur");
      return;
    }

  refusal = g_hash_table_lookup (query, "error");
  code = g_hash_table_lookup (query, "code");
  if (g_strcmp0 (refusal, "access_denied") == 0)
    return_error (task, NATTER_ERROR_DENIED, "Access denied");
  else if (refusal != NULL)
    g_task_return_new_error (task, NATTER_ERROR, NATTER_ERROR_ROTUR, "%.200s", refusal);
  else if (code == NULL || *code == '\0' || strlen (code) > NATTER_ROTUR_MAX_TOKEN)
    return_error (task, NATTER_ERROR_BROWSER, "There is no code in the answer");
  else
    natter_rotur_swap_code_async (self, code, natter_loopback_get_uri (attempt->loopback), attempt->verifier,
                                  g_task_get_cancellable (task), on_swapped, g_object_ref (task));
}

static char *
dup_authorize_page (NatterRotur *self,
                    Attempt     *attempt)
{
  g_autofree char *wanted = g_strjoinv (" ", (char **) scopes);
  g_autofree char *challenge = natter_rotur_challenge_of (attempt->verifier);
  g_autofree char *client = escape (natter_rotur_get_client_id (self));
  g_autofree char *redirect = escape (natter_loopback_get_uri (attempt->loopback));
  g_autofree char *scope = escape (wanted);

  return g_strdup_printf ("%s/oauth/authorize?response_type=code&client_id=%s&redirect_uri=%s&scope=%s&state=%s"
                          "&code_challenge=%s&code_challenge_method=S256",
                          natter_rotur_get_base (self), client, redirect, scope, attempt->state, challenge);
}

/* The path can't be a secret here, since it is registered; the state is one instead. */
static void
start_oauth (GTask *task)
{
  NatterRotur *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *page = NULL;

  attempt->loopback = natter_loopback_new (self->ports, CALLBACK_PATH, &error);
  if (attempt->loopback == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  attempt->state = natter_random_text (SECRET_BYTES);
  attempt->verifier = natter_random_text (SECRET_BYTES);
  page = dup_authorize_page (self, attempt);
  natter_loopback_wait_async (attempt->loopback, self->browser_ms, g_task_get_cancellable (task), on_code_brought,
                              g_object_ref (task));
  attempt->show (page, NULL, attempt->show_data);
}

static void
on_token_brought (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) query = natter_loopback_wait_finish (NATTER_LOOPBACK (source), result, &error);
  const char *given = query != NULL ? g_hash_table_lookup (query, "token") : NULL;
  g_autofree char *token = given != NULL ? _natter_rotur_clean_token (given) : NULL;

  if (query == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (token == NULL)
    return_error (task, NATTER_ERROR_BROWSER, "There is no token in the answer");
  else
    {
      g_task_return_pointer (task, natter_rotur_tokens_new (token), (GDestroyNotify) natter_rotur_tokens_free);
      explicit_bzero (token, strlen (token));
    }
}

static void
start_hand_off (GTask *task)
{
  NatterRotur *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *wanted = g_strjoinv (",", (char **) permissions);
  g_autofree char *site = natter_rotur_dup_site (self);
  g_autofree char *return_to = NULL;
  g_autofree char *page = NULL;

  attempt->loopback = natter_loopback_new (NULL, NULL, &error);
  if (attempt->loopback == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  return_to = escape (natter_loopback_get_uri (attempt->loopback));
  page = g_strdup_printf ("%s/auth?return_to=%s&requires=%s", site, return_to, wanted);
  natter_loopback_wait_async (attempt->loopback, self->browser_ms, g_task_get_cancellable (task), on_token_brought,
                              g_object_ref (task));
  attempt->show (page, NULL, attempt->show_data);
}

/* The token is given out once, so it is fetched as soon as it is there. */
static void
on_linked (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterRoturAnswer) answer = natter_rotur_call_finish (result, &error);
  const char *given = NULL;
  g_autofree char *token = NULL;

  if (answer != NULL && natter_rotur_answer_is_good (answer))
    given = natter_json_string (natter_rotur_answer_object (answer), "token");
  token = given != NULL ? _natter_rotur_clean_token (given) : NULL;
  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (token != NULL)
    {
      g_task_return_pointer (task, natter_rotur_tokens_new (token), (GDestroyNotify) natter_rotur_tokens_free);
      explicit_bzero (token, strlen (token));
    }
  else
    return_error (task, NATTER_ERROR_BROWSER, "Somebody else has fetched the token of this code");
}

static void poll_later (GTask *task);

static void
on_status (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterRotur *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterRoturAnswer) answer = natter_rotur_call_finish (result, &error);
  g_autofree char *path = g_strconcat ("/link/user?code=", attempt->code, NULL);
  const char *status = NULL;

  if (answer != NULL && natter_rotur_answer_is_good (answer))
    status = natter_json_string (natter_rotur_answer_object (answer), "status");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (g_strcmp0 (status, "linked") == 0)
    _natter_rotur_call (self, "GET", path, NULL, g_task_get_cancellable (task), on_linked, g_object_ref (task));
  else
    poll_later (task);
}

static gboolean
poll (gpointer data)
{
  GTask *task = data;
  NatterRotur *self = g_task_get_source_object (task);
  Attempt *attempt = g_task_get_task_data (task);
  g_autofree char *path = g_strconcat ("/link/status?code=", attempt->code, NULL);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (g_get_monotonic_time () >= attempt->deadline)
    return_error (task, NATTER_ERROR_EXPIRED, "The code is no longer good");
  else
    _natter_rotur_call (self, "GET", path, NULL, g_task_get_cancellable (task), on_status, g_object_ref (task));
  return G_SOURCE_REMOVE;
}

/* A network that is away for a moment ends nothing. */
static void
poll_later (GTask *task)
{
  NatterRotur *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr(GSource) cancelled = cancellable != NULL ? g_cancellable_source_new (cancellable) : NULL;
  g_autoptr(GSource) source = NULL;

  source = g_timeout_source_new (self->poll_ms);
  if (cancelled != NULL)
    {
      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (source, cancelled);
    }
  g_task_attach_source (task, source, poll);
}

static gboolean
is_code (const char *code)
{
  if (code == NULL || *code == '\0' || strlen (code) > MAX_CODE)
    return FALSE;
  for (; *code != '\0'; code++)
    if (!g_ascii_isalnum (*code) && *code != '-')
      return FALSE;
  return TRUE;
}

static void
on_code (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  Attempt *attempt = g_task_get_task_data (task);
  g_autofree char *site = natter_rotur_dup_site (g_task_get_source_object (task));
  g_autofree char *page = g_strconcat (site, "/link", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterRoturAnswer) answer = natter_rotur_call_finish (result, &error);
  JsonObject *object = answer != NULL ? natter_rotur_answer_object (answer) : NULL;
  gint64 life;

  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!natter_rotur_answer_is_good (answer))
    {
      g_task_return_error (task, natter_rotur_answer_to_error (answer));
      return;
    }
  if (!is_code (natter_json_string (object, "code")))
    {
      return_error (task, NATTER_ERROR_ROTUR, "Rotur's answer holds no code");
      return;
    }
  attempt->code = g_strdup (natter_json_string (object, "code"));
  life = natter_json_int (object, "expires_in", 1, CODE_LIFE_S, CODE_LIFE_S);
  attempt->deadline = g_get_monotonic_time () + life * G_USEC_PER_SEC;
  attempt->show (page, attempt->code, attempt->show_data);
  poll_later (task);
}

static void
start_code (GTask *task)
{
  g_autofree char *wanted = g_strjoinv (",", (char **) permissions);
  g_autofree char *path = g_strconcat ("/link/code?name=Natter&permissions=", wanted, NULL);

  _natter_rotur_call (g_task_get_source_object (task), "GET", path, NULL, g_task_get_cancellable (task), on_code,
                      g_object_ref (task));
}

/**
 * natter_rotur_sign_in_async:
 * @self: the API
 * @way: how
 * @show: called once, when the person can go on in the browser; not after @callback nor after @cancellable
 * @show_data: for @show
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Lets a person sign in with Rotur. Natter sees no password. The token may turn out to be the account's main token,
 * with older versions of the API: ask natter_rotur_identify_async().
 */
void
natter_rotur_sign_in_async (NatterRotur         *self,
                            NatterRoturWay       way,
                            NatterRoturShowFunc  show,
                            gpointer             show_data,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  Attempt *attempt;

  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (show != NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, natter_rotur_sign_in_async);
  g_task_set_static_name (task, "natter-rotur-sign-in");
  attempt = g_new0 (Attempt, 1);
  attempt->show = show;
  attempt->show_data = show_data;
  g_task_set_task_data (task, attempt, attempt_free);
  if (way == NATTER_ROTUR_WAY_CODE)
    start_code (task);
  else if (natter_rotur_get_client_id (self) != NULL)
    start_oauth (task);
  else
    start_hand_off (task);
}

/**
 * natter_rotur_sign_in_finish:
 * @self: the API
 * @result: the result
 * @error: why not: %NATTER_ERROR_DENIED, %NATTER_ERROR_BROWSER, %NATTER_ERROR_EXPIRED, what the API answered, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the tokens
 */
NatterRoturTokens *
natter_rotur_sign_in_finish (NatterRotur   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
