/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-check.h"

/* A text that may be missing. */
static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

/* A text that is there, perhaps empty. */
static void
check_given (const char *text)
{
  g_assert_nonnull (text);
  check_text (text);
}

/* An id or a name to know something by. */
static void
check_id (const char *text)
{
  check_given (text);
  g_assert_cmpstr (text, !=, "");
}

static void
check_names (char *const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    check_text (names[i]);
}

static void
check_given_names (char *const *names)
{
  g_assert_nonnull (names);
  check_names (names);
}

static void
check_time (gint64 time)
{
  g_assert_cmpint (time, >=, 0);
  g_assert_cmpint (time, <=, 253402300800 * G_USEC_PER_SEC);
}

typedef void (*Check) (gconstpointer item);

static void
check_list (GPtrArray *items,
            Check      check)
{
  g_assert_nonnull (items);
  for (guint i = 0; i < items->len; i++)
    check (items->pdata[i]);
}

static void
check_reaction (gconstpointer item)
{
  const NatterReactionData *reaction = item;

  check_id (reaction->emoji);
  check_given_names (reaction->users);
  g_assert_nonnull (reaction->users[0]);
}

static void
check_attachment (gconstpointer item)
{
  const NatterAttachmentData *attachment = item;

  check_text (attachment->id);
  check_text (attachment->name);
  check_text (attachment->mime_type);
  check_text (attachment->url);
  check_time (attachment->expires);
  g_assert_cmpint (attachment->width, >=, 0);
  g_assert_cmpint (attachment->height, >=, 0);
  g_assert_true (attachment->id != NULL || attachment->url != NULL);
}

static void
check_field (gconstpointer item)
{
  const NatterEmbedField *field = item;

  check_given (field->name);
  check_given (field->value);
}

static void
check_option (gconstpointer item)
{
  const NatterPollOption *option = item;

  check_id (option->id);
  check_given (option->text);
  check_text (option->emoji);
}

static void
check_embed (gconstpointer item)
{
  const NatterEmbedData *embed = item;
  const char *const texts[] = {
    embed->title, embed->description, embed->url, embed->author_name, embed->author_url, embed->author_icon,
    embed->footer_text, embed->footer_icon, embed->image_url, embed->thumbnail_url, embed->video_url, embed->provider,
    embed->poll_question,
  };

  check_id (embed->type);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_text (texts[i]);
  g_assert_cmpint (embed->color, >=, -1);
  g_assert_cmpint (embed->color, <=, 0xffffff);
  g_assert_cmpint (MIN (embed->image_width, embed->image_height), >=, 0);
  g_assert_cmpint (MIN (embed->thumbnail_width, embed->thumbnail_height), >=, 0);
  check_time (embed->time);
  check_time (embed->poll_expires);
  check_list (embed->fields, check_field);
  g_assert_cmpint (embed->poll_options != NULL, ==, g_str_equal (embed->type, "poll"));
  if (embed->poll_options != NULL)
    check_list (embed->poll_options, check_option);
}

static void
check_message (gconstpointer item)
{
  const NatterMessageData *message = item;
  const char *const texts[] = {
    message->edited_by, message->reply_to_id, message->reply_to_author, message->reply_to_content, message->alias_name,
    message->alias_avatar, message->command, message->command_user, message->poll_id, message->channel,
    message->thread_id,
  };

  check_id (message->id);
  check_given (message->author);
  check_given (message->content);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check_text (texts[i]);
  check_time (message->time);
  check_time (message->edited_time);
  check_list (message->reactions, check_reaction);
  check_list (message->attachments, check_attachment);
  check_list (message->embeds, check_embed);
  g_assert_cmpint (message->ping_users != NULL, ==, message->has_pings);
  check_names (message->ping_users);
  check_names (message->ping_roles);
  check_names (message->ping_replies);
}

