/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of servers and their folders, what is set for them, and how links find them; all without any server. */
#include <glib/gstdio.h>

#include "natter-grouped-list.h"
#include "natter-session.h"
#include "natter-store.h"
#include "wait.h"

typedef struct
{
  char              *directory;
  NatterProfile     *profile;
  NatterSecrets     *secrets;
  NatterSession     *session;
  NatterGroupedList *rail;
  GError            *error;
  gboolean           done;
} Fixture;

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Fixture *fixture = data;

  natter_session_load_finish (NATTER_SESSION (source), result, &fixture->error);
  fixture->done = TRUE;
}

static void
start (Fixture *fixture)
{
  fixture->session = natter_session_new (fixture->profile, fixture->secrets, NULL);
  fixture->done = FALSE;
  natter_session_load_async (fixture->session, NULL, on_loaded, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  fixture->rail = natter_grouped_list_new (natter_session_get_servers (fixture->session));
}

static void
restart (Fixture *fixture)
{
  g_clear_object (&fixture->rail);
  g_assert_finalize_object (g_steal_pointer (&fixture->session));
  start (fixture);
}

/* Servers a to e; nothing listens where they are. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const char * const names[] = { "a", "b", "c", "d", "e" };
  g_autoptr(NatterStore) store = NULL;
  g_autofree char *path = NULL;

  fixture->directory = g_dir_make_tmp ("natter-test-XXXXXX", NULL);
  fixture->profile = natter_profile_new (fixture->directory);
  fixture->secrets = natter_secrets_new (fixture->profile);
  path = g_build_filename (natter_profile_get_data_dir (fixture->profile), "natter.db", NULL);
  store = natter_store_new (path);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *address = g_strdup_printf ("ws://127.0.0.1:%u", i + 1);
      const NatterStoredServer server = {
        .id = (char *) names[i],
        .address = address,
        .name = (char *) names[i],
      };

      natter_store_save_server_async (store, &server, NULL, NULL, NULL);
    }
  natter_store_close (store);
  start (fixture);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->rail);
  g_assert_finalize_object (g_steal_pointer (&fixture->session));
  g_clear_object (&fixture->secrets);
  g_clear_object (&fixture->profile);
  remove_tree (fixture->directory);
  g_free (fixture->directory);
}

static NatterServer *
server (Fixture    *fixture,
        const char *name)
{
  GListModel *servers = natter_session_get_servers (fixture->session);

  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) item = g_list_model_get_item (servers, i);

      if (g_str_equal (natter_server_get_name (item), name))
        return item; /* the list holds it */
    }
  g_assert_not_reached ();
}

static NatterGroup *
folder (Fixture    *fixture,
        const char *name)
{
  GListModel *folders = natter_session_get_folders (fixture->session);

  for (guint i = 0; i < g_list_model_get_n_items (folders); i++)
    {
      g_autoptr(NatterGroup) item = g_list_model_get_item (folders, i);

      if (g_str_equal (natter_group_get_title (item), name))
        return item; /* the list holds it */
    }
  g_assert_not_reached ();
}

/* As it is seen: "a F(b c) d", and "F-" for a folder that is folded. */
static char *
show (Fixture *fixture)
{
  g_autoptr(GString) text = g_string_new (NULL);
  NatterGroup *open = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->rail)); i++)
    {
      g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (fixture->rail), i);
      NatterGroup *group = NATTER_IS_SERVER (item) ? natter_server_get_group (NATTER_SERVER (item)) : NULL;

      if (open != NULL && group != open)
        {
          g_string_append (text, ")");
          open = NULL;
        }
      if (NATTER_IS_SERVER (item))
        {
          g_string_append (text, natter_server_get_name (NATTER_SERVER (item)));
          continue;
        }
      open = natter_group_get_collapsed (NATTER_GROUP (item)) ? NULL : NATTER_GROUP (item);
      g_string_append_printf (text, "%s%s", natter_group_get_title (NATTER_GROUP (item)), open != NULL ? "(" : "-");
    }
  if (open != NULL)
    g_string_append (text, ")");
  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_shows(expected) \
  G_STMT_START { \
    g_autofree char *shown = show (fixture); \
    g_assert_cmpstr (shown, ==, expected); \
  } G_STMT_END

static void
step (Fixture    *fixture,
      gpointer    item,
      int         by,
      const char *expected)
{
  g_assert_true (natter_session_step (fixture->session, item, by));
  assert_shows (expected);
}

static void
test_step (Fixture       *fixture,
           gconstpointer  data)
{
  assert_shows ("abcde");
  g_assert_false (natter_session_step (fixture->session, server (fixture, "a"), -1));
  g_assert_false (natter_session_step (fixture->session, server (fixture, "e"), 1));
  step (fixture, server (fixture, "a"), 1, "bacde");
  step (fixture, server (fixture, "e"), -1, "baced");
  restart (fixture);
  assert_shows ("baced");
}

