/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emojis that a server has of its own: how they are found, sent, used in reactions; and what pictures of other sites may do. */
#include "model-fixture.h"

#include "natter-candidate.h"
#include "natter-draft.h"
#include "natter-emoji-list.h"
#include "natter-reaction.h"

#include <string.h>

static char *
dup_site (ModelFixture *fixture)
{
  return g_strdup (natter_address_get_site (natter_server_get_address (fixture->server)));
}

/* (nullable): the place of an emoji in a list */
static int
find (GListModel *list,
      const char *text)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(NatterCandidate) candidate = g_list_model_get_item (list, i);

      if (g_str_equal (natter_candidate_get_text (candidate), text))
        return (int) i;
    }
  return -1;
}

/* The server answers that it has none; then somebody adds some. */
static void
wait_for_emojis (ModelFixture *fixture)
{
  wait_for (test_server_count_received (fixture->test_server, "emoji_get_all") > 0);
  model_control (fixture, "{\"do\":\"inject\",\"packet\":{\"cmd\":\"emoji_get_all\",\"emojis\":{"
                          "\"0\":{\"name\":\"wren\",\"fileName\":\"0.png\"},\"2\":{\"name\":\"Lantern\",\"fileName\":\"2.gif\"},"
                          "\"3\":{\"name\":\"no name\"}}}}");
  wait_for (g_list_model_get_n_items (natter_server_get_emojis (fixture->server)) > 0);
}

static void
test_list (ModelFixture  *fixture,
           gconstpointer  data)
{
  GListModel *emojis = natter_server_get_emojis (fixture->server);
  g_autoptr(NatterCandidate) first = NULL;
  g_autofree char *site = dup_site (fixture);
  g_autofree char *picture = NULL;
  const char *text;

  wait_for_emojis (fixture);
  first = g_list_model_get_item (emojis, 0);
  text = natter_candidate_get_text (first);
  g_assert_cmpuint (g_list_model_get_n_items (emojis), ==, 2);
  g_assert_cmpstr (text, ==, ":Lantern:");
  picture = g_strdup_printf ("http://%s/emojis/2", site);
  g_assert_cmpstr (natter_candidate_get_picture (first), ==, picture);
}

/* What others get names the server and the id; what is changed later reads as it was written. */
static void
test_send (ModelFixture  *fixture,
           gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autofree char *site = dup_site (fixture);
  g_autoptr(NatterCandidate) first = NULL;
  g_autofree char *text = NULL;
  g_autofree char *token = NULL;
  g_autofree char *again = NULL;
  NatterMessage *message;

  wait_for_emojis (fixture);
  first = g_list_model_get_item (natter_server_get_emojis (fixture->server), 0);
  text = g_strdup_printf ("look: %s", natter_candidate_get_text (first));
  token = g_strdup_printf ("look: originChats:<emoji>//%s/", site);
  natter_timeline_load_latest (natter_channel_get_timeline (channel));
  wait_for (!natter_timeline_get_loading (natter_channel_get_timeline (channel)));
  message = natter_channel_send (channel, text, NULL);
  wait_for (natter_message_get_id (message) != NULL);
  g_assert_true (g_str_has_prefix (natter_message_get_content (message), token));
  again = natter_server_read_emojis (fixture->server, natter_message_get_content (message));
  g_assert_cmpstr (again, ==, text);
  /* The text as it was is no change. */
  natter_channel_edit (channel, message, again);
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_SENT);
}

/* A changed text that comes back, since its message is gone, reads as it was written. */
static void
test_given_back (ModelFixture  *fixture,
                 gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  NatterDraft *draft = natter_channel_get_draft (channel);
  g_autoptr(NatterMessage) message = NULL;
  g_autofree char *packet = NULL;

  wait_for_emojis (fixture);
  message = g_object_ref (natter_channel_send (channel, "before", NULL));
  wait_for (natter_message_get_id (message) != NULL);
  packet = g_strdup_printf ("{\"cmd\":\"message_delete\",\"channel\":\"general\",\"id\":\"%s\"}",
                            natter_message_get_id (message));
  model_act (fixture, "USR:local_cleo", packet);
  natter_channel_edit (channel, message, "after: :wren:");
  wait_for (!natter_draft_get_empty (draft));
  g_assert_cmpstr (natter_draft_get_text (draft), ==, "after: :wren:");
}

