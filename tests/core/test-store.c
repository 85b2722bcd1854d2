/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "store-fixture.h"

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

static NatterStoredLists *
try_load (NatterStore  *store,
          GError      **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  natter_store_load_lists_async (store, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
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
test_empty (StoreFixture  *fixture,
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
test_persists (StoreFixture  *fixture,
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
  natter_store_save_server_async (store, &full, NULL, store_fixture_keep_result, &saved);
  store_fixture_wait_for (&saved);
  g_assert_true (natter_store_save_finish (store, saved, &error));
  g_assert_no_error (error);
  g_clear_object (&saved);
  store_fixture_wait_until_gone (store);

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
  store_fixture_wait_until_gone (store);
}

static void
test_changes (StoreFixture  *fixture,
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
  store_fixture_wait_until_gone (store);
}

static void
test_order (StoreFixture  *fixture,
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
  store_fixture_wait_until_gone (store);

  store = natter_store_new (fixture->path);
  assert_servers (store, "aedbf");
  store_fixture_wait_until_gone (store);
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
test_queue_order (StoreFixture  *fixture,
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
  store_fixture_wait_until_gone (store);

  g_assert_cmpstr (seen->str, ==, ".1..3.2");
}

#define MANY 2000

static void
test_close_while_busy (StoreFixture  *fixture,
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

  save_server (store, "late", "name", store_fixture_keep_result, &late);
  store_fixture_wait_for (&late);
  g_assert_false (natter_store_save_finish (store, late, &error));
  g_assert_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_CLOSED);
  g_clear_object (&late);
  store_fixture_wait_until_gone (store);
  g_assert_cmpuint (seen->len, ==, MANY);

  store = natter_store_new (fixture->path);
  {
    g_autoptr(NatterStoredLists) lists = load (store);

    g_assert_cmpuint (lists->servers->len, ==, MANY);
    g_assert_cmpstr (((NatterStoredServer *) g_ptr_array_index (lists->servers, MANY - 1))->id, ==, "1999");
  }
  store_fixture_wait_until_gone (store);
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  natter_store_load_lists_async (store, cancellable, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  g_assert_null (natter_store_load_lists_finish (store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  store_fixture_wait_until_gone (store);
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
test_not_a_database (StoreFixture  *fixture,
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
      store_fixture_wait_until_gone (store);
    }

  g_assert_true (g_file_get_contents (expected, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, 4096);
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));
}

static void
test_accounts_survive_damage (StoreFixture  *fixture,
                              gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  int page;

  save_account (store, "a", "wren", NULL, NULL);
  save_server (store, "s", "nest", NULL, NULL);
  store_fixture_wait_until_gone (store);
  page = store_fixture_query_int (fixture->path, "SELECT rootpage FROM sqlite_schema WHERE name = 'servers'");
  write_junk (fixture->path, 4096 * (page - 1), 4096);

  store = natter_store_new (fixture->path);
  {
    g_autoptr(NatterStoredLists) lists = load (store);

    g_assert_cmpuint (lists->servers->len, ==, 0);
    g_assert_cmpuint (lists->accounts->len, ==, 1);
    g_assert_cmpstr (((NatterStoredAccount *) g_ptr_array_index (lists->accounts, 0))->name, ==, "wren");
    while (natter_store_get_damaged_file (store) == NULL)
      g_main_context_iteration (NULL, TRUE);
  }
  store_fixture_wait_until_gone (store);
}

/* Damage that comes while the program runs. */
static void
test_damaged_while_open (StoreFixture  *fixture,
                         gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  save_account (store, "a", "wren", NULL, NULL);
  store_fixture_wait_until_gone (store);

  store = natter_store_new (fixture->path);
  {
    g_autoptr(NatterStoredLists) lists = load (store);

    g_assert_cmpuint (lists->accounts->len, ==, 1);
  }
  /* The table is said to be where its index is. */
  store_fixture_execute (fixture->path,
                         "PRAGMA writable_schema = ON;"
                         "UPDATE sqlite_schema SET rootpage ="
                         " (SELECT rootpage FROM sqlite_schema WHERE name = 'servers_by_position') WHERE name = 'servers';");
  store_fixture_execute (fixture->path, "PRAGMA schema_version = 99");
  save_server (store, "s", "nest", NULL, NULL);
  assert_servers (store, "s");
  {
    g_autoptr(NatterStoredLists) lists = load (store);

    g_assert_cmpuint (lists->accounts->len, ==, 1);
  }
  while (natter_store_get_damaged_file (store) == NULL)
    g_main_context_iteration (NULL, TRUE);
  store_fixture_wait_until_gone (store);
}

/* What releases wrote, to the letter. */
static const char * const old_schemas[] = {
  "CREATE TABLE accounts (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, name TEXT,"
  " server TEXT, rotur_id TEXT) STRICT;"
  "CREATE TABLE servers (id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, address TEXT NOT NULL,"
  " account_id TEXT, name TEXT, icon TEXT, last_channel TEXT) STRICT;"
  "CREATE INDEX servers_by_position ON servers (position);"
  "INSERT INTO accounts (id, kind, name) VALUES ('a', 1, 'wren');"
  "INSERT INTO servers (id, position, address) VALUES ('s', 0, 'chat.example.org');"
  "PRAGMA user_version = 1;",

  "CREATE TABLE accounts (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, name TEXT,"
  " server TEXT, rotur_id TEXT) STRICT;"
  "CREATE TABLE servers (id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, address TEXT NOT NULL,"
  " account_id TEXT, name TEXT, icon TEXT, last_channel TEXT) STRICT;"
  "CREATE INDEX servers_by_position ON servers (position);"
  "INSERT INTO accounts (id, kind, name) VALUES ('a', 1, 'wren');"
  "INSERT INTO servers (id, position, address) VALUES ('s', 0, 'chat.example.org');"
  "CREATE TABLE drafts (server_id TEXT NOT NULL, channel TEXT NOT NULL, thread_id TEXT NOT NULL, edited_id TEXT NOT NULL,"
  " text TEXT NOT NULL, reply_to TEXT, reply_pings INTEGER NOT NULL, changed INTEGER NOT NULL,"
  " PRIMARY KEY (server_id, channel, thread_id, edited_id)) STRICT;"
  "CREATE TABLE outbox (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, server_id TEXT NOT NULL,"
  " channel TEXT, thread_id TEXT, text TEXT NOT NULL, reply_to TEXT, reply_pings INTEGER NOT NULL,"
  " created INTEGER NOT NULL, state INTEGER NOT NULL, given INTEGER NOT NULL, error TEXT) STRICT;"
  "PRAGMA user_version = 2;",
};

static void
test_migrates (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *fresh = g_build_filename (fixture->folder, "fresh.db", NULL);
  NatterStore *store = natter_store_new (fresh);
  int newest;

  assert_servers (store, "");
  store_fixture_wait_until_gone (store);
  newest = store_fixture_query_int (fresh, "PRAGMA user_version");

  for (guint i = 0; i < G_N_ELEMENTS (old_schemas); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s-%u", fixture->path, i);
      g_autoptr(NatterStoredLists) lists = NULL;

      store_fixture_execute (path, old_schemas[i]);
      store = natter_store_new (path);
      lists = load (store);
      g_assert_cmpuint (lists->accounts->len, ==, 1);
      g_assert_cmpuint (lists->servers->len, ==, 1);
      g_assert_cmpstr (((NatterStoredAccount *) g_ptr_array_index (lists->accounts, 0))->name, ==, "wren");
      g_assert_null (natter_store_get_damaged_file (store));
      store_fixture_wait_until_gone (store);
      g_assert_cmpint (store_fixture_query_int (path, "PRAGMA user_version"), ==, newest);
    }
}

static void
test_newer (StoreFixture  *fixture,
            gconstpointer  data)
{
  NatterStore *store;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length, after_length;

  store_fixture_execute (fixture->path, "CREATE TABLE future (x); PRAGMA user_version = 1000");
  g_assert_true (g_file_get_contents (fixture->path, &before, &before_length, NULL));

  store = natter_store_new (fixture->path);
  g_assert_null (try_load (store, &error));
  g_assert_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_NEWER);
  g_assert_null (natter_store_get_damaged_file (store));
  store_fixture_wait_until_gone (store);

  g_assert_true (g_file_get_contents (fixture->path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
}

/* The limit of the size of files stands for the end of the disk. */
static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full (StoreFixture  *fixture,
           gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);
  g_autofree char *long_name = g_strnfill (1024 * 1024, 'x');
  g_autoptr(GAsyncResult) kept = NULL, refused = NULL, later = NULL;
  g_autoptr(GError) error = NULL;

  save_server (store, "a", "before", store_fixture_keep_result, &kept);
  store_fixture_assert_saved (store, &kept);

  limit_files (512 * 1024);
  save_server (store, "b", long_name, store_fixture_keep_result, &refused);
  store_fixture_wait_for (&refused);
  limit_files (RLIM_INFINITY);
  g_assert_false (natter_store_save_finish (store, refused, &error));
  g_assert_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_FULL);
  g_clear_object (&refused);
  assert_servers (store, "a");

  save_server (store, "c", long_name, store_fixture_keep_result, &later);
  store_fixture_assert_saved (store, &later);
  assert_servers (store, "ac");
  g_assert_null (natter_store_get_damaged_file (store));
  store_fixture_wait_until_gone (store);
}

static void
test_no_folder (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "natter.db", NULL);
  NatterStore *store = natter_store_new (path);
  g_autoptr(GError) error = NULL;

  g_assert_null (try_load (store, &error));
  g_assert_error (error, NATTER_STORE_ERROR, NATTER_STORE_ERROR_FAILED);

  warnings = 0;
  save_server (store, "s", "nest", NULL, NULL);
  store_fixture_wait_until_gone (store);
  g_assert_cmpint (warnings, ==, 1);
  warnings = -1;
}

static void
test_never_used (StoreFixture  *fixture,
                 gconstpointer  data)
{
  NatterStore *store = natter_store_new (fixture->path);

  g_assert_finalize_object (store);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

#define ADD(name, function) \
  g_test_add ("/store/" name, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGXFSZ, SIG_IGN);
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
  ADD ("migrates", test_migrates);
  ADD ("newer", test_newer);
  ADD ("full", test_full);
  ADD ("no-folder", test_no_folder);
  ADD ("never-used", test_never_used);
  return g_test_run ();
}
