/* SPDX-License-Identifier: GPL-3.0-or-later */

/* natter-test-server as other programs start it */

#include "server-json.h"

#include <gio/gio.h>

static GSubprocess *
spawn (const char *const *arguments)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, (char *) g_getenv ("NATTER_TEST_SERVER"));
  g_ptr_array_add (argv, (char *) "--exit-with-parent");
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                               | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  return process;
}

static JsonNode *
read_announcement (GSubprocess *process)
{
  g_autoptr(GDataInputStream) input = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line_utf8 (input, NULL, NULL, NULL);
  JsonNode *node;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (input), FALSE);
  g_assert_nonnull (line);
  node = ts_json_parse (line, strlen (line), NULL);
  g_assert_nonnull (node);
  return node;
}

static void
test_start (void)
{
  const char *const arguments[] = { "--messages=1000", "--users=40", "--auth=cracked-only", NULL };
  g_autoptr(GSubprocess) process = spawn (arguments);
  g_autoptr(JsonNode) said = read_announcement (process);
  JsonObject *object = json_node_get_object (said);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (ts_get_string (object, "event"), ==, "listening");
  g_assert_cmpint (ts_get_int (object, "port", 0), >, 0);
  g_assert_true (g_str_has_prefix (ts_get_string (object, "url"), "ws://127.0.0.1:"));
  g_assert_true (g_str_has_prefix (ts_get_string (object, "rotur"), "http://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (ts_get_string (object, "control"), "/_control"));

  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
test_terminate (void)
{
  const char *const arguments[] = { NULL };
  g_autoptr(GSubprocess) process = spawn (arguments);
  g_autoptr(JsonNode) said = read_announcement (process);
  g_autoptr(GError) error = NULL;

  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
test_wrong (void)
{
  static const char *const wrong[] = { "--auth=anything", "--generation=newest", "--rotur-api=june", "--refuse=maybe",
                                       "--port=65536", "--port=-1", "--seed=/nonexistent", "--messages=many",
                                       "--tls-certificate=/nonexistent", "--nothing" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const char *const arguments[] = { wrong[i], NULL };
      g_autoptr(GSubprocess) process = spawn (arguments);
      g_autofree char *output = NULL;
      g_autofree char *complaint = NULL;

      g_test_message ("%s", wrong[i]);
      g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &complaint, NULL);
      g_assert_true (g_subprocess_get_if_exited (process));
      g_assert_cmpint (g_subprocess_get_exit_status (process), !=, 0);
      g_assert_cmpstr (output, ==, "");
      g_assert_cmpstr (complaint, !=, "");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/command-line/start", test_start);
  g_test_add_func ("/command-line/terminate", test_terminate);
  g_test_add_func ("/command-line/wrong", test_wrong);

  return g_test_run ();
}
