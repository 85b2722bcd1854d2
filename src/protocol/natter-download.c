/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-download"

#include "config.h"

#include "natter-download.h"

#include <libsoup/soup.h>

#include "natter-error.h"

#define CHUNK (64 * 1024)
#define TIMEOUT_SECONDS 30

/* One file on its way. */
typedef struct
{
  SoupMessage           *message;
  GFile                 *target;
  GInputStream          *input;
  GOutputStream         *output;
  GBytes                *chunk; /* on its way from one to the other */
  NatterDownloadProgress progress;
  gpointer               progress_data;
  guint64                max_bytes;
  guint64                n_total;
  guint64                n_bytes;
  GError                *error; /* why it ended, while what is there already is put away */
} Call;

static void read_chunk (GTask *task);

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_object (&call->message);
  g_object_unref (call->target);
  g_clear_object (&call->input);
  g_clear_object (&call->output);
  g_clear_pointer (&call->chunk, g_bytes_unref);
  g_clear_error (&call->error);
  g_free (call);
}

/* One for all, for its connections are kept open. */
static SoupSession *
get_session (void)
{
  static SoupSession *session;

  if (session == NULL)
    session = soup_session_new_with_options ("timeout", TIMEOUT_SECONDS, "max-conns", 8, "max-conns-per-host", 4,
                                             "user-agent", "Natter/" PACKAGE_VERSION, NULL);
  return session;
}

static GError *
mend_error (const GError *error)
{
  if (error->domain == NATTER_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_error_copy (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_TIMEOUT, error->message);
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_CERTIFICATE, error->message);
  return g_error_new_literal (NATTER_ERROR, NATTER_ERROR_UNREACHABLE, error->message);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *call = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (source), result, &error))
    g_debug ("A part of a file stays: %s", error->message);
  g_task_return_error (task, g_steal_pointer (&call->error));
}

static void
on_closed_after_error (GObject      *source,
                       GAsyncResult *result,
                       gpointer      data)
{
  g_autoptr(GTask) task = data;
  Call *call = g_task_get_task_data (task);

  g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, NULL);
  g_file_delete_async (call->target, G_PRIORITY_LOW, NULL, on_deleted, g_object_ref (task));
}

/* Nothing is left of a file that did not come whole. */
static void
fail (GTask        *task,
      const GError *error)
{
  Call *call = g_task_get_task_data (task);

  if (call->output == NULL)
    {
      g_task_return_error (task, mend_error (error));
      return;
    }
  call->error = mend_error (error);
  g_output_stream_close_async (call->output, G_PRIORITY_LOW, NULL, on_closed_after_error, g_object_ref (task));
}

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;

  if (g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  Call *call = g_task_get_task_data (task);

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    {
      fail (task, error);
      return;
    }
  if (call->progress != NULL)
    call->progress (call->n_bytes, call->n_total, call->progress_data);
  read_chunk (task);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  Call *call = g_task_get_task_data (task);
  gsize length = 0;

  g_clear_pointer (&call->chunk, g_bytes_unref);
  call->chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (call->chunk != NULL)
    length = g_bytes_get_size (call->chunk);
  if (call->n_bytes + length > call->max_bytes)
    g_set_error_literal (&error, NATTER_ERROR, NATTER_ERROR_TOO_LARGE, "The file is larger than it may be");
  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  if (length == 0)
    {
      g_output_stream_close_async (call->output, G_PRIORITY_LOW, NULL, on_closed, g_object_ref (task));
      return;
    }
  call->n_bytes += length;
  g_output_stream_write_all_async (call->output, g_bytes_get_data (call->chunk, NULL), length, G_PRIORITY_LOW,
                                   g_task_get_cancellable (task), on_written, g_object_ref (task));
}

static void
read_chunk (GTask *task)
{
  Call *call = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (call->input, CHUNK, G_PRIORITY_LOW, g_task_get_cancellable (task), on_read,
                                   g_object_ref (task));
}

static void
on_target (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  GFileOutputStream *output = g_file_replace_finish (G_FILE (source), result, &error);
  Call *call = g_task_get_task_data (task);

  if (output == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  call->output = G_OUTPUT_STREAM (output);
  read_chunk (task);
}

static void
check_status (SoupMessage  *message,
              GError      **error)
{
  guint status = soup_message_get_status (message);

  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE)
    g_set_error_literal (error, NATTER_ERROR, NATTER_ERROR_NOT_FOUND, "The file is no longer there");
  else if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    g_set_error (error, NATTER_ERROR, NATTER_ERROR_REJECTED, "%u %s", status, soup_status_get_phrase (status));
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;
  Call *call = g_task_get_task_data (task);
  goffset length;

  call->input = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (call->input != NULL)
    check_status (call->message, &error);
  if (error != NULL)
    {
      fail (task, error);
      return;
    }
  length = soup_message_headers_get_content_length (soup_message_get_response_headers (call->message));
  call->n_total = (guint64) MAX (0, length);
  if (call->n_total > call->max_bytes)
    {
      g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_TOO_LARGE, "The file is larger than it may be");
      return;
    }
  g_file_replace_async (call->target, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                        G_PRIORITY_LOW, g_task_get_cancellable (task), on_target, g_object_ref (task));
}

static gboolean
is_http (const char *uri)
{
  const char *scheme = g_uri_peek_scheme (uri);

  return g_uri_is_valid (uri, SOUP_HTTP_URI_FLAGS, NULL)
         && (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0);
}

/**
 * natter_download_async:
 * @uri: an http or https address
 * @target: where to; replaced
 * @max_bytes: more is an error
 * @may_lead_elsewhere: whether redirects are followed: only where the person knows that other sites may learn of it
 * @progress: (nullable): told how far it has come, in the caller's thread
 * @progress_data: for @progress
 * @cancellable: (nullable): ends it
 * @callback: called when it is there
 * @data: for @callback
 *
 * Fetches a file, piece by piece. Nothing is left of @target when it fails.
 */
void
natter_download_async (const char             *uri,
                       GFile                  *target,
                       guint64                 max_bytes,
                       gboolean                may_lead_elsewhere,
                       NatterDownloadProgress  progress,
                       gpointer                progress_data,
                       GCancellable           *cancellable,
                       GAsyncReadyCallback     callback,
                       gpointer                data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  Call *call = g_new0 (Call, 1);

  g_return_if_fail (uri != NULL && target != NULL);

  g_task_set_source_tag (task, natter_download_async);
  g_task_set_task_data (task, call, call_free);
  call->target = g_object_ref (target);
  call->max_bytes = max_bytes;
  call->progress = progress;
  call->progress_data = progress_data;
  if (!is_http (uri))
    {
      g_task_return_new_error_literal (task, NATTER_ERROR, NATTER_ERROR_ADDRESS, "Not an http address");
      return;
    }
  call->message = soup_message_new (SOUP_METHOD_GET, uri);
  if (!may_lead_elsewhere)
    soup_message_add_flags (call->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_async (get_session (), call->message, G_PRIORITY_LOW, cancellable, on_sent, g_object_ref (task));
}

/**
 * natter_download_finish:
 * @result: what the callback got
 * @error: of %NATTER_ERROR: %NATTER_ERROR_NOT_FOUND, %NATTER_ERROR_TOO_LARGE, %NATTER_ERROR_UNREACHABLE, …; or of
 *   %G_IO_ERROR when the file can't be written
 *
 * Returns: whether the file is there
 */
gboolean
natter_download_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
