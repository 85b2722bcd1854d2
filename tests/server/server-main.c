/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line of natter-test-server */

#define G_LOG_DOMAIN "test-server"

#include "natter-test-server.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gprintf.h>
#include <locale.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

typedef struct
{
  TestServerOptions server;   /* borrows from below */
  int port;
  int rotur_port;
  int control_port;
  char *auth;
  char *generation;
  char *rotur_url;
  char *seed;
  char *tls_certificate;
  int messages;
  int users;
  int heartbeat;
  int latency;
  int drop_after;
  int garbage;
  gint64 oversize;
  char *refuse;
  char *rotur_api;
  gboolean exit_with_parent;
} Arguments;

static gboolean
parse_optional_count (const char  *name,
                      const char  *value,
                      gpointer     data,
                      GError     **error)
{
  Arguments *arguments = data;

  arguments->garbage = value != NULL ? (int) g_ascii_strtoull (value, NULL, 10) : 1;
  return TRUE;
}

static gboolean
parse_oversize (const char  *name,
                const char  *value,
                gpointer     data,
                GError     **error)
{
  Arguments *arguments = data;

  arguments->oversize = (value != NULL ? g_ascii_strtoll (value, NULL, 10) : 65) * 1024 * 1024;
  return TRUE;
}

static gboolean
parse_refuse (const char  *name,
              const char  *value,
              gpointer     data,
              GError     **error)
{
  Arguments *arguments = data;

  g_set_str (&arguments->refuse, value != NULL ? value : "connect");
  return TRUE;
}

static GOptionGroup *
make_options (Arguments *arguments)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &arguments->port, "Port of the chat server; 0 takes a free one", "N" },
    { "rotur-port", 0, 0, G_OPTION_ARG_INT, &arguments->rotur_port, "Port of the Rotur stand-in", "N" },
    { "control-port", 0, 0, G_OPTION_ARG_INT, &arguments->control_port, "Port of the control interface", "N" },
    { "auth", 0, 0, G_OPTION_ARG_STRING, &arguments->auth, "rotur, cracked or cracked-only", "MODE" },
    { "generation", 0, 0, G_OPTION_ARG_STRING, &arguments->generation, "old or new", "WHICH" },
    { "rotur-api", 0, 0, G_OPTION_ARG_STRING, &arguments->rotur_api, "may-2026 or later", "WHICH" },
    { "rotur-url", 0, 0, G_OPTION_ARG_STRING, &arguments->rotur_url, "Another Rotur API to ask", "URL" },
    { "seed", 0, 0, G_OPTION_ARG_FILENAME, &arguments->seed, "The community, as JSON", "FILE" },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &arguments->tls_certificate,
      "PEM file with certificate and key; speaks TLS only", "FILE" },
    { "messages", 0, 0, G_OPTION_ARG_INT, &arguments->messages, "Fill the channel archive", "N" },
    { "users", 0, 0, G_OPTION_ARG_INT, &arguments->users, "Have so many people", "N" },
    { "rate-limit", 0, 0, G_OPTION_ARG_NONE, &arguments->server.rate_limit, "Limit how fast people write", NULL },
    { "closed-registration", 0, 0, G_OPTION_ARG_NONE, &arguments->server.closed_registration,
      "Refuse new accounts", NULL },
    { "welcome", 0, 0, G_OPTION_ARG_NONE, &arguments->server.welcome, "Greet people in the channel general", NULL },
    { "heartbeat", 0, 0, G_OPTION_ARG_INT, &arguments->heartbeat, "Time between pings", "MS" },
    { "latency", 0, 0, G_OPTION_ARG_INT, &arguments->latency, "Delay every packet", "MS" },
    { "drop-after", 0, 0, G_OPTION_ARG_INT, &arguments->drop_after, "End connections after N packets", "N" },
    { "garbage", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, parse_optional_count,
      "Put N hostile packets before each", "N" },
    { "oversize", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, parse_oversize,
      "Send a huge frame after signing in", "MIB" },
    { "half-open", 0, 0, G_OPTION_ARG_NONE, &arguments->server.faults.half_open,
      "Keep connections open and never answer", NULL },
    { "refuse", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, parse_refuse,
      "Refuse new connections: connect, close or http", "HOW" },
    { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &arguments->exit_with_parent,
      "End when standard input closes or the parent dies", NULL },
    { NULL },
  };
  GOptionGroup *group = g_option_group_new ("test-server", "", "", arguments, NULL);

  g_option_group_add_entries (group, entries);
  return group;
}

