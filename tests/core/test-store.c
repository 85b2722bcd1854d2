/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

/* Expected ones are counted; otherwise -1. */
static int warnings = -1;

static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  if ((level & G_LOG_LEVEL_WARNING) == 0 || warnings < 0)
    return g_log_writer_default (level, fields, n_fields, data);
  warnings++;
  return G_LOG_WRITER_HANDLED;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("natter-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "natter.db", NULL);
}

static void
tear_down (Fixture       *fixture,
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

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  GAsyncResult **slot = data;

  *slot = g_object_ref (result);
}

static void
wait_for (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* All that is under way holds the store. */
static void
wait_until_gone (NatterStore *store)
{
  gpointer weak = store;

  g_object_add_weak_pointer (G_OBJECT (store), &weak);
  g_object_unref (store);
  while (weak != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static NatterStoredLists *
try_load (NatterStore  *store,
          GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  natter_store_load_lists_async (store, NULL, keep_result, &result);
  wait_for (&result);
  return natter_store_load_lists_finish (store, result, error);
}

static NatterStoredLists *
load (NatterStore *store)
{
  g_autoptr(GError) error = NULL;
  NatterStoredLists *lists = try_load (store, &error);

  g_assert_no_error (error);
  g_assert_nonnull (lists);
  return lists;
}

static void
save_account (NatterStore         *store,
              const char          *id,
              const char          *name,
              GAsyncReadyCallback  callback,
              gpointer             data)
{
  NatterStoredAccount account = { .id = (char *) id, .kind = 1, .name = (char *) name, .rotur_id = (char *) "r-1" };

  natter_store_save_account_async (store, &account, NULL, callback, data);
}

static void
save_server (NatterStore         *store,
             const char          *id,
             const char          *name,
             GAsyncReadyCallback  callback,
             gpointer             data)
{
  NatterStoredServer server = {
    .id = (char *) id,
    .address = (char *) "chat.example.org",
    .account_id = (char *) "a",
    .name = (char *) name,
  };

  natter_store_save_server_async (store, &server, NULL, callback, data);
}

static char *
server_ids (const NatterStoredLists *lists)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < lists->servers->len; i++)
    g_string_append (ids, ((NatterStoredServer *) g_ptr_array_index (lists->servers, i))->id);
  return g_string_free_and_steal (g_steal_pointer (&ids));
}

static void
assert_servers (NatterStore *store,
                const char  *expected)
{
  g_autoptr(NatterStoredLists) lists = load (store);
  g_autofree char *ids = server_ids (lists);

  g_assert_cmpstr (ids, ==, expected);
}

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(NatterStoredLists) lists = load (store);
  GStatBuf info;

  g_assert_cmpuint (lists->accounts->len, ==, 0);
  g_assert_cmpuint (lists->servers->len, ==, 0);
  g_assert_null (natter_store_get_damaged_file (store));
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_finalize_object (store);
}

static void
test_persists (Fixture       *fixture,
               gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GAsyncResult) saved = NULL;
  g_autoptr(GError) error = NULL;
  NatterStoredServer full = {
    .id = (char *) "s",
    .address = (char *) "wss://[::1]:5613",
    .account_id = (char *) "a",
    .name = (char *) "Bird's \"Nest\"; 鳥",
    .icon = (char *) "https://example.org/i.png",
    .last_channel = (char *) "general",
  };

  save_account (store, "a", "wren", NULL, NULL);
  natter_store_save_server_async (store, &full, NULL, keep_result, &saved);
  wait_for (&saved);
  g_assert_true (natter_store_save_finish (store, saved, &error));
  g_assert_no_error (error);
  g_clear_object (&saved);
  wait_until_gone (store);

  store = natter_store_new (fixture->path);
  {
    g_autoptr(NatterStoredLists) lists = load (store);
    const NatterStoredAccount *account;
    const NatterStoredServer *server;

    g_assert_cmpuint (lists->accounts->len, ==, 1);
    account = g_ptr_array_index (lists->accounts, 0);
    g_assert_cmpstr (account->id, ==, "a");
    g_assert_cmpint (account->kind, ==, 1);
    g_assert_cmpstr (account->name, ==, "wren");
    g_assert_null (account->server);
    g_assert_cmpstr (account->rotur_id, ==, "r-1");

    g_assert_cmpuint (lists->servers->len, ==, 1);
    server = g_ptr_array_index (lists->servers, 0);
    g_assert_cmpstr (server->id, ==, full.id);
    g_assert_cmpstr (server->address, ==, full.address);
    g_assert_cmpstr (server->account_id, ==, full.account_id);
    g_assert_cmpstr (server->name, ==, full.name);
    g_assert_cmpstr (server->icon, ==, full.icon);
    g_assert_cmpstr (server->last_channel, ==, full.last_channel);
  }
  wait_until_gone (store);
}

