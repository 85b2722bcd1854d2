/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rotur"

#include "config.h"

#include "natter-rotur.h"

#include "natter-json-private.h"
#include "natter-rotur-private.h"

#include <string.h>
#include <time.h>

#define TIME_LIMIT_MS (20 * 1000)
#define BROWSER_LIMIT_MS (5 * 60 * 1000)
#define POLL_MS (4 * 1000)
#define MAX_VALIDATOR 512
#define MAX_NAME 200

/* A validator for a key that no chat server has, made only because the API tells with it whose token it is. */
#define OWN_KEY "natter-who-am-i"

static const struct
{
  const char *method;
  const char *path;
} validator_routes[] = {
  [NATTER_ROUTE_V2] = { "POST", "/v2/validators" },
  [NATTER_ROUTE_OLD] = { "GET", "/generate_validator" },
  [NATTER_ROUTE_QUERY] = { "GET", "/generate_validator" },
};

static const char *const ability_paths[NATTER_N_ROUTES] = {
  [NATTER_ROUTE_V2] = "/v2/me/abilities",
  [NATTER_ROUTE_OLD] = "/me/able",
};

G_DEFINE_FINAL_TYPE (NatterRotur, natter_rotur, G_TYPE_OBJECT)

/* What a task carries from call to call. */
typedef struct
{
  char                *token;
  char                *key;
  NatterRoturRoute                route;
  gint64               asked;
  NatterRoturIdentity *identity;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->token != NULL)
    explicit_bzero (job->token, strlen (job->token));
  g_free (job->token);
  g_free (job->key);
  g_clear_pointer (&job->identity, natter_rotur_identity_free);
  g_free (job);
}

/**
 * natter_rotur_identity_free:
 * @self: (transfer full): who somebody is at Rotur
 *
 * Frees it.
 */
void
natter_rotur_identity_free (NatterRoturIdentity *self)
{
  g_free (self->id);
  g_free (self->username);
  g_free (self->picture);
  g_strfreev (self->permissions);
  g_free (self);
}

/* A clock that goes on while the machine is suspended, as the life of a validator does. */
static gint64
now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Returns: (transfer full) (nullable): the token as it may stand in a header */
char *
_natter_rotur_clean_token (const char *token)
{
  g_autofree char *clean = g_strstrip (g_strdup (token));

  if (*clean == '\0' || strlen (clean) > NATTER_ROTUR_MAX_TOKEN)
    return NULL;
  for (const char *c = clean; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return NULL;
  return g_steal_pointer (&clean);
}

/* Calls @path, with its query, without a token. */
void
_natter_rotur_call (NatterRotur         *self,
                    const char          *method,
                    const char          *path,
                    const char          *form,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             data)
{
  g_autofree char *uri = g_strconcat (self->base, path, NULL);

  g_debug ("%s %.*s", method, (int) strcspn (path, "?"), path);
  natter_rotur_call_async (self->session, method, uri, NULL, form, self->limit_ms, cancellable, callback, data);
}

static GTask *
task_new (NatterRotur         *self,
          const char          *token,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             data,
          gpointer             tag)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, tag);
  g_task_set_static_name (task, "natter-rotur");
  job->token = _natter_rotur_clean_token (token);
  g_task_set_task_data (task, job, job_free);
  return task;
}

