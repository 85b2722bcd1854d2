/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "natter-packet-reader.h"

#include <gio/gio.h>

#include "wait.h"

typedef struct
{
  NatterPacketReader *reader;
  GPtrArray          *seen; /* the `cmd` of each packet, "!" for a dropped text */
  GThread            *thread;
  guint               drained;
  guint               stop_at;
} Fixture;

static void
on_packet (Fixture      *fixture,
           NatterPacket *packet)
{
  g_assert_true (g_thread_self () == fixture->thread);
  g_ptr_array_add (fixture->seen, g_strdup (packet->command));
  if (fixture->seen->len == fixture->stop_at)
    natter_packet_reader_stop (fixture->reader);
}

static void
on_dropped (Fixture *fixture,
            GError  *error)
{
  g_assert_nonnull (error);
  g_ptr_array_add (fixture->seen, g_strdup ("!"));
}

static void
on_drained (Fixture *fixture)
{
  g_assert_cmpuint (natter_packet_reader_get_pending (fixture->reader), ==, 0);
  fixture->drained++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->reader = natter_packet_reader_new ();
  fixture->seen = g_ptr_array_new_with_free_func (g_free);
  fixture->thread = g_thread_self ();
  g_signal_connect_swapped (fixture->reader, "packet", G_CALLBACK (on_packet), fixture);
  g_signal_connect_swapped (fixture->reader, "dropped", G_CALLBACK (on_dropped), fixture);
  g_signal_connect_swapped (fixture->reader, "drained", G_CALLBACK (on_drained), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->reader);
  g_ptr_array_unref (fixture->seen);
}

static void
push (Fixture    *fixture,
      const char *command,
      gsize       padding)
{
  g_autofree char *filler = g_strnfill (padding, 'x');
  g_autofree char *text = g_strdup_printf ("{\"cmd\":\"%s\",\"filler\":\"%s\"}", command, filler);
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  natter_packet_reader_push (fixture->reader, bytes);
}

static void
push_text (Fixture    *fixture,
           const char *text)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, strlen (text));

  natter_packet_reader_push (fixture->reader, bytes);
}

static void
test_keeps_order (Fixture       *fixture,
                  gconstpointer  data)
{
  const gsize sizes[] = { 10, 3000000, 10, 70000, 10, 10, 1000000, 70000, 10 };

  for (guint i = 0; i < 90; i++)
    {
      g_autofree char *command = g_strdup_printf ("n%u", i);

      push (fixture, command, sizes[i % G_N_ELEMENTS (sizes)]);
    }
  g_assert_cmpuint (fixture->seen->len, ==, 0);
  g_assert_cmpuint (natter_packet_reader_get_pending (fixture->reader), >, 40000000);

  wait_for (fixture->drained > 0);
  g_assert_cmpuint (fixture->seen->len, ==, 90);
  for (guint i = 0; i < 90; i++)
    {
      g_autofree char *command = g_strdup_printf ("n%u", i);

      g_assert_cmpstr (fixture->seen->pdata[i], ==, command);
    }
}

static void
test_drops_what_is_no_packet (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autofree char *large = g_strnfill (100000, '[');

  push (fixture, "first", 0);
  push_text (fixture, "");
  push_text (fixture, "[1, 2]");
  push_text (fixture, "{\"cmd\":");
  push_text (fixture, large);
  push (fixture, "last", 0);

  wait_for (fixture->drained > 0);
  g_assert_cmpuint (fixture->seen->len, ==, 6);
  g_assert_cmpstr (fixture->seen->pdata[0], ==, "first");
  for (guint i = 1; i < 5; i++)
    g_assert_cmpstr (fixture->seen->pdata[i], ==, "!");
  g_assert_cmpstr (fixture->seen->pdata[5], ==, "last");
}

/* A burst must leave the main loop room for what is less urgent than reading. */
static gboolean
count (gpointer data)
{
  guint *counter = data;

  (*counter)++;
  return G_SOURCE_CONTINUE;
}

static void
test_burst_leaves_room (Fixture       *fixture,
                        gconstpointer  data)
{
  guint turns = 0;
  guint idle = g_idle_add (count, &turns);

  for (guint i = 0; i < 2000; i++)
    push (fixture, "burst", 20000);
  wait_for (fixture->seen->len == 2000);
  g_assert_cmpuint (turns, >, 5);
  g_source_remove (idle);
}

static void
test_stop_in_a_packet (Fixture       *fixture,
                       gconstpointer  data)
{
  fixture->stop_at = 2;
  for (guint i = 0; i < 5; i++)
    push (fixture, "x", 10);
  push (fixture, "large", 200000);

  wait_for (fixture->seen->len == 2);
  settle ();
  push (fixture, "late", 10);
  settle ();
  g_assert_cmpuint (fixture->seen->len, ==, 2);
  g_assert_cmpuint (fixture->drained, ==, 0);
  g_assert_cmpuint (natter_packet_reader_get_pending (fixture->reader), ==, 0);

  /* The worker still holds a reference until it has finished. */
  wait_for (G_OBJECT (fixture->reader)->ref_count == 1);
}

static void
test_stop_while_in_worker (Fixture       *fixture,
                           gconstpointer  data)
{
  push (fixture, "large", 5000000);
  natter_packet_reader_stop (fixture->reader);
  wait_for (G_OBJECT (fixture->reader)->ref_count == 1);
  g_assert_cmpuint (fixture->seen->len, ==, 0);
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/packet-reader/keeps-order", test_keeps_order);
  add ("/packet-reader/drops-what-is-no-packet", test_drops_what_is_no_packet);
  add ("/packet-reader/burst-leaves-room", test_burst_leaves_room);
  add ("/packet-reader/stop-in-a-packet", test_stop_in_a_packet);
  add ("/packet-reader/stop-while-in-worker", test_stop_while_in_worker);
  return g_test_run ();
}
