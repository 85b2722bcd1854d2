/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-timeline"

#include "config.h"

#include "natter-channel-private.h"
#include "natter-message-private.h"
#include "natter-server-private.h"
#include "natter-timeline-private.h"

/* A page is looked for in what is kept first and then, in any case, asked for: what is kept may be old. */

/* What one page asked for needs when it comes; the timeline may be gone by then. */
typedef struct
{
  GWeakRef               timeline;
  GCancellable          *page;
  NatterHistoryDirection direction;
  char                  *id; /* from which it was asked, NULL for the newest */
  guint                  skip;
} PageCall;

static void
page_call_free (PageCall *call)
{
  g_weak_ref_clear (&call->timeline);
  g_object_unref (call->page);
  g_free (call->id);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageCall, page_call_free)

/* (transfer full): the objects of @messages, made unless there, without those that the list holds already if @only_new */
static GPtrArray *
make_messages (NatterTimeline *self,
               GPtrArray      *messages,
               guint           start,
               gboolean        only_new)
{
  g_autoptr(GHashTable) claimed = _natter_timeline_claim (self, messages);
  GPtrArray *objects = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = start; i < messages->len; i++)
    {
      const NatterMessageData *data = messages->pdata[i];
      NatterMessage *held = natter_timeline_lookup (self, data->id);
      gboolean is_new = held == NULL;

      if (_natter_channel_withhold (self->channel, data))
        continue;
      if (held == NULL)
        held = g_hash_table_lookup (claimed, data->id);
      if (held != NULL)
        natter_message_update (held, data);
      if (is_new || !only_new)
        g_ptr_array_add (objects, held != NULL ? g_object_ref (held) : _natter_timeline_make (self, data));
    }
  return objects;
}

/* Makes @n_old sent messages from @start on the same as @objects, changing as little of the list as can be. */
static void
replace_range (NatterTimeline *self,
               guint           start,
               guint           n_old,
               GPtrArray      *objects)
{
  g_autoptr(GPtrArray) middle = g_ptr_array_new ();
  guint n_same_start = 0;
  guint n_same_end = 0;

  while (n_same_start < MIN (n_old, objects->len)
         && self->items->pdata[start + n_same_start] == objects->pdata[n_same_start])
    n_same_start++;
  while (n_same_end < MIN (n_old, objects->len) - n_same_start
         && self->items->pdata[start + n_old - 1 - n_same_end] == objects->pdata[objects->len - 1 - n_same_end])
    n_same_end++;
  for (guint i = n_same_start; i < objects->len - n_same_end; i++)
    g_ptr_array_add (middle, objects->pdata[i]);
  self->n_sent += objects->len - n_old;
  _natter_timeline_splice (self, start + n_same_start, n_old - n_same_start - n_same_end, middle);
}