static void
test_reactions (ModelFixture  *fixture,
                gconstpointer  data)
{
  NatterAddress *address = natter_server_get_address (fixture->server);
  g_autofree char *site = dup_site (fixture);
  g_autofree char *plain = natter_server_dup_reaction (fixture->server, "🎉");
  g_autofree char *unknown = natter_server_dup_reaction (fixture->server, ":no_such:");
  g_autofree char *custom = NULL;
  g_autofree char *start = g_strdup_printf ("originChats://%s/emojis/", site);
  g_autofree char *other_way = NULL;
  g_autoptr(NatterCandidate) first = NULL;
  g_autoptr(NatterReaction) one = NULL;
  g_autoptr(NatterReaction) two = NULL;

  wait_for_emojis (fixture);
  first = g_list_model_get_item (natter_server_get_emojis (fixture->server), 0);
  custom = natter_server_dup_reaction (fixture->server, natter_candidate_get_text (first));
  g_assert_cmpstr (plain, ==, "🎉");
  g_assert_cmpstr (unknown, ==, ":no_such:");
  g_assert_true (g_str_has_prefix (custom, start));
  /* Newer servers write the same emoji in another way. */
  other_way = g_strdup_printf ("originChats:<emoji>//%s/%s", site, strrchr (custom, '/') + 1);
  one = natter_reaction_new (custom, address);
  two = natter_reaction_new (other_way, address);
  g_assert_true (natter_reaction_is_like (one, two));
  g_assert_cmpstr (natter_reaction_get_picture (one), ==, natter_candidate_get_picture (first));
}

static void
test_groups (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(NatterEmojiList) list = natter_emoji_list_new ();
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr(NatterCandidate) first = NULL;
  const char *own;

  wait_for_emojis (fixture);
  first = g_list_model_get_item (natter_server_get_emojis (fixture->server), 0);
  own = natter_candidate_get_text (first);
  natter_emoji_list_set_channel (list, model_channel (fixture, "general"));
  g_assert_false (natter_emoji_list_has_group (list, NATTER_EMOJI_USED));
  g_assert_true (natter_emoji_list_has_group (list, NATTER_EMOJI_SERVER));
  natter_emoji_list_set_group (list, NATTER_EMOJI_SERVER);
  g_assert_cmpint (find (model, own), ==, 0);
  natter_emoji_list_set_group (list, NATTER_EMOJI_FOOD);
  g_assert_cmpint (find (model, "🍎"), >=, 0);
  g_assert_cmpint (find (model, own), ==, -1);

  natter_emoji_list_set_search (list, "tada");
  g_assert_cmpint (find (model, "🎉"), ==, 0);
  natter_emoji_list_set_search (list, "");
  g_assert_cmpint (find (model, "🍎"), >=, 0);

  /* The last one first, each one once. */
  natter_server_use_emoji (fixture->server, own);
  natter_server_use_emoji (fixture->server, "🎉");
  natter_server_use_emoji (fixture->server, "👍");
  natter_server_use_emoji (fixture->server, "🎉");
  natter_server_use_emoji (fixture->server, ":gone:");
  g_assert_true (natter_emoji_list_has_group (list, NATTER_EMOJI_USED));
  natter_emoji_list_set_group (list, NATTER_EMOJI_USED);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 3);
  g_assert_cmpint (find (model, "🎉"), ==, 0);
  g_assert_cmpint (find (model, "👍"), ==, 1);
  g_assert_cmpint (find (model, own), ==, 2);

  natter_emoji_list_set_group (list, NATTER_EMOJI_PEOPLE);
  g_assert_cmpint (find (model, "👍️"), >=, 0);
  natter_emoji_list_set_tone (list, 5);
  g_assert_cmpuint (natter_session_get_skin_tone (fixture->session), ==, 5);
  g_assert_cmpint (find (model, "👍🏿"), >=, 0);
}

