/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "natter-packet.h"
#include "natter-types.h"

G_BEGIN_DECLS

#define NATTER_TYPE_TIMELINE (natter_timeline_get_type ())
G_DECLARE_FINAL_TYPE (NatterTimeline, natter_timeline, NATTER, TIMELINE, GObject)

/* A bounded window on a channel's messages, oldest first: a GListModel of NatterMessage that never holds more than
 * NATTER_TIMELINE_MAX; loading at one end trims the other. Pending and failed messages stay at the end.
 * Properties, notified: channel (construct), n-items, loading (a page is on its way), at-start (nothing older exists),
 * at-end (the newest message is held, so live messages are appended; else they are only counted), new-count (messages
 * that arrived while not at the end), error (GError of the last page that failed, NULL). */
#define NATTER_TIMELINE_MAX  150
#define NATTER_TIMELINE_PAGE 50

NatterTimeline *natter_timeline_new             (NatterChannel *channel);
NatterChannel  *natter_timeline_get_channel     (NatterTimeline *self);
gboolean        natter_timeline_get_loading     (NatterTimeline *self);
gboolean        natter_timeline_get_at_start    (NatterTimeline *self);
gboolean        natter_timeline_get_at_end      (NatterTimeline *self);
guint           natter_timeline_get_new_count   (NatterTimeline *self);
const GError   *natter_timeline_get_error       (NatterTimeline *self);
void            natter_timeline_load_latest     (NatterTimeline *self); /* first page, or back to the end */
void            natter_timeline_load_older      (NatterTimeline *self);
void            natter_timeline_load_newer      (NatterTimeline *self);
/* Makes the window hold a message, wherever it is in the history. */
void            natter_timeline_load_around_async  (NatterTimeline *self, const char *id, GAsyncReadyCallback callback, gpointer data);
gboolean        natter_timeline_load_around_finish (NatterTimeline *self, GAsyncResult *result, GError **error);
void            natter_timeline_load_time_async  (NatterTimeline *self, gint64 time, GAsyncReadyCallback callback, gpointer data);
char           *natter_timeline_load_time_finish (NatterTimeline *self, GAsyncResult *result, GError **error);
NatterMessage  *natter_timeline_lookup          (NatterTimeline *self, const char *id);
/* Drops what is beyond the newest page: called when the channel is no longer shown. */
void            natter_timeline_shrink          (NatterTimeline *self);

G_END_DECLS