/* Where the newest page and the window meet: the first message of the page that the window holds. */
static gboolean
find_meeting (NatterTimeline    *self,
              NatterHistoryPage *page,
              guint             *in_list,
              guint             *in_page)
{
  for (guint i = 0; i < page->messages->len; i++)
    {
      NatterMessage *held = natter_timeline_lookup (self, ((NatterMessageData *) page->messages->pdata[i])->id);

      if (held != NULL && g_ptr_array_find (self->items, held, in_list))
        {
          *in_page = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* A page that has nothing to do with the window takes its place. */
void
_natter_timeline_take_around (NatterTimeline    *self,
                              NatterHistoryPage *page)
{
  g_autoptr(GPtrArray) objects = make_messages (self, page->messages, 0, FALSE);

  self->loaded = TRUE;
  replace_range (self, 0, self->n_sent, objects);
  /* How many are newer is not told; that is only needed where there is no other way of asking. */
  self->n_after = page->at_end ? 0 : MAX (self->n_after, 1);
  _natter_timeline_set_ends (self, page->at_start, page->at_end);
  if (!page->at_end)
    _natter_timeline_drop_arrivals (self);
}

/* What arrived while the page was on its way and is older than it belongs before it, not behind. */
static void
drop_old_arrivals (NatterTimeline    *self,
                   NatterHistoryPage *page)
{
  const NatterMessageData *first = page->messages->len > 0 ? page->messages->pdata[0] : NULL;

  while (first != NULL && self->arrivals->len > 0
         && natter_message_get_time (self->arrivals->pdata[0]) < first->time)
    g_ptr_array_remove_index (self->arrivals, 0);
}

/* The page is all there is from its first message on, so what it lacks was deleted meanwhile. */
static void
put_latest (NatterTimeline    *self,
            NatterHistoryPage *page,
            guint              in_list,
            guint              in_page,
            gboolean           at_start)
{
  g_autoptr(GPtrArray) objects = make_messages (self, page->messages, in_page, FALSE);

  drop_old_arrivals (self, page);
  replace_range (self, in_list, self->n_sent - in_list, objects);
  _natter_timeline_set_ends (self, at_start, page->at_end);
  _natter_timeline_trim_oldest (self, _natter_timeline_get_limit (self));
}

/* Whether @id is that of a sent message of the list. */
static gboolean
find_sent (NatterTimeline *self,
           const char     *id,
           guint          *position)
{
  NatterMessage *held = id != NULL ? natter_timeline_lookup (self, id) : NULL;

  return held != NULL && g_ptr_array_find (self->items, held, position) && *position < self->n_sent;
}

/* The first message from @start on, up to @end, that is not older than @time. */
static guint
find_time (NatterTimeline *self,
           guint           start,
           guint           end,
           gint64          time)
{
  while (start < end && natter_message_get_time (self->items->pdata[start]) < time)
    start++;
  return start;
}

/* The server's page is put in the place of what was kept of it: what it lacks was deleted. */
static void
take_latest (NatterTimeline    *self,
             NatterHistoryPage *page)
{
  guint in_list = 0;
  guint in_page = 0;
  /* What is held and older than the page may have changed while nobody listened. */
  gboolean meets = !self->stale && find_meeting (self, page, &in_list, &in_page);

  put_latest (self, page, in_list, in_page, meets ? self->at_start : page->at_start);
}

static gint64
time_in_page (NatterHistoryPage *page,
              guint              position)
{
  return ((NatterMessageData *) page->messages->pdata[position])->time;
}

/* Whether the page has all of the window's time. */
static gboolean
covers (NatterTimeline    *self,
        NatterHistoryPage *page)
{
  if (page->at_start || page->messages->len == 0 || self->n_sent == 0)
    return TRUE;
  return time_in_page (page, 0) <= natter_message_get_time (self->items->pdata[0]);
}

/* Takes what was missed in place of the window, from the window's first message on where it goes back so far. */
static void
take_missed (NatterTimeline    *self,
             NatterHistoryPage *page)
{
  guint in_list = 0;
  guint in_page = 0;
  gboolean meets = find_meeting (self, page, &in_list, &in_page);

  if (meets && in_list == 0)
    put_latest (self, page, 0, in_page, in_page == 0 ? page->at_start : self->at_start);
  else if (covers (self, page) && self->n_sent > 0)
    {
      in_page = 0;
      while (in_page < page->messages->len
             && time_in_page (page, in_page) < natter_message_get_time (self->items->pdata[0]))
        in_page++;
      put_latest (self, page, 0, in_page, in_page == 0 ? page->at_start : self->at_start);
    }
  else if (meets)
    put_latest (self, page, in_list, in_page, self->at_start);
  else
    put_latest (self, page, 0, 0, page->at_start);
}

/* Puts @older before what has come of what was missed. */
static void
join_missed (NatterTimeline    *self,
             NatterHistoryPage *older)
{
  NatterHistoryPage *missed = self->missed;

  for (guint i = 0; i < older->messages->len; i++)
    g_ptr_array_insert (missed->messages, i, older->messages->pdata[i]);
  for (guint i = 0; i < older->packets->len; i++)
    g_ptr_array_add (missed->packets, natter_packet_ref (older->packets->pdata[i]));
  missed->at_start = older->at_start;
}

static void
take_older (NatterTimeline    *self,
            NatterHistoryPage *page,
            const char        *id)
{
  g_autoptr(GPtrArray) objects = make_messages (self, page->messages, 0, !page->joined);
  guint limit = _natter_timeline_get_limit (self);
  guint start = 0;
  guint end = 0;

  if (page->joined && find_sent (self, id, &end) && !page->at_start && page->messages->len > 0)
    {
      const NatterMessageData *first = page->messages->pdata[0];

      if (!find_sent (self, first->id, &start) || start > end)
        start = find_time (self, 0, end, first->time);
    }
  if (self->n_sent + objects->len > limit + end - start)
    _natter_timeline_trim_newest (self, MAX (end, limit + end - start - MIN (objects->len, limit)));
  replace_range (self, start, end - start, objects);
  if (start == 0)
    _natter_timeline_set_ends (self, page->at_start, self->at_end);
}

static void
take_newer (NatterTimeline    *self,
            NatterHistoryPage *page,
            const char        *id)
{
  g_autoptr(GPtrArray) objects = NULL;
  guint limit;
  guint start = self->n_sent;
  guint end = self->n_sent;
  guint n_added;

  if (page->apart)
    {
      take_latest (self, page);
      return;
    }
  objects = make_messages (self, page->messages, 0, FALSE);
  if (find_sent (self, id, &start))
    start++;
  if (!page->at_end && page->messages->len > 0
      && find_sent (self, ((NatterMessageData *) page->messages->pdata[page->messages->len - 1])->id, &end))
    end++;
  else
    end = self->n_sent;
  end = MAX (start, end);
  n_added = objects->len > end - start ? objects->len - (end - start) : 0;
  replace_range (self, start, end - start, objects);
  self->n_after -= MIN (self->n_after, n_added);
  limit = _natter_timeline_get_limit (self);
  _natter_timeline_trim_oldest (self, limit);
  if (end + objects->len >= self->n_sent || page->at_end)
    _natter_timeline_set_ends (self, self->at_start, page->at_end);
}

static void
take_page (NatterTimeline    *self,
           NatterHistoryPage *page,
           const char        *id)
{
  NatterHistoryDirection direction = self->direction;

  self->loaded = TRUE;
  if (direction == NATTER_HISTORY_OLDER)
    take_older (self, page, id);
  else if (direction == NATTER_HISTORY_NEWER)
    take_newer (self, page, id);
  else if (self->missed != NULL)
    take_missed (self, page);
  else
    take_latest (self, page);
  if (direction != NATTER_HISTORY_OLDER && page->at_end)
    self->stale = FALSE;
}

/* (nullable): the server, while one is signed in there */
NatterServer *
_natter_timeline_get_ready_server (NatterTimeline *self)
{
  NatterServer *server = self->channel != NULL ? natter_channel_get_server (self->channel) : NULL;

  if (server == NULL || natter_server_get_state (server) != NATTER_CONNECTION_READY)
    return NULL;
  return server;
}

static gboolean fill_in (NatterTimeline    *self,
                         NatterHistoryPage *page);

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(PageCall) call = data;
  g_autoptr(NatterTimeline) self = g_weak_ref_get (&call->timeline);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterHistoryPage) page = natter_history_load_finish (NATTER_CONNECTION (source), result, &error);

  if (self == NULL || self->page != call->page || self->channel == NULL)
    return;
  _natter_timeline_set_error (self, error);
  if (page != NULL)
    _natter_timeline_keep_page (self, page, call->direction, call->id);
  if (page != NULL && (page->apart || (self->direction == NATTER_HISTORY_LATEST
                                       && (self->missed == NULL || self->missed->messages->len == 0))))
    _natter_timeline_joined (self, page->messages);
  if (page != NULL && self->missed != NULL && fill_in (self, page))
    return;
  if (page != NULL)
    take_page (self, self->missed != NULL ? self->missed : page, call->id);
  else if (self->stale && _natter_timeline_get_ready_server (self) != NULL)
    _natter_timeline_set_ends (self, self->at_start, FALSE);
  g_clear_pointer (&self->missed, natter_history_page_free);
  _natter_timeline_set_page (self, NULL);
  _natter_timeline_flush (self);
}

/* (transfer full): a page that is on its way from now on, in place of another one */
static PageCall *
begin (NatterTimeline         *self,
       NatterHistoryDirection  direction,
       const char             *id,
       guint                   skip)
{
  PageCall *call = g_new0 (PageCall, 1);

  if (self->page != NULL)
    g_cancellable_cancel (self->page);
  g_weak_ref_init (&call->timeline, self);
  call->page = g_cancellable_new ();
  call->direction = direction;
  call->id = g_strdup (id);
  call->skip = skip;
  _natter_timeline_set_page (self, call->page);
  return call;
}

/* What was kept is shown until the server has been asked; it may be all there is. */
static void
take_kept (NatterTimeline   *self,
           NatterCachedPage *page)
{
  NatterHistoryPage kept = {
    .messages = page->messages,
    .at_start = page->at_start,
    .at_end = page->at_end,
  };

  if (self->direction == NATTER_HISTORY_OLDER)
    {
      take_older (self, &kept, NULL);
      return;
    }
  if (self->direction == NATTER_HISTORY_NEWER)
    {
      /* The server says whether it is the end, if it can. */
      kept.at_end = page->at_end && _natter_timeline_get_ready_server (self) == NULL;
      take_newer (self, &kept, NULL);
      return;
    }
  if (page->messages->len == 0)
    return;
  self->loaded = TRUE;
  self->stale = TRUE;
  take_latest (self, &kept);
}

static NatterCacheDirection
to_kept_direction (NatterHistoryDirection direction)
{
  if (direction == NATTER_HISTORY_OLDER)
    return NATTER_CACHE_OLDER;
  return direction == NATTER_HISTORY_NEWER ? NATTER_CACHE_NEWER : NATTER_CACHE_LATEST;
}

/* (nullable): id of the message from which to go on */
static const char *
get_edge (NatterTimeline         *self,
          NatterHistoryDirection  direction)
{
  if (direction == NATTER_HISTORY_LATEST || self->n_sent == 0)
    return NULL;
  return natter_message_get_id (self->items->pdata[direction == NATTER_HISTORY_OLDER ? 0 : self->n_sent - 1]);
}

/* Without a connection nothing is looked for again where nothing was kept. */
static gboolean
may_have_more (NatterTimeline         *self,
               NatterHistoryDirection  direction)
{
  const char *edge = get_edge (self, direction);

  if (self->channel == NULL || edge == NULL)
    return FALSE;
  return _natter_timeline_get_ready_server (self) != NULL
         || g_strcmp0 (self->dry_ids[direction == NATTER_HISTORY_NEWER], edge) != 0;
}

/* @call: (transfer full) */
static void
ask_server (NatterTimeline *self,
            PageCall       *call)
{
  NatterServer *server = _natter_timeline_get_ready_server (self);

  if (server != NULL)
    {
      natter_history_load_async (natter_server_get_connection (server), _natter_channel_get_channel_name (self->channel),
                                 natter_channel_get_thread_id (self->channel), call->direction, call->id, call->skip,
                                 NATTER_TIMELINE_PAGE, call->page, on_page, call);
      return;
    }
  if (self->direction == NATTER_HISTORY_LATEST)
    self->stale = TRUE;
  else if (g_strcmp0 (get_edge (self, self->direction), call->id) == 0)
    g_set_str (&self->dry_ids[self->direction == NATTER_HISTORY_NEWER], call->id);
  _natter_timeline_set_page (self, NULL);
  _natter_timeline_flush (self);
  page_call_free (call);
}

static void
on_kept_page (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(PageCall) call = data;
  g_autoptr(NatterTimeline) self = g_weak_ref_get (&call->timeline);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterCachedPage) page = natter_cache_load_page_finish (NATTER_CACHE (source), result, &error);

  if (self == NULL || self->page != call->page || self->channel == NULL)
    return;
  if (page == NULL)
    g_debug ("What was kept could not be read: %s", error->message);
  else if (page->messages->len > 0 || page->at_start)
    take_kept (self, page);
  ask_server (self, g_steal_pointer (&call));
}

