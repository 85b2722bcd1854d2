/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is being written stays, and goes when it is sent. */
#include "model-fixture.h"

#include "natter-draft-private.h"
#include "natter-outbox.h"
#include "natter-store-drafts.h"

static NatterDraft *
get_draft (ModelFixture *fixture,
           const char   *channel)
{
  return natter_channel_get_draft (model_channel (fixture, channel));
}

static void
restart (ModelFixture *fixture)
{
  model_restart (fixture);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_properties (ModelFixture  *fixture,
                 gconstpointer  data)
{
  NatterChannel *channel = model_channel (fixture, "general");
  NatterDraft *draft = natter_channel_get_draft (channel);
  guint n_text = 0, n_empty = 0, n_has_draft = 0;

  g_assert_true (natter_channel_get_draft (channel) == draft);
  g_assert_cmpstr (natter_draft_get_text (draft), ==, "");
  g_assert_true (natter_draft_get_empty (draft));
  g_signal_connect_swapped (draft, "notify::text", G_CALLBACK (count), &n_text);
  g_signal_connect_swapped (draft, "notify::empty", G_CALLBACK (count), &n_empty);
  g_signal_connect_swapped (channel, "notify::has-draft", G_CALLBACK (count), &n_has_draft);
  natter_draft_set_text (draft, "h");
  natter_draft_set_text (draft, "hi");
  natter_draft_set_text (draft, "hi");
  g_assert_cmpuint (n_text, ==, 2);
  g_assert_cmpuint (n_empty, ==, 1);
  g_assert_cmpuint (n_has_draft, ==, 1);
  g_assert_true (natter_channel_get_has_draft (channel));
  g_assert_false (natter_channel_get_has_draft (model_channel (fixture, "random")));
  natter_draft_set_reply_to (draft, "17");
  natter_draft_set_text (draft, NULL);
  g_assert_false (natter_draft_get_empty (draft));
  natter_draft_clear (draft);
  g_assert_null (natter_draft_get_reply_to (draft));
  g_assert_false (natter_channel_get_has_draft (channel));
}

static void
on_drafts (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GPtrArray) drafts = natter_store_load_drafts_finish (NATTER_STORE (source), result, NULL);

  if (drafts != NULL && drafts->len > 0)
    g_set_str ((char **) data, ((NatterStoredDraft *) drafts->pdata[0])->text);
  else
    natter_store_load_drafts_async (NATTER_STORE (source), NULL, NULL, on_drafts, data);
}

/* Nobody has to tell it to be kept: the program may be killed. */
static void
test_kept_by_itself (ModelFixture  *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = g_build_filename (natter_profile_get_data_dir (fixture->profile), "natter.db", NULL);
  g_autoptr(NatterStore) store = natter_store_new (path);
  g_autofree char *text = NULL;

  natter_draft_set_text (get_draft (fixture, "general"), "half a sent");
  natter_store_load_drafts_async (store, NULL, NULL, on_drafts, &text);
  wait_for (text != NULL);
  g_assert_cmpstr (text, ==, "half a sent");
}

static void
test_restart (ModelFixture  *fixture,
              gconstpointer  data)
{
  NatterDraft *draft = get_draft (fixture, "general");
  NatterDraft *edit = natter_channel_get_edit_draft (model_channel (fixture, "general"), "some-id");

  natter_draft_set_text (draft, "to be continued");
  natter_draft_set_reply_to (draft, "17");
  natter_draft_set_reply_pings (draft, FALSE);
  natter_draft_set_text (edit, "a better text");
  natter_draft_set_text (get_draft (fixture, "random"), "elsewhere");

  restart (fixture);
  draft = get_draft (fixture, "general");
  wait_for (!natter_draft_get_empty (draft));
  g_assert_cmpstr (natter_draft_get_text (draft), ==, "to be continued");
  g_assert_cmpstr (natter_draft_get_reply_to (draft), ==, "17");
  g_assert_false (natter_draft_get_reply_pings (draft));
  g_assert_cmpstr (natter_draft_get_text (get_draft (fixture, "random")), ==, "elsewhere");
  edit = natter_channel_get_edit_draft (model_channel (fixture, "general"), "some-id");
  g_assert_cmpstr (natter_draft_get_text (edit), ==, "a better text");
  g_assert_cmpstr (natter_draft_get_edited_id (edit), ==, "some-id");
  natter_draft_clear (edit);
  natter_draft_clear (draft);

  restart (fixture);
  wait_for (!natter_draft_get_empty (get_draft (fixture, "random")));
  g_assert_true (natter_draft_get_empty (get_draft (fixture, "general")));
  edit = natter_channel_get_edit_draft (model_channel (fixture, "general"), "some-id");
  g_assert_cmpstr (natter_draft_get_text (edit), ==, "");
}

