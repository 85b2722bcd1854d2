/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "natter-act-text.h"

#include <glib/gi18n.h>

#include "natter-error-text.h"

static const char *
describe (NatterAct act)
{
  switch (act)
    {
    case NATTER_ACT_REACT:
    case NATTER_ACT_UNREACT:
      return _("The reaction was not changed.");
    case NATTER_ACT_DELETE:
      return _("The message was not deleted.");
    case NATTER_ACT_PIN:
      return _("The message was not pinned.");
    case NATTER_ACT_UNPIN:
      return _("The message was not unpinned.");
    case NATTER_ACT_MARK_UNREAD:
      return _("Nothing was marked as unread.");
    case NATTER_ACT_THREAD:
      return _("The thread was not changed.");
    case NATTER_ACT_EDIT:
    default:
      return _("The message was not edited.");
    }
}

/**
 * natter_act_text_dup:
 * @act: what was done to a message
 * @error: why the server refused
 *
 * Returns: (transfer full): what did not work, and why
 */
char *
natter_act_text_dup (NatterAct     act,
                     const GError *error)
{
  /* Translators: what did not work, and why: two sentences */
  return g_strdup_printf (_("%s %s"), describe (act), natter_error_text_get_summary (error));
}
