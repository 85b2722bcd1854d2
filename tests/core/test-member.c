/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People, alone and as the server lists them. */
#include "model-fixture.h"

static NatterMember *
member (ModelFixture *fixture,
        const char   *username)
{
  return natter_server_intern_member (fixture->server, username);
}

static void
test_alone (void)
{
  NatterMember *somebody = natter_member_new ("USR:local_wren");

  g_assert_cmpstr (natter_member_get_username (somebody), ==, "USR:local_wren");
  g_assert_cmpstr (natter_member_get_name (somebody), ==, "wren");
  g_assert_false (natter_member_get_known (somebody));
  g_assert_false (natter_member_get_online (somebody));
  g_assert_cmpint (natter_member_get_color (somebody), ==, -1);
  g_assert_null (natter_member_get_section (somebody));
  g_assert_nonnull (natter_member_get_role_names (somebody));
  g_assert_finalize_object (somebody);
}

static void
test_listed (ModelFixture  *fixture,
             gconstpointer  data)
{
  NatterMember *cleo = member (fixture, "usr:LOCAL_cleo");

  g_assert_true (cleo == natter_server_get_me (fixture->server));
  g_assert_true (natter_member_get_known (cleo));
  g_assert_true (natter_member_get_online (cleo));
  g_assert_cmpstr (natter_member_get_name (cleo), ==, "cleo");
  g_assert_true (natter_member_get_known (member (fixture, "USR:local_dmitri")));
  g_assert_false (natter_member_get_online (member (fixture, "USR:local_dmitri")));
  g_assert_false (natter_member_get_known (member (fixture, "originChats")));
}

static void
test_nickname (ModelFixture  *fixture,
               gconstpointer  data)
{
  NatterMember *dmitri = member (fixture, "USR:local_dmitri");

  model_control (fixture, "{\"do\":\"push\",\"what\":\"nickname\",\"user\":\"USR:local_dmitri\",\"nickname\":\"Dima\"}");
  wait_for (g_str_equal (natter_member_get_name (dmitri), "Dima"));
}

static void
test_new_account (ModelFixture  *fixture,
                  gconstpointer  data)
{
  GListModel *members = natter_server_get_members (fixture->server);
  guint n_members = g_list_model_get_n_items (members);
  g_autoptr(NatterServer) second = model_greet (fixture);

  fixture->done = FALSE;
  natter_session_join_with_password_async (fixture->session, second, "greta", "greta-pass", TRUE, TRUE, NULL,
                                           model_on_joined, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  wait_for (g_list_model_get_n_items (members) == n_members + 1);
  wait_for (natter_member_get_online (member (fixture, "USR:local_greta")));

  natter_server_disconnect (second);
  wait_for (!natter_member_get_online (member (fixture, "USR:local_greta")));
  g_assert_cmpuint (g_list_model_get_n_items (members), ==, n_members + 1);
}

static void
test_roles (ModelFixture  *fixture,
            gconstpointer  data)
{
  NatterMember *me = natter_server_get_me (fixture->server);

  wait_for (natter_server_lookup_role (fixture->server, "admin") != NULL);
  g_assert_null (natter_member_get_section (me));
  model_act (fixture, "USR:local_wren",
             "{\"cmd\":\"role_create\",\"name\":\"crew\",\"color\":\"#123456\",\"hoisted\":true}");
  model_act (fixture, "USR:local_wren",
             "{\"cmd\":\"user_roles_set\",\"user\":\"USR:local_cleo\",\"roles\":[\"crew\",\"user\"]}");
  wait_for (g_strcmp0 (natter_member_get_section (me), "crew") == 0);
  g_assert_cmpint (natter_member_get_color (me), ==, 0x123456);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/member/alone", test_alone);
  add_model_test ("/member/listed", test_listed, NULL);
  add_model_test ("/member/nickname", test_nickname, NULL);
  add_model_test ("/member/new-account", test_new_account, NULL);
  add_model_test ("/member/roles", test_roles, NULL);
  return g_test_run ();
}
