/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-scroller"

#include "config.h"

#include "natter-scroller.h"

#include "natter-message.h"

/* Nearer than one page to an end of what is held, but within these bounds, the next page is fetched. */
#define MARGIN_MIN 600.0
#define MARGIN_MAX 1500.0
/* So it is when fewer messages are left: a fling takes some hundreds of milliseconds for them, in which a page comes. A page
 * more than this has room before and behind what is in sight, or pages would drive each other out. */
#define MARGIN_MESSAGES NATTER_TIMELINE_PAGE

/**
 * NatterScroller:
 *
 * Gives the list of messages its timeline: asks for the next page near either end of what is held, goes to the newest
 * message, after fetching it if need be, and counts what comes in below while the person reads elsewhere.
 *
 * Properties: following, new-count (messages below since the person left the end).
 */
struct _NatterScroller
{
  GObject            parent_instance;

  NatterMessageList *list; /* belongs to the widget that owns this, and lives as long */
  NatterTimeline    *timeline;
  GSignalGroup      *timeline_signals;

  guint              new_count;
  int                direction; /* of the person's last movement: -1 up, 1 down, 0 none */
  double             last_value;
  guint              fetch_source;
  guint              held_end : 1;
  guint              seeking : 1; /* on the way to the end, which is not held yet */
  guint              prepended : 1; /* what is in sight is not known again yet */
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

static GtkAdjustment *
get_adjustment (NatterScroller *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
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

/* How many messages are held beyond what is in sight */
static guint
count_beyond (NatterScroller *self,
              gboolean        newer)
{
  guint n_messages = g_list_model_get_n_items (G_LIST_MODEL (self->timeline));
  guint first, last;

  if (!natter_message_list_get_visible_range (self->list, &first, &last) || last >= n_messages)
    return MARGIN_MESSAGES;
  return newer ? n_messages - 1 - last : first;
}

static gboolean
wants_older (NatterScroller *self,
             double          margin)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double above = gtk_adjustment_get_value (adjustment) - gtk_adjustment_get_lower (adjustment);
  double height = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_lower (adjustment);

  if (natter_timeline_get_at_start (self->timeline))
    return FALSE;
  return height <= gtk_adjustment_get_page_size (adjustment)
         || (self->direction < 0 && (above < margin || count_beyond (self, FALSE) < MARGIN_MESSAGES));
}

static gboolean
wants_newer (NatterScroller *self,
             double          margin)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment)
                 - gtk_adjustment_get_page_size (adjustment);

  return !natter_timeline_get_at_end (self->timeline) && self->direction > 0
         && (below < margin || count_beyond (self, TRUE) < MARGIN_MESSAGES);
}

/* Only where the person is heading: on a tall screen both ends may be near, and the pages would chase each other. */
static void
fetch_near_pages (NatterScroller *self)
{
  double page = gtk_adjustment_get_page_size (get_adjustment (self));
  double margin = CLAMP (page, MARGIN_MIN, MARGIN_MAX);

  if (self->timeline == NULL || self->seeking || page < 1
      || g_list_model_get_n_items (G_LIST_MODEL (self->timeline)) == 0
      || natter_timeline_get_loading (self->timeline) || self->prepended
      || natter_timeline_get_error (self->timeline) != NULL)
    return;

  if (wants_older (self, margin))
    natter_timeline_load_older (self->timeline);
  else if (wants_newer (self, margin))
    natter_timeline_load_newer (self->timeline);
}

static void
follow (NatterScroller *self)
{
  self->seeking = FALSE;
  self->direction = 0;
  natter_message_list_follow (self->list);
}

static gboolean
ends_with_own_pending (NatterScroller *self)
{
  GListModel *messages = G_LIST_MODEL (self->timeline);
  guint n_messages = g_list_model_get_n_items (messages);
  g_autoptr(NatterMessage) last = n_messages > 0 ? g_list_model_get_item (messages, n_messages - 1) : NULL;

  return last != NULL && natter_message_get_own (last) && natter_message_get_state (last) == NATTER_MESSAGE_PENDING;
}

static void
on_messages_changed (NatterScroller *self,
                     guint           position,
                     guint           removed,
                     guint           added)
{
  guint n_messages = g_list_model_get_n_items (G_LIST_MODEL (self->timeline));
  gboolean appended = added > 0 && removed == 0 && position > 0 && position + added == n_messages;
  gboolean following = natter_message_list_get_following (self->list);

  if (appended && !following && ends_with_own_pending (self))
    natter_scroller_jump_to_latest (self);
  else if (appended && !following && self->held_end)
    set_new_count (self, self->new_count + added);
  self->held_end = natter_timeline_get_at_end (self->timeline);
  if (position == 0 && removed == 0 && added < n_messages)
    self->prepended = natter_message_list_get_visible_range (self->list, NULL, NULL);
}