static void
check_history (const NatterPacket *packet)
{
  const NatterHistoryData *history = &packet->history;
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gint64 last = 0;

  check_text (history->channel);
  check_text (history->thread_id);
  check_text (history->query);
  check_text (history->message_id);
  check_list (history->messages, check_message);
  for (guint i = 0; i < history->messages->len; i++)
    {
      const NatterMessageData *message = history->messages->pdata[i];

      g_assert_true (g_hash_table_add (seen, message->id));
      if (packet->kind != NATTER_PACKET_MESSAGES)
        continue;
      g_assert_cmpint (message->time, >=, last);
      last = message->time;
    }
}

static void
check_message_event (const NatterPacket *packet)
{
  const NatterMessageEventData *event = &packet->message;

  check_text (event->channel);
  check_text (event->thread_id);
  if (event->message != NULL)
    check_message (event->message);

  switch ((guint) packet->kind)
    {
    case NATTER_PACKET_MESSAGE_EDIT:
      check_id (event->id);
      check_given (event->content);
      break;

    case NATTER_PACKET_MESSAGE_DELETE:
      check_id (event->id);
      break;

    default:
      g_assert_nonnull (event->message);
      break;
    }
}

static void
check_thread (gconstpointer item)
{
  const NatterThreadData *thread = item;

  check_id (thread->id);
  check_text (thread->name);
  check_text (thread->parent_channel);
  check_text (thread->created_by);
  check_text (thread->last_message_id);
  check_given_names (thread->participants);
  check_time (thread->created);
  check_time (thread->last_message);
}

static void
check_voice_user (gconstpointer item)
{
  const NatterVoiceUserData *user = item;

  check_id (user->username);
  check_text (user->id);
  check_text (user->peer_id);
}

static void
check_channel (gconstpointer item)
{
  const NatterChannelData *channel = item;
  const NatterChannelRights *rights = &channel->rights;
  char *const *const lists[] = {
    rights->view, rights->send, rights->delete_any, rights->create_thread, rights->react, rights->edit_own,
    rights->delete_own, rights->pin, channel->members,
  };

  if (channel->type == NATTER_CHANNEL_SEPARATOR)
    check_text (channel->name);
  else
    check_id (channel->name);
  check_text (channel->display_name);
  check_text (channel->description);
  check_text (channel->icon);
  check_text (channel->last_message_id);
  check_text (channel->owner);
  check_time (channel->last_message);
  g_assert_cmpint (channel->size, >=, 0);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    check_names (lists[i]);
  check_list (channel->voice, check_voice_user);
  check_list (channel->threads, check_thread);
}

static void
check_user (gconstpointer item)
{
  const NatterUserData *user = item;

  check_id (user->username);
  check_text (user->id);
  check_text (user->nickname);
  check_text (user->display_name);
  check_text (user->color);
  check_text (user->status_text);
  check_text (user->picture);
  check_names (user->roles);
}

static void
check_users (GPtrArray *users)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  check_list (users, check_user);
  for (guint i = 0; i < users->len; i++)
    g_assert_true (g_hash_table_add (seen, ((NatterUserData *) users->pdata[i])->username));
}

static void
check_role (gconstpointer item)
{
  const NatterRoleData *role = item;

  check_id (role->name);
  check_text (role->id);
  check_text (role->description);
  check_text (role->color);
  check_text (role->category);
  check_given_names (role->permissions);
  check_given_names (role->mention_roles);
  g_assert_cmpint (role->position, >=, 0);
}

static void
check_unread (gconstpointer item)
{
  const NatterUnreadData *unread = item;

  g_assert_true (unread->channel != NULL || unread->thread_id != NULL);
  check_text (unread->channel);
  check_text (unread->thread_id);
  check_text (unread->last_read);
  g_assert_cmpint (MIN (unread->unread, unread->total), >=, 0);
  g_assert_cmpint (unread->pings, >=, -1);
}

static void
check_emoji (gconstpointer item)
{
  const NatterEmojiData *emoji = item;

  check_id (emoji->id);
  check_id (emoji->name);
  check_text (emoji->file_name);
  check_text (emoji->server);
}

static void
check_slash_option (gconstpointer item)
{
  const NatterSlashOptionData *option = item;

  check_id (option->name);
  check_id (option->type);
  check_text (option->description);
  check_names (option->choices);
}

