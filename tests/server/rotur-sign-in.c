/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The site's pages: the hand-off to an address, and linking with a code */

#define G_LOG_DOMAIN "test-server-rotur"

#include "rotur-private.h"

#define LINK_SECONDS 600

/* Who sits at the browser: named in the query, set by the control interface, or nobody yet */
static RoturAccount *
person (RoturRequest *request)
{
  const char *name = rotur_param (request, "user");

  return rotur_account_find (request->rotur, name != NULL ? name : request->rotur->browser_user);
}

/* One link an account, back to the same address */
static void
ask_who (RoturRequest *request,
         const char   *title)
{
  GString *html = g_string_new (NULL);
  const char *query = g_uri_get_query (soup_server_message_get_uri (request->message));
  g_autofree char *text = NULL;

  g_string_append_printf (html, "<!doctype html><meta charset=\"utf-8\"><title>%s</title><h1>%s</h1><ul>",
                          title, title);
  for (guint i = 0; i < request->rotur->accounts->len; i++)
    {
      RoturAccount *account = g_ptr_array_index (request->rotur->accounts, i);
      g_autofree char *target = g_strdup_printf ("?%s&user=%s", query != NULL ? query : "", account->username);
      g_autofree char *escaped = g_markup_escape_text (target, -1);

      g_string_append_printf (html, "<li><a href=\"%s\">Continue as %s</a></li>", escaped, account->username);
    }
  g_string_append (html, "</ul>");

  text = g_string_free_and_steal (html);
  rotur_page (request, SOUP_STATUS_OK, text);
}

static char *
token_for (Rotur        *self,
           RoturAccount *account,
           const char   *requires)
{
  g_autoptr(GPtrArray) wanted = NULL;

  if (self->may_2026)
    return g_strdup (account->token);

  wanted = rotur_split (requires != NULL ? requires : "validators:generate,account:view", ",");
  return g_strdup (rotur_token_new (self, NULL, account->username, rotur_limit_grant (self, wanted))->token);
}

static void
hand_off (RoturRequest *request)
{
  const char *return_to = rotur_param (request, "return_to");
  RoturAccount *account = person (request);
  g_autofree char *token = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *address = NULL;
  g_autofree char *no_token = NULL;
  g_autofree char *wrong_token = NULL;

  if (return_to == NULL || (!g_str_has_prefix (return_to, "http://") && !g_str_has_prefix (return_to, "https://")))
    {
      rotur_page (request, SOUP_STATUS_BAD_REQUEST, "<h1>Nowhere to return to</h1>");
      return;
    }
  if (account == NULL)
    {
      ask_who (request, "Sign in with Rotur");
      return;
    }

  no_token = rotur_take_attack (request->rotur, "no-token");
  if (no_token != NULL)
    {
      rotur_redirect (request, return_to);
      return;
    }

  wrong_token = rotur_take_attack (request->rotur, "wrong-token");
  token = wrong_token != NULL ? g_strdup ("rotur_st_0000000000000000")
                              : token_for (request->rotur, account, rotur_param (request, "requires"));
  escaped = g_uri_escape_string (token, NULL, FALSE);
  address = g_strdup_printf ("%s%ctoken=%s", return_to, strchr (return_to, '?') != NULL ? '&' : '?', escaped);
  rotur_redirect (request, address);
}

static void
link_code (RoturRequest *request)
{
  Rotur *self = request->rotur;
  RoturLink *link = g_new0 (RoturLink, 1);
  const char *permissions = rotur_param (request, "permissions");
  g_autofree char *hex = rotur_random_hex (3);
  JsonObject *body;

  link->code = g_ascii_strup (hex, -1);
  link->name = g_strdup (rotur_param (request, "name"));
  link->permissions = rotur_split (permissions != NULL ? permissions : "validators:generate,account:view", ",");
  link->expires_at = self->may_2026 ? 0 : rotur_now () + LINK_SECONDS;
  g_hash_table_replace (self->links, link->code, link);

  body = ts_object ("code", ts_string (link->code), NULL);
  if (!self->may_2026)
    ts_set (body, "expires_in", ts_int (LINK_SECONDS));
  rotur_answer (request, SOUP_STATUS_OK, body);
}

static RoturLink *
find_link (RoturRequest *request)
{
  const char *code = rotur_param (request, "code");
  RoturLink *link = code != NULL ? g_hash_table_lookup (request->rotur->links, code) : NULL;

  return link != NULL && (link->expires_at == 0 || link->expires_at > rotur_now ()) ? link : NULL;
}

/* What the site does when somebody enters the code */
static void
link_confirm (RoturRequest *request)
{
  RoturLink *link = find_link (request);
  RoturAuth auth;
  SoupServerMessage *message = request->message;
  static const char answer[] = "\"Linked Successfully\"";

  if (!rotur_authenticate (request, NULL, &auth))
    return;
  if (link == NULL)
    {
      rotur_error (request, SOUP_STATUS_NOT_FOUND, "Code not found");
      return;
    }

  g_free (link->token);
  if (request->rotur->may_2026)
    link->token = g_strdup (auth.account->token);
  else
    link->token = g_strdup (rotur_token_new (request->rotur, NULL, auth.account->username,
                                             rotur_limit_grant (request->rotur, link->permissions))->token);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Access-Control-Allow-Origin", "*");
  soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_STATIC,
                                    answer, strlen (answer));
}

static void
link_status (RoturRequest *request)
{
  RoturLink *link = find_link (request);
  gboolean linked = link != NULL && link->token != NULL;

  rotur_answer (request, linked ? SOUP_STATUS_OK : SOUP_STATUS_NOT_FOUND,
                ts_object ("status", ts_string (linked ? "linked" : "not found"), NULL));
}

/* Once only */
static void
link_user (RoturRequest *request)
{
  RoturLink *link = find_link (request);
  gboolean linked = link != NULL && link->token != NULL;
  JsonObject *body = ts_object ("linked", ts_bool (linked),
                                "token", ts_string (linked ? link->token : ""),
                                NULL);

  if (linked)
    g_hash_table_remove (request->rotur->links, link->code);
  rotur_answer (request, linked ? SOUP_STATUS_OK : SOUP_STATUS_NOT_FOUND, body);
}

/* For people: the page where the code is entered */
static void
link_page (RoturRequest *request)
{
  const char *code = rotur_param (request, "code");
  RoturLink *link = find_link (request);
  RoturAccount *account = person (request);

  if (code == NULL)
    rotur_page (request, SOUP_STATUS_OK,
                "<!doctype html><meta charset=\"utf-8\"><title>Link a device</title><h1>Link a device</h1>"
                "<form><label>Code <input name=\"code\" autofocus></label> <button>Continue</button></form>");
  else if (link == NULL)
    rotur_page (request, SOUP_STATUS_NOT_FOUND, "<h1>No such code</h1>");
  else if (account == NULL)
    ask_who (request, "Link a device");
  else
    {
      g_free (link->token);
      link->token = request->rotur->may_2026
                      ? g_strdup (account->token)
                      : g_strdup (rotur_token_new (request->rotur, NULL, account->username,
                                                   rotur_limit_grant (request->rotur, link->permissions))->token);
      rotur_page (request, SOUP_STATUS_OK, "<h1>Linked. You can close this page.</h1>");
    }
}

const RoturRoute rotur_sign_in_routes[] = {
  { "GET", "/auth", hand_off },
  { "GET", "/link", link_page },
  { "GET", "/link/code", link_code },
  { "POST", "/link/code", link_confirm },
  { "GET", "/link/status", link_status },
  { "GET", "/link/user", link_user },
  { NULL },
};
