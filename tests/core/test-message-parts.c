/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What hangs on a message, and where it comes from. */
#include "model-fixture.h"

#include "natter-account.h"
#include "natter-attachment.h"
#include "natter-embed.h"
#include "natter-reaction.h"

#include <string.h>

static NatterMessage *
new_message (ModelFixture            *fixture,
             const NatterMessageData *data)
{
  return natter_message_new_from_data (model_channel (fixture, "general"),
                                       natter_server_intern_member (fixture->server, data->author), data);
}

static void
count_notify (guint *count)
{
  (*count)++;
}

static void
test_attachments (ModelFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new ();
  NatterAttachmentData picture = { .id = (char *) "a1", .name = (char *) "cat.png", .mime_type = (char *) "Image/PNG",
                                   .url = (char *) "/attachments/a1", .size = 1234, .width = 640, .height = 480, .expires = 5 };
  NatterAttachmentData nameless = { .id = (char *) "a2", .url = (char *) "https://other.example/file" };
  NatterMessageData wire = { .id = (char *) "m1", .author = (char *) "USR:local_ada_k", .content = (char *) "",
                             .attachments = files };
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/attachments/a1", test_server_get_port (fixture->test_server));
  g_autoptr(NatterMessage) message = NULL;
  g_autoptr(NatterAttachment) first = NULL;
  g_autoptr(NatterAttachment) second = NULL;
  guint n_notified = 0;

  g_ptr_array_add (files, &picture);
  g_ptr_array_add (files, &nameless);
  message = new_message (fixture, &wire);
  g_assert_cmpuint (g_list_model_get_n_items (natter_message_get_attachments (message)), ==, 2);
  first = g_list_model_get_item (natter_message_get_attachments (message), 0);
  second = g_list_model_get_item (natter_message_get_attachments (message), 1);
  g_assert_cmpstr (natter_attachment_get_name (first), ==, "cat.png");
  g_assert_cmpstr (natter_attachment_get_mime_type (first), ==, "image/png");
  g_assert_cmpstr (natter_attachment_get_url (first), ==, url);
  g_assert_cmpuint (natter_attachment_get_size (first), ==, 1234);
  g_assert_cmpint (natter_attachment_get_width (first), ==, 640);
  g_assert_cmpint (natter_attachment_get_height (first), ==, 480);
  g_assert_false (natter_attachment_is_expired (first, 4));
  g_assert_true (natter_attachment_is_expired (first, 5));
  g_assert_cmpstr (natter_attachment_get_name (second), ==, "a2");
  g_assert_false (natter_attachment_is_expired (second, G_MAXINT64));

  g_signal_connect_swapped (message, "notify::attachments", G_CALLBACK (count_notify), &n_notified);
  natter_message_update (message, &wire);
  g_assert_cmpuint (n_notified, ==, 0);
  g_ptr_array_set_size (files, 0);
  natter_message_update (message, &wire);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_null (natter_message_get_attachments (message));
}

static void
test_embeds (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autoptr(NatterEmbed) embed = NULL;
  const NatterEmbedData *card;
  guint n_items;

  natter_timeline_load_latest (timeline);
  wait_for (natter_timeline_get_at_end (timeline));
  n_items = g_list_model_get_n_items (G_LIST_MODEL (timeline));
  model_act (fixture, "USR:local_ada_k",
             "{\"cmd\":\"message_new\",\"channel\":\"general\",\"content\":\"look\",\"embeds\":[{\"title\":\"A kettle\","
             "\"description\":\"boils\",\"url\":\"https://kettle.example\",\"color\":255,\"fields\":[{\"name\":\"litres\",\"value\":"
             "\"2\",\"inline\":true}]}]}");
  wait_for (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == n_items + 1);
  embed = g_list_model_get_item (natter_message_get_embeds (model_message (channel, n_items)), 0);
  card = natter_embed_get_data (embed);
  g_assert_cmpstr (card->title, ==, "A kettle");
  g_assert_cmpstr (card->description, ==, "boils");
  g_assert_cmpint (card->color, ==, 255);
  g_assert_cmpuint (card->fields->len, ==, 1);
  g_assert_cmpstr (((NatterEmbedField *) card->fields->pdata[0])->value, ==, "2");
  g_assert_null (natter_message_get_poll (model_message (channel, n_items)));
}

