/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-add-server-dialog"

#include "config.h"

#include "natter-add-server-dialog.h"

#include <string.h>

#include <glib/gi18n.h>

#include "natter-account-row.h"
#include "natter-discovery-page.h"
#include "natter-error-text.h"
#include "natter-random.h"
#include "natter-rotur-sign-in-dialog.h"
#include "natter-server-info.h"
#include "natter-sign-in.h"
#include "natter-window.h"

struct _NatterAddServerDialog
{
  AdwDialog parent_instance;

  NatterSession      *session;
  NatterServer       *server;
  GSignalGroup       *server_signals;
  GCancellable       *cancellable;
  AdwNavigationView  *navigation;
  NatterDiscoveryPage *discovery_page;
  AdwActionRow       *direct_row;
  AdwEntryRow        *address_row;
  GtkLabel           *address_error;
  GtkWidget          *plain_group;
  AdwSwitchRow       *plain_row;
  GtkWidget          *connect_spinner;
  NatterServerInfo   *info;
  GtkWidget          *accept_button;
  AdwEntryRow        *name_row;
  AdwEntryRow        *password_row;
  AdwSwitchRow       *password_once_row;
  GtkLabel           *sign_in_error;
  GtkWidget          *sign_in_spinner;
  GtkLabel           *password_note;
  GtkWidget          *accounts_group;
  GtkListBox         *accounts_list;
  GtkWidget          *rotur_group;
  GtkWidget          *password_box;
  GtkWidget          *password_buttons;
  GtkWidget          *focus; /* weak: where the keyboard was before signing in switched that off */
  guint               connecting : 1;
  guint               once : 1; /* the person wants the password kept in memory alone */
  guint               listed : 1; /* the server is in the list: leave its connection alone */
};

enum
{
  JOINED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterAddServerDialog, natter_add_server_dialog, ADW_TYPE_DIALOG)

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  if (text != NULL && gtk_widget_get_mapped (GTK_WIDGET (label)))
    gtk_accessible_announce (GTK_ACCESSIBLE (label), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
show_error (GtkLabel *label, const GError *error)
{
  g_autofree char *text = natter_error_text_dup (error);

  show_text (label, text);
}

static void
mark_invalid (AdwEntryRow *row, gboolean invalid)
{
  if (invalid)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
drop_server (NatterAddServerDialog *self)
{
  g_signal_group_set_target (self->server_signals, NULL);
  natter_server_info_set_server (self->info, NULL);
  if (self->server != NULL && !self->listed)
    natter_server_disconnect (self->server);
  g_clear_object (&self->server);
}

static void
set_connecting (NatterAddServerDialog *self, gboolean connecting)
{
  self->connecting = connecting;
  gtk_widget_set_visible (self->connect_spinner, connecting);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "add-server.continue", !connecting);
}

static void
fail_address (NatterAddServerDialog *self, const GError *error)
{
  set_connecting (self, FALSE);
  drop_server (self);
  show_error (self->address_error, error);
  mark_invalid (self->address_row, TRUE);
  if (g_error_matches (error, NATTER_ERROR, NATTER_ERROR_NOT_ENCRYPTED))
    gtk_widget_set_visible (self->plain_group, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
}

/* Whether an account can be good on the server. */
static gboolean
is_offered (gpointer item, gpointer data)
{
  NatterServer *server = data;
  NatterHandshake *handshake = natter_server_get_handshake (server);

  if (handshake == NULL)
    return FALSE;
  if (natter_account_get_kind (item) == NATTER_ACCOUNT_ROTUR)
    return natter_handshake_get_auth_mode (handshake) != NATTER_AUTH_SERVER;
  return g_strcmp0 (natter_account_get_server (item), natter_address_get_text (natter_server_get_address (server))) == 0;
}

static GtkWidget *
make_account_row (gpointer item, gpointer data)
{
  return natter_account_row_new (item);
}

/* What is there first, then Rotur, then an account of the server. */
static void
show_ways (NatterAddServerDialog *self, NatterAuthMode mode)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_offered, g_object_ref (self->server), g_object_unref));
  g_autoptr(GListModel) offered = G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (natter_session_get_accounts (self->session)), filter));
  gboolean passwords = mode != NATTER_AUTH_ROTUR;

  gtk_list_box_bind_model (self->accounts_list, offered, make_account_row, NULL, NULL);
  gtk_widget_set_visible (self->accounts_group, g_list_model_get_n_items (offered) > 0);
  gtk_widget_set_visible (self->rotur_group, mode != NATTER_AUTH_SERVER);
  gtk_widget_set_visible (self->password_box, passwords);
  gtk_widget_set_visible (self->password_buttons, passwords);
}

