/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-rich-text"

#include "config.h"

#include "natter-rich-text-private.h"

#include <glib/gi18n.h>

#include "natter-link.h"

/**
 * NatterRichText:
 *
 * Draws a document: paragraphs, quotes, code, links, mentions, pictures, spoilers. The text can be selected across all of
 * them; Tab goes from one thing to act on to the next, Enter does it.
 *
 * Four files: this one is the object, natter-rich-text-draw.c draws, natter-rich-text-input.c takes clicks and keys,
 * natter-rich-text-accessible.c tells screen readers. natter-rich-layout.c knows where everything is.
 *
 * Actions that it asks for: `win.open-link` (s) for a place on a server, `win.show-member` (s) for a person.
 */

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterRichText, natter_rich_text, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_TEXT, _natter_rich_text_init_accessible))

/* A block at a time, when there is nothing else to do. */
static gboolean
on_color_code (gpointer data)
{
  NatterRichText *self = data;
  gboolean more = self->layout != NULL && natter_rich_layout_color_code (self->layout, TRUE);

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (more)
    return G_SOURCE_CONTINUE;
  self->color_source = 0;
  return G_SOURCE_REMOVE;
}

NatterRichLayout *
_natter_rich_text_get_layout (NatterRichText *self)
{
  if (self->layout != NULL || self->document == NULL)
    return self->layout;
  self->layout = natter_rich_layout_new (GTK_WIDGET (self), self->document, self->suffix);
  if (self->copy_buttons != NULL && natter_rich_layout_color_code (self->layout, FALSE) && self->color_source == 0)
    self->color_source = g_idle_add_full (G_PRIORITY_LOW, on_color_code, self, NULL);
  return self->layout;
}

gboolean
_natter_rich_text_is_hidden (NatterRichText   *self,
                             const NatterSpan *spoiler)
{
  guint n_spans;
  gsize number = (gsize) (spoiler - natter_document_get_spans (self->document, &n_spans));

  return spoiler->kind == NATTER_SPAN_SPOILER && (self->revealed == NULL || !self->revealed->data[number]);
}

/* Whether a spoiler that nobody asked for is over @offset. */
gboolean
_natter_rich_text_is_offset_hidden (NatterRichText *self,
                                    guint           offset)
{
  guint n_spans;
  const NatterSpan *spans = natter_document_get_spans (self->document, &n_spans);

  for (guint i = 0; i < n_spans && spans[i].start <= offset; i++)
    if (offset < spans[i].end && _natter_rich_text_is_hidden (self, &spans[i]))
      return TRUE;
  return FALSE;
}

/* Something that a click or Enter acts on, and that is not hidden. */
gboolean
_natter_rich_text_is_item (NatterRichText *self,
                           guint           number)
{
  guint n_spans;
  const NatterSpan *span = &natter_document_get_spans (self->document, &n_spans)[number];

  switch (span->kind)
    {
    case NATTER_SPAN_SPOILER:
      return _natter_rich_text_is_hidden (self, span);
    case NATTER_SPAN_LINK:
    case NATTER_SPAN_USER:
    case NATTER_SPAN_CHANNEL:
      return !_natter_rich_text_is_offset_hidden (self, span->start);
    case NATTER_SPAN_BOLD:
    case NATTER_SPAN_ITALIC:
    case NATTER_SPAN_UNDERLINE:
    case NATTER_SPAN_STRIKE:
    case NATTER_SPAN_CODE:
    case NATTER_SPAN_HOST:
    case NATTER_SPAN_ROLE:
    case NATTER_SPAN_EMOJI:
    case NATTER_SPAN_CUSTOM_EMOJI:
    case NATTER_SPAN_STICKER:
    case NATTER_SPAN_NAMED_EMOJI:
    case NATTER_SPAN_TIME:
    default:
      return FALSE;
    }
}

