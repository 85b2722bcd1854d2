/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-paced-list"

#include "config.h"

#include "natter-paced-list.h"

/**
 * NatterPacedList:
 *
 * The items of another list, let in a few at a time. A row costs a list view about a millisecond, and a page of
 * history has fifty: at once that is a frame that comes late. So what is added at either end is let in by steps, one a
 * frame; what changes in the middle, and what goes, is passed on at once. It starts with the last items and grows
 * upwards, as a conversation is read from its end.
 *
 * Properties: pending (whether something is still to be let in; then natter_paced_list_advance() wants to be called).
 */
struct _NatterPacedList
{
  GObject     parent_instance;

  GListModel *model;
  guint       n_model; /* how long the model is, as far as we were told */
  guint       start;   /* what is let in is [start, end) of the model */
  guint       end;
  guint       was_pending : 1;
};

enum
{
  PROP_0,
  PROP_PENDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
natter_paced_list_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (NATTER_PACED_LIST (list)->model);
}

static guint
natter_paced_list_get_n_items (GListModel *list)
{
  NatterPacedList *self = NATTER_PACED_LIST (list);

  return self->end - self->start;
}

static gpointer
natter_paced_list_get_item (GListModel *list,
                            guint       position)
{
  NatterPacedList *self = NATTER_PACED_LIST (list);

  if (position >= self->end - self->start)
    return NULL;
  return g_list_model_get_item (self->model, self->start + position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = natter_paced_list_get_item_type;
  iface->get_n_items = natter_paced_list_get_n_items;
  iface->get_item = natter_paced_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterPacedList, natter_paced_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
update_pending (NatterPacedList *self)
{
  gboolean pending = natter_paced_list_get_pending (self);

  if (self->was_pending == pending)
    return;
  self->was_pending = pending;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

static void
start_at_end (NatterPacedList *self)
{
  self->end = self->n_model;
  self->start = self->end - MIN (self->end, NATTER_PACED_LIST_FIRST);
}

static void
on_items_changed (NatterPacedList *self,
                  guint            position,
                  guint            removed,
                  guint            added)
{
  guint n_before = self->end - self->start;
  guint gone_start = MAX (position, self->start);
  guint gone_end = MIN (position + removed, self->end);
  guint gone = gone_end > gone_start ? gone_end - gone_start : 0;
  gboolean at_start = position <= self->start;
  gboolean at_end = position + removed >= self->end;

  self->n_model += added - removed;
  if (n_before == gone)
    {
      /* Nothing that was shown is left. */
      start_at_end (self);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->end - self->start);
    }
  else if (at_start)
    {
      /* What is added above waits, what is shown moves down. */
      self->start = position + added + (position + removed > self->start ? 0 : self->start - position - removed);
      self->end = self->start + n_before - gone;
      if (gone > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), 0, gone, 0);
    }
  else if (at_end)
    {
      /* What is added below waits, but for one step of it: a single message must not be a frame late. */
      guint let_in = self->end <= position + removed && position <= self->end
                       ? MIN (added, NATTER_PACED_LIST_STEP) : 0;

      self->end = MIN (position, self->end) + let_in;
      if (gone > 0 || let_in > 0)
        g_list_model_items_changed (G_LIST_MODEL (self), self->end - let_in - self->start, gone, let_in);
    }
  else
    {
      self->end += added - removed;
      g_list_model_items_changed (G_LIST_MODEL (self), position - self->start, removed, added);
    }
  update_pending (self);
}

static void
natter_paced_list_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PENDING:
      g_value_set_boolean (value, natter_paced_list_get_pending (NATTER_PACED_LIST (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_paced_list_dispose (GObject *object)
{
  NatterPacedList *self = NATTER_PACED_LIST (object);

  self->start = self->end = 0;
  g_clear_object (&self->model);

  G_OBJECT_CLASS (natter_paced_list_parent_class)->dispose (object);
}

static void
natter_paced_list_class_init (NatterPacedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = natter_paced_list_get_property;
  object_class->dispose = natter_paced_list_dispose;

  properties[PROP_PENDING] =
    g_param_spec_boolean ("pending", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_paced_list_init (NatterPacedList *self)
{
}

/**
 * natter_paced_list_new:
 * @model: a list
 *
 * Returns: (transfer full): the last items of @model, and the others as natter_paced_list_advance() is called
 */
NatterPacedList *
natter_paced_list_new (GListModel *model)
{
  NatterPacedList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (NATTER_TYPE_PACED_LIST, NULL);
  self->model = g_object_ref (model);
  self->n_model = g_list_model_get_n_items (model);
  start_at_end (self);
  self->was_pending = natter_paced_list_get_pending (self);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * natter_paced_list_get_pending:
 * @self: a list
 *
 * Returns: whether the model has items that are not let in yet
 */
gboolean
natter_paced_list_get_pending (NatterPacedList *self)
{
  g_return_val_if_fail (NATTER_IS_PACED_LIST (self), FALSE);

  return self->start > 0 || self->end < self->n_model;
}

/**
 * natter_paced_list_advance:
 * @self: a list
 *
 * Lets in the next step: first below, where new messages come, then above. Call it once a frame while there is
 * something pending.
 */
void
natter_paced_list_advance (NatterPacedList *self)
{
  guint below;
  guint above;

  g_return_if_fail (NATTER_IS_PACED_LIST (self));

  below = MIN (self->n_model - self->end, NATTER_PACED_LIST_STEP);
  above = MIN (self->start, NATTER_PACED_LIST_STEP - below);
  if (below > 0)
    {
      self->end += below;
      g_list_model_items_changed (G_LIST_MODEL (self), self->end - below - self->start, 0, below);
    }
  if (above > 0)
    {
      self->start -= above;
      g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, above);
    }
  update_pending (self);
}
