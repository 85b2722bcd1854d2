/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-channel-list"

#include "config.h"

#include "natter-channel-list.h"

#include <glib/gi18n.h>

#include "natter-channel-row.h"
#include "natter-grouped-list.h"
#include "natter-late-menu.h"
#include "natter-own-row.h"
#include "natter-section-row.h"
#include "natter-server-menu.h"

struct _NatterChannelList
{
  AdwBin parent_instance;

  NatterServer   *server;
  NatterChannel  *selected;
  GSignalGroup   *server_signals;
  GSignalGroup   *channels_signals;
  GListModel     *items;
  AdwWindowTitle *title;
  GtkWidget      *server_button;
  GtkListBox     *list;
  GtkLabel       *placeholder;
  GtkMenuButton  *main_button;
  GMenuModel     *main_menu;
};

enum
{
  PROP_0,
  PROP_SERVER,
  PROP_SELECTED,
  N_PROPS,
};

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (NatterChannelList, natter_channel_list, ADW_TYPE_BIN)

/* (nullable): NULL for a heading */
static NatterChannel *
row_channel (GtkListBoxRow *row)
{
  return NATTER_IS_CHANNEL_ROW (row) ? natter_channel_row_get_channel (NATTER_CHANNEL_ROW (row)) : NULL;
}

/* A line where a section ends and nothing is said of what follows. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  NatterChannel *channel = row_channel (row);
  NatterChannel *previous = before != NULL ? row_channel (before) : NULL;
  gboolean ends = channel != NULL && natter_channel_get_group (channel) == NULL && before != NULL
                  && (previous == NULL || natter_channel_get_group (previous) != NULL);

  gtk_list_box_row_set_header (row, ends ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL) : NULL);
}

/* (nullable) */
static GtkListBoxRow *
find_row (NatterChannelList *self, NatterChannel *channel)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; channel != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (row_channel (row) == channel)
        break;
    }
  return row;
}

/* Threads in which one does not take part are not in the list, their forum is. */
static void
select_row (NatterChannelList *self)
{
  GtkListBoxRow *row = find_row (self, self->selected);

  if (row == NULL && self->selected != NULL)
    row = find_row (self, natter_channel_get_parent (self->selected));
  gtk_list_box_select_row (self->list, row);
}

/* Arrow keys move the focus only, so that walking over channels does not mark them as read. */
static void
row_selected_cb (NatterChannelList *self, GtkListBoxRow *row)
{
  if (row != NULL && row_channel (row) != self->selected)
    select_row (self);
}

