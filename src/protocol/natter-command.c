/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-command"

#include "natter-command-private.h"

/* The names under which newer servers show this program to others; April 2026 servers ignore both. */
#define CLIENT "natter"
#define DEVICE "computer"

NatterCommand *
_natter_command_new (const char *name,
                     guint       timeout)
{
  NatterCommand *self = g_new0 (NatterCommand, 1);

  self->name = name;
  self->timeout = timeout;
  self->object = json_object_new ();
  json_object_set_string_member (self->object, "cmd", name);
  return self;
}

void
_natter_command_set_string (NatterCommand *self,
                            const char    *name,
                            const char    *value)
{
  if (value != NULL)
    json_object_set_string_member (self->object, name, value);
}

/* For a thread only its id is sent: servers believe a wrong channel beside it. */
void
_natter_command_set_place (NatterCommand *self,
                           const char    *channel,
                           const char    *thread_id)
{
  g_warn_if_fail ((channel != NULL) != (thread_id != NULL));

  if (thread_id != NULL)
    _natter_command_set_string (self, "thread_id", thread_id);
  else
    _natter_command_set_string (self, "channel", channel);
}

static NatterCommand *
account_command (const char *name,
                 const char *username,
                 const char *password)
{
  NatterCommand *self = _natter_command_new (name, NATTER_COMMAND_TIMEOUT);

  _natter_command_set_string (self, "username", username);
  _natter_command_set_string (self, "password", password);
  _natter_command_set_string (self, "client", CLIENT);
  _natter_command_set_string (self, "device", DEVICE);
  return self;
}

/**
 * natter_command_login:
 * @username: name of an account of the server itself, without the prefix that it has in messages
 * @password: its password, which travels as typed and which the operator can read
 *
 * Returns: (transfer full): a command that signs in
 */
NatterCommand *
natter_command_login (const char *username,
                      const char *password)
{
  g_return_val_if_fail (username != NULL && password != NULL, NULL);

  return account_command ("login", username, password);
}

/**
 * natter_command_register:
 * @username: 2 to 32 letters, digits, hyphens or underscores; made lower case by the server
 * @password: 4 to 72 characters; travels as typed, and the operator can read it
 *
 * Returns: (transfer full): a command that makes an account of the server itself and signs in with it
 */
NatterCommand *
natter_command_register (const char *username,
                         const char *password)
{
  g_return_val_if_fail (username != NULL && password != NULL, NULL);

  return account_command ("register", username, password);
}

/**
 * natter_command_auth:
 * @validator: a validator for the key of this connection's handshake
 * @invite_code: (nullable): for servers that want one
 * @server_password: (nullable): for servers that want one
 *
 * Returns: (transfer full): a command that signs in with a Rotur account, and makes it a member the first time
 */
NatterCommand *
natter_command_auth (const char *validator,
                     const char *invite_code,
                     const char *server_password)
{
  NatterCommand *self;

  g_return_val_if_fail (validator != NULL, NULL);

  self = _natter_command_new ("auth", NATTER_COMMAND_TIMEOUT_LONG);
  _natter_command_set_string (self, "validator", validator);
  _natter_command_set_string (self, "client", CLIENT);
  _natter_command_set_string (self, "device", DEVICE);
  if (invite_code != NULL && *invite_code != '\0')
    {
      g_autofree char *code = g_ascii_strup (invite_code, -1);

      _natter_command_set_string (self, "invite_code", g_strstrip (code));
    }
  if (server_password != NULL && *server_password != '\0')
    _natter_command_set_string (self, "server_password", server_password);
  return self;
}

/**
 * natter_command_ping:
 *
 * Returns: (transfer full): a command that is answered at once, if signed in
 */
NatterCommand *
natter_command_ping (void)
{
  return _natter_command_new ("ping", NATTER_COMMAND_TIMEOUT);
}

/**
 * natter_command_capabilities:
 *
 * Tells a newer server what this program can digest: link previews that the server makes. To be sent once, right
 * after `ready`, and not to April 2026 servers, which answer with an error. Nothing is answered.
 *
 * Returns: (transfer full): the command
 */
