/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-search"

#include "config.h"

#include "natter-search-private.h"

#include "natter-channel.h"
#include "natter-member.h"
#include "natter-search-hit-private.h"
#include "natter-server-private.h"

/* Two keys in a row are one search. */
#define TYPED_MS 60

/* Servers are asked when somebody has stopped typing: each question costs of their budget. */
#define ASK_MS 500

#define PAGE 50

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_CHANNEL,
  PROP_ORDER,
  PROP_N_ITEMS,
  PROP_LOADING,
  PROP_AT_END,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
natter_search_get_item_type (GListModel *model)
{
  return NATTER_TYPE_SEARCH_HIT;
}

static guint
natter_search_get_n_items (GListModel *model)
{
  return NATTER_SEARCH (model)->items->len;
}

static gpointer
natter_search_get_item (GListModel *model,
                        guint       position)
{
  NatterSearch *self = NATTER_SEARCH (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = natter_search_get_item_type;
  iface->get_n_items = natter_search_get_n_items;
  iface->get_item = natter_search_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (NatterSearch, natter_search, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
give_up (NatterSearch *self)
{
  g_clear_handle_id (&self->typed_source, g_source_remove);
  g_clear_handle_id (&self->ask_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->n_asked = 0;
  self->reading = FALSE;
}

static void
natter_search_dispose (GObject *object)
{
  NatterSearch *self = NATTER_SEARCH (object);

  give_up (self);
  g_clear_object (&self->session);
  g_clear_weak_pointer (&self->channel);
  G_OBJECT_CLASS (natter_search_parent_class)->dispose (object);
}

static void
natter_search_finalize (GObject *object)
{
  NatterSearch *self = NATTER_SEARCH (object);

  g_clear_pointer (&self->query, natter_search_query_unref);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->found);
  g_hash_table_unref (self->by_key);
  g_clear_error (&self->error);
  g_free (self->text);
  G_OBJECT_CLASS (natter_search_parent_class)->finalize (object);
}

static void
natter_search_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  NatterSearch *self = NATTER_SEARCH (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_CHANNEL:
      g_value_set_object (value, self->channel);
      break;
    case PROP_ORDER:
      g_value_set_int (value, self->order);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->items->len);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_AT_END:
      g_value_set_boolean (value, natter_search_get_at_end (self));
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_search_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  NatterSearch *self = NATTER_SEARCH (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      natter_search_set_text (self, g_value_get_string (value));
      break;
    case PROP_CHANNEL:
      natter_search_set_channel (self, g_value_get_object (value));
      break;
    case PROP_ORDER:
      natter_search_set_order (self, (NatterSearchOrder) g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
natter_search_class_init (NatterSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags set = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags notified = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = natter_search_dispose;
  object_class->finalize = natter_search_finalize;
  object_class->get_property = natter_search_get_property;
  object_class->set_property = natter_search_set_property;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", set);
  properties[PROP_CHANNEL] = g_param_spec_object ("channel", NULL, NULL, NATTER_TYPE_CHANNEL, set);
  properties[PROP_ORDER] =
    g_param_spec_int ("order", NULL, NULL, NATTER_SEARCH_NEWEST, NATTER_SEARCH_BEST, NATTER_SEARCH_NEWEST, set);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, notified);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, notified);
  properties[PROP_AT_END] = g_param_spec_boolean ("at-end", NULL, NULL, TRUE, notified);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, notified);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
natter_search_init (NatterSearch *self)
{
  self->text = g_strdup ("");
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->kept = g_ptr_array_new_with_free_func (g_object_unref);
  self->found = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * natter_search_new:
 * @session: a session
 *
 * Returns: (transfer full): a search for nothing
 */
NatterSearch *
natter_search_new (NatterSession *session)
{
  NatterSearch *self;

  g_return_val_if_fail (NATTER_IS_SESSION (session), NULL);

  self = g_object_new (NATTER_TYPE_SEARCH, NULL);
  self->session = g_object_ref (session);
  return self;
}

static void
set_at_end (NatterSearch *self,
            gint64        next)
{
  gboolean was_at_end = self->next == 0;

  self->next = next;
  if (was_at_end != (next == 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AT_END]);
}

void
_natter_search_update_loading (NatterSearch *self)
{
  gboolean loading = self->typed_source != 0 || self->ask_source != 0 || self->reading || self->n_asked > 0;

  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

void
_natter_search_set_error (NatterSearch *self,
                          const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  gint64 first = natter_search_hit_get_time ((NatterSearchHit *) a);
  gint64 second = natter_search_hit_get_time ((NatterSearchHit *) b);

  return first > second ? -1 : first < second;
}

/* (transfer full): all hits in order, each once */
static GPtrArray *
merge (NatterSearch *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *lists[] = { self->kept, self->found };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        NatterSearchHit *hit = lists[i]->pdata[j];

        if (g_hash_table_add (seen, (gpointer) _natter_search_hit_get_key (hit)))
          g_ptr_array_add (all, g_object_ref (hit));
      }
  if (self->order == NATTER_SEARCH_NEWEST)
    g_ptr_array_sort_values (all, compare_hits);
  return all;
}

/* Makes the list what was found, changing as little of it as can be. */
void
_natter_search_publish (NatterSearch *self)
{
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->items);
  guint n_start = 0;
  guint n_end = 0;

  self->items = merge (self);
  g_hash_table_remove_all (self->by_key);
  for (guint i = 0; i < self->items->len; i++)
    g_hash_table_insert (self->by_key, (gpointer) _natter_search_hit_get_key (self->items->pdata[i]),
                         self->items->pdata[i]);
  while (n_start < MIN (old->len, self->items->len) && old->pdata[n_start] == self->items->pdata[n_start])
    n_start++;
  while (n_end < MIN (old->len, self->items->len) - n_start
         && old->pdata[old->len - 1 - n_end] == self->items->pdata[self->items->len - 1 - n_end])
    n_end++;
  if (old->len == n_start + n_end && self->items->len == n_start + n_end)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), n_start, old->len - n_start - n_end,
                              self->items->len - n_start - n_end);
  if (old->len != self->items->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

/* (transfer full): the hit, the same as before when it was in the list */
NatterSearchHit *
_natter_search_make_hit (NatterSearch            *self,
                         NatterServer            *server,
                         const char              *channel,
                         const char              *thread_id,
                         const NatterMessageData *message)
{
  g_autofree char *key = _natter_search_hit_make_key (server, message->id);
  NatterSearchHit *hit = g_hash_table_lookup (self->by_key, key);

  if (hit != NULL && natter_search_hit_get_server (hit) == server)
    {
      g_object_ref (hit);
      _natter_search_hit_update (hit, message);
    }
  else
    {
      hit = _natter_search_hit_new (server, channel, thread_id, message);
    }
  _natter_search_hit_set_query (hit, self->query);
  return hit;
}

/* (nullable): a server of the list by its id */
static NatterServer *
find_server (NatterSearch *self,
             const char   *id)
{
  GListModel *servers = natter_session_get_servers (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);

      if (g_str_equal (natter_server_get_id (server), id))
        return server; /* the session holds it */
    }
  return NULL;
}

static void
take_kept (NatterSearch           *self,
           const NatterCachedHits *hits)
{
  for (guint i = 0; i < hits->hits->len; i++)
    {
      const NatterCachedHit *hit = hits->hits->pdata[i];
      NatterServer *server = find_server (self, hit->server);

      if (server != NULL && !_natter_server_is_deleting (server, hit->channel, hit->thread_id, hit->message->id))
        g_ptr_array_add (self->kept, _natter_search_make_hit (self, server, hit->channel, hit->thread_id, hit->message));
    }
  set_at_end (self, hits->next);
  _natter_search_publish (self);
}

typedef struct
{
  GWeakRef search;
  gboolean is_first;
} Reading;

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree Reading *reading = data;
  g_autoptr(NatterSearch) self = g_weak_ref_get (&reading->search);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterCachedHits) hits = natter_cache_search_finish (NATTER_CACHE (source), result, &error);

  g_weak_ref_clear (&reading->search);
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->reading = FALSE;
  _natter_search_set_error (self, error);
  if (reading->is_first)
    g_ptr_array_set_size (self->kept, 0);
  if (hits != NULL)
    take_kept (self, hits);
  _natter_search_update_loading (self);
}

