/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "browser.h"

#include "wait.h"

Browser *
browser_new (void)
{
  Browser *self = g_new0 (Browser, 1);

  self->session = soup_session_new ();
  return self;
}

void
browser_free (Browser *self)
{
  soup_session_abort (self->session);
  g_clear_object (&self->message);
  g_object_unref (self->session);
  g_free (self->uri);
  g_free (self->body);
  g_free (self);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Browser *self = data;
  g_autoptr(GBytes) bytes = soup_session_send_and_read_finish (self->session, result, NULL);

  if (bytes != NULL)
    {
      self->status = soup_message_get_status (self->message);
      self->uri = g_uri_to_string (soup_message_get_uri (self->message));
      self->body = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
  self->done = TRUE;
}

/* Does not wait: see @done. */
void
browser_open (Browser    *self,
              const char *uri)
{
  g_clear_object (&self->message);
  g_clear_pointer (&self->uri, g_free);
  g_clear_pointer (&self->body, g_free);
  self->status = 0;
  self->done = FALSE;
  self->message = soup_message_new (SOUP_METHOD_GET, uri);
  g_assert_nonnull (self->message);
  soup_session_send_and_read_async (self->session, self->message, G_PRIORITY_DEFAULT, NULL, on_read, self);
}

typedef struct
{
  GString  *answer;
  char      buffer[4096];
  gboolean  done;
} Raw;

static void
on_raw_read (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Raw *raw = data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (length > 0)
    {
      g_string_append_len (raw->answer, raw->buffer, length);
      g_input_stream_read_async (G_INPUT_STREAM (source), raw->buffer, sizeof raw->buffer, G_PRIORITY_DEFAULT, NULL,
                                 on_raw_read, raw);
    }
  else
    raw->done = TRUE;
}

/* (transfer full): what who listens at @uri answers to a request with any path and Host header; "" if nobody does */
char *
browser_ask (const char *uri,
             const char *method,
             const char *path,
             const char *host)
{
  g_autoptr(GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  g_autofree char *request = NULL;
  Raw raw = { .answer = g_string_new (NULL) };

  connection = g_socket_client_connect_to_host (client, g_uri_get_host (parsed), g_uri_get_port (parsed), NULL, NULL);
  if (connection == NULL)
    return g_string_free_and_steal (raw.answer);
  request = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", method, path, host);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request,
                                            strlen (request), NULL, NULL, NULL));
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), raw.buffer, sizeof raw.buffer,
                             G_PRIORITY_DEFAULT, NULL, on_raw_read, &raw);
  wait_for (raw.done);
  return g_string_free_and_steal (raw.answer);
}
