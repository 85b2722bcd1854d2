/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be meant by what is being written, and slash commands. */
#include "model-fixture.h"

#include "natter-completion.h"
#include "natter-error.h"
#include "natter-slash-command.h"

#include <string.h>

/* @text: `|` is the cursor */
static void
enter (NatterCompletion *completion,
       NatterChannel    *channel,
       const char       *text)
{
  const char *cursor = strchr (text, '|');
  g_autofree char *head = g_strndup (text, cursor - text);
  g_autofree char *whole = g_strconcat (head, cursor + 1, NULL);

  natter_completion_update (completion, channel, whole, g_utf8_strlen (head, -1));
}

static guint
count (NatterCompletion *completion)
{
  return g_list_model_get_n_items (G_LIST_MODEL (completion));
}

/* (nullable): what is written for a candidate; the list holds it */
static const char *
text_at (NatterCompletion *completion,
         guint             position)
{
  g_autoptr(NatterCandidate) candidate = g_list_model_get_item (G_LIST_MODEL (completion), position);

  return candidate != NULL ? natter_candidate_get_text (candidate) : NULL;
}

static gboolean
has (NatterCompletion *completion,
     const char       *text)
{
  for (guint i = 0; i < count (completion); i++)
    if (g_str_equal (text_at (completion, i), text))
      return TRUE;
  return FALSE;
}

static void
test_kinds (ModelFixture  *fixture,
            gconstpointer  data)
{
  static const struct { const char *text; NatterCompletionKind kind; guint start; } cases[] = {
    { "|", NATTER_COMPLETION_NONE, 0 },
    { "hello|", NATTER_COMPLETION_NONE, 0 },
    { "@|", NATTER_COMPLETION_MEMBER, 0 },
    { "hé @wr|", NATTER_COMPLETION_MEMBER, 3 },
    { "hé @wr| and more", NATTER_COMPLETION_MEMBER, 3 },
    { "(@wr|", NATTER_COMPLETION_MEMBER, 1 },
    { "@USR:local_w|", NATTER_COMPLETION_MEMBER, 0 },
    { "me@wr|", NATTER_COMPLETION_NONE, 0 },
    { "@wren |", NATTER_COMPLETION_NONE, 0 },
    { "a\n@&ad|", NATTER_COMPLETION_ROLE, 2 },
    { "see #|", NATTER_COMPLETION_CHANNEL, 4 },
    { "a#b|", NATTER_COMPLETION_NONE, 0 },
    { "##|", NATTER_COMPLETION_NONE, 0 },
    { ":g|", NATTER_COMPLETION_NONE, 0 },
    { ":gr|", NATTER_COMPLETION_EMOJI, 0 },
    { ":)|", NATTER_COMPLETION_NONE, 0 },
    { "12:30|", NATTER_COMPLETION_NONE, 0 },
    { "https://ab|", NATTER_COMPLETION_NONE, 0 },
    { "/ni|", NATTER_COMPLETION_COMMAND, 0 },
    { "a /ni|", NATTER_COMPLETION_NONE, 0 },
    { "`@wr|", NATTER_COMPLETION_NONE, 0 },
    { "`a` @wr|", NATTER_COMPLETION_MEMBER, 4 },
    { "```\n@wr|\n```", NATTER_COMPLETION_NONE, 0 },
  };
  g_autoptr(NatterCompletion) completion = natter_completion_new ();
  NatterChannel *channel = model_channel (fixture, "general");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      enter (completion, channel, cases[i].text);
      g_assert_cmpint (natter_completion_get_kind (completion), ==, cases[i].kind);
      if (cases[i].kind != NATTER_COMPLETION_NONE)
        g_assert_cmpuint (natter_completion_get_start (completion), ==, cases[i].start);
      else
        g_assert_cmpuint (count (completion), ==, 0);
    }
  natter_completion_update (completion, NULL, NULL, 0);
  g_assert_cmpuint (count (completion), ==, 0);
}

