/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-reaction.h"

#include <string.h>

struct _NatterReaction
{
  GObject    parent_instance;

  char      *emoji;
  char      *custom_id;
  char      *picture;
  GPtrArray *users; /* char *, with a NULL behind */
  gboolean   own;
};

enum
{
  PROP_0,
  PROP_EMOJI,
  PROP_CUSTOM_ID,
  PROP_PICTURE,
  PROP_COUNT,
  PROP_OWN,
  PROP_USERS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterReaction, natter_reaction, G_TYPE_OBJECT)

static void
natter_reaction_finalize (GObject *object)
{
  NatterReaction *self = NATTER_REACTION (object);

  g_ptr_array_unref (self->users);
  g_free (self->emoji);
  g_free (self->custom_id);
  g_free (self->picture);
  G_OBJECT_CLASS (natter_reaction_parent_class)->finalize (object);
}

static void
natter_reaction_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  NatterReaction *self = NATTER_REACTION (object);

  switch (prop_id)
    {
    case PROP_EMOJI:
      g_value_set_string (value, self->emoji);
      break;
    case PROP_CUSTOM_ID:
      g_value_set_string (value, self->custom_id);
      break;
    case PROP_PICTURE:
      g_value_set_string (value, self->picture);
      break;
    case PROP_COUNT:
      g_value_set_uint (value, natter_reaction_get_count (self));
      break;
    case PROP_OWN:
      g_value_set_boolean (value, self->own);
      break;
    case PROP_USERS:
      g_value_set_boxed (value, natter_reaction_get_users (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_reaction_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_EMOJI:
      NATTER_REACTION (object)->emoji = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_reaction_class_init (NatterReactionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = natter_reaction_finalize;
  object_class->get_property = natter_reaction_get_property;
  object_class->set_property = natter_reaction_set_property;

  properties[PROP_EMOJI] = g_param_spec_string ("emoji", NULL, NULL, "", construct);
  properties[PROP_CUSTOM_ID] = g_param_spec_string ("custom-id", NULL, NULL, NULL, notified);
  properties[PROP_PICTURE] = g_param_spec_string ("picture", NULL, NULL, NULL, notified);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_OWN] = g_param_spec_boolean ("own", NULL, NULL, FALSE, notified);
  properties[PROP_USERS] = g_param_spec_boxed ("users", NULL, NULL, G_TYPE_STRV, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_reaction_init (NatterReaction *self)
{
  self->users = g_ptr_array_new_null_terminated (1, g_free, TRUE);
}

/* Custom emoji are `originChats://HOST/emojis/ID` or `originChats:<emoji>//HOST/ID`. FALSE for anything else. */
static gboolean
split_custom (const char  *emoji,
              char       **host,
              char       **id)
{
  static const char old_start[] = "originChats://";
  static const char new_start[] = "originChats:<emoji>//";
  g_auto(GStrv) parts = NULL;
  gboolean is_old;

  is_old = g_ascii_strncasecmp (emoji, old_start, strlen (old_start)) == 0;
  if (!is_old && g_ascii_strncasecmp (emoji, new_start, strlen (new_start)) != 0)
    return FALSE;
  parts = g_strsplit (emoji + strlen (is_old ? old_start : new_start), "/", 3);
  if (g_strv_length (parts) != (is_old ? 3 : 2) || (is_old && !g_str_equal (parts[1], "emojis")))
    return FALSE;
  *host = g_strdup (parts[0]);
  *id = g_strdup (parts[is_old ? 2 : 1]);
  return **host != '\0' && **id != '\0';
}

/* A picture of another server would tell that server who reads here. */
static char *
make_picture (NatterAddress *address,
              const char    *host,
              const char    *id)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  if (g_ascii_strcasecmp (natter_address_get_site (address), host) != 0)
    return NULL;
  escaped = g_uri_escape_string (id, NULL, TRUE);
  path = g_strconcat ("/emojis/", escaped, NULL);
  return natter_address_resolve_http (address, path);
}

/**
 * natter_reaction_new:
 * @emoji: as it travels: a character, any other text, or the address of a custom emoji
 * @address: (nullable): of the server where it is
 *
 * Returns: (transfer full): a reaction that nobody has made yet
 */
NatterReaction *
natter_reaction_new (const char    *emoji,
                     NatterAddress *address)
{
  g_autofree char *host = NULL;
  g_autofree char *id = NULL;
  NatterReaction *self;

  g_return_val_if_fail (emoji != NULL, NULL);

  self = g_object_new (NATTER_TYPE_REACTION, "emoji", emoji, NULL);
  if (split_custom (emoji, &host, &id))
    {
      if (address != NULL)
        self->picture = make_picture (address, host, id);
      self->custom_id = g_steal_pointer (&id);
    }
  return self;
}

static gboolean
find_user (NatterReaction *self,
           const char     *username,
           guint          *position)
{
  for (guint i = 0; i < self->users->len; i++)
    if (g_ascii_strcasecmp (self->users->pdata[i], username) == 0)
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static void
update_own (NatterReaction *self,
            const char     *own_name)
{
  guint position;
  gboolean own = own_name != NULL && find_user (self, own_name, &position);

  if (self->own == own)
    return;
  self->own = own;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OWN]);
}

static gboolean
has_users (NatterReaction     *self,
           const char * const *users)
{
  for (guint i = 0; i < self->users->len; i++)
    if (g_strcmp0 (self->users->pdata[i], users[i]) != 0)
      return FALSE;
  return users[self->users->len] == NULL;
}

/**
 * natter_reaction_set_users:
 * @self: a reaction
 * @users: (array zero-terminated=1): user names of who reacted so, in order
 * @own_name: (nullable): one's own user name
 */
void
natter_reaction_set_users (NatterReaction     *self,
                           const char * const *users,
                           const char         *own_name)
{
  guint count;

  g_return_if_fail (NATTER_IS_REACTION (self));

  count = self->users->len;
  if (!has_users (self, users))
    {
      g_ptr_array_set_size (self->users, 0);
      for (; *users != NULL; users++)
        g_ptr_array_add (self->users, g_strdup (*users));
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USERS]);
      if (self->users->len != count)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
    }
  update_own (self, own_name);
}