static void
show_server_page (NatterAddServerDialog *self)
{
  NatterAuthMode mode = natter_handshake_get_auth_mode (natter_server_get_handshake (self->server));

  natter_server_info_set_server (self->info, self->server);
  show_ways (self, mode);
}

static void
server_changed_cb (NatterAddServerDialog *self)
{
  NatterConnectionState state = natter_server_get_state (self->server);
  const GError *reason = natter_server_get_reason (self->server);

  if (!self->connecting)
    return;
  if (state == NATTER_CONNECTION_HANDSHAKE && natter_server_get_handshake (self->server) != NULL)
    {
      set_connecting (self, FALSE);
      show_server_page (self);
      adw_navigation_view_push_by_tag (self->navigation, "server");
      gtk_widget_grab_focus (self->accept_button);
    }
  else if ((state == NATTER_CONNECTION_REFUSED || state == NATTER_CONNECTION_WAITING) && reason != NULL)
    {
      g_autoptr(GError) error = g_error_copy (reason);

      fail_address (self, error);
    }
}

static void
continue_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterAddServerDialog *self = NATTER_ADD_SERVER_DIALOG (widget);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->address_row));
  gboolean plain = adw_switch_row_get_active (self->plain_row) && gtk_widget_get_visible (self->plain_group);
  g_autoptr(NatterAddress) address = NULL;
  g_autoptr(GError) error = NULL;

  if (self->connecting)
    return;
  drop_server (self);
  address = plain ? natter_address_parse_plain (text, &error) : natter_address_parse (text, &error);
  if (address == NULL)
    {
      fail_address (self, error);
      return;
    }
  show_text (self->address_error, NULL);
  mark_invalid (self->address_row, FALSE);
  self->server = natter_session_new_server (self->session, address);
  g_signal_group_set_target (self->server_signals, self->server);
  set_connecting (self, TRUE);
  natter_server_connect (self->server);
}

static void
continue_cb (NatterAddServerDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "add-server.continue", NULL);
}

static void
try_address (NatterAddServerDialog *self, const char *address)
{
  adw_navigation_view_pop_to_tag (self->navigation, "address");
  gtk_editable_set_text (GTK_EDITABLE (self->address_row), address);
  continue_cb (self);
}

static void
discovery_cb (NatterAddServerDialog *self)
{
  adw_navigation_view_push_by_tag (self->navigation, "discovery");
  natter_discovery_page_show (self->discovery_page);
}

static void
direct_cb (NatterAddServerDialog *self)
{
  try_address (self, adw_action_row_get_subtitle (self->direct_row));
}

static void
address_changed_cb (NatterAddServerDialog *self)
{
  if (self->connecting)
    {
      set_connecting (self, FALSE);
      drop_server (self);
    }
  show_text (self->address_error, NULL);
  mark_invalid (self->address_row, FALSE);
  adw_switch_row_set_active (self->plain_row, FALSE);
  gtk_widget_set_visible (self->plain_group, FALSE);
}

