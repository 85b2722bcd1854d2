/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-roles-dialog"

#include "config.h"

#include "natter-roles-dialog.h"

#include <glib/gi18n.h>

#include "natter-error-text.h"
#include "natter-member.h"
#include "natter-plain-name.h"
#include "natter-role.h"
#include "natter-server-roles.h"

#define ROLE "natter-role"

/**
 * NatterRolesDialog:
 *
 * The roles that one may give oneself on a server, with a switch for each.
 */
#define NATTER_TYPE_ROLES_DIALOG (natter_roles_dialog_get_type ())
G_DECLARE_FINAL_TYPE (NatterRolesDialog, natter_roles_dialog, NATTER, ROLES_DIALOG, AdwPreferencesDialog)

struct _NatterRolesDialog
{
  AdwPreferencesDialog  parent_instance;

  NatterServer         *server;
  GPtrArray            *rows; /* AdwSwitchRow, unowned */
  gboolean              updating;
};

G_DEFINE_FINAL_TYPE (NatterRolesDialog, natter_roles_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* What the server says is so. */
static void
update (NatterRolesDialog *self)
{
  self->updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_switch_row_set_active (self->rows->pdata[i],
                               natter_server_has_role (self->server, g_object_get_data (self->rows->pdata[i], ROLE)));
  self->updating = FALSE;
}

static void
on_taken (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(NatterRolesDialog) self = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (natter_server_take_role_finish (NATTER_SERVER (source), result, &error) || self->rows->len == 0)
    return;
  text = natter_error_text_dup (error);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", text, NULL));
  update (self);
}

static void
on_switched (NatterRolesDialog *self,
             GParamSpec        *pspec,
             AdwSwitchRow      *row)
{
  if (!self->updating)
    natter_server_take_role_async (self->server, g_object_get_data (G_OBJECT (row), ROLE), adw_switch_row_get_active (row), on_taken,
                                   g_object_ref (self));
}

static void
add_row (NatterRolesDialog   *self,
         AdwPreferencesGroup *group,
         NatterRole          *role)
{
  GtkWidget *row = adw_switch_row_new ();
  g_autofree char *name = natter_plain_name (natter_role_get_name (role));
  g_autofree char *description = natter_plain_name (natter_role_get_description (role));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), description);
  g_object_set_data_full (G_OBJECT (row), ROLE, g_object_ref (role), g_object_unref);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "notify::active", G_CALLBACK (on_switched), self, G_CONNECT_SWAPPED);
}

static void
add_roles (NatterRolesDialog *self)
{
  g_autoptr(GPtrArray) roles = natter_server_dup_self_roles (self->server);
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = NULL;
  const char *category = NULL;

  for (guint i = 0; i < roles->len; i++)
    {
      if (group == NULL || g_strcmp0 (category, natter_role_get_category (roles->pdata[i])) != 0)
        {
          g_autofree char *title = NULL;

          category = natter_role_get_category (roles->pdata[i]);
          title = natter_plain_name (category);
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          /* It takes markup. */
          adw_preferences_group_set_title (group, g_markup_escape_text (title, -1));
          adw_preferences_page_add (page, group);
        }
      add_row (self, group, roles->pdata[i]);
    }
  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self), page);
}

static void
natter_roles_dialog_dispose (GObject *object)
{
  NatterRolesDialog *self = NATTER_ROLES_DIALOG (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->server);
  G_OBJECT_CLASS (natter_roles_dialog_parent_class)->dispose (object);
}

static void
natter_roles_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (NATTER_ROLES_DIALOG (object)->rows);
  G_OBJECT_CLASS (natter_roles_dialog_parent_class)->finalize (object);
}

static void
natter_roles_dialog_class_init (NatterRolesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_roles_dialog_dispose;
  object_class->finalize = natter_roles_dialog_finalize;
}

static void
natter_roles_dialog_init (NatterRolesDialog *self)
{
  self->rows = g_ptr_array_new ();
}

/**
 * natter_roles_dialog_new:
 * @server: a server where one is signed in
 *
 * Returns: (transfer floating): a dialog in which one gives oneself roles
 */
AdwDialog *
natter_roles_dialog_new (NatterServer *server)
{
  NatterRolesDialog *self;

  g_return_val_if_fail (NATTER_IS_SERVER (server), NULL);

  self = g_object_new (NATTER_TYPE_ROLES_DIALOG, "title", _("My Roles"), NULL);
  self->server = g_object_ref (server);
  add_roles (self);
  if (natter_server_get_me (server) != NULL)
    g_signal_connect_object (natter_server_get_me (server), "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return ADW_DIALOG (self);
}
