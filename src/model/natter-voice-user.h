/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-member.h"

G_BEGIN_DECLS

/**
 * NatterVoiceUser:
 *
 * Somebody who is in a voice channel.
 *
 * Properties, notified: member (construct), muted.
 */
#define NATTER_TYPE_VOICE_USER (natter_voice_user_get_type ())
G_DECLARE_FINAL_TYPE (NatterVoiceUser, natter_voice_user, NATTER, VOICE_USER, GObject)

NatterVoiceUser *natter_voice_user_new         (NatterMember    *member,
                                                const char      *peer_id);
NatterMember    *natter_voice_user_get_member  (NatterVoiceUser *self);
const char      *natter_voice_user_get_peer_id (NatterVoiceUser *self);
gboolean         natter_voice_user_get_muted   (NatterVoiceUser *self);
void             natter_voice_user_set_muted   (NatterVoiceUser *self,
                                                gboolean         muted);

G_END_DECLS