static void
accept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterAddServerDialog *self = NATTER_ADD_SERVER_DIALOG (widget);

  adw_navigation_view_push_by_tag (self->navigation, "sign-in");
  if (gtk_widget_get_visible (self->accounts_group))
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->accounts_list, 0)));
  else if (gtk_widget_get_visible (self->password_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  else
    gtk_widget_child_focus (self->rotur_group, GTK_DIR_TAB_FORWARD);
}

/* (nullable): where the keyboard is, if it is in the dialog */
static GtkWidget *
find_focus (NatterAddServerDialog *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ? focus : NULL;
}

/* What is switched off loses the keyboard: meanwhile it is where one can go back. */
static void
keep_focus (NatterAddServerDialog *self, GtkWidget *focus)
{
  if (focus == NULL || gtk_widget_is_sensitive (focus))
    return;
  g_set_weak_pointer (&self->focus, focus);
  gtk_widget_child_focus (GTK_WIDGET (self->navigation), GTK_DIR_TAB_FORWARD);
}

static void
return_focus (NatterAddServerDialog *self)
{
  if (self->focus != NULL && gtk_widget_get_mapped (self->focus))
    gtk_widget_grab_focus (self->focus);
  g_clear_weak_pointer (&self->focus);
}

static void
set_joining (NatterAddServerDialog *self, gboolean joining)
{
  GtkWidget *focus = find_focus (self);
  static const char * const actions[] = { "add-server.sign-in", "add-server.register", "add-server.rotur", "add-server.generate" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], !joining);
  gtk_widget_set_visible (self->sign_in_spinner, joining);
  gtk_editable_set_editable (GTK_EDITABLE (self->name_row), !joining);
  gtk_editable_set_editable (GTK_EDITABLE (self->password_row), !joining);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accounts_list), !joining);
  if (joining)
    {
      show_text (self->sign_in_error, NULL);
      keep_focus (self, focus);
    }
  else
    return_focus (self);
}

/* The server took the password, and then the keyring did not: nobody should find out at the next start. */
static void
say_session_only (NatterAddServerDialog *self)
{
  NatterAccount *account = natter_server_get_account (self->server);
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));

  if (account != NULL && natter_account_get_session_only (account) && !self->once && NATTER_IS_WINDOW (window))
    natter_window_add_toast (NATTER_WINDOW (window),
                             adw_toast_new (_("The keyring did not take the password: it is kept until Natter is closed")));
}

static void
join_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterAddServerDialog) self = data;
  g_autoptr(GError) error = NULL;

  if (natter_session_join_finish (NATTER_SESSION (object), result, &error))
    {
      self->listed = TRUE;
      say_session_only (self);
      gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
      g_signal_emit (self, signals[JOINED], 0, self->server);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_joining (self, FALSE);
  show_error (self->sign_in_error, error);
  if (natter_error_is_keyring (error))
    gtk_widget_set_visible (GTK_WIDGET (self->password_once_row), TRUE);
}

/* What the servers of April 2026 ask of a new account. */
static const char *
check_new_account (const char *name, const char *password)
{
  gsize length = strlen (name);
  glong characters = g_utf8_strlen (password, -1);

  if (length < 2 || length > 32 || strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != length)
    return _("A username has 2 to 32 letters, digits, - and _.");
  if (characters < 4 || characters > 72)
    return _("A password has 4 to 72 characters.");
  return NULL;
}

static void
join (NatterAddServerDialog *self, gboolean register_account)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_row));
  const char *problem = NULL;

  if (register_account)
    problem = check_new_account (name, password);
  else if (*name == '\0' || *password == '\0')
    problem = _("Type your username and your password.");
  if (problem != NULL)
    {
      show_text (self->sign_in_error, problem);
      return;
    }
  self->once = gtk_widget_get_visible (GTK_WIDGET (self->password_once_row)) && adw_switch_row_get_active (self->password_once_row);
  set_joining (self, TRUE);
  natter_session_join_with_password_async (self->session, self->server, name, password, register_account, self->once,
                                           self->cancellable, join_cb, g_object_ref (self));
}

static void
sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  join (NATTER_ADD_SERVER_DIALOG (widget), FALSE);
}

static void
register_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  join (NATTER_ADD_SERVER_DIALOG (widget), TRUE);
}

