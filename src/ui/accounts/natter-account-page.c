/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-account-page"

#include "config.h"

#include "natter-account-page.h"

#include <glib/gi18n.h>

#include "natter-account-text.h"
#include "natter-add-server-dialog.h"
#include "natter-avatar.h"
#include "natter-error-text.h"
#include "natter-rotur-sign-in-dialog.h"

struct _NatterAccountPage
{
  AdwNavigationPage  parent_instance;

  NatterSession     *session;
  NatterAccount     *account;
  GtkFilterListModel *servers;
  AdwToastOverlay   *toasts;
  NatterAvatar      *avatar;
  GtkLabel          *name_label;
  GtkLabel          *kind_label;
  GtkLabel          *sign_in_label;
  AdwActionRow      *place_row;
  AdwActionRow      *token_row;
  AdwExpanderRow    *permissions_row;
  GListModel        *permissions; /* the rows */
  GtkListBox        *server_list;
  GtkWidget         *no_server_label;
};

enum
{
  REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterAccountPage, natter_account_page, ADW_TYPE_NAVIGATION_PAGE)

static AdwActionRow *
plain_row_new (const char *title)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

static void
remove_permission_rows (NatterAccountPage *self)
{
  for (guint i = g_list_model_get_n_items (self->permissions); i > 0; i--)
    {
      g_autoptr(GtkWidget) row = g_list_model_get_item (self->permissions, i - 1);

      adw_expander_row_remove (self->permissions_row, row);
      g_list_store_remove (G_LIST_STORE (self->permissions), i - 1);
    }
}

static void
update_permissions (NatterAccountPage *self)
{
  const char * const *permissions = natter_account_get_permissions (self->account);
  gboolean limited = permissions != NULL && natter_account_get_token_kind (self->account) != NATTER_TOKEN_MAIN;
  g_autofree char *count = NULL;

  remove_permission_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->permissions_row), limited);
  for (guint i = 0; limited && permissions[i] != NULL; i++)
    {
      AdwActionRow *row = plain_row_new (permissions[i]);

      adw_expander_row_add_row (self->permissions_row, GTK_WIDGET (row));
      g_list_store_append (G_LIST_STORE (self->permissions), row);
    }
  count = g_strdup_printf ("%u", g_list_model_get_n_items (self->permissions));
  adw_expander_row_set_subtitle (self->permissions_row, count);
}

static NatterServer *
find_waiting_server (NatterAccountPage *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->servers)); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (G_LIST_MODEL (self->servers), i);

      if (natter_server_get_state (server) == NATTER_CONNECTION_HANDSHAKE
          && natter_server_get_handshake (server) != NULL)
        return server; /* the session holds it */
    }
  return NULL;
}

static void
update (NatterAccountPage *self)
{
  const char *name = natter_account_get_name (self->account);
  gboolean is_rotur = natter_account_get_kind (self->account) == NATTER_ACCOUNT_ROTUR;
  g_autofree char *kind = natter_account_text_dup_kind (self->account);
  const char *lack = natter_account_text_get_lack (self->account);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), name);
  natter_avatar_set_text (self->avatar, name);
  natter_avatar_set_uri (self->avatar, natter_account_get_picture (self->account));
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->kind_label, kind);
  gtk_label_set_text (self->sign_in_label, lack != NULL ? lack : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in_label), lack != NULL);
  adw_action_row_set_subtitle (self->place_row, natter_account_text_get_place (self->account));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->place_row), is_rotur ? _("Token Kept") : _("Password Kept"));
  gtk_widget_set_visible (GTK_WIDGET (self->token_row), is_rotur);
  adw_action_row_set_subtitle (self->token_row, natter_account_text_get_token (self->account));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.sign-in", is_rotur || find_waiting_server (self) != NULL);
  update_permissions (self);
}

static void
servers_changed_cb (NatterAccountPage *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->servers)) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->server_list), any);
  gtk_widget_set_visible (self->no_server_label, !any);
  update (self);
}

static GtkWidget *
make_server_row (gpointer item, gpointer data)
{
  AdwActionRow *row = plain_row_new (natter_server_get_name (item));
  NatterAvatar *avatar = NATTER_AVATAR (natter_avatar_new (32));

  natter_avatar_set_text (avatar, natter_server_get_name (item));
  natter_avatar_set_uri (avatar, natter_server_get_icon (item));
  adw_action_row_add_prefix (row, GTK_WIDGET (avatar));
  adw_action_row_set_subtitle (row, natter_address_get_text (natter_server_get_address (item)));
  return GTK_WIDGET (row);
}