void
_natter_rich_text_reveal (NatterRichText *self,
                          guint           number)
{
  guint n_spans;

  natter_document_get_spans (self->document, &n_spans);
  if (self->revealed == NULL)
    {
      self->revealed = g_byte_array_sized_new (n_spans);
      g_byte_array_set_size (self->revealed, n_spans);
      memset (self->revealed->data, 0, n_spans);
    }
  self->revealed->data[number] = TRUE;
  self->focused = NATTER_NO_ITEM;
  gtk_accessible_text_update_contents (GTK_ACCESSIBLE_TEXT (self), GTK_ACCESSIBLE_TEXT_CONTENT_CHANGE_INSERT, 0,
                                       (guint) g_utf8_strlen (natter_document_get_text (self->document), -1));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The text with a word in the place of each spoiler that is hidden, of the same length, so that offsets stay. */
char *
_natter_rich_text_dup_visible (NatterRichText *self)
{
  g_autoptr(GString) visible = g_string_new (NULL);
  const char *text = self->document != NULL ? natter_document_get_text (self->document) : "";

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gboolean hidden = *at != '\n' && _natter_rich_text_is_offset_hidden (self, (guint) (at - text));

      g_string_append_unichar (visible, hidden ? 0x2592 : g_utf8_get_char (at));
    }
  if (self->suffix != NULL)
    g_string_append_printf (visible, " %s", self->suffix);
  return g_string_free_and_steal (g_steal_pointer (&visible));
}

void
_natter_rich_text_set_selection (NatterRichText *self,
                                 guint           anchor,
                                 guint           cursor)
{
  if (self->anchor == anchor && self->cursor == cursor)
    return;
  self->anchor = anchor;
  self->cursor = cursor;
  gtk_accessible_text_update_selection_bound (GTK_ACCESSIBLE_TEXT (self));
  gtk_accessible_text_update_caret_position (GTK_ACCESSIBLE_TEXT (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_copy_code (GtkButton      *button,
              NatterRichText *self)
{
  guint number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "block"));
  NatterRichBlock *block = natter_rich_layout_get_block (_natter_rich_text_get_layout (self), number);
  g_autofree char *code = natter_document_get_part (self->document, block->start, block->end);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), code);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
add_copy_button (NatterRichText *self,
                 guint           block)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "copy-code");
  gtk_widget_set_tooltip_text (button, _("Copy Code"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy Code"), -1);
  g_object_set_data (G_OBJECT (button), "block", GUINT_TO_POINTER (block));
  g_signal_connect (button, "clicked", G_CALLBACK (on_copy_code), self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  if (self->copy_buttons == NULL)
    self->copy_buttons = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  g_ptr_array_add (self->copy_buttons, button);
}

static void
update_children (NatterRichText *self)
{
  guint n_blocks = 0;
  const NatterBlock *blocks = self->document != NULL ? natter_document_get_blocks (self->document, &n_blocks) : NULL;
  guint n_spans = 0;

  g_clear_pointer (&self->copy_buttons, g_ptr_array_unref);
  for (guint i = 0; i < n_blocks; i++)
    if (blocks[i].kind == NATTER_BLOCK_CODE)
      add_copy_button (self, i);
  self->has_items = FALSE;
  if (self->document != NULL)
    natter_document_get_spans (self->document, &n_spans);
  for (guint i = 0; i < n_spans && !self->has_items; i++)
    self->has_items = _natter_rich_text_is_item (self, i);
  gtk_widget_set_focusable (GTK_WIDGET (self), self->has_items);
}

static GtkSizeRequestMode
natter_rich_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
natter_rich_text_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  NatterRichText *self = NATTER_RICH_TEXT (widget);
  NatterRichLayout *layout = _natter_rich_text_get_layout (self);

  if (layout == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = natter_rich_layout_get_natural (layout);
      return;
    }
  *minimum = *natural = natter_rich_layout_set_width (layout, for_size >= 0 ? for_size : natter_rich_layout_get_natural (layout));
  *minimum_baseline = *natural_baseline = natter_rich_layout_get_baseline (layout);
}

static void
natter_rich_text_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  NatterRichText *self = NATTER_RICH_TEXT (widget);
  NatterRichLayout *layout = _natter_rich_text_get_layout (self);

  if (layout == NULL)
    return;
  natter_rich_layout_set_width (layout, width);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  for (guint i = 0; self->copy_buttons != NULL && i < self->copy_buttons->len; i++)
    {
      GtkWidget *button = self->copy_buttons->pdata[i];
      guint number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "block"));
      NatterRichBlock *block = natter_rich_layout_get_block (layout, number);
      GtkAllocation area;
      int size;

      gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &size, NULL, NULL);
      area.width = MIN (size, width);
      gtk_widget_measure (button, GTK_ORIENTATION_VERTICAL, -1, NULL, &area.height, NULL, NULL);
      /* Code runs from the left in all languages. */
      area.x = block->area.x + block->area.width - area.width;
      area.y = block->area.y;
      gtk_widget_size_allocate (button, &area, -1);
    }
}

