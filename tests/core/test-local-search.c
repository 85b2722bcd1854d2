/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desktop's search finds, with and without a connection. */
#include <glib/gstdio.h>

#include "model-fixture.h"

#include "natter-local-search.h"

static GPtrArray *found;

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&found, g_ptr_array_unref);
  found = natter_local_search_finish (NATTER_SESSION (source), result, &error);
  g_assert_no_error (error);
}

/* (transfer full): what is found, by its names */
static char *
look_for (ModelFixture *fixture,
          const char   *text)
{
  GString *names = g_string_new (NULL);

  g_clear_pointer (&found, g_ptr_array_unref);
  natter_local_search_async (fixture->session, text, 3, 2, NULL, on_found, NULL);
  wait_for (found != NULL);
  for (guint i = 0; i < found->len; i++)
    {
      gpointer item = found->pdata[i];
      g_autofree char *plain = NATTER_IS_SEARCH_HIT (item) ? natter_search_hit_dup_plain (item)
                                                           : g_strdup (natter_switch_item_get_title (item));

      g_string_append_printf (names, "%s%s", i > 0 ? "|" : "", plain);
    }
  g_clear_pointer (&found, g_ptr_array_unref);
  return g_string_free_and_steal (names);
}

#define assert_found(fixture, text, expected) \
  G_STMT_START { \
    g_autofree char *names = look_for (fixture, text); \
    g_assert_cmpstr (names, ==, expected); \
  } G_STMT_END

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_assert_true (natter_cache_clear_finish (NATTER_CACHE (source), result, NULL));
  *(gboolean *) data = TRUE;
}

/* Clears what there is of nobody: what came before is kept by then. */
static void
wait_until_kept (ModelFixture *fixture)
{
  gboolean done = FALSE;

  natter_cache_clear_async (natter_session_get_cache (fixture->session), "nobody", NULL, NULL, on_kept, &done);
  wait_for (done);
}

static void
say (ModelFixture *fixture,
     const char   *text)
{
  NatterChannel *channel = model_channel (fixture, "general");
  guint unread = natter_channel_get_unread (channel);
  g_autofree char *id = NULL;

  id = test_server_post (fixture->test_server, "USR:local_ada_k", "general", text);
  wait_for (natter_channel_get_unread (channel) == unread + 1);
}

static void
test_names (ModelFixture  *fixture,
            gconstpointer  data)
{
  model_restart (fixture);
  assert_found (fixture, "GENER", "general");
  assert_found (fixture, "  lantern street ", "Lantern Street");
  /* As in the quick switcher, but here it would be one of many. */
  assert_found (fixture, "gnral", "");
  assert_found (fixture, "g", "");
  assert_found (fixture, "", "");
  assert_found (fixture, "no such thing", "");
}

static void
test_messages (ModelFixture  *fixture,
               gconstpointer  data)
{
  model_restart (fixture);
  wait_for (natter_server_get_state (fixture->server) == NATTER_CONNECTION_READY);
  say (fixture, "the **ferry** is ||late||");
  say (fixture, "no ferry today");
  say (fixture, "another ferry");
  wait_until_kept (fixture);
  assert_found (fixture, "ferry", "another ferry|no ferry today");
  assert_found (fixture, "ferry is", "the ferry is [spoiler]");
  assert_found (fixture, "ferry kitchen", "");
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_assert_true (natter_session_load_finish (NATTER_SESSION (source), result, NULL));
}

static void
test_start (ModelFixture  *fixture,
            gconstpointer  data)
{
  say (fixture, "no ferry today");
  wait_until_kept (fixture);
  /* Asked before anything was read. */
  natter_local_search_async (fixture->session, "ferry", 3, 2, NULL, on_found, NULL);
  g_assert_null (found);
  natter_session_load_async (fixture->session, NULL, on_loaded, NULL);
  wait_for (found != NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_clear_pointer (&found, g_ptr_array_unref);
}

static void
on_not_loaded (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_assert_false (natter_session_load_finish (NATTER_SESSION (source), result, NULL));
}

/* Whoever asks is answered also when what was kept can't be read. */
static void
test_unreadable (ModelFixture  *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (natter_profile_get_data_dir (fixture->profile), "natter.db", NULL);

  g_clear_object (&fixture->server);
  g_assert_finalize_object (g_steal_pointer (&fixture->session));
  settle ();
  g_assert_no_errno (g_unlink (path));
  g_assert_no_errno (g_mkdir (path, 0700));
  fixture->session = natter_session_new (fixture->profile, fixture->secrets, NULL);
  natter_local_search_async (fixture->session, "ferry", 3, 2, NULL, on_found, NULL);
  natter_session_load_async (fixture->session, NULL, on_not_loaded, NULL);
  wait_for (found != NULL);
  g_assert_cmpuint (found->len, ==, 0);
  g_clear_pointer (&found, g_ptr_array_unref);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_model_test ("/local-search/names", test_names, NULL);
  add_model_test ("/local-search/messages", test_messages, NULL);
  add_model_test ("/local-search/start", test_start, NULL);
  add_model_test ("/local-search/unreadable", test_unreadable, NULL);

  return g_test_run ();
}
