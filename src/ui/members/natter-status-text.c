/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-members"

#include "config.h"

#include "natter-status-text.h"

#include <glib/gi18n.h>

/**
 * natter_status_text_get:
 * @status: a status
 *
 * Returns: (transfer none): what people call it
 */
const char *
natter_status_text_get (NatterStatus status)
{
  switch (status)
    {
    case NATTER_STATUS_ONLINE:
      return _("Online");
    case NATTER_STATUS_IDLE:
      return _("Idle");
    case NATTER_STATUS_DND:
      return _("Do Not Disturb");
    case NATTER_STATUS_OFFLINE:
    case NATTER_STATUS_INVISIBLE:
    default:
      return _("Offline");
    }
}

/**
 * natter_status_text_get_class:
 * @status: a status
 *
 * Returns: (transfer none): style class of a dot in its colour
 */
const char *
natter_status_text_get_class (NatterStatus status)
{
  switch (status)
    {
    case NATTER_STATUS_ONLINE:
      return "online";
    case NATTER_STATUS_IDLE:
      return "idle";
    case NATTER_STATUS_DND:
      return "busy";
    case NATTER_STATUS_OFFLINE:
    case NATTER_STATUS_INVISIBLE:
    default:
      return "offline";
    }
}
