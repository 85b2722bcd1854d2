/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-folder-row"

#include "config.h"

#include "natter-folder-row.h"

#include <glib/gi18n.h>

#include "natter-context-menu.h"
#include "natter-folder-menu.h"
#include "natter-phrase.h"
#include "natter-rail-drag.h"
#include "natter-row-action.h"
#include "natter-server-rail.h"

struct _NatterFolderRow
{
  GtkListBoxRow parent_instance;

  NatterSession *session;
  NatterGroup   *folder;
  GtkImage      *icon;
  GtkLabel      *title_label;
  GtkWidget     *unread_dot;
  GtkLabel      *mentions_label;
};

G_DEFINE_FINAL_TYPE (NatterFolderRow, natter_folder_row, GTK_TYPE_LIST_BOX_ROW)

static void
update_color (NatterFolderRow *self)
{
  for (guint i = 1; i <= NATTER_GROUP_COLORS; i++)
    {
      g_autofree char *name = g_strdup_printf ("color-%u", i);

      if (i == natter_group_get_color (self->folder))
        gtk_widget_add_css_class (GTK_WIDGET (self), name);
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), name);
    }
}

static void
update (NatterFolderRow *self)
{
  const char *title = natter_group_get_title (self->folder);
  gboolean collapsed = natter_group_get_collapsed (self->folder);
  guint mentions = natter_group_get_mentions (self->folder);
  gboolean unread = natter_group_get_unread (self->folder);
  g_autoptr(GString) label = g_string_new (NULL);
  g_autofree char *count = mentions > 99 ? g_strdup ("99+") : g_strdup_printf ("%u", mentions);

  /* Translators: what a folder is called by a screen reader; %s is its name. */
  g_string_append_printf (label, _("Folder %s"), title);
  if (mentions > 0)
    natter_phrase_set (label, ngettext ("%1$s, %2$u mention", "%1$s, %2$u mentions", mentions), label->str, mentions);
  else if (unread)
    /* Translators: read by a screen reader: the name of a folder, section or server */
    natter_phrase_set (label, _("%s, unread messages"), label->str);

  gtk_label_set_text (self->title_label, title);
  gtk_image_set_from_icon_name (self->icon, collapsed ? "folder-symbolic" : "folder-open-symbolic");
  /* The servers show it themselves when they are in sight. */
  gtk_widget_set_visible (self->unread_dot, collapsed && (unread || mentions > 0));
  gtk_widget_set_visible (GTK_WIDGET (self->mentions_label), collapsed && mentions > 0);
  gtk_label_set_text (self->mentions_label, count);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, !collapsed, -1);
  update_color (self);
}

static void
natter_folder_row_dispose (GObject *object)
{
  NatterFolderRow *self = NATTER_FOLDER_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_FOLDER_ROW);
  g_clear_object (&self->folder);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (natter_folder_row_parent_class)->dispose (object);
}

static void
natter_folder_row_class_init (NatterFolderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_folder_row_dispose;
  natter_server_rail_bind_keys (widget_class);
  natter_row_action_install (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-folder-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterFolderRow, icon);
  gtk_widget_class_bind_template_child (widget_class, NatterFolderRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, NatterFolderRow, unread_dot);
  gtk_widget_class_bind_template_child (widget_class, NatterFolderRow, mentions_label);
}

static void
natter_folder_row_init (NatterFolderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GMenuModel *
make_menu (GtkWidget *widget, GtkWidget *popover)
{
  NatterFolderRow *self = NATTER_FOLDER_ROW (widget);

  natter_folder_menu_attach (popover, widget, self->session, self->folder);
  return natter_folder_menu_new (NATTER_FOLDER_ROW (widget)->folder);
}

/**
 * natter_folder_row_new:
 * @session: the session
 * @folder: the folder to show
 *
 * Returns: (transfer floating): a new row that follows @folder
 */
GtkWidget *
natter_folder_row_new (NatterSession *session, NatterGroup *folder)
{
  NatterFolderRow *self = g_object_new (NATTER_TYPE_FOLDER_ROW, NULL);

  self->folder = g_object_ref (folder);
  g_signal_connect_object (folder, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->session = g_object_ref (session);
  natter_context_menu_add (GTK_WIDGET (self), make_menu);
  natter_rail_drag_add (GTK_WIDGET (self), session, G_OBJECT (folder));
  update (self);
  return GTK_WIDGET (self);
}

/**
 * natter_folder_row_get_folder:
 * @self: a row
 *
 * Returns: (transfer none): the folder that it shows
 */
NatterGroup *
natter_folder_row_get_folder (NatterFolderRow *self)
{
  g_return_val_if_fail (NATTER_IS_FOLDER_ROW (self), NULL);
  return self->folder;
}