/**
 * natter_reaction_change:
 * @self: a reaction
 * @username: whose it is
 * @add: whether that person reacts so now; else it is taken back
 * @own_name: (nullable): one's own user name
 *
 * Returns: whether that is news
 */
gboolean
natter_reaction_change (NatterReaction *self,
                        const char     *username,
                        gboolean        add,
                        const char     *own_name)
{
  guint position;

  g_return_val_if_fail (NATTER_IS_REACTION (self), FALSE);
  g_return_val_if_fail (username != NULL, FALSE);

  if (find_user (self, username, &position) == !!add)
    return FALSE;
  if (add)
    g_ptr_array_add (self->users, g_strdup (username));
  else
    g_ptr_array_remove_index (self->users, position);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USERS]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
  update_own (self, own_name);
  return TRUE;
}

/**
 * natter_reaction_is_like:
 * @self: a reaction
 * @other: another one on the same server
 *
 * Returns: whether both are with the same emoji, which may be written in more than one way
 */
gboolean
natter_reaction_is_like (NatterReaction *self,
                         NatterReaction *other)
{
  g_return_val_if_fail (NATTER_IS_REACTION (self), FALSE);
  g_return_val_if_fail (NATTER_IS_REACTION (other), FALSE);

  return g_str_equal (self->emoji, other->emoji)
         || (self->picture != NULL && g_strcmp0 (self->picture, other->picture) == 0);
}

/**
 * natter_reaction_get_emoji:
 * @self: a reaction
 *
 * Returns: (transfer none): the emoji as it travels
 */
const char *
natter_reaction_get_emoji (NatterReaction *self)
{
  g_return_val_if_fail (NATTER_IS_REACTION (self), NULL);

  return self->emoji;
}

/**
 * natter_reaction_get_custom_id:
 * @self: a reaction
 *
 * Returns: (transfer none) (nullable): id of a custom emoji; %NULL when the emoji is a text
 */
const char *
natter_reaction_get_custom_id (NatterReaction *self)
{
  g_return_val_if_fail (NATTER_IS_REACTION (self), NULL);

  return self->custom_id;
}

/**
 * natter_reaction_get_picture:
 * @self: a reaction
 *
 * Returns: (transfer none) (nullable): absolute address of the picture of a custom emoji of the same server
 */
const char *
natter_reaction_get_picture (NatterReaction *self)
{
  g_return_val_if_fail (NATTER_IS_REACTION (self), NULL);

  return self->picture;
}

/**
 * natter_reaction_get_count:
 * @self: a reaction
 *
 * Returns: how many people reacted so
 */
guint
natter_reaction_get_count (NatterReaction *self)
{
  g_return_val_if_fail (NATTER_IS_REACTION (self), 0);

  return self->users->len;
}

/**
 * natter_reaction_get_own:
 * @self: a reaction
 *
 * Returns: whether one is among them
 */
gboolean
natter_reaction_get_own (NatterReaction *self)
{
  g_return_val_if_fail (NATTER_IS_REACTION (self), FALSE);

  return self->own;
}

/**
 * natter_reaction_get_users:
 * @self: a reaction
 *
 * Returns: (transfer none) (array zero-terminated=1): user names of who reacted so, in order
 */
const char * const *
natter_reaction_get_users (NatterReaction *self)
{
  g_return_val_if_fail (NATTER_IS_REACTION (self), NULL);

  return (const char * const *) self->users->pdata;
}
