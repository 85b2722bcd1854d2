/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-rotur-sign-in.h"

#include "browser.h"
#include "natter-test-server.h"
#include "wait.h"

#define CLIENT "app_0123456789abcdef"

typedef struct
{
  TestServer        *server;
  NatterRotur       *rotur;
  Browser           *browser;
  char              *page;
  char              *code;
  NatterRoturTokens *tokens;
  GError            *error;
  gboolean           done;
  guint              n_shown;
} Fixture;

static void
control (Fixture    *fixture,
         const char *command)
{
  g_autoptr(GError) error = NULL;

  g_free (test_server_control (fixture->server, command, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const TestServerOptions options = { .auth = TEST_SERVER_AUTH_ROTUR };
  g_autoptr(GError) error = NULL;

  fixture->server = test_server_new (&options);
  test_server_start (fixture->server, &error);
  g_assert_no_error (error);
  fixture->rotur = natter_rotur_new (test_server_get_rotur_url (fixture->server), &error);
  g_assert_no_error (error);
  natter_rotur_set_patience (fixture->rotur, 30000, 1);
  fixture->browser = browser_new ();
  control (fixture, "{\"do\": \"rotur\", \"browser_user\": \"mika\"}");
}

static void
forget (Fixture *fixture)
{
  fixture->done = FALSE;
  fixture->n_shown = 0;
  g_clear_pointer (&fixture->page, g_free);
  g_clear_pointer (&fixture->code, g_free);
  g_clear_pointer (&fixture->tokens, natter_rotur_tokens_free);
  g_clear_error (&fixture->error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  forget (fixture);
  browser_free (fixture->browser);
  settle ();
  g_assert_finalize_object (fixture->rotur);
  test_server_free (fixture->server);
  settle ();
}

static void
show (const char *page,
      const char *code,
      gpointer    data)
{
  Fixture *fixture = data;

  fixture->n_shown++;
  g_assert_false (fixture->done);
  fixture->page = g_strdup (page);
  fixture->code = g_strdup (code);
}

static void
on_signed_in (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Fixture *fixture = data;

  fixture->tokens = natter_rotur_sign_in_finish (NATTER_ROTUR (source), result, &fixture->error);
  g_assert_true ((fixture->tokens == NULL) == (fixture->error != NULL));
  fixture->done = TRUE;
}

static void
begin (Fixture       *fixture,
       NatterRoturWay way,
       GCancellable  *cancellable)
{
  forget (fixture);
  natter_rotur_sign_in_async (fixture->rotur, way, show, fixture, cancellable, on_signed_in, fixture);
  wait_for (fixture->page != NULL || fixture->done);
}

/* Whoever sits at the browser is signed in there and agrees to everything. */
static void
go_through (Fixture *fixture)
{
  begin (fixture, NATTER_ROTUR_WAY_BROWSER, NULL);
  g_assert_no_error (fixture->error);
  browser_open (fixture->browser, fixture->page);
  wait_for (fixture->done && fixture->browser->done);
  g_assert_cmpuint (fixture->n_shown, ==, 1);
}

static void
on_identity (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  NatterRoturIdentity **identity = data;
  g_autoptr(GError) error = NULL;

  *identity = natter_rotur_identify_finish (NATTER_ROTUR (source), result, &error);
  g_assert_no_error (error);
}

static NatterRoturIdentity *
identify (Fixture *fixture)
{
  NatterRoturIdentity *identity = NULL;

  natter_rotur_identify_async (fixture->rotur, fixture->tokens->access, NULL, on_identity, &identity);
  wait_for (identity != NULL);
  return identity;
}

static void
test_oauth (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(NatterRoturIdentity) identity = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  natter_rotur_set_client (fixture->rotur, CLIENT, NULL);
  go_through (fixture);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (strstr (fixture->page, "/oauth/authorize?response_type=code"));
  g_assert_nonnull (strstr (fixture->page, "code_challenge_method=S256"));
  g_assert_cmpuint (fixture->browser->status, ==, 200);
  g_assert_nonnull (strstr (fixture->browser->body, "You can close this window"));
  g_assert_true (g_str_has_prefix (fixture->tokens->access, "rotur_st_"));
  g_assert_true (g_str_has_prefix (fixture->tokens->refresh, "rrt_"));
  g_assert_cmpint (fixture->tokens->expires, >, now + 3000);
  g_assert_true (g_strv_contains ((const char * const *) fixture->tokens->scopes, "friends:view"));
  identity = identify (fixture);
  g_assert_cmpstr (identity->username, ==, "mika");
  g_assert_false (identity->is_main);
}

/* Of RFC 7636, appendix B. */
static void
test_challenge (void)
{
  g_autofree char *challenge = natter_rotur_challenge_of ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

static void
test_oauth_less_granted (Fixture       *fixture,
                         gconstpointer  data)
{
  natter_rotur_set_client (fixture->rotur, CLIENT, NULL);
  control (fixture, "{\"do\": \"rotur\", \"grant\": [\"profile\", \"validators:generate\"]}");
  go_through (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (g_strv_length (fixture->tokens->scopes), ==, 2);
  /* Not for offline access either: then there is nothing to renew it with. */
  g_assert_null (fixture->tokens->refresh);
}

static void
test_oauth_attacks (Fixture       *fixture,
                    gconstpointer  data)
{
  static const struct
  {
    const char *name;
    NatterError code;
  } attacks[] = {
    { "wrong-state", NATTER_ERROR_BROWSER },
    { "no-state", NATTER_ERROR_BROWSER },
    { "wrong-issuer", NATTER_ERROR_BROWSER },
    { "deny", NATTER_ERROR_DENIED },
  };

  natter_rotur_set_client (fixture->rotur, CLIENT, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *command = g_strdup_printf ("{\"do\": \"rotur\", \"attack\": \"%s\"}", attacks[i].name);
      g_autofree char *status = NULL;

      g_test_message ("%s", attacks[i].name);
      control (fixture, command);
      go_through (fixture);
      g_assert_error (fixture->error, NATTER_ERROR, (int) attacks[i].code);
      status = test_server_control (fixture->server, "{\"do\": \"rotur\"}", NULL);
      g_assert_null (strstr (status, "/oauth/token"));
    }
  go_through (fixture);
  g_assert_no_error (fixture->error);
}

static void
on_tokens (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Fixture *fixture = data;

  g_clear_pointer (&fixture->tokens, natter_rotur_tokens_free);
  fixture->tokens = natter_rotur_tokens_finish (NATTER_ROTUR (source), result, &fixture->error);
  fixture->done = TRUE;
}

/* A code that was spied out is worth nothing without the verifier, and nothing the second time. */
static void
test_replayed_code (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GHashTable) query = NULL;
  g_autofree char *code = NULL;
  g_autofree char *redirect_uri = NULL;

  natter_rotur_set_client (fixture->rotur, CLIENT, NULL);
  go_through (fixture);
  g_assert_no_error (fixture->error);
  uri = g_uri_parse (fixture->browser->uri, SOUP_HTTP_URI_FLAGS, NULL);
  query = soup_form_decode (g_uri_get_query (uri));
  code = g_strdup (g_hash_table_lookup (query, "code"));
  redirect_uri = g_strdup_printf ("http://127.0.0.1:%d/callback", g_uri_get_port (uri));
  g_assert_nonnull (code);
  fixture->done = FALSE;
  natter_rotur_swap_code_async (fixture->rotur, code, redirect_uri, "a-verifier-of-somebody-else", NULL, on_tokens, fixture);
  wait_for (fixture->done);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_TOKEN);
}

static void
refresh (Fixture    *fixture,
         const char *token)
{
  g_autofree char *kept = g_strdup (token);

  fixture->done = FALSE;
  g_clear_error (&fixture->error);
  natter_rotur_refresh_async (fixture->rotur, kept, NULL, on_tokens, fixture);
  wait_for (fixture->done);
}

static void
test_refresh (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *old = NULL;
  g_autofree char *old_access = NULL;

  natter_rotur_set_client (fixture->rotur, CLIENT, NULL);
  go_through (fixture);
  g_assert_no_error (fixture->error);
  old = g_strdup (fixture->tokens->refresh);
  old_access = g_strdup (fixture->tokens->access);
  refresh (fixture, old);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (fixture->tokens->refresh, !=, old);
  g_assert_cmpstr (fixture->tokens->access, !=, old_access);
  refresh (fixture, old);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_TOKEN);
}

static void
test_secret (void)
{
  g_autoptr(NatterRoturTokens) plain = natter_rotur_tokens_from_secret ("tok-mika");
  g_autoptr(NatterRoturTokens) both = natter_rotur_tokens_new ("rotur_st_a");
  g_autoptr(NatterRoturTokens) read = NULL;
  g_autofree char *plain_secret = natter_rotur_tokens_to_secret (plain);
  g_autofree char *secret = NULL;

  g_assert_cmpstr (plain->access, ==, "tok-mika");
  g_assert_null (plain->refresh);
  g_assert_cmpstr (plain_secret, ==, "tok-mika");

  both->refresh = g_strdup ("rrt_b");
  both->expires = 1800000000;
  secret = natter_rotur_tokens_to_secret (both);
  read = natter_rotur_tokens_from_secret (secret);
  g_assert_cmpstr (read->access, ==, "rotur_st_a");
  g_assert_cmpstr (read->refresh, ==, "rrt_b");
  g_assert_cmpint (read->expires, ==, 1800000000);
}

static void
test_hand_off (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(NatterRoturIdentity) identity = NULL;

  go_through (fixture);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (strstr (fixture->page, "/auth?return_to=http%3A%2F%2F127.0.0.1%3A"));
  g_assert_true (g_str_has_prefix (fixture->tokens->access, "rotur_st_"));
  g_assert_null (fixture->tokens->refresh);
  identity = identify (fixture);
  g_assert_cmpstr (identity->username, ==, "mika");
  g_assert_false (identity->is_main);
  g_assert_true (g_strv_contains ((const char * const *) identity->permissions, "blocked:manage"));
}

/* The API of May 2026 hands over the key to everything, which has to be noticed. */
static void
test_hand_off_main (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(NatterRoturIdentity) identity = NULL;

  control (fixture, "{\"do\": \"rotur\", \"api\": \"may-2026\"}");
  go_through (fixture);
  g_assert_no_error (fixture->error);
  identity = identify (fixture);
  g_assert_true (identity->is_main);
  g_assert_cmpstr (identity->username, ==, "mika");
}

static void
test_hand_off_attacks (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *page = NULL;
  g_autofree char *foreign = NULL;
  g_autoptr(GHashTable) query = NULL;
  const char *return_to;

  control (fixture, "{\"do\": \"rotur\", \"attack\": \"no-token\"}");
  go_through (fixture);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_BROWSER);

  /* Somebody who found the port by trying does not know the path, and a page under another name has another Host. */
  begin (fixture, NATTER_ROTUR_WAY_BROWSER, NULL);
  query = soup_form_decode (strchr (fixture->page, '?') + 1);
  return_to = g_hash_table_lookup (query, "return_to");
  page = browser_ask (return_to, "GET", "/?token=rotur_st_of_an_attacker", "127.0.0.1");
  g_assert_true (g_str_has_prefix (page, "HTTP/1.1 404"));
  foreign = browser_ask (return_to, "GET", strrchr (return_to, '/'), "rebound.example");
  g_assert_true (g_str_has_prefix (foreign, "HTTP/1.1 404"));
  g_assert_false (fixture->done);
  browser_open (fixture->browser, fixture->page);
  wait_for (fixture->done && fixture->browser->done);
  g_assert_no_error (fixture->error);
}

static void
test_browser_stays_away (Fixture       *fixture,
                         gconstpointer  data)
{
  natter_rotur_set_patience (fixture->rotur, 1, 1);
  begin (fixture, NATTER_ROTUR_WAY_BROWSER, NULL);
  wait_for (fixture->done);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_EXPIRED);
}

