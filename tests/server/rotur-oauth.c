/* SPDX-License-Identifier: GPL-3.0-or-later */

/* OAuth 2 for public clients: code with PKCE, rotating refresh tokens */

#define G_LOG_DOMAIN "test-server-rotur"

#include "rotur-private.h"

#include "server-state.h"

#define CODE_SECONDS 300
#define ACCESS_SECONDS 3600

/* A "*" in a registered address stands for any port */
static gboolean
is_registered (JsonObject *client,
               const char *redirect_uri)
{
  g_autoptr(GPtrArray) uris = ts_get_strings (client, "redirect_uris");

  for (guint i = 0; i < uris->len; i++)
    {
      const char *uri = g_ptr_array_index (uris, i);

      if (strchr (uri, '*') != NULL ? g_pattern_match_simple (uri, redirect_uri) : strcmp (uri, redirect_uri) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
are_scopes (GPtrArray *scopes)
{
  static const char *const others[] = { "profile", "email", "offline_access", NULL };

  for (guint i = 0; i < scopes->len; i++)
    {
      const char *scope = g_ptr_array_index (scopes, i);

      if (!g_strv_contains (others, scope) && !rotur_is_permission (scope))
        return FALSE;
    }

  return TRUE;
}

/* Back to the client with @name=@value, the state and the issuer, unless an attack was asked for */
static void
go_back (RoturRequest *request,
         const char   *redirect_uri,
         const char   *name,
         const char   *value)
{
  Rotur *self = request->rotur;
  g_autofree char *wrong_state = rotur_take_attack (self, "wrong-state");
  g_autofree char *no_state = rotur_take_attack (self, "no-state");
  g_autofree char *wrong_issuer = rotur_take_attack (self, "wrong-issuer");
  const char *state = rotur_param (request, "state");
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);
  g_autofree char *escaped_state = g_uri_escape_string (state != NULL ? state : "", NULL, FALSE);
  g_autofree char *issuer = g_uri_escape_string (wrong_issuer != NULL ? "https://elsewhere.example" : self->url,
                                                 NULL, FALSE);
  GString *address = g_string_new (redirect_uri);
  g_autofree char *text = NULL;

  g_string_append_printf (address, "%c%s=%s", strchr (redirect_uri, '?') != NULL ? '&' : '?', name, escaped);
  if (state != NULL && no_state == NULL)
    g_string_append_printf (address, "&state=%s%s", wrong_state != NULL ? "x" : "", escaped_state);
  g_string_append_printf (address, "&iss=%s", issuer);

  text = g_string_free_and_steal (address);
  rotur_redirect (request, text);
}

static char *
new_code (RoturRequest *request,
          RoturAccount *account,
          GPtrArray    *scopes)
{
  RoturCode *code = g_new0 (RoturCode, 1);

  code->code = rotur_random_hex (16);
  code->client_id = g_strdup (rotur_param (request, "client_id"));
  code->redirect_uri = g_strdup (rotur_param (request, "redirect_uri"));
  code->challenge = g_strdup (rotur_param (request, "code_challenge"));
  code->username = g_strdup (account->username);
  code->scopes = rotur_limit_grant (request->rotur, scopes);
  code->expires_at = rotur_now () + CODE_SECONDS;
  g_hash_table_replace (request->rotur->codes, code->code, code);
  return g_strdup (code->code);
}

static void
consent_page (RoturRequest *request,
              JsonObject   *client)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (request->message));
  g_autofree char *name = g_markup_escape_text (ts_get_string (client, "name"), -1);
  GString *html = g_string_new ("<!doctype html><meta charset=\"utf-8\"><title>Allow</title>");
  g_autofree char *escaped = g_markup_escape_text (query, -1);
  g_autofree char *text = NULL;

  g_string_append_printf (html, "<h1>%s wants to use your Rotur account</h1><ul>", name);
  for (guint i = 0; i < request->rotur->accounts->len; i++)
    {
      RoturAccount *account = g_ptr_array_index (request->rotur->accounts, i);

      g_string_append_printf (html, "<li><a href=\"?%s&amp;user=%s\">Allow as %s</a></li>",
                              escaped, account->username, account->username);
    }
  g_string_append_printf (html, "</ul><p><a href=\"?%s&amp;deny=1\">Deny</a></p>", escaped);

  text = g_string_free_and_steal (html);
  rotur_page (request, SOUP_STATUS_OK, text);
}

