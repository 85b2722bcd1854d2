/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one plugin that does something to people: it mutes those who use a blocked word */

#define G_LOG_DOMAIN "test-server-automod"

#include "server-private.h"

#define DEFAULT_MUTE_SECONDS 300

static void
say (TsCall     *call,
     const char *channel,
     const char *format,
     const char *word)
{
  g_autofree char *text = g_strdup_printf ("%s%s%s", strcmp (format, "add") == 0 ? "✅ Added '" : "✅ Removed '", word,
                                           strcmp (format, "add") == 0 ? "' to blocked words"
                                                                       : "' from blocked words");

  ts_post_plugin_message (call->server, channel, ts_message_new ("AutoMod", text));
}

/* "!automod add WORD" and "!automod remove WORD", from the owner and admins */
static gboolean
run_command (TsCall     *call,
             const char *channel,
             const char *content)
{
  GPtrArray *words = call->state->config.blocked_words;
  g_auto(GStrv) parts = g_strsplit (content, " ", 3);
  guint position;

  if (g_strv_length (parts) != 3 || strcmp (parts[0], "!automod") != 0
      || !(ts_user_has_role (call->user, "owner") || ts_user_has_role (call->user, "admin")))
    return FALSE;

  if (strcmp (parts[1], "add") == 0)
    g_ptr_array_add (words, g_utf8_strdown (parts[2], -1));
  else if (strcmp (parts[1], "remove") == 0)
    {
      if (g_ptr_array_find_with_equal_func (words, parts[2], g_str_equal, &position))
        g_ptr_array_remove_index (words, position);
    }
  else
    return FALSE;

  say (call, channel, parts[1], parts[2]);
  return TRUE;
}

static gboolean
is_blocked (TsCall     *call,
            const char *content)
{
  GPtrArray *words = call->state->config.blocked_words;
  g_autofree char *lower = g_utf8_strdown (content, -1);

  for (guint i = 0; i < words->len; i++)
    {
      if (strstr (lower, g_ptr_array_index (words, i)) != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
punish (TsCall     *call,
        const char *channel,
        TsPlace    *place,
        TsMessage  *message)
{
  guint seconds = call->state->config.mute_seconds > 0 ? call->state->config.mute_seconds : DEFAULT_MUTE_SECONDS;
  g_autofree char *text = g_strdup_printf ("%s was automatically timed out for violating chat rules.",
                                           call->user->username);
  JsonObject *packet = ts_object ("cmd", ts_string ("message_delete"),
                                  "id", ts_string (message->id),
                                  "channel", ts_string (channel),
                                  "global", ts_bool (TRUE),
                                  NULL);

  ts_place_remove (place, message);
  ts_call_announce (call, packet, NULL);
  if (call->server->limiter != NULL)
    {
      ts_rate_limiter_set_timeout (call->server->limiter, call->user->id, seconds);
      ts_send_to_user (call->server, call->user->id,
                       ts_object ("cmd", ts_string ("rate_limit"),
                                  "reason", ts_string ("Automoderation: Message contains blocked words"),
                                  "length", ts_int (seconds * 1000),
                                  NULL));
    }
  ts_post_plugin_message (call->server, channel, ts_message_new ("AutoMod", text));
}

/* After a message was shown; with the web library that real servers pin, plugins can't speak and this does nothing */
void
ts_automod_look (TsCall     *call,
                 const char *channel,
                 TsPlace    *place,
                 TsMessage  *message)
{
  g_autofree char *content = g_strdup (message->content);

  if (!call->state->config.bots_reachable || run_command (call, channel, content))
    return;
  if (is_blocked (call, content))
    punish (call, channel, place, message);
}
