/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "replay-player"

#include "replay-player.h"

#include "replay-match.h"

#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* How long something that must come may take, and how long nothing may come to be sure that nothing will */
#define PATIENCE_MS 1500
#define QUIET_MS 30
#define RECORDED_CHAT "127.0.0.1:5640"
#define RECORDED_ROTUR "127.0.0.1:5751"

/* One person's socket, or one party that speaks HTTP */
typedef struct
{
  char *name;
  SoupWebsocketConnection *websocket;
  GQueue received;      /* JsonNode */
  char *key;            /* the validator key that our server gave */
  JsonNode *overtaken;  /* unowned: what was complained of already, for coming too early */
  gboolean closing;     /* we began it */
  gboolean closed;
  gushort code;
} Party;

struct _ReplayPlayer
{
  TestServer *server;
  SoupSession *session;
  ReplayMatch *match;
  GHashTable *parties;
  char *chat;           /* "127.0.0.1:PORT" */
  char *rotur;

  /* while playing */
  const char *file;
  guint line;
  gboolean server_dies;
  gboolean server_dead;
  GPtrArray *differences;
  char *note;
  Party *guest;         /* connected during the recording, and not recorded */
  guint guest_until;
};

static void
party_free (Party *party)
{
  g_free (party->name);
  g_free (party->key);
  if (party->websocket != NULL)
    g_signal_handlers_disconnect_by_data (party->websocket, party);
  g_clear_object (&party->websocket);
  g_queue_clear_full (&party->received, (GDestroyNotify) json_node_unref);
  g_free (party);
}

static char *
authority_of (const char *url)
{
  return g_strdup (strstr (url, "://") + strlen ("://"));
}

ReplayPlayer *
replay_player_new (TestServer *server)
{
  ReplayPlayer *self = g_new0 (ReplayPlayer, 1);

  self->server = server;
  self->session = soup_session_new ();
  self->match = replay_match_new ();
  self->parties = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) party_free);
  self->chat = authority_of (test_server_get_url (server));
  self->rotur = authority_of (test_server_get_rotur_url (server));
  return self;
}

void
replay_player_free (ReplayPlayer *self)
{
  g_hash_table_unref (self->parties);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  replay_match_free (self->match);
  g_free (self->chat);
  g_free (self->rotur);
  g_free (self->note);
  g_clear_pointer (&self->guest, party_free);
  g_free (self);
}

static Party *
get_party (ReplayPlayer *self,
           const char   *name)
{
  Party *party = g_hash_table_lookup (self->parties, name);

  if (party == NULL)
    {
      party = g_new0 (Party, 1);
      party->name = g_strdup (name);
      g_queue_init (&party->received);
      g_hash_table_insert (self->parties, party->name, party);
    }

  return party;
}

static void
complain (ReplayPlayer *self,
          const char   *party,
          const char   *text)
{
  g_ptr_array_add (self->differences, g_strdup_printf ("%s:%u %s %s", self->file, self->line, party, text));
}

static void
control (ReplayPlayer *self,
         const char   *format,
         ...) G_GNUC_PRINTF (2, 3);

static void
control (ReplayPlayer *self,
         const char   *format,
         ...)
{
  g_autofree char *command = NULL;
  g_autofree char *answer = NULL;
  g_autoptr(GError) error = NULL;
  va_list args;

  va_start (args, format);
  command = g_strdup_vprintf (format, args);
  va_end (args);

  answer = test_server_control (self->server, command, &error);
  g_assert_no_error (error);
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until @party has something, more than @known, or is closed */
static gboolean
wait_for_more (Party *party,
               guint  known)
{
  gboolean late = FALSE;
  guint source = g_timeout_add (PATIENCE_MS, wake_cb, &late);

  while (!late && party->received.length <= known && !party->closed)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (source);

  return party->received.length > known;
}

static void
wait_for_close (Party *party)
{
  gboolean late = FALSE;
  guint source = g_timeout_add (PATIENCE_MS, wake_cb, &late);

  while (!late && !party->closed)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (source);
}

/* Lets everything come that is still under way */
static void
settle (void)
{
  gboolean late = FALSE;

  g_timeout_add (QUIET_MS, wake_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
}

static void
message_cb (SoupWebsocketConnection *websocket,
            gint                     type,
            GBytes                  *frame,
            Party                   *party)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = ts_json_parse (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), &error);

  g_assert_no_error (error);
  g_queue_push_tail (&party->received, node);
}

