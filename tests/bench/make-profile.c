/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a profile as that of somebody who has been around: many servers, and a great many messages of them kept.
 *
 *   make-profile [--servers N] [--messages N] [--address HOST:PORT [--password PASSWORD]] DIR
 *
 * Always the same one. The word `quetzal` is in one message of 50,000; all others are invented. */
#include <string.h>

#include "natter-account.h"
#include "natter-cache.h"
#include "natter-profile.h"
#include "natter-secrets.h"
#include "natter-store.h"

#define N_CHANNELS 25
#define N_PEOPLE   200
#define N_WORDS    40000
#define PAGE       1000

/* Two years before a fixed day, so that the profile is the same on every day. */
#define FIRST_TIME (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)
#define LAST_TIME  (G_GINT64_CONSTANT (1763000000) * G_USEC_PER_SEC)

static int n_servers = 20;
static int n_messages = 1000000;
static char *address;
static char *password;

static const GOptionEntry entries[] = {
  { "servers", 0, 0, G_OPTION_ARG_INT, &n_servers, "How many servers", "N" },
  { "messages", 0, 0, G_OPTION_ARG_INT, &n_messages, "How many messages in all", "N" },
  { "address", 0, 0, G_OPTION_ARG_STRING, &address, "Where all servers are; by default nowhere", "HOST:PORT" },
  { "password", 0, 0, G_OPTION_ARG_STRING, &password, "That of person0 there, for the keyring; by default none", "PASSWORD" },
  { NULL }
};

static char **words;

static void
make_words (GRand *rand)
{
  static const char * const syllables[] = {
    "ba", "ko", "mi", "ren", "tal", "su", "vor", "ne", "li", "pha", "dru", "gan", "ü", "shi", "ox", "er", "in", "qua", "zel", "tho",
  };

  words = g_new0 (char *, N_WORDS + 1);
  for (guint i = 0; i < N_WORDS; i++)
    {
      g_autoptr(GString) word = g_string_new (NULL);
      guint n_syllables = i < 400 ? 1 + i % 2 : 2 + i % 4;

      for (guint j = 0; j < n_syllables; j++)
        g_string_append (word, syllables[g_rand_int_range (rand, 0, G_N_ELEMENTS (syllables))]);
      words[i] = g_string_free_and_steal (g_steal_pointer (&word));
    }
}

/* Few words are frequent and most are rare, as people write. */
static const char *
pick_word (GRand *rand)
{
  double at = g_rand_double (rand);

  return words[(guint) (at * at * at * (N_WORDS - 1))];
}

static NatterMessageData *
make_message (GRand  *rand,
              guint   number,
              gint64  time)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *author = g_strdup_printf ("USR:local_person%d", g_rand_int_range (rand, 0, N_PEOPLE));
  g_autofree char *id = g_strdup_printf ("%08x-%04x-4%03x-8%03x-%08x%04x", g_rand_int (rand), g_rand_int (rand) & 0xffff,
                                         g_rand_int (rand) & 0xfff, g_rand_int (rand) & 0xfff, g_rand_int (rand),
                                         g_rand_int (rand) & 0xffff);
  guint n_words = 1 + (guint) (g_rand_double (rand) * g_rand_double (rand) * 24);
  const char *rest = NULL;

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", pick_word (rand));
  if (number % 50000 == 4711)
    g_string_append (text, " quetzal");
  if (number % 40 == 0)
    g_string_append (text, " https://example.org/page");
  if (number % 15 == 0)
    rest = "{\"reactions\":{\"👍\":[\"USR:local_person1\",\"USR:local_person2\"]}}";
  else if (number % 30 == 1)
    rest = "{\"attachments\":[{\"id\":\"1\",\"name\":\"picture.png\",\"mime_type\":\"image/png\",\"url\":\"/attachments/1\"}]}";
  return natter_message_data_new (id, author, text->str, time, rest);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      done)
{
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_error ("%s", error->message);
  *(gboolean *) done = TRUE;
}

