/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-account-row"

#include "config.h"

#include "natter-account-row.h"

#include <glib/gi18n.h>

#include "natter-account-text.h"
#include "natter-avatar.h"

struct _NatterAccountRow
{
  AdwActionRow   parent_instance;

  NatterAccount *account;
  NatterAvatar  *avatar;
};

G_DEFINE_FINAL_TYPE (NatterAccountRow, natter_account_row, ADW_TYPE_ACTION_ROW)

static void
update (NatterAccountRow *self)
{
  const char *name = natter_account_get_name (self->account);
  g_autofree char *kind = natter_account_text_dup_kind (self->account);
  g_autofree char *both = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name != NULL ? name : "");
  natter_avatar_set_text (self->avatar, name);
  natter_avatar_set_uri (self->avatar, natter_account_get_picture (self->account));
  if (natter_account_text_get_lack (self->account) != NULL)
    {
      /* Translators: %s says which kind of account it is. */
      both = g_strdup_printf (_("%s · sign in again"), kind);
      gtk_widget_add_css_class (GTK_WIDGET (self), "needs-sign-in");
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "needs-sign-in");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), both != NULL ? both : kind);
}

static void
natter_account_row_dispose (GObject *object)
{
  NatterAccountRow *self = NATTER_ACCOUNT_ROW (object);

  g_clear_object (&self->account);

  G_OBJECT_CLASS (natter_account_row_parent_class)->dispose (object);
}

static void
natter_account_row_class_init (NatterAccountRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_account_row_dispose;
}

static void
natter_account_row_init (NatterAccountRow *self)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  /* A name from the network is no markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  self->avatar = NATTER_AVATAR (natter_avatar_new (40));
  gtk_widget_set_margin_top (GTK_WIDGET (self->avatar), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->avatar), 6);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->avatar));
  gtk_accessible_update_property (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), arrow);
}

/**
 * natter_account_row_new:
 * @account: the account to show
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
natter_account_row_new (NatterAccount *account)
{
  static const char * const signals[] = { "notify::name", "notify::picture", "notify::needs-sign-in" };
  NatterAccountRow *self;

  g_return_val_if_fail (NATTER_IS_ACCOUNT (account), NULL);

  self = g_object_new (NATTER_TYPE_ACCOUNT_ROW, NULL);
  self->account = g_object_ref (account);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (account, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * natter_account_row_get_account:
 * @self: the row
 *
 * Returns: (transfer none): the account that it shows
 */
NatterAccount *
natter_account_row_get_account (NatterAccountRow *self)
{
  g_return_val_if_fail (NATTER_IS_ACCOUNT_ROW (self), NULL);

  return self->account;
}
