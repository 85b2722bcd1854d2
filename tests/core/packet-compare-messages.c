/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-compare-private.h"

static void
compare_attachment (JsonObject    *object,
                    gconstpointer  item)
{
  const NatterAttachmentData *attachment = item;

  ASSERT_KNOWN (object, "id", "name", "mime_type", "size", "url", "expires_at", "permanent", "width", "height");
  assert_text (object, "id", attachment->id);
  assert_text (object, "name", attachment->name);
  assert_text (object, "mime_type", attachment->mime_type);
  assert_text (object, "url", attachment->url);
  assert_number (object, "size", (gint64) attachment->size);
  assert_number (object, "width", attachment->width);
  assert_number (object, "height", attachment->height);
  assert_time (object, "expires_at", attachment->expires);
  assert_flag (object, "permanent", attachment->permanent);
}

static void
compare_field (JsonObject    *object,
               gconstpointer  item)
{
  const NatterEmbedField *field = item;

  ASSERT_KNOWN (object, "name", "value", "inline");
  assert_text (object, "name", field->name);
  assert_text (object, "value", field->value);
  if (is_text (member (object, "inline")))
    g_assert_true (field->is_inline);
  else
    assert_flag (object, "inline", field->is_inline);
}

static void
compare_option (JsonObject    *object,
                gconstpointer  item)
{
  const NatterPollOption *option = item;

  ASSERT_KNOWN (object, "id", "text", "emoji");
  assert_text (object, "id", option->id);
  assert_text (object, "text", option->text);
  assert_text (object, "emoji", option->emoji);
}

static void
compare_embed_poll (JsonObject            *object,
                    const NatterEmbedData *embed)
{
  ASSERT_KNOWN (object, "question", "options", "allow_multiselect", "expires_at");
  assert_text (object, "question", embed->poll_question);
  assert_list (object, "options", embed->poll_options, compare_option);
  if (!is_text (member (object, "allow_multiselect")))
    assert_flag (object, "allow_multiselect", embed->poll_multiple);
  assert_time (object, "expires_at", embed->poll_expires);
}

static void
compare_embed (JsonObject    *object,
               gconstpointer  item)
{
  const NatterEmbedData *embed = item;
  JsonObject *author = child (object, "author");
  JsonObject *footer = child (object, "footer");
  JsonObject *image = child (object, "image");
  JsonObject *thumbnail = child (object, "thumbnail");

  /* "extra" is what somebody invented. */
  ASSERT_KNOWN (object, "type", "title", "description", "url", "color", "timestamp", "author", "thumbnail", "image",
                "fields", "footer", "poll", "extra");
  g_assert_cmpstr (embed->type, ==, json_object_get_string_member_with_default (object, "type", "rich"));
  assert_text (object, "title", embed->title);
  assert_text (object, "description", embed->description);
  assert_text (object, "url", embed->url);
  assert_number (object, "color", embed->color);
  g_assert_cmpint (embed->time != 0, ==, member (object, "timestamp") != NULL);
  assert_list (object, "fields", embed->fields, compare_field);
  if (author != NULL)
    {
      ASSERT_KNOWN (author, "name", "url", "icon_url");
      assert_text (author, "name", embed->author_name);
      assert_text (author, "url", embed->author_url);
      assert_text (author, "icon_url", embed->author_icon);
    }
  if (footer != NULL)
    {
      ASSERT_KNOWN (footer, "text", "icon_url");
      assert_text (footer, "text", embed->footer_text);
      assert_text (footer, "icon_url", embed->footer_icon);
    }
  if (image != NULL)
    {
      ASSERT_KNOWN (image, "url", "width", "height");
      assert_text (image, "url", embed->image_url);
      assert_number (image, "width", embed->image_width);
      assert_number (image, "height", embed->image_height);
    }
  if (thumbnail != NULL)
    {
      ASSERT_KNOWN (thumbnail, "url");
      assert_text (thumbnail, "url", embed->thumbnail_url);
    }
  if (child (object, "poll") != NULL)
    compare_embed_poll (child (object, "poll"), embed);
}

static void
compare_reactions (JsonObject *object,
                   GPtrArray  *reactions)
{
  g_autoptr(GList) emojis = object != NULL ? json_object_get_members (object) : NULL;
  guint i = 0;

  g_assert_cmpuint (reactions->len, ==, g_list_length (emojis));
  for (GList *item = emojis; item != NULL; item = item->next, i++)
    {
      const NatterReactionData *reaction = reactions->pdata[i];

      g_assert_cmpstr (reaction->emoji, ==, item->data);
      assert_names (object, item->data, reaction->users);
    }
}