static void
closed_cb (SoupWebsocketConnection *websocket,
           Party                   *party)
{
  party->closed = TRUE;
  party->code = soup_websocket_connection_get_close_code (websocket);
}

typedef struct
{
  SoupWebsocketConnection *websocket;
  gboolean done;
} Connecting;

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Connecting *connecting = user_data;

  connecting->websocket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, NULL);
  connecting->done = TRUE;
}

static gboolean
connect_party (ReplayPlayer *self,
               Party        *party)
{
  g_autofree char *url = g_strdup_printf ("ws://%s/", self->chat);
  g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
  Connecting connecting = { NULL, FALSE };

  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        connected_cb, &connecting);
  while (!connecting.done)
    g_main_context_iteration (NULL, TRUE);

  if (party->websocket != NULL)
    g_signal_handlers_disconnect_by_data (party->websocket, party);
  g_clear_object (&party->websocket);
  g_queue_clear_full (&party->received, (GDestroyNotify) json_node_unref);
  party->closed = connecting.websocket == NULL;
  party->closing = FALSE;
  party->websocket = connecting.websocket;
  if (party->websocket == NULL)
    return FALSE;

  soup_websocket_connection_set_max_incoming_payload_size (party->websocket, 0);
  g_signal_connect (party->websocket, "message", G_CALLBACK (message_cb), party);
  g_signal_connect (party->websocket, "closed", G_CALLBACK (closed_cb), party);
  return TRUE;
}

/* Packets that came and were not recorded */
static void
report_leftovers (ReplayPlayer *self,
                  Party        *party)
{
  JsonNode *node;

  while ((node = g_queue_pop_head (&party->received)) != NULL)
    {
      g_autofree char *text = ts_json_write (node);
      g_autofree char *short_text = g_strdup_printf ("unrecorded: %.200s", text);

      complain (self, party->name, short_text);
      json_node_unref (node);
    }
}

