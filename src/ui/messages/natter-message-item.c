/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-message-item"

#include "config.h"

#include "natter-message-item.h"

#include <glib/gi18n.h>

#include "natter-day-heading.h"
#include "natter-message-row.h"

/**
 * NatterMessageItem:
 *
 * What a message takes up in the list: a heading when a day starts with it, a line when what is new starts with it, and
 * the message. It is what the keyboard goes to and what a screen reader counts. Built once, used for message after message.
 */
struct _NatterMessageItem
{
  GtkWidget         parent_instance;

  GtkWidget        *heading;  /* made when first needed, as the line */
  GtkWidget        *new_line;
  NatterMessageRow *row;

  NatterMessage    *message;
  GSignalGroup     *signals;
  guint             position;
  guint             n_items;
};

G_DEFINE_FINAL_TYPE (NatterMessageItem, natter_message_item, GTK_TYPE_WIDGET)

static void
show_heading (NatterMessageItem *self,
              gboolean           show)
{
  if (show && self->heading == NULL)
    {
      self->heading = natter_day_heading_new ();
      gtk_widget_insert_after (self->heading, GTK_WIDGET (self), NULL);
    }
  if (show)
    natter_day_heading_set_time (NATTER_DAY_HEADING (self->heading), natter_message_get_time (self->message));
  if (self->heading != NULL)
    gtk_widget_set_visible (self->heading, show);
}

static GtkWidget *
make_new_line (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  /* Translators: on a line above the first message that the person has not read */
  GtkWidget *label = gtk_label_new (_("New Messages"));
  GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_widget_set_hexpand (separator, TRUE);
  gtk_widget_set_valign (separator, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (line, "new-line");
  gtk_box_append (GTK_BOX (line), separator);
  gtk_box_append (GTK_BOX (line), label);
  return line;
}

static void
show_new_line (NatterMessageItem *self,
               gboolean           show)
{
  if (show && self->new_line == NULL)
    {
      self->new_line = make_new_line ();
      gtk_widget_insert_before (self->new_line, GTK_WIDGET (self), GTK_WIDGET (self->row));
    }
  if (self->new_line != NULL)
    gtk_widget_set_visible (self->new_line, show);
}

static gboolean
starts_new (NatterMessage *message)
{
  gboolean starts = FALSE;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (message), "starts-new") != NULL)
    g_object_get (message, "starts-new", &starts, NULL);
  return starts;
}

static void
update_above (NatterMessageItem *self)
{
  show_heading (self, natter_message_get_starts_day (self->message));
  show_new_line (self, starts_new (self->message));
}

static void
on_summary_changed (NatterMessageItem *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, natter_message_row_get_summary (self->row),
                                  -1);
}

/* Itself first, then what is in it; at its end the list goes on. */
static gboolean
natter_message_item_focus (GtkWidget        *widget,
                           GtkDirectionType  direction)
{
  GtkWidget *row = GTK_WIDGET (NATTER_MESSAGE_ITEM (widget)->row);
  gboolean inside = gtk_widget_get_focus_child (widget) != NULL;

  if (direction == GTK_DIR_TAB_BACKWARD)
    {
      if (gtk_widget_is_focus (widget))
        return FALSE;
      return gtk_widget_child_focus (row, direction) || gtk_widget_grab_focus (widget);
    }
  if (!inside && !gtk_widget_is_focus (widget))
    return gtk_widget_grab_focus (widget);
  return direction == GTK_DIR_TAB_FORWARD && gtk_widget_child_focus (row, direction);
}

static void
natter_message_item_dispose (GObject *object)
{
  NatterMessageItem *self = NATTER_MESSAGE_ITEM (object);

  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->message);
  g_clear_pointer (&self->heading, gtk_widget_unparent);
  g_clear_pointer (&self->new_line, gtk_widget_unparent);
  if (self->row != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->row)));

  G_OBJECT_CLASS (natter_message_item_parent_class)->dispose (object);
}

static void
natter_message_item_finalize (GObject *object)
{
  g_clear_object (&NATTER_MESSAGE_ITEM (object)->signals);

  G_OBJECT_CLASS (natter_message_item_parent_class)->finalize (object);
}

static void
natter_message_item_class_init (NatterMessageItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_message_item_dispose;
  object_class->finalize = natter_message_item_finalize;
  widget_class->focus = natter_message_item_focus;

  gtk_widget_class_set_css_name (widget_class, "item");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
natter_message_item_init (NatterMessageItem *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  self->row = NATTER_MESSAGE_ROW (natter_message_row_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->row), GTK_WIDGET (self));
  g_signal_connect_swapped (self->row, "notify::summary", G_CALLBACK (on_summary_changed), self);

  self->signals = g_signal_group_new (NATTER_TYPE_MESSAGE);
  g_signal_group_connect_swapped (self->signals, "notify::starts-day", G_CALLBACK (update_above), self);
  g_signal_group_connect_swapped (self->signals, "notify::starts-new", G_CALLBACK (update_above), self);
}

/**
 * natter_message_item_new:
 *
 * Returns: (transfer floating): an item with no message
 */
GtkWidget *
natter_message_item_new (void)
{
  return g_object_new (NATTER_TYPE_MESSAGE_ITEM, NULL);
}

/**
 * natter_message_item_get_message:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): what it shows
 */
NatterMessage *
natter_message_item_get_message (NatterMessageItem *self)
{
  g_return_val_if_fail (NATTER_IS_MESSAGE_ITEM (self), NULL);

  return self->message;
}

/**
 * natter_message_item_set_message:
 * @self: an item
 * @message: (nullable): what to show; %NULL when the item waits for its next use
 */
void
natter_message_item_set_message (NatterMessageItem *self,
                                 NatterMessage     *message)
{
  g_return_if_fail (NATTER_IS_MESSAGE_ITEM (self));
  g_return_if_fail (message == NULL || NATTER_IS_MESSAGE (message));

  if (!g_set_object (&self->message, message))
    return;
  g_signal_group_set_target (self->signals, message);
  natter_message_row_set_message (self->row, message);
  if (message != NULL)
    update_above (self);
}

/**
 * natter_message_item_set_place:
 * @self: an item
 * @position: of its message in the list
 * @n_items: how many the list has
 *
 * Tells screen readers the place of the message.
 */
void
natter_message_item_set_place (NatterMessageItem *self,
                               guint              position,
                               guint              n_items)
{
  g_return_if_fail (NATTER_IS_MESSAGE_ITEM (self));

  if (self->position == position && self->n_items == n_items)
    return;
  self->position = position;
  self->n_items = n_items;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) position + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n_items,
                                  -1);
}

/**
 * natter_message_item_set_flash:
 * @self: an item
 * @flash: whether to point the message out to the person
 *
 * The highlight fades by itself, or stays as long as it is set where animations are off.
 */
void
natter_message_item_set_flash (NatterMessageItem *self,
                               gboolean           flash)
{
  gboolean animated = FALSE;

  g_return_if_fail (NATTER_IS_MESSAGE_ITEM (self));

  gtk_widget_remove_css_class (GTK_WIDGET (self), "flash");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "flash-still");
  if (!flash)
    return;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animated, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), animated ? "flash" : "flash-still");
}
