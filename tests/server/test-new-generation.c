/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What newer servers do differently */

#define G_LOG_DOMAIN "test-new-generation"

#include "plain-client.h"

typedef struct
{
  TestServer *server;
  PlainClient *cleo;
  PlainClient *dmitri;
  JsonObject *handshake;   /* its "val" */
} Fixture;

static PlainClient *
connect_as (TestServer *server,
            const char *name)
{
  PlainClient *client = plain_client_new (server);
  g_autoptr(JsonObject) ready = plain_client_sign_in (client, name);

  g_assert_nonnull (ready);
  return client;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  TestServerOptions options = { .generation = TEST_SERVER_GENERATION_NEW, .messages = 30 };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) handshake = NULL;

  fixture->server = test_server_new (&options);
  test_server_start (fixture->server, &error);
  g_assert_no_error (error);
  fixture->cleo = connect_as (fixture->server, "cleo");
  fixture->dmitri = connect_as (fixture->server, "dmitri");
  handshake = plain_client_next (fixture->cleo, "handshake");
  fixture->handshake = json_object_ref (ts_get_object (handshake, "val"));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  json_object_unref (fixture->handshake);
  plain_client_free (fixture->cleo);
  plain_client_free (fixture->dmitri);
  test_server_free (fixture->server);
}

static void
test_handshake (Fixture       *fixture,
                gconstpointer  user_data)
{
  JsonArray *capabilities = ts_get_array (fixture->handshake, "capabilities");
  g_autofree char *prefix = g_strconcat ("originChats-", test_server_get_url (fixture->server), "-", NULL);

  g_assert_true (g_str_has_prefix (ts_get_string (fixture->handshake, "validator_key"), prefix));
  g_assert_true (ts_is_number (ts_get (fixture->handshake, "server_time")));
  g_assert_nonnull (ts_get_string (fixture->handshake, "signing_url"));
  g_assert_true (ts_array_has (capabilities, "emoji_list"));
  g_assert_true (ts_array_has (capabilities, "reaction_add"));
  g_assert_true (ts_array_has (capabilities, "register"));
  g_assert_false (ts_array_has (capabilities, "emoji_get_all"));
}

static void
test_auth_listener (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr(PlainClient) client = plain_client_new (fixture->server);
  g_autoptr(JsonObject) refused = plain_client_ask (client, "login", ", \"username\": \"esme\", \"password\": \"no\"");
  g_autoptr(JsonObject) admitted = plain_client_ask (client, "login",
                                                     ", \"username\": \"esme\", \"password\": \"esme-pass\"");

  g_assert_cmpstr (ts_get_string (refused, "cmd"), ==, "auth_error");
  g_assert_cmpstr (ts_get_string (admitted, "cmd"), ==, "auth_success");
}

static void
test_paging_by_id (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr(JsonObject) newest = plain_client_ask (fixture->cleo, "messages_get",
                                                   ", \"channel\": \"archive\", \"limit\": 20, \"start\": 0");
  JsonArray *page = ts_get_array (newest, "val");
  const char *oldest = ts_get_string (json_array_get_object_element (page, 0), "id");
  g_autofree char *members = g_strdup_printf (", \"channel\": \"archive\", \"limit\": 20, \"start\": \"%s\"", oldest);
  g_autoptr(JsonObject) older = plain_client_ask (fixture->cleo, "messages_get", members);

  g_assert_cmpuint (json_array_get_length (page), ==, 20);
  g_assert_false (ts_get_bool (newest, "at_start", TRUE));
  g_assert_cmpuint (json_array_get_length (ts_get_array (older, "val")), ==, 10);
  g_assert_true (ts_get_bool (older, "at_start", FALSE));
}

static void
test_reactions (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autofree char *id = test_server_post (fixture->server, "USR:local_dmitri", "general", "react!");
  g_autofree char *members = g_strdup_printf (", \"channel\": \"general\", \"id\": \"%s\", \"emoji\": \"👍\"", id);
  g_autoptr(JsonObject) added = plain_client_ask (fixture->cleo, "reaction_add", members);
  g_autoptr(JsonObject) seen = plain_client_next (fixture->dmitri, "reaction_add");
  g_autoptr(JsonObject) removed = plain_client_ask (fixture->cleo, "message_react_remove", members);

  g_assert_cmpstr (ts_get_string (added, "cmd"), ==, "reaction_add");
  g_assert_cmpstr (ts_get_string (seen, "from"), ==, "USR:local_cleo");
  g_assert_cmpstr (ts_get_string (removed, "cmd"), ==, "message_react_remove");
}

