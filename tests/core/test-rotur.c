/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-rotur.h"
#include "natter-rotur-people.h"

#include <libsoup/soup.h>

#include "natter-connection.h"
#include "natter-test-server.h"
#include "raw-peer.h"
#include "wait.h"

#define TOKEN "rotur_st_c2VjcmV0IHdvcmRzIG9mIGEgdG9rZW4="
#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* What the scripted API says to a path; everything else is 404. */
typedef struct
{
  const char *method;
  const char *path;
  guint       status;
  const char *body;
} Line;

typedef struct
{
  SoupServer          *server;
  NatterRotur         *rotur;
  const Line          *lines;
  GPtrArray           *calls; /* "METHOD PATH?QUERY" */
  guint                n_with_token;
  char                *location;
  gboolean             finished;
  char                *validator;
  NatterRoturIdentity *identity;
  GError              *error;
} Fixture;

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  Fixture *fixture = data;
  const char *method = soup_server_message_get_method (message);
  const char *text = g_uri_get_query (soup_server_message_get_uri (message));
  const char *token = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                    "Authorization");

  g_ptr_array_add (fixture->calls, g_strdup_printf ("%s %s%s%s", method, path, text != NULL ? "?" : "",
                                                    text != NULL ? text : ""));
  g_assert_true (text == NULL || strstr (text, "rotur_st") == NULL);
  if (token != NULL)
    {
      g_assert_cmpstr (token, ==, "Bearer " TOKEN);
      fixture->n_with_token++;
    }

  soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  for (const Line *line = fixture->lines; line != NULL && line->path != NULL; line++)
    if (g_str_equal (line->path, path) && g_str_equal (line->method, method))
      {
        soup_server_message_set_status (message, line->status, NULL);
        soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, line->body,
                                          strlen (line->body));
      }
  if (fixture->location != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", fixture->location);
}

