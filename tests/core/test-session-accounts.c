/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rotur accounts: with which tokens and proofs they sign in, and what is left when they go. */
#include "natter-account-private.h"
#include "natter-rotur-sign-in.h"

#include "browser.h"
#include "model-fixture.h"

#define CLIENT "app_0123456789abcdef"

typedef struct
{
  ModelFixture         model;
  Browser             *browser;
  NatterRoturTokens   *tokens;
  NatterRoturIdentity *identity;
  NatterAccount       *account;
  char                *secret;
  GError              *error;
  gboolean             done;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  options)
{
  model_set_up (&fixture->model, options);
  model_control (&fixture->model, "{\"do\": \"rotur\", \"browser_user\": \"mika\"}");
  fixture->browser = browser_new ();
}

static void
forget (Fixture *fixture)
{
  fixture->done = FALSE;
  g_clear_error (&fixture->error);
  g_clear_pointer (&fixture->tokens, natter_rotur_tokens_free);
  g_clear_pointer (&fixture->identity, natter_rotur_identity_free);
  g_clear_pointer (&fixture->secret, g_free);
  g_clear_object (&fixture->account);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  options)
{
  forget (fixture);
  browser_free (fixture->browser);
  model_tear_down (&fixture->model, options);
}

static NatterRotur *
rotur_of (Fixture *fixture)
{
  return natter_session_get_rotur (fixture->model.session);
}

