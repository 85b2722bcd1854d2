/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-scroller"

#include "config.h"

#include "natter-scroller.h"

#include "natter-message.h"

/* How near the end still counts as the end, in pixels. */
#define END_SLACK     4.0
/* Nearer than one page to an end of what is held, but within these bounds, the next page is fetched. */
#define MARGIN_MIN    400.0
#define MARGIN_MAX    1500.0
/* A list view knows the height of a new row only after it was laid out, and its place in the frame after that. */
#define SETTLE_FRAMES 3

typedef enum
{
  STATE_FOLLOWING, /* at the end, and stays there whatever comes */
  STATE_FREE,      /* the person reads elsewhere: the view keeps its place by itself */
  STATE_SEEKING,   /* on the way to the end, which is not held yet */
} State;

/**
 * NatterScroller:
 *
 * Moves the list of messages; nothing else touches its adjustment. Keeps the end in sight while the person is
 * there, asks the timeline for the next page near either end of what it holds, and counts what comes in below.
 *
 * Where the person is elsewhere, #GtkListView keeps its place when rows come and go, so nothing is done then, except that a
 * fling is stopped: it would go on from the old position.
 *
 * Properties: following, new-count (messages below since the person left the end).
 */
struct _NatterScroller
{
  GObject            parent_instance;

  /* Both belong to the widget that owns this and live as long. */
  GtkScrolledWindow *window;
  GtkListView       *list;
  GtkAdjustment     *adjustment;
  GtkEventController *scroll; /* owned by window */

  NatterTimeline    *timeline;
  NatterPacedList   *paced;
  GListModel        *items;
  GSignalGroup      *timeline_signals;
  GSignalGroup      *items_signals;

  State              state;
  guint              tick;
  guint              settle_frames;
  guint              new_count;
  int                direction; /* of the person's last movement: -1 up, 1 down, 0 none */
  double             last_value;
  double             last_upper;
  guint              held_end : 1;
};

enum
{
  PROP_0,
  PROP_FOLLOWING,
  PROP_NEW_COUNT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterScroller, natter_scroller, G_TYPE_OBJECT)

static double
get_end (NatterScroller *self)
{
  return MAX (gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment),
              gtk_adjustment_get_lower (self->adjustment));
}

static gboolean
is_at_end (NatterScroller *self)
{
  return get_end (self) - gtk_adjustment_get_value (self->adjustment) < END_SLACK;
}

/* Not only held, but in the list view too. */
static gboolean
shows_newest (NatterScroller *self)
{
  return self->timeline != NULL && natter_timeline_get_at_end (self->timeline)
         && !natter_paced_list_get_pending (self->paced);
}

static void
set_new_count (NatterScroller *self,
               guint           new_count)
{
  if (self->new_count == new_count)
    return;
  self->new_count = new_count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEW_COUNT]);
}

static void
set_state (NatterScroller *self,
           State           state)
{
  gboolean was_following = self->state == STATE_FOLLOWING;

  if (self->state == state)
    return;
  self->state = state;
  if (state == STATE_FOLLOWING)
    set_new_count (self, 0);
  if (was_following != (state == STATE_FOLLOWING))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

static gboolean
wants_older (NatterScroller *self,
             double          margin)
{
  double above = gtk_adjustment_get_value (self->adjustment) - gtk_adjustment_get_lower (self->adjustment);
  gboolean fits = get_end (self) - gtk_adjustment_get_lower (self->adjustment) < END_SLACK;

  if (natter_timeline_get_at_start (self->timeline))
    return FALSE;
  return fits || (self->direction < 0 && above < margin);
}

static gboolean
wants_newer (NatterScroller *self,
             double          margin)
{
  double below = get_end (self) - gtk_adjustment_get_value (self->adjustment);

  return !natter_timeline_get_at_end (self->timeline) && self->direction > 0 && below < margin;
}

/* Only where the person is heading: on a tall screen both ends may be near, and the pages would chase each other. */
static void
fetch_near_pages (NatterScroller *self)
{
  double margin = CLAMP (gtk_adjustment_get_page_size (self->adjustment), MARGIN_MIN, MARGIN_MAX);

  if (self->timeline == NULL || self->state == STATE_SEEKING
      || g_list_model_get_n_items (self->items) == 0
      || gtk_adjustment_get_page_size (self->adjustment) < 1
      || natter_timeline_get_loading (self->timeline)
      || natter_paced_list_get_pending (self->paced)
      || natter_timeline_get_error (self->timeline) != NULL)
    return;

  if (wants_older (self, margin))
    natter_timeline_load_older (self->timeline);
  else if (wants_newer (self, margin))
    natter_timeline_load_newer (self->timeline);
}

static void
go_to_end (NatterScroller *self)
{
  guint n_items = self->items != NULL ? g_list_model_get_n_items (self->items) : 0;

  if (n_items > 0)
    gtk_list_view_scroll_to (self->list, n_items - 1, GTK_LIST_SCROLL_NONE, NULL);
}

static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  NatterScroller *self = data;

  if (self->settle_frames > 0)
    {
      self->settle_frames--;
      if (self->state == STATE_FOLLOWING)
        go_to_end (self);
      return G_SOURCE_CONTINUE;
    }

  self->tick = 0;
  gtk_scrolled_window_set_kinetic_scrolling (self->window, TRUE);
  fetch_near_pages (self);
  return G_SOURCE_REMOVE;
}

