/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connection-fixture.h"

static void
on_state (Fixture *fixture)
{
  g_string_append_c (fixture->states, "oCharWR"[state (fixture)]);
}

static void
on_packet (Fixture      *fixture,
           NatterPacket *packet)
{
  g_ptr_array_add (fixture->packets, g_strdup (packet->command));
}

/* Replaces the connection by one to @address. */
void
use_address (Fixture       *fixture,
             NatterAddress *address)
{
  if (fixture->connection != NULL)
    g_assert_finalize_object (fixture->connection);
  fixture->connection = natter_connection_new (address);
  set_limit (fixture, retry_first_ms, 1);
  set_limit (fixture, retry_last_ms, 5);
  g_signal_connect_swapped (fixture->connection, "notify::state", G_CALLBACK (on_state), fixture);
  g_signal_connect_swapped (fixture->connection, "packet", G_CALLBACK (on_packet), fixture);
}

void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr(NatterAddress) address = NULL;

  fixture->peer = chat_peer_new (NULL);
  fixture->states = g_string_new (NULL);
  fixture->packets = g_ptr_array_new_with_free_func (g_free);
  fixture->done = g_ptr_array_new_with_free_func (g_free);
  address = chat_peer_get_address (fixture->peer);
  use_address (fixture, address);
}

void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  if (fixture->connection != NULL)
    {
      natter_connection_close (fixture->connection);
      settle ();
      g_assert_finalize_object (fixture->connection);
    }
  chat_peer_free (fixture->peer);
  settle ();
  g_string_free (fixture->states, TRUE);
  g_ptr_array_unref (fixture->packets);
  g_ptr_array_unref (fixture->done);
  g_clear_error (&fixture->error);
}

NatterConnectionState
state (Fixture *fixture)
{
  return natter_connection_get_state (fixture->connection);
}

void
on_signed_in (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  Fixture *fixture = data;

  g_clear_error (&fixture->error);
  if (natter_connection_authenticate_finish (NATTER_CONNECTION (source), result, &fixture->error))
    g_assert_cmpint (state (fixture), ==, NATTER_CONNECTION_READY);
  fixture->n_done++;
}

void
sign_in (Fixture *fixture)
{
  natter_connection_authenticate_async (fixture->connection, natter_command_login ("wren", "secret-word"), NULL,
                                        on_signed_in, fixture);
}

void
greet (Fixture *fixture)
{
  natter_connection_open (fixture->connection);
  wait_for (natter_connection_get_handshake (fixture->connection) != NULL);
}

void
enter (Fixture *fixture)
{
  guint n_done = fixture->n_done;

  greet (fixture);
  sign_in (fixture);
  wait_for (fixture->n_done == n_done + 1);
  g_assert_no_error (fixture->error);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Fixture *fixture = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterPacket) packet = natter_connection_request_finish (NATTER_CONNECTION (source), result, &error);

  if (packet != NULL)
    g_ptr_array_add (fixture->done, g_strdup (packet->listener));
  else
    g_ptr_array_add (fixture->done, g_strdup_printf ("%s %d", g_quark_to_string (error->domain), error->code));
}

void
request (Fixture       *fixture,
         NatterCommand *command)
{
  natter_connection_request_async (fixture->connection, command, NULL, on_answer, fixture);
}
