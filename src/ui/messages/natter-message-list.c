/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-list"

#include "config.h"

#include "natter-message-list-private.h"

/* How long a message is pointed out. */
#define FLASH_MS   1800
/* How near to the end still is the end, in pixels: touchpads and scrollbars move by parts of them. */
#define END_SLACK  1.0
/* A row of a few words, before any was measured. */
#define FIRST_GUESS 40

/**
 * NatterMessageList:
 *
 * The messages, laid out from where the person reads; see the header.
 */
enum
{
  PROP_0,
  PROP_MODEL,
  PROP_FOLLOWING,
  PROP_CAN_FOLLOW,
  N_PROPS,
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

static GParamSpec *properties[N_PROPS];

enum
{
  VISIBLE_RANGE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterMessageList, natter_message_list, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

gboolean
_natter_message_list_find (NatterMessageList *self,
                           NatterMessage     *message,
                           guint             *position)
{
  for (guint i = self->heights->len; message != NULL && i > 0; i--)
    {
      g_autoptr(NatterMessage) other = g_list_model_get_item (self->model, i - 1);

      if (other == message)
        {
          *position = i - 1;
          return TRUE;
        }
    }
  return FALSE;
}

/* Listeners may show and hide things, which must not happen in the middle of a layout. */
static void
on_report (gpointer data)
{
  NatterMessageList *self = data;
  g_autoptr(NatterMessageList) kept = g_object_ref (self);
  gboolean shows = self->first_visible <= self->last_visible;

  self->report_source = 0;
  if (self->told_following != self->following)
    {
      self->told_following = self->following;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWING]);
    }
  if (!shows || (self->told_first == self->first_visible && self->told_last == self->last_visible))
    return;
  self->told_first = self->first_visible;
  self->told_last = self->last_visible;
  g_signal_emit (self, signals[VISIBLE_RANGE_CHANGED], 0, self->told_first, self->told_last);
}

void
_natter_message_list_queue_report (NatterMessageList *self)
{
  if (self->report_source == 0)
    self->report_source = g_timeout_add_once (0, on_report, self);
}

/* It would take the view away again. */
void
_natter_message_list_stop_fling (NatterMessageList *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  if (window == NULL || !gtk_scrolled_window_get_kinetic_scrolling (GTK_SCROLLED_WINDOW (window)))
    return;
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (window), FALSE);
  gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (window), TRUE);
}

static void
set_following (NatterMessageList *self,
               gboolean           following)
{
  self->following = following;
  _natter_message_list_queue_report (self);
}

/* Somebody scrolls. The smallest step up is enough to leave the end. */
static void
on_value_changed (NatterMessageList *self)
{
  double value = gtk_adjustment_get_value (self->vadjustment);
  double end = gtk_adjustment_get_upper (self->vadjustment) - gtk_adjustment_get_page_size (self->vadjustment);

  if (self->laying_out || value == self->last_value)
    return;
  if (value < self->last_value)
    set_following (self, FALSE);
  else if (self->can_follow && value > end - END_SLACK)
    set_following (self, TRUE);
  if (self->move == NATTER_MESSAGE_LIST_REVEAL)
    self->move = NATTER_MESSAGE_LIST_STAY;
  self->last_value = value;
  self->scrolled = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Keeps the keyboard in the list when the message that it was at goes away. */
static void
rescue_focus (NatterMessageList *self,
              guint              position)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      NatterMessageListRow *row = self->rows->pdata[i];

      if (row->position != NATTER_MESSAGE_LIST_NOWHERE || !_natter_message_list_is_kept (self, row))
        continue;
      if (self->heights->len > 0)
        {
          NatterMessageListRow *next =
            _natter_message_list_ensure_row (self, MIN (position, self->heights->len - 1));

          gtk_widget_grab_focus (GTK_WIDGET (next->widget));
        }
      return;
    }
}