static void
test_origin (ModelFixture  *fixture,
             gconstpointer  data)
{
  const NatterMessageData hook = { .id = (char *) "m1", .author = (char *) "originChats", .content = (char *) "",
                                   .alias_name = (char *) "Weather", .is_webhook = TRUE };
  const NatterMessageData slash = { .id = (char *) "m2", .author = (char *) "originChats", .content = (char *) "",
                                    .command = (char *) "dice", .command_user = (char *) "USR:local_cleo" };
  const NatterMessageData system = { .id = (char *) "m3", .author = (char *) "originChats", .content = (char *) "" };
  const NatterMessageData person = { .id = (char *) "m4", .author = (char *) "USR:local_cleo", .content = (char *) "" };
  g_autoptr(NatterMessage) from_hook = new_message (fixture, &hook);
  g_autoptr(NatterMessage) from_slash = new_message (fixture, &slash);
  g_autoptr(NatterMessage) from_system = new_message (fixture, &system);
  g_autoptr(NatterMessage) from_person = new_message (fixture, &person);

  g_assert_cmpint (natter_message_get_origin (from_hook), ==, NATTER_MESSAGE_FROM_WEBHOOK);
  g_assert_cmpstr (natter_message_get_author_name (from_hook), ==, "Weather");
  g_assert_cmpint (natter_message_get_origin (from_slash), ==, NATTER_MESSAGE_FROM_COMMAND);
  g_assert_cmpstr (natter_message_get_command (from_slash), ==, "dice");
  g_assert_cmpstr (natter_message_get_command_user (from_slash), ==, "USR:local_cleo");
  g_assert_cmpint (natter_message_get_origin (from_system), ==, NATTER_MESSAGE_FROM_SERVER);
  g_assert_cmpint (natter_message_get_origin (from_person), ==, NATTER_MESSAGE_FROM_PERSON);
}

static void
test_blocked (ModelFixture  *fixture,
              gconstpointer  data)
{
  const char * const names[] = { "usr:LOCAL_ada_k", NULL };
  const NatterMessageData wire = { .id = (char *) "m1", .author = (char *) "USR:local_ada_k", .content = (char *) "psst" };
  g_autoptr(NatterMessage) message = new_message (fixture, &wire);
  NatterAccount *account = natter_server_get_account (fixture->server);
  guint n_notified = 0;

  g_signal_connect_swapped (message, "notify::collapsed", G_CALLBACK (count_notify), &n_notified);
  g_assert_false (natter_message_get_collapsed (message));
  natter_account_set_blocked (account, names);
  g_assert_true (natter_message_get_collapsed (message));
  g_assert_true (natter_account_has_blocked (account, "USR:local_ada_k"));
  g_assert_cmpuint (n_notified, ==, 1);
  natter_message_reveal (message);
  g_assert_false (natter_message_get_collapsed (message));
  g_assert_cmpuint (n_notified, ==, 2);
  natter_account_set_blocked (account, NULL);
  g_assert_cmpuint (n_notified, ==, 2);
}

static void
test_custom_reaction (void)
{
  g_autoptr(NatterAddress) address = natter_address_parse ("chats.example.org", NULL);
  g_autoptr(NatterReaction) own = natter_reaction_new ("originChats://chats.example.org/emojis/7", address);
  g_autoptr(NatterReaction) newer = natter_reaction_new ("originChats:<emoji>//CHATS.example.org/7", address);
  g_autoptr(NatterReaction) foreign = natter_reaction_new ("originChats://spy.example.org/emojis/7", address);
  g_autoptr(NatterReaction) escaping = natter_reaction_new ("originChats:<emoji>//chats.example.org/..%2fx?y", address);
  g_autoptr(NatterReaction) text = natter_reaction_new ("👍", address);
  g_autoptr(NatterReaction) nonsense = natter_reaction_new ("originChats:///emojis/", address);

  g_assert_cmpstr (natter_reaction_get_custom_id (own), ==, "7");
  g_assert_cmpstr (natter_reaction_get_picture (own), ==, "https://chats.example.org/emojis/7");
  g_assert_cmpstr (natter_reaction_get_picture (newer), ==, "https://chats.example.org/emojis/7");
  g_assert_cmpstr (natter_reaction_get_custom_id (foreign), ==, "7");
  g_assert_null (natter_reaction_get_picture (foreign));
  g_assert_cmpstr (natter_reaction_get_picture (escaping), ==, "https://chats.example.org/emojis/..%252fx%3Fy");
  g_assert_null (natter_reaction_get_custom_id (text));
  g_assert_null (natter_reaction_get_custom_id (nonsense));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/parts/attachments", test_attachments, NULL);
  add_model_test ("/parts/embeds", test_embeds, NULL);
  add_model_test ("/parts/origin", test_origin, NULL);
  add_model_test ("/parts/blocked", test_blocked, NULL);
  g_test_add_func ("/parts/custom-reaction", test_custom_reaction);
  return g_test_run ();
}
