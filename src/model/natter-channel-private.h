/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-cache.h"
#include "natter-channel.h"
#include "natter-group.h"
#include "natter-pins.h"
#include "natter-timeline.h"
#include "natter-typing.h"

G_BEGIN_DECLS

/* What a thread is beside a channel. */
typedef struct
{
  NatterChannel *parent;  /* weak: the forum, which holds the thread */
  char          *creator;
  char         **participants;
  gint64         created;
  gint64         activity;
  guint          locked : 1;
  guint          archived : 1;
  guint          pinned : 1;
  guint          joined : 1;
} NatterThread;

/* Its files: natter-channel.c is what the server says of it, natter-channel-values.c what can be read of it,
 * natter-channel-thread.c what forums and threads are, natter-channel-send.c is writing, natter-channel-read.c
 * reading, natter-channel-acts.c, natter-channel-edits.c and natter-channel-deletions.c what one does with messages,
 * natter-channel-quotes.c what replies answer, natter-channel-voice.c who talks in it, natter-channel-files.c files that
 * are to go with a message. */
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
  char              *newest_id;  /* of the last message that the server has, as far as is known */
  char              *last_read;  /* the server's mark; NULL: nothing was ever read, or not told */
  char              *line_id;    /* of the message above which the line of new messages stands, once that is known */
  char              *line_after; /* the mark when the channel was opened */
  NatterPins        *pins;
  GListStore        *files;      /* NatterFile */
  GListStore        *threads;    /* NatterChannel, newest activity in no order; NULL before there is one */
  NatterThread      *thread;     /* NULL unless it is one */
  GHashTable        *quotes;     /* id -> Quote: what replies answer and the timeline does not hold */
  GQueue             quote_ids;  /* char *, owned by the table, oldest first */
  NatterChannelRights rules;
  NatterRights       rights;
  gint64             typed;      /* monotonic µs of the last time that the server was told */
  NatterChannelType  kind;
  NatterSendBlock    block;
  guint              unread;
  guint              mentions;
  guint              ack_source;
  guint              muted : 1;
  guint              line_count; /* how many were unread when the channel was opened */
  guint              send_waits : 1;  /* the draft goes when its files are there */
  guint              line_wanted : 1; /* it was opened before it was known how much is unread */
  guint              unreads_known : 1;
  guint              kept_unread : 1; /* by the person, until it is opened again */
};

void           _natter_channel_set_title      (NatterChannel                *self,
                                               const char                   *title);
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

/* natter-channel-thread.c */
NatterChannel *_natter_channel_new_thread     (NatterChannel                *parent,
                                               const char                   *id);
void           _natter_channel_update_thread  (NatterChannel                *self,
                                               const NatterThreadData       *data);
void           _natter_channel_thread_joined  (NatterChannel                *self,
                                               const char                   *user,
                                               gboolean                      joined);
void           _natter_channel_refresh_thread (NatterChannel                *self);
void           _natter_channel_count_threads  (NatterChannel                *self);
void           _natter_channel_spoke          (NatterChannel                *self,
                                               gint64                        time);
void           _natter_thread_free            (NatterThread                 *self);
GListStore    *_natter_channel_get_threads    (NatterChannel                *self);
/* Exactly one of channel name and thread id is not NULL: the place of a command. */
const char    *_natter_channel_get_channel_name (NatterChannel              *self);
NatterCachePlace
               _natter_channel_get_place      (NatterChannel                *self);

/* natter-channel-read.c */
void           _natter_channel_set_last_read  (NatterChannel                *self,
                                               const char                   *id);
void           _natter_channel_unreads_known  (NatterChannel                *self);
void           _natter_channel_place_line     (NatterChannel                *self);
void           _natter_channel_own_sent       (NatterChannel                *self,
                                               const char                   *id);
gboolean       _natter_channel_has_acked      (NatterChannel                *self,
                                               const char                   *id);

/* natter-channel-send.c */
NatterOutbox  *_natter_channel_get_outbox     (NatterChannel                *self);
void           _natter_channel_message_new    (NatterChannel                *self,
                                               const NatterMessageEventData *event,
                                               gboolean                      is_answer);
void           _natter_channel_message_edit   (NatterChannel                *self,
                                               const NatterMessageEventData *event);
void           _natter_channel_message_delete (NatterChannel                *self,
                                               const char                   *id);
NatterMessage *_natter_channel_find           (NatterChannel                *self,
                                               const char                   *id);
NatterMessage *_natter_channel_find_apart     (NatterChannel                *self,
                                               const char                   *id);

/* natter-channel-acts.c */
void           _natter_channel_tell_failure   (NatterChannel                *self,
                                               NatterMessage                *message,
                                               const char                   *message_id,
                                               NatterAct                     act,
                                               const GError                 *error);
void           _natter_channel_act_failed     (NatterChannel                *self,
                                               NatterMessage                *message,
                                               NatterAct                     act,
                                               const GError                 *error);
void           _natter_channel_reaction       (NatterChannel                *self,
                                               const NatterReactionEventData *event,
                                               gboolean                      add);
void           _natter_channel_pinned         (NatterChannel                *self,
                                               const NatterPinData          *event,
                                               gboolean                      pinned);

/* natter-channel-edits.c */
void           _natter_channel_retry_edit     (NatterChannel                *self,
                                               NatterMessage                *message);
void           _natter_channel_give_up_edit   (NatterChannel                *self,
                                               NatterMessage                *message);
void           _natter_channel_forget_edit    (NatterChannel                *self,
                                               NatterMessage                *message);
void           _natter_channel_recall_edit    (NatterChannel                *self,
                                               NatterMessage                *message);
void           _natter_channel_edited_gone    (NatterChannel                *self,
                                               const char                   *id,
                                               gboolean                      by_oneself);

/* natter-channel-deletions.c */
gboolean       _natter_channel_withhold       (NatterChannel                *self,
                                               const NatterMessageData      *data);

/* natter-channel-files.c */
GPtrArray     *_natter_channel_dup_ready_files (NatterChannel               *self);
void           _natter_channel_files_were_sent (NatterChannel               *self);

/* natter-channel-quotes.c */
void           _natter_quote_free             (gpointer                      data);
void           _natter_channel_quote          (NatterChannel                *self,
                                               NatterMessage                *message);
void           _natter_channel_quote_changed  (NatterChannel                *self,
                                               const char                   *id,
                                               const char                   *content);

G_END_DECLS
