/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one is for others, as one has chosen it. */
#include "model-fixture.h"

#include <string.h>

#include "natter-notifier.h"

#define ME "USR:local_cleo"

static guint
count_sent (ModelFixture *fixture)
{
  return test_server_count_received (fixture->test_server, "status_set");
}

static NatterAccount *
get_account (ModelFixture *fixture)
{
  return natter_server_get_account (fixture->server);
}

/* The server tells it to everybody, and to oneself. */
static gboolean
server_says (ModelFixture *fixture,
             NatterStatus  status,
             const char   *text)
{
  NatterMember *me = natter_server_get_me (fixture->server);

  return me != NULL && natter_member_get_status (me) == status && g_strcmp0 (natter_member_get_status_text (me), text) == 0;
}

static void
test_set (ModelFixture  *fixture,
          gconstpointer  data)
{
  g_autofree char *last = NULL;

  g_assert_cmpint (natter_account_get_status (get_account (fixture)), ==, NATTER_STATUS_OFFLINE);
  g_assert_cmpint (natter_server_get_own_status (fixture->server), ==, NATTER_STATUS_ONLINE);
  g_assert_cmpuint (count_sent (fixture), ==, 0);

  natter_account_set_status (get_account (fixture), NATTER_STATUS_IDLE, "at the ferry");
  wait_for (server_says (fixture, NATTER_STATUS_IDLE, "at the ferry"));
  g_assert_cmpuint (count_sent (fixture), ==, 1);
  natter_account_set_status (get_account (fixture), NATTER_STATUS_IDLE, NULL);
  wait_for (server_says (fixture, NATTER_STATUS_IDLE, NULL) || server_says (fixture, NATTER_STATUS_IDLE, ""));
  natter_account_set_status (get_account (fixture), NATTER_STATUS_IDLE, "");
  natter_account_set_status (get_account (fixture), NATTER_STATUS_INVISIBLE, "hidden");
  wait_for (count_sent (fixture) == 3);
  last = test_server_dup_last_received (fixture->test_server, "status_set");
  g_assert_nonnull (strstr (last, "invisible"));
  g_assert_cmpint (natter_server_get_own_status (fixture->server), ==, NATTER_STATUS_INVISIBLE);
  g_assert_cmpstr (natter_server_get_own_status_text (fixture->server), ==, "hidden");
}

/* Another client may have said something else in the meantime. */
static void
test_after_sign_in (ModelFixture  *fixture,
                    gconstpointer  data)
{
  natter_account_set_status (get_account (fixture), NATTER_STATUS_DND, "writing");
  wait_for (server_says (fixture, NATTER_STATUS_DND, "writing"));
  model_act (fixture, ME, "{\"cmd\":\"status_set\",\"status\":\"online\",\"text\":\"\"}");
  wait_for (natter_member_get_status (natter_server_get_me (fixture->server)) == NATTER_STATUS_ONLINE);
  test_server_drop_all (fixture->test_server);
  wait_for (server_says (fixture, NATTER_STATUS_DND, "writing"));
  g_assert_cmpuint (count_sent (fixture), ==, 2);

  /* What the server knows is not said again. */
  test_server_drop_all (fixture->test_server);
  wait_for (natter_server_get_state (fixture->server) != NATTER_CONNECTION_READY);
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  settle ();
  g_assert_cmpuint (count_sent (fixture), ==, 2);
}

static void
test_kept (ModelFixture  *fixture,
           gconstpointer  data)
{
  natter_account_set_status (get_account (fixture), NATTER_STATUS_DND, "writing");
  wait_for (server_says (fixture, NATTER_STATUS_DND, "writing"));
  model_restart_offline (fixture);
  g_assert_cmpint (natter_server_get_own_status (fixture->server), ==, NATTER_STATUS_DND);
  g_assert_cmpstr (natter_server_get_own_status_text (fixture->server), ==, "writing");
  natter_session_connect (fixture->session);
  model_act (fixture, ME, "{\"cmd\":\"status_set\",\"status\":\"idle\",\"text\":\"\"}");
  wait_for (server_says (fixture, NATTER_STATUS_DND, "writing"));
}

/* Whoever is invisible is announced at each sign-in, and hidden again at once. */
static void
test_invisible_again (ModelFixture  *fixture,
                      gconstpointer  data)
{
  natter_account_set_status (get_account (fixture), NATTER_STATUS_INVISIBLE, NULL);
  wait_for (count_sent (fixture) == 1);
  test_server_drop_all (fixture->test_server);
  wait_for (count_sent (fixture) == 2);
}

static void
on_show (NatterNotifier     *notifier,
         const NatterNotice *notice,
         GString            *shown)
{
  g_string_append_printf (shown, "%s\n", natter_message_get_content (notice->message));
}

static void
test_silences (ModelFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr(NatterNotifier) notifier = natter_notifier_new (fixture->session);
  g_autoptr(GString) shown = g_string_new (NULL);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  g_signal_connect (notifier, "show", G_CALLBACK (on_show), shown);
  /* At once, and not when the server has answered. */
  natter_account_set_status (get_account (fixture), NATTER_STATUS_DND, NULL);
  one = test_server_post (fixture->test_server, "USR:local_wren", "general", "@USR:local_cleo one");
  wait_for (natter_channel_get_mentions (model_channel (fixture, "general")) > 0);
  natter_account_set_status (get_account (fixture), NATTER_STATUS_ONLINE, NULL);
  wait_for (natter_member_get_status (natter_server_get_me (fixture->server)) == NATTER_STATUS_ONLINE);
  two = test_server_post (fixture->test_server, "USR:local_wren", "random", "@USR:local_cleo two");
  wait_for (shown->len > 0);
  g_assert_cmpstr (shown->str, ==, "@USR:local_cleo two\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/status/set", test_set, NULL);
  add_model_test ("/status/after-sign-in", test_after_sign_in, NULL);
  add_model_test ("/status/kept", test_kept, NULL);
  add_model_test ("/status/invisible-again", test_invisible_again, NULL);
  add_model_test ("/status/silences", test_silences, NULL);
  return g_test_run ();
}
