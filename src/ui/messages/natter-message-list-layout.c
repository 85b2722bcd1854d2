/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-list"

#include "config.h"

#include <math.h>

#include "natter-message-list-private.h"

#define NOWHERE     NATTER_MESSAGE_LIST_NOWHERE
/* How far beyond the view rows are made, in pixels, so that the next ones are there when they come into sight. */
#define MARGIN      120
/* Below the last message. */
#define END_PADDING 12
/* How many rows are kept for their next use. */
#define MAX_SPARE   12
/* A pass places the rows, and may find that the view has to move; then others are in sight. */
#define MAX_PASSES  4

/* What one layout works with. Rows [first, last) are placed, from first_y to last_y. */
typedef struct
{
  int   width;
  int   page;
  int   value;
  guint n_items;
  guint first;
  guint last;
  int   first_y;
  int   last_y;
  int   lower;
  int   upper;
} Layout;

void
_natter_message_list_free_row (NatterMessageListRow *row)
{
  gtk_widget_unparent (GTK_WIDGET (row->widget));
  g_free (row);
}

/* (nullable) */
NatterMessageListRow *
_natter_message_list_get_row (NatterMessageList *self,
                              guint              position)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      NatterMessageListRow *row = self->rows->pdata[i];

      if (row->position == position && position != NOWHERE)
        return row;
    }
  return NULL;
}

/* The keyboard is in it: it stays, wherever it is. */
gboolean
_natter_message_list_is_kept (NatterMessageList    *self,
                              NatterMessageListRow *row)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self)) == GTK_WIDGET (row->widget);
}

/* A row that showed @message when it was last used, or else any that waits. */
static NatterMessageListRow *
take_spare (NatterMessageList *self,
            NatterMessage     *message)
{
  NatterMessageListRow *spare = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      NatterMessageListRow *row = self->rows->pdata[i];

      if (row->position != NOWHERE || _natter_message_list_is_kept (self, row))
        continue;
      spare = row;
      if (natter_message_item_get_message (row->widget) == message)
        break;
    }
  return spare;
}

static NatterMessageListRow *
make_row (NatterMessageList *self)
{
  NatterMessageListRow *row = g_new0 (NatterMessageListRow, 1);

  row->widget = NATTER_MESSAGE_ITEM (natter_message_item_new ());
  row->position = NOWHERE;
  gtk_widget_set_parent (GTK_WIDGET (row->widget), GTK_WIDGET (self));
  g_ptr_array_add (self->rows, row);
  return row;
}

/* The order of the children is the one that a screen reader goes by. */
static void
put_in_order (NatterMessageList    *self,
              NatterMessageListRow *row)
{
  NatterMessageListRow *before = NULL;
  GtkWidget *sibling;

  for (guint i = 0; i < self->rows->len; i++)
    {
      NatterMessageListRow *other = self->rows->pdata[i];

      if (other->position != NOWHERE && other->position < row->position
          && (before == NULL || other->position > before->position))
        before = other;
    }
  sibling = before != NULL ? GTK_WIDGET (before->widget) : NULL;
  if (gtk_widget_get_prev_sibling (GTK_WIDGET (row->widget)) != sibling)
    gtk_widget_insert_after (GTK_WIDGET (row->widget), GTK_WIDGET (self), sibling);
}

/* (transfer none): the row that shows the item at @position, made for it if need be */
NatterMessageListRow *
_natter_message_list_ensure_row (NatterMessageList *self,
                                 guint              position)
{
  NatterMessageListRow *row = _natter_message_list_get_row (self, position);
  g_autoptr(NatterMessage) message = NULL;

  if (row != NULL)
    return row;
  message = g_list_model_get_item (self->model, position);
  row = take_spare (self, message);
  if (row == NULL)
    row = make_row (self);
  row->position = position;
  row->y = G_MAXINT;
  row->height = 0;
  natter_message_item_set_message (row->widget, message);
  natter_message_item_set_flash (row->widget, message == self->flash);
  put_in_order (self, row);
  gtk_widget_set_visible (GTK_WIDGET (row->widget), TRUE);
  return row;
}

