/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-members-pane"

#include "config.h"

#include "natter-members-pane.h"

#include <glib/gi18n.h>

#include "natter-hint-page.h"
#include "natter-member-order.h"
#include "natter-member-row.h"
#include "natter-plain-name.h"

/* People come and go in bursts; the list is put in order again once for all of one burst. */
#define SORT_DELAY_MS 200

/**
 * NatterMembersPane:
 *
 * The members of a server under headings, by role and by whether they are online, with a search. The sorted list exists
 * only while the pane can be seen.
 *
 * Properties: server (nullable).
 */
struct _NatterMembersPane
{
  AdwBin              parent_instance;

  GtkSearchEntry     *search;
  GtkStack           *stack;
  GtkScrolledWindow  *window;
  GtkListView        *list;

  NatterServer       *server;
  GListModel         *members;  /* what is listened to; NULL while the pane is hidden */
  GPtrArray          *watched;  /* NatterMember, as in members */
  GSignalGroup       *members_signals;
  GtkStringFilter    *name_filter;
  GtkStringFilter    *username_filter;
  GtkFilter          *filter;
  GtkSorter          *section_sorter;
  GtkSorter          *name_sorter;
  GtkSortListModel   *sorted;
  guint               sort_timeout;
  guint               tick;
  double              last_upper;
  guint               at_top : 1;
};

enum
{
  PROP_0,
  PROP_SERVER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterMembersPane, natter_members_pane, ADW_TYPE_BIN)

static void
on_setup_row (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  GtkWidget *row = natter_member_row_new ();

  gtk_list_item_set_child (item, row);
  gtk_list_item_set_selectable (item, FALSE);
  g_object_bind_property (row, "summary", item, "accessible-label", G_BINDING_SYNC_CREATE);
}

