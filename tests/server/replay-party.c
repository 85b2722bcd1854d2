/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "replay-player"

#include "replay-private.h"

#include <string.h>

/* How long nothing may come to be sure that nothing will */
#define QUIET_MS 30

void
replay_party_free (ReplayParty *party)
{
  g_free (party->name);
  g_free (party->key);
  if (party->websocket != NULL)
    g_signal_handlers_disconnect_by_data (party->websocket, party);
  g_clear_object (&party->websocket);
  g_queue_clear_full (&party->received, (GDestroyNotify) json_node_unref);
  g_free (party);
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Until @party has something, more than @known, or is closed */
gboolean
replay_party_wait_for_more (ReplayParty *party,
                            guint        known)
{
  gboolean late = FALSE;
  guint source = g_timeout_add (REPLAY_PATIENCE_MS, wake_cb, &late);

  while (!late && party->received.length <= known && !party->closed)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (source);

  return party->received.length > known;
}

void
replay_party_wait_for_close (ReplayParty *party)
{
  gboolean late = FALSE;
  guint source = g_timeout_add (REPLAY_PATIENCE_MS, wake_cb, &late);

  while (!late && !party->closed)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (source);
}

/* Lets everything come that is still under way */
void
replay_settle (void)
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
            ReplayParty             *party)
{
  g_autoptr(GError) error = NULL;
  JsonNode *node = ts_json_parse (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), &error);

  g_assert_no_error (error);
  g_queue_push_tail (&party->received, node);
}

static void
closed_cb (SoupWebsocketConnection *websocket,
           ReplayParty             *party)
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

gboolean
replay_party_connect (ReplayPlayer *self,
                      ReplayParty  *party)
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
  party->websocket = connecting.websocket;
  if (party->websocket == NULL)
    return FALSE;

  soup_websocket_connection_set_max_incoming_payload_size (party->websocket, 0);
  g_signal_connect (party->websocket, "message", G_CALLBACK (message_cb), party);
  g_signal_connect (party->websocket, "closed", G_CALLBACK (closed_cb), party);
  return TRUE;
}

/* Packets that came and were not recorded */
void
replay_party_report_leftovers (ReplayPlayer *self,
                               ReplayParty  *party)
{
  JsonNode *node;

  while ((node = g_queue_pop_head (&party->received)) != NULL)
    {
      g_autofree char *text = ts_json_write (node);
      g_autofree char *short_text = g_strdup_printf ("unrecorded: %.200s", text);

      replay_player_complain (self, party->name, short_text);
      json_node_unref (node);
    }
}

void
replay_party_close (ReplayPlayer *self,
                    ReplayParty  *party,
                    gushort       code)
{
  replay_settle ();
  replay_party_report_leftovers (self, party);
  if (party->websocket != NULL
      && soup_websocket_connection_get_state (party->websocket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (party->websocket, code, NULL);
}

/* As a program that is killed */
void
replay_party_abort (ReplayPlayer *self,
                    ReplayParty  *party)
{
  replay_settle ();
  replay_party_report_leftovers (self, party);
  if (party->websocket != NULL)
    g_io_stream_close_async (soup_websocket_connection_get_io_stream (party->websocket), G_PRIORITY_DEFAULT,
                             NULL, NULL, NULL);
}

/* The recorded cmd and listener say which of the waiting packets is meant */
JsonNode *
replay_party_take_like (ReplayPlayer *self,
                        ReplayParty  *party,
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

          replay_player_complain (self, party->name, short_text);
          party->overtaken = party->received.head->data;
        }
      g_queue_delete_link (&party->received, l);
      return node;
    }

  return NULL;
}