static void
compare_message (JsonObject    *object,
                 gconstpointer  item)
{
  const NatterMessageData *message = item;
  JsonObject *reply = child (object, "reply_to");
  JsonObject *webhook = child (object, "webhook");
  JsonObject *interaction = child (object, "interaction");
  JsonObject *pings = child (object, "pings");

  /* The rest belongs to the packet where a poll's message is one. "type" is "message" always. */
  ASSERT_KNOWN (object, "user", "content", "timestamp", "id", "pinned", "type", "interaction", "reply_to", "ping",
                "edited", "reactions", "embeds", "webhook", "attachments", "pings", "channel", "thread_id", "poll_id",
                "cmd", "listener");
  assert_text (object, "id", message->id);
  assert_text (object, "user", message->author);
  assert_text (object, "content", message->content);
  assert_text (object, "channel", message->channel);
  assert_text (object, "thread_id", message->thread_id);
  assert_text (object, "poll_id", message->poll_id);
  assert_time (object, "timestamp", message->time);
  assert_flag (object, "pinned", message->pinned);
  assert_flag (object, "edited", message->edited);
  g_assert_cmpint (message->reply_pings, ==, json_object_get_boolean_member_with_default (object, "ping", TRUE));
  assert_list (object, "embeds", message->embeds, compare_embed);
  assert_list (object, "attachments", message->attachments, compare_attachment);
  compare_reactions (child (object, "reactions"), message->reactions);
  g_assert_cmpint (message->reply_to_id != NULL, ==, reply != NULL);
  if (reply != NULL)
    {
      ASSERT_KNOWN (reply, "id", "user");
      assert_text (reply, "id", message->reply_to_id);
      assert_text (reply, "user", message->reply_to_author);
    }
  g_assert_cmpint (message->is_webhook, ==, webhook != NULL);
  if (webhook != NULL)
    {
      ASSERT_KNOWN (webhook, "id", "name", "avatar");
      assert_text (webhook, "name", message->alias_name);
      assert_text (webhook, "avatar", message->alias_avatar);
    }
  if (interaction != NULL)
    {
      ASSERT_KNOWN (interaction, "command", "username");
      assert_text (interaction, "command", message->command);
      assert_text (interaction, "username", message->command_user);
    }
  g_assert_cmpint (message->has_pings, ==, pings != NULL);
  if (pings != NULL)
    {
      ASSERT_KNOWN (pings, "users", "roles", "replies");
      assert_names (pings, "users", message->ping_users);
      assert_names (pings, "roles", message->ping_roles);
      assert_names (pings, "replies", message->ping_replies);
    }
}

void
compare_history (JsonObject              *root,
                 const NatterHistoryData *history)
{
  static const char *const lists[] = { "messages", "results", "replies" };
  gboolean found = FALSE;

  ASSERT_KNOWN (root, "cmd", "listener", "channel", "thread_id", "messages", "results", "replies", "range", "query",
                "message_id", "offset", "limit", "total");
  assert_text (root, "channel", history->channel);
  assert_text (root, "thread_id", history->thread_id);
  assert_text (root, "query", history->query);
  assert_text (root, "message_id", history->message_id);
  assert_number (root, "offset", history->offset);
  assert_number (root, "total", history->total);
  g_assert_false (history->has_at_start);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      if (member (root, lists[i]) == NULL)
        continue;
      assert_list (root, lists[i], history->messages, compare_message);
      found = TRUE;
    }
  g_assert_true (found);
}

void
compare_message_event (JsonObject                   *root,
                       const NatterMessageEventData *event)
{
  JsonObject *object = child (root, "message");

  assert_text (root, "channel", event->channel);
  assert_text (root, "thread_id", event->thread_id);
  if (object != NULL)
    compare_message (object, event->message);
  else if (event->message != NULL)
    compare_message (root, event->message);

  if (event->message == NULL || event->id != NULL)
    assert_text (root, "id", event->id);
  if (event->content != NULL)
    assert_text (root, "content", event->content);
}

static void
compare_result (JsonObject    *object,
                gconstpointer  item)
{
  const NatterPollResultData *result = item;

  ASSERT_KNOWN (object, "id", "text", "emoji", "votes", "voters", "voted");
  assert_text (object, "id", result->id);
  assert_text (object, "text", result->text);
  assert_text (object, "emoji", result->emoji);
  assert_number (object, "votes", result->votes);
  assert_names (object, "voters", result->voters);
  assert_flag (object, "voted", result->voted);
}

void
compare_vote (JsonObject                *root,
              const NatterPollEventData *vote)
{
  JsonObject *results = child (root, "results");

  assert_text (root, "poll_id", vote->poll_id);
  assert_text (root, "message_id", vote->message_id);
  assert_text (root, "channel", vote->channel);
  assert_text (root, "thread_id", vote->thread_id);
  assert_text (root, "user", vote->user);
  assert_names (root, "option_ids", vote->option_ids);
  g_assert_cmpint (vote->results != NULL, ==, results != NULL);
  if (results == NULL)
    return;

  /* What was asked is in the poll. */
  ASSERT_KNOWN (results, "poll_id", "question", "allow_multiselect", "ended", "ended_at", "total_votes", "results");
  assert_flag (results, "ended", vote->results->ended);
  assert_time (results, "ended_at", vote->results->ended_time);
  assert_number (results, "total_votes", vote->results->total);
  assert_list (results, "results", vote->results->options, compare_result);
}

void
compare_poll (JsonObject           *object,
              const NatterPollData *poll)
{
  ASSERT_KNOWN (object, "id", "message_id", "channel", "thread_id", "question", "options", "allow_multiselect",
                "expires_at", "created_by", "created_at", "ended", "ended_at", "user_votes");
  assert_text (object, "id", poll->id);
  assert_text (object, "message_id", poll->message_id);
  assert_text (object, "channel", poll->channel);
  assert_text (object, "thread_id", poll->thread_id);
  assert_text (object, "question", poll->question);
  assert_list (object, "options", poll->options, compare_option);
  assert_flag (object, "allow_multiselect", poll->multiple);
  assert_time (object, "expires_at", poll->expires);
  assert_text (object, "created_by", poll->created_by);
  assert_time (object, "created_at", poll->created);
  assert_flag (object, "ended", poll->ended);
  assert_time (object, "ended_at", poll->ended_time);
  assert_names (object, "user_votes", poll->own_votes);
}
