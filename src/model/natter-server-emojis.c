/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-server-private.h"

/* The emojis that a server has of its own, by id and by name. */

/* @emojis: (element-type NatterEmojiData): all that there are */
void
_natter_server_set_emojis (NatterServer *self,
                           GPtrArray    *emojis)
{
  g_clear_pointer (&self->emoji_names, g_hash_table_unref);
  g_clear_pointer (&self->emoji_ids, g_hash_table_unref);
  if (emojis == NULL)
    return;
  self->emoji_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->emoji_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < emojis->len; i++)
    {
      const NatterEmojiData *emoji = emojis->pdata[i];

      if (emoji->id == NULL || emoji->name == NULL)
        continue;
      g_hash_table_insert (self->emoji_names, g_strdup (emoji->id), g_strdup (emoji->name));
      g_hash_table_insert (self->emoji_ids, g_ascii_strdown (emoji->name, -1), g_strdup (emoji->id));
    }
}

/**
 * natter_server_lookup_emoji_name:
 * @self: a server
 * @id: of one of its emojis, with or without the ending of a file
 *
 * Returns: (transfer none) (nullable): the name of the emoji, without colons
 */
const char *
natter_server_lookup_emoji_name (NatterServer *self,
                                 const char   *id)
{
  g_autofree char *bare = NULL;

  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  if (self->emoji_names == NULL)
    return NULL;
  bare = g_strndup (id, strcspn (id, "."));
  return g_hash_table_lookup (self->emoji_names, bare);
}

/**
 * natter_server_lookup_emoji_id:
 * @self: a server
 * @name: in any case, without colons
 *
 * Returns: (transfer none) (nullable): the id of its emoji of that name
 */
const char *
natter_server_lookup_emoji_id (NatterServer *self,
                               const char   *name)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  if (self->emoji_ids == NULL)
    return NULL;
  folded = g_ascii_strdown (name, -1);
  return g_hash_table_lookup (self->emoji_ids, folded);
}
