/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-find"

#include "config.h"

#include "natter-entry-list.h"

#define PAGE 8

/* An entry with a list below it: the keyboard stays in the entry, and its arrow keys choose in the list. */
typedef struct
{
  GtkWidget               *entry;
  GtkListView             *list;
  NatterEntryListDescribe  describe;
} EntryList;

static GtkSingleSelection *
get_selection (EntryList *self)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->list);

  return GTK_IS_SINGLE_SELECTION (model) ? GTK_SINGLE_SELECTION (model) : NULL;
}

/* The keyboard is not in the list, so a screen reader has to be told what is chosen. */
static void
announce (EntryList          *self,
          GtkSingleSelection *selection)
{
  gpointer item = gtk_single_selection_get_selected_item (selection);
  g_autofree char *text = item != NULL ? self->describe (item) : NULL;

  if (text != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self->entry), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
move (EntryList *self,
      int        step)
{
  GtkSingleSelection *selection = get_selection (self);
  guint count = selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (selection)) : 0;
  guint at;
  gint64 next;

  if (count == 0)
    return FALSE;
  at = gtk_single_selection_get_selected (selection);
  next = at == GTK_INVALID_LIST_POSITION ? 0 : (gint64) at + step;
  gtk_list_view_scroll_to (self->list, (guint) CLAMP (next, 0, (gint64) count - 1), GTK_LIST_SCROLL_SELECT, NULL);
  announce (self, selection);
  return TRUE;
}

static gboolean
on_key_pressed (EntryList       *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  static const struct
  {
    guint key;
    int   step;
  } steps[] = {
    { GDK_KEY_Down, 1 }, { GDK_KEY_KP_Down, 1 }, { GDK_KEY_Up, -1 }, { GDK_KEY_KP_Up, -1 },
    { GDK_KEY_Page_Down, PAGE }, { GDK_KEY_Page_Up, -PAGE },
  };

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].key == key)
      return move (self, steps[i].step) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
  return GDK_EVENT_PROPAGATE;
}

static void
on_activate (EntryList *self)
{
  GtkSingleSelection *selection = get_selection (self);
  guint at = selection != NULL ? gtk_single_selection_get_selected (selection) : GTK_INVALID_LIST_POSITION;

  if (at != GTK_INVALID_LIST_POSITION)
    g_signal_emit_by_name (self->list, "activate", at);
}

static void
free_entry_list (gpointer  data,
                 GClosure *closure)
{
  g_free (data);
}

/**
 * natter_entry_list_attach:
 * @entry: where one types
 * @list: what is found; its model is a #GtkSingleSelection
 * @describe: (scope forever): makes the text for a screen reader from an item of the list
 *
 * Lets the arrow keys in @entry choose in @list, and Enter activate what is chosen. Both belong to one widget, so that
 * neither outlives the other.
 */
void
natter_entry_list_attach (GtkEditable             *entry,
                          GtkListView             *list,
                          NatterEntryListDescribe  describe)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  EntryList *self = g_new0 (EntryList, 1);

  g_return_if_fail (GTK_IS_EDITABLE (entry));
  g_return_if_fail (GTK_IS_LIST_VIEW (list));
  g_return_if_fail (describe != NULL);

  self->entry = GTK_WIDGET (entry);
  self->list = list;
  self->describe = describe;
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_data (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, free_entry_list, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_activate), self);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
}
