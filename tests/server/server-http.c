/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HTTP of the chat server; the socket is the same port's path "/" */

#define G_LOG_DOMAIN "test-server-http"

#include "server-private.h"

#include <sys/socket.h>

static void
add_cors (SoupServerMessage *message)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Access-Control-Allow-Origin", "*");
}

/* Takes @body */
void
ts_http_answer_json (SoupServerMessage *message,
                     guint              status,
                     JsonObject        *body)
{
  char *text = ts_json_write_object (body);

  add_cors (message);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json; charset=utf-8",
                                    SOUP_MEMORY_TAKE, text, strlen (text));
  json_object_unref (body);
}

void
ts_http_answer_error (SoupServerMessage *message,
                      guint              status,
                      const char        *text)
{
  ts_http_answer_json (message, status, ts_object ("error", ts_string (text), NULL));
}

void
ts_http_answer_text (SoupServerMessage *message,
                     guint              status,
                     const char        *type,
                     const char        *text)
{
  add_cors (message);
  soup_server_message_set_status (message, status, NULL);
  if (status != SOUP_STATUS_NO_CONTENT)
    soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
}

/* libsoup cuts out the range that was asked for */
static void
answer_file (SoupServerMessage *message,
             const char        *type,
             GBytes            *bytes)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *known = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                    "If-None-Match");
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, bytes);
  g_autofree char *etag = g_strdup_printf ("\"%.16s-%zx\"", sum, g_bytes_get_size (bytes));
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  add_cors (message);
  soup_message_headers_replace (headers, "Cache-Control", "public, max-age=3600");
  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  if (g_strcmp0 (known, etag) == 0)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return;
    }

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, data, length);
}

static guint
count_online (TestServer *self)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->connections->len; i++)
    {
      TsConnection *connection = g_ptr_array_index (self->connections, i);

      if (connection->username != NULL)
        g_hash_table_add (names, connection->username);
    }
  for (guint i = 0; i < self->state->present->len; i++)
    g_hash_table_add (names, (gpointer) ts_user_name (self->state, g_ptr_array_index (self->state->present, i)));

  return g_hash_table_size (names);
}

static void
answer_info (TestServer        *self,
             SoupServerMessage *message)
{
  g_autoptr(JsonObject) handshake = NULL;
  TsConfig *config = &self->state->config;
  TsConnection dummy = { .server = self, .validator_key = (char *) "" };
  JsonObject *server;
  JsonObject *card = json_object_new ();
  const char *icon;
  const char *banner;

  handshake = ts_handshake_packet (self, &dummy);
  server = ts_get_object (ts_get_object (handshake, "val"), "server");
  icon = ts_get_string (server, "icon");
  banner = ts_get_string (server, "banner");

  ts_set (card, "name", ts_string (config->shown_name));
  ts_set (card, "icon", ts_string (icon != NULL ? icon : ""));
  ts_set (card, "banner", ts_string (banner != NULL ? banner : ""));
  ts_set (card, "owner", ts_of_object (ts_object ("name", ts_string (config->owner), NULL)));
  if (ts_server_is_new (self))
    ts_set (card, "description", ts_string ("A street where the lanterns stay on."));

  ts_http_answer_json (message, SOUP_STATUS_OK,
                       ts_object ("server", ts_of_object (card),
                                  "stats",
                                  ts_of_object (ts_object (
                                    "total_users", ts_int (self->state->users->len),
                                    "connected_users", ts_int (self->connections->len),
                                    "online_users", ts_int (count_online (self)),
                                    "total_channels", ts_int (self->state->channels->len),
                                    "total_roles", ts_int (self->state->roles->len),
                                    NULL)),
                                  NULL));
}

