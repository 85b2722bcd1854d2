/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-upload"

#include "config.h"

#include "natter-upload.h"

#include <libsoup/soup.h>

#include "natter-error.h"
#include "natter-packet-private.h"
#include "natter-upload-body.h"

#define ROUTE "/attachments/upload"
#define MAX_ANSWER (64 * 1024)
/* Of silence: the server asks Rotur who sends, and stands still meanwhile. */
#define TIMEOUT_SECONDS 60
/* Room for all but the file in the JSON form, where the limit is for the whole. */
#define ROOM 1024

/* One file on its way. */
typedef struct
{
  GFile               *file;
  char                *name;
  char                *mime_type;
  char                *channel;
  char                *validator_key;
  char                *validator;
  char                *uri;
  SoupSession         *session;
  SoupMessage         *message;
  NatterUploadProgress progress;
  gpointer             progress_data;
  guint64              size;
  guint64              n_body;
  guint64              n_written;
  gboolean             multipart;
  gboolean             again; /* the server wants the other form */
} Call;

static void send_file (GTask *task);

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->file);
  g_free (call->name);
  g_free (call->mime_type);
  g_free (call->channel);
  g_free (call->validator_key);
  g_free (call->validator);
  g_free (call->uri);
  g_clear_object (&call->message);
  g_clear_object (&call->session);
  g_free (call);
}

/**
 * natter_upload_check_type:
 * @handshake: what the server said of itself
 * @mime_type: a type, "image/png"
 *
 * Returns: whether the server takes files of this type
 */
gboolean
natter_upload_check_type (NatterHandshake *handshake,
                          const char      *mime_type)
{
  const char * const *types = natter_handshake_get_upload_types (handshake);
  g_autofree char *type = g_ascii_strdown (mime_type, -1);

  for (gsize i = 0; types != NULL && types[i] != NULL; i++)
    {
      g_autofree char *pattern = g_ascii_strdown (types[i], -1);

      if (g_str_equal (pattern, "*") || g_pattern_match_simple (pattern, type))
        return TRUE;
    }
  return types == NULL;
}

/**
 * natter_upload_get_max:
 * @handshake: what the server said of itself
 *
 * Older servers bound all that is sent, and the file grows by a third on its way (protocol 13.4).
 *
 * Returns: how many bytes a file may have, %G_MAXUINT64 when the server has no limit
 */
guint64
natter_upload_get_max (NatterHandshake *handshake)
{
  guint64 max = natter_handshake_get_max_upload (handshake);

  if (max == 0)
    return G_MAXUINT64;
  if (natter_handshake_is_new_generation (handshake))
    return max;
  return max / 4 * 3 > ROOM ? max / 4 * 3 - ROOM : 0;
}

static NatterError
code_of (guint       status,
         const char *text)
{
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return NATTER_ERROR_VALIDATOR;
    case SOUP_STATUS_FORBIDDEN:
      return NATTER_ERROR_PERMISSION;
    case SOUP_STATUS_NOT_FOUND:
      return NATTER_ERROR_NOT_FOUND;
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
      return NATTER_ERROR_TOO_LARGE;
    case SOUP_STATUS_BAD_REQUEST:
      /* How servers of April 2026 say that it is too large. */
      return g_strcmp0 (text, "Failed to read request body") == 0 ? NATTER_ERROR_TOO_LARGE : NATTER_ERROR_REJECTED;
    default:
      /* What is before the server says so; nothing is wrong with the file. The server itself gives a reason. */
      return text == NULL && status >= SOUP_STATUS_INTERNAL_SERVER_ERROR ? NATTER_ERROR_UNREACHABLE : NATTER_ERROR_REJECTED;
    }
}

