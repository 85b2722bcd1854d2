/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-store.h"

G_BEGIN_DECLS

/**
 * NatterStoredAct:
 * @server_id: id of the server in the person's list
 * @channel: (nullable): the channel, or %NULL when the message is in a thread
 * @thread_id: (nullable): the thread, or %NULL when the message is in a channel
 * @message_id: the message
 * @text: (nullable): what it is changed to, or %NULL when it is deleted
 * @refused: whether the server did not take it, so that the person decides
 *
 * What the person has done with a message and the server is not known to have done: at most one change and one deletion for
 * each message.
 */
typedef struct
{
  char    *server_id;
  char    *channel;
  char    *thread_id;
  char    *message_id;
  char    *text;
  gboolean refused;
} NatterStoredAct;

NatterStoredAct *natter_stored_act_copy        (const NatterStoredAct  *self);
void             natter_stored_act_free        (NatterStoredAct        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterStoredAct, natter_stored_act_free)

void             natter_store_save_act_async   (NatterStore            *self,
                                                const NatterStoredAct  *act,
                                                GCancellable           *cancellable,
                                                GAsyncReadyCallback     callback,
                                                gpointer                data);
void             natter_store_remove_act_async (NatterStore            *self,
                                                const NatterStoredAct  *act,
                                                GCancellable           *cancellable,
                                                GAsyncReadyCallback     callback,
                                                gpointer                data);
void             natter_store_load_acts_async  (NatterStore            *self,
                                                const char             *server_id,
                                                GCancellable           *cancellable,
                                                GAsyncReadyCallback     callback,
                                                gpointer                data);
GPtrArray       *natter_store_load_acts_finish (NatterStore            *self,
                                                GAsyncResult           *result,
                                                GError                **error);

G_END_DECLS
