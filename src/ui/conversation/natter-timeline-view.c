/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-timeline-view"

#include "config.h"

#include "natter-timeline-view.h"

#include "natter-day-heading.h"
#include "natter-day-list.h"
#include "natter-message-row.h"
#include "natter-paced-list.h"

/**
 * NatterTimelineView:
 *
 * The list of messages: a virtualised view of a #NatterTimeline with a heading for each day. Others see nothing of the list
 * view in it, so that another way to draw the messages could take its place.
 *
 * Properties: timeline (nullable).
 */
struct _NatterTimelineView
{
  GtkWidget          parent_instance;

  GtkScrolledWindow *window;
  GtkListView       *list;
  GtkPopover        *menu; /* one for all rows */

  NatterTimeline    *timeline;
  NatterPacedList   *paced; /* what is let into the list view so far */
  NatterScroller    *scroller;
  guint              pace; /* tick while something is still to be let in */
  NatterMessage     *menu_message; /* what the open menu is about; its row may show another one meanwhile */
};

enum
{
  PROP_0,
  PROP_TIMELINE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterTimelineView, natter_timeline_view, GTK_TYPE_WIDGET)

static void
on_setup_row (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  GtkWidget *row = natter_message_row_new ();

  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
  g_object_bind_property (row, "summary", item, "accessible-label", G_BINDING_SYNC_CREATE);
}

static void
on_bind_row (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  natter_message_row_set_message (NATTER_MESSAGE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_unbind_row (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  natter_message_row_set_message (NATTER_MESSAGE_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_setup_header (GtkSignalListItemFactory *factory,
                 GtkListHeader            *header)
{
  gtk_list_header_set_child (header, natter_day_heading_new ());
}

static void
on_bind_header (GtkSignalListItemFactory *factory,
                GtkListHeader            *header)
{
  NatterMessage *first = gtk_list_header_get_item (header);

  if (first != NULL)
    natter_day_heading_set_time (NATTER_DAY_HEADING (gtk_list_header_get_child (header)),
                                 natter_message_get_time (first));
}

static NatterMessageRow *
find_row_at (NatterTimelineView *self,
             double              x,
             double              y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, NATTER_TYPE_MESSAGE_ROW) : NULL;

  /* The padding of a list item belongs to its message too. */
  if (row == NULL && picked != NULL && NATTER_IS_MESSAGE_ROW (gtk_widget_get_first_child (picked)))
    row = gtk_widget_get_first_child (picked);
  return row != NULL ? NATTER_MESSAGE_ROW (row) : NULL;
}

static NatterMessageRow *
find_focused_row (NatterTimelineView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, NATTER_TYPE_MESSAGE_ROW) : NULL;

  if (row == NULL && focus != NULL && NATTER_IS_MESSAGE_ROW (gtk_widget_get_first_child (focus)))
    row = gtk_widget_get_first_child (focus);
  return row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self)) ? NATTER_MESSAGE_ROW (row) : NULL;
}

static void
show_menu (NatterTimelineView *self,
           NatterMessageRow   *row,
           int                 x,
           int                 y)
{
  GdkRectangle place = { x, y, 1, 1 };

  g_set_object (&self->menu_message, natter_message_row_get_message (row));
  gtk_popover_set_pointing_to (self->menu, &place);
  gtk_popover_popup (self->menu);
}

static void
on_pressed (NatterTimelineView *self,
            int                 n_press,
            double              x,
            double              y,
            GtkGesture         *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  NatterMessageRow *row;

  if (event == NULL || !gdk_event_triggers_context_menu (event))
    return;
  row = find_row_at (self, x, y);
  if (row == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, row, x, y);
}

static void
on_long_pressed (NatterTimelineView *self,
                 double              x,
                 double              y,
                 GtkGesture         *gesture)
{
  NatterMessageRow *row = find_row_at (self, x, y);

  if (row == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, row, x, y);
}

static void
on_menu (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  NatterTimelineView *self = NATTER_TIMELINE_VIEW (widget);
  NatterMessageRow *row = find_focused_row (self);
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), widget, &bounds))
    return;
  show_menu (self, row, bounds.origin.x + bounds.size.width / 2, bounds.origin.y + bounds.size.height);
}

static void
on_copy_text (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  NatterTimelineView *self = NATTER_TIMELINE_VIEW (widget);
  const char *text;

  if (self->menu_message == NULL)
    return;
  text = natter_message_get_content (self->menu_message);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text != NULL ? text : "");
}

static void
on_copy_focused (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  NatterMessageRow *row = find_focused_row (NATTER_TIMELINE_VIEW (widget));

  if (row != NULL)
    natter_message_row_copy_text (row);
}

