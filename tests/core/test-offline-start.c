/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "model-fixture.h"
#include "natter-store.h"

/* The start of the program: what is read in which order, and what may be broken. */

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  ModelFixture *fixture = data;

  natter_session_load_finish (NATTER_SESSION (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
end_session (ModelFixture *fixture)
{
  g_clear_object (&fixture->server);
  g_assert_finalize_object (g_steal_pointer (&fixture->session));
  settle ();
}

static void
start_session (ModelFixture *fixture,
               const char   *first)
{
  fixture->session = natter_session_new (fixture->profile, fixture->secrets, NULL);
  natter_session_set_first (fixture->session, first);
  fixture->done = FALSE;
  natter_session_load_async (fixture->session, NULL, on_loaded, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
}

static char *
path_of (ModelFixture *fixture,
         const char   *name)
{
  return g_build_filename (natter_profile_get_data_dir (fixture->profile), name, NULL);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (natter_store_save_finish (NATTER_STORE (source), result, &error));
  ++*(guint *) data;
}

/* More servers at the same address, of which no account is known. */
static void
add_servers (ModelFixture *fixture,
             guint         count)
{
  g_autofree char *path = path_of (fixture, "natter.db");
  g_autofree char *address = g_strdup_printf ("ws://127.0.0.1:%u", test_server_get_port (fixture->test_server));
  g_autoptr(NatterStore) store = natter_store_new (path);
  guint n_saved = 0;

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *id = g_strdup_printf ("more-%u", i);
      NatterStoredServer server = { .id = id, .address = address };

      natter_store_save_server_async (store, &server, NULL, on_saved, &n_saved);
    }
  wait_for (n_saved == count);
  natter_store_close (store);
}

static guint
count_connecting (NatterSession *session)
{
  GListModel *servers = natter_session_get_servers (session);
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);

      count += natter_server_get_state (server) != NATTER_CONNECTION_OFFLINE;
    }
  return count;
}

/* Nothing is connected to before that is asked for; then what is shown comes first, and all of them come. */
static void
test_connect (ModelFixture  *fixture,
              gconstpointer  data)
{
  end_session (fixture);
  add_servers (fixture, 49);
  start_session (fixture, "more-2");
  settle ();
  g_assert_cmpuint (g_list_model_get_n_items (natter_session_get_servers (fixture->session)), ==, 50);
  g_assert_cmpuint (count_connecting (fixture->session), ==, 0);

  natter_session_connect (fixture->session);
  g_assert_cmpuint (count_connecting (fixture->session), ==, 1);
  fixture->server = g_list_model_get_item (natter_session_get_servers (fixture->session), 3);
  g_assert_cmpstr (natter_server_get_id (fixture->server), ==, "more-2");
  g_assert_cmpint (natter_server_get_state (fixture->server), !=, NATTER_CONNECTION_OFFLINE);
  wait_for (count_connecting (fixture->session) == 50);
}

static void
write_junk (const char *path)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, >, 8192);
  memset (contents + 1024, 0xa5, length - 1024);
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
}

/* A damaged cache costs what servers can tell again, and nothing that a person did. */
static void
test_damaged (ModelFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *path = path_of (fixture, NATTER_CACHE_NAME);
  NatterChannel *channel = model_channel (fixture, "general");

  natter_timeline_load_latest (natter_channel_get_timeline (channel));
  wait_for (!natter_timeline_get_loading (natter_channel_get_timeline (channel)));
  natter_server_disconnect (fixture->server);
  natter_channel_send (channel, "not to be lost", NULL);
  wait_for (g_strcmp0 (model_last_text (channel), "not to be lost") == 0);
  end_session (fixture);
  write_junk (path);

  start_session (fixture, NULL);
  fixture->server = g_list_model_get_item (natter_session_get_servers (fixture->session), 0);
  g_assert_nonnull (natter_server_get_account (fixture->server));
  wait_for (natter_cache_get_damaged_file (natter_session_get_cache (fixture->session)) != NULL);
  natter_session_connect (fixture->session);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
  channel = model_channel (fixture, "general");
  natter_timeline_load_latest (natter_channel_get_timeline (channel));
  wait_for (g_strcmp0 (model_last_text (channel), "not to be lost") == 0
            && natter_message_get_state (model_message (channel, g_list_model_get_n_items (G_LIST_MODEL (natter_channel_get_timeline (channel))) - 1)) == NATTER_MESSAGE_SENT);
  end_session (fixture);

  /* And it is kept again. */
  start_session (fixture, NULL);
  fixture->server = g_list_model_get_item (natter_session_get_servers (fixture->session), 0);
  channel = model_channel (fixture, "general");
  natter_timeline_load_latest (natter_channel_get_timeline (channel));
  wait_for (!natter_timeline_get_loading (natter_channel_get_timeline (channel)));
  g_assert_cmpstr (model_last_text (channel), ==, "not to be lost");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/offline-start/connect", test_connect, NULL);
  add_model_test ("/offline-start/damaged", test_damaged, NULL);
  return g_test_run ();
}
