/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-timeline-view"

#include "config.h"

#include "natter-timeline-view.h"

#include "natter-member.h"
#include "natter-message-keys.h"
#include "natter-message-list.h"
#include "natter-message-menu.h"
#include "natter-message-row.h"
#include "natter-message-toolbar.h"

/* How far the toolbar stands out above its message, in pixels. */
#define TOOLBAR_RISE 16

/**
 * NatterTimelineView:
 *
 * A #NatterTimeline on the screen: the list of its messages, what scrolls it, and the menu of a message.
 *
 * Properties: timeline (nullable).
 */
struct _NatterTimelineView
{
  GtkWidget          parent_instance;

  GtkWidget         *overlay;
  GtkScrolledWindow *window;
  NatterMessageList *list;

  /* One for all rows, NULL until it is wanted. */
  GtkPopover        *menu;
  NatterMessageToolbar *toolbar;

  NatterTimeline    *timeline;
  NatterScroller    *scroller;
  NatterMessage     *menu_message; /* what the open menu is about; its row may show another one meanwhile */
  gboolean           menu_by_key;  /* the keyboard was in that message */
};

enum
{
  PROP_0,
  PROP_TIMELINE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterTimelineView, natter_timeline_view, GTK_TYPE_WIDGET)

/* The keyboard goes back to the message, not to what is beside the list; unless what was chosen has taken it. */
static void
on_menu_closed (NatterTimelineView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && GTK_IS_TEXT_VIEW (focus))
    return;
  if (self->menu_by_key && self->menu_message != NULL)
    natter_message_list_focus_message (self->list, self->menu_message);
}

static GtkPopover *
get_menu (NatterTimelineView *self)
{
  if (self->menu == NULL)
    {
      self->menu = GTK_POPOVER (gtk_popover_menu_new_from_model (NULL));
      gtk_popover_set_has_arrow (self->menu, FALSE);
      gtk_widget_set_halign (GTK_WIDGET (self->menu), GTK_ALIGN_START);
      g_signal_connect_swapped (self->menu, "closed", G_CALLBACK (on_menu_closed), self);
      gtk_widget_set_parent (GTK_WIDGET (self->menu), GTK_WIDGET (self));
    }
  return self->menu;
}

static void
show_menu (NatterTimelineView *self,
           NatterMessage      *message,
           int                 x,
           int                 y)
{
  GdkRectangle place = { x, y, 1, 1 };
  g_autoptr(GMenuModel) menu = natter_message_menu_new (message);

  if (menu == NULL)
    return;
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (get_menu (self)), menu);
  g_set_object (&self->menu_message, message);
  self->menu_by_key = message == natter_message_list_get_focused (self->list);
  gtk_popover_set_pointing_to (self->menu, &place);
  gtk_popover_popup (self->menu);
}

static NatterMessage *
find_message_at (NatterTimelineView *self,
                 double              x,
                 double              y)
{
  graphene_point_t point;

  if (!gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (self->list), &GRAPHENE_POINT_INIT (x, y), &point))
    return NULL;
  return natter_message_list_get_message_at (self->list, point.x, point.y);
}

static void
on_pressed (NatterTimelineView *self,
            int                 n_press,
            double              x,
            double              y,
            GtkGesture         *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  NatterMessage *message;

  if (event == NULL || !gdk_event_triggers_context_menu (event))
    return;
  message = find_message_at (self, x, y);
  if (message == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, message, x, y);
}

/* The name and the picture of a person lead to who that is. */
static void
on_released (NatterTimelineView *self,
             int                 n_press,
             double              x,
             double              y,
             GtkGesture         *gesture)
{
  NatterMessage *message = find_message_at (self, x, y);
  GtkWidget *part = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = part != NULL ? gtk_widget_get_ancestor (part, NATTER_TYPE_MESSAGE_ROW) : NULL;

  if (n_press == 1 && message != NULL && row != NULL && natter_message_get_origin (message) == NATTER_MESSAGE_FROM_PERSON
      && gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_PRIMARY
      && natter_message_row_is_author (NATTER_MESSAGE_ROW (row), part))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-member", "s",
                                natter_member_get_username (natter_message_get_author (message)));
}

static void
on_long_pressed (NatterTimelineView *self,
                 double              x,
                 double              y,
                 GtkGesture         *gesture)
{
  NatterMessage *message = find_message_at (self, x, y);

  if (message == NULL)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, message, x, y);
}

static void
on_menu (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  NatterTimelineView *self = NATTER_TIMELINE_VIEW (widget);
  NatterMessage *message = natter_message_list_get_focused (self->list);
  GtkWidget *row = message != NULL ? natter_message_list_get_row (self->list, message) : NULL;
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_compute_bounds (row, widget, &bounds))
    return;
  /* The keyboard may be in a message that was scrolled out of sight. */
  show_menu (self, message, bounds.origin.x + bounds.size.width / 2,
             CLAMP (bounds.origin.y + bounds.size.height, 0, gtk_widget_get_height (widget)));
}

