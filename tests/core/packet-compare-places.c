/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packet-compare-private.h"

void
compare_thread (JsonObject    *object,
                gconstpointer  item)
{
  const NatterThreadData *thread = item;

  ASSERT_KNOWN (object, "id", "name", "parent_channel", "created_by", "created_at", "locked", "archived",
                "participants", "last_message", "last_message_id");
  assert_text (object, "id", thread->id);
  assert_text (object, "name", thread->name);
  assert_text (object, "parent_channel", thread->parent_channel);
  assert_text (object, "created_by", thread->created_by);
  assert_time (object, "created_at", thread->created);
  assert_flag (object, "locked", thread->locked);
  assert_flag (object, "archived", thread->archived);
  assert_names (object, "participants", thread->participants);
  assert_time (object, "last_message", thread->last_message);
  assert_text (object, "last_message_id", thread->last_message_id);
}

static void
compare_voice_user (JsonObject    *object,
                    gconstpointer  item)
{
  const NatterVoiceUserData *user = item;

  ASSERT_KNOWN (object, "id", "username", "muted", "peer_id");
  assert_text (object, "id", user->id);
  assert_text (object, "username", user->username);
  assert_text (object, "peer_id", user->peer_id);
  assert_flag (object, "muted", user->muted);
}

static void
compare_rights (JsonObject                *object,
                const NatterChannelRights *rights)
{
  g_assert_cmpint (rights->any, ==, object != NULL && json_object_get_size (object) > 0);
  if (object == NULL)
    return;

  ASSERT_KNOWN (object, "view", "send", "delete", "create_thread", "react", "edit_own", "delete_own", "pin");
  assert_names (object, "view", rights->view);
  assert_names (object, "send", rights->send);
  assert_names (object, "delete", rights->delete_any);
  assert_names (object, "create_thread", rights->create_thread);
  assert_names (object, "react", rights->react);
  assert_names (object, "edit_own", rights->edit_own);
  assert_names (object, "delete_own", rights->delete_own);
  assert_names (object, "pin", rights->pin);
}

void
compare_channel (JsonObject    *object,
                 gconstpointer  item)
{
  static const char *const types[] = {
    [NATTER_CHANNEL_TEXT] = "text", [NATTER_CHANNEL_VOICE] = "voice", [NATTER_CHANNEL_FORUM] = "forum",
    [NATTER_CHANNEL_SEPARATOR] = "separator", [NATTER_CHANNEL_CHAT] = "chat",
  };
  const NatterChannelData *channel = item;

  ASSERT_KNOWN (object, "type", "name", "size", "permissions", "display_name", "description", "icon", "last_message",
                "last_message_id", "threads", "voice_state");
  assert_text (object, "type", types[channel->type]);
  assert_text (object, "name", channel->name);
  assert_text (object, "display_name", channel->display_name);
  assert_text (object, "description", channel->description);
  assert_text (object, "icon", channel->icon);
  assert_number (object, "size", channel->size);
  compare_rights (child (object, "permissions"), &channel->rights);
  g_assert_cmpint (channel->has_live, ==, json_object_has_member (object, "last_message") ||
                                            json_object_has_member (object, "voice_state") ||
                                            json_object_has_member (object, "threads"));
  assert_time (object, "last_message", channel->last_message);
  assert_text (object, "last_message_id", channel->last_message_id);
  assert_list (object, "voice_state", channel->voice, compare_voice_user);
  assert_list (object, "threads", channel->threads, compare_thread);
}

static void
compare_unread (JsonObject             *object,
                const NatterUnreadData *unread)
{
  assert_text (object, "last_read", unread->last_read);
  assert_number (object, "unread_count", unread->unread);
  assert_number (object, "total_messages", unread->total);
  g_assert_cmpint (unread->pings, ==, -1);
}

void
compare_unreads (JsonObject *root,
                 GPtrArray  *actual)
{
  JsonObject *map = child (root, "unreads");
  g_autoptr(GList) names = map != NULL ? json_object_get_members (map) : NULL;
  guint i = 0;

  if (map == NULL)
    {
      const NatterUnreadData *unread = actual->pdata[0];

      g_assert_cmpuint (actual->len, ==, 1);
      assert_text (root, "channel", unread->channel);
      assert_text (root, "thread_id", unread->thread_id);
      compare_unread (root, unread);
      return;
    }

  g_assert_cmpuint (actual->len, ==, g_list_length (names));
  for (GList *item = names; item != NULL; item = item->next, i++)
    {
      JsonObject *object = json_object_get_object_member (map, item->data);
      const NatterUnreadData *unread = actual->pdata[i];

      ASSERT_KNOWN (object, "last_read", "unread_count", "total_messages");
      g_assert_cmpstr (unread->channel, ==, item->data);
      compare_unread (object, unread);
    }
}

void
compare_thread_event (JsonObject                  *root,
                      const NatterThreadEventData *event)
{
  JsonObject *object = child (root, "thread");

  ASSERT_KNOWN (root, "cmd", "listener", "global", "thread", "thread_id", "channel", "user");
  g_assert_nonnull (event->thread_id);
  g_assert_nonnull (event->channel);
  assert_text (root, "user", event->user);
  if (object != NULL)
    compare_thread (object, event->thread);
  if (member (root, "thread_id") != NULL)
    assert_text (root, "thread_id", event->thread_id);
  if (member (root, "channel") != NULL)
    assert_text (root, "channel", event->channel);
}

void
compare_voice (JsonObject            *root,
               const NatterVoiceData *voice)
{
  JsonObject *object = child (root, "user");

  ASSERT_KNOWN (root, "cmd", "listener", "channel", "user", "participants", "muted", "username");
  assert_text (root, "channel", voice->channel);
  assert_list (root, "participants", voice->users, compare_voice_user);
  if (object != NULL)
    compare_voice_user (object, voice->user);
  else
    assert_flag (root, "muted", voice->muted);
  if (member (root, "username") != NULL)
    assert_text (root, "username", voice->user->username);
}

void
compare_place (JsonObject   *root,
               NatterPacket *packet)
{
  const char *channel = packet->kind == NATTER_PACKET_CHANNEL_DELETE ? "name" : "channel";

  ASSERT_KNOWN (root, "cmd", "listener", "global", "channel", "thread_id", "user", "last_read", "name", "deleted");
  assert_text (root, channel, packet->place.channel);
  assert_text (root, "thread_id", packet->place.thread_id);
  assert_text (root, "user", packet->place.user);
  assert_text (root, "last_read", packet->place.last_read);
}