static void
on_items_changed (NatterMessageList *self,
                  guint              position,
                  guint              removed,
                  guint              added)
{
  _natter_message_list_splice (self, position, removed, added);
  rescue_focus (self, position);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
clear_flash (gpointer data)
{
  NatterMessageList *self = data;
  guint position;

  self->flash_source = 0;
  if (_natter_message_list_find (self, self->flash, &position))
    {
      NatterMessageListRow *row = _natter_message_list_get_row (self, position);

      if (row != NULL)
        natter_message_item_set_flash (row->widget, FALSE);
    }
  g_clear_object (&self->flash);
}

static void
set_flash (NatterMessageList *self,
           NatterMessage     *message,
           guint              position)
{
  NatterMessageListRow *row;

  if (self->flash_source != 0)
    {
      g_clear_handle_id (&self->flash_source, g_source_remove);
      clear_flash (self);
    }
  g_set_object (&self->flash, message);
  row = _natter_message_list_get_row (self, position);
  if (row != NULL)
    natter_message_item_set_flash (row->widget, TRUE);
  self->flash_source = g_timeout_add_once (FLASH_MS, clear_flash, self);
}

static void
set_adjustment (NatterMessageList *self,
                GtkAdjustment    **field,
                GtkAdjustment     *adjustment)
{
  g_autoptr(GtkAdjustment) taken = NULL;

  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  taken = g_object_ref_sink (adjustment);
  if (*field == adjustment)
    return;
  if (*field != NULL)
    g_signal_handlers_disconnect_by_func (*field, on_value_changed, self);
  g_set_object (field, adjustment);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_value_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
natter_message_list_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  /* It takes what there is. Asking the rows would be a layout of all of them for each one that changes. */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 0;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : 200;
}

static void
natter_message_list_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  NatterMessageList *self = NATTER_MESSAGE_LIST (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, natter_message_list_get_model (self));
      break;
    case PROP_FOLLOWING:
      g_value_set_boolean (value, natter_message_list_get_following (self));
      break;
    case PROP_CAN_FOLLOW:
      g_value_set_boolean (value, natter_message_list_get_can_follow (self));
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_message_list_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  NatterMessageList *self = NATTER_MESSAGE_LIST (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      natter_message_list_set_model (self, g_value_get_object (value));
      break;
    case PROP_CAN_FOLLOW:
      natter_message_list_set_can_follow (self, g_value_get_boolean (value));
      break;
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_message_list_dispose (GObject *object)
{
  NatterMessageList *self = NATTER_MESSAGE_LIST (object);

  g_clear_handle_id (&self->report_source, g_source_remove);
  g_clear_handle_id (&self->flash_source, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, on_items_changed, self);
  g_clear_object (&self->model);
  g_array_set_size (self->heights, 0);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->target);
  g_clear_object (&self->focused);
  g_clear_object (&self->flash);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);

  G_OBJECT_CLASS (natter_message_list_parent_class)->dispose (object);
}

static void
natter_message_list_finalize (GObject *object)
{
  NatterMessageList *self = NATTER_MESSAGE_LIST (object);

  g_array_unref (self->heights);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (natter_message_list_parent_class)->finalize (object);
}

static void
natter_message_list_class_init (NatterMessageListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags written = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = natter_message_list_get_property;
  object_class->set_property = natter_message_list_set_property;
  object_class->dispose = natter_message_list_dispose;
  object_class->finalize = natter_message_list_finalize;
  widget_class->measure = natter_message_list_measure;
  widget_class->size_allocate = _natter_message_list_allocate;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL, written);
  properties[PROP_FOLLOWING] =
    g_param_spec_boolean ("following", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_FOLLOW] = g_param_spec_boolean ("can-follow", NULL, NULL, TRUE, written);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[VISIBLE_RANGE_CHANGED] =
    g_signal_new ("visible-range-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "messages");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  _natter_message_list_class_init_focus (widget_class);
}

static void
natter_message_list_init (NatterMessageList *self)
{
  self->heights = g_array_new (FALSE, TRUE, sizeof (int));
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) _natter_message_list_free_row);
  self->average = FIRST_GUESS;
  self->can_follow = self->following = self->told_following = TRUE;
  self->first_visible = 1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
}

/**
 * natter_message_list_new:
 *
 * Returns: (transfer floating): a list with no model
 */
GtkWidget *
natter_message_list_new (void)
{
  return g_object_new (NATTER_TYPE_MESSAGE_LIST, NULL);
}

/**
 * natter_message_list_get_model:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the messages
 */
GListModel *
natter_message_list_get_model (NatterMessageList *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_LIST (self), NULL);

  return self->model;
}

/**
 * natter_message_list_set_model:
 * @self: a list
 * @model: (nullable): of #NatterMessage, oldest first
 *
 * Shows other messages, from their end.
 */