static void
copy_text (NatterTimelineView *self,
           NatterMessage      *message)
{
  const char *text = message != NULL ? natter_message_get_content (message) : NULL;

  if (message != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text != NULL ? text : "");
}

static gboolean
on_key_pressed (NatterTimelineView *self,
                guint               key,
                guint               code,
                GdkModifierType     modifiers)
{
  NatterMessage *message = natter_message_list_get_focused (self->list);

  return message != NULL && natter_message_keys_activate (GTK_WIDGET (self), message, key, modifiers);
}

static NatterMessageToolbar *
get_toolbar (NatterTimelineView *self)
{
  if (self->toolbar == NULL)
    {
      self->toolbar = NATTER_MESSAGE_TOOLBAR (natter_message_toolbar_new ());
      gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->toolbar));
    }
  return self->toolbar;
}

static gboolean
is_toolbar_busy (NatterTimelineView *self)
{
  return self->toolbar != NULL && natter_message_toolbar_get_busy (self->toolbar);
}

static void
hide_toolbar (NatterTimelineView *self)
{
  if (self->toolbar != NULL && !is_toolbar_busy (self))
    natter_message_toolbar_set_message (self->toolbar, NULL);
}

/* Over the upper edge of the message under the pointer. */
static void
place_toolbar (NatterTimelineView *self,
               double              x,
               double              y)
{
  NatterMessage *message = find_message_at (self, x, y);
  GtkWidget *row = message != NULL ? natter_message_list_get_row (self->list, message) : NULL;
  graphene_rect_t bounds;

  if (is_toolbar_busy (self))
    return;
  if (row == NULL || !gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    {
      hide_toolbar (self);
      return;
    }
  gtk_widget_set_margin_top (GTK_WIDGET (get_toolbar (self)),
                             CLAMP (bounds.origin.y - TOOLBAR_RISE, 0, MAX (gtk_widget_get_height (GTK_WIDGET (self)), 0)));
  natter_message_toolbar_set_message (self->toolbar, message);
}

static void
on_motion (NatterTimelineView *self,
           double              x,
           double              y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  /* The toolbar itself belongs to the message that it is about. */
  if (picked == NULL || self->toolbar == NULL || !gtk_widget_is_ancestor (picked, GTK_WIDGET (self->toolbar)))
    place_toolbar (self, x, y);
}

static void
on_copy_focused (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  NatterTimelineView *self = NATTER_TIMELINE_VIEW (widget);

  copy_text (self, natter_message_list_get_focused (self->list));
}

static void
on_first (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  natter_message_list_focus_first (NATTER_TIMELINE_VIEW (widget)->list);
}

static void
on_last (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  NatterTimelineView *self = NATTER_TIMELINE_VIEW (widget);

  natter_message_list_focus_last (self->list);
  natter_scroller_jump_to_latest (self->scroller);
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
  g_clear_object (&self->timeline);
  g_clear_object (&self->menu_message);
  if (self->menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->menu));
  self->menu = NULL;
  self->toolbar = NULL;
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
  gtk_widget_class_install_action (widget_class, "timeline.copy-focused", NULL, on_copy_focused);
  gtk_widget_class_install_action (widget_class, "timeline.first", NULL, on_first);
  gtk_widget_class_install_action (widget_class, "timeline.last", NULL, on_last);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "timeline.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "timeline.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "timeline.copy-focused", NULL);

  g_type_ensure (NATTER_TYPE_MESSAGE_LIST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/dev/natter/Natter/ui/natter-timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, NatterTimelineView, overlay);
  gtk_widget_class_bind_template_child (widget_class, NatterTimelineView, window);
  gtk_widget_class_bind_template_child (widget_class, NatterTimelineView, list);
}

static void
natter_timeline_view_init (NatterTimelineView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *long_press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (hide_toolbar), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->window), "value-changed", G_CALLBACK (hide_toolbar),
                           self, G_CONNECT_SWAPPED);
  self->scroller = natter_scroller_new (self->list);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, G_CONNECT_SWAPPED);
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
  g_return_if_fail (NATTER_IS_TIMELINE_VIEW (self));
  g_return_if_fail (timeline == NULL || NATTER_IS_TIMELINE (timeline));

  if (!g_set_object (&self->timeline, timeline))
    return;

  /* Also when its menu is open: that is of a message which is not here any more. */
  if (self->toolbar != NULL)
    natter_message_toolbar_set_message (self->toolbar, NULL);
  natter_scroller_set_timeline (self->scroller, timeline);
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

/**
 * natter_timeline_view_get_list:
 * @self: a view
 *
 * Returns: (transfer none): the list of its messages
 */
NatterMessageList *
natter_timeline_view_get_list (NatterTimelineView *self)
{
  g_return_val_if_fail (NATTER_IS_TIMELINE_VIEW (self), NULL);

  return self->list;
}