static void
check_slash_command (gconstpointer item)
{
  const NatterSlashCommandData *command = item;

  check_id (command->name);
  check_text (command->description);
  check_text (command->registered_by);
  check_names (command->only_roles);
  check_names (command->forbidden_roles);
  check_list (command->options, check_slash_option);
}

static void
check_result (gconstpointer item)
{
  const NatterPollResultData *result = item;

  check_id (result->id);
  check_given (result->text);
  check_text (result->emoji);
  check_given_names (result->voters);
  g_assert_cmpint (result->votes, >=, 0);
}

static void
check_vote (const NatterPollEventData *vote)
{
  g_assert_true (vote->poll_id != NULL || vote->message_id != NULL);
  check_text (vote->poll_id);
  check_text (vote->message_id);
  check_text (vote->channel);
  check_text (vote->thread_id);
  check_text (vote->user);
  check_given_names (vote->option_ids);
  if (vote->results != NULL)
    check_list (vote->results->options, check_result);
}

static void
check_poll (const NatterPollData *poll)
{
  check_id (poll->id);
  check_text (poll->message_id);
  check_text (poll->channel);
  check_text (poll->thread_id);
  check_text (poll->question);
  check_text (poll->created_by);
  check_given_names (poll->own_votes);
  check_list (poll->options, check_option);
  check_time (poll->created);
  check_time (poll->expires);
  check_time (poll->ended_time);
}

static void
check_handshake (NatterHandshake *handshake)
{
  g_autofree char *raw = natter_handshake_dup_raw (handshake);

  check_text (natter_handshake_get_name (handshake));
  check_text (natter_handshake_get_owner (handshake));
  check_text (natter_handshake_get_validator_key (handshake));
  check_id (raw);
  g_assert_cmpuint (natter_handshake_get_max_message (handshake), <=, 1000000);
  g_assert_cmpint (natter_handshake_get_uploads_per_user (handshake), >=, -1);
  check_given_names ((char *const *) natter_handshake_get_capabilities (handshake));
  check_given_names ((char *const *) natter_handshake_get_upload_types (handshake));
}

static void
check_place (const NatterPacket *packet)
{
  const NatterPlaceEventData *place = &packet->place;

  g_assert_true (place->channel != NULL || place->thread_id != NULL);
  check_text (place->channel);
  check_text (place->thread_id);
  check_text (place->last_read);
  if (packet->kind == NATTER_PACKET_TYPING)
    check_id (place->user);
}

static void
check_voice (const NatterPacket *packet)
{
  check_id (packet->voice.channel);
  check_text (packet->voice.peer_id);
  if (packet->voice.user != NULL)
    check_voice_user (packet->voice.user);
  if (packet->kind == NATTER_PACKET_VOICE_STATE)
    check_list (packet->voice.users, check_voice_user);
}

