/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-store-deletions.h"

#include "store-fixture.h"

static const NatterStoredDeletion in_channel = { (char *) "s", (char *) "general", NULL, (char *) "m1" };
static const NatterStoredDeletion in_thread = { (char *) "s", NULL, (char *) "general", (char *) "m1" };
static const NatterStoredDeletion elsewhere = { (char *) "t", (char *) "general", NULL, (char *) "m2" };

static void
add (NatterStore                *store,
     const NatterStoredDeletion *deletion)
{
  g_autoptr(GAsyncResult) result = NULL;

  natter_store_add_deletion_async (store, deletion, NULL, store_fixture_keep_result, &result);
  store_fixture_assert_saved (store, &result);
}

static void
assert_kept (NatterStore *store,
             const char  *server,
             const char  *expected)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) deletions = NULL;
  g_autoptr(GString) found = g_string_new (NULL);

  natter_store_load_deletions_async (store, server, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  deletions = natter_store_load_deletions_finish (store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < deletions->len; i++)
    {
      const NatterStoredDeletion *deletion = deletions->pdata[i];

      g_string_append_printf (found, "%s%s %s", i > 0 ? "|" : "", deletion->channel != NULL ? "channel" : "thread",
                              deletion->message_id);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

/* In the order in which the person deleted, each once. */
static void
test_kept (StoreFixture  *fixture,
           gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GAsyncResult) result = NULL;

  add (store, &in_thread);
  add (store, &elsewhere);
  add (store, &in_channel);
  add (store, &in_thread);
  store_fixture_wait_until_gone (store);

  store = natter_store_new (fixture->path);
  assert_kept (store, "s", "thread m1|channel m1");
  assert_kept (store, "t", "channel m2");
  natter_store_remove_deletion_async (store, &in_thread, NULL, store_fixture_keep_result, &result);
  store_fixture_assert_saved (store, &result);
  assert_kept (store, "s", "channel m1");
  store_fixture_wait_until_gone (store);
}

/* What was on a server goes with it. */
static void
test_server_goes (StoreFixture  *fixture,
                  gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GAsyncResult) result = NULL;

  add (store, &in_channel);
  add (store, &elsewhere);
  natter_store_remove_server_async (store, "s", NULL, store_fixture_keep_result, &result);
  store_fixture_assert_saved (store, &result);
  assert_kept (store, "s", "");
  assert_kept (store, "t", "channel m2");
  store_fixture_wait_until_gone (store);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store-deletions/kept", StoreFixture, NULL, store_fixture_set_up, test_kept, store_fixture_tear_down);
  g_test_add ("/store-deletions/server-goes", StoreFixture, NULL, store_fixture_set_up, test_server_goes, store_fixture_tear_down);
  return g_test_run ();
}
