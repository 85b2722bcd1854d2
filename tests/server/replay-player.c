/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "replay-player"

#include "replay-private.h"

#include <string.h>

#define RECORDED_CHAT "127.0.0.1:5640"
#define RECORDED_ROTUR "127.0.0.1:5751"

static char *
authority_of (const char *url)
{
  return g_strdup (strstr (url, "://") + strlen ("://"));
}

ReplayPlayer *
replay_player_new (TestServer *server)
{
  ReplayPlayer *self = g_new0 (ReplayPlayer, 1);

  self->server = server;
  self->session = soup_session_new ();
  self->match = replay_match_new ();
  self->parties = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) replay_party_free);
  self->chat = authority_of (test_server_get_url (server));
  self->rotur = authority_of (test_server_get_rotur_url (server));
  return self;
}

void
replay_player_free (ReplayPlayer *self)
{
  g_hash_table_unref (self->parties);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  replay_match_free (self->match);
  g_free (self->chat);
  g_free (self->rotur);
  g_free (self->note);
  g_clear_pointer (&self->guest, replay_party_free);
  g_free (self);
}

static ReplayParty *
get_party (ReplayPlayer *self,
           const char   *name)
{
  ReplayParty *party = g_hash_table_lookup (self->parties, name);

  if (party == NULL)
    {
      party = g_new0 (ReplayParty, 1);
      party->name = g_strdup (name);
      g_queue_init (&party->received);
      g_hash_table_insert (self->parties, party->name, party);
    }

  return party;
}

void
replay_player_complain (ReplayPlayer *self,
                        const char   *party,
                        const char   *text)
{
  g_ptr_array_add (self->differences, g_strdup_printf ("%s:%u %s %s", self->file, self->line, party, text));
}

static void
control (ReplayPlayer *self,
         const char   *format,
         ...) G_GNUC_PRINTF (2, 3);

static void
control (ReplayPlayer *self,
         const char   *format,
         ...)
{
  g_autofree char *command = NULL;
  g_autofree char *answer = NULL;
  g_autoptr(GError) error = NULL;
  va_list args;

  va_start (args, format);
  command = g_strdup_vprintf (format, args);
  va_end (args);

  answer = test_server_control (self->server, command, &error);
  g_assert_no_error (error);
}

void
replay_player_compare (ReplayPlayer *self,
                       ReplayParty  *party,
                       const char   *what,
                       JsonNode     *recorded,
                       JsonNode     *actual)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  replay_match_compare (self->match, what, recorded, actual, found);
  for (guint i = 0; i < found->len; i++)
    replay_player_complain (self, party->name, g_ptr_array_index (found, i));
}

static void
expect_packet (ReplayPlayer *self,
               ReplayParty  *party,
               JsonNode     *recorded)
{
  JsonObject *object = json_node_get_object (recorded);
  const char *cmd = ts_get_string (object, "cmd");
  g_autoptr(JsonNode) actual = NULL;

  if (g_strcmp0 (cmd, "handshake") == 0)
    {
      if (self->server_dead)
        {
          control (self, "{\"do\": \"restart\"}");
          self->server_dead = FALSE;
        }
      replay_party_connect (self, party);
    }

  actual = replay_party_take_like (self, party, object);
  while (actual == NULL && replay_party_wait_for_more (party, party->received.length))
    actual = replay_party_take_like (self, party, object);
  if (actual == NULL)
    {
      g_autofree char *text = ts_json_write (recorded);
      g_autofree char *missing = g_strdup_printf ("missing: %.200s", text);

      replay_player_complain (self, party->name, missing);
      return;
    }

  if (g_strcmp0 (cmd, "handshake") == 0)
    g_set_str (&party->key, ts_get_string (ts_get_object (json_node_get_object (actual), "val"), "validator_key"));
  replay_player_compare (self, party, cmd != NULL ? cmd : "packet", recorded, actual);
}

