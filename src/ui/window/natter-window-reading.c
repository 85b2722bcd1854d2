/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window"

#include "config.h"

#include "natter-window-private.h"

#include <glib/gi18n.h>

static gboolean
is_read (NatterWindow *self)
{
  return gtk_window_is_active (GTK_WINDOW (self)) && gtk_widget_get_mapped (GTK_WIDGET (self->conversation))
         && (!adw_navigation_split_view_get_collapsed (self->split) || adw_navigation_split_view_get_show_content (self->split));
}

static void
update_reading (NatterWindow *self)
{
  natter_notifier_set_reading (self->notifier, is_read (self) ? natter_conversation_get_channel (self->conversation) : NULL);
}

static void
update_count (NatterWindow *self)
{
  _natter_window_set_title (self, self->plain_title);
}

/**
 * natter_window_set_notifier:
 * @self: the window
 * @notifier: is told what is on the screen, and knows how much is unread
 */
void
natter_window_set_notifier (NatterWindow *self, NatterNotifier *notifier)
{
  g_return_if_fail (NATTER_IS_WINDOW (self));
  g_return_if_fail (self->notifier == NULL);

  self->notifier = g_object_ref (notifier);
  g_signal_connect_object (self, "notify::is-active", G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split, "notify::collapsed", G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split, "notify::show-content", G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->conversation, "notify::channel", G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->conversation, "map", G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->conversation, "unmap", G_CALLBACK (update_reading), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (notifier, "notify::count", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  update_reading (self);
  update_count (self);
}

/* @title: (nullable): what is shown; the window's own title says too how much is unread */
void
_natter_window_set_title (NatterWindow *self, const char *title)
{
  guint count = self->notifier != NULL ? natter_notifier_get_count (self->notifier) : 0;
  g_autofree char *counted = NULL;

  g_set_str (&self->plain_title, title);
  if (title == NULL)
    title = "Natter";
  if (count > 0)
    /* Translators: the title of the window; how many unread messages there are, then what the window shows. */
    counted = g_strdup_printf (_("(%1$u) %2$s"), count, title);
  gtk_window_set_title (GTK_WINDOW (self), counted != NULL ? counted : title);
}

/* The window is about to go. */
void
_natter_window_stop_reading (NatterWindow *self)
{
  if (self->notifier == NULL)
    return;
  g_signal_handlers_disconnect_by_func (self, update_reading, self);
  natter_notifier_set_reading (self->notifier, NULL);
}
