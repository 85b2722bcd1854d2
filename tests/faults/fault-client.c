/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person who writes message after message and is killed now and then. What they have seen goes into a journal, which
 * tells what must be there when the program starts again. */
#include "fault-client.h"

#include "natter-channel.h"
#include "natter-draft.h"
#include "natter-outbox-private.h"
#include "natter-session.h"
#include "natter-timeline.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_PENDING 6

/* What was typed this long before a crash has to be there. */
#define DRAFT_KEPT_US (5 * G_USEC_PER_SEC)

typedef struct
{
  GMainLoop     *loop;
  NatterProfile *profile;
  NatterSecrets *secrets;
  NatterSession *session;
  NatterServer  *server;
  char          *directory;
  char          *user;
  char          *password;
  GRand         *random;
  int            journal;
  guint          n_messages;
  guint          interval_ms;
  guint          shown;   /* the last message that was seen in its channel */
  guint          written; /* the last message that was sent */
  guint          typed;   /* the last version of the draft that is never sent */
  gboolean       typing;  /* half of a message is in the draft */
  gboolean       checked; /* what was there at the start */
} Client;

G_NORETURN static void
fail (const char *what,
      const char *detail)
{
  fprintf (stderr, "client: %s: %s\n", what, detail);
  exit (EXIT_FAILURE);
}

static void
say (const char *word)
{
  if (puts (word) == EOF || fflush (stdout) != 0)
    exit (EXIT_FAILURE);
}

/* In the kernel, and so safe from a kill, when it returns. */
static void
note (Client     *self,
      const char *what,
      guint       number)
{
  g_autofree char *line = g_strdup_printf ("%s %u %" G_GINT64_FORMAT "\n", what, number, g_get_real_time ());

  if (write (self->journal, line, strlen (line)) != (ssize_t) strlen (line))
    fail ("the journal", g_strerror (errno));
}

/* What was seen and typed before. The last version of the draft that has to be there is in @typed_for_sure. */
static void
read_journal (Client *self,
              guint  *typed_for_sure)
{
  g_autofree char *path = g_build_filename (self->directory, "journal", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  gint64 end = 0;

  *typed_for_sure = 0;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    text = g_strdup ("");
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *last_space = strrchr (lines[i], ' ');

      if (last_space != NULL)
        end = MAX (end, g_ascii_strtoll (last_space + 1, NULL, 10));
    }
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char what[16];
      guint number;
      gint64 time;

      if (sscanf (lines[i], "%15s %u %" G_GINT64_FORMAT, what, &number, &time) != 3)
        continue;
      if (g_str_equal (what, "shown"))
        self->shown = MAX (self->shown, number);
      else if (g_str_equal (what, "typed"))
        {
          self->typed = MAX (self->typed, number);
          if (time < end - DRAFT_KEPT_US)
            *typed_for_sure = MAX (*typed_for_sure, number);
        }
    }
  self->journal = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (self->journal < 0)
    fail (path, g_strerror (errno));
}

static const char *
place_of (guint number)
{
  return number % 2 == 0 ? "general" : "random";
}

static char *
text_of (Client *self,
         guint   number)
{
  return g_strdup_printf (FAULT_TEXT, self->user, number);
}

static guint
number_of (const char *text)
{
  const char *sharp = strchr (text, '#');

  return sharp != NULL ? (guint) g_ascii_strtoull (sharp + 1, NULL, 10) : 0;
}

static void
on_items (GListModel *timeline,
          guint       position,
          guint       n_removed,
          guint       n_added,
          Client     *self)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr(NatterMessage) message = g_list_model_get_item (timeline, i);
      guint number;

      if (!natter_message_get_own (message) || natter_message_get_state (message) == NATTER_MESSAGE_SENT)
        continue;
      number = number_of (natter_message_get_content (message));
      if (number > self->shown)
        {
          self->shown = number;
          note (self, "shown", number);
        }
    }
}

/* The draft may be what the person had in hand, and nothing that was sent already. */
static void
check_draft (Client        *self,
             NatterChannel *channel)
{
  NatterDraft *draft = natter_channel_get_draft (channel);
  guint number = number_of (natter_draft_get_text (draft));

  if (number == 0)
    return;
  if (number <= self->written)
    fail ("a draft was sent and is still there", natter_draft_get_text (draft));
}

