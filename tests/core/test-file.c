/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that go with a message: from the disk to the history that others read. */
#include "model-fixture.h"
#include "natter-attachment.h"
#include "natter-draft.h"
#include "natter-file.h"
#include "natter-upload.h"

static void
join (ModelFixture  *fixture,
      gconstpointer  options)
{
  model_set_up (fixture, options);
  fixture->server = model_greet (fixture);
  natter_session_join_with_token_async (fixture->session, fixture->server, "tok-mika", TRUE, NULL, model_on_joined, fixture);
  wait_for (fixture->done);
  g_assert_no_error (fixture->error);
  wait_for (natter_server_lookup_channel (fixture->server, "general") != NULL);
}

/* (transfer full) */
static GFile *
make_file (ModelFixture *fixture,
           const char   *name,
           gsize         size)
{
  g_autofree char *path = g_build_filename (fixture->directory, name, NULL);
  g_autofree char *content = g_malloc0 (size + 1);

  for (gsize i = 0; i < size; i++)
    content[i] = (char) ('a' + i % 23);
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));
  return g_file_new_for_path (path);
}

static guint
count_files (NatterChannel *channel)
{
  return g_list_model_get_n_items (natter_channel_get_files (channel));
}

static NatterFile *
add (NatterChannel *channel,
     GFile         *file)
{
  return natter_channel_add_file (channel, file, NULL);
}

static gboolean
is_sent (NatterMessage *message)
{
  return natter_message_get_state (message) == NATTER_MESSAGE_SENT;
}

static void
test_sent (ModelFixture  *fixture,
           gconstpointer  options)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autoptr(GFile) first_file = make_file (fixture, "first.txt", 100000);
  g_autoptr(GFile) second_file = make_file (fixture, "second.txt", 10);
  g_autoptr(NatterAttachment) attachment = NULL;
  g_autofree char *stored = NULL;
  NatterMessage *message;
  NatterFile *first, *second;

  first = add (channel, first_file);
  second = add (channel, second_file);
  natter_draft_set_text (natter_channel_get_draft (channel), "Two files");
  /* Not while the server has but a part of them. */
  g_assert_null (natter_channel_send_draft (channel));
  wait_for (natter_file_get_state (first) == NATTER_FILE_READY && natter_file_get_state (second) == NATTER_FILE_READY);
  g_assert_cmpfloat (natter_file_get_fraction (first), ==, 1);
  g_assert_cmpstr (natter_file_get_name (first), ==, "first.txt");
  g_assert_cmpuint (natter_file_get_size (first), ==, 100000);

  message = natter_channel_send_draft (channel);
  g_assert_nonnull (message);
  g_assert_cmpuint (count_files (channel), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (natter_message_get_attachments (message)), ==, 2);
  wait_for (is_sent (message));
  attachment = g_list_model_get_item (natter_message_get_attachments (message), 0);
  g_assert_cmpstr (natter_attachment_get_name (attachment), ==, "first.txt");
  stored = test_server_dup_message (fixture->test_server, "general",
                                    test_server_count_messages (fixture->test_server, "general") - 1);
  g_assert_nonnull (strstr (stored, "first.txt"));
  g_assert_nonnull (strstr (stored, "second.txt"));
  g_assert_nonnull (strstr (stored, "Two files"));
}

/* Whoever sends while files are on their way does not have to wait. */
static void
test_sent_soon (ModelFixture  *fixture,
                gconstpointer  options)
{
  NatterChannel *channel = model_channel (fixture, "general");
  guint before = test_server_count_messages (fixture->test_server, "general");
  g_autoptr(GFile) good_file = make_file (fixture, "good.txt", 10);
  g_autoptr(GFile) bad_file = make_file (fixture, "program.exe", 10);
  NatterFile *bad;

  add (channel, good_file);
  bad = add (channel, bad_file);
  natter_draft_set_text (natter_channel_get_draft (channel), "Here");
  natter_channel_send_draft_soon (channel);
  g_assert_true (natter_channel_get_send_waits (channel));
  wait_for (natter_file_get_state (bad) == NATTER_FILE_FAILED);
  g_assert_true (natter_channel_get_send_waits (channel));
  g_assert_cmpuint (test_server_count_messages (fixture->test_server, "general"), ==, before);
  natter_channel_remove_file (channel, bad);
  wait_for (!natter_channel_get_send_waits (channel));
  wait_for (test_server_count_messages (fixture->test_server, "general") == before + 1);
  g_assert_cmpuint (count_files (channel), ==, 0);
  g_assert_true (natter_draft_get_empty (natter_channel_get_draft (channel)));
}

/* A file says enough. */
static void
test_no_text (ModelFixture  *fixture,
              gconstpointer  options)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autoptr(GFile) file = make_file (fixture, "a.txt", 10);
  NatterFile *item = add (channel, file);
  NatterMessage *message;

  g_assert_null (natter_channel_send_draft (channel));
  wait_for (natter_file_get_state (item) == NATTER_FILE_READY);
  message = natter_channel_send_draft (channel);
  g_assert_nonnull (message);
  wait_for (is_sent (message));
}

