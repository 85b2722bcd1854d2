/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-command"

#include "natter-command-private.h"

/* What people do with messages, apart from writing them. */

/**
 * natter_command_reaction:
 * @channel: (nullable): name of a channel
 * @thread_id: (nullable): id of a thread, instead
 * @id: id of a message
 * @emoji: the character, or the address of a custom emoji
 * @add: whether to add it; else it is taken back
 * @new_names: whether the server knows the command only by the name that newer ones have
 *
 * Adding what is there, or taking back what is not, is refused: that counts as done.
 *
 * Returns: (transfer full): a command that changes one's reaction to a message
 */
NatterCommand *
natter_command_reaction (const char *channel,
                         const char *thread_id,
                         const char *id,
                         const char *emoji,
                         gboolean    add,
                         gboolean    new_names)
{
  NatterCommand *self;

  g_return_val_if_fail (id != NULL && emoji != NULL, NULL);

  if (new_names)
    self = _natter_command_new (add ? "reaction_add" : "reaction_remove", NATTER_COMMAND_TIMEOUT);
  else
    self = _natter_command_new (add ? "message_react_add" : "message_react_remove", NATTER_COMMAND_TIMEOUT);
  _natter_command_set_place (self, channel, thread_id);
  _natter_command_set_string (self, "id", id);
  _natter_command_set_string (self, "emoji", emoji);
  return self;
}

/**
 * natter_command_message_pin:
 * @channel: name of a channel
 * @id: id of a message
 * @pinned: whether to pin it; else it is unpinned
 *
 * Returns: (transfer full): the command; the flag of its answer is explained at #NatterPinData
 */
NatterCommand *
natter_command_message_pin (const char *channel,
                            const char *id,
                            gboolean    pinned)
{
  NatterCommand *self;

  g_return_val_if_fail (channel != NULL && id != NULL, NULL);

  self = _natter_command_new (pinned ? "message_pin" : "message_unpin", NATTER_COMMAND_TIMEOUT);
  _natter_command_set_place (self, channel, NULL);
  _natter_command_set_string (self, "id", id);
  return self;
}

/**
 * natter_command_messages_pinned:
 * @channel: name of a channel
 *
 * Returns: (transfer full): a command that asks for the pinned messages, the newest first
 */
NatterCommand *
natter_command_messages_pinned (const char *channel)
{
  NatterCommand *self;

  g_return_val_if_fail (channel != NULL, NULL);

  self = _natter_command_new ("messages_pinned", NATTER_COMMAND_TIMEOUT_LONG);
  _natter_command_set_place (self, channel, NULL);
  return self;
}

/**
 * natter_command_messages_search:
 * @channel: name of a channel
 * @text: what is to be in the messages, as it stands there but for case
 *
 * Returns: (transfer full): a command that asks for the messages, the newest first, a limited number of them
 */
NatterCommand *
natter_command_messages_search (const char *channel,
                                const char *text)
{
  NatterCommand *self;

  g_return_val_if_fail (channel != NULL && text != NULL, NULL);

  self = _natter_command_new ("messages_search", NATTER_COMMAND_TIMEOUT_LONG);
  _natter_command_set_place (self, channel, NULL);
  _natter_command_set_string (self, "query", text);
  return self;
}

static NatterCommand *
poll_command (const char *name,
              const char *message_id)
{
  NatterCommand *self = _natter_command_new (name, NATTER_COMMAND_TIMEOUT);

  _natter_command_set_string (self, "message_id", message_id);
  return self;
}

/**
 * natter_command_poll_get:
 * @message_id: id of the message that shows the poll; history does not tell the poll's own
 *
 * Returns: (transfer full): a command that asks for the poll and one's own votes
 */
NatterCommand *
natter_command_poll_get (const char *message_id)
{
  g_return_val_if_fail (message_id != NULL, NULL);

  return poll_command ("poll_get", message_id);
}

/**
 * natter_command_poll_results:
 * @message_id: id of the message that shows the poll
 *
 * Returns: (transfer full): a command that asks how many votes there are
 */
NatterCommand *
natter_command_poll_results (const char *message_id)
{
  g_return_val_if_fail (message_id != NULL, NULL);

  return poll_command ("poll_results", message_id);
}

/**
 * natter_command_poll_vote:
 * @message_id: id of the message that shows the poll
 * @option_ids: (array zero-terminated=1): what to vote for
 *
 * Where one choice is allowed the last one replaces one's vote; where several are, they are added. Votes can't be
 * taken back.
 *
 * Returns: (transfer full): a command that votes
 */
NatterCommand *
natter_command_poll_vote (const char         *message_id,
                          const char * const *option_ids)
{
  JsonArray *ids = json_array_new ();
  NatterCommand *self;

  g_return_val_if_fail (message_id != NULL && option_ids != NULL, NULL);

  for (; *option_ids != NULL; option_ids++)
    json_array_add_string_element (ids, *option_ids);
  self = poll_command ("poll_vote", message_id);
  json_object_set_array_member (self->object, "option_ids", ids);
  return self;
}

