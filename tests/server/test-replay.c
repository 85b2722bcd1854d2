/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Plays what was recorded on a real server against the test server and compares every answer. Recordings that
 * were made on one running server are played on one. Differences that are meant are in the table below; any other
 * fails the test, and so does an entry that no difference needs any more.
 */

#define G_LOG_DOMAIN "test-replay"

#include "natter-test-server.h"
#include "replay-player.h"

typedef struct
{
  const char *pattern;  /* of "file:line party text" */
  const char *reason;
} Meant;

static const Meant meant[] = {
  { "*http.body.bytes: *", "pictures are drawn here, so their sizes differ" },
  { "emoji:48 *", "libsoup refuses an encoded slash in a path before we see it" },
  { "server-admin:23 *", "there are no plugins" },
  { "server-admin:27 *missing: *", "there are no plugins" },
  { "server-admin:29 *came after*", "there are no plugins" },
  { "server-admin:71 *unrecorded: *plugins_reload*", "there are no plugins" },
  { "server-admin:54 *device_fingerprint: *", "push goes nowhere, so no device is known" },
  { "http-routes:4 *", "the operator's page is another" },
  { "stale-roles:21 *.last_message: *", "that server had been filled 44 s later than the seed" },
  { "stale-roles:21 *.created_at: *", "that server had been filled 44 s later than the seed" },
  { "stale-roles:24 *.timestamp: *", "that server had been filled 44 s later than the seed" },
  { "pipelined:* came after *", "what two people send in the same moment is handled in another order" },
  { "pipelined:87 *", "what two people send in the same moment is handled in another order" },
  { "pipelined:88 *", "what two people send in the same moment is handled in another order" },
  { "ws-details:8 *", "libsoup insists on WebSocket version 13" },
  { "channel-admin:69 wren channels_get.val: *", "the operator wrote back a file without a channel made before" },
  { "automod-newer-library:16 *missing: *AutoMod Commands*", "plugins have no help here" },
  { "automod-newer-library:17 *missing: *AutoMod Commands*", "plugins have no help here" },
  { "automod-newer-library:41 *missing: *Available Commands*", "plugins have no help here" },
  { "automod-newer-library:42 *missing: *Available Commands*", "plugins have no help here" },
  { "rotur-auth:18 *", "signing in with the MD5 of a password: the recorded password is not known" },
  { "rotur-attachments:33 *", "the file was cut when recorded, so another one is sent" },
  { NULL, NULL },
};

typedef struct
{
  const char *name;
  const char *seed;            /* NULL: "bare" */
  TestServerAuth auth;         /* cracked-only when not said, as in most recordings */
  gboolean mixed;              /* both kinds of accounts */
  const char *set_up[2];       /* control commands */
  gboolean closed_registration;
  guint heartbeat_ms;
  const char *files[24];
} Run;

/* An account that was there before the recording */
#define JUNO "{\"do\": \"config\", \"user\": {\"username\": \"Juno\"," \
             " \"id\": \"6f1c0f5e-7a6b-4c55-9d0e-0d6a1c9e0001\", \"roles\": [\"owner\", \"user\"]}}"
#define GREETED "{\"do\": \"config\", \"greeted\": \"USR:local_cleo\"}"

static const Run runs[] = {
  {
    .name = "filled",
    .seed = "filled",
    .files = { "cracked-auth", "initial-load", "feature-history", "history", "two-clients", "send-variants", "pins",
               "typing", "threads", "polls", "unreads", "pings", "names-status", "slash", "errors", "voice", "emoji",
               "webhooks", "server-admin" },
  },
  {
    .name = "filled-again",
    .seed = "filled",
    .files = { "several-connections", "http-routes", "stale-roles", "pipelined", "ws-details", "deletes-with-files",
               "plugins-chat" },
  },
  { .name = "heartbeat", .set_up = { GREETED }, .heartbeat_ms = 150, .files = { "heartbeat" } },
  { .name = "channel-admin", .files = { "channel-admin" } },
  { .name = "bans", .files = { "bans" } },
  { .name = "roles", .files = { "roles" } },
  {
    .name = "shutdown",
    .set_up = { GREETED, "{\"do\": \"generate\", \"channel\": \"general\", \"messages\": 3}" },
    .files = { "shutdown" },
  },
  {
    .name = "rate-limit",
    .set_up = { "{\"do\": \"rate_limits\", \"burst\": 5, \"cooldown\": 3}" },
    .files = { "rate-limit" },
  },
  {
    .name = "newer-library",
    .set_up = { "{\"do\": \"config\", \"bots_reachable\": true, \"rate_limits\": true}" },
    .files = { "slash-newer-library", "automod-newer-library" },
  },
  {
    .name = "rotur",
    .auth = TEST_SERVER_AUTH_ROTUR,
    .set_up = { JUNO },
    .files = { "rotur-auth", "rotur-attachments", "blocked", "upload-limits" },
  },
  { .name = "rotur-more", .auth = TEST_SERVER_AUTH_ROTUR, .set_up = { JUNO }, .files = { "rotur-more" } },
  { .name = "mixed-mode", .mixed = TRUE, .set_up = { JUNO }, .files = { "mixed-mode" } },
  {
    .name = "no-url",
    .auth = TEST_SERVER_AUTH_ROTUR,
    .set_up = { JUNO, "{\"do\": \"config\", \"url\": null}" },
    .files = { "no-url" },
  },
  { .name = "registration-off", .closed_registration = TRUE, .files = { "registration-off" } },
  { .name = "nasty", .files = { "nasty" } },
  { .name = "more-errors", .files = { "more-errors" } },
  {
    .name = "per-minute",
    .set_up = { "{\"do\": \"rate_limits\", \"per_minute\": 4, \"burst\": 50}" },
    .files = { "per-minute" },
  },
  { .name = "rights", .files = { "rights" } },
};