static void
test_pin_state (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr(PlainClient) wren = connect_as (fixture->server, "wren");
  g_autofree char *id = test_server_post (fixture->server, "USR:local_dmitri", "general", "pin me");
  g_autofree char *members = g_strdup_printf (", \"channel\": \"general\", \"id\": \"%s\"", id);
  g_autoptr(JsonObject) pinned = plain_client_ask (wren, "message_pin", members);
  g_autoptr(JsonObject) unpinned = plain_client_ask (wren, "message_unpin", members);

  g_assert_true (ts_get_bool (pinned, "pinned", FALSE));
  g_assert_false (ts_get_bool (unpinned, "pinned", TRUE));
}

static void
test_typing_duration (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr(JsonObject) sent = plain_client_ask (fixture->cleo, "typing",
                                                 ", \"channel\": \"general\", \"duration\": 6000");
  g_autoptr(JsonObject) seen = plain_client_next (fixture->dmitri, "typing");

  g_assert_nonnull (sent);
  g_assert_cmpint (ts_get_int (seen, "duration", 0), ==, 6000);
}

static void
test_mentions (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr(JsonObject) roles = plain_client_ask (fixture->cleo, "roles_list", NULL);
  const char *role = ts_get_string (ts_get_object (ts_get_object (roles, "roles"), "moderator"), "id");
  g_autofree char *members = g_strdup_printf (", \"channel\": \"general\", \"content\": \"@&%s @USR:local_dmitri\"", role);
  g_autoptr(JsonObject) sent = plain_client_ask (fixture->cleo, "message_new", members);
  g_autoptr(JsonObject) unreads = plain_client_ask (fixture->dmitri, "unreads_get", NULL);
  JsonObject *pings = ts_get_object (ts_get_object (sent, "message"), "pings");

  g_assert_true (ts_array_has (ts_get_array (pings, "roles"), role));
  g_assert_cmpint (ts_get_int (ts_get_object (ts_get_object (unreads, "unreads"), "general"), "ping_count", 0), ==, 1);
}

static void
test_direct_message (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr(JsonObject) made = plain_client_ask (fixture->cleo, "channel_create", ", \"user\": \"USR:local_dmitri\"");
  g_autoptr(JsonObject) told = plain_client_next (fixture->dmitri, "channel_create");
  JsonObject *channel = ts_get_object (made, "channel");
  const char *name = ts_get_string (channel, "name");
  g_autofree char *members = g_strdup_printf (", \"channel\": \"%s\", \"content\": \"psst\"", name);
  g_autoptr(JsonObject) sent = plain_client_ask (fixture->cleo, "message_new", members);
  g_autoptr(JsonObject) seen = plain_client_next (fixture->dmitri, "message_new");
  g_autoptr(PlainClient) esme = connect_as (fixture->server, "esme");
  g_autofree char *where = g_strdup_printf (", \"channel\": \"%s\"", name);
  g_autoptr(JsonObject) hidden = plain_client_ask (esme, "messages_get", where);

  g_assert_nonnull (told);
  g_assert_cmpstr (ts_get_string (channel, "type"), ==, "chat");
  g_assert_cmpstr (ts_get_string (sent, "cmd"), ==, "message_new");
  g_assert_cmpstr (ts_get_string (seen, "channel"), ==, name);
  g_assert_cmpstr (ts_get_string (hidden, "cmd"), ==, "error");
}

static void
test_group (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr(JsonObject) made = plain_client_ask (fixture->cleo, "channel_create", ", \"type\": \"group\", \"name\": \"team\","
                                                 " \"members\": [\"USR:local_dmitri\"]");
  const char *name = ts_get_string (ts_get_object (made, "channel"), "name");
  g_autofree char *rename = g_strdup_printf (", \"channel\": \"%s\", \"updates\": {\"name\": \"crew\"}", name);
  g_autoptr(JsonObject) renamed = plain_client_ask (fixture->cleo, "channel_update", rename);
  g_autofree char *leave = g_strdup_printf (", \"channel\": \"%s\"", name);
  g_autoptr(JsonObject) left = plain_client_ask (fixture->dmitri, "user_leave", leave);
  g_autoptr(JsonObject) gone = plain_client_ask (fixture->dmitri, "messages_get", leave);
  g_autoptr(JsonObject) still = plain_client_ask (fixture->dmitri, "channels_get", NULL);

  g_assert_cmpstr (ts_get_string (ts_get_object (renamed, "channel"), "display_name"), ==, "crew");
  g_assert_true (ts_get_bool (left, "left", FALSE));
  g_assert_cmpstr (ts_get_string (gone, "cmd"), ==, "error");
  g_assert_nonnull (ts_get_array (still, "val"));
}