static void
check_start (Client *self,
             guint   typed_for_sure)
{
  NatterOutbox *outbox = natter_server_get_outbox (self->server);
  NatterChannel *general = natter_server_lookup_channel (self->server, "general");
  NatterDraft *unsent = natter_channel_get_edit_draft (general, FAULT_EDITED);
  guint typed = number_of (natter_draft_get_text (unsent));

  /* What came to the disk just before the kill was not seen, but is there. */
  self->written = self->shown;
  for (guint i = 0; i < outbox->outgoing->len; i++)
    self->written = MAX (self->written, number_of (((NatterOutgoing *) outbox->outgoing->pdata[i])->stored->text));
  if (outbox->n_failed > 0)
    fail ("a message failed", ((NatterOutgoing *) outbox->outgoing->pdata[0])->stored->text);
  check_draft (self, general);
  check_draft (self, natter_server_lookup_channel (self->server, "random"));
  if (typed < typed_for_sure || typed > self->typed + 1)
    {
      g_autofree char *versions = g_strdup_printf ("%u, not %u to %u", typed, typed_for_sure, self->typed);

      fail ("a draft is not as it was", versions);
    }
  self->typed = typed;
  self->checked = TRUE;
}

static void
type_draft (Client *self)
{
  NatterChannel *general = natter_server_lookup_channel (self->server, "general");
  g_autofree char *text = g_strdup_printf ("draft #%u", self->typed + 1);

  natter_draft_set_text (natter_channel_get_edit_draft (general, FAULT_EDITED), text);
  self->typed++;
  note (self, "typed", self->typed);
}

static void
write_message (Client *self)
{
  NatterChannel *channel = natter_server_lookup_channel (self->server, place_of (self->written + 1));
  NatterDraft *draft = natter_channel_get_draft (channel);
  g_autofree char *text = text_of (self, self->written + 1);

  if (!self->typing)
    {
      g_autofree char *half = g_strdup_printf ("%s and so", text);

      natter_draft_set_text (draft, half);
      self->typing = TRUE;
      return;
    }
  self->typing = FALSE;
  natter_draft_set_text (draft, text);
  if (natter_channel_send_draft (channel) == NULL)
    fail ("not sent", text);
  self->written++;
}

static void
finish (Client *self)
{
  NatterChannel *general = natter_server_lookup_channel (self->server, "general");
  NatterDraft *draft = natter_channel_get_draft (general);
  g_autofree char *text = g_strdup_printf (FAULT_LAST_DRAFT, self->user);

  natter_draft_set_text (draft, text);
  g_main_loop_quit (self->loop);
}

static gboolean on_step (gpointer data);

static void
step_later (Client *self)
{
  g_timeout_add_once (g_rand_int_range (self->random, 0, 2 * (gint32) self->interval_ms + 1), (GSourceOnceFunc) on_step,
                      self);
}

static gboolean
on_step (gpointer data)
{
  Client *self = data;
  NatterOutbox *outbox = natter_server_get_outbox (self->server);

  if (outbox->n_failed > 0)
    fail ("a message failed", natter_server_get_id (self->server));
  if (self->written >= self->n_messages)
    {
      if (outbox->outgoing->len == 0)
        {
          finish (self);
          return G_SOURCE_REMOVE;
        }
    }
  else if (outbox->n_pending < MAX_PENDING)
    write_message (self);
  if (g_rand_int_range (self->random, 0, 4) == 0)
    type_draft (self);
  step_later (self);
  return G_SOURCE_REMOVE;
}

static void
follow (Client     *self,
        const char *name)
{
  NatterTimeline *timeline = natter_channel_get_timeline (natter_server_lookup_channel (self->server, name));

  g_signal_connect (timeline, "items-changed", G_CALLBACK (on_items), self);
  on_items (G_LIST_MODEL (timeline), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (timeline)), self);
  natter_timeline_load_latest (timeline);
}

