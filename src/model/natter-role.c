/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-role.h"

struct _NatterRole
{
  GObject    parent_instance;

  char      *name;
  char      *id;
  char      *description;
  char      *category;
  char     **permissions;
  char     **mention_roles; /* NULL: everybody may mention it */
  int        color;
  int        position;
  guint      hoisted : 1;
  guint      self_assignable : 1;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_ID,
  PROP_COLOR,
  PROP_POSITION,
  PROP_HOISTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterRole, natter_role, G_TYPE_OBJECT)

static void
natter_role_finalize (GObject *object)
{
  NatterRole *self = NATTER_ROLE (object);

  g_free (self->name);
  g_free (self->id);
  g_free (self->description);
  g_free (self->category);
  g_strfreev (self->permissions);
  g_strfreev (self->mention_roles);
  G_OBJECT_CLASS (natter_role_parent_class)->finalize (object);
}

static void
natter_role_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  NatterRole *self = NATTER_ROLE (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_COLOR:
      g_value_set_int (value, self->color);
      break;
    case PROP_POSITION:
      g_value_set_int (value, self->position);
      break;
    case PROP_HOISTED:
      g_value_set_boolean (value, self->hoisted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_role_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  NatterRole *self = NATTER_ROLE (object);

  switch (prop_id)
    {
    case PROP_NAME:
      self->name = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_role_class_init (NatterRoleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = natter_role_finalize;
  object_class->get_property = natter_role_get_property;
  object_class->set_property = natter_role_set_property;

  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLOR] =
    g_param_spec_int ("color", NULL, NULL, -1, 0xffffff, -1, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_POSITION] =
    g_param_spec_int ("position", NULL, NULL, G_MININT, G_MAXINT, 0, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HOISTED] =
    g_param_spec_boolean ("hoisted", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_role_init (NatterRole *self)
{
  self->color = -1;
  self->permissions = g_new0 (char *, 1);
}

/**
 * natter_role_new:
 * @name: its name, by which a server knows it
 *
 * Returns: (transfer full): a role of which nothing else is known
 */
NatterRole *
natter_role_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return g_object_new (NATTER_TYPE_ROLE, "name", name, NULL);
}

/**
 * natter_role_update:
 * @self: a role
 * @data: what the server says of it
 *
 * Takes over everything but the name.
 */
void
natter_role_update (NatterRole           *self,
                    const NatterRoleData *data)
{
  int color;

  g_return_if_fail (NATTER_IS_ROLE (self));
  g_return_if_fail (data != NULL);

  color = natter_color_parse (data->color);
  g_strfreev (self->permissions);
  self->permissions = data->permissions != NULL ? g_strdupv (data->permissions) : g_new0 (char *, 1);
  g_clear_pointer (&self->mention_roles, g_strfreev);
  if (data->mentions_limited)
    self->mention_roles = data->mention_roles != NULL ? g_strdupv (data->mention_roles) : g_new0 (char *, 1);
  g_set_str (&self->description, data->description);
  g_set_str (&self->category, data->category);
  self->self_assignable = !!data->self_assignable;
  if (g_set_str (&self->id, data->id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
  if (self->color != color)
    {
      self->color = color;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR]);
    }
  if (self->position != data->position)
    {
      self->position = data->position;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
    }
  if (self->hoisted != !!data->hoisted)
    {
      self->hoisted = !!data->hoisted;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOISTED]);
    }
}

/**
 * natter_role_get_name:
 * @self: a role
 *
 * Returns: (transfer none): its name
 */
const char *
natter_role_get_name (NatterRole *self)
{
  g_return_val_if_fail (NATTER_IS_ROLE (self), NULL);

  return self->name;
}

/**
 * natter_role_get_id:
 * @self: a role
 *
 * Returns: (transfer none) (nullable): its id, which newer servers use in mentions
 */
const char *
natter_role_get_id (NatterRole *self)
{
  g_return_val_if_fail (NATTER_IS_ROLE (self), NULL);

  return self->id;
}

/**
 * natter_role_get_color:
 * @self: a role
 *
 * Returns: `0xRRGGBB`, -1 for none
 */
int
natter_role_get_color (NatterRole *self)
{
  g_return_val_if_fail (NATTER_IS_ROLE (self), -1);

  return self->color;
}

/**
 * natter_role_get_position:
 * @self: a role
 *
 * Returns: its rank; 0 is the highest. Two roles may have the same
 */
int
natter_role_get_position (NatterRole *self)
{
  g_return_val_if_fail (NATTER_IS_ROLE (self), 0);

  return self->position;
}

/**
 * natter_role_get_hoisted:
 * @self: a role
 *
 * Returns: whether its people are a group of their own in the member list
 */
gboolean
natter_role_get_hoisted (NatterRole *self)
{
  g_return_val_if_fail (NATTER_IS_ROLE (self), FALSE);

  return self->hoisted;
}

/**
 * natter_role_get_permissions:
 * @self: a role
 *
 * Returns: (transfer none): what its people may do, as the server names it; never %NULL
 */
const char * const *
natter_role_get_permissions (NatterRole *self)
{
  g_return_val_if_fail (NATTER_IS_ROLE (self), NULL);

  return (const char * const *) self->permissions;
}

/**
 * natter_role_get_mention_roles:
 * @self: a role
 *
 * Returns: (transfer none) (nullable): names of the roles that may mention it; %NULL when everybody may
 */
const char * const *
natter_role_get_mention_roles (NatterRole *self)
{
  g_return_val_if_fail (NATTER_IS_ROLE (self), NULL);

  return (const char * const *) self->mention_roles;
}

/**
 * natter_role_get_self_assignable:
 * @self: a role
 *
 * Returns: whether people may give it to themselves
 */
gboolean
natter_role_get_self_assignable (NatterRole *self)
{
  g_return_val_if_fail (NATTER_IS_ROLE (self), FALSE);

  return self->self_assignable;
}

/**
 * natter_role_get_description:
 * @self: a role
 *
 * Returns: (transfer none) (nullable): what it is for
 */
const char *
natter_role_get_description (NatterRole *self)
{
  g_return_val_if_fail (NATTER_IS_ROLE (self), NULL);

  return self->description;
}

/**
 * natter_role_get_category:
 * @self: a role
 *
 * Returns: (transfer none) (nullable): under which title it belongs among those that people may give themselves
 */
const char *
natter_role_get_category (NatterRole *self)
{
  g_return_val_if_fail (NATTER_IS_ROLE (self), NULL);

  return self->category;
}
