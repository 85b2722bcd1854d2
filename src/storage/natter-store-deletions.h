/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-store.h"

G_BEGIN_DECLS

/**
 * NatterStoredDeletion:
 * @server_id: id of the server in the person's list
 * @channel: (nullable): the channel, or %NULL when the message is in a thread
 * @thread_id: (nullable): the thread, or %NULL when the message is in a channel
 * @message_id: the message
 *
 * A message that the person has deleted and that the server may still have.
 */
typedef struct
{
  char *server_id;
  char *channel;
  char *thread_id;
  char *message_id;
} NatterStoredDeletion;

NatterStoredDeletion *natter_stored_deletion_copy        (const NatterStoredDeletion  *self);
void                  natter_stored_deletion_free        (NatterStoredDeletion        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterStoredDeletion, natter_stored_deletion_free)

void                  natter_store_add_deletion_async    (NatterStore                 *self,
                                                          const NatterStoredDeletion  *deletion,
                                                          GCancellable                *cancellable,
                                                          GAsyncReadyCallback          callback,
                                                          gpointer                     data);
void                  natter_store_remove_deletion_async (NatterStore                 *self,
                                                          const NatterStoredDeletion  *deletion,
                                                          GCancellable                *cancellable,
                                                          GAsyncReadyCallback          callback,
                                                          gpointer                     data);
void                  natter_store_load_deletions_async  (NatterStore                 *self,
                                                          const char                  *server_id,
                                                          GCancellable                *cancellable,
                                                          GAsyncReadyCallback          callback,
                                                          gpointer                     data);
GPtrArray            *natter_store_load_deletions_finish (NatterStore                 *self,
                                                          GAsyncResult                *result,
                                                          GError                     **error);

G_END_DECLS