static int
get_height (NatterMessageList *self,
            guint              position)
{
  int height = g_array_index (self->heights, int, position);

  return height > 0 ? height : (int) self->average;
}

/* A message that is wider than the view, as one with a wide picture, is cut off at the view's edge. */
static int
measure_width (NatterMessageListRow *row,
               int                   width)
{
  int minimum;

  gtk_widget_measure (GTK_WIDGET (row->widget), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return MAX (width, minimum);
}

static NatterMessageListRow *
measure_row (NatterMessageList *self,
             Layout            *layout,
             guint              position)
{
  NatterMessageListRow *row = _natter_message_list_ensure_row (self, position);
  int height;

  gtk_widget_measure (GTK_WIDGET (row->widget), GTK_ORIENTATION_VERTICAL, measure_width (row, layout->width),
                      NULL, &height, NULL, NULL);
  row->height = height;
  g_array_index (self->heights, int, position) = height;
  return row;
}

/* Makes another item the anchor, as far from the present one as is known. */
static void
move_anchor (NatterMessageList *self,
             guint              position)
{
  for (; self->anchor < position; self->anchor++)
    self->anchor_y += get_height (self, self->anchor);
  for (; self->anchor > position; self->anchor--)
    self->anchor_y -= get_height (self, self->anchor - 1);
}

/* After a jump of the scrollbar the anchor is far away: takes one that is in sight. */
static void
bring_anchor_into_sight (NatterMessageList *self,
                         Layout            *layout)
{
  while (self->anchor + 1 < layout->n_items
         && self->anchor_y + get_height (self, self->anchor) <= layout->value)
    move_anchor (self, self->anchor + 1);
  while (self->anchor > 0 && self->anchor_y >= layout->value + layout->page)
    move_anchor (self, self->anchor - 1);
}

static void
place_rows (NatterMessageList *self,
            Layout            *layout)
{
  int y = self->anchor_y;
  guint i;

  for (i = self->anchor; i < layout->n_items && y < layout->value + layout->page + MARGIN; i++)
    {
      NatterMessageListRow *row = measure_row (self, layout, i);

      row->y = y;
      y += row->height;
    }
  layout->last = i;
  layout->last_y = y;

  y = self->anchor_y;
  for (i = self->anchor; i > 0 && y > layout->value - MARGIN; i--)
    {
      NatterMessageListRow *row = measure_row (self, layout, i - 1);

      y -= row->height;
      row->y = y;
    }
  layout->first = i;
  layout->first_y = y;
}

/* Where the content begins and ends. What fits stands at the bottom, where one writes. */
static void
measure_content (NatterMessageList *self,
                 Layout            *layout)
{
  layout->lower = layout->first_y;
  for (guint i = 0; i < layout->first; i++)
    layout->lower -= get_height (self, i);
  layout->upper = layout->last_y + END_PADDING;
  for (guint i = layout->last; i < layout->n_items; i++)
    layout->upper += get_height (self, i);
  layout->lower = MIN (layout->lower, layout->upper - layout->page);
}

/* Where the view has to be for what the next layout was asked to do. */
static void
aim (NatterMessageList *self,
     Layout            *layout)
{
  NatterMessageListRow *row;
  int bottom;
  guint position;

  if (self->move != NATTER_MESSAGE_LIST_STAY
      && _natter_message_list_find (self, self->target, &position))
    {
      move_anchor (self, position);
      row = measure_row (self, layout, position);
      bottom = self->anchor_y + row->height + (position + 1 == layout->n_items ? END_PADDING : 0);
      if (self->move == NATTER_MESSAGE_LIST_JUMP)
        layout->value = self->anchor_y - layout->page / 4;
      else if (self->anchor_y < layout->value || row->height > layout->page)
        layout->value = self->anchor_y;
      else if (bottom > layout->value + layout->page)
        layout->value = bottom - layout->page;
      else
        return;
      self->following = FALSE;
      self->scrolled = TRUE;
    }
  else if (self->following)
    {
      move_anchor (self, layout->n_items - 1);
      row = measure_row (self, layout, layout->n_items - 1);
      layout->value = self->anchor_y + row->height + END_PADDING - layout->page;
      self->scrolled = TRUE;
    }
}

/* Rows that the view has left are free for those that come into it. */
static void
release_rows (NatterMessageList *self,
              Layout            *layout)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      NatterMessageListRow *row = self->rows->pdata[i];

      if (!_natter_message_list_is_kept (self, row)
          && (row->y + row->height < layout->value - MARGIN || row->y > layout->value + layout->page + MARGIN))
        row->position = NOWHERE;
    }
}