static void
load (NatterTimeline         *self,
      NatterHistoryDirection  direction)
{
  NatterServer *server = natter_channel_get_server (self->channel);
  NatterCache *cache = server != NULL ? _natter_server_get_cache (server) : NULL;
  NatterCachePlace place;
  PageCall *call;

  g_clear_pointer (&self->missed, natter_history_page_free);
  if (direction == NATTER_HISTORY_LATEST && self->stale && self->loaded && self->at_end && self->n_sent > 0)
    {
      self->missed = g_new0 (NatterHistoryPage, 1);
      self->missed->packets = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_packet_unref);
      self->missed->messages = g_ptr_array_new ();
      self->missed->at_end = TRUE;
    }
  self->direction = direction;
  call = begin (self, direction, get_edge (self, direction),
                self->n_after + (direction == NATTER_HISTORY_OLDER ? self->n_sent : 0));
  /* What is shown is newer than what is kept. */
  if (cache == NULL || (direction == NATTER_HISTORY_LATEST && self->loaded))
    {
      ask_server (self, call);
      return;
    }
  place = _natter_channel_get_place (self->channel);
  natter_cache_load_page_async (cache, &place, to_kept_direction (direction), call->id, NATTER_TIMELINE_PAGE, call->page,
                                on_kept_page, call);
}