/* Long and good for this server alone; the keyring remembers it. */
static void
generate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterAddServerDialog *self = NATTER_ADD_SERVER_DIALOG (widget);
  char *password = natter_random_password ();

  gtk_editable_set_text (GTK_EDITABLE (self->password_row), password);
  natter_secret_wipe (password);
  show_text (self->password_note, _("A new password is filled in. Natter keeps it in your keyring, so that you need not remember it."));
}

static void
join_with_account (NatterAddServerDialog *self, NatterAccount *account)
{
  if (self->server == NULL)
    return;
  self->once = natter_account_get_session_only (account);
  set_joining (self, TRUE);
  natter_session_join_with_account_async (self->session, self->server, account, self->cancellable, join_cb, g_object_ref (self));
}

static void
account_activated_cb (NatterAddServerDialog *self, NatterAccountRow *row)
{
  join_with_account (self, natter_account_row_get_account (row));
}

static void
rotur_signed_in_cb (NatterAddServerDialog *self, NatterAccount *account)
{
  join_with_account (self, account);
}

static void
rotur_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterAddServerDialog *self = NATTER_ADD_SERVER_DIALOG (widget);
  AdwDialog *dialog = natter_rotur_sign_in_dialog_new (self->session);

  g_signal_connect_object (dialog, "signed-in", G_CALLBACK (rotur_signed_in_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
name_activated_cb (NatterAddServerDialog *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
sign_in_cb (NatterAddServerDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "add-server.sign-in", NULL);
}

static void
natter_add_server_dialog_closed (AdwDialog *dialog)
{
  NatterAddServerDialog *self = NATTER_ADD_SERVER_DIALOG (dialog);

  g_cancellable_cancel (self->cancellable);
  drop_server (self);
}

static void
natter_add_server_dialog_dispose (GObject *object)
{
  NatterAddServerDialog *self = NATTER_ADD_SERVER_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->server_signals);
  g_clear_weak_pointer (&self->focus);
  if (self->accounts_list != NULL)
    gtk_list_box_bind_model (self->accounts_list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_ADD_SERVER_DIALOG);
  g_clear_object (&self->server);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (natter_add_server_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, discovery_page);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, direct_row);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, address_error);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, plain_group);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, plain_row);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, connect_spinner);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, info);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, accept_button);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, password_once_row);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, sign_in_error);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, sign_in_spinner);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, password_note);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, accounts_group);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, accounts_list);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, rotur_group);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, password_box);
  gtk_widget_class_bind_template_child (widget_class, NatterAddServerDialog, password_buttons);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_address);
  gtk_widget_class_bind_template_callback (widget_class, discovery_cb);
  gtk_widget_class_bind_template_callback (widget_class, direct_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, account_activated_cb);
}

static void
natter_add_server_dialog_class_init (NatterAddServerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_add_server_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = natter_add_server_dialog_closed;

  signals[JOINED] = g_signal_new ("joined", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, NATTER_TYPE_SERVER);

  g_type_ensure (NATTER_TYPE_SERVER_INFO);
  g_type_ensure (NATTER_TYPE_DISCOVERY_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-add-server-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "add-server.continue", NULL, continue_action);
  gtk_widget_class_install_action (widget_class, "add-server.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget_class, "add-server.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "add-server.register", NULL, register_action);
  gtk_widget_class_install_action (widget_class, "add-server.rotur", NULL, rotur_action);
  gtk_widget_class_install_action (widget_class, "add-server.generate", NULL, generate_action);
}

static void
natter_add_server_dialog_init (NatterAddServerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->server_signals = g_signal_group_new (NATTER_TYPE_SERVER);
  g_signal_group_connect_swapped (self->server_signals, "notify::state", G_CALLBACK (server_changed_cb), self);
  g_signal_group_connect_swapped (self->server_signals, "notify::handshake", G_CALLBACK (server_changed_cb), self);
  g_signal_group_connect_swapped (self->server_signals, "notify::reason", G_CALLBACK (server_changed_cb), self);
}

/**
 * natter_add_server_dialog_new:
 * @session: where the server is added
 *
 * Returns: (transfer floating): a new dialog
 */
