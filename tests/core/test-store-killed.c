/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "natter-store-drafts.h"
#include "natter-store-outbox.h"
#include "store-fixture.h"

/* A writer in a process of its own says what is on disk, and is killed. What it said must be there. */

static char *program;

static int
write_on (const char *path)
{
  NatterStore *store = natter_store_new (path);

  for (guint i = 0;; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_autoptr(GAsyncResult) kept = NULL, added = NULL;
      NatterStoredDraft draft = { .server_id = (char *) "s", .channel = (char *) "general", .text = number };
      NatterStoredOutgoing outgoing = {
        .id = number,
        .server_id = (char *) "s",
        .channel = (char *) "other",
        .text = number,
      };

      natter_store_save_draft_async (store, &draft, NULL, store_fixture_keep_result, &kept);
      natter_store_add_outgoing_async (store, &outgoing, FALSE, NULL, store_fixture_keep_result, &added);
      store_fixture_assert_saved (store, &kept);
      store_fixture_assert_saved (store, &added);
      if (printf ("%u\n", i) < 0 || fflush (stdout) != 0)
        return EXIT_FAILURE;
    }
}

/* Returns the last number that the writer said. */
static int
write_and_kill (const char *path,
                int         when)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) writer =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--write", path, NULL);
  g_autoptr(GDataInputStream) lines = NULL;
  gboolean killed = FALSE;
  int last = -1;
  char *line;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (writer));
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, &error)) != NULL)
    {
      last = atoi (line);
      g_free (line);
      if (last >= when && !killed)
        {
          g_subprocess_force_exit (writer);
          killed = TRUE;
        }
    }
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (writer, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (killed);
  return last;
}

static GPtrArray *
load_drafts (NatterStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;

  natter_store_load_drafts_async (store, NULL, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  return natter_store_load_drafts_finish (store, result, NULL);
}

static GPtrArray *
load_outbox (NatterStore *store)
{
  g_autoptr(GAsyncResult) result = NULL;

  natter_store_load_outbox_async (store, NULL, NULL, store_fixture_keep_result, &result);
  store_fixture_wait_for (&result);
  return natter_store_load_outbox_finish (store, result, NULL);
}

static void
assert_kept (const char *path,
             int         last)
{
  NatterStore *store = natter_store_new (path);
  g_autoptr(GPtrArray) drafts = load_drafts (store);
  g_autoptr(GPtrArray) outbox = load_outbox (store);

  g_assert_nonnull (drafts);
  g_assert_nonnull (outbox);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpint (atoi (((NatterStoredDraft *) g_ptr_array_index (drafts, 0))->text), >=, last);
  g_assert_cmpint (outbox->len, >, last);
  for (guint i = 0; i < outbox->len; i++)
    g_assert_cmpint (atoi (((NatterStoredOutgoing *) g_ptr_array_index (outbox, i))->id), ==, i);
  g_assert_null (natter_store_get_damaged_file (store));
  store_fixture_wait_until_gone (store);

  g_assert_cmpint (store_fixture_query_int (path, "SELECT count (*) FROM pragma_integrity_check"
                                                  " WHERE integrity_check <> 'ok'"), ==, 0);
}

static void
test_killed (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const int moments[] = { 0, 1, 7, 40 };

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s-%u", fixture->path, i);

      assert_kept (path, write_and_kill (path, moments[i]));
    }
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    return write_on (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/killed", StoreFixture, NULL, store_fixture_set_up, test_killed, store_fixture_tear_down);
  return g_test_run ();
}
