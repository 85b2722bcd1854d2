/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Rotur stand-in: each way to a token, the attacks that a client must see through, both kinds of validators */

#define G_LOG_DOMAIN "test-rotur-sign-in"

#include "plain-client.h"

#define CLIENT "app_0123456789abcdef"
#define RETURN_TO "http://127.0.0.1:41999/callback"
#define VERIFIER "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define CHALLENGE "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

typedef struct
{
  TestServer *server;
  const char *rotur;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  TestServerOptions options = { .auth = TEST_SERVER_AUTH_ROTUR };
  g_autoptr(GError) error = NULL;

  fixture->server = test_server_new (&options);
  test_server_start (fixture->server, &error);
  g_assert_no_error (error);
  fixture->rotur = test_server_get_rotur_url (fixture->server);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  test_server_free (fixture->server);
}

static JsonNode *
call (Fixture    *fixture,
      const char *method,
      const char *path,
      const char *token,
      const char *form,
      guint       expected)
{
  g_autofree char *url = g_strconcat (fixture->rotur, path, NULL);
  guint status;
  JsonNode *node = plain_http (method, url, token, "application/x-www-form-urlencoded", form, &status, NULL);

  g_assert_cmpuint (status, ==, expected);
  return node;
}

static char *
follow (Fixture    *fixture,
        const char *path,
        const char *parameter)
{
  g_autofree char *url = g_strconcat (fixture->rotur, path, NULL);
  g_autofree char *location = NULL;
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GHashTable) query = NULL;
  guint status;
  g_autoptr(JsonNode) body = plain_http ("GET", url, NULL, NULL, NULL, &status, &location);

  g_assert_cmpuint (status, ==, SOUP_STATUS_FOUND);
  uri = g_uri_parse (location, G_URI_FLAGS_ENCODED_QUERY, NULL);
  query = soup_form_decode (g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "");
  return g_strdup (g_hash_table_lookup (query, parameter));
}

static char *
member (JsonNode   *node,
        const char *name)
{
  return g_strdup (ts_get_string (json_node_get_object (node), name));
}

/* Signs in to the chat server with a validator for its key; returns the last packet's name */
static char *
sign_in (Fixture    *fixture,
         const char *make,
         const char *method,
         const char *token)
{
  g_autoptr(PlainClient) client = plain_client_new (fixture->server);
  g_autoptr(JsonObject) handshake = plain_client_next (client, "handshake");
  const char *key = ts_get_string (ts_get_object (handshake, "val"), "validator_key");
  g_autofree char *path = g_strdup_printf ("%s%ckey=%s", make, strchr (make, '?') != NULL ? '&' : '?', key);
  g_autoptr(JsonNode) made = call (fixture, method, path, token, NULL, SOUP_STATUS_OK);
  g_autofree char *validator = member (made, "validator");
  g_autofree char *command = g_strdup_printf ("{\"cmd\": \"auth\", \"validator\": \"%s\"}", validator);
  g_autoptr(JsonObject) answer = NULL;

  plain_client_send (client, command);
  answer = plain_client_next (client, NULL);
  return g_strdup (ts_get_string (answer, "cmd"));
}

#define AUTHORIZE "/oauth/authorize?response_type=code&client_id=" CLIENT "&redirect_uri=http%3A%2F%2F127.0.0.1%3A41999" \
                  "%2Fcallback&scope=profile%20offline_access%20validators%3Agenerate%20account%3Aview&state=st%26te" \
                  "&code_challenge=" CHALLENGE "&code_challenge_method=S256&user=mika"

static JsonNode *
swap (Fixture    *fixture,
      const char *code,
      const char *verifier,
      guint       expected)
{
  g_autofree char *form = g_strdup_printf ("grant_type=authorization_code&code=%s&redirect_uri=%s&code_verifier=%s"
                                           "&client_id=" CLIENT, code,
                                           "http%3A%2F%2F127.0.0.1%3A41999%2Fcallback", verifier);

  return call (fixture, "POST", "/oauth/token", NULL, form, expected);
}

