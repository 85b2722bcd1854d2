/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-discovery-row"

#include "config.h"

#include "natter-discovery-row.h"

#include <glib/gi18n.h>

#include "natter-avatar.h"
#include "natter-row-action.h"

struct _NatterDiscoveryRow
{
  GtkListBoxRow parent_instance;

  NatterDiscoveredServer *server;
  NatterAvatar           *avatar;
  GtkLabel               *name_label;
  GtkLabel               *owner_label;
  GtkLabel               *description_label;
  GtkLabel               *tags_label;
  GtkLabel               *numbers_label;
};

G_DEFINE_FINAL_TYPE (NatterDiscoveryRow, natter_discovery_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static char *
make_numbers (NatterDiscoveredServer *server)
{
  int users = natter_discovered_server_get_users (server);
  int online = natter_discovered_server_get_online (server);

  if (users < 0)
    return NULL;
  if (online < 0)
    return g_strdup_printf (ngettext ("%d member", "%d members", (gulong) users), users);
  /* Translators: how many members a server has, and how many of them are there now. */
  return g_strdup_printf (ngettext ("%d member, %d online", "%d members, %d online", (gulong) users), users, online);
}

static void
update (NatterDiscoveryRow *self)
{
  const NatterDiscoveryData *data = natter_discovered_server_get_data (self->server);
  g_autofree char *numbers = make_numbers (self->server);
  g_autofree char *label = g_strjoin (", ", data->name, data->description != NULL ? data->description : natter_address_get_host (data->address), numbers, NULL);

  set_text (self->numbers_label, numbers);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
fill (NatterDiscoveryRow *self)
{
  const NatterDiscoveryData *data = natter_discovered_server_get_data (self->server);
  g_autofree char *tags = g_strjoinv (" · ", data->tags);
  g_autofree char *owner = NULL;

  /* Translators: %s are the address of a server and the name of its owner. */
  owner = data->owner != NULL ? g_strdup_printf (_("%s, by %s"), natter_address_get_host (data->address), data->owner)
                              : g_strdup (natter_address_get_host (data->address));
  natter_avatar_set_text (self->avatar, data->name);
  set_text (self->name_label, data->name);
  set_text (self->owner_label, owner);
  set_text (self->description_label, data->description);
  set_text (self->tags_label, tags);
  update (self);
}

static void
natter_discovery_row_dispose (GObject *object)
{
  NatterDiscoveryRow *self = NATTER_DISCOVERY_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_DISCOVERY_ROW);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (natter_discovery_row_parent_class)->dispose (object);
}

static void
natter_discovery_row_class_init (NatterDiscoveryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = natter_discovery_row_dispose;
  g_type_ensure (NATTER_TYPE_AVATAR);
  natter_row_action_install (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-discovery-row.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryRow, owner_label);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryRow, description_label);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryRow, tags_label);
  gtk_widget_class_bind_template_child (widget_class, NatterDiscoveryRow, numbers_label);
}

static void
natter_discovery_row_init (NatterDiscoveryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_discovery_row_new:
 * @server: the server to show
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
natter_discovery_row_new (NatterDiscoveredServer *server)
{
  NatterDiscoveryRow *self = g_object_new (NATTER_TYPE_DISCOVERY_ROW, NULL);

  self->server = g_object_ref (server);
  g_signal_connect_object (server, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}

/**
 * natter_discovery_row_get_server:
 * @self: a row
 *
 * Returns: (transfer none): the server that it shows
 */
NatterDiscoveredServer *
natter_discovery_row_get_server (NatterDiscoveryRow *self)
{
  g_return_val_if_fail (NATTER_IS_DISCOVERY_ROW (self), NULL);
  return self->server;
}

/**
 * natter_discovery_row_seen:
 * @self: a row
 *
 * The row is in sight: fetches what is missing, once.
 */
void
natter_discovery_row_seen (NatterDiscoveryRow *self)
{
  g_return_if_fail (NATTER_IS_DISCOVERY_ROW (self));

  natter_discovered_server_ask (self->server);
  natter_avatar_set_uri (self->avatar, natter_discovered_server_get_data (self->server)->icon);
}