NatterCommand *
natter_command_capabilities (void)
{
  NatterCommand *self = _natter_command_new ("capabilities", NATTER_COMMAND_TIMEOUT);
  JsonArray *array = json_array_new ();

  json_array_add_string_element (array, "server_side_embeds");
  json_object_set_array_member (self->object, "val", array);
  return self;
}

/**
 * natter_command_channels_get:
 *
 * Returns: (transfer full): a command that asks for the channels that one may view
 */
NatterCommand *
natter_command_channels_get (void)
{
  return _natter_command_new ("channels_get", NATTER_COMMAND_TIMEOUT_LONG);
}

/**
 * natter_command_users_list:
 *
 * Returns: (transfer full): a command that asks for all accounts
 */
NatterCommand *
natter_command_users_list (void)
{
  return _natter_command_new ("users_list", NATTER_COMMAND_TIMEOUT_LONG);
}

/**
 * natter_command_users_online:
 *
 * Returns: (transfer full): a command that asks who is connected
 */
NatterCommand *
natter_command_users_online (void)
{
  return _natter_command_new ("users_online", NATTER_COMMAND_TIMEOUT_LONG);
}

/**
 * natter_command_roles_list:
 *
 * Returns: (transfer full): a command that asks for the roles
 */
NatterCommand *
natter_command_roles_list (void)
{
  return _natter_command_new ("roles_list", NATTER_COMMAND_TIMEOUT_LONG);
}

/**
 * natter_command_emojis:
 * @new_name: whether the server has `emoji_list` among its capabilities
 *
 * Returns: (transfer full): a command that asks for the emojis of the server
 */
NatterCommand *
natter_command_emojis (gboolean new_name)
{
  return _natter_command_new (new_name ? "emoji_list" : "emoji_get_all", NATTER_COMMAND_TIMEOUT_LONG);
}

/**
 * natter_command_messages_get:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @skip: how many of the newest messages to leave out
 * @limit: how many messages, 1 to 200
 *
 * Asks for a page of the history. The server takes the newest message of the place as read, whatever @skip is.
 *
 * Returns: (transfer full): the command
 */
NatterCommand *
natter_command_messages_get (const char *channel,
                             const char *thread_id,
                             guint       skip,
                             guint       limit)
{
  NatterCommand *self = _natter_command_new ("messages_get", NATTER_COMMAND_TIMEOUT_LONG);

  _natter_command_set_place (self, channel, thread_id);
  json_object_set_int_member (self->object, "start", skip);
  json_object_set_int_member (self->object, "limit", limit);
  return self;
}

/**
 * natter_command_messages_before:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @id: id of the oldest message held
 * @limit: how many messages, 1 to 200
 *
 * Asks for the page before a message. Only newer servers know it; April 2026 servers never answer.
 *
 * Returns: (transfer full): the command
 */
NatterCommand *
natter_command_messages_before (const char *channel,
                                const char *thread_id,
                                const char *id,
                                guint       limit)
{
  NatterCommand *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = _natter_command_new ("messages_get", NATTER_COMMAND_TIMEOUT);
  _natter_command_set_place (self, channel, thread_id);
  _natter_command_set_string (self, "start", id);
  json_object_set_int_member (self->object, "limit", limit);
  return self;
}

/**
 * natter_command_messages_around:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @id: id of a message
 * @older: how many older ones, up to 200
 * @newer: how many newer ones, up to 200
 *
 * Asks for a message and what surrounds it; nothing counts as read by it. April 2026 servers never include the newest
 * message of a channel, and for a deleted @id may answer with the surroundings of a reply to it.
 *
 * Returns: (transfer full): the command
 */
NatterCommand *
natter_command_messages_around (const char *channel,
                                const char *thread_id,
                                const char *id,
                                guint       older,
                                guint       newer)
{
  NatterCommand *self;
  JsonObject *bounds;

  g_return_val_if_fail (id != NULL, NULL);

  self = _natter_command_new ("messages_around", NATTER_COMMAND_TIMEOUT_LONG);
  _natter_command_set_place (self, channel, thread_id);
  _natter_command_set_string (self, "around", id);
  /* The names are the wrong way round on the wire. */
  bounds = json_object_new ();
  json_object_set_int_member (bounds, "above", newer);
  json_object_set_int_member (bounds, "below", older);
  json_object_set_object_member (self->object, "bounds", bounds);
  return self;
}