static void
natter_rich_text_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  NatterRichText *self = NATTER_RICH_TEXT (widget);

  if (_natter_rich_text_get_layout (self) == NULL)
    return;
  natter_rich_layout_set_width (self->layout, gtk_widget_get_width (widget));
  _natter_rich_text_draw (self, snapshot);
  GTK_WIDGET_CLASS (natter_rich_text_parent_class)->snapshot (widget, snapshot);
}

/* Colours and fonts are in the layout. */
static void
drop_layout (NatterRichText *self)
{
  g_clear_pointer (&self->layout, natter_rich_layout_free);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
natter_rich_text_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (natter_rich_text_parent_class)->css_changed (widget, change);
  drop_layout (NATTER_RICH_TEXT (widget));
}

static void
natter_rich_text_direction_changed (GtkWidget        *widget,
                                    GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (natter_rich_text_parent_class)->direction_changed (widget, previous);
  drop_layout (NATTER_RICH_TEXT (widget));
}

static void
natter_rich_text_system_setting_changed (GtkWidget       *widget,
                                         GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (natter_rich_text_parent_class)->system_setting_changed (widget, setting);
  drop_layout (NATTER_RICH_TEXT (widget));
}

static gboolean
natter_rich_text_query_tooltip (GtkWidget  *widget,
                                int         x,
                                int         y,
                                gboolean    keyboard,
                                GtkTooltip *tooltip)
{
  NatterRichText *self = NATTER_RICH_TEXT (widget);
  const NatterSpan *item = keyboard ? NULL : natter_rich_text_find_item (self, x, y);

  if (item == NULL || item->target == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, item->target);
  return TRUE;
}

static void
natter_rich_text_dispose (GObject *object)
{
  NatterRichText *self = NATTER_RICH_TEXT (object);

  g_clear_handle_id (&self->color_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->copy_buttons, g_ptr_array_unref);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->layout, natter_rich_layout_free);
  g_clear_pointer (&self->document, natter_document_unref);
  g_clear_pointer (&self->address, natter_address_unref);

  G_OBJECT_CLASS (natter_rich_text_parent_class)->dispose (object);
}

static void
natter_rich_text_finalize (GObject *object)
{
  NatterRichText *self = NATTER_RICH_TEXT (object);

  g_free (self->suffix);
  g_clear_pointer (&self->revealed, g_byte_array_unref);

  G_OBJECT_CLASS (natter_rich_text_parent_class)->finalize (object);
}

static void
natter_rich_text_class_init (NatterRichTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = natter_rich_text_dispose;
  object_class->finalize = natter_rich_text_finalize;
  widget_class->get_request_mode = natter_rich_text_get_request_mode;
  widget_class->measure = natter_rich_text_measure;
  widget_class->size_allocate = natter_rich_text_size_allocate;
  widget_class->snapshot = natter_rich_text_snapshot;
  widget_class->css_changed = natter_rich_text_css_changed;
  widget_class->direction_changed = natter_rich_text_direction_changed;
  widget_class->system_setting_changed = natter_rich_text_system_setting_changed;
  widget_class->query_tooltip = natter_rich_text_query_tooltip;
  widget_class->focus = _natter_rich_text_focus;

  gtk_widget_class_set_css_name (widget_class, "richtext");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PARAGRAPH);
  _natter_rich_text_class_init_input (widget_class);
}

static void
natter_rich_text_init (NatterRichText *self)
{
  self->focused = self->menu_item = NATTER_NO_ITEM;
  _natter_rich_text_init_input (self);
}

/**
 * natter_rich_text_new:
 *
 * Returns: (transfer floating): a widget without text
 */
GtkWidget *
natter_rich_text_new (void)
{
  return g_object_new (NATTER_TYPE_RICH_TEXT, NULL);
}

/**
 * natter_rich_text_get_document:
 * @self: a text
 *
 * Returns: (transfer none) (nullable): what it shows
 */
NatterDocument *
natter_rich_text_get_document (NatterRichText *self)
{
  g_return_val_if_fail (NATTER_IS_RICH_TEXT (self), NULL);

  return self->document;
}

/**
 * natter_rich_text_set_document:
 * @self: a text
 * @document: (nullable): what to show, resolved
 * @suffix: (nullable): small text behind it that is no part of it: "(edited)"
 * @address: (nullable): of the server whose emojis and stickers may be loaded; those of others are not
 *
 * Shows something else. Spoilers are hidden again, nothing is selected.
 */