static void
close_party (ReplayPlayer *self,
             Party        *party,
             gushort       code)
{
  settle ();
  report_leftovers (self, party);
  party->closing = TRUE;
  if (party->websocket != NULL
      && soup_websocket_connection_get_state (party->websocket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (party->websocket, code, NULL);
}

/* As a program that is killed */
static void
abort_party (ReplayPlayer *self,
             Party        *party)
{
  settle ();
  report_leftovers (self, party);
  if (party->websocket != NULL)
    g_io_stream_close_async (soup_websocket_connection_get_io_stream (party->websocket), G_PRIORITY_DEFAULT,
                             NULL, NULL, NULL);
}

/* The recorded cmd and listener say which of the waiting packets is meant */
static JsonNode *
take_like (ReplayPlayer *self,
           Party        *party,
           JsonObject   *recorded)
{
  const char *cmd = ts_get_string (recorded, "cmd");
  const char *listener = ts_get_string (recorded, "listener");

  for (GList *l = party->received.head; l != NULL; l = l->next)
    {
      JsonNode *node = l->data;
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (object == NULL || g_strcmp0 (ts_get_string (object, "cmd"), cmd) != 0
          || g_strcmp0 (ts_get_string (object, "listener"), listener) != 0)
        continue;

      if (l != party->received.head && party->received.head->data != party->overtaken)
        {
          g_autofree char *text = ts_json_write (party->received.head->data);
          g_autofree char *short_text = g_strdup_printf ("%s came after %.160s", cmd, text);

          complain (self, party->name, short_text);
          party->overtaken = party->received.head->data;
        }
      g_queue_delete_link (&party->received, l);
      return node;
    }

  return NULL;
}

static void
compare (ReplayPlayer *self,
         Party        *party,
         const char   *what,
         JsonNode     *recorded,
         JsonNode     *actual)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  replay_match_compare (self->match, what, recorded, actual, found);
  for (guint i = 0; i < found->len; i++)
    complain (self, party->name, g_ptr_array_index (found, i));
}

static void
expect_packet (ReplayPlayer *self,
               Party        *party,
               JsonNode     *recorded)
{
  JsonObject *object = json_node_get_object (recorded);
  const char *cmd = ts_get_string (object, "cmd");
  g_autoptr(JsonNode) actual = NULL;
  g_autofree char *missing = NULL;

  if (g_strcmp0 (cmd, "handshake") == 0)
    {
      if (self->server_dead)
        {
          control (self, "{\"do\": \"restart\"}");
          self->server_dead = FALSE;
        }
      connect_party (self, party);
    }

  actual = take_like (self, party, object);
  while (actual == NULL && wait_for_more (party, party->received.length))
    actual = take_like (self, party, object);
  if (actual != NULL)
    {
      if (g_strcmp0 (cmd, "handshake") == 0)
        g_set_str (&party->key, ts_get_string (ts_get_object (json_node_get_object (actual), "val"),
                                               "validator_key"));
      compare (self, party, cmd != NULL ? cmd : "packet", recorded, actual);
      return;
    }

  {
    g_autofree char *text = ts_json_write (recorded);

    missing = g_strdup_printf ("missing: %.200s", text);
    complain (self, party->name, missing);
  }
}

static void
expect_end (ReplayPlayer *self,
            Party        *party,
            JsonObject   *recorded)
{
  gint64 code = ts_get_int (recorded, "code", 0);

  if (g_strcmp0 (ts_get_string (recorded, "ws"), "connect failed") == 0)
    {
      if (connect_party (self, party))
        complain (self, party->name, "recorded that connecting failed");
      return;
    }

  if (code == SOUP_WEBSOCKET_CLOSE_ABNORMAL && self->server_dies)
    {
      report_leftovers (self, party);
      control (self, "{\"do\": \"restart\", \"down\": 3600000}");
      self->server_dead = TRUE;
    }
  else if (code == SOUP_WEBSOCKET_CLOSE_ABNORMAL)
    abort_party (self, party);

  wait_for_close (party);
  if (!party->closed)
    complain (self, party->name, "recorded an end of the connection");
  else if (code != 0 && code != SOUP_WEBSOCKET_CLOSE_ABNORMAL && code != party->code)
    {
      g_autofree char *text = g_strdup_printf ("recorded close code %d, got %d", (int) code, party->code);

      complain (self, party->name, text);
    }
  report_leftovers (self, party);
}

typedef struct
{
  Party *party;
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
static char *
renew_validator (ReplayPlayer *self,
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

static void
send_http (ReplayPlayer *self,
           Party        *party,
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
          g_autofree char *validator = renew_validator (self, ts_get_string (object, "validator"),
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
static void
expect_http (ReplayPlayer *self,
             Party        *party,
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

  if (!wait_for_more (party, 0))
    {
      complain (self, party->name, "missing: an answer to an HTTP request");
      return;
    }
  actual = g_queue_pop_head (&party->received);
  compare (self, party, "http", wanted, actual);
}

/* Without libsoup: what the upgrade itself answers */
static char *
ask_raw (ReplayPlayer *self,
         const char   *text)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  GString *answer = g_string_new (NULL);
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * 1000;
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
play_raw_http (ReplayPlayer *self,
               Party        *party,
               JsonObject   *packet)
{
  const char *text = ts_get_string (packet, "text");
  g_autofree char *answer = NULL;

  if (g_strcmp0 (ts_get_string (packet, "http"), "request") == 0)
    {
      answer = ask_raw (self, text);
      g_queue_push_tail (&party->received, ts_string (answer));
      return;
    }

  {
    g_autoptr(JsonNode) actual = g_queue_pop_head (&party->received);
    g_auto(GStrv) recorded_lines = g_strsplit (text, "\r\n", -1);
    g_auto(GStrv) actual_lines = g_strsplit (json_node_get_string (actual), "\r\n", -1);
    gboolean compressed = strstr (text, "permessage-deflate") != NULL;

    if (g_strcmp0 (recorded_lines[0], actual_lines[0]) != 0)
      {
        g_autofree char *difference = g_strdup_printf ("upgrade: recorded “%s”, got “%s”", recorded_lines[0],
                                                       actual_lines[0]);

        complain (self, party->name, difference);
      }
    if (compressed != (strstr (json_node_get_string (actual), "permessage-deflate") != NULL))
      complain (self, party->name, "upgrade: recorded another use of permessage-deflate");
  }
}

/* Remarks say what happened on the server's side */
static void
play_note (ReplayPlayer *self,
           Party        *party,
           const char   *note)
{
  g_set_str (&self->note, note);

  if (strstr (note, "takes 7 seconds") != NULL)
    control (self, "{\"do\": \"rotur\", \"delay\": 200}");
  else if (g_str_has_prefix (note, "channels.json"))
    control (self, "{\"do\": \"push\", \"what\": \"channels\"}");
  else if (g_str_has_prefix (note, "roles.json"))
    control (self, "{\"do\": \"push\", \"what\": \"roles\"}");
  else if (g_str_has_prefix (note, "users.json"))
    control (self, "{\"do\": \"push\", \"what\": \"nickname\", \"user\": \"USR:local_dmitri\","
             " \"nickname\": \"Hand Edited\"}");
  else if (strstr (note, "is now called pavel_new") != NULL)
    control (self, "{\"do\": \"rotur\", \"rename\": \"pavel\", \"to\": \"pavel_new\"}");
  else if (g_str_has_prefix (note, "a text frame of "))
    {
      gsize length = g_ascii_strtoull (note + strlen ("a text frame of "), NULL, 10);
      g_autofree char *text = g_strnfill (length, ' ');

      soup_websocket_connection_send_text (party->websocket, text);
    }
}

static void
send_frame (ReplayPlayer *self,
            Party        *party,
            JsonNode     *packet)
{
  JsonObject *object = json_node_get_object (packet);
  JsonObject *binary = ts_get_object (object, "raw");
  g_autofree char *text = NULL;

  if (party->websocket == NULL
      || soup_websocket_connection_get_state (party->websocket) != SOUP_WEBSOCKET_STATE_OPEN)
    return;

  if (binary != NULL)
    {
      gsize length;
      g_autofree guchar *data = g_base64_decode (ts_get_string (binary, "base64"), &length);
      g_autoptr(GBytes) bytes = g_bytes_new (data, length);

      soup_websocket_connection_send_message (party->websocket, SOUP_WEBSOCKET_DATA_BINARY, bytes);
      return;
    }

  if (g_strcmp0 (ts_get_string (object, "cmd"), "auth") == 0 && ts_get_string (object, "validator") != NULL)
    {
      g_autofree char *validator = renew_validator (self, ts_get_string (object, "validator"), party->key);

      ts_set (object, "validator", ts_string (validator));
    }
  text = ts_get (object, "raw") != NULL ? g_strdup (ts_get_string (object, "raw")) : ts_json_write (packet);
  soup_websocket_connection_send_text (party->websocket, text);
}

static void
play_out (ReplayPlayer *self,
          Party        *party,
          JsonNode     *packet)
{
  JsonObject *object = json_node_get_object (packet);
  const char *ws = ts_get_string (object, "ws");

  if (ts_get_string (object, "note") != NULL)
    play_note (self, party, ts_get_string (object, "note"));
  else if (ts_get (object, "http") != NULL && ts_get (object, "text") != NULL)
    play_raw_http (self, party, object);
  else if (ts_get (object, "http") != NULL)
    send_http (self, party, object);
  else if (g_strcmp0 (ws, "close") == 0)
    close_party (self, party, ts_get_int (object, "code", SOUP_WEBSOCKET_CLOSE_NORMAL));
  else if (ws == NULL)
    send_frame (self, party, packet);
}

static void
play_in (ReplayPlayer *self,
         Party        *party,
         JsonNode     *packet)
{
  JsonObject *object = json_node_get_object (packet);
  const char *raw = ts_get_string (object, "raw");
  g_autoptr(JsonNode) parsed = NULL;

  if (ts_get (object, "http") != NULL && ts_get (object, "text") != NULL)
    play_raw_http (self, party, object);
  else if (ts_get (object, "http") != NULL)
    expect_http (self, party, object);
  else if (ts_get (object, "ws") != NULL)
    expect_end (self, party, object);
  else if (raw != NULL)
    {
      parsed = ts_json_parse (raw, strlen (raw), NULL);
      expect_packet (self, party, parsed);
    }
  else if (g_strcmp0 (ts_get_string (object, "cmd"), "ping") != 0 || strcmp (self->file, "heartbeat") == 0)
    expect_packet (self, party, packet);
}

static void
dismiss_guest (ReplayPlayer *self)
{
  settle ();
  if (self->guest->websocket != NULL)
    soup_websocket_connection_close (self->guest->websocket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  wait_for_close (self->guest);
  g_clear_pointer (&self->guest, party_free);
}

/**
 * replay_player_invite:
 * @name: of an account with the usual password
 * @until_line: line of the next recording before which the guest goes
 *
 * Signs somebody in whom the next recording mentions although no line is theirs.
 */
void
replay_player_invite (ReplayPlayer *self,
                      const char   *name,
                      guint         until_line)
{
  g_autofree char *command = g_strdup_printf ("{\"cmd\": \"login\", \"username\": \"%s\","
                                              " \"password\": \"%s-pass\"}", name, name);

  self->guest = g_new0 (Party, 1);
  self->guest->name = g_strdup (name);
  self->guest_until = until_line;
  g_queue_init (&self->guest->received);
  connect_party (self, self->guest);
  soup_websocket_connection_send_text (self->guest->websocket, command);
  settle ();
}

static char *
with_our_ports (ReplayPlayer *self,
                const char   *line)
{
  g_autoptr(GString) text = g_string_new (line);

  g_string_replace (text, RECORDED_CHAT, self->chat, 0);
  g_string_replace (text, RECORDED_ROTUR, self->rotur, 0);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
play_line (ReplayPlayer *self,
           const char   *recorded)
{
  g_autofree char *line = with_our_ports (self, recorded);
  g_autofree char *translated = strstr (line, "\"dir\": \"out\"") != NULL
                                  ? replay_match_translate (self->match, line) : g_strdup (line);
  g_autoptr(JsonNode) node = ts_json_parse (translated, strlen (translated), NULL);
  JsonObject *object;
  Party *party;
  JsonNode *packet;

  g_assert_nonnull (node);
  object = json_node_get_object (node);
  party = get_party (self, ts_get_string (object, "conn"));
  packet = ts_get (object, "packet");
  control (self, "{\"do\": \"clock\", \"set\": %" G_GINT64_FORMAT ".%03d}",
           ts_get_int (object, "t", 0) / 1000, (int) (ts_get_int (object, "t", 0) % 1000));

  if (strcmp (ts_get_string (object, "dir"), "out") == 0)
    play_out (self, party, packet);
  else
    play_in (self, party, packet);
}

/**
 * replay_player_play:
 * @path: a recording
 * @server_dies: whether an abnormal end in it means that the server's process ended, not the client's
 * @differences: (element-type utf8): where each difference is added, "file:line party text"
 */
void
replay_player_play (ReplayPlayer *self,
                    const char   *path,
                    gboolean      server_dies,
                    GPtrArray    *differences)
{
  g_autofree char *text = NULL;
  g_autofree char *base = g_path_get_basename (path);
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  *strstr (base, ".jsonl") = '\0';
  lines = g_strsplit (text, "\n", -1);

  self->file = base;
  self->server_dies = server_dies;
  self->differences = differences;
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      self->line = i + 1;
      if (self->guest != NULL && self->line >= self->guest_until)
        dismiss_guest (self);
      play_line (self, lines[i]);
    }

  control (self, "{\"do\": \"rotur\", \"delay\": 0}");
  g_hash_table_remove_all (self->parties);
  settle ();
}