/**
 * natter_command_thread_messages:
 * @thread_id: id of a thread
 * @before_id: (nullable): the oldest message held; %NULL to count
 * @skip: without @before_id, how many of the newest messages to leave out
 * @limit: how many messages, 1 to 200
 *
 * Asks for a page of a thread. Unlike natter_command_messages_get() it works on locked and archived threads, and
 * nothing counts as read by it.
 *
 * Returns: (transfer full): the command
 */
NatterCommand *
natter_command_thread_messages (const char *thread_id,
                                const char *before_id,
                                guint       skip,
                                guint       limit)
{
  NatterCommand *self;

  g_return_val_if_fail (thread_id != NULL, NULL);

  self = _natter_command_new ("thread_messages", NATTER_COMMAND_TIMEOUT_LONG);
  _natter_command_set_place (self, NULL, thread_id);
  if (before_id != NULL)
    _natter_command_set_string (self, "start", before_id);
  else
    json_object_set_int_member (self->object, "start", skip);
  json_object_set_int_member (self->object, "limit", limit);
  return self;
}

/**
 * natter_command_message_get:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @id: id of a message
 *
 * Returns: (transfer full): a command that asks for one message
 */
NatterCommand *
natter_command_message_get (const char *channel,
                            const char *thread_id,
                            const char *id)
{
  NatterCommand *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = _natter_command_new ("message_get", NATTER_COMMAND_TIMEOUT);
  _natter_command_set_place (self, channel, thread_id);
  _natter_command_set_string (self, "id", id);
  return self;
}

/**
 * natter_command_message_new:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @content: the text; the server trims it
 * @reply_to: (nullable): id of the message that it answers
 * @reply_pings: whether that message's author is to be notified
 *
 * Returns: (transfer full): a command that sends a message
 */
NatterCommand *
natter_command_message_new (const char *channel,
                            const char *thread_id,
                            const char *content,
                            const char *reply_to,
                            gboolean    reply_pings)
{
  NatterCommand *self;

  g_return_val_if_fail (content != NULL, NULL);

  self = _natter_command_new ("message_new", NATTER_COMMAND_TIMEOUT);
  self->is_rate_limited = TRUE;
  _natter_command_set_place (self, channel, thread_id);
  _natter_command_set_string (self, "content", content);
  _natter_command_set_string (self, "reply_to", reply_to);
  if (reply_to != NULL && !reply_pings)
    json_object_set_boolean_member (self->object, "ping", FALSE);
  return self;
}

/**
 * natter_command_set_attachments:
 * @self: what natter_command_message_new() gave
 * @ids: ids of files that the server has
 *
 * Lets files go with a message.
 */
void
natter_command_set_attachments (NatterCommand      *self,
                                const char * const *ids)
{
  JsonArray *attachments = json_array_new ();

  g_return_if_fail (self != NULL && ids != NULL);

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      JsonObject *attachment = json_object_new ();

      json_object_set_string_member (attachment, "id", ids[i]);
      json_array_add_object_element (attachments, attachment);
    }
  json_object_set_array_member (self->object, "attachments", attachments);
}

/**
 * natter_command_message_edit:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @id: id of one's own message
 * @content: the new text, not empty; April 2026 servers neither trim nor limit it
 *
 * Returns: (transfer full): a command that changes a message
 */
NatterCommand *
natter_command_message_edit (const char *channel,
                             const char *thread_id,
                             const char *id,
                             const char *content)
{
  NatterCommand *self;

  g_return_val_if_fail (id != NULL && content != NULL, NULL);

  self = _natter_command_new ("message_edit", NATTER_COMMAND_TIMEOUT);
  self->is_rate_limited = TRUE;
  _natter_command_set_place (self, channel, thread_id);
  _natter_command_set_string (self, "id", id);
  _natter_command_set_string (self, "content", content);
  return self;
}

/**
 * natter_command_message_delete:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @id: id of a message
 *
 * Returns: (transfer full): a command that deletes a message and its files
 */
NatterCommand *
natter_command_message_delete (const char *channel,
                               const char *thread_id,
                               const char *id)
{
  NatterCommand *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = _natter_command_new ("message_delete", NATTER_COMMAND_TIMEOUT);
  _natter_command_set_place (self, channel, thread_id);
  _natter_command_set_string (self, "id", id);
  return self;
}

