/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two people write to a server that fails in all the ways it can, and their program is killed again and again. At the end every
 * message has to be there once and in order, and what was not sent has to be where it was left. */
#include "fault-client.h"
#include "natter-profile.h"
#include "natter-test-server.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define N_CLIENTS 2

/* A fault lasts, and health lasts, up to this many ms. */
#define FAULT_MS  1500
#define HEALTH_MS 1200

/* The whole run must not take longer than this many times what was asked for. */
#define PATIENCE_S 1200

typedef struct Test Test;

typedef struct
{
  Test             *test;
  const char       *user;
  char             *directory;
  GSubprocess      *process;
  GDataInputStream *lines;
  gboolean          is_ready;
  gboolean          is_done;
  gboolean          was_killed;
  guint             n_starts;
} Client;

struct Test
{
  GMainLoop  *loop;
  TestServer *server;
  GRand      *random;
  Client      clients[N_CLIENTS];
  char       *program;
  guint       n_messages; /* of each */
  guint       interval_ms;
  guint       n_kills; /* left */
  guint       n_killed;
  guint       kill_ms;
  guint       n_faults;
  guint       by_kind[16];
  GString    *trouble;
};

static const char * const kinds[] = {
  "drop", "drop-after", "half-open", "latency", "garbage", "refuse-connect", "refuse-close", "refuse-http", "restart",
  "rate-limit",
};

static void start_client (Client *client);

G_GNUC_PRINTF (2, 3) static void
trouble (Test       *self,
         const char *format,
         ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->trouble, format, args);
  va_end (args);
  g_string_append_c (self->trouble, '\n');
}

static void
control (Test       *self,
         const char *command)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = test_server_control (self->server, command, &error);

  g_assert_no_error (error);
}

static void
end_faults (Test *self)
{
  const TestServerFaults none = { 0 };

  test_server_set_faults (self->server, &none);
  control (self, "{\"do\":\"rate_limits\",\"on\":false}");
}

static void
begin_fault (Test *self,
             guint kind)
{
  TestServerFaults faults = { 0 };

  self->by_kind[kind]++;
  if (g_str_equal (kinds[kind], "drop"))
    test_server_drop_all (self->server);
  else if (g_str_equal (kinds[kind], "restart"))
    control (self, "{\"do\":\"restart\",\"down\":300}");
  else if (g_str_equal (kinds[kind], "rate-limit"))
    control (self, "{\"do\":\"rate_limits\",\"on\":true,\"per_minute\":100000,\"burst\":5,\"cooldown\":1}");
  else if (g_str_equal (kinds[kind], "drop-after"))
    {
      faults.drop_after = g_rand_int_range (self->random, 20, 60);
      test_server_set_faults (self->server, &faults);
      test_server_drop_all (self->server);
      return;
    }
  faults.half_open = g_str_equal (kinds[kind], "half-open");
  faults.latency_ms = g_str_equal (kinds[kind], "latency") ? g_rand_int_range (self->random, 20, 400) : 0;
  faults.garbage = g_str_equal (kinds[kind], "garbage") ? 5 : 0;
  if (g_str_equal (kinds[kind], "refuse-connect"))
    faults.refuse = TEST_SERVER_REFUSE_CONNECT;
  else if (g_str_equal (kinds[kind], "refuse-close"))
    faults.refuse = TEST_SERVER_REFUSE_CLOSE;
  else if (g_str_equal (kinds[kind], "refuse-http"))
    faults.refuse = TEST_SERVER_REFUSE_HTTP;
  test_server_set_faults (self->server, &faults);
  /* Those who are connected would not notice. */
  if (faults.refuse != TEST_SERVER_REFUSE_NOTHING)
    test_server_drop_all (self->server);
}

static gboolean
is_over (Test *self)
{
  for (guint i = 0; i < N_CLIENTS; i++)
    if (!self->clients[i].is_done)
      return FALSE;
  return TRUE;
}

static void on_fault_time (gpointer data);

static void
on_health_time (gpointer data)
{
  Test *self = data;

  end_faults (self);
  if (!is_over (self))
    g_timeout_add_once (g_rand_int_range (self->random, 50, HEALTH_MS), on_fault_time, self);
}

static void
on_fault_time (gpointer data)
{
  Test *self = data;

  if (is_over (self))
    return;
  self->n_faults++;
  begin_fault (self, g_rand_int_range (self->random, 0, G_N_ELEMENTS (kinds)));
  g_timeout_add_once (g_rand_int_range (self->random, 50, FAULT_MS), on_health_time, self);
}

static void on_kill_time (gpointer data);

static void
kill_later (Test *self)
{
  if (self->n_kills > 0)
    g_timeout_add_once (g_rand_int_range (self->random, self->kill_ms / 2, self->kill_ms * 3 / 2 + 1), on_kill_time, self);
}