static void
expect_end (ReplayPlayer *self,
            ReplayParty  *party,
            JsonObject   *recorded)
{
  gint64 code = ts_get_int (recorded, "code", 0);

  if (g_strcmp0 (ts_get_string (recorded, "ws"), "connect failed") == 0)
    {
      if (replay_party_connect (self, party))
        replay_player_complain (self, party->name, "recorded that connecting failed");
      return;
    }

  if (code == SOUP_WEBSOCKET_CLOSE_ABNORMAL && self->server_dies)
    {
      replay_party_report_leftovers (self, party);
      control (self, "{\"do\": \"restart\", \"down\": 3600000}");
      self->server_dead = TRUE;
    }
  else if (code == SOUP_WEBSOCKET_CLOSE_ABNORMAL)
    replay_party_abort (self, party);

  replay_party_wait_for_close (party);
  if (!party->closed)
    replay_player_complain (self, party->name, "recorded an end of the connection");
  else if (code != 0 && code != SOUP_WEBSOCKET_CLOSE_ABNORMAL && code != party->code)
    {
      g_autofree char *text = g_strdup_printf ("recorded close code %d, got %d", (int) code, party->code);

      replay_player_complain (self, party->name, text);
    }
  replay_party_report_leftovers (self, party);
}

/* Remarks say what happened on the server's side */
static void
play_note (ReplayPlayer *self,
           ReplayParty  *party,
           const char   *note)
{
  g_set_str (&self->note, note);

  if (strstr (note, "takes 7 seconds") != NULL)
    control (self, "{\"do\": \"rotur\", \"delay\": 200}");
  else if (g_str_has_prefix (note, "channels.json"))
    control (self, "{\"do\": \"push\", \"what\": \"channels\"}");
  else if (g_str_has_prefix (note, "roles.json"))
    control (self, "{\"do\": \"push\", \"what\": \"roles\"}");
  else if (g_str_has_prefix (note, "users.json"))
    control (self, "{\"do\": \"push\", \"what\": \"nickname\", \"user\": \"USR:local_dmitri\","
             " \"nickname\": \"Hand Edited\"}");
  else if (strstr (note, "is now called pavel_new") != NULL)
    control (self, "{\"do\": \"rotur\", \"rename\": \"pavel\", \"to\": \"pavel_new\"}");
  else if (g_str_has_prefix (note, "a text frame of "))
    {
      gsize length = g_ascii_strtoull (note + strlen ("a text frame of "), NULL, 10);
      g_autofree char *text = g_strnfill (length, ' ');

      soup_websocket_connection_send_text (party->websocket, text);
    }
}

static void
send_frame (ReplayPlayer *self,
            ReplayParty  *party,
            JsonNode     *packet)
{
  JsonObject *object = json_node_get_object (packet);
  JsonObject *binary = ts_get_object (object, "raw");
  g_autofree char *text = NULL;

  if (party->websocket == NULL
      || soup_websocket_connection_get_state (party->websocket) != SOUP_WEBSOCKET_STATE_OPEN)
    return;

  if (binary != NULL)
    {
      gsize length;
      g_autofree guchar *data = g_base64_decode (ts_get_string (binary, "base64"), &length);
      g_autoptr(GBytes) bytes = g_bytes_new (data, length);

      soup_websocket_connection_send_message (party->websocket, SOUP_WEBSOCKET_DATA_BINARY, bytes);
      return;
    }

  if (g_strcmp0 (ts_get_string (object, "cmd"), "auth") == 0 && ts_get_string (object, "validator") != NULL)
    {
      g_autofree char *validator = replay_http_renew_validator (self, ts_get_string (object, "validator"), party->key);

      ts_set (object, "validator", ts_string (validator));
    }
  text = ts_get (object, "raw") != NULL ? g_strdup (ts_get_string (object, "raw")) : ts_json_write (packet);
  soup_websocket_connection_send_text (party->websocket, text);
}

static void
play_out (ReplayPlayer *self,
          ReplayParty  *party,
          JsonNode     *packet)
{
  JsonObject *object = json_node_get_object (packet);
  const char *ws = ts_get_string (object, "ws");

  if (ts_get_string (object, "note") != NULL)
    play_note (self, party, ts_get_string (object, "note"));
  else if (ts_get (object, "http") != NULL && ts_get (object, "text") != NULL)
    replay_http_play_raw (self, party, object);
  else if (ts_get (object, "http") != NULL)
    replay_http_send (self, party, object);
  else if (g_strcmp0 (ws, "close") == 0)
    replay_party_close (self, party, ts_get_int (object, "code", SOUP_WEBSOCKET_CLOSE_NORMAL));
  else if (ws == NULL)
    send_frame (self, party, packet);
}