static void
test_oauth (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autofree char *code = follow (fixture, AUTHORIZE, "code");
  g_autofree char *state = follow (fixture, AUTHORIZE, "state");
  g_autofree char *issuer = follow (fixture, AUTHORIZE, "iss");
  g_autoptr(JsonNode) tokens = swap (fixture, code, VERIFIER, SOUP_STATUS_OK);
  g_autofree char *access = member (tokens, "access_token");
  g_autofree char *scope = member (tokens, "scope");
  g_autoptr(JsonNode) who = call (fixture, "GET", "/oauth/userinfo", access, NULL, SOUP_STATUS_OK);
  g_autofree char *name = member (who, "username");
  g_autofree char *end = NULL;

  g_assert_cmpstr (state, ==, "st&te");
  g_assert_cmpstr (issuer, ==, fixture->rotur);
  g_assert_cmpstr (scope, ==, "profile offline_access validators:generate account:view");
  g_assert_true (g_str_has_prefix (access, "rotur_st_"));
  g_assert_cmpstr (name, ==, "mika");

  end = sign_in (fixture, "/v2/validators", "POST", access);
  g_assert_cmpstr (end, ==, "auth_success");
}

static void
test_oauth_refresh (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autofree char *code = follow (fixture, AUTHORIZE, "code");
  g_autoptr(JsonNode) tokens = swap (fixture, code, VERIFIER, SOUP_STATUS_OK);
  g_autofree char *access = member (tokens, "access_token");
  g_autofree char *refresh = member (tokens, "refresh_token");
  g_autofree char *form = g_strdup_printf ("grant_type=refresh_token&refresh_token=%s&client_id=" CLIENT, refresh);
  g_autoptr(JsonNode) renewed = call (fixture, "POST", "/oauth/token", NULL, form, SOUP_STATUS_OK);
  g_autofree char *second = member (renewed, "refresh_token");
  g_autofree char *second_access = member (renewed, "access_token");
  g_autoptr(JsonNode) dead = NULL;
  g_autoptr(JsonNode) spent = NULL;
  g_autoptr(JsonNode) late = NULL;

  g_assert_cmpstr (second, !=, refresh);
  dead = call (fixture, "GET", "/oauth/userinfo", access, NULL, SOUP_STATUS_FORBIDDEN);
  spent = call (fixture, "POST", "/oauth/token", NULL, form, SOUP_STATUS_BAD_REQUEST);
  plain_control (fixture->server, "{\"do\": \"clock\", \"advance\": 3601}");
  late = call (fixture, "GET", "/oauth/userinfo", second_access, NULL, SOUP_STATUS_FORBIDDEN);
}

static void
test_oauth_attacks (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autofree char *code = follow (fixture, AUTHORIZE, "code");
  g_autofree char *wrong_state = NULL;
  g_autofree char *no_state = NULL;
  g_autofree char *wrong_issuer = NULL;
  g_autofree char *denied = NULL;
  g_autoptr(JsonNode) wrong = swap (fixture, code, "not-the-verifier", SOUP_STATUS_BAD_REQUEST);
  g_autoptr(JsonNode) tokens = swap (fixture, code, VERIFIER, SOUP_STATUS_OK);
  g_autoptr(JsonNode) replayed = swap (fixture, code, VERIFIER, SOUP_STATUS_BAD_REQUEST);
  g_autofree char *access = member (tokens, "access_token");
  g_autoptr(JsonNode) revoked = call (fixture, "GET", "/oauth/userinfo", access, NULL, SOUP_STATUS_FORBIDDEN);

  plain_control (fixture->server, "{\"do\": \"rotur\", \"attack\": \"wrong-state\"}");
  wrong_state = follow (fixture, AUTHORIZE, "state");
  g_assert_cmpstr (wrong_state, !=, "st&te");
  plain_control (fixture->server, "{\"do\": \"rotur\", \"attack\": \"no-state\"}");
  no_state = follow (fixture, AUTHORIZE, "state");
  g_assert_null (no_state);
  plain_control (fixture->server, "{\"do\": \"rotur\", \"attack\": \"wrong-issuer\"}");
  wrong_issuer = follow (fixture, AUTHORIZE, "iss");
  g_assert_cmpstr (wrong_issuer, !=, fixture->rotur);
  plain_control (fixture->server, "{\"do\": \"rotur\", \"attack\": \"deny\"}");
  denied = follow (fixture, AUTHORIZE, "error");
  g_assert_cmpstr (denied, ==, "access_denied");
}