/* The program ends while something else holds the session, as its windows do. */
static void
test_closed (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (natter_profile_get_data_dir (fixture->profile), "natter.db", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *text = NULL;
  g_autoptr(NatterStore) store = NULL;
  NatterDraft *draft = get_draft (fixture, "general");

  natter_draft_set_text (draft, "typed and left at once");
  natter_session_close (fixture->session);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  natter_draft_set_text (draft, "too late");
  natter_draft_flush (draft);
  natter_session_close (fixture->session);

  store = natter_store_new (path);
  natter_store_load_drafts_async (store, NULL, NULL, on_drafts, &text);
  wait_for (text != NULL);
  g_assert_cmpstr (text, ==, "typed and left at once");
}

/* Somebody is quicker than the disk. */
static void
test_late (ModelFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr(NatterDraft) draft = _natter_draft_new (NULL, "s", "general", NULL, NULL);
  g_autoptr(NatterDraft) edit = _natter_draft_new (NULL, "s", "general", NULL, "some-id");
  NatterStoredDraft stored = { .text = (char *) "from last time", .reply_pings = TRUE };

  natter_draft_set_text (draft, "and n");
  _natter_draft_restore (draft, &stored);
  g_assert_cmpstr (natter_draft_get_text (draft), ==, "from last time\nand n");

  natter_draft_set_text (draft, "from last time");
  _natter_draft_restore (draft, &stored);
  g_assert_cmpstr (natter_draft_get_text (draft), ==, "from last time");

  /* What was sent meanwhile was something else. */
  _natter_draft_was_sent (draft);
  _natter_draft_restore (draft, &stored);
  g_assert_cmpstr (natter_draft_get_text (draft), ==, "from last time");

  natter_draft_set_text (edit, "what it says");
  _natter_draft_restore (edit, &stored);
  g_assert_cmpstr (natter_draft_get_text (edit), ==, "what it says");
}

static void
test_sent (ModelFixture  *fixture,
           gconstpointer  data)
{
  guint before = test_server_count_messages (fixture->test_server, "general");
  NatterDraft *draft = get_draft (fixture, "general");

  g_assert_null (natter_channel_send_draft (model_channel (fixture, "general")));
  natter_draft_set_text (draft, "  \n ");
  g_assert_null (natter_channel_send_draft (model_channel (fixture, "general")));
  natter_draft_set_text (draft, " done\n");
  natter_draft_flush (draft);
  g_assert_nonnull (natter_channel_send_draft (model_channel (fixture, "general")));
  g_assert_true (natter_draft_get_empty (draft));
  wait_for (test_server_count_messages (fixture->test_server, "general") == before + 1);

  restart (fixture);
  natter_draft_set_text (get_draft (fixture, "random"), "x");
  restart (fixture);
  wait_for (!natter_draft_get_empty (get_draft (fixture, "random")));
  g_assert_true (natter_draft_get_empty (get_draft (fixture, "general")));
  g_assert_cmpuint (test_server_count_messages (fixture->test_server, "general"), ==, before + 1);
}

/* Channels come and go with what the server says. */
static void
test_channel_made_anew (ModelFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr(NatterDraft) draft = g_object_ref (get_draft (fixture, "random"));

  natter_draft_set_text (draft, "still here");
  model_act (fixture, "USR:local_wren", "{\"cmd\":\"channel_update\",\"current_name\":\"random\",\"updates\":"
             "{\"permissions\":{\"view\":[\"owner\"],\"send\":[\"owner\"]}}}");
  model_control (fixture, "{\"do\":\"push\",\"what\":\"channels\"}");
  wait_for (natter_server_lookup_channel (fixture->server, "random") == NULL);
  model_act (fixture, "USR:local_wren", "{\"cmd\":\"channel_update\",\"current_name\":\"random\",\"updates\":"
             "{\"permissions\":{\"view\":[\"user\"],\"send\":[\"user\"]}}}");
  model_control (fixture, "{\"do\":\"push\",\"what\":\"channels\"}");
  wait_for (natter_server_lookup_channel (fixture->server, "random") != NULL);
  g_assert_true (get_draft (fixture, "random") == draft);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/draft/properties", test_properties, NULL);
  add_model_test ("/draft/kept-by-itself", test_kept_by_itself, NULL);
  add_model_test ("/draft/closed", test_closed, NULL);
  add_model_test ("/draft/late", test_late, NULL);
  add_model_test ("/draft/restart", test_restart, NULL);
  add_model_test ("/draft/sent", test_sent, NULL);
  add_model_test ("/draft/channel-made-anew", test_channel_made_anew, NULL);
  return g_test_run ();
}
