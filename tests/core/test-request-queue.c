/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-request-queue.h"

#include "natter-socket.h"
#include "wait.h"

typedef struct
{
  GObject            *owner;
  NatterRequestQueue *queue;
  GPtrArray          *sent; /* texts */
  GPtrArray          *done; /* what came of each request, in order */
  guint               limit_changes;
  gboolean            deaf;
} Fixture;

/* The queue hands its owner to its functions, and no more than that. */
static Fixture *
fixture_of (GObject *owner)
{
  return g_object_get_data (owner, "fixture");
}

static gboolean
on_transmit (const char *text,
             GObject    *owner)
{
  Fixture *fixture = fixture_of (owner);

  if (!fixture->deaf)
    g_ptr_array_add (fixture->sent, g_strdup (text));
  return !fixture->deaf;
}

static void
on_limit_changed (GObject *owner)
{
  fixture_of (owner)->limit_changes++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const NatterRequestQueueFuncs funcs = { on_transmit, on_limit_changed };

  fixture->owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (fixture->owner, "fixture", fixture);
  fixture->queue = natter_request_queue_new (&funcs, fixture->owner);
  fixture->sent = g_ptr_array_new_with_free_func (g_free);
  fixture->done = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Gone");

  natter_request_queue_fail (fixture->queue, error);
  settle ();
  natter_request_queue_free (fixture->queue);
  g_assert_finalize_object (fixture->owner);
  g_ptr_array_unref (fixture->sent);
  g_ptr_array_unref (fixture->done);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Fixture *fixture = fixture_of (source);
  const char *name = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = g_task_propagate_pointer (G_TASK (result), &error);

  if (packet != NULL)
    g_ptr_array_add (fixture->done, g_strdup_printf ("%s: %s", name, packet->command));
  else if (error->domain == NATTER_ERROR)
    g_ptr_array_add (fixture->done, g_strdup_printf ("%s: error %d%s", name, error->code,
                                                     natter_request_queue_was_sent (G_TASK (result)) ? ", sent" : ""));
  else
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_ptr_array_add (fixture->done, g_strdup_printf ("%s: cancelled", name));
    }
}

static void
add_full (Fixture       *fixture,
          const char    *name,
          NatterCommand *command,
          GCancellable  *cancellable)
{
  natter_request_queue_add (fixture->queue, command,
                            g_task_new (fixture->owner, cancellable, on_done, (gpointer) name));
}

static void
add (Fixture       *fixture,
     const char    *name,
     NatterCommand *command)
{
  add_full (fixture, name, command, NULL);
}

static NatterCommand *
message (const char *text)
{
  return natter_command_message_new ("general", NULL, text, NULL, FALSE);
}

static const char *
listener_of (Fixture *fixture,
             guint    position)
{
  static char listener[32];
  const char *start = strstr (fixture->sent->pdata[position], "\"listener\":\"");

  g_assert_nonnull (start);
  start += strlen ("\"listener\":\"");
  g_strlcpy (listener, start, MIN (sizeof listener, (gsize) (strchr (start, '"') - start + 1)));
  return listener;
}

static gboolean
answer (Fixture    *fixture,
        const char *format,
        guint       position)
{
  g_autofree char *text = g_strdup_printf ("{%s,\"listener\":\"%s\"}", format, listener_of (fixture, position));
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_packet_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return natter_request_queue_answer (fixture->queue, packet);
}

static gboolean
sent_holds (Fixture    *fixture,
            guint       position,
            const char *text)
{
  return position < fixture->sent->len && strstr (fixture->sent->pdata[position], text) != NULL;
}

#define assert_done(fixture, position, text) \
  g_assert_cmpstr (g_ptr_array_index ((fixture)->done, position), ==, text)

#define PONG "\"cmd\":\"pong\",\"val\":\"pong\""
#define SENT "\"cmd\":\"message_new\",\"message\":{\"id\":\"a\",\"user\":\"wren\",\"content\":\"x\",\"timestamp\":1},\"channel\":\"general\""
#define LIMIT "\"cmd\":\"rate_limit\",\"reason\":\"slow\",\"length\":120"

