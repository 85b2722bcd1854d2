/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-session"

#include "config.h"

#include "natter-server.h"
#include "natter-session-private.h"

/**
 * natter_place_free:
 * @self: (nullable): a place
 */
void
natter_place_free (NatterPlace *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->server);
  g_clear_pointer (&self->address, natter_address_unref);
  g_free (self->channel);
  g_free (self->thread);
  g_free (self->message);
  g_free (self);
}

/* Links don't say whether the connection is encrypted; when both are in the list the very same one is better. */
static int
match (NatterServer  *server,
       NatterAddress *address,
       NatterServer  *preferred)
{
  NatterAddress *own = natter_server_get_address (server);
  int points = 0;

  if (!g_str_equal (natter_address_get_host (own), natter_address_get_host (address))
      || natter_address_get_port (own) != natter_address_get_port (address))
    return 0;
  points += natter_address_equal (own, address) ? 8 : 1;
  points += server == preferred ? 4 : 0;
  points += natter_server_get_state (server) == NATTER_CONNECTION_READY ? 2 : 0;
  return points;
}

/**
 * natter_session_find_server:
 * @self: a session
 * @address: where a server is
 * @preferred: (nullable): the one that is shown
 *
 * Finds a server in the list. When it is there with several accounts, the one that is shown is taken, else one that is
 * connected, else the first.
 *
 * Returns: (transfer none) (nullable): the server
 */
NatterServer *
natter_session_find_server (NatterSession *self,
                            NatterAddress *address,
                            NatterServer  *preferred)
{
  NatterServer *best = NULL;
  int most = 0;

  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);
      int points = match (server, address, preferred);

      if (points <= most)
        continue;
      most = points;
      best = server; /* the list holds it */
    }
  return best;
}

/**
 * natter_session_find_link:
 * @self: a session
 * @text: an address, or a link of one of the known clients
 * @preferred: (nullable): the server that is shown
 * @error: why it is neither
 *
 * Finds out what a link is about.
 *
 * Returns: (transfer full) (nullable): the place; its server is %NULL when that is not in the list
 */
NatterPlace *
natter_session_find_link (NatterSession  *self,
                          const char     *text,
                          NatterServer   *preferred,
                          GError        **error)
{
  g_autoptr(NatterAddress) address = NULL;
  NatterPlace *place;

  g_return_val_if_fail (NATTER_IS_SESSION (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  address = natter_address_parse (text, error);
  if (address == NULL)
    return NULL;
  place = g_new0 (NatterPlace, 1);
  g_set_object (&place->server, natter_session_find_server (self, address, preferred));
  place->channel = g_strdup (natter_address_get_channel (address));
  place->thread = g_strdup (natter_address_get_thread (address));
  place->message = g_strdup (natter_address_get_message (address));
  place->address = g_steal_pointer (&address);
  return place;
}
