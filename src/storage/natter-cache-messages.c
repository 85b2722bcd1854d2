/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-cache"

#include "natter-cache-private.h"

/* A row of messages on its way to the disk. */
typedef struct
{
  NatterCachePlace place;
  GPtrArray       *items; /* NatterCacheItem, oldest first */
  guint64          budget;
  gboolean         at_start;
  gboolean         at_end;
  gboolean         is_new;   /* of one message that was just sent: it comes last, whatever the clocks say */
} Page;

static void
place_copy (NatterCachePlace       *self,
            const NatterCachePlace *place)
{
  self->server = g_strdup (place->server);
  self->channel = g_strdup (place->channel);
  self->thread_id = g_strdup (place->thread_id);
}

static void
place_clear (NatterCachePlace *self)
{
  g_free ((char *) self->server);
  g_free ((char *) self->channel);
  g_free ((char *) self->thread_id);
}

static void
page_free (gpointer data)
{
  Page *page = data;

  place_clear (&page->place);
  g_ptr_array_unref (page->items);
  g_free (page);
}

/* The first number from @key on, upwards or downwards, that no message has. */
static gboolean
find_free_key (NatterDatabase  *database,
               gint64          *key,
               int              step,
               GError         **error)
{
  while (TRUE)
    {
      sqlite3_stmt *statement = natter_database_prepare (database, "SELECT 1 FROM messages WHERE key = ?", error);
      gint64 is_taken = 0;

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, *key);
      if (!natter_cache_query_int (database, statement, &is_taken, error))
        return FALSE;
      if (is_taken == 0)
        return TRUE;
      *key += step;
    }
}

static gint64
wished_key (const NatterCacheItem *item)
{
  return MAX (item->time / G_TIME_SPAN_MILLISECOND, 1);
}

/* One page being put in. */
typedef struct
{
  NatterDatabase *database;
  const Page     *page;
  gint64          place;
  gint64         *keys;  /* of the items; 0: not there yet */
  guint           start; /* the items that are used */
  guint           end;
  gboolean        ends_new; /* the last one was not there before */
} Filing;

static const NatterCacheItem *
get_item (Filing *self,
          guint   i)
{
  return self->page->items->pdata[i];
}

/* Which are there already. An id alone that is not there says nothing. */
static gboolean
find_known (Filing  *self,
            GError **error)
{
  for (guint i = 0; i < self->end; i++)
    if (!natter_cache_row_find (self->database, self->place, get_item (self, i)->id, &self->keys[i], error))
      return FALSE;
  if (self->start < self->end && get_item (self, self->start)->author == NULL && self->keys[self->start] == 0)
    self->start++;
  if (self->start < self->end && get_item (self, self->end - 1)->author == NULL && self->keys[self->end - 1] == 0)
    self->end--;
  self->ends_new = self->start < self->end && self->keys[self->end - 1] == 0;
  return TRUE;
}

static gboolean
insert (Filing  *self,
        guint    i,
        gint64   key,
        int      step,
        GError **error)
{
  if (!find_free_key (self->database, &key, step, error))
    return FALSE;
  self->keys[i] = key;
  return natter_cache_row_insert (self->database, self->place, key, get_item (self, i), 0, error);
}

/* Upwards from what comes before it. What stands in the wrong place is put in again. */
static gboolean
file_upwards (Filing  *self,
              guint    i,
              GError **error)
{
  const NatterCacheItem *item = get_item (self, i);
  gint64 key = self->keys[i];

  if (key != 0 && key <= self->keys[i - 1])
    {
      if (!natter_cache_row_remove (self->database, self->place, key, error))
        return FALSE;
      if (item->author == NULL)
        {
          self->end = i;
          return TRUE;
        }
      key = 0;
    }
  if (key == 0)
    return insert (self, i, MAX (wished_key (item), self->keys[i - 1] + 1), 1, error);
  return item->author == NULL || natter_cache_row_update (self->database, key, item, error);
}

/* Nothing of the page is there: its first message starts from when it was sent. */
static gboolean
file_first (Filing  *self,
            GError **error)
{
  gint64 key = wished_key (get_item (self, self->start));
  gint64 last = 0;

  if (self->page->is_new)
    {
      sqlite3_stmt *statement =
        natter_database_prepare (self->database, "SELECT max (key) FROM messages WHERE place = ?", error);

      if (statement == NULL)
        return FALSE;
      sqlite3_bind_int64 (statement, 1, self->place);
      if (!natter_cache_query_int (self->database, statement, &last, error))
        return FALSE;
    }
  return insert (self, self->start, MAX (key, last + 1), 1, error);
}

