/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server's lists, and how they outlive a lost connection. */
#include "model-fixture.h"

#include "natter-server-roles.h"

#include "natter-voice-user.h"

static char *
dup_names (ModelFixture *fixture)
{
  GListModel *channels = natter_server_get_channels (fixture->server);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (channels, i);

      g_string_append_printf (names, "%s|", natter_channel_get_name (channel));
    }
  return g_string_free_and_steal (names);
}

static void
make_channel (ModelFixture *fixture,
              const char   *name,
              const char   *type)
{
  g_autofree char *packet =
    g_strdup_printf ("{\"cmd\":\"channel_create\",\"name\":\"%s\",\"type\":\"%s\",\"display_name\":\"The %s\","
                     "\"permissions\":{\"view\":[\"user\"],\"send\":[\"user\"]}}",
                     name, type, name);

  model_act (fixture, "USR:local_wren", packet);
}

static void
count_changes (guint *count)
{
  (*count)++;
}

static void
test_channels (ModelFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *before = dup_names (fixture);
  g_autofree char *after = NULL;
  g_autofree char *expected = g_strconcat (before, "kitchen|stage|", NULL);
  NatterChannel *general = model_channel (fixture, "general");
  guint n_changes = 0;

  g_signal_connect_swapped (natter_server_get_channels (fixture->server), "items-changed", G_CALLBACK (count_changes),
                            &n_changes);
  make_channel (fixture, "rooms", "separator");
  make_channel (fixture, "kitchen", "text");
  make_channel (fixture, "stage", "voice");
  model_control (fixture, "{\"do\":\"push\",\"what\":\"channels\"}");
  wait_for (natter_server_lookup_channel (fixture->server, "kitchen") != NULL);
  after = dup_names (fixture);
  g_assert_cmpstr (after, ==, expected);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (model_channel (fixture, "general") == general);
  g_assert_cmpstr (natter_channel_get_title (model_channel (fixture, "kitchen")), ==, "The kitchen");
  g_assert_cmpstr (natter_channel_get_section (model_channel (fixture, "kitchen")), ==, "The rooms");
  g_assert_cmpint (natter_channel_get_kind (model_channel (fixture, "stage")), ==, NATTER_CHANNEL_VOICE);
  g_assert_cmpint (natter_channel_get_send_block (model_channel (fixture, "stage")), ==, NATTER_SEND_WRONG_KIND);

  model_act (fixture, "USR:local_wren", "{\"cmd\":\"channel_delete\",\"name\":\"kitchen\"}");
  model_control (fixture, "{\"do\":\"push\",\"what\":\"channels\"}");
  wait_for (natter_server_lookup_channel (fixture->server, "kitchen") == NULL);
  g_assert_cmpuint (n_changes, ==, 2);
}

static void
test_reconnect (ModelFixture  *fixture,
                gconstpointer  data)
{
  GListModel *members = natter_server_get_members (fixture->server);
  NatterChannel *general = model_channel (fixture, "general");
  NatterMember *me = natter_server_get_me (fixture->server);
  guint n_members = g_list_model_get_n_items (members);
  guint n_lists = test_server_count_received (fixture->test_server, "unreads_get");
  guint n_changes = 0;

  g_signal_connect_swapped (natter_server_get_channels (fixture->server), "items-changed", G_CALLBACK (count_changes),
                            &n_changes);
  g_signal_connect_swapped (members, "items-changed", G_CALLBACK (count_changes), &n_changes);
  test_server_drop_all (fixture->test_server);
  wait_for (natter_server_get_state (fixture->server) != NATTER_CONNECTION_READY);
  g_assert_true (model_channel (fixture, "general") == general);
  g_assert_cmpuint (g_list_model_get_n_items (members), ==, n_members);
  g_assert_nonnull (natter_server_get_handshake (fixture->server));

  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  wait_for (test_server_count_received (fixture->test_server, "unreads_get") > n_lists);
  settle ();
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_true (model_channel (fixture, "general") == general);
  g_assert_true (natter_server_get_me (fixture->server) == me);
  g_assert_null (natter_server_get_reason (fixture->server));
}

static void
test_unread (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *id = test_server_post (fixture->test_server, "USR:local_ada_k", "random", "@USR:local_cleo look");
  gboolean unread = FALSE;

  wait_for (natter_channel_get_mentions (model_channel (fixture, "random")) == 1);
  g_object_get (fixture->server, "unread", &unread, NULL);
  g_assert_true (unread);
  /* Reading on any of one's devices counts. */
  model_act (fixture, "USR:local_cleo", "{\"cmd\":\"unreads_ack\",\"channel\":\"random\"}");
  wait_for (natter_channel_get_unread (model_channel (fixture, "random")) == 0);
  g_assert_cmpuint (natter_channel_get_mentions (model_channel (fixture, "random")), ==, 0);
}

