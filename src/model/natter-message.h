/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-document.h"
#include "natter-packet.h"
#include "natter-poll.h"
#include "natter-types.h"

G_BEGIN_DECLS

/**
 * NatterMessageState:
 * @NATTER_MESSAGE_SENT: the server has it
 * @NATTER_MESSAGE_PENDING: on its way
 * @NATTER_MESSAGE_FAILED: not sent; #NatterMessage:error says why; it can be retried or discarded
 */
typedef enum
{
  NATTER_MESSAGE_SENT,
  NATTER_MESSAGE_PENDING,
  NATTER_MESSAGE_FAILED,
} NatterMessageState;

#define NATTER_TYPE_MESSAGE_STATE (natter_message_state_get_type ())
GType natter_message_state_get_type (void);

/**
 * NatterMessageOrigin:
 * @NATTER_MESSAGE_FROM_PERSON: written by a person or a bot with an account
 * @NATTER_MESSAGE_FROM_WEBHOOK: put there by a webhook
 * @NATTER_MESSAGE_FROM_COMMAND: the answer to a slash command, see natter_message_get_command()
 * @NATTER_MESSAGE_FROM_SERVER: a line of the server itself
 *
 * Where a message comes from.
 */
typedef enum
{
  NATTER_MESSAGE_FROM_PERSON,
  NATTER_MESSAGE_FROM_WEBHOOK,
  NATTER_MESSAGE_FROM_COMMAND,
  NATTER_MESSAGE_FROM_SERVER,
} NatterMessageOrigin;

#define NATTER_TYPE_MESSAGE_ORIGIN (natter_message_origin_get_type ())
GType natter_message_origin_get_type (void);

/* What one may do with one message, in bits; each is a property too. */
typedef enum /*< skip >*/
{
  NATTER_MESSAGE_MAY_REPLY = 1 << 0,
  NATTER_MESSAGE_MAY_REACT = 1 << 1,
  NATTER_MESSAGE_MAY_EDIT = 1 << 2,
  NATTER_MESSAGE_MAY_DELETE = 1 << 3,
  NATTER_MESSAGE_MAY_PIN = 1 << 4,
} NatterMessageMay;

#define NATTER_TYPE_MESSAGE (natter_message_get_type ())
G_DECLARE_FINAL_TYPE (NatterMessage, natter_message, NATTER, MESSAGE, GObject)

/* One message, one object for one id as long as a timeline holds it; an edit changes properties.
 * Properties, notified: id (NULL while pending), channel (construct), author (NatterMember), author-name (alias or the
 * author's name), author-color (int), author-avatar, content, time (gint64 µs), edited, state, waiting (pending for lack of
 * a connection), error (GError, boxed),
 * own, continues (same author as the message before it within 5 minutes: drawn without a head; set by the timeline),
 * starts-day (first of its day; set by the timeline), starts-new (first that was unread when the channel was opened; set
 * by the timeline), reply-to-id, reply-author-name, reply-text, reply-gone (what it answers was deleted), pinned, collapsed
 * (its author is blocked and it was not revealed), reactions (GListModel of NatterReaction in order of first use, NULL until
 * there was one), attachments (GListModel of NatterAttachment, NULL for none), embeds (GListModel of NatterEmbed, NULL for none; a
 * poll is not among them), poll (NatterPoll or NULL), origin (NatterMessageOrigin), may-reply, may-react, may-edit, may-delete,
 * may-pin (whether one's roles and the channel's rules allow it, as far as known). While an edit is on its way or was
 * refused, state and error are those of the edit and content is the new text. */
NatterMessage      *natter_message_new_pending     (NatterChannel *channel, NatterMember *author, const char *content, const char *reply_to);
NatterMessage      *natter_message_new_from_data   (NatterChannel *channel, NatterMember *author, const NatterMessageData *data);
void                natter_message_update          (NatterMessage *self, const NatterMessageData *data);
const char         *natter_message_get_id          (NatterMessage *self);
NatterChannel      *natter_message_get_channel     (NatterMessage *self);
NatterMember       *natter_message_get_author      (NatterMessage *self);
const char         *natter_message_get_author_name (NatterMessage *self);
int                 natter_message_get_author_color (NatterMessage *self);
const char         *natter_message_get_author_avatar (NatterMessage *self);
const char         *natter_message_get_content     (NatterMessage *self);
NatterDocument     *natter_message_get_document    (NatterMessage *self);
NatterDocument     *natter_message_dup_shown       (NatterMessage *self);
char               *natter_message_dup_plain       (NatterMessage *self);
char               *natter_message_dup_reply_plain (NatterMessage *self);
gint64              natter_message_get_time        (NatterMessage *self);
gboolean            natter_message_get_edited      (NatterMessage *self);
NatterMessageState  natter_message_get_state       (NatterMessage *self);
gboolean            natter_message_get_waiting     (NatterMessage *self);
const GError       *natter_message_get_error       (NatterMessage *self);
gboolean            natter_message_get_own         (NatterMessage *self);
gboolean            natter_message_get_continues   (NatterMessage *self);
gboolean            natter_message_get_starts_day  (NatterMessage *self);
const char         *natter_message_get_reply_to_id (NatterMessage *self);
const char         *natter_message_get_reply_author_name (NatterMessage *self);
const char         *natter_message_get_reply_text  (NatterMessage *self);
gboolean            natter_message_get_reply_gone  (NatterMessage *self);
gboolean            natter_message_get_starts_new  (NatterMessage *self);
gboolean            natter_message_get_pinned      (NatterMessage *self);
gboolean            natter_message_get_collapsed   (NatterMessage *self);
/* Shows the message of a blocked person, as long as this object lives. */
void                natter_message_reveal          (NatterMessage *self);
GListModel         *natter_message_get_reactions   (NatterMessage *self);
GListModel         *natter_message_get_attachments (NatterMessage *self);
GListModel         *natter_message_get_embeds      (NatterMessage *self);
NatterPoll         *natter_message_get_poll        (NatterMessage *self);
NatterMessageOrigin natter_message_get_origin      (NatterMessage *self);
const char         *natter_message_get_command     (NatterMessage *self);
const char         *natter_message_get_command_user (NatterMessage *self);
gboolean            natter_message_get_may_reply   (NatterMessage *self);
gboolean            natter_message_get_may_react   (NatterMessage *self);
gboolean            natter_message_get_may_edit    (NatterMessage *self);
gboolean            natter_message_get_may_delete  (NatterMessage *self);
gboolean            natter_message_get_may_pin     (NatterMessage *self);
/* (transfer full) (nullable): an address under which others find the message */
char               *natter_message_dup_link        (NatterMessage *self);

G_END_DECLS
