/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where to go: what is found, in which order, and where one was. */
#include "model-fixture.h"

#include "natter-switcher.h"

static NatterSwitcher *
open_switcher (ModelFixture *fixture,
               NatterVisits *visits,
               const char   *current)
{
  return natter_switcher_new (fixture->session, visits, current != NULL ? model_channel (fixture, current) : NULL);
}

static NatterSwitchItem *
item_at (NatterSwitcher *switcher,
         guint           position)
{
  g_autoptr(NatterSwitchItem) item = g_list_model_get_item (G_LIST_MODEL (switcher), position);

  g_assert_nonnull (item);
  return item; /* the list holds it */
}

static const char *
title_at (NatterSwitcher *switcher,
          guint           position)
{
  return natter_switch_item_get_title (item_at (switcher, position));
}

static void
visit (ModelFixture *fixture,
       NatterVisits *visits,
       const char   *channel)
{
  natter_visits_add (visits, model_channel (fixture, channel), NULL);
}

static void
test_names (ModelFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(NatterVisits) visits = natter_visits_new (natter_session_get_servers (fixture->session));
  g_autoptr(NatterSwitcher) switcher = open_switcher (fixture, visits, NULL);

  natter_switcher_set_text (switcher, "gnral");
  g_assert_cmpstr (title_at (switcher, 0), ==, "general");
  g_assert_cmpint (natter_switch_item_get_kind (item_at (switcher, 0)), ==, NATTER_SWITCH_CHANNEL);
  g_assert_true (natter_switch_item_get_channel (item_at (switcher, 0)) == model_channel (fixture, "general"));

  /* With the name of the server, in any order. */
  natter_switcher_set_text (switcher, "lantern gen");
  g_assert_cmpstr (title_at (switcher, 0), ==, "general");
  natter_switcher_set_text (switcher, "lantern street");
  g_assert_cmpint (natter_switch_item_get_kind (item_at (switcher, 0)), ==, NATTER_SWITCH_SERVER);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (switcher)), ==, 1);

  natter_switcher_set_text (switcher, "no such place");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (switcher)), ==, 0);
}

static void
test_kinds (ModelFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr(NatterVisits) visits = natter_visits_new (natter_session_get_servers (fixture->session));
  g_autoptr(NatterSwitcher) switcher = open_switcher (fixture, visits, NULL);
  guint n_items;

  natter_switcher_add_action (switcher, "Generate Something", "win.generate", "Ctrl+G");
  natter_switcher_set_text (switcher, "gen");
  g_assert_cmpstr (title_at (switcher, 0), ==, "general");
  natter_switcher_set_text (switcher, ">gen");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (switcher)), ==, 1);
  g_assert_cmpstr (natter_switch_item_get_action (item_at (switcher, 0)), ==, "win.generate");

  natter_switcher_set_text (switcher, "@dmitri");
  g_assert_cmpint (natter_switch_item_get_kind (item_at (switcher, 0)), ==, NATTER_SWITCH_PERSON);
  g_assert_cmpstr (natter_member_get_username (natter_switch_item_get_member (item_at (switcher, 0))), ==, "USR:local_dmitri");

  natter_switcher_set_text (switcher, "#e");
  n_items = g_list_model_get_n_items (G_LIST_MODEL (switcher));
  g_assert_cmpuint (n_items, >, 0);
  for (guint i = 0; i < n_items; i++)
    g_assert_cmpint (natter_switch_item_get_kind (item_at (switcher, i)), <=, NATTER_SWITCH_SERVER);
}

static void
test_lately (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(NatterVisits) visits = natter_visits_new (natter_session_get_servers (fixture->session));
  g_autoptr(NatterSwitcher) switcher = NULL;

  visit (fixture, visits, "help-desk");
  visit (fixture, visits, "random");
  visit (fixture, visits, "general");

  /* Nothing typed: the last one first, and not where one is. */
  switcher = open_switcher (fixture, visits, "general");
  g_assert_cmpstr (title_at (switcher, 0), ==, "random");
  g_assert_cmpstr (title_at (switcher, 1), ==, "help-desk");
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (switcher)); i++)
    g_assert_cmpstr (title_at (switcher, i), !=, "general");

  /* Of what fits alike, the one where one was. */
  natter_switcher_set_text (switcher, "m");
  g_assert_true (natter_switch_item_get_channel (item_at (switcher, 0)) != NULL);
}