static void
test_oauth_refusals (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr(JsonNode) foreign = call (fixture, "GET", "/oauth/authorize?response_type=code&client_id=" CLIENT
                                      "&redirect_uri=https%3A%2F%2Felsewhere.example%2F", NULL, NULL,
                                      SOUP_STATUS_BAD_REQUEST);
  g_autofree char *no_challenge = follow (fixture, "/oauth/authorize?response_type=code&client_id=" CLIENT
                                          "&redirect_uri=http%3A%2F%2F127.0.0.1%3A41999%2Fcallback&user=mika", "error");
  g_autofree char *openid = follow (fixture, "/oauth/authorize?response_type=code&client_id=" CLIENT
                                    "&redirect_uri=http%3A%2F%2F127.0.0.1%3A41999%2Fcallback&user=mika&scope=openid"
                                    "&code_challenge=" CHALLENGE "&code_challenge_method=S256", "error");

  g_assert_cmpstr (no_challenge, ==, "invalid_request");
  g_assert_cmpstr (openid, ==, "invalid_scope");
}

/* Somebody switched a permission off at consent */
static void
test_limited_grant (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autofree char *code = NULL;
  g_autoptr(JsonNode) tokens = NULL;
  g_autofree char *access = NULL;
  g_autoptr(JsonNode) refused = NULL;

  plain_control (fixture->server, "{\"do\": \"rotur\", \"grant\": [\"profile\", \"account:view\"]}");
  code = follow (fixture, AUTHORIZE, "code");
  tokens = swap (fixture, code, VERIFIER, SOUP_STATUS_OK);
  access = member (tokens, "access_token");
  refused = call (fixture, "POST", "/v2/validators?key=K", access, NULL, SOUP_STATUS_FORBIDDEN);
  g_assert_null (ts_get_string (json_node_get_object (tokens), "refresh_token"));
}

static void
test_hand_off (Fixture       *fixture,
               gconstpointer  user_data)
{
  const char *path = "/auth?return_to=http%3A%2F%2F127.0.0.1%3A41999%2Fnonce&requires=validators%3Agenerate&user=pavel";
  g_autofree char *scoped = follow (fixture, path, "token");
  g_autofree char *main_token = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *bogus = NULL;
  g_autoptr(JsonNode) refused = NULL;
  g_autoptr(JsonNode) able = call (fixture, "GET", "/me/able", scoped, NULL, SOUP_STATUS_OK);
  g_autofree char *type = member (able, "token_type");
  g_autoptr(JsonNode) page = call (fixture, "GET", "/auth?return_to=http%3A%2F%2F127.0.0.1%3A41999%2Fnonce", NULL,
                                   NULL, SOUP_STATUS_OK);

  g_assert_cmpstr (type, ==, "sub");
  g_assert_nonnull (strstr (json_node_get_string (page), "Continue as pavel"));

  plain_control (fixture->server, "{\"do\": \"rotur\", \"attack\": \"no-token\"}");
  nothing = follow (fixture, path, "token");
  g_assert_null (nothing);
  plain_control (fixture->server, "{\"do\": \"rotur\", \"attack\": \"wrong-token\"}");
  bogus = follow (fixture, path, "token");
  refused = call (fixture, "GET", "/me/able", bogus, NULL, SOUP_STATUS_FORBIDDEN);

  /* In May 2026 whoever was in return_to got everything */
  plain_control (fixture->server, "{\"do\": \"rotur\", \"api\": \"may-2026\"}");
  main_token = follow (fixture, path, "token");
  g_assert_cmpstr (main_token, ==, "tok-pavel");
}

