/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-channel.h"
#include "natter-message.h"
#include "natter-server.h"
#include "natter-store-acts.h"

G_BEGIN_DECLS

/**
 * NatterPendingAct:
 * @server: (unowned) (nullable): it holds the table that this is in; %NULL when it is over
 * @stored: what is done, as it is kept on disk
 * @message: (nullable): as it is shown or withheld; %NULL until it is seen when the program ended meanwhile
 * @undo_source: until when a deletion can be undone; 0: sent, or to be sent as soon as there is a connection
 * @n_unanswered: how often no answer came in time
 * @is_sent: whether an answer is awaited
 *
 * A change or a deletion of a message that the person is done with, and that the server is not known to have carried out.
 * It is in memory of counted references (g_rc_box_acquire()): a new text makes a new one, whatever the old one still awaits.
 */
typedef struct
{
  NatterServer    *server;
  NatterStoredAct *stored;
  NatterMessage   *message;
  guint            undo_source;
  guint            n_unanswered;
  gboolean         is_sent;
} NatterPendingAct;

NatterPendingAct *_natter_channel_add_act        (NatterChannel    *self,
                                                  NatterMessage    *message,
                                                  const char       *text);
NatterPendingAct *_natter_channel_lookup_act     (NatterChannel    *self,
                                                  NatterAct         act,
                                                  const char       *id);
NatterChannel    *_natter_pending_act_get_channel (NatterPendingAct *self);
void              _natter_pending_act_send       (NatterPendingAct *self);
void              _natter_pending_act_set_refused (NatterPendingAct *self);
void              _natter_pending_act_forget     (NatterPendingAct *self);

/* natter-channel-edits.c */
void              _natter_edit_answered          (NatterPendingAct *self,
                                                  const GError     *error);

/* natter-channel-deletions.c */
void              _natter_deletion_answered      (NatterPendingAct *self,
                                                  const GError     *error);
void              _natter_channel_hide           (NatterChannel    *self,
                                                  NatterPendingAct *deletion,
                                                  NatterMessage    *message);

G_END_DECLS
