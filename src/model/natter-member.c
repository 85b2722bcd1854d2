/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-member-private.h"
#include "natter-role.h"

#include <string.h>

#define LOCAL_PREFIX "USR:local_"

struct _NatterMember
{
  GObject        parent_instance;

  char          *username;
  char          *name;
  char          *nickname;
  char          *display_name;
  char          *status_text;
  char          *section;
  char          *avatar;
  char         **role_names;
  NatterStatus   status;
  int            color;
  int            own_color; /* what the server gave for this person, used where the roles say nothing */
  int            section_position;
  guint          known : 1;
  guint          blocked : 1;
  guint          server_account : 1;
  guint          is_foreign : 1;    /* the picture is on another site than the server */
  guint          shows_foreign : 1;
};

enum
{
  PROP_0,
  PROP_USERNAME,
  PROP_NAME,
  PROP_NICKNAME,
  PROP_STATUS,
  PROP_STATUS_TEXT,
  PROP_ONLINE,
  PROP_COLOR,
  PROP_SECTION,
  PROP_SECTION_POSITION,
  PROP_AVATAR,
  PROP_KNOWN,
  PROP_BLOCKED,
  PROP_SERVER_ACCOUNT,
  PROP_ROLE_NAMES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterMember, natter_member, G_TYPE_OBJECT)

static void
notify (NatterMember *self,
        guint         prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static gboolean
is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_isgraph (c) && !g_unichar_iszerowidth (c))
        return FALSE;
    }
  return TRUE;
}

static void
update_name (NatterMember *self)
{
  const char *name;

  if (!is_blank (self->nickname))
    name = self->nickname;
  else if (!is_blank (self->display_name))
    name = self->display_name;
  else if (g_ascii_strncasecmp (self->username, LOCAL_PREFIX, strlen (LOCAL_PREFIX)) == 0)
    name = self->username + strlen (LOCAL_PREFIX);
  else
    name = self->username;
  if (g_set_str (&self->name, name))
    notify (self, PROP_NAME);
}

static void
natter_member_constructed (GObject *object)
{
  NatterMember *self = NATTER_MEMBER (object);

  G_OBJECT_CLASS (natter_member_parent_class)->constructed (object);
  update_name (self);
}

static void
natter_member_finalize (GObject *object)
{
  NatterMember *self = NATTER_MEMBER (object);

  g_free (self->username);
  g_free (self->name);
  g_free (self->nickname);
  g_free (self->display_name);
  g_free (self->status_text);
  g_free (self->section);
  g_free (self->avatar);
  g_strfreev (self->role_names);
  G_OBJECT_CLASS (natter_member_parent_class)->finalize (object);
}