static void
on_bind_row (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  natter_member_row_set_member (NATTER_MEMBER_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_unbind_row (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  natter_member_row_set_member (NATTER_MEMBER_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_activate (NatterMembersPane *self,
             guint              position)
{
  g_autoptr(NatterMember) member = g_list_model_get_item (G_LIST_MODEL (self->sorted), position);

  if (member != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-member", "s", natter_member_get_username (member));
}

static void
update_header (GtkListHeader *header)
{
  NatterMember *first = gtk_list_header_get_item (header);
  GtkLabel *label = GTK_LABEL (gtk_list_header_get_child (header));
  g_autofree char *section = NULL;
  g_autofree char *text = NULL;

  if (first == NULL || label == NULL)
    return;
  if (!natter_member_get_online (first))
    section = g_strdup (_("Offline"));
  else if (natter_member_get_section (first) != NULL)
    section = natter_plain_name (natter_member_get_section (first));
  else
    section = g_strdup (_("Online"));
  /* Translators: heading in the list of members: name of a role, or Online or Offline; how many members */
  text = g_strdup_printf (_("%1$s, %2$u"), section, gtk_list_header_get_n_items (header));
  gtk_label_set_text (label, text);
}

static void
on_setup_header (GtkSignalListItemFactory *factory,
                 GtkListHeader            *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_list_header_set_child (header, label);
  g_signal_connect (header, "notify::n-items", G_CALLBACK (update_header), NULL);
  g_signal_connect (header, "notify::item", G_CALLBACK (update_header), NULL);
}

static void
on_bind_header (GtkSignalListItemFactory *factory,
                GtkListHeader            *header)
{
  update_header (header);
}

static gboolean
sort_again (gpointer data)
{
  NatterMembersPane *self = data;

  self->sort_timeout = 0;
  gtk_sorter_changed (self->section_sorter, GTK_SORTER_CHANGE_DIFFERENT);
  gtk_sorter_changed (self->name_sorter, GTK_SORTER_CHANGE_DIFFERENT);
  return G_SOURCE_REMOVE;
}

static void
queue_sort (NatterMembersPane *self)
{
  if (self->sort_timeout == 0)
    self->sort_timeout = g_timeout_add (SORT_DELAY_MS, sort_again, self);
}

static void
on_name_changed (NatterMembersPane *self,
                 GParamSpec        *pspec,
                 NatterMember      *member)
{
  natter_member_order_forget_name (member);
  queue_sort (self);
}

static void
watch (NatterMembersPane *self,
       NatterMember      *member)
{
  g_signal_connect_object (member, "notify::online", G_CALLBACK (queue_sort), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (member, "notify::section", G_CALLBACK (queue_sort), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (member, "notify::name", G_CALLBACK (on_name_changed), self, G_CONNECT_SWAPPED);
}

static void
unwatch (NatterMembersPane *self,
         NatterMember      *member)
{
  g_signal_handlers_disconnect_by_data (member, self);
}

static void
on_members_changed (NatterMembersPane *self,
                    guint              position,
                    guint              removed,
                    guint              added)
{
  for (guint i = position; i < position + removed; i++)
    unwatch (self, g_ptr_array_index (self->watched, i));
  if (removed > 0)
    g_ptr_array_remove_range (self->watched, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      NatterMember *member = g_list_model_get_item (self->members, i);

      natter_member_order_forget_name (member); /* nobody has listened until now */
      watch (self, member);
      g_ptr_array_insert (self->watched, i, member);
    }
}

static void
update_stack (NatterMembersPane *self)
{
  gboolean searching = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
  gboolean any = self->sorted != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->sorted)) > 0;

  gtk_stack_set_visible_child_name (self->stack, !any && searching ? "nobody" : "list");
}

static void
build_list (NatterMembersPane *self)
{
  GtkFilterListModel *filtered = gtk_filter_list_model_new (g_object_ref (self->members), g_object_ref (self->filter));
  g_autoptr(GtkNoSelection) selection = NULL;

  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (self->name_sorter));
  gtk_sort_list_model_set_section_sorter (self->sorted, self->section_sorter);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->sorted)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->sorted, "items-changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
hide_members (NatterMembersPane *self)
{
  g_clear_handle_id (&self->sort_timeout, g_source_remove);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->window), self->tick);
  self->tick = 0;
  g_signal_group_set_target (self->members_signals, NULL);
  for (guint i = 0; i < self->watched->len; i++)
    unwatch (self, g_ptr_array_index (self->watched, i));
  g_ptr_array_set_size (self->watched, 0);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->sorted);
  g_clear_object (&self->members);
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  NatterMembersPane *self = data;

  self->tick = 0;
  if (self->at_top)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->window), 0);
  return G_SOURCE_REMOVE;
}

/* The list view begins at its first item, below the first heading, and holds on to that item when others are sorted above
 * it. Who hasn't scrolled sees the top. */
static void
on_adjustment_changed (NatterMembersPane *self)
{
  if (self->at_top && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->window), on_tick, self, NULL);
}

static void
on_value_changed (NatterMembersPane *self,
                  GtkAdjustment     *adjustment)
{
  double upper = gtk_adjustment_get_upper (adjustment);

  /* Otherwise it was the layout that moved it. */
  if (upper == self->last_upper && self->tick == 0)
    self->at_top = gtk_adjustment_get_value (adjustment) < 1;
  self->last_upper = upper;
}

static void
show_members (NatterMembersPane *self)
{
  if (self->server == NULL || self->members != NULL)
    return;
  self->members = g_object_ref (natter_server_get_members (self->server));
  g_signal_group_set_target (self->members_signals, self->members);
  on_members_changed (self, 0, 0, g_list_model_get_n_items (self->members));
  build_list (self);
  update_stack (self);
  self->at_top = TRUE;
  on_adjustment_changed (self);
}

static void
on_search_changed (NatterMembersPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  gtk_string_filter_set_search (self->name_filter, text);
  gtk_string_filter_set_search (self->username_filter, text);
  update_stack (self);
}

static void
on_stop_search (NatterMembersPane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
natter_members_pane_map (GtkWidget *widget)
{
  show_members (NATTER_MEMBERS_PANE (widget));

  GTK_WIDGET_CLASS (natter_members_pane_parent_class)->map (widget);
}

static void
natter_members_pane_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (natter_members_pane_parent_class)->unmap (widget);

  hide_members (NATTER_MEMBERS_PANE (widget));
}

