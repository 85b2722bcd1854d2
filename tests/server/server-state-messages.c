/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-state"

#include "server-state.h"

TsMessage *
ts_message_new (const char *user,
                const char *content)
{
  TsMessage *message = g_new0 (TsMessage, 1);

  message->id = ts_new_id ();
  message->user = g_strdup (user);
  message->content = g_strdup (content);
  message->timestamp = ts_now ();
  message->ping = -1;
  return message;
}

static void
reaction_free (TsReaction *reaction)
{
  g_free (reaction->emoji);
  g_ptr_array_unref (reaction->users);
  g_free (reaction);
}

void
ts_message_free (TsMessage *message)
{
  g_free (message->id);
  g_free (message->user);
  g_free (message->content);
  g_free (message->reply_id);
  g_free (message->reply_user);
  g_clear_pointer (&message->reactions, g_ptr_array_unref);
  g_clear_pointer (&message->embeds, json_array_unref);
  g_clear_pointer (&message->attachments, json_array_unref);
  g_clear_pointer (&message->webhook, json_object_unref);
  g_clear_pointer (&message->interaction, json_object_unref);
  g_clear_pointer (&message->extra, json_object_unref);
  g_free (message);
}

static JsonNode *
names_of (TsState   *self,
          GPtrArray *ids)
{
  JsonArray *names = json_array_new ();

  for (guint i = 0; i < ids->len; i++)
    json_array_add_string_element (names, ts_user_name (self, g_ptr_array_index (ids, i)));

  return ts_of_array (names);
}

static JsonNode *
reactions_to_json (TsState   *self,
                   GPtrArray *reactions)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < reactions->len; i++)
    {
      TsReaction *reaction = g_ptr_array_index (reactions, i);

      ts_set (object, reaction->emoji, names_of (self, reaction->users));
    }

  return ts_of_object (object);
}

static void
add_optional (TsState    *self,
              TsMessage  *message,
              JsonObject *object)
{
  if (message->reply_id != NULL)
    ts_set (object, "reply_to",
            ts_of_object (ts_object ("id", ts_string (message->reply_id),
                                     "user", ts_string (ts_user_name (self, message->reply_user)),
                                     NULL)));
  if (message->ping >= 0)
    ts_set (object, "ping", ts_bool (message->ping));
  if (message->edited)
    ts_set (object, "edited", ts_bool (TRUE));
  if (message->reactions != NULL && message->reactions->len > 0)
    ts_set (object, "reactions", reactions_to_json (self, message->reactions));
  if (message->embeds != NULL)
    ts_set (object, "embeds", ts_of_array (json_array_ref (message->embeds)));
  if (message->attachments != NULL)
    ts_set (object, "attachments", ts_of_array (json_array_ref (message->attachments)));
  if (message->webhook != NULL)
    ts_set (object, "webhook", ts_of_object (json_object_ref (message->webhook)));
}

/* Without "pinned", "type" and "interaction": how messages of plugins arrive live */
JsonObject *
ts_message_to_bare_json (TsState   *self,
                         TsMessage *message)
{
  JsonObject *object = ts_object ("user", ts_string (ts_user_name (self, message->user)),
                                  "content", ts_string (message->content),
                                  "timestamp", ts_float (message->timestamp),
                                  "id", ts_string (message->id),
                                  NULL);

  add_optional (self, message, object);
  return object;
}

JsonObject *
ts_message_to_json (TsState   *self,
                    TsMessage *message)
{
  JsonObject *object = ts_message_to_bare_json (self, message);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  ts_set (object, "pinned", ts_bool (message->pinned));
  ts_set (object, "type", ts_string ("message"));
  ts_set (object, "interaction",
          message->interaction != NULL ? ts_of_object (json_object_ref (message->interaction)) : ts_null ());

  if (message->extra != NULL)
    {
      json_object_iter_init_ordered (&iter, message->extra);
      while (json_object_iter_next_ordered (&iter, &name, &node))
        ts_set (object, name, ts_clone (node));
    }

  return object;
}

static TsReaction *
find_reaction (TsMessage  *message,
               const char *emoji)
{
  for (guint i = 0; message->reactions != NULL && i < message->reactions->len; i++)
    {
      TsReaction *reaction = g_ptr_array_index (message->reactions, i);

      if (strcmp (reaction->emoji, emoji) == 0)
        return reaction;
    }

  return NULL;
}

/* Returns: whether that is new */
gboolean
ts_message_react (TsMessage  *message,
                  const char *emoji,
                  const char *user)
{
  TsReaction *reaction = find_reaction (message, emoji);

  if (reaction == NULL)
    {
      if (message->reactions == NULL)
        message->reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) reaction_free);
      reaction = g_new0 (TsReaction, 1);
      reaction->emoji = g_strdup (emoji);
      reaction->users = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (message->reactions, reaction);
    }

  if (g_ptr_array_find_with_equal_func (reaction->users, user, g_str_equal, NULL))
    return FALSE;

  g_ptr_array_add (reaction->users, g_strdup (user));
  return TRUE;
}

/* Returns: whether it was there */
gboolean
ts_message_unreact (TsMessage  *message,
                    const char *emoji,
                    const char *user)
{
  TsReaction *reaction = find_reaction (message, emoji);
  guint position;

  if (reaction == NULL || !g_ptr_array_find_with_equal_func (reaction->users, user, g_str_equal, &position))
    return FALSE;

  g_ptr_array_remove_index (reaction->users, position);
  if (reaction->users->len == 0)
    g_ptr_array_remove (message->reactions, reaction);
  if (message->reactions->len == 0)
    g_clear_pointer (&message->reactions, g_ptr_array_unref);
  return TRUE;
}