/* Adds a page to what was missed. Tells whether another one was asked for, because there is a gap still or the window goes
 * back further. */
static gboolean
fill_in (NatterTimeline    *self,
         NatterHistoryPage *page)
{
  GPtrArray *messages = self->missed->messages;

  join_missed (self, page);
  if (_natter_timeline_get_ready_server (self) == NULL || covers (self, self->missed) || page->messages->len == 0
      || messages->len >= _natter_timeline_get_limit (self))
    return FALSE;
  ask_server (self, begin (self, NATTER_HISTORY_OLDER, ((NatterMessageData *) messages->pdata[0])->id, messages->len));
  return TRUE;
}

/* Something was changed or deleted: pages that have come may say otherwise. */
void
_natter_timeline_missed_changed (NatterTimeline *self)
{
  if (self->missed != NULL && self->missed->messages->len > 0 && _natter_timeline_get_ready_server (self) != NULL)
    load (self, NATTER_HISTORY_LATEST);
}

/* What arrived while the server was away is missing. */
void
_natter_timeline_went_offline (NatterTimeline *self)
{
  self->stale = TRUE;
}

/* The server is back. */
void
_natter_timeline_resync (NatterTimeline *self)
{
  /* Who reads older messages is left there. */
  if (self->active && (self->at_end || !self->loaded))
    natter_timeline_load_latest (self);
  else if (self->stale)
    _natter_timeline_set_ends (self, self->at_start, FALSE);
}

