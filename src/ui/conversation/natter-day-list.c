/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-day-list"

#include "config.h"

#include "natter-day-list.h"

/**
 * NatterDayList:
 *
 * The messages of a timeline with a section for each day. It is beside the timeline and not part of it because
 * #GtkSectionModel is GTK's.
 *
 * The timeline changes its items and their `starts-day` one after the other, in whichever order. A list view asks for
 * sections in between and wants them to be those that it was told of, so the starts of sections are kept here and
 * change only together with the signal that says so.
 */
struct _NatterDayList
{
  GObject     parent_instance;

  GListModel *model;
  GPtrArray  *items;   /* GObject, what the model holds */
  GByteArray *starts;  /* for each item whether a section starts there */
};

static void section_model_init (GtkSectionModelInterface *iface);
static void list_model_init    (GListModelInterface      *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterDayList, natter_day_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_model_init))

static gboolean
starts_day (GObject *message)
{
  gboolean starts = FALSE;

  g_object_get (message, "starts-day", &starts, NULL);
  return starts;
}

static void
refresh_starts (NatterDayList *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      guint8 starts = starts_day (g_ptr_array_index (self->items, i));

      /* The first item starts a section whatever it says. */
      if (self->starts->data[i] != starts && i > 0)
        changed = TRUE;
      self->starts->data[i] = starts;
    }
  if (changed)
    gtk_section_model_sections_changed (GTK_SECTION_MODEL (self), 0, self->items->len);
}

static void
on_starts_day_changed (NatterDayList *self)
{
  refresh_starts (self);
}

static void
watch (NatterDayList *self,
       GObject       *item)
{
  g_signal_connect_object (item, "notify::starts-day", G_CALLBACK (on_starts_day_changed), self, G_CONNECT_SWAPPED);
}

static void
unwatch (NatterDayList *self,
         GObject       *item)
{
  g_signal_handlers_disconnect_by_func (item, on_starts_day_changed, self);
}

static void
splice (NatterDayList *self,
        guint          position,
        guint          removed,
        guint          added)
{
  for (guint i = position; i < position + removed; i++)
    unwatch (self, g_ptr_array_index (self->items, i));
  if (removed > 0)
    {
      g_ptr_array_remove_range (self->items, position, removed);
      g_byte_array_remove_range (self->starts, position, removed);
    }

  /* Makes room at the end, then moves the tail: one pass whatever is added. */
  g_byte_array_set_size (self->starts, self->starts->len + added);
  if (added > 0)
    memmove (self->starts->data + position + added, self->starts->data + position,
             self->starts->len - added - position);
  for (guint i = position; i < position + added; i++)
    {
      GObject *item = g_list_model_get_item (self->model, i);

      g_ptr_array_insert (self->items, i, item);
      self->starts->data[i] = starts_day (item);
      watch (self, item);
    }
}

static void
on_items_changed (NatterDayList *self,
                  guint          position,
                  guint          removed,
                  guint          added)
{
  splice (self, position, removed, added);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  refresh_starts (self);
}

static GType
natter_day_list_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (NATTER_DAY_LIST (list)->model);
}

static guint
natter_day_list_get_n_items (GListModel *list)
{
  return NATTER_DAY_LIST (list)->items->len;
}

static gpointer
natter_day_list_get_item (GListModel *list,
                          guint       position)
{
  NatterDayList *self = NATTER_DAY_LIST (list);

  if (position >= self->items->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = natter_day_list_get_item_type;
  iface->get_n_items = natter_day_list_get_n_items;
  iface->get_item = natter_day_list_get_item;
}

static void
natter_day_list_get_section (GtkSectionModel *model,
                             guint            position,
                             guint           *out_start,
                             guint           *out_end)
{
  NatterDayList *self = NATTER_DAY_LIST (model);
  guint start = position;
  guint end = position + 1;

  if (position >= self->items->len)
    {
      *out_start = self->items->len;
      *out_end = G_MAXUINT;
      return;
    }
  while (start > 0 && !self->starts->data[start])
    start--;
  while (end < self->items->len && !self->starts->data[end])
    end++;
  *out_start = start;
  *out_end = end;
}

static void
section_model_init (GtkSectionModelInterface *iface)
{
  iface->get_section = natter_day_list_get_section;
}

static void
natter_day_list_dispose (GObject *object)
{
  NatterDayList *self = NATTER_DAY_LIST (object);

  for (guint i = 0; i < self->items->len; i++)
    unwatch (self, g_ptr_array_index (self->items, i));
  g_ptr_array_set_size (self->items, 0);
  g_byte_array_set_size (self->starts, 0);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (natter_day_list_parent_class)->dispose (object);
}

static void
natter_day_list_finalize (GObject *object)
{
  NatterDayList *self = NATTER_DAY_LIST (object);

  g_ptr_array_unref (self->items);
  g_byte_array_unref (self->starts);

  G_OBJECT_CLASS (natter_day_list_parent_class)->finalize (object);
}

static void
natter_day_list_class_init (NatterDayListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_day_list_dispose;
  object_class->finalize = natter_day_list_finalize;
}

static void
natter_day_list_init (NatterDayList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->starts = g_byte_array_new ();
}

/**
 * natter_day_list_new:
 * @messages: objects with a boolean property `starts-day`, as #NatterTimeline has them
 *
 * Returns: (transfer full): the same objects, a section a day
 */
NatterDayList *
natter_day_list_new (GListModel *messages)
{
  NatterDayList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (messages), NULL);

  self = g_object_new (NATTER_TYPE_DAY_LIST, NULL);
  self->model = g_object_ref (messages);
  splice (self, 0, 0, g_list_model_get_n_items (messages));
  g_signal_connect_object (messages, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * natter_day_list_get_model:
 * @self: a list
 *
 * Returns: (transfer none): the list that it shows
 */
GListModel *
natter_day_list_get_model (NatterDayList *self)
{
  g_return_val_if_fail (NATTER_IS_DAY_LIST (self), NULL);

  return self->model;
}
