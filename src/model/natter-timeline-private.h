/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-history.h"
#include "natter-timeline.h"

G_BEGIN_DECLS

/* natter-timeline.c is the list and its edges, natter-timeline-pages.c gets pages, natter-timeline-jump.c goes elsewhere,
 * natter-timeline-live.c has what arrives and what is on its way. */
struct _NatterTimeline
{
  GObject                 parent_instance;

  NatterChannel          *channel; /* weak: it holds the timeline */
  GPtrArray              *items;   /* NatterMessage: the first n_sent are the server's, then pending and failed ones */
  GHashTable             *by_id;   /* id -> NatterMessage, of the first n_sent */
  GPtrArray              *arrivals; /* NatterMessage, not yet put into the list, oldest first */
  GCancellable           *page;    /* of the page that is on its way */
  NatterHistoryPage      *missed;  /* what has come so far of what was missed, NULL when nothing is being filled in */
  GError                 *error;
  char                   *dry_ids[2]; /* older, newer: from which nothing more is kept, NULL: none is known */
  NatterHistoryDirection  direction;
  guint                   n_sent;
  guint                   n_after;   /* messages newer than the window, as far as known */
  guint                   new_count;
  guint                   arrivals_source;
  guint                   loaded : 1;
  guint                   active : 1; /* shown: kept up to date, and up to NATTER_TIMELINE_MAX long */
  guint                   stale : 1;  /* something may have been missed */
  guint                   at_start : 1;
  guint                   at_end : 1;
  guint                   flooded : 1; /* the last step of arrivals was a large one */
  guint                   arrivals_lost : 1; /* there were too many to keep: what is kept no longer joins on */
};

/* natter-timeline.c */
void     _natter_timeline_splice        (NatterTimeline          *self,
                                         guint                    position,
                                         guint                    n_removed,
                                         GPtrArray               *added);
void     _natter_timeline_trim_oldest   (NatterTimeline          *self,
                                         guint                    n_kept);
void     _natter_timeline_trim_newest   (NatterTimeline          *self,
                                         guint                    n_kept);
guint    _natter_timeline_get_limit     (NatterTimeline          *self);
void     _natter_timeline_set_ends      (NatterTimeline          *self,
                                         gboolean                 at_start,
                                         gboolean                 at_end);
void     _natter_timeline_set_new_count (NatterTimeline          *self,
                                         guint                    new_count);
void     _natter_timeline_set_error     (NatterTimeline          *self,
                                         const GError            *error);
void     _natter_timeline_set_page      (NatterTimeline          *self,
                                         GCancellable            *page);
NatterMessage *
         _natter_timeline_make          (NatterTimeline          *self,
                                         const NatterMessageData *data);
void     _natter_timeline_each          (NatterTimeline          *self,
                                         void                   (*function) (NatterMessage *message));

/* natter-timeline-pages.c */
NatterServer *
         _natter_timeline_get_ready_server (NatterTimeline       *self);
void     _natter_timeline_take_around   (NatterTimeline          *self,
                                         NatterHistoryPage       *page);
void     _natter_timeline_went_offline  (NatterTimeline          *self);
void     _natter_timeline_resync        (NatterTimeline          *self);
void     _natter_timeline_missed_changed (NatterTimeline         *self);

/* natter-timeline-cache.c */
void     _natter_timeline_keep_page     (NatterTimeline          *self,
                                         NatterHistoryPage       *page,
                                         NatterHistoryDirection   direction,
                                         const char              *id);

/* natter-timeline-live.c */
void     _natter_timeline_add           (NatterTimeline          *self,
                                         const NatterMessageData *data);
NatterMessage *
         _natter_timeline_find          (NatterTimeline          *self,
                                         const char              *id);
void     _natter_timeline_restore       (NatterTimeline          *self,
                                         NatterMessage           *message);
void     _natter_timeline_remove        (NatterTimeline          *self,
                                         const char              *id);
void     _natter_timeline_add_pending   (NatterTimeline          *self,
                                         NatterMessage           *message);
void     _natter_timeline_confirm       (NatterTimeline          *self,
                                         NatterMessage           *message,
                                         const NatterMessageData *data);
void     _natter_timeline_discard       (NatterTimeline          *self,
                                         NatterMessage           *message);
void     _natter_timeline_flush         (NatterTimeline          *self);
void     _natter_timeline_drop_arrivals (NatterTimeline          *self);
void     _natter_timeline_joined        (NatterTimeline          *self,
                                         GPtrArray               *newest);
GHashTable *
         _natter_timeline_claim         (NatterTimeline          *self,
                                         GPtrArray               *messages);
const char *
         _natter_timeline_get_last_id   (NatterTimeline          *self);
gboolean _natter_timeline_get_last_time (NatterTimeline          *self,
                                         gint64                  *time);

G_END_DECLS