/* One that is just starting may be killed too. */
static void
on_kill_time (gpointer data)
{
  Test *self = data;
  Client *client = &self->clients[g_rand_int_range (self->random, 0, N_CLIENTS)];

  if (client->is_done)
    client = client == self->clients ? client + 1 : client - 1;
  if (client->is_done)
    return;
  if (client->process != NULL && !client->was_killed)
    {
      client->was_killed = TRUE;
      self->n_kills--;
      self->n_killed++;
      g_subprocess_send_signal (client->process, SIGKILL);
    }
  kill_later (self);
}

static void
begin (Test *self)
{
  for (guint i = 0; i < N_CLIENTS; i++)
    if (!self->clients[i].is_ready)
      return;
  on_fault_time (self);
  kill_later (self);
}

static void
take_line (Client     *client,
           const char *line)
{
  gboolean first = !client->is_ready;

  if (g_str_equal (line, "ready"))
    {
      client->is_ready = TRUE;
      if (first)
        begin (client->test);
    }
  else if (g_str_equal (line, "done"))
    client->is_done = TRUE;
}

static void
on_line (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Client *client = data;
  g_autofree char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    return;
  take_line (client, line);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, on_line, client);
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Client *client = data;
  Test *self = client->test;
  GSubprocess *process = G_SUBPROCESS (source);

  g_subprocess_wait_finish (process, result, NULL);
  if (g_subprocess_get_if_signaled (process) && client->was_killed)
    {
      start_client (client);
      return;
    }
  if (!g_subprocess_get_successful (process))
    {
      trouble (self, "%s ended by itself", client->user);
      g_main_loop_quit (self->loop);
      return;
    }
  client->is_done = TRUE;
  if (is_over (self))
    g_main_loop_quit (self->loop);
}

static void
start_client (Client *client)
{
  Test *self = client->test;
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", test_server_get_port (self->server));
  g_autofree char *messages = g_strdup_printf ("%u", self->n_messages);
  g_autofree char *interval = g_strdup_printf ("%u", self->interval_ms);
  g_autofree char *seed = g_strdup_printf ("%d", g_rand_int_range (self->random, 0, G_MAXINT32));
  g_autoptr(GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "G_DEBUG", "gc-friendly,fatal-warnings", TRUE);
  client->n_starts++;
  client->was_killed = FALSE;
  g_clear_object (&client->lines);
  g_clear_object (&client->process);
  client->process = g_subprocess_launcher_spawn (launcher, &error, self->program, client->directory, address, client->user,
                                                 messages, interval, seed, NULL);
  g_assert_no_error (error);
  client->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (client->process));
  g_data_input_stream_read_line_async (client->lines, G_PRIORITY_DEFAULT, NULL, on_line, client);
  g_subprocess_wait_async (client->process, NULL, on_ended, client);
}

static gboolean
on_impatient (gpointer data)
{
  Test *self = data;

  trouble (self, "It takes too long");
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

/* Of all that a person sent to a place: each once, and in order. */
static guint
check_messages (Test       *self,
                Client     *client,
                const char *channel,
                guint       first)
{
  guint n_messages = test_server_count_messages (self->server, channel);
  g_autofree char *part = g_strdup_printf ("\"content\": \"%s #", client->user);
  guint expected = first;
  guint n = 0;

  for (guint i = 0; i < n_messages; i++)
    {
      g_autofree char *message = test_server_dup_message (self->server, channel, i);
      const char *found = strstr (message, part);
      guint number;

      if (found == NULL)
        continue;
      number = strtoul (found + strlen (part), NULL, 10);
      if (number != expected)
        trouble (self, "%s: %s #%u where #%u should be", channel, client->user, number, expected);
      expected = number + 2;
      n++;
    }
  if (expected != (first + self->n_messages) - (first + self->n_messages) % 2 + first % 2)
    trouble (self, "%s: the last one of %s is #%u", channel, client->user, expected - 2);
  return n;
}

static char *
query (sqlite3    *database,
       const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *answer = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return answer;
}

static void
expect (Test       *self,
        Client     *client,
        sqlite3    *database,
        const char *sql,
        const char *expected)
{
  g_autofree char *answer = query (database, sql);

  if (g_strcmp0 (answer, expected) != 0)
    trouble (self, "%s: %s is “%s” and not “%s”", client->user, sql, answer, expected);
}

static char *
last_typed (Client *client)
{
  g_autofree char *path = g_build_filename (client->directory, "journal", NULL);
  g_autofree char *text = NULL;
  char *last;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (last = g_strrstr (text, "typed ")) == NULL)
    return NULL;
  return g_strdup_printf ("draft #%lu", strtoul (last + strlen ("typed "), NULL, 10));
}

