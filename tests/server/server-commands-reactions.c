/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-commands"

#include "server-private.h"

#define MAX_EMOJI 200

static void
change_reaction (TsCall   *call,
                 gboolean  add)
{
  JsonNode *emoji = ts_get (call->request, "emoji");
  const char *id = ts_call_string (call, "id");
  g_autofree char *key = NULL;
  const char *text;
  TsTarget target;
  TsMessage *message;
  JsonObject *packet;
  gboolean changed;

  if (!ts_truthy (ts_get (call->request, "id")) || !ts_truthy (emoji))
    {
      ts_call_error (call, "Message ID and emoji are required");
      return;
    }
  /* A number makes the real server trip and say nothing */
  if (!ts_is_string (emoji))
    return;

  text = json_node_get_string (emoji);
  if (ts_code_points (text) > MAX_EMOJI)
    {
      ts_call_error (call, "Invalid emoji");
      return;
    }
  if (!ts_call_find_place (call, FALSE, &target))
    return;

  key = target.owned_key;
  if (target.channel == NULL || !ts_channel_allows (target.channel, "react", call->user->roles))
    {
      ts_call_error (call, add ? "You do not have permission to add reactions to this message"
                               : "You do not have permission to remove reactions from this message");
      return;
    }

  message = ts_place_find (target.place, id);
  changed = message != NULL && !ts_has_surrogate (text)
            && (add ? ts_message_react (message, text, call->user->id)
                    : ts_message_unreact (message, text, call->user->id));
  if (!changed)
    {
      ts_call_error (call, add ? "Failed to add reaction" : "Failed to remove reaction");
      return;
    }

  packet = ts_call_reply (call);
  ts_set (packet, "id", ts_string (id));
  ts_set (packet, "emoji", ts_string (text));
  ts_set (packet, "channel", ts_string (target.name));
  if (target.thread != NULL)
    ts_set (packet, "thread_id", ts_string (target.thread->id));
  ts_set (packet, "from", ts_string (call->user->username));
  ts_call_broadcast (call, packet, target.name);
}

static void
react_add (TsCall *call)
{
  change_reaction (call, TRUE);
}

static void
react_remove (TsCall *call)
{
  change_reaction (call, FALSE);
}

const TsCommand ts_commands_reactions[] = {
  { "message_react_add", react_add },
  { "message_react_remove", react_remove },
  { NULL },
};