static void
count_notify (guint *n_changes)
{
  (*n_changes)++;
}

/* What is shown is resolved again, when what names stand for changes. */
static void
test_names_change (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  NatterTimeline *timeline = natter_channel_get_timeline (channel);
  g_autofree char *id = NULL;
  NatterMessage *message;
  guint n_changes = 0;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  natter_timeline_load_latest (timeline);
  wait_for (!natter_timeline_get_loading (timeline) && natter_timeline_get_at_end (timeline));
  id = test_server_post (fixture->test_server, "USR:local_ada_k", "general", "hi @USR:local_dmitri");
  wait_for (natter_timeline_lookup (timeline, id) != NULL);
  message = natter_timeline_lookup (timeline, id);
  before = natter_message_dup_plain (message);
  g_signal_connect_swapped (message, "notify::document", G_CALLBACK (count_notify), &n_changes);
  model_control (fixture, "{\"do\":\"push\",\"what\":\"nickname\",\"user\":\"USR:local_dmitri\",\"nickname\":\"Mitya\"}");
  wait_for (n_changes > 0);
  after = natter_message_dup_plain (message);
  g_assert_cmpstr (after, ==, "hi @Mitya");
  g_assert_cmpstr (before, !=, after);
}

static void
test_remote_media (ModelFixture  *fixture,
                   gconstpointer  data)
{
  NatterServer *server = fixture->server;
  g_autofree char *site = dup_site (fixture);
  g_autofree char *own = g_strdup_printf ("http://%s/attachments/a.png", site);
  const char *foreign = "https://pictures.example.org/a.png";
  guint n_changes = 0;

  g_signal_connect_swapped (server, "notify::remote-media", G_CALLBACK (count_notify), &n_changes);
  g_assert_cmpint (natter_server_judge_picture (server, own), ==, NATTER_REMOTE_MEDIA_ALWAYS);
  g_assert_cmpint (natter_server_judge_picture (server, foreign), ==, NATTER_REMOTE_MEDIA_ASK);
  g_assert_cmpint (natter_server_judge_picture (server, "file:///etc/passwd"), ==, NATTER_REMOTE_MEDIA_ASK);

  /* In general, until the server has a setting of its own. */
  natter_session_set_remote_media (fixture->session, NATTER_REMOTE_MEDIA_NEVER);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpint (natter_server_judge_picture (server, foreign), ==, NATTER_REMOTE_MEDIA_NEVER);
  g_assert_cmpint (natter_server_judge_picture (server, own), ==, NATTER_REMOTE_MEDIA_ALWAYS);
  natter_server_set_remote_media (server, NATTER_REMOTE_MEDIA_ALWAYS);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_cmpint (natter_server_judge_picture (server, foreign), ==, NATTER_REMOTE_MEDIA_ALWAYS);
  natter_session_set_remote_media (fixture->session, NATTER_REMOTE_MEDIA_ASK);
  g_assert_cmpuint (n_changes, ==, 2);
  natter_server_set_remote_media (server, NATTER_REMOTE_MEDIA_DEFAULT);
  g_assert_cmpuint (n_changes, ==, 3);
  g_assert_cmpint (natter_server_judge_picture (server, foreign), ==, NATTER_REMOTE_MEDIA_ASK);
}