static void
authorize (RoturRequest *request)
{
  Rotur *self = request->rotur;
  const char *client_id = rotur_param (request, "client_id");
  const char *redirect_uri = rotur_param (request, "redirect_uri");
  const char *scope = rotur_param (request, "scope");
  const char *user = rotur_param (request, "user");
  JsonObject *client = client_id != NULL ? ts_get_object (self->clients, client_id) : NULL;
  RoturAccount *account = rotur_account_find (self, user != NULL ? user : self->browser_user);
  g_autoptr(GPtrArray) scopes = rotur_split (scope != NULL ? scope : "profile", " ");
  g_autofree char *code = NULL;

  if (client == NULL || redirect_uri == NULL || !is_registered (client, redirect_uri))
    {
      rotur_page (request, SOUP_STATUS_BAD_REQUEST, "<h1>Unknown client or address</h1>");
      return;
    }

  if (g_strcmp0 (rotur_param (request, "response_type"), "code") != 0
      || g_strcmp0 (rotur_param (request, "code_challenge_method"), "S256") != 0
      || rotur_param (request, "code_challenge") == NULL)
    go_back (request, redirect_uri, "error", "invalid_request");
  else if (!are_scopes (scopes))
    go_back (request, redirect_uri, "error", "invalid_scope");
  else if (rotur_param (request, "deny") != NULL || g_strcmp0 (self->attack, "deny") == 0)
    {
      g_free (rotur_take_attack (self, "deny"));
      go_back (request, redirect_uri, "error", "access_denied");
    }
  else if (account == NULL)
    consent_page (request, client);
  else
    {
      code = new_code (request, account, scopes);
      go_back (request, redirect_uri, "code", code);
    }
}

static gboolean
verifies (RoturCode  *code,
          const char *verifier)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autofree char *text = NULL;

  if (verifier == NULL)
    return FALSE;

  g_checksum_update (sum, (const guchar *) verifier, -1);
  g_checksum_get_digest (sum, digest, &length);
  text = g_base64_encode (digest, length);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  *strchrnul (text, '=') = '\0';
  return strcmp (text, code->challenge) == 0;
}

static void
oauth_error (RoturRequest *request,
             const char   *error)
{
  rotur_answer (request, SOUP_STATUS_BAD_REQUEST, ts_object ("error", ts_string (error), NULL));
}

static char *
join (GPtrArray *parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (char *) g_ptr_array_index (parts, i));

  return g_string_free_and_steal (text);
}

static GPtrArray *
dup_strings (GPtrArray *strings)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < strings->len; i++)
    g_ptr_array_add (copy, g_strdup (g_ptr_array_index (strings, i)));

  return copy;
}

/* New tokens for @username; the refresh token only with "offline_access" */
static RoturToken *
issue (RoturRequest *request,
       const char   *client_id,
       const char   *username,
       GPtrArray    *scopes)
{
  Rotur *self = request->rotur;
  RoturToken *token = rotur_token_new (self, NULL, username, dup_strings (scopes));
  g_autofree char *scope = join (scopes);
  JsonObject *body;

  token->client_id = g_strdup (client_id);
  token->name = g_strdup (client_id);
  token->expires_at = rotur_now () + ACCESS_SECONDS;
  body = ts_object ("access_token", ts_string (token->token),
                    "token_type", ts_string ("Bearer"),
                    "expires_in", ts_int (ACCESS_SECONDS),
                    "scope", ts_string (scope),
                    NULL);

  if (g_ptr_array_find_with_equal_func (scopes, "offline_access", g_str_equal, NULL))
    {
      RoturGrant *grant = g_new0 (RoturGrant, 1);
      g_autofree char *random = ts_random_text (32);

      grant->refresh = g_strconcat ("rrt_", random, NULL);
      grant->client_id = g_strdup (client_id);
      grant->username = g_strdup (username);
      grant->scopes = dup_strings (scopes);
      token->refresh = g_strdup (grant->refresh);
      g_hash_table_replace (self->grants, grant->refresh, grant);
      ts_set (body, "refresh_token", ts_string (grant->refresh));
    }

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message),
                                "Cache-Control", "no-store");
  rotur_answer (request, SOUP_STATUS_OK, body);
  return token;
}