static void
test_refused (ModelFixture  *fixture,
              gconstpointer  options)
{
  NatterChannel *channel = model_channel (fixture, "general");
  guint64 max = natter_upload_get_max (natter_server_get_handshake (fixture->server));
  g_autofree char *large_path = g_build_filename (fixture->directory, "large.txt", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (fixture->directory);
  g_autoptr(GFile) program = make_file (fixture, "program.exe", 10);
  g_autoptr(GFile) nothing = g_file_get_child (folder, "nothing");
  g_autoptr(GFile) large = g_file_new_for_path (large_path);
  NatterFile *item;

  /* A hole takes no room. */
  g_assert_true (g_file_set_contents (large_path, "", 0, NULL));
  g_assert_cmpint (truncate (large_path, (off_t) max + 1), ==, 0);
  item = add (channel, large);
  wait_for (natter_file_get_state (item) == NATTER_FILE_FAILED);
  g_assert_error ((GError *) natter_file_get_error (item), NATTER_ERROR, NATTER_ERROR_TOO_LARGE);

  item = add (channel, folder);
  wait_for (natter_file_get_state (item) == NATTER_FILE_FAILED);
  g_assert_error ((GError *) natter_file_get_error (item), G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);

  item = add (channel, program);
  wait_for (natter_file_get_state (item) == NATTER_FILE_FAILED);
  g_assert_error ((GError *) natter_file_get_error (item), NATTER_ERROR, NATTER_ERROR_REJECTED);

  item = add (channel, nothing);
  wait_for (natter_file_get_state (item) == NATTER_FILE_FAILED);
  g_assert_error ((GError *) natter_file_get_error (item), G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

  /* It is there now: no need to choose it again. */
  g_object_unref (make_file (fixture, "nothing", 10));
  natter_file_retry (item);
  wait_for (natter_file_get_state (item) == NATTER_FILE_READY);
  g_assert_null (natter_file_get_error (item));
  while (count_files (channel) > 0)
    {
      g_autoptr(NatterFile) first = g_list_model_get_item (natter_channel_get_files (channel), 0);

      natter_channel_remove_file (channel, first);
    }
}

/* A proof that has become old is replaced by a new one, unseen. */
static void
test_old_proof (ModelFixture  *fixture,
                gconstpointer  options)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autoptr(GFile) file = make_file (fixture, "a.txt", 10);
  NatterFile *item;

  model_control (fixture, "{\"do\": \"rotur\", \"forget_validators\": true}");
  item = add (channel, file);
  wait_for (natter_file_get_state (item) == NATTER_FILE_READY);
}

static void
test_taken_away (ModelFixture  *fixture,
                 gconstpointer  options)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autoptr(GFile) file = make_file (fixture, "a.txt", 5000000);
  NatterFile *item = g_object_ref (add (channel, file));

  wait_for (natter_file_get_fraction (item) > 0 || natter_file_get_error (item) != NULL);
  g_assert_no_error ((GError *) natter_file_get_error (item));
  natter_channel_remove_file (channel, item);
  g_assert_cmpuint (count_files (channel), ==, 0);
  /* What was on its way ends, and nothing holds it any longer. */
  g_object_add_weak_pointer (G_OBJECT (item), (gpointer *) &item);
  g_object_unref (item);
  wait_for (item == NULL);
}

static void
test_waits_for_connection (ModelFixture  *fixture,
                           gconstpointer  options)
{
  NatterChannel *channel = model_channel (fixture, "general");
  NatterConnectionLimits limits;
  g_autoptr(GFile) file = make_file (fixture, "a.txt", 10);
  NatterFile *item;

  natter_connection_get_limits (natter_server_get_connection (fixture->server), &limits);
  limits.retry_first_ms = 1;
  limits.retry_last_ms = 5;
  natter_connection_set_limits (natter_server_get_connection (fixture->server), &limits);
  model_control (fixture, "{\"do\": \"faults\", \"refuse\": \"connect\"}");
  test_server_drop_all (fixture->test_server);
  wait_for (natter_server_get_state (fixture->server) != NATTER_CONNECTION_READY);
  item = add (channel, file);
  wait_for (natter_file_get_mime_type (item) != NULL);
  g_assert_cmpint (natter_file_get_state (item), ==, NATTER_FILE_WAITING);
  model_control (fixture, "{\"do\": \"faults\", \"none\": true}");
  wait_for (natter_file_get_state (item) == NATTER_FILE_READY);
}

static void
test_server_account (ModelFixture  *fixture,
                     gconstpointer  options)
{
  NatterChannel *channel = model_channel (fixture, "general");
  g_autoptr(GFile) file = make_file (fixture, "a.txt", 10);
  g_autoptr(GError) error = NULL;
  NatterFile *item;

  g_assert_false (natter_channel_check_upload (channel, &error));
  g_assert_error (error, NATTER_ERROR, NATTER_ERROR_ROTUR);
  item = add (channel, file);
  wait_for (natter_file_get_state (item) == NATTER_FILE_FAILED);
  g_assert_error ((GError *) natter_file_get_error (item), NATTER_ERROR, NATTER_ERROR_ROTUR);
}

int
main (int    argc,
      char **argv)
{
  static const TestServerOptions old = { 0 };
  static const TestServerOptions new = { .generation = TEST_SERVER_GENERATION_NEW };

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/file/sent/old", ModelFixture, &old, join, test_sent, model_tear_down);
  g_test_add ("/file/sent/new", ModelFixture, &new, join, test_sent, model_tear_down);
  g_test_add ("/file/no-text", ModelFixture, &old, join, test_no_text, model_tear_down);
  g_test_add ("/file/sent-soon", ModelFixture, &old, join, test_sent_soon, model_tear_down);
  g_test_add ("/file/refused", ModelFixture, &old, join, test_refused, model_tear_down);
  g_test_add ("/file/old-proof", ModelFixture, &old, join, test_old_proof, model_tear_down);
  g_test_add ("/file/taken-away", ModelFixture, &old, join, test_taken_away, model_tear_down);
  g_test_add ("/file/waits-for-connection", ModelFixture, &old, join, test_waits_for_connection, model_tear_down);
  add_model_test ("/file/server-account", test_server_account, &old);
  return g_test_run ();
}
