/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-join-file"

#include "config.h"

#include "natter-join-file.h"

#include <string.h>

typedef struct
{
  NatterSession *session;
  NatterServer  *server;
  char          *username;
  char          *password;
  gulong         handshake_handler;
  gulong         state_handler;
} JoinData;

static void
join_data_free (JoinData *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->server);
  g_free (self->username);
  natter_secret_free (self->password);
  g_free (self);
}

static void
stop_watching (JoinData *self)
{
  g_clear_signal_handler (&self->handshake_handler, self->server);
  g_clear_signal_handler (&self->state_handler, self->server);
}

static void
joined_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  JoinData *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (natter_session_join_finish (NATTER_SESSION (object), result, &error))
    g_task_return_pointer (task, g_object_ref (self->server), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
server_changed_cb (GTask *task)
{
  JoinData *self = g_task_get_task_data (task);
  NatterConnectionState state = natter_server_get_state (self->server);

  if (state == NATTER_CONNECTION_HANDSHAKE && natter_server_get_handshake (self->server) != NULL)
    {
      stop_watching (self);
      natter_session_join_with_password_async (self->session, self->server, self->username, self->password,
                                               FALSE, TRUE, g_task_get_cancellable (task), joined_cb, task);
    }
  else if (state == NATTER_CONNECTION_REFUSED || state == NATTER_CONNECTION_WAITING)
    {
      const GError *reason = natter_server_get_reason (self->server);
      GError *error = reason != NULL ? g_error_copy (reason)
                                     : g_error_new_literal (NATTER_ERROR, NATTER_ERROR_UNREACHABLE, "no connection");

      stop_watching (self);
      natter_server_disconnect (self->server);
      g_task_return_error (task, error);
      g_object_unref (task);
    }
}

static void
join_contents (GTask *task, const char *contents)
{
  JoinData *self = g_task_get_task_data (task);
  g_auto(GStrv) lines = g_strsplit (contents, "\n", 4);
  g_autoptr(NatterAddress) address = NULL;
  GError *error = NULL;

  if (g_strv_length (lines) >= 3)
    address = natter_address_parse (g_strstrip (lines[0]), &error);
  else
    error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_ADDRESS, "the file needs three lines");

  if (address != NULL)
    {
      self->username = g_strdup (g_strstrip (lines[1]));
      self->password = g_strdup (g_strchomp (lines[2]));
    }
  for (guint i = 0; lines[i] != NULL; i++)
    explicit_bzero (lines[i], strlen (lines[i]));
  if (address == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  self->server = natter_session_new_server (self->session, address);
  self->handshake_handler = g_signal_connect_swapped (self->server, "notify::handshake", G_CALLBACK (server_changed_cb), task);
  self->state_handler = g_signal_connect_swapped (self->server, "notify::state", G_CALLBACK (server_changed_cb), task);
  natter_server_connect (self->server);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autofree char *contents = NULL;
  gsize length = 0;
  GError *error = NULL;

  if (!g_file_load_contents_finish (G_FILE (object), result, &contents, &length, NULL, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  join_contents (task, contents);
  explicit_bzero (contents, length);
}

/**
 * natter_join_file_async:
 * @file: a small text file: address, username and password of a server account, one per line
 * @session: where the server is added
 * @cancellable: (nullable): gives up
 * @callback: called when signed in or failed
 * @data: for @callback
 *
 * Signs in to a server for this run alone: the password is kept in memory. Whoever made the file deletes it.
 */
void
natter_join_file_async (GFile *file, NatterSession *session, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (file, cancellable, callback, data);
  JoinData *self = g_new0 (JoinData, 1);

  g_task_set_source_tag (task, natter_join_file_async);
  g_task_set_task_data (task, self, (GDestroyNotify) join_data_free);
  self->session = g_object_ref (session);
  g_file_load_contents_async (file, cancellable, loaded_cb, task);
}

/**
 * natter_join_file_finish:
 * @result: what the callback got
 * @error: return location for an error of %NATTER_ERROR or %G_IO_ERROR
 *
 * Finishes natter_join_file_async().
 *
 * Returns: (transfer full) (nullable): the server, signed in and in the list
 */
NatterServer *
natter_join_file_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