/**
 * natter_timeline_load_latest:
 * @self: a timeline
 *
 * Shows the newest messages: gets the first page, or fills the gap up to the newest message, or goes back to the end.
 * Does nothing when they are held already. What was kept is shown at once; without a connection the rest happens as soon
 * as there is one.
 */
void
natter_timeline_load_latest (NatterTimeline *self)
{
  g_return_if_fail (NATTER_IS_TIMELINE (self));

  self->active = TRUE;
  if (self->loaded && self->at_end && !self->stale)
    return;
  if (self->page != NULL && self->direction == NATTER_HISTORY_LATEST)
    return;
  if (self->channel == NULL)
    return;
  if (self->loaded && _natter_timeline_get_ready_server (self) == NULL)
    self->stale = TRUE;
  else
    load (self, NATTER_HISTORY_LATEST);
}

/**
 * natter_timeline_load_older:
 * @self: a timeline
 *
 * Gets the page before the oldest message. Does nothing at the start and while another page is on its way.
 */
void
natter_timeline_load_older (NatterTimeline *self)
{
  g_return_if_fail (NATTER_IS_TIMELINE (self));

  if (self->page == NULL && !self->at_start && may_have_more (self, NATTER_HISTORY_OLDER))
    load (self, NATTER_HISTORY_OLDER);
}

/**
 * natter_timeline_load_newer:
 * @self: a timeline
 *
 * Gets the page after the newest message that is held. Does nothing at the end and while another page is on its way.
 */
void
natter_timeline_load_newer (NatterTimeline *self)
{
  g_return_if_fail (NATTER_IS_TIMELINE (self));

  if (self->page == NULL && !self->at_end && may_have_more (self, NATTER_HISTORY_NEWER))
    load (self, NATTER_HISTORY_NEWER);
}

/**
 * natter_timeline_shrink:
 * @self: a timeline
 *
 * Drops what is beyond the newest page, for a channel that is no longer shown.
 */
void
natter_timeline_shrink (NatterTimeline *self)
{
  g_return_if_fail (NATTER_IS_TIMELINE (self));

  self->active = FALSE;
  if (self->page != NULL)
    {
      g_cancellable_cancel (self->page);
      g_clear_pointer (&self->missed, natter_history_page_free);
      _natter_timeline_set_page (self, NULL);
    }
  _natter_timeline_flush (self);
  _natter_timeline_trim_oldest (self, NATTER_TIMELINE_PAGE);
}
