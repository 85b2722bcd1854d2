/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The public list of servers: what is taken of it, and the numbers that servers tell of themselves. */
#include <glib/gstdio.h>
#include <string.h>

#include "natter-discovered-server.h"
#include "natter-test-server.h"
#include "wait.h"

static void
test_parse (void)
{
  const char *text =
    "[{\"url\":\"chats.example.org\",\"name\":\" Lantern\\nStreet \",\"owner\":\"wren\",\"icon\":\"/icon.png\","
    "\"description\":\"A street\",\"tags\":[\"cosy\",\"tea\"],\"created_at\":1}, 7, null, {}, {\"url\":5},"
    "{\"url\":\"no address\"}, {\"url\":\"javascript:alert(1)\",\"name\":\"x\"},"
    "{\"url\":\"third.example.org\",\"icon\":\"https://elsewhere.example.org/i.png\"},"
    "{\"url\":\"CHATS.example.org\",\"name\":\"again\"},"
    "{\"url\":\"other.example.org\",\"name\":[],\"icon\":\"javascript:x\",\"tags\":\"cosy\"}]";
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) servers = natter_discovery_parse (text, strlen (text), &error);
  const NatterDiscoveryData *first, *second;

  g_assert_no_error (error);
  g_assert_cmpuint (servers->len, ==, 3);
  first = servers->pdata[0];
  g_assert_cmpstr (natter_address_get_text (first->address), ==, "chats.example.org");
  g_assert_cmpstr (first->name, ==, "Lantern Street");
  g_assert_cmpstr (first->owner, ==, "wren");
  g_assert_cmpstr (first->icon, ==, "https://chats.example.org/icon.png");
  g_assert_cmpstr (first->description, ==, "A street");
  g_assert_cmpstrv (first->tags, ((const char *[]) { "cosy", "tea", NULL }));
  /* Who looks at the list is no business of a third site. */
  g_assert_null (((NatterDiscoveryData *) servers->pdata[1])->icon);
  second = servers->pdata[2];
  g_assert_cmpstr (second->name, ==, "other.example.org");
  g_assert_null (second->icon);
  g_assert_null (second->owner);
  g_assert_cmpuint (g_strv_length (second->tags), ==, 0);
}

static void
test_parse_bad (void)
{
  static const char * const texts[] = { "", "7", "{}", "[", "null", "<html>", "\"list\"", "[]}, {\"x\":[" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) servers = natter_discovery_parse (texts[i], strlen (texts[i]), &error);

      g_test_message ("%s", texts[i]);
      g_assert_null (servers);
      g_assert_error (error, NATTER_ERROR, NATTER_ERROR_PROTOCOL);
    }
}

static void
test_long (void)
{
  g_autofree char *name = g_strnfill (100000, 'a');
  g_autofree char *text = g_strdup_printf ("[{\"url\":\"chats.example.org\",\"name\":\"%s\"}]", name);
  g_autoptr(GPtrArray) servers = natter_discovery_parse (text, strlen (text), NULL);

  g_assert_cmpuint (servers->len, ==, 1);
  g_assert_cmpuint (strlen (((NatterDiscoveryData *) servers->pdata[0])->name), <, 1000);
}

static void
test_matches (void)
{
  const char *text = "[{\"url\":\"chats.example.org\",\"name\":\"Éclair\",\"description\":\"Cakes and tea\",\"tags\":[\"Food\"]}]";
  g_autoptr(GPtrArray) servers = natter_discovery_parse (text, strlen (text), NULL);
  g_autoptr(NatterDiscoveredServer) server = NULL;

  g_ptr_array_set_free_func (servers, NULL);
  server = natter_discovered_server_new (servers->pdata[0]);
  g_assert_true (natter_discovered_server_matches (server, "", NULL));
  g_assert_true (natter_discovered_server_matches (server, "TEA cakes", NULL));
  g_assert_true (natter_discovered_server_matches (server, "éclair", "food"));
  g_assert_true (natter_discovered_server_matches (server, "example.org", NULL));
  g_assert_false (natter_discovered_server_matches (server, "tea coffee", NULL));
  g_assert_false (natter_discovered_server_matches (server, "tea", "drinks"));
}