static void
test_answers_find_their_questions (Fixture       *fixture,
                                   gconstpointer  data)
{
  add (fixture, "a", natter_command_ping ());
  add (fixture, "b", natter_command_ping ());
  add (fixture, "c", natter_command_ping ());
  g_assert_cmpuint (fixture->sent->len, ==, 3);
  g_assert_cmpuint (natter_request_queue_get_n_pending (fixture->queue), ==, 3);

  g_assert_true (answer (fixture, PONG, 1));
  g_assert_false (answer (fixture, PONG, 1));
  g_assert_true (answer (fixture, "\"cmd\":\"error\",\"src\":\"x\",\"val\":\"Channel not found\"", 2));
  g_assert_true (answer (fixture, PONG, 0));
  wait_for (fixture->done->len == 3);
  assert_done (fixture, 0, "b: pong");
  g_assert_true (g_str_has_prefix (fixture->done->pdata[1], "c: error "));
  assert_done (fixture, 2, "a: pong");
  g_assert_cmpuint (natter_request_queue_get_n_pending (fixture->queue), ==, 0);
}

static void
test_time_out (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *expected = g_strdup_printf ("a: error %d, sent", NATTER_ERROR_TIMEOUT);

  natter_request_queue_set_timeout (fixture->queue, 20);
  add (fixture, "a", natter_command_ping ());
  wait_for (fixture->done->len == 1);
  assert_done (fixture, 0, expected);
  g_assert_false (answer (fixture, PONG, 0));
}

/* A message without an answer must not hold up the next one for ever. */
static void
test_time_out_lets_the_next_go (Fixture       *fixture,
                                gconstpointer  data)
{
  natter_request_queue_set_timeout (fixture->queue, 20);
  add (fixture, "a", message ("one"));
  add (fixture, "b", message ("two"));
  g_assert_cmpuint (fixture->sent->len, ==, 1);
  wait_for (fixture->sent->len == 2);
  g_assert_true (answer (fixture, SENT, 1));
  wait_for (fixture->done->len == 2);
  assert_done (fixture, 1, "b: message_new");
}

static void
test_messages_keep_their_order (Fixture       *fixture,
                                gconstpointer  data)
{
  add (fixture, "a", message ("one"));
  add (fixture, "b", message ("two"));
  add (fixture, "p", natter_command_ping ());
  add (fixture, "c", message ("three"));
  g_assert_cmpuint (fixture->sent->len, ==, 2);
  g_assert_true (sent_holds (fixture, 0, "one"));
  g_assert_true (sent_holds (fixture, 1, "ping"));

  g_assert_true (answer (fixture, SENT, 0));
  g_assert_true (sent_holds (fixture, 2, "two"));
  g_assert_true (answer (fixture, SENT, 2));
  g_assert_true (sent_holds (fixture, 3, "three"));
  g_assert_true (answer (fixture, SENT, 3));
  g_assert_true (answer (fixture, PONG, 1));
  wait_for (fixture->done->len == 4);
}

static void
test_rate_limit_sends_again_once (Fixture       *fixture,
                                  gconstpointer  data)
{
  gint64 start = g_get_monotonic_time ();

  add (fixture, "a", message ("one"));
  add (fixture, "b", message ("two"));
  g_assert_true (answer (fixture, LIMIT, 0));
  g_assert_cmpint (natter_request_queue_get_limit_until (fixture->queue), >, start);
  g_assert_cmpuint (natter_request_queue_get_limit_left (fixture->queue), ==, 1);
  g_assert_cmpuint (fixture->limit_changes, >, 0);
  g_assert_cmpuint (natter_request_queue_get_n_held (fixture->queue), ==, 2);
  add (fixture, "c", message ("three"));
  g_assert_cmpuint (fixture->sent->len, ==, 1);

  wait_for (fixture->sent->len == 2);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 120 * 1000);
  g_assert_cmpint (natter_request_queue_get_limit_until (fixture->queue), ==, 0);
  g_assert_cmpuint (natter_request_queue_get_limit_left (fixture->queue), ==, 0);
  g_assert_true (sent_holds (fixture, 1, "one"));

  /* Refused again, taken at the third try. */
  g_assert_true (answer (fixture, LIMIT, 1));
  wait_for (fixture->sent->len == 3);
  g_assert_true (sent_holds (fixture, 2, "one"));
  g_assert_true (answer (fixture, SENT, 2));
  g_assert_true (sent_holds (fixture, 3, "two"));
  g_assert_true (answer (fixture, SENT, 3));
  g_assert_true (sent_holds (fixture, 4, "three"));
  g_assert_true (answer (fixture, SENT, 4));
  wait_for (fixture->done->len == 3);
  assert_done (fixture, 0, "a: message_new");
  assert_done (fixture, 1, "b: message_new");
  assert_done (fixture, 2, "c: message_new");
  g_assert_cmpuint (fixture->sent->len, ==, 5);
}

