/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-embed.h"

struct _NatterEmbed
{
  GObject          parent_instance;

  NatterEmbedData *data;
};

G_DEFINE_FINAL_TYPE (NatterEmbed, natter_embed, G_TYPE_OBJECT)

static void
natter_embed_finalize (GObject *object)
{
  g_clear_pointer (&NATTER_EMBED (object)->data, natter_embed_data_free);
  G_OBJECT_CLASS (natter_embed_parent_class)->finalize (object);
}

static void
natter_embed_class_init (NatterEmbedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = natter_embed_finalize;
}

static void
natter_embed_init (NatterEmbed *self)
{
}

/**
 * natter_embed_new:
 * @data: a card; copied
 *
 * Returns: (transfer full): the card
 */
NatterEmbed *
natter_embed_new (const NatterEmbedData *data)
{
  NatterEmbed *self;

  g_return_val_if_fail (data != NULL, NULL);

  self = g_object_new (NATTER_TYPE_EMBED, NULL);
  self->data = natter_embed_data_copy (data);
  return self;
}

static gboolean
has_same_fields (GPtrArray *a,
                 GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const NatterEmbedField *left = a->pdata[i];
      const NatterEmbedField *right = b->pdata[i];

      if (!g_str_equal (left->name, right->name) || !g_str_equal (left->value, right->value)
          || left->is_inline != right->is_inline)
        return FALSE;
    }
  return TRUE;
}

/**
 * natter_embed_is:
 * @self: a card
 * @data: a card
 *
 * Returns: whether they show the same
 */
gboolean
natter_embed_is (NatterEmbed           *self,
                 const NatterEmbedData *data)
{
  const NatterEmbedData *own;

  g_return_val_if_fail (NATTER_IS_EMBED (self), FALSE);
  g_return_val_if_fail (data != NULL, FALSE);

  own = self->data;
  return g_str_equal (own->type, data->type) && g_strcmp0 (own->title, data->title) == 0
         && g_strcmp0 (own->description, data->description) == 0 && g_strcmp0 (own->url, data->url) == 0
         && g_strcmp0 (own->author_name, data->author_name) == 0 && g_strcmp0 (own->author_url, data->author_url) == 0
         && g_strcmp0 (own->author_icon, data->author_icon) == 0 && g_strcmp0 (own->footer_text, data->footer_text) == 0
         && g_strcmp0 (own->footer_icon, data->footer_icon) == 0 && g_strcmp0 (own->image_url, data->image_url) == 0
         && g_strcmp0 (own->thumbnail_url, data->thumbnail_url) == 0
         && g_strcmp0 (own->video_url, data->video_url) == 0 && g_strcmp0 (own->provider, data->provider) == 0
         && own->color == data->color && own->time == data->time && has_same_fields (own->fields, data->fields);
}

/**
 * natter_embed_get_data:
 * @self: a card
 *
 * Returns: (transfer none): what is on it
 */
const NatterEmbedData *
natter_embed_get_data (NatterEmbed *self)
{
  g_return_val_if_fail (NATTER_IS_EMBED (self), NULL);

  return self->data;
}