void
natter_rich_text_set_document (NatterRichText *self,
                               NatterDocument *document,
                               const char     *suffix,
                               NatterAddress  *address)
{
  g_return_if_fail (NATTER_IS_RICH_TEXT (self));

  if (self->document == document && g_strcmp0 (self->suffix, suffix) == 0)
    return;
  g_clear_handle_id (&self->color_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->layout, natter_rich_layout_free);
  g_clear_pointer (&self->revealed, g_byte_array_unref);
  if (document != NULL)
    natter_document_ref (document);
  g_clear_pointer (&self->document, natter_document_unref);
  self->document = document;
  if (address != NULL)
    natter_address_ref (address);
  g_clear_pointer (&self->address, natter_address_unref);
  self->address = address;
  g_set_str (&self->suffix, suffix);
  self->anchor = self->cursor = 0;
  self->focused = self->menu_item = NATTER_NO_ITEM;
  update_children (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * natter_rich_text_dup_selection:
 * @self: a text
 *
 * Returns: (transfer full) (nullable): what is selected, %NULL: nothing
 */
char *
natter_rich_text_dup_selection (NatterRichText *self)
{
  g_return_val_if_fail (NATTER_IS_RICH_TEXT (self), NULL);

  if (self->document == NULL || self->anchor == self->cursor)
    return NULL;
  return natter_document_get_part (self->document, MIN (self->anchor, self->cursor), MAX (self->anchor, self->cursor));
}

/**
 * natter_rich_text_select:
 * @self: a text
 * @start: a byte of the text of its document
 * @end: a byte behind it
 *
 * Selects what is between.
 */
void
natter_rich_text_select (NatterRichText *self,
                         guint           start,
                         guint           end)
{
  guint length;

  g_return_if_fail (NATTER_IS_RICH_TEXT (self));

  length = self->document != NULL ? strlen (natter_document_get_text (self->document)) : 0;
  _natter_rich_text_set_selection (self, MIN (start, length), MIN (end, length));
}

/**
 * natter_rich_text_find_item:
 * @self: a text that has a size
 * @x: in pixels
 * @y: in pixels
 *
 * Returns: (transfer none) (nullable): the link, mention or hidden spoiler there
 */
const NatterSpan *
natter_rich_text_find_item (NatterRichText *self,
                            double          x,
                            double          y)
{
  guint n_spans;
  const NatterSpan *spans;
  guint offset;
  guint nearest;

  g_return_val_if_fail (NATTER_IS_RICH_TEXT (self), NULL);

  if (!self->has_items || _natter_rich_text_get_layout (self) == NULL
      || !natter_rich_layout_find (self->layout, x, y, &offset, &nearest))
    return NULL;
  spans = natter_document_get_spans (self->document, &n_spans);
  for (guint i = 0; i < n_spans && spans[i].start <= offset; i++)
    if (offset < spans[i].end && _natter_rich_text_is_item (self, i))
      return &spans[i];
  return NULL;
}

static void
on_opened (GObject      *launcher,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (launcher), result, &error))
    g_debug ("A link was not opened: %s", error->message);
}

static void
open_uri (NatterRichText *self,
          const char     *uri)
{
  g_autoptr(GtkUriLauncher) launcher = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!natter_link_is_allowed (uri))
    return;
  if (natter_link_is_place (uri))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-link", "s", uri);
      return;
    }
  launcher = gtk_uri_launcher_new (uri);
  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, on_opened, NULL);
}

static void
open_channel (NatterRichText *self,
              const char     *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, TRUE);
  g_autofree char *uri = NULL;

  if (self->address == NULL)
    return;
  uri = g_strdup_printf ("originChats://%s/%s", natter_address_get_text (self->address), escaped);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-link", "s", uri);
}

/**
 * natter_rich_text_activate_item:
 * @self: a text
 * @item: a span of its document
 *
 * Opens a link, shows a person or a channel, or what is hidden.
 */
void
natter_rich_text_activate_item (NatterRichText   *self,
                                const NatterSpan *item)
{
  guint n_spans;

  g_return_if_fail (NATTER_IS_RICH_TEXT (self));

  if (item->kind == NATTER_SPAN_SPOILER)
    _natter_rich_text_reveal (self, (guint) (item - natter_document_get_spans (self->document, &n_spans)));
  else if (item->kind == NATTER_SPAN_LINK)
    open_uri (self, item->target);
  else if (item->kind == NATTER_SPAN_USER)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-member", "s", item->target);
  else if (item->kind == NATTER_SPAN_CHANNEL)
    open_channel (self, item->target);
}