static void
natter_member_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  NatterMember *self = NATTER_MEMBER (object);

  switch (prop_id)
    {
    case PROP_USERNAME:
      g_value_set_string (value, self->username);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_NICKNAME:
      g_value_set_string (value, self->nickname);
      break;
    case PROP_STATUS:
      g_value_set_int (value, self->status);
      break;
    case PROP_STATUS_TEXT:
      g_value_set_string (value, self->status_text);
      break;
    case PROP_ONLINE:
      g_value_set_boolean (value, natter_member_get_online (self));
      break;
    case PROP_COLOR:
      g_value_set_int (value, self->color);
      break;
    case PROP_SECTION:
      g_value_set_string (value, self->section);
      break;
    case PROP_SECTION_POSITION:
      g_value_set_int (value, self->section_position);
      break;
    case PROP_AVATAR:
      g_value_set_string (value, natter_member_get_avatar (self));
      break;
    case PROP_KNOWN:
      g_value_set_boolean (value, self->known);
      break;
    case PROP_BLOCKED:
      g_value_set_boolean (value, self->blocked);
      break;
    case PROP_SERVER_ACCOUNT:
      g_value_set_boolean (value, self->server_account);
      break;
    case PROP_ROLE_NAMES:
      g_value_set_boxed (value, self->role_names);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_member_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  NatterMember *self = NATTER_MEMBER (object);

  switch (prop_id)
    {
    case PROP_USERNAME:
      self->username = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_member_class_init (NatterMemberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = natter_member_constructed;
  object_class->finalize = natter_member_finalize;
  object_class->get_property = natter_member_get_property;
  object_class->set_property = natter_member_set_property;

  properties[PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, "", construct);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, notified);
  properties[PROP_NICKNAME] = g_param_spec_string ("nickname", NULL, NULL, NULL, notified);
  properties[PROP_STATUS] = g_param_spec_int ("status", NULL, NULL, NATTER_STATUS_OFFLINE, NATTER_STATUS_INVISIBLE,
                                              NATTER_STATUS_OFFLINE, notified);
  properties[PROP_STATUS_TEXT] = g_param_spec_string ("status-text", NULL, NULL, NULL, notified);
  properties[PROP_ONLINE] = g_param_spec_boolean ("online", NULL, NULL, FALSE, notified);
  properties[PROP_COLOR] = g_param_spec_int ("color", NULL, NULL, -1, 0xffffff, -1, notified);
  properties[PROP_SECTION] = g_param_spec_string ("section", NULL, NULL, NULL, notified);
  properties[PROP_SECTION_POSITION] =
    g_param_spec_int ("section-position", NULL, NULL, G_MININT, G_MAXINT, G_MAXINT, notified);
  properties[PROP_AVATAR] = g_param_spec_string ("avatar", NULL, NULL, NULL, notified);
  properties[PROP_KNOWN] = g_param_spec_boolean ("known", NULL, NULL, FALSE, notified);
  properties[PROP_BLOCKED] = g_param_spec_boolean ("blocked", NULL, NULL, FALSE, notified);
  properties[PROP_SERVER_ACCOUNT] = g_param_spec_boolean ("server-account", NULL, NULL, FALSE, notified);
  properties[PROP_ROLE_NAMES] = g_param_spec_boxed ("role-names", NULL, NULL, G_TYPE_STRV, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_member_init (NatterMember *self)
{
  self->color = -1;
  self->own_color = -1;
  self->section_position = G_MAXINT;
  self->role_names = g_new0 (char *, 1);
}

/**
 * natter_member_new:
 * @username: the name by which the server knows the person
 *
 * Returns: (transfer full): a person of whom nothing else is known
 */
NatterMember *
natter_member_new (const char *username)
{
  g_return_val_if_fail (username != NULL, NULL);

  return g_object_new (NATTER_TYPE_MEMBER, "username", username, NULL);
}

static void
set_server_account (NatterMember *self,
                    gboolean      server_account)
{
  if (self->server_account == !!server_account)
    return;
  self->server_account = !!server_account;
  notify (self, PROP_SERVER_ACCOUNT);
}

/* What @data does not say stays. */
void
_natter_member_update (NatterMember         *self,
                       const NatterUserData *data,
                       NatterAddress        *address)
{
  if ((data->has_nickname || data->nickname != NULL) && g_set_str (&self->nickname, data->nickname))
    notify (self, PROP_NICKNAME);
  if (data->display_name != NULL)
    g_set_str (&self->display_name, data->display_name);
  update_name (self);
  if (data->color != NULL)
    self->own_color = natter_color_parse (data->color);
  if (data->roles != NULL)
    _natter_member_set_roles (self, (const char * const *) data->roles);
  if (data->has_status)
    _natter_member_set_status (self, data->status, data->status_text);
  if (data->has_kind)
    set_server_account (self, data->is_server_account);
  if (data->picture != NULL)
    {
      g_autofree char *avatar = natter_address_resolve_http (address, data->picture);

      self->is_foreign = avatar != NULL && !natter_address_has_site (address, avatar);
      if (g_set_str (&self->avatar, avatar))
        notify (self, PROP_AVATAR);
    }
}

/* Whether a picture that is on another site may be shown. */
void
_natter_member_show_foreign (NatterMember *self,
                             gboolean      shows_foreign)
{
  if (self->shows_foreign == !!shows_foreign)
    return;
  self->shows_foreign = !!shows_foreign;
  if (self->is_foreign)
    notify (self, PROP_AVATAR);
}

void
_natter_member_set_status (NatterMember *self,
                           NatterStatus  status,
                           const char   *text)
{
  gboolean was_online = natter_member_get_online (self);

  if (g_set_str (&self->status_text, text))
    notify (self, PROP_STATUS_TEXT);
  if (self->status == status)
    return;
  self->status = status;
  notify (self, PROP_STATUS);
  if (natter_member_get_online (self) != was_online)
    notify (self, PROP_ONLINE);
}

void
_natter_member_set_known (NatterMember *self,
                          gboolean      known)
{
  if (self->known == !!known)
    return;
  self->known = !!known;
  notify (self, PROP_KNOWN);
}

void
_natter_member_set_roles (NatterMember       *self,
                          const char * const *roles)
{
  if (g_strv_equal ((const char * const *) self->role_names, roles))
    return;
  g_strfreev (self->role_names);
  self->role_names = g_strdupv ((char **) roles);
  notify (self, PROP_ROLE_NAMES);
}

/* What follows from the person's roles and being there. */
void
_natter_member_set_look (NatterMember *self,
                         int           color,
                         const char   *section,
                         int           section_position)
{
  if (self->color != color)
    {
      self->color = color;
      notify (self, PROP_COLOR);
    }
  if (self->section_position != section_position)
    {
      self->section_position = section_position;
      notify (self, PROP_SECTION_POSITION);
    }
  if (g_set_str (&self->section, section))
    notify (self, PROP_SECTION);
}

int
_natter_member_get_own_color (NatterMember *self)
{
  return self->own_color;
}

/**
 * natter_member_get_username:
 * @self: a member
 *
 * Returns: (transfer none): the name by which the server knows the person; without regard to case
 */
const char *
natter_member_get_username (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), NULL);

  return self->username;
}

/**
 * natter_member_get_name:
 * @self: a member
 *
 * Returns: (transfer none): what to show. Not unique, and people choose it freely
 */
const char *
natter_member_get_name (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), NULL);

  return self->name;
}