static void
test_folder (Fixture       *fixture,
             gconstpointer  data)
{
  NatterGroup *made = natter_session_new_folder (fixture->session, "F", server (fixture, "b"));

  assert_shows ("aF(b)cde");
  natter_session_set_folder (fixture->session, server (fixture, "d"), made);
  assert_shows ("aF(bd)ce");
  natter_group_set_color (made, 3);
  natter_group_set_title (made, "G");
  natter_group_set_collapsed (made, TRUE);
  assert_shows ("aG-ce");
  restart (fixture);
  assert_shows ("aG-ce");
  g_assert_cmpuint (natter_group_get_color (folder (fixture, "G")), ==, 3);
  natter_group_set_collapsed (folder (fixture, "G"), FALSE);
  assert_shows ("aG(bd)ce");

  /* Out, and away with it when nothing is left. */
  natter_session_set_folder (fixture->session, server (fixture, "b"), NULL);
  assert_shows ("aG(d)bce");
  natter_session_set_folder (fixture->session, server (fixture, "d"), NULL);
  assert_shows ("adbce");
  g_assert_cmpuint (g_list_model_get_n_items (natter_session_get_folders (fixture->session)), ==, 0);
  restart (fixture);
  assert_shows ("adbce");
}

static void
test_through_folders (Fixture       *fixture,
                      gconstpointer  data)
{
  NatterGroup *made = natter_session_new_folder (fixture->session, "F", server (fixture, "b"));
  NatterServer *a = server (fixture, "a");

  natter_session_set_folder (fixture->session, server (fixture, "c"), made);
  assert_shows ("aF(bc)de");
  step (fixture, a, 1, "F(abc)de");
  step (fixture, a, 1, "F(bac)de");
  step (fixture, a, 1, "F(bca)de");
  step (fixture, a, 1, "F(bc)ade");
  step (fixture, a, -1, "F(bca)de");
  step (fixture, a, -1, "F(bac)de");
  step (fixture, a, -1, "F(abc)de");
  step (fixture, a, -1, "aF(bc)de");
  natter_group_set_collapsed (made, TRUE);
  step (fixture, a, 1, "F-ade");
  step (fixture, a, -1, "aF-de");
  step (fixture, made, 1, "adF-e");
  step (fixture, made, -1, "aF-de");
  step (fixture, made, -1, "F-ade");
  g_assert_false (natter_session_step (fixture->session, made, -1));
  natter_session_dissolve_folder (fixture->session, made);
  assert_shows ("bcade");
}

static void
test_folders_pass (Fixture       *fixture,
                   gconstpointer  data)
{
  NatterGroup *first = natter_session_new_folder (fixture->session, "F", server (fixture, "a"));
  NatterGroup *second = natter_session_new_folder (fixture->session, "G", server (fixture, "c"));

  natter_session_set_folder (fixture->session, server (fixture, "b"), first);
  natter_session_set_folder (fixture->session, server (fixture, "d"), second);
  assert_shows ("F(ab)G(cd)e");
  step (fixture, first, 1, "G(cd)F(ab)e");
  step (fixture, first, 1, "G(cd)eF(ab)");
  g_assert_false (natter_session_step (fixture->session, first, 1));
  step (fixture, server (fixture, "d"), 1, "G(c)deF(ab)");
  restart (fixture);
  assert_shows ("G(c)deF(ab)");
}

static void
test_place (Fixture       *fixture,
            gconstpointer  data)
{
  NatterGroup *made;

  natter_session_place (fixture->session, server (fixture, "e"), server (fixture, "b"), NATTER_PLACE_BEFORE);
  assert_shows ("aebcd");
  natter_session_place (fixture->session, server (fixture, "a"), server (fixture, "d"), NATTER_PLACE_AFTER);
  assert_shows ("ebcda");
  made = natter_session_new_folder (fixture->session, "F", server (fixture, "b"));
  natter_session_place (fixture->session, server (fixture, "a"), made, NATTER_PLACE_INTO);
  assert_shows ("eF(ba)cd");
  natter_session_place (fixture->session, server (fixture, "d"), server (fixture, "b"), NATTER_PLACE_AFTER);
  assert_shows ("eF(bda)c");
  natter_session_place (fixture->session, server (fixture, "b"), made, NATTER_PLACE_BEFORE);
  assert_shows ("ebF(da)c");
  natter_session_place (fixture->session, server (fixture, "e"), made, NATTER_PLACE_AFTER);
  assert_shows ("bF(da)ec");
  /* A folder never goes into a folder, nor into itself. */
  natter_session_place (fixture->session, made, server (fixture, "a"), NATTER_PLACE_AFTER);
  natter_session_place (fixture->session, made, made, NATTER_PLACE_INTO);
  assert_shows ("bF(da)ec");
  natter_session_place (fixture->session, made, server (fixture, "c"), NATTER_PLACE_AFTER);
  assert_shows ("becF(da)");
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  NatterGroup *made = natter_session_new_folder (fixture->session, "F", server (fixture, "b"));
  g_autoptr(NatterServer) b = g_object_ref (server (fixture, "b"));

  natter_session_set_folder (fixture->session, server (fixture, "c"), made);
  natter_session_remove_server (fixture->session, b);
  assert_shows ("aF(c)de");
  g_assert_true (natter_session_restore_server (fixture->session, b));
  assert_shows ("aF(bc)de");
  natter_session_forget_server (fixture->session, b);
  assert_shows ("aF(bc)de");

  natter_session_remove_server (fixture->session, b);
  natter_session_forget_server (fixture->session, b);
  g_assert_false (natter_session_restore_server (fixture->session, b));
  /* What nobody has said anything about at the end is removed. */
  natter_session_remove_server (fixture->session, server (fixture, "d"));
  g_clear_object (&b);
  restart (fixture);
  assert_shows ("aF(c)e");
}

