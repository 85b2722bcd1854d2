/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-connection.h"

G_BEGIN_DECLS

typedef enum
{
  NATTER_HISTORY_LATEST,
  NATTER_HISTORY_OLDER,
  NATTER_HISTORY_NEWER,
  NATTER_HISTORY_AROUND,
} NatterHistoryDirection;

/**
 * NatterHistoryPage:
 * @packets: (element-type NatterPacket): what @messages is made of
 * @messages: (element-type NatterMessageData): oldest first, none beyond the id that was asked from; when what is around
 *   it was asked for, it is among them
 * @at_start: nothing older exists
 * @at_end: the newest message is the last one
 * @joined: nothing is missing between @messages and the id that was asked from
 * @apart: newer ones were asked for, but @messages are the newest of all and something may be missing before them
 *
 * One page of the history of a channel.
 */
typedef struct
{
  GPtrArray *packets;
  GPtrArray *messages;
  gboolean   at_start;
  gboolean   at_end;
  gboolean   joined;
  gboolean   apart;
} NatterHistoryPage;

void               natter_history_page_free   (NatterHistoryPage       *self);

/* Like none of the model's other requests, this hides that servers differ in how history is asked for. */
void               natter_history_load_async  (NatterConnection        *connection,
                                               const char              *channel,
                                               const char              *thread_id,
                                               NatterHistoryDirection   direction,
                                               const char              *id,
                                               guint                    skip,
                                               guint                    limit,
                                               GCancellable            *cancellable,
                                               GAsyncReadyCallback      callback,
                                               gpointer                 data);
NatterHistoryPage *natter_history_load_finish (NatterConnection        *connection,
                                               GAsyncResult            *result,
                                               GError                 **error);
gboolean           natter_history_has_thread_messages (NatterConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterHistoryPage, natter_history_page_free)

G_END_DECLS