void
natter_message_list_set_model (NatterMessageList *self,
                               GListModel        *model)
{
  g_return_if_fail (NATTER_IS_MESSAGE_LIST (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, on_items_changed, self);
  _natter_message_list_splice (self, 0, self->heights->len, 0);
  /* Not at the next layout, which may be long in coming when nothing is shown. */
  for (guint i = 0; i < self->rows->len; i++)
    {
      NatterMessageListRow *row = self->rows->pdata[i];

      row->position = NATTER_MESSAGE_LIST_NOWHERE;
      natter_message_item_set_message (row->widget, NULL);
    }
  g_set_object (&self->model, model);
  if (model != NULL)
    {
      _natter_message_list_splice (self, 0, 0, g_list_model_get_n_items (model));
      g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
    }
  self->told_first = 1;
  self->told_last = 0;
  natter_message_list_follow (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

/**
 * natter_message_list_get_following:
 * @self: a list
 *
 * Returns: whether the end is in sight and stays so
 */
gboolean
natter_message_list_get_following (NatterMessageList *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_LIST (self), FALSE);

  return self->following;
}

/**
 * natter_message_list_get_can_follow:
 * @self: a list
 *
 * Returns: whether the end of the model is the end of the conversation
 */
gboolean
natter_message_list_get_can_follow (NatterMessageList *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_LIST (self), FALSE);

  return self->can_follow;
}

/**
 * natter_message_list_set_can_follow:
 * @self: a list
 * @can_follow: whether the end of the model is the end of the conversation, so that what is added there is to be
 *   followed; else it is a page of what has been for long
 */
void
natter_message_list_set_can_follow (NatterMessageList *self,
                                    gboolean           can_follow)
{
  g_return_if_fail (NATTER_IS_MESSAGE_LIST (self));

  if (self->can_follow == !!can_follow)
    return;
  self->can_follow = !!can_follow;
  if (!can_follow)
    set_following (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_FOLLOW]);
}

/**
 * natter_message_list_follow:
 * @self: a list
 *
 * Goes to the end and stays there.
 */
void
natter_message_list_follow (NatterMessageList *self)
{
  g_return_if_fail (NATTER_IS_MESSAGE_LIST (self));

  _natter_message_list_stop_fling (self);
  self->move = NATTER_MESSAGE_LIST_STAY;
  set_following (self, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * natter_message_list_scroll_to:
 * @self: a list
 * @message: where to go
 * @flash: whether to point the message out for a moment
 *
 * Brings @message to the upper third of the view, as far as there is enough below it.
 *
 * Returns: whether the model has @message
 */
gboolean
natter_message_list_scroll_to (NatterMessageList *self,
                               NatterMessage     *message,
                               gboolean           flash)
{
  guint position;

  g_return_val_if_fail (NATTER_IS_MESSAGE_LIST (self), FALSE);
  g_return_val_if_fail (NATTER_IS_MESSAGE (message), FALSE);

  if (!_natter_message_list_find (self, message, &position))
    return FALSE;
  _natter_message_list_stop_fling (self);
  set_following (self, FALSE);
  self->move = NATTER_MESSAGE_LIST_JUMP;
  g_set_object (&self->target, message);
  if (flash)
    set_flash (self, message, position);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return TRUE;
}

/**
 * natter_message_list_get_visible_range:
 * @self: a list
 * @first: (out) (optional): position of the first message of which something is in sight
 * @last: (out) (optional): of the last
 *
 * Returns: whether there is any, as of the last layout
 */
gboolean
natter_message_list_get_visible_range (NatterMessageList *self,
                                       guint             *first,
                                       guint             *last)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_LIST (self), FALSE);

  if (self->first_visible > self->last_visible)
    return FALSE;
  if (first != NULL)
    *first = self->first_visible;
  if (last != NULL)
    *last = self->last_visible;
  return TRUE;
}

/**
 * natter_message_list_get_message_at:
 * @self: a list
 * @x: in the coordinates of @self
 * @y: in the coordinates of @self
 *
 * Returns: (transfer none) (nullable): the message that is drawn there
 */
NatterMessage *
natter_message_list_get_message_at (NatterMessageList *self,
                                    double             x,
                                    double             y)
{
  GtkWidget *picked;
  GtkWidget *item;

  g_return_val_if_fail (NATTER_IS_MESSAGE_LIST (self), NULL);

  picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  item = picked != NULL ? gtk_widget_get_ancestor (picked, NATTER_TYPE_MESSAGE_ITEM) : NULL;
  return item != NULL ? natter_message_item_get_message (NATTER_MESSAGE_ITEM (item)) : NULL;
}

/**
 * natter_message_list_get_row:
 * @self: a list
 * @message: a message
 *
 * Only messages in sight and a few around them have one. It shows another message as soon as the person scrolls, so
 * don't keep it.
 *
 * Returns: (transfer none) (nullable): the widget that shows @message, with its heading
 */
GtkWidget *
natter_message_list_get_row (NatterMessageList *self,
                             NatterMessage     *message)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_LIST (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      NatterMessageListRow *row = self->rows->pdata[i];

      if (row->position != NATTER_MESSAGE_LIST_NOWHERE && natter_message_item_get_message (row->widget) == message)
        return GTK_WIDGET (row->widget);
    }
  return NULL;
}