static void
test_mute (ModelFixture  *fixture,
           gconstpointer  data)
{
  NatterChannel *random = model_channel (fixture, "random");
  NatterGroup *section = natter_channel_get_group (random);
  g_autofree char *id = NULL;
  gboolean unread = FALSE;
  guint mentions = 0;

  natter_channel_set_muted_until (random, NATTER_MUTED_FOREVER);
  natter_channel_set_notify_level (random, NATTER_NOTIFY_ALL);
  id = test_server_post (fixture->test_server, "USR:local_ada_k", "random", "@USR:local_cleo look");
  wait_for (natter_channel_get_mentions (random) == 1);
  g_object_get (fixture->server, "unread", &unread, "mentions", &mentions, NULL);
  g_assert_false (unread);
  g_assert_cmpuint (mentions, ==, 0);

  natter_channel_set_muted_until (random, 0);
  g_object_get (fixture->server, "unread", &unread, "mentions", &mentions, NULL);
  g_assert_true (unread);
  g_assert_cmpuint (mentions, ==, 1);
  g_assert_true (section == NULL || natter_group_get_mentions (section) == 1);

  natter_server_mark_all_read (fixture->server);
  g_object_get (fixture->server, "unread", &unread, "mentions", &mentions, NULL);
  g_assert_false (unread);
  g_assert_cmpuint (mentions, ==, 0);
  wait_for (test_server_count_received (fixture->test_server, "unreads_ack") == 1);
  model_restart (fixture);
  wait_for (natter_server_lookup_channel (fixture->server, "random") != NULL);
  g_assert_cmpint (natter_channel_get_notify_level (model_channel (fixture, "random")), ==, NATTER_NOTIFY_ALL);
}

static void
inject (ModelFixture *fixture,
        const char   *packet)
{
  g_autofree char *command = g_strdup_printf ("{\"do\":\"inject\",\"packet\":%s}", packet);

  model_control (fixture, command);
}

static void
test_voice (ModelFixture  *fixture,
            gconstpointer  data)
{
  GListModel *voice = natter_channel_get_voice (model_channel (fixture, "Lounge"));
  g_autoptr(NatterVoiceUser) user = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (voice), ==, 0);
  inject (fixture, "{\"cmd\":\"voice_user_joined\",\"channel\":\"Lounge\",\"user\":"
                   "{\"username\":\"USR:local_ada_k\",\"peer_id\":\"p1\",\"muted\":false}}");
  inject (fixture, "{\"cmd\":\"voice_user_joined\",\"channel\":\"Lounge\",\"user\":"
                   "{\"username\":\"USR:local_dmitri\",\"peer_id\":\"p2\",\"muted\":false}}");
  wait_for (g_list_model_get_n_items (voice) == 2);
  user = g_list_model_get_item (voice, 0);
  g_assert_cmpstr (natter_member_get_username (natter_voice_user_get_member (user)), ==, "USR:local_ada_k");
  inject (fixture, "{\"cmd\":\"voice_user_updated\",\"channel\":\"Lounge\",\"user\":"
                   "{\"username\":\"USR:local_ada_k\",\"peer_id\":\"p1\",\"muted\":true}}");
  wait_for (natter_voice_user_get_muted (user));
  inject (fixture, "{\"cmd\":\"voice_user_left\",\"channel\":\"Lounge\",\"username\":\"USR:local_ada_k\"}");
  inject (fixture, "{\"cmd\":\"voice_user_left\",\"channel\":\"Lounge\",\"username\":\"USR:local_nobody\"}");
  wait_for (g_list_model_get_n_items (voice) == 1);
  inject (fixture, "{\"cmd\":\"voice_state\",\"channel\":\"Lounge\",\"participants\":[]}");
  wait_for (g_list_model_get_n_items (voice) == 0);
}

static void
test_sections (ModelFixture  *fixture,
               gconstpointer  data)
{
  NatterGroup *section = NULL;

  for (guint i = 0; section == NULL; i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (natter_server_get_channels (fixture->server), i);

      g_assert_nonnull (channel);
      section = natter_channel_get_group (channel);
    }
  g_assert_false (natter_group_get_collapsed (section));
  natter_group_set_collapsed (section, TRUE);
  model_restart (fixture);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
  for (guint i = 0;; i++)
    {
      g_autoptr(NatterChannel) channel = g_list_model_get_item (natter_server_get_channels (fixture->server), i);

      g_assert_nonnull (channel);
      if (natter_channel_get_group (channel) == NULL)
        continue;
      g_assert_true (natter_group_get_collapsed (natter_channel_get_group (channel)));
      break;
    }
}