static void
check_database (Test   *self,
                Client *client)
{
  g_autofree char *path = NULL;
  g_autofree char *draft = g_strdup_printf (FAULT_LAST_DRAFT, client->user);
  g_autofree char *typed = last_typed (client);
  g_autoptr(NatterProfile) profile = natter_profile_new (client->directory);
  sqlite3 *database = NULL;

  path = g_build_filename (natter_profile_get_data_dir (profile), "natter.db", NULL);
  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  expect (self, client, database, "PRAGMA integrity_check", "ok");
  expect (self, client, database, "SELECT count (*) FROM outbox", "0");
  expect (self, client, database, "SELECT text FROM drafts WHERE edited_id = '' AND channel = 'general'", draft);
  expect (self, client, database, "SELECT text FROM drafts WHERE edited_id = '" FAULT_EDITED "'", typed);
  sqlite3_close (database);
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
print_summary (Test  *self,
               guint  n_arrived,
               gint64 took_us)
{
  g_print ("%u messages of %u arrived in %.1f s; %u faults (", n_arrived, N_CLIENTS * self->n_messages,
           (double) took_us / G_USEC_PER_SEC, self->n_faults);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_print ("%s%s %u", i > 0 ? ", " : "", kinds[i], self->by_kind[i]);
  g_print ("); killed %u times; ", self->n_killed);
  for (guint i = 0; i < N_CLIENTS; i++)
    g_print ("%s started %u times; ", self->clients[i].user, self->clients[i].n_starts);
  g_print ("%s\n", self->trouble->len == 0 ? "every message once and in order, drafts and databases intact" : "TROUBLE");
  if (self->trouble->len > 0)
    g_printerr ("%s", self->trouble->str);
}

static guint
check (Test *self)
{
  guint n_arrived = 0;

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      n_arrived += check_messages (self, &self->clients[i], "random", 1);
      n_arrived += check_messages (self, &self->clients[i], "general", 2);
      check_database (self, &self->clients[i]);
    }
  if (n_arrived != N_CLIENTS * self->n_messages)
    trouble (self, "%u messages arrived", n_arrived);
  if (self->n_kills > 0)
    trouble (self, "%u kills were not needed before the end", self->n_kills);
  return n_arrived;
}

int
main (int   argc,
      char *argv[])
{
  static const char * const users[N_CLIENTS] = { "cleo", "esme" };
  const TestServerOptions options = { .heartbeat_ms = 200 };
  Test self = { .trouble = g_string_new (NULL) };
  double minutes = 0.3;
  int messages = 200, kills = 4, seed = 0;
  gint64 began;
  guint n_arrived;
  const GOptionEntry entries[] = {
    { "minutes", 0, 0, G_OPTION_ARG_DOUBLE, &minutes, "How long to write, about", "N" },
    { "messages", 0, 0, G_OPTION_ARG_INT, &messages, "How many messages, of both together", "N" },
    { "kills", 0, 0, G_OPTION_ARG_INT, &kills, "How often to kill one of them", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Of the random numbers", "N" },
    { NULL },
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("- write to a server that fails, and be killed");
  g_autoptr(GError) error = NULL;
  g_autofree char *directory = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 || messages < N_CLIENTS || kills < 0
      || minutes <= 0)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "Usage: fault-test [OPTION…] CLIENT");
      return EXIT_FAILURE;
    }
  if (seed == 0)
    seed = g_random_int_range (1, G_MAXINT32);
  g_print ("seed %d\n", seed);

  self.program = argv[1];
  self.random = g_rand_new_with_seed (seed);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.n_messages = messages / N_CLIENTS;
  self.n_kills = kills;
  /* Each message is typed in two steps. */
  self.interval_ms = MAX (1, minutes * 60 * 1000 / self.n_messages / 2);
  self.kill_ms = kills > 0 ? MAX (100, minutes * 60 * 1000 * 0.8 / kills) : 0;
  self.server = test_server_new (&options);
  test_server_start (self.server, &error);
  g_assert_no_error (error);
  directory = g_dir_make_tmp ("natter-faults-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      self.clients[i].test = &self;
      self.clients[i].user = users[i];
      self.clients[i].directory = g_build_filename (directory, users[i], NULL);
      g_mkdir (self.clients[i].directory, 0700);
      start_client (&self.clients[i]);
    }

  began = g_get_monotonic_time ();
  g_timeout_add_seconds (PATIENCE_S + (guint) (minutes * 60), on_impatient, &self);
  g_main_loop_run (self.loop);
  end_faults (&self);
  n_arrived = check (&self);
  print_summary (&self, n_arrived, g_get_monotonic_time () - began);
  if (self.trouble->len == 0)
    remove_tree (directory);
  else
    g_printerr ("What is left is in %s\n", directory);
  return self.trouble->len == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
