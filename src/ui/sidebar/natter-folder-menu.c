/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-folder-menu"

#include "config.h"

#include "natter-folder-menu.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MAX_NAME 64

static const char * const colors[NATTER_GROUP_COLORS + 1] = {
  N_("_None"), N_("_Blue"), N_("_Teal"), N_("_Green"), N_("_Yellow"), N_("_Orange"), N_("_Red"), N_("_Pink"), N_("P_urple"),
};

static GMenuModel *
make_colors (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(colors[i]), NULL);

      g_menu_item_set_action_and_target_value (item, "folder.color", g_variant_new_uint32 (i));
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

/**
 * natter_folder_menu_new:
 * @folder: a folder of servers
 *
 * Returns: (transfer full): what can be done with it; the actions are those of natter_folder_menu_attach()
 */
GMenuModel *
natter_folder_menu_new (NatterGroup *folder)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) look = g_menu_new ();
  g_autoptr(GMenu) place = g_menu_new ();
  g_autoptr(GMenu) end = g_menu_new ();
  g_autoptr(GMenuModel) palette = make_colors ();

  g_menu_append (look, natter_group_get_collapsed (folder) ? _("_Open Folder") : _("_Close Folder"), "folder.toggle");
  g_menu_append (look, _("_Rename…"), "folder.rename");
  g_menu_append_submenu (look, _("_Color"), palette);
  g_menu_append (place, _("Move _Up"), "rail.move-up");
  g_menu_append (place, _("Move _Down"), "rail.move-down");
  g_menu_append (end, _("_Delete Folder"), "folder.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (look));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (place));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (menu);
}

typedef struct
{
  NatterSession *session;
  NatterGroup   *folder;
  NatterServer  *server;
  GtkEditable   *entry; /* in the dialog */
} Naming;

static void
naming_free (gpointer data, GClosure *closure)
{
  Naming *naming = data;

  g_clear_object (&naming->session);
  g_clear_object (&naming->folder);
  g_clear_object (&naming->server);
  g_free (naming);
}

static void
named_cb (AdwAlertDialog *dialog, const char *response, Naming *naming)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (naming->entry)));

  if (!g_str_equal (response, "apply") || *name == '\0')
    return;
  if (naming->folder != NULL)
    natter_group_set_title (naming->folder, name);
  else
    natter_session_new_folder (naming->session, name, naming->server);
}

static void
name_changed_cb (AdwAlertDialog *dialog, GtkEditable *entry)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_alert_dialog_set_response_enabled (dialog, "apply", *name != '\0');
}

/**
 * natter_folder_ask_name:
 * @parent: over what
 * @session: the session
 * @folder: (nullable): the folder that is to have another name
 * @server: (nullable): otherwise, what a new folder is for
 *
 * Asks for the name of a folder.
 */
void
natter_folder_ask_name (GtkWidget *parent, NatterSession *session, NatterGroup *folder, NatterServer *server)
{
  AdwDialog *dialog = adw_alert_dialog_new (folder != NULL ? _("Rename Folder") : _("New Folder"), NULL);
  GtkWidget *entry = gtk_entry_new ();
  Naming *naming = g_new0 (Naming, 1);

  naming->session = g_object_ref (session);
  naming->entry = GTK_EDITABLE (entry);
  g_set_object (&naming->folder, folder);
  g_set_object (&naming->server, server);
  gtk_entry_set_max_length (GTK_ENTRY (entry), MAX_NAME);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Folder Name"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "apply", folder != NULL ? _("_Rename") : _("_Create"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "apply", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "apply");
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_changed_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (named_cb), naming, naming_free, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), folder != NULL ? natter_group_get_title (folder) : "");
  name_changed_cb (ADW_ALERT_DIALOG (dialog), GTK_EDITABLE (entry));
  adw_dialog_set_focus (dialog, entry);
  adw_dialog_present (dialog, parent);
}

/* What the actions of a row are about; the group holds it. */
typedef struct
{
  GtkWidget     *widget; /* holds the group */
  NatterSession *session;
  NatterGroup   *folder;
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;

  g_object_unref (target->session);
  g_object_unref (target->folder);
  g_free (target);
}

static void
toggle_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;

  natter_group_set_collapsed (target->folder, !natter_group_get_collapsed (target->folder));
}

static void
rename_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;

  natter_folder_ask_name (GTK_WIDGET (gtk_widget_get_root (target->widget)), target->session, target->folder, NULL);
}

static void
delete_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Target *target = data;

  natter_session_dissolve_folder (target->session, target->folder);
}

static const GActionEntry entries[] = {
  { "toggle", toggle_action },
  { "rename", rename_action },
  { "delete", delete_action },
};

/**
 * natter_folder_menu_attach:
 * @holder: the menu, or what opens it
 * @widget: shows @folder, and stays longer than @holder
 * @session: the session
 * @folder: one of its folders
 *
 * Gives @holder the actions of the menu. What is in a list does not hold them: assistive technology would offer one of
 * them, such as to leave, as what pressing it does.
 */
void
natter_folder_menu_attach (GtkWidget *holder, GtkWidget *widget, NatterSession *session, NatterGroup *folder)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GPropertyAction) color = g_property_action_new ("color", folder, "color");
  Target *target = g_new0 (Target, 1);

  target->widget = widget;
  target->session = g_object_ref (session);
  target->folder = g_object_ref (folder);
  g_object_set_data_full (G_OBJECT (group), "natter-target", target, target_free);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (color));
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), target);
  gtk_widget_insert_action_group (holder, "folder", G_ACTION_GROUP (group));
}
