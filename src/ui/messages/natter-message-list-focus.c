/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-list"

#include "config.h"

#include "natter-message-list-private.h"

static gboolean
find_focused (NatterMessageList *self,
              guint             *position)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));

  for (guint i = 0; child != NULL && i < self->rows->len; i++)
    {
      NatterMessageListRow *row = self->rows->pdata[i];

      if (GTK_WIDGET (row->widget) != child || row->position == NATTER_MESSAGE_LIST_NOWHERE)
        continue;
      *position = row->position;
      return TRUE;
    }
  return FALSE;
}

/* To a message that may have no row yet; the next layout brings it into sight. */
void
_natter_message_list_move_focus (NatterMessageList *self,
                                 guint              position)
{
  NatterMessageListRow *row = _natter_message_list_ensure_row (self, position);

  _natter_message_list_stop_fling (self);
  self->move = NATTER_MESSAGE_LIST_REVEAL;
  g_set_object (&self->target, natter_message_item_get_message (row->widget));
  gtk_widget_grab_focus (GTK_WIDGET (row->widget));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Where the keyboard was last, else the last message that is in sight. */
static gboolean
enter (NatterMessageList *self)
{
  guint n_items = self->heights->len;
  guint position;

  if (n_items == 0)
    return FALSE;
  if (!_natter_message_list_find (self, self->focused, &position))
    position = self->first_visible <= self->last_visible ? MIN (self->last_visible, n_items - 1) : n_items - 1;
  _natter_message_list_move_focus (self, position);
  return TRUE;
}

/* One stop for Tab: in, through what the message has in it, and out. */
static gboolean
natter_message_list_focus (GtkWidget        *widget,
                           GtkDirectionType  direction)
{
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child != NULL)
    return gtk_widget_child_focus (child, direction);
  return enter (NATTER_MESSAGE_LIST (widget));
}

static gboolean
natter_message_list_grab_focus (GtkWidget *widget)
{
  return enter (NATTER_MESSAGE_LIST (widget));
}

static void
natter_message_list_set_focus_child (GtkWidget *widget,
                                     GtkWidget *child)
{
  NatterMessageList *self = NATTER_MESSAGE_LIST (widget);

  if (child != NULL)
    g_set_object (&self->focused, natter_message_item_get_message (NATTER_MESSAGE_ITEM (child)));
  /* The row that it has left may be one that is no longer needed. */
  gtk_widget_queue_allocate (widget);
  GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))->set_focus_child (widget, child);
}

static gboolean
on_step (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  NatterMessageList *self = NATTER_MESSAGE_LIST (widget);
  int step;
  guint position;

  g_variant_get (arguments, "(i)", &step);
  if (!find_focused (self, &position))
    return enter (self);
  if (step < 0 ? position > 0 : position + 1 < self->heights->len)
    _natter_message_list_move_focus (self, position + step);
  return TRUE;
}

/* The item that is, or is guessed to be, at a place in the content. */
static guint
find_at (NatterMessageList *self,
         guint              position,
         int                distance)
{
  while (distance > 0 && position + 1 < self->heights->len)
    {
      int height = g_array_index (self->heights, int, position);

      distance -= height > 0 ? height : (int) self->average;
      position++;
    }
  while (distance < 0 && position > 0)
    {
      int height = g_array_index (self->heights, int, position - 1);

      distance += height > 0 ? height : (int) self->average;
      position--;
    }
  return position;
}

/* The keyboard goes with the page. */
static gboolean
on_page (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  NatterMessageList *self = NATTER_MESSAGE_LIST (widget);
  int pages;
  double distance;
  guint position;

  g_variant_get (arguments, "(i)", &pages);
  if (!find_focused (self, &position) && !enter (self))
    return FALSE;
  if (find_focused (self, &position))
    {
      distance = pages * gtk_adjustment_get_page_increment (self->vadjustment);
      _natter_message_list_move_focus (self, find_at (self, position, (int) distance));
      gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment) + distance);
    }
  return TRUE;
}

static void
add_binding (GtkWidgetClass  *widget_class,
             guint            key,
             guint            keypad_key,
             GtkShortcutFunc  callback,
             int              amount)
{
  gtk_widget_class_add_binding (widget_class, key, 0, callback, "(i)", amount);
  gtk_widget_class_add_binding (widget_class, keypad_key, 0, callback, "(i)", amount);
}

void
_natter_message_list_class_init_focus (GtkWidgetClass *widget_class)
{
  widget_class->focus = natter_message_list_focus;
  widget_class->grab_focus = natter_message_list_grab_focus;
  widget_class->set_focus_child = natter_message_list_set_focus_child;

  add_binding (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, on_step, -1);
  add_binding (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, on_step, 1);
  add_binding (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, on_page, -1);
  add_binding (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, on_page, 1);

  /* Not in the widget that has the actions: the scrolled window between would take the keys. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, 0, "timeline.first", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Home, 0, "timeline.first", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, 0, "timeline.last", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_End, 0, "timeline.last", NULL);
}

/**
 * natter_message_list_focus_message:
 * @self: a list
 * @message: where the keyboard shall be
 *
 * Brings @message into sight by the shortest way.
 *
 * Returns: whether the model has @message
 */
gboolean
natter_message_list_focus_message (NatterMessageList *self,
                                   NatterMessage     *message)
{
  guint position;

  g_return_val_if_fail (NATTER_IS_MESSAGE_LIST (self), FALSE);
  g_return_val_if_fail (NATTER_IS_MESSAGE (message), FALSE);

  if (!_natter_message_list_find (self, message, &position))
    return FALSE;
  _natter_message_list_move_focus (self, position);
  return TRUE;
}

/**
 * natter_message_list_focus_first:
 * @self: a list
 *
 * Puts the keyboard at the oldest message that the model has.
 */
void
natter_message_list_focus_first (NatterMessageList *self)
{
  g_return_if_fail (NATTER_IS_MESSAGE_LIST (self));

  if (self->heights->len > 0)
    _natter_message_list_move_focus (self, 0);
}

/**
 * natter_message_list_focus_last:
 * @self: a list
 *
 * Puts the keyboard at the newest message that the model has.
 */
void
natter_message_list_focus_last (NatterMessageList *self)
{
  g_return_if_fail (NATTER_IS_MESSAGE_LIST (self));

  if (self->heights->len > 0)
    _natter_message_list_move_focus (self, self->heights->len - 1);
}

/**
 * natter_message_list_get_focused:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the message that the keyboard is in, while it is in the list
 */
NatterMessage *
natter_message_list_get_focused (NatterMessageList *self)
{
  GtkWidget *child;

  g_return_val_if_fail (NATTER_IS_MESSAGE_LIST (self), NULL);

  child = gtk_widget_get_focus_child (GTK_WIDGET (self));
  return child != NULL ? natter_message_item_get_message (NATTER_MESSAGE_ITEM (child)) : NULL;
}
