/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-completion-popover"

#include "config.h"

#include "natter-completion-popover.h"

#include <glib/gi18n.h>

#include "natter-completion-row.h"

#define MAX_HEIGHT 252
/* Away from the line that is written. */
#define OFFSET     6

/**
 * NatterCompletionPopover:
 *
 * What may be meant by what one types, above the caret. The keyboard stays in the entry: while the list is open, Up and Down
 * go through it, Tab and Enter take what is chosen, Escape closes it.
 */
struct _NatterCompletionPopover
{
  GtkPopover        parent_instance;

  GtkTextView      *view; /* weak: it is in the same template as the parent */
  GtkListBox       *list;
  GtkViewport      *viewport;
  NatterCompletion *completion;
  NatterChannel    *channel;
  int               given_up; /* start of what is not to be completed, -1: none */
  guint             may_open : 1;
};

G_DEFINE_FINAL_TYPE (NatterCompletionPopover, natter_completion_popover, GTK_TYPE_POPOVER)

static gboolean
is_open (NatterCompletionPopover *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self));
}

static NatterCandidate *
dup_chosen (NatterCompletionPopover *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? g_list_model_get_item (G_LIST_MODEL (self->completion), gtk_list_box_row_get_index (row)) : NULL;
}

/* Says which one is chosen, also to those who don't see it. */
static void
choose_row (NatterCompletionPopover *self,
            guint                    position)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->completion));
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, position);
  g_autoptr(NatterCandidate) candidate = g_list_model_get_item (G_LIST_MODEL (self->completion), position);
  g_autofree char *spoken = NULL;

  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, row);
  gtk_viewport_scroll_to (self->viewport, GTK_WIDGET (row), NULL);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
  /* Translators: spoken by screen readers: a name in a list of names, its place, and how many there are */
  spoken = g_strdup_printf (_("%s, %u of %u"), natter_candidate_get_label (candidate), position + 1, n_items);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->view), spoken, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
close_list (NatterCompletionPopover *self)
{
  if (!is_open (self))
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  if (self->view == NULL)
    return;
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

/* Above the first sign of what is completed. */
static void
point (NatterCompletionPopover *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  graphene_point_t corner;
  GtkTextIter start;
  GdkRectangle place;
  int x, y;

  gtk_text_buffer_get_iter_at_offset (buffer, &start, natter_completion_get_start (self->completion));
  gtk_text_view_get_iter_location (self->view, &start, &place);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y, &x, &y);
  if (!gtk_widget_compute_point (GTK_WIDGET (self->view), parent, &GRAPHENE_POINT_INIT (x, y), &corner))
    return;
  place.x = corner.x;
  place.y = corner.y;
  place.width = MAX (place.width, 1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &place);
}

static void
open_list (NatterCompletionPopover *self)
{
  point (self);
  if (!is_open (self))
    {
      gtk_popover_popup (GTK_POPOVER (self));
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE, -1);
    }
  choose_row (self, 0);
}

static void
on_updated (NatterCompletionPopover *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->completion));
  int start = natter_completion_get_start (self->completion);

  if (natter_completion_get_kind (self->completion) == NATTER_COMPLETION_NONE || start != self->given_up)
    self->given_up = -1;
  if (n_items == 0 || self->given_up >= 0)
    close_list (self);
  else if (self->may_open || is_open (self))
    open_list (self);
}

static void
update (NatterCompletionPopover *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autofree char *text = NULL;
  GtkTextIter start, end;
  int cursor;

  g_object_get (buffer, "cursor-position", &cursor, NULL);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  natter_completion_update (self->completion, self->channel, text, cursor);
}

static void
on_changed (NatterCompletionPopover *self)
{
  /* Not gtk_widget_has_focus(): keys arrive also before the window hears that it is active. */
  self->may_open = self->view != NULL && gtk_widget_is_focus (GTK_WIDGET (self->view));
  if (self->view != NULL)
    update (self);
}

/* Nobody who walks through the text is asked what may be meant. */
static void
on_cursor_moved (NatterCompletionPopover *self)
{
  if (!is_open (self) && natter_completion_get_command (self->completion) == NULL)
    self->may_open = FALSE;
  if (self->view != NULL && (is_open (self) || natter_completion_get_command (self->completion) != NULL))
    update (self);
}

/* Whoever comes back to the window finds the list as it was. */
static void
on_focus (NatterCompletionPopover *self)
{
  if (self->view == NULL || !gtk_widget_has_focus (GTK_WIDGET (self->view)))
    close_list (self);
  else if (self->may_open)
    update (self);
}