static void
queue_tick (NatterScroller *self,
            guint           settle_frames)
{
  self->settle_frames = MAX (self->settle_frames, settle_frames);
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->list), on_tick, self, NULL);
}

static void
follow (NatterScroller *self)
{
  self->direction = 0;
  set_state (self, STATE_FOLLOWING);
  go_to_end (self);
  queue_tick (self, SETTLE_FRAMES);
}

/* The heights have changed. This comes in the middle of the list's layout, so that the new value is what is painted in
 * this frame; the list's own anchor follows in the next tick. */
static void
on_adjustment_changed (NatterScroller *self)
{
  if (self->state == STATE_FOLLOWING)
    {
      gtk_adjustment_set_value (self->adjustment, get_end (self));
      queue_tick (self, 1);
    }
  else
    queue_tick (self, 0);
}

static void
on_value_changed (NatterScroller *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);
  double upper = gtk_adjustment_get_upper (self->adjustment);
  gboolean layout = upper != self->last_upper;

  if (!layout && value != self->last_value)
    self->direction = value < self->last_value ? -1 : 1;
  self->last_value = value;
  self->last_upper = upper;

  if (self->state == STATE_FOLLOWING && !is_at_end (self))
    {
      if (self->settle_frames > 0)
        gtk_adjustment_set_value (self->adjustment, get_end (self));
      else
        set_state (self, STATE_FREE);
    }
  else if (self->state == STATE_FREE && is_at_end (self) && shows_newest (self))
    set_state (self, STATE_FOLLOWING);
  queue_tick (self, 0);
}