/* Calls @path with one query parameter; the answer goes to @callback with @task. */
static void
call (GTask               *task,
      const char          *method,
      const char          *path,
      const char          *name,
      const char          *value,
      gboolean             with_token,
      GAsyncReadyCallback  callback)
{
  NatterRotur *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autofree char *escaped = value != NULL ? g_uri_escape_string (value, NULL, FALSE) : NULL;
  g_autofree char *uri = name != NULL ? g_strconcat (self->base, path, "?", name, "=", escaped, NULL)
                                      : g_strconcat (self->base, path, NULL);

  g_debug ("%s %s", method, path);
  natter_rotur_call_async (self->session, method, uri, with_token ? job->token : NULL, NULL, self->limit_ms,
                           g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
fail_with_answer (GTask             *task,
                  NatterRoturAnswer *answer)
{
  g_task_return_error (task, natter_rotur_answer_to_error (answer));
}

/* "<Rotur user id>,<64 hex digits>" */
static gboolean
is_validator (const char *text)
{
  const char *comma = text != NULL ? strchr (text, ',') : NULL;

  if (comma == NULL || comma == text || comma[1] == '\0' || strlen (text) > MAX_VALIDATOR)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;
  return TRUE;
}

static void on_validator (GObject      *source,
                          GAsyncResult *result,
                          gpointer      data);

/* The API of May 2026 makes a proof that verifies of nothing but the text of `auth`. */
static void
ask_by_query (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  g_autofree char *escaped = g_uri_escape_string (job->token, NULL, FALSE);
  g_autofree char *name = g_strconcat ("auth=", escaped, "&key", NULL);

  call (task, "GET", validator_routes[NATTER_ROUTE_QUERY].path, name, job->key, FALSE, on_validator);
  explicit_bzero (name, strlen (name));
  explicit_bzero (escaped, strlen (escaped));
}

static void
ask_for_validator (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  job->asked = now_us ();
  if (job->route == NATTER_ROUTE_QUERY)
    {
      ask_by_query (task);
      return;
    }
  call (task, validator_routes[job->route].method, validator_routes[job->route].path, "key", job->key, TRUE,
        on_validator);
}

static void
on_validator (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  NatterRotur *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterRoturAnswer) answer = natter_rotur_call_finish (result, &error);
  const char *validator;

  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (natter_rotur_answer_no_route (answer) && job->route + 1 < NATTER_N_ROUTES)
    {
      job->route++;
      ask_for_validator (task);
      return;
    }
  if (!natter_rotur_answer_is_good (answer))
    {
      self->validator_route = NATTER_ROUTE_V2;
      fail_with_answer (task, answer);
      return;
    }

  validator = natter_json_string (natter_rotur_answer_object (answer), "validator");
  if (!is_validator (validator))
    {
      g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_ROTUR, "Rotur's answer holds no validator");
      return;
    }
  if (job->route != NATTER_ROUTE_QUERY)
    self->validator_route = job->route;
  natter_validator_cache_store (self->cache, job->token, job->key, validator, job->asked);
  g_task_return_pointer (task, g_strdup (validator), g_free);
}

static void
return_no_token (GTask *task)
{
  g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_TOKEN, "This is no Rotur token");
}

/**
 * natter_rotur_get_validator_async:
 * @self: the API
 * @token: a Rotur token
 * @validator_key: the key of a chat server's handshake, after natter_validator_key_check()
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @data: for @callback
 *
 * Gets a proof of identity for the chat server that gave the key. It is good for 300 s and any number of uses, and is
 * kept for that time. Newer versions of the API make it by `POST /v2/validators`, older ones by
 * `GET /generate_validator`; the API of May 2026 answers the latter with one that chat servers refuse, see
 * natter_rotur_set_by_query().
 */
void
natter_rotur_get_validator_async (NatterRotur         *self,
                                  const char          *token,
                                  const char          *validator_key,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  const char *known;
  Job *job;

  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (token != NULL && validator_key != NULL);

  task = task_new (self, token, cancellable, callback, data, natter_rotur_get_validator_async);
  job = g_task_get_task_data (task);
  job->key = g_strdup (validator_key);
  job->route = natter_rotur_get_by_query (self, token) ? NATTER_ROUTE_QUERY : self->validator_route;
  if (job->token == NULL)
    {
      return_no_token (task);
      return;
    }

  known = natter_validator_cache_lookup (self->cache, job->token, validator_key, now_us ());
  if (known != NULL)
    g_task_return_pointer (task, g_strdup (known), g_free);
  else
    ask_for_validator (task);
}

/**
 * natter_rotur_get_validator_finish:
 * @self: the API
 * @result: the result
 * @error: why there is none: %NATTER_ERROR_TOKEN for a token that is not good or may not do this,
 *   %NATTER_ERROR_ROTUR for an account that Rotur has blocked, …
 *
 * Returns: (transfer full) (nullable): the validator
 */
