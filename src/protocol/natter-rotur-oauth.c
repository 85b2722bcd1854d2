/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rotur"

#include "config.h"

#include "natter-rotur-oauth.h"

#include <string.h>

#include "natter-json-private.h"
#include "natter-rotur-private.h"

/* The first line of a secret that is more than a token. */
#define SECRET_HEAD "natter-oauth-1"
#define MAX_SCOPES 200
#define MAX_LIFE (366 * 24 * 60 * 60)

static void
wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

/**
 * natter_rotur_tokens_new:
 * @access: a token that is not renewed; copied
 *
 * Returns: (transfer full): the token alone
 */
NatterRoturTokens *
natter_rotur_tokens_new (const char *access)
{
  NatterRoturTokens *self = g_new0 (NatterRoturTokens, 1);

  self->access = g_strdup (access);
  return self;
}

/**
 * natter_rotur_tokens_free:
 * @self: (nullable): tokens
 *
 * Overwrites and frees them.
 */
void
natter_rotur_tokens_free (NatterRoturTokens *self)
{
  if (self == NULL)
    return;

  wipe (self->access);
  wipe (self->refresh);
  g_strfreev (self->scopes);
  g_free (self);
}

/**
 * natter_rotur_tokens_to_secret:
 * @self: tokens
 *
 * Makes one text of them, so that they are kept, and replaced, as one: a token that is not renewed is its own text.
 *
 * Returns: (transfer full): the text; to be wiped
 */
char *
natter_rotur_tokens_to_secret (NatterRoturTokens *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->refresh == NULL)
    return g_strdup (self->access);
  return g_strdup_printf (SECRET_HEAD "\n%s\n%s\n%" G_GINT64_FORMAT, self->access, self->refresh, self->expires);
}

static void
wipe_all (char **texts)
{
  for (guint i = 0; texts[i] != NULL; i++)
    explicit_bzero (texts[i], strlen (texts[i]));
  g_strfreev (texts);
}

/**
 * natter_rotur_tokens_from_secret:
 * @secret: what natter_rotur_tokens_to_secret() made, or a token
 *
 * Returns: (transfer full): the tokens; the scopes are not in a secret
 */
NatterRoturTokens *
natter_rotur_tokens_from_secret (const char *secret)
{
  NatterRoturTokens *self;
  char **lines;

  g_return_val_if_fail (secret != NULL, NULL);

  if (!g_str_has_prefix (secret, SECRET_HEAD "\n"))
    return natter_rotur_tokens_new (secret);
  lines = g_strsplit (secret, "\n", 5);
  self = natter_rotur_tokens_new (lines[1]);
  if (g_strv_length (lines) == 4)
    {
      self->refresh = g_strdup (lines[2]);
      self->expires = g_ascii_strtoll (lines[3], NULL, 10);
    }
  wipe_all (lines);
  return self;
}

/**
 * natter_rotur_challenge_of:
 * @verifier: a secret of this sign-in
 *
 * Returns: (transfer full): what proves later that whoever brings the code also began: its SHA-256 in base64 for
 *   addresses, as PKCE's `S256` wants it
 */
char *
natter_rotur_challenge_of (const char *verifier)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  char *text;

  g_return_val_if_fail (verifier != NULL, NULL);

  g_checksum_update (sum, (const guchar *) verifier, -1);
  g_checksum_get_digest (sum, digest, &length);
  text = g_base64_encode (digest, length);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchrnul (text, '=') = '\0';
  return text;
}

/* (nullable) (transfer full) */
static char *
dup_token (JsonObject *object,
           const char *name)
{
  const char *token = natter_json_string (object, name);

  return token != NULL ? _natter_rotur_clean_token (token) : NULL;
}

