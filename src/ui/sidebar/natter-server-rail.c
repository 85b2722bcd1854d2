/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-server-rail"

#include "config.h"

#include "natter-server-rail.h"

#include <glib/gi18n.h>

#include "natter-folder-row.h"
#include "natter-grouped-list.h"
#include "natter-server-row.h"

struct _NatterServerRail
{
  AdwBin parent_instance;

  NatterSession     *session;
  NatterGroupedList *items;
  NatterServer      *selected;
  GtkListBox        *list;
  GtkWidget         *add_button;
};

enum
{
  PROP_0,
  PROP_SELECTED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterServerRail, natter_server_rail, ADW_TYPE_BIN)

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  NatterServerRail *self = data;

  if (NATTER_IS_GROUP (item))
    return natter_folder_row_new (self->session, item);
  return natter_server_row_new (self->session, item);
}

/* (transfer none): the server or the folder */
static gpointer
row_item (GtkListBoxRow *row)
{
  if (NATTER_IS_FOLDER_ROW (row))
    return natter_folder_row_get_folder (NATTER_FOLDER_ROW (row));
  return natter_server_row_get_server (NATTER_SERVER_ROW (row));
}

static GtkListBoxRow *
find_row (NatterServerRail *self, gpointer item)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; item != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (row_item (row) == item)
        return row;
    }
  return NULL;
}

static void
select_row (NatterServerRail *self)
{
  gtk_list_box_select_row (self->list, find_row (self, self->selected));
}

/* Arrow keys move the focus only; the selection says what is shown. */
static void
row_selected_cb (NatterServerRail *self, GtkListBoxRow *row)
{
  if (row != NULL && row_item (row) != self->selected)
    select_row (self);
}

static void
row_activated_cb (NatterServerRail *self, GtkListBoxRow *row)
{
  if (NATTER_IS_FOLDER_ROW (row))
    {
      NatterGroup *folder = natter_folder_row_get_folder (NATTER_FOLDER_ROW (row));

      natter_group_set_collapsed (folder, !natter_group_get_collapsed (folder));
      return;
    }
  natter_server_rail_set_selected (self, natter_server_row_get_server (NATTER_SERVER_ROW (row)));
}

/* What has the keyboard, or a menu that is open. */
static gpointer
find_focused (NatterServerRail *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  while (focus != NULL && !NATTER_IS_SERVER_ROW (focus) && !NATTER_IS_FOLDER_ROW (focus))
    focus = gtk_widget_get_parent (focus);
  return focus != NULL ? row_item (GTK_LIST_BOX_ROW (focus)) : NULL;
}

static void
announce (NatterServerRail *self, gpointer item)
{
  GtkListBoxRow *row = find_row (self, item);
  NatterGroup *folder = NATTER_IS_SERVER (item) ? natter_server_get_group (item) : NULL;
  const char *name = NATTER_IS_SERVER (item) ? natter_server_get_name (item) : natter_group_get_title (item);
  g_autofree char *text = NULL;

  if (row == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  if (folder != NULL)
    /* Translators: said by a screen reader: “NAME is now number N, in the folder FOLDER”. */
    text = g_strdup_printf (_("%s is now number %d, in the folder %s"), name, gtk_list_box_row_get_index (row) + 1, natter_group_get_title (folder));
  else
    text = g_strdup_printf (_("%s is now number %d"), name, gtk_list_box_row_get_index (row) + 1);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  NatterServerRail *self = NATTER_SERVER_RAIL (widget);
  gpointer item = find_focused (self);

  if (item == NULL)
    return;
  g_object_ref (item);
  if (natter_session_step (self->session, item, g_str_equal (name, "rail.move-up") ? -1 : 1))
    announce (self, item);
  else
    gtk_widget_error_bell (widget);
  g_object_unref (item);
}

static void
natter_server_rail_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NatterServerRail *self = NATTER_SERVER_RAIL (object);

  switch (prop_id)
    {
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
  g_clear_object (&self->items);
  g_clear_object (&self->session);

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

  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, NATTER_TYPE_SERVER,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-server-rail.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterServerRail, list);
  gtk_widget_class_bind_template_child (widget_class, NatterServerRail, add_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_install_action (widget_class, "rail.move-up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "rail.move-down", NULL, move_action);
}

static void
natter_server_rail_init (NatterServerRail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * natter_server_rail_set_session:
 * @self: a rail
 * @session: whose servers are shown
 *
 * Sets what is shown, once.
 */
void
natter_server_rail_set_session (NatterServerRail *self, NatterSession *session)
{
  g_return_if_fail (NATTER_IS_SERVER_RAIL (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->items = natter_grouped_list_new (natter_session_get_servers (session));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->items), create_row, self, NULL);
  /* After the list box, so that its rows are there when we hear of them. */
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (select_row), self, G_CONNECT_SWAPPED);
  select_row (self);
}

/**
 * natter_server_rail_bind_keys:
 * @row_class: of a row of the rail
 *
 * Lets the rows be moved with the keyboard. The list has other uses for some of the keys, so that the rows need them.
 */
void
natter_server_rail_bind_keys (GtkWidgetClass *row_class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } keys[] = {
    { GDK_KEY_Up, GDK_ALT_MASK | GDK_SHIFT_MASK, "rail.move-up" },
    { GDK_KEY_Down, GDK_ALT_MASK | GDK_SHIFT_MASK, "rail.move-down" },
    { GDK_KEY_Page_Up, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "rail.move-up" },
    { GDK_KEY_Page_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "rail.move-down" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (row_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

/**
 * natter_server_rail_focus:
 * @self: a rail
 *
 * Moves the keyboard to the server that is shown, or the first one.
 *
 * Returns: whether there is any
 */
gboolean
natter_server_rail_focus (NatterServerRail *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (NATTER_IS_SERVER_RAIL (self), FALSE);

  row = find_row (self, self->selected);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
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