typedef struct
{
  GPtrArray *servers;
  GError    *error;
  gboolean   done;
} Answer;

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Answer *answer = data;

  answer->servers = natter_discovery_load_finish (result, &answer->error);
  answer->done = TRUE;
}

static TestServer *
start (const char *list,
       char      **uri)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *seed = g_strdup_printf ("{\"rotur\":{\"discovery\":%s}}", list);
  TestServerOptions options = { 0 };
  TestServer *server;
  int file = g_file_open_tmp ("natter-test-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (file, NULL);
  g_file_set_contents (path, seed, -1, &error);
  g_assert_no_error (error);
  options.seed_file = path;
  server = test_server_new (&options);
  test_server_start (server, &error);
  g_assert_no_error (error);
  g_remove (path);
  *uri = g_strconcat (test_server_get_rotur_url (server), "/discovery.json", NULL);
  return server;
}

static void
test_load (void)
{
  g_autofree char *uri = NULL;
  g_autofree char *wrong = NULL;
  TestServer *server = start ("[{\"url\":\"chats.example.org\",\"name\":\"One\"}]", &uri);
  Answer answer = { 0 };

  natter_discovery_load_async (uri, NULL, on_loaded, &answer);
  wait_for (answer.done);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.servers->len, ==, 1);
  g_clear_pointer (&answer.servers, g_ptr_array_unref);

  wrong = g_strconcat (uri, ".gone", NULL);
  answer.done = FALSE;
  natter_discovery_load_async (wrong, NULL, on_loaded, &answer);
  wait_for (answer.done);
  g_assert_null (answer.servers);
  g_assert_error (answer.error, NATTER_ERROR, NATTER_ERROR_UNREACHABLE);
  g_clear_error (&answer.error);
  test_server_free (server);
}

/* Not encrypted, or no web address. */
static void
test_load_refused (void)
{
  static const char * const uris[] = { "http://chats.example.org/discovery.json", "file:///etc/passwd", "nothing", "" };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      Answer answer = { 0 };

      natter_discovery_load_async (uris[i], NULL, on_loaded, &answer);
      wait_for (answer.done);
      g_assert_error (answer.error, NATTER_ERROR, NATTER_ERROR_ADDRESS);
      g_clear_error (&answer.error);
    }
}

static void
test_numbers (void)
{
  g_autofree char *uri = NULL;
  TestServer *test_server = start ("[]", &uri);
  g_autofree char *text =
    g_strdup_printf ("[{\"url\":\"127.0.0.1:%u\",\"name\":\"One\"}]", test_server_get_port (test_server));
  g_autoptr(GPtrArray) servers = natter_discovery_parse (text, strlen (text), NULL);
  g_autoptr(NatterDiscoveredServer) server = NULL;

  g_ptr_array_set_free_func (servers, NULL);
  server = natter_discovered_server_new (servers->pdata[0]);
  g_assert_cmpint (natter_discovered_server_get_users (server), ==, -1);
  natter_discovered_server_ask (server);
  wait_for (natter_discovered_server_get_users (server) >= 0);
  g_assert_cmpint (natter_discovered_server_get_online (server), ==, 0);
  test_server_free (test_server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/discovery/parse", test_parse);
  g_test_add_func ("/discovery/parse-bad", test_parse_bad);
  g_test_add_func ("/discovery/long", test_long);
  g_test_add_func ("/discovery/matches", test_matches);
  g_test_add_func ("/discovery/load", test_load);
  g_test_add_func ("/discovery/load-refused", test_load_refused);
  g_test_add_func ("/discovery/numbers", test_numbers);

  return g_test_run ();
}
