/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rotur"

#include "config.h"

#include "natter-rotur-call.h"

#include "natter-error.h"
#include "natter-json-private.h"

#include <string.h>

#define CHUNK (16 * 1024)

/* One call on its way. */
typedef struct
{
  SoupMessage  *message;
  GByteArray   *body;
  GCancellable *cancellable; /* of the call itself: the caller's, or the time, is up */
  GCancellable *given;
  gulong        given_handler;
  guint         limit_source;
  gboolean      late : 1;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_handle_id (&call->limit_source, g_source_remove);
  if (call->given_handler != 0)
    g_cancellable_disconnect (call->given, call->given_handler);
  g_clear_object (&call->given);
  g_clear_object (&call->cancellable);
  g_clear_object (&call->message);
  /* A token may be in it. */
  if (call->body->len > 0)
    explicit_bzero (call->body->data, call->body->len);
  g_byte_array_unref (call->body);
  g_free (call);
}

/**
 * natter_rotur_answer_free:
 * @self: (transfer full): an answer
 *
 * Frees it.
 */
void
natter_rotur_answer_free (NatterRoturAnswer *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self);
}

/**
 * natter_rotur_answer_object:
 * @self: an answer
 *
 * What the API said, whether it is what was asked for or an error.
 *
 * Returns: (transfer none) (nullable): the body, when it is an object
 */
JsonObject *
natter_rotur_answer_object (NatterRoturAnswer *self)
{
  return self->node != NULL ? natter_json_node_object (self->node) : NULL;
}

/**
 * natter_rotur_answer_is_good:
 * @self: an answer
 *
 * Whether the API did what was asked for.
 *
 * Returns: whether it did
 */
gboolean
natter_rotur_answer_is_good (NatterRoturAnswer *self)
{
  return self->status == SOUP_STATUS_OK && natter_rotur_answer_object (self) != NULL;
}

/**
 * natter_rotur_answer_no_route:
 * @self: an answer
 *
 * Whether the API is of a version that doesn't have what was asked for.
 *
 * Returns: whether it is
 */
gboolean
natter_rotur_answer_no_route (NatterRoturAnswer *self)
{
  return self->status == SOUP_STATUS_NOT_FOUND || self->status == SOUP_STATUS_METHOD_NOT_ALLOWED;
}

static gboolean
is_about_account (JsonObject *object)
{
  static const char *const codes[] = { "account_blocked", "app_banned", "parental_block", NULL };
  const char *code = object != NULL ? natter_json_string (object, "code") : NULL;
  const char *text = object != NULL ? natter_json_string (object, "error") : NULL;

  return (code != NULL && g_strv_contains (codes, code)) || g_strcmp0 (text, "User is banned") == 0
         || (text != NULL && g_str_has_prefix (text, "Terms-Of-Service"));
}

static NatterError
code_of (NatterRoturAnswer *self)
{
  switch (self->status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return NATTER_ERROR_TOKEN;
    case SOUP_STATUS_FORBIDDEN:
      return is_about_account (natter_rotur_answer_object (self)) ? NATTER_ERROR_ROTUR : NATTER_ERROR_TOKEN;
    case 429:
      return NATTER_ERROR_RATE_LIMITED;
    default:
      return self->status >= 500 ? NATTER_ERROR_UNREACHABLE : NATTER_ERROR_ROTUR;
    }
}

/**
 * natter_rotur_answer_to_error:
 * @self: an answer that is not good
 *
 * What it means to the person who waits for it.
 *
 * Returns: (transfer full): an error of %NATTER_ERROR
 */
GError *
natter_rotur_answer_to_error (NatterRoturAnswer *self)
{
  JsonObject *object = natter_rotur_answer_object (self);
  const char *text = object != NULL ? natter_json_string (object, "error") : NULL;
  const char *reason = object != NULL ? natter_json_string (object, "reason") : NULL;

  if (text == NULL && object != NULL)
    text = natter_json_string (object, "code");
  if (text != NULL && reason != NULL)
    return g_error_new (NATTER_ERROR, code_of (self), "%.500s: %.500s", text, reason);
  if (text != NULL)
    return g_error_new (NATTER_ERROR, code_of (self), "%.500s", text);
  return g_error_new (NATTER_ERROR, code_of (self), "Rotur answered %u %s", self->status,
                      soup_status_get_phrase (self->status));
}