char *
natter_rotur_get_validator_finish (NatterRotur   *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * natter_rotur_drop_validator:
 * @self: the API
 * @token: a Rotur token
 * @validator_key: the key that the validator was for
 *
 * Forgets a validator that a chat server has refused.
 */
void
natter_rotur_drop_validator (NatterRotur *self,
                             const char  *token,
                             const char  *validator_key)
{
  g_autofree char *clean = NULL;

  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (token != NULL && validator_key != NULL);

  clean = _natter_rotur_clean_token (token);
  if (clean != NULL)
    natter_validator_cache_drop (self->cache, clean, validator_key);
}

/**
 * natter_rotur_forget:
 * @self: the API
 * @token: a Rotur token
 *
 * Forgets all that was made with @token.
 */
void
natter_rotur_forget (NatterRotur *self,
                     const char  *token)
{
  g_autofree char *clean = NULL;

  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (token != NULL);

  natter_rotur_set_by_query (self, token, FALSE);
  clean = _natter_rotur_clean_token (token);
  if (clean != NULL)
    natter_validator_cache_forget (self->cache, clean);
}

/* Whether the answer says a name; it is in the identity then. */
static gboolean
take_name (GTask             *task,
           NatterRoturAnswer *answer,
           const char        *id_name)
{
  NatterRotur *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  JsonObject *object = natter_rotur_answer_object (answer);
  const char *username = NULL;

  if (natter_rotur_answer_is_good (answer))
    username = natter_json_string (object, "username");
  if (username == NULL || *username == '\0' || strlen (username) > MAX_NAME)
    return FALSE;

  job->identity->username = g_strdup (username);
  job->identity->picture = natter_rotur_dup_picture (self, username);
  if (job->identity->id == NULL)
    job->identity->id = natter_json_dup_id (object, id_name);
  return TRUE;
}

static void
return_identity (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&job->identity), (GDestroyNotify) natter_rotur_identity_free);
}

static void
on_profile (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterRoturAnswer) answer = natter_rotur_call_finish (result, &error);

  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (take_name (task, answer, "id"))
    return_identity (task);
  else if (natter_rotur_answer_is_good (answer))
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_ROTUR, "Rotur doesn't say whose token it is");
  else
    fail_with_answer (task, answer);
}

/* A validator starts with the id of the account. */
static void
on_own_validator (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autofree char *validator = natter_rotur_get_validator_finish (NATTER_ROTUR (source), result, &error);

  if (validator == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_free (job->identity->id);
  job->identity->id = g_strndup (validator, strchr (validator, ',') - validator);
  call (task, "GET", "/profile", "include_posts=0&id", job->identity->id, FALSE, on_profile);
}

static void
on_user_info (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterRoturAnswer) answer = natter_rotur_call_finish (result, &error);

  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (take_name (task, answer, "sub"))
    return_identity (task);
  else
    natter_rotur_get_validator_async (g_task_get_source_object (task), job->token, OWN_KEY,
                                      g_task_get_cancellable (task), on_own_validator, g_object_ref (task));
}

static void
on_abilities (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  Job *job = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterRoturAnswer) answer = natter_rotur_call_finish (result, &error);

  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (natter_rotur_answer_no_route (answer) && job->route + 1 < NATTER_N_ROUTES)
    {
      job->route++;
      call (task, "GET", ability_paths[job->route], NULL, NULL, TRUE, on_abilities);
    }
  else if (!natter_rotur_answer_is_good (answer))
    fail_with_answer (task, answer);
  else
    {
      JsonObject *object = natter_rotur_answer_object (answer);

      job->identity = g_new0 (NatterRoturIdentity, 1);
      job->identity->is_main = g_strcmp0 (natter_json_string (object, "token_type"), "main") == 0;
      job->identity->permissions = natter_json_strv (object, "permissions", 1000);
      if (job->identity->permissions == NULL)
        job->identity->permissions = g_new0 (char *, 1);
      call (task, "GET", "/oauth/userinfo", NULL, NULL, TRUE, on_user_info);
    }
}

/**
 * natter_rotur_identify_async:
 * @self: the API
 * @token: a Rotur token
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @data: for @callback
 *
 * Finds out whose token it is and what it may do. Every token may ask for its permissions. The name comes from
 * `/oauth/userinfo` where the API has that for the token; else the id is taken from a validator and the name from the
 * public profile. `/me`, which would tell it at once, wants the token in its address, where it
 * would end in logs.
 */
