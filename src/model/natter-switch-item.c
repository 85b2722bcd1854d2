/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-switch-item.h"

#include "natter-channel.h"
#include "natter-fuzzy.h"
#include "natter-member.h"
#include "natter-server.h"

struct _NatterSwitchItem
{
  GObject           parent_instance;

  NatterSwitchKind  kind;
  NatterServer     *server;
  NatterChannel    *channel;
  NatterMember     *member;
  char             *title;
  char             *place; /* NULL: none */
  char             *action;
  char             *shortcut;
  char             *keys[3]; /* folded: what it is called, what else, where it is */
};

enum
{
  KEY_TITLE,
  KEY_NAME,
  KEY_PLACE,
};

G_DEFINE_FINAL_TYPE (NatterSwitchItem, natter_switch_item, G_TYPE_OBJECT)

static void
natter_switch_item_finalize (GObject *object)
{
  NatterSwitchItem *self = NATTER_SWITCH_ITEM (object);

  g_clear_object (&self->server);
  g_clear_object (&self->channel);
  g_clear_object (&self->member);
  g_free (self->title);
  g_free (self->place);
  g_free (self->action);
  g_free (self->shortcut);
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    g_free (self->keys[i]);

  G_OBJECT_CLASS (natter_switch_item_parent_class)->finalize (object);
}

static void
natter_switch_item_class_init (NatterSwitchItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = natter_switch_item_finalize;
}

static void
natter_switch_item_init (NatterSwitchItem *self)
{
}

static NatterSwitchItem *
make_item (NatterSwitchKind  kind,
           const char       *title,
           const char       *name,
           const char       *place)
{
  NatterSwitchItem *self = g_object_new (NATTER_TYPE_SWITCH_ITEM, NULL);

  self->kind = kind;
  self->title = g_strdup (title);
  self->place = g_strdup (place);
  self->keys[KEY_TITLE] = natter_fuzzy_fold (title);
  self->keys[KEY_NAME] = name != NULL && !g_str_equal (name, title) ? natter_fuzzy_fold (name) : NULL;
  self->keys[KEY_PLACE] = place != NULL ? natter_fuzzy_fold (place) : NULL;
  return self;
}

/**
 * natter_switch_item_new_channel:
 * @channel: a channel
 *
 * Returns: (transfer full): a channel to go to
 */
NatterSwitchItem *
natter_switch_item_new_channel (NatterChannel *channel)
{
  NatterServer *server = natter_channel_get_server (channel);
  NatterSwitchItem *self = make_item (NATTER_SWITCH_CHANNEL, natter_channel_get_title (channel),
                                      natter_channel_get_name (channel), natter_server_get_name (server));

  self->server = g_object_ref (server);
  self->channel = g_object_ref (channel);
  return self;
}

/**
 * natter_switch_item_new_server:
 * @server: a server
 *
 * Returns: (transfer full): a server to go to
 */
NatterSwitchItem *
natter_switch_item_new_server (NatterServer *server)
{
  NatterAccount *account = natter_server_get_has_twin (server) ? natter_server_get_account (server) : NULL;
  NatterSwitchItem *self = make_item (NATTER_SWITCH_SERVER, natter_server_get_name (server), NULL,
                                      account != NULL ? natter_account_get_name (account) : NULL);

  self->server = g_object_ref (server);
  return self;
}

/**
 * natter_switch_item_new_person:
 * @server: where the person is
 * @member: the person
 *
 * Returns: (transfer full): a person to look at
 */
NatterSwitchItem *
natter_switch_item_new_person (NatterServer *server,
                               NatterMember *member)
{
  NatterSwitchItem *self = make_item (NATTER_SWITCH_PERSON, natter_member_get_name (member),
                                      natter_member_get_username (member), natter_server_get_name (server));

  self->server = g_object_ref (server);
  self->member = g_object_ref (member);
  return self;
}

/**
 * natter_switch_item_new_action:
 * @title: what it does, as people call it
 * @action: detailed name of an action
 * @shortcut: (nullable): the keys that do the same, as people read them
 *
 * Returns: (transfer full): something to do
 */
