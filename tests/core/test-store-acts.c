/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-store-acts.h"

#include "store-fixture.h"

static const NatterStoredAct in_channel = { (char *) "s", (char *) "general", NULL, (char *) "m1", NULL, FALSE };
static const NatterStoredAct in_thread = { (char *) "s", NULL, (char *) "general", (char *) "m1", NULL, FALSE };
static const NatterStoredAct elsewhere = { (char *) "t", (char *) "general", NULL, (char *) "m2", NULL, FALSE };
static const NatterStoredAct change = { (char *) "s", (char *) "general", NULL, (char *) "m1", (char *) "new", FALSE };
static const NatterStoredAct refused = { (char *) "s", (char *) "general", NULL, (char *) "m1", (char *) "newer", TRUE };

static void
save (NatterStore           *store,
      const NatterStoredAct *act)
{
  g_autoptr(GAsyncResult) result = NULL;

  natter_store_save_act_async (store, act, NULL, store_fixture_keep_result, &result);
  store_fixture_assert_saved (store, &result);
}

static void
assert_kept (NatterStore *store,
             const char  *server,
             const char  *expected)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) acts = NULL;
  g_autoptr(GString) found = g_string_new (NULL);

  natter_store_load_acts_async (store, server, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  acts = natter_store_load_acts_finish (store, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < acts->len; i++)
    {
      const NatterStoredAct *act = acts->pdata[i];

      g_string_append_printf (found, "%s%s %s %s%s", i > 0 ? "|" : "", act->channel != NULL ? "channel" : "thread",
                              act->message_id, act->text != NULL ? act->text : "deleted", act->refused ? " refused" : "");
    }
  g_assert_cmpstr (found->str, ==, expected);
}

/* In the order in which the person acted; a change and a deletion of one message are two. */
static void
test_kept (StoreFixture  *fixture,
           gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GAsyncResult) result = NULL;

  save (store, &in_thread);
  save (store, &elsewhere);
  save (store, &change);
  save (store, &in_channel);
  save (store, &refused);
  store_fixture_wait_until_gone (store);

  store = natter_store_new (fixture->path);
  assert_kept (store, "s", "thread m1 deleted|channel m1 deleted|channel m1 newer refused");
  assert_kept (store, "t", "channel m2 deleted");
  natter_store_remove_act_async (store, &in_channel, NULL, store_fixture_keep_result, &result);
  store_fixture_assert_saved (store, &result);
  assert_kept (store, "s", "thread m1 deleted|channel m1 newer refused");
  store_fixture_wait_until_gone (store);
}

/* What was on a server goes with it. */
static void
test_server_goes (StoreFixture  *fixture,
                  gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GAsyncResult) result = NULL;

  save (store, &in_channel);
  save (store, &change);
  save (store, &elsewhere);
  natter_store_remove_server_async (store, "s", NULL, store_fixture_keep_result, &result);
  store_fixture_assert_saved (store, &result);
  assert_kept (store, "s", "");
  assert_kept (store, "t", "channel m2 deleted");
  store_fixture_wait_until_gone (store);
}

/* What was done is carried over when another part of the file is damaged. */
static void
test_survive_damage (StoreFixture  *fixture,
                     gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  save (store, &in_thread);
  save (store, &refused);
  store_fixture_wait_until_gone (store);
  store_fixture_execute (fixture->path,
                         "PRAGMA writable_schema = ON;"
                         "UPDATE sqlite_schema SET rootpage ="
                         " (SELECT rootpage FROM sqlite_schema WHERE name = 'servers_by_position') WHERE name = 'servers';");

  store = natter_store_new (fixture->path);
  assert_kept (store, "s", "thread m1 deleted|channel m1 newer refused");
  while (natter_store_get_damaged_file (store) == NULL)
    g_main_context_iteration (NULL, TRUE);
  store_fixture_wait_until_gone (store);
}

#define OLD_TABLES \
  "CREATE TABLE accounts (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;" \
  "CREATE TABLE servers (id TEXT NOT NULL PRIMARY KEY) STRICT;" \
  "CREATE TABLE outbox (position INTEGER PRIMARY KEY) STRICT;" \
  "CREATE TABLE folders (id TEXT NOT NULL PRIMARY KEY) STRICT;" \
  "CREATE TABLE settings (server_id TEXT NOT NULL) STRICT;" \
  "CREATE TABLE drafts (server_id TEXT NOT NULL, channel TEXT NOT NULL, thread_id TEXT NOT NULL, edited_id TEXT NOT NULL," \
  " text TEXT NOT NULL, reply_to TEXT, reply_pings INTEGER NOT NULL, changed INTEGER NOT NULL," \
  " submitted INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (server_id, channel, thread_id, edited_id)) STRICT;" \
  "INSERT INTO drafts VALUES ('s', 'general', '', '', 'a draft', NULL, 1, 1, 0);" \
  "INSERT INTO drafts VALUES ('s', 'general', '', 'm1', 'being written', NULL, 1, 2, 0);" \
  "INSERT INTO drafts VALUES ('s', 'general', '', 'm2', 'done', NULL, 1, 3, 1);"

/* What was kept when a change was a kind of draft: before deletions were kept, nothing told whether it had been refused. */
static void
test_migrates (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *older = g_strconcat (fixture->path, "-older", NULL);
  NatterStore *store;

  store_fixture_execute (fixture->path,
                         OLD_TABLES
                         "ALTER TABLE drafts ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;"
                         "CREATE TABLE deletions (server_id TEXT NOT NULL, channel TEXT NOT NULL, thread_id TEXT NOT NULL,"
                         " message_id TEXT NOT NULL, PRIMARY KEY (server_id, channel, thread_id, message_id)) STRICT;"
                         "INSERT INTO deletions VALUES ('s', '', 'general', 'm1');"
                         "PRAGMA user_version = 8;");
  store = natter_store_new (fixture->path);
  assert_kept (store, "s", "thread m1 deleted|channel m2 done");
  store_fixture_wait_until_gone (store);
  g_assert_cmpint (store_fixture_query_int (fixture->path, "SELECT count (*) FROM drafts"), ==, 2);

  store_fixture_execute (older, OLD_TABLES "PRAGMA user_version = 7;");
  store = natter_store_new (older);
  assert_kept (store, "s", "channel m2 done refused");
  store_fixture_wait_until_gone (store);
}

#define ADD(name, function) \
  g_test_add ("/store-acts/" name, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("kept", test_kept);
  ADD ("server-goes", test_server_goes);
  ADD ("survive-damage", test_survive_damage);
  ADD ("migrates", test_migrates);
  return g_test_run ();
}