static void
type_code (Fixture    *fixture,
           const char *user)
{
  g_autofree char *uri = g_strdup_printf ("%s?code=%s&user=%s", fixture->page, fixture->code, user);

  browser_open (fixture->browser, uri);
  wait_for (fixture->browser->done);
  g_assert_cmpuint (fixture->browser->status, ==, 200);
}

static void
test_code (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(NatterRoturIdentity) identity = NULL;

  begin (fixture, NATTER_ROTUR_WAY_CODE, NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (strlen (fixture->code), ==, 6);
  g_assert_true (g_str_has_suffix (fixture->page, "/link"));
  type_code (fixture, "pavel");
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  identity = identify (fixture);
  g_assert_cmpstr (identity->username, ==, "pavel");
}

static void
test_code_cancelled (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  natter_rotur_set_patience (fixture->rotur, 30000, 60000);
  begin (fixture, NATTER_ROTUR_WAY_CODE, cancellable);
  g_cancellable_cancel (cancellable);
  wait_for (fixture->done);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_site (void)
{
  static const char * const sites[][3] = {
    { "https://api.rotur.dev", "https://rotur.dev", "https://avatars.rotur.dev/a%20b" },
    { "https://rotur.example", "https://rotur.example", NULL },
    { "http://127.0.0.1:80", "http://127.0.0.1:80", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_autoptr(NatterRotur) rotur = natter_rotur_new (sites[i][0], NULL);
      g_autofree char *site = natter_rotur_dup_site (rotur);
      g_autofree char *picture = natter_rotur_dup_picture (rotur, "a b");

      g_assert_cmpstr (site, ==, sites[i][1]);
      g_assert_cmpstr (picture, ==, sites[i][2]);
    }
}

#define add(path, function) g_test_add ("/rotur-sign-in/" path, Fixture, NULL, set_up, function, tear_down)

/* Whatever is logged, at whatever level and by whatever library: no token. */
static GLogWriterOutput
watch_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  static const char * const secrets[] = { "rotur_st_", "rrt_", "tok-mika", "code_verifier", "state=" };

  for (gsize i = 0; i < n_fields; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (secrets); j++)
      if (fields[i].length < 0 && strstr (fields[i].value, secrets[j]) != NULL)
        g_abort ();
  return level & G_LOG_LEVEL_DEBUG ? G_LOG_WRITER_HANDLED : g_log_writer_default (level, fields, n_fields, data);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (watch_log, NULL, NULL);
  g_test_add_func ("/rotur-sign-in/challenge", test_challenge);
  g_test_add_func ("/rotur-sign-in/secret", test_secret);
  g_test_add_func ("/rotur-sign-in/site", test_site);
  add ("oauth", test_oauth);
  add ("oauth-less-granted", test_oauth_less_granted);
  add ("oauth-attacks", test_oauth_attacks);
  add ("replayed-code", test_replayed_code);
  add ("refresh", test_refresh);
  add ("hand-off", test_hand_off);
  add ("hand-off-main", test_hand_off_main);
  add ("hand-off-attacks", test_hand_off_attacks);
  add ("browser-stays-away", test_browser_stays_away);
  add ("code", test_code);
  add ("code-cancelled", test_code_cancelled);
  return g_test_run ();
}