static void
use_base (Fixture    *fixture,
          const char *base)
{
  g_autoptr(GError) error = NULL;

  g_clear_object (&fixture->rotur);
  fixture->rotur = natter_rotur_new (base, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *base = NULL;
  GSList *uris;

  fixture->calls = g_ptr_array_new_with_free_func (g_free);
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/", on_request, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL);
  uris = soup_server_get_uris (fixture->server);
  base = g_strdup_printf ("http://127.0.0.1:%d//", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  use_base (fixture, base);
  g_assert_false (g_str_has_suffix (natter_rotur_get_base (fixture->rotur), "/"));
}

static void
clear_results (Fixture *fixture)
{
  fixture->finished = FALSE;
  g_clear_pointer (&fixture->validator, g_free);
  g_clear_pointer (&fixture->identity, natter_rotur_identity_free);
  g_clear_error (&fixture->error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  clear_results (fixture);
  g_assert_finalize_object (fixture->rotur);
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_ptr_array_unref (fixture->calls);
  g_free (fixture->location);
  settle ();
}

static void
on_validator (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Fixture *fixture = data;

  fixture->validator = natter_rotur_get_validator_finish (NATTER_ROTUR (source), result, &fixture->error);
  g_assert_true ((fixture->validator == NULL) == (fixture->error != NULL));
  fixture->finished = TRUE;
}

static void
get_validator_with (Fixture      *fixture,
                    const char   *token,
                    const char   *key,
                    GCancellable *cancellable)
{
  clear_results (fixture);
  natter_rotur_get_validator_async (fixture->rotur, token, key, cancellable, on_validator, fixture);
  wait_for (fixture->finished);
}

static void
get_validator (Fixture    *fixture,
               const char *key)
{
  get_validator_with (fixture, TOKEN, key, NULL);
}

static void
on_identity (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Fixture *fixture = data;

  fixture->identity = natter_rotur_identify_finish (NATTER_ROTUR (source), result, &fixture->error);
  g_assert_true ((fixture->identity == NULL) == (fixture->error != NULL));
  fixture->finished = TRUE;
}

static void
identify (Fixture    *fixture,
          const char *token)
{
  clear_results (fixture);
  natter_rotur_identify_async (fixture->rotur, token, NULL, on_identity, fixture);
  wait_for (fixture->finished);
}

static const char *
called (Fixture *fixture,
        guint    position)
{
  g_assert_cmpuint (position, <, fixture->calls->len);
  return fixture->calls->pdata[position];
}

static void
test_base (void)
{
  static const struct
  {
    const char  *base;
    int          code; /* -1: good */
  } bases[] = {
    { "https://api.rotur.dev", -1 },
    { "https://api.rotur.dev/", -1 },
    { "https://stand-in.example:8443", -1 },
    { "http://127.0.0.1:5000", -1 },
    { "http://[::1]:5000", -1 },
    { "http://localhost:5000", -1 },
    { "http://api.rotur.dev", NATTER_ERROR_NOT_ENCRYPTED },
    { "http://localhost.example.org", NATTER_ERROR_NOT_ENCRYPTED },
    { "ftp://api.rotur.dev", NATTER_ERROR_ADDRESS },
    { "api.rotur.dev", NATTER_ERROR_ADDRESS },
    { "https://", NATTER_ERROR_ADDRESS },
    { "https://user:word@api.rotur.dev", NATTER_ERROR_ADDRESS },
    { "https://api.rotur.dev?auth=x", NATTER_ERROR_ADDRESS },
    { "", NATTER_ERROR_ADDRESS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(NatterRotur) rotur = natter_rotur_new (bases[i].base, &error);

      if (bases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, NATTER_ERROR, bases[i].code);
      g_assert_true ((rotur != NULL) == (bases[i].code < 0));
    }
}

static void
test_validator (Fixture       *fixture,
                gconstpointer  data)
{
  static const Line lines[] = {
    { "POST", "/v2/validators", 200, "{\"validator\":\"6f1c0f5e," HASH "\"}" },
    { NULL },
  };

  fixture->lines = lines;
  get_validator (fixture, "originChats-a_b&c=d-e f");
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->validator, ==, "6f1c0f5e," HASH);
  g_assert_cmpuint (fixture->calls->len, ==, 1);
  g_assert_cmpstr (called (fixture, 0), ==, "POST /v2/validators?key=originChats-a_b%26c%3Dd-e%20f");
  g_assert_cmpuint (fixture->n_with_token, ==, 1);

  /* Kept for its life, apart for each key. */
  get_validator (fixture, "originChats-a_b&c=d-e f");
  g_assert_cmpstr (fixture->validator, ==, "6f1c0f5e," HASH);
  g_assert_cmpuint (fixture->calls->len, ==, 1);
  get_validator_with (fixture, "  " TOKEN "\n", "originChats-a_b&c=d-e f", NULL);
  g_assert_cmpuint (fixture->calls->len, ==, 1);
  get_validator (fixture, "another");
  g_assert_cmpuint (fixture->calls->len, ==, 2);
  natter_rotur_drop_validator (fixture->rotur, TOKEN, "another");
  get_validator (fixture, "another");
  g_assert_cmpuint (fixture->calls->len, ==, 3);
  natter_rotur_forget (fixture->rotur, TOKEN);
  get_validator (fixture, "originChats-a_b&c=d-e f");
  g_assert_cmpuint (fixture->calls->len, ==, 4);
}

static void
test_older_api (Fixture       *fixture,
                gconstpointer  data)
{
  static const Line missing[] = {
    { "GET", "/generate_validator", 200, "{\"validator\":\"6f1c0f5e," HASH "\"}" },
    { NULL },
  };
  static const Line not_allowed[] = {
    { "POST", "/v2/validators", 405, "{}" },
    { "GET", "/generate_validator", 200, "{\"validator\":\"6f1c0f5e," HASH "\"}" },
    { NULL },
  };
  static const Line neither[] = { { NULL } };
  static const Line renewed[] = {
    { "POST", "/v2/validators", 200, "{\"validator\":\"6f1c0f5e," HASH "\"}" },
    { NULL },
  };

  fixture->lines = missing;
  get_validator (fixture, "one");
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (called (fixture, 0), ==, "POST /v2/validators?key=one");
  g_assert_cmpstr (called (fixture, 1), ==, "GET /generate_validator?key=one");
  g_assert_cmpuint (fixture->n_with_token, ==, 2);

  /* The way that worked is taken first. */
  get_validator (fixture, "two");
  g_assert_cmpstr (called (fixture, 2), ==, "GET /generate_validator?key=two");

  /* Until it is gone. */
  fixture->lines = neither;
  get_validator (fixture, "three");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_ROTUR);
  fixture->lines = renewed;
  get_validator (fixture, "three");
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (called (fixture, fixture->calls->len - 1), ==, "POST /v2/validators?key=three");

  fixture->lines = not_allowed;
  get_validator (fixture, "four");
  g_assert_no_error (fixture->error);
}

static void
test_refusals (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct
  {
    guint        status;
    const char  *body;
    NatterError  code;
    const char  *said;
  } refusals[] = {
    { 403, "{\"error\":\"Token lacks permission: validators:generate\"}", NATTER_ERROR_TOKEN, "validators:generate" },
    { 403, "{\"error\":\"OAuth access tokens can only …\"}", NATTER_ERROR_TOKEN, "OAuth access tokens" },
    { 403, "{\"error\":\"no\",\"code\":\"permission_missing\"}", NATTER_ERROR_TOKEN, "no" },
    { 403, "{\"error\":\"Invalid authentication key\"}", NATTER_ERROR_TOKEN, "Invalid authentication key" },
    { 403, "{\"error\":\"auth key is required\"}", NATTER_ERROR_TOKEN, "auth key is required" },
    { 401, "", NATTER_ERROR_TOKEN, "401" },
    { 403, "{\"error\":\"User is banned\"}", NATTER_ERROR_ROTUR, "User is banned" },
    { 403, "{\"error\":\"Account blocked\",\"code\":\"account_blocked\",\"standing\":\"suspended\",\"recover_at\":1,"
           "\"reason\":\"Too much of it\"}", NATTER_ERROR_ROTUR, "Account blocked: Too much of it" },
    { 403, "{\"code\":\"app_banned\",\"reason\":\"App\"}", NATTER_ERROR_ROTUR, "app_banned: App" },
    { 403, "{\"error\":\"Not now\",\"code\":\"parental_block\"}", NATTER_ERROR_ROTUR, "Not now" },
    { 403, "{\"error\":\"Terms-Of-Service are not accepted or outdated\",\"token\":\"hidden\"}", NATTER_ERROR_ROTUR,
      "Terms-Of-Service" },
    { 400, "{\"error\":\"key is required\"}", NATTER_ERROR_ROTUR, "key is required" },
    { 429, "{\"error\":\"Rate limit exceeded\",\"reset_time\":1}", NATTER_ERROR_RATE_LIMITED, "Rate limit" },
    { 500, "oops", NATTER_ERROR_UNREACHABLE, "500" },
    { 503, "{\"error\":[1,2]}", NATTER_ERROR_UNREACHABLE, "503" },
    { 200, "oops", NATTER_ERROR_ROTUR, "200" },
    { 200, "", NATTER_ERROR_ROTUR, "200" },
    { 200, "[]", NATTER_ERROR_ROTUR, "200" },
    { 200, "{}", NATTER_ERROR_ROTUR, "no validator" },
    { 200, "{\"validator\":7}", NATTER_ERROR_ROTUR, "no validator" },
    { 200, "{\"validator\":\"\"}", NATTER_ERROR_ROTUR, "no validator" },
    { 200, "{\"validator\":\"no comma\"}", NATTER_ERROR_ROTUR, "no validator" },
    { 200, "{\"validator\":\",abc\"}", NATTER_ERROR_ROTUR, "no validator" },
    { 200, "{\"validator\":\"a,b\\nc\"}", NATTER_ERROR_ROTUR, "no validator" },
    { 204, "", NATTER_ERROR_ROTUR, "204" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const Line lines[] = { { "POST", "/v2/validators", refusals[i].status, refusals[i].body }, { NULL } };

      fixture->lines = lines;
      get_validator (fixture, "key");
      g_test_message ("%u %s", refusals[i].status, refusals[i].body);
      g_assert_error (fixture->error, NATTER_ERROR, (int) refusals[i].code);
      g_assert_nonnull (strstr (fixture->error->message, refusals[i].said));
      g_assert_null (strstr (fixture->error->message, "hidden"));
      fixture->lines = NULL;
    }
}

/* Whoever can make the API redirect must not get the token, nor send a sign-in elsewhere. */
static void
test_redirects (Fixture       *fixture,
                gconstpointer  data)
{
  static const Line lines[] = {
    { "POST", "/v2/validators", 307, "" },
    { "GET", "/me/able", 302, "" },
    { "GET", "/elsewhere", 200, "{\"validator\":\"evil," HASH "\"}" },
    { NULL },
  };
  g_autofree char *other_name = g_strdup (natter_rotur_get_base (fixture->rotur));
  const char *port = strrchr (other_name, ':');

  fixture->lines = lines;
  fixture->location = g_strconcat ("http://localhost", port, "/elsewhere", NULL);
  get_validator (fixture, "key");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_ROTUR);
  identify (fixture, TOKEN);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_ROTUR);
  for (guint i = 0; i < fixture->calls->len; i++)
    g_assert_null (strstr (called (fixture, i), "elsewhere"));
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *filler = g_strnfill (100000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"validator\":\"a,b\",\"x\":\"%s\"}", filler);
  const Line lines[] = { { "POST", "/v2/validators", 200, body }, { NULL } };

  fixture->lines = lines;
  get_validator (fixture, "key");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE);
}