static void
on_at_end_changed (NatterScroller *self)
{
  gboolean at_end = self->timeline != NULL && natter_timeline_get_at_end (self->timeline);

  self->held_end = at_end;
  natter_message_list_set_can_follow (self->list, at_end);
  if (self->seeking && at_end)
    follow (self);
}

static void
on_new_count_changed (NatterScroller *self)
{
  guint counted = natter_timeline_get_new_count (self->timeline);

  if (!natter_message_list_get_following (self->list) && counted > self->new_count)
    set_new_count (self, counted);
}

static void
on_loading_changed (NatterScroller *self)
{
  if (natter_timeline_get_loading (self->timeline))
    return;
  self->seeking = FALSE;
  fetch_near_pages (self);
}

static void
on_following_changed (NatterScroller *self)
{
  if (natter_message_list_get_following (self->list))
    set_new_count (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
}

static void
on_fetch (gpointer data)
{
  NatterScroller *self = data;

  self->fetch_source = 0;
  fetch_near_pages (self);
}

/* This may come in the middle of a layout, when nothing may change. */
static void
on_value_changed (NatterScroller *self)
{
  double value = gtk_adjustment_get_value (get_adjustment (self));

  if (value != self->last_value && !natter_message_list_get_following (self->list))
    self->direction = value < self->last_value ? -1 : 1;
  self->last_value = value;
  if (self->fetch_source == 0)
    self->fetch_source = g_timeout_add_once (0, on_fetch, self);
}

static void
on_range_changed (NatterScroller *self)
{
  self->prepended = FALSE;
  fetch_near_pages (self);
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

  g_clear_handle_id (&self->fetch_source, g_source_remove);
  g_signal_group_set_target (self->timeline_signals, NULL);
  g_clear_object (&self->timeline);

  G_OBJECT_CLASS (natter_scroller_parent_class)->dispose (object);
}

static void
natter_scroller_finalize (GObject *object)
{
  g_clear_object (&NATTER_SCROLLER (object)->timeline_signals);

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
  g_signal_group_connect_swapped (self->timeline_signals, "items-changed", G_CALLBACK (on_messages_changed), self);
}

/**
 * natter_scroller_new:
 * @list: the messages, in a #GtkScrolledWindow
 *
 * The caller owns @list and keeps it until it has disposed of the scroller.
 *
 * Returns: (transfer full): a scroller with no timeline
 */
NatterScroller *
natter_scroller_new (NatterMessageList *list)
{
  NatterScroller *self;

  g_return_val_if_fail (NATTER_IS_MESSAGE_LIST (list), NULL);

  self = g_object_new (NATTER_TYPE_SCROLLER, NULL);
  self->list = list;
  g_signal_connect_object (list, "notify::following", G_CALLBACK (on_following_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "visible-range-changed", G_CALLBACK (on_range_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_adjustment (self), "value-changed", G_CALLBACK (on_value_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * natter_scroller_set_timeline:
 * @self: a scroller
 * @timeline: (nullable): the messages that are shown now
 *
 * Starts at the end of @timeline.
 */
void
natter_scroller_set_timeline (NatterScroller *self,
                              NatterTimeline *timeline)
{
  g_return_if_fail (NATTER_IS_SCROLLER (self));
  g_return_if_fail (timeline == NULL || NATTER_IS_TIMELINE (timeline));

  g_signal_group_set_target (self->timeline_signals, NULL);
  g_set_object (&self->timeline, timeline);
  self->seeking = FALSE;
  self->prepended = FALSE;
  natter_message_list_set_model (self->list, G_LIST_MODEL (timeline));
  set_new_count (self, 0);
  on_at_end_changed (self);
  g_signal_group_set_target (self->timeline_signals, timeline);
  if (timeline != NULL)
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

  return natter_message_list_get_following (self->list);
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
  if (natter_timeline_get_at_end (self->timeline) || g_list_model_get_n_items (G_LIST_MODEL (self->timeline)) == 0)
    {
      follow (self);
      return;
    }
  self->seeking = TRUE;
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
  if (g_list_model_get_n_items (G_LIST_MODEL (self->timeline)) == 0)
    natter_timeline_load_latest (self->timeline);
  else if (self->direction > 0 && !natter_timeline_get_at_end (self->timeline))
    natter_timeline_load_newer (self->timeline);
  else
    natter_timeline_load_older (self->timeline);
}
