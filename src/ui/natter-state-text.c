/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-state-text"

#include "config.h"

#include "natter-state-text.h"

#include <glib/gi18n.h>

/**
 * natter_state_text_get:
 * @state: of a connection
 *
 * Returns: (transfer none): the state in a word or two, translated, in the middle of a sentence
 */
const char *
natter_state_text_get (NatterConnectionState state)
{
  switch (state)
    {
    case NATTER_CONNECTION_CONNECTING:
      return _("connecting");
    case NATTER_CONNECTION_HANDSHAKE:
      return _("not signed in");
    case NATTER_CONNECTION_AUTHENTICATING:
      return _("signing in");
    case NATTER_CONNECTION_READY:
      return _("connected");
    case NATTER_CONNECTION_WAITING:
      return _("waiting to try again");
    case NATTER_CONNECTION_REFUSED:
      return _("refused");
    case NATTER_CONNECTION_OFFLINE:
    default:
      return _("offline");
    }
}
