/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-store.h"

G_BEGIN_DECLS

/**
 * NatterStoredDraft:
 * @server_id: id of the server in the person's list
 * @channel: (nullable): the channel, or %NULL when it is for a thread
 * @thread_id: (nullable): the thread, or %NULL when it is for a channel
 * @edited_id: (nullable): the message that is being changed, or %NULL for a new one
 * @text: what was written so far
 * @reply_to: (nullable): the message that it answers
 * @reply_pings: whether the author of that message is to be pinged
 * @changed: when it was last written at, in microseconds since 1970
 *
 * What was written and not sent: one for each place, and one for each message that is being changed.
 */
typedef struct
{
  char    *server_id;
  char    *channel;
  char    *thread_id;
  char    *edited_id;
  char    *text;
  char    *reply_to;
  gboolean reply_pings;
  gint64   changed;
} NatterStoredDraft;

NatterStoredDraft *natter_stored_draft_copy        (const NatterStoredDraft  *self);
void               natter_stored_draft_free        (NatterStoredDraft        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterStoredDraft, natter_stored_draft_free)

void               natter_store_save_draft_async   (NatterStore              *self,
                                                    const NatterStoredDraft  *draft,
                                                    GCancellable             *cancellable,
                                                    GAsyncReadyCallback       callback,
                                                    gpointer                  data);
void               natter_store_load_drafts_async  (NatterStore              *self,
                                                    const char               *server_id,
                                                    GCancellable             *cancellable,
                                                    GAsyncReadyCallback       callback,
                                                    gpointer                  data);
GPtrArray         *natter_store_load_drafts_finish (NatterStore              *self,
                                                    GAsyncResult             *result,
                                                    GError                  **error);

G_END_DECLS
