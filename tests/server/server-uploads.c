/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that people send: April 2026 takes one JSON body, newer servers multipart */

#define G_LOG_DOMAIN "test-server-uploads"

#include "server-private.h"

#define CHECK_SECONDS 10
#define SECONDS_A_DAY 86400.0
#define FREE_DAYS 7.0
#define PERMANENT_DAYS 365.0

typedef struct
{
  TestServer *server;
  SoupServerMessage *message;
  char *key;
  char *validator;
  char *name;
  char *mime_type;
  char *channel;
  char *file;            /* text of the JSON form */
  GBytes *bytes;         /* of the multipart form; NULL: @file */
  double days;           /* -1: not said */
  TsUser *user;
} Upload;

static void
upload_free (Upload *upload)
{
  g_clear_object (&upload->message);
  g_free (upload->key);
  g_free (upload->validator);
  g_free (upload->name);
  g_free (upload->mime_type);
  g_free (upload->channel);
  g_free (upload->file);
  g_clear_pointer (&upload->bytes, g_bytes_unref);
  g_free (upload);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Upload, upload_free)

static gboolean
is_allowed (TsConfig   *config,
            const char *mime_type)
{
  for (guint i = 0; i < config->allowed_types->len; i++)
    {
      const char *pattern = g_ptr_array_index (config->allowed_types, i);

      if (g_pattern_match_simple (pattern, mime_type))
        return TRUE;
    }

  return FALSE;
}

/* What Python's base64.b64decode (…, validate=True) takes */
static GBytes *
decode (const char *text)
{
  const char *comma = g_str_has_prefix (text, "data:") ? strchr (text, ',') : NULL;
  const char *data = comma != NULL ? comma + 1 : text;
  guchar *bytes;
  gsize length;

  for (const char *p = data; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("+/=", *p) == NULL)
        return NULL;
    }

  bytes = g_base64_decode (data, &length);
  return g_bytes_new_take (bytes, length);
}

static TsAttachment *
find_same (TsState    *state,
           const char *hash)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, state->attachments);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (g_strcmp0 (((TsAttachment *) value)->hash, hash) == 0)
        return value;
    }

  return NULL;
}

/* The same bytes keep their id and their first owner */
static TsAttachment *
store (Upload   *upload,
       GBytes   *bytes,
       gboolean  permanent)
{
  TsState *state = upload->server->state;
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  TsAttachment *attachment = find_same (state, hash);
  double days = permanent ? PERMANENT_DAYS : FREE_DAYS;

  if (attachment == NULL)
    {
      attachment = ts_attachment_new (state, NULL);
      attachment->owner = g_strdup (upload->user->id);
      attachment->hash = g_steal_pointer (&hash);
      attachment->bytes = g_bytes_ref (bytes);
      if (g_str_has_prefix (upload->mime_type, "image/"))
        ts_picture_measure (bytes, &attachment->width, &attachment->height);
    }

  if (upload->days >= 0)
    days = MIN (days, upload->days);
  g_set_str (&attachment->name, upload->name);
  g_set_str (&attachment->mime_type, upload->mime_type);
  attachment->expires_at = ts_now () + days * SECONDS_A_DAY;
  attachment->permanent = permanent;
  return attachment;
}

static void
finish (Upload   *upload,
        gboolean  permanent)
{
  TsState *state = upload->server->state;
  g_autoptr(GBytes) bytes = upload->bytes != NULL ? g_bytes_ref (upload->bytes) : decode (upload->file);

  if (bytes == NULL || !is_allowed (&state->config, upload->mime_type) || !state->config.uploads
      || state->config.max_attachments_per_user == 0)
    ts_http_answer_error (upload->message, SOUP_STATUS_INTERNAL_SERVER_ERROR, "Failed to save attachment");
  else
    {
      TsAttachment *attachment = store (upload, bytes, permanent);

      ts_http_answer_json (upload->message, SOUP_STATUS_CREATED,
                           ts_object ("attachment", ts_of_object (ts_attachment_to_json (state, attachment)),
                                      "permanent", ts_bool (permanent),
                                      NULL));
    }
}

static void
tier_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Upload) upload = user_data;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *tier = NULL;
  const char *given = NULL;

  if (body != NULL)
    node = ts_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    given = ts_get_string (json_node_get_object (node), "subscription");
  tier = g_ascii_strdown (given != NULL ? given : "", -1);

  finish (upload, g_ptr_array_find_with_equal_func (upload->server->state->config.permanent_tiers, tier,
                                                    g_str_equal, NULL));
  ts_server_thaw (upload->server);
  soup_server_message_unpause (upload->message);
}

/* TRUE when the answer is still to come */
static gboolean
accept_sender (Upload     *upload,
               JsonObject *answer)
{
  TestServer *self = upload->server;
  JsonObject *channel = ts_channel_find (self->state, upload->channel);
  g_autofree char *url = NULL;
  g_autoptr(SoupMessage) message = NULL;

  if (!ts_get_bool (answer, "valid", FALSE))
    {
      ts_http_answer_error (upload->message, SOUP_STATUS_UNAUTHORIZED, "Invalid credentials");
      return FALSE;
    }
  upload->user = ts_user_by_id (self->state, ts_get_string (answer, "id"));
  if (upload->user == NULL)
    {
      ts_http_answer_error (upload->message, SOUP_STATUS_UNAUTHORIZED, "User not found");
      return FALSE;
    }
  if (channel == NULL)
    {
      ts_http_answer_error (upload->message, SOUP_STATUS_NOT_FOUND, "Channel does not exist");
      return FALSE;
    }
  if (!ts_channel_allows (channel, "send", upload->user->roles))
    {
      ts_http_answer_error (upload->message, SOUP_STATUS_FORBIDDEN,
                            "You don't have permission to send in this channel");
      return FALSE;
    }

  url = g_strdup_printf ("%s/profile?name=%s&include_posts=0", self->rotur_url, upload->user->username);
  message = soup_message_new ("GET", url);
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, tier_cb, upload);
  return TRUE;
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Upload) upload = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = ts_session_check_finish (result, &error);

  if (answer == NULL)
    ts_http_answer_error (upload->message, SOUP_STATUS_BAD_GATEWAY, "Failed to validate credentials");
  else if (accept_sender (upload, answer))
    {
      g_steal_pointer (&upload);
      return;
    }

  ts_server_thaw (upload->server);
  soup_server_message_unpause (upload->message);
}

