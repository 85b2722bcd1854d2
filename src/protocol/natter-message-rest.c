/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

#include <string.h>

/* What a message is kept as: its id, author, content and time, by which it is found and sorted, and the rest of the
 * object as the server sent it, as text that only this file looks into. Most messages have no rest. */

/* Each is kept elsewhere, or belongs to the packet around a poll's message. */
static const char * const left_out[] = {
  "id", "user", "content", "timestamp", "cmd", "channel", "thread_id", "listener", "global", "val",
};

static gboolean
is_left_out (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (left_out); i++)
    if (g_str_equal (left_out[i], name))
      return TRUE;
  return FALSE;
}

/* Whether it says no more than a member that is not there. An empty object is a webhook or alias of its own. */
static gboolean
says_nothing (const char *name,
              JsonNode   *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  if (g_str_equal (name, "reactions"))
    return JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) == 0;
  if (g_str_equal (name, "type"))
    return g_strcmp0 (natter_json_node_string (node), "message") == 0;
  if (g_str_equal (name, "pinned") || g_str_equal (name, "edited"))
    return json_node_get_value_type (node) == G_TYPE_BOOLEAN && !json_node_get_boolean (node);
  return FALSE;
}

static char *
write_object (JsonObject *object)
{
  g_autoptr(JsonNode) node = NULL;

  if (json_object_get_size (object) == 0)
    return NULL;
  node = json_node_init_object (json_node_alloc (), object);
  return json_to_string (node, FALSE);
}

/* (transfer full): never NULL */
static JsonObject *
read_object (const char *rest)
{
  g_autoptr(JsonNode) node = rest != NULL ? natter_json_parse (rest, strlen (rest), NULL) : NULL;

  return node != NULL ? json_object_ref (json_node_get_object (node)) : json_object_new ();
}

/* (transfer full) (nullable): what is beyond id, author, content and time */
char *
_natter_message_rest_new (JsonObject *object)
{
  g_autoptr(JsonObject) rest = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      if (!is_left_out (name) && !says_nothing (name, node))
        json_object_set_member (rest, name, json_node_copy (node));
    }
  return write_object (rest);
}

/**
 * natter_message_data_new:
 * @id: id of the message
 * @author: who wrote it
 * @content: its text
 * @time: microseconds since 1970
 * @rest: (nullable): what #NatterMessageData has as `rest`
 *
 * Makes a message again of what was kept of it. A rest that is damaged is left out.
 *
 * Returns: (transfer full): what the server said of it
 */
NatterMessageData *
natter_message_data_new (const char *id,
                         const char *author,
                         const char *content,
                         gint64      time,
                         const char *rest)
{
  g_autoptr(JsonObject) object = NULL;
  NatterMessageData *self;

  g_return_val_if_fail (id != NULL && *id != '\0', NULL);

  object = read_object (rest);
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "user", author != NULL ? author : "");
  json_object_set_string_member (object, "content", content != NULL ? content : "");
  self = _natter_message_data_read (object);
  self->time = time;
  return self;
}

/**
 * natter_message_data_free:
 * @self: (transfer full): what natter_message_data_new() gave; those of packets belong to them
 */
void
natter_message_data_free (NatterMessageData *self)
{
  _natter_message_data_free (self);
}

/**
 * natter_message_rest_edited:
 * @rest: (nullable): the rest of a message
 *
 * Returns: (transfer full): the same of a message that was edited
 */
char *
natter_message_rest_edited (const char *rest)
{
  g_autoptr(JsonObject) object = read_object (rest);

  json_object_set_boolean_member (object, "edited", TRUE);
  return write_object (object);
}

/**
 * natter_message_rest_pinned:
 * @rest: (nullable): the rest of a message
 * @pinned: whether it is pinned now
 *
 * Returns: (transfer full) (nullable): the rest that it has now
 */
char *
natter_message_rest_pinned (const char *rest,
                            gboolean    pinned)
{
  g_autoptr(JsonObject) object = read_object (rest);

  if (pinned)
    json_object_set_boolean_member (object, "pinned", TRUE);
  else
    json_object_remove_member (object, "pinned");
  return write_object (object);
}

/* (transfer full): the names in @users with or without @user, each once */
static JsonArray *
change_users (char       **users,
              const char  *user,
              gboolean     reacts)
{
  JsonArray *changed = json_array_new ();

  for (gsize i = 0; users != NULL && users[i] != NULL; i++)
    if (!g_str_equal (users[i], user))
      json_array_add_string_element (changed, users[i]);
  if (reacts)
    json_array_add_string_element (changed, user);
  return changed;
}

/**
 * natter_message_rest_reacted:
 * @rest: (nullable): the rest of a message
 * @emoji: with what somebody reacts
 * @user: who
 * @reacts: whether the reaction is there now
 *
 * Returns: (transfer full) (nullable): the rest that it has now
 */
char *
natter_message_rest_reacted (const char *rest,
                             const char *emoji,
                             const char *user,
                             gboolean    reacts)
{
  g_autoptr(JsonObject) object = read_object (rest);
  g_autoptr(JsonArray) users = NULL;
  g_auto(GStrv) before = NULL;
  JsonObject *reactions;

  g_return_val_if_fail (emoji != NULL && user != NULL, NULL);

  if (natter_json_object (object, "reactions") == NULL)
    json_object_set_object_member (object, "reactions", json_object_new ());
  reactions = natter_json_object (object, "reactions");
  before = natter_json_strv (reactions, emoji, NATTER_PACKET_MAX_NAMES);
  users = change_users (before, user, reacts);
  if (json_array_get_length (users) > 0)
    json_object_set_array_member (reactions, emoji, g_steal_pointer (&users));
  else
    json_object_remove_member (reactions, emoji);
  if (json_object_get_size (reactions) == 0)
    json_object_remove_member (object, "reactions");
  return write_object (object);
}