/* While the server wants no messages, waiting is no failure. */
static void
test_no_time_out_while_held (Fixture       *fixture,
                             gconstpointer  data)
{
  natter_request_queue_set_timeout (fixture->queue, 40);
  add (fixture, "a", message ("one"));
  g_assert_true (answer (fixture, LIMIT, 0));
  wait_for (fixture->sent->len == 2);
  g_assert_cmpuint (fixture->done->len, ==, 0);
  g_assert_true (answer (fixture, SENT, 1));
  wait_for (fixture->done->len == 1);
  assert_done (fixture, 0, "a: message_new");
}

static void
test_limit_stops_messages_only (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autofree char *too_fast = g_strdup_printf ("t: error %d", NATTER_ERROR_RATE_LIMITED);
  const char *pushed = "{\"cmd\":\"rate_limit\",\"reason\":\"User timeout set\",\"length\":150}";
  g_autoptr(NatterPacket) packet = natter_packet_parse (pushed, strlen (pushed), NULL);

  g_assert_false (natter_request_queue_answer (fixture->queue, packet));
  add (fixture, "t", natter_command_typing ("general", NULL, 5000));
  natter_request_queue_add (fixture->queue, natter_command_typing ("general", NULL, 5000), NULL);
  add (fixture, "m", message ("one"));
  add (fixture, "p", natter_command_ping ());
  g_assert_cmpuint (fixture->sent->len, ==, 1);
  g_assert_true (sent_holds (fixture, 0, "ping"));

  wait_for (fixture->sent->len == 2);
  g_assert_true (sent_holds (fixture, 1, "one"));
  wait_for (fixture->done->len == 1);
  assert_done (fixture, 0, too_fast);

  add (fixture, "t", natter_command_typing ("general", NULL, 5000));
  g_assert_true (sent_holds (fixture, 2, "typing"));
}

/* A command of another kind that is refused for being too fast is given back. */
static void
test_limit_of_another_command (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *expected = g_strdup_printf ("a: error %d, sent", NATTER_ERROR_RATE_LIMITED);

  add (fixture, "a", natter_command_channels_get ());
  g_assert_true (answer (fixture, LIMIT, 0));
  wait_for (fixture->done->len == 1);
  assert_done (fixture, 0, expected);
  wait_for (natter_request_queue_get_limit_until (fixture->queue) == 0);
}

static void
test_limit_is_counted_down (Fixture       *fixture,
                            gconstpointer  data)
{
  const char *pushed = "{\"cmd\":\"rate_limit\",\"length\":2020}";
  g_autoptr(NatterPacket) packet = natter_packet_parse (pushed, strlen (pushed), NULL);
  guint changes;

  natter_request_queue_answer (fixture->queue, packet);
  g_assert_cmpuint (natter_request_queue_get_limit_left (fixture->queue), ==, 3);
  changes = fixture->limit_changes;
  wait_for (fixture->limit_changes == changes + 1);
  g_assert_cmpuint (natter_request_queue_get_limit_left (fixture->queue), ==, 2);
  wait_for (fixture->limit_changes == changes + 2);
  g_assert_cmpuint (natter_request_queue_get_limit_left (fixture->queue), ==, 1);
  wait_for (fixture->limit_changes == changes + 3);
  g_assert_cmpuint (natter_request_queue_get_limit_left (fixture->queue), ==, 0);
  g_assert_cmpint (natter_request_queue_get_limit_until (fixture->queue), ==, 0);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GCancellable) sent = g_cancellable_new ();
  g_autoptr(GCancellable) held = g_cancellable_new ();

  add_full (fixture, "sent", message ("one"), sent);
  add_full (fixture, "held", message ("two"), held);
  add (fixture, "last", message ("three"));
  g_cancellable_cancel (held);
  wait_for (fixture->done->len == 1);
  assert_done (fixture, 0, "held: cancelled");
  g_cancellable_cancel (sent);
  wait_for (fixture->done->len == 2);
  assert_done (fixture, 1, "sent: cancelled");

  g_assert_cmpuint (fixture->sent->len, ==, 2);
  g_assert_true (sent_holds (fixture, 1, "three"));
  g_assert_false (answer (fixture, SENT, 0));
  g_assert_true (answer (fixture, SENT, 1));
  wait_for (fixture->done->len == 3);
}

