/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

/* Messages, and what happens to one. */

#define MAX_PIXELS 100000

static void
reaction_free (NatterReactionData *reaction)
{
  g_free (reaction->emoji);
  g_strfreev (reaction->users);
  g_free (reaction);
}

/**
 * natter_attachment_data_free:
 * @attachment: (transfer full): an attachment
 */
void
natter_attachment_data_free (NatterAttachmentData *attachment)
{
  g_free (attachment->id);
  g_free (attachment->name);
  g_free (attachment->mime_type);
  g_free (attachment->url);
  g_free (attachment);
}

void
_natter_message_data_free (NatterMessageData *self)
{
  g_free (self->id);
  g_free (self->author);
  g_free (self->content);
  g_free (self->edited_by);
  g_free (self->reply_to_id);
  g_free (self->reply_to_author);
  g_free (self->reply_to_content);
  g_clear_pointer (&self->reactions, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_clear_pointer (&self->embeds, g_ptr_array_unref);
  g_free (self->alias_name);
  g_free (self->alias_avatar);
  g_free (self->command);
  g_free (self->command_user);
  g_strfreev (self->ping_users);
  g_strfreev (self->ping_roles);
  g_strfreev (self->ping_replies);
  g_free (self->poll_id);
  g_free (self->channel);
  g_free (self->thread_id);
  g_free (self->rest);
  g_free (self);
}

static GPtrArray *
parse_reactions (JsonObject *object)
{
  GPtrArray *reactions = g_ptr_array_new_with_free_func ((GDestroyNotify) reaction_free);
  JsonObject *map = natter_json_object (object, "reactions");
  JsonObjectIter iter;
  const char *emoji;
  JsonNode *node;

  if (map == NULL)
    return reactions;

  json_object_iter_init_ordered (&iter, map);
  while (json_object_iter_next_ordered (&iter, &emoji, &node) && reactions->len < NATTER_PACKET_MAX_REACTIONS)
    {
      g_auto(GStrv) users = natter_json_node_strv (node, NATTER_PACKET_MAX_NAMES);
      NatterReactionData *reaction;

      if (*emoji == '\0' || users == NULL || *users == NULL)
        continue;

      reaction = g_new0 (NatterReactionData, 1);
      reaction->emoji = g_strdup (emoji);
      reaction->users = g_steal_pointer (&users);
      g_ptr_array_add (reactions, reaction);
    }

  return reactions;
}

NatterAttachmentData *
_natter_attachment_data_read (JsonObject *object)
{
  NatterAttachmentData *attachment;

  /* Without one of these there is nothing to fetch. */
  if (natter_json_id (object, "id") == NULL && natter_json_id (object, "url") == NULL)
    return NULL;

  attachment = g_new0 (NatterAttachmentData, 1);
  attachment->id = natter_json_dup_id (object, "id");
  attachment->name = natter_json_dup_id (object, "name");
  attachment->mime_type = natter_json_dup_id (object, "mime_type");
  attachment->url = natter_json_dup_id (object, "url");
  attachment->size = (guint64) natter_json_int (object, "size", 0, G_MAXINT64, 0);
  attachment->width = (int) natter_json_int (object, "width", 0, MAX_PIXELS, 0);
  attachment->height = (int) natter_json_int (object, "height", 0, MAX_PIXELS, 0);
  attachment->expires = natter_json_time (object, "expires_at");
  attachment->permanent = natter_json_bool (object, "permanent", FALSE);
  return attachment;
}

/* An object with the author; newer servers are said to have a bare id, too. */
static void
parse_reply (NatterMessageData *message,
             JsonObject        *object)
{
  JsonObject *reply = natter_json_object (object, "reply_to");

  message->reply_pings = natter_json_bool (object, "ping", TRUE);
  if (reply == NULL)
    {
      message->reply_to_id = natter_json_dup_id (object, "reply_to");
      return;
    }

  message->reply_to_id = natter_json_dup_id (reply, "id");
  message->reply_to_author = natter_json_dup_id (reply, "user");
  message->reply_to_content = natter_json_dup_id (reply, "preview");
  if (message->reply_to_content == NULL)
    message->reply_to_content = natter_json_dup_id (reply, "content");
}

static void
parse_alias (NatterMessageData *message,
             JsonObject        *object)
{
  JsonObject *webhook = natter_json_object (object, "webhook");
  JsonObject *alias = natter_json_object (object, "alias");

  message->is_webhook = webhook != NULL;
  if (alias == NULL)
    alias = webhook;
  if (alias == NULL)
    return;

  message->alias_name = natter_json_dup_id (alias, "name");
  message->alias_avatar = natter_json_dup_id (alias, "avatar");
}

static void
parse_pings (NatterMessageData *message,
             JsonObject        *object)
{
  JsonObject *pings = natter_json_object (object, "pings");

  if (pings == NULL)
    return;

  message->has_pings = TRUE;
  message->ping_users = _natter_packet_names (pings, "users");
  message->ping_roles = _natter_packet_names (pings, "roles");
  message->ping_replies = _natter_packet_names (pings, "replies");
}

/* NULL when @object has no id: then there is nothing to know the message by. */
NatterMessageData *
_natter_message_data_read (JsonObject *object)
{
  const char *id = natter_json_id (object, "id");
  JsonObject *interaction = natter_json_object (object, "interaction");
  NatterMessageData *message;

  if (id == NULL)
    return NULL;

  message = g_new0 (NatterMessageData, 1);
  message->id = g_strdup (id);
  message->author = g_strdup (natter_json_string (object, "user"));
  if (message->author == NULL)
    message->author = g_strdup ("");
  message->content = natter_json_dup_string (object, "content");
  if (message->content == NULL)
    message->content = g_strdup ("");
  message->time = natter_json_time (object, "timestamp");
  message->edited_time = natter_json_time (object, "edited_at");
  message->edited_by = natter_json_dup_id (object, "edited_by");
  message->edited = natter_json_bool (object, "edited", message->edited_time != 0);
  message->pinned = natter_json_bool (object, "pinned", FALSE);
  parse_reply (message, object);
  message->reactions = parse_reactions (object);
  message->attachments = natter_json_list (natter_json_array (object, "attachments"), NATTER_PACKET_MAX_ATTACHMENTS,
                                           (NatterJsonRead) _natter_attachment_data_read, (GDestroyNotify) natter_attachment_data_free);
  message->embeds = natter_json_list (natter_json_array (object, "embeds"), NATTER_PACKET_MAX_EMBEDS,
                                      (NatterJsonRead) _natter_embed_data_read,
                                      (GDestroyNotify) natter_embed_data_free);
  parse_alias (message, object);
  if (interaction != NULL)
    {
      message->command = natter_json_dup_id (interaction, "command");
      message->command_user = natter_json_dup_id (interaction, "username");
    }
  parse_pings (message, object);
  message->poll_id = natter_json_dup_id (object, "poll_id");
  message->channel = natter_json_dup_id (object, "channel");
  message->thread_id = natter_json_dup_id (object, "thread_id");
  message->rest = _natter_message_rest_new (object);

  return message;
}

static void
clear_message (NatterPacket *packet)
{
  g_clear_pointer (&packet->message.channel, g_free);
  g_clear_pointer (&packet->message.thread_id, g_free);
  g_clear_pointer (&packet->message.message, _natter_message_data_free);
  g_clear_pointer (&packet->message.id, g_free);
  g_clear_pointer (&packet->message.content, g_free);
}

static JsonObject *
find_message (JsonObject *root)
{
  static const char *const places[] = { "message", "val", "data" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      JsonObject *object = natter_json_object (root, places[i]);

      if (object != NULL)
        return object;
    }

  return NULL;
}

static void
read_place (NatterPacket *packet,
            JsonObject   *root)
{
  packet->message.channel = natter_json_dup_id (root, "channel");
  packet->message.thread_id = natter_json_dup_id (root, "thread_id");
}

static gboolean
parse_message (NatterPacket  *packet,
               JsonObject    *root,
               GError       **error)
{
  JsonObject *object = find_message (root);

  read_place (packet, root);
  packet->message.message = object != NULL ? _natter_message_data_read (object) : NULL;
  return packet->message.message != NULL || _natter_packet_lacks (packet, "message", error);
}

/* A message comes in `message`; a poll's message is the packet itself. */
static gboolean
parse_message_new (NatterPacket  *packet,
                   JsonObject    *root,
                   GError       **error)
{
  JsonObject *object = find_message (root);

  read_place (packet, root);
  packet->message.message = _natter_message_data_read (object != NULL ? object : root);
  return packet->message.message != NULL || _natter_packet_lacks (packet, "message", error);
}

static gboolean
parse_message_edit (NatterPacket  *packet,
                    JsonObject    *root,
                    GError       **error)
{
  JsonObject *object = find_message (root);
  NatterMessageEventData *edit = &packet->message;

  read_place (packet, root);
  edit->message = object != NULL ? _natter_message_data_read (object) : NULL;
  edit->id = natter_json_dup_id (root, "id");
  edit->content = natter_json_dup_string (root, "content");
  if (edit->message != NULL)
    {
      if (edit->id == NULL)
        edit->id = g_strdup (edit->message->id);
      if (edit->content == NULL)
        edit->content = g_strdup (edit->message->content);
    }

  if (edit->id == NULL)
    return _natter_packet_lacks (packet, "id", error);
  return edit->content != NULL || _natter_packet_lacks (packet, "content", error);
}

static gboolean
parse_message_delete (NatterPacket  *packet,
                      JsonObject    *root,
                      GError       **error)
{
  read_place (packet, root);
  packet->message.id = natter_json_dup_id (root, "id");
  return packet->message.id != NULL || _natter_packet_lacks (packet, "id", error);
}

static void
clear_pin (NatterPacket *packet)
{
  g_clear_pointer (&packet->pin.channel, g_free);
  g_clear_pointer (&packet->pin.thread_id, g_free);
  g_clear_pointer (&packet->pin.id, g_free);
}

static gboolean
parse_pin (NatterPacket  *packet,
           JsonObject    *root,
           GError       **error)
{
  packet->pin.channel = natter_json_dup_id (root, "channel");
  packet->pin.thread_id = natter_json_dup_id (root, "thread_id");
  packet->pin.id = natter_json_dup_id (root, "id");
  packet->pin.flag = natter_json_bool (root, "pinned", TRUE);
  return packet->pin.id != NULL || _natter_packet_lacks (packet, "id", error);
}

static void
clear_reaction (NatterPacket *packet)
{
  g_clear_pointer (&packet->reaction.channel, g_free);
  g_clear_pointer (&packet->reaction.thread_id, g_free);
  g_clear_pointer (&packet->reaction.id, g_free);
  g_clear_pointer (&packet->reaction.emoji, g_free);
  g_clear_pointer (&packet->reaction.user, g_free);
}

static gboolean
parse_reaction (NatterPacket  *packet,
                JsonObject    *root,
                GError       **error)
{
  NatterReactionEventData *reaction = &packet->reaction;

  reaction->channel = natter_json_dup_id (root, "channel");
  reaction->thread_id = natter_json_dup_id (root, "thread_id");
  reaction->id = natter_json_dup_id (root, "id");
  reaction->emoji = natter_json_dup_id (root, "emoji");
  reaction->user = natter_json_dup_id (root, "from");
  if (reaction->id == NULL)
    return _natter_packet_lacks (packet, "id", error);
  if (reaction->emoji == NULL)
    return _natter_packet_lacks (packet, "emoji", error);
  return reaction->user != NULL || _natter_packet_lacks (packet, "from", error);
}

const NatterPacketEntry natter_packet_message_entries[] = {
  { "message_get", NATTER_PACKET_MESSAGE, parse_message, clear_message },
  { "message_new", NATTER_PACKET_MESSAGE_NEW, parse_message_new, clear_message },
  { "message_edit", NATTER_PACKET_MESSAGE_EDIT, parse_message_edit, clear_message },
  { "message_delete", NATTER_PACKET_MESSAGE_DELETE, parse_message_delete, clear_message },
  { "message_pin", NATTER_PACKET_MESSAGE_PIN, parse_pin, clear_pin },
  { "message_unpin", NATTER_PACKET_MESSAGE_UNPIN, parse_pin, clear_pin },
  { "message_react_add", NATTER_PACKET_REACTION_ADD, parse_reaction, clear_reaction },
  { "message_react_remove", NATTER_PACKET_REACTION_REMOVE, parse_reaction, clear_reaction },
  { "reaction_add", NATTER_PACKET_REACTION_ADD, parse_reaction, clear_reaction },
  { "reaction_remove", NATTER_PACKET_REACTION_REMOVE, parse_reaction, clear_reaction },
  { NULL },
};
