/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-timeline"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"

/* Keeps a page that the server gave. @id: (nullable): from which it was asked */
void
_natter_timeline_keep_page (NatterTimeline         *self,
                            NatterHistoryPage      *page,
                            NatterHistoryDirection  direction,
                            const char             *id)
{
  NatterServer *server = natter_channel_get_server (self->channel);
  NatterCache *cache = server != NULL ? _natter_server_get_cache (server) : NULL;
  const char *joint = page->joined ? id : NULL;
  gboolean is_older = direction == NATTER_HISTORY_OLDER;
  NatterCachePlace place;

  if (cache == NULL)
    return;
  place = _natter_channel_get_place (self->channel);
  natter_cache_save_page (cache, &place, page->messages, is_older ? NULL : joint, is_older ? joint : NULL,
                          page->at_start, page->at_end);
  if (page->at_end && page->messages->len > 0)
    _natter_server_set_newest (server, place.channel, place.thread_id,
                               ((NatterMessageData *) page->messages->pdata[page->messages->len - 1])->id);
}