static void
answer_emoji (TestServer        *self,
              SoupServerMessage *message,
              const char        *name)
{
  for (guint i = 0; i < self->state->emojis->len; i++)
    {
      TsEmoji *emoji = g_ptr_array_index (self->state->emojis, i);
      g_autofree char *id = g_strdup_printf ("%u", emoji->id);

      if (strcmp (emoji->file_name, name) == 0 || strcmp (id, name) == 0)
        {
          answer_file (message, emoji->mime_type, emoji->bytes);
          return;
        }
    }

  ts_http_answer_text (message, SOUP_STATUS_NOT_FOUND, "text/plain; charset=utf-8", "Emoji not found");
}

static void
answer_asset (TestServer        *self,
              SoupServerMessage *message,
              const char        *name)
{
  TsConfig *config = &self->state->config;
  gboolean icon = strcmp (name, "icon") == 0;
  const char *configured = icon ? config->icon : strcmp (name, "banner") == 0 ? config->banner : NULL;
  g_autoptr(GBytes) picture = NULL;

  if (configured == NULL || strstr (configured, "://") != NULL)
    {
      ts_http_answer_text (message, SOUP_STATUS_NOT_FOUND, "text/plain; charset=utf-8", "Server asset not found");
      return;
    }

  picture = icon ? ts_picture (config->name, 128, 128) : ts_picture_scene (config->name, 600, 200);
  answer_file (message, "image/png", picture);
}

static void
answer_attachment (TestServer        *self,
                   SoupServerMessage *message,
                   const char        *id)
{
  TsAttachment *attachment = ts_attachment_find (self->state, id);

  if (attachment == NULL)
    ts_http_answer_error (message, SOUP_STATUS_NOT_FOUND, "Attachment not found or expired");
  else
    answer_file (message, attachment->mime_type, attachment->bytes);
}

/* Newer servers show a message's card without sign-in */
static void
answer_message (TestServer        *self,
                SoupServerMessage *message,
                const char        *rest)
{
  g_auto(GStrv) parts = g_strsplit (rest, "/", 2);
  TsPlace *place = parts[0] != NULL ? g_hash_table_lookup (self->state->places, parts[0]) : NULL;
  TsMessage *found = place != NULL && parts[1] != NULL ? ts_place_find (place, parts[1]) : NULL;

  if (found == NULL)
    ts_http_answer_error (message, SOUP_STATUS_NOT_FOUND, "Not found");
  else
    ts_http_answer_json (message, SOUP_STATUS_OK, ts_message_to_json (self->state, found));
}

static gboolean
answer_new_route (TestServer        *self,
                  SoupServerMessage *message,
                  const char        *path)
{
  if (g_str_has_prefix (path, "/user/"))
    {
      TsUser *user = ts_user_find (self->state, path + strlen ("/user/"));

      if (user != NULL)
        ts_http_answer_json (message, SOUP_STATUS_OK, ts_object ("username", ts_string (user->username), NULL));
      else
        ts_http_answer_error (message, SOUP_STATUS_NOT_FOUND, "Not found");
      return TRUE;
    }
  if (g_str_has_prefix (path, "/messages/"))
    {
      answer_message (self, message, path + strlen ("/messages/"));
      return TRUE;
    }
  if (g_str_has_prefix (path, "/avatar/"))
    {
      g_autoptr(GBytes) picture = ts_picture (path + strlen ("/avatar/"), 128, 128);

      answer_file (message, "image/png", picture);
      return TRUE;
    }
  if (g_str_has_prefix (path, "/invite/") && g_str_has_suffix (path, "/check"))
    {
      ts_http_answer_json (message, SOUP_STATUS_NOT_FOUND, ts_object ("valid", ts_bool (FALSE), NULL));
      return TRUE;
    }

  return FALSE;
}