static void
drop_spare_rows (NatterMessageList *self)
{
  guint n_spare = 0;

  for (guint i = self->rows->len; i > 0; i--)
    {
      NatterMessageListRow *row = self->rows->pdata[i - 1];

      if (row->position != NOWHERE)
        continue;
      if (n_spare++ >= MAX_SPARE)
        {
          g_ptr_array_remove_index_fast (self->rows, i - 1);
          continue;
        }
      gtk_widget_set_visible (GTK_WIDGET (row->widget), FALSE);
      natter_message_item_set_message (row->widget, NULL);
    }
}

/* The keyboard may be in a row that is far from the view. */
static void
place_kept_row (NatterMessageList    *self,
                Layout               *layout,
                NatterMessageListRow *row)
{
  measure_row (self, layout, row->position);
  row->y = row->position < layout->first ? layout->first_y : layout->last_y;
  for (guint i = row->position; i < layout->first; i++)
    row->y -= get_height (self, i);
  for (guint i = layout->last; i < row->position; i++)
    row->y += get_height (self, i);
}

static void
allocate_rows (NatterMessageList *self,
               Layout            *layout)
{
  double sum = 0;
  guint n_rows = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      NatterMessageListRow *row = self->rows->pdata[i];
      gboolean placed = row->position >= layout->first && row->position < layout->last;

      if (row->position == NOWHERE)
        continue;
      if (!placed && !_natter_message_list_is_kept (self, row))
        {
          row->position = NOWHERE;
          continue;
        }
      if (!placed)
        place_kept_row (self, layout, row);
      natter_message_item_set_place (row->widget, row->position, layout->n_items);
      gtk_widget_size_allocate (GTK_WIDGET (row->widget),
                                &(GtkAllocation) { 0, row->y - layout->value,
                                                   measure_width (row, layout->width), row->height },
                                -1);
      sum += row->height;
      n_rows++;
    }
  if (n_rows > 0)
    self->average = MAX (sum / n_rows, 1);
}

/* After scrolling, what is at the top of the view stays: the first row that begins in it, if there is one. Else what
 * stayed so far goes on to, while it is in sight, so that changes don't add up. */
static void
choose_anchor (NatterMessageList *self,
               Layout            *layout)
{
  self->first_visible = layout->n_items;
  self->last_visible = 0;
  for (guint i = layout->first; i < layout->last; i++)
    {
      NatterMessageListRow *row = _natter_message_list_get_row (self, i);

      if (row->y + row->height <= layout->value || row->y >= layout->value + layout->page)
        continue;
      self->first_visible = MIN (self->first_visible, i);
      self->last_visible = i;
    }
  if (self->first_visible > self->last_visible
      || (!self->scrolled && self->anchor >= self->first_visible && self->anchor <= self->last_visible
          && self->anchor_y >= layout->value))
    return;

  self->scrolled = FALSE;
  for (guint i = self->first_visible; i <= self->last_visible; i++)
    {
      NatterMessageListRow *row = _natter_message_list_get_row (self, i);

      self->anchor = i;
      self->anchor_y = row->y;
      if (row->y >= layout->value)
        return;
    }
}

static void
configure_adjustments (NatterMessageList *self,
                       Layout            *layout)
{
  double value = gtk_adjustment_get_value (self->vadjustment);

  /* A touchpad moves by parts of a pixel, which add up. */
  if (round (value) != layout->value)
    value = layout->value;
  self->laying_out = TRUE;
  gtk_adjustment_configure (self->hadjustment, 0, 0, layout->width, layout->width * 0.1, layout->width * 0.9,
                            layout->width);
  gtk_adjustment_configure (self->vadjustment, value, layout->lower, layout->upper, layout->page * 0.1,
                            layout->page * 0.9, layout->page);
  self->laying_out = FALSE;
  self->last_value = gtk_adjustment_get_value (self->vadjustment);
}