static void
test_not_reached (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(RawPeer) silent = raw_peer_new (RAW_PEER_SILENT, NULL);
  g_autoptr(RawPeer) broken = raw_peer_new (RAW_PEER_ANSWERS, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"val");
  g_autofree char *silent_base = g_strdup_printf ("http://127.0.0.1:%u", silent->port);
  g_autofree char *broken_base = g_strdup_printf ("http://127.0.0.1:%u", broken->port);
  g_autofree char *base = g_strdup (natter_rotur_get_base (fixture->rotur));

  use_base (fixture, silent_base);
  natter_rotur_set_time_limit (fixture->rotur, 50);
  get_validator (fixture, "key");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_TIMEOUT);

  use_base (fixture, broken_base);
  get_validator (fixture, "key");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_UNREACHABLE);

  use_base (fixture, base);
  soup_server_disconnect (fixture->server);
  get_validator (fixture, "key");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_UNREACHABLE);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(RawPeer) silent = raw_peer_new (RAW_PEER_SILENT, NULL);
  g_autofree char *base = g_strdup_printf ("http://127.0.0.1:%u", silent->port);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  use_base (fixture, base);
  natter_rotur_get_validator_async (fixture->rotur, TOKEN, "key", cancellable, on_validator, fixture);
  wait_for (silent->connections->len == 1);
  g_cancellable_cancel (cancellable);
  wait_for (fixture->finished);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  get_validator_with (fixture, TOKEN, "key", cancellable);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_token (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *endless = g_strnfill (10000, 'x');
  const char *tokens[] = { "", "  ", "two\r\nEvil: header", "bell\a", endless };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      get_validator_with (fixture, tokens[i], "key", NULL);
      g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_TOKEN);
      identify (fixture, tokens[i]);
      g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_TOKEN);
      natter_rotur_forget (fixture->rotur, tokens[i]);
    }
  g_assert_cmpuint (fixture->calls->len, ==, 0);
}