static void
on_tokens (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Fixture *fixture = data;

  fixture->tokens = natter_rotur_sign_in_finish (NATTER_ROTUR (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
open_page (const char *page,
           const char *code,
           gpointer    data)
{
  Fixture *fixture = data;

  browser_open (fixture->browser, page);
}

static void
on_identity (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Fixture *fixture = data;

  fixture->identity = natter_rotur_identify_finish (NATTER_ROTUR (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
on_account (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Fixture *fixture = data;

  fixture->account = natter_session_add_account_finish (NATTER_SESSION (source), result, &fixture->error);
  fixture->done = TRUE;
}

/* Keeps the account of the tokens in @fixture. */
static void
add_account (Fixture *fixture)
{
  fixture->done = FALSE;
  g_clear_pointer (&fixture->identity, natter_rotur_identity_free);
  natter_rotur_identify_async (rotur_of (fixture), fixture->tokens->access, NULL, on_identity, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  fixture->done = FALSE;
  natter_session_add_account_async (fixture->model.session, fixture->tokens, fixture->identity, TRUE, NULL, on_account,
                                    fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (fixture->account);
}

static void
add_with_browser (Fixture *fixture)
{
  forget (fixture);
  natter_rotur_sign_in_async (rotur_of (fixture), NATTER_ROTUR_WAY_BROWSER, open_page, fixture, NULL, on_tokens, fixture);
  wait_for (fixture->done && fixture->browser->done);
  g_assert_no_error (fixture->error);
  add_account (fixture);
}

static void
add_with_token (Fixture    *fixture,
                const char *token)
{
  forget (fixture);
  fixture->tokens = natter_rotur_tokens_new (token);
  add_account (fixture);
}

/* (transfer full): joined with the account in @fixture, or not: see the error of the model's fixture */
static NatterServer *
join (Fixture *fixture)
{
  NatterServer *server = model_greet (&fixture->model);

  fixture->model.done = FALSE;
  natter_session_join_with_account_async (fixture->model.session, server, fixture->account, NULL, model_on_joined,
                                          &fixture->model);
  wait_for (fixture->model.done);
  return server;
}

static void
on_secret (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Fixture *fixture = data;
  char *secret = natter_secrets_lookup_finish (NATTER_SECRETS (source), result, &fixture->error);

  fixture->secret = g_strdup (secret);
  natter_secret_free (secret);
  fixture->done = TRUE;
}

static const char *
kept_secret (Fixture    *fixture,
             const char *account_id)
{
  fixture->done = FALSE;
  g_clear_pointer (&fixture->secret, g_free);
  g_clear_error (&fixture->error);
  natter_secrets_lookup_async (fixture->model.secrets, account_id, NULL, on_secret, fixture);
  wait_for (fixture->done);
  return fixture->secret;
}

/* How often a path was asked for with the token in "header" or "query". */
static guint
count_calls (Fixture    *fixture,
             const char *path,
             const char *token)
{
  g_autofree char *log = test_server_control (fixture->model.test_server, "{\"do\": \"rotur\"}", NULL);
  g_autofree char *pattern = g_strdup_printf ("\"path\"\\s*:\\s*\"%s\"\\s*,\\s*\"token\"\\s*:\\s*\"%s\"", path, token);
  g_autoptr(GRegex) regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  guint count = 0;

  for (g_regex_match (regex, log, G_REGEX_MATCH_DEFAULT, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    count++;
  return count;
}

static void
test_oauth (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(NatterServer) server = NULL;

  natter_rotur_set_client (rotur_of (fixture), CLIENT, NULL);
  add_with_browser (fixture);
  g_assert_cmpstr (natter_account_get_name (fixture->account), ==, "mika");
  g_assert_cmpint (natter_account_get_token_kind (fixture->account), ==, NATTER_TOKEN_RENEWED);
  g_assert_cmpint (natter_account_get_lack (fixture->account, "friends:view"), ==, NATTER_ACCOUNT_LACKS_NOTHING);
  g_assert_cmpint (natter_account_get_lack (fixture->account, "groups:view"), ==, NATTER_ACCOUNT_LACKS_PERMISSION);
  server = join (fixture);
  g_assert_no_error (fixture->model.error);
  g_assert_cmpstr (natter_member_get_username (natter_server_get_me (server)), ==, "mika");
  g_assert_cmpuint (count_calls (fixture, "/validators", "query"), ==, 0);
  g_assert_cmpuint (count_calls (fixture, "/generate_validator", "query"), ==, 0);
}

/* What the person left out is known, with the reason. */
static void
test_lack (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(NatterAccount) other = natter_account_new ("x", NATTER_ACCOUNT_SERVER, "wren", "chat.example.org");

  model_control (&fixture->model, "{\"do\": \"rotur\", \"grant\": [\"validators:generate\"]}");
  add_with_browser (fixture);
  g_assert_cmpint (natter_account_get_token_kind (fixture->account), ==, NATTER_TOKEN_LIMITED);
  g_assert_cmpint (natter_account_get_lack (fixture->account, "validators:generate"), ==, NATTER_ACCOUNT_LACKS_NOTHING);
  g_assert_cmpint (natter_account_get_lack (fixture->account, "friends:view"), ==, NATTER_ACCOUNT_LACKS_PERMISSION);
  natter_account_set_needs_sign_in (fixture->account, TRUE);
  g_assert_cmpint (natter_account_get_lack (fixture->account, "validators:generate"), ==, NATTER_ACCOUNT_LACKS_SIGN_IN);
  g_assert_cmpint (natter_account_get_lack (other, "friends:view"), ==, NATTER_ACCOUNT_LACKS_ROTUR);
}

/* Without the permission to sign in to servers Rotur is not even asked; signing in again cures it. */
static void
test_may_not_sign_in (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr(NatterAccount) first = NULL;
  g_autoptr(NatterServer) refused = NULL;
  g_autoptr(NatterServer) server = NULL;

  model_control (&fixture->model, "{\"do\": \"rotur\", \"grant\": [\"account:view\"]}");
  add_with_browser (fixture);
  first = g_object_ref (fixture->account);
  refused = join (fixture);
  g_assert_error (fixture->model.error, NATTER_ERROR, NATTER_ERROR_TOKEN_PERMISSION);
  g_assert_true (natter_account_get_needs_sign_in (fixture->account));
  g_assert_cmpint (natter_account_get_lack (first, NATTER_ACCOUNT_PERMISSION_SIGN_IN), ==, NATTER_ACCOUNT_LACKS_PERMISSION);
  g_assert_cmpuint (count_calls (fixture, "/validators", "header"), ==, 0);
  g_assert_cmpuint (count_calls (fixture, "/generate_validator", "header"), ==, 0);
  natter_server_disconnect (refused);

  model_control (&fixture->model, "{\"do\": \"rotur\", \"grant\": null}");
  add_with_browser (fixture);
  g_assert_true (fixture->account == first);
  g_assert_cmpint (natter_account_get_lack (first, NATTER_ACCOUNT_PERMISSION_SIGN_IN), ==, NATTER_ACCOUNT_LACKS_NOTHING);
  g_clear_error (&fixture->model.error);
  server = join (fixture);
  g_assert_no_error (fixture->model.error);
}

/* Kept over a restart: who, and what may be done. */
static void
test_restart (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(NatterAccount) account = NULL;

  add_with_browser (fixture);
  model_restart (&fixture->model);
  account = g_list_model_get_item (natter_session_get_accounts (fixture->model.session), 0);
  g_assert_true (account != NULL && account != fixture->account);
  g_assert_cmpstr (natter_account_get_name (account), ==, "mika");
  g_assert_cmpstr (_natter_account_get_rotur_id (account), ==, _natter_account_get_rotur_id (fixture->account));
  g_assert_cmpint (natter_account_get_token_kind (account), ==, NATTER_TOKEN_LIMITED);
  g_assert_cmpint (natter_account_get_lack (account, "friends:view"), ==, NATTER_ACCOUNT_LACKS_NOTHING);
  g_assert_cmpint (natter_account_get_lack (account, "groups:view"), ==, NATTER_ACCOUNT_LACKS_PERMISSION);
}

/* A token that has ended early is renewed once, the new one is kept, and all that wait sign in. */
static void
test_renewed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autoptr(NatterRoturTokens) kept = NULL;
  g_autoptr(NatterServer) server = NULL;
  g_autoptr(NatterServer) other = NULL;

  natter_rotur_set_client (rotur_of (fixture), CLIENT, NULL);
  add_with_browser (fixture);
  before = g_strdup (kept_secret (fixture, natter_account_get_id (fixture->account)));
  model_control (&fixture->model, "{\"do\": \"rotur\", \"expire_access_tokens\": true}");
  server = join (fixture);
  g_assert_no_error (fixture->model.error);
  g_assert_cmpuint (count_calls (fixture, "/oauth/token", "none"), ==, 2);
  g_assert_cmpstr (kept_secret (fixture, natter_account_get_id (fixture->account)), !=, before);
  kept = natter_rotur_tokens_from_secret (fixture->secret);
  g_assert_nonnull (kept->refresh);
  g_assert_null (strstr (before, kept->refresh));

  other = join (fixture);
  g_assert_no_error (fixture->model.error);
  g_assert_cmpuint (count_calls (fixture, "/oauth/token", "none"), ==, 2);
}

typedef struct
{
  char     *secret;
  GError   *error;
  gboolean  done;
} Got;

static void
on_got (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  Got *got = data;

  got->secret = natter_credentials_get_finish (NATTER_CREDENTIALS (source), result, &got->error);
  got->done = TRUE;
}

/* Ahead of its end, and once however many ask. */
static void
test_renewed_ahead (Fixture       *fixture,
                    gconstpointer  data)
{
  NatterCredentials *credentials = natter_session_get_credentials (fixture->model.session);
  g_autofree char *former = NULL;
  Got got[5] = { 0 };

  natter_rotur_set_client (rotur_of (fixture), CLIENT, NULL);
  add_with_browser (fixture);
  fixture->tokens->expires = g_get_real_time () / G_USEC_PER_SEC + 60;
  former = g_strdup (fixture->tokens->access);
  add_account (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (got); i++)
    natter_credentials_get_async (credentials, fixture->account, NULL, NULL, on_got, &got[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (got); i++)
    {
      wait_for (got[i].done);
      g_assert_no_error (got[i].error);
      g_assert_cmpstr (got[i].secret, !=, former);
      g_assert_cmpstr (got[i].secret, ==, got[0].secret);
    }
  g_assert_cmpuint (count_calls (fixture, "/oauth/token", "none"), ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (got); i++)
    g_free (got[i].secret);
}

/* Rotur no longer knows the sign-in: the person has to. */
static void
test_not_renewed (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(NatterServer) server = NULL;

  natter_rotur_set_client (rotur_of (fixture), CLIENT, NULL);
  add_with_browser (fixture);
  fixture->tokens->expires = 1;
  g_free (fixture->tokens->refresh);
  fixture->tokens->refresh = g_strdup ("rrt_of_long_ago");
  add_account (fixture);
  server = join (fixture);
  g_assert_error (fixture->model.error, NATTER_ERROR, NATTER_ERROR_TOKEN);
  g_assert_true (natter_account_get_needs_sign_in (fixture->account));
  natter_server_disconnect (server);
}

/* The API of May 2026: by header first, by query only after that was refused, and at once the next time. */
static void
test_by_query (Fixture       *fixture,
               gconstpointer  data)
{
  guint n_header;

  model_control (&fixture->model, "{\"do\": \"rotur\", \"api\": \"may-2026\"}");
  add_with_token (fixture, "tok-mika");
  g_assert_cmpint (natter_account_get_token_kind (fixture->account), ==, NATTER_TOKEN_MAIN);
  g_assert_cmpuint (count_calls (fixture, "/generate_validator", "query"), ==, 0);
  fixture->model.server = join (fixture);
  g_assert_no_error (fixture->model.error);
  n_header = count_calls (fixture, "/generate_validator", "header");
  g_assert_cmpuint (n_header, >=, 1);
  g_assert_cmpuint (count_calls (fixture, "/generate_validator", "query"), ==, 1);

  model_restart (&fixture->model);
  wait_for (natter_server_get_state (fixture->model.server) == NATTER_CONNECTION_READY);
  g_assert_cmpuint (count_calls (fixture, "/generate_validator", "header"), ==, n_header);
  g_assert_cmpuint (count_calls (fixture, "/generate_validator", "query"), ==, 2);
}

/* And back, when that API has been renewed. */
static void
test_by_query_no_more (Fixture       *fixture,
                       gconstpointer  data)
{
  add_with_token (fixture, "tok-mika");
  _natter_account_set_by_query (fixture->account, TRUE);
  fixture->model.server = join (fixture);
  g_assert_no_error (fixture->model.error);
  g_assert_cmpstr (natter_member_get_username (natter_server_get_me (fixture->model.server)), ==, "mika");
}

/* A token of limited rights never gets into an address. */
static void
test_limited (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(NatterServer) server = NULL;

  model_control (&fixture->model, "{\"do\": \"rotur\", \"api\": \"may-2026\"}");
  add_with_token (fixture, "rotur_st_demo_full");
  server = join (fixture);
  g_assert_error (fixture->model.error, NATTER_ERROR, NATTER_ERROR_LIMITED_TOKEN);
  g_assert_cmpuint (count_calls (fixture, "/generate_validator", "query"), ==, 0);
  g_assert_false (natter_account_get_needs_sign_in (fixture->account));
  natter_server_disconnect (server);
}

/* One server, two people: two entries that know nothing of each other. */
static void
test_two_identities (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(NatterServer) mika = NULL;
  g_autoptr(NatterServer) pavel = NULL;
  GListModel *servers = natter_session_get_servers (fixture->model.session);

  add_with_token (fixture, "tok-mika");
  mika = join (fixture);
  g_assert_no_error (fixture->model.error);
  add_with_token (fixture, "tok-pavel");
  pavel = join (fixture);
  g_assert_no_error (fixture->model.error);

  g_assert_cmpuint (g_list_model_get_n_items (servers), ==, 2);
  g_assert_cmpstr (natter_server_get_id (mika), !=, natter_server_get_id (pavel));
  g_assert_cmpstr (natter_member_get_username (natter_server_get_me (mika)), ==, "mika");
  g_assert_cmpstr (natter_member_get_username (natter_server_get_me (pavel)), ==, "pavel");
  g_assert_cmpint (natter_server_get_state (mika), ==, NATTER_CONNECTION_READY);

  model_restart (&fixture->model);
  servers = natter_session_get_servers (fixture->model.session);
  g_assert_cmpuint (g_list_model_get_n_items (servers), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);

      wait_for (natter_server_get_state (server) == NATTER_CONNECTION_READY);
      g_assert_cmpstr (natter_member_get_username (natter_server_get_me (server)), ==, i == 0 ? "mika" : "pavel");
    }
}

/* Signing in again, with another token of the same person. */
static void
test_again (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(NatterServer) server = NULL;
  g_autoptr(NatterAccount) account = NULL;

  add_with_browser (fixture);
  account = g_object_ref (fixture->account);
  server = join (fixture);
  g_assert_no_error (fixture->model.error);
  natter_server_disconnect (server);
  natter_account_set_needs_sign_in (account, TRUE);
  natter_server_connect (server);
  wait_for (natter_server_get_state (server) == NATTER_CONNECTION_HANDSHAKE);
  add_with_browser (fixture);
  g_assert_true (fixture->account == account);
  g_assert_cmpuint (g_list_model_get_n_items (natter_session_get_accounts (fixture->model.session)), ==, 1);
  wait_for (natter_server_get_state (server) == NATTER_CONNECTION_READY);
}

static void
on_removed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Fixture *fixture = data;

  natter_session_remove_account_finish (NATTER_SESSION (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(NatterServer) server = NULL;
  g_autofree char *id = NULL;

  natter_rotur_set_client (rotur_of (fixture), CLIENT, NULL);
  add_with_browser (fixture);
  server = join (fixture);
  g_assert_no_error (fixture->model.error);
  id = g_strdup (natter_account_get_id (fixture->account));
  fixture->done = FALSE;
  natter_session_remove_account_async (fixture->model.session, fixture->account, NULL, on_removed, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (g_list_model_get_n_items (natter_session_get_accounts (fixture->model.session)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (natter_session_get_servers (fixture->model.session)), ==, 0);
  g_assert_null (kept_secret (fixture, id));
  /* The former tokens were spent. */
  g_assert_cmpuint (count_calls (fixture, "/oauth/token", "none"), ==, 2);
  model_restart (&fixture->model);
  g_assert_cmpuint (g_list_model_get_n_items (natter_session_get_accounts (fixture->model.session)), ==, 0);
}

/* A random key that was seen at one server is not used for another, in this run and in the next. */
static void
test_pinned_key (Fixture       *fixture,
                 gconstpointer  data)
{
  const TestServerOptions options = { .rotur_url = test_server_get_rotur_url (fixture->model.test_server) };
  g_autoptr(TestServer) hostile = test_server_new (&options);
  g_autofree char *text = NULL;
  g_autoptr(NatterAddress) address = NULL;
  g_autoptr(GError) error = NULL;
  static const char command[] = "{\"do\": \"validator_key\", \"key\": \"originChats-c29tZSByYW5kb20gYnl0ZXM\"}";

  test_server_start (hostile, &error);
  g_assert_no_error (error);
  model_control (&fixture->model, command);
  g_free (test_server_control (hostile, command, &error));
  g_assert_no_error (error);
  text = g_strdup_printf ("127.0.0.1:%u", test_server_get_port (hostile));
  address = natter_address_parse (text, &error);
  g_assert_no_error (error);

  add_with_token (fixture, "tok-mika");
  fixture->model.server = join (fixture);
  g_assert_no_error (fixture->model.error);
  for (guint run = 0; run < 2; run++)
    {
      g_autoptr(NatterServer) other = natter_session_new_server (fixture->model.session, address);
      g_autoptr(NatterAccount) account = g_list_model_get_item (natter_session_get_accounts (fixture->model.session), 0);

      natter_server_connect (other);
      wait_for (natter_server_get_handshake (other) != NULL);
      fixture->model.done = FALSE;
      natter_session_join_with_account_async (fixture->model.session, other, account, NULL, model_on_joined,
                                              &fixture->model);
      wait_for (fixture->model.done);
      g_assert_error (fixture->model.error, NATTER_ERROR, NATTER_ERROR_VALIDATOR_KEY);
      natter_server_disconnect (other);
      g_clear_error (&fixture->model.error);
      if (run == 0)
        model_restart (&fixture->model);
    }
  g_assert_cmpuint (test_server_count_received (hostile, "auth"), ==, 0);
}

static void
on_block (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Fixture *fixture = data;

  g_clear_error (&fixture->error);
  natter_session_block_finish (NATTER_SESSION (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
block (Fixture      *fixture,
       NatterMember *member,
       gboolean      wanted)
{
  fixture->done = FALSE;
  natter_session_block_async (fixture->model.session, natter_server_get_account (fixture->model.server), member, wanted, on_block,
                              fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
}

/* Whom one blocks is kept by Rotur, and known from the next time on. */
static void
test_blocked (Fixture       *fixture,
              gconstpointer  data)
{
  NatterSession *session = fixture->model.session;
  NatterMember *tove;
  NatterMember *local;

  add_with_token (fixture, "rotur_st_demo_full");
  fixture->model.server = join (fixture);
  g_assert_no_error (fixture->model.error);
  tove = natter_server_intern_member (fixture->model.server, "tove");
  local = natter_server_intern_member (fixture->model.server, "USR:local_wren");
  g_assert_true (natter_session_may_block (session, fixture->account, tove));
  g_assert_false (natter_session_may_block (session, fixture->account, local));
  g_assert_false (natter_session_may_block (session, fixture->account, natter_server_get_me (fixture->model.server)));
  g_assert_true (natter_session_has_profile (session, fixture->account, tove));
  g_assert_false (natter_session_has_profile (session, fixture->account, local));

  block (fixture, tove, TRUE);
  g_assert_true (natter_member_get_blocked (tove));
  model_restart (&fixture->model);
  wait_for (natter_member_get_blocked (natter_server_intern_member (fixture->model.server, "tove")));

  block (fixture, natter_server_intern_member (fixture->model.server, "tove"), FALSE);
  g_assert_false (natter_member_get_blocked (natter_server_intern_member (fixture->model.server, "tove")));
}

/* What blocked people wrote stays hidden before Rotur, or anybody, can be asked. */
static void
test_blocked_offline (Fixture       *fixture,
                      gconstpointer  data)
{
  add_with_token (fixture, "rotur_st_demo_full");
  fixture->model.server = join (fixture);
  g_assert_no_error (fixture->model.error);
  block (fixture, natter_server_intern_member (fixture->model.server, "tove"), TRUE);
  model_restart_offline (&fixture->model);
  g_assert_true (natter_member_get_blocked (natter_server_intern_member (fixture->model.server, "tove")));
  g_assert_false (natter_member_get_blocked (natter_server_intern_member (fixture->model.server, "wren")));
}

/* Without the permission, nothing is asked and nothing offered. */
static void
test_not_blocked (Fixture       *fixture,
                  gconstpointer  data)
{
  model_control (&fixture->model, "{\"do\": \"rotur\", \"grant\": [\"account:view\", \"validators:generate\"]}");
  natter_rotur_set_client (rotur_of (fixture), CLIENT, NULL);
  add_with_browser (fixture);
  fixture->model.server = join (fixture);
  g_assert_no_error (fixture->model.error);
  settle ();
  g_assert_cmpuint (count_calls (fixture, "/me/blocked", "header"), ==, 0);
  g_assert_false (natter_session_may_block (fixture->model.session, fixture->account,
                                            natter_server_intern_member (fixture->model.server, "tove")));
}

#define add(path, function) g_test_add ("/session-accounts/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("oauth", test_oauth);
  add ("lack", test_lack);
  add ("may-not-sign-in", test_may_not_sign_in);
  add ("restart", test_restart);
  add ("renewed", test_renewed);
  add ("renewed-ahead", test_renewed_ahead);
  add ("not-renewed", test_not_renewed);
  add ("blocked", test_blocked);
  add ("blocked-offline", test_blocked_offline);
  add ("not-blocked", test_not_blocked);
  add ("by-query", test_by_query);
  add ("by-query-no-more", test_by_query_no_more);
  add ("limited", test_limited);
  add ("two-identities", test_two_identities);
  add ("again", test_again);
  add ("remove", test_remove);
  add ("pinned-key", test_pinned_key);
  return g_test_run ();
}
