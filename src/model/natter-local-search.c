/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "natter-search"

#include "config.h"

#include "natter-local-search.h"

#include <string.h>

#include "natter-cache-search.h"
#include "natter-channel.h"
#include "natter-fuzzy.h"
#include "natter-member.h"
#include "natter-search-hit-private.h"
#include "natter-server-private.h"
#include "natter-switcher.h"

/* One letter is in everything. */
#define FEWEST_LETTERS 2

typedef struct
{
  char      *text;
  GPtrArray *found; /* NatterSwitchItem, then NatterSearchHit */
  gulong     restored;
  guint      most_places;
  guint      most_messages;
} Search;

static void
search_free (Search *search)
{
  g_free (search->text);
  g_clear_pointer (&search->found, g_ptr_array_unref);
  g_free (search);
}

/* Letters that are anywhere in a name, as in the quick switcher, are too little among what all other programs find. */
static gboolean
has_words (NatterSwitchItem  *item,
           char             **words)
{
  g_autofree char *title = natter_fuzzy_fold (natter_switch_item_get_title (item));
  NatterMember *member = natter_switch_item_get_member (item);
  g_autofree char *name = member != NULL ? natter_fuzzy_fold (natter_member_get_username (member)) : NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (title, words[i]) == NULL && (name == NULL || strstr (name, words[i]) == NULL))
      return FALSE;
  return TRUE;
}

static void
find_places (NatterSession *session,
             Search        *search)
{
  g_autoptr(NatterSwitcher) switcher = natter_switcher_new (session, natter_session_get_visits (session), NULL);
  g_autofree char *folded = natter_fuzzy_fold (search->text);
  g_auto(GStrv) words = g_strsplit (folded, " ", -1);

  natter_switcher_set_text (switcher, search->text);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (switcher)) && search->found->len < search->most_places; i++)
    {
      g_autoptr(NatterSwitchItem) item = g_list_model_get_item (G_LIST_MODEL (switcher), i);

      if (has_words (item, words))
        g_ptr_array_add (search->found, g_steal_pointer (&item));
    }
}

/* (transfer none) (nullable): the session holds it */
static NatterServer *
find_server (NatterSession *session,
             const char    *id)
{
  GListModel *servers = natter_session_get_servers (session);

  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr(NatterServer) server = g_list_model_get_item (servers, i);

      if (g_str_equal (natter_server_get_id (server), id))
        return server;
    }
  return NULL;
}

static void
on_messages (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  Search *search = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(NatterCachedHits) hits = natter_cache_search_finish (NATTER_CACHE (source), result, &error);

  if (hits == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < hits->hits->len; i++)
    {
      const NatterCachedHit *hit = hits->hits->pdata[i];
      NatterServer *server = find_server (g_task_get_source_object (task), hit->server);

      if (server != NULL && !_natter_server_is_deleting (server, hit->channel, hit->thread_id, hit->message->id))
        g_ptr_array_add (search->found, _natter_search_hit_new (server, hit->channel, hit->thread_id, hit->message));
    }
  g_task_return_pointer (task, g_steal_pointer (&search->found), (GDestroyNotify) g_ptr_array_unref);
}

/* @task: (transfer full) */
static void
start (GTask *task)
{
  NatterSession *session = g_task_get_source_object (task);
  NatterCache *cache = natter_session_get_cache (session);
  Search *search = g_task_get_task_data (task);
  const NatterCacheScope everywhere = { NULL, NULL };
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(NatterSearchQuery) query = natter_search_query_parse (search->text, now);

  if (g_utf8_strlen (search->text, -1) >= FEWEST_LETTERS)
    find_places (session, search);
  if (g_utf8_strlen (search->text, -1) < FEWEST_LETTERS || cache == NULL || natter_search_query_is_empty (query))
    {
      g_task_return_pointer (task, g_steal_pointer (&search->found), (GDestroyNotify) g_ptr_array_unref);
      g_object_unref (task);
      return;
    }
  natter_cache_search_async (cache, query, &everywhere, NATTER_SEARCH_NEWEST, 0, search->most_messages,
                             g_task_get_cancellable (task), on_messages, task);
}

static void
on_restored (NatterSession *session,
             GParamSpec    *pspec,
             gpointer       data)
{
  GTask *task = data;
  Search *search = g_task_get_task_data (task);

  g_clear_signal_handler (&search->restored, session);
  start (task);
}

/**
 * natter_local_search_async:
 * @session: where to look; it need not be loaded yet
 * @text: words that somebody typed
 * @most_places: how many channels, servers and people are found at most
 * @most_messages: how many messages are found at most
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @data: for @callback
 *
 * Finds what is kept on this computer, without any connection.
 */
void
natter_local_search_async (NatterSession       *session,
                           const char          *text,
                           guint                most_places,
                           guint                most_messages,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             data)
{
  GTask *task;
  Search *search;

  g_return_if_fail (NATTER_IS_SESSION (session));
  g_return_if_fail (text != NULL);

  task = g_task_new (session, cancellable, callback, data);
  g_task_set_source_tag (task, natter_local_search_async);
  search = g_new0 (Search, 1);
  search->text = g_strstrip (g_strdup (text));
  search->found = g_ptr_array_new_with_free_func (g_object_unref);
  search->most_places = most_places;
  search->most_messages = most_messages;
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  if (natter_session_get_restored (session))
    start (task);
  else
    search->restored = g_signal_connect (session, "notify::restored", G_CALLBACK (on_restored), task);
}

/**
 * natter_local_search_finish:
 * @session: where to look
 * @result: what the callback got
 * @error: why nothing could be searched
 *
 * Returns: (transfer full) (element-type GObject) (nullable): places and people as #NatterSwitchItem, the best first, then
 *   messages as #NatterSearchHit, the newest first
 */
GPtrArray *
natter_local_search_finish (NatterSession  *session,
                            GAsyncResult   *result,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