static void
test_identity_by_user_info (Fixture       *fixture,
                            gconstpointer  data)
{
  static const Line lines[] = {
    { "GET", "/v2/me/abilities", 200, "{\"token_type\":\"sub\",\"name\":\"mine\",\"id\":\"st_1\","
                                      "\"permissions\":[\"validators:generate\",\"friends:view\"]}" },
    { "GET", "/oauth/userinfo", 200, "{\"sub\":\"6f1c0f5e\",\"username\":\"mika\",\"name\":\"Mika\"}" },
    { NULL },
  };

  fixture->lines = lines;
  identify (fixture, TOKEN);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->identity->username, ==, "mika");
  g_assert_cmpstr (fixture->identity->id, ==, "6f1c0f5e");
  g_assert_false (fixture->identity->is_main);
  g_assert_cmpuint (g_strv_length (fixture->identity->permissions), ==, 2);
  g_assert_cmpuint (fixture->calls->len, ==, 2);
}

/* The API of May 2026 has no userinfo; the token must stay out of the address all the same. */
static void
test_identity_by_profile (Fixture       *fixture,
                          gconstpointer  data)
{
  static const Line lines[] = {
    { "GET", "/me/able", 200, "{\"token_type\":\"main\",\"permissions\":[\"all\"]}" },
    { "GET", "/generate_validator", 200, "{\"validator\":\"6f1c0f5e," HASH "\"}" },
    { "GET", "/profile", 200, "{\"username\":\"mika\",\"id\":\"6f1c0f5e\"}" },
    { NULL },
  };

  fixture->lines = lines;
  identify (fixture, TOKEN);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->identity->username, ==, "mika");
  g_assert_cmpstr (fixture->identity->id, ==, "6f1c0f5e");
  g_assert_true (fixture->identity->is_main);
  g_assert_cmpstr (called (fixture, fixture->calls->len - 1), ==, "GET /profile?include_posts=0&id=6f1c0f5e");
  /* The profile is public: the token is not for it. */
  g_assert_cmpuint (fixture->n_with_token, ==, fixture->calls->len - 1);
}

