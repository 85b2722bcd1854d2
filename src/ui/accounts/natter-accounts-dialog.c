/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-accounts-dialog"

#include "config.h"

#include "natter-accounts-dialog.h"

#include <glib/gi18n.h>

#include "natter-account-page.h"
#include "natter-account-row.h"
#include "natter-rotur-sign-in-dialog.h"

struct _NatterAccountsDialog
{
  AdwDialog          parent_instance;

  NatterSession     *session;
  AdwNavigationView *navigation;
  GtkListBox        *list;
  GtkWidget         *nothing_label;
};

G_DEFINE_FINAL_TYPE (NatterAccountsDialog, natter_accounts_dialog, ADW_TYPE_DIALOG)

static void
removed_cb (NatterAccountsDialog *self)
{
  adw_navigation_view_pop_to_tag (self->navigation, "accounts");
}

static void
row_activated_cb (NatterAccountsDialog *self, NatterAccountRow *row)
{
  AdwNavigationPage *page = natter_account_page_new (self->session, natter_account_row_get_account (row));

  g_signal_connect_object (page, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_push (self->navigation, page);
}

static void
accounts_changed_cb (NatterAccountsDialog *self)
{
  gboolean any = g_list_model_get_n_items (natter_session_get_accounts (self->session)) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->list), any);
  gtk_widget_set_visible (self->nothing_label, !any);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterAccountsDialog *self = NATTER_ACCOUNTS_DIALOG (widget);

  adw_dialog_present (natter_rotur_sign_in_dialog_new (self->session), widget);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  return natter_account_row_new (item);
}

static void
natter_accounts_dialog_dispose (GObject *object)
{
  NatterAccountsDialog *self = NATTER_ACCOUNTS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_ACCOUNTS_DIALOG);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (natter_accounts_dialog_parent_class)->dispose (object);
}

static void
natter_accounts_dialog_class_init (NatterAccountsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_accounts_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-accounts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterAccountsDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountsDialog, list);
  gtk_widget_class_bind_template_child (widget_class, NatterAccountsDialog, nothing_label);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "accounts.add", NULL, add_action);
}

static void
natter_accounts_dialog_init (NatterAccountsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_accounts_dialog_new:
 * @session: whose accounts
 *
 * Returns: (transfer floating): a new dialog
 */
AdwDialog *
natter_accounts_dialog_new (NatterSession *session)
{
  NatterAccountsDialog *self = g_object_new (NATTER_TYPE_ACCOUNTS_DIALOG, NULL);
  GListModel *accounts = natter_session_get_accounts (session);

  self->session = g_object_ref (session);
  gtk_list_box_bind_model (self->list, accounts, make_row, NULL, NULL);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self, G_CONNECT_SWAPPED);
  accounts_changed_cb (self);
  return ADW_DIALOG (self);
}