void
packet_check (NatterPacket *packet)
{
  check_id (packet->command);
  g_assert_true (packet->listener == NULL || *packet->listener != '\0');
  check_text (packet->listener);

  switch (packet->kind)
    {
    case NATTER_PACKET_UNKNOWN:
    case NATTER_PACKET_AUTH_SUCCESS:
    case NATTER_PACKET_PING:
    case NATTER_PACKET_PONG:
    case NATTER_PACKET_STATUS_SET:
      break;

    case NATTER_PACKET_HANDSHAKE:
      check_handshake (packet->handshake);
      break;

    case NATTER_PACKET_AUTH_ERROR:
    case NATTER_PACKET_ERROR:
    case NATTER_PACKET_RATE_LIMIT:
    case NATTER_PACKET_DISCONNECT:
      check_text (packet->refusal.text);
      check_text (packet->refusal.source);
      check_text (packet->refusal.reason);
      break;

    case NATTER_PACKET_CHANNELS:
      check_list (packet->channels, check_channel);
      break;

    case NATTER_PACKET_CHANNEL:
      check_channel (packet->channel);
      break;

    case NATTER_PACKET_MESSAGES:
    case NATTER_PACKET_MESSAGES_FOUND:
    case NATTER_PACKET_MESSAGES_PINNED:
    case NATTER_PACKET_MESSAGE_REPLIES:
    case NATTER_PACKET_PINGS:
      check_history (packet);
      break;

    case NATTER_PACKET_MESSAGE:
    case NATTER_PACKET_MESSAGE_NEW:
    case NATTER_PACKET_MESSAGE_EDIT:
    case NATTER_PACKET_MESSAGE_DELETE:
      check_message_event (packet);
      break;

    case NATTER_PACKET_MESSAGE_PIN:
    case NATTER_PACKET_MESSAGE_UNPIN:
      check_id (packet->pin.id);
      check_text (packet->pin.channel);
      check_text (packet->pin.thread_id);
      break;

    case NATTER_PACKET_REACTION_ADD:
    case NATTER_PACKET_REACTION_REMOVE:
      check_id (packet->reaction.id);
      check_id (packet->reaction.emoji);
      check_id (packet->reaction.user);
      check_text (packet->reaction.channel);
      check_text (packet->reaction.thread_id);
      break;

    case NATTER_PACKET_TYPING:
    case NATTER_PACKET_UNREADS_UPDATE:
    case NATTER_PACKET_UNREADS_ACK:
    case NATTER_PACKET_CHANNEL_DELETE:
    case NATTER_PACKET_CHANNEL_LEAVE:
      check_place (packet);
      break;

    case NATTER_PACKET_UNREADS:
      check_list (packet->unreads, check_unread);
      break;

    case NATTER_PACKET_USERS:
    case NATTER_PACKET_USERS_ONLINE:
      check_users (packet->users);
      break;

    case NATTER_PACKET_READY:
    case NATTER_PACKET_USER_CONNECT:
    case NATTER_PACKET_USER_DISCONNECT:
    case NATTER_PACKET_USER_JOIN:
    case NATTER_PACKET_USER_LEAVE:
    case NATTER_PACKET_USER_KICK:
    case NATTER_PACKET_USER_ROLES:
    case NATTER_PACKET_USER_UPDATED:
    case NATTER_PACKET_STATUS:
      check_user (packet->user);
      break;

    case NATTER_PACKET_ROLES:
      check_list (packet->roles, check_role);
      break;

    case NATTER_PACKET_THREADS:
      check_list (packet->threads, check_thread);
      break;

    case NATTER_PACKET_THREAD:
    case NATTER_PACKET_THREAD_NEW:
    case NATTER_PACKET_THREAD_UPDATE:
    case NATTER_PACKET_THREAD_DELETE:
    case NATTER_PACKET_THREAD_JOIN:
    case NATTER_PACKET_THREAD_LEAVE:
      check_id (packet->thread.thread_id);
      check_text (packet->thread.channel);
      check_text (packet->thread.user);
      if (packet->thread.thread != NULL)
        check_thread (packet->thread.thread);
      break;

    case NATTER_PACKET_SERVER_UPDATE:
      check_text (packet->server.name);
      check_text (packet->server.icon);
      check_text (packet->server.banner);
      break;

    case NATTER_PACKET_EMOJIS:
      check_list (packet->emojis, check_emoji);
      break;

    case NATTER_PACKET_SLASH_COMMANDS:
    case NATTER_PACKET_SLASH_ADD:
      check_list (packet->commands, check_slash_command);
      break;

    case NATTER_PACKET_SLASH_REMOVE:
      check_given_names (packet->names);
      break;

    case NATTER_PACKET_VOICE_STATE:
    case NATTER_PACKET_VOICE_JOINED:
    case NATTER_PACKET_VOICE_UPDATED:
    case NATTER_PACKET_VOICE_LEFT:
      check_voice (packet);
      break;

    case NATTER_PACKET_POLL:
      check_poll (packet->poll);
      break;

    case NATTER_PACKET_POLL_CREATED:
    case NATTER_PACKET_POLL_VOTE:
    case NATTER_PACKET_POLL_END:
    case NATTER_PACKET_POLL_RESULTS:
      check_vote (&packet->vote);
      break;

    default:
      g_assert_not_reached ();
    }
}
