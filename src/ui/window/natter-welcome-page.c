/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-welcome-page"

#include "config.h"

#include "natter-welcome-page.h"

#include <glib/gi18n.h>

#include "natter-plain-name.h"

struct _NatterWelcomePage
{
  AdwBin     parent_instance;

  GtkWidget *rotur_box;
  GtkWidget *account_box;
  GtkLabel  *account_label;
};

G_DEFINE_FINAL_TYPE (NatterWelcomePage, natter_welcome_page, ADW_TYPE_BIN)

/* (transfer full) (nullable): the first that there is */
static NatterAccount *
find_rotur_account (GListModel *accounts)
{
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr(NatterAccount) account = g_list_model_get_item (accounts, i);

      if (natter_account_get_kind (account) == NATTER_ACCOUNT_ROTUR)
        return g_steal_pointer (&account);
    }
  return NULL;
}

static void
accounts_changed_cb (NatterWelcomePage *self, guint position, guint removed, guint added, GListModel *accounts)
{
  g_autoptr(NatterAccount) account = find_rotur_account (accounts);

  gtk_widget_set_visible (self->rotur_box, account == NULL);
  gtk_widget_set_visible (self->account_box, account != NULL);
  if (account != NULL)
    {
      g_autofree char *name = natter_plain_name (natter_account_get_name (account));
      /* Translators: %s is the name of a Rotur account. */
      g_autofree char *text = g_strdup_printf (_("Signed in to Rotur as %s"), name);

      gtk_label_set_text (self->account_label, text);
    }
}

static void
natter_welcome_page_dispose (GObject *object)
{
  /* The template frees a bound child that is the bin's own, without the bin hearing of it. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), NATTER_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (natter_welcome_page_parent_class)->dispose (object);
}

static void
natter_welcome_page_class_init (NatterWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_welcome_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterWelcomePage, rotur_box);
  gtk_widget_class_bind_template_child (widget_class, NatterWelcomePage, account_box);
  gtk_widget_class_bind_template_child (widget_class, NatterWelcomePage, account_label);
}

static void
natter_welcome_page_init (NatterWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_welcome_page_new:
 * @session: whose accounts it knows
 *
 * Returns: (transfer floating): what a window without servers shows, with a header bar
 */
GtkWidget *
natter_welcome_page_new (NatterSession *session)
{
  NatterWelcomePage *self = g_object_new (NATTER_TYPE_WELCOME_PAGE, NULL);
  GListModel *accounts;

  g_return_val_if_fail (NATTER_IS_SESSION (session), NULL);

  accounts = natter_session_get_accounts (session);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (accounts_changed_cb), self, G_CONNECT_SWAPPED);
  accounts_changed_cb (self, 0, 0, 0, accounts);
  return GTK_WIDGET (self);
}
