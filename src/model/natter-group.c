/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-group.h"

struct _NatterGroup
{
  GObject  parent_instance;

  char    *id;
  char    *title;
  guint    color;
  guint    mentions;
  guint    collapsed : 1;
  guint    unread : 1;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_TITLE,
  PROP_COLOR,
  PROP_COLLAPSED,
  PROP_UNREAD,
  PROP_MENTIONS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterGroup, natter_group, G_TYPE_OBJECT)

static void
notify (NatterGroup *self,
        guint        prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
natter_group_finalize (GObject *object)
{
  NatterGroup *self = NATTER_GROUP (object);

  g_free (self->id);
  g_free (self->title);
  G_OBJECT_CLASS (natter_group_parent_class)->finalize (object);
}

static void
natter_group_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  NatterGroup *self = NATTER_GROUP (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_COLOR:
      g_value_set_uint (value, self->color);
      break;
    case PROP_COLLAPSED:
      g_value_set_boolean (value, self->collapsed);
      break;
    case PROP_UNREAD:
      g_value_set_boolean (value, self->unread);
      break;
    case PROP_MENTIONS:
      g_value_set_uint (value, self->mentions);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_group_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  NatterGroup *self = NATTER_GROUP (object);

  switch (prop_id)
    {
    case PROP_ID:
      self->id = g_value_dup_string (value);
      break;
    case PROP_TITLE:
      natter_group_set_title (self, g_value_get_string (value));
      break;
    case PROP_COLOR:
      natter_group_set_color (self, g_value_get_uint (value));
      break;
    case PROP_COLLAPSED:
      natter_group_set_collapsed (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_group_class_init (NatterGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = natter_group_finalize;
  object_class->get_property = natter_group_get_property;
  object_class->set_property = natter_group_set_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, construct);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, notified | G_PARAM_WRITABLE);
  properties[PROP_COLOR] =
    g_param_spec_uint ("color", NULL, NULL, 0, NATTER_GROUP_COLORS, 0, notified | G_PARAM_WRITABLE);
  properties[PROP_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE, notified | G_PARAM_WRITABLE);
  properties[PROP_UNREAD] = g_param_spec_boolean ("unread", NULL, NULL, FALSE, notified);
  properties[PROP_MENTIONS] = g_param_spec_uint ("mentions", NULL, NULL, 0, G_MAXUINT, 0, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_group_init (NatterGroup *self)
{
}

/**
 * natter_group_new:
 * @id: under which it is kept
 * @title: what it is called
 *
 * Returns: (transfer full): a group, unfolded
 */
NatterGroup *
natter_group_new (const char *id,
                  const char *title)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_object_new (NATTER_TYPE_GROUP, "id", id, "title", title, NULL);
}

/**
 * natter_group_get_id:
 * @self: a group
 *
 * Returns: (transfer none): under which it is kept
 */
const char *
natter_group_get_id (NatterGroup *self)
{
  g_return_val_if_fail (NATTER_IS_GROUP (self), NULL);

  return self->id;
}

/**
 * natter_group_get_title:
 * @self: a group
 *
 * Returns: (transfer none): what it is called
 */
const char *
natter_group_get_title (NatterGroup *self)
{
  g_return_val_if_fail (NATTER_IS_GROUP (self), NULL);

  return self->title;
}

/**
 * natter_group_set_title:
 * @self: a group
 * @title: what it is called
 */
void
natter_group_set_title (NatterGroup *self,
                        const char  *title)
{
  g_return_if_fail (NATTER_IS_GROUP (self));

  if (g_set_str (&self->title, title))
    notify (self, PROP_TITLE);
}

/**
 * natter_group_get_color:
 * @self: a group
 *
 * Returns: number of its color, 0 for none
 */
guint
natter_group_get_color (NatterGroup *self)
{
  g_return_val_if_fail (NATTER_IS_GROUP (self), 0);

  return self->color;
}

/**
 * natter_group_set_color:
 * @self: a group
 * @color: number of a color, 0 for none; one that there is not is none
 */
void
natter_group_set_color (NatterGroup *self,
                        guint        color)
{
  g_return_if_fail (NATTER_IS_GROUP (self));

  if (color > NATTER_GROUP_COLORS)
    color = 0;
  if (self->color == color)
    return;
  self->color = color;
  notify (self, PROP_COLOR);
}

/**
 * natter_group_get_collapsed:
 * @self: a group
 *
 * Returns: whether what is in it is out of sight
 */
gboolean
natter_group_get_collapsed (NatterGroup *self)
{
  g_return_val_if_fail (NATTER_IS_GROUP (self), FALSE);

  return self->collapsed;
}

/**
 * natter_group_set_collapsed:
 * @self: a group
 * @collapsed: whether what is in it is out of sight
 */
void
natter_group_set_collapsed (NatterGroup *self,
                            gboolean     collapsed)
{
  g_return_if_fail (NATTER_IS_GROUP (self));

  if (self->collapsed == !!collapsed)
    return;
  self->collapsed = !!collapsed;
  notify (self, PROP_COLLAPSED);
}

/**
 * natter_group_get_unread:
 * @self: a group
 *
 * Returns: whether anything in it is unread
 */
gboolean
natter_group_get_unread (NatterGroup *self)
{
  g_return_val_if_fail (NATTER_IS_GROUP (self), FALSE);

  return self->unread;
}

/**
 * natter_group_get_mentions:
 * @self: a group
 *
 * Returns: how many unread messages in it are for oneself
 */
guint
natter_group_get_mentions (NatterGroup *self)
{
  g_return_val_if_fail (NATTER_IS_GROUP (self), 0);

  return self->mentions;
}

/**
 * natter_group_set_counts:
 * @self: a group
 * @unread: whether anything in it is unread
 * @mentions: how many unread messages in it are for oneself
 */
void
natter_group_set_counts (NatterGroup *self,
                         gboolean     unread,
                         guint        mentions)
{
  g_return_if_fail (NATTER_IS_GROUP (self));

  if (self->unread != !!unread)
    {
      self->unread = !!unread;
      notify (self, PROP_UNREAD);
    }
  if (self->mentions != mentions)
    {
      self->mentions = mentions;
      notify (self, PROP_MENTIONS);
    }
}
