/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window"

#include "config.h"

#include "natter-window-private.h"

#include <glib/gi18n.h>

#include "natter-message.h"
#include "natter-plain-name.h"

/* A screen reader that reads out every message of a busy channel never comes to an end. */
#define SPACING_MS 4000
#define LONGEST 300 /* characters */

static char *
dup_what_came (NatterWindow *self)
{
  g_autofree char *author = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *text = NULL;

  if (self->announce_count > 1)
    return g_strdup_printf (ngettext ("%u new message", "%u new messages", self->announce_count), self->announce_count);
  author = natter_plain_name (natter_message_get_author_name (self->announce_message));
  plain = natter_message_dup_plain (self->announce_message);
  text = g_utf8_substring (plain, 0, MIN (g_utf8_strlen (plain, -1), LONGEST));
  if (*text == '\0')
    g_set_str (&text, natter_message_get_attachments (self->announce_message) != NULL ? _("Sent a file") : _("Sent a message"));
  return g_strdup_printf (_("%1$s: %2$s"), author, text);
}

static gboolean
announce (gpointer user_data)
{
  NatterWindow *self = user_data;
  g_autofree char *text = NULL;

  if (self->announce_count == 0)
    {
      self->announce_source = 0;
      return G_SOURCE_REMOVE;
    }
  text = dup_what_came (self);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  self->announce_count = 0;
  g_clear_object (&self->announce_message);
  return G_SOURCE_CONTINUE;
}

/* Whoever can't see the conversation hears of what arrives in it; of a flood only how much it was. */
void
_natter_window_announce (NatterWindow  *self,
                         NatterChannel *channel,
                         NatterMessage *message)
{
  if (self->notifier == NULL || channel != natter_notifier_get_reading (self->notifier)
      || natter_message_get_collapsed (message) || !g_settings_get_boolean (self->settings, "announce-messages"))
    return;
  g_set_object (&self->announce_message, message);
  self->announce_count++;
  if (self->announce_source != 0)
    return;
  self->announce_source = g_timeout_add (SPACING_MS, announce, self);
  announce (self);
}

void
_natter_window_stop_announcing (NatterWindow *self)
{
  g_clear_handle_id (&self->announce_source, g_source_remove);
  g_clear_object (&self->announce_message);
}