static void
take_chosen (NatterCompletionPopover *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autoptr(NatterCandidate) candidate = dup_chosen (self);
  GtkTextIter start, end;

  if (candidate == NULL)
    return;
  natter_completion_choose (self->completion, candidate);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, natter_completion_get_start (self->completion));
  gtk_text_buffer_get_iter_at_mark (buffer, &end, gtk_text_buffer_get_insert (buffer));
  close_list (self);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, natter_candidate_get_text (candidate), -1);
  if (gtk_text_iter_get_char (&start) != ' ')
    gtk_text_buffer_insert (buffer, &start, " ", 1);
  else
    gtk_text_iter_forward_char (&start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_end_user_action (buffer);
}

static void
on_row_activated (NatterCompletionPopover *self,
                  GtkListBoxRow           *row)
{
  gtk_list_box_select_row (self->list, row);
  take_chosen (self);
}

static GtkWidget *
create_row (gpointer item,
            gpointer data)
{
  return natter_completion_row_new (item);
}

static void
natter_completion_popover_dispose (GObject *object)
{
  NatterCompletionPopover *self = NATTER_COMPLETION_POPOVER (object);

  if (self->completion != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->channel);
  g_clear_object (&self->completion);
  G_OBJECT_CLASS (natter_completion_popover_parent_class)->dispose (object);
}

static void
natter_completion_popover_class_init (NatterCompletionPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = natter_completion_popover_dispose;
}

static void
natter_completion_popover_init (NatterCompletionPopover *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);

  self->given_up = -1;
  self->completion = natter_completion_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->viewport = GTK_VIEWPORT (viewport);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->completion), create_row, NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Suggestions"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->completion, "updated", G_CALLBACK (on_updated), self, G_CONNECT_SWAPPED);

  gtk_viewport_set_child (self->viewport, GTK_WIDGET (self->list));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), viewport);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);

  gtk_popover_set_child (GTK_POPOVER (self), scroller);
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_offset (GTK_POPOVER (self), 0, -OFFSET);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_TOP);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self), "completion");
}

/**
 * natter_completion_popover_new:
 * @parent: the widget to which it is put, and which has to unparent it
 * @view: the entry in which one writes, inside @parent
 *
 * Returns: (transfer none): the popover
 */
NatterCompletionPopover *
natter_completion_popover_new (GtkWidget   *parent,
                               GtkTextView *view)
{
  NatterCompletionPopover *self = g_object_new (NATTER_TYPE_COMPLETION_POPOVER, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  g_set_weak_pointer (&self->view, view);
  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (on_cursor_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "unmap", G_CALLBACK (close_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::has-focus", G_CALLBACK (on_focus), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_AUTOCOMPLETE,
                                  GTK_ACCESSIBLE_AUTOCOMPLETE_LIST, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_RELATION_CONTROLS, self->list, NULL, -1);
  return self;
}

/**
 * natter_completion_popover_get_completion:
 * @self: a popover
 *
 * Returns: (transfer none): what it shows
 */
NatterCompletion *
natter_completion_popover_get_completion (NatterCompletionPopover *self)
{
  g_return_val_if_fail (NATTER_IS_COMPLETION_POPOVER (self), NULL);

  return self->completion;
}

/**
 * natter_completion_popover_set_channel:
 * @self: a popover
 * @channel: (nullable): where one writes
 *
 * To be called when the text of the channel is there. What was not typed just now is not completed.
 */
void
natter_completion_popover_set_channel (NatterCompletionPopover *self,
                                       NatterChannel           *channel)
{
  g_return_if_fail (NATTER_IS_COMPLETION_POPOVER (self));

  g_set_object (&self->channel, channel);
  close_list (self);
  self->may_open = FALSE;
  if (self->view != NULL)
    update (self);
}

/**
 * natter_completion_popover_take_key:
 * @self: a popover
 * @key: a key that was pressed in the entry
 * @modifiers: with which others
 *
 * Returns: whether it was for the list
 */
gboolean
natter_completion_popover_take_key (NatterCompletionPopover *self,
                                    guint                    key,
                                    GdkModifierType          modifiers)
{
  guint n_items, place;

  g_return_val_if_fail (NATTER_IS_COMPLETION_POPOVER (self), FALSE);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->completion));
  if (!is_open (self) || n_items == 0
      || (modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  place = gtk_list_box_row_get_index (gtk_list_box_get_selected_row (self->list));
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      choose_row (self, place > 0 ? place - 1 : n_items - 1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      choose_row (self, place + 1 < n_items ? place + 1 : 0);
      return TRUE;
    case GDK_KEY_Tab:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      take_chosen (self);
      return TRUE;
    case GDK_KEY_Escape:
      self->given_up = natter_completion_get_start (self->completion);
      close_list (self);
      return TRUE;
    default:
      return FALSE;
    }
}
