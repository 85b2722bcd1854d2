/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-window-actions"

#include "config.h"

#include "natter-window-private.h"

#include <glib/gi18n.h>

#include "natter-accounts-dialog.h"
#include "natter-add-server-dialog.h"
#include "natter-error-text.h"
#include "natter-rotur-sign-in-dialog.h"
#include "natter-server-info-dialog.h"

static void
joined_cb (NatterWindow *self, NatterServer *server)
{
  natter_window_select_server (self, server);
}

static NatterAddServerDialog *
make_add_server (NatterWindow *self)
{
  AdwDialog *dialog = natter_add_server_dialog_new (self->session);

  natter_add_server_dialog_set_settings (NATTER_ADD_SERVER_DIALOG (dialog), self->settings);
  g_signal_connect_object (dialog, "joined", G_CALLBACK (joined_cb), self, G_CONNECT_SWAPPED);
  return NATTER_ADD_SERVER_DIALOG (dialog);
}

static NatterAddServerDialog *
present_add_server (NatterWindow *self, NatterServer *server)
{
  NatterAddServerDialog *dialog = make_add_server (self);

  if (server != NULL)
    natter_add_server_dialog_set_server (dialog, server);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
  return dialog;
}

/**
 * natter_window_add_server:
 * @self: the window
 * @address: (nullable): what to fill in
 *
 * Offers to add a server.
 */
void
natter_window_add_server (NatterWindow *self, const char *address)
{
  AdwDialog *open;
  NatterAddServerDialog *dialog;

  g_return_if_fail (NATTER_IS_WINDOW (self));

  open = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  dialog = NATTER_IS_ADD_SERVER_DIALOG (open) ? NATTER_ADD_SERVER_DIALOG (open) : present_add_server (self, NULL);
  if (address != NULL)
    natter_add_server_dialog_set_address (dialog, address);
}

static void
server_info_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);

  adw_dialog_present (natter_server_info_dialog_new (self->server), widget);
}

static void
present_sign_in (NatterWindow *self)
{
  NatterAccount *account = natter_server_get_account (self->server);
  AdwDialog *dialog;

  if (account == NULL || natter_account_get_kind (account) != NATTER_ACCOUNT_ROTUR)
    {
      present_add_server (self, self->server);
      return;
    }
  dialog = natter_rotur_sign_in_dialog_new (self->session);
  natter_rotur_sign_in_dialog_set_account (NATTER_ROTUR_SIGN_IN_DIALOG (dialog), account);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
keyring_cb (NatterWindow *self, const char *response)
{
  if (self->server == NULL)
    return;
  if (g_str_equal (response, "retry"))
    natter_server_connect (self->server);
  else if (g_str_equal (response, "session"))
    present_sign_in (self);
}

/* Once the keyring is open, what is in it is good; without one there is this session. */
static void
ask_about_keyring (NatterWindow *self, const GError *error)
{
  gboolean locked = g_error_matches (error, NATTER_ERROR, NATTER_ERROR_SECRETS_LOCKED);
  AdwDialog *dialog = adw_alert_dialog_new (locked ? _("Keyring Locked") : _("No Open Keyring"),
                                            natter_error_text_get_advice (error));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "session", _("For This _Session Only"),
                                  "retry", locked ? _("_Unlock") : _("_Try Again"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "retry", ADW_RESPONSE_SUGGESTED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (keyring_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);
  const GError *reason = natter_server_get_reason (self->server);

  if (natter_error_is_keyring (reason))
    ask_about_keyring (self, reason);
  else
    present_sign_in (self);
}

static void
find_servers_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterAddServerDialog *dialog = make_add_server (NATTER_WINDOW (widget));

  natter_add_server_dialog_show_public (dialog);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
add_account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (natter_rotur_sign_in_dialog_new (NATTER_WINDOW (widget)->session), widget);
}

static void
accounts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (natter_accounts_dialog_new (NATTER_WINDOW (widget)->session), widget);
}

static void
reconnect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);

  if (natter_server_get_state (self->server) == NATTER_CONNECTION_READY)
    natter_server_disconnect (self->server);
  natter_server_connect (self->server);
}

static void
toggle_members_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);

  adw_overlay_split_view_set_show_sidebar (self->members_split, !adw_overlay_split_view_get_show_sidebar (self->members_split));
}

static void
mark_server_read_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  natter_server_mark_all_read (NATTER_WINDOW (widget)->server);
}

