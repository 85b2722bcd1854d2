/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-poll-private.h"

struct _NatterPollChoice
{
  GObject   parent_instance;

  char     *id;
  char     *text;
  char     *emoji;
  guint     votes;
  gboolean  voted;
};

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_EMOJI,
  PROP_VOTES,
  PROP_VOTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterPollChoice, natter_poll_choice, G_TYPE_OBJECT)

static void
natter_poll_choice_finalize (GObject *object)
{
  NatterPollChoice *self = NATTER_POLL_CHOICE (object);

  g_free (self->id);
  g_free (self->text);
  g_free (self->emoji);
  G_OBJECT_CLASS (natter_poll_choice_parent_class)->finalize (object);
}

static void
natter_poll_choice_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  NatterPollChoice *self = NATTER_POLL_CHOICE (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_EMOJI:
      g_value_set_string (value, self->emoji);
      break;
    case PROP_VOTES:
      g_value_set_uint (value, self->votes);
      break;
    case PROP_VOTED:
      g_value_set_boolean (value, self->voted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_poll_choice_class_init (NatterPollChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = natter_poll_choice_finalize;
  object_class->get_property = natter_poll_choice_get_property;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, notified);
  properties[PROP_EMOJI] = g_param_spec_string ("emoji", NULL, NULL, NULL, notified);
  properties[PROP_VOTES] = g_param_spec_uint ("votes", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_VOTED] = g_param_spec_boolean ("voted", NULL, NULL, FALSE, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_poll_choice_init (NatterPollChoice *self)
{
}

NatterPollChoice *
_natter_poll_choice_new (const NatterPollOption *option)
{
  NatterPollChoice *self = g_object_new (NATTER_TYPE_POLL_CHOICE, NULL);

  self->id = g_strdup (option->id);
  self->text = g_strdup (option->text);
  self->emoji = g_strdup (option->emoji);
  return self;
}

void
_natter_poll_choice_set_votes (NatterPollChoice *self,
                               guint             votes)
{
  if (self->votes == votes)
    return;
  self->votes = votes;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOTES]);
}

void
_natter_poll_choice_set_voted (NatterPollChoice *self,
                               gboolean          voted)
{
  if (self->voted == !!voted)
    return;
  self->voted = !!voted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOTED]);
}

/**
 * natter_poll_choice_get_id:
 * @self: a choice
 *
 * Returns: (transfer none): by what the server knows it, within its poll
 */
const char *
natter_poll_choice_get_id (NatterPollChoice *self)
{
  g_return_val_if_fail (NATTER_IS_POLL_CHOICE (self), NULL);

  return self->id;
}

/**
 * natter_poll_choice_get_text:
 * @self: a choice
 *
 * Returns: (transfer none): what one votes for; may be empty
 */
const char *
natter_poll_choice_get_text (NatterPollChoice *self)
{
  g_return_val_if_fail (NATTER_IS_POLL_CHOICE (self), NULL);

  return self->text;
}

/**
 * natter_poll_choice_get_emoji:
 * @self: a choice
 *
 * Returns: (transfer none) (nullable): an emoji before the text
 */
const char *
natter_poll_choice_get_emoji (NatterPollChoice *self)
{
  g_return_val_if_fail (NATTER_IS_POLL_CHOICE (self), NULL);

  return self->emoji;
}

/**
 * natter_poll_choice_get_votes:
 * @self: a choice
 *
 * Returns: how many votes it has
 */
guint
natter_poll_choice_get_votes (NatterPollChoice *self)
{
  g_return_val_if_fail (NATTER_IS_POLL_CHOICE (self), 0);

  return self->votes;
}

/**
 * natter_poll_choice_get_voted:
 * @self: a choice
 *
 * Returns: whether one has voted for it oneself
 */
gboolean
natter_poll_choice_get_voted (NatterPollChoice *self)
{
  g_return_val_if_fail (NATTER_IS_POLL_CHOICE (self), FALSE);

  return self->voted;
}