static void
arguments_clear (Arguments *arguments)
{
  g_free (arguments->auth);
  g_free (arguments->generation);
  g_free (arguments->rotur_url);
  g_free (arguments->seed);
  g_free (arguments->tls_certificate);
  g_free (arguments->refuse);
  g_free (arguments->rotur_api);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

static gboolean
check_port (const char  *option,
            int          port,
            GError     **error)
{
  if (port >= 0 && port <= G_MAXUINT16)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--%s: no port has the number %d", option, port);
  return FALSE;
}

static gboolean
apply (Arguments  *arguments,
       GError    **error)
{
  TestServerOptions *server = &arguments->server;

  if (!check_port ("port", arguments->port, error)
      || !check_port ("rotur-port", arguments->rotur_port, error)
      || !check_port ("control-port", arguments->control_port, error))
    return FALSE;

  server->port = arguments->port;
  server->rotur_port = arguments->rotur_port;
  server->control_port = arguments->control_port;
  server->rotur_url = arguments->rotur_url;
  server->seed_file = arguments->seed;
  server->tls_certificate = arguments->tls_certificate;
  server->messages = MAX (arguments->messages, 0);
  server->users = MAX (arguments->users, 0);
  server->heartbeat_ms = MAX (arguments->heartbeat, 0);
  server->faults.latency_ms = MAX (arguments->latency, 0);
  server->faults.drop_after = MAX (arguments->drop_after, 0);
  server->faults.garbage = MAX (arguments->garbage, 0);
  server->faults.oversize = arguments->oversize;

  if (arguments->auth == NULL || strcmp (arguments->auth, "cracked") == 0)
    server->auth = TEST_SERVER_AUTH_CRACKED;
  else if (strcmp (arguments->auth, "cracked-only") == 0)
    server->auth = TEST_SERVER_AUTH_CRACKED_ONLY;
  else if (strcmp (arguments->auth, "rotur") == 0)
    server->auth = TEST_SERVER_AUTH_ROTUR;
  else
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--auth does not know “%s”", arguments->auth);
      return FALSE;
    }

  if (g_strcmp0 (arguments->generation, "new") == 0)
    server->generation = TEST_SERVER_GENERATION_NEW;
  else if (arguments->generation != NULL && strcmp (arguments->generation, "old") != 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--generation does not know “%s”", arguments->generation);
      return FALSE;
    }

  return TRUE;
}

static gboolean
apply_later (Arguments   *arguments,
             TestServer  *server,
             GError     **error)
{
  g_autofree char *command = NULL;
  g_autofree char *answer = NULL;

  if (arguments->rotur_api != NULL)
    {
      command = g_strdup_printf ("{\"do\": \"rotur\", \"api\": \"%s\"}", arguments->rotur_api);
      answer = test_server_control (server, command, error);
      if (answer == NULL)
        return FALSE;
    }
  if (arguments->refuse != NULL)
    {
      g_free (command);
      g_free (answer);
      command = g_strdup_printf ("{\"do\": \"faults\", \"refuse\": \"%s\"}", arguments->refuse);
      answer = test_server_control (server, command, error);
      if (answer == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
stop_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
stdin_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  char buffer[256];

  if (read (fd, buffer, sizeof buffer) > 0)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
announce (TestServer *server)
{
  g_printf ("{\"event\": \"listening\", \"port\": %u, \"url\": \"%s\", \"rotur\": \"%s\", \"control\": \"%s\"}\n",
            test_server_get_port (server), test_server_get_url (server),
            test_server_get_rotur_url (server), test_server_get_control_url (server));
  fflush (stdout);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new ("– an OriginChats server for tests, on loopback");
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_auto(Arguments) arguments = { 0 };
  g_autoptr(TestServer) server = NULL;
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_set_main_group (context, make_options (&arguments));
  if (!g_option_context_parse (context, &argc, &argv, &error) || !apply (&arguments, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  server = test_server_new (&arguments.server);
  if (!test_server_start (server, &error) || !apply_later (&arguments, server, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  g_unix_signal_add (SIGINT, stop_cb, loop);
  g_unix_signal_add (SIGTERM, stop_cb, loop);
  if (arguments.exit_with_parent)
    {
      prctl (PR_SET_PDEATHSIG, SIGTERM);
      g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, stdin_cb, loop);
    }

  announce (server);
  g_main_loop_run (loop);
  return 0;
}
