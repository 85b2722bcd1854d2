/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-loopback.h"

#include "browser.h"
#include "natter-error.h"
#include "natter-random.h"
#include "wait.h"

typedef struct
{
  NatterLoopback *loopback;
  GUri           *uri;
  char           *host;
  GHashTable     *query;
  GError         *error;
  gboolean        done;
} Fixture;

static void
on_waited (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Fixture *fixture = data;

  fixture->query = natter_loopback_wait_finish (NATTER_LOOPBACK (source), result, &fixture->error);
  g_assert_true ((fixture->query == NULL) == (fixture->error != NULL));
  fixture->done = TRUE;
}

static void
start (Fixture       *fixture,
       const guint16 *ports,
       const char    *path,
       guint          limit_ms,
       GCancellable  *cancellable)
{
  g_autoptr(GError) error = NULL;

  fixture->loopback = natter_loopback_new (ports, path, &error);
  g_assert_no_error (error);
  fixture->uri = g_uri_parse (natter_loopback_get_uri (fixture->loopback), G_URI_FLAGS_NONE, NULL);
  fixture->host = g_strdup_printf ("%s:%d", g_uri_get_host (fixture->uri), g_uri_get_port (fixture->uri));
  natter_loopback_wait_async (fixture->loopback, limit_ms, cancellable, on_waited, fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  settle ();
  g_clear_pointer (&fixture->query, g_hash_table_unref);
  g_clear_pointer (&fixture->uri, g_uri_unref);
  g_clear_error (&fixture->error);
  g_free (fixture->host);
  g_assert_finalize_object (fixture->loopback);
}

static char *
ask (Fixture    *fixture,
     const char *method,
     const char *path,
     const char *host)
{
  return browser_ask (natter_loopback_get_uri (fixture->loopback), method, path, host);
}

static void
assert_refused (char *answer)
{
  g_autofree char *owned = answer;

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 404"));
  g_assert_nonnull (strstr (answer, "Cache-Control: no-store"));
  g_assert_null (strstr (answer, "close this window"));
}

static void
test_comes_back (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(Browser) browser = browser_new ();
  g_autofree char *uri = NULL;
  SoupMessageHeaders *headers;

  start (fixture, NULL, NULL, 30000, NULL);
  g_assert_cmpstr (g_uri_get_host (fixture->uri), ==, "127.0.0.1");
  /* A slash and 128 bits. */
  g_assert_cmpuint (strlen (g_uri_get_path (fixture->uri)), ==, 1 + 22);

  uri = g_strconcat (natter_loopback_get_uri (fixture->loopback), "?token=a%20b&x=", NULL);
  browser_open (browser, uri);
  wait_for (browser->done && fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (g_hash_table_lookup (fixture->query, "token"), ==, "a b");

  g_assert_cmpuint (browser->status, ==, 200);
  headers = soup_message_get_response_headers (browser->message);
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Cache-Control"), ==, "no-store");
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Referrer-Policy"), ==, "no-referrer");
  g_assert_true (g_str_has_prefix (soup_message_headers_get_one (headers, "Content-Security-Policy"), "default-src 'none'"));
  g_assert_nonnull (strstr (browser->body, "You can close this window"));
  g_assert_nonnull (strstr (browser->body, "history.replaceState"));
  g_assert_null (strstr (browser->body, "a b"));
}

static void
test_second_request (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(Browser) first = browser_new ();
  g_autofree char *again = NULL;

  start (fixture, NULL, NULL, 30000, NULL);
  browser_open (first, natter_loopback_get_uri (fixture->loopback));
  wait_for (first->done && fixture->done);
  g_assert_no_error (fixture->error);
  again = ask (fixture, "GET", g_uri_get_path (fixture->uri), fixture->host);
  g_assert_cmpstr (again, ==, "");
}

/* Nothing of this ends the waiting, or counts as the one request. */
static void
test_others (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(Browser) browser = browser_new ();
  const char *path;
  g_autofree char *longer = NULL;
  g_autofree char *no_port = NULL;
  g_autofree char *other_port = NULL;

  start (fixture, NULL, NULL, 30000, NULL);
  path = g_uri_get_path (fixture->uri);
  longer = g_strconcat (path, "/x", NULL);
  other_port = g_strdup ("127.0.0.1:1");
  assert_refused (ask (fixture, "GET", "/", fixture->host));
  assert_refused (ask (fixture, "GET", "/favicon.ico", fixture->host));
  assert_refused (ask (fixture, "GET", "/?token=stolen", fixture->host));
  assert_refused (ask (fixture, "GET", longer, fixture->host));
  assert_refused (ask (fixture, "POST", path, fixture->host));
  assert_refused (ask (fixture, "HEAD", path, fixture->host));
  assert_refused (ask (fixture, "GET", path, "evil.example"));
  assert_refused (ask (fixture, "GET", path, "127.0.0.1"));
  assert_refused (ask (fixture, "GET", path, other_port));
  assert_refused (ask (fixture, "GET", path, "localhost"));
  g_assert_false (fixture->done);

  browser_open (browser, natter_loopback_get_uri (fixture->loopback));
  wait_for (browser->done && fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (browser->status, ==, 200);
}

static void
test_time_out (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *late = NULL;

  start (fixture, NULL, NULL, 1, NULL);
  wait_for (fixture->done);
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_EXPIRED);
  late = ask (fixture, "GET", g_uri_get_path (fixture->uri), fixture->host);
  g_assert_cmpstr (late, ==, "");
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *late = NULL;

  start (fixture, NULL, NULL, 30000, cancellable);
  g_cancellable_cancel (cancellable);
  wait_for (fixture->done);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  late = ask (fixture, "GET", g_uri_get_path (fixture->uri), fixture->host);
  g_assert_cmpstr (late, ==, "");
}

/* Ports that are registered somewhere: the first one that is free. */
static void
test_ports (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(SoupServer) other = soup_server_new (NULL, NULL);
  guint16 ports[3] = { 0 };
  guint16 taken[2] = { 0 };
  g_autoptr(NatterLoopback) none = NULL;
  g_autoptr(GError) error = NULL;
  GSList *uris;

  /* One that is in use, and one that was free a moment ago. */
  soup_server_listen_local (other, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL);
  uris = soup_server_get_uris (other);
  ports[0] = taken[0] = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  none = natter_loopback_new (NULL, NULL, NULL);
  {
    g_autoptr(GUri) uri = g_uri_parse (natter_loopback_get_uri (none), G_URI_FLAGS_NONE, NULL);

    ports[1] = g_uri_get_port (uri);
  }
  g_clear_object (&none);

  start (fixture, ports, "/callback", 1, NULL);
  g_assert_cmpint (g_uri_get_port (fixture->uri), ==, ports[1]);
  g_assert_cmpstr (g_uri_get_path (fixture->uri), ==, "/callback");
  wait_for (fixture->done);

  none = natter_loopback_new (taken, "/callback", &error);
  g_assert_null (none);
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_BROWSER);
}

static void
test_random (void)
{
  g_autofree char *one = natter_random_text (16);
  g_autofree char *two = natter_random_text (16);
  g_autofree char *password = natter_random_password ();
  g_autofree char *other = natter_random_password ();

  g_assert_cmpuint (strlen (one), ==, 22);
  g_assert_cmpstr (one, !=, two);
  g_assert_cmpuint (strlen (password), ==, 20);
  g_assert_cmpstr (password, !=, other);
  g_assert_cmpuint (strcspn (password, "0O1lI+/-_= "), ==, 20);
}

#define add(path, function) g_test_add ("/loopback/" path, Fixture, NULL, NULL, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("comes-back", test_comes_back);
  add ("second-request", test_second_request);
  add ("others", test_others);
  add ("time-out", test_time_out);
  add ("cancelled", test_cancelled);
  add ("ports", test_ports);
  g_test_add_func ("/loopback/random", test_random);
  return g_test_run ();
}