static void
test_members (ModelFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr(NatterCompletion) completion = natter_completion_new ();
  NatterChannel *channel = model_channel (fixture, "general");
  NatterMember *wren = natter_server_intern_member (fixture->server, "USR:local_wren");
  g_autoptr(NatterCandidate) candidate = NULL;

  enter (completion, channel, "@wre|");
  g_assert_cmpstr (text_at (completion, 0), ==, "@USR:local_wren");
  candidate = g_list_model_get_item (G_LIST_MODEL (completion), 0);
  g_assert_true (natter_candidate_get_item (candidate) == wren);
  /* By the nickname too. */
  model_act (fixture, "USR:local_wren", "{\"cmd\":\"slash_call\",\"channel\":\"general\",\"command\":\"nick\",\"args\":"
             "{\"nickname\":\"Zaunkönig\"}}");
  wait_for (g_str_equal (natter_member_get_name (wren), "Zaunkönig"));
  enter (completion, channel, "@zaunko|");
  g_assert_cmpuint (count (completion), ==, 1);
  g_assert_cmpstr (text_at (completion, 0), ==, "@USR:local_wren");
  /* Oneself comes last. */
  enter (completion, channel, "@|");
  g_assert_cmpuint (count (completion), >, 2);
  g_assert_cmpstr (text_at (completion, count (completion) - 1), ==, "@USR:local_cleo");
}

/* What was chosen last comes first among its like. */
static void
test_recent (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(NatterCompletion) completion = natter_completion_new ();
  NatterChannel *channel = model_channel (fixture, "general");
  g_autoptr(NatterCandidate) second = NULL;
  g_autoptr(NatterCandidate) first = NULL;

  enter (completion, channel, "#|");
  second = g_list_model_get_item (G_LIST_MODEL (completion), 1);
  natter_completion_choose (completion, second);
  enter (completion, channel, "#|");
  g_assert_cmpstr (text_at (completion, 0), ==, natter_candidate_get_text (second));
  first = g_list_model_get_item (G_LIST_MODEL (completion), 1);
  natter_completion_choose (completion, first);
  enter (completion, channel, "#|");
  g_assert_cmpstr (text_at (completion, 0), ==, natter_candidate_get_text (first));
  g_assert_cmpstr (text_at (completion, 1), ==, natter_candidate_get_text (second));
}

/* Whoever can't see the channel comes after all who can. */
static void
test_hidden (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(NatterCompletion) completion = natter_completion_new ();
  NatterChannel *channel = model_channel (fixture, "general");

  enter (completion, channel, "@|");
  g_assert_cmpstr (text_at (completion, 0), !=, "@USR:local_wren");
  model_act (fixture, "USR:local_wren", "{\"cmd\":\"user_roles_set\",\"user\":\"USR:local_cleo\",\"roles\":[\"owner\",\"user\"]}");
  model_act (fixture, "USR:local_wren", "{\"cmd\":\"channel_update\",\"current_name\":\"general\",\"updates\":"
             "{\"permissions\":{\"view\":[\"owner\"],\"send\":[\"owner\"]}}}");
  model_control (fixture, "{\"do\":\"push\",\"what\":\"channels\"}");
  settle ();
  wait_for ((enter (completion, channel, "@|"), g_str_equal (text_at (completion, 0), "@USR:local_wren")));
}

static void
test_others (ModelFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr(NatterCompletion) completion = natter_completion_new ();
  NatterChannel *channel = model_channel (fixture, "general");
  g_autoptr(NatterCandidate) candidate = NULL;

  enter (completion, channel, "#rand|");
  g_assert_cmpstr (text_at (completion, 0), ==, "#random");
  enter (completion, channel, "@&|");
  g_assert_true (has (completion, "@&user"));
  enter (completion, channel, ":thumbsu|");
  g_assert_cmpstr (text_at (completion, 0), ==, "👍️");
  candidate = g_list_model_get_item (G_LIST_MODEL (completion), 0);
  g_assert_cmpstr (natter_candidate_get_emoji (candidate), ==, "👍️");
  enter (completion, channel, ":zzzzzz|");
  g_assert_cmpuint (count (completion), ==, 0);
}

static void
on_called (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  ModelFixture *fixture = data;

  g_autofree char *answer = NULL;

  g_clear_error (&fixture->error);
  answer = natter_channel_call_finish (NATTER_CHANNEL (source), result, &fixture->error);
  g_assert_true ((answer == NULL) == (fixture->error != NULL));
  /* It is said in the channel. */
  g_assert_true (answer == NULL || *answer == '\0');
  fixture->done = TRUE;
}

static void
call (ModelFixture *fixture,
      const char   *text)
{
  fixture->done = FALSE;
  natter_channel_call_async (model_channel (fixture, "general"), text, on_called, fixture);
  wait_for (fixture->done);
}