static void
read_kept (NatterSearch *self,
           gint64        from)
{
  NatterCache *cache = natter_session_get_cache (self->session);
  g_auto(GStrv) servers = _natter_search_find_servers (self);
  g_auto(GStrv) authors = _natter_search_find_authors (self);
  const NatterCacheScope scope = { (const char * const *) servers, (const char * const *) authors };
  Reading *reading;

  if (cache == NULL)
    return;
  reading = g_new0 (Reading, 1);
  g_weak_ref_init (&reading->search, self);
  reading->is_first = from == 0;
  self->reading = TRUE;
  natter_cache_search_async (cache, self->query, &scope, self->order, from, PAGE, self->cancellable, on_kept, reading);
}

static gboolean
on_typed (gpointer data)
{
  NatterSearch *self = data;

  self->typed_source = 0;
  read_kept (self, 0);
  _natter_search_update_loading (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_ask (gpointer data)
{
  NatterSearch *self = data;

  self->ask_source = 0;
  _natter_search_ask_servers (self);
  _natter_search_update_loading (self);
  return G_SOURCE_REMOVE;
}

/* What is in the list stays until there is something else to show. */
static void
start (NatterSearch *self)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  give_up (self);
  g_clear_pointer (&self->query, natter_search_query_unref);
  self->query = natter_search_query_parse (self->text, now);
  self->cancellable = g_cancellable_new ();
  g_ptr_array_set_size (self->found, 0);
  _natter_search_set_error (self, NULL);
  if (natter_search_query_is_empty (self->query))
    {
      g_ptr_array_set_size (self->kept, 0);
      set_at_end (self, 0);
      _natter_search_publish (self);
    }
  else
    {
      self->typed_source = g_timeout_add (TYPED_MS, on_typed, self);
      self->ask_source = g_timeout_add (ASK_MS, on_ask, self);
    }
  _natter_search_update_loading (self);
}

/**
 * natter_search_get_text:
 * @self: a search
 *
 * Returns: (transfer none): what was typed
 */
const char *
natter_search_get_text (NatterSearch *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH (self), NULL);

  return self->text;
}

