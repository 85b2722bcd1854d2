/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-notation.h"
#include "model-fixture.h"
#include "natter-server-private.h"

static NatterMessage *
new_message (ModelFixture *fixture,
             const char   *content)
{
  const NatterMessageData wire = { .id = (char *) "m1", .author = (char *) "originChats", .content = (char *) content,
                                   .time = G_TIME_SPAN_DAY };

  return natter_message_new_from_data (model_channel (fixture, "general"),
                                       natter_server_intern_member (fixture->server, wire.author), &wire);
}

static void
on_document (guint *count)
{
  (*count)++;
}

static void
test_names (ModelFixture  *fixture,
            gconstpointer  data)
{
  const struct
  {
    const char *content;
    const char *plain;
  } cases[] = {
    { "hello **@USR:local_ada_k**: see #general", "hello @ada_k: see #general" },
    { "@USR:local_ada_k-", "@ada_k-" },
    { "@usr:local_ada_k @nobody @USR:local_nobody", "@usr:local_ada_k @nobody @USR:local_nobody" },
    { "@&admin @&nothing", "@admin @&nothing" },
    { "#GENERAL #nowhere", "#general #nowhere" },
    { "the end: ||@USR:local_ada_k||", "the end: [spoiler]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      NatterMessage *message = new_message (fixture, cases[i].content);
      g_autofree char *plain = natter_message_dup_plain (message);

      g_assert_cmpstr (plain, ==, cases[i].plain);
      g_assert_finalize_object (message);
    }
}

/* The line above an answer shows the start of what was answered, and nothing of what is hidden there, however long it is. */
static void
test_reply (ModelFixture  *fixture,
            gconstpointer  data)
{
  g_autofree char *hidden = g_strnfill (2000, 'x');
  g_autofree char *content = g_strconcat ("the end: ||", hidden, "||", NULL);
  const NatterMessageData wire = { .id = (char *) "m2", .author = (char *) "originChats", .content = (char *) "oh",
                                   .reply_to_id = (char *) "m1", .reply_to_content = content, .time = G_TIME_SPAN_DAY };
  NatterMessage *message = natter_message_new_from_data (model_channel (fixture, "general"),
                                                         natter_server_intern_member (fixture->server, wire.author), &wire);
  g_autofree char *plain = natter_message_dup_reply_plain (message);

  g_assert_cmpstr (plain, ==, "the end: [spoiler]");
  g_assert_finalize_object (message);
}

/* What is written by name becomes a picture. */
static void
test_emoji (ModelFixture  *fixture,
            gconstpointer  data)
{
  NatterMessage *message;
  g_autoptr(NatterDocument) shown = NULL;
  g_autofree char *plain = NULL;
  NatterEmojiData lantern = { .id = (char *) "3", .name = (char *) "Wren_Hop" };
  g_autoptr(GPtrArray) emojis = g_ptr_array_new ();
  guint n_spans;

  g_ptr_array_add (emojis, &lantern);
  _natter_server_set_emojis (fixture->server, emojis);
  message = new_message (fixture, ":wren_hop: :nosuchemoji:");
  shown = natter_message_dup_shown (message);
  g_assert_cmpint (natter_document_get_spans (shown, &n_spans)[0].kind, ==, NATTER_SPAN_CUSTOM_EMOJI);
  g_assert_cmpuint (n_spans, ==, 1);
  plain = natter_message_dup_plain (message);
  g_assert_cmpstr (plain, ==, ":wren_hop: :nosuchemoji:");
  g_assert_cmpstr (natter_server_lookup_emoji_name (fixture->server, "3.png"), ==, "Wren_Hop");
  g_assert_finalize_object (message);
}

static void
test_own (ModelFixture  *fixture,
          gconstpointer  data)
{
  g_autofree char *name = g_strdup_printf ("@%s", natter_member_get_username (natter_server_get_me (fixture->server)));
  NatterMessage *message = new_message (fixture, name);
  g_autoptr(NatterDocument) shown = natter_message_dup_shown (message);
  guint n_spans;

  g_assert_true (natter_document_get_spans (shown, &n_spans)[0].own);
  g_assert_finalize_object (message);
}

static void
test_edit (ModelFixture  *fixture,
           gconstpointer  data)
{
  NatterMessage *message = new_message (fixture, "**one**");
  NatterMessageData wire = { .id = (char *) "m1", .author = (char *) "originChats", .content = (char *) "*two*", .edited = TRUE };
  NatterDocument *document = natter_message_get_document (message);
  g_autofree char *before = document_notate (document);
  g_autofree char *after = NULL;
  guint n_documents = 0;

  g_assert_true (natter_message_get_document (message) == document);
  g_assert_cmpstr (before, ==, "p{<b>one</b>}");
  g_signal_connect_swapped (message, "notify::document", G_CALLBACK (on_document), &n_documents);
  natter_message_update (message, &wire);
  g_assert_cmpuint (n_documents, ==, 1);
  after = document_notate (natter_message_get_document (message));
  g_assert_cmpstr (after, ==, "p{<i>two</i>}");
  g_assert_finalize_object (message);
}

/* Is shown at once, and with its marks as soon as they are known. */
static void
test_long (ModelFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr(GString) content = g_string_new (NULL);
  NatterMessage *message;
  guint n_documents = 0;
  guint n_spans;

  while (content->len <= 64 * 1024)
    g_string_append (content, "**bold** ");
  message = new_message (fixture, content->str);
  g_signal_connect_swapped (message, "notify::document", G_CALLBACK (on_document), &n_documents);
  g_assert_cmpstr (natter_document_get_text (natter_message_get_document (message)), ==, content->str);
  wait_for (n_documents > 0);
  natter_document_get_spans (natter_message_get_document (message), &n_spans);
  g_assert_cmpuint (n_spans, >, 1000);
  settle ();
  g_assert_finalize_object (message);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_model_test ("/message-text/names", test_names, NULL);
  add_model_test ("/message-text/reply", test_reply, NULL);
  add_model_test ("/message-text/emoji", test_emoji, NULL);
  add_model_test ("/message-text/own", test_own, NULL);
  add_model_test ("/message-text/edit", test_edit, NULL);
  add_model_test ("/message-text/long", test_long, NULL);
  return g_test_run ();
}
