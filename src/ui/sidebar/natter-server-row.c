/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-server-row"

#include "config.h"

#include "natter-server-row.h"

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-state-text.h"

struct _NatterServerRow
{
  GtkListBoxRow parent_instance;

  NatterServer *server;
  NatterAvatar *avatar;
  GtkWidget    *unread_dot;
  GtkLabel     *mentions_label;
};

G_DEFINE_FINAL_TYPE (NatterServerRow, natter_server_row, GTK_TYPE_LIST_BOX_ROW)

static void
update (NatterServerRow *self)
{
  NatterConnectionState state = natter_server_get_state (self->server);
  const char *name = natter_server_get_name (self->server);
  g_autoptr(GString) label = g_string_new (name);
  g_autofree char *count = NULL;
  gboolean unread = FALSE;
  guint mentions = 0;

  g_object_get (self->server, "unread", &unread, "mentions", &mentions, NULL);
  if (mentions > 0)
    g_string_append_printf (label, ngettext (", %u mention", ", %u mentions", mentions), mentions);
  else if (unread)
    g_string_append (label, _(", unread messages"));
  if (state != NATTER_CONNECTION_READY)
    g_string_append_printf (label, ", %s", natter_state_text_get (state));

  natter_avatar_set_text (self->avatar, name);
  natter_avatar_set_uri (self->avatar, natter_server_get_icon (self->server));
  gtk_widget_set_visible (self->unread_dot, unread || mentions > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->mentions_label), mentions > 0);
  count = mentions > 99 ? g_strdup ("99+") : g_strdup_printf ("%u", mentions);
  gtk_label_set_text (self->mentions_label, count);
  if (state == NATTER_CONNECTION_READY)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "not-ready");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "not-ready");
  /* Setting it asks the display where the pointer is. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), label->str) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), label->str);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
natter_server_row_dispose (GObject *object)
{
  NatterServerRow *self = NATTER_SERVER_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_SERVER_ROW);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (natter_server_row_parent_class)->dispose (object);
}

static void
natter_server_row_class_init (NatterServerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_server_row_dispose;
  g_type_ensure (NATTER_TYPE_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-server-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterServerRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterServerRow, unread_dot);
  gtk_widget_class_bind_template_child (widget_class, NatterServerRow, mentions_label);
}

static void
natter_server_row_init (NatterServerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_server_row_new:
 * @server: the server to show
 *
 * Returns: (transfer floating): a new row that follows @server
 */
GtkWidget *
natter_server_row_new (NatterServer *server)
{
  static const char * const signals[] = { "notify::name", "notify::icon", "notify::state", "notify::unread", "notify::mentions" };
  NatterServerRow *self = g_object_new (NATTER_TYPE_SERVER_ROW, NULL);

  self->server = g_object_ref (server);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (server, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * natter_server_row_get_server:
 * @self: a row
 *
 * Returns: (transfer none): the server that it shows
 */
NatterServer *
natter_server_row_get_server (NatterServerRow *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER_ROW (self), NULL);
  return self->server;
}