static void
play_in (ReplayPlayer *self,
         ReplayParty  *party,
         JsonNode     *packet)
{
  JsonObject *object = json_node_get_object (packet);
  const char *raw = ts_get_string (object, "raw");
  g_autoptr(JsonNode) parsed = NULL;

  if (ts_get (object, "http") != NULL && ts_get (object, "text") != NULL)
    replay_http_play_raw (self, party, object);
  else if (ts_get (object, "http") != NULL)
    replay_http_expect (self, party, object);
  else if (ts_get (object, "ws") != NULL)
    expect_end (self, party, object);
  else if (raw != NULL)
    {
      parsed = ts_json_parse (raw, strlen (raw), NULL);
      expect_packet (self, party, parsed);
    }
  else if (g_strcmp0 (ts_get_string (object, "cmd"), "ping") != 0 || strcmp (self->file, "heartbeat") == 0)
    expect_packet (self, party, packet);
}

static void
dismiss_guest (ReplayPlayer *self)
{
  replay_settle ();
  if (self->guest->websocket != NULL)
    soup_websocket_connection_close (self->guest->websocket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  replay_party_wait_for_close (self->guest);
  g_clear_pointer (&self->guest, replay_party_free);
}

/**
 * replay_player_invite:
 * @name: of an account with the usual password
 * @until_line: line of the next recording before which the guest goes
 *
 * Signs somebody in whom the next recording mentions although no line is theirs.
 */
void
replay_player_invite (ReplayPlayer *self,
                      const char   *name,
                      guint         until_line)
{
  g_autofree char *command = g_strdup_printf ("{\"cmd\": \"login\", \"username\": \"%s\","
                                              " \"password\": \"%s-pass\"}", name, name);

  self->guest = g_new0 (ReplayParty, 1);
  self->guest->name = g_strdup (name);
  self->guest_until = until_line;
  g_queue_init (&self->guest->received);
  replay_party_connect (self, self->guest);
  soup_websocket_connection_send_text (self->guest->websocket, command);
  replay_settle ();
}

static char *
with_our_ports (ReplayPlayer *self,
                const char   *line)
{
  g_autoptr(GString) text = g_string_new (line);

  g_string_replace (text, RECORDED_CHAT, self->chat, 0);
  g_string_replace (text, RECORDED_ROTUR, self->rotur, 0);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
play_line (ReplayPlayer *self,
           const char   *recorded)
{
  g_autofree char *line = with_our_ports (self, recorded);
  g_autofree char *translated = strstr (line, "\"dir\": \"out\"") != NULL
                                  ? replay_match_translate (self->match, line) : g_strdup (line);
  g_autoptr(JsonNode) node = ts_json_parse (translated, strlen (translated), NULL);
  JsonObject *object;
  ReplayParty *party;
  JsonNode *packet;

  g_assert_nonnull (node);
  object = json_node_get_object (node);
  party = get_party (self, ts_get_string (object, "conn"));
  packet = ts_get (object, "packet");
  control (self, "{\"do\": \"clock\", \"set\": %" G_GINT64_FORMAT ".%03d}",
           ts_get_int (object, "t", 0) / 1000, (int) (ts_get_int (object, "t", 0) % 1000));

  if (strcmp (ts_get_string (object, "dir"), "out") == 0)
    play_out (self, party, packet);
  else
    play_in (self, party, packet);
}

/**
 * replay_player_play:
 * @path: a recording
 * @server_dies: whether an abnormal end in it means that the server's process ended, not the client's
 * @differences: (element-type utf8): where each difference is added, "file:line party text"
 */
void
replay_player_play (ReplayPlayer *self,
                    const char   *path,
                    gboolean      server_dies,
                    GPtrArray    *differences)
{
  g_autofree char *text = NULL;
  g_autofree char *base = g_path_get_basename (path);
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  *strstr (base, ".jsonl") = '\0';
  lines = g_strsplit (text, "\n", -1);

  self->file = base;
  self->server_dies = server_dies;
  self->differences = differences;
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      self->line = i + 1;
      if (self->guest != NULL && self->line >= self->guest_until)
        dismiss_guest (self);
      play_line (self, lines[i]);
    }

  control (self, "{\"do\": \"rotur\", \"delay\": 0}");
  g_hash_table_remove_all (self->parties);
  replay_settle ();
}
