/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-server-menu"

#include "config.h"

#include "natter-server-menu.h"

#include <glib/gi18n.h>

#include "natter-folder-menu.h"
#include "natter-notify-menu.h"
#include "natter-server-info-dialog.h"
#include "natter-roles-dialog.h"
#include "natter-server-leave.h"
#include "natter-server-roles.h"
#include "natter-session.h"
#include "natter-window.h"

/* What the actions are about; the group of the widget holds it. */
typedef struct
{
  GtkWidget    *widget;
  NatterServer *server;
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;

  g_object_unref (target->server);
  g_free (target);
}

static NatterSession *
dup_session (NatterServer *server)
{
  NatterSession *session = NULL;

  g_object_get (server, "session", &session, NULL);
  return session;
}

static void
append_hidden (GMenu *menu, const char *label, const char *action, const char *hidden_when)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "hidden-when", "s", hidden_when);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_folders (NatterServer *server)
{
  g_autoptr(NatterSession) session = dup_session (server);
  GListModel *folders = natter_session_get_folders (session);
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) existing = g_menu_new ();
  g_autoptr(GMenu) other = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (folders); i++)
    {
      g_autoptr(NatterGroup) folder = g_list_model_get_item (folders, i);
      g_autoptr(GMenuItem) item = NULL;
      /* An underscore in a name is no mnemonic. */
      g_auto(GStrv) parts = g_strsplit (natter_group_get_title (folder), "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts);

      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target_value (item, "server.folder", g_variant_new_string (natter_group_get_id (folder)));
      g_menu_append_item (existing, item);
    }
  g_menu_append (other, _("_New Folder…"), "server.new-folder");
  if (natter_server_get_group (server) != NULL)
    g_menu_append (other, _("_Remove From Folder"), "server.no-folder");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (existing));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (other));
  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_pictures (void)
{
  const struct
  {
    const char *label;
    const char *choice;
  } choices[] = {
    /* Translators: what is done with pictures that are on another site than the server */
    { _("Same as _Preferences"), "default" },
    { _("_Don’t Show"), "never" },
    { _("_Ask"), "ask" },
    { _("_Show"), "always" },
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (choices[i].label, NULL);

      g_menu_item_set_action_and_target (item, "server.remote-media", "s", choices[i].choice);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_connection (NatterServer *server)
{
  GMenu *menu = g_menu_new ();
  gboolean ready = natter_server_get_state (server) == NATTER_CONNECTION_READY;

  append_hidden (menu, _("_Sign In…"), "server.sign-in", "action-disabled");
  g_menu_append (menu, ready ? _("R_econnect") : _("_Try Again"), "server.reconnect");
  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_place (NatterServer *server)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenuModel) folders = make_folders (server);

  append_hidden (menu, _("Move _Up"), "rail.move-up", "action-missing");
  append_hidden (menu, _("Move _Down"), "rail.move-down", "action-missing");
  g_menu_append_submenu (menu, _("Move to _Folder"), folders);
  return G_MENU_MODEL (menu);
}

/**
 * natter_server_menu_new:
 * @server: a server of the list
 *
 * Returns: (transfer full): what can be done with it; the actions are those of natter_server_menu_attach()
 */
GMenuModel *
natter_server_menu_new (NatterServer *server)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) about = g_menu_new ();
  g_autoptr(GMenu) copying = g_menu_new ();
  g_autoptr(GMenu) end = g_menu_new ();
  g_autoptr(GMenuModel) notifications = natter_notify_menu_new ("server", G_OBJECT (server));
  g_autoptr(GMenuModel) pictures = make_pictures ();
  g_autoptr(GMenuModel) connection = make_connection (server);
  g_autoptr(GMenuModel) place = make_place (server);
  g_autoptr(GPtrArray) roles = natter_server_dup_self_roles (server);

  g_menu_append (about, _("Server _Info"), "server.info");
  g_menu_append (about, _("Mark as _Read"), "server.mark-read");
  g_menu_append_submenu (about, _("_Notifications"), notifications);
  g_menu_append_submenu (about, _("_Pictures From Other Sites"), pictures);
  if (natter_server_get_state (server) == NATTER_CONNECTION_READY && roles->len > 0)
    g_menu_append (about, _("M_y Roles…"), "server.roles");
  g_menu_append (copying, _("Copy _Address"), "server.copy-address");
  g_menu_append (copying, _("Copy _Link"), "server.copy-link");
  g_menu_append (end, _("Remove From Li_st"), "server.remove");
  g_menu_append (end, _("Lea_ve Server…"), "server.leave");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (about));
  g_menu_append_section (menu, NULL, connection);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copying));
  g_menu_append_section (menu, NULL, place);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (menu);
}

static NatterWindow *
get_window (Target *target)
{
  return NATTER_WINDOW (gtk_widget_get_root (target->widget));
}

