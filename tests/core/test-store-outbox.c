/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-store-outbox.h"

#include "natter-store-drafts.h"
#include "store-fixture.h"

static void
add (NatterStore         *store,
     const char          *id,
     const char          *server,
     const char          *text,
     gboolean             from_draft,
     GAsyncReadyCallback  callback,
     gpointer             data)
{
  NatterStoredOutgoing outgoing = {
    .id = (char *) id,
    .server_id = (char *) server,
    .channel = (char *) "general",
    .text = (char *) text,
    .created = 7,
  };

  natter_store_add_outgoing_async (store, &outgoing, from_draft, NULL, callback, data);
}

static GPtrArray *
load (NatterStore *store,
      const char  *server)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *outbox;

  natter_store_load_outbox_async (store, server, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  outbox = natter_store_load_outbox_finish (store, result, &error);
  g_assert_no_error (error);
  return outbox;
}

static void
assert_ids (NatterStore *store,
            const char  *server,
            const char  *expected)
{
  g_autoptr(GPtrArray) outbox = load (store, server);
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < outbox->len; i++)
    g_string_append (ids, ((NatterStoredOutgoing *) g_ptr_array_index (outbox, i))->id);
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_order (StoreFixture  *fixture,
            gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  add (store, "c", "s", "first", FALSE, NULL, NULL);
  add (store, "a", "t", "second", FALSE, NULL, NULL);
  add (store, "b", "s", "third", FALSE, NULL, NULL);
  assert_ids (store, NULL, "cab");
  assert_ids (store, "s", "cb");

  /* What is sent after the last one has left still comes last. */
  natter_store_remove_outgoing_async (store, "b", NULL, NULL, NULL);
  natter_store_remove_outgoing_async (store, "unknown", NULL, NULL, NULL);
  add (store, "d", "s", "fourth", FALSE, NULL, NULL);
  assert_ids (store, NULL, "cad");
  store_fixture_wait_until_gone (store);

  store = natter_store_new (fixture->path);
  assert_ids (store, NULL, "cad");
  store_fixture_wait_until_gone (store);
}

static void
test_states (StoreFixture  *fixture,
             gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  add (store, "a", "s", "text", FALSE, NULL, NULL);
  natter_store_mark_outgoing_async (store, "a", NATTER_OUTGOING_GIVEN, 100, NULL, NULL, NULL, NULL);
  natter_store_mark_outgoing_async (store, "a", NATTER_OUTGOING_GIVEN, 200, NULL, NULL, NULL, NULL);
  {
    g_autoptr(GPtrArray) outbox = load (store, NULL);
    const NatterStoredOutgoing *outgoing = g_ptr_array_index (outbox, 0);

    g_assert_cmpint (outgoing->state, ==, NATTER_OUTGOING_GIVEN);
    g_assert_cmpint (outgoing->given, ==, 100);
    g_assert_cmpint (outgoing->created, ==, 7);
    g_assert_null (outgoing->error);
    g_assert_cmpstr (outgoing->channel, ==, "general");
    g_assert_null (outgoing->thread_id);
    g_assert_null (outgoing->reply_to);
    g_assert_false (outgoing->reply_pings);
  }
  natter_store_mark_outgoing_async (store, "a", NATTER_OUTGOING_FAILED, 0, "You are in timeout", NULL, NULL, NULL);
  store_fixture_wait_until_gone (store);

  store = natter_store_new (fixture->path);
  {
    g_autoptr(GPtrArray) outbox = load (store, NULL);
    const NatterStoredOutgoing *outgoing = g_ptr_array_index (outbox, 0);

    g_assert_cmpint (outgoing->state, ==, NATTER_OUTGOING_FAILED);
    g_assert_cmpint (outgoing->given, ==, 100);
    g_assert_cmpstr (outgoing->error, ==, "You are in timeout");
    g_assert_cmpstr (outgoing->text, ==, "text");
  }
  store_fixture_wait_until_gone (store);
}

/* One that fails takes nothing with it, though it shares a transaction with others. */
static void
test_same_id (StoreFixture  *fixture,
              gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GAsyncResult) first = NULL, second = NULL, third = NULL;
  g_autoptr(GError) error = NULL;

  add (store, "a", "s", "once", FALSE, store_fixture_keep_result, &first);
  add (store, "a", "s", "twice", FALSE, store_fixture_keep_result, &second);
  add (store, "b", "s", "after", FALSE, store_fixture_keep_result, &third);
  store_fixture_assert_saved (store, &first);
  store_fixture_wait_for (&second);
  g_assert_false (natter_store_save_finish (store, second, &error));
  g_assert_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_FAILED);
  g_clear_object (&second);
  store_fixture_assert_saved (store, &third);
  assert_ids (store, NULL, "ab");
  {
    g_autoptr(GPtrArray) outbox = load (store, NULL);

    g_assert_cmpstr (((NatterStoredOutgoing *) g_ptr_array_index (outbox, 0))->text, ==, "once");
  }
  store_fixture_wait_until_gone (store);
}

static guint
count_drafts (NatterStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) drafts = NULL;

  natter_store_load_drafts_async (store, NULL, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  drafts = natter_store_load_drafts_finish (store, result, NULL);
  g_assert_nonnull (drafts);
  return drafts->len;
}

static void
test_from_draft (StoreFixture  *fixture,
                 gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GAsyncResult) result = NULL;
  NatterStoredDraft draft = { .server_id = (char *) "s", .channel = (char *) "general", .text = (char *) "hello" };

  natter_store_save_draft_async (store, &draft, NULL, NULL, NULL);
  draft.edited_id = (char *) "m1";
  natter_store_save_draft_async (store, &draft, NULL, NULL, NULL);
  add (store, "a", "s", "not from the draft", FALSE, NULL, NULL);
  g_assert_cmpuint (count_drafts (store), ==, 2);

  /* When the message is not taken, the draft stays. */
  add (store, "a", "s", "hello", TRUE, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  g_assert_false (natter_store_save_finish (store, result, NULL));
  g_clear_object (&result);
  g_assert_cmpuint (count_drafts (store), ==, 2);

  add (store, "b", "s", "hello", TRUE, NULL, NULL);
  g_assert_cmpuint (count_drafts (store), ==, 1);
  assert_ids (store, NULL, "ab");
  store_fixture_wait_until_gone (store);
}

#define ADD(name, function) \
  g_test_add ("/store-outbox/" name, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("order", test_order);
  ADD ("states", test_states);
  ADD ("same-id", test_same_id);
  ADD ("from-draft", test_from_draft);
  return g_test_run ();
}
