/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-server-rail"

#include "config.h"

#include "natter-server-rail.h"

#include "natter-server-row.h"

struct _NatterServerRail
{
  AdwBin parent_instance;

  GListModel   *servers;
  NatterServer *selected;
  GtkListBox   *list;
  GtkWidget    *add_button;
};

enum
{
  PROP_0,
  PROP_SERVERS,
  PROP_SELECTED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterServerRail, natter_server_rail, ADW_TYPE_BIN)

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  return natter_server_row_new (item);
}

static void
select_row (NatterServerRail *self)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; self->selected != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (natter_server_row_get_server (NATTER_SERVER_ROW (row)) == self->selected)
        break;
    }
  gtk_list_box_select_row (self->list, row);
}

/* Arrow keys move the focus only; the selection says what is shown. */
static void
row_selected_cb (NatterServerRail *self, GtkListBoxRow *row)
{
  if (row != NULL && natter_server_row_get_server (NATTER_SERVER_ROW (row)) != self->selected)
    select_row (self);
}

static void
row_activated_cb (NatterServerRail *self, GtkListBoxRow *row)
{
  natter_server_rail_set_selected (self, natter_server_row_get_server (NATTER_SERVER_ROW (row)));
}

static void
natter_server_rail_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NatterServerRail *self = NATTER_SERVER_RAIL (object);

  switch (prop_id)
    {
    case PROP_SERVERS:
      g_value_set_object (value, self->servers);
      break;
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_server_rail_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  NatterServerRail *self = NATTER_SERVER_RAIL (object);

  switch (prop_id)
    {
    case PROP_SERVERS:
      natter_server_rail_set_servers (self, g_value_get_object (value));
      break;
    case PROP_SELECTED:
      natter_server_rail_set_selected (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_server_rail_dispose (GObject *object)
{
  NatterServerRail *self = NATTER_SERVER_RAIL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_SERVER_RAIL);
  g_clear_object (&self->selected);
  g_clear_object (&self->servers);

  G_OBJECT_CLASS (natter_server_rail_parent_class)->dispose (object);
}

static void
natter_server_rail_class_init (NatterServerRailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_server_rail_get_property;
  object_class->set_property = natter_server_rail_set_property;
  object_class->dispose = natter_server_rail_dispose;

  properties[PROP_SERVERS] = g_param_spec_object ("servers", NULL, NULL, G_TYPE_LIST_MODEL,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, NATTER_TYPE_SERVER,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-server-rail.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterServerRail, list);
  gtk_widget_class_bind_template_child (widget_class, NatterServerRail, add_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
natter_server_rail_init (NatterServerRail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_server_rail_set_servers:
 * @self: a rail
 * @servers: (nullable): a model of NatterServer
 *
 * Sets what is shown.
 */
void
natter_server_rail_set_servers (NatterServerRail *self, GListModel *servers)
{
  g_return_if_fail (NATTER_IS_SERVER_RAIL (self));

  if (!g_set_object (&self->servers, servers))
    return;
  gtk_list_box_bind_model (self->list, servers, create_row, NULL, NULL);
  select_row (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVERS]);
}

/**
 * natter_server_rail_get_selected:
 * @self: a rail
 *
 * Returns: (transfer none) (nullable): the server that is shown beside the rail
 */
NatterServer *
natter_server_rail_get_selected (NatterServerRail *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER_RAIL (self), NULL);
  return self->selected;
}

/**
 * natter_server_rail_set_selected:
 * @self: a rail
 * @server: (nullable): a server of the list
 *
 * Selects @server.
 */
void
natter_server_rail_set_selected (NatterServerRail *self, NatterServer *server)
{
  g_return_if_fail (NATTER_IS_SERVER_RAIL (self));

  if (!g_set_object (&self->selected, server))
    return;
  select_row (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}
