/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-store-drafts.h"

#include "store-fixture.h"

static void
save (NatterStore *store,
      const char  *server,
      const char  *channel,
      const char  *thread,
      const char  *edited,
      const char  *text,
      gint64       changed)
{
  NatterStoredDraft draft = {
    .server_id = (char *) server,
    .channel = (char *) channel,
    .thread_id = (char *) thread,
    .edited_id = (char *) edited,
    .text = (char *) text,
    .changed = changed,
  };
  g_autoptr(GAsyncResult) result = NULL;

  natter_store_save_draft_async (store, &draft, NULL, store_fixture_keep_result, &result);
  store_fixture_assert_saved (store, &result);
}

static GPtrArray *
load (NatterStore *store,
      const char  *server)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *drafts;

  natter_store_load_drafts_async (store, server, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  drafts = natter_store_load_drafts_finish (store, result, &error);
  g_assert_no_error (error);
  return drafts;
}

static void
assert_texts (NatterStore *store,
              const char  *server,
              const char  *expected)
{
  g_autoptr(GPtrArray) drafts = load (store, server);
  g_autoptr(GString) texts = g_string_new (NULL);

  for (guint i = 0; i < drafts->len; i++)
    g_string_append_printf (texts, "%s%s", i > 0 ? "|" : "", ((NatterStoredDraft *) g_ptr_array_index (drafts, i))->text);
  g_assert_cmpstr (texts->str, ==, expected);
}

static void
test_places (StoreFixture  *fixture,
             gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  save (store, "s", "general", NULL, NULL, "channel", 1);
  save (store, "s", NULL, "general", NULL, "thread", 2);
  save (store, "s", "general", NULL, "m1", "edit", 3);
  save (store, "t", "general", NULL, NULL, "elsewhere", 4);
  assert_texts (store, NULL, "elsewhere|edit|thread|channel");
  assert_texts (store, "s", "edit|thread|channel");
  assert_texts (store, "unknown", "");

  save (store, "s", "general", NULL, NULL, "channel, more", 5);
  assert_texts (store, "s", "channel, more|edit|thread");
  store_fixture_wait_until_gone (store);

  store = natter_store_new (fixture->path);
  assert_texts (store, "s", "channel, more|edit|thread");
  store_fixture_wait_until_gone (store);
}

static void
test_fields (StoreFixture  *fixture,
             gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) drafts = NULL;
  const NatterStoredDraft *read;
  NatterStoredDraft draft = {
    .server_id = (char *) "s",
    .thread_id = (char *) "t-1",
    .text = (char *) "two\nlines, it's \"quoted\" 🐦",
    .reply_to = (char *) "m9",
    .reply_pings = TRUE,
    .changed = G_GINT64_CONSTANT (1776000000123456),
  };

  natter_store_save_draft_async (store, &draft, NULL, store_fixture_keep_result, &result);
  store_fixture_assert_saved (store, &result);
  drafts = load (store, "s");
  g_assert_cmpuint (drafts->len, ==, 1);
  read = g_ptr_array_index (drafts, 0);
  g_assert_cmpstr (read->server_id, ==, "s");
  g_assert_null (read->channel);
  g_assert_cmpstr (read->thread_id, ==, "t-1");
  g_assert_null (read->edited_id);
  g_assert_cmpstr (read->text, ==, draft.text);
  g_assert_cmpstr (read->reply_to, ==, "m9");
  g_assert_true (read->reply_pings);
  g_assert_cmpint (read->changed, ==, draft.changed);
  store_fixture_wait_until_gone (store);
}

static void
test_emptied (StoreFixture  *fixture,
              gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GAsyncResult) result = NULL;
  NatterStoredDraft reply = {
    .server_id = (char *) "s",
    .channel = (char *) "general",
    .text = (char *) "",
    .reply_to = (char *) "m1",
  };

  save (store, "s", "general", NULL, NULL, "something", 1);
  save (store, "s", "general", NULL, NULL, "", 2);
  assert_texts (store, "s", "");

  /* An answer that was begun, and a message that was emptied to be written anew, are drafts. */
  natter_store_save_draft_async (store, &reply, NULL, store_fixture_keep_result, &result);
  store_fixture_assert_saved (store, &result);
  save (store, "s", "general", NULL, "m2", "", 4);
  {
    g_autoptr(GPtrArray) drafts = load (store, "s");

    g_assert_cmpuint (drafts->len, ==, 2);
  }
  save (store, "s", "general", NULL, NULL, NULL, 5);
  save (store, "s", "general", NULL, "m2", NULL, 6);
  {
    g_autoptr(GPtrArray) drafts = load (store, "s");

    g_assert_cmpuint (drafts->len, ==, 0);
  }
  store_fixture_wait_until_gone (store);
}

static void
test_go_with_server (StoreFixture  *fixture,
                     gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GAsyncResult) result = NULL;

  save (store, "s", "general", NULL, NULL, "here", 1);
  save (store, "t", "general", NULL, NULL, "there", 2);
  natter_store_remove_server_async (store, "s", NULL, store_fixture_keep_result, &result);
  store_fixture_assert_saved (store, &result);
  assert_texts (store, NULL, "there");
  store_fixture_wait_until_gone (store);
}

/* Drafts are carried over when another part of the file is damaged. */
static void
test_survive_damage (StoreFixture  *fixture,
                     gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  save (store, "s", "general", NULL, NULL, "precious", 1);
  store_fixture_wait_until_gone (store);
  store_fixture_execute (fixture->path,
                         "PRAGMA writable_schema = ON;"
                         "UPDATE sqlite_schema SET rootpage ="
                         " (SELECT rootpage FROM sqlite_schema WHERE name = 'servers_by_position') WHERE name = 'servers';");

  store = natter_store_new (fixture->path);
  assert_texts (store, NULL, "precious");
  while (natter_store_get_damaged_file (store) == NULL)
    g_main_context_iteration (NULL, TRUE);
  store_fixture_wait_until_gone (store);
}

#define ADD(name, function) \
  g_test_add ("/store-drafts/" name, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("places", test_places);
  ADD ("fields", test_fields);
  ADD ("emptied", test_emptied);
  ADD ("go-with-server", test_go_with_server);
  ADD ("survive-damage", test_survive_damage);
  return g_test_run ();
}