static guint used[G_N_ELEMENTS (meant)];

static const Meant *
find_meant (const char *difference)
{
  for (guint i = 0; meant[i].pattern != NULL; i++)
    {
      if (g_pattern_match_simple (meant[i].pattern, difference))
        {
          used[i]++;
          return &meant[i];
        }
    }

  return NULL;
}

static void
judge (const char *file,
       GPtrArray  *differences)
{
  guint n_meant = 0;
  guint n_other = 0;

  for (guint i = 0; i < differences->len; i++)
    {
      const char *difference = g_ptr_array_index (differences, i);

      if (find_meant (difference) != NULL)
        n_meant++;
      else
        {
          g_test_message ("%s", difference);
          n_other++;
        }
    }

  g_test_message ("%s: %u differences, %u of them meant", file, n_meant + n_other, n_meant);
  if (n_other > 0)
    g_test_fail_printf ("%s: %u differences that are not meant", file, n_other);
}

static void
set_up (const Run  *run,
        TestServer *server)
{
  const char *commands[] = { "{\"do\": \"rotur_wait\", \"ms\": 100}", run->set_up[0], run->set_up[1] };

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *answer = NULL;
      g_autoptr(GError) error = NULL;

      if (commands[i] == NULL)
        continue;
      answer = test_server_control (server, commands[i], &error);
      g_assert_no_error (error);
    }
}

static void
test_run (gconstpointer user_data)
{
  const Run *run = user_data;
  g_autofree char *seed_name = g_strconcat (run->seed != NULL ? run->seed : "bare", ".json", NULL);
  g_autofree char *seed = g_test_build_filename (G_TEST_DIST, "data", "replay", seed_name, NULL);
  TestServerOptions options = {
    .auth = run->auth != 0 || run->mixed ? run->auth : TEST_SERVER_AUTH_CRACKED_ONLY,
    .seed_file = seed,
    .closed_registration = run->closed_registration,
    .welcome = TRUE,
    .heartbeat_ms = run->heartbeat_ms,
  };
  g_autoptr(TestServer) server = test_server_new (&options);
  g_autoptr(ReplayPlayer) player = NULL;
  g_autoptr(GError) error = NULL;

  test_server_start (server, &error);
  g_assert_no_error (error);
  set_up (run, server);
  player = replay_player_new (server);

  for (guint i = 0; run->files[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (run->files[i], ".jsonl", NULL);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "captures", name, NULL);
      g_autoptr(GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);

      /* ada_k was connected while that was recorded */
      if (strcmp (run->files[i], "initial-load") == 0)
        replay_player_invite (player, "ada_k", 30);
      replay_player_play (player, path, strcmp (run->files[i], "shutdown") == 0, differences);
      judge (run->files[i], differences);
    }
}

static void
test_all_files (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "captures", NULL);
  g_autoptr(GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  g_assert_nonnull (directory);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      gboolean found = !g_str_has_suffix (name, ".jsonl");

      for (guint i = 0; i < G_N_ELEMENTS (runs) && !found; i++)
        {
          for (guint j = 0; runs[i].files[j] != NULL && !found; j++)
            found = g_str_has_prefix (name, runs[i].files[j]) && strlen (runs[i].files[j]) == strlen (name) - 6;
        }
      if (!found)
        g_test_fail_printf ("%s is not played", name);
    }
}

static void
test_no_stale_entry (void)
{
  for (guint i = 0; meant[i].pattern != NULL; i++)
    {
      g_test_message ("%u × %s: %s", used[i], meant[i].pattern, meant[i].reason);
      if (used[i] == 0)
        g_test_fail_printf ("No difference is like %s any more", meant[i].pattern);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/replay/every-recording-is-played", test_all_files);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *path = g_strconcat ("/replay/", runs[i].name, NULL);

      g_test_add_data_func (path, &runs[i], test_run);
    }
  g_test_add_func ("/replay/no-stale-entry", test_no_stale_entry);

  return g_test_run ();
}
