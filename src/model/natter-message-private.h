/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-message.h"
#include "natter-parser.h"

G_BEGIN_DECLS

/* Five files: natter-message.c is the object, natter-message-values.c what others read of it, natter-message-update.c
 * what the server and the timeline say of it, natter-message-parts.c what hangs on it, natter-message-text.c
 * what its text means. */
struct _NatterMessage
{
  GObject             parent_instance;

  NatterChannel      *channel; /* weak: the channel holds the timeline that holds the message */
  NatterMember       *author;
  GListStore         *reactions;   /* NatterReaction; NULL until there was one */
  GListStore         *attachments; /* NatterAttachment; NULL for none */
  GListStore         *embeds;      /* NatterEmbed; NULL for none */
  NatterPoll         *poll;
  char               *id;
  char               *content;
  NatterDocument     *document; /* of content; NULL until it is asked for */
  GCancellable       *parsing;  /* while the document is made on a thread */
  char               *kept_content; /* what the server has, while an edit waits, is on its way or was refused */
  char               *alias_name;
  char               *alias_avatar;
  char               *reply_to_id;
  char               *reply_author_name;
  char               *reply_text;
  char               *command;
  char               *command_user;
  GError             *error;
  gint64              time;
  int                 day; /* of the local calendar, so that days are compared without making dates again */
  NatterMessageState  state;
  NatterDialect       dialect; /* of the document */
  NatterMessageMay    may;
  guint               edited : 1;
  guint               own : 1;
  guint               continues : 1;
  guint               starts_day : 1;
  guint               starts_new : 1;
  guint               waiting : 1;
  guint               pinned : 1;
  guint               reply_gone : 1;
  guint               is_webhook : 1;
  guint               revealed : 1;
};

enum
{
  NATTER_MESSAGE_PROP_0,
  NATTER_MESSAGE_PROP_ID,
  NATTER_MESSAGE_PROP_CHANNEL,
  NATTER_MESSAGE_PROP_AUTHOR,
  NATTER_MESSAGE_PROP_AUTHOR_NAME,
  NATTER_MESSAGE_PROP_AUTHOR_COLOR,
  NATTER_MESSAGE_PROP_AUTHOR_AVATAR,
  NATTER_MESSAGE_PROP_CONTENT,
  NATTER_MESSAGE_PROP_DOCUMENT,
  NATTER_MESSAGE_PROP_TIME,
  NATTER_MESSAGE_PROP_EDITED,
  NATTER_MESSAGE_PROP_STATE,
  NATTER_MESSAGE_PROP_WAITING,
  NATTER_MESSAGE_PROP_ERROR,
  NATTER_MESSAGE_PROP_OWN,
  NATTER_MESSAGE_PROP_CONTINUES,
  NATTER_MESSAGE_PROP_STARTS_DAY,
  NATTER_MESSAGE_PROP_STARTS_NEW,
  NATTER_MESSAGE_PROP_REPLY_TO_ID,
  NATTER_MESSAGE_PROP_REPLY_AUTHOR_NAME,
  NATTER_MESSAGE_PROP_REPLY_TEXT,
  NATTER_MESSAGE_PROP_REPLY_GONE,
  NATTER_MESSAGE_PROP_PINNED,
  NATTER_MESSAGE_PROP_COLLAPSED,
  NATTER_MESSAGE_PROP_REACTIONS,
  NATTER_MESSAGE_PROP_ATTACHMENTS,
  NATTER_MESSAGE_PROP_EMBEDS,
  NATTER_MESSAGE_PROP_POLL,
  NATTER_MESSAGE_PROP_ORIGIN,
  NATTER_MESSAGE_PROP_MAY_REPLY,
  NATTER_MESSAGE_PROP_MAY_REACT,
  NATTER_MESSAGE_PROP_MAY_EDIT,
  NATTER_MESSAGE_PROP_MAY_DELETE,
  NATTER_MESSAGE_PROP_MAY_PIN,
  NATTER_MESSAGE_N_PROPS
};

/* natter-message.c */
void     _natter_message_notify        (NatterMessage           *self,
                                        guint                    prop_id);
void     _natter_message_set_time      (NatterMessage           *self,
                                        gint64                   time);
void     _natter_message_set_author    (NatterMessage           *self,
                                        NatterMember            *author);

/* natter-message-update.c */
void     _natter_message_set_pending   (NatterMessage           *self);
void     _natter_message_set_failed    (NatterMessage           *self,
                                        const GError            *error);
void     _natter_message_set_waiting   (NatterMessage           *self,
                                        gboolean                 waiting);
void     _natter_message_set_sent      (NatterMessage           *self,
                                        const NatterMessageData *data);
void     _natter_message_set_content   (NatterMessage           *self,
                                        const char              *content);
void     _natter_message_set_reply     (NatterMessage           *self,
                                        const char              *author_name,
                                        const char              *text);
void     _natter_message_set_reply_gone (NatterMessage          *self);
void     _natter_message_follow        (NatterMessage           *self,
                                        NatterMessage           *before,
                                        gboolean                 is_first);
void     _natter_message_set_starts_new (NatterMessage          *self,
                                        gboolean                 starts_new);
void     _natter_message_set_pinned    (NatterMessage           *self,
                                        gboolean                 pinned);
void     _natter_message_refresh_may   (NatterMessage           *self);
/* An edit that is on its way shows the new text; one that was refused keeps it, until it is sent again or given up. */
void     _natter_message_begin_edit    (NatterMessage           *self,
                                        const char              *content);
void     _natter_message_end_edit      (NatterMessage           *self);
void     _natter_message_give_up_edit  (NatterMessage           *self);
gboolean _natter_message_is_edit       (NatterMessage           *self);
const char *
         _natter_message_get_kept_content (NatterMessage        *self);

/* natter-message-text.c */
void     _natter_message_forget_document (NatterMessage         *self);
void     _natter_message_names_changed (NatterMessage           *self);

/* natter-message-parts.c */
void     _natter_message_update_parts  (NatterMessage           *self,
                                        const NatterMessageData *data);
void     _natter_message_set_attachments (NatterMessage         *self,
                                        GPtrArray               *attachments);
gboolean _natter_message_react         (NatterMessage           *self,
                                        const char              *emoji,
                                        const char              *username,
                                        gboolean                 add);

G_END_DECLS
