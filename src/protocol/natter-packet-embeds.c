/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-packet"

#include "natter-packet-private.h"

#include <string.h>

/* Embeds of a message. Nothing in them was checked strictly by anybody: numbers may be texts, truth values words. */

#define MAX_PIXELS 100000

static void
field_free (NatterEmbedField *field)
{
  g_free (field->name);
  g_free (field->value);
  g_free (field);
}

static void
option_free (NatterPollOption *option)
{
  g_free (option->id);
  g_free (option->text);
  g_free (option->emoji);
  g_free (option);
}

/**
 * natter_embed_data_free:
 * @embed: (transfer full): a card
 */
void
natter_embed_data_free (NatterEmbedData *embed)
{
  g_free (embed->type);
  g_free (embed->title);
  g_free (embed->description);
  g_free (embed->url);
  g_free (embed->author_name);
  g_free (embed->author_url);
  g_free (embed->author_icon);
  g_free (embed->footer_text);
  g_free (embed->footer_icon);
  g_free (embed->image_url);
  g_free (embed->thumbnail_url);
  g_free (embed->video_url);
  g_free (embed->provider);
  g_clear_pointer (&embed->fields, g_ptr_array_unref);
  g_free (embed->poll_question);
  g_clear_pointer (&embed->poll_options, g_ptr_array_unref);
  g_free (embed);
}

static gpointer
copy_field (gconstpointer source,
            gpointer      unused)
{
  const NatterEmbedField *field = source;
  NatterEmbedField *copy = g_new0 (NatterEmbedField, 1);

  copy->name = g_strdup (field->name);
  copy->value = g_strdup (field->value);
  copy->is_inline = field->is_inline;
  return copy;
}

static gpointer
copy_option (gconstpointer source,
             gpointer      unused)
{
  const NatterPollOption *option = source;
  NatterPollOption *copy = g_new0 (NatterPollOption, 1);

  copy->id = g_strdup (option->id);
  copy->text = g_strdup (option->text);
  copy->emoji = g_strdup (option->emoji);
  return copy;
}

static GPtrArray *
copy_array (GPtrArray      *array,
            GCopyFunc       copy,
            GDestroyNotify  free_item)
{
  GPtrArray *copies;

  if (array == NULL)
    return NULL;
  copies = g_ptr_array_copy (array, copy, NULL);
  g_ptr_array_set_free_func (copies, free_item);
  return copies;
}

/**
 * natter_embed_data_copy:
 * @embed: a card of a packet
 *
 * Returns: (transfer full): a card that outlives the packet, to be freed with natter_embed_data_free()
 */
NatterEmbedData *
natter_embed_data_copy (const NatterEmbedData *embed)
{
  NatterEmbedData *copy = g_memdup2 (embed, sizeof *embed);

  copy->type = g_strdup (embed->type);
  copy->title = g_strdup (embed->title);
  copy->description = g_strdup (embed->description);
  copy->url = g_strdup (embed->url);
  copy->author_name = g_strdup (embed->author_name);
  copy->author_url = g_strdup (embed->author_url);
  copy->author_icon = g_strdup (embed->author_icon);
  copy->footer_text = g_strdup (embed->footer_text);
  copy->footer_icon = g_strdup (embed->footer_icon);
  copy->image_url = g_strdup (embed->image_url);
  copy->thumbnail_url = g_strdup (embed->thumbnail_url);
  copy->video_url = g_strdup (embed->video_url);
  copy->provider = g_strdup (embed->provider);
  copy->fields = copy_array (embed->fields, copy_field, (GDestroyNotify) field_free);
  copy->poll_question = g_strdup (embed->poll_question);
  copy->poll_options = copy_array (embed->poll_options, copy_option, (GDestroyNotify) option_free);
  return copy;
}

/* A number, its text, or "#rrggbb" on newer servers. */
static int
parse_color (JsonObject *object)
{
  const char *text = natter_json_id (object, "color");
  guint64 number;
  gint64 color;

  if (text != NULL && text[0] == '#')
    {
      if (strlen (text) != 7 || !g_ascii_string_to_unsigned (text + 1, 16, 0, 0xffffff, &number, NULL))
        return -1;
      return (int) number;
    }

  color = natter_json_lax_int (object, "color", -1, 0x1000000, -1);
  return color <= 0xffffff ? (int) color : -1;
}

static gint64
parse_time (JsonObject *object,
            const char *name)
{
  const char *text = natter_json_id (object, name);
  g_autoptr(GTimeZone) utc = NULL;
  g_autoptr(GDateTime) time = NULL;

  if (text == NULL)
    return natter_json_time (object, name);

  utc = g_time_zone_new_utc ();
  time = g_date_time_new_from_iso8601 (text, utc);
  return time != NULL ? MAX (0, g_date_time_to_unix_usec (time)) : 0;
}