/* Whoever chose a picture on a site of their own would learn who reads what they write. */
static void
test_foreign_people (ModelFixture  *fixture,
                     gconstpointer  data)
{
  NatterMember *dmitri = natter_server_intern_member (fixture->server, "USR:local_dmitri");
  NatterMember *ada = natter_server_intern_member (fixture->server, "USR:local_ada_k");
  guint n_changes = 0;

  model_control (fixture, "{\"do\":\"inject\",\"packet\":{\"cmd\":\"user_updated\",\"username\":\"USR:local_ada_k\","
                          "\"pfp_url\":\"/pictures/a.png\"}}");
  model_control (fixture, "{\"do\":\"inject\",\"packet\":{\"cmd\":\"user_updated\",\"username\":\"USR:local_dmitri\","
                          "\"pfp_url\":\"https://pictures.example.org/d.png\",\"nickname\":\"Mitya\"}}");
  wait_for (g_strcmp0 (natter_member_get_name (dmitri), "Mitya") == 0);
  g_assert_nonnull (natter_member_get_avatar (ada));
  g_assert_null (natter_member_get_avatar (dmitri));
  g_signal_connect_swapped (dmitri, "notify::avatar", G_CALLBACK (count_notify), &n_changes);
  natter_server_set_remote_media (fixture->server, NATTER_REMOTE_MEDIA_ALWAYS);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpstr (natter_member_get_avatar (dmitri), ==, "https://pictures.example.org/d.png");
}

/* The same goes for the picture of the server itself. */
static void
test_foreign_icon (ModelFixture  *fixture,
                   gconstpointer  data)
{
  guint n_changes = 0;

  g_signal_connect_swapped (fixture->server, "notify::icon", G_CALLBACK (count_notify), &n_changes);
  model_control (fixture, "{\"do\":\"inject\",\"packet\":{\"cmd\":\"server_update\",\"name\":\"One\",\"icon\":\"/icon.png\"}}");
  wait_for (n_changes > 0);
  g_assert_true (g_str_has_suffix (natter_server_get_icon (fixture->server), "/icon.png"));
  n_changes = 0;
  model_control (fixture, "{\"do\":\"inject\",\"packet\":{\"cmd\":\"server_update\",\"name\":\"Two\","
                          "\"icon\":\"https://pictures.example.org/icon.png\"}}");
  wait_for (n_changes > 0);
  g_assert_null (natter_server_get_icon (fixture->server));
  n_changes = 0;
  natter_server_set_remote_media (fixture->server, NATTER_REMOTE_MEDIA_ALWAYS);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpstr (natter_server_get_icon (fixture->server), ==, "https://pictures.example.org/icon.png");
  model_restart (fixture);
  g_assert_cmpstr (natter_server_get_icon (fixture->server), ==, "https://pictures.example.org/icon.png");
}

/* It is asked for once. */
static void
test_remote_media_lasts (ModelFixture  *fixture,
                         gconstpointer  data)
{
  natter_server_set_remote_media (fixture->server, NATTER_REMOTE_MEDIA_ALWAYS);
  natter_server_use_emoji (fixture->server, "🎉");
  model_restart (fixture);
  g_assert_cmpint (natter_server_get_remote_media (fixture->server), ==, NATTER_REMOTE_MEDIA_ALWAYS);
  g_assert_cmpint (natter_server_get_own_remote_media (fixture->server), ==, NATTER_REMOTE_MEDIA_ALWAYS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/server-emojis/list", test_list, NULL);
  add_model_test ("/server-emojis/send", test_send, NULL);
  add_model_test ("/server-emojis/given-back", test_given_back, NULL);
  add_model_test ("/server-emojis/reactions", test_reactions, NULL);
  add_model_test ("/server-emojis/groups", test_groups, NULL);
  add_model_test ("/server-emojis/names-change", test_names_change, NULL);
  add_model_test ("/server-emojis/remote-media", test_remote_media, NULL);
  add_model_test ("/server-emojis/foreign-people", test_foreign_people, NULL);
  add_model_test ("/server-emojis/foreign-icon", test_foreign_icon, NULL);
  add_model_test ("/server-emojis/remote-media-lasts", test_remote_media_lasts, NULL);
  return g_test_run ();
}