/**
 * natter_command_typing:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @duration_ms: how long others are to show it, in milliseconds; 0 that typing has ended. April 2026 servers ignore
 *   it, so there 0 would say the opposite and is not to be sent.
 *
 * Returns: (transfer full): a command that tells that one is typing. It costs as much of the budget as a message.
 */
NatterCommand *
natter_command_typing (const char *channel,
                       const char *thread_id,
                       guint       duration_ms)
{
  NatterCommand *self = _natter_command_new ("typing", NATTER_COMMAND_TIMEOUT);

  self->is_rate_limited = TRUE;
  _natter_command_set_place (self, channel, thread_id);
  json_object_set_int_member (self->object, "duration", duration_ms);
  return self;
}

/**
 * natter_command_status_set:
 * @status: what to be for others
 * @text: what to say about it, at most 100 characters; empty for nothing
 *
 * The answer has another name, and comes to all. The server keeps it, and has it again at the next sign-in.
 *
 * Returns: (transfer full): a command that sets one's own status
 */
NatterCommand *
natter_command_status_set (NatterStatus  status,
                           const char   *text)
{
  static const char * const words[] = {
    [NATTER_STATUS_OFFLINE] = "offline", [NATTER_STATUS_ONLINE] = "online", [NATTER_STATUS_IDLE] = "idle",
    [NATTER_STATUS_DND] = "dnd", [NATTER_STATUS_INVISIBLE] = "invisible",
  };
  NatterCommand *self = _natter_command_new ("status_set", NATTER_COMMAND_TIMEOUT);

  _natter_command_set_string (self, "status", words[status]);
  _natter_command_set_string (self, "text", text);
  return self;
}

/**
 * natter_command_unreads_get:
 *
 * Returns: (transfer full): a command that asks how much of each channel is unread
 */
NatterCommand *
natter_command_unreads_get (void)
{
  return _natter_command_new ("unreads_get", NATTER_COMMAND_TIMEOUT);
}

/**
 * natter_command_user_leave:
 *
 * Returns: (transfer full): a command that deletes one's account on the server
 */
NatterCommand *
natter_command_user_leave (void)
{
  return _natter_command_new ("user_leave", NATTER_COMMAND_TIMEOUT);
}

/**
 * natter_command_unreads_ack:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @message_id: (nullable): the last message that was read; %NULL for the newest
 *
 * Returns: (transfer full): a command that moves the mark up to which one has read
 */
NatterCommand *
natter_command_unreads_ack (const char *channel,
                            const char *thread_id,
                            const char *message_id)
{
  NatterCommand *self = _natter_command_new ("unreads_ack", NATTER_COMMAND_TIMEOUT);

  _natter_command_set_place (self, channel, thread_id);
  _natter_command_set_string (self, "message_id", message_id);
  return self;
}

/**
 * natter_command_free:
 * @self: (transfer full): a command
 */
void
natter_command_free (NatterCommand *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->object, json_object_unref);
  g_free (self);
}

/**
 * natter_command_get_name:
 * @self: a command
 *
 * Returns: (transfer none): what the server calls the command
 */
const char *
natter_command_get_name (NatterCommand *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * natter_command_get_timeout:
 * @self: a command
 *
 * Returns: after how many seconds no answer is to be expected any more
 */
guint
natter_command_get_timeout (NatterCommand *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->timeout;
}

/**
 * natter_command_is_rate_limited:
 * @self: a command
 *
 * Returns: whether the command costs of the one budget that servers have for writing, editing and typing
 */
gboolean
natter_command_is_rate_limited (NatterCommand *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_rate_limited;
}

/**
 * natter_command_serialize:
 * @self: a command
 * @listener: (nullable): a mark that the answer will carry
 *
 * Returns: (transfer full): the command as it goes over the wire
 */
char *
natter_command_serialize (NatterCommand *self,
                          const char    *listener)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  g_return_val_if_fail (self != NULL, NULL);

  if (listener != NULL && *listener != '\0')
    json_object_set_string_member (self->object, "listener", listener);
  else
    json_object_remove_member (self->object, "listener");

  json_node_set_object (node, self->object);
  return json_to_string (node, FALSE);
}
