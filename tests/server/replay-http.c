/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "replay-player"

#include "replay-private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

typedef struct
{
  ReplayParty *party;
  SoupMessage *message;
} Asked;

/* What an answer shows that is worth comparing; pictures are drawn here, so their bytes are not */
static JsonNode *
describe_answer (SoupMessage *message,
                 GBytes      *body)
{
  static const char *const names[] = { "Content-Type", "Cache-Control", "Access-Control-Allow-Origin", "Location",
                                       "Accept-Ranges" };
  JsonObject *headers = json_object_new ();
  JsonNode *parsed = NULL;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  const char *type;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = soup_message_headers_get_one (soup_message_get_response_headers (message), names[i]);

      if (value != NULL)
        ts_set (headers, names[i], ts_string (value));
    }

  type = ts_get_string (headers, "Content-Type");
  if (length == 0)
    parsed = ts_string ("");
  else if (type != NULL && g_str_has_prefix (type, "application/json"))
    parsed = ts_json_parse (data, length, NULL);
  else if (type != NULL && g_str_has_prefix (type, "text/"))
    {
      g_autofree char *text = g_strndup (data, length);

      parsed = ts_string (text);
    }
  if (parsed == NULL)
    parsed = ts_of_object (ts_object ("bytes", ts_int (length), NULL));

  return ts_of_object (ts_object ("status", ts_int (soup_message_get_status (message)),
                                  "headers", ts_of_object (headers),
                                  "body", parsed,
                                  NULL));
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Asked *asked = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  if (body != NULL)
    g_queue_push_tail (&asked->party->received, describe_answer (asked->message, body));
  else
    g_queue_push_tail (&asked->party->received, ts_string (error->message));

  g_object_unref (asked->message);
  g_free (asked);
}

/* Long files were cut when recording; a note before tells how long */
static void
restore_file (ReplayPlayer *self,
              JsonObject   *body)
{
  const char *file = ts_get_string (body, "file");
  const char *number = self->note != NULL ? strstr (self->note, "a file of ") : NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (file == NULL || strstr (file, " characters)") == NULL)
    return;

  length = number != NULL ? g_ascii_strtoull (number + strlen ("a file of "), NULL, 10) : 1000;
  bytes = g_strnfill (length, 'z');
  text = g_base64_encode ((const guchar *) bytes, length);
  ts_set (body, "file", ts_string (text));
}

/* Who the recorded people of Rotur are */
static const struct
{
  const char *id;
  const char *token;
} accounts[] = {
  { "6f1c0f5e-7a6b-4c55-9d0e-0d6a1c9e0001", "tok-juno" },
  { "6f1c0f5e-7a6b-4c55-9d0e-0d6a1c9e0002", "tok-pavel" },
  { "6f1c0f5e-7a6b-4c55-9d0e-0d6a1c9e0003", "tok-mika" },
};

static void
got_validator_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  JsonNode **answer = user_data;

  *answer = body != NULL ? ts_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL) : NULL;
  if (*answer == NULL)
    *answer = ts_null ();
}

/* Some validators were made without being recorded: their hash is unknown, and one is made here */
char *
replay_http_renew_validator (ReplayPlayer *self,
                             const char   *recorded,
                             const char   *key)
{
  g_auto(GStrv) parts = g_strsplit (recorded != NULL ? recorded : "", ",", 2);
  const char *token = NULL;
  g_autofree char *url = NULL;
  g_autoptr(SoupMessage) message = NULL;
  g_autoptr(JsonNode) answer = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      if (g_strcmp0 (parts[0], accounts[i].id) == 0)
        token = accounts[i].token;
    }
  if (token == NULL || key == NULL || parts[1] == NULL || replay_match_knows (self->match, parts[1]))
    return g_strdup (recorded);

  url = g_strdup_printf ("http://%s/generate_validator?auth=%s&key=%s", self->rotur, token, key);
  message = soup_message_new ("GET", url);
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, got_validator_cb, &answer);
  while (answer == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_strdup (ts_get_string (json_node_get_object (answer), "validator"));
}

