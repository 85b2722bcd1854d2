/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-store.h"

G_BEGIN_DECLS

/**
 * NatterOutgoingState:
 * @NATTER_OUTGOING_WAITING: not given to a server yet
 * @NATTER_OUTGOING_GIVEN: given to a connection, and not answered yet. After a restart or a disconnect nobody knows
 *   whether it arrived: it is looked for in the history before it is sent again
 * @NATTER_OUTGOING_FAILED: refused; waits for the person
 *
 * How far a message has come on its way. The numbers are on disk.
 */
typedef enum
{
  NATTER_OUTGOING_WAITING = 0,
  NATTER_OUTGOING_GIVEN   = 1,
  NATTER_OUTGOING_FAILED  = 2,
} NatterOutgoingState;

/**
 * NatterStoredOutgoing:
 * @id: an id of our own, unlike all others
 * @server_id: id of the server in the person's list
 * @channel: (nullable): the channel, or %NULL when it is for a thread
 * @thread_id: (nullable): the thread, or %NULL when it is for a channel
 * @text: the message
 * @reply_to: (nullable): the message that it answers
 * @reply_pings: whether the author of that message is to be pinged
 * @attachments: (nullable): ids of files that go with it, which the server has
 * @created: when the person sent it, in microseconds since 1970
 * @state: how far it has come
 * @given: when it was first given to a connection, in microseconds since 1970; 0: not yet
 * @error: (nullable): why it failed, in the server's words
 *
 * A message that was sent by the person, but that no server is known to have.
 */
typedef struct
{
  char               *id;
  char               *server_id;
  char               *channel;
  char               *thread_id;
  char               *text;
  char               *reply_to;
  gboolean            reply_pings;
  char              **attachments;
  gint64              created;
  NatterOutgoingState state;
  gint64              given;
  char               *error;
} NatterStoredOutgoing;

NatterStoredOutgoing *natter_stored_outgoing_copy        (const NatterStoredOutgoing  *self);
void                  natter_stored_outgoing_free        (NatterStoredOutgoing        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterStoredOutgoing, natter_stored_outgoing_free)

void                  natter_store_add_outgoing_async    (NatterStore                 *self,
                                                          const NatterStoredOutgoing  *outgoing,
                                                          gboolean                     from_draft,
                                                          GCancellable                *cancellable,
                                                          GAsyncReadyCallback          callback,
                                                          gpointer                     data);
void                  natter_store_mark_outgoing_async   (NatterStore                 *self,
                                                          const char                  *id,
                                                          NatterOutgoingState          state,
                                                          gint64                       given,
                                                          const char                  *reason,
                                                          GCancellable                *cancellable,
                                                          GAsyncReadyCallback          callback,
                                                          gpointer                     data);
void                  natter_store_remove_outgoing_async (NatterStore                 *self,
                                                          const char                  *id,
                                                          GCancellable                *cancellable,
                                                          GAsyncReadyCallback          callback,
                                                          gpointer                     data);
void                  natter_store_load_outbox_async     (NatterStore                 *self,
                                                          const char                  *server_id,
                                                          GCancellable                *cancellable,
                                                          GAsyncReadyCallback          callback,
                                                          gpointer                     data);
GPtrArray            *natter_store_load_outbox_finish    (NatterStore                 *self,
                                                          GAsyncResult                *result,
                                                          GError                     **error);

G_END_DECLS