static gboolean
file_items (Filing  *self,
            GError **error)
{
  guint anchor = self->start;

  while (anchor < self->end && self->keys[anchor] == 0)
    anchor++;
  if (anchor == self->end)
    {
      anchor = self->start;
      if (!file_first (self, error))
        return FALSE;
    }
  else if (get_item (self, anchor)->author != NULL &&
           !natter_cache_row_update (self->database, self->keys[anchor], get_item (self, anchor), error))
    {
      return FALSE;
    }
  for (guint i = anchor; i > self->start; i--)
    if (!insert (self, i - 1, MIN (wished_key (get_item (self, i - 1)), self->keys[i] - 1), -1, error))
      return FALSE;
  for (guint i = anchor + 1; i < self->end; i++)
    if (!file_upwards (self, i, error))
      return FALSE;
  return TRUE;
}

/* The page is all there is between its ends, and beyond one where it ends the channel: the server has no more what else
 * is kept there. */
static gboolean
remove_others (Filing  *self,
               GError **error)
{
  g_autoptr(GHashTable) filed = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean is_empty = self->start == self->end;
  sqlite3_stmt *statement;
  gboolean row;

  for (guint i = self->start; i < self->end; i++)
    g_hash_table_add (filed, &self->keys[i]);
  statement = natter_database_prepare (self->database,
                                       "SELECT key FROM messages WHERE place = ? AND key BETWEEN ? AND ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->place);
  sqlite3_bind_int64 (statement, 2, self->page->at_start || is_empty ? G_MININT64 : self->keys[self->start]);
  sqlite3_bind_int64 (statement, 3, self->page->at_end || is_empty ? G_MAXINT64 : self->keys[self->end - 1]);
  do
    {
      if (!natter_database_step (self->database, statement, &row, error))
        return FALSE;
      if (row)
        {
          gint64 key = sqlite3_column_int64 (statement, 0);

          if (!g_hash_table_contains (filed, &key))
            g_array_append_val (gone, key);
        }
    }
  while (row);
  for (guint i = 0; i < gone->len; i++)
    if (!natter_cache_row_remove (self->database, self->place, g_array_index (gone, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* Marks where something may be missing. */
static gboolean
mark_gaps (Filing   *self,
           gboolean  starts_new,
           GError  **error)
{
  gint64 next;

  if ((self->page->at_start || starts_new) &&
      !natter_cache_row_set_gap (self->database, self->keys[self->start], !self->page->at_start, error))
    return FALSE;
  for (guint i = self->start + 1; i < self->end; i++)
    if (!natter_cache_row_set_gap (self->database, self->keys[i], FALSE, error))
      return FALSE;
  if (!self->ends_new)
    return TRUE;
  return natter_cache_row_find_next (self->database, self->place, self->keys[self->end - 1], &next, error) &&
         (next == 0 || natter_cache_row_set_gap (self->database, next, TRUE, error));
}

static gboolean
file_page (Filing  *self,
           GError **error)
{
  gboolean starts_new;

  if (!find_known (self, error))
    return FALSE;
  if (self->start == self->end)
    return !(self->page->at_start && self->page->at_end) || remove_others (self, error);
  starts_new = self->keys[self->start] == 0;
  return file_items (self, error) && remove_others (self, error) && mark_gaps (self, starts_new, error);
}

static gboolean
save_page (NatterDatabase  *database,
           gpointer         arguments,
           gpointer        *result,
           GError         **error)
{
  const Page *page = arguments;
  g_autofree gint64 *keys = g_new0 (gint64, page->items->len + 1);
  Filing filing = { .database = database, .page = page, .keys = keys, .end = page->items->len };

  return natter_cache_intern_place (database, &page->place, &filing.place, error) &&
         file_page (&filing, error) &&
         natter_cache_make_room (database, page->budget, error);
}

static const NatterStoreCall save_page_call = {
  .name = "natter_cache_save_page",
  .run = save_page,
  .arguments_free = page_free,
  .writes = TRUE,
};

static Page *
page_new (NatterCache            *self,
          const NatterCachePlace *place,
          const char             *after)
{
  Page *page = g_new0 (Page, 1);

  place_copy (&page->place, place);
  page->budget = natter_cache_get_budget (self);
  page->items = g_ptr_array_new_with_free_func ((GDestroyNotify) natter_cache_item_free);
  if (after != NULL)
    g_ptr_array_add (page->items, natter_cache_item_new_reference (after));
  return page;
}

/**
 * natter_cache_save_page:
 * @self: a cache
 * @place: where it is
 * @messages: (element-type NatterMessageData): messages in a row, oldest first; copied
 * @after: (nullable): id of the message that comes right before them
 * @before: (nullable): id of the message that comes right after them
 * @at_start: whether the first one is the first of the place
 * @at_end: whether the last one is the newest of the place
 *
 * Keeps a page of the history. What is kept between its first and its last message and is not in it is forgotten: it
 * was deleted.
 */
void
natter_cache_save_page (NatterCache            *self,
                        const NatterCachePlace *place,
                        GPtrArray              *messages,
                        const char             *after,
                        const char             *before,
                        gboolean                at_start,
                        gboolean                at_end)
{
  Page *page;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (place != NULL && place->server != NULL && messages != NULL);

  page = page_new (self, place, after);
  for (guint i = 0; i < messages->len; i++)
    g_ptr_array_add (page->items, natter_cache_item_new (messages->pdata[i]));
  if (before != NULL)
    g_ptr_array_add (page->items, natter_cache_item_new_reference (before));
  page->at_start = at_start;
  page->at_end = at_end;
  natter_cache_write (self, &save_page_call, page);
}

/**
 * natter_cache_save_new:
 * @self: a cache
 * @place: where it is
 * @message: a message that has just been sent; copied
 * @after: (nullable): id of the message that was the newest before it; %NULL when that is not known
 *
 * Keeps a live message.
 */
void
natter_cache_save_new (NatterCache             *self,
                       const NatterCachePlace  *place,
                       const NatterMessageData *message,
                       const char              *after)
{
  Page *page;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (place != NULL && place->server != NULL && message != NULL);

  page = page_new (self, place, g_strcmp0 (after, message->id) != 0 ? after : NULL);
  g_ptr_array_add (page->items, natter_cache_item_new (message));
  page->is_new = TRUE;
  natter_cache_write (self, &save_page_call, page);
}

/* What happens to one message. */
typedef struct
{
  NatterCachePlace  place;
  char             *id;
  NatterCacheItem  *item; /* NULL: only the text is known */
  char             *content;
  char             *emoji;
  char             *user;
  gboolean          is_set;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  place_clear (&change->place);
  g_clear_pointer (&change->item, natter_cache_item_free);
  g_free (change->id);
  g_free (change->content);
  g_free (change->emoji);
  g_free (change->user);
  g_free (change);
}

static Change *
change_new (const NatterCachePlace *place,
            const char             *id)
{
  Change *change = g_new0 (Change, 1);

  place_copy (&change->place, place);
  change->id = g_strdup (id);
  return change;
}

/* @key: 0 when it is not kept */
static gboolean
find_changed (NatterDatabase  *database,
              const Change    *change,
              gint64          *place,
              gint64          *key,
              GError         **error)
{
  *key = 0;
  return natter_cache_find_place (database, &change->place, place, error) &&
         (*place == 0 || natter_cache_row_find (database, *place, change->id, key, error));
}

/* (nullable) (transfer full): the message, made again */
static NatterMessageData *
read_row (NatterDatabase  *database,
          gint64           key,
          GError         **error)
{
  sqlite3_stmt *statement =
    natter_database_prepare (database, "SELECT " NATTER_CACHE_ROW NATTER_CACHE_ROW_FROM " WHERE messages.key = ?", error);
  g_autoptr(NatterMessageData) data = NULL;
  gboolean row;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, key);
  if (!natter_database_step (database, statement, &row, error))
    return NULL;
  if (row)
    data = natter_cache_row_read (statement);
  if (row && !natter_database_run (database, statement, error))
    return NULL;
  return g_steal_pointer (&data);
}

/* (transfer full): the rest as it is after @change */
static char *
change_rest (const Change *change,
             const char   *rest)
{
  if (change->content != NULL)
    return natter_message_rest_edited (rest);
  if (change->emoji != NULL)
    return natter_message_rest_reacted (rest, change->emoji, change->user, change->is_set);
  return natter_message_rest_pinned (rest, change->is_set);
}

static gboolean
change_row (NatterDatabase  *database,
            const Change    *change,
            gint64           key,
            GError         **error)
{
  g_autoptr(NatterMessageData) old = read_row (database, key, error);
  g_autoptr(NatterMessageData) new = NULL;
  g_autofree char *rest = NULL;
  NatterCacheItem *item;
  gboolean done;

  if (old == NULL)
    return FALSE;
  rest = change_rest (change, old->rest);
  new = natter_message_data_new (old->id, old->author, change->content != NULL ? change->content : old->content,
                                 old->time, rest);
  item = natter_cache_item_new (new);
  done = natter_cache_row_update (database, key, item, error);
  natter_cache_item_free (item);
  return done;
}

static gboolean
save_change (NatterDatabase  *database,
             gpointer         arguments,
             gpointer        *result,
             GError         **error)
{
  const Change *change = arguments;
  gint64 place;
  gint64 key;

  if (!find_changed (database, change, &place, &key, error))
    return FALSE;
  if (key == 0)
    return TRUE;
  if (change->item != NULL)
    return natter_cache_row_update (database, key, change->item, error);
  return change_row (database, change, key, error);
}

static const NatterStoreCall save_change_call = {
  .name = "natter_cache_save_change",
  .run = save_change,
  .arguments_free = change_free,
  .writes = TRUE,
};

/**
 * natter_cache_save_edit:
 * @self: a cache
 * @place: where it is
 * @id: of a message, kept or not
 * @message: (nullable): what it is now
 * @content: (nullable): its text now, where that is all that is known
 *
 * Keeps an edit.
 */
void
natter_cache_save_edit (NatterCache             *self,
                        const NatterCachePlace  *place,
                        const char              *id,
                        const NatterMessageData *message,
                        const char              *content)
{
  Change *change;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (place != NULL && id != NULL && (message != NULL || content != NULL));

  change = change_new (place, id);
  if (message != NULL)
    change->item = natter_cache_item_new (message);
  else
    change->content = g_strdup (content);
  natter_cache_write (self, &save_change_call, change);
}

/**
 * natter_cache_save_pin:
 * @self: a cache
 * @place: where it is
 * @id: of a message, kept or not
 * @pinned: whether it is pinned now
 *
 * Keeps that a message was pinned or unpinned.
 */
void
natter_cache_save_pin (NatterCache            *self,
                       const NatterCachePlace *place,
                       const char             *id,
                       gboolean                pinned)
{
  Change *change;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (place != NULL && id != NULL);

  change = change_new (place, id);
  change->is_set = pinned;
  natter_cache_write (self, &save_change_call, change);
}

/**
 * natter_cache_save_reaction:
 * @self: a cache
 * @place: where it is
 * @id: of a message, kept or not
 * @emoji: with what somebody reacts
 * @user: who
 * @reacts: whether the reaction is there now
 *
 * Keeps that somebody reacted, or took a reaction back.
 */
void
natter_cache_save_reaction (NatterCache            *self,
                            const NatterCachePlace *place,
                            const char             *id,
                            const char             *emoji,
                            const char             *user,
                            gboolean                reacts)
{
  Change *change;

  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (place != NULL && id != NULL && emoji != NULL && user != NULL);

  change = change_new (place, id);
  change->emoji = g_strdup (emoji);
  change->user = g_strdup (user);
  change->is_set = reacts;
  natter_cache_write (self, &save_change_call, change);
}

static gboolean
remove_message (NatterDatabase  *database,
                gpointer         arguments,
                gpointer        *result,
                GError         **error)
{
  gint64 place;
  gint64 key;

  return find_changed (database, arguments, &place, &key, error) &&
         (key == 0 || natter_cache_row_remove (database, place, key, error));
}

static const NatterStoreCall remove_message_call = {
  .name = "natter_cache_remove_message",
  .run = remove_message,
  .arguments_free = change_free,
  .writes = TRUE,
};

/**
 * natter_cache_remove_message:
 * @self: a cache
 * @place: where it is
 * @id: of a message, kept or not
 *
 * Forgets a message that was deleted.
 */
void
natter_cache_remove_message (NatterCache            *self,
                             const NatterCachePlace *place,
                             const char             *id)
{
  g_return_if_fail (NATTER_IS_CACHE (self));
  g_return_if_fail (place != NULL && id != NULL);

  natter_cache_write (self, &remove_message_call, change_new (place, id));
}
