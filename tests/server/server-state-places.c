/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-state"

#include "server-state.h"

TsPlace *
ts_place_new (void)
{
  TsPlace *place = g_new0 (TsPlace, 1);

  place->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) ts_message_free);
  place->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return place;
}

void
ts_place_free (TsPlace *place)
{
  g_hash_table_unref (place->by_id);
  g_ptr_array_unref (place->messages);
  g_free (place);
}

/* The messages of a channel of that name, also of one that doesn't exist (any more) */
TsPlace *
ts_channel_place (TsState    *self,
                  const char *channel)
{
  TsPlace *place = g_hash_table_lookup (self->places, channel);

  if (place == NULL)
    {
      place = ts_place_new ();
      g_hash_table_insert (self->places, g_strdup (channel), place);
    }

  return place;
}

/* (transfer full) @message */
void
ts_place_add (TsPlace   *place,
              TsMessage *message)
{
  g_ptr_array_add (place->messages, message);
  g_hash_table_insert (place->by_id, message->id, message);
}

void
ts_place_remove (TsPlace   *place,
                 TsMessage *message)
{
  guint position;

  g_hash_table_remove (place->by_id, message->id);
  if (g_ptr_array_find (place->messages, message, &position))
    g_ptr_array_remove_index (place->messages, position);
}

TsMessage *
ts_place_find (TsPlace    *place,
               const char *id)
{
  return id != NULL ? g_hash_table_lookup (place->by_id, id) : NULL;
}

/* Counted from the oldest; -1 when it isn't there */
int
ts_place_position (TsPlace    *place,
                   const char *id)
{
  TsMessage *message = ts_place_find (place, id);

  for (guint i = place->messages->len; message != NULL && i > 0; i--)
    {
      if (g_ptr_array_index (place->messages, i - 1) == message)
        return i - 1;
    }

  return -1;
}

TsMessage *
ts_place_last (TsPlace *place)
{
  guint n = place->messages->len;

  return n > 0 ? g_ptr_array_index (place->messages, n - 1) : NULL;
}
