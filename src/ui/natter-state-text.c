/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-state-text"

#include "config.h"

#include "natter-state-text.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *alone;
  const char *within; /* a list of words */
} StateText;

/* By the state */
static const StateText texts[] = {
  [NATTER_CONNECTION_OFFLINE] = { N_("Offline"), NC_("state", "offline") },
  [NATTER_CONNECTION_CONNECTING] = { N_("Connecting"), NC_("state", "connecting") },
  [NATTER_CONNECTION_HANDSHAKE] = { N_("Not signed in"), NC_("state", "not signed in") },
  [NATTER_CONNECTION_AUTHENTICATING] = { N_("Signing in"), NC_("state", "signing in") },
  [NATTER_CONNECTION_READY] = { N_("Connected"), NC_("state", "connected") },
  [NATTER_CONNECTION_WAITING] = { N_("Waiting to try again"), NC_("state", "waiting to try again") },
  [NATTER_CONNECTION_REFUSED] = { N_("Refused"), NC_("state", "refused") },
};

/**
 * natter_state_text_get:
 * @state: of a connection
 *
 * Returns: (transfer none): the state in a word or two, translated, to stand alone
 */
const char *
natter_state_text_get (NatterConnectionState state)
{
  return _(texts[state].alone);
}

/**
 * natter_state_text_get_within:
 * @state: of a connection
 *
 * Returns: (transfer none): the state in a word or two, translated, to stand after other words, such as the name of a server
 */
const char *
natter_state_text_get_within (NatterConnectionState state)
{
  return g_dpgettext2 (NULL, "state", texts[state].within);
}
