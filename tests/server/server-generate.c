/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many messages and many people, always the same ones */

#define G_LOG_DOMAIN "test-server-generate"

#include "server-private.h"

#define SECONDS_BETWEEN 47.0

static const char *const words[] = {
  "lantern", "harbour", "violet", "paper", "market", "thunder", "orchard", "saddle",
  "winter", "river", "candle", "bridge", "copper", "garden", "pepper", "window",
};

/* A small generator of its own, so that the same number gives the same text everywhere */
static guint32
next_random (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

static char *
make_text (guint    number,
           guint32 *random)
{
  guint n = 3 + next_random (random) % 14;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "#%u", number);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, " %s", words[next_random (random) % G_N_ELEMENTS (words)]);

  switch (number % 40)
    {
    case 7:
      g_string_append (text, " **bold** and `code`");
      break;
    case 13:
      g_string_append_printf (text, " https://example.com/page/%u?x=1&y=2", number);
      break;
    case 20:
      g_string_append (text, "\nsecond line\n> quoted");
      break;
    case 33:
      g_string_append (text, " 🏮🎉");
      break;
    default:
      break;
    }

  return g_string_free_and_steal (text);
}

static char *
make_id (guint number)
{
  return g_strdup_printf ("00000000-0000-4000-8000-%012x", number);
}

static void
ensure_channel (TsState    *state,
                const char *name)
{
  static const char permissions_text[] =
    "{\"view\": [\"user\"], \"send\": [\"user\"], \"delete\": [\"admin\", \"moderator\"]}";
  JsonObject *channel;

  if (ts_channel_find (state, name) != NULL)
    return;

  channel = ts_object ("type", ts_string ("text"),
                       "name", ts_string (name),
                       "description", ts_string ("The long one"),
                       "permissions", ts_json_parse (permissions_text, strlen (permissions_text), NULL),
                       NULL);
  g_ptr_array_add (state->channels, channel);
}

/**
 * ts_generate_messages:
 *
 * Fills a channel, which is made if need be, up to @count messages. They end a minute ago and lie 47 s apart.
 * The same position has the same id, author and text in every run.
 */
void
ts_generate_messages (TestServer *self,
                      const char *channel,
                      guint       count)
{
  TsState *state = self->state;
  double now = ts_now ();
  TsPlace *place;

  ensure_channel (state, channel);
  place = ts_channel_place (state, channel);

  for (guint i = place->messages->len; i < count; i++)
    {
      guint32 random = i * 2654435761u;
      TsUser *user = g_ptr_array_index (state->users, (i / 3 + next_random (&random) % 3) % state->users->len);
      g_autofree char *text = make_text (i, &random);
      TsMessage *message = g_new0 (TsMessage, 1);

      message->id = make_id (i);
      message->user = g_strdup (user->id);
      message->content = g_steal_pointer (&text);
      message->timestamp = now - 60 - (count - 1 - i) * SECONDS_BETWEEN;
      message->ping = -1;
      if (i % 23 == 22)
        {
          TsMessage *original = g_ptr_array_index (place->messages, i - 9);

          message->reply_id = g_strdup (original->id);
          message->reply_user = g_strdup (original->user);
        }
      if (i % 31 == 30)
        ts_message_react (message, "👍", user->id);
      message->edited = i % 57 == 56;
      ts_place_add (place, message);
    }
}

/* Adds people, "USR:local_u0001" and so on, until there are @count */
void
ts_generate_users (TestServer *self,
                   guint       count)
{
  TsState *state = self->state;

  for (guint i = state->users->len; i < count; i++)
    {
      g_autofree char *id = g_strdup_printf ("USR:local_u%04u", i);
      TsUser *user = ts_user_new (state, id, id);
      GPtrArray *roles = g_ptr_array_new_with_free_func (g_free);

      g_ptr_array_add (roles, g_strdup ("user"));
      ts_user_set_roles (user, roles);
      user->password = g_strdup_printf ("u%04u-pass", i);
      if (i % 4 != 0)
        user->nickname = g_strdup_printf ("%s %u", words[i % G_N_ELEMENTS (words)], i);
    }
}