static void
swap_code (RoturRequest *request,
           GHashTable   *form)
{
  Rotur *self = request->rotur;
  const char *given = g_hash_table_lookup (form, "code");
  RoturCode *code = given != NULL ? g_hash_table_lookup (self->codes, given) : NULL;

  if (code == NULL || code->expires_at < rotur_now ()
      || g_strcmp0 (code->client_id, g_hash_table_lookup (form, "client_id")) != 0
      || g_strcmp0 (code->redirect_uri, g_hash_table_lookup (form, "redirect_uri")) != 0
      || !verifies (code, g_hash_table_lookup (form, "code_verifier")))
    {
      oauth_error (request, "invalid_grant");
      return;
    }

  /* A code that comes twice was stolen: what it gave is taken back */
  if (code->access_token != NULL)
    {
      RoturToken *token = g_hash_table_lookup (self->tokens, code->access_token);

      if (token != NULL && token->refresh != NULL)
        g_hash_table_remove (self->grants, token->refresh);
      g_hash_table_remove (self->tokens, code->access_token);
      oauth_error (request, "invalid_grant");
      return;
    }

  code->access_token = g_strdup (issue (request, code->client_id, code->username, code->scopes)->token);
}

static gboolean
belongs_to (gpointer key,
            gpointer value,
            gpointer user_data)
{
  RoturToken *token = value;

  return g_strcmp0 (token->refresh, user_data) == 0;
}

static void
refresh (RoturRequest *request,
         GHashTable   *form)
{
  Rotur *self = request->rotur;
  const char *given = g_hash_table_lookup (form, "refresh_token");
  RoturGrant *grant = given != NULL ? g_hash_table_lookup (self->grants, given) : NULL;
  g_autofree char *old = NULL;
  g_autofree char *client_id = NULL;
  g_autofree char *username = NULL;
  g_autoptr(GPtrArray) scopes = NULL;

  if (grant == NULL || g_strcmp0 (grant->client_id, g_hash_table_lookup (form, "client_id")) != 0)
    {
      oauth_error (request, "invalid_grant");
      return;
    }

  old = g_strdup (grant->refresh);
  client_id = g_strdup (grant->client_id);
  username = g_strdup (grant->username);
  scopes = dup_strings (grant->scopes);
  g_hash_table_foreach_remove (self->tokens, belongs_to, old);
  g_hash_table_remove (self->grants, old);
  g_hash_table_add (self->spent, g_strdup (old));
  issue (request, client_id, username, scopes);
}

static void
token (RoturRequest *request)
{
  g_autoptr(GHashTable) form = rotur_form (request);
  const char *type = g_hash_table_lookup (form, "grant_type");

  if (g_strcmp0 (type, "authorization_code") == 0)
    swap_code (request, form);
  else if (g_strcmp0 (type, "refresh_token") == 0)
    refresh (request, form);
  else
    oauth_error (request, "unsupported_grant_type");
}

static void
userinfo (RoturRequest *request)
{
  RoturAuth auth;
  JsonObject *body;

  if (!rotur_authenticate (request, NULL, &auth))
    return;

  body = ts_object ("sub", ts_string (auth.account->id),
                    "username", ts_string (auth.account->username),
                    "name", ts_string (auth.account->username),
                    "picture", ts_string_printf ("https://avatars.rotur.dev/%s", auth.account->username),
                    NULL);
  if (rotur_may (&auth, "email"))
    ts_set (body, "email", ts_string_printf ("%s@example.invalid", auth.account->username));
  rotur_answer (request, SOUP_STATUS_OK, body);
}

const RoturRoute rotur_oauth_routes[] = {
  { "GET", "/oauth/authorize", authorize },
  { "POST", "/oauth/token", token },
  { "GET", "/oauth/userinfo", userinfo },
  { NULL },
};