static void
take_answer (GTask  *task,
             GBytes *body)
{
  Call *call = g_task_get_task_data (task);
  guint status = soup_message_get_status (call->message);
  g_autoptr(JsonNode) node = natter_json_parse (g_bytes_get_data (body, NULL), g_bytes_get_size (body), NULL);
  JsonObject *object = node != NULL ? natter_json_node_object (node) : NULL;
  NatterAttachmentData *attachment = NULL;
  const char *text;

  if (status == SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE && !call->again)
    {
      call->again = TRUE;
      call->multipart = !call->multipart;
      send_file (task);
      return;
    }
  if (SOUP_STATUS_IS_SUCCESSFUL (status) && object != NULL && natter_json_object (object, "attachment") != NULL)
    attachment = _natter_attachment_data_read (natter_json_object (object, "attachment"));
  if (attachment != NULL)
    {
      g_task_return_pointer (task, attachment, (GDestroyNotify) natter_attachment_data_free);
      return;
    }
  text = object != NULL ? natter_json_string (object, "error") : NULL;
  g_task_return_new_error (task, NATTER_ERROR, code_of (status, text), "%.500s",
                           text != NULL ? text : soup_status_get_phrase (status));
}

static void
return_failure (GTask        *task,
                const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    g_task_return_error (task, g_error_copy (error));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_TIMEOUT, error->message);
  else
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_UNREACHABLE, error->message);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, &error) < 0)
    {
      return_failure (task, error);
      return;
    }
  body = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (source));
  take_answer (task, body);
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  g_autoptr(GOutputStream) memory = NULL;

  if (stream == NULL)
    {
      return_failure (task, error);
      return;
    }
  /* Of fixed size: an answer that never ends fails. */
  memory = g_memory_output_stream_new (g_malloc (MAX_ANSWER), MAX_ANSWER, NULL, g_free);
  g_output_stream_splice_async (memory, stream,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_answer, g_object_ref (task));
}

static void
on_wrote (SoupMessage *message,
          guint        length,
          GTask       *task)
{
  Call *call = g_task_get_task_data (task);

  call->n_written += length;
  if (call->progress != NULL && call->n_body > 0)
    call->progress (MIN (1.0, (double) call->n_written / (double) call->n_body), call->progress_data);
}

/* Everything of the JSON form but the file and the end, which is `"}`. */
static GBytes *
make_json_head (Call *call)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *start = g_strdup_printf ("data:%s;base64,", call->mime_type);
  char *text;
  gsize length;

  json_object_set_string_member (object, "validator_key", call->validator_key);
  json_object_set_string_member (object, "validator", call->validator);
  json_object_set_string_member (object, "name", call->name);
  json_object_set_string_member (object, "mime_type", call->mime_type);
  json_object_set_string_member (object, "channel", call->channel);
  json_object_set_string_member (object, "file", start);
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  /* The file goes into its string, which is the last. */
  length = strlen (text) - strlen ("\"}");
  return g_bytes_new_take (text, length);
}

static void
append_field (GString    *text,
              const char *boundary,
              const char *name,
              const char *value)
{
  g_string_append_printf (text, "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", boundary, name, value);
}

/* A quoted string in a header, as browsers write file names. */
static char *
quote_name (const char *name)
{
  GString *text = g_string_new (name);

  g_string_replace (text, "\r", "%0D", 0);
  g_string_replace (text, "\n", "%0A", 0);
  g_string_replace (text, "\"", "%22", 0);
  return g_string_free (text, FALSE);
}