static void
step_channel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  natter_channel_list_step (NATTER_WINDOW (widget)->channel_list, g_str_equal (name, "win.next-channel") ? 1 : -1);
}

static void
step_server_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);
  GListModel *servers = natter_session_get_servers (self->session);
  guint count = g_list_model_get_n_items (servers);

  for (guint i = 0; i < count; i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);
      g_autoptr(NatterServer) next = NULL;

      if (server != self->server)
        continue;
      next = g_list_model_get_item (servers, (g_str_equal (name, "win.next-server") ? i + 1 : i + count - 1) % count);
      natter_window_select_server (self, next);
      break;
    }
}

/* In a narrow window the panes are behind each other. */
static void
reveal_pane (NatterWindow *self, GtkWidget *pane)
{
  if (adw_navigation_split_view_get_collapsed (self->split))
    adw_navigation_split_view_set_show_content (self->split, pane == GTK_WIDGET (self->content_stack) || pane == GTK_WIDGET (self->members_pane));
}

/* The entry is what people look for in a conversation; the messages are before it. */
static gboolean
enter_pane (NatterWindow *self, GtkWidget *pane)
{
  if (pane == GTK_WIDGET (self->members_pane) && !adw_overlay_split_view_get_show_sidebar (self->members_split))
    return FALSE;
  reveal_pane (self, pane);
  if (!gtk_widget_get_mapped (pane))
    return FALSE;
  if (pane == GTK_WIDGET (self->rail))
    return natter_server_rail_focus (self->rail);
  if (pane == GTK_WIDGET (self->channel_list))
    return natter_channel_list_focus (self->channel_list);
  if (pane == GTK_WIDGET (self->content_stack) && gtk_widget_get_mapped (GTK_WIDGET (self->conversation))
      && natter_conversation_focus_entry (self->conversation))
    return TRUE;
  return gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
}

static void
step_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterWindow *self = NATTER_WINDOW (widget);
  GtkWidget *panes[] = { GTK_WIDGET (self->rail), GTK_WIDGET (self->channel_list), GTK_WIDGET (self->content_stack), GTK_WIDGET (self->members_pane) };
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  guint count = G_N_ELEMENTS (panes);
  guint step = g_str_equal (name, "win.next-pane") ? 1 : count - 1;
  guint current = count - 1;

  for (guint i = 0; i < count; i++)
    {
      if (focus != NULL && gtk_widget_is_ancestor (focus, panes[i]))
        current = i;
    }
  for (guint i = 1; i <= count; i++)
    {
      if (enter_pane (self, panes[(current + i * step) % count]))
        break;
    }
}

/**
 * _natter_window_update_actions:
 * @self: the window
 *
 * Switches off what makes no sense for the server shown.
 */
void
_natter_window_update_actions (NatterWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean any = self->server != NULL;
  gboolean can_sign_in = any && natter_server_get_state (self->server) == NATTER_CONNECTION_HANDSHAKE
                         && natter_server_get_handshake (self->server) != NULL;

  gtk_widget_action_set_enabled (widget, "win.server-info", any);
  gtk_widget_action_set_enabled (widget, "win.reconnect", any);
  gtk_widget_action_set_enabled (widget, "win.mark-server-read", any);
  gtk_widget_action_set_enabled (widget, "win.sign-in", can_sign_in);
}

/**
 * _natter_window_install_actions:
 * @widget_class: of the window
 *
 * Gives the window its actions.
 */
void
_natter_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.server-info", NULL, server_info_action);
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "win.accounts", NULL, accounts_action);
  gtk_widget_class_install_action (widget_class, "win.add-account", NULL, add_account_action);
  gtk_widget_class_install_action (widget_class, "win.find-servers", NULL, find_servers_action);
  gtk_widget_class_install_action (widget_class, "win.reconnect", NULL, reconnect_action);
  gtk_widget_class_install_action (widget_class, "win.mark-server-read", NULL, mark_server_read_action);
  gtk_widget_class_install_action (widget_class, "win.toggle-members", NULL, toggle_members_action);
  gtk_widget_class_install_action (widget_class, "win.previous-channel", NULL, step_channel_action);
  gtk_widget_class_install_action (widget_class, "win.next-channel", NULL, step_channel_action);
  gtk_widget_class_install_action (widget_class, "win.previous-server", NULL, step_server_action);
  gtk_widget_class_install_action (widget_class, "win.next-server", NULL, step_server_action);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, step_pane_action);
  gtk_widget_class_install_action (widget_class, "win.previous-pane", NULL, step_pane_action);
}
