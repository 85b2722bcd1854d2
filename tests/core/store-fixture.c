/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

void
store_fixture_set_up (StoreFixture  *fixture,
                      gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("natter-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "natter.db", NULL);
}

void
store_fixture_tear_down (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

void
store_fixture_keep_result (GObject      *source,
                           GAsyncResult *result,
                           gpointer      slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

void
store_fixture_wait_for (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* All that is under way holds the store. */
void
store_fixture_wait_until_gone (NatterStore *store)
{
  gpointer weak = store;

  g_object_add_weak_pointer (G_OBJECT (store), &weak);
  g_object_unref (store);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
store_fixture_assert_saved (NatterStore   *store,
                            GAsyncResult **slot)
{
  g_autoptr(GError) error = NULL;

  store_fixture_wait_for (slot);
  g_assert_true (natter_store_save_finish (store, *slot, &error));
  g_assert_no_error (error);
  g_clear_object (slot);
}

/* The first number of the answer, from a connection of its own. */
int
store_fixture_query_int (const char *path,
                         const char *sql)
{
  sqlite3 *database;
  sqlite3_stmt *statement;
  int number;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return number;
}

void
store_fixture_execute (const char *path,
                       const char *sql)
{
  sqlite3 *database;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (database);
}