static void
test_identity_refused (Fixture       *fixture,
                       gconstpointer  data)
{
  static const Line unknown[] = {
    { "GET", "/v2/me/abilities", 403, "{\"error\":\"Invalid authentication key\"}" },
    { NULL },
  };
  static const Line nameless[] = {
    { "GET", "/v2/me/abilities", 200, "{\"token_type\":\"sub\",\"permissions\":null}" },
    { "POST", "/v2/validators", 200, "{\"validator\":\"6f1c0f5e," HASH "\"}" },
    { "GET", "/profile", 200, "{\"username\":\"\"}" },
    { NULL },
  };
  static const Line no_right[] = {
    { "GET", "/v2/me/abilities", 200, "{\"token_type\":\"sub\",\"permissions\":[]}" },
    { "GET", "/oauth/userinfo", 403, "{\"error\":\"no\"}" },
    { "POST", "/v2/validators", 403, "{\"error\":\"Token lacks permission: validators:generate\"}" },
    { NULL },
  };

  fixture->lines = unknown;
  identify (fixture, TOKEN);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_TOKEN);
  fixture->lines = nameless;
  identify (fixture, TOKEN);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_ROTUR);
  fixture->lines = no_right;
  natter_rotur_forget (fixture->rotur, TOKEN);
  identify (fixture, TOKEN);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_TOKEN);
  fixture->lines = NULL;
  identify (fixture, TOKEN);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_ROTUR);
}

static void
on_signed_in (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Fixture *fixture = data;

  natter_connection_authenticate_finish (NATTER_CONNECTION (source), result, &fixture->error);
  fixture->finished = TRUE;
}