static void
test_commands (ModelFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr(NatterCompletion) completion = natter_completion_new ();
  NatterChannel *channel = model_channel (fixture, "general");
  NatterMember *me = natter_server_get_me (fixture->server);

  /* They come while it is shown. */
  enter (completion, channel, "/|");
  wait_for (count (completion) > 0);
  g_assert_true (has (completion, "/nick"));
  /* Not for everybody. */
  g_assert_false (has (completion, "/ban"));
  g_assert_null (natter_completion_get_command (completion));
  enter (completion, channel, "/nick |");
  g_assert_cmpstr (natter_slash_command_get_name (natter_completion_get_command (completion)), ==, "nick");
  g_assert_cmpint (natter_completion_get_option (completion), ==, 0);
  g_assert_null (natter_server_find_command (fixture->server, "/nickel"));
  g_assert_null (natter_server_find_command (fixture->server, "nick"));

  call (fixture, "/nick The Cleo");
  g_assert_no_error (fixture->error);
  wait_for (g_str_equal (natter_member_get_name (me), "The Cleo"));
  call (fixture, "/nick A name that is longer than names may be");
  g_assert_error (fixture->error, NATTER_ERROR, NATTER_ERROR_REJECTED);
  call (fixture, "/mute");
  g_assert_error (fixture->error, NATTER_SLASH_ERROR, NATTER_SLASH_ERROR_MISSING);
  g_assert_cmpstr (fixture->error->message, ==, "username");
  call (fixture, "/mute @wren soon");
  g_assert_error (fixture->error, NATTER_SLASH_ERROR, NATTER_SLASH_ERROR_NUMBER);
  g_assert_cmpstr (fixture->error->message, ==, "duration");
}

static void
test_arguments (ModelFixture  *fixture,
                gconstpointer  data)
{
  static const struct { const char *text; const char *args; } cases[] = {
    { "/mute @ada 60", "{\"username\":\"ada\",\"duration\":60}" },
    { "/mute  \"ada k\"  60  for  a while ", "{\"username\":\"ada k\",\"duration\":60,\"reason\":\"for  a while\"}" },
    { "/mute ada 60 \"quoted\" and more", "{\"username\":\"ada\",\"duration\":60,\"reason\":\"\\\"quoted\\\" and more\"}" },
    { "/mute ada 60 \"quoted\"", "{\"username\":\"ada\",\"duration\":60,\"reason\":\"quoted\"}" },
    { "/mute \"ada 60", "{\"username\":\"\\\"ada\",\"duration\":60}" },
  };
  static const struct { const char *text; int option; gsize start; } places[] = {
    { "/mute", -1, 0 }, { "/mute ", 0, 6 }, { "/mute a", 0, 6 }, { "/mute a ", 1, 8 }, { "/mute \"a b", 0, 6 },
    { "/mute \"a b\" 6", 1, 12 }, { "/mute a 6 because of", 2, 10 },
  };
  NatterSlashCommand *mute;

  natter_server_get_commands (fixture->server);
  wait_for (natter_server_find_command (fixture->server, "/mute") != NULL);
  mute = natter_server_find_command (fixture->server, "/mute");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(NatterCommand) command = natter_slash_command_make (mute, "general", NULL, cases[i].text, &error);
      g_autofree char *end = g_strdup_printf ("\"args\":%s}", cases[i].args);
      g_autofree char *json = NULL;

      g_assert_no_error (error);
      json = natter_command_serialize (command, NULL);
      g_test_message ("%s", json);
      g_assert_true (g_str_has_suffix (json, end));
    }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gsize start = 0;

      g_assert_cmpint (natter_slash_command_find_option (mute, places[i].text, &start), ==, places[i].option);
      if (places[i].option >= 0)
        g_assert_cmpuint (start, ==, places[i].start);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_model_test ("/completion/kinds", test_kinds, NULL);
  add_model_test ("/completion/members", test_members, NULL);
  add_model_test ("/completion/recent", test_recent, NULL);
  add_model_test ("/completion/hidden", test_hidden, NULL);
  add_model_test ("/completion/others", test_others, NULL);
  add_model_test ("/completion/commands", test_commands, NULL);
  add_model_test ("/completion/arguments", test_arguments, NULL);

  return g_test_run ();
}