/* A wheel that turns up wins over a flood of new messages that would keep the end in sight. */
static gboolean
on_scroll (NatterScroller *self,
           double          dx,
           double          dy)
{
  if (dy < 0 && self->state != STATE_FREE
      && get_end (self) - gtk_adjustment_get_lower (self->adjustment) > END_SLACK)
    {
      self->settle_frames = 0;
      self->direction = -1;
      set_state (self, STATE_FREE);
    }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
ends_with_own_pending (NatterScroller *self)
{
  GListModel *messages = G_LIST_MODEL (self->timeline);
  guint n_messages = g_list_model_get_n_items (messages);
  g_autoptr(NatterMessage) last = n_messages > 0 ? g_list_model_get_item (messages, n_messages - 1) : NULL;

  return last != NULL && natter_message_get_own (last) && natter_message_get_state (last) == NATTER_MESSAGE_PENDING;
}

/* What came into the timeline, whether it is let into the list view yet or not. */
static void
on_messages_changed (NatterScroller *self,
                     guint           position,
                     guint           removed,
                     guint           added)
{
  guint n_messages = g_list_model_get_n_items (G_LIST_MODEL (self->timeline));
  gboolean appended = added > 0 && removed == 0 && position > 0 && position + added == n_messages;

  if (appended && self->state == STATE_FREE && ends_with_own_pending (self))
    natter_scroller_jump_to_latest (self);
  else if (appended && self->state == STATE_FREE && self->held_end)
    set_new_count (self, self->new_count + added);
  self->held_end = natter_timeline_get_at_end (self->timeline);
}

static void
on_items_changed (NatterScroller *self,
                  guint           position,
                  guint           removed,
                  guint           added)
{
  if (self->state == STATE_FOLLOWING)
    queue_tick (self, SETTLE_FRAMES);
  else if (self->state == STATE_SEEKING && natter_timeline_get_at_end (self->timeline))
    follow (self);

  if (position == 0 && self->state != STATE_FOLLOWING)
    {
      gtk_scrolled_window_set_kinetic_scrolling (self->window, FALSE);
      queue_tick (self, 1);
    }
}

static void
on_at_end_changed (NatterScroller *self)
{
  if (self->timeline == NULL)
    return;
  self->held_end = natter_timeline_get_at_end (self->timeline);
  if (self->state == STATE_SEEKING && self->held_end)
    follow (self);
  else if (self->state == STATE_FOLLOWING && !self->held_end)
    set_state (self, STATE_FREE);
}

static void
on_new_count_changed (NatterScroller *self)
{
  guint counted = natter_timeline_get_new_count (self->timeline);

  if (self->state != STATE_FOLLOWING && counted > self->new_count)
    set_new_count (self, counted);
}

static void
on_loading_changed (NatterScroller *self)
{
  if (natter_timeline_get_loading (self->timeline))
    return;
  if (self->state == STATE_SEEKING)
    {
      if (natter_timeline_get_error (self->timeline) != NULL)
        set_state (self, STATE_FREE);
      else if (natter_timeline_get_at_end (self->timeline))
        follow (self);
    }
  queue_tick (self, 0);
}

static void
natter_scroller_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  NatterScroller *self = NATTER_SCROLLER (object);

  switch (prop_id)
    {
    case PROP_FOLLOWING:
      g_value_set_boolean (value, natter_scroller_get_following (self));
      break;
    case PROP_NEW_COUNT:
      g_value_set_uint (value, natter_scroller_get_new_count (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_scroller_dispose (GObject *object)
{
  NatterScroller *self = NATTER_SCROLLER (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->list), self->tick);
  self->tick = 0;
  if (self->scroll != NULL)
    gtk_widget_remove_controller (GTK_WIDGET (self->window), self->scroll);
  self->scroll = NULL;
  g_signal_group_set_target (self->timeline_signals, NULL);
  g_signal_group_set_target (self->items_signals, NULL);
  g_clear_object (&self->timeline);
  g_clear_object (&self->paced);
  g_clear_object (&self->items);
  g_clear_object (&self->adjustment);

  G_OBJECT_CLASS (natter_scroller_parent_class)->dispose (object);
}

static void
natter_scroller_finalize (GObject *object)
{
  NatterScroller *self = NATTER_SCROLLER (object);

  g_clear_object (&self->timeline_signals);
  g_clear_object (&self->items_signals);

  G_OBJECT_CLASS (natter_scroller_parent_class)->finalize (object);
}

static void
natter_scroller_class_init (NatterScrollerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = natter_scroller_get_property;
  object_class->dispose = natter_scroller_dispose;
  object_class->finalize = natter_scroller_finalize;

  properties[PROP_FOLLOWING] =
    g_param_spec_boolean ("following", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_NEW_COUNT] =
    g_param_spec_uint ("new-count", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_scroller_init (NatterScroller *self)
{
  self->timeline_signals = g_signal_group_new (NATTER_TYPE_TIMELINE);
  g_signal_group_connect_swapped (self->timeline_signals, "notify::at-end", G_CALLBACK (on_at_end_changed), self);
  g_signal_group_connect_swapped (self->timeline_signals, "notify::new-count", G_CALLBACK (on_new_count_changed), self);
  g_signal_group_connect_swapped (self->timeline_signals, "notify::loading", G_CALLBACK (on_loading_changed), self);

  g_signal_group_connect_data (self->timeline_signals, "items-changed", G_CALLBACK (on_messages_changed), self, NULL,
                               G_CONNECT_AFTER | G_CONNECT_SWAPPED);

  /* After the list view has heard of it. */
  self->items_signals = g_signal_group_new (G_TYPE_LIST_MODEL);
  g_signal_group_connect_data (self->items_signals, "items-changed", G_CALLBACK (on_items_changed), self, NULL,
                               G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

/**
 * natter_scroller_new:
 * @window: what scrolls @list
 * @list: the messages
 *
 * The caller owns both widgets and keeps them until it has disposed of the scroller.
 *
 * Returns: (transfer full): a scroller with no timeline
 */
NatterScroller *
natter_scroller_new (GtkScrolledWindow *window,
                     GtkListView       *list)
{
  NatterScroller *self = g_object_new (NATTER_TYPE_SCROLLER, NULL);

  self->window = window;
  self->list = list;
  self->adjustment = g_object_ref (gtk_scrolled_window_get_vadjustment (window));
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (on_adjustment_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (on_value_changed), self, G_CONNECT_SWAPPED);

  self->scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  gtk_event_controller_set_propagation_phase (self->scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->scroll, "scroll", G_CALLBACK (on_scroll), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), self->scroll);
  return self;
}

/**
 * natter_scroller_set_timeline:
 * @self: a scroller
 * @timeline: (nullable): the messages that are shown now
 * @paced: (nullable): those of them that are let into the list view
 * @items: (nullable): the same as the list view's model; all or none are %NULL
 *
 * Starts at the end of @timeline. Call it after the list view has its model.
 */
void
natter_scroller_set_timeline (NatterScroller  *self,
                              NatterTimeline  *timeline,
                              NatterPacedList *paced,
                              GListModel      *items)
{
  g_return_if_fail (NATTER_IS_SCROLLER (self));
  g_return_if_fail ((timeline == NULL) == (items == NULL) && (timeline == NULL) == (paced == NULL));

  g_signal_group_set_target (self->timeline_signals, NULL);
  g_signal_group_set_target (self->items_signals, NULL);
  g_set_object (&self->timeline, timeline);
  g_set_object (&self->paced, paced);
  g_set_object (&self->items, items);
  self->held_end = timeline != NULL && natter_timeline_get_at_end (timeline);
  g_signal_group_set_target (self->timeline_signals, timeline);
  g_signal_group_set_target (self->items_signals, items);

  if (timeline == NULL)
    set_state (self, STATE_FOLLOWING);
  else
    natter_scroller_jump_to_latest (self);
}

/**
 * natter_scroller_get_following:
 * @self: a scroller
 *
 * Returns: whether the newest message is in sight and stays so
 */
gboolean
natter_scroller_get_following (NatterScroller *self)
{
  g_return_val_if_fail (NATTER_IS_SCROLLER (self), FALSE);

  return self->state == STATE_FOLLOWING;
}

/**
 * natter_scroller_get_new_count:
 * @self: a scroller
 *
 * Returns: how many messages have come in below since the person left the end
 */
guint
natter_scroller_get_new_count (NatterScroller *self)
{
  g_return_val_if_fail (NATTER_IS_SCROLLER (self), 0);

  return self->new_count;
}

/**
 * natter_scroller_jump_to_latest:
 * @self: a scroller with a timeline
 *
 * Goes to the newest message, after fetching it when it isn't held, and stays there.
 */
void
natter_scroller_jump_to_latest (NatterScroller *self)
{
  g_return_if_fail (NATTER_IS_SCROLLER (self));

  if (self->timeline == NULL)
    return;

  /* A fling would take the view away from the end again. */
  gtk_scrolled_window_set_kinetic_scrolling (self->window, FALSE);
  queue_tick (self, 1);
  if (natter_timeline_get_at_end (self->timeline) || g_list_model_get_n_items (self->items) == 0)
    {
      follow (self);
      return;
    }
  set_state (self, STATE_SEEKING);
  natter_timeline_load_latest (self->timeline);
}

/**
 * natter_scroller_retry:
 * @self: a scroller with a timeline
 *
 * Asks again for the page that failed.
 */
void
natter_scroller_retry (NatterScroller *self)
{
  g_return_if_fail (NATTER_IS_SCROLLER (self));

  if (self->timeline == NULL)
    return;
  if (g_list_model_get_n_items (self->items) == 0)
    natter_timeline_load_latest (self->timeline);
  else if (self->direction > 0 && !natter_timeline_get_at_end (self->timeline))
    natter_timeline_load_newer (self->timeline);
  else
    natter_timeline_load_older (self->timeline);
}