static void
info_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;

  adw_dialog_present (natter_server_info_dialog_new (target->server), GTK_WIDGET (get_window (target)));
}

static void
roles_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;

  adw_dialog_present (natter_roles_dialog_new (target->server), GTK_WIDGET (get_window (target)));
}

static void
mark_read_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  natter_server_mark_all_read (((Target *) data)->server);
}

static void
copy (const char *text)
{
  gdk_clipboard_set_text (gdk_display_get_clipboard (gdk_display_get_default ()), text);
}

static void
copy_address_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy (natter_address_get_text (natter_server_get_address (((Target *) data)->server)));
}

static void
copy_link_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *link = natter_address_dup_link (natter_server_get_address (((Target *) data)->server), NULL, NULL);

  copy (link);
}

static void
sign_in_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;
  NatterWindow *window = get_window (target);

  natter_window_select_server (window, target->server);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.sign-in", NULL);
}

static void
reconnect_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;

  if (natter_server_get_state (target->server) == NATTER_CONNECTION_READY)
    natter_server_disconnect (target->server);
  natter_server_connect (target->server);
}

static void
folder_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;
  g_autoptr(NatterSession) session = dup_session (target->server);
  GListModel *folders = natter_session_get_folders (session);

  for (guint i = 0; i < g_list_model_get_n_items (folders); i++)
    {
      g_autoptr(NatterGroup) folder = g_list_model_get_item (folders, i);

      if (!g_str_equal (natter_group_get_id (folder), g_variant_get_string (parameter, NULL)))
        continue;
      natter_session_set_folder (session, target->server, folder);
      break;
    }
}

static void
new_folder_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;
  g_autoptr(NatterSession) session = dup_session (target->server);

  natter_folder_ask_name (GTK_WIDGET (get_window (target)), session, NULL, target->server);
}

static void
no_folder_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;
  g_autoptr(NatterSession) session = dup_session (target->server);

  natter_session_set_folder (session, target->server, NULL);
}

static void
remove_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;

  natter_server_remove (get_window (target), target->server);
}

static void
leave_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;

  natter_server_ask_to_leave (get_window (target), target->server);
}

static const GActionEntry entries[] = {
  { "info", info_action },
  { "roles", roles_action },
  { "mark-read", mark_read_action },
  { "copy-address", copy_address_action },
  { "copy-link", copy_link_action },
  { "sign-in", sign_in_action },
  { "reconnect", reconnect_action },
  { "folder", folder_action, "s" },
  { "new-folder", new_folder_action },
  { "no-folder", no_folder_action },
  { "remove", remove_action },
  { "leave", leave_action },
};

static void
set_enabled (GActionMap *map, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, name)), enabled);
}

static void
update_enabled (NatterServer *server, GParamSpec *pspec, GActionMap *map)
{
  NatterConnectionState state = natter_server_get_state (server);
  gboolean ready = state == NATTER_CONNECTION_READY;
  gboolean unread = FALSE;

  g_object_get (server, "unread", &unread, NULL);
  set_enabled (map, "mark-read", ready && unread);
  set_enabled (map, "leave", ready);
  set_enabled (map, "roles", ready);
  set_enabled (map, "sign-in", state == NATTER_CONNECTION_HANDSHAKE && natter_server_get_handshake (server) != NULL);
}

/**
 * natter_server_menu_attach:
 * @holder: the menu, or what opens it
 * @widget: shows @server, and stays longer than @holder
 * @server: (nullable): a server of the list
 *
 * Gives @holder the actions of the menu. What is in a list does not hold them: assistive technology would offer one of
 * them, such as to leave, as what pressing it does.
 */
void
natter_server_menu_attach (GtkWidget *holder, GtkWidget *widget, NatterServer *server)
{
  g_autoptr(GSimpleActionGroup) group = server != NULL ? g_simple_action_group_new () : NULL;
  g_autoptr(GPropertyAction) remote_media = NULL;
  Target *target;

  if (server == NULL)
    {
      gtk_widget_insert_action_group (holder, "server", NULL);
      return;
    }
  target = g_new0 (Target, 1);
  target->widget = widget;
  target->server = g_object_ref (server);
  g_object_set_data_full (G_OBJECT (group), "natter-target", target, target_free);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), target);
  remote_media = g_property_action_new ("remote-media", server, "own-remote-media");
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (remote_media));
  natter_notify_menu_add_actions (G_ACTION_MAP (group), G_OBJECT (server));
  g_signal_connect_object (server, "notify::state", G_CALLBACK (update_enabled), group, 0);
  g_signal_connect_object (server, "notify::unread", G_CALLBACK (update_enabled), group, 0);
  g_signal_connect_object (server, "notify::handshake", G_CALLBACK (update_enabled), group, 0);
  update_enabled (server, NULL, G_ACTION_MAP (group));
  gtk_widget_insert_action_group (holder, "server", G_ACTION_GROUP (group));
}
