/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who somebody is */

#define G_LOG_DOMAIN "test-server-rotur"

#include "rotur-private.h"

#include "server-private.h"

#define CREATED_MS G_GINT64_CONSTANT (1700000000000)

static JsonObject *
theme (void)
{
  return ts_object ("primary", ts_string ("#222"), "secondary", ts_string ("#555"), "tertiary", ts_string ("#777"),
                    "text", ts_string ("#fff"), "background", ts_string ("#050505"), "accent", ts_string ("#57cdac"),
                    NULL);
}

static JsonNode *
picture (RoturAccount *account)
{
  return ts_string_printf ("https://avatars.rotur.dev/%s", account->username);
}

static JsonNode *
empty_list (void)
{
  return ts_of_array (json_array_new ());
}

static JsonObject *
account_object (RoturAccount *account,
                gboolean      with_key)
{
  JsonObject *object = ts_object ("username", ts_string (account->username), NULL);

  if (with_key)
    ts_set (object, "key", ts_string (account->token));
  ts_set (object, "sys.id", ts_string (account->id));
  ts_set (object, "pfp", picture (account));
  ts_set (object, "email", ts_string_printf ("%s@example.invalid", account->username));
  ts_set (object, "system", ts_string ("rotur"));
  ts_set (object, "max_size", ts_string ("5000000"));
  ts_set (object, "sys.last_login", ts_int (rotur_now () * 1000));
  ts_set (object, "sys.total_logins", ts_int (account->logins));
  ts_set (object, "sys.friends", ts_strings (account->friends));
  ts_set (object, "sys.requests", ts_strings (account->requests));
  ts_set (object, "sys.blocked", ts_strings (account->blocked));
  ts_set (object, "sys.links", empty_list ());
  ts_set (object, "sys.currency", account->currency == 0 ? ts_int (0) : ts_float (account->currency));
  ts_set (object, "sys.transactions", empty_list ());
  ts_set (object, "sys.items", empty_list ());
  ts_set (object, "sys.badges", empty_list ());
  ts_set (object, "sys.purchases", empty_list ());
  ts_set (object, "sys.notes", ts_of_object (json_object_new ()));
  ts_set (object, "private", ts_bool (FALSE));
  ts_set (object, "bio", ts_string (account->bio != NULL ? account->bio : ""));
  ts_set (object, "pronouns", ts_string (account->pronouns != NULL ? account->pronouns : ""));
  ts_set (object, "created", ts_int (CREATED_MS));
  ts_set (object, "sys.tos_accepted", ts_bool (TRUE));
  ts_set (object, "sys.banned", ts_bool (FALSE));
  ts_set (object, "theme", ts_of_object (theme ()));
  ts_set (object, "sys.subscription", ts_of_object (ts_object ("active", ts_bool (TRUE),
                                                               "tier", ts_string (account->tier),
                                                               "next_billing", ts_int (0),
                                                               NULL)));
  return object;
}

/* By name and MD5 of the password, as old clients did */
static RoturAccount *
find_by_password (RoturRequest *request)
{
  RoturAccount *account = rotur_account_find (request->rotur, rotur_param (request, "username"));
  const char *given = rotur_param (request, "password");
  g_autofree char *sum = NULL;

  if (account == NULL || given == NULL)
    return NULL;

  sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, account->password, -1);
  return strcmp (sum, given) == 0 ? account : NULL;
}

static RoturAccount *
find_by_token (RoturRequest *request,
               RoturToken  **token)
{
  gboolean from_query;
  g_autofree char *given = rotur_given_token (request, &from_query);

  *token = NULL;
  if (given == NULL || (!from_query && request->rotur->may_2026))
    return NULL;

  *token = g_hash_table_lookup (request->rotur->tokens, given);
  if (*token != NULL && (*token)->expires_at != 0 && (*token)->expires_at <= rotur_now ())
    *token = NULL;
  if (*token != NULL)
    return rotur_account_find (request->rotur, (*token)->username);

  for (guint i = 0; i < request->rotur->accounts->len; i++)
    {
      RoturAccount *account = g_ptr_array_index (request->rotur->accounts, i);

      if (strcmp (account->token, given) == 0)
        return account;
    }

  return NULL;
}

