/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages that programs post over HTTP */

#define G_LOG_DOMAIN "test-server-webhooks"

#include "server-private.h"

static void
post (TestServer *self,
      TsWebhook  *webhook,
      TsMessage  *message)
{
  ts_place_add (ts_channel_place (self->state, webhook->channel), message);
  ts_broadcast (self, ts_object ("cmd", ts_string ("message_new"),
                                 "message", ts_of_object (ts_message_to_json (self->state, message)),
                                 "channel", ts_string (webhook->channel),
                                 "global", ts_bool (TRUE),
                                 NULL), webhook->channel, NULL);
}

static TsMessage *
plain_message (TsWebhook  *webhook,
               JsonObject *body)
{
  static const char *const names[] = { "content", "text", "message" };
  const char *content = NULL;
  const char *username = ts_get_string (body, "username");
  const char *avatar = ts_get_string (body, "avatar_url");
  JsonArray *embeds = ts_get_array (body, "embeds");
  TsMessage *message;

  for (guint i = 0; content == NULL && i < G_N_ELEMENTS (names); i++)
    content = ts_get_string (body, names[i]);
  if ((content == NULL || *content == '\0') && embeds == NULL)
    return NULL;

  message = ts_message_new ("originChats", content != NULL ? content : "");
  message->webhook = ts_object ("id", ts_string (webhook->id),
                                "name", ts_string (username != NULL ? username : webhook->name),
                                "avatar", ts_string (avatar != NULL ? avatar : webhook->avatar),
                                NULL);
  if (embeds != NULL)
    message->embeds = json_array_ref (embeds);
  return message;
}

/* One line a commit, with the first line of its message */
static char *
describe_commits (JsonArray *commits)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; commits != NULL && i < json_array_get_length (commits); i++)
    {
      JsonObject *commit = json_array_get_object_element (commits, i);
      const char *id = ts_get_string (commit, "id");
      const char *url = ts_get_string (commit, "url");
      const char *words = ts_get_string (commit, "message");

      if (words == NULL)
        words = "";
      g_string_append_printf (text, "%s[`%.7s`](%s) %.*s", i > 0 ? "\n" : "", id != NULL ? id : "",
                              url != NULL ? url : "", (int) strcspn (words, "\n"), words);
    }

  return g_string_free_and_steal (text);
}

static TsMessage *
push_message (JsonObject *body)
{
  JsonObject *repository = ts_get_object (body, "repository");
  JsonObject *sender = ts_get_object (body, "sender");
  JsonArray *commits = ts_get_array (body, "commits");
  const char *ref = ts_get_string (body, "ref");
  const char *branch = ref != NULL && strrchr (ref, '/') != NULL ? strrchr (ref, '/') + 1 : "";
  guint n = commits != NULL ? json_array_get_length (commits) : 0;
  g_autofree char *description = describe_commits (commits);
  g_autofree char *author = g_strdup_printf ("%s - %s", ts_get_string (sender, "login"),
                                             ts_get_string (repository, "full_name"));
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_utc (ts_now ());
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  TsMessage *message = ts_message_new ("originChats", "");

  message->webhook = ts_object ("id", ts_string ("github"),
                                "name", ts_string ("GitHub"),
                                "avatar", ts_string ("https://github.githubassets.com/images/modules/logos_page/"
                                                     "GitHub-Mark.png"),
                                NULL);
  message->embeds = json_array_new ();
  json_array_add_object_element (message->embeds,
                                 ts_object ("title", ts_string_printf ("%s: %u commit%s", branch, n, n == 1 ? "" : "s"),
                                            "url", ts_string (ts_get_string (body, "compare")),
                                            "color", ts_int (2369838),
                                            "author", ts_of_object (ts_object (
                                              "name", ts_string (author),
                                              "url", ts_string (ts_get_string (repository, "html_url")),
                                              "icon_url", ts_string (ts_get_string (sender, "avatar_url")),
                                              NULL)),
                                            "description", ts_string (description),
                                            "timestamp", ts_string (time),
                                            NULL));
  return message;
}

/* The message of the body, or NULL after having answered */
static TsMessage *
make_message (SoupServerMessage *http,
              TsWebhook         *webhook,
              JsonObject        *body)
{
  const char *event = soup_message_headers_get_one (soup_server_message_get_request_headers (http),
                                                    "X-GitHub-Event");
  g_autofree char *fault = NULL;
  TsMessage *message;

  if (event != NULL && strcmp (event, "push") != 0)
    {
      fault = g_strdup_printf ("Unhandled event type: %s", event);
      ts_http_answer_error (http, SOUP_STATUS_BAD_REQUEST, fault);
      return NULL;
    }

  message = event != NULL ? push_message (body) : plain_message (webhook, body);
  if (message == NULL)
    ts_http_answer_error (http, SOUP_STATUS_BAD_REQUEST, "No content provided");
  return message;
}

void
ts_webhook_post (TestServer        *self,
                 SoupServerMessage *http,
                 GHashTable        *query)
{
  const char *token = query != NULL ? g_hash_table_lookup (query, "token") : NULL;
  const char *type = soup_message_headers_get_content_type (soup_server_message_get_request_headers (http), NULL);
  g_autoptr(GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (http));
  g_autoptr(JsonNode) node = ts_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  TsWebhook *webhook = token != NULL ? ts_webhook_find_by_token (self->state, token) : NULL;
  TsMessage *message;

  if (token == NULL)
    ts_http_answer_error (http, SOUP_STATUS_UNAUTHORIZED, "Webhook token required");
  else if (webhook == NULL)
    ts_http_answer_error (http, SOUP_STATUS_UNAUTHORIZED, "Invalid webhook token");
  else if (g_strcmp0 (type, "application/json") != 0)
    ts_http_answer_error (http, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json");
  else if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    ts_http_answer_error (http, SOUP_STATUS_BAD_REQUEST, "Invalid JSON body");
  else if (ts_channel_find (self->state, webhook->channel) == NULL)
    ts_http_answer_error (http, SOUP_STATUS_NOT_FOUND, "Channel not found");
  else if ((message = make_message (http, webhook, json_node_get_object (node))) != NULL)
    {
      post (self, webhook, message);
      ts_http_answer_text (http, SOUP_STATUS_NO_CONTENT, "text/plain", "");
    }
}
