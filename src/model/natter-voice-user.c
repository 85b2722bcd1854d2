/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-model"

#include "config.h"

#include "natter-voice-user.h"

struct _NatterVoiceUser
{
  GObject       parent_instance;

  NatterMember *member;
  char         *peer_id;
  gboolean      muted;
};

enum
{
  PROP_0,
  PROP_MEMBER,
  PROP_MUTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (NatterVoiceUser, natter_voice_user, G_TYPE_OBJECT)

static void
natter_voice_user_finalize (GObject *object)
{
  NatterVoiceUser *self = NATTER_VOICE_USER (object);

  g_clear_object (&self->member);
  g_free (self->peer_id);
  G_OBJECT_CLASS (natter_voice_user_parent_class)->finalize (object);
}

static void
natter_voice_user_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  NatterVoiceUser *self = NATTER_VOICE_USER (object);

  switch (prop_id)
    {
    case PROP_MEMBER:
      g_value_set_object (value, self->member);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_voice_user_class_init (NatterVoiceUserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = natter_voice_user_finalize;
  object_class->get_property = natter_voice_user_get_property;

  properties[PROP_MEMBER] = g_param_spec_object ("member", NULL, NULL, NATTER_TYPE_MEMBER, notified);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_voice_user_init (NatterVoiceUser *self)
{
}

/**
 * natter_voice_user_new:
 * @member: who it is
 * @peer_id: (nullable): where the sound of this person is to be had
 *
 * Returns: (transfer full): somebody in a voice channel
 */
NatterVoiceUser *
natter_voice_user_new (NatterMember *member,
                       const char   *peer_id)
{
  NatterVoiceUser *self;

  g_return_val_if_fail (NATTER_IS_MEMBER (member), NULL);

  self = g_object_new (NATTER_TYPE_VOICE_USER, NULL);
  self->member = g_object_ref (member);
  self->peer_id = g_strdup (peer_id);
  return self;
}

/**
 * natter_voice_user_get_member:
 * @self: somebody in a voice channel
 *
 * Returns: (transfer none): who it is
 */
NatterMember *
natter_voice_user_get_member (NatterVoiceUser *self)
{
  g_return_val_if_fail (NATTER_IS_VOICE_USER (self), NULL);

  return self->member;
}

/**
 * natter_voice_user_get_peer_id:
 * @self: somebody in a voice channel
 *
 * Returns: (transfer none) (nullable): where the sound of this person is to be had
 */
const char *
natter_voice_user_get_peer_id (NatterVoiceUser *self)
{
  g_return_val_if_fail (NATTER_IS_VOICE_USER (self), NULL);

  return self->peer_id;
}

/**
 * natter_voice_user_get_muted:
 * @self: somebody in a voice channel
 *
 * Returns: whether the person has switched the microphone off
 */
gboolean
natter_voice_user_get_muted (NatterVoiceUser *self)
{
  g_return_val_if_fail (NATTER_IS_VOICE_USER (self), FALSE);

  return self->muted;
}

/**
 * natter_voice_user_set_muted:
 * @self: somebody in a voice channel
 * @muted: whether the person has switched the microphone off
 */
void
natter_voice_user_set_muted (NatterVoiceUser *self,
                             gboolean         muted)
{
  g_return_if_fail (NATTER_IS_VOICE_USER (self));

  if (self->muted == muted)
    return;
  self->muted = muted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTED]);
}