static void
answer_get (TestServer        *self,
            SoupServerMessage *message,
            const char        *path)
{
  static const char no_upgrade[] = "No WebSocket UPGRADE hdr: None\n Can \"Upgrade\" only to \"WebSocket\".";

  if (strcmp (path, "/") == 0)
    {
      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_STATIC,
                                        no_upgrade, strlen (no_upgrade));
    }
  else if (strcmp (path, "/info") == 0)
    answer_info (self, message);
  else if (strcmp (path, "/index.html") == 0)
    ts_http_answer_text (message, SOUP_STATUS_OK, "text/html", "<h1>OriginChats Server</h1>\n");
  else if (g_str_has_prefix (path, "/emojis/"))
    answer_emoji (self, message, path + strlen ("/emojis/"));
  else if (g_str_has_prefix (path, "/server-assets/"))
    answer_asset (self, message, path + strlen ("/server-assets/"));
  else if (g_str_has_prefix (path, "/attachments/"))
    answer_attachment (self, message, path + strlen ("/attachments/"));
  else if (!ts_server_is_new (self) || !answer_new_route (self, message, path))
    ts_http_answer_error (message, SOUP_STATUS_NOT_FOUND, "Not found");
}

static void
answer (TestServer        *self,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query)
{
  const char *method = soup_server_message_get_method (message);

  if (strcmp (path, "/_control") == 0)
    ts_control_http (self, message);
  else if (method == SOUP_METHOD_OPTIONS)
    {
      add_cors (message);
      soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
    }
  else if (method == SOUP_METHOD_POST && strcmp (path, "/attachments/upload") == 0)
    ts_upload (self, message);
  else if (method == SOUP_METHOD_POST && g_str_has_prefix (path, "/webhooks"))
    ts_webhook_post (self, message, query);
  else if (method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD)
    answer_get (self, message, path);
  else
    ts_http_answer_error (message, SOUP_STATUS_NOT_FOUND, "Not found");
}

typedef struct
{
  TestServer *server;
  SoupServerMessage *message;
} Late;

static gboolean
late_cb (gpointer user_data)
{
  Late *late = user_data;

  soup_server_message_unpause (late->message);
  return G_SOURCE_REMOVE;
}

static void
late_free (Late *late)
{
  g_object_unref (late->message);
  g_free (late);
}

/* Holds an answer that is complete already */
static void
delay (TestServer        *self,
       SoupServerMessage *message)
{
  Late *late = g_new0 (Late, 1);

  late->server = self;
  late->message = g_object_ref (message);
  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, self->faults.latency_ms, late_cb, late, (GDestroyNotify) late_free);
}

static gboolean
wants_upgrade (SoupServerMessage *message)
{
  return soup_message_headers_header_contains (soup_server_message_get_request_headers (message),
                                               "Upgrade", "websocket");
}

static void
handler_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  TestServer *self = user_data;

  if (strcmp (path, "/") == 0 && wants_upgrade (message))
    return;

  answer (self, message, path, query);
  if (self->faults.latency_ms > 0 && soup_server_message_get_status (message) != 0)
    delay (self, message);
}

/* Runs before the body is read and before an upgrade */
static void
early_cb (SoupServer        *soup,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  TestServer *self = user_data;

  if (strcmp (path, "/_control") == 0)
    return;

  if (self->faults.refuse == TEST_SERVER_REFUSE_CLOSE)
    shutdown (g_socket_get_fd (soup_server_message_get_socket (message)), SHUT_RDWR);
  else if (self->faults.refuse == TEST_SERVER_REFUSE_HTTP)
    ts_http_answer_text (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "text/html", "<h1>503</h1>");
  else if (self->faults.half_open)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->paused, g_object_ref (message));
    }
}

static void
websocket_cb (SoupServer              *soup,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *websocket,
              gpointer                 user_data)
{
  ts_connection_new (user_data, websocket, soup_server_message_get_socket (message));
}

void
ts_http_attach (TestServer *self)
{
  soup_server_add_early_handler (self->chat, "/", early_cb, self, NULL);
  soup_server_add_handler (self->chat, "/", handler_cb, self, NULL);
  soup_server_add_websocket_handler (self->chat, "/", NULL, NULL, websocket_cb, self, NULL);
}
