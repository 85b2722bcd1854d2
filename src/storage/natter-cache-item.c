/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-cache"

#include <string.h>

#include "natter-cache-private.h"

/* How much of a message is found by its words, in bytes. */
#define MAX_WORDS (64 * 1024)

static void
add_words (GString    *words,
           const char *text)
{
  if (text == NULL || *text == '\0' || words->len + strlen (text) > MAX_WORDS)
    return;
  if (words->len > 0)
    g_string_append_c (words, '\n');
  g_string_append (words, text);
}

static void
add_embed (GString               *words,
           const NatterEmbedData *embed)
{
  add_words (words, embed->title);
  add_words (words, embed->description);
  add_words (words, embed->author_name);
  add_words (words, embed->poll_question);
  for (guint i = 0; embed->fields != NULL && i < embed->fields->len; i++)
    {
      const NatterEmbedField *field = embed->fields->pdata[i];

      add_words (words, field->name);
      add_words (words, field->value);
    }
  for (guint i = 0; embed->poll_options != NULL && i < embed->poll_options->len; i++)
    add_words (words, ((NatterPollOption *) embed->poll_options->pdata[i])->text);
}

static gboolean
has_link (const char *text)
{
  for (; (text = strchr (text, ':')) != NULL; text++)
    {
      if (g_str_has_prefix (text, "://"))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_picture (const NatterAttachmentData *attachment)
{
  return attachment->mime_type != NULL && g_ascii_strncasecmp (attachment->mime_type, "image/", 6) == 0;
}

static guint
find_flags (const NatterMessageData *data)
{
  guint flags = has_link (data->content) ? NATTER_CACHE_LINK : 0;

  for (guint i = 0; i < data->attachments->len; i++)
    flags |= NATTER_CACHE_FILE | (is_picture (data->attachments->pdata[i]) ? NATTER_CACHE_IMAGE : 0);
  for (guint i = 0; i < data->embeds->len; i++)
    {
      if (((NatterEmbedData *) data->embeds->pdata[i])->image_url != NULL)
        flags |= NATTER_CACHE_IMAGE;
    }
  return flags;
}

/**
 * natter_cache_item_new:
 * @data: a message
 *
 * Returns: (transfer full): a copy of what is kept of it
 */
NatterCacheItem *
natter_cache_item_new (const NatterMessageData *data)
{
  NatterCacheItem *self = g_new0 (NatterCacheItem, 1);
  g_autoptr(GString) words = g_string_new (NULL);

  self->id = g_strdup (data->id);
  self->author = g_strdup (data->author);
  self->content = g_strdup (data->content);
  self->rest = g_strdup (data->rest);
  self->time = data->time;
  self->flags = find_flags (data);
  for (guint i = 0; i < data->attachments->len; i++)
    add_words (words, ((NatterAttachmentData *) data->attachments->pdata[i])->name);
  for (guint i = 0; i < data->embeds->len; i++)
    add_embed (words, data->embeds->pdata[i]);
  if (words->len > 0)
    self->words = g_string_free_and_steal (g_steal_pointer (&words));
  return self;
}

/**
 * natter_cache_item_new_reference:
 * @id: of a message that may be kept already
 *
 * Returns: (transfer full): an item that only says which message it is
 */
NatterCacheItem *
natter_cache_item_new_reference (const char *id)
{
  NatterCacheItem *self = g_new0 (NatterCacheItem, 1);

  self->id = g_strdup (id);
  return self;
}

void
natter_cache_item_free (NatterCacheItem *self)
{
  g_free (self->id);
  g_free (self->author);
  g_free (self->content);
  g_free (self->words);
  g_free (self->rest);
  g_free (self);
}