/**
 * natter_member_get_status:
 * @self: a member
 *
 * Returns: whether and how the person is there
 */
NatterStatus
natter_member_get_status (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), NATTER_STATUS_OFFLINE);

  return self->status;
}

/**
 * natter_member_get_status_text:
 * @self: a member
 *
 * Returns: (transfer none) (nullable): what the person says about it
 */
const char *
natter_member_get_status_text (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), NULL);

  return self->status_text;
}

/**
 * natter_member_get_online:
 * @self: a member
 *
 * Returns: whether the person is there for others to see
 */
gboolean
natter_member_get_online (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), FALSE);

  return self->status != NATTER_STATUS_OFFLINE && self->status != NATTER_STATUS_INVISIBLE;
}

/**
 * natter_member_get_color:
 * @self: a member
 *
 * Returns: `0xRRGGBB` of the first of the person's roles that has a colour, -1 for none
 */
int
natter_member_get_color (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), -1);

  return self->color;
}

/**
 * natter_member_get_section:
 * @self: a member
 *
 * Returns: (transfer none) (nullable): the highest role that is a group of its own; %NULL for none, or away
 */
const char *
natter_member_get_section (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), NULL);

  return self->section;
}

/**
 * natter_member_get_avatar:
 * @self: a member
 *
 * Returns: (transfer none) (nullable): absolute address of the picture; %NULL also when it is on another site and the
 *   person has not agreed to that
 */
const char *
natter_member_get_avatar (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), NULL);

  return self->is_foreign && !self->shows_foreign ? NULL : self->avatar;
}

/**
 * natter_member_get_known:
 * @self: a member
 *
 * Returns: whether the server lists the person; not so who has left, webhooks and plugins
 */
gboolean
natter_member_get_known (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), FALSE);

  return self->known;
}

void
_natter_member_set_blocked (NatterMember *self,
                            gboolean      blocked)
{
  if (self->blocked == !!blocked)
    return;
  self->blocked = !!blocked;
  notify (self, PROP_BLOCKED);
}

/**
 * natter_member_get_blocked:
 * @self: a member
 *
 * Returns: whether one has blocked this person, so that messages are hidden
 */
gboolean
natter_member_get_blocked (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), FALSE);

  return self->blocked;
}

/**
 * natter_member_get_role_names:
 * @self: a member
 *
 * Returns: (transfer none): names of the person's roles in the server's order, which matters; never %NULL
 */
const char * const *
natter_member_get_role_names (NatterMember *self)
{
  g_return_val_if_fail (NATTER_IS_MEMBER (self), NULL);

  return (const char * const *) self->role_names;
}
