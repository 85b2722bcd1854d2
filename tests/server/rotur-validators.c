/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A validator is the account's id and a hash over the key, a token and the start of a 300 s window.
 * Checking always takes the main token. In May 2026 making took the text of the "auth" query, so that
 * only the main token given there made one that verifies.
 */

#define G_LOG_DOMAIN "test-server-rotur"

#include "rotur-private.h"

#include "server-json.h"

#define WINDOW 300

static char *
make_hash (const char *key,
           const char *token,
           gint64      window)
{
  g_autofree char *text = g_strdup_printf ("%s%s%" G_GINT64_FORMAT, key, token, window);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
make (RoturRequest *request,
      const char   *key)
{
  Rotur *self = request->rotur;
  gint64 now = rotur_now ();
  gint64 window = now - now % WINDOW;
  const char *query = rotur_param (request, "auth");
  g_autofree char *hash = NULL;
  g_autofree char *validator = NULL;
  RoturAuth auth;

  if (!rotur_authenticate (request, NULL, &auth))
    return;
  if (!rotur_may (&auth, "validators:generate"))
    {
      if (auth.token->client_id != NULL)
        rotur_error (request, SOUP_STATUS_FORBIDDEN,
                     "OAuth access tokens without validators:generate only make validators for their own app");
      else
        rotur_error (request, SOUP_STATUS_FORBIDDEN, "Token lacks permission: validators:generate");
      return;
    }
  if (key == NULL || *key == '\0')
    {
      rotur_error (request, SOUP_STATUS_BAD_REQUEST, "key is required");
      return;
    }

  if (self->may_2026)
    hash = make_hash (key, query != NULL ? query : "", window);
  else
    hash = make_hash (key, auth.account->token, window);
  validator = g_strdup_printf ("%s,%s", auth.account->id, hash);
  g_hash_table_insert (self->validators, g_strdup (validator), g_memdup2 (&now, sizeof now));
  rotur_answer (request, SOUP_STATUS_OK, ts_object ("validator", ts_string (validator), NULL));
}

static void
generate (RoturRequest *request)
{
  make (request, rotur_param (request, "key"));
}

/* The key in the query or in a JSON body; only newer versions have this route */
static void
generate_v2 (RoturRequest *request)
{
  SoupMessageBody *body = soup_server_message_get_request_body (request->message);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr(JsonNode) node = ts_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  const char *key = rotur_param (request, "key");

  if (request->rotur->may_2026)
    {
      rotur_error (request, SOUP_STATUS_NOT_FOUND, "Not found");
      return;
    }
  if (key == NULL && node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    key = ts_get_string (json_node_get_object (node), "key");
  make (request, key);
}

static void
invalid (RoturRequest *request,
         const char   *text)
{
  rotur_answer (request, SOUP_STATUS_OK, ts_object ("valid", ts_bool (FALSE), "error", ts_string (text), NULL));
}

static void
verify (RoturRequest *request)
{
  const char *key = rotur_param (request, "key");
  const char *validator = rotur_param (request, "v");
  gint64 *made;
  g_auto(GStrv) parts = NULL;
  g_autofree char *expected = NULL;
  RoturAccount *account;

  if (validator == NULL || *validator == '\0')
    {
      rotur_error (request, SOUP_STATUS_BAD_REQUEST, "Validator is required");
      return;
    }
  if (key == NULL || *key == '\0')
    {
      rotur_error (request, SOUP_STATUS_BAD_REQUEST, "Key is required");
      return;
    }
  parts = g_strsplit (validator, ",", -1);
  if (g_strv_length (parts) != 2)
    {
      rotur_error (request, SOUP_STATUS_BAD_REQUEST, "Invalid validator format");
      return;
    }
  account = rotur_account_find (request->rotur, parts[0]);
  if (account == NULL)
    {
      rotur_error (request, SOUP_STATUS_NOT_FOUND, "User not found");
      return;
    }

  made = g_hash_table_lookup (request->rotur->validators, validator);
  if (made == NULL || *made + WINDOW < rotur_now ())
    {
      invalid (request, "Validator expired or not found");
      return;
    }
  expected = make_hash (key, account->token, *made - *made % WINDOW);
  if (strcmp (expected, parts[1]) != 0)
    {
      invalid (request, "Invalid validator");
      return;
    }

  rotur_answer (request, SOUP_STATUS_OK, ts_object ("valid", ts_bool (TRUE),
                                                    "username", ts_string (account->username),
                                                    "id", ts_string (account->id),
                                                    NULL));
}

const RoturRoute rotur_validator_routes[] = {
  { "GET", "/generate_validator", generate },
  { "POST", "/validators", generate_v2 },
  { "GET", "/validate", verify },
  { "GET", "/validators/verify", verify },
  { NULL },
};