static void
test_link_code (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr(JsonNode) begun = call (fixture, "GET", "/link/code?name=Natter&permissions=validators%3Agenerate", NULL,
                                    NULL, SOUP_STATUS_OK);
  g_autofree char *code = member (begun, "code");
  g_autofree char *status = g_strconcat ("/link/status?code=", code, NULL);
  g_autofree char *user = g_strconcat ("/link/user?code=", code, NULL);
  g_autofree char *control = g_strdup_printf ("{\"do\": \"rotur\", \"link\": \"%s\", \"user\": \"mika\"}", code);
  g_autoptr(JsonNode) waiting = call (fixture, "GET", status, NULL, NULL, SOUP_STATUS_NOT_FOUND);
  g_autoptr(JsonNode) early = call (fixture, "GET", user, NULL, NULL, SOUP_STATUS_NOT_FOUND);
  g_autoptr(JsonNode) linked = NULL;
  g_autoptr(JsonNode) got = NULL;
  g_autoptr(JsonNode) again = NULL;
  g_autofree char *token = NULL;
  g_autofree char *end = NULL;

  plain_control (fixture->server, control);
  linked = call (fixture, "GET", status, NULL, NULL, SOUP_STATUS_OK);
  got = call (fixture, "GET", user, NULL, NULL, SOUP_STATUS_OK);
  again = call (fixture, "GET", user, NULL, NULL, SOUP_STATUS_NOT_FOUND);
  token = member (got, "token");
  end = sign_in (fixture, "/v2/validators", "POST", token);
  g_assert_cmpstr (end, ==, "auth_success");
}

static void
test_link_code_expires (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr(JsonNode) begun = call (fixture, "GET", "/link/code", NULL, NULL, SOUP_STATUS_OK);
  g_autofree char *code = member (begun, "code");
  g_autofree char *path = g_strconcat ("/link/code?code=", code, NULL);
  g_autoptr(JsonNode) late = NULL;

  plain_control (fixture->server, "{\"do\": \"clock\", \"advance\": 601}");
  late = call (fixture, "POST", path, "tok-mika", NULL, SOUP_STATUS_NOT_FOUND);
}

/* Later versions: any token that may, in the header or the query */
static void
test_validators_later (Fixture       *fixture,
                       gconstpointer  user_data)
{
  g_autofree char *header = sign_in (fixture, "/generate_validator", "GET", "tok-mika");
  g_autofree char *scoped = sign_in (fixture, "/generate_validator", "GET", "rotur_st_demo_full");
  g_autofree char *query = sign_in (fixture, "/generate_validator?auth=tok-mika", "GET", NULL);
  g_autoptr(JsonNode) refused = call (fixture, "POST", "/v2/validators?key=K", "rotur_st_demo_readonly", NULL,
                                      SOUP_STATUS_FORBIDDEN);

  g_assert_cmpstr (header, ==, "auth_success");
  g_assert_cmpstr (scoped, ==, "auth_success");
  g_assert_cmpstr (query, ==, "auth_success");
}

/* May 2026: only the main token in the query makes one that verifies, the rest are made and then refused */
static void
test_validators_may (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autofree char *header = NULL;
  g_autofree char *scoped = NULL;
  g_autofree char *query = NULL;
  g_autoptr(JsonNode) gone = NULL;

  plain_control (fixture->server, "{\"do\": \"rotur\", \"api\": \"may-2026\"}");
  header = sign_in (fixture, "/generate_validator", "GET", "tok-mika");
  scoped = sign_in (fixture, "/generate_validator?auth=rotur_st_demo_full", "GET", NULL);
  query = sign_in (fixture, "/generate_validator?auth=tok-mika", "GET", NULL);
  gone = call (fixture, "POST", "/v2/validators?key=K", "tok-mika", NULL, SOUP_STATUS_NOT_FOUND);

  g_assert_cmpstr (header, ==, "auth_error");
  g_assert_cmpstr (scoped, ==, "auth_error");
  g_assert_cmpstr (query, ==, "auth_success");
}