static void
lay_out (NatterMessageList *self,
         Layout            *layout)
{
  aim (self, layout);
  release_rows (self, layout);
  for (guint i = 0; i < MAX_PASSES; i++)
    {
      int before = layout->value;

      bring_anchor_into_sight (self, layout);
      place_rows (self, layout);
      measure_content (self, layout);
      layout->value = self->following ? layout->upper - layout->page
                                      : CLAMP (layout->value, layout->lower, layout->upper - layout->page);
      if (layout->value == before)
        break;
    }
  if (self->can_follow && layout->value == layout->upper - layout->page)
    self->following = TRUE;
  allocate_rows (self, layout);
  choose_anchor (self, layout);
}

/* The one place where rows and the adjustment are set. What changes meanwhile only asks for it. */
void
_natter_message_list_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  NatterMessageList *self = NATTER_MESSAGE_LIST (widget);
  Layout layout = { .width = width, .page = height,
                    .value = (int) round (gtk_adjustment_get_value (self->vadjustment)),
                    .n_items = self->heights->len };

  if (layout.n_items > 0)
    lay_out (self, &layout);
  else
    {
      layout.lower = layout.value;
      layout.upper = layout.value + height;
      self->first_visible = 1;
      self->last_visible = 0;
      for (guint i = 0; i < self->rows->len; i++)
        ((NatterMessageListRow *) self->rows->pdata[i])->position = NOWHERE;
    }
  if (height > 0)
    {
      self->move = NATTER_MESSAGE_LIST_STAY;
      g_clear_object (&self->target);
    }
  drop_spare_rows (self);
  configure_adjustments (self, &layout);
  _natter_message_list_queue_report (self);
}

/* Messages that were taken out and put back in one step keep their rows. */
static void
find_moved_rows (NatterMessageList *self,
                 guint              position,
                 guint              added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(NatterMessage) message = g_list_model_get_item (self->model, i);

      for (guint k = 0; k < self->rows->len; k++)
        {
          NatterMessageListRow *row = self->rows->pdata[k];

          if (row->position == NOWHERE && natter_message_item_get_message (row->widget) == message)
            row->position = i;
        }
    }
}

/* The anchor went away. The next row that is left takes its part, where it was: nothing moves but what has to. */
static void
replace_anchor (NatterMessageList *self,
                guint              position)
{
  NatterMessageListRow *best = NULL;
  guint n_items = self->heights->len;

  for (guint i = 0; i < self->rows->len; i++)
    {
      NatterMessageListRow *row = self->rows->pdata[i];

      if (row->position == NOWHERE || row->y == G_MAXINT)
        continue;
      if (best == NULL || (row->y >= self->anchor_y ? best->y < self->anchor_y || row->y < best->y
                                                    : best->y < self->anchor_y && row->y > best->y))
        best = row;
    }
  self->anchor = best != NULL ? best->position : MIN (position, n_items > 0 ? n_items - 1 : 0);
  if (best != NULL)
    self->anchor_y = best->y;
}

/* The model has changed. */
void
_natter_message_list_splice (NatterMessageList *self,
                             guint              position,
                             guint              removed,
                             guint              added)
{
  gboolean was_empty = self->heights->len == 0;

  if (removed > 0)
    g_array_remove_range (self->heights, position, removed);
  if (added > 0)
    {
      g_autofree int *unknown = g_new0 (int, added);

      g_array_insert_vals (self->heights, position, unknown, added);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      NatterMessageListRow *row = self->rows->pdata[i];

      if (row->position == NOWHERE || row->position < position)
        continue;
      row->position = row->position < position + removed ? NOWHERE : row->position + added - removed;
    }
  if (removed > 0)
    find_moved_rows (self, position, added);

  if (was_empty)
    {
      self->anchor = 0;
      self->anchor_y = (int) round (gtk_adjustment_get_value (self->vadjustment));
    }
  else if (self->anchor >= position + removed)
    self->anchor += added - removed;
  else if (self->anchor >= position)
    replace_anchor (self, position);
}