NatterSwitchItem *
natter_switch_item_new_action (const char *title,
                               const char *action,
                               const char *shortcut)
{
  NatterSwitchItem *self = make_item (NATTER_SWITCH_ACTION, title, NULL, NULL);

  self->action = g_strdup (action);
  self->shortcut = g_strdup (shortcut);
  return self;
}

/**
 * natter_switch_item_get_kind:
 * @self: an item
 *
 * Returns: what it is
 */
NatterSwitchKind
natter_switch_item_get_kind (NatterSwitchItem *self)
{
  g_return_val_if_fail (NATTER_IS_SWITCH_ITEM (self), NATTER_SWITCH_ACTION);

  return self->kind;
}

/**
 * natter_switch_item_get_title:
 * @self: an item
 *
 * Returns: (transfer none): what it is called; hostile text
 */
const char *
natter_switch_item_get_title (NatterSwitchItem *self)
{
  g_return_val_if_fail (NATTER_IS_SWITCH_ITEM (self), NULL);

  return self->title;
}

/**
 * natter_switch_item_get_place:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): where it is; hostile text
 */
const char *
natter_switch_item_get_place (NatterSwitchItem *self)
{
  g_return_val_if_fail (NATTER_IS_SWITCH_ITEM (self), NULL);

  return self->place;
}

/**
 * natter_switch_item_get_server:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the server, of all but actions
 */
NatterServer *
natter_switch_item_get_server (NatterSwitchItem *self)
{
  g_return_val_if_fail (NATTER_IS_SWITCH_ITEM (self), NULL);

  return self->server;
}

/**
 * natter_switch_item_get_channel:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the channel
 */
NatterChannel *
natter_switch_item_get_channel (NatterSwitchItem *self)
{
  g_return_val_if_fail (NATTER_IS_SWITCH_ITEM (self), NULL);

  return self->channel;
}

/**
 * natter_switch_item_get_member:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the person
 */
NatterMember *
natter_switch_item_get_member (NatterSwitchItem *self)
{
  g_return_val_if_fail (NATTER_IS_SWITCH_ITEM (self), NULL);

  return self->member;
}

/**
 * natter_switch_item_get_action:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): detailed name of the action
 */
const char *
natter_switch_item_get_action (NatterSwitchItem *self)
{
  g_return_val_if_fail (NATTER_IS_SWITCH_ITEM (self), NULL);

  return self->action;
}

/**
 * natter_switch_item_get_shortcut:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the keys that do the same
 */
const char *
natter_switch_item_get_shortcut (NatterSwitchItem *self)
{
  g_return_val_if_fail (NATTER_IS_SWITCH_ITEM (self), NULL);

  return self->shortcut;
}

/* What it is called counts for more than where it is. */
static guint
score_word (NatterSwitchItem *self,
            const char       *word)
{
  guint most = 0;

  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    {
      guint points = self->keys[i] != NULL ? natter_fuzzy_score (word, self->keys[i]) : 0;

      most = MAX (most, i == KEY_PLACE ? (points + 2) / 3 : points);
    }
  return most;
}

/**
 * natter_switch_item_score:
 * @self: an item
 * @words: what was typed, folded, without what is around words
 *
 * Returns: points; 0 when not every word fits the item or where it is
 */
guint
natter_switch_item_score (NatterSwitchItem  *self,
                          char             **words)
{
  guint sum = 0;
  gboolean is_named = FALSE;

  g_return_val_if_fail (NATTER_IS_SWITCH_ITEM (self), 0);
  g_return_val_if_fail (words != NULL, 0);

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint points = score_word (self, words[i]);

      if (points == 0)
        return 0;
      sum += points;
      is_named |= natter_fuzzy_score (words[i], self->keys[KEY_TITLE]) > 0
                  || (self->keys[KEY_NAME] != NULL && natter_fuzzy_score (words[i], self->keys[KEY_NAME]) > 0);
    }
  /* The name of a server alone does not mean everything that is on it. */
  return is_named ? sum : 0;
}
