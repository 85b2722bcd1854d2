/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  NATTER_SEARCH_HAS_LINK  = 1 << 0,
  NATTER_SEARCH_HAS_FILE  = 1 << 1,
  NATTER_SEARCH_HAS_IMAGE = 1 << 2,
} NatterSearchHas;

/**
 * NatterSearchTerm:
 * @text: a word, or several that stand in this order
 * @is_prefix: whether the last word may go on
 *
 * What has to be in a message. Case, accents and what is between words make no difference.
 */
typedef struct
{
  char    *text;
  gboolean is_prefix;
} NatterSearchTerm;

/**
 * NatterSearchQuery:
 * @terms: (element-type NatterSearchTerm): all of them have to be there
 * @from: names of people, one of whom wrote it; empty: anybody
 * @in: names of channels, in one of which it is; empty: anywhere
 * @servers: names of servers, on one of which it is; empty: any
 * @has: what is to be in it beside words
 * @after: microseconds since 1970 from which on it was sent, 0: any
 * @before: microseconds since 1970 before which it was sent, 0: any
 *
 * What somebody typed into a search box, taken apart.
 */
typedef struct
{
  GPtrArray      *terms;
  char          **from;
  char          **in;
  char          **servers;
  NatterSearchHas has;
  gint64          after;
  gint64          before;
} NatterSearchQuery;

/* A part of a text, in bytes. */
typedef struct
{
  guint start;
  guint end;
} NatterSearchRange;

#define NATTER_TYPE_SEARCH_QUERY (natter_search_query_get_type ())

GType              natter_search_query_get_type    (void);
NatterSearchQuery *natter_search_query_parse       (const char              *text,
                                                    GDateTime               *now);
NatterSearchQuery *natter_search_query_ref         (NatterSearchQuery       *self);
void               natter_search_query_unref       (NatterSearchQuery       *self);
gboolean           natter_search_query_is_empty    (const NatterSearchQuery *self);
char              *natter_search_query_dup_words   (const NatterSearchQuery *self);
GArray            *natter_search_query_find        (const NatterSearchQuery *self,
                                                    const char              *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NatterSearchQuery, natter_search_query_unref)

G_END_DECLS