static gboolean
read_json (Upload  *upload,
           GBytes  *body)
{
  g_autoptr(JsonNode) node = ts_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      ts_http_answer_error (upload->message, SOUP_STATUS_BAD_REQUEST, "Invalid JSON body");
      return FALSE;
    }

  object = json_node_get_object (node);
  upload->key = g_strdup (ts_get_string (object, "validator_key"));
  upload->validator = g_strdup (ts_get_string (object, "validator"));
  upload->name = g_strdup (ts_get_string (object, "name"));
  upload->mime_type = g_strdup (ts_get_string (object, "mime_type"));
  upload->channel = g_strdup (ts_get_string (object, "channel"));
  upload->file = g_strdup (ts_get_string (object, "file"));
  upload->days = ts_get_number (object, "expires_in_days", -1);
  return TRUE;
}

static char **
target_of (Upload     *upload,
           const char *name)
{
  if (g_strcmp0 (name, "validator_key") == 0)
    return &upload->key;
  if (g_strcmp0 (name, "validator") == 0)
    return &upload->validator;
  if (g_strcmp0 (name, "name") == 0)
    return &upload->name;
  if (g_strcmp0 (name, "mime_type") == 0)
    return &upload->mime_type;
  if (g_strcmp0 (name, "channel") == 0)
    return &upload->channel;

  return NULL;
}

static gboolean
read_multipart (Upload *upload,
                GBytes *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (upload->message);
  SoupMultipart *multipart = soup_multipart_new_from_message (headers, body);

  for (int i = 0; multipart != NULL && i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *part_headers;
      GBytes *part;
      g_autofree char *disposition = NULL;
      g_autoptr(GHashTable) params = NULL;
      const char *name;
      char **target;

      if (!soup_multipart_get_part (multipart, i, &part_headers, &part)
          || !soup_message_headers_get_content_disposition (part_headers, &disposition, &params))
        continue;

      name = g_hash_table_lookup (params, "name");
      target = target_of (upload, name);
      if (target != NULL)
        {
          g_free (*target);
          *target = g_strndup (g_bytes_get_data (part, NULL), g_bytes_get_size (part));
        }
      else if (g_strcmp0 (name, "file") == 0)
        {
          upload->bytes = g_bytes_ref (part);
          if (upload->name == NULL)
            upload->name = g_strdup (g_hash_table_lookup (params, "filename"));
        }
    }

  if (multipart == NULL)
    ts_http_answer_error (upload->message, SOUP_STATUS_BAD_REQUEST, "Failed to read request body");
  else
    soup_multipart_free (multipart);
  return multipart != NULL;
}

static gboolean
read_body (Upload *upload)
{
  TsConfig *config = &upload->server->state->config;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (upload->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr(GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (upload->message));
  gboolean is_new = ts_server_is_new (upload->server);
  gboolean multipart = is_new && g_strcmp0 (type, "multipart/form-data") == 0;

  if (!config->uploads)
    {
      ts_http_answer_error (upload->message, SOUP_STATUS_SERVICE_UNAVAILABLE, "Attachments are disabled");
      return FALSE;
    }
  if (!multipart && (is_new || g_strcmp0 (type, "application/json") != 0))
    {
      ts_http_answer_error (upload->message, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE,
                            is_new ? "Content-Type must be multipart/form-data"
                                   : "Content-Type must be application/json");
      return FALSE;
    }
  /* April 2026 bounds the whole body, later servers the file */
  if (!multipart && g_bytes_get_size (body) > (gsize) config->max_size)
    {
      ts_http_answer_error (upload->message, SOUP_STATUS_BAD_REQUEST, "Failed to read request body");
      return FALSE;
    }
  if (!(multipart ? read_multipart (upload, body) : read_json (upload, body)))
    return FALSE;
  if (upload->bytes != NULL && g_bytes_get_size (upload->bytes) > (gsize) config->max_size)
    {
      ts_http_answer_error (upload->message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "File too large");
      return FALSE;
    }

  return TRUE;
}

void
ts_upload (TestServer        *self,
           SoupServerMessage *message)
{
  g_autoptr(Upload) upload = g_new0 (Upload, 1);

  upload->server = self;
  upload->message = g_object_ref (message);
  upload->days = -1;
  if (!read_body (upload))
    return;

  if (upload->key == NULL || *upload->key == '\0' || upload->validator == NULL || *upload->validator == '\0')
    {
      ts_http_answer_error (message, SOUP_STATUS_UNAUTHORIZED,
                            "validator_key and validator are required for authentication");
      return;
    }
  if ((upload->file == NULL && upload->bytes == NULL) || upload->name == NULL || upload->mime_type == NULL
      || upload->channel == NULL)
    {
      ts_http_answer_error (message, SOUP_STATUS_BAD_REQUEST,
                            "Missing required fields: file, name, mime_type, channel");
      return;
    }

  /* Without a status libsoup would take the request for a failed upgrade */
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_pause (message);
  self->frozen++;
  ts_session_check (self, upload->key, upload->validator, CHECK_SECONDS, checked_cb, upload);
  g_steal_pointer (&upload);
}