static void
natter_members_pane_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SERVER:
      g_value_set_object (value, natter_members_pane_get_server (NATTER_MEMBERS_PANE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_members_pane_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SERVER:
      natter_members_pane_set_server (NATTER_MEMBERS_PANE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_members_pane_dispose (GObject *object)
{
  NatterMembersPane *self = NATTER_MEMBERS_PANE (object);

  hide_members (self);
  g_clear_object (&self->server);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_MEMBERS_PANE);

  G_OBJECT_CLASS (natter_members_pane_parent_class)->dispose (object);
}

static void
natter_members_pane_finalize (GObject *object)
{
  NatterMembersPane *self = NATTER_MEMBERS_PANE (object);

  g_clear_object (&self->members_signals);
  g_clear_object (&self->name_filter);
  g_clear_object (&self->username_filter);
  g_clear_object (&self->filter);
  g_clear_object (&self->section_sorter);
  g_clear_object (&self->name_sorter);
  g_ptr_array_unref (self->watched);

  G_OBJECT_CLASS (natter_members_pane_parent_class)->finalize (object);
}

static void
natter_members_pane_class_init (NatterMembersPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_members_pane_get_property;
  object_class->set_property = natter_members_pane_set_property;
  object_class->dispose = natter_members_pane_dispose;
  object_class->finalize = natter_members_pane_finalize;
  widget_class->map = natter_members_pane_map;
  widget_class->unmap = natter_members_pane_unmap;

  properties[PROP_SERVER] =
    g_param_spec_object ("server", NULL, NULL, NATTER_TYPE_SERVER,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (NATTER_TYPE_HINT_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-members-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterMembersPane, search);
  gtk_widget_class_bind_template_child (widget_class, NatterMembersPane, stack);
  gtk_widget_class_bind_template_child (widget_class, NatterMembersPane, window);
  gtk_widget_class_bind_template_child (widget_class, NatterMembersPane, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_row);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_header);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_header);
}

static GtkStringFilter *
make_filter (const char *property)
{
  GtkStringFilter *filter = gtk_string_filter_new (gtk_property_expression_new (NATTER_TYPE_MEMBER, NULL, property));

  gtk_string_filter_set_match_mode (filter, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  return filter;
}

static void
natter_members_pane_init (NatterMembersPane *self)
{
  GtkAnyFilter *any = gtk_any_filter_new ();
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->members_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->members_signals, "items-changed", G_CALLBACK (on_members_changed), self);

  self->name_filter = make_filter ("name");
  self->username_filter = make_filter ("username");
  gtk_multi_filter_append (GTK_MULTI_FILTER (any), g_object_ref (GTK_FILTER (self->name_filter)));
  gtk_multi_filter_append (GTK_MULTI_FILTER (any), g_object_ref (GTK_FILTER (self->username_filter)));
  self->filter = GTK_FILTER (any);
  self->section_sorter = natter_member_order_new_section_sorter ();
  self->name_sorter = natter_member_order_new_name_sorter ();

  adjustment = gtk_scrolled_window_get_vadjustment (self->window);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_adjustment_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_value_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (on_search_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (on_stop_search), self, G_CONNECT_SWAPPED);
}

/**
 * natter_members_pane_new:
 *
 * Returns: (transfer floating): a pane with no server
 */
GtkWidget *
natter_members_pane_new (void)
{
  return g_object_new (NATTER_TYPE_MEMBERS_PANE, NULL);
}

/**
 * natter_members_pane_get_server:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable): whose members it shows
 */
NatterServer *
natter_members_pane_get_server (NatterMembersPane *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBERS_PANE (self), NULL);

  return self->server;
}

/**
 * natter_members_pane_set_server:
 * @self: a pane
 * @server: (nullable): whose members to show
 */
void
natter_members_pane_set_server (NatterMembersPane *self,
                                NatterServer      *server)
{
  g_return_if_fail (NATTER_IS_MEMBERS_PANE (self));
  g_return_if_fail (server == NULL || NATTER_IS_SERVER (server));

  if (!g_set_object (&self->server, server))
    return;

  hide_members (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_members (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
}