void
replay_http_send (ReplayPlayer *self,
                  ReplayParty  *party,
                  JsonObject   *request)
{
  const char *host = ts_get_string (request, "host");
  g_autofree char *url = g_strdup_printf ("http://%s%s", host, ts_get_string (request, "path"));
  g_autoptr(SoupMessage) message = soup_message_new (ts_get_string (request, "method"), url);
  JsonObject *headers = ts_get_object (request, "headers");
  JsonNode *body = ts_get (request, "body");
  Asked *asked = g_new0 (Asked, 1);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  json_object_iter_init_ordered (&iter, headers);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    soup_message_headers_replace (soup_message_get_request_headers (message), name, json_node_get_string (node));

  if (body != NULL && !JSON_NODE_HOLDS_NULL (body))
    {
      g_autofree char *text = NULL;
      g_autoptr(GBytes) bytes = NULL;

      if (JSON_NODE_HOLDS_OBJECT (body))
        {
          JsonObject *object = json_node_get_object (body);
          g_autofree char *validator = replay_http_renew_validator (self, ts_get_string (object, "validator"),
                                                        ts_get_string (object, "validator_key"));

          if (validator != NULL)
            ts_set (object, "validator", ts_string (validator));
          restore_file (self, object);
        }
      text = ts_is_string (body) ? g_strdup (json_node_get_string (body)) : ts_json_write (body);
      bytes = g_bytes_new (text, strlen (text));
      soup_message_set_request_body_from_bytes (message, ts_get_string (headers, "Content-Type"), bytes);
    }

  asked->party = party;
  asked->message = g_object_ref (message);
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, answered_cb, asked);
}

/* Only what describe_answer() gives is compared */
void
replay_http_expect (ReplayPlayer *self,
                    ReplayParty  *party,
                    JsonObject   *recorded)
{
  static const char *const ignored[] = { "Content-Length", "ETag", "Last-Modified", "Content-Range" };
  g_autoptr(JsonNode) wanted = ts_of_object (ts_clone_object (recorded));
  JsonObject *headers = ts_get_object (json_node_get_object (wanted), "headers");
  JsonObject *body = ts_get_object (json_node_get_object (wanted), "body");
  g_autoptr(JsonNode) actual = NULL;

  json_object_remove_member (json_node_get_object (wanted), "http");
  for (guint i = 0; i < G_N_ELEMENTS (ignored); i++)
    json_object_remove_member (headers, ignored[i]);
  if (body != NULL)
    json_object_remove_member (body, "base64");

  if (!replay_party_wait_for_more (party, 0))
    {
      replay_player_complain (self, party->name, "missing: an answer to an HTTP request");
      return;
    }
  actual = g_queue_pop_head (&party->received);
  replay_player_compare (self, party, "http", wanted, actual);
}

/* Without libsoup: what the upgrade itself answers */
static char *
ask_raw (ReplayPlayer *self,
         const char   *text)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  GString *answer = g_string_new (NULL);
  gint64 end = g_get_monotonic_time () + REPLAY_PATIENCE_MS * 1000;
  GSocket *socket;

  connection = g_socket_client_connect_to_host (client, self->chat, 0, NULL, NULL);
  g_assert_nonnull (connection);
  socket = g_socket_connection_get_socket (connection);
  g_socket_send (socket, text, strlen (text), NULL, NULL);
  g_socket_set_blocking (socket, FALSE);

  while (strstr (answer->str, "\r\n\r\n") == NULL && g_get_monotonic_time () < end)
    {
      char buffer[4096];
      gssize n;

      g_main_context_iteration (NULL, FALSE);
      n = g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL);
      if (n == 0)
        break;
      if (n > 0)
        g_string_append_len (answer, buffer, strnlen (buffer, n));
    }

  return g_string_free_and_steal (answer);
}

static void
compare_upgrades (ReplayPlayer *self,
                  ReplayParty  *party,
                  const char   *recorded,
                  const char   *actual)
{
  g_auto(GStrv) recorded_lines = g_strsplit (recorded, "\r\n", -1);
  g_auto(GStrv) actual_lines = g_strsplit (actual, "\r\n", -1);

  if (g_strcmp0 (recorded_lines[0], actual_lines[0]) != 0)
    {
      g_autofree char *difference = g_strdup_printf ("upgrade: recorded “%s”, got “%s”", recorded_lines[0],
                                                     actual_lines[0]);

      replay_player_complain (self, party->name, difference);
    }
  if ((strstr (recorded, "permessage-deflate") != NULL) != (strstr (actual, "permessage-deflate") != NULL))
    replay_player_complain (self, party->name, "upgrade: recorded another use of permessage-deflate");
}

void
replay_http_play_raw (ReplayPlayer *self,
                      ReplayParty  *party,
                      JsonObject   *packet)
{
  const char *text = ts_get_string (packet, "text");

  if (g_strcmp0 (ts_get_string (packet, "http"), "request") == 0)
    {
      g_autofree char *answer = ask_raw (self, text);

      g_queue_push_tail (&party->received, ts_string (answer));
    }
  else
    {
      g_autoptr(JsonNode) actual = g_queue_pop_head (&party->received);

      compare_upgrades (self, party, text, json_node_get_string (actual));
    }
}
