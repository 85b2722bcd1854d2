/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-account.h"

static void
count_notify (guint *count)
{
  (*count)++;
}

static void
test_properties (void)
{
  NatterAccount *account = natter_account_new ("id-1", NATTER_ACCOUNT_SERVER, "wren", "chat.example.org");
  guint n_notified = 0;

  g_assert_cmpstr (natter_account_get_id (account), ==, "id-1");
  g_assert_cmpint (natter_account_get_kind (account), ==, NATTER_ACCOUNT_SERVER);
  g_assert_cmpstr (natter_account_get_name (account), ==, "wren");
  g_assert_cmpstr (natter_account_get_server (account), ==, "chat.example.org");
  g_assert_false (natter_account_get_session_only (account));
  g_assert_false (natter_account_get_needs_sign_in (account));

  g_signal_connect_swapped (account, "notify", G_CALLBACK (count_notify), &n_notified);
  natter_account_set_name (account, "wren");
  natter_account_set_session_only (account, FALSE);
  natter_account_set_needs_sign_in (account, FALSE);
  g_assert_cmpuint (n_notified, ==, 0);
  natter_account_set_name (account, "wren2");
  natter_account_set_session_only (account, TRUE);
  natter_account_set_needs_sign_in (account, TRUE);
  g_assert_cmpuint (n_notified, ==, 3);
  g_assert_cmpstr (natter_account_get_name (account), ==, "wren2");
  g_assert_true (natter_account_get_session_only (account));
  g_assert_true (natter_account_get_needs_sign_in (account));
  g_assert_finalize_object (account);
}

static void
test_rotur (void)
{
  NatterAccount *account = natter_account_new ("id-2", NATTER_ACCOUNT_ROTUR, "mika", NULL);

  g_assert_cmpint (natter_account_get_kind (account), ==, NATTER_ACCOUNT_ROTUR);
  g_assert_null (natter_account_get_server (account));
  g_assert_finalize_object (account);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/properties", test_properties);
  g_test_add_func ("/account/rotur", test_rotur);
  return g_test_run ();
}