/**
 * natter_command_poll_end:
 * @message_id: id of the message that shows the poll
 *
 * Returns: (transfer full): a command that ends the poll, which its maker and moderators may
 */
NatterCommand *
natter_command_poll_end (const char *message_id)
{
  g_return_val_if_fail (message_id != NULL, NULL);

  return poll_command ("poll_end", message_id);
}

static void
set_both (NatterCommand *self,
          const char    *channel,
          const char    *thread_id)
{
  _natter_command_set_string (self, "channel", channel);
  if (thread_id != NULL)
    _natter_command_set_string (self, "thread_id", thread_id);
}

/**
 * natter_command_poll_create:
 * @channel: name of a channel; of a thread, its forum, or votes reach nobody
 * @thread_id: (nullable): id of the thread in which it is to be
 * @question: what it is about
 * @options: (array zero-terminated=1): 2 to 10 answers
 * @several: whether people may choose more than one
 * @hours: after how many it ends
 *
 * Returns: (transfer full): a command that writes a message with a poll
 */
NatterCommand *
natter_command_poll_create (const char         *channel,
                            const char         *thread_id,
                            const char         *question,
                            const char * const *options,
                            gboolean            several,
                            guint               hours)
{
  NatterCommand *self;
  JsonArray *texts;

  g_return_val_if_fail (channel != NULL && question != NULL && options != NULL, NULL);

  texts = json_array_new ();
  for (; *options != NULL; options++)
    json_array_add_string_element (texts, *options);
  self = _natter_command_new ("poll_create", NATTER_COMMAND_TIMEOUT);
  set_both (self, channel, thread_id);
  _natter_command_set_string (self, "question", question);
  json_object_set_array_member (self->object, "options", texts);
  json_object_set_boolean_member (self->object, "allow_multiselect", several);
  json_object_set_int_member (self->object, "duration_hours", hours);
  return self;
}

/**
 * natter_command_user_timeout:
 * @username: who is not to write
 * @seconds: for how long, at least 1
 *
 * Returns: (transfer full): a command that keeps somebody from writing; a shorter time takes the place of a longer one
 */
NatterCommand *
natter_command_user_timeout (const char *username,
                             guint       seconds)
{
  NatterCommand *self;

  g_return_val_if_fail (username != NULL && seconds > 0, NULL);

  self = _natter_command_new ("user_timeout", NATTER_COMMAND_TIMEOUT);
  _natter_command_set_string (self, "user", username);
  json_object_set_int_member (self->object, "timeout", seconds);
  return self;
}

/**
 * natter_command_slash_list:
 *
 * Returns: (transfer full): a command that asks for the slash commands of the server and its bots
 */
NatterCommand *
natter_command_slash_list (void)
{
  return _natter_command_new ("slash_list", NATTER_COMMAND_TIMEOUT);
}

static void
add_argument (JsonObject                *object,
              const NatterSlashArgument *argument)
{
  if (g_str_equal (argument->type, "int"))
    json_object_set_int_member (object, argument->name, g_ascii_strtoll (argument->value, NULL, 10));
  else if (g_str_equal (argument->type, "float"))
    json_object_set_double_member (object, argument->name, g_ascii_strtod (argument->value, NULL));
  else if (g_str_equal (argument->type, "bool"))
    json_object_set_boolean_member (object, argument->name, g_ascii_strcasecmp (argument->value, "true") == 0);
  else
    json_object_set_string_member (object, argument->name, argument->value);
}

/**
 * natter_command_slash_call:
 * @channel: name of the channel in which it answers; of a thread, its forum
 * @thread_id: (nullable): id of the thread in which it answers, which old servers don't heed
 * @command: name of the command, without its slash
 * @arguments: (array length=n_arguments): what it is told
 * @n_arguments: how many there are
 *
 * The answer is the message in which the command answers. A bot may never answer.
 *
 * Returns: (transfer full): a command that runs a slash command
 */
NatterCommand *
natter_command_slash_call (const char                *channel,
                           const char                *thread_id,
                           const char                *command,
                           const NatterSlashArgument *arguments,
                           gsize                      n_arguments)
{
  NatterCommand *self;
  JsonObject *args;

  g_return_val_if_fail (channel != NULL && command != NULL, NULL);

  args = json_object_new ();
  for (gsize i = 0; i < n_arguments; i++)
    add_argument (args, &arguments[i]);
  self = _natter_command_new ("slash_call", NATTER_COMMAND_TIMEOUT);
  set_both (self, channel, thread_id);
  _natter_command_set_string (self, "command", command);
  json_object_set_object_member (self->object, "args", args);
  return self;
}

/**
 * natter_command_self_role:
 * @name: name of a role that people may give themselves
 * @take: whether to have it or to give it back
 *
 * Returns: (transfer full): a command that gives oneself a role, or takes it away
 */
NatterCommand *
natter_command_self_role (const char *name,
                          gboolean    take)
{
  NatterCommand *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = _natter_command_new (take ? "self_role_add" : "self_role_remove", NATTER_COMMAND_TIMEOUT);
  _natter_command_set_string (self, "role", name);
  return self;
}
