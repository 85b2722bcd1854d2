/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-rotur"

#include "rotur-private.h"

#include "server-private.h"

#include <stdarg.h>

#define PROFILE_CALLS 30
#define PROFILE_SECONDS 60
#define MAX_LOG 1000
#define TOO_MANY_REQUESTS 429

static const RoturRoute *const tables[] = {
  rotur_account_routes,
  rotur_friend_routes,
  rotur_validator_routes,
  rotur_sign_in_routes,
  rotur_oauth_routes,
};

gint64
rotur_now (void)
{
  return ts_now ();
}

char *
rotur_random_hex (guint n_bytes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_bytes; i++)
    g_string_append_printf (text, "%02x", g_random_int_range (0, 256));

  return g_string_free_and_steal (text);
}

/* Takes @body */
void
rotur_answer (RoturRequest *request,
              guint         status,
              JsonObject   *body)
{
  ts_http_answer_json (request->message, status, body);
}

void
rotur_error (RoturRequest *request,
             guint         status,
             const char   *format,
             ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  ts_http_answer_error (request->message, status, text);
}

void
rotur_page (RoturRequest *request,
            guint         status,
            const char   *html)
{
  ts_http_answer_text (request->message, status, "text/html; charset=utf-8", html);
}

void
rotur_redirect (RoturRequest *request,
                const char   *address)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Location", address);
  ts_http_answer_text (request->message, SOUP_STATUS_FOUND, "text/plain", "");
}

const char *
rotur_param (RoturRequest *request,
             const char   *name)
{
  return request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;
}

/* Returns: (transfer full): the fields of a form that was posted */
GHashTable *
rotur_form (RoturRequest *request)
{
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return soup_form_decode (text);
}

/* What follows @prefix in the path, without the version in front */
const char *
rotur_rest (RoturRequest *request,
            const char   *prefix)
{
  return request->path + strlen (prefix);
}

/* Returns: (transfer full) (nullable): the token that came along */
char *
rotur_given_token (RoturRequest *request,
                   gboolean     *from_query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *header = soup_message_headers_get_one (headers, "Authorization");
  const char *query = rotur_param (request, "auth");

  *from_query = query != NULL;
  if (query != NULL)
    return g_strdup (query);
  if (header == NULL)
    return NULL;

  return g_strdup (g_str_has_prefix (header, "Bearer ") ? header + strlen ("Bearer ") : header);
}

gboolean
rotur_may (RoturAuth  *auth,
           const char *permission)
{
  return auth->token == NULL
         || g_ptr_array_find_with_equal_func (auth->token->permissions, permission, g_str_equal, NULL);
}

/**
 * rotur_authenticate:
 * @permission: (nullable): what a sub-token must have
 * @auth: (out caller-allocates): who it is
 *
 * Returns: FALSE after having refused
 */
gboolean
rotur_authenticate (RoturRequest *request,
                    const char   *permission,
                    RoturAuth    *auth)
{
  g_autofree char *given = rotur_given_token (request, &auth->from_query);

  auth->account = NULL;
  auth->token = given != NULL ? g_hash_table_lookup (request->rotur->tokens, given) : NULL;
  if (auth->token != NULL && auth->token->expires_at != 0 && auth->token->expires_at <= rotur_now ())
    auth->token = NULL;
  if (auth->token != NULL)
    auth->account = rotur_account_find (request->rotur, auth->token->username);

  for (guint i = 0; given != NULL && auth->token == NULL && i < request->rotur->accounts->len; i++)
    {
      RoturAccount *account = g_ptr_array_index (request->rotur->accounts, i);

      if (strcmp (account->token, given) == 0)
        auth->account = account;
    }

  if (given == NULL)
    rotur_error (request, SOUP_STATUS_FORBIDDEN, "auth key is required");
  else if (auth->account == NULL)
    rotur_error (request, SOUP_STATUS_FORBIDDEN, "Invalid authentication key");
  else if (auth->account->banned)
    rotur_error (request, SOUP_STATUS_FORBIDDEN, "User is banned");
  else if (permission != NULL && !rotur_may (auth, permission))
    rotur_error (request, SOUP_STATUS_FORBIDDEN, "Token lacks permission: %s", permission);
  else
    return TRUE;

  return FALSE;
}