static void
test_settings (Fixture       *fixture,
               gconstpointer  data)
{
  NatterServer *a = server (fixture, "a");

  g_assert_cmpint (natter_server_get_notify_level (a), ==, NATTER_NOTIFY_MENTIONS);
  natter_server_set_notify_level (a, NATTER_NOTIFY_NOTHING);
  natter_server_set_muted_until (a, NATTER_MUTED_FOREVER);
  natter_server_set_muted_until (server (fixture, "b"), g_get_real_time () + G_TIME_SPAN_HOUR);
  natter_server_set_muted_until (server (fixture, "c"), g_get_real_time () - 1);
  natter_server_set_setting (a, "general", "color", "blue");
  natter_server_set_setting (a, "general", "size", "large");
  natter_server_set_setting (a, "general", "size", NULL);
  restart (fixture);
  a = server (fixture, "a");
  g_assert_cmpint (natter_server_get_notify_level (a), ==, NATTER_NOTIFY_NOTHING);
  g_assert_true (natter_server_get_muted (a));
  g_assert_cmpint (natter_server_get_muted_until (a), ==, NATTER_MUTED_FOREVER);
  g_assert_true (natter_server_get_muted (server (fixture, "b")));
  g_assert_false (natter_server_get_muted (server (fixture, "c")));
  g_assert_cmpstr (natter_server_get_setting (a, "general", "color"), ==, "blue");
  g_assert_null (natter_server_get_setting (a, "general", "size"));
  natter_server_set_muted_until (a, 0);
  g_assert_false (natter_server_get_muted (a));
}

static void
test_mute_ends (Fixture       *fixture,
                gconstpointer  data)
{
  NatterServer *a = server (fixture, "a");

  natter_server_set_muted_until (a, g_get_real_time () + 1);
  wait_for (!natter_server_get_muted (a));
}

static const struct
{
  const char *link;
  const char *server; /* NULL: none of the list */
  const char *channel, *thread, *message;
} links[] = {
  { "127.0.0.1:3", "c" },
  { "ws://127.0.0.1:3", "c" },
  { "originChats://127.0.0.1:2", "b" },
  { "originChats://127.0.0.1:2/general", "b", "general" },
  { "originChats://127.0.0.1:2/general/t-1", "b", "general", "t-1" },
  { "originChats://127.0.0.1:9/general", NULL, "general" },
  { "https://originchats.mistium.com/app/127.0.0.1:1/general/t-1", "a", "general", "t-1" },
  { "https://originchats.mistium.com/app?server=127.0.0.1:1", "a" },
  { "https://originchats.mistium.com/?server=127.0.0.1:1", "a" },
  { "https://originchats.com/message/127.0.0.1:1/gen%20eral/m-1", "a", "gen eral", NULL, "m-1" },
  { "https://originchats.com/invite/127.0.0.1:1/ABCDEF", "a" },
  { "https://originchats.com/message/chats.example.org/general/m-1", NULL, "general", NULL, "m-1" },
};

static void
test_links (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autoptr(NatterPlace) place = natter_session_find_link (fixture->session, links[i].link, NULL, &error);

      g_test_message ("%s", links[i].link);
      g_assert_no_error (error);
      g_assert_cmpstr (place->server != NULL ? natter_server_get_name (place->server) : NULL, ==, links[i].server);
      g_assert_cmpstr (place->channel, ==, links[i].channel);
      g_assert_cmpstr (place->thread, ==, links[i].thread);
      g_assert_cmpstr (place->message, ==, links[i].message);
    }
  g_assert_null (natter_session_find_link (fixture->session, "no address", NULL, &error));
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_ADDRESS);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/session-order/step", test_step);
  ADD ("/session-order/folder", test_folder);
  ADD ("/session-order/through-folders", test_through_folders);
  ADD ("/session-order/folders-pass", test_folders_pass);
  ADD ("/session-order/place", test_place);
  ADD ("/session-order/remove", test_remove);
  ADD ("/session-order/settings", test_settings);
  ADD ("/session-order/mute-ends", test_mute_ends);
  ADD ("/session-order/links", test_links);

  return g_test_run ();
}