/* Takes over @error. */
static void
fail (GTask  *task,
      GError *error)
{
  g_autoptr(GError) owned = error;
  Call *call = g_task_get_task_data (task);

  if (g_cancellable_is_cancelled (call->given))
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  else if (call->late)
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_TIMEOUT, "Rotur does not answer");
  else if (error->domain == NATTER_ERROR)
    g_task_return_error (task, g_steal_pointer (&owned));
  else if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_CERTIFICATE, error->message);
  else
    g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_UNREACHABLE, error->message);
}

static void
succeed (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  NatterRoturAnswer *answer = g_new0 (NatterRoturAnswer, 1);

  answer->status = soup_message_get_status (call->message);
  if (call->body->len > 0)
    answer->node = natter_json_parse ((const char *) call->body->data, call->body->len, NULL);
  g_task_return_pointer (task, answer, (GDestroyNotify) natter_rotur_answer_free);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  Call *call = g_task_get_task_data (task);

  if (bytes == NULL)
    fail (task, g_steal_pointer (&error));
  else if (g_bytes_get_size (bytes) == 0)
    succeed (task);
  else if (call->body->len + g_bytes_get_size (bytes) > NATTER_ROTUR_MAX_ANSWER)
    fail (task, g_error_new_literal (NATTER_ERROR, NATTER_ERROR_TOO_LARGE, "Rotur's answer is too large"));
  else
    {
      g_byte_array_append (call->body, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_input_stream_read_bytes_async (G_INPUT_STREAM (source), CHUNK, G_PRIORITY_DEFAULT, call->cancellable, on_read,
                                       g_steal_pointer (&task));
    }
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  Call *call = g_task_get_task_data (task);

  if (stream == NULL)
    fail (task, g_steal_pointer (&error));
  else
    g_input_stream_read_bytes_async (stream, CHUNK, G_PRIORITY_DEFAULT, call->cancellable, on_read,
                                     g_steal_pointer (&task));
}

static gboolean
on_limit (gpointer data)
{
  Call *call = data;

  call->limit_source = 0;
  call->late = TRUE;
  g_cancellable_cancel (call->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_given_cancelled (GCancellable *given,
                    GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
wipe (gpointer text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static Call *
call_new (const char   *method,
          const char   *uri,
          const char   *token,
          const char   *form,
          guint         limit_ms,
          GCancellable *given)
{
  Call *call = g_new0 (Call, 1);
  SoupMessageHeaders *headers;

  call->message = soup_message_new (method, uri);
  call->body = g_byte_array_new ();
  call->cancellable = g_cancellable_new ();
  call->limit_source = g_timeout_add (limit_ms, on_limit, call);
  if (given != NULL)
    {
      call->given = g_object_ref (given);
      call->given_handler = g_cancellable_connect (given, G_CALLBACK (on_given_cancelled),
                                                   g_object_ref (call->cancellable), g_object_unref);
    }

  /* The token must reach nobody but the host that it is meant for, and no cache on the way. */
  soup_message_add_flags (call->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  headers = soup_message_get_request_headers (call->message);
  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
      explicit_bzero (value, strlen (value));
    }
  if (form != NULL)
    {
      char *copy = g_strdup (form);
      g_autoptr(GBytes) bytes = g_bytes_new_with_free_func (copy, strlen (copy), wipe, copy);

      soup_message_set_request_body_from_bytes (call->message, "application/x-www-form-urlencoded", bytes);
    }
  return call;
}

/**
 * natter_rotur_call_async:
 * @session: the session to use
 * @method: the HTTP method
 * @uri: where to, with its query
 * @token: (nullable): sent in the `Authorization` header
 * @form: (nullable): the body, an encoded form; copied, and wiped afterwards
 * @limit_ms: how long it may take altogether
 * @cancellable: (nullable): a cancellable
 * @callback: called when the answer is there
 * @data: for @callback
 *
 * One call of the Rotur API, bounded in time and in size. Redirects are not followed.
 */
void
natter_rotur_call_async (SoupSession         *session,
                         const char          *method,
                         const char          *uri,
                         const char          *token,
                         const char          *form,
                         guint                limit_ms,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, data);
  Call *call = call_new (method, uri, token, form, limit_ms, cancellable);

  g_task_set_source_tag (task, natter_rotur_call_async);
  g_task_set_static_name (task, "natter-rotur-call");
  g_task_set_task_data (task, call, call_free);
  soup_session_send_async (session, call->message, G_PRIORITY_DEFAULT, call->cancellable, on_sent,
                           g_steal_pointer (&task));
}

/**
 * natter_rotur_call_finish:
 * @result: the result
 * @error: why there is no answer: of the domain %NATTER_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status
 */
NatterRoturAnswer *
natter_rotur_call_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