static void
test_changes (Fixture       *fixture,
              gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  save_account (store, "a", "wren", NULL, NULL);
  save_account (store, "b", "robin", NULL, NULL);
  save_account (store, "a", "Wren", NULL, NULL);
  {
    g_autoptr(NatterStoredLists) lists = load (store);

    g_assert_cmpuint (lists->accounts->len, ==, 2);
    g_assert_cmpstr (((NatterStoredAccount *) g_ptr_array_index (lists->accounts, 0))->name, ==, "Wren");
    g_assert_cmpstr (((NatterStoredAccount *) g_ptr_array_index (lists->accounts, 1))->name, ==, "robin");
  }
  natter_store_remove_account_async (store, "a", NULL, NULL, NULL);
  natter_store_remove_account_async (store, "unknown", NULL, NULL, NULL);
  {
    g_autoptr(NatterStoredLists) lists = load (store);

    g_assert_cmpuint (lists->accounts->len, ==, 1);
    g_assert_cmpstr (((NatterStoredAccount *) g_ptr_array_index (lists->accounts, 0))->id, ==, "b");
  }
  wait_until_gone (store);
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  for (const char *id = "abcde"; *id != '\0'; id++)
    {
      const char text[] = { *id, '\0' };

      save_server (store, text, text, NULL, NULL);
    }
  assert_servers (store, "abcde");

  natter_store_order_servers_async (store, (const char * const[]) { "e", "d", "c", "b", "a", NULL }, NULL, NULL, NULL);
  assert_servers (store, "edcba");
  natter_store_order_servers_async (store, (const char * const[]) { "a", "c", "unknown", NULL }, NULL, NULL, NULL);
  assert_servers (store, "acedb");

  save_server (store, "e", "changed", NULL, NULL);
  save_server (store, "f", "new", NULL, NULL);
  natter_store_remove_server_async (store, "c", NULL, NULL, NULL);
  assert_servers (store, "aedbf");
  wait_until_gone (store);

  store = natter_store_new (fixture->path);
  assert_servers (store, "aedbf");
  wait_until_gone (store);
}

static void
note_name (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GString *names = data;
  g_autoptr(GError) error = NULL;

  g_assert_true (natter_store_save_finish (NATTER_STORE (source), result, &error));
  g_assert_no_error (error);
  g_string_append_c (names, '.');
}

static void
note_load (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  GString *names = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterStoredLists) lists = natter_store_load_lists_finish (NATTER_STORE (source), result, &error);

  g_assert_no_error (error);
  g_string_append_printf (names, "%u", lists->servers->len);
}

static void
test_queue_order (Fixture       *fixture,
                  gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GString) seen = g_string_new (NULL);

  save_server (store, "a", "a", note_name, seen);
  natter_store_load_lists_async (store, NULL, note_load, seen);
  save_server (store, "b", "b", note_name, seen);
  save_server (store, "c", "c", note_name, seen);
  natter_store_load_lists_async (store, NULL, note_load, seen);
  natter_store_remove_server_async (store, "a", NULL, note_name, seen);
  natter_store_load_lists_async (store, NULL, note_load, seen);
  wait_until_gone (store);

  g_assert_cmpstr (seen->str, ==, ".1..3.2");
}

#define MANY 2000

static void
test_close_while_busy (Fixture       *fixture,
                       gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GString) seen = g_string_new (NULL);
  g_autoptr(GAsyncResult) late = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      save_server (store, id, "name", note_name, seen);
    }
  natter_store_close (store);
  natter_store_close (store);

  save_server (store, "late", "name", keep_result, &late);
  wait_for (&late);
  g_assert_false (natter_store_save_finish (store, late, &error));
  g_assert_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_CLOSED);
  g_clear_object (&late);
  wait_until_gone (store);
  g_assert_cmpuint (seen->len, ==, MANY);

  store = natter_store_new (fixture->path);
  {
    g_autoptr(NatterStoredLists) lists = load (store);

    g_assert_cmpuint (lists->servers->len, ==, MANY);
    g_assert_cmpstr (((NatterStoredServer *) g_ptr_array_index (lists->servers, MANY - 1))->id, ==, "1999");
  }
  wait_until_gone (store);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  natter_store_load_lists_async (store, cancellable, keep_result, &result);
  wait_for (&result);
  g_assert_null (natter_store_load_lists_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  wait_until_gone (store);
}

