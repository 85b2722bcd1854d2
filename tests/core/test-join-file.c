/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining a server that a file describes. */
#include "natter-join-file.h"

#include "model-fixture.h"

static void
on_joined (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  ModelFixture *fixture = data;

  fixture->server = natter_join_file_finish (result, &fixture->error);
  fixture->done = TRUE;
}

static void
join (ModelFixture *fixture,
      const char   *contents)
{
  g_autofree char *path = g_build_filename (fixture->directory, "join", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  natter_join_file_async (file, fixture->session, NULL, on_joined, fixture);
  wait_for (fixture->done);
}

static void
test_joins (ModelFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *contents = g_strdup_printf ("127.0.0.1:%u\ncleo\ncleo-pass\n",
                                               test_server_get_port (fixture->test_server));

  join (fixture, contents);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (natter_member_get_name (natter_server_get_me (fixture->server)), ==, "cleo");
  g_assert_cmpuint (g_list_model_get_n_items (natter_session_get_servers (fixture->session)), ==, 1);
}

/* Nobody listens at port 1. */
static void
test_nobody_there (ModelFixture  *fixture,
                   gconstpointer  data)
{
  join (fixture, "127.0.0.1:1\ncleo\ncleo-pass\n");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_UNREACHABLE);
  g_assert_null (fixture->server);
}

static void
test_too_short (ModelFixture  *fixture,
                gconstpointer  data)
{
  join (fixture, "127.0.0.1:1\n");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_ADDRESS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/join-file/joins", ModelFixture, NULL, model_set_up, test_joins, model_tear_down);
  g_test_add ("/join-file/nobody-there", ModelFixture, NULL, model_set_up, test_nobody_there, model_tear_down);
  g_test_add ("/join-file/too-short", ModelFixture, NULL, model_set_up, test_too_short, model_tear_down);
  return g_test_run ();
}