/**
 * natter_search_set_text:
 * @self: a search
 * @text: (nullable): what was typed so far
 *
 * Looks for something else. To be called for each key: nothing waits for the search before.
 */
void
natter_search_set_text (NatterSearch *self,
                        const char   *text)
{
  g_return_if_fail (NATTER_IS_SEARCH (self));

  if (!g_set_str (&self->text, text != NULL ? text : ""))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
  start (self);
}

/**
 * natter_search_set_channel:
 * @self: a search
 * @channel: (nullable): where the person is
 *
 * Says in which channel the server is asked for what is not kept, from the next search on.
 */
void
natter_search_set_channel (NatterSearch  *self,
                           NatterChannel *channel)
{
  g_return_if_fail (NATTER_IS_SEARCH (self));

  if (g_set_weak_pointer (&self->channel, channel))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANNEL]);
}

/**
 * natter_search_set_order:
 * @self: a search
 * @order: what comes first
 */
void
natter_search_set_order (NatterSearch      *self,
                         NatterSearchOrder  order)
{
  g_return_if_fail (NATTER_IS_SEARCH (self));

  if (self->order == order)
    return;
  self->order = order;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
  start (self);
}

/**
 * natter_search_get_loading:
 * @self: a search
 *
 * Returns: whether something is on its way
 */
gboolean
natter_search_get_loading (NatterSearch *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH (self), FALSE);

  return self->loading;
}

/**
 * natter_search_get_at_end:
 * @self: a search
 *
 * Returns: whether natter_search_load_more() would find nothing
 */
gboolean
natter_search_get_at_end (NatterSearch *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH (self), TRUE);

  return self->next == 0;
}

/**
 * natter_search_get_error:
 * @self: a search
 *
 * Returns: (transfer none) (nullable): why what is kept could not be searched
 */
const GError *
natter_search_get_error (NatterSearch *self)
{
  g_return_val_if_fail (NATTER_IS_SEARCH (self), NULL);

  return self->error;
}

/**
 * natter_search_load_more:
 * @self: a search
 *
 * Adds the next page. Does nothing at the end and while another page is on its way.
 */
void
natter_search_load_more (NatterSearch *self)
{
  g_return_if_fail (NATTER_IS_SEARCH (self));

  if (self->next == 0 || self->reading || self->typed_source != 0)
    return;
  read_kept (self, self->next);
  _natter_search_update_loading (self);
}
