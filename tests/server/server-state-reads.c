/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-server-state"

#include "server-state.h"

/* @key: a channel's name, or "thread/ID" */
const char *
ts_read_mark (TsState    *self,
              const char *user,
              const char *key)
{
  GHashTable *marks = g_hash_table_lookup (self->reads, user);

  return marks != NULL ? g_hash_table_lookup (marks, key) : NULL;
}

void
ts_set_read_mark (TsState    *self,
                  const char *user,
                  const char *key,
                  const char *message_id)
{
  GHashTable *marks = g_hash_table_lookup (self->reads, user);

  if (marks == NULL)
    {
      marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (self->reads, g_strdup (user), marks);
    }

  g_hash_table_insert (marks, g_strdup (key), g_strdup (message_id));
}
