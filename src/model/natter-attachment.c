/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-attachment.h"

#define UNKNOWN_TYPE "application/octet-stream"

struct _NatterAttachment
{
  GObject  parent_instance;

  char    *id;
  char    *name;
  char    *mime_type;
  char    *wire_url;
  char    *url;
  guint64  size;
  gint64   expires;
  int      width;
  int      height;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_MIME_TYPE,
  PROP_URL,
  PROP_SIZE,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_EXPIRES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterAttachment, natter_attachment, G_TYPE_OBJECT)

static void
natter_attachment_finalize (GObject *object)
{
  NatterAttachment *self = NATTER_ATTACHMENT (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->mime_type);
  g_free (self->wire_url);
  g_free (self->url);
  G_OBJECT_CLASS (natter_attachment_parent_class)->finalize (object);
}

static void
natter_attachment_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  NatterAttachment *self = NATTER_ATTACHMENT (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_MIME_TYPE:
      g_value_set_string (value, self->mime_type);
      break;
    case PROP_URL:
      g_value_set_string (value, self->url);
      break;
    case PROP_SIZE:
      g_value_set_uint64 (value, self->size);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    case PROP_HEIGHT:
      g_value_set_int (value, self->height);
      break;
    case PROP_EXPIRES:
      g_value_set_int64 (value, self->expires);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_attachment_class_init (NatterAttachmentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags constant = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = natter_attachment_finalize;
  object_class->get_property = natter_attachment_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, constant);
  properties[PROP_MIME_TYPE] = g_param_spec_string ("mime-type", NULL, NULL, NULL, constant);
  properties[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, constant);
  properties[PROP_SIZE] = g_param_spec_uint64 ("size", NULL, NULL, 0, G_MAXUINT64, 0, constant);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, constant);
  properties[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0, constant);
  properties[PROP_EXPIRES] = g_param_spec_int64 ("expires", NULL, NULL, 0, G_MAXINT64, 0, constant);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_attachment_init (NatterAttachment *self)
{
}

/**
 * natter_attachment_new:
 * @data: what a server says of a file
 * @address: where that server is
 *
 * Returns: (transfer full): the file
 */
NatterAttachment *
natter_attachment_new (const NatterAttachmentData *data,
                       NatterAddress              *address)
{
  NatterAttachment *self;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (address != NULL, NULL);

  self = g_object_new (NATTER_TYPE_ATTACHMENT, NULL);
  self->id = g_strdup (data->id);
  self->name = g_strdup (data->name != NULL && data->name[0] != '\0' ? data->name : data->id);
  self->mime_type = data->mime_type != NULL ? g_ascii_strdown (data->mime_type, -1) : g_strdup (UNKNOWN_TYPE);
  self->wire_url = g_strdup (data->url);
  self->url = natter_address_resolve_http (address, data->url);
  self->size = data->size;
  self->width = MAX (data->width, 0);
  self->height = MAX (data->height, 0);
  self->expires = data->permanent ? 0 : MAX (data->expires, 0);
  return self;
}

/**
 * natter_attachment_is:
 * @self: a file
 * @data: what a server says of a file
 *
 * Returns: whether @data says nothing new
 */
gboolean
natter_attachment_is (NatterAttachment           *self,
                      const NatterAttachmentData *data)
{
  g_return_val_if_fail (NATTER_IS_ATTACHMENT (self), FALSE);

  return g_strcmp0 (self->id, data->id) == 0 && g_strcmp0 (self->wire_url, data->url) == 0 && self->size == data->size;
}

/**
 * natter_attachment_get_name:
 * @self: a file
 *
 * Returns: (transfer none): what to show as its name; no path
 */
const char *
natter_attachment_get_name (NatterAttachment *self)
{
  g_return_val_if_fail (NATTER_IS_ATTACHMENT (self), NULL);

  return self->name;
}

/**
 * natter_attachment_get_mime_type:
 * @self: a file
 *
 * Returns: (transfer none): what the server says that it is
 */
const char *
natter_attachment_get_mime_type (NatterAttachment *self)
{
  g_return_val_if_fail (NATTER_IS_ATTACHMENT (self), NULL);

  return self->mime_type;
}

/**
 * natter_attachment_get_url:
 * @self: a file
 *
 * Returns: (transfer none) (nullable): absolute address; it may be of another host than the server's
 */
const char *
natter_attachment_get_url (NatterAttachment *self)
{
  g_return_val_if_fail (NATTER_IS_ATTACHMENT (self), NULL);

  return self->url;
}

/**
 * natter_attachment_get_size:
 * @self: a file
 *
 * Returns: its length in bytes, 0 when not told
 */
guint64
natter_attachment_get_size (NatterAttachment *self)
{
  g_return_val_if_fail (NATTER_IS_ATTACHMENT (self), 0);

  return self->size;
}

/**
 * natter_attachment_get_width:
 * @self: a file
 *
 * Returns: width of a picture in pixels, 0 when not told
 */
int
natter_attachment_get_width (NatterAttachment *self)
{
  g_return_val_if_fail (NATTER_IS_ATTACHMENT (self), 0);

  return self->width;
}

/**
 * natter_attachment_get_height:
 * @self: a file
 *
 * Returns: height of a picture in pixels, 0 when not told
 */
int
natter_attachment_get_height (NatterAttachment *self)
{
  g_return_val_if_fail (NATTER_IS_ATTACHMENT (self), 0);

  return self->height;
}

/**
 * natter_attachment_get_expires:
 * @self: a file
 *
 * Returns: until when the server keeps it, in µs since 1970; 0 when for good or not told
 */
gint64
natter_attachment_get_expires (NatterAttachment *self)
{
  g_return_val_if_fail (NATTER_IS_ATTACHMENT (self), 0);

  return self->expires;
}

/**
 * natter_attachment_is_expired:
 * @self: a file
 * @now: in µs since 1970
 *
 * Returns: whether its time was over at @now, so that the server has probably deleted it
 */
gboolean
natter_attachment_is_expired (NatterAttachment *self,
                              gint64            now)
{
  g_return_val_if_fail (NATTER_IS_ATTACHMENT (self), FALSE);

  return self->expires != 0 && self->expires <= now;
}
