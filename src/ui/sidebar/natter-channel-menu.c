/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-channel-menu"

#include "config.h"

#include "natter-channel-menu.h"

#include <glib/gi18n.h>

#include "natter-notify-menu.h"
#include "natter-server.h"
#include "natter-thread-menu.h"
#include "natter-window.h"

/* The key of the widget that has the actions, and outlives them */
#define WIDGET "natter-widget"

static gboolean
can_be_read (NatterChannel *channel)
{
  NatterChannelType kind = natter_channel_get_kind (channel);

  return kind == NATTER_CHANNEL_TEXT || kind == NATTER_CHANNEL_CHAT || kind == NATTER_CHANNEL_THREAD;
}

/**
 * natter_channel_menu_new:
 * @channel: a channel
 *
 * Returns: (transfer full): what can be done with it; the actions are those of natter_channel_menu_attach()
 */
GMenuModel *
natter_channel_menu_new (NatterChannel *channel)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) reading = g_menu_new ();
  g_autoptr(GMenu) copying = g_menu_new ();
  g_autoptr(GMenu) keeping = g_menu_new ();
  g_autoptr(GMenuModel) notifications = natter_notify_menu_new ("channel", G_OBJECT (channel));

  g_menu_append (reading, _("Mark as _Read"), "channel.mark-read");
  if (can_be_read (channel))
    g_menu_append (reading, _("_Go to Date…"), "channel.go-to-date");
  g_menu_append_submenu (reading, _("_Notifications"), notifications);
  g_menu_append (copying, _("Copy _Link"), "channel.copy-link");
  g_menu_append (copying, _("Copy _Name"), "channel.copy-name");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (reading));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copying));
  /* What is kept of a thread goes with its channel. */
  if (natter_channel_get_thread_id (channel) != NULL)
    {
      natter_thread_menu_append (menu, channel);
      return G_MENU_MODEL (menu);
    }
  g_menu_append (keeping, _("Keep History _Offline"), "channel.keep-offline");
  g_menu_append (keeping, _("_Clear Kept Messages"), "channel.clear-history");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (keeping));
  return G_MENU_MODEL (menu);
}

static void
copy (const char *text)
{
  gdk_clipboard_set_text (gdk_display_get_clipboard (gdk_display_get_default ()), text);
}

static void
mark_read_action (GSimpleAction *action, GVariant *parameter, gpointer channel)
{
  natter_channel_mark_all_read (channel);
}

static void
copy_link_action (GSimpleAction *action, GVariant *parameter, gpointer channel)
{
  g_autofree char *link = natter_channel_dup_link (channel);

  if (link != NULL)
    copy (link);
}

static void
copy_name_action (GSimpleAction *action, GVariant *parameter, gpointer channel)
{
  copy (natter_channel_get_title (channel));
}

static void
go_to_date_action (GSimpleAction *action, GVariant *parameter, gpointer channel)
{
  GtkWidget *widget = g_object_get_data (G_OBJECT (action), WIDGET);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (!NATTER_IS_WINDOW (root))
    return;
  natter_window_show_message (NATTER_WINDOW (root), natter_channel_get_server (channel), natter_channel_get_name (channel), NULL);
  gtk_widget_activate_action (GTK_WIDGET (root), "win.go-to-date", NULL);
}

static void
clear_history_action (GSimpleAction *action, GVariant *parameter, gpointer channel)
{
  GtkWidget *widget = g_object_get_data (G_OBJECT (action), WIDGET);
  GtkRoot *root = gtk_widget_get_root (widget);

  natter_channel_clear_history (channel);
  if (NATTER_IS_WINDOW (root))
    natter_window_add_toast (NATTER_WINDOW (root), adw_toast_new (_("Kept messages cleared")));
}

static const GActionEntry entries[] = {
  { "mark-read", mark_read_action },
  { "copy-link", copy_link_action },
  { "copy-name", copy_name_action },
  { "go-to-date", go_to_date_action },
  { "clear-history", clear_history_action },
};

static void
update_mark_read (NatterChannel *channel, GParamSpec *pspec, GSimpleAction *action)
{
  g_simple_action_set_enabled (action, natter_channel_get_unread (channel) > 0 || natter_channel_get_mentions (channel) > 0);
}

/**
 * natter_channel_menu_attach:
 * @holder: the menu, or what opens it
 * @widget: shows @channel, and stays longer than @holder
 * @channel: a channel
 *
 * Gives @holder the actions of the menu. What is in a list does not hold them: assistive technology would offer one of
 * them, such as to leave, as what pressing it does.
 */
void
natter_channel_menu_attach (GtkWidget *holder, GtkWidget *widget, NatterChannel *channel)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GPropertyAction) keep_offline = g_property_action_new ("keep-offline", channel, "keep-offline");
  GAction *mark_read;

  g_object_set_data_full (G_OBJECT (group), "natter-channel", g_object_ref (channel), g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), channel);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (keep_offline));
  g_object_set_data (G_OBJECT (g_action_map_lookup_action (G_ACTION_MAP (group), "clear-history")), WIDGET, widget);
  g_object_set_data (G_OBJECT (g_action_map_lookup_action (G_ACTION_MAP (group), "go-to-date")), WIDGET, widget);
  natter_notify_menu_add_actions (G_ACTION_MAP (group), G_OBJECT (channel));
  if (natter_channel_get_thread_id (channel) != NULL)
    natter_thread_menu_add_actions (G_ACTION_MAP (group), widget, channel);
  mark_read = g_action_map_lookup_action (G_ACTION_MAP (group), "mark-read");
  g_signal_connect_object (channel, "notify::unread", G_CALLBACK (update_mark_read), mark_read, 0);
  update_mark_read (channel, NULL, G_SIMPLE_ACTION (mark_read));
  gtk_widget_insert_action_group (holder, "channel", G_ACTION_GROUP (group));
}
