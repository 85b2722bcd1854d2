/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rich-text"

#include "config.h"

#include "natter-rich-text-private.h"

#include <glib/gi18n.h>

#define DRAG_THRESHOLD 4

static const NatterSpan *
get_span (NatterRichText *self,
          guint           number)
{
  guint n_spans = 0;
  const NatterSpan *spans = self->document != NULL ? natter_document_get_spans (self->document, &n_spans) : NULL;

  return number < n_spans ? &spans[number] : NULL;
}

static void
copy_selection (NatterRichText *self,
                GdkClipboard   *clipboard)
{
  g_autofree char *selection = natter_rich_text_dup_selection (self);

  if (selection != NULL)
    gdk_clipboard_set_text (clipboard, selection);
}

static gboolean
find_boundaries (NatterRichText *self,
                 guint           offset,
                 guint           n_press,
                 guint          *start,
                 guint          *end)
{
  for (guint i = 0; i < natter_rich_layout_get_n_blocks (self->layout); i++)
    {
      NatterRichBlock *block = natter_rich_layout_get_block (self->layout, i);
      const char *text = natter_document_get_text (self->document);
      const PangoLogAttr *attributes;
      int n_attributes;
      int first;
      int last;

      if (offset < block->start || offset > block->end)
        continue;
      *start = block->start;
      *end = block->end;
      if (n_press > 2)
        return TRUE;
      attributes = pango_layout_get_log_attrs_readonly (block->layout, &n_attributes);
      first = last = (int) g_utf8_strlen (text + block->start, (gssize) (offset - block->start));
      while (first > 0 && !attributes[first].is_word_start)
        first--;
      while (last + 1 < n_attributes && (last == first || !attributes[last].is_word_end))
        last++;
      *start = (guint) (g_utf8_offset_to_pointer (text + block->start, first) - text);
      *end = MIN ((guint) (g_utf8_offset_to_pointer (text + block->start, last) - text), block->end);
      return TRUE;
    }
  return FALSE;
}

static void
on_drag_begin (GtkGestureDrag *gesture,
               double          x,
               double          y,
               NatterRichText *self)
{
  guint offset;
  guint nearest;

  self->is_selecting = FALSE;
  if (_natter_rich_text_get_layout (self) == NULL)
    return;
  natter_rich_layout_find (self->layout, x, y, &offset, &nearest);
  if (self->n_press < 2)
    _natter_rich_text_set_selection (self, nearest, nearest);
}

static void
on_drag_update (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                NatterRichText *self)
{
  double x;
  double y;
  guint offset;
  guint nearest;

  if (self->layout == NULL || !gtk_gesture_drag_get_start_point (gesture, &x, &y) || self->n_press > 1)
    return;
  if (!self->is_selecting && ABS (dx) + ABS (dy) < DRAG_THRESHOLD)
    return;
  if (!self->is_selecting)
    {
      self->is_selecting = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      /* Without the focus no key would copy it. */
      gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self));
    }
  natter_rich_layout_find (self->layout, x + dx, y + dy, &offset, &nearest);
  _natter_rich_text_set_selection (self, self->anchor, nearest);
}

static void
on_drag_end (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             NatterRichText *self)
{
  if (self->is_selecting)
    copy_selection (self, gtk_widget_get_primary_clipboard (GTK_WIDGET (self)));
}

static void
select_around (NatterRichText *self,
               double          x,
               double          y,
               guint           n_press)
{
  guint offset;
  guint nearest;
  guint start;
  guint end;

  natter_rich_layout_find (self->layout, x, y, &offset, &nearest);
  if (!find_boundaries (self, offset, n_press, &start, &end))
    return;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  _natter_rich_text_set_selection (self, start, end);
  copy_selection (self, gtk_widget_get_primary_clipboard (GTK_WIDGET (self)));
}

