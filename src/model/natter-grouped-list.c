/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-grouped-list.h"

struct _NatterGroupedList
{
  GObject     parent_instance;

  GListModel *source;
  GPtrArray  *watched; /* what is in the source, in order */
  GPtrArray  *groups;  /* those that are in sight */
  GPtrArray  *items;
};

static GType
natter_grouped_list_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
natter_grouped_list_get_n_items (GListModel *model)
{
  return NATTER_GROUPED_LIST (model)->items->len;
}

static gpointer
natter_grouped_list_get_item (GListModel *model,
                              guint       position)
{
  NatterGroupedList *self = NATTER_GROUPED_LIST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = natter_grouped_list_get_item_type;
  interface->get_n_items = natter_grouped_list_get_n_items;
  interface->get_item = natter_grouped_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterGroupedList, natter_grouped_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void refresh (NatterGroupedList *self);

static void
watch_group (NatterGroupedList *self,
             NatterGroup       *group)
{
  if (g_ptr_array_find (self->groups, group, NULL))
    return;
  g_ptr_array_add (self->groups, g_object_ref (group));
  g_signal_connect_object (group, "notify::collapsed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

static void
unwatch_all (NatterGroupedList *self,
             GPtrArray         *objects)
{
  for (guint i = 0; i < objects->len; i++)
    g_signal_handlers_disconnect_by_func (objects->pdata[i], refresh, self);
}

static GPtrArray *
make_items (NatterGroupedList *self)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  NatterGroup *last = NULL;

  for (guint i = 0; i < self->watched->len; i++)
    {
      g_autoptr(NatterGroup) group = NULL;

      g_object_get (self->watched->pdata[i], "group", &group, NULL);
      if (group != NULL)
        watch_group (self, group);
      if (group != NULL && group != last)
        g_ptr_array_add (items, g_object_ref (group));
      if (group == NULL || !natter_group_get_collapsed (group))
        g_ptr_array_add (items, g_object_ref (self->watched->pdata[i]));
      last = group;
    }
  return g_steal_pointer (&items);
}

/* The list is short; one change from where the old and the new one begin to differ to where they are alike again. */
static void
refresh (NatterGroupedList *self)
{
  g_autoptr(GPtrArray) old = self->items;
  guint n_start = 0;
  guint n_end = 0;
  guint n_least;

  unwatch_all (self, self->groups);
  g_ptr_array_set_size (self->groups, 0);
  self->items = make_items (self);
  n_least = MIN (old->len, self->items->len);
  while (n_start < n_least && old->pdata[n_start] == self->items->pdata[n_start])
    n_start++;
  while (n_end < n_least - n_start && old->pdata[old->len - 1 - n_end] == self->items->pdata[self->items->len - 1 - n_end])
    n_end++;
  if (old->len != self->items->len || n_start < n_least)
    g_list_model_items_changed (G_LIST_MODEL (self), n_start, old->len - n_start - n_end,
                                self->items->len - n_start - n_end);
}

static void
on_source_changed (NatterGroupedList *self,
                   guint              position,
                   guint              removed,
                   guint              added)
{
  for (guint i = position; i < position + removed; i++)
    g_signal_handlers_disconnect_by_func (self->watched->pdata[i], refresh, self);
  if (removed > 0)
    g_ptr_array_remove_range (self->watched, position, removed);
  for (guint i = position; i < position + added; i++)
    {
      GObject *item = g_list_model_get_item (self->source, i);

      g_signal_connect_object (item, "notify::group", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
      g_ptr_array_insert (self->watched, (int) i, item);
    }
  refresh (self);
}

static void
natter_grouped_list_dispose (GObject *object)
{
  NatterGroupedList *self = NATTER_GROUPED_LIST (object);

  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  unwatch_all (self, self->watched);
  unwatch_all (self, self->groups);
  g_ptr_array_set_size (self->watched, 0);
  g_ptr_array_set_size (self->groups, 0);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (natter_grouped_list_parent_class)->dispose (object);
}

static void
natter_grouped_list_finalize (GObject *object)
{
  NatterGroupedList *self = NATTER_GROUPED_LIST (object);

  g_ptr_array_unref (self->watched);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (natter_grouped_list_parent_class)->finalize (object);
}

static void
natter_grouped_list_class_init (NatterGroupedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = natter_grouped_list_dispose;
  object_class->finalize = natter_grouped_list_finalize;
}

static void
natter_grouped_list_init (NatterGroupedList *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->groups = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * natter_grouped_list_new:
 * @source: a list of objects with a property "group"
 *
 * Returns: (transfer full): the same with its groups
 */
NatterGroupedList *
natter_grouped_list_new (GListModel *source)
{
  NatterGroupedList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (source), NULL);

  self = g_object_new (NATTER_TYPE_GROUPED_LIST, NULL);
  self->source = g_object_ref (source);
  g_signal_connect_object (source, "items-changed", G_CALLBACK (on_source_changed), self, G_CONNECT_SWAPPED);
  on_source_changed (self, 0, 0, g_list_model_get_n_items (source));
  return self;
}