static void
parse_image (JsonObject  *embed,
             const char  *name,
             char       **url,
             int         *width,
             int         *height)
{
  JsonObject *image = natter_json_object (embed, name);

  if (image == NULL)
    {
      *url = natter_json_dup_id (embed, name);
      return;
    }

  *url = natter_json_dup_id (image, "url");
  *width = (int) natter_json_lax_int (image, "width", 0, MAX_PIXELS, 0);
  *height = (int) natter_json_lax_int (image, "height", 0, MAX_PIXELS, 0);
}

static char *
dup_text (JsonObject *object,
          const char *name)
{
  char *text = natter_json_dup_lax_id (object, name);

  return text != NULL ? text : g_strdup ("");
}

static gpointer
parse_field (JsonObject *object)
{
  NatterEmbedField *field;

  if (!natter_json_has (object, "name") && !natter_json_has (object, "value"))
    return NULL;

  field = g_new0 (NatterEmbedField, 1);
  field->name = dup_text (object, "name");
  field->value = dup_text (object, "value");
  field->is_inline = natter_json_lax_bool (object, "inline", FALSE);
  return field;
}

static NatterPollOption *
parse_option (JsonNode *node,
              guint     position)
{
  JsonObject *object = natter_json_node_object (node);
  const char *text = natter_json_node_string (node);
  NatterPollOption *option;

  if (object == NULL && text == NULL)
    return NULL;

  option = g_new0 (NatterPollOption, 1);
  option->id = object != NULL ? natter_json_dup_lax_id (object, "id") : NULL;
  if (option->id == NULL)
    option->id = g_strdup_printf ("%u", position);
  option->text = object != NULL ? dup_text (object, "text") : g_strdup (text);
  option->emoji = object != NULL ? natter_json_dup_id (object, "emoji") : NULL;
  return option;
}

/* Of NatterPollOption; @array may be NULL. */
GPtrArray *
_natter_poll_options_read (JsonArray *array)
{
  GPtrArray *options = g_ptr_array_new_with_free_func ((GDestroyNotify) option_free);
  guint length = array != NULL ? MIN (json_array_get_length (array), NATTER_PACKET_MAX_POLL_OPTIONS) : 0;

  for (guint i = 0; i < length; i++)
    {
      NatterPollOption *option = parse_option (json_array_get_element (array, i), i);

      if (option != NULL)
        g_ptr_array_add (options, option);
    }

  return options;
}

static void
parse_poll (NatterEmbedData *embed,
            JsonObject      *poll)
{
  embed->poll_options = _natter_poll_options_read (poll != NULL ? natter_json_array (poll, "options") : NULL);
  if (poll == NULL)
    return;

  embed->poll_question = natter_json_dup_id (poll, "question");
  embed->poll_multiple = natter_json_lax_bool (poll, "allow_multiselect", FALSE);
  embed->poll_expires = parse_time (poll, "expires_at");
}

NatterEmbedData *
_natter_embed_data_read (JsonObject *object)
{
  NatterEmbedData *embed = g_new0 (NatterEmbedData, 1);
  JsonObject *author = natter_json_object (object, "author");
  JsonObject *footer = natter_json_object (object, "footer");
  JsonObject *provider = natter_json_object (object, "provider");
  int ignored;

  embed->type = natter_json_dup_id (object, "type");
  if (embed->type == NULL)
    embed->type = g_strdup ("rich");
  embed->title = natter_json_dup_id (object, "title");
  embed->description = natter_json_dup_id (object, "description");
  embed->url = natter_json_dup_id (object, "url");
  embed->color = parse_color (object);
  embed->time = parse_time (object, "timestamp");
  embed->generated = natter_json_bool (object, "generated", FALSE);
  embed->author_name = author != NULL ? natter_json_dup_id (author, "name") : natter_json_dup_id (object, "author");
  embed->author_url = author != NULL ? natter_json_dup_id (author, "url") : NULL;
  embed->author_icon = author != NULL ? natter_json_dup_id (author, "icon_url") : NULL;
  embed->footer_text = footer != NULL ? natter_json_dup_id (footer, "text") : natter_json_dup_id (object, "footer");
  embed->footer_icon = footer != NULL ? natter_json_dup_id (footer, "icon_url") : NULL;
  embed->provider = provider != NULL ? natter_json_dup_id (provider, "name") : natter_json_dup_id (object, "site_name");
  parse_image (object, "image", &embed->image_url, &embed->image_width, &embed->image_height);
  parse_image (object, "thumbnail", &embed->thumbnail_url, &embed->thumbnail_width, &embed->thumbnail_height);
  parse_image (object, "video", &embed->video_url, &ignored, &ignored);
  embed->fields = natter_json_list (natter_json_array (object, "fields"), NATTER_PACKET_MAX_EMBED_FIELDS,
                                    parse_field, (GDestroyNotify) field_free);
  if (g_str_equal (embed->type, "poll"))
    parse_poll (embed, natter_json_object (object, "poll"));

  return embed;
}