static void
on_pressed (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            NatterRichText  *self)
{
  self->n_press = (guint) n_press;
  if (n_press < 2 || _natter_rich_text_get_layout (self) == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  select_around (self, x, y, (guint) n_press);
}

static void
on_released (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             NatterRichText  *self)
{
  const NatterSpan *item;

  if (n_press != 1 || self->is_selecting)
    return;
  item = natter_rich_text_find_item (self, x, y);
  if (item == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  natter_rich_text_activate_item (self, item);
}

static gboolean
show_menu (NatterRichText *self,
           guint           number,
           int             x,
           int             y)
{
  const NatterSpan *span = get_span (self, number);

  if (span == NULL || span->kind != NATTER_SPAN_LINK)
    return FALSE;
  if (self->menu == NULL)
    {
      g_autoptr(GMenu) menu = g_menu_new ();

      g_menu_append (menu, _("_Open Link"), "text.open-link");
      g_menu_append (menu, _("_Copy Link"), "text.copy-link");
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  self->menu_item = number;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
  return TRUE;
}

static void
on_secondary (GtkGestureClick *gesture,
              int              n_press,
              double           x,
              double           y,
              NatterRichText  *self)
{
  const NatterSpan *item = natter_rich_text_find_item (self, x, y);
  guint n_spans;

  if (item != NULL && show_menu (self, (guint) (item - natter_document_get_spans (self->document, &n_spans)), (int) x, (int) y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_motion (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           NatterRichText           *self)
{
  const NatterSpan *item = natter_rich_text_find_item (self, x, y);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), item != NULL ? "pointer" : "text");
  /* Asking the display for tooltips is only worth it where there is one. */
  if (gtk_widget_get_has_tooltip (GTK_WIDGET (self)) != (item != NULL))
    gtk_widget_set_has_tooltip (GTK_WIDGET (self), item != NULL);
}

static void
on_focus_left (NatterRichText *self)
{
  self->focused = NATTER_NO_ITEM;
  if (self->menu != NULL && gtk_widget_get_visible (self->menu))
    return;
  _natter_rich_text_set_selection (self, self->cursor, self->cursor);
  gtk_widget_set_focusable (GTK_WIDGET (self), self->has_items);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What a screen reader says of the thing that has the focus. */
static void
announce_item (NatterRichText   *self,
               const NatterSpan *span)
{
  g_autofree char *text = natter_document_get_part (self->document, span->start, span->end);
  g_autofree char *words = NULL;

  if (span->kind == NATTER_SPAN_SPOILER)
    words = g_strdup (_("Spoiler"));
  else if (span->kind == NATTER_SPAN_LINK)
    /* Translators: read by a screen reader: the text of a link */
    words = g_strdup_printf (_("Link: %s"), text);
  else
    words = g_strdup (text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
move_focus (NatterRichText *self,
            int             step)
{
  guint n_spans;
  gint64 number;

  natter_document_get_spans (self->document, &n_spans);
  number = self->focused != NATTER_NO_ITEM ? (gint64) self->focused + step : step > 0 ? 0 : (gint64) n_spans - 1;
  for (; number >= 0 && number < n_spans; number += step)
    if (_natter_rich_text_is_item (self, (guint) number))
      {
        self->focused = (guint) number;
        gtk_widget_grab_focus (GTK_WIDGET (self));
        announce_item (self, get_span (self, self->focused));
        gtk_widget_queue_draw (GTK_WIDGET (self));
        return TRUE;
      }
  return FALSE;
}

/* Tab goes through what can be acted on, then through the buttons of code, then on. */
gboolean
_natter_rich_text_focus (GtkWidget        *widget,
                         GtkDirectionType  direction)
{
  NatterRichText *self = NATTER_RICH_TEXT (widget);
  gboolean forward = direction == GTK_DIR_TAB_FORWARD;
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  guint n_buttons = self->copy_buttons != NULL ? self->copy_buttons->len : 0;
  guint position = 0;

  if ((!forward && direction != GTK_DIR_TAB_BACKWARD) || self->document == NULL)
    return FALSE;
  if (child == NULL && (forward || gtk_widget_is_focus (widget) || n_buttons == 0))
    {
      if (self->has_items && move_focus (self, forward ? 1 : -1))
        return TRUE;
      return forward && n_buttons > 0 && gtk_widget_grab_focus (self->copy_buttons->pdata[0]);
    }
  if (child == NULL)
    return gtk_widget_grab_focus (self->copy_buttons->pdata[n_buttons - 1]);
  if (!g_ptr_array_find (self->copy_buttons, child, &position))
    return FALSE;
  if (forward)
    return position + 1 < n_buttons && gtk_widget_grab_focus (self->copy_buttons->pdata[position + 1]);
  if (position > 0)
    return gtk_widget_grab_focus (self->copy_buttons->pdata[position - 1]);
  self->focused = NATTER_NO_ITEM;
  return self->has_items && move_focus (self, -1);
}

static gboolean
on_activate (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  NatterRichText *self = NATTER_RICH_TEXT (widget);
  const NatterSpan *span = get_span (self, self->focused);

  if (span == NULL)
    return FALSE;
  natter_rich_text_activate_item (self, span);
  return TRUE;
}

static gboolean
on_copy (GtkWidget *widget,
         GVariant  *arguments,
         gpointer   data)
{
  NatterRichText *self = NATTER_RICH_TEXT (widget);

  if (self->anchor == self->cursor)
    return FALSE;
  copy_selection (self, gtk_widget_get_clipboard (widget));
  return TRUE;
}

static gboolean
on_menu_key (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  NatterRichText *self = NATTER_RICH_TEXT (widget);
  const NatterSpan *span = get_span (self, self->focused);
  cairo_rectangle_int_t place;
  cairo_region_t *region;

  if (span == NULL || self->layout == NULL)
    return FALSE;
  region = natter_rich_layout_get_region (self->layout, span->start, span->end);
  cairo_region_get_extents (region, &place);
  cairo_region_destroy (region);
  return show_menu (self, self->focused, place.x, place.y + place.height);
}

static void
on_open_link (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  NatterRichText *self = NATTER_RICH_TEXT (widget);
  const NatterSpan *span = get_span (self, self->menu_item);

  if (span != NULL)
    natter_rich_text_activate_item (self, span);
}

static void
on_copy_link (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  NatterRichText *self = NATTER_RICH_TEXT (widget);
  const NatterSpan *span = get_span (self, self->menu_item);

  if (span != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), span->target);
}

void
_natter_rich_text_class_init_input (GtkWidgetClass *klass)
{
  const guint activate_keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space };

  for (guint i = 0; i < G_N_ELEMENTS (activate_keys); i++)
    gtk_widget_class_add_binding (klass, activate_keys[i], 0, on_activate, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_c, GDK_CONTROL_MASK, on_copy, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Insert, GDK_CONTROL_MASK, on_copy, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Menu, 0, on_menu_key, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu_key, NULL);
  gtk_widget_class_install_action (klass, "text.open-link", NULL, on_open_link);
  gtk_widget_class_install_action (klass, "text.copy-link", NULL, on_copy_link);
}

void
_natter_rich_text_init_input (NatterRichText *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *secondary = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  /* A finger scrolls. */
  gtk_gesture_single_set_exclusive (GTK_GESTURE_SINGLE (drag), TRUE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (click, drag);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect (secondary, "pressed", G_CALLBACK (on_secondary), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}