static const RoturRoute *
find_route (RoturRequest *request)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      for (const RoturRoute *route = tables[i]; route->path != NULL; route++)
        {
          gboolean below = g_str_has_suffix (route->path, "/");

          if (strcmp (route->method, request->method) == 0
              && (below ? g_str_has_prefix (request->path, route->path) : strcmp (request->path, route->path) == 0))
            return route;
        }
    }

  return NULL;
}

/* For tests: what was asked, and whether a token came in the address */
static void
write_log (RoturRequest *request)
{
  Rotur *self = request->rotur;
  gboolean from_query;
  g_autofree char *token = rotur_given_token (request, &from_query);

  if (self->log->len >= MAX_LOG)
    g_ptr_array_remove_index (self->log, 0);
  g_ptr_array_add (self->log, ts_object ("method", ts_string (request->method),
                                         "path", ts_string (request->path),
                                         "token", ts_string (token == NULL ? "none" : from_query ? "query" : "header"),
                                         NULL));
}

static gboolean
is_limited (RoturRequest *request)
{
  static const char *const paths[] = { "/profile", "/exists", "/me", NULL };
  Rotur *self = request->rotur;
  gint64 now = g_get_monotonic_time ();

  if (!self->limited || !g_strv_contains (paths, request->path))
    return FALSE;

  while (self->profile_calls->len > 0
         && g_array_index (self->profile_calls, gint64, 0) < now - PROFILE_SECONDS * G_USEC_PER_SEC)
    g_array_remove_index (self->profile_calls, 0);
  g_array_append_val (self->profile_calls, now);
  if (self->profile_calls->len <= PROFILE_CALLS)
    return FALSE;

  rotur_answer (request, TOO_MANY_REQUESTS,
                ts_object ("error", ts_string ("Rate limit exceeded"),
                           "reset_time", ts_int (rotur_now () + PROFILE_SECONDS),
                           "remaining", ts_int (0),
                           NULL));
  return TRUE;
}

static gboolean
late_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);
  return G_SOURCE_REMOVE;
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  Rotur *self = user_data;
  RoturRequest request = { self, message, soup_server_message_get_method (message), path, query };
  const RoturRoute *route;
  gboolean v2 = g_str_has_prefix (path, "/v2/");

  /* Newer versions serve everything under /v2 as well */
  if (v2)
    request.path = path + strlen ("/v2");
  write_log (&request);

  route = find_route (&request);
  if (request.method == SOUP_METHOD_OPTIONS)
    ts_http_answer_text (message, SOUP_STATUS_NO_CONTENT, "text/plain", "");
  else if (self->status != 0)
    rotur_error (&request, self->status, "Out of order");
  else if (route == NULL || (v2 && self->may_2026))
    rotur_error (&request, SOUP_STATUS_NOT_FOUND, "Not found");
  else if (!is_limited (&request))
    route->answer (&request);

  if (self->delay_ms > 0)
    {
      soup_server_message_pause (message);
      g_timeout_add_full (G_PRIORITY_DEFAULT, self->delay_ms, late_cb, g_object_ref (message), g_object_unref);
    }
}

Rotur *
rotur_new (void)
{
  Rotur *self = g_new0 (Rotur, 1);

  rotur_tokens_init (self);
  self->clients = json_object_new ();
  self->discovery = ts_of_array (json_array_new ());
  self->profile_calls = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->log = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  return self;
}

void
rotur_free (Rotur *self)
{
  rotur_stop (self);
  rotur_tokens_clear (self);
  json_object_unref (self->clients);
  json_node_unref (self->discovery);
  g_array_unref (self->profile_calls);
  g_ptr_array_unref (self->log);
  g_clear_pointer (&self->granted, g_ptr_array_unref);
  g_free (self->browser_user);
  g_free (self->attack);
  g_free (self->url);
  g_free (self);
}

gboolean
rotur_start (Rotur    *self,
             guint16   port,
             GError  **error)
{
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  GSList *uris;

  self->server = soup_server_new ("server-header", "natter-test-server", NULL);
  soup_server_add_handler (self->server, "/", request_cb, self, NULL);
  if (!soup_server_listen (self->server, address, 0, error))
    return FALSE;

  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

void
rotur_stop (Rotur *self)
{
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

const char *
rotur_get_url (Rotur *self)
{
  return self->url;
}

/* Returns: (transfer full) (nullable): the switch, when it is @name; it is off afterwards */
char *
rotur_take_attack (Rotur      *self,
                   const char *name)
{
  if (g_strcmp0 (self->attack, name) != 0)
    return NULL;

  return g_steal_pointer (&self->attack);
}
