/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-channel.h"
#include "natter-group.h"
#include "natter-timeline.h"
#include "natter-typing.h"

G_BEGIN_DECLS

/* Three files: natter-channel.c is what the server says of it, natter-channel-send.c is writing and reading,
 * natter-channel-voice.c is who talks in it. */
struct _NatterChannel
{
  GObject            parent_instance;

  NatterServer      *server; /* weak: it holds the channel */
  NatterTimeline    *timeline;
  NatterTyping      *typing;
  char              *name;
  char              *title;
  char              *description;
  NatterGroup       *group; /* the section */
  GListStore        *voice;
  char              *last_acked;
  char              *next_ack;   /* to be told when the time since the last one is over */
  char             **send_roles; /* NULL: not said */
  gint64             typed;      /* monotonic µs of the last time that the server was told */
  NatterChannelType  kind;
  NatterSendBlock    block;
  guint              unread;
  guint              mentions;
  guint              ack_source;
  guint              has_rights : 1;
  guint              muted : 1;
};

NatterChannel *_natter_channel_new            (NatterServer                 *server,
                                               const char                   *name);
char          *_natter_channel_make_title     (const char                   *text);
void           _natter_channel_update         (NatterChannel                *self,
                                               const NatterChannelData      *data);
void           _natter_channel_set_section    (NatterChannel                *self,
                                               NatterGroup                  *section);
void           _natter_channel_refresh_muted  (NatterChannel                *self);
void           _natter_channel_set_voice      (NatterChannel                *self,
                                               GPtrArray                    *users);
void           _natter_channel_voice_joined   (NatterChannel                *self,
                                               const NatterVoiceUserData    *data);
void           _natter_channel_voice_updated  (NatterChannel                *self,
                                               const NatterVoiceData        *data);
void           _natter_channel_voice_left     (NatterChannel                *self,
                                               const char                   *name);
void           _natter_channel_refresh_block  (NatterChannel                *self);
void           _natter_channel_set_unread     (NatterChannel                *self,
                                               guint                         unread,
                                               int                           mentions);
void           _natter_channel_went_offline   (NatterChannel                *self);
void           _natter_channel_came_back      (NatterChannel                *self);
void           _natter_channel_show_typing    (NatterChannel                *self,
                                               NatterMember                 *member,
                                               guint                         duration_ms);

void           _natter_channel_draft_changed  (NatterChannel                *self);
NatterOutbox  *_natter_channel_get_outbox     (NatterChannel                *self);
void           _natter_channel_own_sent       (NatterChannel                *self,
                                               const char                   *id);
gboolean       _natter_channel_has_acked      (NatterChannel                *self,
                                               const char                   *id);
void           _natter_channel_message_new    (NatterChannel                *self,
                                               const NatterMessageEventData *event,
                                               gboolean                      is_answer);
void           _natter_channel_message_edit   (NatterChannel                *self,
                                               const NatterMessageEventData *event);
void           _natter_channel_message_delete (NatterChannel                *self,
                                               const char                   *id);

G_END_DECLS