static void
row_activated_cb (NatterChannelList *self, GtkListBoxRow *row)
{
  if (NATTER_IS_SECTION_ROW (row))
    {
      NatterGroup *section = natter_section_row_get_section (NATTER_SECTION_ROW (row));

      natter_group_set_collapsed (section, !natter_group_get_collapsed (section));
      return;
    }
  natter_channel_list_set_selected (self, row_channel (row));
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
channels_changed_cb (NatterChannelList *self)
{
  gtk_list_box_invalidate_headers (self->list);
  select_row (self);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  return NATTER_IS_GROUP (item) ? natter_section_row_new (item) : natter_channel_row_new (item);
}

static void
create_server_menu (GtkMenuButton *button, gpointer data)
{
  NatterChannelList *self = data;
  g_autoptr(GMenuModel) menu = self->server != NULL ? natter_server_menu_new (self->server) : NULL;

  gtk_menu_button_set_menu_model (button, menu);
}

static void
update_state (NatterChannelList *self)
{
  NatterConnectionState state = self->server != NULL ? natter_server_get_state (self->server) : NATTER_CONNECTION_OFFLINE;

  gtk_label_set_text (self->placeholder, state == NATTER_CONNECTION_READY ? _("No Channels") : _("The channels are shown when Natter is signed in."));
}

static void
update_title (NatterChannelList *self)
{
  adw_window_title_set_title (self->title, self->server != NULL ? natter_server_get_name (self->server) : "Natter");
}

static void
update_all (NatterChannelList *self)
{
  update_title (self);
  update_state (self);
}

static void
natter_channel_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  NatterChannelList *self = NATTER_CHANNEL_LIST (object);

  switch (prop_id)
    {
    case PROP_SERVER:
      g_value_set_object (value, self->server);
      break;
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_channel_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  NatterChannelList *self = NATTER_CHANNEL_LIST (object);

  switch (prop_id)
    {
    case PROP_SERVER:
      natter_channel_list_set_server (self, g_value_get_object (value));
      break;
    case PROP_SELECTED:
      natter_channel_list_set_selected (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_channel_list_dispose (GObject *object)
{
  NatterChannelList *self = NATTER_CHANNEL_LIST (object);

  g_clear_object (&self->server_signals);
  g_clear_object (&self->channels_signals);
  g_clear_object (&self->items);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_CHANNEL_LIST);
  g_clear_object (&self->selected);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (natter_channel_list_parent_class)->dispose (object);
}

static void
natter_channel_list_class_init (NatterChannelListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_channel_list_get_property;
  object_class->set_property = natter_channel_list_set_property;
  object_class->dispose = natter_channel_list_dispose;

  properties[PROP_SERVER] = g_param_spec_object ("server", NULL, NULL, NATTER_TYPE_SERVER,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, NATTER_TYPE_CHANNEL,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (NATTER_TYPE_OWN_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-channel-list.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterChannelList, title);
  gtk_widget_class_bind_template_child (widget_class, NatterChannelList, server_button);
  gtk_widget_class_bind_template_child (widget_class, NatterChannelList, list);
  gtk_widget_class_bind_template_child (widget_class, NatterChannelList, placeholder);
  gtk_widget_class_bind_template_child (widget_class, NatterChannelList, main_button);
  gtk_widget_class_bind_template_child (widget_class, NatterChannelList, main_menu);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
natter_channel_list_init (NatterChannelList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  natter_late_menu_set (self->main_button, self->main_menu);
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->server_button), create_server_menu, self, NULL);

  self->server_signals = g_signal_group_new (NATTER_TYPE_SERVER);
  g_signal_group_connect_swapped (self->server_signals, "notify::name", G_CALLBACK (update_title), self);
  g_signal_group_connect_swapped (self->server_signals, "notify::state", G_CALLBACK (update_state), self);
  self->channels_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->channels_signals, "items-changed", G_CALLBACK (channels_changed_cb), self);
}

/**
 * natter_channel_list_get_server:
 * @self: a channel list
 *
 * Returns: (transfer none) (nullable): whose channels are shown
 */
NatterServer *
natter_channel_list_get_server (NatterChannelList *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL_LIST (self), NULL);
  return self->server;
}

/**
 * natter_channel_list_set_server:
 * @self: a channel list
 * @server: (nullable): whose channels are to be shown
 *
 * Shows the channels of @server; none is selected then.
 */
void
natter_channel_list_set_server (NatterChannelList *self, NatterServer *server)
{
  g_autoptr(NatterGroupedList) items = NULL;

  g_return_if_fail (NATTER_IS_CHANNEL_LIST (self));

  if (!g_set_object (&self->server, server))
    return;
  natter_channel_list_set_selected (self, NULL);
  items = server != NULL ? natter_grouped_list_new (natter_server_get_channels (server)) : NULL;
  natter_server_menu_attach (GTK_WIDGET (self), GTK_WIDGET (self), server);
  g_signal_group_set_target (self->server_signals, server);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (items), create_row, NULL, NULL);
  /* After the list box, so that its rows are there when we hear of them. */
  g_set_object (&self->items, G_LIST_MODEL (items));
  g_signal_group_set_target (self->channels_signals, items);
  gtk_widget_set_visible (self->server_button, server != NULL);
  update_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
}

/**
 * natter_channel_list_get_selected:
 * @self: a channel list
 *
 * Returns: (transfer none) (nullable): the channel that is shown beside the list
 */
NatterChannel *
natter_channel_list_get_selected (NatterChannelList *self)
{
  g_return_val_if_fail (NATTER_IS_CHANNEL_LIST (self), NULL);
  return self->selected;
}

/**
 * natter_channel_list_set_selected:
 * @self: a channel list
 * @channel: (nullable): a channel of the server
 *
 * Selects @channel.
 */
void
natter_channel_list_set_selected (NatterChannelList *self, NatterChannel *channel)
{
  g_return_if_fail (NATTER_IS_CHANNEL_LIST (self));

  if (!g_set_object (&self->selected, channel))
    return;
  select_row (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/**
 * natter_channel_list_step:
 * @self: a channel list
 * @step: 1 for the next, -1 for the previous
 *
 * Chooses a neighbour of the selected channel among those in sight, if there is one.
 */
void
natter_channel_list_step (NatterChannelList *self, int step)
{
  GtkListBoxRow *row;

  g_return_if_fail (NATTER_IS_CHANNEL_LIST (self));

  row = gtk_list_box_get_selected_row (self->list);
  do
    row = row != NULL ? gtk_list_box_get_row_at_index (self->list, gtk_list_box_row_get_index (row) + step) : NULL;
  while (row != NULL && row_channel (row) == NULL);
  if (row == NULL)
    return;
  natter_channel_list_set_selected (self, row_channel (row));
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/**
 * natter_channel_list_focus:
 * @self: a channel list
 *
 * Moves the keyboard to the channel that is shown, or the first one.
 *
 * Returns: whether there is any
 */
gboolean
natter_channel_list_focus (NatterChannelList *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (NATTER_IS_CHANNEL_LIST (self), FALSE);

  row = gtk_list_box_get_selected_row (self->list);
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}