static void
test_waiting (ModelFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(NatterVisits) visits = natter_visits_new (natter_session_get_servers (fixture->session));
  g_autoptr(NatterSwitcher) switcher = NULL;
  g_autofree char *id = NULL;
  NatterChannel *random = model_channel (fixture, "random");

  natter_server_mark_all_read (fixture->server);
  wait_for (natter_session_find_unread (fixture->session, NULL, 1) == NULL);
  id = test_server_post (fixture->test_server, "USR:local_ada_k", "random", "anybody?");
  wait_for (natter_channel_get_unread (random) == 1);
  switcher = open_switcher (fixture, visits, "general");
  g_assert_cmpstr (title_at (switcher, 0), ==, "random");

  g_assert_true (natter_session_find_unread (fixture->session, model_channel (fixture, "general"), 1) == random);
  g_assert_true (natter_session_find_unread (fixture->session, model_channel (fixture, "general"), -1) == random);
  g_assert_null (natter_session_find_unread (fixture->session, random, 1));
  natter_channel_set_notify_level (random, NATTER_NOTIFY_ALL);
  natter_channel_set_muted_until (random, G_MAXINT64);
  g_assert_null (natter_session_find_unread (fixture->session, NULL, 1));
}

static void
test_back (ModelFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr(NatterVisits) visits = natter_visits_new (natter_session_get_servers (fixture->session));
  const char *message = NULL;
  gboolean could = TRUE;

  g_assert_null (natter_visits_step (visits, -1, &message));
  visit (fixture, visits, "general");
  visit (fixture, visits, "general");
  g_object_get (visits, "can-go-back", &could, NULL);
  g_assert_false (could);

  natter_visits_leave (visits, "m-7");
  visit (fixture, visits, "random");
  natter_visits_add (visits, model_channel (fixture, "random"), "m-1");
  g_assert_true (natter_visits_get_can_go_back (visits));
  g_assert_false (natter_visits_get_can_go_forward (visits));

  g_assert_true (natter_visits_step (visits, -1, &message) == model_channel (fixture, "random"));
  g_assert_null (message);
  g_assert_true (natter_visits_step (visits, -1, &message) == model_channel (fixture, "general"));
  g_assert_cmpstr (message, ==, "m-7");
  g_assert_null (natter_visits_step (visits, -1, &message));
  g_assert_true (natter_visits_step (visits, 1, &message) == model_channel (fixture, "random"));
  g_assert_true (natter_visits_step (visits, 1, &message) == model_channel (fixture, "random"));
  g_assert_cmpstr (message, ==, "m-1");

  /* From the middle, what was forward is gone. */
  natter_visits_step (visits, -1, &message);
  visit (fixture, visits, "help-desk");
  g_assert_false (natter_visits_get_can_go_forward (visits));
  g_assert_true (natter_visits_step (visits, -1, &message) == model_channel (fixture, "random"));
}

/* What was left is there again after a start, and less late than what came since. */
static void
test_restart (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterVisits *visits = natter_session_get_visits (fixture->session);

  visit (fixture, visits, "general");
  visit (fixture, visits, "help-desk");
  visit (fixture, visits, "general");
  model_restart_offline (fixture);
  wait_for (natter_session_get_restored (fixture->session));

  visits = natter_session_get_visits (fixture->session);
  visit (fixture, visits, "random");
  wait_for (natter_visits_get_age (visits, fixture->server, model_channel (fixture, "help-desk")) == 2);
  g_assert_cmpuint (natter_visits_get_age (visits, fixture->server, model_channel (fixture, "random")), ==, 0);
  g_assert_cmpuint (natter_visits_get_age (visits, fixture->server, model_channel (fixture, "general")), ==, 1);
  g_assert_false (natter_visits_get_can_go_back (visits));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_model_test ("/switcher/names", test_names, NULL);
  add_model_test ("/switcher/kinds", test_kinds, NULL);
  add_model_test ("/switcher/lately", test_lately, NULL);
  add_model_test ("/switcher/waiting", test_waiting, NULL);
  add_model_test ("/visits/back", test_back, NULL);
  add_model_test ("/visits/restart", test_restart, NULL);

  return g_test_run ();
}
