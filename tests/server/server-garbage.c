/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client must survive: frames that nobody should send and somebody does */

#define G_LOG_DOMAIN "test-server-garbage"

#include "server-private.h"

/* Each in turn. The hostile values are those that one user can put into data that everybody loads. */
static const char *const frames[] = {
  /* not what a packet is */
  "", "{", "[]", "5", "null", "\"text\"", "not json", "{}", "{\"cmd\": null}", "{\"cmd\": 5}", "{\"cmd\": [\"ping\"]}",
  "{\"cmd\": {\"a\": 1}, \"val\": true}", "\xef\xbb\xbf{\"cmd\": \"ping\"}",
  /* names that nobody knows */
  "{\"cmd\": \"unheard_of\", \"val\": [1, 2, {\"x\": null}], \"global\": true}",
  "{\"cmd\": \"toString\"}", "{\"cmd\": \"\"}", "{\"cmd\": \"MESSAGE_NEW\", \"message\": {}}",
  /* Python's words for numbers */
  "{\"cmd\": \"message_new\", \"id\": \"g-nan\", \"channel\": \"no-such-channel\", \"thread_id\": null, \"user\": \"USR:local_cleo\","
  " \"content\": \"\", \"timestamp\": NaN, \"embeds\": [{\"type\": \"poll\", \"poll\": {\"question\": \"?\", \"options\": [],"
  " \"allow_multiselect\": \"maybe\", \"expires_at\": -Infinity}, \"title\": {\"not\": \"text\"}}], \"poll_id\": Infinity}",
  "{\"cmd\": \"typing\", \"channel\": \"no-such-channel\", \"user\": \"x\", \"thread_id\": null, \"duration\": 1e999}",
  "{\"cmd\": \"rate_limit\", \"length\": \"soon\"}",
  /* lone surrogates, NUL, control and bidi characters */
  "{\"cmd\": \"status_get\", \"username\": \"nobody-\\ud83d\", \"status\": {\"status\": \"online\", \"text\": \"half a pair \\udc00\"}}",
  "{\"cmd\": \"thread_update\", \"thread\": {\"id\": \"g-thread\", \"name\": \"lone \\udc00 low\", \"parent_channel\":"
  " \"no-such-channel\", \"participants\": null, \"created_at\": \"yesterday\"}, \"global\": true}",
  "{\"cmd\": \"typing\", \"channel\": \"no\\u0000such\", \"user\": \"\\u202eevil\\u0007\\u001b[31m\", \"thread_id\": null}",
  /* wrong types, nulls, missing members */
  "{\"cmd\": \"message_new\"}", "{\"cmd\": \"message_new\", \"message\": null, \"channel\": null}",
  "{\"cmd\": \"message_new\", \"message\": [], \"channel\": {\"a\": 1}}",
  "{\"cmd\": \"message_new\", \"message\": {\"id\": 5, \"user\": [], \"content\": {}, \"timestamp\": \"now\", \"reactions\": [],"
  " \"attachments\": \"none\", \"reply_to\": \"id\", \"pings\": 3}, \"channel\": \"no-such-channel\", \"thread_id\": 7}",
  "{\"cmd\": \"message_edit\", \"id\": null, \"content\": 5}", "{\"cmd\": \"message_delete\"}",
  "{\"cmd\": \"message_delete\", \"id\": \"never-heard-of\", \"channel\": \"no-such-channel\", \"global\": true}",
  "{\"cmd\": \"message_react_add\", \"id\": \"never-heard-of\", \"emoji\": 5, \"channel\": null, \"from\": null}",
  "{\"cmd\": \"message_pin\", \"id\": \"never-heard-of\", \"channel\": \"general\", \"pinned\": \"yes\"}",
  "{\"cmd\": \"user_connect\"}", "{\"cmd\": \"user_connect\", \"user\": \"just-a-name\"}",
  "{\"cmd\": \"user_connect\", \"user\": {\"username\": null, \"roles\": \"user\", \"color\": 255}}",
  "{\"cmd\": \"user_disconnect\", \"username\": {\"a\": []}}", "{\"cmd\": \"user_updated\", \"user_id\": 1}",
  "{\"cmd\": \"user_roles_get\", \"user\": \"nobody\", \"roles\": {\"user\": true}, \"color\": false}",
  "{\"cmd\": \"unreads_update\", \"channel\": [], \"last_read\": 5}",
  "{\"cmd\": \"error\"}", "{\"cmd\": \"error\", \"src\": [\"ping\"], \"val\": {\"deep\": 1}}",
  "{\"cmd\": \"error\", \"src\": 5, \"val\": null, \"listener\": 7}", "{\"cmd\": \"pong\", \"listener\": \"nobody-asked\"}",
  "{\"cmd\": \"messages_get\", \"channel\": \"general\", \"messages\": \"none\", \"listener\": \"nobody-asked\"}",
  "{\"cmd\": \"poll_vote_update\", \"poll_id\": null, \"results\": []}", "{\"cmd\": \"slash_add\", \"commands\": {}}",
  "{\"cmd\": \"voice_user_joined\", \"channel\": 5, \"user\": null}",
  "{\"cmd\": \"status_set\", \"status\": {\"status\": \"invisible\", \"text\": \"\"}, \"global\": true}",
  /* duplicate members, huge numbers, escapes in names */
  "{\"cmd\": \"ping\", \"cmd\": \"unheard_of\"}", "{\"c\\u006dd\": \"unheard_of\"}",
  "{\"cmd\": \"typing\", \"channel\": \"no-such-channel\", \"user\": \"x\", \"thread_id\": null,"
  " \"duration\": 123456789012345678901234567890}",
};

#define DEEP 400
#define N_SPECIAL 3

static void
send_deep (TsConnection *connection,
           guint         depth)
{
  GString *text = g_string_new ("{\"cmd\": \"unheard_of\", \"deep\": ");
  g_autoptr(GBytes) bytes = NULL;

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');

  bytes = g_string_free_to_bytes (text);
  ts_connection_send_raw (connection, SOUP_WEBSOCKET_DATA_TEXT, bytes);
}

static void
send_special (TsConnection *connection,
              guint         which)
{
  static const char binary[] = "{\"cmd\": \"ping\"}\0\xff\xfe";
  g_autoptr(GBytes) bytes = g_bytes_new_static (binary, sizeof binary - 1);

  if (which == 0)
    ts_connection_send_raw (connection, SOUP_WEBSOCKET_DATA_BINARY, bytes);
  else
    send_deep (connection, which == 1 ? DEEP : DEEP * 10);
}

/* The next one of the list */
void
ts_garbage_send (TestServer   *self,
                 TsConnection *connection)
{
  guint position = self->garbage_position++ % (G_N_ELEMENTS (frames) + N_SPECIAL);
  g_autoptr(GBytes) bytes = NULL;

  if (position >= G_N_ELEMENTS (frames))
    {
      send_special (connection, position - G_N_ELEMENTS (frames));
      return;
    }

  bytes = g_bytes_new_static (frames[position], strlen (frames[position]));
  ts_connection_send_raw (connection, SOUP_WEBSOCKET_DATA_TEXT, bytes);
}
