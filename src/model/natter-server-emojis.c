/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-candidate.h"
#include "natter-server-private.h"
#include "natter-short-code.h"

#include <string.h>

/* The emojis that a server has of its own, by id and by name. People write `:name:`; what is sent names the server and the
 * id, which both kinds of servers understand. */

#define USED "used-emojis"
#define MAX_USED 36
#define MAX_NAME 64

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_ascii_strcasecmp (natter_candidate_get_label (*(NatterCandidate **) a),
                             natter_candidate_get_label (*(NatterCandidate **) b));
}

/* Others can't be written, and no id that is not of the same letters either. */
static gboolean
is_name (const char *name)
{
  gsize length = strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_");

  return length > 0 && length <= MAX_NAME && name[length] == '\0';
}

static NatterCandidate *
make_candidate (NatterServer          *self,
                const NatterEmojiData *emoji)
{
  g_autofree char *escaped = g_uri_escape_string (emoji->id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/emojis/", escaped, NULL);
  g_autofree char *picture = natter_address_resolve_http (self->address, path);

  return natter_candidate_new_emoji (emoji->name, picture);
}

static void
set_list (NatterServer *self,
          GPtrArray    *emojis)
{
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < emojis->len; i++)
    {
      const NatterEmojiData *emoji = emojis->pdata[i];

      if (emoji->id != NULL && emoji->name != NULL && is_name (emoji->id) && is_name (emoji->name))
        g_ptr_array_add (candidates, make_candidate (self, emoji));
    }
  g_ptr_array_sort (candidates, compare_names);
  g_list_store_splice (self->emojis, 0, g_list_model_get_n_items (G_LIST_MODEL (self->emojis)), candidates->pdata,
                       candidates->len);
}

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
  set_list (self, emojis);
}

/**
 * natter_server_get_emojis:
 * @self: a server
 *
 * Returns: (transfer none): #NatterCandidate: the emojis that it has of its own, by name
 */
GListModel *
natter_server_get_emojis (NatterServer *self)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  return G_LIST_MODEL (self->emojis);
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

static char *
write_emoji (const char *name,
             gpointer    data)
{
  NatterServer *self = data;
  const char *id = natter_server_lookup_emoji_id (self, name);

  return id != NULL && is_name (id) ? g_strdup_printf ("originChats:<emoji>//%s/%s", natter_address_get_site (self->address), id) : NULL;
}

static char *
read_emoji (const char *target,
            gpointer    data)
{
  NatterServer *self = data;
  const char *slash = strrchr (target, '/');
  g_autofree char *site = slash != NULL ? g_strndup (target, (gsize) (slash - target)) : NULL;
  const char *name = NULL;

  if (site != NULL && g_ascii_strcasecmp (site, natter_address_get_site (self->address)) == 0)
    name = natter_server_lookup_emoji_name (self, slash + 1);
  return name != NULL ? g_strdup_printf (":%s:", name) : NULL;
}

static NatterDialect
get_dialect (NatterServer *self)
{
  return self->handshake != NULL && natter_handshake_is_new_generation (self->handshake) ? NATTER_DIALECT_NEW
                                                                                        : NATTER_DIALECT_OLD;
}

/**
 * natter_server_write_emojis:
 * @self: a server
 * @text: what a person wrote
 *
 * Returns: (transfer full): what is sent: with the server's own emojis in the place of their names
 */
char *
natter_server_write_emojis (NatterServer *self,
                            const char   *text)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (self->emoji_ids == NULL || strchr (text, ':') == NULL)
    return g_strdup (text);
  return natter_short_code_write (text, get_dialect (self), write_emoji, self);
}

/**
 * natter_server_read_emojis:
 * @self: a server
 * @text: the source of a message
 *
 * Returns: (transfer full): what a person could have written, to be changed by that person
 */
char *
natter_server_read_emojis (NatterServer *self,
                           const char   *text)
{
  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return natter_short_code_read (text, get_dialect (self), read_emoji, self);
}

/**
 * natter_server_dup_reaction:
 * @self: a server
 * @text: a character, or the `:name:` of one of the server's own emojis
 *
 * Returns: (transfer full): the emoji as a reaction with it travels
 */
char *
natter_server_dup_reaction (NatterServer *self,
                            const char   *text)
{
  g_autofree char *name = NULL;
  const char *id = NULL;
  gsize length;

  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  if (length > 2 && text[0] == ':' && text[length - 1] == ':')
    {
      name = g_strndup (text + 1, length - 2);
      id = natter_server_lookup_emoji_id (self, name);
    }
  return id != NULL ? g_strdup_printf ("originChats://%s/emojis/%s", natter_address_get_site (self->address), id)
                    : g_strdup (text);
}

/**
 * natter_server_dup_used_emojis:
 * @self: a server
 *
 * Returns: (transfer full) (array zero-terminated=1): characters and names of emojis that were used there, the last one
 *   first
 */
char **
natter_server_dup_used_emojis (NatterServer *self)
{
  const char *used;

  g_return_val_if_fail (NATTER_IS_SERVER (self), NULL);

  used = natter_server_get_setting (self, "", USED);
  return g_strsplit (used != NULL ? used : "", " ", MAX_USED);
}

/**
 * natter_server_use_emoji:
 * @self: a server
 * @text: a character, or the `:name:` of one of the server's own emojis
 *
 * Remembers that it was used, also after a restart.
 */
void
natter_server_use_emoji (NatterServer *self,
                         const char   *text)
{
  g_auto(GStrv) used = NULL;
  g_autoptr(GString) value = NULL;
  guint n_used = 1;

  g_return_if_fail (NATTER_IS_SERVER (self));
  g_return_if_fail (text != NULL && strchr (text, ' ') == NULL);

  used = natter_server_dup_used_emojis (self);
  value = g_string_new (text);
  for (gsize i = 0; used[i] != NULL && n_used < MAX_USED; i++)
    {
      if (*used[i] == '\0' || g_str_equal (used[i], text))
        continue;
      g_string_append_printf (value, " %s", used[i]);
      n_used++;
    }
  natter_server_set_setting (self, "", USED, value->str);
}