void
natter_rotur_identify_async (NatterRotur         *self,
                             const char          *token,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             data)
{
  g_autoptr(GTask) task = NULL;
  Job *job;

  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (token != NULL);

  task = task_new (self, token, cancellable, callback, data, natter_rotur_identify_async);
  job = g_task_get_task_data (task);
  if (job->token == NULL)
    return_no_token (task);
  else
    call (task, "GET", ability_paths[NATTER_ROUTE_V2], NULL, NULL, TRUE, on_abilities);
}

/**
 * natter_rotur_identify_finish:
 * @self: the API
 * @result: the result
 * @error: why it could not be found out; %NATTER_ERROR_TOKEN when the token is not good
 *
 * Returns: (transfer full) (nullable): who it is; the name is always there
 */
NatterRoturIdentity *
natter_rotur_identify_finish (NatterRotur   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
natter_rotur_dispose (GObject *object)
{
  NatterRotur *self = NATTER_ROTUR (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (natter_rotur_parent_class)->dispose (object);
}

static void
natter_rotur_finalize (GObject *object)
{
  NatterRotur *self = NATTER_ROTUR (object);

  g_clear_pointer (&self->cache, natter_validator_cache_free);
  g_clear_pointer (&self->by_query, g_hash_table_unref);
  g_free (self->client_id);
  g_free (self->ports);
  g_free (self->base);

  G_OBJECT_CLASS (natter_rotur_parent_class)->finalize (object);
}

static void
natter_rotur_class_init (NatterRoturClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_rotur_dispose;
  object_class->finalize = natter_rotur_finalize;
}

static void
natter_rotur_init (NatterRotur *self)
{
  self->limit_ms = TIME_LIMIT_MS;
  self->browser_ms = BROWSER_LIMIT_MS;
  self->poll_ms = POLL_MS;
  self->by_query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cache = natter_validator_cache_new ();
  self->session = soup_session_new_with_options ("user-agent", "Natter/" PACKAGE_VERSION,
                                                 "max-conns-per-host", 6, NULL);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * natter_rotur_new:
 * @base: where the API is: `https://HOST[:PORT]`, or `http://` with a host of this machine
 * @error: %NATTER_ERROR_ADDRESS or %NATTER_ERROR_NOT_ENCRYPTED
 *
 * The Rotur HTTP API, which stands for people's identities. A token is sent to @base alone, in a header.
 *
 * Returns: (transfer full) (nullable): the API
 */
NatterRotur *
natter_rotur_new (const char  *base,
                  GError     **error)
{
  g_autoptr(GUri) uri = NULL;
  NatterRotur *self;
  const char *scheme;
  const char *host;

  g_return_val_if_fail (base != NULL, NULL);

  uri = g_uri_parse (base, SOUP_HTTP_URI_FLAGS, NULL);
  scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL || *host == '\0' || (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http"))
      || g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error (error, NATTER_ERROR, NATTER_ERROR_ADDRESS, "“%s” is no web address of an API", base);
      return NULL;
    }
  if (g_str_equal (scheme, "http") && !is_loopback (host))
    {
      g_set_error (error, NATTER_ERROR, NATTER_ERROR_NOT_ENCRYPTED, "The connection to “%s” would not be encrypted",
                   host);
      return NULL;
    }

  self = g_object_new (NATTER_TYPE_ROTUR, NULL);
  self->base = g_strdup (base);
  while (g_str_has_suffix (self->base, "/"))
    self->base[strlen (self->base) - 1] = '\0';
  return self;
}

/**
 * natter_rotur_get_base:
 * @self: the API
 *
 * Returns: (transfer none): its address, without a slash at the end
 */
const char *
natter_rotur_get_base (NatterRotur *self)
{
  g_return_val_if_fail (NATTER_IS_ROTUR (self), NULL);

  return self->base;
}

/**
 * natter_rotur_set_time_limit:
 * @self: the API
 * @limit_ms: how long one call may take altogether, in ms
 */
void
natter_rotur_set_time_limit (NatterRotur *self,
                             guint        limit_ms)
{
  g_return_if_fail (NATTER_IS_ROTUR (self));

  self->limit_ms = limit_ms;
}