static void
hurry (NatterServer *server)
{
  NatterConnectionLimits limits;

  natter_connection_get_limits (natter_server_get_connection (server), &limits);
  limits.connect_ms = 1000;
  limits.handshake_ms = 1000;
  limits.silence_ms = 1500;
  limits.alive_ms = 500;
  limits.ping_ms = 400;
  limits.retry_first_ms = 20;
  limits.retry_last_ms = 300;
  natter_connection_set_limits (natter_server_get_connection (server), &limits);
  natter_connection_set_persistent (natter_server_get_connection (server), TRUE);
  g_object_set (natter_server_get_outbox (server), "settle-time", 300, NULL);
}

static void
iterate_until_ready (Client *self)
{
  while (natter_server_lookup_channel (self->server, "general") == NULL
         || natter_server_lookup_channel (self->server, "random") == NULL
         || !natter_server_get_outbox (self->server)->loaded)
    g_main_context_iteration (NULL, TRUE);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

#define AWAIT(call)                            \
  G_STMT_START                                 \
    {                                          \
      g_clear_object (&result);                \
      call;                                    \
      while (result == NULL)                   \
        g_main_context_iteration (NULL, TRUE); \
    }                                          \
  G_STMT_END

/* The keyring forgets nothing when a program is killed; there is none here. */
static void
remember_password (Client *self)
{
  NatterAccount *account = natter_server_get_account (self->server);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  AWAIT (natter_secrets_store_async (self->secrets, natter_account_get_id (account), "fault test", self->password, TRUE,
                                     NULL, on_done, &result));
  if (!natter_secrets_store_finish (self->secrets, result, &error))
    fail ("the password", error->message);
  natter_account_set_needs_sign_in (account, FALSE);
}

static void
join (Client     *self,
      const char *host)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterAddress) address = natter_address_parse (host, &error);
  g_autoptr(GAsyncResult) result = NULL;

  if (address == NULL)
    fail (host, error->message);
  self->server = natter_session_new_server (self->session, address);
  hurry (self->server);
  natter_server_connect (self->server);
  while (natter_server_get_handshake (self->server) == NULL)
    g_main_context_iteration (NULL, TRUE);
  AWAIT (natter_session_join_with_password_async (self->session, self->server, self->user, self->password, FALSE, TRUE,
                                                  NULL, on_done, &result));
  if (!natter_session_join_finish (self->session, result, &error))
    fail ("joining", error->message);
}

static void
start (Client     *self,
       const char *host)
{
  GListModel *servers = natter_session_get_servers (self->session);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  AWAIT (natter_session_load_async (self->session, NULL, on_done, &result));
  if (!natter_session_load_finish (self->session, result, &error))
    fail ("the profile", error->message);
  self->server = g_list_model_get_item (servers, 0);
  if (self->server == NULL)
    {
      join (self, host);
      return;
    }
  hurry (self->server);
  remember_password (self);
  natter_session_connect (self->session);
}

int
main (int   argc,
      char *argv[])
{
  Client self = { 0 };
  guint typed_for_sure;

  if (argc != 7)
    fail ("usage", "DIRECTORY HOST:PORT USER MESSAGES INTERVAL-MS SEED");
  self.directory = argv[1];
  self.user = argv[3];
  self.password = g_strdup_printf ("%s-pass", self.user);
  self.n_messages = atoi (argv[4]);
  self.interval_ms = atoi (argv[5]);
  self.random = g_rand_new_with_seed (atoi (argv[6]));
  self.loop = g_main_loop_new (NULL, FALSE);
  self.profile = natter_profile_new (self.directory);
  self.secrets = natter_secrets_new (self.profile);
  self.session = natter_session_new (self.profile, self.secrets, NULL);
  read_journal (&self, &typed_for_sure);
  start (&self, argv[2]);
  iterate_until_ready (&self);
  check_start (&self, typed_for_sure);
  follow (&self, "general");
  follow (&self, "random");
  say ("ready");
  step_later (&self);
  g_main_loop_run (self.loop);

  g_clear_object (&self.server);
  g_clear_object (&self.session);
  g_clear_object (&self.secrets);
  g_clear_object (&self.profile);
  g_clear_pointer (&self.loop, g_main_loop_unref);
  g_clear_pointer (&self.random, g_rand_free);
  g_free (self.password);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  say ("done");
  return EXIT_SUCCESS;
}