static void
test_channel_events (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr(PlainClient) wren = connect_as (fixture->server, "wren");
  g_autoptr(JsonObject) made = plain_client_ask (wren, "channel_create", ", \"name\": \"fresh\", \"type\": \"text\","
                                                 " \"permissions\": {\"view\": [\"user\"]}");
  g_autoptr(JsonObject) told = plain_client_next (fixture->cleo, "channel_create");
  g_autoptr(JsonObject) removed = plain_client_ask (wren, "channel_delete", ", \"channel\": \"fresh\"");
  g_autoptr(JsonObject) told_again = plain_client_next (fixture->cleo, "channel_delete");

  g_assert_nonnull (made);
  g_assert_nonnull (removed);
  g_assert_cmpstr (ts_get_string (ts_get_object (told, "channel"), "name"), ==, "fresh");
  g_assert_cmpstr (ts_get_string (told_again, "channel"), ==, "fresh");
}

static void
test_threads (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr(JsonObject) first = plain_client_ask (fixture->cleo, "thread_create",
                                                  ", \"channel\": \"help-desk\", \"name\": \"one\"");
  g_autoptr(JsonObject) second = plain_client_ask (fixture->cleo, "thread_create",
                                                   ", \"channel\": \"help-desk\", \"name\": \"two\"");
  g_autoptr(JsonObject) list = plain_client_ask (fixture->dmitri, "threads_get",
                                                 ", \"channel\": \"help-desk\", \"limit\": 1");
  JsonArray *threads = ts_get_array (list, "threads");

  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_cmpuint (json_array_get_length (threads), ==, 1);
  g_assert_cmpstr (ts_get_string (json_array_get_object_element (threads, 0), "name"), ==, "two");
}

static void
test_upload (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr(PlainClient) client = plain_client_new (fixture->server);
  g_autoptr(JsonObject) handshake = plain_client_next (client, "handshake");
  const char *key = ts_get_string (ts_get_object (handshake, "val"), "validator_key");
  g_autofree char *escaped = g_uri_escape_string (key, NULL, FALSE);
  g_autofree char *make = g_strdup_printf ("%s/v2/validators?key=%s", test_server_get_rotur_url (fixture->server),
                                           escaped);
  guint status;
  g_autoptr(JsonNode) made = plain_http ("POST", make, "tok-mika", NULL, NULL, &status, NULL);
  const char *validator = ts_get_string (json_node_get_object (made), "validator");
  g_autofree char *auth = g_strdup_printf (", \"validator\": \"%s\"", validator);
  g_autoptr(JsonObject) admitted = plain_client_ask (client, "auth", auth);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/attachments/upload", test_server_get_port (fixture->server));
  g_autoptr(GString) body = g_string_new (NULL);
  g_autoptr(JsonNode) uploaded = NULL;
  g_autoptr(JsonNode) old_form = NULL;
  const char *parts[][2] = { { "validator_key", key }, { "validator", validator }, { "name", "a.txt" },
                             { "mime_type", "text/plain" }, { "channel", "general" } };

  g_assert_cmpstr (ts_get_string (admitted, "cmd"), ==, "auth_success");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (body, "--cut\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", parts[i][0],
                            parts[i][1]);
  g_string_append (body, "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                   "Content-Type: text/plain\r\n\r\nwords\r\n--cut--\r\n");

  uploaded = plain_http ("POST", url, NULL, "multipart/form-data; boundary=\"cut\"", body->str, &status, NULL);
  g_assert_cmpuint (status, ==, SOUP_STATUS_CREATED);
  g_assert_cmpint (ts_get_int (ts_get_object (json_node_get_object (uploaded), "attachment"), "size", 0), ==, 5);
  old_form = plain_http ("POST", url, NULL, "application/json", "{}", &status, NULL);
  g_assert_cmpuint (status, ==, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/new/handshake", test_handshake);
  ADD ("/new/auth-listener", test_auth_listener);
  ADD ("/new/paging-by-id", test_paging_by_id);
  ADD ("/new/reactions", test_reactions);
  ADD ("/new/pin-state", test_pin_state);
  ADD ("/new/typing-duration", test_typing_duration);
  ADD ("/new/mentions", test_mentions);
  ADD ("/new/direct-message", test_direct_message);
  ADD ("/new/group", test_group);
  ADD ("/new/channel-events", test_channel_events);
  ADD ("/new/threads", test_threads);
  ADD ("/new/upload", test_upload);

  return g_test_run ();
}