static void
test_fail (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Gone");
  g_autofree char *sent = g_strdup_printf (": error %d, sent", NATTER_ERROR_DISCONNECTED);
  g_autofree char *unsent = g_strdup_printf (": error %d", NATTER_ERROR_DISCONNECTED);
  const char *names[] = { "a", "b", "c", "d", "e" };
  const char *ends[] = { sent, unsent, unsent, sent, unsent };

  add (fixture, "a", message ("one"));
  add (fixture, "b", message ("two"));
  add (fixture, "c", message ("three"));
  add (fixture, "d", natter_command_ping ());
  add (fixture, "e", message ("four"));
  natter_request_queue_fail (fixture->queue, error);
  wait_for (fixture->done->len == 5);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *expected = g_strconcat (names[i], ends[i], NULL);

      assert_done (fixture, i, expected);
    }

  /* The next connection starts with nothing in its way. */
  add (fixture, "f", message ("five"));
  g_assert_true (sent_holds (fixture, 2, "five"));
  g_assert_true (answer (fixture, SENT, 2));
  wait_for (fixture->done->len == 6);
}

/* A message that was refused for being too fast was not carried out: it may be sent again without a look. */
static void
test_refused_was_not_sent (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Gone");
  g_autofree char *expected = g_strdup_printf ("a: error %d", NATTER_ERROR_DISCONNECTED);

  add (fixture, "a", message ("one"));
  g_assert_true (answer (fixture, LIMIT, 0));
  natter_request_queue_fail (fixture->queue, error);
  wait_for (fixture->done->len == 1);
  assert_done (fixture, 0, expected);
  wait_for (natter_request_queue_get_limit_until (fixture->queue) == 0);
  g_assert_cmpuint (fixture->sent->len, ==, 1);
}

static void
test_bounds (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *full = g_strdup_printf ("x: error %d", NATTER_ERROR_RATE_LIMITED);
  g_autofree char *large = g_strdup_printf ("y: error %d", NATTER_ERROR_TOO_LARGE);
  g_autofree char *deaf = g_strdup_printf ("z: error %d", NATTER_ERROR_DISCONNECTED);
  g_autofree char *text = g_strnfill (NATTER_SOCKET_MAX_SENT, 'x');
  g_autoptr(GError) error = g_error_new_literal (NATTER_ERROR, NATTER_ERROR_DISCONNECTED, "Gone");

  add (fixture, "y", message (text));
  wait_for (fixture->done->len == 1);
  assert_done (fixture, 0, large);
  g_assert_cmpuint (fixture->sent->len, ==, 0);

  fixture->deaf = TRUE;
  add (fixture, "z", message ("one"));
  wait_for (fixture->done->len == 2);
  assert_done (fixture, 1, deaf);

  fixture->deaf = FALSE;
  for (guint i = 0; i < NATTER_REQUEST_QUEUE_MAX_HELD + 1; i++)
    add (fixture, "m", message ("one"));
  g_assert_cmpuint (natter_request_queue_get_n_held (fixture->queue), ==, NATTER_REQUEST_QUEUE_MAX_HELD);
  settle ();
  g_assert_cmpuint (fixture->done->len, ==, 2);
  add (fixture, "x", message ("one too many"));
  wait_for (fixture->done->len == 3);
  assert_done (fixture, 2, full);

  natter_request_queue_fail (fixture->queue, error);
  wait_for (fixture->done->len == 3 + NATTER_REQUEST_QUEUE_MAX_HELD + 1);
  for (guint i = 0; i < NATTER_REQUEST_QUEUE_MAX_PENDING; i++)
    add (fixture, "p", natter_command_ping ());
  g_assert_cmpuint (natter_request_queue_get_n_pending (fixture->queue), ==, NATTER_REQUEST_QUEUE_MAX_PENDING);
  add (fixture, "x", natter_command_ping ());
  g_assert_cmpuint (natter_request_queue_get_n_pending (fixture->queue), ==, NATTER_REQUEST_QUEUE_MAX_PENDING);
  natter_request_queue_fail (fixture->queue, error);
  settle ();
}

#define add_test(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/request-queue/answers-find-their-questions", test_answers_find_their_questions);
  add_test ("/request-queue/time-out", test_time_out);
  add_test ("/request-queue/time-out-lets-the-next-go", test_time_out_lets_the_next_go);
  add_test ("/request-queue/messages-keep-their-order", test_messages_keep_their_order);
  add_test ("/request-queue/rate-limit-sends-again-once", test_rate_limit_sends_again_once);
  add_test ("/request-queue/no-time-out-while-held", test_no_time_out_while_held);
  add_test ("/request-queue/limit-stops-messages-only", test_limit_stops_messages_only);
  add_test ("/request-queue/limit-of-another-command", test_limit_of_another_command);
  add_test ("/request-queue/limit-is-counted-down", test_limit_is_counted_down);
  add_test ("/request-queue/cancel", test_cancel);
  add_test ("/request-queue/fail", test_fail);
  add_test ("/request-queue/refused-was-not-sent", test_refused_was_not_sent);
  add_test ("/request-queue/bounds", test_bounds);
  return g_test_run ();
}
