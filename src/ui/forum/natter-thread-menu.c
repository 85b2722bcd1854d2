/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-thread-menu"

#include "config.h"

#include "natter-thread-menu.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The widget of the actions, unowned: the group of actions goes with it. */
#define WIDGET "natter-widget"

/**
 * natter_thread_menu_append:
 * @menu: a menu
 * @thread: a thread
 *
 * Adds what the person can do with @thread as it is now; the actions are those of natter_thread_menu_add_actions().
 */
void
natter_thread_menu_append (GMenu         *menu,
                           NatterChannel *thread)
{
  g_autoptr(GMenu) taking_part = g_menu_new ();
  g_autoptr(GMenu) changing = g_menu_new ();
  gboolean locked = natter_channel_get_locked (thread);
  gboolean archived = natter_channel_get_archived (thread);

  if (natter_channel_get_joined (thread))
    g_menu_append (taking_part, _("_Leave Thread"), "channel.leave");
  else if (!locked)
    g_menu_append (taking_part, _("_Join Thread"), "channel.join");
  if (natter_channel_may_change (thread))
    g_menu_append (changing, _("Re_name…"), "channel.rename");
  if (natter_channel_may_lock (thread))
    g_menu_append (changing, locked ? _("Un_lock") : _("_Lock"), "channel.lock");
  if (natter_channel_may_change (thread))
    {
      g_menu_append (changing, archived ? _("Take Out of _Archive") : _("_Archive"), "channel.archive");
      g_menu_append (changing, _("_Delete…"), "channel.delete");
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (taking_part));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (changing));
}

static void
on_join (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       thread)
{
  natter_channel_join (thread, TRUE);
}

static void
on_leave (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       thread)
{
  natter_channel_join (thread, FALSE);
}

static void
on_lock (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       thread)
{
  natter_channel_lock (thread, !natter_channel_get_locked (thread));
}

static void
on_archive (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       thread)
{
  natter_channel_archive (thread, !natter_channel_get_archived (thread));
}

static void
on_rename_answer (AdwAlertDialog *dialog,
                  const char     *answer,
                  NatterChannel  *thread)
{
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (g_str_equal (answer, "rename") && *title != '\0')
    natter_channel_rename (thread, title);
}

static void
on_rename (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       thread)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("Rename Thread"), NULL);
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), natter_channel_get_title (thread));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Title"), -1);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "rename", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "rename");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_dialog_set_focus (dialog, entry);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_rename_answer), thread, 0);
  adw_dialog_present (dialog, g_object_get_data (G_OBJECT (action), WIDGET));
}

static void
on_delete_answer (AdwAlertDialog *dialog,
                  const char     *answer,
                  NatterChannel  *thread)
{
  if (g_str_equal (answer, "delete"))
    natter_channel_delete_thread (thread);
}

static void
on_delete (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       thread)
{
  AdwDialog *dialog = adw_alert_dialog_new (_("Delete Thread?"), NULL);

  /* Translators: %s is the title of a thread. */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _("“%s” and all messages in it will be deleted for everyone."),
                                natter_channel_get_title (thread));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_answer), thread, 0);
  adw_dialog_present (dialog, g_object_get_data (G_OBJECT (action), WIDGET));
}

static const GActionEntry entries[] = {
  { "join", on_join },
  { "leave", on_leave },
  { "rename", on_rename },
  { "lock", on_lock },
  { "archive", on_archive },
  { "delete", on_delete },
};

/**
 * natter_thread_menu_add_actions:
 * @map: takes the actions; has to hold @thread
 * @widget: has the actions, and is asked over
 * @thread: a thread
 */
void
natter_thread_menu_add_actions (GActionMap    *map,
                                GtkWidget     *widget,
                                NatterChannel *thread)
{
  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), thread);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_object_set_data (G_OBJECT (g_action_map_lookup_action (map, entries[i].name)), WIDGET, widget);
}