static GBytes *
make_multipart_head (Call       *call,
                     const char *boundary)
{
  GString *text = g_string_new (NULL);
  g_autofree char *name = quote_name (call->name);

  append_field (text, boundary, "name", call->name);
  append_field (text, boundary, "mime_type", call->mime_type);
  append_field (text, boundary, "channel", call->channel);
  append_field (text, boundary, "validator_key", call->validator_key);
  append_field (text, boundary, "validator", call->validator);
  g_string_append_printf (text, "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                          "Content-Type: %s\r\n\r\n", boundary, name, call->mime_type);
  return g_string_free_to_bytes (text);
}

static void
set_body (Call         *call,
          GInputStream *file)
{
  g_autoptr(GBytes) head = NULL;
  g_autoptr(GBytes) tail = NULL;
  g_autoptr(GInputStream) body = NULL;
  g_autofree char *type = NULL;

  if (call->multipart)
    {
      g_autofree char *boundary = g_uuid_string_random ();
      char *end = g_strdup_printf ("\r\n--%s--\r\n", boundary);

      type = g_strdup_printf ("multipart/form-data; boundary=\"%s\"", boundary);
      head = make_multipart_head (call, boundary);
      tail = g_bytes_new_take (end, strlen (end));
    }
  else
    {
      type = g_strdup ("application/json");
      head = make_json_head (call);
      tail = g_bytes_new_static ("\"}", 2);
    }
  body = natter_upload_body_new (head, file, call->size, !call->multipart, tail);
  call->n_body = natter_upload_body_get_length (NATTER_UPLOAD_BODY (body));
  call->n_written = 0;
  soup_message_set_request_body (call->message, type, body, (gssize) call->n_body);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  Call *call = g_task_get_task_data (task);

  if (stream == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_object (&call->message);
  call->message = soup_message_new (SOUP_METHOD_POST, call->uri);
  /* The proof of who sends it is for this server alone. */
  soup_message_add_flags (call->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  set_body (call, G_INPUT_STREAM (stream));
  g_signal_connect_object (call->message, "wrote-body-data", G_CALLBACK (on_wrote), task, G_CONNECT_DEFAULT);
  soup_session_send_async (call->session, call->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_sent,
                           g_object_ref (task));
}

static void
send_file (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  g_file_read_async (call->file, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_opened, g_object_ref (task));
}

static void
on_size (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  Call *call = g_task_get_task_data (task);

  if (info == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  call->size = (guint64) MAX (0, g_file_info_get_size (info));
  send_file (task);
}

/**
 * natter_upload_async:
 * @address: the server
 * @handshake: what it said of itself, which decides on the form of the upload
 * @request: what to send; copied
 * @progress: (nullable): told how far it has come, in the caller's thread; not called after the end
 * @progress_data: for @progress
 * @cancellable: (nullable): ends it
 * @callback: called when the server has the file
 * @data: for @callback
 *
 * Sends a file to a chat server, to be attached to a message afterwards. The file is read while it is sent. Limits are
 * not checked here: see natter_upload_get_max() and natter_upload_check_type().
 */
void
natter_upload_async (NatterAddress             *address,
                     NatterHandshake           *handshake,
                     const NatterUploadRequest *request,
                     NatterUploadProgress       progress,
                     gpointer                   progress_data,
                     GCancellable              *cancellable,
                     GAsyncReadyCallback        callback,
                     gpointer                   data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  Call *call = g_new0 (Call, 1);

  g_return_if_fail (address != NULL && handshake != NULL && request != NULL);

  g_task_set_source_tag (task, natter_upload_async);
  g_task_set_task_data (task, call, call_free);
  call->file = g_object_ref (request->file);
  call->name = g_strdup (request->name);
  call->mime_type = g_strdup (request->mime_type);
  call->channel = g_strdup (request->channel);
  call->validator_key = g_strdup (request->validator_key);
  call->validator = g_strdup (request->validator);
  call->progress = progress;
  call->progress_data = progress_data;
  call->multipart = natter_handshake_is_new_generation (handshake);
  call->uri = natter_address_resolve_http (address, ROUTE);
  call->session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "user-agent", "Natter/" PACKAGE_VERSION, NULL);
  g_file_query_info_async (call->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT,
                           cancellable, on_size, g_object_ref (task));
}

/**
 * natter_upload_finish:
 * @result: what the callback got
 * @error: why the server does not have the file: of %NATTER_ERROR (%NATTER_ERROR_VALIDATOR: another proof may help),
 *   of %G_IO_ERROR when the file can't be read
 *
 * Returns: (transfer full): what to attach, freed with natter_attachment_data_free()
 */
NatterAttachmentData *
natter_upload_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