static void
me (RoturRequest *request)
{
  RoturToken *token = NULL;
  gboolean by_password = rotur_param (request, "password") != NULL;
  RoturAccount *account = by_password ? find_by_password (request) : find_by_token (request, &token);
  RoturAuth auth = { account, token, FALSE };

  if (account == NULL)
    rotur_error (request, SOUP_STATUS_FORBIDDEN, "Invalid authentication credentials");
  else if (account->banned)
    rotur_answer (request, SOUP_STATUS_FORBIDDEN,
                  ts_object ("error", ts_string ("User is banned"),
                             "username", ts_string (account->username),
                             NULL));
  else if (account->tos_missing)
    rotur_answer (request, SOUP_STATUS_FORBIDDEN,
                  ts_object ("error", ts_string ("Terms-Of-Service are not accepted or outdated"),
                             "username", ts_string (account->username),
                             "token", ts_string (account->token),
                             "sys.tos_accepted", ts_bool (FALSE),
                             NULL));
  else if (!rotur_may (&auth, "account:view"))
    rotur_error (request, SOUP_STATUS_FORBIDDEN, "Token lacks permission: account:view");
  else
    {
      account->logins++;
      rotur_answer (request, SOUP_STATUS_OK, account_object (account, token == NULL));
    }
}

static void
check_auth (RoturRequest *request)
{
  RoturAuth auth;
  JsonObject *body;

  if (!rotur_authenticate (request, NULL, &auth))
    return;
  if (!auth.from_query && request->rotur->may_2026)
    {
      rotur_error (request, SOUP_STATUS_BAD_REQUEST, "auth is required");
      return;
    }

  body = ts_object ("auth", ts_bool (TRUE),
                    "username", ts_string (auth.account->username),
                    "token_type", ts_string (auth.token != NULL ? "sub" : "main"),
                    NULL);
  if (auth.token != NULL)
    ts_set (body, "permissions", ts_strings (auth.token->permissions));
  rotur_answer (request, SOUP_STATUS_OK, body);
}

/* What a token can do; any token may ask */
static void
abilities (RoturRequest *request)
{
  RoturAuth auth;
  JsonObject *body;
  JsonArray *all;

  if (!rotur_authenticate (request, NULL, &auth))
    return;

  body = ts_object ("token_type", ts_string (auth.token != NULL ? "sub" : "main"), NULL);
  if (auth.token != NULL)
    {
      ts_set (body, "name", ts_string (auth.token->name));
      ts_set (body, "id", ts_string (auth.token->id));
      ts_set (body, "permissions", ts_strings (auth.token->permissions));
    }
  else
    {
      all = json_array_new ();
      json_array_add_string_element (all, "all");
      ts_set (body, "permissions", ts_of_array (all));
    }
  rotur_answer (request, SOUP_STATUS_OK, body);
}

static void
exists (RoturRequest *request)
{
  const char *name = rotur_param (request, "username");

  if (name == NULL || *name == '\0')
    rotur_error (request, SOUP_STATUS_BAD_REQUEST, "Username is required");
  else
    rotur_answer (request, SOUP_STATUS_OK,
                  ts_object ("exists", ts_bool (rotur_account_find (request->rotur, name) != NULL), NULL));
}