static void
write_junk (const char *path,
            goffset     offset,
            gsize       length)
{
  g_autofree char *junk = g_malloc (length);
  FILE *file = g_fopen (path, offset > 0 ? "r+b" : "wb");

  memset (junk, 'x', length);
  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (junk, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
count_notify (GObject    *object,
              GParamSpec *pspec,
              gpointer    data)
{
  (*(guint *) data)++;
}

static void
test_not_a_database (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *expected = g_strconcat (fixture->path, ".damaged-1", NULL);
  g_autofree char *second = g_strconcat (fixture->path, ".damaged-2", NULL);
  g_autofree char *contents = NULL;
  gsize length;

  for (guint round = 1; round <= 2; round++)
    {
      NatterStore *store;
      guint notified = 0;

      write_junk (fixture->path, 0, 4096 * round);
      store = natter_store_new (fixture->path);
      g_signal_connect (store, "notify::damaged-file", G_CALLBACK (count_notify), &notified);
      save_server (store, "a", "a", NULL, NULL);
      assert_servers (store, "a");
      while (notified == 0)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpstr (natter_store_get_damaged_file (store), ==, round == 1 ? expected : second);
      g_assert_cmpuint (notified, ==, 1);
      wait_until_gone (store);
    }

  g_assert_true (g_file_get_contents (expected, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, 4096);
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

/* The page of a table, from SQLite's own bookkeeping. */
static int
root_page (const char *path,
           const char *table)
{
  sqlite3 *database;
  sqlite3_stmt *statement;
  int page;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT rootpage FROM sqlite_schema WHERE name = ?", -1, &statement, NULL),
                   ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, table, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  page = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return page;
}

static void
test_accounts_survive_damage (Fixture       *fixture,
                              gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  save_account (store, "a", "wren", NULL, NULL);
  save_server (store, "s", "nest", NULL, NULL);
  wait_until_gone (store);
  write_junk (fixture->path, 4096 * (root_page (fixture->path, "servers") - 1), 4096);

  store = natter_store_new (fixture->path);
  {
    g_autoptr(NatterStoredLists) lists = load (store);

    g_assert_cmpuint (lists->servers->len, ==, 0);
    g_assert_cmpuint (lists->accounts->len, ==, 1);
    g_assert_cmpstr (((NatterStoredAccount *) g_ptr_array_index (lists->accounts, 0))->name, ==, "wren");
    while (natter_store_get_damaged_file (store) == NULL)
      g_main_context_iteration (NULL, TRUE);
  }
  wait_until_gone (store);
}

/* Damage that comes while the program runs. */
static void
test_damaged_while_open (Fixture       *fixture,
                         gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  save_account (store, "a", "wren", NULL, NULL);
  wait_until_gone (store);

  store = natter_store_new (fixture->path);
  {
    g_autoptr(NatterStoredLists) lists = load (store);

    g_assert_cmpuint (lists->accounts->len, ==, 1);
  }
  {
    sqlite3 *other;
    /* The table is said to be where its index is. */
    const char *sql = "PRAGMA writable_schema = ON;"
                      "UPDATE sqlite_schema SET rootpage ="
                      " (SELECT rootpage FROM sqlite_schema WHERE name = 'servers_by_position') WHERE name = 'servers';";

    g_assert_cmpint (sqlite3_open (fixture->path, &other), ==, SQLITE_OK);
    g_assert_cmpint (sqlite3_exec (other, sql, NULL, NULL, NULL), ==, SQLITE_OK);
    g_assert_cmpint (sqlite3_exec (other, "PRAGMA schema_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
    sqlite3_close (other);
  }
  save_server (store, "s", "nest", NULL, NULL);
  assert_servers (store, "s");
  {
    g_autoptr(NatterStoredLists) lists = load (store);

    g_assert_cmpuint (lists->accounts->len, ==, 1);
  }
  while (natter_store_get_damaged_file (store) == NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_until_gone (store);
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  data)
{
  NatterStore *store;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (fixture->path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "CREATE TABLE future (x); PRAGMA user_version = 1000", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (database);
  g_assert_true (g_file_get_contents (fixture->path, &before, &before_length, NULL));

  store = natter_store_new (fixture->path);
  g_assert_null (try_load (store, &error));
  g_assert_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_NEWER);
  g_assert_null (natter_store_get_damaged_file (store));
  wait_until_gone (store);

  g_assert_true (g_file_get_contents (fixture->path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
test_no_folder (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "natter.db", NULL);
  NatterStore *store = natter_store_new (path);
  g_autoptr(GError) error = NULL;

  g_assert_null (try_load (store, &error));
  g_assert_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_FAILED);

  warnings = 0;
  save_server (store, "s", "nest", NULL, NULL);
  wait_until_gone (store);
  g_assert_cmpint (warnings, ==, 1);
  warnings = -1;
}

static void
test_never_used (Fixture       *fixture,
                 gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  g_assert_finalize_object (store);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

#define ADD(name, function) g_test_add ("/store/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  ADD ("empty", test_empty);
  ADD ("persists", test_persists);
  ADD ("changes", test_changes);
  ADD ("order", test_order);
  ADD ("queue-order", test_queue_order);
  ADD ("close-while-busy", test_close_while_busy);
  ADD ("cancelled", test_cancelled);
  ADD ("not-a-database", test_not_a_database);
  ADD ("accounts-survive-damage", test_accounts_survive_damage);
  ADD ("damaged-while-open", test_damaged_while_open);
  ADD ("newer", test_newer);
  ADD ("no-folder", test_no_folder);
  ADD ("never-used", test_never_used);
  return g_test_run ();
}