static NatterRoturTokens *
read_tokens (NatterRoturAnswer *answer)
{
  JsonObject *object = natter_rotur_answer_object (answer);
  g_autoptr(NatterRoturTokens) self = g_new0 (NatterRoturTokens, 1);
  const char *scope = natter_json_string (object, "scope");
  gint64 life = natter_json_int (object, "expires_in", 0, MAX_LIFE, 0);

  self->access = dup_token (object, "access_token");
  if (self->access == NULL)
    return NULL;
  self->refresh = dup_token (object, "refresh_token");
  if (life > 0)
    self->expires = g_get_real_time () / G_USEC_PER_SEC + life;
  if (scope != NULL)
    self->scopes = g_strsplit (scope, " ", MAX_SCOPES);
  return g_steal_pointer (&self);
}

/* A code or a refresh token that is no more good is answered with 400. */
static GError *
make_error (NatterRoturAnswer *answer)
{
  JsonObject *object = natter_rotur_answer_object (answer);
  const char *text = object != NULL ? natter_json_string (object, "error") : NULL;

  if (g_strcmp0 (text, "invalid_grant") == 0)
    return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_TOKEN, "Rotur does not know this sign-in any more");
  return natter_rotur_answer_to_error (answer);
}

static void
on_tokens (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterRoturAnswer) answer = natter_rotur_call_finish (result, &error);
  g_autoptr(NatterRoturTokens) tokens = NULL;

  if (answer != NULL && natter_rotur_answer_is_good (answer))
    tokens = read_tokens (answer);

  if (answer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!natter_rotur_answer_is_good (answer))
    g_task_return_error (task, make_error (answer));
  else if (tokens == NULL)
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_ROTUR, "Rotur's answer holds no token");
  else
    g_task_return_pointer (task, g_steal_pointer (&tokens), (GDestroyNotify) natter_rotur_tokens_free);
}

static void
ask_for_tokens (NatterRotur         *self,
                gpointer             tag,
                char                *form,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  g_task_set_static_name (task, "natter-rotur-tokens");
  /* The answer is not to be lost: what was sent is good only once. */
  g_task_set_check_cancellable (task, FALSE);
  _natter_rotur_call (self, "POST", "/oauth/token", form, cancellable, on_tokens, task);
  wipe (form);
}

/**
 * natter_rotur_swap_code_async:
 * @self: the API, with a client id
 * @code: what the browser brought
 * @redirect_uri: where it brought it to
 * @verifier: the secret of this sign-in
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done; see natter_rotur_tokens_finish()
 * @data: for @callback
 *
 * Gets tokens for the code of a sign-in in the browser.
 */
void
natter_rotur_swap_code_async (NatterRotur         *self,
                              const char          *code,
                              const char          *redirect_uri,
                              const char          *verifier,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             data)
{
  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (code != NULL && redirect_uri != NULL && verifier != NULL);

  ask_for_tokens (self, natter_rotur_swap_code_async,
                  soup_form_encode ("grant_type", "authorization_code", "code", code, "redirect_uri", redirect_uri,
                                    "code_verifier", verifier, "client_id", natter_rotur_get_client_id (self), NULL),
                  cancellable, callback, data);
}

/**
 * natter_rotur_refresh_async:
 * @self: the API, with a client id
 * @refresh: a refresh token, which is worth nothing afterwards
 * @cancellable: (nullable): a cancellable; the answer may be lost with it
 * @callback: called when it is done; see natter_rotur_tokens_finish()
 * @data: for @callback
 *
 * Renews tokens. The old ones end with this call: keep the new ones before they are used.
 */
void
natter_rotur_refresh_async (NatterRotur         *self,
                            const char          *refresh,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             data)
{
  g_return_if_fail (NATTER_IS_ROTUR (self));
  g_return_if_fail (refresh != NULL);

  ask_for_tokens (self, natter_rotur_refresh_async,
                  soup_form_encode ("grant_type", "refresh_token", "refresh_token", refresh,
                                    "client_id", natter_rotur_get_client_id (self), NULL),
                  cancellable, callback, data);
}

/**
 * natter_rotur_tokens_finish:
 * @self: the API
 * @result: the result
 * @error: why there are none: %NATTER_ERROR_TOKEN when the person has to sign in again
 *
 * Returns: (transfer full) (nullable): the tokens; without a refresh token when the API gave none
 */
NatterRoturTokens *
natter_rotur_tokens_finish (NatterRotur   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