AdwDialog *
natter_add_server_dialog_new (NatterSession *session)
{
  NatterAddServerDialog *self = g_object_new (NATTER_TYPE_ADD_SERVER_DIALOG, NULL);

  self->session = g_object_ref (session);
  return ADW_DIALOG (self);
}

static gboolean
has_rotur_account (NatterSession *session)
{
  GListModel *accounts = natter_session_get_accounts (session);

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr(NatterAccount) account = g_list_model_get_item (accounts, i);

      if (natter_account_get_kind (account) == NATTER_ACCOUNT_ROTUR)
        return TRUE;
    }
  return FALSE;
}

/**
 * natter_add_server_dialog_set_settings:
 * @self: the dialog
 * @settings: which list of public servers is offered, and which server for direct messages
 */
void
natter_add_server_dialog_set_settings (NatterAddServerDialog *self, GSettings *settings)
{
  g_autofree char *text = NULL;
  g_autoptr(NatterAddress) address = NULL;

  g_return_if_fail (NATTER_IS_ADD_SERVER_DIALOG (self));

  natter_discovery_page_set_settings (self->discovery_page, settings);
  text = g_settings_get_string (settings, "direct-messages-server");
  address = natter_address_parse (text, NULL);
  if (address == NULL)
    return;
  adw_action_row_set_subtitle (self->direct_row, natter_address_get_text (address));
  gtk_widget_set_visible (GTK_WIDGET (self->direct_row),
                          has_rotur_account (self->session) && natter_session_find_server (self->session, address, NULL) == NULL);
}

/**
 * natter_add_server_dialog_set_address:
 * @self: the dialog
 * @address: what to fill in
 *
 * Fills in an address; the person still has to go on.
 */
void
natter_add_server_dialog_set_address (NatterAddServerDialog *self, const char *address)
{
  g_return_if_fail (NATTER_IS_ADD_SERVER_DIALOG (self));

  gtk_editable_set_text (GTK_EDITABLE (self->address_row), address);
}

/**
 * natter_add_server_dialog_show_public:
 * @self: a dialog that is not presented yet
 *
 * Shows the list of public servers, or asks whether it may be fetched.
 */
void
natter_add_server_dialog_show_public (NatterAddServerDialog *self)
{
  g_return_if_fail (NATTER_IS_ADD_SERVER_DIALOG (self));

  discovery_cb (self);
  /* The address is out of sight. */
  adw_dialog_set_focus (ADW_DIALOG (self), NULL);
}

/**
 * natter_add_server_dialog_set_server:
 * @self: the dialog
 * @server: a server of the list
 *
 * Asks to sign in to a server that is in the list, because its password is missing or was refused.
 */
void
natter_add_server_dialog_set_server (NatterAddServerDialog *self, NatterServer *server)
{
  NatterAccount *account;
  NatterHandshake *handshake;

  g_return_if_fail (NATTER_IS_ADD_SERVER_DIALOG (self));

  self->listed = TRUE;
  g_set_object (&self->server, server);
  account = natter_server_get_account (server);
  handshake = natter_server_get_handshake (server);
  if (natter_error_is_keyring (natter_server_get_reason (server)))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->password_once_row), TRUE);
      adw_switch_row_set_active (self->password_once_row, TRUE);
    }
  show_ways (self, handshake != NULL ? natter_handshake_get_auth_mode (handshake) : NATTER_AUTH_UNKNOWN);
  if (account != NULL && natter_account_get_kind (account) == NATTER_ACCOUNT_SERVER)
    {
      /* It is this account that waits. */
      gtk_editable_set_text (GTK_EDITABLE (self->name_row), natter_account_get_name (account));
      gtk_widget_set_visible (self->accounts_group, FALSE);
      gtk_widget_set_visible (self->rotur_group, FALSE);
    }
  adw_navigation_view_replace_with_tags (self->navigation, (const char *[]) { "sign-in", NULL }, 1);
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (account != NULL ? self->password_row : self->name_row));
}