/* Everything before it is on disk then. */
static void
wait_for_cache (NatterCache *cache)
{
  gboolean done = FALSE;

  natter_cache_clear_async (cache, "nobody", NULL, NULL, on_done, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
make_channel (NatterCache            *cache,
              const NatterCachePlace *place,
              GRand                  *rand,
              guint                   first,
              guint                   count)
{
  g_autofree char *before = NULL;

  for (guint start = 0; start < count; start += PAGE)
    {
      g_autoptr(GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_message_data_free);

      for (guint i = start; i < MIN (count, start + PAGE); i++)
        {
          gint64 time = FIRST_TIME + (LAST_TIME - FIRST_TIME) / count * i + g_rand_int_range (rand, 0, G_USEC_PER_SEC);

          g_ptr_array_add (page, make_message (rand, first + i, time));
        }
      natter_cache_save_page (cache, place, page, before, NULL, start == 0, FALSE);
      g_free (before);
      before = g_strdup (((NatterMessageData *) page->pdata[page->len - 1])->id);
    }
}

static void
save_packet (NatterCache *cache,
             const char  *server,
             const char  *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_packet_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  natter_cache_save_packet (cache, server, packet);
}

static void
make_lists (NatterCache *cache,
            const char  *server)
{
  g_autoptr(GString) channels = g_string_new ("{\"cmd\":\"channels_get\",\"val\":[");
  g_autoptr(GString) users = g_string_new ("{\"cmd\":\"users_list\",\"users\":[");

  for (guint i = 0; i < N_CHANNELS; i++)
    g_string_append_printf (channels, "%s{\"type\":\"text\",\"name\":\"channel-%u\",\"description\":\"About the number %u\","
                            "\"permissions\":{\"view\":[\"user\"],\"send\":[\"user\"]}}",
                            i > 0 ? "," : "", i, i);
  for (guint i = 0; i < N_PEOPLE; i++)
    g_string_append_printf (users, "%s{\"username\":\"USR:local_person%u\",\"nickname\":\"Person %u\",\"roles\":[\"user\"]}",
                            i > 0 ? "," : "", i, i);
  g_string_append (channels, "]}");
  g_string_append (users, "]}");
  save_packet (cache, server,
               "{\"cmd\":\"handshake\",\"val\":{\"server\":{\"name\":\"Server\"},\"limits\":{\"post_content\":2000},"
               "\"version\":\"1.1.0\"}}");
  save_packet (cache, server, channels->str);
  save_packet (cache, server,
               "{\"cmd\":\"roles_list\",\"roles\":{\"user\":{\"color\":\"#3584e4\",\"hoisted\":true}}}");
  save_packet (cache, server, users->str);
  natter_cache_save_me (cache, server, "USR:local_person0");
}

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      done)
{
  g_autoptr(GError) error = NULL;

  if (!natter_secrets_store_finish (NATTER_SECRETS (source), result, &error))
    g_error ("%s", error->message);
  *(gboolean *) done = TRUE;
}

static void
keep_password (NatterSecrets *secrets,
               const char    *account_id)
{
  gboolean done = FALSE;

  natter_secrets_store_async (secrets, account_id, "Natter: person0", password, FALSE, NULL, on_kept, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
make_server (NatterStore   *store,
             NatterCache   *cache,
             NatterSecrets *secrets,
             GRand         *rand,
             guint          number)
{
  g_autofree char *id = g_strdup_printf ("server-%u", number);
  g_autofree char *account_id = g_strdup_printf ("account-%u", number);
  g_autofree char *name = g_strdup_printf ("Server %u", number + 1);
  NatterStoredAccount account = {
    .id = account_id, .kind = NATTER_ACCOUNT_SERVER, .name = (char *) "person0", .server = address,
  };
  NatterStoredServer server = {
    .id = id, .address = address, .account_id = account_id, .name = name, .last_channel = (char *) "channel-0",
  };
  guint share = (guint) n_messages / (guint) n_servers / N_CHANNELS;

  natter_store_save_account_async (store, &account, NULL, NULL, NULL);
  natter_store_save_server_async (store, &server, NULL, NULL, NULL);
  make_lists (cache, id);
  for (guint i = 0; i < N_CHANNELS; i++)
    {
      g_autofree char *channel = g_strdup_printf ("channel-%u", i);
      const NatterCachePlace place = { id, channel, NULL };

      make_channel (cache, &place, rand, (number * N_CHANNELS + i) * share, share);
    }
  if (password != NULL)
    keep_password (secrets, account_id);
  natter_cache_save_reading (cache, &(NatterCachePlace) { id, "channel-3", NULL }, 4, 1);
  wait_for_cache (cache);
  g_print ("%u of %d servers\n", number + 1, n_servers);
}

static void
make_profile (const char *dir)
{
  g_autoptr(NatterProfile) profile = natter_profile_new (dir);
  g_autoptr(NatterSecrets) secrets = natter_secrets_new (profile);
  const char *data_dir = natter_profile_get_data_dir (profile);
  g_autofree char *store_path = g_build_filename (data_dir, "natter.db", NULL);
  g_autofree char *cache_path = g_build_filename (data_dir, NATTER_CACHE_NAME, NULL);
  g_autoptr(NatterStore) store = natter_store_new (store_path);
  g_autoptr(NatterCache) cache = natter_cache_new (cache_path);
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  make_words (rand);
  natter_cache_set_budget (cache, G_MAXINT64);
  for (int i = 0; i < n_servers; i++)
    make_server (store, cache, secrets, rand, (guint) i);
  natter_cache_close (cache);
  natter_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_strfreev (words);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new ("DIR");
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 || n_servers < 1 || n_messages < 1)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "What is needed is a folder; see --help");
      return 2;
    }
  /* Nobody answers there. */
  if (address == NULL)
    address = g_strdup ("127.0.0.1:9");
  make_profile (argv[1]);
  g_free (address);
  g_free (password);
  return 0;
}
