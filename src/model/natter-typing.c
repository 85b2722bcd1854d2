/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-member.h"
#include "natter-typing.h"

#define MAX_PEOPLE 50
#define MAX_MS     30000

struct _NatterTyping
{
  GListStore *members;
  GArray     *ends; /* gint64: monotonic µs, of the member at the same position */
  guint       source;
};

/**
 * natter_typing_new:
 *
 * Returns: (transfer full): a list in which nobody is
 */
NatterTyping *
natter_typing_new (void)
{
  NatterTyping *self = g_new0 (NatterTyping, 1);

  self->members = g_list_store_new (NATTER_TYPE_MEMBER);
  self->ends = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

/**
 * natter_typing_free:
 * @self: (transfer full): a list
 */
void
natter_typing_free (NatterTyping *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_array_unref (self->ends);
  g_object_unref (self->members);
  g_free (self);
}

/**
 * natter_typing_get_model:
 * @self: a list
 *
 * Returns: (transfer none): a list of #NatterMember
 */
GListModel *
natter_typing_get_model (NatterTyping *self)
{
  return G_LIST_MODEL (self->members);
}

static void schedule (NatterTyping *self);

static gboolean
on_time (gpointer data)
{
  NatterTyping *self = data;
  gint64 now = g_get_monotonic_time ();

  self->source = 0;
  for (guint i = self->ends->len; i > 0; i--)
    if (g_array_index (self->ends, gint64, i - 1) <= now)
      {
        g_array_remove_index (self->ends, i - 1);
        g_list_store_remove (self->members, i - 1);
      }
  schedule (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (NatterTyping *self)
{
  gint64 next = G_MAXINT64;

  g_clear_handle_id (&self->source, g_source_remove);
  for (guint i = 0; i < self->ends->len; i++)
    next = MIN (next, g_array_index (self->ends, gint64, i));
  if (next < G_MAXINT64)
    self->source = g_timeout_add (MAX (next - g_get_monotonic_time (), 0) / 1000 + 1, on_time, self);
}

/**
 * natter_typing_start:
 * @self: a list
 * @member: who types
 * @duration_ms: for how long, unless the person goes on; 0: no more
 */
void
natter_typing_start (NatterTyping *self,
                     NatterMember *member,
                     guint         duration_ms)
{
  gint64 end = g_get_monotonic_time () + MIN (duration_ms, MAX_MS) * G_TIME_SPAN_MILLISECOND;
  guint position;

  if (duration_ms == 0)
    {
      natter_typing_stop (self, member);
      return;
    }
  if (g_list_store_find (self->members, member, &position))
    {
      g_array_index (self->ends, gint64, position) = end;
    }
  else if (self->ends->len < MAX_PEOPLE)
    {
      g_array_append_val (self->ends, end);
      g_list_store_append (self->members, member);
    }
  schedule (self);
}

/**
 * natter_typing_stop:
 * @self: a list
 * @member: who types no more
 */
void
natter_typing_stop (NatterTyping *self,
                    NatterMember *member)
{
  guint position;

  if (!g_list_store_find (self->members, member, &position))
    return;
  g_array_remove_index (self->ends, position);
  g_list_store_remove (self->members, position);
  schedule (self);
}

/**
 * natter_typing_clear:
 * @self: a list
 */
void
natter_typing_clear (NatterTyping *self)
{
  if (self->ends->len == 0)
    return;
  g_array_set_size (self->ends, 0);
  g_list_store_remove_all (self->members);
  schedule (self);
}