static void
sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterAccountPage *self = NATTER_ACCOUNT_PAGE (widget);
  NatterServer *server = find_waiting_server (self);
  AdwDialog *dialog = NULL;

  if (natter_account_get_kind (self->account) == NATTER_ACCOUNT_ROTUR)
    {
      dialog = natter_rotur_sign_in_dialog_new (self->session);
      natter_rotur_sign_in_dialog_set_account (NATTER_ROTUR_SIGN_IN_DIALOG (dialog), self->account);
    }
  else if (server != NULL)
    {
      dialog = natter_add_server_dialog_new (self->session);
      natter_add_server_dialog_set_server (NATTER_ADD_SERVER_DIALOG (dialog), server);
    }
  if (dialog != NULL)
    adw_dialog_present (dialog, widget);
}

static void
removed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr(NatterAccountPage) self = data;
  g_autoptr(GError) error = NULL;
  AdwToast *toast;

  if (natter_session_remove_account_finish (NATTER_SESSION (object), result, &error))
    {
      g_signal_emit (self, signals[REMOVED], 0);
      return;
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.remove", TRUE);
  toast = adw_toast_new (natter_error_text_get_summary (error));
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
response_cb (NatterAccountPage *self, const char *response)
{
  if (g_strcmp0 (response, "remove") != 0)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.remove", FALSE);
  natter_session_remove_account_async (self->session, self->account, NULL, removed_cb, g_object_ref (self));
}

/* What the removal means, in sentences. */
static char *
make_warning (NatterAccountPage *self)
{
  guint n_servers = g_list_model_get_n_items (G_LIST_MODEL (self->servers));
  gboolean is_rotur = natter_account_get_kind (self->account) == NATTER_ACCOUNT_ROTUR;
  GString *text = g_string_new (NULL);

  g_string_append (text, is_rotur ? _("Natter forgets the token of this account.") : _("Natter forgets the password of this account. If you know it nowhere else, nobody can sign in with it again."));
  if (n_servers > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u server is removed from your list, with its kept messages, drafts and unsent messages.", "%u servers are removed from your list, with their kept messages, drafts and unsent messages.", n_servers), n_servers);
    }
  g_string_append_c (text, ' ');
  if (is_rotur)
    {
      g_autofree char *site = natter_rotur_dup_site (natter_session_get_rotur (self->session));

      /* Translators: %s is the address of a web page. */
      g_string_append_printf (text, _("The account itself stays. What you allowed Natter to do can be ended at %s/me/apps."), site);
    }
  else
    g_string_append (text, _("The account on the server stays."));
  return g_string_free_and_steal (text);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterAccountPage *self = NATTER_ACCOUNT_PAGE (widget);
  g_autofree char *warning = make_warning (self);
  AdwDialog *dialog = adw_alert_dialog_new (_("Remove Account?"), NULL);

  adw_alert_dialog_set_body_use_markup (ADW_ALERT_DIALOG (dialog), FALSE);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), warning);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static gboolean
uses_account (gpointer item, gpointer data)
{
  return natter_server_get_account (item) == data;
}

static void
natter_account_page_dispose (GObject *object)
{
  NatterAccountPage *self = NATTER_ACCOUNT_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_ACCOUNT_PAGE);
  g_clear_object (&self->servers);
  g_clear_object (&self->permissions);
  g_clear_object (&self->account);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (natter_account_page_parent_class)->dispose (object);
}

static void
natter_account_page_class_init (NatterAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_account_page_dispose;

  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (NATTER_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterAccountPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountPage, kind_label);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountPage, sign_in_label);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountPage, place_row);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountPage, token_row);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountPage, permissions_row);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountPage, server_list);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountPage, no_server_label);
  gtk_widget_class_install_action (widget_class, "account.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "account.remove", NULL, remove_action);
}

static void
natter_account_page_init (NatterAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->permissions = G_LIST_MODEL (g_list_store_new (GTK_TYPE_WIDGET));
}

/**
 * natter_account_page_new:
 * @session: where the account is
 * @account: the account to show
 *
 * Returns: (transfer floating): a new page that follows @account
 */
AdwNavigationPage *
natter_account_page_new (NatterSession *session,
                         NatterAccount *account)
{
  NatterAccountPage *self = g_object_new (NATTER_TYPE_ACCOUNT_PAGE, NULL);
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (uses_account, g_object_ref (account), g_object_unref));

  self->session = g_object_ref (session);
  self->account = g_object_ref (account);
  self->servers = gtk_filter_list_model_new (g_object_ref (natter_session_get_servers (session)), filter);
  gtk_list_box_bind_model (self->server_list, G_LIST_MODEL (self->servers), make_server_row, NULL, NULL);
  g_signal_connect_object (self->servers, "items-changed", G_CALLBACK (servers_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  servers_changed_cb (self);
  return ADW_NAVIGATION_PAGE (self);
}
