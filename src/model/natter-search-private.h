/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "natter-search.h"

G_BEGIN_DECLS

/* natter-search.c is the list and what is kept, natter-search-servers.c asks servers and knows what names mean,
 * natter-search-threads.c reads threads. */
struct _NatterSearch
{
  GObject            parent_instance;

  NatterSession     *session;
  NatterChannel     *channel; /* weak */
  NatterSearchQuery *query;   /* NULL: nothing was looked for yet */
  char              *text;
  GPtrArray         *items;
  GPtrArray         *kept;    /* NatterSearchHit, in the order of the cache */
  GPtrArray         *found;   /* NatterSearchHit, that servers told */
  GHashTable        *by_key;  /* of the items, which own both */
  GCancellable      *cancellable;
  GError            *error;
  NatterSearchOrder  order;
  gint64             next;    /* where to go on in what is kept, 0: at the end */
  guint              n_asked; /* servers that have not answered yet */
  guint              typed_source;
  guint              ask_source;
  guint              reading : 1;
  guint              loading : 1;
};

/* natter-search.c */
void             _natter_search_update_loading (NatterSearch            *self);
void             _natter_search_set_error      (NatterSearch            *self,
                                                const GError            *error);
void             _natter_search_publish        (NatterSearch            *self);
NatterSearchHit *_natter_search_make_hit       (NatterSearch            *self,
                                                NatterServer            *server,
                                                const char              *channel,
                                                const char              *thread_id,
                                                const NatterMessageData *message);

/* natter-search-servers.c */
char           **_natter_search_find_servers   (NatterSearch            *self);
char           **_natter_search_find_authors   (NatterSearch            *self);
void             _natter_search_ask_servers    (NatterSearch            *self);
void             _natter_search_take_found     (NatterSearch            *self,
                                                NatterChannel           *channel,
                                                GPtrArray               *messages);

/* natter-search-threads.c */
void             _natter_search_read_thread    (NatterSearch            *self,
                                                NatterChannel           *thread,
                                                const char              *words);

G_END_DECLS