static void
test_validator_expires (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr(JsonNode) made = call (fixture, "POST", "/v2/validators?key=K", "tok-mika", NULL, SOUP_STATUS_OK);
  g_autofree char *validator = member (made, "validator");
  g_autofree char *path = g_strdup_printf ("/v2/validators/verify?key=K&v=%s", validator);
  g_autoptr(JsonNode) fresh = call (fixture, "GET", path, NULL, NULL, SOUP_STATUS_OK);
  g_autoptr(JsonNode) old = NULL;

  g_assert_true (ts_get_bool (json_node_get_object (fresh), "valid", FALSE));
  plain_control (fixture->server, "{\"do\": \"clock\", \"advance\": 301}");
  old = call (fixture, "GET", path, NULL, NULL, SOUP_STATUS_OK);
  g_assert_false (ts_get_bool (json_node_get_object (old), "valid", TRUE));
}

static void
test_hostile_key (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr(PlainClient) client = NULL;
  g_autoptr(JsonObject) handshake = NULL;

  plain_control (fixture->server, "{\"do\": \"validator_key\", \"key\": \"originChats-wss://bank.example-AAAA\"}");
  client = plain_client_new (fixture->server);
  handshake = plain_client_next (client, "handshake");
  g_assert_cmpstr (ts_get_string (ts_get_object (handshake, "val"), "validator_key"), ==,
                   "originChats-wss://bank.example-AAAA");
}

static void
test_token_is_logged_by_place (Fixture       *fixture,
                               gconstpointer  user_data)
{
  g_autoptr(JsonNode) header = call (fixture, "GET", "/me/able", "tok-mika", NULL, SOUP_STATUS_OK);
  g_autoptr(JsonNode) query = call (fixture, "GET", "/me?auth=tok-mika", NULL, NULL, SOUP_STATUS_OK);
  g_autofree char *text = test_server_control (fixture->server, "{\"do\": \"rotur\"}", NULL);

  g_assert_nonnull (strstr (text, "\"path\": \"/me/able\", \"token\": \"header\""));
  g_assert_nonnull (strstr (text, "\"path\": \"/me\", \"token\": \"query\""));
  g_assert_null (strstr (text, "tok-mika"));
}

static void
test_out_of_order (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr(JsonNode) broken = NULL;
  g_autoptr(JsonNode) mended = NULL;

  plain_control (fixture->server, "{\"do\": \"rotur\", \"status\": 503}");
  broken = call (fixture, "GET", "/me/able", "tok-mika", NULL, SOUP_STATUS_SERVICE_UNAVAILABLE);
  plain_control (fixture->server, "{\"do\": \"rotur\", \"status\": 0}");
  mended = call (fixture, "GET", "/me/able", "tok-mika", NULL, SOUP_STATUS_OK);
}

static void
test_friends (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr(JsonNode) accepted = call (fixture, "POST", "/friends/accept/tove", "tok-pavel", "", SOUP_STATUS_OK);
  g_autoptr(JsonNode) friends = call (fixture, "GET", "/friends", "tok-tove", NULL, SOUP_STATUS_OK);
  g_autoptr(JsonNode) yourself = call (fixture, "POST", "/friends/request/pavel", "tok-pavel", "",
                                       SOUP_STATUS_BAD_REQUEST);

  g_assert_true (ts_array_has (ts_get_array (json_node_get_object (friends), "friends"), "pavel"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/rotur/oauth", test_oauth);
  ADD ("/rotur/oauth/refresh", test_oauth_refresh);
  ADD ("/rotur/oauth/attacks", test_oauth_attacks);
  ADD ("/rotur/oauth/refusals", test_oauth_refusals);
  ADD ("/rotur/oauth/limited-grant", test_limited_grant);
  ADD ("/rotur/hand-off", test_hand_off);
  ADD ("/rotur/link-code", test_link_code);
  ADD ("/rotur/link-code/expires", test_link_code_expires);
  ADD ("/rotur/validators/later", test_validators_later);
  ADD ("/rotur/validators/may-2026", test_validators_may);
  ADD ("/rotur/validators/expire", test_validator_expires);
  ADD ("/rotur/validators/hostile-key", test_hostile_key);
  ADD ("/rotur/token-is-logged-by-place", test_token_is_logged_by_place);
  ADD ("/rotur/out-of-order", test_out_of_order);
  ADD ("/rotur/friends", test_friends);

  return g_test_run ();
}
