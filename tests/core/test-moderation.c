/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping people from writing for a while, from both sides. */
#include "model-fixture.h"

#include "natter-server-moderation.h"

#include <string.h>

static void
on_timed_out (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  ModelFixture *fixture = data;

  g_clear_error (&fixture->error);
  g_assert_true (natter_server_time_out_finish (NATTER_SERVER (source), result, &fixture->error) == (fixture->error == NULL));
  fixture->done = TRUE;
}

static void
time_out (ModelFixture *fixture,
          const char   *user,
          const char   *reason)
{
  fixture->done = FALSE;
  natter_server_time_out_async (fixture->server, natter_server_intern_member (fixture->server, user), 600,
                                model_channel (fixture, "general"), reason, on_timed_out, fixture);
  wait_for (fixture->done);
}

static void
make (ModelFixture *fixture,
      const char   *role)
{
  g_autofree char *packet = g_strdup_printf ("{\"cmd\":\"user_roles_set\",\"user\":\"USR:local_cleo\",\"roles\":[\"%s\",\"user\"]}",
                                             role);
  NatterMember *me = natter_server_get_me (fixture->server);

  model_act (fixture, "USR:local_wren", packet);
  wait_for (g_strv_contains (natter_member_get_role_names (me), role));
}

/* Who is timed out knows until when, and what is sent meanwhile is kept. */
static void
test_timed_out (ModelFixture  *fixture,
                gconstpointer  data)
{
  NatterConnection *connection = natter_server_get_connection (fixture->server);
  NatterMessage *message;

  model_control (fixture, "{\"do\":\"rate_limits\",\"on\":true}");
  g_assert_false (natter_connection_get_timed_out (connection));
  model_act (fixture, "USR:local_wren", "{\"cmd\":\"user_timeout\",\"user\":\"USR:local_cleo\",\"timeout\":3600}");
  wait_for (natter_connection_get_timed_out (connection));
  g_assert_cmpuint (natter_connection_get_rate_limit_left (connection), >, 3500);
  g_assert_null (natter_connection_get_limit_reason (connection));
  message = natter_channel_send (model_channel (fixture, "general"), "patience", NULL);
  settle ();
  g_assert_cmpint (natter_message_get_state (message), ==, NATTER_MESSAGE_PENDING);

  /* A shorter one takes its place, and ends. */
  model_act (fixture, "USR:local_wren", "{\"cmd\":\"user_timeout\",\"user\":\"USR:local_cleo\",\"timeout\":1}");
  wait_for (!natter_connection_get_timed_out (connection));
  wait_for (natter_message_get_state (message) == NATTER_MESSAGE_SENT);
}

static void
test_reason (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterConnection *connection = natter_server_get_connection (fixture->server);

  model_control (fixture, "{\"do\":\"inject\",\"user\":\"USR:local_cleo\",\"packet\":{\"cmd\":\"rate_limit\",\"length\":60000,"
                 "\"reason\":\"Muted: too many puns\"}}");
  wait_for (natter_connection_get_timed_out (connection));
  g_assert_cmpstr (natter_connection_get_limit_reason (connection), ==, "too many puns");
  /* What is said to each try says less. */
  model_control (fixture, "{\"do\":\"inject\",\"user\":\"USR:local_cleo\",\"packet\":{\"cmd\":\"rate_limit\",\"length\":50000,"
                 "\"reason\":\"You are in timeout for 50.0 more seconds\"}}");
  wait_for (natter_connection_get_rate_limit_left (connection) <= 50);
  g_assert_cmpstr (natter_connection_get_limit_reason (connection), ==, "too many puns");
}

static void
test_too_fast (ModelFixture  *fixture,
               gconstpointer  data)
{
  NatterConnection *connection = natter_server_get_connection (fixture->server);

  model_control (fixture, "{\"do\":\"inject\",\"user\":\"USR:local_cleo\",\"packet\":{\"cmd\":\"rate_limit\",\"length\":60000,"
                 "\"reason\":\"Rate limit exceeded. Wait 60.0 seconds\"}}");
  wait_for (natter_connection_get_rate_limit_left (connection) > 0);
  g_assert_false (natter_connection_get_timed_out (connection));
}

static void
test_act (ModelFixture  *fixture,
          gconstpointer  data)
{
  NatterMember *bruno = natter_server_intern_member (fixture->server, "USR:local_bruno");
  NatterChannel *general = model_channel (fixture, "general");
  g_autofree char *sent = NULL;

  natter_timeline_load_latest (natter_channel_get_timeline (general));
  wait_for (natter_timeline_get_at_end (natter_channel_get_timeline (general)));
  g_assert_false (natter_server_may_time_out (fixture->server, bruno));
  make (fixture, "owner");
  g_assert_true (natter_server_may_time_out (fixture->server, bruno));
  g_assert_false (natter_server_may_time_out (fixture->server, natter_server_get_me (fixture->server)));
  g_assert_false (natter_server_may_time_out (fixture->server, natter_server_intern_member (fixture->server, "USR:local_wren")));

  model_control (fixture, "{\"do\":\"rate_limits\",\"on\":true}");
  time_out (fixture, "USR:local_bruno", NULL);
  g_assert_no_error (fixture->error);
  sent = test_server_dup_last_received (fixture->test_server, "user_timeout");
  g_assert_nonnull (strstr (sent, "600"));
  g_assert_nonnull (strstr (sent, "USR:local_bruno"));

  /* With a reason, which everybody in the channel gets to know. */
  wait_for (natter_server_may_give_reason (fixture->server));
  time_out (fixture, "USR:local_bruno", "hammering\nat night");
  g_assert_no_error (fixture->error);
  wait_for (model_last_text (general) != NULL && strstr (model_last_text (general), "hammering at night") != NULL);
}

/* Who may not use the command may still mute, where the server says so. */
static void
test_admin (ModelFixture  *fixture,
            gconstpointer  data)
{
  NatterMember *bruno = natter_server_intern_member (fixture->server, "USR:local_bruno");

  make (fixture, "admin");
  wait_for (natter_server_may_give_reason (fixture->server));
  g_assert_true (natter_server_may_time_out (fixture->server, bruno));
  model_control (fixture, "{\"do\":\"rate_limits\",\"on\":true}");
  time_out (fixture, "USR:local_bruno", NULL);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "slash_call"), ==, 1);
  g_assert_cmpuint (test_server_count_received (fixture->test_server, "user_timeout"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/moderation/timed-out", test_timed_out, NULL);
  add_model_test ("/moderation/reason", test_reason, NULL);
  add_model_test ("/moderation/too-fast", test_too_fast, NULL);
  add_model_test ("/moderation/act", test_act, NULL);
  add_model_test ("/moderation/admin", test_admin, NULL);
  return g_test_run ();
}