/* All the way: a token becomes a validator, and the chat server believes it. */
static void
test_signs_in (Fixture       *fixture,
               gconstpointer  data)
{
  const TestServerOptions options = { .auth = TEST_SERVER_AUTH_ROTUR };
  g_autoptr(TestServer) server = test_server_new (&options);
  g_autoptr(NatterAddress) address = NULL;
  g_autoptr(NatterConnection) connection = NULL;
  g_autofree char *text = NULL;
  g_autofree char *key = NULL;
  g_autoptr(GError) error = NULL;

  test_server_start (server, &error);
  g_assert_no_error (error);
  use_base (fixture, test_server_get_rotur_url (server));
  identify (fixture, "tok-pavel");
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->identity->username, ==, "pavel");
  g_assert_true (fixture->identity->is_main);

  text = g_strdup_printf ("127.0.0.1:%u", test_server_get_port (server));
  address = natter_address_parse (text, &error);
  g_assert_no_error (error);
  connection = natter_connection_new (address);
  natter_connection_open (connection);
  wait_for (natter_connection_get_handshake (connection) != NULL);
  key = g_strdup (natter_handshake_get_validator_key (natter_connection_get_handshake (connection)));
  get_validator_with (fixture, "tok-pavel", key, NULL);
  g_assert_no_error (fixture->error);

  fixture->finished = FALSE;
  natter_connection_authenticate_async (connection, natter_command_auth (fixture->validator, NULL, NULL), NULL,
                                        on_signed_in, fixture);
  wait_for (fixture->finished);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (natter_connection_get_user (connection)->user->username, ==, "pavel");
  natter_connection_close (connection);
  settle ();
}

static void
on_profile (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Fixture *fixture = data;
  g_autoptr(NatterRoturProfile) profile = natter_rotur_get_profile_finish (NATTER_ROTUR (source), result, &fixture->error);

  if (profile != NULL)
    fixture->validator = g_strdup_printf ("%s|%s|%" G_GINT64_FORMAT, profile->bio, profile->pronouns, profile->created);
  fixture->finished = TRUE;
}

/* Everybody may know it, so no token goes along. */
static void
test_profile (Fixture       *fixture,
              gconstpointer  data)
{
  static const Line good[] = { { "GET", "/profile", 200, "{\"bio\":\"tea\",\"pronouns\":\" \",\"created\":1700000000000}" }, { 0 } };
  static const Line odd[] = { { "GET", "/profile", 200, "{\"bio\":7,\"created\":\"?\"}" }, { 0 } };

  fixture->lines = good;
  natter_rotur_get_profile_async (fixture->rotur, "mi ka&x=1", NULL, on_profile, fixture);
  wait_for (fixture->finished);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->validator, ==, "tea|(null)|1700000000000000");
  g_assert_cmpstr (fixture->calls->pdata[0], ==, "GET /profile?include_posts=0&name=mi%20ka%26x%3D1");
  g_assert_cmpuint (fixture->n_with_token, ==, 0);

  fixture->lines = odd;
  fixture->finished = FALSE;
  g_clear_pointer (&fixture->validator, g_free);
  natter_rotur_get_profile_async (fixture->rotur, "mika", NULL, on_profile, fixture);
  wait_for (fixture->finished);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->validator, ==, "(null)|(null)|0");

  fixture->lines = NULL;
  fixture->finished = FALSE;
  g_clear_pointer (&fixture->validator, g_free);
  natter_rotur_get_profile_async (fixture->rotur, "nobody", NULL, on_profile, fixture);
  wait_for (fixture->finished);
  g_assert_nonnull (fixture->error);
}

#define add(path, function) g_test_add ("/rotur/" path, Fixture, NULL, set_up, function, tear_down)

/* Whatever is logged, at whatever level and by whatever library: never the token. */
static GLogWriterOutput
watch_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (fields[i].length < 0 && (strstr (fields[i].value, TOKEN) != NULL || strstr (fields[i].value, HASH) != NULL))
      g_abort ();
  return level & G_LOG_LEVEL_DEBUG ? G_LOG_WRITER_HANDLED : g_log_writer_default (level, fields, n_fields, data);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (watch_log, NULL, NULL);
  g_test_add_func ("/rotur/base", test_base);
  add ("profile", test_profile);
  add ("validator", test_validator);
  add ("older-api", test_older_api);
  add ("refusals", test_refusals);
  add ("redirects", test_redirects);
  add ("too-large", test_too_large);
  add ("not-reached", test_not_reached);
  add ("cancelled", test_cancelled);
  add ("no-token", test_no_token);
  add ("identity-by-user-info", test_identity_by_user_info);
  add ("identity-by-profile", test_identity_by_profile);
  add ("identity-refused", test_identity_refused);
  add ("signs-in", test_signs_in);
  return g_test_run ();
}