static JsonObject *
profile_object (RoturAccount *account)
{
  JsonArray *badges = json_array_new ();

  json_array_add_object_element (badges, ts_object ("name", ts_string ("rotur"),
                                                    "icon", ts_string ("c #57cdac square 0 0 14 14"),
                                                    "description", ts_string ("Has a rotur account"),
                                                    NULL));
  return ts_object ("username", ts_string (account->username),
                    "discord_id", ts_string (""),
                    "pfp", picture (account),
                    "sys.banned", ts_bool (account->banned),
                    "private", ts_bool (FALSE),
                    "bio", ts_string (account->bio != NULL ? account->bio : ""),
                    "banner", ts_string (""),
                    "followers", ts_int (account->followers),
                    "following", ts_int (account->following),
                    "pronouns", ts_string (account->pronouns != NULL ? account->pronouns : ""),
                    "system", ts_string ("rotur"),
                    "created", ts_int (CREATED_MS),
                    "badges", ts_of_array (badges),
                    "subscription", ts_string (account->tier),
                    "max_size", ts_string ("5000000"),
                    "currency", account->currency == 0 ? ts_int (0) : ts_float (account->currency),
                    "index", ts_int (account->index),
                    "theme", ts_of_object (theme ()),
                    "id", ts_string (account->banned ? "" : account->id),
                    NULL);
}

static void
profile (RoturRequest *request)
{
  static const char *const names[] = { "name", "username", "id", "discord_id" };
  const char *wanted = NULL;
  RoturAccount *account;

  for (guint i = 0; wanted == NULL && i < G_N_ELEMENTS (names); i++)
    wanted = rotur_param (request, names[i]);
  if (wanted == NULL)
    {
      rotur_error (request, SOUP_STATUS_BAD_REQUEST, "Name, Discord ID, or ID is required");
      return;
    }

  account = rotur_account_find (request->rotur, wanted);
  if (account == NULL)
    rotur_error (request, SOUP_STATUS_NOT_FOUND, "User not found");
  else
    rotur_answer (request, SOUP_STATUS_OK, profile_object (account));
}

static void
status (RoturRequest *request)
{
  RoturAccount *account = rotur_account_find (request->rotur, rotur_param (request, "name"));

  if (account == NULL)
    rotur_error (request, SOUP_STATUS_NOT_FOUND, "user not found");
  else
    rotur_error (request, SOUP_STATUS_NOT_FOUND, "no status");
}

/* Unknown names get a picture as well */
static void
avatar (RoturRequest *request)
{
  gboolean banner = g_str_has_prefix (request->path, "/avatars/.banners/");
  const char *name = strrchr (request->path, '/') + 1;
  g_autofree char *lower = g_utf8_strdown (name, -1);
  const char *size_text = rotur_param (request, "s");
  guint size = CLAMP (size_text != NULL ? g_ascii_strtoull (size_text, NULL, 10) : 128, 1, 256);
  g_autoptr(GBytes) bytes = ts_picture (lower, banner ? 600 : size, banner ? 200 : size);
  g_autofree char *etag = g_strdup_printf ("\"%08x\"", g_bytes_hash (bytes));
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_replace (headers, "Cache-Control", "public, max-age=300");
  soup_message_headers_replace (headers, "Access-Control-Allow-Origin", "*");
  if (g_strcmp0 (soup_message_headers_get_one (soup_server_message_get_request_headers (request->message),
                                               "If-None-Match"), etag) == 0)
    {
      soup_server_message_set_status (request->message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return;
    }
  soup_server_message_set_status (request->message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (request->message, "image/png", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
discovery (RoturRequest *request)
{
  g_autofree char *text = ts_json_write (request->rotur->discovery);

  ts_http_answer_text (request->message, SOUP_STATUS_OK, "application/json", text);
}

const RoturRoute rotur_account_routes[] = {
  { "GET", "/me", me },
  { "GET", "/get_user", me },
  { "GET", "/get_user_new", me },
  { "GET", "/me/able", abilities },
  { "GET", "/me/abilities", abilities },
  { "GET", "/check_auth", check_auth },
  { "GET", "/exists", exists },
  { "GET", "/profile", profile },
  { "GET", "/status/get", status },
  { "GET", "/status/live", status },
  { "GET", "/avatars/", avatar },
  { "GET", "/discovery.json", discovery },
  { NULL },
};
