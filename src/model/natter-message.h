/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-packet.h"
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

#define NATTER_TYPE_MESSAGE (natter_message_get_type ())
G_DECLARE_FINAL_TYPE (NatterMessage, natter_message, NATTER, MESSAGE, GObject)

/* One message, one object for one id as long as a timeline holds it; an edit changes properties.
 * Properties, notified: id (NULL while pending), channel (construct), author (NatterMember), author-name (alias or the
 * author's name), author-color (int), author-avatar, content, time (gint64 µs), edited, state, waiting (pending for lack of
 * a connection), error (GError, boxed),
 * own, continues (same author as the message before it within 5 minutes: drawn without a head; set by the timeline),
 * starts-day (first of its day; set by the timeline), reply-to-id, reply-author-name, reply-text. */
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

G_END_DECLS