static void
test_garbage (ModelFixture  *fixture,
              gconstpointer  data)
{
  const TestServerFaults faults = { .garbage = 20 };
  NatterChannel *channel = model_channel (fixture, "general");
  NatterMessage *message;

  test_server_set_faults (fixture->test_server, &faults);
  natter_timeline_load_latest (natter_channel_get_timeline (channel));
  wait_for (natter_timeline_get_at_end (natter_channel_get_timeline (channel)));
  message = natter_channel_send (channel, "still here", NULL);
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
  test_server_drop_all (fixture->test_server);
  wait_for (natter_server_get_state (fixture->server) != NATTER_CONNECTION_READY);
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  g_assert_true (model_channel (fixture, "general") == channel);
}

static void
test_password_changed (ModelFixture  *fixture,
                       gconstpointer  data)
{
  NatterAccount *account = natter_server_get_account (fixture->server);

  /* The account is gone, and with it the password. */
  model_act (fixture, "USR:local_cleo", "{\"cmd\":\"user_leave\"}");
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_OFFLINE);
  g_assert_false (natter_account_get_needs_sign_in (account));
  natter_server_connect (fixture->server);
  wait_for (natter_account_get_needs_sign_in (account));
  g_assert_cmpint (natter_server_get_state (fixture->server), ==, NATTER_CONNECTION_HANDSHAKE);
  g_assert_error (natter_server_get_reason (fixture->server), NATTER_ERROR, NATTER_ERROR_WRONG_PASSWORD);
  g_assert_nonnull (natter_server_lookup_channel (fixture->server, "general"));
}

static void
on_taken (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  ModelFixture *fixture = data;

  g_clear_error (&fixture->error);
  natter_server_take_role_finish (NATTER_SERVER (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
take (ModelFixture *fixture,
      NatterRole   *role,
      gboolean      wanted)
{
  fixture->done = FALSE;
  natter_server_take_role_async (fixture->server, role, wanted, on_taken, fixture);
  wait_for (fixture->done);
}

/* One gives oneself a role, where that is allowed, and gives it back. */
static void
test_self_roles (ModelFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr(GPtrArray) roles = NULL;
  NatterRole *owl;

  model_act (fixture, "USR:local_wren", "{\"cmd\":\"role_create\",\"name\":\"owl\",\"description\":\"Is awake\","
             "\"self_assignable\":true,\"category\":\"habits\"}");
  wait_for (natter_server_lookup_role (fixture->server, "owl") != NULL);
  owl = natter_server_lookup_role (fixture->server, "owl");
  roles = natter_server_dup_self_roles (fixture->server);
  g_assert_true (g_ptr_array_find (roles, owl, NULL));
  g_assert_false (g_ptr_array_find (roles, natter_server_lookup_role (fixture->server, "owner"), NULL));
  g_assert_cmpstr (natter_role_get_description (owl), ==, "Is awake");
  g_assert_cmpstr (natter_role_get_category (owl), ==, "habits");

  g_assert_false (natter_server_has_role (fixture->server, owl));
  take (fixture, owl, TRUE);
  g_assert_no_error (fixture->error);
  wait_for (natter_server_has_role (fixture->server, owl));
  take (fixture, owl, FALSE);
  g_assert_no_error (fixture->error);
  wait_for (!natter_server_has_role (fixture->server, owl));
  take (fixture, natter_server_lookup_role (fixture->server, "owner"), TRUE);
  g_assert_nonnull (fixture->error);
  g_assert_false (natter_server_has_role (fixture->server, natter_server_lookup_role (fixture->server, "owner")));
}

int
main (int   argc,
      char *argv[])
{
  static const TestServerOptions new_generation = { .generation = TEST_SERVER_GENERATION_NEW };

  g_test_init (&argc, &argv, NULL);
  add_model_test ("/server/channels", test_channels, NULL);
  add_model_test ("/server/reconnect", test_reconnect, NULL);
  add_model_test ("/server/reconnect-to-newer-server", test_reconnect, &new_generation);
  add_model_test ("/server/unread", test_unread, NULL);
  add_model_test ("/server/mute", test_mute, NULL);
  add_model_test ("/server/voice", test_voice, NULL);
  add_model_test ("/server/sections", test_sections, NULL);
  add_model_test ("/server/garbage", test_garbage, NULL);
  add_model_test ("/server/password-changed", test_password_changed, NULL);
  add_model_test ("/server/self-roles", test_self_roles, NULL);
  return g_test_run ();
}
