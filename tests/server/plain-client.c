/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "plain-client"

#include "plain-client.h"

/* How long something that must come may take, and how long nothing may come to be sure that nothing will */
#define PATIENCE_MS 5000
#define QUIET_MS 100

static void
message_cb (SoupWebsocketConnection *websocket,
            gint                     type,
            GBytes                  *frame,
            PlainClient             *self)
{
  gsize length;
  const char *data = g_bytes_get_data (frame, &length);
  JsonNode *node = type == SOUP_WEBSOCKET_DATA_TEXT && length > 0 ? ts_json_parse (data, length, NULL) : NULL;

  self->n_frames++;
  self->largest = MAX (self->largest, length);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    g_queue_push_tail (&self->packets, node);
  else
    {
      self->n_odd++;
      g_clear_pointer (&node, json_node_unref);
    }
}

static void
closed_cb (SoupWebsocketConnection *websocket,
           PlainClient             *self)
{
  self->closed = TRUE;
  self->code = soup_websocket_connection_get_close_code (websocket);
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
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

/* Connects, or gives up after a moment */
PlainClient *
plain_client_new (TestServer *server)
{
  PlainClient *self = g_new0 (PlainClient, 1);
  g_autoptr(SoupMessage) message = soup_message_new ("GET", test_server_get_url (server));
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Connecting connecting = { NULL, FALSE };
  gboolean late = FALSE;
  guint source = g_timeout_add (QUIET_MS * 5, wake_cb, &late);

  g_queue_init (&self->packets);
  self->session = soup_session_new ();
  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT, cancellable,
                                        connected_cb, &connecting);
  while (!connecting.done && !late)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (source);
  g_cancellable_cancel (cancellable);
  while (!connecting.done)
    g_main_context_iteration (NULL, TRUE);

  self->websocket = connecting.websocket;
  if (self->websocket == NULL)
    {
      self->closed = TRUE;
      return self;
    }

  soup_websocket_connection_set_max_incoming_payload_size (self->websocket, 0);
  g_signal_connect (self->websocket, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->websocket, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

void
plain_client_free (PlainClient *self)
{
  if (self->websocket != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->websocket, self);
      if (soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (self->websocket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
    }
  g_clear_object (&self->websocket);
  g_queue_clear_full (&self->packets, (GDestroyNotify) json_node_unref);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self);
}

void
plain_client_send (PlainClient *self,
                   const char  *text)
{
  soup_websocket_connection_send_text (self->websocket, text);
}

static JsonObject *
take (PlainClient *self,
      const char  *cmd,
      const char  *listener)
{
  for (GList *l = self->packets.head; l != NULL; l = l->next)
    {
      JsonObject *object = json_node_get_object (l->data);

      if ((cmd == NULL || g_strcmp0 (ts_get_string (object, "cmd"), cmd) == 0)
          && (listener == NULL || g_strcmp0 (ts_get_string (object, "listener"), listener) == 0))
        {
          JsonNode *node = l->data;
          JsonObject *taken = json_object_ref (object);

          g_queue_delete_link (&self->packets, l);
          json_node_unref (node);
          return taken;
        }
    }

  return NULL;
}

static JsonObject *
wait_for (PlainClient *self,
          const char  *cmd,
          const char  *listener)
{
  gboolean late = FALSE;
  guint source = g_timeout_add (PATIENCE_MS, wake_cb, &late);
  JsonObject *packet;

  while ((packet = take (self, cmd, listener)) == NULL && !late && !self->closed)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (source);

  return packet;
}

/* Returns: (transfer full) (nullable): the next packet of that name; those before it stay */
JsonObject *
plain_client_next (PlainClient *self,
                   const char  *cmd)
{
  return wait_for (self, cmd, NULL);
}

/* @members: (nullable): what follows in the object, beginning with a comma */
JsonObject *
plain_client_ask (PlainClient *self,
                  const char  *cmd,
                  const char  *members)
{
  static guint number;
  g_autofree char *listener = g_strdup_printf ("ask-%u", ++number);
  g_autofree char *text = g_strdup_printf ("{\"cmd\": \"%s\", \"listener\": \"%s\"%s}", cmd, listener,
                                           members != NULL ? members : "");

  plain_client_send (self, text);
  return wait_for (self, NULL, listener);
}

/* With a server account and the usual password; returns "ready" */
JsonObject *
plain_client_sign_in (PlainClient *self,
                      const char  *name)
{
  g_autofree char *text = g_strdup_printf ("{\"cmd\": \"login\", \"username\": \"%s\", \"password\": \"%s-pass\"}",
                                           name, name);

  plain_client_send (self, text);
  return wait_for (self, "ready", NULL);
}

void
plain_client_wait_close (PlainClient *self)
{
  gboolean late = FALSE;
  guint source = g_timeout_add (PATIENCE_MS, wake_cb, &late);

  while (!self->closed && !late)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (source);
  g_assert_true (self->closed);
}

/* Whether nothing comes for a while, which only a silent server lets happen after a question */
gboolean
plain_client_is_quiet (PlainClient *self)
{
  guint before = self->n_frames;
  gboolean late = FALSE;

  g_timeout_add (QUIET_MS, wake_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);

  return self->n_frames == before && !self->closed;
}

typedef struct
{
  GBytes *body;
  gboolean done;
} Answer;

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Answer *answer = user_data;

  answer->body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);
  answer->done = TRUE;
}

/**
 * plain_http:
 * @token: (nullable): goes into the header
 * @status: (out): 0 when there was no answer
 * @location: (out) (optional) (transfer full): where a redirect leads, which is not followed
 *
 * Returns: (transfer full): the JSON of the body, else its text
 */
JsonNode *
plain_http (const char  *method,
            const char  *url,
            const char  *token,
            const char  *type,
            const char  *body,
            guint       *status,
            char       **location)
{
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autoptr(SoupMessage) message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  Answer answer = { NULL, FALSE };
  g_autofree char *text = NULL;
  JsonNode *node;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (body != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, type, bytes);
    }

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, answered_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);

  *status = answer.body != NULL ? soup_message_get_status (message) : 0;
  if (location != NULL)
    *location = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"));
  if (answer.body == NULL)
    return ts_null ();

  text = g_strndup (g_bytes_get_data (answer.body, NULL), g_bytes_get_size (answer.body));
  node = ts_json_parse (text != NULL ? text : "", text != NULL ? strlen (text) : 0, NULL);
  g_bytes_unref (answer.body);
  return node != NULL ? node : ts_string (text != NULL ? text : "");
}

void
plain_control (TestServer *server,
               const char *command)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = test_server_control (server, command, &error);

  g_assert_no_error (error);
  g_assert_nonnull (answer);
}