static gboolean
on_pace (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  NatterTimelineView *self = NATTER_TIMELINE_VIEW (widget);

  natter_paced_list_advance (self->paced);
  if (natter_paced_list_get_pending (self->paced))
    return G_SOURCE_CONTINUE;
  self->pace = 0;
  return G_SOURCE_REMOVE;
}

static void
on_pending_changed (NatterTimelineView *self)
{
  if (natter_paced_list_get_pending (self->paced) && self->pace == 0)
    self->pace = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_pace, NULL, NULL);
}

static void
set_paced (NatterTimelineView *self,
           NatterPacedList    *paced)
{
  if (self->pace != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->pace);
  self->pace = 0;
  if (self->paced != NULL)
    g_signal_handlers_disconnect_by_func (self->paced, on_pending_changed, self);
  g_set_object (&self->paced, paced);
  if (paced == NULL)
    return;
  g_signal_connect_object (paced, "notify::pending", G_CALLBACK (on_pending_changed), self, G_CONNECT_SWAPPED);
  on_pending_changed (self);
}

static void
natter_timeline_view_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TIMELINE:
      g_value_set_object (value, natter_timeline_view_get_timeline (NATTER_TIMELINE_VIEW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_timeline_view_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TIMELINE:
      natter_timeline_view_set_timeline (NATTER_TIMELINE_VIEW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_timeline_view_dispose (GObject *object)
{
  NatterTimelineView *self = NATTER_TIMELINE_VIEW (object);

  if (self->scroller != NULL)
    g_object_run_dispose (G_OBJECT (self->scroller));
  g_clear_object (&self->scroller);
  set_paced (self, NULL);
  g_clear_object (&self->timeline);
  g_clear_object (&self->menu_message);
  gtk_widget_dispose_template (GTK_WIDGET (self), NATTER_TYPE_TIMELINE_VIEW);

  G_OBJECT_CLASS (natter_timeline_view_parent_class)->dispose (object);
}

static void
natter_timeline_view_class_init (NatterTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = natter_timeline_view_get_property;
  object_class->set_property = natter_timeline_view_set_property;
  object_class->dispose = natter_timeline_view_dispose;

  properties[PROP_TIMELINE] =
    g_param_spec_object ("timeline", NULL, NULL, NATTER_TYPE_TIMELINE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "timeline.menu", NULL, on_menu);
  gtk_widget_class_install_action (widget_class, "timeline.copy-text", NULL, on_copy_text);
  gtk_widget_class_install_action (widget_class, "timeline.copy-focused", NULL, on_copy_focused);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "timeline.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "timeline.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "timeline.copy-focused", NULL);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterTimelineView, window);
  gtk_widget_class_bind_template_child (widget_class, NatterTimelineView, list);
  gtk_widget_class_bind_template_child (widget_class, NatterTimelineView, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_row);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_row);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_header);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_header);
}

static void
natter_timeline_view_init (NatterTimelineView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->scroller = natter_scroller_new (self->window, self->list);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (long_press), TRUE);
  g_signal_connect_object (long_press, "pressed", G_CALLBACK (on_long_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (long_press));
}

/**
 * natter_timeline_view_get_timeline:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what it shows
 */
NatterTimeline *
natter_timeline_view_get_timeline (NatterTimelineView *self)
{
  g_return_val_if_fail (NATTER_IS_TIMELINE_VIEW (self), NULL);

  return self->timeline;
}

/**
 * natter_timeline_view_set_timeline:
 * @self: a view
 * @timeline: (nullable): what to show, from its end
 */
void
natter_timeline_view_set_timeline (NatterTimelineView *self,
                                   NatterTimeline     *timeline)
{
  g_autoptr(NatterPacedList) paced = NULL;
  NatterDayList *days = NULL;
  g_autoptr(GtkNoSelection) selection = NULL;

  g_return_if_fail (NATTER_IS_TIMELINE_VIEW (self));
  g_return_if_fail (timeline == NULL || NATTER_IS_TIMELINE (timeline));

  if (!g_set_object (&self->timeline, timeline))
    return;

  natter_scroller_set_timeline (self->scroller, NULL, NULL, NULL);
  if (timeline != NULL)
    {
      paced = natter_paced_list_new (G_LIST_MODEL (timeline));
      days = natter_day_list_new (G_LIST_MODEL (paced));
      selection = gtk_no_selection_new (G_LIST_MODEL (days));
    }
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  set_paced (self, paced);
  natter_scroller_set_timeline (self->scroller, timeline, paced, (GListModel *) days);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMELINE]);
}

/**
 * natter_timeline_view_get_scroller:
 * @self: a view
 *
 * Returns: (transfer none): what moves it
 */
NatterScroller *
natter_timeline_view_get_scroller (NatterTimelineView *self)
{
  g_return_val_if_fail (NATTER_IS_TIMELINE_VIEW (self), NULL);

  return self->scroller;
}
